//! What was decided about occurrences and is not carried out yet.

use std::collections::BTreeMap;
use std::sync::Arc;

/// What was decided about an occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is to be tagged with this label.
    Accept(Arc<str>),
    /// It is not to be tagged with the list's label, and not asked about again; in
    /// a list without a label it is just left out.
    Reject,
}

/// What was decided about the hits of a search, by their places among these.
#[derive(Clone, Default, Debug)]
pub struct Verdicts {
    by_hit: BTreeMap<usize, Verdict>,
    /// How many of them accept. It is asked for every frame.
    accepted: usize,
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

    /// Decides about a hit, or takes a decision back.
    pub(super) fn set(&mut self, hit: usize, verdict: Option<Verdict>) {
        let accepts = |verdict: &Option<Verdict>| matches!(verdict, Some(Verdict::Accept(_)));
        self.accepted += usize::from(accepts(&verdict));
        let before = match verdict {
            Some(verdict) => self.by_hit.insert(hit, verdict),
            None => self.by_hit.remove(&hit),
        };
        self.accepted -= usize::from(accepts(&before));
    }

    /// The decisions about a hit and those after it, in order.
    pub(super) fn from(&self, hit: usize) -> impl Iterator<Item = (usize, &Verdict)> {
        self.by_hit.range(hit..).map(|(hit, verdict)| (*hit, verdict))
    }
}
