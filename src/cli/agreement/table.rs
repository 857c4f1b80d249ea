//! The figures as tables for a person.

use std::sync::Arc;

use crate::cli::columns::{plain, table};
use crate::review::{ALL_PAIRS, Agreement, LeftOut, Measure, Score, WhatMeasured as What, Whose};

pub(super) fn of(agreement: &Agreement) -> String {
    let names: Vec<String> = agreement.annotators().iter().map(|one| plain(one.as_str())).collect();
    let LeftOut { not_begun, unreadable } = agreement.left_out();
    let left_out = |count: usize, why: &str| match count {
        0 => String::new(),
        count => format!("; {} left out, {why}", articles(count)),
    };
    let mut page = format!(
        "{} · {} and {} tokens{}{}\n",
        names.join(", "),
        articles(agreement.documents()),
        agreement.tokens(),
        left_out(not_begun, "not begun by everyone"),
        left_out(unreadable, "which could not be read"),
    );
    let several = agreement.pairs().len() > 1;
    let pairs = agreement.pairs().into_iter().enumerate();
    let mut parts: Vec<Option<String>> = pairs
        .map(|(at, (one, other))| {
            of_whom(agreement, Whose::Pair(at), &format!("{one} and {other}"))
        })
        .collect();
    if several {
        parts.push(of_whom(agreement, Whose::Everyone, ALL_PAIRS));
    }
    parts.push(relations(agreement));
    for part in parts.into_iter().flatten() {
        page.push('\n');
        page.push_str(&part);
    }
    page
}

fn articles(count: usize) -> String {
    if count == 1 { "1 article".to_owned() } else { format!("{count} articles") }
}

/// The figures of a pair or of everyone, a label a row.
fn of_whom(agreement: &Agreement, whose: Whose, title: &str) -> Option<String> {
    let measures = Measure::OF_LABELS;
    let mut head = vec![title];
    let counts = matches!(whose, Whose::Pair(_));
    if counts {
        head.extend(["both", "first", "second"]);
    }
    head.extend(measures.iter().map(|(name, _)| *name));
    let rows = std::iter::once(("all".to_owned(), What::All)).chain(of_labels(agreement.labels()));
    let rows: Vec<Vec<String>> = rows
        .map(|(name, what)| {
            let mut row = vec![name];
            if let Whose::Pair(at) = whose {
                let counts = agreement.counts(Measure::Exact, at, &what);
                row.extend(counts.map(|count| count.to_string()));
            }
            let figures = measures.iter().map(|(_, measure)| {
                let score = Score { measure: *measure, whose, what: what.clone() };
                agreement.figure(&score).to_string()
            });
            row.extend(figures);
            row
        })
        .collect();
    table(&head, &rows)
}

fn relations(agreement: &Agreement) -> Option<String> {
    let rows = std::iter::once(("all".to_owned(), What::All));
    let rows = rows.chain(of_labels(agreement.relations()));
    let pairs: Vec<String> =
        agreement.pairs().iter().map(|(one, other)| format!("{one} and {other}")).collect();
    let head: Vec<&str> =
        std::iter::once("F1 of links").chain(pairs.iter().map(String::as_str)).collect();
    let rows: Vec<Vec<String>> = rows
        .map(|(name, what)| {
            let of_pair = |at| {
                let whose = Whose::Pair(at);
                let score = Score { measure: Measure::Relations, whose, what: what.clone() };
                agreement.figure(&score).to_string()
            };
            std::iter::once(name).chain((0..pairs.len()).map(of_pair)).collect()
        })
        .collect();
    table(&head, &rows)
}

fn of_labels(labels: &[Arc<str>]) -> impl Iterator<Item = (String, What)> {
    labels.iter().map(|label| (label.to_string(), What::Label(label.clone())))
}
