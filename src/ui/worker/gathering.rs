use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use crate::corpus::{Annotator, DocumentPath};
use crate::session::{LoadedDocument, Message};
use crate::storage::{Problem, Project, any_set_has};

/// How many documents are looked at before what waits is done and progress is told.
const SLICE: usize = 32;

/// Many documents that are read for a change of all of them.
pub(super) struct Gathering {
    number: u64,
    project: Arc<Project>,
    annotator: Annotator,
    wanted: Wanted,
    done: usize,
    problems: Vec<Problem>,
}

/// Which documents are read.
pub(super) struct Wanted {
    /// Those that are still to be looked at.
    pub(super) documents: VecDeque<DocumentPath>,
    /// Of these only those about which a set has one of these strings, if there are any.
    pub(super) naming: Vec<String>,
    /// But these in any case.
    pub(super) always: BTreeSet<DocumentPath>,
}

impl Wanted {
    fn has(&self, project: &Project, path: &DocumentPath) -> bool {
        self.naming.is_empty()
            || self.always.contains(path)
            || any_set_has(project, path, &self.naming)
    }
}

impl Gathering {
    pub(super) fn new(
        number: u64,
        project: Arc<Project>,
        annotator: Annotator,
        wanted: Wanted,
    ) -> Self {
        Self { number, project, annotator, wanted, done: 0, problems: Vec::new() }
    }

    /// Whether all were looked at.
    pub(super) fn is_over(&self) -> bool {
        self.wanted.documents.is_empty()
    }

    /// Reads a slice, and hands over what was read.
    pub(super) fn go_on(
        &mut self,
        mut load: impl FnMut(&Project, &DocumentPath, &Annotator) -> Result<LoadedDocument, Problem>,
    ) -> Message {
        let mut documents = Vec::new();
        for _ in 0..SLICE {
            let Some(path) = self.wanted.documents.pop_front() else { break };
            self.done += 1;
            if !self.wanted.has(&self.project, &path) {
                continue;
            }
            match load(&self.project, &path, &self.annotator) {
                Ok(loaded) => documents.push(loaded),
                Err(problem) => self.problems.push(problem),
            }
        }
        let (number, done) = (self.number, self.done);
        if self.is_over() {
            Message::Gathered { number, documents, problems: std::mem::take(&mut self.problems) }
        } else {
            Message::Gathering { number, done, documents }
        }
    }
}
