use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{Annotator, DocumentPath, Fragments, Id, Review};
use crate::review::checks::Finding;
use crate::review::compare::content_of;
use crate::text::Offset;

/// Which annotation of a project a row is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowKey {
    /// The document.
    pub document: DocumentPath,
    /// Whose annotation it is.
    pub annotator: Annotator,
    /// Which.
    pub annotation: Id,
}

impl RowKey {
    /// The annotation that a review is of.
    #[must_use]
    pub fn of(review: &Review) -> Self {
        Self {
            document: review.document.clone(),
            annotator: review.annotator.clone(),
            annotation: review.annotation.clone(),
        }
    }
}

/// An annotation as a row of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableRow {
    /// Which it is.
    pub key: RowKey,
    /// Its label.
    pub label: Arc<str>,
    /// Where it lies.
    pub fragments: Fragments,
    /// What stands before it.
    pub before: Box<str>,
    /// What it quotes; where it is long, its start.
    pub quote: Box<str>,
    /// What stands behind it.
    pub after: Box<str>,
    /// All its attributes with their values, by default or stored; and whether it is
    /// stored.
    pub values: Vec<(Arc<str>, Arc<str>, bool)>,
    /// The labels of the links that start from it or lead to it.
    pub links: Vec<Arc<str>>,
    /// The links that start from it, in words.
    pub link_words: Box<str>,
    /// The annotator's note.
    pub note: Box<str>,
    /// Whether it is marked to be discussed.
    pub to_discuss: bool,
    /// What the schema's checks find, whatever was decided about it; without what would mend
    /// it.
    pub problems: Vec<Finding>,
}

impl TableRow {
    /// Where it lies, gaps included.
    #[must_use]
    pub fn at(&self) -> Range<Offset> {
        self.fragments.extent()
    }

    /// What it says, as it is remembered when it is reviewed: see [`content`].
    ///
    /// [`content`]: crate::review::compare::content
    #[must_use]
    pub fn content(&self) -> String {
        let stored = self.values.iter().filter(|(_, _, stored)| *stored);
        let by_name: BTreeMap<&str, &str> =
            stored.map(|(name, value, _)| (&**name, &**value)).collect();
        content_of(&self.label, &self.fragments, by_name)
    }

    /// The values that are stored, in words.
    #[must_use]
    pub fn stored_words(&self) -> String {
        let stored = self.values.iter().filter(|(_, _, stored)| *stored);
        let words: Vec<String> =
            stored.map(|(name, value, _)| format!("{name}: {value}")).collect();
        words.join(", ")
    }
}
