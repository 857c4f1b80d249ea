use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::counted::{Counted, Counts, LabelSet, Pair, Quantity};
use super::coverage::{Coverage, coverage, in_common, shared};
use super::matching::most_pairs;
use crate::corpus::{AnnotationSet, Fragments};
use crate::review::compare::{Comparison, Subject};
use crate::text::{Text, tokens};

/// Separates the labels of one token; no label is written with it.
const BETWEEN: &str = "\u{1f}";

/// Counts everything that agreement is made from in the sets about one document.
pub(super) fn count(text: &Text, sets: &[&AnnotationSet]) -> Counts {
    let tokens = tokens(text.as_str(), &[]);
    let said: Vec<_> = sets.iter().map(|set| coverage(set, &tokens)).collect();
    let label_sets: Vec<BTreeMap<usize, LabelSet>> = said.iter().map(label_sets).collect();
    let mut counted = vec![
        (Counted::Tokens, tokens.len() as u64),
        (Counted::Characters, text.characters() as u64),
    ];
    for (number, of) in said.iter().enumerate() {
        let squares = of.iter();
        counted.extend(squares.map(|(l, c)| (Counted::Squares(number, l.clone()), c.squares)));
    }
    for first in 0..sets.len() {
        for second in first + 1..sets.len() {
            let pair = (first, second);
            let (Some(one), Some(other)) = (said.get(first), said.get(second)) else { continue };
            count_labels(pair, one, other, &mut counted);
            if let (Some(one), Some(other)) = (label_sets.get(first), label_sets.get(second)) {
                count_sets(pair, one, other, tokens.len(), &mut counted);
            }
            if let (Some(one), Some(other)) = (sets.get(first), sets.get(second)) {
                count_relations(pair, one, other, &mut counted);
                count_aligned(pair, one, other, &mut counted);
            }
        }
    }
    Counts::of(counted)
}

type Said<'a> = BTreeMap<Arc<str>, Coverage<'a>>;

fn count_labels(pair: Pair, one: &Said<'_>, other: &Said<'_>, counted: &mut Vec<(Counted, u64)>) {
    let nothing = Coverage::default();
    let labels: BTreeSet<&Arc<str>> = one.keys().chain(other.keys()).collect();
    for label in labels {
        let (a, b) = (one.get(label).unwrap_or(&nothing), other.get(label).unwrap_or(&nothing));
        let exact = a.annotations.intersection(&b.annotations).count();
        let lists: [Vec<&Fragments>; 2] =
            [a, b].map(|coverage| coverage.annotations.iter().copied().collect());
        let [first, second] = &lists;
        let characters = |coverage: &Coverage<'_>| {
            coverage.characters.iter().map(|range| range.len() as u64).sum()
        };
        let quantities = [
            (Quantity::First, a.annotations.len() as u64),
            (Quantity::Second, b.annotations.len() as u64),
            (Quantity::Exact, exact as u64),
            (Quantity::Overlapping, most_pairs(first, second) as u64),
            (Quantity::FirstCharacters, characters(a)),
            (Quantity::SecondCharacters, characters(b)),
            (Quantity::BothCharacters, shared(&a.characters, &b.characters)),
            (Quantity::FirstTokens, a.tokens.len() as u64),
            (Quantity::SecondTokens, b.tokens.len() as u64),
            (Quantity::BothTokens, in_common(&a.tokens, &b.tokens)),
        ];
        let of_pair = |(quantity, count)| (Counted::OfPair(pair, quantity, label.clone()), count);
        counted.extend(quantities.map(of_pair));
    }
}

/// The labels of each token that has any.
fn label_sets(said: &Said<'_>) -> BTreeMap<usize, LabelSet> {
    let mut labels: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (label, coverage) in said {
        for token in &coverage.tokens {
            labels.entry(*token).or_default().push(label);
        }
    }
    labels.into_iter().map(|(token, labels)| (token, labels.join(BETWEEN).into())).collect()
}

fn count_sets(
    pair: Pair,
    one: &BTreeMap<usize, LabelSet>,
    other: &BTreeMap<usize, LabelSet>,
    tokens: usize,
    counted: &mut Vec<(Counted, u64)>,
) {
    let none: LabelSet = "".into();
    let labelled: BTreeSet<&usize> = one.keys().chain(other.keys()).collect();
    for token in &labelled {
        let of = |sets: &BTreeMap<usize, LabelSet>| sets.get(*token).unwrap_or(&none).clone();
        counted.push((Counted::Sets(pair, of(one), of(other)), 1));
    }
    let without = (tokens - labelled.len()) as u64;
    counted.push((Counted::Sets(pair, none.clone(), none), without));
}

/// A link with what it connects, so that it is the same whatever its ids are.
type Link<'a> = (&'a str, (&'a str, &'a Fragments), (&'a str, &'a Fragments));

fn links(set: &AnnotationSet) -> BTreeSet<Link<'_>> {
    let by_id: std::collections::HashMap<_, _> =
        set.annotations().iter().map(|annotation| (&annotation.id, annotation)).collect();
    let links = set.relations().iter().filter_map(|relation| {
        let (from, to) = (by_id.get(&relation.from)?, by_id.get(&relation.to)?);
        Some((&*relation.label, (&*from.label, &from.fragments), (&*to.label, &to.fragments)))
    });
    links.collect()
}

fn count_relations(
    pair: Pair,
    one: &AnnotationSet,
    other: &AnnotationSet,
    counted: &mut Vec<(Counted, u64)>,
) {
    let (first, second) = (links(one), links(other));
    let lists = [
        (Quantity::FirstRelations, first.iter().collect::<Vec<_>>()),
        (Quantity::SecondRelations, second.iter().collect()),
        (Quantity::BothRelations, first.intersection(&second).collect()),
    ];
    for (quantity, links) in lists {
        let count = |link: &Link<'_>| (Counted::OfPair(pair, quantity, link.0.into()), 1);
        counted.extend(links.into_iter().map(count));
    }
}

fn count_aligned(
    pair: Pair,
    one: &AnnotationSet,
    other: &AnnotationSet,
    counted: &mut Vec<(Counted, u64)>,
) {
    for case in Comparison::of(&[one, other], None).cases {
        let Subject::Annotation { said, .. } = case.subject else { continue };
        let label = |at: usize| said.get(at)?.as_ref().map(|annotation| annotation.label.clone());
        counted.push((Counted::Aligned(pair, label(0), label(1)), 1));
    }
}
