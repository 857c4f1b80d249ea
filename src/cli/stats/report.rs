//! The figures as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::{Annotator, Schema};
use crate::review::{Bin, OfWhom, Roles, Said, Spread, Statistics, StatusCounts, Tally};

/// What `tandai stats --json` writes. The keys of objects that are names (annotators,
/// labels, attributes, values) are sorted; the same project gives the same bytes.
///
/// ```json
/// {
///   "documents": 2,
///   "characters": 4504,
///   "words": 650,
///   "annotators": {
///     "ana": {
///       "status": { "new": 1, "in_progress": 0, "done": 1, "skipped": 0 },
///       "annotations": 29,
///       "relations": 23,
///       "fragmented": 0,
///       "notes": 1,
///       "to_discuss": 0,
///       "labels": { "claim": 12, "source": 10 },
///       "relation_labels": { "attributed-to": 10 },
///       "density": { "count": 1, "min": 12.9, "median": 12.9, "mean": 12.9, "p90": 12.9, "max": 12.9 }
///     }
///   },
///   "together": ["ana"],
///   "lengths": {
///     "claim": {
///       "count": 12, "min": 57, "median": 142, "mean": 140.0, "p90": 199, "max": 228,
///       "bins": [{ "from": 50, "below": 100, "count": 4 }]
///     }
///   },
///   "attributes": { "claim": { "directness": { "indirect": 6, "mixed": 3 } } },
///   "targets": { "attributed-to": [{ "name": "KCNA", "count": 6 }] },
///   "pairs": { "denies": [{ "from": "Korea Utara", "to": null, "count": 1 }] },
///   "per_document": [{ "path": "a.txt", "characters": 2252, "words": 325, "annotations": { "ana": 29 } }]
/// }
/// ```
///
/// `lengths`, in characters, `attributes`, `targets` and `pairs` are of the annotators in
/// `together`: those that were asked for or, where nobody was, everyone but gold, which only
/// says again what the others say. Values by default count. `density` is in annotations
/// per 1,000 characters over the documents that the annotator has begun, and
/// null where there is none. `null` in a pair stands for no source.
#[derive(Serialize)]
struct Report<'a> {
    documents: usize,
    characters: usize,
    words: usize,
    annotators: BTreeMap<&'a str, ByAnnotator<'a>>,
    together: Vec<&'a str>,
    lengths: BTreeMap<&'a str, Lengths>,
    attributes: BTreeMap<&'a str, BTreeMap<&'a str, BTreeMap<&'a str, usize>>>,
    targets: BTreeMap<&'a str, Vec<Target>>,
    pairs: BTreeMap<&'a str, Vec<Pair>>,
    per_document: Vec<ByDocument<'a>>,
}

#[derive(Serialize)]
struct ByAnnotator<'a> {
    status: Statuses,
    annotations: usize,
    relations: usize,
    fragmented: usize,
    notes: usize,
    to_discuss: usize,
    labels: BTreeMap<&'a str, usize>,
    relation_labels: BTreeMap<&'a str, usize>,
    density: Option<Figures<f64>>,
}

#[derive(Serialize)]
struct Statuses {
    new: usize,
    in_progress: usize,
    done: usize,
    skipped: usize,
}

#[derive(Serialize)]
struct Figures<T> {
    count: usize,
    min: T,
    median: T,
    mean: f64,
    p90: T,
    max: T,
}

#[derive(Serialize)]
struct Lengths {
    #[serde(flatten)]
    figures: Figures<usize>,
    bins: Vec<Bar>,
}

#[derive(Serialize)]
struct Bar {
    from: usize,
    below: usize,
    count: usize,
}

#[derive(Serialize)]
struct Target {
    name: String,
    count: usize,
}

#[derive(Serialize)]
struct Pair {
    from: Option<String>,
    to: Option<String>,
    count: usize,
}

#[derive(Serialize)]
struct ByDocument<'a> {
    path: &'a str,
    characters: usize,
    words: usize,
    annotations: BTreeMap<&'a str, usize>,
}

pub(super) fn of(
    schema: &Schema,
    statistics: &Statistics,
    together: &OfWhom,
) -> serde_json::Result<String> {
    let all = statistics.said_by(together);
    let roles = Roles::of(schema);
    let mut attributes: BTreeMap<&str, BTreeMap<&str, BTreeMap<&str, usize>>> = BTreeMap::new();
    for (label, attribute, value, count) in all.values() {
        attributes.entry(label).or_default().entry(attribute).or_default().insert(value, count);
    }
    let annotators = statistics.annotators().iter().map(|(annotator, said)| {
        let status = Statuses::from(statistics.progress(annotator));
        let density = statistics.density(&OfWhom::One(annotator.clone())).map(Figures::from);
        (annotator.as_str(), ByAnnotator::of(said, status, density))
    });
    let together_names = statistics.annotators().keys().filter(|one| together.includes(one));
    let lengths = all.labels().filter_map(|(label, _)| {
        let figures = all.lengths(label)?.into();
        let bins = all.length_bins(label).into_iter().map(Bar::from).collect();
        Some((&**label, Lengths { figures, bins }))
    });
    let targets = roles.targets().iter().map(|relation| {
        let targets = all.targets(&relation.name).into_iter();
        let target = |tally: Tally<_>| Target { name: text(&tally.name), count: tally.count };
        (&*relation.name, targets.map(target).collect())
    });
    let pairs = roles.pairs().iter().map(|relation| {
        let pair = |tally: Tally<[Option<_>; 2]>| {
            let [from, to] = tally.name.map(|name| name.as_ref().map(text));
            Pair { from, to, count: tally.count }
        };
        (&*relation.name, all.pairs(&relation.name).into_iter().map(pair).collect())
    });
    let per_document = statistics.documents().iter().map(|(path, figures)| ByDocument {
        path: path.as_str(),
        characters: figures.characters,
        words: figures.words,
        annotations: figures
            .annotations
            .iter()
            .map(|(one, count)| (one.as_str(), *count))
            .collect(),
    });
    let report = Report {
        documents: statistics.documents().len(),
        characters: statistics.characters(),
        words: statistics.words(),
        annotators: annotators.collect(),
        together: together_names.map(Annotator::as_str).collect(),
        lengths: lengths.collect(),
        targets: targets.collect(),
        pairs: pairs.collect(),
        per_document: per_document.collect(),
        attributes,
    };
    Ok(serde_json::to_string_pretty(&report)? + "\n")
}

fn text(name: &std::sync::Arc<str>) -> String {
    name.to_string()
}

impl<'a> ByAnnotator<'a> {
    fn of(said: &'a Said, status: Statuses, density: Option<Figures<f64>>) -> Self {
        use crate::review::Aspect::{Fragmented, Noted, ToDiscuss};
        Self {
            status,
            annotations: said.annotations(),
            relations: said.relations(),
            fragmented: said.count(&Fragmented),
            notes: said.count(&Noted),
            to_discuss: said.count(&ToDiscuss),
            labels: said.labels().map(|(label, count)| (&**label, count)).collect(),
            relation_labels: said
                .relation_labels()
                .map(|(label, count)| (&**label, count))
                .collect(),
            density,
        }
    }
}

impl From<StatusCounts> for Statuses {
    fn from(counts: StatusCounts) -> Self {
        let StatusCounts { new, in_progress, done, skipped } = counts;
        Self { new, in_progress, done, skipped }
    }
}

impl<T> From<Spread<T>> for Figures<T> {
    fn from(spread: Spread<T>) -> Self {
        let Spread { count, min, median, mean, p90, max } = spread;
        Self { count, min, median, mean, p90, max }
    }
}

impl From<Bin> for Bar {
    fn from(bin: Bin) -> Self {
        let Bin { from, below, count } = bin;
        Self { from, below, count }
    }
}
