use std::collections::BTreeSet;
use std::sync::Arc;

use crate::corpus::{Annotator, Decision, DocumentPath, Edit, Id, Schema};

use super::selection::Place;

/// One gesture of a person: what it changed, and how to take it back.
#[derive(Clone, Debug)]
pub struct Step {
    /// As a person would say it, such as `tag claim`.
    pub name: String,
    /// The start of what the annotation quotes that it changed; empty where it changed
    /// none or several.
    pub quote: String,
    /// The changes, in the order in which they were made.
    pub changes: Vec<Change>,
    /// The document that the person was in, and where, before and after; none
    /// where no document was open.
    pub document: Option<DocumentPath>,
    pub(super) before: Place,
    pub(super) after: Place,
    /// The annotation whose note is being typed, so that the next letter goes on
    /// with this step.
    pub(super) typing: Option<Id>,
}

impl Step {
    /// The document that one goes to when it is undone or redone: the one it was
    /// made in, if it changed anything there.
    pub(super) fn home(&self) -> Option<&DocumentPath> {
        let changed = |home: &&DocumentPath| {
            self.changes.iter().any(|change| change.document() == Some(*home))
        };
        self.document.as_ref().filter(changed)
    }

    /// How many documents it changed.
    pub fn documents(&self) -> usize {
        let documents = self.changes.iter().filter_map(Change::document);
        documents.collect::<BTreeSet<_>>().len()
    }
}

/// One change of what is kept, with what is needed to take it back.
#[derive(Clone, Debug)]
pub enum Change {
    /// An annotation set was edited.
    Edited {
        /// About which document.
        document: DocumentPath,
        /// Whose set.
        annotator: Annotator,
        /// What was done.
        edit: Edit,
        /// What undoes it.
        inverse: Edit,
    },
    /// The project's schema was replaced.
    SchemaSet {
        /// The schema before.
        before: Arc<Schema>,
        /// The schema since.
        after: Arc<Schema>,
    },
    /// Something was decided, or a decision was taken back.
    Decided {
        /// What.
        decision: Decision,
        /// Whether it holds since.
        holds: bool,
    },
}

impl Change {
    /// The change that takes this one back.
    pub(super) fn inverted(self) -> Self {
        match self {
            Self::Edited { document, annotator, edit, inverse } => {
                Self::Edited { document, annotator, edit: inverse, inverse: edit }
            }
            Self::SchemaSet { before, after } => Self::SchemaSet { before: after, after: before },
            Self::Decided { decision, holds } => Self::Decided { decision, holds: !holds },
        }
    }

    /// The document whose set it changed.
    pub(super) fn document(&self) -> Option<&DocumentPath> {
        match self {
            Self::Edited { document, .. } => Some(document),
            Self::SchemaSet { .. } | Self::Decided { .. } => None,
        }
    }
}

/// All steps since the program started, across documents, without limit.
#[derive(Clone, Default, Debug)]
pub struct History {
    done: Vec<Step>,
    /// The next to be done again last.
    undone: Vec<Step>,
}

impl History {
    /// Takes a new step in; what was undone before cannot be redone any more.
    pub(super) fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
    }

    /// The last step, to be gone on with, if that is typing this annotation's note.
    pub(super) fn typing(&mut self, id: &Id) -> Option<&mut Step> {
        let last = self.done.last_mut().filter(|_| self.undone.is_empty());
        last.filter(|step| step.typing.as_ref() == Some(id))
    }

    /// The last step is typing this annotation's note, and may go on.
    pub(super) fn begin_typing(&mut self, id: &Id) {
        if let Some(last) = self.done.last_mut() {
            last.typing = Some(id.clone());
        }
    }

    /// The next letter of a note begins a new step.
    pub(super) fn end_typing(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.typing = None;
        }
    }

    /// The steps that were done, the oldest first.
    pub fn done(&self) -> &[Step] {
        &self.done
    }

    /// The steps that were undone, in the order in which they would be done again.
    pub fn undone(&self) -> impl ExactSizeIterator<Item = &Step> {
        self.undone.iter().rev()
    }

    /// The step that undo would take back.
    pub fn last_done(&self) -> Option<&Step> {
        self.done.last()
    }

    /// The step that redo would do again.
    pub fn last_undone(&self) -> Option<&Step> {
        self.undone.last()
    }

    /// The documents that a step, done or undone, belongs to.
    pub(super) fn documents(&self) -> BTreeSet<&DocumentPath> {
        let steps = self.done.iter().chain(&self.undone);
        steps.flat_map(|step| &step.changes).filter_map(Change::document).collect()
    }

    pub(super) fn undo(&mut self) -> Option<Step> {
        let step = self.done.pop()?;
        self.undone.push(step.clone());
        Some(step)
    }

    pub(super) fn redo(&mut self) -> Option<Step> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }
}
