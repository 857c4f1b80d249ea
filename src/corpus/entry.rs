use std::collections::BTreeMap;

use super::{AnnotationSet, Document};

/// What is known of a document besides its text: title, url, date, outlet and
/// whatever else it was given, all as text.
pub type Metadata = BTreeMap<String, String>;

/// One document of a corpus, with everything that is said about it: what a look
/// at a whole project goes through, one at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The document.
    pub document: Document,
    /// Its own metadata; mostly empty.
    pub metadata: Metadata,
    /// The sets about it that were asked for and are there, sorted by annotator.
    pub sets: Vec<AnnotationSet>,
}
