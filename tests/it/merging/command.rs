//! `tandai diff` and `tandai merge`.

use serde_json::{Value, json};
use tandai::corpus::{Annotation, AnnotationSet, Decision, Edit, Relation, Status, Version};
use tandai::storage::{DecisionStore, SetOnDisk};

use super::{after, conflicts, id, marked, with_status};
use crate::exchange::{Ran, empty, put_set, tandai};
use crate::files::{Folder, ana, document_path};
use crate::markup::{parse, parse_as, render};
use crate::session::with_links;

const TEXT: &str = "[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";
const OURS: &str = "annotations/ana/a.txt.ron";
const DECISIONS: &str = "annotations/ana/decisions.ron";

/// The file of a set about the text of a marking.
fn file_of(text: &str, set: &AnnotationSet) -> Vec<u8> {
    let folder = empty();
    put_set(&folder, "a", &parse(text).text, set);
    folder.read(&format!("annotations/{}/a.txt.ron", set.annotator()))
}

fn file(text: &str) -> Vec<u8> {
    file_of(text, &marked(text, &[]))
}

/// A project with ana's set, and two other states of it beside.
fn project(base: &[u8], ours: &[u8], theirs: &[u8]) -> Folder {
    let text = parse(TEXT).text;
    let files = [
        ("seeds/a.txt", text.as_str().as_bytes()),
        ("base.ron", base),
        (OURS, ours),
        ("theirs.ron", theirs),
    ];
    Folder::with(&files)
}

#[track_caller]
fn merge(folder: &Folder, wanted: i32) -> String {
    let Ran { code, out, said } = tandai(folder, &["merge", "base.ron", OURS, "theirs.ron"]);
    assert_eq!((code, out.len()), (wanted, 0), "{said}");
    assert_eq!(said.is_empty(), wanted == 0, "{said}");
    said
}

/// Ana's set as the window would open it.
#[track_caller]
fn opened(folder: &Folder) -> AnnotationSet {
    match folder.load(&folder.document("a.txt")).1 {
        SetOnDisk::Read(set) => set,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check_opened(folder: &Folder, wanted: &str, open: &[(&str, Option<&str>)]) {
    let set = opened(folder);
    assert_eq!(render(&parse(TEXT).text, &set, None, None), wanted);
    assert_eq!(conflicts(&set), open);
}

/// A merge that cannot be done leaves everything as it was, and says why.
#[track_caller]
fn check_refused(base: &[u8], ours: &[u8], theirs: &[u8], says: &str) {
    let folder = project(base, ours, theirs);
    let before = folder.tree();
    let said = merge(&folder, 2);
    assert!(said.contains(says), "{said}");
    assert_eq!(folder.tree(), before);
    assert_eq!(folder.read(OURS), ours);
}

#[track_caller]
fn diff(folder: &Folder, arguments: &[&str], wanted: i32) -> String {
    let Ran { code, out, said } = tandai(folder, &[&["diff"], arguments].concat());
    assert_eq!((code, said.as_str()), (wanted, ""));
    String::from_utf8(out).unwrap()
}

/// Two sets that differ in everything in which two can.
fn pair() -> Folder {
    let first = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA"), ("at", "KCNA", "Seoul")]);
    let text = "[claim#1:Kim] tiba di [city#2:Seoul], [event#4:kata] [source#3:KCNA].";
    let links = &[("denies", "Kim", "KCNA"), ("at", "KCNA", "Seoul"), ("see", "kata", "KCNA")];
    let second = with_status(&with_links(&parse(text), links), Status::Done);
    let claim = second.annotation(&id("s1")).unwrap();
    let attributes = [("directness".to_owned(), "direct".to_owned())].into();
    let claim = Annotation { note: "sure?".to_owned(), attributes, ..(**claim).clone() };
    let second = after(&second, Edit::Replace(claim.into()));
    let second = after(&second, Edit::RemoveRelation(id("r1")));
    let folder = empty();
    folder.write("a.ron", &file_of(TEXT, &first));
    folder.write("b.ron", &file_of(text, &second));
    folder
}

#[test]
fn what_differs_is_said_in_lines() {
    let folder = pair();
    let wanted = "\
~ claim “Kim tiba” at 0–8 (s1): place 0–8 → 0–3, text Kim tiba → Kim, \
directness nothing → direct, note nothing → sure?
~ location “Seoul” at 12–17 (s2): label location → city
+ event “kata” at 19–23 (s4)
~ link attributed-to from “Kim tiba” to “KCNA” (r0): label attributed-to → denies, \
from “Kim tiba” → “Kim”
- link at from “KCNA” to “Seoul” (r1)
+ link see from “kata” to “KCNA” (r2)
~ status: in progress → done
";
    let found = diff(&folder, &["a.ron", "b.ron"], 1);
    let same = found.lines().collect::<std::collections::BTreeSet<_>>();
    assert_eq!(same, wanted.lines().collect(), "{found}");
    assert_eq!(diff(&folder, &["a.ron", "a.ron"], 0), "");
}

#[test]
fn what_has_line_ends_is_one_line_all_the_same() {
    let theirs = marked(TEXT, &[]);
    let claim = theirs.annotation(&id("s1")).unwrap();
    let attributes = [("kind".to_owned(), "a\r\nb".to_owned())].into();
    let claim = Annotation { note: "one\n+ two".to_owned(), attributes, ..(**claim).clone() };
    let folder = empty();
    folder.write("a.ron", &file_of(TEXT, &marked(TEXT, &[])));
    folder.write("b.ron", &file_of(TEXT, &after(&theirs, Edit::Replace(claim.into()))));
    let wanted = "~ claim “Kim tiba” at 0–8 (s1): kind nothing → a  b, note nothing → one + two\n";
    assert_eq!(diff(&folder, &["a.ron", "b.ron"], 1), wanted);
}

#[test]
fn what_two_people_say_nearly_alike_is_told_with_what_differs() {
    let other_ids = "[claim#7:Kim tiba] di [location#8:Seoul], kata [source#9:KCNA].";
    let theirs = with_links(&parse(other_ids), &[]);
    let claim = theirs.annotation(&id("s7")).unwrap();
    let claim = Annotation { note: "sure?".to_owned(), ..(**claim).clone() };
    let folder = empty();
    folder.write("a.ron", &file_of(TEXT, &marked(TEXT, &[])));
    folder.write("b.ron", &file_of(TEXT, &after(&theirs, Edit::Replace(claim.into()))));
    let wanted = "\
- claim “Kim tiba” at 0–8 (s1)
+ claim “Kim tiba” at 0–8 (s7), note “sure?”
";
    assert_eq!(diff(&folder, &["a.ron", "b.ron"], 1), wanted);
}

#[test]
fn two_peoples_annotations_with_one_id_by_chance_are_not_taken_for_one_thing() {
    let ben = |text: &str, links: &[(&str, &str, &str)]| {
        with_links(&crate::markup::parse_as("ben", text), links)
    };
    let folder = empty();
    let mine = "[claim#1:Kim tiba] di [location#2:Seoul], [event#3:kata] KCNA.";
    let theirs = "Kim [event#3:tiba] di [location#1:Seoul], [claim#2:kata KCNA].";
    let first = marked(mine, &[("at", "Kim tiba", "Seoul"), ("at", "kata", "Seoul")]);
    let second = ben(theirs, &[("at", "tiba", "Seoul"), ("at", "kata KCNA", "Seoul")]);
    folder.write("a.ron", &file_of(mine, &first));
    folder.write("b.ron", &file_of(theirs, &second));
    // What both say under two ids is no difference, nor is it what has the same id.
    let wanted = "\
- claim “Kim tiba” at 0–8 (s1)
+ event “tiba” at 4–8 (s3)
- event “kata” at 19–23 (s3)
+ claim “kata KCNA” at 19–28 (s2)
- link at from “Kim tiba” to “Seoul” (r0)
+ link at from “tiba” to “Seoul” (r0)
- link at from “kata” to “Seoul” (r1)
+ link at from “kata KCNA” to “Seoul” (r1)
";
    let found = diff(&folder, &["a.ron", "b.ron"], 1);
    let lines = |said: &str| {
        let mut lines: Vec<String> = said.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&found), lines(wanted), "{found}");
    // One id and shared characters are one thing, as where a set was copied and changed.
    let theirs = "[claim#1:Kim] tiba di [location#2:Seoul], [event#3:kata] KCNA.";
    let copied = ben(theirs, &[("at", "Kim", "Seoul"), ("at", "kata", "Seoul")]);
    folder.write("b.ron", &file_of(theirs, &copied));
    let wanted = "~ claim “Kim tiba” at 0–8 (s1): place 0–8 → 0–3, text Kim tiba → Kim\n";
    assert_eq!(diff(&folder, &["a.ron", "b.ron"], 1), wanted);
}

#[test]
fn what_differs_is_said_as_json() {
    let folder = pair();
    let found: Value =
        serde_json::from_str(&diff(&folder, &["a.ron", "b.ron", "--json"], 1)).unwrap();
    assert_eq!((&found["first"], &found["second"]), (&json!("a.ron"), &json!("b.ron")));
    assert_eq!(found["same_text"], true);
    let all = found["differences"].as_array().unwrap();
    assert_eq!(all.len(), 7);
    let of = |id: &str| {
        let has = |one: &&Value, side: &str| one[side]["id"] == id;
        all.iter().find(|one| has(one, "before") || has(one, "after")).unwrap()
    };
    let claim = json!({
        "kind": "changed", "what": "annotation",
        "before": {
            "id": "s1", "label": "claim", "spans": [[0, 8]], "quote": "Kim tiba",
            "attributes": {}, "note": "",
        },
        "after": {
            "id": "s1", "label": "claim", "spans": [[0, 3]], "quote": "Kim",
            "attributes": { "directness": "direct" }, "note": "sure?",
        },
    });
    assert_eq!(of("s1"), &claim);
    assert_eq!((&of("s4")["kind"], &of("s4")["before"]), (&json!("added"), &Value::Null));
    let link = json!({ "id": "r1", "label": "at", "from": "s3", "to": "s2" });
    assert_eq!(of("r1"), &json!({ "kind": "removed", "what": "relation", "before": link }));
    let status = json!({
        "kind": "changed", "what": "status", "before": "in progress", "after": "done",
    });
    assert!(all.contains(&status), "{found}");
    let same: Value =
        serde_json::from_str(&diff(&folder, &["b.ron", "b.ron", "--json"], 0)).unwrap();
    assert_eq!(same["differences"], json!([]));
}

#[test]
fn sets_about_other_texts_are_compared_with_a_warning() {
    let folder = empty();
    folder.write("a.ron", &file("[claim#1:Kim] tiba"));
    folder.write("b.ron", &file("[claim#1:Kim] pergi"));
    let found = diff(&folder, &["a.ron", "b.ron"], 1);
    assert!(found.starts_with("! the two are about different texts"), "{found}");
    assert_eq!(found.lines().count(), 1, "{found}");
    let found: Value =
        serde_json::from_str(&diff(&folder, &["a.ron", "b.ron", "--json"], 1)).unwrap();
    assert_eq!((&found["same_text"], &found["differences"]), (&json!(false), &json!([])));
}

#[test]
fn what_cannot_be_compared_is_said_with_its_line() {
    let folder = pair();
    folder.write("broken.ron", b"(\n    format: 1,\n    nonsense");
    for (arguments, says) in [
        (&["a.ron", "broken.ron"][..], "broken.ron:3: "),
        (&["broken.ron", "a.ron", "--json"], "broken.ron:3: "),
        (&["a.ron", "nowhere.ron"], "nowhere.ron"),
        (&["a.ron"], "B.ron"),
    ] {
        let Ran { code, out, said } = tandai(&folder, &[&["diff"], arguments].concat());
        assert_eq!((code, out.len()), (2, 0), "{said}");
        assert!(said.contains(says), "{said}");
    }
}

#[test]
fn changes_of_different_things_are_brought_together() {
    let ours = file("[denial#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].");
    let theirs = file("[claim#1:Kim tiba] di Seoul, [event#4:kata] [source#3:KCNA].");
    let folder = project(&file(TEXT), &ours, &theirs);
    let (base, other) = (folder.read("base.ron"), folder.read("theirs.ron"));
    merge(&folder, 0);
    check_opened(&folder, "[denial:Kim tiba] di Seoul, [event:kata] [source:KCNA].", &[]);
    assert_eq!((folder.read("base.ron"), folder.read("theirs.ron")), (base, other));
    // Nothing is left lying about: the article, three files and their folders.
    assert_eq!(folder.tree().len(), 4 + 3, "{:?}", folder.tree().keys());
    // Once more it is there already.
    let merged = folder.read(OURS);
    merge(&folder, 0);
    assert_eq!(folder.read(OURS), merged);
}

#[test]
fn a_file_in_conflict_opens_and_keeps_what_the_other_side_has() {
    let ours = file("[denial#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].");
    let theirs = file("[event#1:Kim] tiba di Seoul, kata [source#3:KCNA].");
    let folder = project(&file(TEXT), &ours, &theirs);
    let said = merge(&folder, 1);
    assert!(said.contains("a.txt.ron: 1 conflict; open it in Tandai"), "{said}");
    let wanted = "[denial:Kim tiba] di Seoul, kata [source:KCNA].";
    check_opened(&folder, wanted, &[("s1", Some("event"))]);
    let set = opened(&folder);
    let Some(Version::Annotation(other)) = &set.conflicts()[0].other else { panic!() };
    assert_eq!(other.quote(&parse(TEXT).text), "Kim");
    // It can be worked on and saved.
    let document = folder.document("a.txt");
    let settled = after(&set, Edit::RemoveConflict(id("s1")));
    folder.load(&document).0.save(&settled, &document).unwrap();
    check_opened(&folder, wanted, &[]);
}

#[test]
fn with_an_empty_base_both_have_begun_anew() {
    let ours = file("[claim#1:Kim tiba] di Seoul, kata KCNA.");
    let theirs = file("Kim tiba di [location#2:Seoul], kata KCNA.");
    for base in [&b""[..], b"\n"] {
        let folder = project(base, &ours, &theirs);
        merge(&folder, 0);
        check_opened(&folder, "[claim:Kim tiba] di [location:Seoul], kata KCNA.", &[]);
    }
    let other = file("[event#1:Kim] tiba di Seoul, kata KCNA.");
    let folder = project(b"", &ours, &other);
    merge(&folder, 1);
    check_opened(&folder, "[claim:Kim tiba] di Seoul, kata KCNA.", &[("s1", Some("event"))]);
}

#[test]
fn a_base_about_another_text_is_no_common_ground() {
    let base = file("[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA]!");
    let theirs = file("[event#1:Kim tiba] di [location#2:Seoul], kata KCNA.");
    let folder = project(&base, &file(TEXT), &theirs);
    merge(&folder, 1);
    let wanted = "[claim:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    check_opened(&folder, wanted, &[("s1", Some("event"))]);
}

/// Git finds the renamed file, and has both sides' changes merged into it.
#[test]
fn an_article_that_one_side_renames_is_the_same() {
    let named = |content: &[u8], name: &str| {
        let content = String::from_utf8(content.to_vec()).unwrap();
        content.replace("\"a.txt\"", &format!("\"{name}\"")).into_bytes()
    };
    let (base, more) = (file("Kim tiba di Seoul, kata KCNA."), file(TEXT));
    let renamed = named(&base, "b.txt");
    for (ours, theirs) in [(&renamed, &more), (&more, &renamed)] {
        let folder = project(&base, ours, theirs);
        merge(&folder, 0);
        let merged = String::from_utf8(folder.read("annotations/ana/a.txt.ron")).unwrap();
        assert!(merged.contains("path: \"b.txt\"") && merged.contains("\"Seoul\""), "{merged}");
    }
}

#[test]
fn what_cannot_be_merged_leaves_ours_as_it_was() {
    let (base, ours) = (file(TEXT), file("[claim#1:Kim tiba] di Seoul, kata KCNA."));
    let other_text = file("[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:AFP].");
    check_refused(&base, &ours, &other_text, "different versions of the article");
    let elsewhere = String::from_utf8(other_text.clone()).unwrap();
    let elsewhere = elsewhere.replace("\"a.txt\"", "\"b.txt\"");
    check_refused(
        &base,
        &ours,
        elsewhere.as_bytes(),
        "one side is about a.txt, the other about b.txt",
    );
    let ben = parse_as("ben", TEXT);
    let bens = file_of(TEXT, &ben.set);
    check_refused(&base, &ours, &bens, "one side is by ana, the other by ben");
    for broken in [&b"<<<<<<< HEAD\n(\n"[..], b"", b"(format: 1)", b"\xff\xfe"] {
        check_refused(&base, &ours, broken, "theirs.ron: ");
        check_refused(&base, broken, &ours, "a.txt.ron: ");
    }
    check_refused(b"<<<<<<< HEAD\n(\n", &ours, &ours, "base.ron: ");
    let newer = String::from_utf8(ours.clone()).unwrap().replace("format: 1", "format: 9");
    check_refused(&base, &ours, newer.as_bytes(), "format 9");
    let misquoting = String::from_utf8(file(TEXT)).unwrap().replace("\"Kim tiba\"", "\"Kim pulg\"");
    check_refused(
        &base,
        &ours,
        misquoting.as_bytes(),
        "quote different texts at characters 0 to 8",
    );
}

#[test]
fn a_file_that_is_not_there_and_a_missing_argument_are_refused() {
    let folder = project(&file(TEXT), &file(TEXT), &file(TEXT));
    let before = folder.tree();
    for arguments in [
        &["merge", "nowhere.ron", OURS, "theirs.ron"][..],
        &["merge", "base.ron", "nowhere.ron", "theirs.ron"],
        &["merge", "base.ron", OURS, "nowhere.ron"],
        &["merge", "base.ron", OURS],
    ] {
        let Ran { code, out, said } = tandai(&folder, arguments);
        assert_eq!((code, out.len()), (2, 0), "{said}");
        assert!(said.contains("nowhere.ron: ") || said.contains("<THEIRS>"), "{said}");
    }
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_link_and_the_removal_of_its_end_are_in_conflict() {
    let linked = file_of(TEXT, &marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]));
    let removed = file("[claim#1:Kim tiba] di [location#2:Seoul], kata KCNA.");
    let folder = project(&file(TEXT), &removed, &linked);
    merge(&folder, 1);
    let wanted = "[claim:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    check_opened(&folder, wanted, &[("s3", None)]);
    let link =
        Relation { id: id("r0"), label: "attributed-to".into(), from: id("s1"), to: id("s3") };
    assert_eq!(opened(&folder).relations(), [link.into()]);
}

fn decisions(findings: &[&str]) -> Vec<u8> {
    let folder = empty();
    let (mut store, ..) = DecisionStore::load(&project_of(&folder), &ana());
    store.save(&findings.iter().map(|finding| meant(finding)).collect()).unwrap();
    folder.read(DECISIONS)
}

fn project_of(folder: &Folder) -> tandai::storage::Project {
    folder.write("seeds/a.txt", b"Kim tiba.");
    folder.project()
}

fn meant(finding: &str) -> Decision {
    Decision::Meant { document: document_path("a.txt"), finding: finding.to_owned() }
}

#[test]
fn decisions_are_merged_each_for_itself() {
    let run = |base: &[u8], wanted: i32| {
        let folder = empty();
        let project = project_of(&folder);
        folder.write("base.ron", base);
        folder.write(DECISIONS, &decisions(&["a", "b", "d"]));
        folder.write("theirs.ron", &decisions(&["a", "c", "e"]));
        let before = folder.tree();
        let Ran { code, said, .. } =
            tandai(&folder, &["merge", "base.ron", DECISIONS, "theirs.ron"]);
        assert_eq!(code, wanted, "{said}");
        if code == 2 {
            assert_eq!(folder.tree(), before);
        }
        let (_, found, problem) = DecisionStore::load(&project, &ana());
        assert_eq!(problem, None);
        found
    };
    let of = |findings: &[&str]| findings.iter().map(|finding| meant(finding)).collect();
    assert_eq!(run(&decisions(&["a", "b", "c"]), 0), of(&["a", "d", "e"]));
    assert_eq!(run(b"", 0), of(&["a", "b", "c", "d", "e"]));
    assert_eq!(run(b"<<<<<<< HEAD", 2), of(&["a", "b", "d"]));
    assert_eq!(run(&file(TEXT), 2), of(&["a", "b", "d"]));
}

#[test]
fn decisions_and_a_set_are_not_merged() {
    check_refused(b"", &file(TEXT), &decisions(&["a"]), "theirs.ron: ");
    check_refused(b"", &decisions(&["a"]), &file(TEXT), "a.txt.ron: ");
}
