//! The formulas, written down once more without a thought of speed: every character,
//! every token, every unit with every other, every way to match.

use std::collections::{BTreeMap, BTreeSet};

use tandai::corpus::{Annotation, AnnotationSet, Fragments};
use tandai::review::Measure;
use tandai::text::{Text, tokens};

/// Documents with what some annotators say about them.
pub(super) type Documents = [(Text, Vec<AnnotationSet>)];

/// A figure of two annotators, by their places.
pub(super) fn of_pair(
    measure: Measure,
    documents: &Documents,
    pair: [usize; 2],
    label: Option<&str>,
) -> Option<f64> {
    match measure {
        Measure::Exact => dice(pair.map(|one| all_annotations(documents, one, label))),
        Measure::Characters => dice(pair.map(|one| all_characters(documents, one, label))),
        Measure::Relations => dice(pair.map(|one| all_links(documents, one, label))),
        Measure::Overlap => overlap(documents, pair, label),
        Measure::Kappa => kappa(&pair.map(|one| values(documents, one, label))),
        Measure::Alpha => alpha(&pair.map(|one| values(documents, one, label))),
        Measure::UnitAlpha => {
            let label = label?;
            unit_alpha(&pair.map(|one| sections(documents, one, label)))
        }
    }
}

/// A figure of everyone: alphas of them all, of the others the mean over the pairs.
pub(super) fn of_everyone(
    measure: Measure,
    documents: &Documents,
    annotators: usize,
    label: Option<&str>,
) -> Option<f64> {
    match measure {
        Measure::Alpha => {
            let all: Vec<_> = (0..annotators).map(|one| values(documents, one, label)).collect();
            alpha(&all)
        }
        Measure::UnitAlpha => {
            let label = label?;
            let all: Vec<_> = (0..annotators).map(|one| sections(documents, one, label)).collect();
            unit_alpha(&all)
        }
        measure => {
            let figures = pairs(annotators).into_iter();
            let figures = figures.filter_map(|pair| of_pair(measure, documents, pair, label));
            let figures: Vec<f64> = figures.collect();
            let count = figures.len() as f64;
            (!figures.is_empty()).then(|| figures.iter().sum::<f64>() / count)
        }
    }
}

pub(super) fn pairs(annotators: usize) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for one in 0..annotators {
        for other in one + 1..annotators {
            pairs.push([one, other]);
        }
    }
    pairs
}

/// The annotations of a set that have a label.
fn labelled<'a>(
    set: &'a AnnotationSet,
    label: Option<&'a str>,
) -> impl Iterator<Item = &'a Annotation> {
    let annotations = set.annotations().iter().map(|annotation| &**annotation);
    annotations.filter(move |annotation| label.is_none_or(|label| *annotation.label == *label))
}

/// The characters of an annotation, one by one.
fn characters(annotation: &Annotation) -> Vec<usize> {
    annotation.fragments.iter().flat_map(|span| span.start().get()..span.end().get()).collect()
}

fn dice<T: Ord>([one, other]: [BTreeSet<T>; 2]) -> Option<f64> {
    let all = one.len() + other.len();
    (all > 0).then(|| 2.0 * one.intersection(&other).count() as f64 / all as f64)
}

type Content = (usize, String, Fragments);

fn all_annotations(
    documents: &Documents,
    annotator: usize,
    label: Option<&str>,
) -> BTreeSet<Content> {
    let mut all = BTreeSet::new();
    for (at, (_, sets)) in documents.iter().enumerate() {
        for annotation in labelled(&sets[annotator], label) {
            all.insert((at, annotation.label.to_string(), annotation.fragments.clone()));
        }
    }
    all
}

fn all_characters(
    documents: &Documents,
    annotator: usize,
    label: Option<&str>,
) -> BTreeSet<(usize, String, usize)> {
    let mut all = BTreeSet::new();
    for (at, (_, sets)) in documents.iter().enumerate() {
        for annotation in labelled(&sets[annotator], label) {
            for place in characters(annotation) {
                all.insert((at, annotation.label.to_string(), place));
            }
        }
    }
    all
}

fn all_links(
    documents: &Documents,
    annotator: usize,
    label: Option<&str>,
) -> BTreeSet<(String, Content, Content)> {
    let mut all = BTreeSet::new();
    for (at, (_, sets)) in documents.iter().enumerate() {
        for link in sets[annotator].relations() {
            let [from, to] = [&link.from, &link.to].map(|end| {
                let end = sets[annotator].annotation(end).unwrap();
                (at, end.label.to_string(), end.fragments.clone())
            });
            if label.is_none_or(|label| *link.label == *label) {
                all.insert((link.label.to_string(), from, to));
            }
        }
    }
    all
}

fn overlap(documents: &Documents, pair: [usize; 2], label: Option<&str>) -> Option<f64> {
    let [one, other] = pair.map(|one| {
        let all = all_annotations(documents, one, label).into_iter();
        let all = all.map(|(at, label, fragments)| {
            let spans = fragments.iter();
            let places = spans.flat_map(|span| span.start().get()..span.end().get());
            (at, label, places.collect::<BTreeSet<usize>>())
        });
        all.collect::<Vec<_>>()
    });
    let all = one.len() + other.len();
    let mut taken = vec![false; other.len()];
    (all > 0).then(|| 2.0 * most(&one, &other, &mut taken) as f64 / all as f64)
}

type Covered = (usize, String, BTreeSet<usize>);

/// The most that can be matched of what is left: every way is tried.
fn most(one: &[Covered], other: &[Covered], taken: &mut Vec<bool>) -> usize {
    let Some((first, rest)) = one.split_first() else { return 0 };
    let mut best = most(rest, other, taken);
    for (at, second) in other.iter().enumerate() {
        let together = first.0 == second.0 && first.1 == second.1;
        if !taken[at] && together && !first.2.is_disjoint(&second.2) {
            taken[at] = true;
            best = best.max(1 + most(rest, other, taken));
            taken[at] = false;
        }
    }
    best
}

/// What each token is to an annotator: whether it has the label, or which labels it has.
fn values(documents: &Documents, annotator: usize, label: Option<&str>) -> Vec<BTreeSet<String>> {
    let mut values = Vec::new();
    for (text, sets) in documents {
        for token in tokens(text.as_str(), &[]) {
            let covers = |annotation: &&Annotation| {
                characters(annotation).iter().any(|place| token.range.contains(place))
            };
            let over = labelled(&sets[annotator], label).filter(covers);
            values.push(over.map(|annotation| annotation.label.to_string()).collect());
        }
    }
    values
}

fn kappa([one, other]: &[Vec<BTreeSet<String>>; 2]) -> Option<f64> {
    let count = one.len() as f64;
    let kinds: BTreeSet<&BTreeSet<String>> = one.iter().chain(other).collect();
    // None, or just one: what is expected is certain.
    if kinds.len() < 2 {
        return None;
    }
    let same = one.iter().zip(other).filter(|(a, b)| a == b).count() as f64 / count;
    let share = |values: &[BTreeSet<String>], kind: &BTreeSet<String>| {
        values.iter().filter(|value| *value == kind).count() as f64 / count
    };
    let expected: f64 = kinds.iter().map(|kind| share(one, kind) * share(other, kind)).sum();
    Some((same - expected) / (1.0 - expected))
}

/// By the matrix of coincidences.
fn alpha(observers: &[Vec<BTreeSet<String>>]) -> Option<f64> {
    let mut coincidences: BTreeMap<[&BTreeSet<String>; 2], f64> = BTreeMap::new();
    let mut numbers: BTreeMap<&BTreeSet<String>, f64> = BTreeMap::new();
    for unit in 0..observers[0].len() {
        for (at, one) in observers.iter().enumerate() {
            for (with, other) in observers.iter().enumerate() {
                if at != with {
                    let weight = 1.0 / (observers.len() - 1) as f64;
                    *coincidences.entry([&one[unit], &other[unit]]).or_default() += weight;
                    *numbers.entry(&one[unit]).or_default() += weight;
                }
            }
        }
    }
    if numbers.len() < 2 {
        return None;
    }
    let all: f64 = numbers.values().sum();
    let observed: f64 = coincidences.iter().filter(|([c, k], _)| c != k).map(|(_, o)| o).sum();
    let mut expected = 0.0;
    for (c, count) in &numbers {
        for (k, other) in &numbers {
            expected += if c == k { 0.0 } else { count * other };
        }
    }
    Some(1.0 - (all - 1.0) * observed / expected)
}

/// A unit or a gap: from where to where in all texts laid end to end.
#[derive(Clone, Copy)]
pub(super) struct Section {
    is_unit: bool,
    start: usize,
    end: usize,
}

/// An annotator's continuum. A unit goes on as long as one annotation covers both the
/// character and the one before.
fn sections(documents: &Documents, annotator: usize, label: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut before = 0;
    for (text, sets) in documents {
        let spans: Vec<(usize, usize)> = labelled(&sets[annotator], Some(label))
            .flat_map(|annotation| annotation.fragments.iter())
            .map(|span| (span.start().get(), span.end().get()))
            .collect();
        for place in 0..text.characters() {
            let is_unit = spans.iter().any(|(from, to)| *from <= place && place < *to);
            let goes_on = spans.iter().any(|(from, to)| *from < place && place < *to);
            let (start, end) = (before + place, before + place + 1);
            match sections.last_mut() {
                Some(last) if last.is_unit == is_unit && (goes_on || !is_unit) => last.end = end,
                _ => sections.push(Section { is_unit, start, end }),
            }
        }
        before += text.characters();
    }
    sections
}

fn unit_alpha(observers: &[Vec<Section>]) -> Option<f64> {
    let length = |section: &Section| (section.end - section.start) as f64;
    let all = || observers.iter().flatten();
    let whole: f64 = all().map(length).sum();
    // A gap of length s counts as s units of length 1.
    let squares =
        |section: &Section| length(section) * if section.is_unit { length(section) } else { 1.0 };
    let kinds: BTreeSet<bool> = all().map(|section| section.is_unit).collect();
    if kinds.len() < 2 {
        return None;
    }
    let (mut observed, mut expected) = (whole, whole);
    for kind in kinds {
        let mut same = 0.0;
        for (at, one) in observers.iter().enumerate() {
            for (with, other) in observers.iter().enumerate() {
                for s in one.iter().filter(|s| at != with && s.is_unit == kind) {
                    for t in other.iter().filter(|t| t.is_unit == kind) {
                        let shared = s.end.min(t.end).saturating_sub(s.start.max(t.start));
                        same += shared as f64 / (observers.len() - 1) as f64;
                    }
                }
            }
        }
        observed -= same;
        let of_kind = || all().filter(|section| section.is_unit == kind);
        let (length, squared): (f64, f64) =
            (of_kind().map(length).sum(), of_kind().map(squares).sum());
        let possible = whole * whole - all().map(squares).sum::<f64>();
        expected -= whole * (length * length - squared) / possible;
    }
    Some(1.0 - observed / expected)
}
