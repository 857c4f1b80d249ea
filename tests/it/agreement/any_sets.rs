//! Figures of whatever sets there may be, on texts that nobody would want to annotate.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{AnnotationSet, Annotator};
use tandai::review::{Agreement, Confused, LeftOut, Measure, WhatMeasured as What, Whose};
use tandai::storage::built_in_schema;
use tandai::text::Text;

use super::naive::{of_everyone, of_pair, pairs};
use super::{MEASURES, PAIR, agreement, figures, label, of, same, value};
use crate::exchange::person;
use crate::sayings::{LABELS, LINKS, Sayings, people, sayings};

fn documents(people: &[Annotator], sayings: &[Sayings]) -> Vec<(Text, Vec<AnnotationSet>)> {
    sayings.iter().map(|one| (one.text.clone(), one.sets(people))).collect()
}

fn whats(measure: Measure) -> Vec<Option<&'static str>> {
    let labels: &[&str] = if measure == Measure::Relations { &LINKS } else { &LABELS };
    labels.iter().map(|label| Some(*label)).chain([None]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_figure_is_what_its_formula_says(said in vec(sayings(), 1..4), two in any::<bool>()) {
        let people = people(if two { 2 } else { 3 });
        let documents = documents(&people, &said);
        let agreement = agreement(&people, &documents);
        for measure in MEASURES {
            for of in whats(measure) {
                let what = of.map_or(What::All, label);
                for (at, pair) in pairs(people.len()).into_iter().enumerate() {
                    let found = value(&agreement, measure, Whose::Pair(at), &what);
                    let wanted = of_pair(measure, &documents, pair, of);
                    prop_assert!(
                        same(found, wanted), "{measure:?} {what:?} {pair:?}: {found:?}, {wanted:?}"
                    );
                }
                let found = value(&agreement, measure, Whose::Everyone, &what);
                let wanted = of_everyone(measure, &documents, people.len(), of);
                prop_assert!(same(found, wanted), "{measure:?} {what:?}: {found:?}, {wanted:?}");
            }
        }
    }

    #[test]
    fn figures_do_not_depend_on_the_order_of_documents(
        said in vec(sayings(), 2..5),
        turn in any::<Index>(),
    ) {
        let people = people(3);
        let mut documents = documents(&people, &said);
        let before = agreement(&people, &documents);
        let turn = turn.index(documents.len());
        documents.rotate_left(turn);
        documents[1..].reverse();
        let after = agreement(&people, &documents);
        prop_assert_eq!(figures(&before), figures(&after));
        for pair in 0..3 {
            prop_assert_eq!(before.confusion(pair), after.confusion(pair));
        }
    }

    #[test]
    fn a_figure_of_two_is_the_same_the_other_way_round(said in vec(sayings(), 1..4)) {
        let people = people(2);
        let documents = documents(&people, &said);
        let one = agreement(&people, &documents);
        let turned: Vec<Annotator> = people.into_iter().rev().collect();
        let other = agreement(&turned, &documents);
        for ((score, found), (_, turned)) in figures(&one).into_iter().zip(figures(&other)) {
            prop_assert!(same(found, turned), "{score:?}: {found:?}, {turned:?}");
        }
        for measure in MEASURES {
            let [both, first, second] = one.counts(measure, 0, &What::All);
            prop_assert_eq!([both, second, first], other.counts(measure, 0, &What::All));
        }
    }

    #[test]
    fn confusion_counts_each_annotation_once(said in vec(sayings(), 1..4)) {
        let people = people(2);
        let documents = documents(&people, &said);
        let cells = agreement(&people, &documents).confusion(0);
        for label in LABELS {
            let counted = |of: fn(&Confused) -> Option<&str>| {
                let cells = cells.iter().filter(|cell| of(cell) == Some(label));
                cells.map(|cell| cell.count).sum::<u64>()
            };
            for (at, of) in [
                (0, (|cell| cell.first.as_deref()) as fn(&Confused) -> Option<&str>),
                (1, |cell| cell.second.as_deref()),
            ] {
                let all = documents.iter().flat_map(|(_, sets)| sets[at].annotations());
                let wanted = all.filter(|one| *one.label == *label).count() as u64;
                prop_assert_eq!(counted(of), wanted, "{} {}", label, at);
            }
        }
    }

    #[test]
    fn those_who_say_the_same_agree_wholly_or_have_no_figure(said in vec(sayings(), 1..4)) {
        let mut said = said;
        for sayings in &mut said {
            sayings.by = vec![sayings.by[0].clone(); 3];
        }
        let people = people(3);
        let documents = documents(&people, &said);
        for (score, found) in figures(&agreement(&people, &documents)) {
            prop_assert!(found.is_none_or(|found| (found - 1.0).abs() < 1e-12), "{score:?} {found:?}");
            let of = match &score.what {
                What::Label(label) => Some(&**label),
                What::All => None,
            };
            // Defined wherever something is marked.
            let marked = documents.iter().any(|(_, sets)| {
                sets[0].annotations().iter().any(|one| of.is_none_or(|of| *one.label == *of))
            });
            if matches!(score.measure, Measure::Exact | Measure::Overlap | Measure::Characters) {
                prop_assert_eq!(found.is_some(), marked, "{:?}", score);
            }
        }
    }

}

proptest! {
    // A thousand draws a case.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn intervals_are_in_order_in_bounds_and_the_same_for_the_same_draws(
        said in vec(sayings(), 2..4),
        seed in any::<u64>(),
    ) {
        let people = people(2);
        let documents = documents(&people, &said);
        let drawn = || {
            let mut numbers = fastrand::Rng::with_seed(seed);
            agreement(&people, &documents).with_intervals(|below| numbers.usize(..below))
        };
        let (one, other) = (drawn(), drawn());
        for (score, found) in figures(&one) {
            let figure = one.figure(&score);
            prop_assert_eq!(figure, other.figure(&score));
            prop_assert_eq!(figure.value, found);
            let Some((from, to)) = figure.interval else { continue };
            prop_assert!(found.is_some() && from <= to && to <= 1.0 && from >= -1.0, "{:?}", figure);
            if matches!(score.measure, Measure::Exact | Measure::Overlap | Measure::Characters) {
                prop_assert!(from >= 0.0, "{:?}", figure);
            }
        }
    }
}

/// Draws from a generator that is the same for every test.
fn with_intervals(agreement: Agreement) -> Agreement {
    let mut numbers = fastrand::Rng::with_seed(7);
    agreement.with_intervals(|below| numbers.usize(..below))
}

#[test]
fn an_interval_holds_what_draws_of_documents_come_to() {
    let same: &[&str] = &["[claim:satu] dua"; 2];
    let other: &[&str] = &["[claim:satu] dua", "satu [claim:dua]"];
    let interval = |documents: &[&[&str]]| {
        let agreement = with_intervals(of(documents));
        agreement.figure(&super::score(Measure::Exact, PAIR, &What::All))
    };
    // One document says nothing of others.
    assert_eq!(interval(&[same]).interval, None);
    assert_eq!(interval(&[same]).value, Some(1.0));
    // Where all are alike, so is every draw.
    assert_eq!(interval(&[other; 4]).interval, Some((0.0, 0.0)));
    // Every fourth draw of two has the one twice, every fourth the other.
    assert_eq!(interval(&[same, other]).interval, Some((0.0, 1.0)));
    // Of a hundred documents, half agreed on, 95 in 100 draws have 40 to 60 such ones.
    let mut many = vec![same; 50];
    many.extend(vec![other; 50]);
    let (from, to) = interval(&many).interval.unwrap();
    assert!((0.37..=0.43).contains(&from) && (0.57..=0.63).contains(&to), "{from}–{to}");
}

#[test]
fn a_figure_that_few_draws_have_has_no_interval() {
    let documents: [&[&str]; 2] = [&["[claim:satu]", "[claim:satu]"], &["satu", "satu"]];
    let exact = super::score(Measure::Exact, PAIR, &label("claim"));
    // Always the document that has no claim.
    let agreement = of(&documents).with_intervals(|_| 1);
    assert_eq!(agreement.figure(&exact).value, Some(1.0));
    assert_eq!(agreement.figure(&exact).interval, None);
    let agreement = of(&documents).with_intervals(|_| 0);
    assert_eq!(agreement.figure(&exact).interval, Some((1.0, 1.0)));
}

#[test]
fn an_interval_takes_half_of_the_draws() {
    // Draws of two documents, of which this share has the claim.
    let interval = |share: f64| {
        let documents: [&[&str]; 2] = [&["[claim:satu]", "[claim:satu]"], &["satu", "satu"]];
        let mut number = 0;
        let agreement = of(&documents).with_intervals(|_| {
            number += 1;
            usize::from(f64::from(number % 200) >= share * 200.0)
        });
        agreement.figure(&super::score(Measure::Exact, PAIR, &label("claim"))).interval
    };
    assert_eq!(interval(0.4), None);
    assert_eq!(interval(0.6), Some((1.0, 1.0)));
}

#[test]
fn without_documents_there_is_no_figure_at_all() {
    let left_out = LeftOut { not_begun: 2, unreadable: 0 };
    let agreement = Agreement::of(people(3), &built_in_schema(), Vec::new(), left_out);
    let agreement = with_intervals(agreement);
    assert_eq!((agreement.documents(), agreement.left_out(), agreement.tokens()), (0, left_out, 0));
    let found = figures(&agreement);
    assert!(found.iter().all(|(_, value)| value.is_none()), "{found:?}");
    assert_eq!(agreement.by_document(Whose::Everyone), []);
    assert_eq!(agreement.annotators(), [person("ana"), person("ben"), person("cy")]);
}
