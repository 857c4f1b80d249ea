//! How far annotators agree: figures of marked texts, of published examples, of
//! whatever proptest thinks of, and those of `tandai agreement`.

mod any_sets;
mod command;
mod naive;
mod published;

use std::sync::Arc;

use tandai::corpus::{AnnotationSet, Annotator, Edit, Status};
use tandai::review::{
    Agreement, Confused, Figure, LeftOut, Measure, Measured, Score, WhatMeasured as What, Whose,
    compared_by_default,
};
use tandai::storage::built_in_schema;
use tandai::text::Text;

use crate::exchange::{document, person};
use crate::markup::parse_as;
use crate::sayings::{Link, marked, people, unlinked};

/// What is counted of sets about documents, which all of these people have.
#[track_caller]
fn agreement(people: &[Annotator], documents: &[(Text, Vec<AnnotationSet>)]) -> Agreement {
    let measured = documents.iter().enumerate().map(|(at, (text, sets))| {
        let sets: Vec<&AnnotationSet> = sets.iter().collect();
        let document = document(&at.to_string(), text.as_str());
        Measured::of(people, &document, &sets).expect("everyone has begun")
    });
    Agreement::of(people.to_vec(), &built_in_schema(), measured.collect(), LeftOut::default())
}

/// The agreement on documents, in each of which everyone marks the same text.
#[track_caller]
fn of(documents: &[&[&str]]) -> Agreement {
    let people = people(documents[0].len());
    let documents: Vec<_> = documents.iter().map(|texts| unlinked(texts)).collect();
    agreement(&people, &documents)
}

#[test]
fn a_figure_in_words_has_no_minus_before_a_nought() {
    let figure = |value, interval| Figure { value, interval }.to_string();
    assert_eq!(figure(Some(-0.000_4), Some((-0.004, 0.696))), "0.000 (0.00–0.70)");
    assert_eq!(figure(Some(-0.25), None), "-0.250");
    assert_eq!(figure(None, None), "n/a");
}

fn label(label: &str) -> What {
    What::Label(label.into())
}

fn score(measure: Measure, whose: Whose, what: &What) -> Score {
    Score { measure, whose, what: what.clone() }
}

fn value(agreement: &Agreement, measure: Measure, whose: Whose, what: &What) -> Option<f64> {
    agreement.figure(&score(measure, whose, what)).value
}

/// Whether two figures are the same, or both not defined.
fn same(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-9,
        (one, other) => one == other,
    }
}

#[track_caller]
fn check(agreement: &Agreement, measure: Measure, whose: Whose, what: &What, wanted: Option<f64>) {
    let found = value(agreement, measure, whose, what);
    assert!(same(found, wanted), "{measure:?} of {what:?}: {found:?}, not {wanted:?}");
}

const PAIR: Whose = Whose::Pair(0);
const MEASURES: [Measure; 7] = [
    Measure::Exact,
    Measure::Overlap,
    Measure::Characters,
    Measure::Relations,
    Measure::Kappa,
    Measure::Alpha,
    Measure::UnitAlpha,
];

/// Every figure there is of these, so that two agreements can be compared.
fn figures(agreement: &Agreement) -> Vec<(Score, Option<f64>)> {
    let pairs = (0..agreement.pairs().len()).map(Whose::Pair);
    let everyone: Vec<Whose> = pairs.chain([Whose::Everyone]).collect();
    let mut figures = Vec::new();
    for measure in MEASURES {
        let labels = match measure {
            Measure::Relations => agreement.relations(),
            _ => agreement.labels(),
        };
        let labels = labels.iter().map(|label| What::Label(label.clone()));
        for what in labels.chain([What::All]) {
            for whose in &everyone {
                let found = value(agreement, measure, *whose, &what);
                figures.push((score(measure, *whose, &what), found));
            }
        }
    }
    figures
}

#[test]
fn one_annotation_over_two_overlaps_just_one_of_them() {
    let agreement = of(&[&["[claim:satu dua]", "[claim:satu] [claim:dua]"]]);
    check(&agreement, Measure::Overlap, PAIR, &label("claim"), Some(2.0 / 3.0));
    assert_eq!(agreement.counts(Measure::Overlap, 0, &What::All), [1, 1, 2]);
    check(&agreement, Measure::Exact, PAIR, &What::All, Some(0.0));
    // Seven of eight characters and of seven.
    check(&agreement, Measure::Characters, PAIR, &What::All, Some(14.0 / 15.0));
}

#[test]
fn as_many_are_matched_as_can_be_whatever_comes_first() {
    // What the first of ana's meets first is all that her second can have.
    let agreement =
        of(&[&["[claim:satu dua tiga] [claim:empat]", "[claim:satu [claim:dua] tiga empat]"]]);
    assert_eq!(agreement.counts(Measure::Overlap, 0, &What::All), [2, 2, 2]);
    // The last can be matched when both before it move on by one.
    let agreement = of(&[&[
        "[claim:a b] [claim:c] d [claim:e]",
        "[claim#1:a [claim#2:b [claim#3:c]#2 d]#3 e]#1",
    ]]);
    assert_eq!(agreement.counts(Measure::Overlap, 0, &What::All), [3, 3, 3]);
    // Two that meet the same one cannot both have it.
    let agreement =
        of(&[&["[claim:satu [claim:dua] tiga] empat", "satu [claim:dua tiga] [claim:empat]"]]);
    assert_eq!(agreement.counts(Measure::Overlap, 0, &What::All), [1, 2, 2]);
}

#[test]
fn what_lies_in_a_gap_is_not_overlapped() {
    let agreement = of(&[&["[claim#1:satu] dua [claim#1:tiga]", "satu [claim:dua] tiga"]]);
    check(&agreement, Measure::Overlap, PAIR, &What::All, Some(0.0));
    check(&agreement, Measure::Characters, PAIR, &What::All, Some(0.0));
}

#[test]
fn exact_takes_all_fragments_and_the_label() {
    let whole = "[claim:satu dua] tiga";
    let parts = "[claim#1:satu ][claim#1:dua] tiga";
    for (other, both) in [(whole, 1), (parts, 0), ("[denial:satu dua] tiga", 0)] {
        let agreement = of(&[&[whole, other]]);
        assert_eq!(agreement.counts(Measure::Exact, 0, &What::All), [both, 1, 1], "{other}");
    }
    let agreement = of(&[&[whole, parts]]);
    for measure in [Measure::Characters, Measure::Overlap, Measure::Kappa, Measure::Alpha] {
        check(&agreement, measure, PAIR, &label("claim"), Some(1.0));
    }
}

#[test]
fn what_is_said_twice_counts_once() {
    let twice = "[claim#1:[claim#2:satu]#2]#1 dua [source:tiga]";
    let once = "[claim:satu] dua [source:tiga]";
    let (one, other) = (of(&[&[twice, once]]), of(&[&[once, once]]));
    assert_eq!(one.counts(Measure::Exact, 0, &What::All), [2, 2, 2]);
    assert_eq!(one.counts(Measure::Overlap, 0, &label("claim")), [1, 1, 1]);
    assert_eq!(figures(&one), figures(&other));
}

#[test]
fn one_who_marks_nothing_where_the_other_does_agrees_by_nothing() {
    let agreement = of(&[&["[claim:satu] dua", "satu dua"]]);
    for measure in [Measure::Exact, Measure::Overlap, Measure::Characters, Measure::Kappa] {
        check(&agreement, measure, PAIR, &label("claim"), Some(0.0));
    }
}

#[test]
fn what_nobody_marks_has_no_figure() {
    let agreement = of(&[&["[claim:satu] dua", "[claim:satu] dua", "[claim:satu] dua"]]);
    for measure in MEASURES {
        for whose in [PAIR, Whose::Everyone] {
            check(&agreement, measure, whose, &label("denial"), None);
        }
    }
    check(&agreement, Measure::Relations, Whose::Everyone, &What::All, None);
    // Of sets of labels there are no units.
    check(&agreement, Measure::UnitAlpha, Whose::Everyone, &What::All, None);
    for measure in [Measure::Exact, Measure::Kappa, Measure::Alpha] {
        check(&of(&[&["", ""]]), measure, PAIR, &What::All, None);
    }
}

#[test]
fn what_everyone_marks_everywhere_has_no_figure_corrected_for_chance() {
    let agreement = of(&[&["[claim:satu dua]", "[claim:satu dua]"]]);
    for measure in [Measure::Kappa, Measure::Alpha] {
        check(&agreement, measure, PAIR, &What::All, None);
        check(&agreement, measure, PAIR, &label("claim"), None);
    }
    check(&agreement, Measure::Exact, PAIR, &label("claim"), Some(1.0));
}

#[test]
fn units_only_or_gaps_only_have_no_u_alpha_in_long_texts_either() {
    // Lengths at which what is expected, though it is nothing, may be rounded to something.
    for characters in [165_141, 165_143, 200_000, 300_001] {
        let text = "a".repeat(characters);
        let all = format!("[claim:{text}]");
        let agreement = of(&[&[&text, &text], &[&text, &text]]);
        check(&agreement, Measure::UnitAlpha, PAIR, &label("claim"), None);
        let agreement = of(&[&[&all, &all], &[&all, &all]]);
        check(&agreement, Measure::UnitAlpha, PAIR, &label("claim"), None);
    }
}

#[test]
fn a_mean_is_over_the_pairs_that_have_the_figure() {
    // Ben and cy mark no source: their pair has no figure, ana's pairs have 0.
    let agreement = of(&[&["[source:satu] [claim:dua]", "satu [claim:dua]", "satu [claim:dua]"]]);
    let pairs: Vec<_> = agreement.pairs().iter().map(|(a, b)| format!("{a}-{b}")).collect();
    assert_eq!(pairs, ["ana-ben", "ana-cy", "ben-cy"]);
    check(&agreement, Measure::Exact, Whose::Pair(2), &label("source"), None);
    check(&agreement, Measure::Exact, Whose::Everyone, &label("source"), Some(0.0));
    check(&agreement, Measure::Exact, Whose::Everyone, &What::All, Some(7.0 / 9.0));
}

#[test]
fn links_are_the_same_between_the_same_things_whatever_their_ids() {
    let by = |links: &[Link<'_>]| {
        let one = ("[claim:satu] [source:dua] [source:tiga]", links);
        let own: &[Link<'_>] = &[("same-as", "dua", "tiga"), ("attributed-to", "satu", "dua")];
        agreement(&people(2), &[marked(&[one, (one.0, own)])])
    };
    let found = by(&[("attributed-to", "satu", "dua")]);
    check(&found, Measure::Relations, PAIR, &What::All, Some(2.0 / 3.0));
    check(&found, Measure::Relations, PAIR, &label("attributed-to"), Some(1.0));
    check(&found, Measure::Relations, PAIR, &label("same-as"), Some(0.0));
    // The other way round, between others, with another label.
    for link in [("same-as", "tiga", "dua"), ("same-as", "satu", "dua"), ("denies", "dua", "tiga")]
    {
        assert_eq!(by(&[link]).counts(Measure::Relations, 0, &What::All), [0, 1, 2], "{link:?}");
    }
    // A link between what only one has marked so is not the same.
    let wider: (&str, &[Link<'_>]) = ("[claim:satu dua]", &[]);
    let narrow: (&str, &[Link<'_>]) = ("[claim:satu] dua", &[("same-as", "satu", "satu")]);
    let found = agreement(&people(2), &[marked(&[wider, narrow])]);
    assert_eq!(found.counts(Measure::Relations, 0, &label("same-as")), [0, 0, 1]);
}

#[test]
fn labels_that_the_schema_lacks_are_measured_behind_its_own() {
    let agreement = of(&[&["[zulu:satu] [alpha:dua]", "satu dua"]]);
    let labels: Vec<&str> = agreement.labels().iter().map(|label| &**label).collect();
    assert_eq!(labels, ["claim", "source", "denial", "location", "alpha", "zulu"]);
    assert_eq!(agreement.counts(Measure::Exact, 0, &label("zulu")), [0, 1, 0]);
    assert_eq!(agreement.counts(Measure::Exact, 0, &What::All), [0, 2, 0]);
}

#[test]
fn confusion_says_which_labels_are_given_to_one_thing() {
    let agreement = of(&[
        &["[claim:satu dua] [source:tiga] [claim:empat]", "[denial:satu dua] [source:tiga] empat"],
        &["satu [source:dua]", "[claim:satu] [source:dua]"],
    ]);
    let cell = |first: Option<&str>, second: Option<&str>, count| Confused {
        first: first.map(Arc::from),
        second: second.map(Arc::from),
        count,
    };
    let (claim, denial, source) = (Some("claim"), Some("denial"), Some("source"));
    let wanted = [
        cell(None, claim, 1),
        cell(claim, None, 1),
        cell(claim, denial, 1),
        cell(source, source, 2),
    ];
    assert_eq!(agreement.confusion(0), wanted);
    assert_eq!(agreement.confusion(1), []);
}

#[test]
fn a_document_counts_only_where_everyone_has_begun() {
    let read = parse_as("ana", "[claim:satu] dua");
    let text = read.text.as_str();
    let [ana, ben] = [person("ana"), person("ben")];
    let own = read.set;
    let measured = |sets: &[&AnnotationSet]| {
        Measured::of(&[ana.clone(), ben.clone()], &document("a", text), sets)
    };
    assert_eq!(measured(&[&own]), None);
    for (status, counts) in [
        (Status::New, false),
        (Status::InProgress, true),
        (Status::Done, true),
        (Status::Skipped, true),
    ] {
        let mut theirs = AnnotationSet::new(ben.clone(), read.text.end());
        theirs.apply(Edit::SetStatus(status)).unwrap();
        // Others may be there, and in any order.
        let other = parse_as("cy", "satu [claim:dua]").set;
        let found = measured(&[&theirs, &other, &own]);
        assert_eq!(found.is_some(), counts, "{status:?}");
        let Some(found) = found else { continue };
        let people = vec![ana.clone(), ben.clone()];
        let agreement = Agreement::of(people, &built_in_schema(), vec![found], LeftOut::default());
        assert_eq!(agreement.counts(Measure::Exact, 0, &What::All), [0, 1, 0]);
        assert_eq!((agreement.documents(), agreement.tokens()), (1, 2));
    }
}

#[test]
fn gold_and_second_passes_are_compared_only_where_nobody_else_could_be() {
    let compared = |names: &[&str]| {
        let everyone: Vec<Annotator> = names.iter().map(|name| person(name)).collect();
        let compared = compared_by_default(&everyone);
        compared.iter().map(|one| one.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(compared(&["ana", "ana@2", "ben", "gold"]), ["ana", "ben"]);
    assert_eq!(compared(&["ana", "ana@2", "gold"]), ["ana", "ana@2", "gold"]);
    assert_eq!(compared(&["ana", "gold"]), ["ana", "gold"]);
    assert_eq!(compared(&["ana"]), ["ana"]);
    assert_eq!(compared(&[]), [""; 0]);
}

#[test]
fn each_document_has_its_own_figures_in_the_order_of_counting() {
    let agreement = of(&[
        &["[claim:satu]", "[claim:satu]", "[claim:satu]"],
        &["[claim:satu] dua", "[claim:satu dua]", "satu dua"],
        &["satu", "satu", "satu"],
    ]);
    let rows = |whose| {
        let rows = agreement.by_document(whose).into_iter();
        rows.map(|(path, exact, overlap)| (path.to_string(), exact, overlap)).collect::<Vec<_>>()
    };
    let row = |name: &str, exact, overlap| (name.to_owned(), exact, overlap);
    let (one, none) = (Some(1.0), Some(0.0));
    let of_pair = [row("0.txt", one, one), row("1.txt", none, one), row("2.txt", None, None)];
    assert_eq!(rows(PAIR), of_pair);
    let mean =
        [row("0.txt", one, one), row("1.txt", none, Some(1.0 / 3.0)), row("2.txt", None, None)];
    assert_eq!(rows(Whose::Everyone), mean);
}
