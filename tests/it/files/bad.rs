//! Files that are not what they should be: each says what is wrong and where,
//! and none is ever written over.

use tandai::storage::{ProblemKind, SaveError, SetOnDisk, summarize};

use super::{Folder, ana, document_path};
use crate::markup;

const FILE: &str = "annotations/ana/a.txt.ron";
const ARTICLE: &str = "Barat menuduh Korea Utara. Korea Utara membantah.";

/// A file that is as it should be. The claim is on line 7, the denial on 8, the
/// relation on 11.
const GOOD: &str = r#"(
    format: 1,
    document: (path: "a.txt", characters: 49, sha256: "2e8feb7861c4328c0c657934e23ae65ce3045a45102d1d053b74b23715e4c263"),
    annotator: "ana",
    status: InProgress,
    annotations: [
        (id: "c", label: "claim", spans: [(0, 13)], text: ["Barat menuduh"]),
        (id: "d", label: "denial", spans: [(27, 38), (39, 48)], text: ["Korea Utara", "membantah"]),
    ],
    relations: [
        (id: "r", label: "denies", from: "d", to: "c"),
    ],
)
"#;

/// The good file with some of it replaced.
#[track_caller]
fn with(old: &str, new: &str) -> Vec<u8> {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1).into_bytes()
}

/// A bad file is reported at its line, in words, and survives a save untouched.
#[track_caller]
fn check(content: &[u8], line: Option<usize>, says: &str) -> ProblemKind {
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE.as_bytes()), (FILE, content)]);
    let before = folder.tree();
    let document = folder.document("a.txt");
    let (mut store, found) = folder.load(&document);
    let SetOnDisk::Unreadable(problem) = found else { panic!("it was read: {found:?}") };
    assert_eq!(problem.path, folder.project().root().join("annotations/ana/a.txt.ron"));
    assert_eq!(problem.line, line, "{problem}");
    assert!(problem.to_string().contains(says), "{problem}");

    let set = markup::parse("[claim:Barat menuduh] Korea Utara. Korea Utara membantah.").set;
    assert_eq!(store.save(&set, &document), Err(SaveError::ChangedOutside));
    let summary = summarize(&folder.project(), &ana(), &document_path("a.txt"));
    assert_eq!(summary.problem, Some(problem.clone()));
    assert_eq!(folder.tree(), before);
    problem.kind
}

#[test]
fn the_file_that_the_bad_ones_are_made_from_is_good() {
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE.as_bytes()), (FILE, GOOD.as_bytes())]);
    let document = folder.document("a.txt");
    let SetOnDisk::Read(set) = folder.load(&document).1 else { panic!("it is bad") };
    let rendered = markup::render(&document.text, &set, None, None);
    let expected =
        "[claim:Barat menuduh] Korea Utara. [denial#1:Korea Utara] [denial#1:membantah].";
    assert_eq!((rendered.as_str(), set.relations().len()), (expected, 1));
}

#[test]
fn a_file_cut_off_in_the_middle_is_not_read_in_part() {
    let cut = |until: &str| &GOOD.as_bytes()[..GOOD.find(until).unwrap()];
    // The last line that has something on it.
    check(cut("status"), Some(4), "");
    check(cut("label: \"denial\""), Some(8), "");
    check(cut("relations"), Some(9), "");
    check(b"", Some(1), "");
}

#[test]
fn a_field_that_is_not_known_is_refused_and_not_dropped() {
    check(&with("    status", "    mood: \"bad\",\n    status"), Some(5), "mood");
    check(&with("label: \"claim\"", "label: \"claim\", sure: 3"), Some(7), "sure");
    check(&with("label: \"denies\"", "label: \"denies\", sure: 3"), Some(11), "sure");
    check(&with("InProgress", "Stuck"), Some(5), "Stuck");
    let twice = "label: \"claim\", attributes: {\"a\": \"1\", \"a\": \"2\"}";
    check(&with("label: \"claim\"", twice), Some(7), "\"a\" is there twice");
}

#[test]
fn a_newer_format_is_named_whatever_else_it_holds() {
    let kind = check(&with("format: 1", "format: 2, colour: Blue"), None, "newer");
    assert_eq!(kind, ProblemKind::NewerFormat { found: 2, known: 1 });
}

#[test]
fn a_set_about_another_text_or_person_is_not_taken_for_this_one() {
    let kind = check(&with("sha256: \"2e", "sha256: \"00"), None, "has changed");
    assert_eq!(kind, ProblemKind::DigestDiffers);
    let kind = check(&with("characters: 49", "characters: 50"), None, "50 characters");
    assert_eq!(kind, ProblemKind::LengthDiffers { expected: 50, found: 49 });
    let other = GOOD.replacen("a.txt", "b.txt", 1).replacen("sha256: \"2e", "sha256: \"00", 1);
    let kind = check(other.as_bytes(), None, "\"b.txt\"");
    assert_eq!(kind, ProblemKind::OtherDocument("b.txt".to_owned()));
    let kind = check(&with("\"ana\"", "\"ben\""), None, "\"ben\"");
    assert_eq!(kind, ProblemKind::OtherAnnotator("ben".to_owned()));
}

/// Who renames an article moves its sets along, and need not write in them.
#[test]
fn a_set_that_was_moved_along_with_its_article_is_read_and_gets_the_new_name() {
    let (article, set) = ("seeds/x/b.txt", "annotations/ana/x/b.txt.ron");
    let folder = Folder::with(&[(article, ARTICLE.as_bytes()), (set, GOOD.as_bytes())]);
    let document = folder.document("x/b.txt");
    let (mut store, found) = folder.load(&document);
    let SetOnDisk::Read(read) = found else { panic!("{found:?}") };
    store.save(&read, &document).unwrap();
    let written = std::fs::read_to_string(folder.path(set)).unwrap();
    assert_eq!(written, GOOD.replacen("a.txt", "x/b.txt", 1));
    let ran = crate::exchange::tandai(&folder, &["check"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
}

#[test]
fn a_quote_that_differs_is_shown_beside_what_the_article_says() {
    let kind = check(&with("Barat menuduh\"", "Barat memuji\""), Some(7), "Barat memuji");
    let (quoted, found) = ("Barat memuji".to_owned(), "Barat menuduh".to_owned());
    assert_eq!(kind, ProblemKind::QuoteDiffers { id: "c".to_owned(), quoted, found });
    // Of a discontinuous annotation the second quote counts as much as the first.
    check(&with("\"membantah\"", "\"mengaku\""), Some(8), "mengaku");
    // One character further on.
    check(&with("(0, 13)", "(1, 14)"), Some(7), "arat menuduh ");
}

#[test]
fn spans_that_cannot_be_are_reported_at_their_line() {
    let unfit = "empty, reversed, out of order or overlapping";
    check(&with("(0, 13)", "(13, 0)"), Some(7), unfit);
    check(&with("(0, 13)", "(5, 5)"), Some(7), unfit);
    check(&with("[(0, 13)], text: [\"Barat menuduh\"]", "[], text: []"), Some(7), unfit);
    check(&with("[\"Barat menuduh\"]", "[]"), Some(7), unfit);
    check(&with("(27, 38), (39, 48)", "(39, 48), (27, 38)"), Some(8), unfit);
    check(&with("(27, 38), (39, 48)", "(27, 38), (37, 48)"), Some(8), unfit);
    check(&with("(0, 13)", "(0, 1300)"), Some(7), "Barat menuduh");
    check(&with("(0, 13)", "(-1, 13)"), Some(7), "");
    check(&with("(0, 13)", "(0, 99999999999999999999999)"), Some(7), "");
}

#[test]
fn a_set_that_contradicts_itself_is_reported_at_the_second_of_the_two_places() {
    check(&with("id: \"d\"", "id: \"c\""), Some(8), "\"c\" is there twice");
    check(&with("id: \"r\"", "id: \"d\""), Some(11), "\"d\" is there twice");
    check(&with("to: \"c\"", "to: \"x\""), Some(11), "\"x\"");
    check(&with("from: \"d\"", "from: \"x\""), Some(11), "\"x\"");
    check(&with("id: \"c\"", "id: \"\""), Some(7), "no id");
    check(&with("to: \"c\"", "to: \"\""), Some(11), "no id");
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    let mut bytes = GOOD.as_bytes().to_vec();
    bytes[200] = 0xff;
    check(&bytes, None, "not UTF-8");
    check(b"\0\0\0\0", Some(1), "");
    check(b"<<<<<<< ours\n", Some(1), "");
}

#[test]
fn deep_nesting_is_refused_and_exhausts_nothing() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    check(deep("(", ")").as_bytes(), Some(1), "");
    let field = format!("format: 1, deep: {}", deep("[", "]"));
    check(&with("format: 1", &field), Some(2), "");
    check(&with("format: 1", &format!("format: 9, deep: {}", deep("Some(", ")"))), Some(2), "");
}

#[test]
fn a_folder_where_the_file_would_be_is_reported() {
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE.as_bytes())]);
    std::fs::create_dir_all(folder.path(FILE)).unwrap();
    let found = folder.load(&folder.document("a.txt")).1;
    assert!(matches!(found, SetOnDisk::Unreadable(_)), "{found:?}");
}
