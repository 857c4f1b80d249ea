use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::command::Command;
use super::documents::DocumentList;
use super::history::History;
use super::keymap::Keymap;
use super::message::{Effect, Message, Pane};
use super::preferences::Preferences;
use super::selection::{Focus, Place, Selection};
use crate::corpus::{Annotation, AnnotationSet, Annotator, Document, DocumentPath, Id, Schema};
use crate::review::LabelCounts;
use crate::storage::{Problem, Project, SaveError, SetOnDisk, Summary};
use crate::text::{Direction, Offset};

/// One person at work on one project. See the [module](super) for how it changes.
pub struct Session {
    pub(super) schema: Schema,
    pub(super) keymap: Keymap,
    pub(super) annotator: Annotator,
    pub(super) ids: Box<dyn FnMut() -> u64 + Send>,
    pub(super) preferences: Preferences,
    pub(super) project: Option<Arc<Project>>,
    pub(super) problems: Vec<Problem>,
    pub(super) documents: DocumentList,
    pub(super) held: BTreeMap<DocumentPath, Held>,
    pub(super) reading: Option<Reading>,
    /// Where the person was in the documents that are not open.
    pub(super) places: BTreeMap<DocumentPath, Place>,
    /// Whether a project is being read.
    pub(super) opening: bool,
    /// The document that is being read and will be shown when it is there.
    pub(super) awaited: Option<DocumentPath>,
    pub(super) history: History,
    /// The sets that could not be written, and why.
    pub(super) failures: BTreeMap<DocumentPath, SaveError>,
    pub(super) closing: bool,
    pub(super) browsing: bool,
    pub(super) dialog: Option<Dialog>,
    pub(super) notice: Option<Notice>,
    pub(super) effects: Vec<Effect>,
}

/// A document in memory, with what everyone says about it.
#[derive(Clone, Debug)]
pub struct Held {
    /// The text.
    pub document: Arc<Document>,
    /// What is odd about its file.
    pub problems: Vec<Problem>,
    /// The person's own set.
    pub set: Arc<AnnotationSet>,
    /// Why the own set cannot be changed: its file could not be read.
    pub unreadable: Option<Problem>,
    /// The other annotators' sets.
    pub others: BTreeMap<Annotator, Result<Arc<AnnotationSet>, Problem>>,
    /// Counts the changes of the own set.
    pub(super) revision: u64,
    /// The last revision that is on the disk.
    pub(super) saved: u64,
}

/// What the person has before them.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The document.
    pub document: DocumentPath,
    /// Why it cannot be shown, if it cannot.
    pub failed: Option<Problem>,
    /// Whose set is shown.
    pub shown: Annotator,
    /// Caret, selection and focus.
    pub place: Place,
    /// The annotation that was focused before the caret moved on; a selection
    /// can still be added to it.
    pub(super) recent: Option<Id>,
    /// Where the caret was when the selection began to be expanded.
    pub(super) origin: Option<Offset>,
    /// The annotations under the last click, to walk through at the next one there.
    pub(super) clicked: Vec<Id>,
}

/// A sheet over the window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dialog {
    /// All keys.
    Keys,
    /// Which folder to open.
    OpenFolder,
    /// Who annotates.
    Annotator {
        /// What is wrong with the name last entered.
        error: Option<String>,
    },
    /// Something is not saved and the window is asked to close.
    Unsaved,
}

/// A line that answers what was last done, until the next thing is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// What to say.
    pub text: String,
    /// Whether something was refused or failed.
    pub warning: bool,
}

impl Session {
    /// A session without a project. `ids` draws random numbers for new ids.
    pub fn new(
        schema: Schema,
        annotator: Annotator,
        preferences: Preferences,
        ids: impl FnMut() -> u64 + Send + 'static,
    ) -> Self {
        Self {
            keymap: Keymap::new(&schema),
            schema,
            annotator,
            ids: Box::new(ids),
            preferences,
            project: None,
            problems: Vec::new(),
            documents: DocumentList::default(),
            held: BTreeMap::new(),
            reading: None,
            places: BTreeMap::new(),
            opening: false,
            awaited: None,
            history: History::default(),
            failures: BTreeMap::new(),
            closing: false,
            browsing: false,
            dialog: None,
            notice: None,
            effects: Vec::new(),
        }
    }

    /// Takes a message in and gives back what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        if message.is_gesture() {
            self.notice = None;
        }
        match message {
            Message::Run(command) => self.run(command),
            Message::Click { at, over } => self.click(at, over),
            Message::Caret { at, extend } => self.place_caret(at, extend),
            Message::Drag { anchor, head, snap } => self.drag(anchor, head, snap),
            Message::SelectWord(at) => self.select_word(at),
            Message::SelectSentence(at) => self.select_sentence(at),
            Message::Focus(id) => self.focus(id),
            Message::DragEdge { fragment, edge, to, snap } => {
                self.drag_edge(fragment, edge, to, snap);
            }
            Message::OpenDocument(path) => self.open_document(path),
            Message::ShowSet(annotator) => self.show_set(annotator),
            Message::SetStatus(status) => self.set_status(status),
            Message::Filter(filter) => self.documents.set_filter(filter),
            Message::ShowPane(Pane::Documents, shown) => self.prefer(|p| p.documents = shown),
            Message::ShowPane(Pane::Annotations, shown) => self.prefer(|p| p.inspector = shown),
            Message::SetDark(dark) => self.prefer(|p| p.dark = Some(dark)),
            Message::SetAnnotator(name) => self.set_annotator(&name),
            Message::OpenFolder { folder, file } => self.open_project(folder, file, false),
            Message::Drop(paths) => self.effects.push(Effect::SortDrop(paths)),
            Message::DropSorted { folders, files } => self.take_drop(folders, files),
            Message::Browse => self.browse(),
            Message::CloseDialog => self.close_dialog(),
            Message::ReturnToArticle => self.effects.push(Effect::FocusArticle),
            Message::CloseRequested => self.request_close(),
            Message::KeepMine => self.keep_mine(),
            Message::CloseAnyway => self.effects.push(Effect::Close),
            Message::Browsed(folder) => self.browsed(folder),
            Message::ProjectOpened(opened) => self.project_opened(*opened),
            Message::ProjectFailed(problem) => self.project_failed(&problem),
            Message::DocumentLoaded(loaded) => self.document_loaded(*loaded),
            Message::DocumentFailed(path, problem) => self.document_failed(path, problem),
            Message::ArticlesAdded { project, documents, problems, all } => {
                self.articles_added(project, &documents, &problems, all);
            }
            Message::Summarized { project, annotator, summaries } => {
                self.summarized(&project, &annotator, summaries);
            }
            Message::SetAside(copy) => self.set_aside(&copy),
            Message::Saved(receipt) => self.saved(&receipt),
            Message::SaveFailed(receipt, error) => self.save_failed(&receipt, error),
        }
        std::mem::take(&mut self.effects)
    }

    /// Says at a key or a button what it would do and why it cannot, if it cannot.
    fn run(&mut self, command: Command) {
        if let Err(reason) = self.available(command) {
            self.warn(reason);
            return;
        }
        match command {
            Command::Move { motion, extend } => self.move_caret(motion, extend),
            Command::Expand => self.expand(),
            Command::Shrink => self.shrink(),
            Command::SelectAll => self.select_all(),
            Command::Copy => self.copy(),
            Command::Tag(label) => self.tag(label),
            Command::AddFragment => self.add_fragment(),
            Command::RemoveFragment => self.remove_fragment(),
            Command::NextFragment => self.step_fragment(Direction::On),
            Command::PreviousFragment => self.step_fragment(Direction::Back),
            Command::MoveEdge { edge, unit, direction } => self.move_edge(edge, unit, direction),
            Command::Remove => self.remove(),
            Command::NextAnnotation => self.walk(Direction::On),
            Command::PreviousAnnotation => self.walk(Direction::Back),
            Command::FocusUnderCaret => self.focus_under_caret(),
            Command::LetGo => self.let_go(),
            Command::NextDocument => self.step_document(Direction::On),
            Command::PreviousDocument => self.step_document(Direction::Back),
            Command::DoneAndNext => self.settle_and_next(crate::corpus::Status::Done),
            Command::SkipAndNext => self.settle_and_next(crate::corpus::Status::Skipped),
            Command::Reopen => self.set_status(crate::corpus::Status::InProgress),
            Command::ShowNextSet => self.show_next_set(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Save => self.save_now(),
            Command::OpenFolder => self.dialog = Some(Dialog::OpenFolder),
            Command::ChangeAnnotator => self.dialog = Some(Dialog::Annotator { error: None }),
            Command::ToggleSnap => self.prefer(|p| p.snap = !p.snap),
            Command::ToggleTheme => self.effects.push(Effect::ToggleTheme),
            Command::ToggleDocuments => self.effects.push(Effect::TogglePane(Pane::Documents)),
            Command::ToggleInspector => self.effects.push(Effect::TogglePane(Pane::Annotations)),
            Command::ZoomIn => self.prefer(|p| p.zoom_by(1.0)),
            Command::ZoomOut => self.prefer(|p| p.zoom_by(-1.0)),
            Command::ZoomReset => self.prefer(|p| p.zoom = 1.0),
            Command::FilterDocuments => self.effects.push(Effect::FocusFilter),
            Command::NextPane => self.effects.push(Effect::CyclePane(Direction::On)),
            Command::PreviousPane => self.effects.push(Effect::CyclePane(Direction::Back)),
            Command::ShowKeys => self.dialog = Some(Dialog::Keys),
            Command::Quit => self.request_close(),
        }
        if command == Command::ToggleSnap {
            let state = if self.preferences.snap { "whole words" } else { "single characters" };
            self.say(format!("The mouse selects {state}"));
        }
    }

    fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        change(&mut self.preferences);
        self.effects.push(Effect::ApplyPreferences(self.preferences.clone()));
    }

    fn browse(&mut self) {
        if !self.browsing {
            self.browsing = true;
            self.effects.push(Effect::Browse);
        }
    }

    fn browsed(&mut self, folder: Option<PathBuf>) {
        self.browsing = false;
        match folder {
            Some(folder) => self.open_project(folder, None, false),
            None => self.warn("No folder was chosen. A path can be typed instead".to_owned()),
        }
    }

    fn close_dialog(&mut self) {
        self.dialog = None;
        self.closing = false;
        self.effects.push(Effect::FocusArticle);
    }

    pub(super) fn say(&mut self, text: String) {
        self.notice = Some(Notice { text, warning: false });
    }

    pub(super) fn warn(&mut self, text: String) {
        self.notice = Some(Notice { text, warning: true });
    }
}

/// What views read.
impl Session {
    /// The project's labels.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The commands and their keys.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Who annotates.
    pub fn annotator(&self) -> &Annotator {
        &self.annotator
    }

    /// What the person likes.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// The open project.
    pub fn project(&self) -> Option<&Project> {
        self.project.as_deref()
    }

    /// Whether a project or a document is being read.
    pub fn is_opening(&self) -> bool {
        self.opening || self.awaited.is_some()
    }

    /// Whether the system's folder dialog is open.
    pub fn is_browsing(&self) -> bool {
        self.browsing
    }

    /// What is wrong with the project as a whole.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The project's documents.
    pub fn documents(&self) -> &DocumentList {
        &self.documents
    }

    /// What was done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The sheet over the window.
    pub fn dialog(&self) -> Option<&Dialog> {
        self.dialog.as_ref()
    }

    /// The answer to what was last done.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// What the person has before them.
    pub fn reading(&self) -> Option<&Reading> {
        self.reading.as_ref()
    }

    /// The open document with what everyone says about it; `None` where none is
    /// open or it could not be read.
    pub fn held(&self) -> Option<&Held> {
        self.held.get(&self.reading.as_ref()?.document)
    }

    /// The open document.
    pub fn document(&self) -> Option<&Document> {
        Some(&self.held()?.document)
    }

    /// The set that is shown: the own one or another annotator's.
    pub fn shown_set(&self) -> Option<&Arc<AnnotationSet>> {
        let held = self.held()?;
        let shown = &self.reading.as_ref()?.shown;
        if *shown == self.annotator {
            Some(&held.set)
        } else {
            held.others.get(shown)?.as_ref().ok()
        }
    }

    /// Caret and selection.
    pub fn selection(&self) -> Selection {
        self.reading.as_ref().map(|reading| reading.place.selection).unwrap_or_default()
    }

    /// The focused annotation's id and fragment.
    pub fn focus_place(&self) -> Option<&Focus> {
        self.reading.as_ref()?.place.focus.as_ref()
    }

    /// The focused annotation.
    pub fn focused(&self) -> Option<&Arc<Annotation>> {
        self.shown_set()?.annotation(&self.focus_place()?.id)
    }

    /// The annotation that a selection would be added to.
    pub fn fragment_target(&self) -> Option<&Arc<Annotation>> {
        self.focused().or_else(|| {
            let recent = self.reading.as_ref()?.recent.as_ref()?;
            self.shown_set()?.annotation(recent)
        })
    }
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

    /// Brings what the list shows of the document up to date with the own set.
    pub(super) fn sum_up(&self, summary: &mut Summary) {
        summary.status = self.set.status();
        summary.counts = LabelCounts::of(&self.set);
    }

    /// Whether a change is not on the disk yet.
    pub fn is_unsaved(&self) -> bool {
        self.saved < self.revision
    }
}

impl Message {
    /// Whether the person did this, so that the last answer is out of date.
    fn is_gesture(&self) -> bool {
        !matches!(
            self,
            Self::Browsed(_)
                | Self::DropSorted { .. }
                | Self::ProjectOpened(_)
                | Self::ProjectFailed(_)
                | Self::DocumentLoaded(_)
                | Self::DocumentFailed(..)
                | Self::ArticlesAdded { .. }
                | Self::Summarized { .. }
                | Self::Saved(_)
                | Self::SetAside(_)
                | Self::SaveFailed(..)
                | Self::Caret { .. }
        )
    }
}
