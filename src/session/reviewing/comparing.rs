use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Decisions, DocumentPath};
use crate::review::{CaseRow, Comparison, Kind, begun, compared_by_default};
use crate::session::effect::Effect;
use crate::session::lists::Listing;
use crate::session::pieces::PIECE;
use crate::session::progress::Progress;
use crate::session::state::Session;
use crate::storage::Unread;

/// Annotators who are compared over all articles, and what was found so far.
#[derive(Clone, Debug)]
pub struct Comparing {
    pub(super) number: u64,
    /// Who is compared, by name.
    pub annotators: Vec<Annotator>,
    /// All cases, in the order of articles and text.
    pub rows: Vec<CaseRow>,
    /// How far it has come.
    pub progress: Progress,
    /// How many articles fewer than two of them have begun.
    pub left_out: usize,
    /// The articles and sets that could not be read.
    pub unread: Unread,
    /// Which cases are listed.
    pub shown: Shown,
    /// The case that the person is at, by its place in [`Self::rows`].
    pub at: Option<usize>,
    /// The case that the person was at before these were compared anew: its document, its key
    /// and the row of the list that it was in.
    awaited: Option<(DocumentPath, String, usize)>,
    /// The cases that are listed, by their places.
    pub(super) listed: Vec<usize>,
    /// Where the person is among them.
    pub(super) row: Option<usize>,
    /// The places of articles, where those that differ most come first; empty until these
    /// are found out.
    pub(super) order: BTreeMap<DocumentPath, usize>,
    /// Whether cases have changed since it was found out which are listed, and which of
    /// them are settled.
    pub(super) is_stale: bool,
    /// How many there are of each kind that are not settled.
    pub(super) open: BTreeMap<Kind, usize>,
    /// How many are settled.
    pub(super) settled: usize,
    /// Which of [`Self::rows`] are settled, as far as that was found out.
    pub(super) is_settled: Vec<bool>,
    /// The documents that were changed before their cases were there: what comes of them
    /// may be as it was.
    pub(super) late: BTreeSet<DocumentPath>,
}

/// What the first of two annotators calls a thing, and what the second does; `None` stands
/// for nothing there.
pub type Confusion = (Option<Arc<str>>, Option<Arc<str>>);

/// Which cases are listed, and in which order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// Which kinds of differences, and whether also what everyone says alike.
    pub kinds: BTreeSet<Kind>,
    /// Whether also what is settled.
    pub settled: bool,
    /// Only what somebody gives this label.
    pub label: Option<Arc<str>>,
    /// Only what the first two give these labels.
    pub confused: Option<Confusion>,
    /// Only links.
    pub links: bool,
    /// Only this article.
    pub document: Option<DocumentPath>,
    /// Only these articles, which all who were measured have begun.
    pub among: Option<Arc<BTreeSet<DocumentPath>>>,
    /// Whether the articles that differ most come first.
    pub most_first: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            kinds: Kind::DIFFERENCES.into(),
            settled: false,
            label: None,
            confused: None,
            links: false,
            document: None,
            among: None,
            most_first: true,
        }
    }
}

impl Shown {
    /// All kinds, also what everyone says alike.
    #[must_use]
    pub fn all_kinds() -> Self {
        let kinds = Kind::DIFFERENCES.into_iter().chain([Kind::Agreed]);
        Self { kinds: kinds.collect(), ..Self::default() }
    }

    pub(super) fn takes(&self, row: &CaseRow) -> bool {
        // A link that is everyone's is one, too.
        let links = !row.is_link || self.kinds.contains(&Kind::Link);
        let kind = links && self.kinds.contains(&row.kind);
        let label = self.label.as_ref().is_none_or(|label| row.has_label(label));
        let document = self.document.as_ref().is_none_or(|document| row.document == *document)
            && self.among.as_ref().is_none_or(|among| among.contains(&row.document));
        let confused = self.confused.as_ref().is_none_or(|(one, other)| {
            let says = |at: usize| {
                row.said.get(at).and_then(|voice| voice.saying()).map(|saying| &saying.label)
            };
            !row.is_link && says(0) == one.as_ref() && says(1) == other.as_ref()
        });
        kind && label && document && confused && (row.is_link || !self.links)
    }
}

impl Session {
    /// Who is compared over all articles, and what was found.
    pub fn comparing(&self) -> Option<&Comparing> {
        self.comparing.as_ref()
    }

    /// What was settled in gold; `None` until it is read.
    pub fn gold_decisions(&self) -> Option<&Decisions> {
        self.decisions_of(&Annotator::gold()).map(|decisions| &**decisions)
    }

    /// Everyone who has sets about some article, as far as is known.
    pub fn everyone(&self) -> Vec<Annotator> {
        let mut everyone: BTreeSet<Annotator> = self.annotators.iter().cloned().collect();
        everyone.insert(self.annotator.clone());
        // A set may have come since the project was opened.
        everyone.extend(self.held().into_iter().flat_map(|held| held.others.keys().cloned()));
        everyone.into_iter().collect()
    }

    /// Compares annotators over all articles: those who were compared last, or else the
    /// person with the one whose set is shown, or else everyone.
    pub(in crate::session) fn compare(&mut self) {
        // What is listed follows the sets: one comes back to where one was, unless it was stopped.
        let is_whole =
            |one: &Comparing| one.progress.running || one.progress.looked_at >= one.progress.of;
        if self.comparing.as_ref().is_some_and(is_whole) {
            self.listing = Some(Listing::Cases);
            self.effects.push(Effect::FocusList);
            return;
        }
        let annotators = self.to_compare();
        self.compare_these(annotators.into_iter().collect());
    }

    /// Who is compared when nobody was chosen.
    pub(super) fn to_compare(&self) -> Vec<Annotator> {
        if let Some(comparing) = &self.comparing {
            return comparing.annotators.clone();
        }
        let shown = self.reading.as_ref().map(|reading| reading.shown.clone());
        match shown.filter(|shown| *shown != self.annotator && !self.annotator.is_gold()) {
            Some(shown) => vec![self.annotator.clone(), shown],
            None => compared_by_default(&self.everyone()),
        }
    }

    /// Compares these, if they are two or more; otherwise says what is wanting.
    pub(super) fn compare_these(&mut self, mut annotators: BTreeSet<Annotator>) {
        // What is settled in gold is settled between others.
        if self.annotator.is_gold() {
            annotators.remove(&Annotator::gold());
        }
        if annotators.len() < 2 {
            self.warn("It takes two annotators to compare".to_owned());
            return;
        }
        // What was to be taken over is so of those who were chosen for it.
        self.takeover.take_if(|choice| choice.annotators != annotators);
        let shown = self.comparing.take().map(|comparing| comparing.shown).unwrap_or_default();
        self.begin_comparing(annotators.into_iter().collect(), shown);
        self.listing = Some(Listing::Cases);
        self.dialog = None;
        self.refresh_comparison();
        self.list_cases_anew();
        self.effects.push(Effect::FocusList);
    }

    /// Compares the same ones anew, if changes of sets that are not in memory have overtaken what
    /// is listed. One stays at the case that one is at or, where that is gone, in its row.
    fn compare_overtaken(&mut self) {
        let is_overtaken = |one: &mut Comparing| one.progress.is_to_begin_anew();
        let Some(before) = self.comparing.take_if(is_overtaken) else { return };
        let case = before.case_in_hand().zip(before.row);
        let awaited = case.map(|(case, row)| (case.document.clone(), case.key.clone(), row));
        self.begin_comparing(before.annotators, before.shown);
        if let Some(comparing) = self.comparing.as_mut() {
            comparing.awaited = awaited;
            comparing.order = before.order;
        }
    }

    /// Compares the same ones anew, after sets have changed that are not in memory.
    pub(in crate::session) fn compare_anew(&mut self) {
        if let Some(comparing) = self.comparing.as_mut() {
            comparing.progress.be_overtaken();
        }
        self.compare_overtaken();
    }

    fn begin_comparing(&mut self, annotators: Vec<Annotator>, shown: Shown) {
        let Some(project) = self.project.clone() else { return };
        let documents = self.documents.paths();
        let number = self.next_number();
        self.comparing = Some(Comparing {
            number,
            annotators: annotators.clone(),
            rows: Vec::new(),
            progress: Progress::through(documents.len()),
            left_out: 0,
            unread: Unread::default(),
            shown,
            at: None,
            awaited: None,
            listed: Vec::new(),
            row: None,
            order: BTreeMap::new(),
            is_stale: false,
            open: BTreeMap::new(),
            settled: 0,
            is_settled: Vec::new(),
            late: BTreeSet::new(),
        });
        self.effects.push(Effect::Compare {
            number,
            project,
            documents,
            annotators,
            in_memory: self.sets_in_memory(),
        });
    }

    pub(super) fn compared(
        &mut self,
        number: u64,
        rows: Vec<CaseRow>,
        looked_at: usize,
        (left_out, unread): (usize, Unread),
        finished: bool,
    ) {
        let Some(comparing) = self.comparing.as_mut().filter(|one| one.number == number) else {
            return;
        };
        let first = comparing.rows.len();
        comparing.rows.extend(rows);
        comparing.left_out += left_out;
        comparing.unread += unread;
        comparing.progress.go_on(looked_at, finished);
        if finished {
            for path in std::mem::take(&mut comparing.late) {
                self.refresh_cases_of(&path);
            }
        }
        if finished {
            self.list_cases_anew();
            self.return_to_awaited_case();
            self.compare_overtaken();
            self.go_on_with_takeover();
        } else {
            self.list_more_cases(first);
        }
    }

    /// One is at the case again that one was at before all were compared anew or, where that is
    /// gone, in its row.
    fn return_to_awaited_case(&mut self) {
        let Some(comparing) = self.comparing.as_mut() else { return };
        let awaited = comparing.awaited.take().filter(|_| comparing.at.is_none());
        let Some((document, key, row)) = awaited else { return };
        let range = comparing.range_of(&document);
        let cases = comparing.rows.get(range.clone()).unwrap_or_default();
        let within = cases.iter().position(|case| case.key == key);
        let last = comparing.listed.len().saturating_sub(1);
        let near = comparing.listed.get(row.min(last)).copied();
        comparing.at = within.map(|within| range.start + within).or(near);
        comparing.find_row();
    }

    /// Lists other cases than before.
    pub(super) fn show_cases(&mut self, shown: Shown) {
        if let Some(comparing) = self.comparing.as_mut() {
            comparing.shown = shown;
            comparing.order.clear();
        }
        self.list_cases_anew();
    }

    /// Lists only the kind of the case that one is at or, where one kind is listed only, all.
    pub(super) fn only_this_kind(&mut self) {
        let Some(comparing) = &self.comparing else { return };
        let mut shown = comparing.shown.clone();
        let kind = comparing.case_in_hand().map(|case| case.kind);
        if let Some(kind) = kind.filter(|_| shown.kinds.len() > 1) {
            shown.kinds = BTreeSet::from([kind]);
            self.say(format!("Only what differs so: {}", kind.title()));
        } else {
            shown.kinds = Kind::DIFFERENCES.into();
            self.say("All that differs".to_owned());
        }
        self.show_cases(shown);
    }

    /// Finds out anew which cases are listed, if some of them have changed.
    pub(in crate::session) fn list_changed_cases(&mut self) {
        if self.comparing.as_ref().is_some_and(|comparing| comparing.is_stale) {
            self.list_cases_anew();
        }
    }

    /// Finds out anew which cases are listed, after what they depend on has changed.
    pub(in crate::session) fn list_cases_anew(&mut self) {
        let Some(mut comparing) = self.comparing.take() else { return };
        comparing.list(self.gold_decisions());
        self.comparing = Some(comparing);
    }

    /// Lists cases that have come behind the others, from this place on.
    fn list_more_cases(&mut self, first: usize) {
        let Some(mut comparing) = self.comparing.take() else { return };
        if comparing.is_stale || comparing.is_settled.len() != first {
            comparing.list(self.gold_decisions());
        } else {
            comparing.list_from(first, self.gold_decisions());
        }
        self.comparing = Some(comparing);
    }

    /// Brings the cases of these documents up to date, after their sets or what was decided
    /// about them has changed: of many a piece at a time, with frames between.
    pub(in crate::session) fn bring_cases_up_to_date(&mut self, documents: BTreeSet<DocumentPath>) {
        if self.comparing.is_none() {
            return;
        }
        if documents.len() > PIECE {
            self.stale_cases.extend(documents);
            self.effects.push(Effect::GoOn);
            return;
        }
        for document in &documents {
            self.refresh_cases_of(document);
        }
        self.list_changed_cases();
    }

    /// Goes on with a piece of what was put off.
    pub(in crate::session) fn bring_more_cases_up_to_date(&mut self) {
        let piece = PIECE.min(self.stale_cases.len());
        let piece = self.stale_cases.drain(..piece).collect();
        self.bring_cases_up_to_date(piece);
        if !self.stale_cases.is_empty() {
            self.effects.push(Effect::GoOn);
        }
    }

    /// The row of the list that one begins with: in the open article or, once all are
    /// compared and it is not among them, the first.
    pub(in crate::session) fn first_case(&self) -> Option<usize> {
        let comparing = self.comparing.as_ref()?;
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let here = open.and_then(|open| comparing.first_row_in(open));
        here.or((!comparing.progress.running).then_some(0))
    }

    /// Compares the open article anew, after a set or whose sets are compared has
    /// changed.
    pub(in crate::session) fn refresh_comparison(&mut self) {
        self.compare_open_article();
        if let Some(open) = self.reading.as_ref().map(|reading| reading.document.clone()) {
            self.refresh_cases_of(&open);
        }
    }

    /// The same, but for the list.
    pub(in crate::session) fn compare_open_article(&mut self) {
        let open = self.reading.as_ref().map(|reading| reading.document.clone());
        self.comparison = open.as_ref().and_then(|open| self.compare_in(open));
        self.refresh_page();
    }

    /// Brings the cases of a document up to date: of one that is in memory what they are, of
    /// any which of them are listed.
    pub(in crate::session) fn refresh_cases_of(&mut self, path: &DocumentPath) {
        let rows = self.case_rows_of(path);
        let Some(mut comparing) = self.comparing.take() else { return };
        comparing.take_in(path, rows, self.gold_decisions());
        self.comparing = Some(comparing);
    }

    /// The cases of a document as they are now; `None` where it is not in memory.
    fn case_rows_of(&self, path: &DocumentPath) -> Option<Vec<CaseRow>> {
        let annotators = &self.comparing.as_ref()?.annotators;
        let held = self.held.get(path)?;
        let open = self.reading.as_ref().is_some_and(|reading| reading.document == *path);
        let compared = if open { self.comparison.clone() } else { self.compare_in(path) };
        let gold = held.set_of(&Annotator::gold()).map(|gold| &**gold);
        // What fewer than two have begun any more has no cases.
        let rows = compared.map(|one| CaseRow::of(annotators, &held.document, &one, gold));
        Some(rows.unwrap_or_default())
    }

    /// What those who are compared say about an article that is in memory, if two or
    /// more have begun it.
    fn compare_in(&self, path: &DocumentPath) -> Option<Arc<Comparison>> {
        let comparing = self.comparing.as_ref()?;
        let held = self.held.get(path)?;
        let sets = held.sets().filter_map(|(_, set)| set.map(|set| &**set));
        let sets: Vec<&AnnotationSet> = begun(&comparing.annotators, sets);
        let gold = held.set_of(&Annotator::gold());
        (sets.len() > 1).then(|| Arc::new(Comparison::of(&sets, gold.map(|gold| &**gold))))
    }
}
