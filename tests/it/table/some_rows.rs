//! Rows as they may come, with what reviewers said of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{Annotator, Decision, Decisions, Fragments, Id, Review};
use tandai::review::{Finding, FindingKind, Reviews, RowKey, TableRow};
use tandai::text::{Offset, Span};

use crate::exchange::person;
use crate::files::document_path;

/// Words of which much is alike: other capitals, other ends, blanks, signs of a filter.
const WORDS: [&str; 14] = [
    "claim",
    "Claim",
    "DENIAL",
    "denial",
    "kata Budi",
    "Kata",
    "ΟΔΟΣ",
    "οδος",
    "οδοσα",
    "a:b",
    "-x",
    "x",
    "é",
    "any",
];

pub(super) fn word() -> impl Strategy<Value = String> {
    select(WORDS.to_vec()).prop_map(str::to_owned)
}

pub(super) fn words() -> impl Strategy<Value = String> {
    vec(word(), 0..3).prop_map(|words| words.join(" "))
}

/// What one reviewer said of a row: nothing, or whether it was other then and accepted.
pub(super) type Said = Option<(bool, bool)>;

fn row() -> impl Strategy<Value = (TableRow, Vec<Said>)> {
    let text = |words: String| -> Box<str> { words.into() };
    let problem = |(text, places): (String, usize)| {
        let places = (0..places).map(Offset::new).filter_map(|at| Span::new(at, at + 1));
        let kind = FindingKind::Untagged { text, label: "x".into(), places: places.collect() };
        let (annotation, at) = (Id::new("x").unwrap(), Offset::ZERO..Offset::new(1));
        Finding { kind, annotation, at, mends: Vec::new() }
    };
    let value = (select(vec!["kind", "Kind", "mood"]), word(), any::<bool>())
        .prop_map(|(name, value, stored)| (Arc::from(name), Arc::from(value), stored));
    let first =
        (select(vec!["a", "b", "B c"]), select(vec!["ana", "Ben", "ana@2"]), word(), 1_usize..3);
    let second = (words(), vec(value, 0..3), vec(word(), 0..3), words(), any::<bool>());
    let last =
        (vec((words(), 1_usize..4), 0..3), vec(proptest::option::of(any::<(bool, bool)>()), 3));
    (first, second, last).prop_map(
        move |(
            (document, annotator, label, fragments),
            (quote, values, links, note, to_discuss),
            (problems, said),
        )| {
            let key = RowKey {
                document: document_path(&format!("{document}.txt")),
                annotator: Annotator::of_folder(annotator).unwrap(),
                annotation: Id::new("x").unwrap(),
            };
            let spans = (0..fragments).map(Offset::new).filter_map(|at| Span::new(at, at + 1));
            let row = TableRow {
                key,
                label: label.into(),
                fragments: Fragments::in_order(spans.collect()).unwrap(),
                before: "".into(),
                quote: text(quote),
                after: "".into(),
                values,
                links: links.into_iter().map(Arc::from).collect(),
                link_words: "".into(),
                note: text(note),
                to_discuss,
                problems: problems.into_iter().map(problem).collect(),
            };
            (row, said)
        },
    )
}

/// Gives a row's annotation an id.
pub(super) fn call(row: &mut TableRow, number: usize) {
    row.key.annotation = Id::new(&number.to_string()).unwrap();
    for problem in &mut row.problems {
        problem.annotation = row.key.annotation.clone();
    }
}

/// Rows in the order of documents and annotators, each with an id of its own, with what
/// reviewers said of them.
pub(super) fn rows() -> impl Strategy<Value = (Vec<TableRow>, BTreeMap<RowKey, Vec<Said>>, Reviews)>
{
    vec(row(), 0..24).prop_map(|mut rows| {
        let place = |(row, _): &(TableRow, Vec<Said>)| {
            (row.key.document.clone(), row.key.annotator.clone())
        };
        rows.sort_by_key(place);
        let mut decided = vec![Vec::new(); 3];
        let mut said_of = BTreeMap::new();
        let mut all = Vec::new();
        for (at, (mut row, said)) in rows.into_iter().enumerate() {
            call(&mut row, at);
            for (reviewer, said) in said.iter().enumerate() {
                let Some((changed, accepted)) = *said else { continue };
                decided[reviewer].push(Decision::Reviewed(Review {
                    document: row.key.document.clone(),
                    annotator: row.key.annotator.clone(),
                    annotation: row.key.annotation.clone(),
                    content: if changed { "then".to_owned() } else { row.content() },
                    accepted,
                    note: String::new(),
                }));
            }
            said_of.insert(row.key.clone(), said);
            all.push(row);
        }
        let names = ["ana", "ben", "cy"].map(person);
        let decided =
            decided.into_iter().map(|all| Arc::new(all.into_iter().collect::<Decisions>()));
        (all, said_of, Reviews(names.into_iter().zip(decided).collect()))
    })
}
