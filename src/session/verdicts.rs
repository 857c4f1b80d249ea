//! What was decided about occurrences and is not carried out yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::Direction;

/// What was decided about an occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is to be tagged with this label.
    Accept(Arc<str>),
    /// It is not to be tagged with the list's label, and not asked about again; in
    /// a list without a label it is just left out.
    Reject,
}

/// Decisions that were made by one gesture, as what stood there before them, by hit.
pub(super) type VerdictStep = Vec<(usize, Option<Verdict>)>;

/// What was decided about the hits of a search, by their places among these.
#[derive(Clone, Default, Debug)]
pub struct Verdicts {
    by_hit: BTreeMap<usize, Verdict>,
    /// How many of them accept. It is asked for every frame.
    accepted: usize,
    /// The gestures that can be taken back, the last one last.
    done: Vec<VerdictStep>,
    /// Those that were taken back, the last one last.
    undone: Vec<VerdictStep>,
}

impl Verdicts {
    /// What was decided about a hit, if anything was.
    pub fn of(&self, hit: usize) -> Option<&Verdict> {
        self.by_hit.get(&hit)
    }

    /// How many hits are to be tagged, and how many are rejected.
    pub fn counts(&self) -> (usize, usize) {
        (self.accepted, self.by_hit.len() - self.accepted)
    }

    /// How many hits were decided about.
    pub(super) fn len(&self) -> usize {
        self.by_hit.len()
    }

    /// Decides about a hit, or takes a decision back: a gesture of its own.
    pub(super) fn decide(&mut self, hit: usize, verdict: Option<Verdict>) {
        if self.of(hit) != verdict.as_ref() {
            self.begin_step();
            self.decide_too(hit, verdict);
        }
    }

    /// Begins a gesture that decides about many.
    pub(super) fn begin_step(&mut self) {
        self.done.push(VerdictStep::new());
        self.undone.clear();
    }

    /// Decides about a hit as a part of the last gesture.
    pub(super) fn decide_too(&mut self, hit: usize, verdict: Option<Verdict>) {
        let before = self.set(hit, verdict);
        if let Some(step) = self.done.last_mut() {
            step.push((hit, before));
        }
    }

    /// Whether there is a gesture to be undone or redone.
    pub(super) fn has_step(&self, direction: Direction) -> bool {
        let steps = if direction == Direction::Back { &self.done } else { &self.undone };
        !steps.is_empty()
    }

    /// Takes the last gesture that was made, or that was taken back, to be undone or redone.
    pub(super) fn take_step(&mut self, direction: Direction) -> Option<VerdictStep> {
        match direction {
            Direction::Back => self.done.pop(),
            Direction::On => self.undone.pop(),
        }
    }

    /// Puts a gesture that was undone or redone where the other of the two finds it.
    pub(super) fn put_step(&mut self, direction: Direction, step: VerdictStep) {
        match direction {
            Direction::Back => self.undone.push(step),
            Direction::On => self.done.push(step),
        }
    }

    /// No gesture can be taken back or made again: what was decided is carried out.
    pub(super) fn forget_steps(&mut self) {
        self.done.clear();
        self.undone.clear();
    }

    /// Has this stand as what was decided about a hit. Returns what stood there.
    pub(super) fn set(&mut self, hit: usize, verdict: Option<Verdict>) -> Option<Verdict> {
        let accepts = |verdict: &Option<Verdict>| matches!(verdict, Some(Verdict::Accept(_)));
        self.accepted += usize::from(accepts(&verdict));
        let before = match verdict {
            Some(verdict) => self.by_hit.insert(hit, verdict),
            None => self.by_hit.remove(&hit),
        };
        self.accepted -= usize::from(accepts(&before));
        before
    }

    /// The decisions about a hit and those after it, in order.
    pub(super) fn from(&self, hit: usize) -> impl Iterator<Item = (usize, &Verdict)> {
        self.by_hit.range(hit..).map(|(hit, verdict)| (*hit, verdict))
    }
}
