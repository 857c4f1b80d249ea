//! What takes long: many articles are read, then all is changed in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::batch::Judged;
use super::dialog::Dialog;
use super::effect::Effect;
use super::history::Step;
use super::message::LoadedDocument;
use super::pieces::Work;
use super::reviewing::{BulkChange, LookedAt, TakingOver};
use super::state::Session;
use crate::corpus::{Annotator, DocumentPath, NameKind, Schema};
use crate::storage::Problem;

/// Something that takes long and goes on. Nothing is changed until it is through.
#[derive(Debug)]
pub struct Task {
    /// What it is, as in a list: `Renaming claim in all sets`.
    pub title: String,
    /// How much is done: see [`Self::unit`].
    pub done: usize,
    /// How much there is to be done.
    pub of: usize,
    pub(super) number: u64,
    pub(super) then: Then,
}

/// What is done when all that is concerned has been read.
#[derive(Debug)]
pub(super) enum Then {
    /// The decisions about occurrences are carried out.
    Judge { judged: Vec<Judged>, label: Option<Arc<str>>, search: u64 },
    /// A name of the schema is replaced in it and in all sets; so many documents had been read
    /// anew when that began.
    Rename { kind: NameKind, old: Arc<str>, new: String, since: usize },
    /// A schema is taken over in the place of the one before it, which lists values otherwise, in a
    /// step of this name, and all sets go along; so many documents had been read anew when that began.
    Revalue { name: String, before: Arc<Schema>, schema: Box<Schema>, since: usize },
    /// Many annotations of one's own are changed.
    Change { annotations: BTreeMap<DocumentPath, LookedAt>, change: BulkChange },
    /// The last step is undone.
    Undo(Arc<Step>),
    /// The step that was undone last is done again.
    Redo(Arc<Step>),
    /// Steps are undone or done again until so many are done.
    GoToStep(usize, Option<Arc<Step>>),
    /// What annotators agree about is taken over into gold.
    TakeOver(TakingOver),
    /// All is in memory, and it goes on a piece a frame on this annotator's sets.
    Work(Annotator, Work),
}

impl Task {
    /// What is counted.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        match &self.then {
            Then::Work(_, work) => match work {
                Work::Accepting(_) | Work::TakingBack(_) | Work::Choosing(_) | Work::Judging(_) => {
                    "places"
                }
                Work::CarryingOut(carrying) => carrying.attempt.unit(),
                Work::TakingOver(_) => "articles",
            },
            _ => "articles",
        }
    }
}

impl Session {
    /// What takes long and goes on.
    pub fn task(&self) -> Option<&Task> {
        self.task.as_ref()
    }

    /// A number that no other effect of this session has.
    pub(super) fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// Reads the documents that are not in memory; of those only the ones about
    /// which some set names one of these, where any are given, and those of `always`.
    pub(super) fn gather(
        &mut self,
        title: String,
        documents: Vec<DocumentPath>,
        naming: Vec<String>,
        always: BTreeSet<DocumentPath>,
        then: Then,
    ) {
        if self.task.is_some() {
            self.warn("Not yet: something else goes on".to_owned());
            return;
        }
        let missing: Vec<DocumentPath> =
            documents.into_iter().filter(|path| !self.held.contains_key(path)).collect();
        let Some(project) = self.project.clone() else { return };
        let number = self.next_number();
        if missing.is_empty() {
            self.go_on(then, &[]);
            return;
        }
        self.task = Some(Task { title, done: 0, of: missing.len(), number, then });
        let annotator = self.annotator.clone();
        self.effects.push(Effect::Gather {
            number,
            project,
            documents: missing,
            annotator,
            naming,
            always,
        });
    }

    pub(super) fn gathering(&mut self, number: u64, done: usize, documents: Vec<LoadedDocument>) {
        if let Some(task) = self.task.as_mut().filter(|task| task.number == number) {
            task.done = done;
            self.hold_all(documents);
        }
    }

    fn hold_all(&mut self, documents: Vec<LoadedDocument>) {
        for loaded in documents {
            if !self.opening && loaded.annotator == self.annotator {
                self.hold(loaded);
            }
        }
    }

    pub(super) fn gathered(
        &mut self,
        number: u64,
        documents: Vec<LoadedDocument>,
        problems: &[Problem],
    ) {
        let Some(task) = self.task.take_if(|task| task.number == number) else { return };
        if self.opening {
            self.warn_of_stopped(&task.title);
            return;
        }
        self.hold_all(documents);
        self.go_on(task.then, problems);
        self.go_on_closing();
    }

    /// Says that something came in between, also to whoever wanted to close when it is done.
    pub(super) fn warn_of_stopped(&mut self, title: &str) {
        self.closing = false;
        self.warn(format!("Stopped: {title}. Nothing was changed"));
    }

    /// Says why nothing was changed, also to whoever wanted to close when it is done.
    pub(super) fn warn_of_nothing(&mut self, reason: &str) {
        self.closing = false;
        self.warn(format!("Nothing was changed: {reason}"));
    }

    fn go_on(&mut self, then: Then, problems: &[Problem]) {
        match then {
            Then::Judge { judged, label, search } => self.judge_gathered(judged, label, search),
            Then::Rename { kind, old, new, since } => {
                self.carry_out_rename(kind, old, new.into(), (problems, since));
            }
            Then::Revalue { name, before, schema, since } => {
                self.carry_out_revaluing(name, (before, *schema), (problems, since));
            }
            Then::Change { annotations, change } => self.change_many(annotations, change),
            Then::Undo(step) => self.undo_gathered(&step),
            Then::Redo(step) => self.redo_gathered(&step),
            Then::GoToStep(count, last) => self.go_to_step_gathered(count, last.as_ref()),
            Then::TakeOver(taking) => self.begin_taking_over(taking),
            // It is not waited for anything.
            Then::Work(..) => {}
        }
    }

    /// Stops what takes long; nothing of it was done.
    pub(super) fn cancel_work(&mut self) {
        if self.is_transferring() && self.transfer_in_background().is_none() {
            self.stop_transfer();
        } else if let Some(counting) = self.counting.as_mut().filter(|one| one.progress.running) {
            counting.progress.running = false;
            self.effects.push(Effect::StopCounting);
            self.say("Stopped counting; the figures are those of some articles".to_owned());
        } else if self.agreeing.as_ref().is_some_and(|agreeing| agreeing.progress.running) {
            self.leave_agreement();
            self.dialog = self.dialog.take().filter(|dialog| *dialog != Dialog::Agreement);
            self.say("Stopped measuring".to_owned());
        } else if let Some(table) = self.table.as_mut().filter(|table| table.progress.running) {
            table.progress.running = false;
            self.effects.push(Effect::StopTabulating);
            self.say("Stopped; the table holds what was found".to_owned());
        } else if let Some(comparing) = self.comparing.as_mut().filter(|one| one.progress.running) {
            comparing.progress.running = false;
            self.takeover = None;
            self.effects.push(Effect::StopComparing);
            self.list_cases_anew();
            self.say("Stopped comparing; what was found is listed".to_owned());
        } else if let Some(Task { then: Then::Work(_, Work::TakingBack(taking)), .. }) =
            self.task.take_if(|task| matches!(task.then, Then::Work(_, Work::TakingBack(_))))
        {
            self.stop_taking_back(taking);
        } else if let Some(task) = self.task.take() {
            self.closing = false;
            self.effects.push(Effect::StopGathering);
            self.say(format!("Stopped: {}. Nothing was changed", task.title));
        } else if let Some(search) = self.search.as_mut().filter(|search| search.progress.running) {
            search.stop();
            self.effects.push(Effect::StopFinding);
            self.say("Stopped looking; what was found is listed".to_owned());
        } else if let Some(remarks) =
            self.remarks.as_mut().filter(|remarks| remarks.progress.running)
        {
            remarks.stop();
            self.effects.push(Effect::StopSurveying);
            self.say("Stopped checking; what was found is listed".to_owned());
        } else {
            self.stop_transfer();
        }
    }

    /// Whether something goes on that can be stopped.
    pub(super) fn is_working(&self) -> bool {
        self.task.is_some()
            || self.is_transferring()
            || self.agreeing.as_ref().is_some_and(|agreeing| agreeing.progress.running)
            || self.table.as_ref().is_some_and(|table| table.progress.running)
            || self.comparing.as_ref().is_some_and(|comparing| comparing.progress.running)
            || self.counting.as_ref().is_some_and(|counting| counting.progress.running)
            || self.search.as_ref().is_some_and(|search| search.progress.running)
            || self.remarks.as_ref().is_some_and(|remarks| remarks.progress.running)
    }
}
