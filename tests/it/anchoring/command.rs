//! `tandai reanchor`.

use std::collections::BTreeSet;

use serde_json::Value;
use tandai::corpus::{Annotation, AnnotationSet, Annotator, Decision, Review, Status};
use tandai::review::{Comparison, content};
use tandai::storage::{DecisionStore, SetOnDisk, SetStore};

use crate::exchange::{Ran, put_set, tandai};
use crate::files::{Folder, ana, document_path};
use crate::markup::{parse, parse_as};
use crate::session::with_links;

const OLD: &str = "Barat [claim:menuduh Korea Utara mengirim senjata]. Kemarin sore juga Kim \
                   [denial:membatah tuduhan itu] di [location:Pyongyang], [source:kata kantor berita KCNA] pagi ini.";
const NEW: &str = "Tadi malam: Barat menuduh Korea Utara mengirim senjata. Kemarin sore juga Kim membantah \
                   tuduhan itu, kata kantor berita KCNA pagi ini.";
const SET: &str = "annotations/ana/a.txt.ron";

/// A project of which the one article has changed since it was annotated; with the earlier
/// text kept in the local state, or not.
fn changed(with_text: bool) -> Folder {
    let folder = Folder::with(&[("seeds/x.txt", b"")]);
    let read = parse(OLD);
    let links = [
        ("attributed-to", "menuduh Korea Utara mengirim senjata", "kata kantor berita KCNA"),
        ("denies", "membatah tuduhan itu", "menuduh Korea Utara mengirim senjata"),
        ("located-at", "membatah tuduhan itu", "Pyongyang"),
    ];
    put_set(&folder, "a", &read.text, &with_links(&read, &links));
    if with_text {
        folder.project().keep_text(&folder.document("a.txt")).unwrap();
    }
    folder.write("seeds/a.txt", NEW.as_bytes());
    folder
}

fn run(folder: &Folder, arguments: &[&str]) -> (i32, Value) {
    let Ran { code, out, said } = tandai(folder, &[&["reanchor", "--json"], arguments].concat());
    assert_eq!(said, "");
    (code, serde_json::from_slice(&out).unwrap())
}

fn statuses(found: &Value) -> Vec<(String, String)> {
    let annotations = found["annotations"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    annotations.map(|one| (text(&one["status"]), text(&one["old_text"][0]))).collect()
}

fn read(folder: &Folder) -> AnnotationSet {
    match folder.load(&folder.document("a.txt")).1 {
        SetOnDisk::Read(set) => set,
        other => panic!("{other:?}"),
    }
}

/// As git does on some systems, and editors everywhere. What was kept of earlier texts is not
/// needed for it, and no place is in doubt, however often the same words stand there.
#[test]
fn a_text_that_is_only_written_otherwise_leaves_nothing_in_doubt() {
    let marked = "Kim tiba.\n[claim:Kim] tiba.\nKim tiba, kata [source:Kim].\né\n";
    let read = parse(marked);
    let plain = read.text.as_str();
    let utf_16 = |text: &str| -> Vec<u8> {
        let marked = format!("\u{feff}{text}");
        marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    let western = plain.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let forms: [Vec<u8>; 5] = [
        plain.as_bytes().to_vec(),
        plain.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{plain}").into_bytes(),
        utf_16(plain),
        western,
    ];
    for (one, was) in forms.iter().enumerate() {
        for (other, is) in forms.iter().enumerate().filter(|(other, _)| *other != one) {
            let folder = Folder::with(&[("seeds/a.txt", was)]);
            let document = folder.document("a.txt");
            let mut text = document.text.as_str().to_owned();
            for (label, at) in [("claim", 1), ("source", 3)].into_iter().rev() {
                let start = text.match_indices("Kim").nth(at).unwrap().0;
                text.replace_range(start..start + 3, &format!("[{label}:Kim]"));
            }
            let set = SetStore::text(&parse(&text).set, &document);
            folder.write(SET, set.as_bytes());
            let _ = std::fs::remove_dir_all(folder.path(".tandai"));
            folder.write("seeds/a.txt", is);
            let ran = tandai(&folder, &["reanchor", "--write"]);
            assert_eq!(
                ran.code,
                0,
                "{one} to {other}: {} {}",
                ran.said,
                String::from_utf8_lossy(&ran.out)
            );
            let document = folder.document("a.txt");
            let set = self::read(&folder);
            let found: Vec<_> = set
                .annotations()
                .iter()
                .map(|one| {
                    document.text.as_str()[..document.text.byte_of(one.fragments.extent().start)]
                        .matches("Kim")
                        .count()
                })
                .collect();
            assert_eq!(found, [1, 3], "{one} to {other}");
        }
    }
}

/// A set of another name about another text may be about any article.
#[test]
fn a_set_that_was_moved_to_another_text_is_not_placed_there() {
    let folder = changed(true);
    std::fs::rename(folder.path(SET), folder.path("annotations/ana/b.txt.ron")).unwrap();
    std::fs::rename(folder.path("seeds/a.txt"), folder.path("seeds/b.txt")).unwrap();
    let before = folder.tree();
    let ran = tandai(&folder, &["reanchor", "--write"]);
    assert_eq!(ran.code, 1);
    assert!(ran.said.contains("it is about \"a.txt\""), "{}", ran.said);
    assert_eq!(folder.tree(), before);
}

#[test]
fn what_has_become_of_each_annotation_is_listed_and_nothing_is_changed() {
    for with_text in [true, false] {
        let folder = changed(with_text);
        let before = folder.tree();
        let (code, found) = run(&folder, &[]);
        assert_eq!(folder.tree(), before);
        assert_eq!(code, 1);
        let expected = [
            ("moved", "menuduh Korea Utara mengirim senjata"),
            ("changed", "membatah tuduhan itu"),
            ("lost", "Pyongyang"),
            // What was put in before it is as long as what was taken out.
            ("same", "kata kantor berita KCNA"),
        ];
        let expected = expected.map(|(one, two)| (one.to_owned(), two.to_owned()));
        assert_eq!(statuses(&found), expected, "{with_text}");
        let moved = &found["annotations"][0];
        assert_eq!(moved["old"], serde_json::json!([[6, 42]]));
        assert_eq!(moved["new"], serde_json::json!([[18, 54]]));
        assert_eq!(found["annotations"][1]["new_text"][0], "membantah tuduhan itu");
        assert_eq!(found["counts"]["moved"], 1);
    }
}

#[test]
fn what_is_sure_is_taken_over_and_the_rest_waits_in_the_file_with_its_links() {
    let folder = changed(true);
    let earlier = folder.read(SET);
    let (code, found) = run(&folder, &["--write"]);
    assert_eq!((code, &found["written"][0]), (1, &Value::from(SET)));
    let set = read(&folder);
    let labels: Vec<&str> = set.annotations().iter().map(|one| &*one.label).collect();
    assert_eq!(labels, ["claim", "source"]);
    let links: Vec<&str> = set.relations().iter().map(|one| &*one.label).collect();
    assert_eq!(links, ["attributed-to"]);
    let waiting: Vec<(String, usize)> =
        set.adrift().iter().map(|one| (one.quote(), one.relations.len())).collect();
    assert_eq!(waiting, [("membatah tuduhan itu".to_owned(), 2), ("Pyongyang".to_owned(), 0)]);
    // What it was is kept.
    assert_eq!(folder.read(".tandai/earlier/ana/a.txt.ron"), earlier);
    // They are still looked for, and writing once more changes nothing.
    let written = folder.read(SET);
    let (code, found) = run(&folder, &["--write"]);
    assert_eq!((code, statuses(&found).len()), (1, 2));
    assert_eq!(folder.read(SET), written);
    let Ran { code, .. } = tandai(&folder, &["check"]);
    assert_eq!(code, 1);
}

/// Of what waits it stays as it was: what it will be nobody knows yet.
#[test]
fn what_was_reviewed_and_settled_goes_along_with_what_is_sure() {
    let folder = Folder::with(&[("seeds/x.txt", b"")]);
    let old = [parse(OLD), parse_as("ben", OLD)];
    for read in &old {
        put_set(&folder, "a", &read.text, &read.set);
    }
    folder.project().keep_text(&folder.document("a.txt")).unwrap();
    folder.write("seeds/a.txt", NEW.as_bytes());
    let (ben, gold) = (Annotator::new("ben").unwrap(), Annotator::gold());
    let reviewed = |annotation: &Annotation| {
        Decision::Reviewed(Review {
            document: document_path("a.txt"),
            annotator: ana(),
            annotation: annotation.id.clone(),
            content: content(annotation),
            accepted: true,
            note: "well seen".to_owned(),
        })
    };
    let settled = |cases: &Comparison| -> Vec<Decision> {
        let keys = cases.cases.iter().map(|case| case.key.clone());
        let (document, by) = (document_path("a.txt"), ben.clone());
        keys.map(|case| Decision::Settled { document: document.clone(), case, by: by.clone() })
            .collect()
    };
    let [anas, bens] = old.each_ref().map(|read| &read.set);
    let before = Comparison::of(&[anas, bens], None);
    let decide = |whose: &Annotator, decisions: Vec<Decision>| {
        let (mut store, ..) = DecisionStore::load(&folder.project(), whose);
        store.save(&decisions.into_iter().collect()).unwrap();
    };
    decide(&ben, anas.annotations().iter().map(|one| reviewed(one)).collect());
    decide(&gold, settled(&before));
    let decided = |whose: &Annotator| -> BTreeSet<Decision> {
        DecisionStore::load(&folder.project(), whose).1.iter().cloned().collect()
    };
    let was: BTreeSet<Decision> = decided(&ben);

    let (_, found) = run(&folder, &["--write"]);
    let files = ["annotations/ben/decisions.ron", "annotations/gold/decisions.ron"];
    assert_eq!(found["decisions_written"], Value::from(files.to_vec()));
    let now = read(&folder);
    let sure: BTreeSet<Decision> = now.annotations().iter().map(|one| reviewed(one)).collect();
    assert_eq!(sure.len(), 2);
    let found = decided(&ben);
    assert!(sure.is_subset(&found), "{found:?}");
    assert!(!sure.is_subset(&was), "something has moved");
    let waits: BTreeSet<&Decision> = found.difference(&sure).collect();
    assert_eq!(waits.len(), 2);
    assert!(waits.into_iter().all(|one| was.contains(one)), "{found:?}");
    let SetOnDisk::Read(bens) =
        SetStore::load(&folder.project(), &ben, &folder.document("a.txt")).1
    else {
        panic!("ben's set is there")
    };
    let after = settled(&Comparison::of(&[&now, &bens], None));
    assert_eq!(after.len(), 2);
    let golds = decided(&gold);
    assert!(after.iter().all(|case| golds.contains(case)), "{golds:?}");

    // Once more there is nothing to be taken along.
    let (_, found) = run(&folder, &["--write"]);
    assert_eq!(found["decisions_written"], Value::Array(Vec::new()));
}

/// They would look as if they were not there.
#[test]
fn what_waits_is_said_where_it_is_not_counted() {
    let folder = changed(true);
    run(&folder, &["--write"]);
    let bens = parse_as("ben", &NEW.replace("Kim", "[source:Kim]"));
    put_set(&folder, "a", &bens.text, &bens.set);
    for command in ["stats", "agreement"] {
        let Ran { code, said, .. } = tandai(&folder, &[command]);
        assert_eq!(code, 1, "{command}: {said}");
        let words = "not counted: 2 tags without a place in the text that the article has now";
        assert!(said.contains(words), "{command}: {said}");
    }
    let Ran { code, said, .. } = tandai(&folder, &["stats", "--annotators", "ben"]);
    assert_eq!((code, said.as_str()), (0, ""));
}

#[test]
fn what_is_adrift_lands_when_the_words_come_back_with_all_its_links() {
    let folder = changed(true);
    run(&folder, &["--write"]);
    let old = parse(OLD);
    folder.write("seeds/a.txt", format!("Tadi malam. {}", old.text.as_str()).as_bytes());
    let (code, found) = run(&folder, &["--write"]);
    assert_eq!(code, 0, "{found}");
    let set = read(&folder);
    assert_eq!((set.annotations().len(), set.relations().len(), set.adrift().len()), (4, 3, 0));
}

#[test]
fn a_set_that_is_done_is_in_progress_again_while_something_waits() {
    let folder = Folder::with(&[("seeds/x.txt", b"")]);
    let read_old = parse("Barat [claim:menuduh Korea Utara mengirim senjata].");
    let mut set = read_old.set.clone();
    set.apply(tandai::corpus::Edit::SetStatus(Status::Done)).unwrap();
    put_set(&folder, "a", &read_old.text, &set);
    folder.write("seeds/a.txt", b"Lain sama sekali.");
    run(&folder, &["--write"]);
    assert_eq!(read(&folder).status(), Status::InProgress);
    assert_eq!(read(&folder).annotator(), &ana());
}

#[test]
fn of_articles_that_have_not_changed_nothing_is_said() {
    let folder = Folder::with(&[("seeds/x.txt", b"")]);
    let read = parse(OLD);
    put_set(&folder, "a", &read.text, &read.set);
    let (code, found) = run(&folder, &["--write"]);
    assert_eq!((code, statuses(&found).len()), (0, 0));
    let Ran { out, .. } = tandai(&folder, &["reanchor"]);
    assert_eq!(String::from_utf8(out).unwrap(), "No tagged article has changed.\n");
    let Ran { code, out, said } = tandai(&folder, &["reanchor", "--project", "none"]);
    assert_eq!((code, out.len()), (2, 0));
    assert!(said.contains("none"), "{said}");
}
