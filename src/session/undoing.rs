//! Taking steps back and doing them again, those of an earlier run of the program too.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::applying::counted;
use super::attempt::{Attempt, Refusal, Way, cannot_be_read};
use super::carrying::{Afterwards, CHANGES, Carried, Carrying};
use super::history::{Change, Step};
use super::journal::JournalEntry;
use super::selection::Place;
use super::state::Session;
use super::tasks::Then;
use crate::corpus::DocumentPath;

/// Several steps that are done or undone in one go.
#[derive(Clone, Debug)]
pub(super) struct Passing {
    /// How many are to be done in the end.
    count: usize,
    /// How many were passed.
    passed: usize,
    /// Where the last of them was made.
    last: Option<(Option<DocumentPath>, Place)>,
}

impl Passing {
    /// The same, with one more step.
    pub(super) fn passed(self, step: &Step, way: Way) -> Self {
        let last = Some((step.home().cloned(), step.place(way == Way::Back).clone()));
        Self { passed: self.passed + 1, last, ..self }
    }
}

impl Session {
    pub(super) fn undo(&mut self) {
        let Some(step) = self.history.last_done().cloned() else { return };
        // Once: who asks again means the step before.
        if let Some(done) = self.lasting.take() {
            let words = "is no step that can be undone. Undo again goes to the step before it";
            self.warn(format!("{done} {words}: {}", step.name));
            return;
        }
        let documents = documents_of([&step]);
        self.gather_for(format!("Undoing: {}", step.name), documents, Then::Undo(step));
    }

    pub(super) fn redo(&mut self) {
        let Some(step) = self.history.last_undone().cloned() else { return };
        let documents = documents_of([&step]);
        self.gather_for(format!("Redoing: {}", step.name), documents, Then::Redo(step));
    }

    /// Goes back or forward so that just the first `count` steps are done.
    pub(super) fn go_to_step(&mut self, count: usize) {
        self.history.end_typing();
        let done = self.history.done();
        let back = done.get(count..).unwrap_or_default().iter();
        let forward = self.history.undone().take(count.saturating_sub(done.len()));
        let documents = documents_of(back.chain(forward));
        let last = self.history.last_done().cloned();
        self.gather_for("Going through steps".to_owned(), documents, Then::GoToStep(count, last));
    }

    fn gather_for(&mut self, title: String, documents: BTreeSet<DocumentPath>, then: Then) {
        self.gather(title, documents.into_iter().collect(), Vec::new(), BTreeSet::new(), then);
    }

    /// Undoes a step whose articles are in memory, if they could be read.
    pub(super) fn undo_gathered(&mut self, step: &Arc<Step>) {
        if is_same(self.history.last_done(), Some(step)) {
            self.pass_step(step, Way::Back, Afterwards::Return);
        } else {
            self.warn_of_other_steps();
        }
    }

    pub(super) fn redo_gathered(&mut self, step: &Arc<Step>) {
        if is_same(self.history.last_undone(), Some(step)) {
            self.pass_step(step, Way::Forward, Afterwards::Return);
        } else {
            self.warn_of_other_steps();
        }
    }

    /// While articles were read for steps to be passed, others were made.
    fn warn_of_other_steps(&mut self) {
        self.closing = false;
        self.warn("Nothing was undone or redone: you went on working meanwhile".to_owned());
    }

    pub(super) fn return_to_step(&mut self, step: &Step, way: Way) {
        let did = if way == Way::Back { "Undid" } else { "Redid" };
        self.say(format!("{did}: {}{}", step.name, self.elsewhere(step)));
        self.return_to(step.home(), step.place(way == Way::Back).clone());
        self.return_to_case(step, way);
        self.return_to_row(step);
    }

    /// `last` is the last step that was done when it was asked for.
    pub(super) fn go_to_step_gathered(&mut self, count: usize, last: Option<&Arc<Step>>) {
        if is_same(self.history.last_done(), last) {
            self.go_through_steps(Passing { count, passed: 0, last: None });
        } else {
            self.warn_of_other_steps();
        }
    }

    pub(super) fn go_through_steps(&mut self, mut passing: Passing) {
        loop {
            let done = self.history.done().len();
            let (next, way) = match done.cmp(&passing.count) {
                std::cmp::Ordering::Greater => (self.history.last_done(), Way::Back),
                std::cmp::Ordering::Less => (self.history.last_undone(), Way::Forward),
                std::cmp::Ordering::Equal => break,
            };
            let Some(step) = next.cloned() else { break };
            // What is carried out at once goes on here, however many these are.
            let then = if step.changes.len() > CHANGES {
                Afterwards::GoThrough(passing.clone())
            } else {
                Afterwards::Tell(None)
            };
            match self.pass_step(&step, way, then) {
                Carried::Done => passing = passing.passed(&step, way),
                Carried::Begun => return,
                Carried::Refused => break,
            }
        }
        if passing.passed > 0 && self.history.done().len() == passing.count {
            self.say(format!("Went through {}", counted(passing.passed, "step")));
        }
        self.end_passing(passing);
    }

    /// Goes to where the last of several steps was made.
    pub(super) fn end_passing(&mut self, passing: Passing) {
        if let Some((document, place)) = passing.last {
            self.return_to(document.as_ref(), place);
        }
    }

    /// Takes the last step back, or does the next one again.
    fn pass_step(&mut self, step: &Arc<Step>, way: Way, then: Afterwards) -> Carried {
        if let Err(reason) = self.is_here() {
            self.warn(reason);
            return Carried::Refused;
        }
        let attempt = Attempt::again(self, step.clone(), way);
        let name = step.name.clone();
        self.carry(Carrying { name, after: None, attempt, afterwards: then })
    }

    /// Says why a step cannot be passed. One that somebody else's change stands in the way of
    /// is let go.
    pub(super) fn refuse_again(&mut self, step: &Step, way: Way, refusal: Refusal) {
        let name = &step.name;
        match (self.cannot_be_read(step), refusal) {
            (Some(reason), _) | (None, Refusal::NotNow(reason)) => {
                self.warn(format!("\"{name}\" stays as it is for now: {reason}"));
            }
            (None, Refusal::NoMore(reason)) => {
                let undone = way == Way::Forward;
                self.history.drop_step(undone);
                self.journal(JournalEntry::Dropped { undone });
                let verb = if undone { "redone" } else { "undone" };
                self.warn(format!("\"{name}\" cannot be {verb} any more: {reason}"));
            }
        }
    }

    /// Which of the sets that a step changes cannot be read now, in words.
    fn cannot_be_read(&self, step: &Step) -> Option<String> {
        step.changes.iter().find_map(|change| {
            let Change::Edited { document, annotator, .. } = change else { return None };
            let set = self.held.get(document).and_then(|held| held.set_of(annotator));
            set.is_none().then(|| cannot_be_read(document))
        })
    }
}

fn documents_of<'a>(steps: impl IntoIterator<Item = &'a Arc<Step>>) -> BTreeSet<DocumentPath> {
    steps.into_iter().flat_map(|step| step.edited()).cloned().collect()
}

fn is_same(one: Option<&Arc<Step>>, other: Option<&Arc<Step>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
