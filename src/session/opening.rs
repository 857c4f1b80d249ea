//! Projects, documents and whose sets are shown.

use std::path::PathBuf;
use std::sync::Arc;

use foldhash::HashSet;

use super::dialog::Dialog;
use super::effect::Effect;
use super::held::Held;
use super::history::History;
use super::kept::Kept;
use super::message::{FirstDocument, LoadedDocument, OpenedProject};
use super::reviewing::SettleChoice;
use super::saving::Saving;
use super::selection::Place;
use super::state::{Reading, Session};
use crate::corpus::{Annotator, DocumentPath};
use crate::storage::{Problem, ProblemKind, Project, SetOnDisk, Summary};
use crate::text::Direction;

impl Session {
    /// Opens a folder, and a file in it if one is named. With `nearest`, a
    /// project above the folder will do too.
    pub(super) fn open_project(&mut self, folder: PathBuf, file: Option<PathBuf>, nearest: bool) {
        if self.opening {
            self.warn("Not yet: another folder is being opened".to_owned());
        } else if self.saving() != Saving::Saved {
            self.warn("Not yet: the last changes are not saved".to_owned());
        } else {
            self.opening = true;
            self.remember_place();
            let annotator = self.annotator.clone();
            let stopped = self.preferences.stopped.clone();
            self.effects.push(Effect::OpenProject { folder, nearest, annotator, file, stopped });
        }
    }

    pub(super) fn take_drop(&mut self, folders: Vec<PathBuf>, files: Vec<PathBuf>) {
        if let Some(folder) = folders.into_iter().next() {
            self.open_project(folder, None, false);
        } else if let Some(project) = self.project.clone().filter(|_| !self.opening) {
            if !files.is_empty() {
                self.effects.push(Effect::AddArticles { project, files });
            }
        } else if let Some(file) = files.into_iter().next() {
            let folder = file.parent().map(PathBuf::from).unwrap_or_default();
            self.open_project(folder, Some(file), true);
        }
    }

    pub(super) fn project_opened(&mut self, opened: OpenedProject) {
        self.opening = false;
        // What an import has brought is told in its sheet.
        if self.dialog != Some(Dialog::Import) {
            self.dialog = None;
        }
        let root = |project: &Arc<Project>| project.root().to_path_buf();
        let is_same_place = self.project.as_ref().map(root) == Some(root(&opened.project));
        if !is_same_place {
            // One settles, or marks up again, in one project.
            self.annotator = self.person.clone();
            self.settling = SettleChoice::default();
            self.lasting = None;
        }
        self.project = Some(opened.project.clone());
        self.schema = Arc::new(opened.schema);
        self.rebuild_keymap();
        // Where unsaved work was put is said as long as one works there.
        let before = std::mem::replace(&mut self.problems, opened.problems);
        let is_apart = |one: &Problem| matches!(one.kind, ProblemKind::KeptApart { .. });
        if is_same_place {
            self.problems.extend(before.into_iter().filter(is_apart));
        }
        self.problems.extend(opened.schema_problem.clone());
        self.schema_problem = opened.schema_problem;
        self.forget_work();
        self.held.clear();
        self.reading = None;
        self.awaited = None;
        self.history = History::default();
        self.places = self.place_before().into_iter().collect();
        self.all_documents = None;
        self.documents = super::documents::DocumentList::new(opened.documents.clone());
        self.preferences.remember_project(opened.project.root().to_path_buf());
        self.effects.push(Effect::ApplyPreferences(self.preferences.clone()));
        self.effects.push(Effect::LoadDecisions {
            project: opened.project.clone(),
            annotator: self.annotator.clone(),
        });
        self.effects.push(Effect::Summarize {
            project: opened.project,
            documents: opened.documents,
            annotator: self.annotator.clone(),
        });
        self.look_for_left_behind_after(None);
        self.effects.push(Effect::FocusArticle);
        match opened.first {
            // The annotator was changed in the meantime.
            Some(FirstDocument::Loaded(loaded)) if loaded.annotator != self.annotator => {
                self.open_document(loaded.document.path.clone());
            }
            Some(FirstDocument::Loaded(loaded)) => {
                self.awaited = Some(loaded.document.path.clone());
                self.document_loaded(*loaded);
            }
            Some(FirstDocument::Failed(path, problem)) => {
                self.awaited = Some(path.clone());
                self.document_failed(path, problem);
            }
            None => {}
        }
    }

    pub(super) fn project_failed(&mut self, problem: &Problem) {
        self.opening = false;
        self.warn(format!("{} cannot be opened: {}", problem.path.display(), problem.kind));
    }

    pub(super) fn open_document(&mut self, path: DocumentPath) {
        self.quiet = None;
        self.open(path);
    }

    /// The same, but the keyboard stays where it is.
    pub(super) fn open_quietly(&mut self, path: DocumentPath) {
        self.quiet = Some(path.clone());
        self.open(path);
    }

    fn open(&mut self, path: DocumentPath) {
        self.awaited_set.take_if(|(document, _)| *document != path);
        let open = |reading: &Reading| reading.document == path && reading.failed.is_none();
        if self.reading.as_ref().is_some_and(open) {
            self.awaited = None;
            self.effects.push(Effect::FocusArticle);
        } else if self.held.contains_key(&path) {
            self.read(path);
        } else if let Some(project) = self.project.clone() {
            self.awaited = Some(path.clone());
            let annotator = self.annotator.clone();
            self.effects.push(Effect::LoadDocument { project, document: path, annotator });
        }
    }

    pub(super) fn step_document(&mut self, direction: Direction) {
        let Some(reading) = self.reading.as_ref() else { return };
        if let Some(path) = self.documents.beside(&reading.document, direction).cloned() {
            self.open_document(path);
        }
    }

    /// Remembers where the person was, and lets go of documents that nothing is
    /// waiting for: not the one that is gone to, no unsaved change, no step of
    /// the history.
    fn leave_document_for(&mut self, next: &DocumentPath) {
        let Some(reading) = self.reading.as_ref() else { return };
        let mut place = reading.place.clone();
        // One comes back to one's own set, where another's annotation is not.
        place.focus.take_if(|_| reading.shown != self.annotator);
        self.places.insert(reading.document.clone(), place);
        let concerned = self.history.documents();
        let (own, busy) = (&self.annotator, self.task.is_some());
        let unsaved = self.revisions.unsaved().filter_map(Kept::document);
        let unsaved: HashSet<&DocumentPath> = unsaved.collect();
        self.held.retain(|path, held| {
            debug_assert_eq!(held.set.annotator(), own);
            // What is in memory when a task begins is not read again for it.
            busy || path == next || concerned.contains(path) || unsaved.contains(path)
        });
    }

    pub(super) fn document_loaded(&mut self, loaded: LoadedDocument) {
        let path = loaded.document.path.clone();
        // The person has gone elsewhere in the meantime.
        if loaded.annotator != self.annotator || self.awaited.as_ref() != Some(&path) {
            return;
        }
        self.hold(loaded);
        self.read(path);
    }

    /// Keeps a document that was read in memory, unless it is there: what is in
    /// memory is newer.
    pub(super) fn hold(&mut self, loaded: LoadedDocument) {
        let path = loaded.document.path.clone();
        if self.held.contains_key(&path) {
            return;
        }
        let (set, unreadable) = Held::own_set(&loaded.document, &self.annotator, loaded.own);
        // Who marks up a second time sees nothing of the first.
        let blind = self.annotator.first_pass().is_some();
        let others = loaded.others.into_iter().filter(|_| !blind);
        let newer = loaded.newer.into_iter();
        let newer = newer.filter(|set| !blind || *set.annotator() == self.annotator);
        let others = others.filter_map(|(annotator, found)| match found {
            SetOnDisk::Absent => None,
            SetOnDisk::Read(set) => Some((annotator, Ok(Arc::new(set)))),
            SetOnDisk::Unreadable(problem) => Some((annotator, Err(problem))),
        });
        let held = Held {
            metadata: loaded.metadata,
            problems: loaded.problems,
            set: Arc::new(set),
            unreadable,
            others: others.collect(),
            newer: newer.map(|set| (set.annotator().clone(), Arc::new(set))).collect(),
            document: loaded.document,
        };
        self.held.insert(path, held);
        self.came_in += 1;
    }

    /// Opens a document, if it is not open, at a place in one's own set. With `quiet` it is only
    /// looked at: the keyboard stays where it is.
    pub(super) fn show_elsewhere(&mut self, document: &DocumentPath, place: Place, quiet: bool) {
        let here = self.reading.as_ref().is_some_and(|reading| reading.document == *document);
        if here {
            if place.focus.is_some() {
                self.turn_to_own_set();
            }
            let range = place.selection.range();
            // Another one that is still read is not wanted any more.
            self.awaited = None;
            self.go_to(place);
            self.effects.push(Effect::Reveal(range));
        } else {
            self.places.insert(document.clone(), place);
            if quiet {
                self.open_quietly(document.clone());
            } else {
                self.open_document(document.clone());
            }
        }
    }

    /// Forgets what was about the project or the annotator that is left.
    fn forget_work(&mut self) {
        self.effects.push(Effect::StopGathering);
        self.effects.push(Effect::StopFinding);
        self.effects.push(Effect::StopSurveying);
        self.task = None;
        self.placement = None;
        self.adrift_in_hand = None;
        self.search = None;
        self.listing = None;
        self.remarks = None;
        self.leave_statistics();
        self.leave_comparison();
        self.merged = None;
        self.leave_agreement();
        self.agreeing = None;
        self.leave_table();
        self.again = None;
        self.going_over = None;
        self.awaited_set = None;
        self.quiet = None;
        self.mode = None;
        self.link_in_hand = None;
        self.findings.clear();
        self.finding_in_hand = None;
        self.unknown.clear();
        self.elsewhere = None;
        self.decisions = None;
        self.decisions_problem = None;
        self.others_decisions.clear();
        self.unread_decisions.clear();
        self.failures.clear();
        self.revisions.leave_project();
    }

    pub(super) fn document_failed(&mut self, path: DocumentPath, problem: Problem) {
        if self.awaited.as_ref() != Some(&path) {
            return;
        }
        self.awaited = None;
        self.awaited_set = None;
        self.quiet = None;
        self.leave_document_for(&path);
        self.reading = Some(self.reading_of(path, Some(problem)));
        self.refresh_comparison();
    }

    fn read(&mut self, path: DocumentPath) {
        self.awaited = None;
        self.leave_document_for(&path);
        let shown = self.awaited_set.take().filter(|(document, _)| *document == path);
        let mut reading = self.reading_of(path, None);
        if let (Some(held), Some((_, shown))) = (self.held.get(&reading.document), shown)
            && held.set_of(&shown).is_some()
        {
            reading.shown = shown;
        }
        // What was read may be another text or another set than last time.
        if let Some(held) = self.held.get(&reading.document) {
            let set = held.set_of(&reading.shown).unwrap_or(&held.set);
            let end = held.document.text.end();
            reading.place.focus.take_if(|focus| set.annotation(&focus.id).is_none());
            let selection = &mut reading.place.selection;
            selection.anchor = selection.anchor.min(end);
            selection.head = selection.head.min(end);
            self.documents.update(&reading.document, |summary| {
                held.sum_up(summary);
                summary.problem.clone_from(&held.unreadable);
            });
        }
        let range = reading.place.selection.range();
        let same = self.reading.as_ref().is_some_and(|before| before.document == reading.document);
        self.reading = Some(reading);
        self.link_in_hand = None;
        self.history.end_typing();
        if !same {
            self.findings.clear();
        }
        self.effects.push(Effect::Reveal(range));
        let open = self.reading.as_ref().map(|reading| reading.document.clone());
        let quiet = self.quiet.take().is_some_and(|path| Some(path) == open);
        if !quiet {
            self.effects.push(Effect::FocusArticle);
        }
        self.request_check();
        self.search_in_new_article();
        self.refresh_comparison();
        self.list_changed_cases();
        if self.listing == Some(super::lists::Listing::Cases) {
            self.show_case_in_hand();
        }
    }

    fn reading_of(&self, document: DocumentPath, failed: Option<Problem>) -> Reading {
        Reading {
            place: self.places.get(&document).cloned().unwrap_or_default(),
            document,
            failed,
            shown: self.annotator.clone(),
            recent: None,
            origin: None,
            folded: false,
            clicked: Vec::new(),
        }
    }

    pub(super) fn show_set(&mut self, annotator: Annotator) {
        self.turn_to_set(annotator);
        self.effects.push(Effect::FocusArticle);
    }

    /// Shows an annotator's set, and leaves the keyboard where it is.
    pub(super) fn turn_to_set(&mut self, annotator: Annotator) {
        self.leave_layout_for(&annotator);
        let Some(held) = self.held() else { return };
        let known = annotator == self.annotator || held.others.contains_key(&annotator);
        let Some(reading) = self.reading.as_mut().filter(|_| known) else { return };
        reading.shown = annotator;
        reading.place.focus = None;
        reading.recent = None;
        reading.clicked.clear();
        self.link_in_hand = None;
        self.request_check();
    }

    /// Shows the own set, with what was found out about it.
    pub(super) fn turn_to_own_set(&mut self) {
        if self.reading.as_ref().is_some_and(|reading| reading.shown != self.annotator) {
            self.turn_to_set(self.annotator.clone());
        }
    }

    pub(super) fn show_next_set(&mut self) {
        let (Some(held), Some(reading)) = (self.held(), self.reading()) else { return };
        let columns = self.columns();
        let in_columns = columns.iter().map(|column| &column.annotator);
        let mut everyone: Vec<&Annotator> = in_columns.collect();
        if everyone.is_empty() {
            everyone = std::iter::once(&self.annotator).chain(held.others.keys()).collect();
        }
        let at = everyone.iter().position(|annotator| **annotator == reading.shown);
        let next = at.map_or(0, |at| (at + 1) % everyone.len());
        if let Some(annotator) = everyone.get(next).map(|annotator| (*annotator).clone()) {
            self.show_set(annotator);
        }
    }

    pub(super) fn set_annotator(&mut self, name: &str) {
        let annotator = match Annotator::new(name) {
            Ok(annotator) => annotator,
            Err(error) => {
                self.dialog = Some(Dialog::Annotator { error: Some(error.to_string()) });
                return;
            }
        };
        if let Some(first) = annotator.first_pass() {
            let error = format!(
                "{annotator} is what {first} marks a second time; “Mark up again, blind” leads there"
            );
            self.dialog = Some(Dialog::Annotator { error: Some(error) });
            return;
        }
        if self.saving() != Saving::Saved {
            let error = "Not yet: the last changes are not saved".to_owned();
            self.dialog = Some(Dialog::Annotator { error: Some(error) });
            return;
        }
        self.dialog = None;
        self.effects.push(Effect::FocusArticle);
        self.person = annotator.clone();
        self.preferences.annotator = Some(annotator.as_str().to_owned());
        self.effects.push(Effect::ApplyPreferences(self.preferences.clone()));
        if annotator == self.annotator {
            return;
        }
        self.become_annotator(annotator.clone());
        self.say(format!("Annotations are now {annotator}'s"));
    }

    /// Works on an annotator's sets from now on. What was done so far stays done.
    pub(super) fn become_annotator(&mut self, annotator: Annotator) {
        self.annotator = annotator.clone();
        self.forget_work();
        self.history = History::default();
        self.lasting = None;
        self.places.clear();
        self.held.clear();
        let Some(project) = self.project.clone() else { return };
        self.effects
            .push(Effect::LoadDecisions { project: project.clone(), annotator: annotator.clone() });
        let documents = self.all_documents.take().unwrap_or_else(|| self.documents.paths());
        self.documents = super::documents::DocumentList::new(documents.clone());
        let reading = self.reading.take();
        self.awaited = self.awaited.take().or(reading.map(|reading| reading.document));
        if let Some(document) = self.awaited.clone() {
            self.effects.push(Effect::LoadDocument {
                project: project.clone(),
                document,
                annotator: annotator.clone(),
            });
        }
        self.effects.push(Effect::Summarize { project, documents, annotator });
        self.look_for_left_behind_after(None);
    }

    pub(super) fn summarized(
        &mut self,
        project: &Arc<Project>,
        annotator: &Annotator,
        mut summaries: Vec<(DocumentPath, Summary)>,
    ) {
        if !self.is_open(project) || *annotator != self.annotator {
            return;
        }
        // What is in memory is newer than what was on the disk.
        for (path, summary) in &mut summaries {
            if let Some(held) = self.held.get(path) {
                held.sum_up(summary);
            }
        }
        let last = summaries.last().map(|(path, _)| path.clone());
        self.documents.summarize(summaries);
        self.look_for_left_behind_after(last.as_ref());
    }

    /// Whether this is the project that is open, and not one that was.
    pub(super) fn is_open(&self, project: &Arc<Project>) -> bool {
        self.project.as_ref().is_some_and(|open| Arc::ptr_eq(open, project))
    }

    pub(super) fn articles_added(
        &mut self,
        project: Arc<Project>,
        documents: &[DocumentPath],
        problems: &[Problem],
        all: Vec<DocumentPath>,
    ) {
        if !self.is_open(&project) {
            return;
        }
        // While some are marked up again, the others are not listed.
        let listed = self.all_documents.is_none();
        match self.all_documents.as_mut() {
            Some(known) => *known = all,
            None => self.documents.set_documents(all),
        }
        if let Some(first) = documents.first() {
            if listed {
                self.open_document(first.clone());
            }
            self.say(match documents.len() {
                1 => format!("{first} is in the project"),
                count => format!("{count} articles are in the project"),
            });
        }
        if let Some(problem) = problems.first() {
            self.warn(format!("Not added: {problem}"));
        }
        self.summarize_anew(project, []);
    }
}
