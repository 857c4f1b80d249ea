//! Undo among decisions that are not carried out yet: in the list of occurrences it takes back
//! what was decided there, not what was done before one came there.

use super::applying::counted;
use super::batch::DECISIONS;
use super::pieces::Work;
use super::state::Session;
use super::tasks::{Task, Then};
use super::verdicts::{Verdict, VerdictStep};
use crate::text::Direction;

/// Decisions of one gesture that are taken back or made again.
#[derive(Clone, Debug)]
pub(super) struct TakingBack {
    search: u64,
    direction: Direction,
    waiting: std::vec::IntoIter<(usize, Option<Verdict>)>,
    /// How many there were.
    of: usize,
    /// What leads back.
    inverse: VerdictStep,
}

/// What it is called while it goes on.
fn title(direction: Direction) -> String {
    match direction {
        Direction::Back => "Taking decisions back",
        Direction::On => "Deciding again",
    }
    .to_owned()
}

impl Session {
    /// Takes back what was decided last in the list and is not carried out, or decides so again.
    /// Returns whether there was anything.
    pub(super) fn take_back_decided(&mut self, direction: Direction) -> bool {
        // Who takes back what is still being accepted has no more accepted.
        let accepts = |task: &mut Task| {
            direction == Direction::Back && matches!(task.then, Then::Work(_, Work::Accepting(_)))
        };
        self.task.take_if(accepts);
        let Some(search) = self.search.as_mut() else { return false };
        if self.task.is_some() && search.verdicts.has_step(direction) {
            self.warn("Not yet: something else goes on".to_owned());
            return true;
        }
        let Some(mut step) = search.verdicts.take_step(direction) else { return false };
        step.reverse();
        let of = step.len();
        let (number, waiting) = (search.number, step.into_iter());
        let inverse = Vec::with_capacity(of);
        self.take_some_back(TakingBack { search: number, direction, waiting, of, inverse });
        true
    }

    /// Whether decisions are just being taken back or made again.
    pub(super) fn takes_back(&self) -> bool {
        let task = self.task.as_ref().map(|task| &task.then);
        matches!(task, Some(Then::Work(_, Work::TakingBack(_))))
    }

    /// Leaves off: what was taken back by then is so, and each of the two parts can be undone or
    /// redone.
    pub(super) fn stop_taking_back(&mut self, taking: TakingBack) {
        let TakingBack { search: number, direction, waiting, of, inverse } = taking;
        let done = inverse.len();
        let Some(search) = self.search.as_mut().filter(|search| search.number == number) else {
            return;
        };
        let mut rest: VerdictStep = waiting.collect();
        rest.reverse();
        search.verdicts.put_step(direction.opposite(), rest);
        search.verdicts.put_step(direction, inverse);
        self.say(format!("Stopped: {}, {done} of {of}", title(direction).to_lowercase()));
    }

    /// Goes on by a piece with it.
    pub(super) fn take_some_back(&mut self, mut taking: TakingBack) {
        let number = taking.search;
        let Some(search) = self.search.as_mut().filter(|search| search.number == number) else {
            return self.warn_of_stopped(&title(taking.direction));
        };
        for (at, verdict) in taking.waiting.by_ref().take(DECISIONS) {
            let before = search.verdicts.set(at, verdict);
            taking.inverse.push((at, before));
        }
        if taking.waiting.len() > 0 {
            let far = (taking.inverse.len(), taking.of);
            self.put_off(title(taking.direction), far, Work::TakingBack(taking));
            return;
        }
        let Some((at, _)) = taking.inverse.last().cloned() else { return };
        let now = match search.verdicts.of(at) {
            None => "not decided any more".to_owned(),
            Some(Verdict::Reject) => "rejected again".to_owned(),
            Some(Verdict::Accept(label)) => format!("to be tagged as {label} again"),
        };
        search.verdicts.put_step(taking.direction, taking.inverse);
        self.walk_to_hit(at);
        self.say(format!("{}: {now}", counted(taking.of, "place")));
    }
}
