//! Looking whether other programs have changed something, and saying so.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::desk::{Desk, Store};
use super::watch::{Changed, Watch};
use crate::corpus::{AnnotationSet, Annotator, Decisions, Document};
use crate::session::{Content, Message, Outside};
use crate::storage::{
    ChangedDecisions, ChangedSet, DecisionStore, Project, SchemaStore, SetOnDisk, SetStore,
    load_document, plain_words,
};

/// How often it is looked at most whether other programs have changed something, and tried
/// again to save what could not be saved.
const LOOK: Duration = Duration::from_secs(1);

impl Desk {
    /// How long it is until it is looked around and saved what could not be saved; `None`
    /// where there is nothing to look for unless something comes.
    pub(super) fn next_look(&self) -> Option<Duration> {
        let is_due = self.watch.as_ref().is_some_and(Watch::is_due)
            || self.locks.is_waited_for()
            || self.has_unsaved();
        is_due.then(|| LOOK.saturating_sub(self.looked.elapsed()))
    }

    /// Takes note that something has changed in the project's folders.
    pub(super) fn stir(&mut self) {
        if let Some(watch) = self.watch.as_mut() {
            watch.stir();
        }
    }

    /// Looks at what was read and, where that is not too soon after the last time, at the whole
    /// project.
    pub(super) fn look_around(&mut self, report: &mut dyn FnMut(Message)) {
        self.looked = Instant::now();
        let Some(mut watch) = self.watch.take() else { return };
        // What is on a disk that is not there is neither changed nor removed.
        let is_there = watch.project.files().look(watch.project.articles()).is_ok();
        if is_there {
            let round = watch.next_round();
            let project = watch.project.clone();
            let everyone = watch.everyone();
            for document in watch.in_use() {
                let article = project.article_file(&document.path);
                if watch.has_changed(&article)
                    && load_document(&project, &document.path)
                        .is_ok_and(|(now, _)| now.digest != document.digest)
                {
                    let kept = self.keep_what_was_removed(&project, &document, &watch.annotator);
                    let Ok(kept) = kept else {
                        // What is before the person is the last there is of it: it is tried again.
                        watch.forget(&article);
                        watch.stir();
                        continue;
                    };
                    self.forget_sets(&project, &document);
                    let (project, document) = (project.clone(), document.path.clone());
                    report(outside(Outside::Article { project, document, kept }));
                    continue;
                }
                let own = std::iter::once(&watch.annotator);
                let others = everyone.iter().filter(|one| **one != watch.annotator);
                for annotator in own.chain(others).cloned().collect::<Vec<_>>() {
                    let file = SetStore::file(&project, &annotator, &document.path);
                    if watch.has_changed(&file)
                        && !watch.is_being_written(&file)
                        && let Some(changed) = self.changed_set(&project, &document, &annotator)
                    {
                        let is_own = annotator == watch.annotator;
                        if is_own && project.files().look(&article).is_err() {
                            Self::keep_what_left(&project, &document, &changed);
                        }
                        let copy = is_own.then(|| self.keep_spoilt(&project, &document, &changed));
                        report(outside(Outside::Set {
                            project: project.clone(),
                            document: document.path.clone(),
                            annotator,
                            changed,
                        }));
                        if let Some(copy) = copy.flatten() {
                            let (project, document) = (project.clone(), document.path.clone());
                            let copy = copy.map_err(|error| plain_words(&error));
                            report(outside(Outside::Spoilt { project, document, copy }));
                        }
                    }
                }
            }
            self.look_at_schema(&project, &mut |file| watch.has_changed(file), report);
            for annotator in watch.changed_decisions() {
                if let Some(changed) = self.changed_decisions(&project, &annotator) {
                    let project = project.clone();
                    report(outside(Outside::Decisions { project, annotator, changed }));
                }
            }
            if let Some(round) = round {
                let start = Instant::now();
                if let Some(documents) = watch.other_documents(&round) {
                    let project = project.clone();
                    report(outside(Outside::Documents { project, documents }));
                }
                let Changed { own, others } = watch.changed(&round);
                if !own.is_empty() || !others.is_empty() {
                    let annotator = watch.annotator.clone();
                    let everyone = project.annotators_with_sets();
                    report(outside(Outside::Sets { project, annotator, everyone, own, others }));
                }
                watch.took(start.elapsed());
            }
        } else {
            // Nobody tells when it comes back, nor what is another then.
            watch.want_all();
        }
        self.watch = Some(watch);
        if is_there {
            self.look_at_locks(report);
            if let Some(project) = self.to_sweep.take() {
                project.sweep();
            }
        }
    }

    /// Tells of a change that stood in the way of a save, so that the two are brought
    /// together; `false` where that is for the person to decide.
    pub(super) fn tell_of_change(
        &mut self,
        content: &Content,
        report: &mut dyn FnMut(Message),
    ) -> bool {
        match content {
            Content::Set { project, document, set } => {
                let annotator = set.annotator().clone();
                let Some(changed) = self.changed_set(project, document, &annotator) else {
                    // Told before: what comes of it is on its way.
                    let file = SetStore::file(project, &annotator, &document.path);
                    let store = self.stores.get(&file);
                    return matches!(store, Some(Store::Set(store)) if store.waits());
                };
                if matches!(changed.now, SetOnDisk::Unreadable(_)) {
                    return false;
                }
                let (project, document) = (project.clone(), document.path.clone());
                report(outside(Outside::Set { project, document, annotator, changed }));
                true
            }
            Content::Decisions { project, annotator, .. } => {
                let file = DecisionStore::file(project, annotator);
                let Some(Store::Decisions(store)) = self.stores.get_mut(&file) else {
                    return false;
                };
                let Some(changed) = store.refresh() else { return store.waits() };
                if changed.now.is_err() {
                    return false;
                }
                let (project, annotator) = (project.clone(), annotator.clone());
                report(outside(Outside::Decisions { project, annotator, changed }));
                true
            }
            Content::Schema { .. } | Content::Keys(_) => false,
        }
    }

    /// What another program has made of a set, where one has; a set that nobody had before
    /// is one too.
    fn changed_set(
        &mut self,
        project: &Project,
        document: &Document,
        annotator: &Annotator,
    ) -> Option<ChangedSet> {
        let file = SetStore::file(project, annotator, &document.path);
        match self.stores.get_mut(&file) {
            Some(Store::Set(store)) => store.refresh(document),
            Some(_) => None,
            None => {
                let (store, now) = SetStore::load(project, annotator, document);
                self.stores.insert(file, Store::Set(Box::new(store)));
                // Nothing of it is in the way of anything: it was not known at all.
                let text = document.digest.clone();
                (now != SetOnDisk::Absent).then_some(ChangedSet { text, before: None, now })
            }
        }
    }

    /// What another program has made of what an annotator decided, where one has.
    fn changed_decisions(
        &mut self,
        project: &Project,
        annotator: &Annotator,
    ) -> Option<ChangedDecisions> {
        let file = DecisionStore::file(project, annotator);
        if let Some(store) = self.stores.get_mut(&file) {
            let Store::Decisions(store) = store else { return None };
            return store.refresh();
        }
        let (store, now, problem) = DecisionStore::load(project, annotator);
        self.stores.insert(file, Store::Decisions(Box::new(store)));
        let now = problem.map_or(Ok(now), Err);
        // Nothing of it is in the way of anything: it was not known at all.
        let is_some = now.as_ref().map_or(true, |now| *now != Decisions::default());
        is_some.then_some(ChangedDecisions { before: Decisions::default(), now })
    }

    /// Keeps a copy of the own set about a document that is about to be read anew with another
    /// text, where another program has removed the set's file, as when another branch is looked
    /// at. The file itself is left as that program wants it. Returns where the copy is, if one was
    /// wanted.
    ///
    /// # Errors
    /// When it could not be kept.
    fn keep_what_was_removed(
        &self,
        project: &Project,
        document: &Document,
        annotator: &Annotator,
    ) -> io::Result<Option<PathBuf>> {
        let file = SetStore::file(project, annotator, &document.path);
        let Some(Store::Set(store)) = self.stores.get(&file) else { return Ok(None) };
        let Some(set) = store.last_known(document) else { return Ok(None) };
        if set.is_blank() || self.is_to_write(&file) || project.files().look(&file).is_ok() {
            return Ok(None);
        }
        keep_earlier(project, set, document).map(Some)
    }

    /// Keeps a copy of the own set about a document that cannot be read any more as another program
    /// has made it: what is before the person may be all there is of it. Returns where it is, or
    /// why there is none, if one was wanted.
    fn keep_spoilt(
        &self,
        project: &Project,
        document: &Document,
        changed: &ChangedSet,
    ) -> Option<io::Result<PathBuf>> {
        let set = changed.before.as_ref().filter(|set| !set.is_blank())?;
        let is_spoilt = matches!(changed.now, SetOnDisk::Unreadable(_)) && !changed.now.is_newer();
        let file = SetStore::file(project, set.annotator(), &document.path);
        // What waits to be written is asked about.
        if !is_spoilt || self.is_to_write(&file) {
            return None;
        }
        Some(keep_earlier(project, set, document))
    }

    /// Keeps a copy of the own set that left together with its article, as when that is renamed:
    /// that is not asked about.
    fn keep_what_left(project: &Project, document: &Document, changed: &ChangedSet) {
        let left = changed.before.as_ref().filter(|set| !set.is_blank());
        if let Some(set) = left.filter(|_| changed.now == SetOnDisk::Absent) {
            // There is nobody to ask: whoever took both away wanted that.
            let _ = keep_earlier(project, set, document);
        }
    }

    /// What is known of sets is about a text that is another now.
    fn forget_sets(&mut self, project: &Project, document: &Document) {
        for annotator in project.annotators().0 {
            let file = SetStore::file(project, &annotator, &document.path);
            // What waits to be written is written over nothing but what it was read from.
            if !self.is_to_write(&file) {
                self.stores.remove(&file);
            }
        }
    }

    fn look_at_schema(
        &mut self,
        project: &Arc<Project>,
        has_changed: &mut dyn FnMut(&std::path::Path) -> bool,
        report: &mut dyn FnMut(Message),
    ) {
        let file = SchemaStore::file(project);
        // What is to be written is not given up unseen.
        if has_changed(&file)
            && !self.is_to_write(&file)
            && let Some(Store::Schema(store)) = self.stores.get_mut(&file)
            && let Some(schema) = store.refresh()
        {
            report(outside(Outside::Schema { project: project.clone(), schema }));
        }
    }
}

/// Keeps a set with the earlier versions in the local state, and notes it where that fails.
fn keep_earlier(
    project: &Project,
    set: &AnnotationSet,
    document: &Document,
) -> io::Result<PathBuf> {
    let kept = SetStore::keep_earlier(project, set, document);
    kept.inspect_err(|error| {
        log::warn!("the set about {} could not be kept: {error}", document.path);
    })
}

fn outside(change: Outside) -> Message {
    Message::Outside(Box::new(change))
}
