//! Carrying out what was tried: at once or, where it is very much, a piece at a time.

use std::sync::Arc;

use super::applying::past_tense;
use super::attempt::{Attempt, Refusal, Tried, Way, What};
use super::batch::Decided;
use super::history::{Change, Step};
use super::journal::JournalEntry;
use super::pieces::Work;
use super::selection::Place;
use super::state::Session;
use super::sweep::Told;
use super::undoing::Passing;

/// How many changes are tried in one frame.
pub(super) const CHANGES: usize = 2_048;

/// A step that is being tried, to be carried out when all of it can be.
#[derive(Debug)]
pub(super) struct Carrying {
    /// What the step is called.
    pub(super) name: String,
    /// Where something new takes the person; without a place they stay where they are by then.
    /// What is taken back or done again leads where its step says.
    pub(super) after: Option<Place>,
    pub(super) attempt: Attempt,
    pub(super) afterwards: Afterwards,
}

/// What comes when a step has been carried out. What was left out of it is said, where
/// something was.
#[derive(Clone, Debug)]
pub(super) enum Afterwards {
    /// Nothing more.
    Tell(Option<String>),
    /// Nothing more, and it is no step that can be undone: it belongs to something that cannot be.
    NoStep,
    /// These decisions about occurrences are let go.
    LetVerdictsGo(Decided, Option<String>),
    /// No row of the table is ticked any more.
    Untick(Option<String>),
    /// One goes to where the step was made.
    Return,
    /// More steps are done or undone.
    GoThrough(Passing),
}

impl Afterwards {
    /// The same, with something to be said in the place of what was.
    fn saying(self, words: Option<String>) -> Self {
        match self {
            Self::Tell(_) => Self::Tell(words),
            Self::Untick(_) => Self::Untick(words),
            other => other,
        }
    }
}

/// How far it has come with a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Carried {
    Done,
    /// It goes on with the next frames.
    Begun,
    Refused,
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

    fn carry_on(&mut self, mut carrying: Carrying) {
        // Until it is done they may have gone anywhere.
        carrying.after = None;
        let Carrying { name, attempt, .. } = &carrying;
        let doing = match &attempt.what {
            What::New(..) | What::Through(..) => "Carrying out",
            What::Again(_, Way::Back) => "Undoing",
            What::Again(_, Way::Forward) => "Redoing",
        };
        let (title, far) = (format!("{doing}: {name}"), (attempt.done, attempt.of));
        self.put_off(title, far, Work::CarryingOut(Box::new(carrying)));
    }

    fn finish_carrying(&mut self, mut carrying: Carrying) -> Carried {
        // Another program may have changed something in the meantime.
        if !carrying.attempt.holds(self) {
            carrying.attempt.begin_anew();
            self.carry_on(carrying);
            return Carried::Begun;
        }
        let Carrying { name, after, attempt, afterwards } = carrying;
        let tried = attempt.tried;
        if !matches!(afterwards, Afterwards::NoStep) {
            self.lasting = None;
        }
        match attempt.what {
            What::New(_, changes) => self.make_step(name, (changes, tried), after, afterwards),
            What::Through(sweeping, changes) => {
                let Some(Told { step, beside }) = sweeping.told() else { return Carried::Refused };
                if changes.is_empty() {
                    match beside {
                        None => self.say("Nothing is other than it is to be".to_owned()),
                        Some(words) => {
                            // Who wanted to close when it is done is to read it.
                            self.closing = false;
                            self.warn(words);
                        }
                    }
                    return Carried::Refused;
                }
                let had_keys = self.keymap.clone();
                self.make_step(step, (changes, tried), after, afterwards.saying(beside));
                self.tell_of_lost_keys(&had_keys);
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
                self.do_afterwards(afterwards, &step, way);
            }
        }
        Carried::Done
    }

    /// Takes over what was tried as a new step.
    fn make_step(
        &mut self,
        name: String,
        (changes, tried): (Vec<Change>, Tried),
        after: Option<Place>,
        afterwards: Afterwards,
    ) {
        let before = self.place();
        let step = Arc::new(Step {
            name,
            at: self.now,
            quote: self.quote_of(&changes).unwrap_or_default(),
            texts: self.texts_of(&tried),
            changes,
            document: self.reading.as_ref().map(|reading| reading.document.clone()),
            after: after.clone().unwrap_or_else(|| before.clone()),
            before,
            typing: None,
        });
        self.say(past_tense(&step.name));
        let is_step = !matches!(afterwards, Afterwards::NoStep);
        self.journal(if is_step {
            JournalEntry::Done(step.clone())
        } else {
            JournalEntry::Changed(step.clone())
        });
        self.take_over_tried(tried);
        if is_step {
            self.history.push(step.clone());
        }
        match after {
            Some(place) => self.go_to(place),
            None => self.let_missing_link_go(),
        }
        self.do_afterwards(afterwards, &step, Way::Forward);
    }

    fn do_afterwards(&mut self, afterwards: Afterwards, step: &Step, way: Way) {
        let left = match afterwards {
            Afterwards::Tell(left) => left,
            Afterwards::NoStep => None,
            Afterwards::LetVerdictsGo(done, left) => {
                self.let_verdicts_go(done);
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
        let What::Again(step, way) = carrying.attempt.what else {
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
