//! Noticing what other programs do to the files that were read.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant, SystemTime};

use crate::corpus::{Annotator, Document, DocumentPath};
use crate::storage::{DecisionStore, Listing, Notices, Project, SetStore, Told};

/// What tells a file from what it was, without reading it; `None` where nothing is.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// How long a file that another program begins to write may have nothing in it.
const BEGUN: Duration = Duration::from_secs(2);

/// What is known of the open project's files.
pub(super) struct Watch {
    pub(super) project: Arc<Project>,
    pub(super) annotator: Annotator,
    /// The documents that are in use; no longer than they are.
    documents: BTreeMap<DocumentPath, Weak<Document>>,
    stamps: BTreeMap<PathBuf, Stamp>,
    /// All documents, in order.
    listed: Vec<DocumentPath>,
    /// Everyone's sets, by document; nothing of somebody's until all were looked at first.
    sets: BTreeMap<Annotator, BTreeMap<DocumentPath, Stamp>>,
    /// Who had sets when it was begun: whoever comes later had none.
    first_ones: BTreeSet<Annotator>,
    /// Everyone who has had any since then.
    seen: BTreeSet<Annotator>,
    rounds: usize,
    /// What was written since then may have been written after it was read.
    opened: SystemTime,
    /// Until when the whole project is left alone.
    rests_until: Instant,
    /// What the system tells of the project's folders; `None` where it does not tell all.
    notices: Option<Box<dyn Notices>>,
    /// Whether something may have changed since it was looked around last.
    stirred: bool,
    /// Whether everything is to be looked at, whatever was told.
    wants_all: bool,
}

/// What was found to be another in the whole project.
#[derive(Default)]
pub(super) struct Changed {
    /// The documents that are to be summed up anew, because the article or the own set is
    /// another.
    pub(super) own: BTreeSet<DocumentPath>,
    /// The documents about which somebody else's set is another.
    pub(super) others: BTreeSet<DocumentPath>,
}

/// What of the whole project is to be looked at.
pub(super) struct Round {
    /// What the system has told of.
    told: Told,
    /// Whether that may not be all.
    is_unclear: bool,
    /// Whether articles and the own sets are looked at, whatever was told.
    looks_at_all: bool,
}

impl Watch {
    /// Begins to watch a project, and lists its articles.
    pub(super) fn begin(
        project: &Arc<Project>,
        annotator: Annotator,
        notices: Option<Box<dyn Notices>>,
    ) -> (Self, Listing) {
        let first_ones: BTreeSet<Annotator> = project.annotators().0.into_iter().collect();
        let mut watch = Self {
            project: project.clone(),
            annotator,
            documents: BTreeMap::new(),
            stamps: BTreeMap::new(),
            listed: Vec::new(),
            sets: BTreeMap::new(),
            first_ones: first_ones.clone(),
            seen: first_ones,
            rounds: 0,
            // File systems count time in steps, some of them of two seconds.
            opened: SystemTime::now() - Duration::from_secs(2),
            rests_until: Instant::now(),
            notices,
            stirred: true,
            wants_all: false,
        };
        let listing = watch.list();
        watch.listed.clone_from(&listing.documents);
        (watch, listing)
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
        self.wants_all = true;
        self.rests_until = Instant::now();
    }

    /// Lists the articles. What changes in one of their folders after it is listed is told, and
    /// what changes in a folder of sets after this.
    fn list(&mut self) -> Listing {
        let project = self.project.clone();
        // Each before what lies in it, so that nothing comes unseen.
        for folder in [project.root(), &project.state(), &project.locks(), &project.annotations()] {
            self.listen_to(folder);
        }
        let listing = project.listing_after(&mut |folder| self.listen_to(folder));
        if listing.has_linked_articles {
            self.notices = None;
        }
        for annotator in project.annotators().0 {
            let own = project.annotator_folder(&annotator);
            for folder in &listing.folders {
                if let Ok(below) = folder.strip_prefix(project.articles()) {
                    self.listen_to(&own.join(below));
                }
            }
        }
        listing
    }

    /// Has changes in a folder told from now on. What of it was looked at before is looked at
    /// once more.
    fn listen_to(&mut self, folder: &Path) {
        match self.notices.as_mut().map(|notices| notices.add(folder)) {
            Some(Ok(is_new)) => self.stirred |= is_new,
            // It is told when it comes.
            Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => {}
            Some(Err(error)) => {
                log::info!("changes in {} are not told: {error}", folder.display());
                self.notices = None;
            }
            None => {}
        }
    }

    /// The own sets are another annotator's from now on.
    pub(super) fn work_as(&mut self, annotator: &Annotator) {
        self.annotator.clone_from(annotator);
    }

    /// Takes note of a document that was read.
    pub(super) fn add(&mut self, document: &Arc<Document>) {
        self.documents.insert(document.path.clone(), Arc::downgrade(document));
    }

    /// Takes note of a file as it is, before it is read.
    pub(super) fn note(&mut self, file: &Path) {
        let stamp = stamp(&self.project, file);
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

    /// Everyone who has or had a folder, and the person, who may have none yet.
    pub(super) fn everyone(&mut self) -> BTreeSet<Annotator> {
        self.seen.extend(self.project.annotators().0);
        self.seen.insert(self.annotator.clone());
        self.seen.clone()
    }

    /// Whether a file may have changed since this was last asked; always the first time.
    pub(super) fn has_changed(&mut self, file: &Path) -> bool {
        let stamp = stamp(&self.project, file);
        self.stamps.insert(file.to_path_buf(), stamp) != Some(stamp)
    }

    /// Whether another program has just begun to write a file, as git does: there is nothing in it
    /// yet. It is looked at again then.
    pub(super) fn is_being_written(&mut self, file: &Path) -> bool {
        let Some((0, Some(written))) = stamp(&self.project, file) else { return false };
        let is_new = written.elapsed().is_ok_and(|age| age < BEGUN);
        if is_new {
            self.forget(file);
            self.stir();
        }
        is_new
    }

    /// What of the whole project is to be looked at now; `None` where it is not long ago that
    /// much was.
    pub(super) fn next_round(&mut self) -> Option<Round> {
        self.rounds += 1;
        if self.rests_until > Instant::now() {
            return None;
        }
        // What changes while it is looked at is told again.
        self.stirred = false;
        let tells = self.notices.is_some();
        let told = self.notices.as_mut().map(|notices| notices.told()).unwrap_or_default();
        let mut folders = told.came.iter().chain(&told.went);
        let is_unclear = !tells || told.lost_some || folders.any(|folder| self.is_of_work(folder));
        let looks_at_all = std::mem::take(&mut self.wants_all) || is_unclear;
        Some(Round { told, is_unclear, looks_at_all })
    }

    /// Whether something can change in a folder that is looked at.
    fn is_of_work(&self, folder: &Path) -> bool {
        let project = &self.project;
        if folder.starts_with(project.state()) {
            return project.locks().starts_with(folder);
        }
        let is_among = |all: &Path| folder.starts_with(all) || all.starts_with(folder);
        is_among(project.articles()) || is_among(&project.annotations())
    }

    /// The documents, where they are others than last time.
    pub(super) fn other_documents(&mut self, round: &Round) -> Option<Vec<DocumentPath>> {
        let project = self.project.clone();
        let comes_or_goes = |file: &PathBuf| {
            let document = project.document_named(file);
            document.is_some_and(|document| {
                self.listed.binary_search(&document).is_ok() != project.files().look(file).is_ok()
            })
        };
        if !round.looks_at_all && !round.told.files.iter().any(comes_or_goes) {
            return None;
        }
        let Listing { documents, problems, .. } = self.list();
        // Half a list is none: the disk may just not be there.
        let unknown =
            documents.is_empty() || !problems.is_empty() && documents.len() < self.listed.len();
        // Nobody tells when it is whole again.
        if unknown && !problems.is_empty() {
            self.stirred = true;
            self.wants_all = true;
        }
        if unknown || documents == self.listed {
            return None;
        }
        self.listed.clone_from(&documents);
        Some(documents)
    }

    /// What is told to be another or, of the sets, found to be.
    pub(super) fn changed(&mut self, round: &Round) -> Changed {
        let mut changed = Changed::default();
        let everyone = self.everyone();
        for file in &round.told.files {
            if let Some(document) = self.project.document_named(file) {
                self.take_in(&mut changed.own, document);
                continue;
            }
            for annotator in &everyone {
                let document = SetStore::document_named(&self.project, annotator, file);
                let Some(document) = document else { continue };
                let known = self.sets.get_mut(annotator);
                if let Some(before) = known.and_then(|known| known.get_mut(&document)) {
                    *before = stamp(&self.project, file);
                }
                let own = *annotator == self.annotator;
                let list = if own { &mut changed.own } else { &mut changed.others };
                self.take_in(list, document);
            }
        }
        for annotator in everyone {
            let own = annotator == self.annotator;
            // Others' are many: where changes are told, these are enough.
            if round.is_unclear || own && round.looks_at_all {
                let others = self.other_sets(&annotator, &round.told);
                if own { &mut changed.own } else { &mut changed.others }.extend(others);
            }
        }
        changed
    }

    /// Takes a document in, if it is one of the project.
    fn take_in(&self, list: &mut BTreeSet<DocumentPath>, document: DocumentPath) {
        if self.listed.binary_search(&document).is_ok() {
            list.insert(document);
        }
    }

    /// The documents about which an annotator's file is another than last time or, where that
    /// is not known, may be.
    fn other_sets(&mut self, annotator: &Annotator, told: &Told) -> Vec<DocumentPath> {
        let known = self.sets.entry(annotator.clone()).or_default();
        let first = known.is_empty();
        let is_in = |file: &Path, folders: &BTreeSet<PathBuf>| {
            !folders.is_empty() && file.ancestors().any(|folder| folders.contains(folder))
        };
        let had_none = first && !self.first_ones.contains(annotator);
        let mut changed = Vec::new();
        for path in &self.listed {
            let file = SetStore::file(&self.project, annotator, path);
            let stamp = stamp(&self.project, &file);
            let before = known.insert(path.clone(), stamp);
            let written = stamp.and_then(|(_, written)| written);
            let came = stamp.is_some() && (had_none || is_in(&file, &told.came));
            let is_new = first
                && (written.is_some_and(|written| written >= self.opened)
                    || told.lost_some
                    || came
                    || is_in(&file, &told.went));
            // What is about an article that has just come is read with that.
            if is_new || before.is_some_and(|before| before != stamp) {
                changed.push(path.clone());
            }
        }
        changed
    }

    /// A look at all there is took so long: where that is long, it is done more seldom, so that
    /// it takes a twentieth of a core at most.
    pub(super) fn took(&mut self, long: Duration) {
        self.rests_until = Instant::now() + 20 * long;
    }

    /// Who, also of those whose folder is gone, may have decided otherwise.
    pub(super) fn changed_decisions(&mut self) -> Vec<Annotator> {
        let everyone = self.everyone();
        let project = self.project.clone();
        let mut changed = |one: &Annotator| self.has_changed(&DecisionStore::file(&project, one));
        everyone.into_iter().filter(|one| changed(one)).collect()
    }
}

fn stamp(project: &Project, file: &Path) -> Stamp {
    let look = project.files().look(file).ok()?;
    Some((look.bytes, look.modified))
}
