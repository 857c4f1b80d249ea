//! Figures that were published, or worked out elsewhere.

use serde_json::Value;
use tandai::corpus::{Annotation, AnnotationSet, Fragments, Id, Status};
use tandai::review::{Measure, WhatMeasured as What, Whose};
use tandai::text::{Offset, Span, Text};

use super::{PAIR, label, of, value};
use crate::exchange::{Ran, empty, person, put_set, tandai};

const EXAMPLE: &str = include_str!("../fixtures/agreement-example.json");
const RESULTS: &str = include_str!("../fixtures/agreement-example.results.json");

/// A text with a token for each value; `-` is a token without a label.
fn tokens(values: &str) -> String {
    let token = |value: &str| match value {
        "-" => "x".to_owned(),
        value => format!("[{value}:x]"),
    };
    values.split_whitespace().map(token).collect::<Vec<_>>().join(" ")
}

/// The figure that two observers of the same units come to, to three places.
#[track_caller]
fn check(measure: Measure, what: &What, [one, other]: [&str; 2], wanted: &str) {
    let agreement = of(&[&[&tokens(one), &tokens(other)]]);
    let found = value(&agreement, measure, PAIR, what).unwrap();
    assert_eq!(format!("{found:.3}"), wanted);
    let everyone = value(&agreement, measure, Whose::Everyone, what).unwrap();
    assert!((found - everyone).abs() < 1e-12);
}

/// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part A.
#[test]
fn alpha_of_binary_data_by_two_observers_is_as_published() {
    let said = ["- c - - - - - - c -", "c c c - - c - - - -"];
    check(Measure::Alpha, &label("c"), said, "0.095");
    // With one label, the sets of labels are as many values.
    check(Measure::Alpha, &What::All, said, "0.095");
}

/// The same, part B.
#[test]
fn alpha_of_nominal_data_by_two_observers_is_as_published() {
    let said = ["a a b b d c c c e d d a", "b a b b b c c c e d d d"];
    check(Measure::Alpha, &What::All, said, "0.692");
}

/// Fifty grant proposals read by two people, as textbooks have it: 20 are granted by
/// both, 5 by the first alone, 10 by the second alone, 15 by neither.
#[test]
fn kappa_of_two_readers_is_as_published() {
    let units = |values: [&str; 4]| {
        let counts = [20, 5, 10, 15];
        let values =
            values.iter().zip(counts).map(|(value, count)| format!("{value} ").repeat(count));
        values.collect::<String>()
    };
    let said = [units(["y", "y", "-", "-"]), units(["y", "-", "y", "-"])];
    check(Measure::Kappa, &label("y"), [&said[0], &said[1]], "0.400");
    check(Measure::Kappa, &What::All, [&said[0], &said[1]], "0.400");
}

/// The set of one annotator of the worked example.
fn set_of(name: &str, text: &Text, spans: &Value) -> AnnotationSet {
    let own = spans.as_array().unwrap().iter().filter(|span| span["annotator"] == name);
    let annotations = own.map(|span| {
        let fragments = span["fragments"].as_array().unwrap().iter().map(|ends| {
            let end = |at: usize| Offset::new(usize::try_from(ends[at].as_u64().unwrap()).unwrap());
            Span::new(end(0), end(1)).unwrap()
        });
        let id = Id::new(span["id"].as_str().unwrap()).unwrap();
        let fragments = Fragments::in_order(fragments.collect()).unwrap();
        Annotation::new(id, span["tag"].as_str().unwrap().into(), fragments)
    });
    let annotations = annotations.collect();
    AnnotationSet::assemble(person(name), text.end(), Status::Done, annotations, Vec::new())
        .unwrap()
}

/// What the program says of the worked example.
fn example_in_json() -> Value {
    let example: Value = serde_json::from_str(EXAMPLE).unwrap();
    let folder = empty();
    for read in example["documents"].as_array().unwrap() {
        let text = Text::new(read["text"].as_str().unwrap());
        for name in ["ana", "ben", "cy"] {
            let set = set_of(name, &text, &read["spans"]);
            put_set(&folder, read["id"].as_str().unwrap(), &text, &set);
        }
    }
    let Ran { code, out, said } = tandai(&folder, &["agreement", "--json"]);
    assert_eq!((code, said.as_str()), (0, ""));
    serde_json::from_slice(&out).unwrap()
}

/// Compares all numbers of a part of the results with those that were found, which may
/// be more.
fn compare(path: &str, found: &Value, wanted: &Value) -> usize {
    match wanted {
        Value::Object(wanted) => {
            let each = wanted.iter().map(|(name, wanted)| {
                let name = if name == "tag set" { "label set" } else { name };
                compare(&format!("{path}/{name}"), &found[name], wanted)
            });
            each.sum()
        }
        wanted => {
            let wanted = wanted.as_f64().unwrap();
            let found = found.as_f64().unwrap_or_else(|| panic!("{path} is not there"));
            // Six places; their means are of figures that had six.
            assert!((found - wanted).abs() < 1e-6, "{path}: {found}, not {wanted}");
            1
        }
    }
}

#[test]
fn the_worked_example_comes_to_the_figures_that_other_programs_found() {
    let (found, results) = (example_in_json(), serde_json::from_str::<Value>(RESULTS).unwrap());
    let mut compared = 0;
    for (ours, theirs) in
        [("f1_exact", "f1_exact"), ("f1_overlap", "f1_overlap"), ("f1_characters", "f1_char")]
    {
        for (part, name) in [("pairs", "pairs"), ("labels", "per_tag"), ("mean", "mean")] {
            let path = format!("{ours}/{part}");
            compared += compare(&path, &found[ours][part], &results[theirs][name]);
        }
    }
    compared += compare("kappa", &found["kappa"], &results["kappa_token"]);
    compared += compare("alpha", &found["alpha"], &results["alpha_token"]);
    for name in ["claim", "source", "denial", "location"] {
        compared += compare("u_alpha", &found["u_alpha"][name], &results["u_alpha"][name]);
    }
    compared += compare("tokens", &found["tokens"], &results["token_count"]);
    compared += compare("documents", &found["documents"], &results["documents"]);
    assert_eq!(found["annotators"], results["annotators"]);
    // Three times 12 of pairs, 4 of labels and a mean; 15, 5, 4 and two counts.
    assert_eq!(compared, 3 * 17 + 15 + 5 + 4 + 2);
}
