//! What two annotators call the same thing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::{Cell, Grid, Ink, Look, Title};
use crate::review::Agreement;
use crate::session::{Confusion, Shown};

/// The table of one pair: the first one's labels in rows, the second's in columns.
pub(super) fn grid(agreement: &Agreement, pair: usize) -> Grid {
    let counts: BTreeMap<Confusion, u64> = agreement
        .confusion(pair)
        .into_iter()
        .map(|cell| ((cell.first, cell.second), cell.count))
        .collect();
    let most = counts.values().max().copied().unwrap_or(1);
    let labels: Vec<Option<Arc<str>>> =
        agreement.labels().iter().cloned().map(Some).chain([None]).collect();
    let pairs = agreement.pairs();
    let names = pairs.get(pair).map(|(one, other)| (one.to_string(), other.to_string()));
    let (one, other) = names.unwrap_or_default();
    let row = |first: &Option<Arc<str>>| {
        let cells = labels.iter().map(|second| {
            let count = counts.get(&(first.clone(), second.clone())).copied().unwrap_or_default();
            let nothing = first.is_none() && second.is_none();
            (!nothing).then(|| cell((first, second), (count, most), (&one, &other)))
        });
        (title(first.as_ref()), cells.collect())
    };
    Grid {
        corner: format!("{one} ↓  {other} →"),
        columns: labels.iter().map(|label| title(label.as_ref())).collect(),
        rows: labels.iter().map(row).collect(),
        look: Look::Shades,
        help: vec!["How often the two call one thing so; on the diagonal they agree"; labels.len()],
    }
}

fn title(label: Option<&Arc<str>>) -> Title {
    match label {
        Some(label) => Title { words: label.to_string(), ink: Ink::Label(label.clone()) },
        None => Title { words: "nothing".to_owned(), ink: Ink::Plain },
    }
}

fn cell(
    (first, second): (&Option<Arc<str>>, &Option<Arc<str>>),
    (count, most): (u64, u64),
    (one, other): (&str, &str),
) -> Cell {
    let name = |label: &Option<Arc<str>>| label.as_deref().unwrap_or("nothing").to_owned();
    let confused = Some((first.clone(), second.clone()));
    let shown = Shown { confused, ..Shown::all_kinds() };
    Cell {
        words: if count == 0 { "·".to_owned() } else { count.to_string() },
        small: String::new(),
        share: (count > 0).then(|| count as f32 / most.max(1) as f32),
        spoken: format!("{one} {}, {other} {}: {count}", name(first), name(second)),
        shown: (count > 0).then_some(shown),
    }
}
