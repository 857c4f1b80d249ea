use std::collections::VecDeque;
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
    waiting: VecDeque<DocumentPath>,
    annotator: Annotator,
    /// Only documents about which a set has one of these strings are read.
    naming: Vec<String>,
    done: usize,
    found: Vec<LoadedDocument>,
    problems: Vec<Problem>,
}

impl Gathering {
    pub(super) fn new(
        number: u64,
        project: Arc<Project>,
        documents: Vec<DocumentPath>,
        annotator: Annotator,
        naming: Vec<String>,
    ) -> Self {
        Self {
            number,
            project,
            waiting: documents.into(),
            annotator,
            naming,
            done: 0,
            found: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Reads a slice; when all are through, what was gathered.
    pub(super) fn go_on(
        &mut self,
        mut load: impl FnMut(&Project, &DocumentPath, &Annotator) -> Result<LoadedDocument, Problem>,
    ) -> Option<Message> {
        for _ in 0..SLICE {
            let Some(path) = self.waiting.pop_front() else { break };
            self.done += 1;
            if !self.naming.is_empty() && !any_set_has(&self.project, &path, &self.naming) {
                continue;
            }
            match load(&self.project, &path, &self.annotator) {
                Ok(loaded) => self.found.push(loaded),
                Err(problem) => self.problems.push(problem),
            }
        }
        self.waiting.is_empty().then(|| Message::Gathered {
            number: self.number,
            documents: std::mem::take(&mut self.found),
            problems: std::mem::take(&mut self.problems),
        })
    }

    pub(super) fn progress(&self) -> Message {
        Message::Gathering { number: self.number, done: self.done }
    }
}
