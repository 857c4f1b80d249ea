//! Beginning to settle, and taking over what annotators agree about.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Decisions, DocumentPath, Edit};
use crate::review::{Case, Comparison, Kind, Outcome, Rule, Subject, begun, settle};
use crate::session::applying::{counted, past_tense};
use crate::session::attempt::Deed;
use crate::session::carrying::Afterwards;
use crate::session::dialog::Dialog;
use crate::session::held::Held;
use crate::session::pieces::{PIECE, Work};
use crate::session::saving::Saving;
use crate::session::state::Session;
use crate::session::tasks::Then;

/// What it is called while it goes on.
const TITLE: &str = "Taking over what is agreed";

/// How one settles.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SettleChoice {
    /// Whose sets.
    pub annotators: BTreeSet<Annotator>,
    /// What is taken over without being asked about; nothing without one.
    pub rule: Option<Rule>,
}

/// What annotators agree about in many documents, as far as it was worked out.
#[derive(Clone, Debug)]
pub(in crate::session) struct TakingOver {
    annotators: Vec<Annotator>,
    rule: Rule,
    /// What was decided when it was begun to be worked out.
    decided: Option<Arc<Decisions>>,
    /// The documents of which it is still to be worked out.
    waiting: VecDeque<DocumentPath>,
    found: Vec<TakenOver>,
    /// How many documents could not be read.
    unreadable: usize,
}

/// What is taken over in one document.
#[derive(Clone, Debug)]
struct TakenOver {
    document: DocumentPath,
    /// The sets that it was worked out from.
    from: Vec<Arc<AnnotationSet>>,
    /// What is done there.
    deeds: Vec<Deed>,
    /// How many cases that settles.
    cases: usize,
    /// How many links that are agreed have an end that is not in gold.
    waiting: usize,
}

/// What is taken over into gold's set about a document.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) edits: Vec<Edit>,
    /// The keys of the cases that are settled by that.
    pub(super) keys: Vec<String>,
    /// How many links that are agreed have an end that is not in gold.
    waiting: usize,
}

impl Session {
    /// How one settles, as it was chosen last.
    pub fn settling(&self) -> &SettleChoice {
        &self.settling
    }

    /// Asks how to settle.
    pub(in crate::session) fn open_settling(&mut self) {
        // Some may be of another project, or gone.
        let everyone = self.everyone();
        self.settling.annotators.retain(|one| everyone.contains(one));
        if self.settling.annotators.len() < 2 {
            let people = self.to_compare().into_iter().filter(|one| !one.is_gold());
            self.settling.annotators = people.collect();
            self.settling.rule = Some(Rule::Exact);
        }
        self.dialog = Some(Dialog::Settle { error: None });
    }

    pub(super) fn set_settling(&mut self, choice: SettleChoice) {
        self.settling = choice;
    }

    /// Works as gold from now on, compares, and takes over what is wanted as soon as all
    /// is compared.
    pub(super) fn begin_settling(&mut self) {
        let choice = self.settling.clone();
        if choice.annotators.len() < 2 {
            let error = Some("It takes two annotators to settle between".to_owned());
            self.dialog = Some(Dialog::Settle { error });
            return;
        }
        if !self.annotator.is_gold() && self.saving() != Saving::Saved {
            let error = Some("Not yet: the last changes are not saved".to_owned());
            self.dialog = Some(Dialog::Settle { error });
            return;
        }
        self.dialog = None;
        self.work_as(Annotator::gold());
        self.comparing = None;
        // The list has the keyboard, not the article that is read anew.
        self.quiet.clone_from(&self.awaited);
        self.takeover = choice.rule.map(|_| choice.clone());
        self.compare_these(choice.annotators);
    }

    /// Takes over what annotators agree about, when that is what was waited for.
    pub(in crate::session) fn go_on_with_takeover(&mut self) {
        let Some(rule) = self.takeover.as_ref().and_then(|choice| choice.rule) else { return };
        let Some(comparing) = self.comparing.as_ref().filter(|one| !one.progress.running) else {
            return;
        };
        // One cannot say what was decided before that is read.
        if self.decisions.is_none() {
            return;
        }
        self.takeover = None;
        if let Some(problem) = &self.decisions_problem {
            let words =
                format!("Nothing was taken over: what is settled cannot be kept. {problem}");
            self.warn(words);
            return;
        }
        let open = comparing.rows.iter().enumerate().filter(|(at, row)| {
            matches!(row.kind, Kind::Agreed | Kind::Boundary) && !comparing.is_settled(*at)
        });
        let documents: BTreeSet<DocumentPath> = open.map(|(_, row)| row.document.clone()).collect();
        if documents.is_empty() {
            let words = "Gold has all that is agreed already".to_owned();
            if comparing.unread.count() == 0 {
                self.say(words);
            } else {
                self.warn(format!("{words}, as far as it can be read: {}", comparing.unread));
            }
            return;
        }
        let annotators = comparing.annotators.clone();
        let documents: Vec<DocumentPath> = documents.into_iter().collect();
        let taking = TakingOver {
            annotators,
            rule,
            decided: None,
            waiting: documents.iter().cloned().collect(),
            found: Vec::new(),
            unreadable: 0,
        };
        let then = Then::TakeOver(taking);
        self.gather(TITLE.to_owned(), documents, Vec::new(), BTreeSet::new(), then);
    }

    /// Works out what a rule takes, a piece at a time: all that is concerned is in memory.
    pub(in crate::session) fn begin_taking_over(&mut self, mut taking: TakingOver) {
        taking.decided.clone_from(&self.decisions);
        self.put_off_taking_over(taking);
    }

    fn put_off_taking_over(&mut self, taking: TakingOver) {
        let done = taking.found.len() + taking.unreadable;
        let far = (done, done + taking.waiting.len());
        self.put_off(TITLE.to_owned(), far, Work::TakingOver(taking));
    }

    /// Goes on by a piece, and takes over what was found when all is worked out.
    pub(in crate::session) fn take_some_over(&mut self, mut taking: TakingOver) {
        if !self.annotator.is_gold() {
            self.warn_of_stopped(TITLE);
            return;
        }
        for path in taking.waiting.drain(..PIECE.min(taking.waiting.len())) {
            match self.what_is_taken_over(&taking.annotators, taking.rule, path) {
                Some(taken) => taking.found.push(taken),
                None => taking.unreadable += 1,
            }
        }
        if taking.waiting.is_empty() {
            self.take_over(taking);
        } else {
            self.put_off_taking_over(taking);
        }
    }

    /// What is taken over in a document; `None` where it cannot be read.
    fn what_is_taken_over(
        &mut self,
        annotators: &[Annotator],
        rule: Rule,
        document: DocumentPath,
    ) -> Option<TakenOver> {
        let held = self.held.get(&document).filter(|held| held.unreadable.is_none())?.clone();
        let Taken { edits, keys, waiting } = self.taken_over(&held, annotators, rule, None);
        let own = self.annotator.clone();
        let edits = edits.into_iter().map(|edit| Deed::Edit(document.clone(), own.clone(), edit));
        let mut deeds: Vec<Deed> = edits.collect();
        let cases = keys.len();
        let settled = keys.into_iter().map(|case| self.settled_by_person(&document, case));
        deeds.extend(settled.map(|settled| Deed::Decide(None, settled, true)));
        Some(TakenOver { document, from: sets_of(&held), deeds, cases, waiting })
    }

    /// Takes over into gold what was found, in one step over all these documents.
    fn take_over(&mut self, taking: TakingOver) {
        let TakingOver { annotators, rule, decided, found, mut unreadable, .. } = taking;
        let mut deeds = Vec::new();
        let (mut count, mut articles, mut waiting) = (0, 0, 0);
        // Another program may have changed something in the meantime.
        let is_decided_so = match (&decided, &self.decisions) {
            (Some(then), Some(now)) => Arc::ptr_eq(then, now),
            (then, now) => then.is_none() && now.is_none(),
        };
        for taken in found {
            let held = self.held.get(&taken.document);
            let is_as_it_was = held.is_some_and(|held| {
                let now = sets_of(held);
                now.len() == taken.from.len()
                    && now.iter().zip(&taken.from).all(|(now, then)| Arc::ptr_eq(now, then))
            });
            let taken = if is_decided_so && is_as_it_was {
                Some(taken)
            } else {
                self.what_is_taken_over(&annotators, rule, taken.document)
            };
            let Some(taken) = taken else {
                unreadable += 1;
                continue;
            };
            count += taken.cases;
            waiting += taken.waiting;
            articles += usize::from(taken.cases > 0);
            deeds.push(taken.deeds);
        }
        let left = counted(unreadable, "article");
        let left = format!("{left} could not be read: nothing was taken over there");
        if count == 0 {
            match unreadable {
                0 if waiting > 0 => {
                    self.say(format!("Nothing was taken over; {}", not_in_gold(waiting)));
                }
                0 => self.say("Nothing more that is agreed can be taken over by itself".to_owned()),
                _ => self.warn(left),
            }
            return;
        }
        let what = counted(count, "thing");
        let how = match rule {
            Rule::Exact => "agreed".to_owned(),
            rule => format!("agreed or {}", rule.title()),
        };
        let name = format!("take over {what} {how}, in {}", counted(articles, "article"));
        let left = match (unreadable, waiting) {
            (0, 0) => None,
            (0, waiting) => Some(format!("{}; {}", past_tense(&name), not_in_gold(waiting))),
            _ => Some(left),
        };
        self.carry_out_then(name, deeds, None, Afterwards::Tell(left));
    }

    /// The edits of gold that take over what a rule takes in one document, and the keys
    /// of the cases that they settle: of what gold has nothing of, so that nothing that a
    /// person made in gold is made otherwise. After one more case is settled, just the
    /// links, which may have had to wait for it.
    pub(super) fn taken_over(
        &mut self,
        held: &Held,
        annotators: &[Annotator],
        rule: Rule,
        settled_now: Option<&str>,
    ) -> Taken {
        let (mut gold, mut all) = ((*held.set).clone(), Taken::default());
        // Links come when what they connect is there.
        let passes: &[bool] = if settled_now.is_some() { &[true] } else { &[false, true] };
        for links in passes.iter().copied() {
            let sets: Vec<&AnnotationSet> =
                begun(annotators, held.sets().filter_map(|(_, set)| set.map(|set| &**set)));
            if sets.len() < 2 {
                break;
            }
            let comparison = Comparison::of(&sets, Some(&gold));
            let decided = self.gold_decisions().map(|gold| gold.settled_in(&held.document.path));
            let is_decided = |case: &Case| {
                settled_now == Some(&case.key)
                    || decided.as_ref().is_some_and(|decided| decided.contains(&case.key))
            };
            let is_open = |case: &Case| {
                let (is_link, is_in_gold) = match &case.subject {
                    Subject::Annotation { gold, .. } => (false, !gold.is_empty()),
                    Subject::Link { gold, .. } => (true, !gold.is_empty()),
                };
                is_link == links && !is_in_gold && !is_decided(case)
            };
            let open = comparison.cases.iter().enumerate().filter(|(_, case)| is_open(case));
            let taken = open.filter_map(|(at, case)| Some((at, case, outcome(rule, case)?)));
            for (at, case, outcome) in taken.collect::<Vec<_>>() {
                let Ok(edits) = settle(&comparison, at, &outcome, &gold, || self.new_id_in(&gold))
                else {
                    all.waiting += usize::from(links);
                    continue;
                };
                if edits.iter().all(|edit| gold.apply(edit.clone()).is_ok()) {
                    all.edits.extend(edits);
                    all.keys.push(case.key.clone());
                }
            }
        }
        all
    }

    /// How many things the choice would settle by itself, of those that are known: by
    /// kind, what is open.
    pub fn open_cases(&self) -> BTreeMap<Kind, usize> {
        self.comparing.as_ref().map(|comparing| comparing.open.clone()).unwrap_or_default()
    }
}

/// How many agreed links were not taken over, and why.
fn not_in_gold(links: usize) -> String {
    let verb = if links == 1 { "has" } else { "have" };
    format!("{} {verb} an end that is not in gold", counted(links, "agreed link"))
}

/// All sets about a document.
fn sets_of(held: &Held) -> Vec<Arc<AnnotationSet>> {
    held.sets().filter_map(|(_, set)| set.cloned()).collect()
}

/// How a rule settles a case, if it does.
fn outcome(rule: Rule, case: &Case) -> Option<Outcome> {
    match &case.subject {
        Subject::Annotation { .. } => {
            rule.content(case).map(|content| Outcome::Content(Box::new(content)))
        }
        Subject::Link { .. } => (case.kind == Kind::Agreed).then(|| Outcome::Take(vec![0])),
    }
}
