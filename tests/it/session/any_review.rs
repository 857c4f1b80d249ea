//! Reviewing in whatever order, with answers that come late: what is shown is what the
//! files hold, nobody else's set is touched, and all of it can be undone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::{AnnotationSet, Annotator, Decision, Decisions, Schema, Status};
use tandai::review::{
    CaseRow, Comparison, Kind, RowBlock, Rule, TableColumn, TableLines, TableRows, Whose, arrange,
    begun, content,
};
use tandai::session::{
    AgainChoice, BulkChange, Command, Effect, Message, Reviewing, Saving, SettleChoice, Shown,
    table,
};
use tandai::storage::{SetOnDisk, Unread, built_in_schema};
use tandai::text::Offset;

use super::settling_any::{before, disk_of};
use super::{Person, annotator, path};
use crate::exchange::document;
use crate::hostile;
use crate::sayings::{NAMES, Sayings, people, sayings};

const ARTICLES: [&str; 3] = ["a.txt", "b.txt", "c.txt"];
const SETS: [&str; 5] = ["ana", "ben", "cy", "gold", "ana@2"];

#[derive(Clone, Debug)]
enum Gesture {
    Run(Command),
    Focus(Index),
    Select(Index, Index),
    Note(Index, String),
    Status(Status),
    Open(Index),
    ShowSet(Index),
    Row(Index, bool),
    Filter(String),
    Sort(TableColumn),
    Tick(Index),
    /// Looks at a change of many, and carries it out.
    Bulk(BulkChange, bool),
    Question(String),
    Again(u32, usize),
    Compare(BTreeSet<Annotator>),
    Cases(Shown),
    Settle(BTreeSet<Annotator>, Option<Rule>, bool),
    Measure(BTreeSet<Annotator>),
    Behind(Whose, Shown),
    Report,
    CloseDialog,
    CloseList,
    Step(Index),
    /// An answer that nobody waits for any more.
    Stray(usize),
}

fn gesture() -> impl Strategy<Value = Gesture> {
    use Gesture as G;
    let index = any::<Index>;
    let all: Vec<Command> = table(&built_in_schema()).into_iter().map(|e| e.command).collect();
    let of_this: Vec<Command> = all
        .iter()
        .copied()
        .filter(|command| {
            use Command as C;
            let table =
                matches!(command, C::ShowTable | C::TickRow | C::TickAllRows | C::GroupRows);
            let review = matches!(
                command,
                C::NextToReview
                    | C::PreviousToReview
                    | C::AcceptReview
                    | C::MarkAgain
                    | C::WorkAsOneself
            );
            let cases = matches!(
                command,
                C::Compare
                    | C::TakeFrom(0..3)
                    | C::TakeAll
                    | C::TakeNothing
                    | C::TakeAsGold
                    | C::EditCase
            );
            table || review || cases || matches!(command, C::NextLayout | C::ShowNextSet)
        })
        .collect();
    let work = [Command::Tag(0), Command::Tag(1), Command::Remove, Command::Undo, Command::Redo];
    let names = || {
        proptest::sample::subsequence(people(3), 0..=3)
            .prop_map(|names| names.into_iter().collect::<BTreeSet<_>>())
    };
    let shown = || {
        let label = proptest::option::of(select(vec![Arc::from("claim"), Arc::from("source")]));
        let kinds = proptest::sample::subsequence(Kind::DIFFERENCES.to_vec(), 1..=5);
        (label, kinds, any::<(bool, bool, bool, bool)>()).prop_map(
            |(label, kinds, (agreed, settled, links, most_first))| Shown {
                label,
                kinds: kinds.into_iter().chain(agreed.then_some(Kind::Agreed)).collect(),
                settled,
                links,
                most_first,
                ..Shown::default()
            },
        )
    };
    let rule = proptest::option::of(select(Rule::ALL.to_vec()));
    let status = select(vec![Status::New, Status::InProgress, Status::Done, Status::Skipped]);
    let change = prop_oneof![
        select(vec!["claim", "source", "zulu"]).prop_map(|label| BulkChange::Relabel(label.into())),
        select(vec!["indirect", "direct", "mixed"])
            .prop_map(|value| BulkChange::SetValue("directness".into(), value.into())),
        any::<bool>().prop_map(BulkChange::Discuss),
        Just(BulkChange::Remove),
    ];
    let whose = prop_oneof![Just(Whose::Everyone), (0_usize..4).prop_map(Whose::Pair)];
    let filter = prop_oneof![
        4 => select(vec!["", "label:claim", "-annotator:ana", "review:open", "has:link", "problem:any", "labl:"])
            .prop_map(str::to_owned),
        1 => hostile::string(),
    ];
    prop_oneof![
        3 => select(all).prop_map(G::Run),
        12 => select(of_this).prop_map(G::Run),
        6 => select(work.to_vec()).prop_map(G::Run),
        4 => index().prop_map(G::Focus),
        3 => (index(), index()).prop_map(|(one, other)| G::Select(one, other)),
        1 => (index(), hostile::string()).prop_map(|(at, note)| G::Note(at, note)),
        1 => status.prop_map(G::Status),
        3 => index().prop_map(G::Open),
        2 => index().prop_map(G::ShowSet),
        5 => (index(), any::<bool>()).prop_map(|(at, open)| G::Row(at, open)),
        2 => filter.prop_map(G::Filter),
        1 => select(TableColumn::ALL.to_vec()).prop_map(G::Sort),
        2 => index().prop_map(G::Tick),
        3 => (change, any::<bool>()).prop_map(|(change, apply)| G::Bulk(change, apply)),
        2 => hostile::string().prop_map(G::Question),
        1 => (0_u32..40, 0_usize..3).prop_map(|(days, articles)| G::Again(days, articles)),
        2 => names().prop_map(G::Compare),
        2 => shown().prop_map(G::Cases),
        2 => (names(), rule, any::<bool>()).prop_map(|(names, rule, begin)| G::Settle(names, rule, begin)),
        1 => names().prop_map(G::Measure),
        1 => (whose, shown()).prop_map(|(whose, shown)| G::Behind(whose, shown)),
        1 => Just(G::Report),
        1 => Just(G::CloseDialog),
        1 => Just(G::CloseList),
        1 => index().prop_map(G::Step),
        1 => (0_usize..5).prop_map(G::Stray),
    ]
}

/// What a gesture is now, as messages; what is not to be had is left out.
fn messages(gesture: Gesture, person: &Person) -> Option<Vec<Message>> {
    use Gesture as G;
    let annotation = |at: Index| {
        let annotations = person.session.shown_set()?.annotations();
        (!annotations.is_empty()).then(|| at.get(annotations).id.clone())
    };
    let row = |at: Index| {
        let count = person.session.list_place().0;
        (count > 0).then(|| at.index(count))
    };
    let one: Message = match gesture {
        G::Run(command) => Message::Run(command),
        G::Focus(at) => Message::Focus(annotation(at)?),
        G::Select(one, other) => {
            let text = &person.session.document()?.text;
            let [anchor, head] = [one, other].map(|at| hostile::place(text, at));
            Message::Drag { anchor, head, snap: false }
        }
        G::Note(at, note) => Message::SetNote { annotation: annotation(at)?, note },
        G::Status(status) => Message::SetStatus(status),
        G::Open(at) => Message::OpenDocument(path(at.get::<&str>(&ARTICLES))),
        G::ShowSet(at) => Message::ShowSet(annotator(at.get::<&str>(&SETS))),
        G::Row(at, open) => Message::GoToRow { row: row(at)?, open },
        G::Filter(typed) => Reviewing::FilterTable(typed).into(),
        G::Sort(column) => Reviewing::SortTable(column).into(),
        G::Tick(at) => Reviewing::TickRow(row(at)?).into(),
        G::Bulk(change, apply) => {
            let mut all = vec![
                Message::Run(Command::ShowTable),
                Message::Run(Command::ChangeRows),
                Reviewing::ChooseBulk(change).into(),
            ];
            all.extend(apply.then(|| Reviewing::ApplyBulk.into()));
            return Some(all);
        }
        G::Question(note) => Reviewing::Question(note).into(),
        G::Again(days, articles) => {
            let choice = Reviewing::ChooseAgain(AgainChoice { days, articles }).into();
            return Some(vec![
                Message::Run(Command::MarkAgain),
                choice,
                Reviewing::BeginAgain.into(),
            ]);
        }
        G::Compare(names) => Reviewing::Compare(names).into(),
        G::Cases(shown) => Reviewing::ShowCases(shown).into(),
        G::Settle(annotators, rule, begin) => {
            let choice = Reviewing::SetSettling(SettleChoice { annotators, rule }).into();
            let mut all = vec![Message::Run(Command::Settle), choice];
            all.extend(begin.then(|| Reviewing::BeginSettling.into()));
            return Some(all);
        }
        G::Measure(names) => Reviewing::Measure(names).into(),
        G::Behind(whose, shown) => Reviewing::ListBehind(whose, shown).into(),
        G::Report => Reviewing::WriteReport(PathBuf::from("/nowhere/report.html")).into(),
        G::CloseDialog => Message::CloseDialog,
        G::CloseList => Message::CloseList,
        G::Step(at) => {
            let history = person.session.history();
            Message::GoToStep(at.index(history.done().len() + history.undone().len() + 1))
        }
        G::Stray(which) => {
            let number = u64::MAX;
            let (looked_at, unread, finished) = (7, Unread::default(), true);
            let stray = match which {
                0 => Reviewing::Tabulated { number, rows: Vec::new(), looked_at, unread, finished },
                1 => Reviewing::Arranged(number, TableLines::default()),
                2 => Reviewing::UnreviewedFound(number, None),
                3 => Reviewing::DoneFound(number, BTreeMap::new(), vec![path("a.txt")]),
                _ => {
                    let (rows, left_out) = (Vec::new(), 2);
                    Reviewing::Compared { number, rows, looked_at, left_out, unread, finished }
                }
            };
            stray.into()
        }
    };
    Some(vec![one])
}

/// What the files hold: all sets, the schema, what was decided.
fn files(person: &Person) -> (Vec<SetOnDisk>, Schema, BTreeMap<Annotator, Decisions>) {
    let mut decided = person.decided.clone();
    decided.retain(|_, decided| decided.iter().count() > 0);
    let schema = person.schema_file.clone().unwrap_or_else(built_in_schema);
    (person.sets(&ARTICLES, &SETS), schema, decided)
}

/// The sets about an article, by name, as the files hold them.
fn sets_of(person: &Person, article: &str) -> Vec<AnnotationSet> {
    let mut names = SETS.map(annotator);
    names.sort();
    let found = names.iter().map(|name| person.found(name, &path(article)));
    found
        .filter_map(|found| if let SetOnDisk::Read(set) = found { Some(set) } else { None })
        .collect()
}

/// The lines that the table must have, and the cases that must be compared.
fn check_lists(person: &Person, said: &[Sayings]) {
    let articles = || {
        ARTICLES.iter().zip(said).map(|(name, said)| {
            (*name, document(name.trim_end_matches(".txt"), said.text.as_str()))
        })
    };
    if let Some(table) = person.session.table().filter(|table| !table.progress.running) {
        let mut rows = TableRows::default();
        for (name, about) in articles() {
            for set in sets_of(person, name) {
                rows.extend(RowBlock::of_set(person.session.schema(), &about, &set));
            }
        }
        let wanted = arrange(&rows, &table.arrangement, &person.session.reviews());
        let words =
            |lines: &TableLines| lines.iter().map(|line| format!("{line:?}")).collect::<Vec<_>>();
        assert_eq!(words(&table.lines), words(&wanted));
        assert_eq!(table.count(), rows.count());
    }
    if let Some(comparing) = person.session.comparing().filter(|one| !one.progress.running) {
        let mut wanted: Vec<CaseRow> = Vec::new();
        for (name, about) in articles() {
            let sets = sets_of(person, name);
            let compared = begun(&comparing.annotators, sets.iter());
            let gold = sets.iter().find(|set| set.annotator().is_gold());
            if compared.len() > 1 {
                let comparison = Comparison::of(&compared, gold);
                wanted.extend(CaseRow::of(&comparing.annotators, &about, &comparison, gold));
            }
        }
        assert_eq!(comparing.rows, wanted);
    }
    let reviewed = || {
        let (reading, set) = (person.session.reading()?, person.session.shown_set()?);
        let decided = person.decisions_of(person.session.annotator());
        let is = |content: &str, id: &tandai::corpus::Id| {
            decided.iter().any(|decision| {
                matches!(decision, Decision::Reviewed(review)
                if review.document == reading.document && review.annotator == reading.shown
                    && review.annotation == *id && review.content == content)
            })
        };
        let all = set.annotations().iter();
        Some(all.filter(|one| is(&content(one), &one.id)).count())
    };
    if person.session.columns().is_empty() {
        let merged = person.session.layout() == tandai::session::PageLayout::Merged;
        let wanted = if merged { 0 } else { reviewed().unwrap_or_default() };
        assert!(merged || person.session.reviewed_here() == wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn after_any_reviewing_what_is_shown_is_what_is_saved_and_all_of_it_can_be_undone(
        said in vec(sayings(), 3),
        gestures in vec((gesture(), prop::bool::weighted(0.15)), 0..40),
    ) {
        let disk = disk_of(&said, NAMES.len());
        let mut person = before(&said, &disk, &BTreeMap::new());
        person.tell(Message::OpenDocument(path("a.txt")));
        let (mut start, mut own) = (files(&person), annotator("ana"));
        let mut late: Vec<Effect> = Vec::new();
        for (gesture, waits) in gestures {
            for message in messages(gesture, &person).unwrap_or_default() {
                late.extend(person.tell_only(message));
                // Whoever works as another begins anew.
                if *person.session.annotator() != own {
                    own = person.session.annotator().clone();
                    start = files(&person);
                }
            }
            if waits {
                continue;
            }
            person.carry_out(std::mem::take(&mut late));
            prop_assert_eq!(person.session.saving(), Saving::Saved);
            let decided = person.decisions_of(person.session.annotator());
            prop_assert_eq!(person.session.decisions(), Some(&decided));
        }
        person.carry_out(late);
        for (key, set) in disk.iter().filter(|((who, _), _)| who.as_str() != "ana") {
            prop_assert_eq!(&person.disk[key], set, "{:?}", key);
        }
        check_lists(&person, &said);
        person.redo_all();
        let after = files(&person);
        person.undo_all();
        check_lists(&person, &said);
        prop_assert_eq!(files(&person), start);
        person.redo_all();
        prop_assert_eq!(files(&person), after);
        let end = person.session.document().map_or(Offset::ZERO, |document| document.text.end());
        prop_assert!(person.session.selection().range().end <= end);
    }
}
