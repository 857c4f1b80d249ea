//! The figures as JSON.

use serde_json::{Map, Value, json};

use crate::corpus::Annotator;
use crate::review::{Agreement, Figure, Measure, Score, WhatMeasured as What, Whose};

/// What `tandai agreement --json` writes. Keys that are names are sorted; the same
/// project gives the same bytes.
///
/// ```json
/// {
///   "annotators": ["ana", "ben"], "documents": 2, "left_out": 0, "unreadable": 0, "tokens": 19,
///   "f1_exact": {
///     "pairs": { "ana-ben": { "tp": 2, "n1": 5, "n2": 4, "f1": 0.44, "interval": [0.2, 0.6] } },
///     "labels": { "claim": 0.33 }, "mean": 0.44, "interval": null
///   },
///   "f1_overlap": {}, "f1_characters": {}, "f1_relations": {},
///   "kappa": { "claim": { "ana-ben": 1.0 }, "label set": { "ana-ben": 0.79 } },
///   "alpha": { "claim": 0.92, "label set": 0.73 },
///   "u_alpha": { "claim": 0.93 },
///   "intervals": { "kappa": { "claim": { "ana-ben": [0.8, 1.0] } }, "alpha": {}, "u_alpha": {} },
///   "confusion": { "ana-ben": [{ "first": "claim", "second": null, "count": 1 }] }
/// }
/// ```
///
/// `tp`, `n1` and `n2` are what both have, all of the first, all of the second. Figures of
/// labels and means are means over the pairs for which they are defined. What is not
/// defined is null, as is an interval where too few draws of documents have the figure.
pub(super) fn of(agreement: &Agreement) -> serde_json::Result<String> {
    let mut names = agreement.annotators().iter().map(|one| Value::from(one.as_str()));
    let mut report = Map::new();
    report.insert("annotators".to_owned(), names.by_ref().collect());
    report.insert("documents".to_owned(), agreement.documents().into());
    report.insert("left_out".to_owned(), agreement.left_out().not_begun.into());
    report.insert("unreadable".to_owned(), agreement.left_out().unreadable.into());
    report.insert("tokens".to_owned(), agreement.tokens().into());
    let measures = [
        ("f1_exact", Measure::Exact),
        ("f1_overlap", Measure::Overlap),
        ("f1_characters", Measure::Characters),
        ("f1_relations", Measure::Relations),
    ];
    for (name, measure) in measures {
        report.insert(name.to_owned(), f1(agreement, measure));
    }
    let value = |figure: Figure| json!(figure.value);
    let interval = |figure: Figure| json!(figure.interval);
    report.insert("kappa".to_owned(), by_label_and_pair(agreement, value));
    let mut intervals = Map::new();
    intervals.insert("kappa".to_owned(), by_label_and_pair(agreement, interval));
    for (name, measure) in [("alpha", Measure::Alpha), ("u_alpha", Measure::UnitAlpha)] {
        report.insert(name.to_owned(), by_label(agreement, measure, value));
        intervals.insert(name.to_owned(), by_label(agreement, measure, interval));
    }
    report.insert("intervals".to_owned(), intervals.into());
    report.insert("confusion".to_owned(), confusion(agreement));
    let mut words = serde_json::to_string_pretty(&Value::from(report))?;
    words.push('\n');
    Ok(words)
}

fn figure(agreement: &Agreement, measure: Measure, whose: Whose, what: What) -> Figure {
    agreement.figure(&Score { measure, whose, what })
}

/// The names of the pairs, and whose they are: `ana-ben`, or `ana/ben-2` where names have
/// hyphens themselves, so that no two pairs have one name.
fn pairs(agreement: &Agreement) -> impl Iterator<Item = (String, usize)> {
    let pairs = agreement.pairs();
    let has_hyphen = |(one, other): &(&Annotator, &Annotator)| {
        one.as_str().contains('-') || other.as_str().contains('-')
    };
    let joint = if pairs.iter().any(has_hyphen) { '/' } else { '-' };
    let pairs = pairs.into_iter().enumerate();
    pairs.map(move |(at, (one, other))| (format!("{one}{joint}{other}"), at))
}

fn f1(agreement: &Agreement, measure: Measure) -> Value {
    let of_pair = |(name, at): (String, usize)| {
        let [tp, n1, n2] = agreement.counts(measure, at, &What::All);
        let found = figure(agreement, measure, Whose::Pair(at), What::All);
        let f1 = json!({
            "tp": tp, "n1": n1, "n2": n2, "f1": found.value, "interval": found.interval
        });
        (name, f1)
    };
    let labels = match measure {
        Measure::Relations => agreement.relations(),
        _ => agreement.labels(),
    };
    let of_label = |label: &std::sync::Arc<str>| {
        let found = figure(agreement, measure, Whose::Everyone, What::Label(label.clone()));
        (label.to_string(), json!(found.value))
    };
    let mean = figure(agreement, measure, Whose::Everyone, What::All);
    json!({
        "pairs": pairs(agreement).map(of_pair).collect::<Map<_, _>>(),
        "labels": labels.iter().map(of_label).collect::<Map<_, _>>(),
        "mean": mean.value,
        "interval": mean.interval,
    })
}

/// What there is a figure of: each label, and the sets of labels.
fn whats(agreement: &Agreement, with_sets: bool) -> Vec<(String, What)> {
    let labels = agreement.labels().iter();
    let mut whats: Vec<(String, What)> =
        labels.map(|label| (label.to_string(), What::Label(label.clone()))).collect();
    if with_sets {
        whats.push(("label set".to_owned(), What::All));
    }
    whats
}

fn by_label(agreement: &Agreement, measure: Measure, take: impl Fn(Figure) -> Value) -> Value {
    let whats = whats(agreement, measure == Measure::Alpha);
    let of = |(name, what)| (name, take(figure(agreement, measure, Whose::Everyone, what)));
    whats.into_iter().map(of).collect::<Map<_, _>>().into()
}

fn by_label_and_pair(agreement: &Agreement, take: impl Fn(Figure) -> Value) -> Value {
    let of = |(name, what): (String, What)| {
        let of_pair = |(pair, at)| {
            let found = figure(agreement, Measure::Kappa, Whose::Pair(at), what.clone());
            (pair, take(found))
        };
        (name, pairs(agreement).map(of_pair).collect::<Map<_, _>>().into())
    };
    whats(agreement, true).into_iter().map(of).collect::<Map<_, Value>>().into()
}

fn confusion(agreement: &Agreement) -> Value {
    let of_pair = |(name, at): (String, usize)| {
        let cells = agreement.confusion(at).into_iter();
        let cells = cells.map(|cell| {
            let (first, second) = (cell.first.as_deref(), cell.second.as_deref());
            json!({ "first": first, "second": second, "count": cell.count })
        });
        (name, Value::from(cells.collect::<Vec<_>>()))
    };
    pairs(agreement).map(of_pair).collect::<Map<_, _>>().into()
}
