//! Deciding on many occurrences, and carrying it out in one step.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::counted;
use super::attempt::{Deed, is_another_text};
use super::carrying::Afterwards;
use super::command::Command;
use super::effect::Effect;
use super::finding::Search;
use super::pieces::Work;
use super::standing::Standing;
use super::state::Session;
use super::tasks::Then;
use super::verdicts::Verdict;
use crate::corpus::{Annotation, DocumentPath, Edit, Fragments, Id};
use crate::review::Hit;
use crate::text::Direction;

/// How many tags are worked out in one frame.
const TAGS: usize = 2_048;

/// How many decisions are made, gathered or let go of in one frame.
pub(super) const DECISIONS: usize = 8_192;
/// What it is called that all are made.
const ACCEPTING: &str = "Accepting all";

/// An occurrence with its place among the hits, and what was decided about it.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    at: usize,
    hit: Hit,
    verdict: Verdict,
}

/// Decisions about hits of one search that are carried out.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    search: u64,
    verdicts: Vec<(usize, Verdict)>,
}

/// All that is not decided is being accepted.
#[derive(Clone, Debug)]
pub(super) struct Accepting {
    label: Arc<str>,
    search: u64,
    waiting: std::vec::IntoIter<usize>,
    /// How many there were.
    of: usize,
    accepted: usize,
    /// Those that are tagged with another label: they wait until they are asked for.
    tagged_otherwise: Vec<usize>,
    /// Whether they are asked for, since nothing else is left.
    takes_them: bool,
}

/// What was decided, as far as it was gathered to be carried out.
#[derive(Clone, Debug)]
pub(super) struct Choosing {
    search: u64,
    /// The hit to go on with.
    next: usize,
    judged: Vec<Judged>,
    /// The documents of those that are to be tagged, in order.
    concerned: Vec<DocumentPath>,
}

/// What decisions come to, as far as it was worked out.
#[derive(Clone, Debug)]
pub(super) struct Judging {
    /// The label that is not to be tagged where that was decided.
    label: Option<Arc<str>>,
    carried_out: Decided,
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
    /// How many are rejected, and it is not said which label they are not to have.
    undecided: usize,
}

/// The label that all get that are tagged, if it is one.
fn only_label(judged: &[Judged]) -> Option<Arc<str>> {
    let mut labels = judged.iter().filter_map(|judged| match &judged.verdict {
        Verdict::Accept(label) => Some(label),
        Verdict::Reject => None,
    });
    let first = labels.next()?;
    labels.all(|label| label == first).then(|| first.clone())
}

impl Session {
    /// Decides on the occurrence that one is at, and goes on to the next.
    pub(super) fn judge(&mut self, verdict: Option<Verdict>) {
        if self.takes_back() {
            self.warn("Not yet: decisions are taken back".to_owned());
            return;
        }
        let Some(search) = self.search.as_mut() else { return };
        let Some(at) = search.at else { return };
        let undone = verdict.is_none();
        search.verdicts.decide(at, verdict);
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

    /// Rejects the occurrence that one is at: it is not to have the list's label or, without
    /// one, the label that the others get.
    pub(super) fn reject(&mut self) {
        self.judge(Some(Verdict::Reject));
    }

    /// Accepts all that is not decided, with the list's label or another.
    pub(super) fn accept_all(&mut self, label: Option<Arc<str>>) {
        let label = label.or_else(|| self.search.as_ref()?.label.clone());
        let Some(label) = label else {
            let keys = self.schema.labels().iter().filter_map(|label| {
                let key = label.key?.to_ascii_uppercase();
                Some(format!("Shift+{key} {}", label.name))
            });
            let keys = keys.collect::<Vec<_>>().join(", ");
            self.warn(format!("With which label? {keys} accepts all"));
            return;
        };
        let Some(search) = self.search.as_ref() else { return };
        let (number, shown) = (search.number, search.shown.clone());
        let (of, waiting) = (shown.len(), shown.into_iter());
        self.accept_some(Accepting {
            label,
            search: number,
            waiting,
            of,
            accepted: 0,
            tagged_otherwise: Vec::new(),
            takes_them: false,
        });
    }

    /// The key that accepts all with a label.
    fn key_to_accept_all(&self, label: &Arc<str>) -> Option<String> {
        let listed = self.search.as_ref().and_then(|search| search.label.as_ref());
        if listed == Some(label) {
            return self.keymap.key(Command::AcceptAll).map(|key| key.to_string());
        }
        let key = self.schema.label(label)?.key?;
        Some(format!("Shift+{}", key.to_ascii_uppercase()))
    }

    /// Goes on by a piece with accepting all.
    pub(super) fn accept_some(&mut self, mut accepting: Accepting) {
        let number = accepting.search;
        let Some(search) = self.search.as_ref().filter(|search| search.number == number) else {
            return self.warn_of_stopped(ACCEPTING);
        };
        let is_open = |at: &usize| {
            let hit = search.hits.get(*at).filter(|_| search.verdicts.of(*at).is_none());
            let is_open = |label, hit| self.standing_as(label, hit) == Standing::Open;
            let (listed, given) = (search.label.as_ref(), Some(&accepting.label));
            hit.is_some_and(|hit| is_open(given, hit) && (listed == given || is_open(listed, hit)))
        };
        let open = accepting.waiting.by_ref().take(DECISIONS).filter(is_open);
        // A second label beside another is not given unasked.
        let is_tagged =
            |at: &usize| search.hits.get(*at).is_some_and(|hit| !self.tags_of(hit).is_empty());
        let (tagged, open): (Vec<usize>, Vec<usize>) =
            open.partition(|at| !accepting.takes_them && is_tagged(at));
        accepting.tagged_otherwise.extend(tagged);
        let is_first = accepting.accepted == 0 && !open.is_empty();
        accepting.accepted += open.len();
        if let Some(search) = self.search.as_mut() {
            if is_first {
                search.verdicts.begin_step();
            }
            for at in open {
                let verdict = Verdict::Accept(accepting.label.clone());
                search.verdicts.decide_too(at, Some(verdict));
            }
        }
        if accepting.waiting.len() == 0 && accepting.accepted == 0 && !accepting.takes_them {
            let waiting = std::mem::take(&mut accepting.tagged_otherwise);
            (accepting.of, accepting.takes_them) = (waiting.len(), true);
            accepting.waiting = waiting.into_iter();
        }
        if accepting.waiting.len() == 0 {
            let more = if self.verdict_counts().0 > accepting.accepted { "more " } else { "" };
            let places = counted(accepting.accepted, &format!("{more}place"));
            let left = match accepting.tagged_otherwise.len() {
                0 => String::new(),
                left => {
                    let (have, them) = if left == 1 { ("has", "it") } else { ("have", "them") };
                    let key = self.key_to_accept_all(&accepting.label);
                    let again = key.map(|key| format!(": {key} again takes {them} too"));
                    format!(". {left} more {have} another label{}", again.unwrap_or_default())
                }
            };
            let label = &accepting.label;
            self.say(format!("{places} to tag as {label}, not carried out yet{left}"));
            return;
        }
        let far = (accepting.of - accepting.waiting.len(), accepting.of);
        self.put_off(ACCEPTING.to_owned(), far, Work::Accepting(accepting));
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
        self.search.as_ref().map(|search| search.verdicts.counts()).unwrap_or_default()
    }

    /// Carries the decisions out: reads the articles that are concerned first.
    pub(super) fn apply_verdicts(&mut self) {
        let Some(search) = self.search.as_ref() else { return };
        let number = search.number;
        let (judged, concerned) = (Vec::new(), Vec::new());
        self.choose_some(Choosing { search: number, next: 0, judged, concerned });
    }

    /// Goes on by a piece with gathering what was decided.
    pub(super) fn choose_some(&mut self, mut choosing: Choosing) {
        let number = choosing.search;
        let Some(search) = self.search.as_ref().filter(|search| search.number == number) else {
            return self.warn_of_stopped("Tagging in all articles");
        };
        let title = format!("Tagging “{}” in all articles", search.query.text);
        let mut verdicts = search.verdicts.from(choosing.next);
        for (at, verdict) in verdicts.by_ref().take(DECISIONS) {
            choosing.next = at + 1;
            let Some(hit) = search.hits.get(at) else { continue };
            let is_new = choosing.concerned.last() != Some(&hit.document);
            if is_new && matches!(verdict, Verdict::Accept(_)) {
                choosing.concerned.push(hit.document.clone());
            }
            choosing.judged.push(Judged { at, hit: hit.clone(), verdict: verdict.clone() });
        }
        if verdicts.next().is_some() {
            drop(verdicts);
            let far = (choosing.judged.len(), search.verdicts.len());
            self.put_off(title, far, Work::Choosing(choosing));
            return;
        }
        drop(verdicts);
        let label = search.label.clone().or_else(|| only_label(&choosing.judged));
        // What is rejected is so of this label, and is shown to be.
        if let Some(search) = self.search.as_mut() {
            search.label.clone_from(&label);
        }
        let Choosing { search, judged, concerned, .. } = choosing;
        let then = Then::Judge { judged, label, search };
        self.gather(title, concerned, Vec::new(), BTreeSet::new(), then);
    }

    /// Carries decisions out, now that all articles concerned are in memory.
    pub(super) fn judge_gathered(
        &mut self,
        judged: Vec<Judged>,
        label: Option<Arc<str>>,
        search: u64,
    ) {
        self.judge_some(Judging {
            label,
            carried_out: Decided { search, verdicts: Vec::with_capacity(judged.len()) },
            since: self.read_anew.len(),
            of: judged.len(),
            waiting: judged.into_iter(),
            deeds: Vec::new(),
            taken: BTreeMap::new(),
            tagged: 0,
            rejected: 0,
            left_out: 0,
            undecided: 0,
        });
    }

    /// Goes on by a piece with what decisions come to.
    pub(super) fn judge_some(&mut self, mut judging: Judging) {
        for judged in judging.waiting.by_ref().take(TAGS).collect::<Vec<_>>() {
            let Judged { at, hit, verdict } = judged;
            match (&verdict, &judging.label) {
                (Verdict::Reject, None) => {
                    judging.undecided += 1;
                    continue;
                }
                (Verdict::Reject, Some(label)) => {
                    judging.deeds.push(Deed::Decide(None, Self::rejection(&hit, label), true));
                    judging.rejected += 1;
                }
                (Verdict::Accept(label), _) => {
                    match self.tag_of(&hit, label.clone(), &mut judging.taken) {
                        Some(edit) => {
                            let own = self.annotator.clone();
                            judging.deeds.push(Deed::Edit(hit.document, own, edit));
                            judging.tagged += 1;
                        }
                        None => judging.left_out += 1,
                    }
                }
            }
            judging.carried_out.verdicts.push((at, verdict));
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
        let Judging { deeds, taken, carried_out, tagged, rejected, left_out, undecided, .. } =
            judging;
        if deeds.is_empty() {
            self.warn_of_nothing(if left_out == 0 {
                "what is rejected is remembered of a label: tag others with one, or begin with T"
            } else {
                "none of it could be tagged: it is tagged so, has changed or cannot be read"
            });
            return;
        }
        let tags =
            format!("tag {} in {}", counted(tagged, "place"), counted(taken.len(), "article"));
        let name = match (tagged, rejected) {
            (0, rejected) => format!("reject {}", counted(rejected, "place")),
            (_, 0) => tags,
            (_, rejected) => format!("{tags}, {rejected} rejected"),
        };
        let left_out = (left_out > 0).then(|| {
            let places = counted(left_out, "place");
            format!(
                "{places} could not be tagged: tagged so already, or the article or your set of \
                 it cannot be read or has changed. The rest is tagged"
            )
        });
        let undecided = (undecided > 0).then(|| {
            let places = counted(undecided, "place");
            format!("Rejected here only, as the others got several labels: {places}")
        });
        let left: Vec<String> = left_out.into_iter().chain(undecided).collect();
        let left = (!left.is_empty()).then(|| left.join(". "));
        self.carry_out_then(name, vec![deeds], None, Afterwards::LetVerdictsGo(carried_out, left));
    }

    /// Lets go of what was decided and is carried out, with frames between if it is much; what
    /// was decided otherwise since stays.
    pub(super) fn let_verdicts_go(&mut self, done: Decided) {
        if let Some(search) = self.search.as_mut().filter(|search| search.number == done.search) {
            search.carried_out = done.verdicts.into_iter();
            search.verdicts.forget_steps();
            self.let_more_verdicts_go();
        }
    }

    /// Goes on by a piece with what was put off.
    pub(super) fn let_more_verdicts_go(&mut self) {
        let has_some = |search: &&mut Search| search.carried_out.len() > 0;
        let Some(search) = self.search.as_mut().filter(has_some) else { return };
        for (at, verdict) in search.carried_out.by_ref().take(DECISIONS) {
            if search.verdicts.of(at) == Some(&verdict) {
                search.verdicts.set(at, None);
            }
        }
        if search.carried_out.len() > 0 {
            self.effects.push(Effect::GoOn);
        } else {
            self.list_hits_anew();
            // What was changed outside meanwhile was not looked for, so that nothing was lost.
            self.find_overtaken();
        }
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
