//! `tandai agreement`.

use serde_json::{Value, json};
use tandai::corpus::{AnnotationSet, Status};

use super::Link;
use crate::exchange::{Ran, empty, person, put_set, tandai};
use crate::files::Folder;
use crate::markup::parse_as;
use crate::session::with_links;

fn put(folder: &Folder, annotator: &str, name: &str, marked: &str) {
    put_linked(folder, annotator, name, marked, &[]);
}

fn put_linked(folder: &Folder, annotator: &str, name: &str, marked: &str, links: &[Link<'_>]) {
    let read = parse_as(annotator, marked);
    put_set(folder, name, &read.text, &with_links(&read, links));
}

fn put_untouched(folder: &Folder, annotator: &str, name: &str, text: &str) {
    let text = tandai::text::Text::new(text);
    let set = AnnotationSet::new(person(annotator), text.end());
    assert_eq!(set.status(), Status::New);
    put_set(folder, name, &text, &set);
}

/// What the program writes where nothing is wanting.
#[track_caller]
fn written(folder: &Folder, arguments: &[&str]) -> String {
    let Ran { code, out, said } = tandai(folder, &[&["agreement"], arguments].concat());
    assert_eq!((code, said.as_str()), (0, ""));
    String::from_utf8(out).unwrap()
}

#[track_caller]
fn json(folder: &Folder, arguments: &[&str]) -> Value {
    serde_json::from_str(&written(folder, &[&["--json"], arguments].concat())).unwrap()
}

/// Two articles by two people, a third that ben has not begun and a fourth that he has
/// no set of; gold and a second pass beside them.
fn project() -> Folder {
    let folder = empty();
    let links: &[Link<'_>] = &[("attributed-to", "satu", "dua")];
    put_linked(&folder, "ana", "a", "[claim:satu] [source:dua] tiga", links);
    put_linked(&folder, "ben", "a", "[claim:satu] [source:dua] [claim:tiga]", links);
    put(&folder, "ana", "b", "👩‍🚀 [claim:empat] lima");
    put(&folder, "ben", "b", "👩‍🚀 empat [claim:lima]");
    put(&folder, "ana", "c", "[claim:enam]");
    put_untouched(&folder, "ben", "c", "enam");
    put(&folder, "ana", "d", "[claim:tujuh]");
    put(&folder, "gold", "a", "satu dua tiga");
    put(&folder, "ana@2", "a", "satu dua tiga");
    folder
}

#[test]
fn who_has_not_begun_an_article_leaves_it_out() {
    let found = json(&project(), &[]);
    assert_eq!(found["annotators"], json!(["ana", "ben"]));
    assert_eq!((&found["documents"], &found["left_out"]), (&json!(2), &json!(2)));
    // An emoji of three parts is three tokens: a person, a joiner, a rocket.
    assert_eq!(found["tokens"], 3 + 5);
    let pair = &found["f1_exact"]["pairs"]["ana-ben"];
    assert_eq!((&pair["tp"], &pair["n1"], &pair["n2"]), (&json!(2), &json!(3), &json!(4)));
    assert_eq!(pair["f1"], json!(4.0 / 7.0));
    let interval = pair["interval"].as_array().unwrap();
    assert!(interval[0].as_f64() < interval[1].as_f64(), "{interval:?}");
    assert_eq!(found["f1_relations"]["pairs"]["ana-ben"]["f1"], 1.0);
    assert_eq!(
        found["confusion"]["ana-ben"],
        json!([
            { "first": null, "second": "claim", "count": 2 },
            { "first": "claim", "second": null, "count": 1 },
            { "first": "claim", "second": "claim", "count": 1 },
            { "first": "source", "second": "source", "count": 1 },
        ])
    );
}

#[test]
fn whoever_has_only_reviewed_is_no_annotator() {
    let folder = project();
    let before = written(&folder, &[]);
    folder.write("annotations/rev/decisions.ron", b"(format: 1, decisions: [])");
    assert_eq!(written(&folder, &[]), before);
}

#[test]
fn what_is_not_defined_is_null() {
    let found = json(&project(), &[]);
    assert_eq!(found["f1_exact"]["labels"]["denial"], Value::Null);
    assert_eq!(found["kappa"]["denial"]["ana-ben"], Value::Null);
    for part in ["alpha", "u_alpha"] {
        assert_eq!(found[part]["denial"], Value::Null, "{part}");
        assert!(found[part]["claim"].is_f64(), "{part}");
    }
    assert_eq!(found["f1_relations"]["labels"]["denies"], Value::Null);
    assert_eq!(found["intervals"]["alpha"]["denial"], Value::Null);
    assert!(found["intervals"]["alpha"]["claim"].is_array());
    // With one article there is nothing to draw from.
    let folder = empty();
    put(&folder, "ana", "a", "[claim:satu] dua");
    put(&folder, "ben", "a", "[claim:satu] dua");
    let found = json(&folder, &[]);
    assert_eq!(found["f1_exact"]["mean"], 1.0);
    assert_eq!(found["f1_exact"]["interval"], Value::Null);
    assert_eq!(found["intervals"]["kappa"]["claim"]["ana-ben"], Value::Null);
}

#[test]
fn the_same_project_gives_the_same_bytes_whatever_order_names_are_in() {
    let folder = project();
    for number in 0..40 {
        let name = format!("more {number}");
        put(&folder, "ana", &name, if number % 3 == 0 { "[claim:a] b" } else { "a b" });
        put(&folder, "ben", &name, if number % 2 == 0 { "[claim:a] b" } else { "a [claim:b]" });
    }
    let first = written(&folder, &["--json"]);
    assert_eq!(first, written(&folder, &["--json"]));
    assert_eq!(first, written(&folder, &["--json", "--annotators", "ben,ana"]));
    assert!(first.ends_with("}\n"));
}

#[test]
fn those_who_are_named_are_compared_gold_too() {
    let folder = project();
    let found = json(&folder, &["--annotators", "gold,ana,ana@2"]);
    assert_eq!(found["annotators"], json!(["ana", "ana@2", "gold"]));
    assert_eq!((&found["documents"], &found["left_out"]), (&json!(1), &json!(3)));
    let pairs: Vec<&String> = found["f1_exact"]["pairs"].as_object().unwrap().keys().collect();
    assert_eq!(pairs, ["ana-ana@2", "ana-gold", "ana@2-gold"]);
    assert_eq!(found["f1_exact"]["pairs"]["ana@2-gold"]["f1"], Value::Null);
    assert_eq!(found["f1_exact"]["mean"], 0.0);
}

#[test]
fn a_table_says_what_the_json_says() {
    let folder = project();
    let page = written(&folder, &[]);
    let head = "ana, ben · 2 articles and 8 tokens; 2 articles left out, not begun by everyone\n";
    assert!(page.starts_with(head), "{page}");
    let row = |name: &str| {
        let row = page.lines().find(|line| line.starts_with(name)).unwrap();
        row.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(row("ana and ben")[3..6], ["both", "first", "second"]);
    assert_eq!(row("all")[..5], ["all", "2", "3", "4", "0.571"]);
    let nothing = ["denial", "0", "0", "0", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a"];
    assert_eq!(row("denial"), nothing);
    // Sets of labels have no units, two people no mean over pairs.
    assert_eq!(row("all").last().unwrap(), "n/a");
    assert!(!page.contains("All pairs"), "{page}");
    assert_eq!(row("F1 of links"), ["F1", "of", "links", "ana", "and", "ben"]);
    assert_eq!(row("attributed-to")[1], "1.000");
    assert_eq!(row("denies")[1], "n/a");
    let page = written(&folder, &["--annotators", "ana,ana@2,gold"]);
    assert!(page.contains("\nAll pairs, mean; alpha of all at once"), "{page}");
}

#[test]
fn agreement_takes_two() {
    let folder = empty();
    put(&folder, "ana", "a", "[claim:satu] dua");
    for arguments in [&["agreement"][..], &["agreement", "--annotators", "ana,ana"]] {
        let Ran { code, out, said } = tandai(&folder, arguments);
        assert_eq!((code, out.len()), (2, 0));
        assert!(
            said.contains("two annotators or more; with sets in this project there is ana"),
            "{said}"
        );
    }
    let Ran { code, out, said } = tandai(&folder, &["agreement", "--annotators", "ana,budi"]);
    assert_eq!((code, out.len()), (2, 0));
    assert!(said.contains("\"budi\" has no sets in this project; there is ana"), "{said}");
    let Ran { code, said, .. } = tandai(&empty(), &["agreement"]);
    assert_eq!(code, 2, "{said}");
}

#[test]
fn where_nobody_has_an_article_in_common_that_is_said() {
    let folder = empty();
    put(&folder, "ana", "a", "[claim:satu] dua");
    put(&folder, "ben", "b", "[claim:tiga] empat");
    let Ran { code, out, said } = tandai(&folder, &["agreement", "--json"]);
    assert_eq!(code, 0);
    assert!(said.contains("no article on which all of these annotators have begun"), "{said}");
    let found: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((&found["documents"], &found["left_out"]), (&json!(0), &json!(2)));
    assert_eq!(found["f1_exact"]["mean"], Value::Null);
}

#[test]
fn a_set_that_cannot_be_read_is_not_taken_for_an_empty_one() {
    let folder = project();
    folder.write("annotations/ben/a.txt.ron", b"(\n    format: 1,\n    nonsense");
    let Ran { code, out, said } = tandai(&folder, &["agreement", "--json"]);
    assert_eq!(code, 1);
    assert!(said.contains("a.txt.ron:3: "), "{said}");
    let found: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!((&found["documents"], &found["left_out"]), (&json!(1), &json!(2)));
    assert_eq!(found["unreadable"], 1);
    assert_eq!(found["f1_exact"]["mean"], 0.0);
    let Ran { out, .. } = tandai(&folder, &["agreement", "--report", "page.html"]);
    let out = String::from_utf8(out).unwrap();
    let said = "; 2 articles left out, not begun by everyone; 1 article left out, which could not";
    assert!(out.contains(said), "{out}");
    let page = String::from_utf8(folder.read("page.html")).unwrap();
    let said = "; 1 article is left out, which could not be read, or a set about it.";
    assert!(page.contains(said), "{page}");
}

#[test]
fn a_report_is_written_beside_oneself_as_often_as_one_likes() {
    let folder = project();
    let first = written(&folder, &["--report", "agreement.html"]);
    let page = folder.read("agreement.html");
    assert_eq!(written(&folder, &["--report", "agreement.html"]), first);
    assert_eq!(folder.read("agreement.html"), page);
}

#[test]
fn a_report_is_not_written_where_what_is_settled_cannot_be_read() {
    let folder = project();
    folder.write("annotations/gold/decisions.ron", b"<<<<<<< HEAD");
    let Ran { code, out, said } = tandai(&folder, &["agreement", "--report", "agreement.html"]);
    assert_ne!(code, 0);
    assert_eq!(out, b"");
    assert!(said.contains("what is settled is not known"), "{said}");
    assert!(said.contains("decisions.ron"), "{said}");
    assert!(!folder.path("agreement.html").exists());
}
