use std::collections::BTreeSet;

use crate::corpus::{DocumentPath, Edit};

use super::selection::Place;

/// One gesture of a person: what it changed, and how to take it back.
#[derive(Clone, Debug)]
pub struct Step {
    /// As a person would say it, such as `tag claim`.
    pub name: String,
    /// The changes, in the order in which they were made.
    pub changes: Vec<Change>,
    /// The document that the person was in, and where, before and after.
    pub document: DocumentPath,
    pub(super) before: Place,
    pub(super) after: Place,
}

/// One edit of one document's set, with its inverse.
#[derive(Clone, Debug)]
pub struct Change {
    /// Whose set.
    pub document: DocumentPath,
    /// What was done.
    pub edit: Edit,
    /// What undoes it.
    pub inverse: Edit,
}

/// All steps since the program started, across documents, without limit.
#[derive(Clone, Default, Debug)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// Takes a new step in; what was undone before cannot be redone any more.
    pub(super) fn push(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
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
        steps.flat_map(|step| &step.changes).map(|change| &change.document).collect()
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
