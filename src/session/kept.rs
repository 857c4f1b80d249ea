use std::collections::{BTreeMap, BTreeSet};
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

impl Kept {
    /// The document that a set is about.
    pub(super) fn document(&self) -> Option<&DocumentPath> {
        match self {
            Self::Set(document, _) => Some(document),
            Self::Schema | Self::Decisions(_) | Self::Keys => None,
        }
    }
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

/// How often each file's content has changed here, and which state of it is on the disk.
#[derive(Default, Debug)]
pub(super) struct Revisions {
    all: BTreeMap<Kept, Revision>,
    /// The files of which the last state is not on the disk: with each frame it is asked
    /// whether there are any.
    unsaved: BTreeSet<Kept>,
}

#[derive(Default, Debug)]
struct Revision {
    now: u64,
    saved: u64,
}

impl Revisions {
    /// Takes in that a file's content has changed, and numbers the new state.
    pub(super) fn next(&mut self, kept: &Kept) -> u64 {
        let revision = self.all.entry(kept.clone()).or_default();
        revision.now += 1;
        self.unsaved.insert(kept.clone());
        revision.now
    }

    /// Takes in that a state is on the disk.
    pub(super) fn saved(&mut self, receipt: &SaveReceipt) {
        let Some(revision) = self.all.get_mut(&receipt.kept) else { return };
        revision.saved = revision.saved.max(receipt.revision);
        if revision.saved >= revision.now {
            self.unsaved.remove(&receipt.kept);
        }
    }

    /// Whether a file's content is still what it was then.
    pub(super) fn is_last(&self, receipt: &SaveReceipt) -> bool {
        self.all.get(&receipt.kept).is_some_and(|revision| revision.now == receipt.revision)
    }

    /// Whether a file's content has changed here at all.
    pub(super) fn knows(&self, kept: &Kept) -> bool {
        self.all.contains_key(kept)
    }

    /// Whether the last state of a file is not on the disk.
    pub(super) fn is_unsaved(&self, kept: &Kept) -> bool {
        self.unsaved.contains(kept)
    }

    /// The files of which the last state is not on the disk.
    pub(super) fn unsaved(&self) -> impl Iterator<Item = &Kept> {
        self.unsaved.iter()
    }

    /// The last state of a file is not to be on the disk any more.
    pub(super) fn let_go(&mut self, kept: &Kept) {
        if let Some(revision) = self.all.get_mut(kept) {
            revision.saved = revision.now;
        }
        self.unsaved.remove(kept);
    }

    /// Forgets all files but the person's own keys, which belong to no project.
    pub(super) fn leave_project(&mut self) {
        self.all.retain(|kept, _| *kept == Kept::Keys);
        self.unsaved.retain(|kept| *kept == Kept::Keys);
    }
}
