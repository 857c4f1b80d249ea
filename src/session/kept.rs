use std::fmt;
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Decisions, Document, DocumentPath, Schema};
use crate::storage::{KeyDifferences, Project};

/// One of the files that what a person does is kept in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kept {
    /// An annotator's set about a document.
    Set(DocumentPath, Annotator),
    /// The project's schema.
    Schema,
    /// What an annotator decided and does not want to be asked again.
    Decisions(Annotator),
    /// The person's keys.
    Keys,
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(document, _) => f.write_str(document.name()),
            Self::Schema => f.write_str("the schema"),
            Self::Decisions(_) => f.write_str("what was decided"),
            Self::Keys => f.write_str("the keys"),
        }
    }
}

/// What is to be written into one of the files.
#[derive(Clone, Debug)]
pub enum Content {
    /// An annotation set.
    Set {
        /// Where.
        project: Arc<Project>,
        /// What it is about.
        document: Arc<Document>,
        /// What to write.
        set: Arc<AnnotationSet>,
    },
    /// The project's schema.
    Schema {
        /// Where.
        project: Arc<Project>,
        /// What to write.
        schema: Arc<Schema>,
    },
    /// An annotator's decisions.
    Decisions {
        /// Where.
        project: Arc<Project>,
        /// Whose.
        annotator: Annotator,
        /// What to write.
        decisions: Arc<Decisions>,
    },
    /// The person's keys.
    Keys(KeyDifferences),
}

/// Which state of which file a save was about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaveReceipt {
    /// The file.
    pub kept: Kept,
    /// The revision of its content in the session.
    pub revision: u64,
}

/// How often a file's content has changed here, and which state is on the disk.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Revision {
    pub(super) now: u64,
    pub(super) saved: u64,
}

impl Revision {
    pub(super) fn is_unsaved(self) -> bool {
        self.saved < self.now
    }
}
