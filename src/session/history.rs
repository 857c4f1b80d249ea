use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashSet;

use crate::corpus::{Annotator, Decision, Digest, DocumentPath, Edit, Id, Schema};

use super::kept::Kept;
use super::selection::Place;

/// One gesture of a person: what it changed, and how to take it back.
#[derive(Clone, Debug)]
pub struct Step {
    /// As a person would say it, such as `tag claim`.
    pub name: String,
    /// When it was done, in seconds since 1970, UTC; 0 where that is not known.
    pub at: u64,
    /// The start of what the annotation quotes that it changed; empty where it changed
    /// none or several.
    pub quote: String,
    /// The changes, in the order in which they were made.
    pub changes: Vec<Change>,
    /// Which text the documents had whose sets it edited: in another text its places mean
    /// nothing.
    pub texts: BTreeMap<DocumentPath, Digest>,
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

    /// Where the person was before it, or after it.
    pub(super) fn place(&self, before: bool) -> &Place {
        if before { &self.before } else { &self.after }
    }

    /// The changes that take it back.
    pub fn taken_back(&self) -> Vec<Change> {
        self.changes.iter().rev().cloned().map(Change::inverted).collect()
    }

    /// The documents whose sets it changed. Of a step that was written down with its texts,
    /// not all changes are gone through: there may be a hundred thousand.
    pub(super) fn edited(&self) -> Vec<&DocumentPath> {
        if !self.texts.is_empty() {
            return self.texts.keys().collect();
        }
        let documents: BTreeSet<_> = self.changes.iter().filter_map(Change::document).collect();
        documents.into_iter().collect()
    }

    /// How many documents it changed.
    pub fn documents(&self) -> usize {
        self.edited().len()
    }

    /// The one that it is about: that it changed, or else in which it was made, but for the
    /// schema, which is of all.
    pub fn about(&self) -> Option<&DocumentPath> {
        let of_all = |change: &Change| matches!(change, Change::SchemaSet { .. });
        let made_in = self.document.as_ref().filter(|_| !self.changes.iter().all(of_all));
        self.edited().first().copied().or(made_in)
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
        /// Whose decision it is, where not the person's whose step it is.
        whose: Option<Annotator>,
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
            Self::Decided { whose, decision, holds } => {
                Self::Decided { whose, decision, holds: !holds }
            }
        }
    }

    /// The file that it changes, where `owner` is who made it.
    pub fn kept(&self, owner: &Annotator) -> Kept {
        match self {
            Self::Edited { document, annotator, .. } => {
                Kept::Set(document.clone(), annotator.clone())
            }
            Self::SchemaSet { .. } => Kept::Schema,
            Self::Decided { whose, .. } => Kept::Decisions(whose.as_ref().unwrap_or(owner).clone()),
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

/// All steps of an annotator, across documents and restarts, without limit. They are shared
/// with the journal: one may change a hundred thousand things.
#[derive(Clone, Default, Debug)]
pub struct History {
    /// How many of those done are from before the program started.
    resumed: usize,
    done: Vec<Arc<Step>>,
    /// The next to be done again last.
    undone: Vec<Arc<Step>>,
}

impl History {
    /// Takes a new step in; what was undone before cannot be redone any more.
    pub(super) fn push(&mut self, step: Arc<Step>) {
        self.undone.clear();
        self.done.push(step);
    }

    /// Puts what was done before the program started before what was done since.
    pub(super) fn resume(&mut self, mut earlier: Self) {
        self.resumed = earlier.done.len();
        earlier.done.append(&mut self.done);
        self.done = earlier.done;
        if self.done.len() == self.resumed && self.undone.is_empty() {
            self.undone = earlier.undone;
        }
    }

    /// Puts a step in the place of the last one.
    pub(super) fn replace_last(&mut self, step: Arc<Step>) {
        if let Some(last) = self.done.last_mut() {
            *last = step;
        }
    }

    /// Lets the last step go, or the first that was `undone`.
    pub(super) fn drop_step(&mut self, undone: bool) {
        let steps = if undone { &mut self.undone } else { &mut self.done };
        steps.pop();
        self.forget_resumed();
    }

    /// What comes in the place of steps from before the program started is of this run.
    fn forget_resumed(&mut self) {
        self.resumed = self.resumed.min(self.done.len());
    }

    /// The last step, to be gone on with, if that is typing this annotation's note.
    pub(super) fn typing(&mut self, id: &Id) -> Option<&mut Step> {
        let last = self.done.last_mut().filter(|_| self.undone.is_empty());
        last.filter(|step| step.typing.as_ref() == Some(id)).map(Arc::make_mut)
    }

    /// The last step is typing this annotation's note, and may go on.
    pub(super) fn begin_typing(&mut self, id: &Id) {
        if let Some(last) = self.done.last_mut() {
            Arc::make_mut(last).typing = Some(id.clone());
        }
    }

    /// The next letter of a note begins a new step.
    pub(super) fn end_typing(&mut self) {
        if let Some(last) = self.done.last_mut().filter(|last| last.typing.is_some()) {
            Arc::make_mut(last).typing = None;
        }
    }

    /// The steps that were done, the oldest first.
    pub fn done(&self) -> &[Arc<Step>] {
        &self.done
    }

    /// The steps that were undone, in the order in which they would be done again.
    pub fn undone(&self) -> impl ExactSizeIterator<Item = &Arc<Step>> {
        self.undone.iter().rev()
    }

    /// The step that undo would take back.
    pub fn last_done(&self) -> Option<&Arc<Step>> {
        self.done.last()
    }

    /// The step that redo would do again.
    pub fn last_undone(&self) -> Option<&Arc<Step>> {
        self.undone.last()
    }

    /// The documents that a step of this run, done or undone, belongs to.
    pub(super) fn documents(&self) -> HashSet<&DocumentPath> {
        let steps = self.done.iter().skip(self.resumed).chain(&self.undone);
        steps.flat_map(|step| step.texts.keys()).collect()
    }

    pub(super) fn undo(&mut self) -> Option<Arc<Step>> {
        let step = self.done.pop()?;
        self.forget_resumed();
        self.undone.push(step.clone());
        Some(step)
    }

    pub(super) fn redo(&mut self) -> Option<Arc<Step>> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(document: &str) -> Arc<Step> {
        let digest = Digest::from_hex("0".repeat(64));
        Arc::new(Step {
            name: "tag claim".to_owned(),
            at: 0,
            quote: String::new(),
            changes: Vec::new(),
            texts: BTreeMap::from([(DocumentPath::new(document).unwrap(), digest)]),
            document: None,
            before: Place::default(),
            after: Place::default(),
            typing: None,
        })
    }

    #[test]
    fn what_comes_in_the_place_of_earlier_steps_is_of_this_run() {
        for undone in 0..3 {
            let mut earlier = History::default();
            earlier.push(step("a.txt"));
            earlier.push(step("b.txt"));
            let mut history = History::default();
            history.resume(earlier);
            assert!(history.documents().is_empty());
            for _ in 0..undone {
                history.undo();
            }
            history.push(step("c.txt"));
            let documents: Vec<&str> = history.documents().iter().map(|d| d.as_str()).collect();
            assert_eq!(documents, ["c.txt"], "{undone}");
        }
    }
}
