//! The figures, a label a row.

use std::sync::Arc;

use super::grid::{Cell, Grid, Ink, Look, Title};
use crate::review::{Agreement, Measure, Score, WhatMeasured as What, Whose};
use crate::session::Shown;

/// The table of figures of one pair, or of everyone.
pub(super) fn grid(agreement: &Agreement, whose: Whose) -> Grid {
    let counts = matches!(whose, Whose::Pair(_));
    let plain = |words: &str| Title { words: words.to_owned(), ink: Ink::Plain };
    let columns = counts.then(|| plain("both")).into_iter();
    let columns = columns.chain(Measure::OF_LABELS.iter().map(|(name, _)| plain(name))).collect();
    let all = (plain("all labels"), What::All);
    let labels = agreement.labels().iter().map(|label| {
        let title = Title { words: label.to_string(), ink: Ink::Label(label.clone()) };
        (title, What::Label(label.clone()))
    });
    let mut rows: Vec<(Title, Vec<Option<Cell>>)> = std::iter::once(all)
        .chain(labels)
        .map(|(title, what)| {
            let cells = cells(agreement, whose, &what, &title.words);
            (title, cells)
        })
        .collect();
    let all = (plain("all links"), What::All);
    let links = agreement.relations().iter().map(|label: &Arc<str>| {
        let title = Title { words: label.to_string(), ink: Ink::Relation(label.clone()) };
        (title, What::Label(label.clone()))
    });
    rows.extend(std::iter::once(all).chain(links).map(|(title, what)| {
        let cells = link_cells(agreement, whose, &what, &title.words);
        (title, cells)
    }));
    let counted = "How many both have exactly alike; below, how many the first and the second have";
    let measured = Measure::OF_LABELS.iter().map(|(_, measure)| measure.help());
    let help = counts.then_some(counted).into_iter().chain(measured).collect();
    Grid { corner: String::new(), columns, rows, look: Look::Bars, help }
}

fn cells(agreement: &Agreement, whose: Whose, what: &What, of: &str) -> Vec<Option<Cell>> {
    let shown = Shown::behind(what, false);
    let mut cells = Vec::new();
    if let Whose::Pair(pair) = whose {
        cells.push(Some(counts(agreement, Measure::Exact, pair, what, (of, &shown))));
    }
    let figures = Measure::OF_LABELS.iter().map(|(name, measure)| {
        // Units of all labels together would overlap.
        let defined = *measure != Measure::UnitAlpha || *what != What::All;
        defined.then(|| figure(agreement, (name, *measure), whose, what, (of, &shown)))
    });
    cells.extend(figures);
    cells
}

fn link_cells(agreement: &Agreement, whose: Whose, what: &What, of: &str) -> Vec<Option<Cell>> {
    let shown = Shown::behind(what, true);
    let mut cells = Vec::new();
    if let Whose::Pair(pair) = whose {
        cells.push(Some(counts(agreement, Measure::Relations, pair, what, (of, &shown))));
    }
    let measure = ("F1", Measure::Relations);
    cells.push(Some(figure(agreement, measure, whose, what, (of, &shown))));
    cells
}

/// How many both have, and each.
fn counts(
    agreement: &Agreement,
    measure: Measure,
    pair: usize,
    what: &What,
    (of, shown): (&str, &Shown),
) -> Cell {
    let [both, first, second] = agreement.counts(measure, pair, what);
    Cell {
        words: both.to_string(),
        small: format!("{first} · {second}"),
        share: None,
        spoken: format!("{of}: {both} exactly alike, of {first} and {second}"),
        shown: Some(shown.clone()),
    }
}

fn figure(
    agreement: &Agreement,
    (name, measure): (&str, Measure),
    whose: Whose,
    what: &What,
    (of, shown): (&str, &Shown),
) -> Cell {
    let figure = agreement.figure(&Score { measure, whose, what: what.clone() });
    let (words, interval) = (figure.value_words(), figure.interval_words());
    let between = interval.as_ref().map(|interval| format!(", between {interval}"));
    #[expect(clippy::cast_possible_truncation, reason = "for drawing")]
    let share = figure.value.map(|value| value as f32);
    Cell {
        spoken: format!("{of}, {name}: {words}{}", between.unwrap_or_default()),
        words,
        small: interval.unwrap_or_default(),
        share,
        shown: Some(shown.clone()),
    }
}
