use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

use thiserror::Error;

use crate::corpus::{Metadata, Status};

/// The files that an import reads.
pub trait Source {
    /// Their names below the folder, with `/`, sorted; one where a file was named.
    fn files(&self) -> &[String];

    /// Opens one of them.
    ///
    /// # Errors
    /// When the system refuses.
    fn open(&self, file: &str) -> std::io::Result<Box<dyn Read + '_>>;
}

/// Where something stands in what is imported.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// The file. All that stands in it share its name.
    pub file: Arc<str>,
    /// The line, or the row of a table, from 1; 0 for the file as a whole.
    pub line: usize,
}

impl Place {
    pub(super) fn new(file: impl Into<Arc<str>>, line: usize) -> Self {
        Self { file: file.into(), line }
    }

    /// Another line of the same file.
    pub(super) fn at(&self, line: usize) -> Self {
        Self { file: self.file.clone(), line }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.file),
            line => write!(f, "{}:{line}", self.file),
        }
    }
}

/// Something that was not taken over, and why.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{place}: {words}")]
pub struct Refusal {
    /// Where it stands.
    pub place: Place,
    /// What is wrong with it.
    pub words: String,
}

impl Refusal {
    pub(crate) fn new(place: &Place, words: impl Into<String>) -> Self {
        Self { place: place.clone(), words: words.into() }
    }
}

/// A document as it stands in what is imported, nothing of it proved yet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Incoming {
    /// Where it stands.
    pub place: Place,
    /// Its name, with `/` between folders, without `.txt`.
    pub id: String,
    /// Its text.
    pub text: IncomingText,
    /// What is known of it besides.
    pub metadata: Metadata,
    /// What is said about it.
    pub sets: Vec<IncomingSet>,
}

/// The text of a document that is imported.
#[derive(Clone, PartialEq, Debug)]
pub enum IncomingText {
    /// As it is.
    Whole(String),
    /// Its tokens, a line a sentence: what stood between them is not known.
    Tokens(Vec<Vec<String>>),
}

impl Default for IncomingText {
    fn default() -> Self {
        Self::Whole(String::new())
    }
}

/// What one annotator says about a document.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct IncomingSet {
    /// Who, if that is said.
    pub annotator: Option<String>,
    /// How far they have come, if that is said.
    pub status: Option<Status>,
    /// The annotations.
    pub annotations: Vec<IncomingAnnotation>,
    /// The relations.
    pub relations: Vec<IncomingRelation>,
}

/// An annotation as it stands in what is imported.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct IncomingAnnotation {
    /// Where it stands.
    pub place: Place,
    /// What relations call it; unique in its set.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Where it lies: starts and ends in the format's unit, or in numbers of tokens.
    pub spans: Vec<(usize, usize)>,
    /// What it quotes, a text for each span, if the format says.
    pub quotes: Vec<String>,
    /// What it quotes in one text, and what stands in it between two spans, if the
    /// format says it so.
    pub joined_quote: Option<(String, &'static str)>,
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// Its note.
    pub note: String,
}

/// A relation as it stands in what is imported.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct IncomingRelation {
    /// Where it stands.
    pub place: Place,
    /// Its id, if it has one.
    pub id: Option<String>,
    /// Its label.
    pub label: String,
    /// The annotation that it starts from.
    pub from: String,
    /// The annotation that it leads to.
    pub to: String,
}

/// What a reader finds: documents, and what it cannot read, as it comes to them.
pub type Found<'a> = &'a mut dyn FnMut(Result<Incoming, Refusal>);
