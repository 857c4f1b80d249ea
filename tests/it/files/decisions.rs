//! What an annotator decided, in its file.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{Annotator, Decision, Decisions, Id, Review};
use tandai::storage::{DecisionStore, ProblemKind, SaveError, SetStore};
use tandai::text::{Offset, Span};

use super::{Folder, ana, document_path};
use crate::hostile;

const FILE: &str = "annotations/ana/decisions.ron";

/// A file that is as it should be; its decisions are on lines 5 and 6.
const GOOD: &str = r#"(
    format: 1,
    annotator: "ana",
    decisions: [
        NotTagged(document: "a.txt", label: "location", span: (4, 9), text: "Seoul"),
        Meant(document: "a.txt", finding: "no denies from k3f9x2"),
    ],
)
"#;

fn folder(content: &[u8]) -> Folder {
    Folder::with(&[("seeds/a.txt", b"Kim tiba."), (FILE, content)])
}

#[track_caller]
fn with(old: &str, new: &str) -> Vec<u8> {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1).into_bytes()
}

fn not_tagged(document: &str, span: (usize, usize), label: &str, text: &str) -> Decision {
    Decision::NotTagged {
        document: document_path(document),
        span: Span::new(Offset::new(span.0), Offset::new(span.1)).unwrap(),
        label: label.into(),
        text: text.to_owned(),
    }
}

fn meant(document: &str, finding: &str) -> Decision {
    Decision::Meant { document: document_path(document), finding: finding.to_owned() }
}

/// A bad file is reported, decides nothing, and survives whatever is tried.
#[track_caller]
fn check_bad(content: &[u8], line: Option<usize>, says: &str) -> ProblemKind {
    let folder = folder(content);
    let before = folder.tree();
    let (mut store, decisions, problem) = DecisionStore::load(&folder.project(), &ana());
    let problem = problem.unwrap_or_else(|| panic!("it was read: {decisions:?}"));
    assert_eq!((decisions.iter().count(), problem.line), (0, line), "{problem}");
    assert!(problem.to_string().contains(says), "{problem}");
    assert!(problem.path.ends_with(FILE), "{problem:?}");
    let more: Decisions = [meant("a.txt", "x")].into_iter().collect();
    assert_eq!(store.save(&more), Err(SaveError::ChangedOutside));
    assert_eq!(store.set_aside(), Err(SaveError::ChangedOutside));
    assert_eq!(folder.tree(), before);
    problem.kind
}

#[test]
fn the_file_holds_a_decision_a_line() {
    let folder = folder(GOOD.as_bytes());
    let (mut store, decisions, problem) = DecisionStore::load(&folder.project(), &ana());
    assert_eq!(problem, None);
    let expected =
        [not_tagged("a.txt", (4, 9), "location", "Seoul"), meant("a.txt", "no denies from k3f9x2")];
    assert_eq!(decisions, expected.into_iter().collect());
    store.save(&decisions).unwrap();
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), GOOD);
}

#[test]
fn in_whichever_order_it_was_decided_the_file_is_the_same() {
    let decisions =
        [meant("b.txt", "y"), not_tagged("a.txt", (9, 12), "claim", "x"), meant("a.txt", "y")];
    let written = |decisions: Vec<Decision>| {
        let folder = Folder::with(&[("seeds/a.txt", b"Kim tiba.")]);
        let (mut store, _, _) = DecisionStore::load(&folder.project(), &ana());
        store.save(&decisions.into_iter().collect()).unwrap();
        folder.read(FILE)
    };
    let backwards: Vec<Decision> = decisions.iter().rev().chain(&decisions).cloned().collect();
    assert_eq!(written(decisions.to_vec()), written(backwards));
}

#[test]
fn where_no_file_is_nothing_is_decided_and_nothing_is_made() {
    let folder = Folder::with(&[("seeds/a.txt", b"Kim tiba.")]);
    let before = folder.tree();
    let (_, decisions, problem) = DecisionStore::load(&folder.project(), &ana());
    assert_eq!((decisions, problem), (Decisions::default(), None));
    assert_eq!(folder.tree(), before);
}

#[test]
fn decisions_are_neither_a_set_nor_an_article_nor_anothers() {
    let folder = folder(GOOD.as_bytes());
    let ben = Annotator::new("ben").unwrap();
    assert_eq!(DecisionStore::load(&folder.project(), &ben).1, Decisions::default());
    assert_eq!(folder.project().documents().0, [document_path("a.txt")]);
    let (_, others) = folder.load(&folder.document("a.txt"));
    assert_eq!(others, tandai::storage::SetOnDisk::Absent);
    assert_ne!(
        SetStore::file(&folder.project(), &ana(), &document_path("a.txt")),
        DecisionStore::file(&folder.project(), &ana()),
    );
}

#[test]
fn a_file_that_cannot_be_read_decides_nothing_and_is_left_alone() {
    let cut = &GOOD.as_bytes()[..GOOD.find("(document: \"a.txt\", finding").unwrap()];
    check_bad(cut, Some(6), "");
    check_bad(b"\xff", None, "not UTF-8");
    check_bad(&with("Meant(", "Meant(mood: 1, "), Some(6), "mood");
    check_bad(&with("NotTagged(", "Tagged("), Some(5), "Tagged");
    check_bad(&with("    decisions", "    mood: 1,\n    decisions"), Some(4), "mood");
    let kind = check_bad(&with("format: 1", "format: 2, colour: Blue"), None, "newer");
    assert_eq!(kind, ProblemKind::NewerFormat { found: 2, known: 1 });
    let kind = check_bad(&with("\"ana\"", "\"ben\""), None, "\"ben\"");
    assert_eq!(kind, ProblemKind::OtherAnnotator("ben".to_owned()));
}

#[test]
fn a_decision_about_nothing_is_refused() {
    for (old, new) in [("(4, 9)", "(9, 4)"), ("(4, 9)", "(4, 4)"), ("\"a.txt\"", "\"\"")] {
        let kind = check_bad(&with(old, new), None, "a decision in it has a span that is empty");
        assert_eq!(kind, ProblemKind::DecisionUnfit);
    }
    check_bad(&with("(4, 9)", "(-4, 9)"), Some(5), "");
}

#[test]
fn decisions_that_another_program_changed_are_not_written_over() {
    let folder = folder(GOOD.as_bytes());
    let (mut store, decisions, _) = DecisionStore::load(&folder.project(), &ana());
    folder.write(FILE, b"theirs");
    assert_eq!(store.save(&decisions), Err(SaveError::ChangedOutside));
    assert_eq!(folder.read(FILE), b"theirs");
    let copy = store.set_aside().unwrap();
    store.save(&decisions).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), b"theirs");
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), GOOD);
}

/// A file of what was settled and reviewed; its decisions are on lines 5 to 7.
const REVIEWED: &str = r#"(
    format: 1,
    annotator: "ana",
    decisions: [
        Settled(document: "a.txt", case: "ana: claim 4-9; ben: nothing", by: "ana"),
        Reviewed((document: "a.txt", annotator: "ben", annotation: "k3f9x2", content: "claim 4-9", accepted: true)),
        Reviewed((document: "b.txt", annotator: "gold", annotation: "x", content: "", accepted: false, note: "why?")),
    ],
)
"#;

#[test]
fn what_is_settled_and_reviewed_is_written_as_it_was_read() {
    let folder = folder(REVIEWED.as_bytes());
    let (mut store, decisions, problem) = DecisionStore::load(&folder.project(), &ana());
    assert_eq!((problem, decisions.iter().count()), (None, 3));
    let document = document_path("a.txt");
    let settled =
        |document: &str, case: &str| decisions.settled_in(&document_path(document)).contains(case);
    assert!(settled("a.txt", "ana: claim 4-9; ben: nothing"));
    // What is settled among two is so only among these.
    assert!(settled("a.txt", "ana: claim 4-9"));
    assert!(!settled("a.txt", "ana: claim 4-9; ben: nothing; cy: nothing"));
    assert!(!settled("a.txt", "ana: claim 4-9; ben: claim 4-9"));
    assert!(!settled("b.txt", "ana: claim 4-9; ben: nothing"));
    let ben = Annotator::new("ben").unwrap();
    let review = decisions.review(&document, &ben, &Id::new("k3f9x2").unwrap()).unwrap();
    assert_eq!((review.content.as_str(), review.accepted, &*review.note), ("claim 4-9", true, ""));
    assert_eq!(decisions.review(&document, &ana(), &Id::new("k3f9x2").unwrap()), None);
    store.save(&decisions).unwrap();
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), REVIEWED);
}

#[test]
fn what_was_settled_or_reviewed_and_is_damaged_is_a_problem_and_stays() {
    let with = |old: &str, new: &str| {
        assert!(REVIEWED.contains(old), "{old}");
        REVIEWED.replacen(old, new, 1).into_bytes()
    };
    for (old, new, line, says) in [
        (", case: \"ana: claim 4-9; ben: nothing\"", "", 5, "case"),
        (", by: \"ana\"", "", 5, "by"),
        (", by: \"ana\"", ", by: 7", 5, ""),
        (", accepted: true", "", 6, "accepted"),
        ("accepted: true", "accepted: Yes", 6, ""),
        ("accepted: true", "accepted: true, mood: 1", 6, "mood"),
        (", content: \"claim 4-9\"", "", 6, "content"),
        ("note: \"why?\"", "note: why", 7, ""),
    ] {
        check_bad(&with(old, new), Some(line), says);
    }
    for (old, new) in [
        ("document: \"b.txt\"", "document: \"../b.txt\""),
        ("annotation: \"x\"", "annotation: \"\""),
        ("annotator: \"ben\"", "annotator: \"\""),
        ("by: \"ana\"", "by: \"a/b\""),
    ] {
        let kind = check_bad(&with(old, new), None, "");
        assert_eq!(kind, ProblemKind::DecisionUnfit, "{new}");
    }
}

fn review() -> impl Strategy<Value = Decision> {
    let who = select(vec!["ana", "ben", "gold", "ana@2", "Zoë"]);
    let strings = (hostile::string(), hostile::string(), hostile::string());
    (document(), who, strings, any::<(bool, bool)>()).prop_map(
        |(document, who, (id, content, note), (accepted, settled))| {
            let annotator = Annotator::of_folder(who).unwrap();
            if settled {
                return Decision::Settled { document, case: content, by: annotator };
            }
            let annotation = Id::new(&id).unwrap_or_else(|| Id::from_random(0));
            Decision::Reviewed(Review { document, annotator, annotation, content, accepted, note })
        },
    )
}

fn document() -> impl Strategy<Value = tandai::corpus::DocumentPath> {
    hostile::string().prop_filter_map("no name of a document", |name| {
        tandai::corpus::DocumentPath::new(&format!("{name}.txt"))
    })
}

fn decision() -> impl Strategy<Value = Decision> {
    prop_oneof![judgement(), review()]
}

fn judgement() -> impl Strategy<Value = Decision> {
    let document = document();
    let span = (0_usize..1_000, 1_usize..1_000);
    (document, hostile::string(), hostile::string(), span, any::<bool>()).prop_map(
        |(document, label, text, (start, length), meant)| {
            if meant {
                return Decision::Meant { document, finding: text };
            }
            let span = Span::new(Offset::new(start), Offset::new(start + length)).unwrap();
            Decision::NotTagged { document, span, label: label.into(), text }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_decisions_are_read_as_they_were_written(decisions in vec(decision(), 0..8)) {
        let folder = Folder::with(&[("seeds/a.txt", b"Kim tiba.")]);
        let decisions: Decisions = decisions.into_iter().collect();
        let (mut store, _, _) = DecisionStore::load(&folder.project(), &ana());
        store.save(&decisions).unwrap();
        let bytes = folder.read(FILE);
        let (mut again, read, problem) = DecisionStore::load(&folder.project(), &ana());
        prop_assert_eq!((&read, problem), (&decisions, None));
        again.save(&read).unwrap();
        prop_assert_eq!(&folder.read(FILE), &bytes);
        // A line a decision, so that two people's changes merge.
        let lines = String::from_utf8(bytes).unwrap().lines().count();
        let around = if decisions.iter().count() == 0 { 4 } else { 6 };
        prop_assert_eq!(lines, around + decisions.iter().count());
        // Each is found by what it is about, whatever else there is.
        for decision in decisions.iter() {
            match decision {
                Decision::Settled { document, case, .. } => {
                    prop_assert!(read.settled_in(document).contains(case));
                }
                Decision::Reviewed(one) => {
                    let found = read.review(&one.document, &one.annotator, &one.annotation);
                    let same = |other: &Review| {
                        (&other.document, &other.annotator, &other.annotation)
                            == (&one.document, &one.annotator, &one.annotation)
                    };
                    prop_assert!(found.is_some_and(same));
                    let of = read.reviews_of(&one.document, &one.annotator);
                    prop_assert!(of.into_iter().any(|other| other == one));
                }
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// A case is settled where some settled case has all that is said in it.
    #[test]
    fn a_case_is_settled_with_each_case_that_says_as_much(
        settled in vec(prop::collection::btree_map("[a-d]", 0..3_u8, 2..4), 0..8),
        asked in prop::collection::btree_map("[a-d]", 0..3_u8, 1..4),
    ) {
        let said = |one: &std::collections::BTreeMap<String, u8>| -> Vec<String> {
            one.iter().map(|(who, what)| format!("{who}: claim {what}-9")).collect()
        };
        let by = ana();
        let document = document_path("a.txt");
        let decisions: Decisions = settled.iter().map(|one| Decision::Settled {
            document: document.clone(), case: said(one).join("; "), by: by.clone(),
        }).collect();
        let plainly = settled.iter().any(|one| said(&asked).iter().all(|what| said(one).contains(what)));
        let found = decisions.settled_in(&document).contains(&said(&asked).join("; "));
        prop_assert_eq!(found, plainly);
    }
}
