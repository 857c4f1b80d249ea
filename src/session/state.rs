use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use super::counting::Counting;
use super::dialog::Dialog;
use super::documents::DocumentList;
use super::effect::Effect;
use super::exporting::Exporting;
use super::finding::Search;
use super::held::Held;
use super::history::History;
use super::importing::Importing;
use super::kept::{Kept, Revisions, SaveReceipt};
use super::keymap::Keymap;
use super::lists::Listing;
use super::mode::Mode;
use super::palette::Palette;
use super::placing::Placement;
use super::preferences::Preferences;
use super::remarks::Remarks;
use super::reviewing::{Again, Agreeing, Bulk, Comparing, PageLayout, SettleChoice, Table};
use super::selection::{Focus, Place, Selection};
use super::tasks::Task;
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, Decision, Decisions, Document, DocumentPath, Id,
    NameKind, Schema,
};
use crate::review::{Comparison, Finding, Merged, Query, TableRow};
use crate::storage::{KeyDifferences, Problem, Project, SaveError};
use crate::text::Offset;

/// One person at work on one project. See the [module](super) for how it changes.
pub struct Session {
    pub(super) schema: Arc<Schema>,
    /// Why the project's own schema cannot be used.
    pub(super) schema_problem: Option<Problem>,
    pub(super) keymap: Keymap,
    pub(super) differences: KeyDifferences,
    /// Why the person's keys cannot be kept.
    pub(super) keys_problem: Option<Problem>,
    /// Whose sets are worked on: the person's own, gold's, or a second pass's.
    pub(super) annotator: Annotator,
    /// The report of a failure in an earlier run.
    pub(super) report: Option<PathBuf>,
    /// Which other window has the own sets, so that they are only looked at here.
    pub(super) elsewhere: Option<String>,
    /// Who sits before the window.
    pub(super) person: Annotator,
    /// Everyone who has a folder of sets.
    pub(super) annotators: Vec<Annotator>,
    pub(super) ids: Box<dyn FnMut() -> u64 + Send>,
    /// Seconds since 1970, UTC, as the session was last told.
    pub(super) now: u64,
    pub(super) preferences: Preferences,
    pub(super) project: Option<Arc<Project>>,
    pub(super) problems: Vec<Problem>,
    pub(super) documents: DocumentList,
    /// All documents, while only some are listed, to be marked up again.
    pub(super) all_documents: Option<Vec<DocumentPath>>,
    pub(super) held: BTreeMap<DocumentPath, Held>,
    pub(super) reading: Option<Reading>,
    /// Where the person was in the documents that are not open.
    pub(super) places: BTreeMap<DocumentPath, Place>,
    /// Whether a project is being read.
    pub(super) opening: bool,
    /// The document that is being read and will be shown when it is there.
    pub(super) awaited: Option<DocumentPath>,
    /// Whose set is to be shown when a document is, if it is not the own one.
    pub(super) awaited_set: Option<(DocumentPath, Annotator)>,
    /// The row of the table that is being put in question, while that is asked.
    pub(super) questioned: Option<Box<TableRow>>,
    /// The document that is only to be looked at and does not get the keyboard when it is
    /// there.
    pub(super) quiet: Option<DocumentPath>,
    pub(super) history: History,
    /// What was done after the last step, and is none that undo takes back.
    pub(super) lasting: Option<&'static str>,
    /// What the person decided; `None` until it is read.
    pub(super) decisions: Option<Arc<Decisions>>,
    /// What others decided, as it was when the project was opened.
    pub(super) others_decisions: BTreeMap<Annotator, Arc<Decisions>>,
    /// Who of the others decided what cannot be read.
    pub(super) unread_decisions: BTreeSet<Annotator>,
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
    /// What the list showed when it was hidden.
    pub(super) last_listing: Option<Listing>,
    pub(super) remarks: Option<Remarks>,
    /// What the checks found in the set that is shown and is not meant so.
    pub(super) findings: Vec<Finding>,
    pub(super) finding_in_hand: Option<String>,
    /// The names in the set that is shown that the schema lacks.
    pub(super) unknown: Vec<(NameKind, String)>,
    pub(super) check_number: u64,
    /// The number of the last check that was answered, or had nothing to look at.
    pub(super) checked_number: u64,
    pub(super) counting: Option<Counting>,
    pub(super) again: Option<Again>,
    pub(super) agreeing: Option<Agreeing>,
    pub(super) table: Option<Table>,
    pub(super) bulk: Option<Bulk>,
    /// The look for what is to be reviewed that is waited for.
    pub(super) going_over: Option<(u64, Place)>,
    pub(super) reviewed_here: usize,
    pub(super) comparing: Option<Comparing>,
    /// What those who are compared say about the open document.
    pub(super) comparison: Option<Arc<Comparison>>,
    /// The same in one set, while it is shown so.
    pub(super) merged: Option<Merged>,
    pub(super) layout: PageLayout,
    pub(super) settling: SettleChoice,
    /// What is to be taken over into gold as soon as all is compared.
    pub(super) takeover: Option<SettleChoice>,
    pub(super) task: Option<Task>,
    pub(super) placement: Option<Placement>,
    /// The annotation that is to be placed next, if not the first that waits.
    pub(super) adrift_in_hand: Option<Id>,
    /// Kept when its sheet is closed, as it was chosen.
    /// The documents whose cases are brought up to date a piece at a time.
    pub(super) stale_cases: VecDeque<DocumentPath>,
    /// The documents that another program has changed since the start, so that they were read
    /// anew: what was worked out for one before does not hold any more.
    pub(super) read_anew: Vec<DocumentPath>,
    /// How often anything in memory has come from a file, in the place of what was there or beside
    /// it, or was let go of for that.
    pub(super) came_in: u64,
    /// The files that a large step has touched and that are not given to be written yet.
    pub(super) to_write: VecDeque<SaveReceipt>,
    pub(super) exporting: Option<Exporting>,
    pub(super) importing: Option<Importing>,
    pub(super) palette: Palette,
    /// The last number that an effect was given.
    pub(super) last_number: u64,
    /// How often each file's content has changed, and what of it is on the disk.
    pub(super) revisions: Revisions,
    /// The files that could not be written, and why.
    pub(super) failures: BTreeMap<Kept, SaveError>,
    pub(super) closing: bool,
    pub(super) browsing: bool,
    pub(super) dialog: Option<Dialog>,
    pub(super) notice: Option<Notice>,
    pub(super) effects: Vec<Effect>,
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
            person: annotator.clone(),
            annotator,
            report: None,
            elsewhere: None,
            annotators: Vec::new(),
            ids: Box::new(ids),
            now: 0,
            preferences,
            project: None,
            problems: Vec::new(),
            documents: DocumentList::default(),
            all_documents: None,
            held: BTreeMap::new(),
            reading: None,
            places: BTreeMap::new(),
            opening: false,
            awaited: None,
            awaited_set: None,
            questioned: None,
            quiet: None,
            history: History::default(),
            lasting: None,
            decisions: None,
            others_decisions: BTreeMap::new(),
            unread_decisions: BTreeSet::new(),
            decisions_problem: None,
            mode: None,
            link_in_hand: None,
            search: None,
            last_query: Query::default(),
            listing: None,
            last_listing: None,
            remarks: None,
            findings: Vec::new(),
            finding_in_hand: None,
            unknown: Vec::new(),
            check_number: 0,
            checked_number: 0,
            counting: None,
            again: None,
            agreeing: None,
            table: None,
            bulk: None,
            going_over: None,
            reviewed_here: 0,
            comparing: None,
            comparison: None,
            merged: None,
            layout: PageLayout::default(),
            settling: SettleChoice::default(),
            takeover: None,
            task: None,
            placement: None,
            adrift_in_hand: None,
            stale_cases: VecDeque::new(),
            read_anew: Vec::new(),
            came_in: 0,
            to_write: VecDeque::new(),
            exporting: None,
            importing: None,
            palette: Palette::default(),
            last_number: 0,
            revisions: Revisions::default(),
            failures: BTreeMap::new(),
            closing: false,
            browsing: false,
            dialog: None,
            notice: None,
            effects: Vec::new(),
        }
    }

    /// Tells it what time it is, in seconds since 1970, UTC.
    pub fn tell_time(&mut self, now: u64) {
        self.now = now;
    }

    /// What time it is, as it was last told.
    pub fn now(&self) -> u64 {
        self.now
    }

    pub(super) fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) {
        change(&mut self.preferences);
        self.effects.push(Effect::ApplyPreferences(self.preferences.clone()));
    }

    pub(super) fn browse(&mut self) {
        if !self.browsing {
            self.browsing = true;
            self.effects.push(Effect::Browse);
        }
    }

    pub(super) fn browsed(&mut self, folder: Option<PathBuf>) {
        self.browsing = false;
        match (&self.dialog, folder) {
            (Some(Dialog::Export), Some(folder)) => {
                self.set_export_folder(folder.display().to_string());
            }
            (Some(Dialog::Import), Some(folder)) => self.import_from(&folder),
            (_, Some(folder)) => self.open_project(folder, None, false),
            (_, None) => self.warn("No folder was chosen. A path can be typed instead".to_owned()),
        }
    }

    pub(super) fn toggle_folded(&mut self) {
        let Some(reading) = self.reading.as_mut() else { return };
        reading.folded = !reading.folded;
        let words = if reading.folded { "Only linked passages are shown" } else { "All is shown" };
        self.say(words.to_owned());
        let range = self.focused().map(|focused| focused.fragments.extent());
        self.effects.extend(range.map(Effect::Reveal));
    }

    pub(super) fn accept_as(&mut self, label: usize, all: bool) {
        let label = self.schema.label_at(label).map(|label| label.name.clone());
        if all { self.accept_all(label) } else { self.accept(label) }
    }

    pub(super) fn close_dialog(&mut self) {
        if matches!(self.dialog, Some(Dialog::Export | Dialog::Import)) {
            self.effects.push(Effect::StopPeeking);
        }
        self.dialog = None;
        // What is being written goes on, and is heard of.
        self.placement.take_if(|placement| !placement.writing);
        self.closing = false;
        self.leave_statistics();
        self.leave_agreement();
        self.effects.push(Effect::ReturnFocus);
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
        folded && !self.links().is_empty()
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

    /// The set that is shown: the own one, another annotator's, or several in one.
    pub fn shown_set(&self) -> Option<&Arc<AnnotationSet>> {
        if let Some(merged) = &self.merged {
            return Some(&merged.set);
        }
        self.held()?.shown_set_of(&self.reading.as_ref()?.shown)
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
