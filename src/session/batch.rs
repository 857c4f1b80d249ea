//! Deciding on many occurrences, and carrying it out in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::counted;
use super::attempt::{Deed, is_another_text};
use super::carrying::Afterwards;
use super::finding::Standing;
use super::pieces::Work;
use super::state::Session;
use super::tasks::Then;
use crate::corpus::{Annotation, DocumentPath, Edit, Fragments, Id};
use crate::review::Hit;
use crate::text::Direction;

/// How many decisions are gone through in one frame.
const VERDICTS: usize = 2_048;

/// What was decided about an occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is to be tagged with this label.
    Accept(Arc<str>),
    /// It is not to be tagged with the list's label, and not asked about again; in
    /// a list without a label it is just left out.
    Reject,
}

/// An occurrence with what was decided about it.
pub(super) type Judged = (Hit, Verdict);

/// What was decided about the hits of one search, by their places.
#[derive(Clone, Debug)]
pub(super) struct Verdicts {
    search: u64,
    by_hit: BTreeMap<usize, Verdict>,
}

/// What decisions come to, as far as it was worked out.
#[derive(Clone, Debug)]
pub(super) struct Judging {
    /// The label that is not to be tagged where that was decided.
    label: Option<Arc<str>>,
    from: Verdicts,
    /// How many documents had been read anew when it began.
    since: usize,
    waiting: std::vec::IntoIter<Judged>,
    /// How many there were.
    of: usize,
    deeds: Vec<Deed>,
    /// The new annotations of each document.
    taken: BTreeMap<DocumentPath, BTreeSet<Id>>,
    tagged: usize,
    rejected: usize,
    /// How many cannot be tagged.
    left_out: usize,
}

impl Session {
    /// Decides on the occurrence that one is at, and goes on to the next.
    pub(super) fn judge(&mut self, verdict: Option<Verdict>) {
        let Some(search) = self.search.as_mut() else { return };
        let Some(at) = search.at else { return };
        let undone = verdict.is_none();
        match verdict {
            Some(verdict) => search.verdicts.insert(at, verdict),
            None => search.verdicts.remove(&at),
        };
        if !undone {
            self.walk_list(Direction::On);
        }
    }

    /// Accepts the occurrence that one is at with a label, or the list's.
    pub(super) fn accept(&mut self, label: Option<Arc<str>>) {
        let label = label.or_else(|| self.search.as_ref()?.label.clone());
        match label {
            Some(label) => self.judge(Some(Verdict::Accept(label))),
            None => self.warn("Press the key of the label that it is to have".to_owned()),
        }
    }

    /// Leaves the occurrence that one is at out; without a label that it is not to
    /// have, just this time.
    pub(super) fn reject(&mut self) {
        self.judge(Some(Verdict::Reject));
    }

    /// Accepts all that is not decided, with the list's label or another.
    pub(super) fn accept_all(&mut self, label: Option<Arc<str>>) {
        let label = label.or_else(|| self.search.as_ref()?.label.clone());
        let Some(label) = label else {
            self.warn("Shift with the key of a label accepts all with it".to_owned());
            return;
        };
        let Some(search) = self.search.as_ref() else { return };
        let undecided: Vec<usize> = search
            .shown
            .iter()
            .copied()
            .filter(|at| !search.verdicts.contains_key(at))
            .filter(|at| {
                search.hits.get(*at).is_some_and(|hit| self.standing(hit) == Standing::Open)
            })
            .collect();
        let count = undecided.len();
        if let Some(search) = self.search.as_mut() {
            for at in undecided {
                search.verdicts.insert(at, Verdict::Accept(label.clone()));
            }
        }
        self.say(format!("{} to tag as {label}, not carried out yet", counted(count, "place")));
    }

    /// Decides on a listed occurrence that was pointed at.
    pub(super) fn judge_at(&mut self, at: usize, verdict: Option<Verdict>) {
        if let Some(search) = self.search.as_mut() {
            search.at = Some(at);
        }
        self.judge(verdict);
    }

    pub(super) fn show_decided(&mut self, shown: bool) {
        if let Some(search) = self.search.as_mut() {
            search.show_decided = shown;
        }
        self.list_hits_anew();
    }

    /// How many occurrences are to be tagged, and how many rejected.
    pub fn verdict_counts(&self) -> (usize, usize) {
        let verdicts = self.search.as_ref().map(|search| &search.verdicts);
        let all = verdicts.map_or(0, BTreeMap::len);
        let accepted = verdicts.into_iter().flat_map(BTreeMap::values);
        let accepted = accepted.filter(|verdict| matches!(verdict, Verdict::Accept(_))).count();
        (accepted, all - accepted)
    }

    /// Carries the decisions out: reads the articles that are concerned first.
    pub(super) fn apply_verdicts(&mut self) {
        let Some(search) = self.search.as_ref() else { return };
        let judged: Vec<Judged> = search
            .verdicts
            .iter()
            .filter_map(|(at, verdict)| Some((search.hits.get(*at)?.clone(), verdict.clone())))
            .collect();
        let accepted = judged.iter().filter(|(_, v)| matches!(v, Verdict::Accept(_)));
        let concerned: BTreeSet<DocumentPath> =
            accepted.map(|(hit, _)| hit.document.clone()).collect();
        let label = search.label.clone();
        let from = Verdicts { search: search.number, by_hit: search.verdicts.clone() };
        let documents = concerned.into_iter().collect();
        let title = format!("Tagging “{}” in all articles", search.query.text);
        let then = Then::Judge { judged, label, from };
        self.gather(title, documents, Vec::new(), BTreeSet::new(), then);
    }

    /// Carries decisions out, now that all articles concerned are in memory.
    pub(super) fn judge_gathered(
        &mut self,
        judged: Vec<Judged>,
        label: Option<Arc<str>>,
        from: Verdicts,
    ) {
        self.judge_some(Judging {
            label,
            from,
            since: self.read_anew.len(),
            of: judged.len(),
            waiting: judged.into_iter(),
            deeds: Vec::new(),
            taken: BTreeMap::new(),
            tagged: 0,
            rejected: 0,
            left_out: 0,
        });
    }

    /// Goes on by a piece with what decisions come to.
    pub(super) fn judge_some(&mut self, mut judging: Judging) {
        for (hit, verdict) in judging.waiting.by_ref().take(VERDICTS).collect::<Vec<_>>() {
            match (verdict, &judging.label) {
                (Verdict::Reject, None) => {}
                (Verdict::Reject, Some(label)) => {
                    judging.deeds.push(Deed::Decide(Self::rejection(&hit, label), true));
                    judging.rejected += 1;
                }
                (Verdict::Accept(label), _) => match self.tag_of(&hit, label, &mut judging.taken) {
                    Some(edit) => {
                        let own = self.annotator.clone();
                        judging.deeds.push(Deed::Edit(hit.document, own, edit));
                        judging.tagged += 1;
                    }
                    None => judging.left_out += 1,
                },
            }
        }
        if judging.waiting.len() == 0 {
            self.carry_out_judged(judging);
            return;
        }
        let done = judging.of - judging.waiting.len();
        let far = (done, judging.of);
        self.put_off("Working out the tags".to_owned(), far, Work::Judging(Box::new(judging)));
    }

    fn carry_out_judged(&mut self, judging: Judging) {
        let other = self.read_anew_since(judging.since);
        let other = other.filter(|document| judging.taken.contains_key(*document)).last();
        if let Some(reason) = other.map(is_another_text) {
            self.warn_of_nothing(&reason);
            return;
        }
        let Judging { deeds, taken, from, tagged, rejected, left_out, .. } = judging;
        if deeds.is_empty() {
            self.warn_of_nothing("none of it could be tagged");
            return;
        }
        let tags =
            format!("tag {} in {}", counted(tagged, "place"), counted(taken.len(), "article"));
        let name = match (tagged, rejected) {
            (0, rejected) => format!("reject {}", counted(rejected, "place")),
            (_, 0) => tags,
            (_, rejected) => format!("{tags}, {rejected} rejected"),
        };
        let left = (left_out > 0).then(|| {
            let places = counted(left_out, "place");
            format!(
                "{places} could not be tagged: the article or your set of it cannot be read, or it \
                 has changed. The rest is tagged"
            )
        });
        let after = self.place();
        self.carry_out_then(name, vec![deeds], after, Afterwards::LetVerdictsGo(from, left));
    }

    /// Lets go of what was decided and is carried out; what was decided since stays.
    pub(super) fn let_verdicts_go(&mut self, done: &Verdicts) {
        if let Some(search) = self.search.as_mut().filter(|search| search.number == done.search) {
            search.verdicts.retain(|at, verdict| done.by_hit.get(at) != Some(verdict));
        }
        self.list_hits_anew();
    }

    /// The edit that tags a hit; `None` where its article is not as it was found
    /// or cannot be changed, or where it is tagged so already.
    fn tag_of(
        &mut self,
        hit: &Hit,
        label: Arc<str>,
        taken: &mut BTreeMap<DocumentPath, BTreeSet<Id>>,
    ) -> Option<Edit> {
        let held = self.held.get(&hit.document)?;
        let own = self.annotator.clone();
        let set = held.set_of(&own)?.clone();
        let quote = held.document.text.quote(hit.span)?;
        let same = hit.is_of(&held.document.text) && !quote.trim().is_empty();
        let there = set.annotations_of_span(hit.span).any(|a| a.label == label);
        if !same || there {
            return None;
        }
        let ids = taken.entry(hit.document.clone()).or_default();
        let id = loop {
            let id = Id::from_random((self.ids)());
            if !set.has_id(&id) && ids.insert(id.clone()) {
                break id;
            }
        };
        let annotation = Annotation::new(id, label, Fragments::one(hit.span));
        Some(Edit::Insert(Arc::new(annotation)))
    }
}
