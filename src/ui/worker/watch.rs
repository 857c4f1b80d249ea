//! Noticing what other programs do to the files that were read.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant, SystemTime};

use crate::corpus::{Annotator, Document, DocumentPath};
use crate::storage::{DecisionStore, Listing, Notices, Project, SetStore};

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
    /// What was written since then may have been written after it was read.
    opened: SystemTime,
    /// Until when the whole project is left alone.
    rests_until: Instant,
    /// What the system tells of the project's folders; `None` where it does not tell all.
    notices: Option<Box<dyn Notices>>,
    /// Whether something may have changed since the whole project was looked at last.
    stirred: bool,
}

impl Watch {
    pub(super) fn new(
        project: Arc<Project>,
        annotator: Annotator,
        listed: Vec<DocumentPath>,
        notices: Option<Box<dyn Notices>>,
    ) -> Self {
        Self {
            project,
            annotator,
            documents: BTreeMap::new(),
            stamps: BTreeMap::new(),
            listed,
            own_sets: BTreeMap::new(),
            rounds: 0,
            // File systems count time in steps, some of them of two seconds.
            opened: SystemTime::now() - Duration::from_secs(2),
            rests_until: Instant::now(),
            notices,
            stirred: true,
        }
    }

    /// Whether it is to be looked around without anything being told: because something
    /// was, or because the system does not tell all.
    pub(super) fn is_due(&self) -> bool {
        self.stirred || self.notices.is_none()
    }

    /// Takes note that something may have changed.
    pub(super) fn stir(&mut self) {
        self.stirred = true;
    }

    /// Has the whole project looked at next, however long that takes.
    pub(super) fn want_all(&mut self) {
        self.stirred = true;
        self.rests_until = Instant::now();
    }

    /// Has changes in all folders of the project told from now on. What may have changed in
    /// one before is looked at the next time.
    fn listen(&mut self, listing: &Listing) {
        let Some(mut notices) = self.notices.take() else { return };
        if listing.has_linked_articles {
            return;
        }
        for folder in self.folders(&listing.folders) {
            match notices.add(&folder) {
                Ok(is_new) => self.stirred |= is_new,
                // It is told when it comes.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    log::info!("changes in {} are not told: {error}", folder.display());
                    return;
                }
            }
        }
        self.notices = Some(notices);
    }

    /// All folders in which something can change that is looked at, whether they are there
    /// or not.
    fn folders(&self, of_articles: &[PathBuf]) -> BTreeSet<PathBuf> {
        let project = &self.project;
        let sets = project.annotations();
        let mut folders =
            BTreeSet::from([project.root().to_path_buf(), project.state(), project.locks()]);
        folders.extend(of_articles.iter().cloned());
        for annotator in project.annotators().0 {
            let own = sets.join(annotator.as_str());
            let below = of_articles.iter();
            let below = below.filter_map(|folder| folder.strip_prefix(project.articles()).ok());
            folders.extend(below.map(|below| own.join(below)));
        }
        folders.insert(sets);
        folders
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
        let listing = self.project.listing();
        self.listen(&listing);
        let Listing { documents, problems, .. } = listing;
        // Half a list is none: the disk may just not be there.
        let unknown =
            documents.is_empty() || !problems.is_empty() && documents.len() < self.listed.len();
        // Nobody tells when it is whole again.
        self.stirred |= unknown && !problems.is_empty();
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
            let written = stamp.and_then(|(_, written)| written);
            let is_new = first && written.is_some_and(|written| written >= self.opened);
            // What is about an article that has just come is read with that.
            if is_new || before.is_some_and(|before| before != stamp) {
                changed.push(path);
            }
        }
        changed
    }

    /// Whether it is time to look at all there is, and not only at what is in use.
    pub(super) fn is_long_round(&mut self) -> bool {
        self.rounds += 1;
        let is_long = self.rests_until <= Instant::now();
        // What changes while it is looked at is told again.
        self.stirred &= !is_long;
        is_long
    }

    /// A look at all there is took so long: where that is long, it is done more seldom, so that
    /// it takes a twentieth of a core at most.
    pub(super) fn took(&mut self, long: Duration) {
        self.rests_until = Instant::now() + 20 * long;
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
