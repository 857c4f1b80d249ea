use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Document, Metadata};
use crate::review::LabelCounts;
use crate::storage::{Problem, SetOnDisk, Summary};

/// A document in memory, with what everyone says about it.
#[derive(Clone, Debug)]
pub struct Held {
    /// The text.
    pub document: Arc<Document>,
    /// What is known of it besides its text.
    pub metadata: Metadata,
    /// What is odd about its files.
    pub problems: Vec<Problem>,
    /// The person's own set.
    pub set: Arc<AnnotationSet>,
    /// Why the own set cannot be changed: its file could not be read.
    pub unreadable: Option<Problem>,
    /// The other annotators' sets.
    pub others: BTreeMap<Annotator, Result<Arc<AnnotationSet>, Problem>>,
    /// What can be shown of sets in a newer format, which count as unreadable otherwise.
    pub(super) newer: BTreeMap<Annotator, Arc<AnnotationSet>>,
}

impl Held {
    /// Takes over what was read of a set about `document`.
    pub(super) fn own_set(
        document: &Document,
        annotator: &Annotator,
        found: SetOnDisk,
    ) -> (AnnotationSet, Option<Problem>) {
        let empty = || AnnotationSet::new(annotator.clone(), document.text.end());
        match found {
            SetOnDisk::Absent => (empty(), None),
            SetOnDisk::Read(set) => (set, None),
            SetOnDisk::Unreadable(problem) => (empty(), Some(problem)),
        }
    }

    /// An annotator's set, if it could be read.
    pub(super) fn set_of(&self, annotator: &Annotator) -> Option<&Arc<AnnotationSet>> {
        if annotator == self.set.annotator() {
            Some(&self.set).filter(|_| self.unreadable.is_none())
        } else {
            self.others.get(annotator)?.as_ref().ok()
        }
    }

    /// An annotator's set as far as it can be shown.
    pub(super) fn shown_set_of(&self, annotator: &Annotator) -> Option<&Arc<AnnotationSet>> {
        let newer = self.newer.get(annotator);
        let own = Some(&self.set).filter(|set| set.annotator() == annotator);
        newer.or_else(|| own.or_else(|| self.set_of(annotator)))
    }

    /// The same, to be changed.
    pub(super) fn set_of_mut(&mut self, annotator: &Annotator) -> Option<&mut Arc<AnnotationSet>> {
        if annotator == self.set.annotator() {
            Some(&mut self.set).filter(|_| self.unreadable.is_none())
        } else {
            self.others.get_mut(annotator)?.as_mut().ok()
        }
    }

    /// Everyone's set; `None` for one that could not be read.
    pub(super) fn sets(&self) -> impl Iterator<Item = (&Annotator, Option<&Arc<AnnotationSet>>)> {
        let own = (self.set.annotator(), Some(&self.set).filter(|_| self.unreadable.is_none()));
        let others = self.others.iter().map(|(annotator, set)| (annotator, set.as_ref().ok()));
        std::iter::once(own).chain(others)
    }

    /// Brings what the list shows of the document up to date with the own set.
    pub(super) fn sum_up(&self, summary: &mut Summary) {
        summary.status = self.set.status();
        summary.counts = LabelCounts::of(&self.set);
        summary.problem.clone_from(&self.unreadable);
    }
}
