//! Carrying out what was tried: at once or, where it is very much, a piece at a time.

use std::sync::Arc;

use super::applying::past_tense;
use super::attempt::{Attempt, Refusal, Way};
use super::batch::Verdicts;
use super::effect::Effect;
use super::history::Step;
use super::journal::JournalEntry;
use super::selection::Place;
use super::state::Session;
use super::tasks::{Task, Then};
use super::undoing::Passing;

/// How many changes are tried in one frame.
pub(super) const CHANGES: usize = 2_048;

/// A step that is being tried, to be carried out when all of it can be.
#[derive(Clone, Debug)]
pub(super) struct Carrying {
    what: What,
    attempt: Attempt,
    afterwards: Afterwards,
}

#[derive(Clone, Debug)]
enum What {
    /// Something new: what it is called, and where the person is after it.
    New(String, Place),
    /// A step of the history.
    Again(Arc<Step>, Way),
}

/// What comes when a step has been carried out. What was left out of it is said, where
/// something was.
#[derive(Clone, Debug)]
pub(super) enum Afterwards {
    /// Nothing more.
    Tell(Option<String>),
    /// These decisions about occurrences are let go.
    LetVerdictsGo(Verdicts, Option<String>),
    /// No row of the table is ticked any more.
    Untick(Option<String>),
    /// One goes to where the step was made.
    Return,
    /// More steps are done or undone.
    GoThrough(Passing),
}

/// How far it has come with a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Carried {
    Done,
    /// It goes on with the next frames.
    Begun,
    Refused,
}

impl Carrying {
    pub(super) fn new(name: String, after: Place, attempt: Attempt) -> Self {
        Self { what: What::New(name, after), attempt, afterwards: Afterwards::Tell(None) }
    }

    pub(super) fn again(step: Arc<Step>, way: Way, attempt: Attempt) -> Self {
        Self { what: What::Again(step, way), attempt, afterwards: Afterwards::Tell(None) }
    }

    pub(super) fn then(self, afterwards: Afterwards) -> Self {
        Self { afterwards, ..self }
    }

    fn title(&self) -> String {
        match &self.what {
            What::New(name, _) => format!("Carrying out: {name}"),
            What::Again(step, Way::Back) => format!("Undoing: {}", step.name),
            What::Again(step, Way::Forward) => format!("Redoing: {}", step.name),
        }
    }
}

impl Session {
    /// Carries out a step, all of it or nothing: at once, or with the next frames where it
    /// is much.
    pub(super) fn carry(&mut self, mut carrying: Carrying) -> Carried {
        // Something else that goes on is not to be pushed aside.
        let most = if self.task.is_some() { usize::MAX } else { CHANGES };
        match carrying.attempt.go_on(self, most) {
            Ok(true) => self.finish_carrying(carrying),
            Ok(false) => {
                self.carry_on(carrying);
                Carried::Begun
            }
            Err(refusal) => {
                self.refuse_step(carrying, refusal);
                Carried::Refused
            }
        }
    }

    fn carry_on(&mut self, carrying: Carrying) {
        self.task = Some(Task {
            title: carrying.title(),
            done: carrying.attempt.done,
            of: carrying.attempt.of,
            number: self.next_number(),
            then: Then::CarryOut(Box::new(carrying)),
        });
        self.effects.push(Effect::GoOn);
    }

    /// Goes on by a piece, and carries the step out when all of it was tried.
    pub(super) fn go_on_carrying(&mut self) {
        let is_it = |task: &mut Task| matches!(task.then, Then::CarryOut(_));
        let Some(task) = self.task.take_if(is_it) else { return };
        let Then::CarryOut(carrying) = task.then else { return };
        let is_of_this = !self.opening && *carrying.attempt.annotator() == self.annotator;
        if !is_of_this || self.is_here().is_err() {
            self.warn_of_stopped(&task.title);
            return;
        }
        self.carry(*carrying);
    }

    fn finish_carrying(&mut self, mut carrying: Carrying) -> Carried {
        // Another program may have changed something in the meantime.
        if !carrying.attempt.holds(self) {
            carrying.attempt.begin_anew();
            self.carry_on(carrying);
            return Carried::Begun;
        }
        let (tried, changes) = carrying.attempt.outcome();
        match carrying.what {
            What::New(name, after) => {
                let step = Arc::new(Step {
                    name,
                    at: self.now,
                    quote: self.quote_of(&changes).unwrap_or_default(),
                    texts: self.texts_of(&tried),
                    changes,
                    document: self.reading.as_ref().map(|reading| reading.document.clone()),
                    before: self.place(),
                    after: after.clone(),
                    typing: None,
                });
                self.say(past_tense(&step.name));
                self.journal(JournalEntry::Done(step.clone()));
                self.take_over_tried(tried);
                self.history.push(step.clone());
                self.go_to(after);
                self.do_afterwards(carrying.afterwards, &step, Way::Forward);
            }
            What::Again(step, way) => {
                let entry = match way {
                    Way::Back => {
                        self.history.undo();
                        JournalEntry::Undone
                    }
                    Way::Forward => {
                        self.history.redo();
                        JournalEntry::Redone
                    }
                };
                self.journal(entry);
                self.take_over_tried(tried);
                self.do_afterwards(carrying.afterwards, &step, way);
            }
        }
        Carried::Done
    }

    fn do_afterwards(&mut self, afterwards: Afterwards, step: &Step, way: Way) {
        let left = match afterwards {
            Afterwards::Tell(left) => left,
            Afterwards::LetVerdictsGo(done, left) => {
                self.let_verdicts_go(&done);
                left
            }
            Afterwards::Untick(left) => {
                if let Some(table) = self.table.as_mut() {
                    table.ticked = Arc::default();
                }
                left
            }
            Afterwards::Return => return self.return_to_step(step, way),
            Afterwards::GoThrough(passing) => {
                return self.go_through_steps(passing.passed(step, way));
            }
        };
        if let Some(left) = left {
            self.warn(left);
        }
    }

    fn refuse_step(&mut self, carrying: Carrying, refusal: Refusal) {
        let What::Again(step, way) = carrying.what else {
            let (Refusal::NotNow(reason) | Refusal::NoMore(reason)) = refusal;
            self.warn_of_nothing(&reason);
            return;
        };
        self.closing = false;
        self.refuse_again(&step, way, refusal);
        if let Afterwards::GoThrough(passing) = carrying.afterwards {
            self.end_passing(passing);
        }
    }
}
