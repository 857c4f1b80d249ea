use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::batch::Verdict;
use super::checking::Remarks;
use super::command::{Command, Motion};
use super::documents::DocumentList;
use super::finding::Search;
use super::history::History;
use super::kept::{Kept, Revision};
use super::keymap::Keymap;
use super::lists::Listing;
use super::message::{Effect, Message, Pane};
use super::mode::Mode;
use super::palette::Palette;
use super::preferences::Preferences;
use super::selection::{Focus, Place, Selection};
use super::tasks::Task;
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, Decision, Decisions, Document, DocumentPath, Id,
    NameKind, Schema,
};
use crate::review::{Finding, LabelCounts, Query, Topic};
use crate::storage::{KeyDifferences, Problem, Project, SaveError, SetOnDisk, Summary};
use crate::text::{Direction, Offset};

/// One person at work on one project. See the [module](super) for how it changes.
pub struct Session {
    pub(super) schema: Arc<Schema>,
    /// Why the project's own schema cannot be used.
    pub(super) schema_problem: Option<Problem>,
    pub(super) keymap: Keymap,
    pub(super) differences: KeyDifferences,
    /// Why the person's keys cannot be kept.
    pub(super) keys_problem: Option<Problem>,
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
    /// What the person decided; `None` until it is read.
    pub(super) decisions: Option<Arc<Decisions>>,
    /// Why the person's decisions cannot be used.
    pub(super) decisions_problem: Option<Problem>,
    /// What typed letters are for, if not for commands.
    pub(super) mode: Option<Mode>,
    /// The link of the focused annotation that was taken in hand.
    pub(super) link_in_hand: Option<Id>,
    pub(super) search: Option<Search>,
    /// What was looked for last, to be looked for again.
    pub(super) last_query: Query,
    pub(super) listing: Option<Listing>,
    pub(super) remarks: Option<Remarks>,
    /// What the checks found in the set that is shown and is not meant so.
    pub(super) findings: Vec<Finding>,
    pub(super) finding_in_hand: Option<String>,
    /// The names in the set that is shown that the schema lacks.
    pub(super) unknown: Vec<(NameKind, String)>,
    pub(super) check_number: u64,
    pub(super) task: Option<Task>,
    pub(super) palette: Palette,
    /// The last number that an effect was given.
    pub(super) last_number: u64,
    /// How often each file's content has changed, and what of it is on the disk.
    pub(super) revisions: BTreeMap<Kept, Revision>,
    /// The files that could not be written, and why.
    pub(super) failures: BTreeMap<Kept, SaveError>,
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
    /// Whether only linked passages are shown.
    pub(super) folded: bool,
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
    /// Everything that can be done or gone to.
    Palette,
    /// All steps.
    History,
    /// All keys, to be changed.
    ChangeKeys,
    /// The schema, to be changed.
    Schema {
        /// Why the last change was refused.
        error: Option<String>,
    },
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
        let differences = KeyDifferences::default();
        Self {
            keymap: Keymap::new(&schema, &differences),
            differences,
            keys_problem: None,
            schema: Arc::new(schema),
            schema_problem: None,
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
            decisions: None,
            decisions_problem: None,
            mode: None,
            link_in_hand: None,
            search: None,
            last_query: Query::default(),
            listing: None,
            remarks: None,
            findings: Vec::new(),
            finding_in_hand: None,
            unknown: Vec::new(),
            check_number: 0,
            task: None,
            palette: Palette::default(),
            last_number: 0,
            revisions: BTreeMap::new(),
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
        if message.ends_mode() {
            self.mode = None;
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
            Message::Type(typed) => self.take_typed(&typed),
            Message::EraseTyped => self.erase_typed(),
            Message::WalkMode(direction) => self.walk_mode(direction),
            Message::TakeWalked => self.take_walked(),
            Message::TakeTarget(id) => self.take_target(&id, false),
            Message::ChooseWay(at) => self.choose_way_at(at),
            Message::ShowHints { kind, visible } => self.show_hints(kind, &visible),
            Message::TakeLink(id) => self.take_link(&id),
            Message::SetValue { name, value } => self.set_value(&name, &value),
            Message::DropValue(name) => self.drop_value(&name),
            Message::SetNote { annotation, note } => self.set_note(&annotation, note),
            Message::EndNote => self.history.end_typing(),
            Message::SetQuery(query) => self.set_query(query),
            Message::SearchEverywhere(everywhere) => self.search_everywhere(everywhere),
            Message::CloseSearch => self.close_search(),
            Message::GoToRow { row, open } => self.go_to_row(row, open),
            Message::AcceptAs { label, all } => self.accept_as(label, all),
            Message::JudgeAt(at, verdict) => self.judge_at(at, verdict),
            Message::ShowDecided(shown) => self.show_decided(shown),
            Message::CloseList => self.listing = None,
            Message::SearchPalette(typed) => self.search_palette(typed),
            Message::MoveInPalette(at) => self.move_in_palette(at),
            Message::TakeOffer(at) => self.take_offer(at),
            Message::GoToStep(count) => self.go_to_step(count),
            Message::SetKeys(command, keys) => self.set_keys(command, keys),
            Message::UsePreset(name) => self.use_preset(name),
            Message::ResetKeys => self.reset_keys(),
            Message::SetSchema { name, schema } => match schema {
                Ok(schema) => self.set_schema(name, *schema),
                Err(reason) => self.refuse_in_schema(reason),
            },
            Message::Rename { kind, old, new } => self.rename(kind, &old, &new),
            Message::RemoveName(kind, name) => self.remove_from_schema(kind, &name),
            Message::Found { number, hits, looked_at, unreadable, finished } => {
                self.found(number, hits, (looked_at, unreadable), finished);
            }
            Message::Surveyed { number, rows, looked_at, finished } => {
                self.surveyed(number, rows, looked_at, finished);
            }
            Message::Checked { number, findings } => self.checked(number, findings),
            Message::Gathering { number, done } => self.gathering(number, done),
            Message::Gathered { number, documents, problems } => {
                self.gathered(number, documents, &problems);
            }
            Message::DecisionsLoaded { project, annotator, decisions, problem } => {
                self.decisions_loaded(&project, &annotator, decisions, problem);
            }
            Message::KeysLoaded(differences, problem) => self.take_keys(differences, problem),
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
    pub(super) fn run(&mut self, command: Command) {
        // While a hint or a target is looked for, keys that go over the screen only
        // scroll, and hints are put on what comes into view.
        if let (Some(mode), Command::Move { motion: Motion::Layout(motion), .. }) =
            (&self.mode, command)
        {
            self.effects.push(Effect::Scroll(motion));
            if let Mode::Hinting(hinting) = mode {
                self.effects.push(Effect::LookForHints(hinting.kind));
            }
            return;
        }
        if command.ends_mode() && self.mode.take().is_some() && command == Command::LetGo {
            return;
        }
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
            Command::Hint(kind) => self.effects.push(Effect::LookForHints(kind)),
            Command::Link => self.start_link(),
            Command::NextLink => self.step_link(Direction::On),
            Command::PreviousLink => self.step_link(Direction::Back),
            Command::FollowLink => self.follow_link(),
            Command::RelabelLink => self.relabel_link(),
            Command::RemoveLink => self.remove_link(),
            Command::ToggleFolded => self.toggle_folded(),
            Command::Cycle { attribute, direction } => self.cycle(attribute, direction),
            Command::EditNote => self.effects.push(Effect::FocusNote),
            Command::ToggleDiscuss => self.toggle_discuss(),
            Command::Find => self.open_search(false),
            Command::FindEverywhere => self.open_search(true),
            Command::NextMatch => self.step_match(Direction::On),
            Command::PreviousMatch => self.step_match(Direction::Back),
            Command::TagEverywhere => self.tag_everywhere(),
            Command::Accept => self.accept(None),
            Command::AcceptAll => self.accept_all(None),
            Command::Reject => self.reject(),
            Command::Undecide => self.judge(None::<Verdict>),
            Command::Apply => self.apply_verdicts(),
            Command::NextProblem => self.step_problem(Direction::On),
            Command::PreviousProblem => self.step_problem(Direction::Back),
            Command::Mend(way) => self.mend(way),
            Command::Intend => self.intend(),
            Command::ListProblems => self.list_remarks(Topic::Checks, false),
            Command::ListProjectProblems => self.list_remarks(Topic::Checks, true),
            Command::ListDiscussed => self.list_remarks(Topic::Discussion, true),
            Command::ToggleList => self.toggle_list(),
            Command::Palette => {
                self.search_palette(String::new());
                self.dialog = Some(Dialog::Palette);
            }
            Command::ShowHistory => self.dialog = Some(Dialog::History),
            Command::ChangeKeys => self.dialog = Some(Dialog::ChangeKeys),
            Command::EditSchema => self.dialog = Some(Dialog::Schema { error: None }),
            Command::AdoptNames => self.adopt(),
            Command::CancelWork => self.cancel_work(),
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

    fn toggle_folded(&mut self) {
        let Some(reading) = self.reading.as_mut() else { return };
        reading.folded = !reading.folded;
        let words = if reading.folded { "Only linked passages are shown" } else { "All is shown" };
        self.say(words.to_owned());
        let range = self.focused().map(|focused| focused.fragments.extent());
        self.effects.extend(range.map(Effect::Reveal));
    }

    fn accept_as(&mut self, label: usize, all: bool) {
        let label = self.schema.label_at(label).map(|label| label.name.clone());
        if all { self.accept_all(label) } else { self.accept(label) }
    }

    pub(super) fn close_dialog(&mut self) {
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
    /// What can be said in the project.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// Whether only the passages that are linked with the focused annotation are shown.
    pub fn is_folded(&self) -> bool {
        let folded = self.reading.as_ref().is_some_and(|reading| reading.folded);
        folded && self.focused().is_some()
    }

    /// What the person decided and does not want to be asked again; `None` until it
    /// is read.
    pub fn decisions(&self) -> Option<&Decisions> {
        self.decisions.as_deref()
    }

    pub(super) fn is_decided(&self, decision: &Decision) -> bool {
        self.decisions.as_ref().is_some_and(|decisions| decisions.contains(decision))
    }

    /// Why what the person decided cannot be kept, if it cannot.
    pub fn decisions_problem(&self) -> Option<&Problem> {
        self.decisions_problem.as_ref()
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

    /// An annotator's set, if it could be read.
    pub(super) fn set_of(&self, annotator: &Annotator) -> Option<&Arc<AnnotationSet>> {
        if annotator == self.set.annotator() {
            Some(&self.set).filter(|_| self.unreadable.is_none())
        } else {
            self.others.get(annotator)?.as_ref().ok()
        }
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
    }
}

impl Message {
    /// Whether the person did this, so that the last answer is out of date.
    fn is_gesture(&self) -> bool {
        !matches!(
            self,
            Self::Browsed(_)
                | Self::ShowHints { .. }
                | Self::Found { .. }
                | Self::Surveyed { .. }
                | Self::Checked { .. }
                | Self::Gathering { .. }
                | Self::Gathered { .. }
                | Self::DecisionsLoaded { .. }
                | Self::KeysLoaded(..)
                | Self::EndNote
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

    /// Whether letters are for commands again after it.
    fn ends_mode(&self) -> bool {
        matches!(
            self,
            Self::Click { .. }
                | Self::Caret { .. }
                | Self::Drag { .. }
                | Self::SelectWord(_)
                | Self::SelectSentence(_)
                | Self::Focus(_)
                | Self::DragEdge { .. }
                | Self::OpenDocument(_)
                | Self::ShowSet(_)
                | Self::GoToRow { .. }
                | Self::ProjectOpened(_)
                | Self::DocumentLoaded(_)
        )
    }
}

impl Command {
    /// Whether letters are for commands again after it.
    fn ends_mode(self) -> bool {
        !matches!(
            self,
            Self::ToggleTheme
                | Self::ToggleDocuments
                | Self::ToggleInspector
                | Self::ToggleList
                | Self::ToggleSnap
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::ZoomReset
                | Self::ShowKeys
                | Self::Save
        )
    }
}
