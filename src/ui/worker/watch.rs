//! Noticing what other programs do to the files that were read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::{Duration, SystemTime};

use crate::corpus::{Annotator, Document, DocumentPath};
use crate::storage::{DecisionStore, Project, SetStore};

/// What tells a file from what it was, without reading it; `None` where nothing is.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// What is known of the open project's files.
pub(super) struct Watch {
    pub(super) project: Arc<Project>,
    pub(super) annotator: Annotator,
    /// The documents that are in use; no longer than they are.
    documents: BTreeMap<DocumentPath, Weak<Document>>,
    stamps: BTreeMap<PathBuf, Stamp>,
    listed: Vec<DocumentPath>,
    /// The own sets, by document; empty until they were looked at first.
    own_sets: BTreeMap<DocumentPath, Stamp>,
    rounds: usize,
    /// How many rounds the whole project is left alone still.
    rest: usize,
}

impl Watch {
    pub(super) fn new(
        project: Arc<Project>,
        annotator: Annotator,
        listed: Vec<DocumentPath>,
    ) -> Self {
        Self {
            project,
            annotator,
            documents: BTreeMap::new(),
            stamps: BTreeMap::new(),
            listed,
            own_sets: BTreeMap::new(),
            rounds: 0,
            rest: 1,
        }
    }

    /// The own sets are another annotator's from now on.
    pub(super) fn work_as(&mut self, annotator: &Annotator) {
        if self.annotator != *annotator {
            self.annotator = annotator.clone();
            self.own_sets.clear();
        }
    }

    /// Takes note of a document that was read.
    pub(super) fn add(&mut self, document: &Arc<Document>) {
        self.documents.insert(document.path.clone(), Arc::downgrade(document));
    }

    /// Takes note of a file as it is, before it is read.
    pub(super) fn note(&mut self, file: &Path) {
        let stamp = self.stamp(file);
        self.stamps.insert(file.to_path_buf(), stamp);
    }

    /// Has a file that was written here looked at the next time, whatever it was before.
    pub(super) fn forget(&mut self, file: &Path) {
        self.stamps.remove(file);
    }

    /// The documents that are still in use.
    pub(super) fn in_use(&mut self) -> Vec<Arc<Document>> {
        self.documents.retain(|_, document| document.strong_count() > 0);
        self.documents.values().filter_map(Weak::upgrade).collect()
    }

    fn stamp(&self, file: &Path) -> Stamp {
        let look = self.project.files().look(file).ok()?;
        Some((look.bytes, look.modified))
    }

    /// Whether a file may have changed since this was last asked; always the first time.
    pub(super) fn has_changed(&mut self, file: &Path) -> bool {
        let stamp = self.stamp(file);
        self.stamps.insert(file.to_path_buf(), stamp) != Some(stamp)
    }

    /// The documents, where they are others than last time.
    pub(super) fn other_documents(&mut self) -> Option<Vec<DocumentPath>> {
        let (documents, problems) = self.project.documents();
        // Half a list is none: the disk may just not be there.
        let unknown =
            documents.is_empty() || !problems.is_empty() && documents.len() < self.listed.len();
        if unknown || documents == self.listed {
            return None;
        }
        self.listed.clone_from(&documents);
        Some(documents)
    }

    /// The documents about which the own set's file is another than last time.
    pub(super) fn other_sets(&mut self) -> Vec<DocumentPath> {
        let first = self.own_sets.is_empty();
        let mut changed = Vec::new();
        for path in self.listed.clone() {
            let stamp = self.stamp(&SetStore::file(&self.project, &self.annotator, &path));
            let before = self.own_sets.insert(path.clone(), stamp);
            if !first && before != Some(stamp) {
                changed.push(path);
            }
        }
        changed
    }

    /// Whether it is time to look at all there is, and not only at what is in use.
    pub(super) fn is_long_round(&mut self) -> bool {
        self.rounds += 1;
        let is_long = self.rest == 0;
        self.rest = if is_long { 1 } else { self.rest - 1 };
        is_long
    }

    /// A look at all there is took so long: where that is long, it is done more seldom, so that
    /// it takes a twentieth of a core at most.
    pub(super) fn took(&mut self, long: Duration) {
        self.rest = 1 + usize::try_from(long.as_millis() / 50).unwrap_or(usize::MAX);
    }

    /// The files of what others decided that may have changed.
    pub(super) fn others_decisions(&mut self) -> Vec<Annotator> {
        let (everyone, _) = self.project.annotators();
        let others = everyone.into_iter().filter(|one| *one != self.annotator);
        let others: Vec<Annotator> = others.collect();
        let project = self.project.clone();
        let first = self.rounds <= 1;
        let mut changed = |one: &Annotator| self.has_changed(&DecisionStore::file(&project, one));
        let found: Vec<Annotator> = others.into_iter().filter(|one| changed(one)).collect();
        if first { Vec::new() } else { found }
    }
}
