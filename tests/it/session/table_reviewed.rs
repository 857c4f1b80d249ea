//! Going over the rows of the table as they are listed.

use tandai::corpus::Id;
use tandai::session::{Message, Reviewing};

use super::table::{at, filter, go_to, in_hand, table};
use super::{Person, annotator, path};

/// What the person has said of the annotation in hand: whether it is accepted, and the note.
fn said(person: &Person, article: &str, whose: &str, id: &str) -> Option<(bool, String)> {
    let decisions = person.session.decisions().unwrap();
    let review = decisions.review(&path(article), &annotator(whose), &Id::new(id).unwrap())?;
    Some((review.accepted, review.note.clone()))
}

fn id_in_hand(person: &Person) -> (String, String, String) {
    let key = person.session.table().unwrap().row_in_hand().unwrap().key;
    (key.document.to_string(), key.annotator.to_string(), key.annotation.to_string())
}

fn of_hand(
    person: &Person,
    (article, whose, id): &(String, String, String),
) -> Option<(bool, String)> {
    said(person, article, whose, id)
}

#[test]
fn rows_are_accepted_one_below_the_other_as_they_are_listed() {
    let mut person = table();
    filter(&mut person, "label:source");
    go_to(&mut person, 0);
    let mut walked = Vec::new();
    for _ in 0..4 {
        let row = id_in_hand(&person);
        walked.push(in_hand(&person));
        person.press("O");
        assert_eq!(of_hand(&person, &row), Some((true, String::new())), "{row:?}");
    }
    assert_eq!(
        walked,
        ["ana source:Budi", "ana source:Siti", "ben source:Budi", "ana source:Rina"]
    );
    assert_eq!(person.notice(), "Nothing further down in the table is left to be reviewed");
    assert_eq!(in_hand(&person), "ana source:Rina");
    // Each is a step of its own.
    person.press("Ctrl+Z");
    assert_eq!(of_hand(&person, &id_in_hand(&person)), None);
}

#[test]
fn what_is_reviewed_already_is_passed_over_in_either_direction() {
    let mut person = table();
    filter(&mut person, "label:source");
    go_to(&mut person, 1);
    person.press("O");
    go_to(&mut person, 0);
    person.press("I");
    assert_eq!(in_hand(&person), "ben source:Budi");
    person.press("Shift+I");
    assert_eq!(in_hand(&person), "ana source:Budi");
    person.press("Shift+I");
    assert_eq!(person.notice(), "Nothing further up in the table is left to be reviewed");
}

#[test]
fn undoing_a_review_leads_back_to_its_row() {
    let mut person = table();
    for typed in ["label:source", "label:source review:open"] {
        filter(&mut person, typed);
        go_to(&mut person, 0);
        let first = in_hand(&person);
        person.press("O");
        let last = person.session.table().unwrap().lines.len() - 1;
        go_to(&mut person, last);
        person.press("Ctrl+Z");
        assert_eq!(in_hand(&person), first, "{typed}");
        assert!(person.notice().starts_with("Undid: mark source reviewed"), "{}", person.notice());
    }
}

/// The rows that are listed are those that are still open: what is accepted goes from under one.
#[test]
fn where_what_is_reviewed_is_listed_no_more_one_is_at_the_next_one() {
    let mut person = table();
    filter(&mut person, "label:source review:open");
    go_to(&mut person, 0);
    person.press("O");
    assert_eq!(in_hand(&person), "ana source:Siti");
    person.press("O O O");
    assert!(person.session.table().unwrap().lines.is_empty());
}

#[test]
fn a_row_is_put_in_question_though_its_article_is_not_open() {
    let mut person = table();
    let row = at(&person, "b.txt ana source:Rina").unwrap();
    // Its article is still being read.
    drop(person.tell_only(Message::GoToRow { row, open: false }));
    let of = id_in_hand(&person);
    person.press("Shift+O");
    person.tell(Reviewing::Question(" Siapa? ".to_owned()).into());
    assert_eq!(of_hand(&person, &of), Some((false, "Siapa?".to_owned())));
    // What is asked of the article afterwards is not about the row.
    person.in_list = false;
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Escape Tab Shift+O");
    person.tell(Reviewing::Question("Apa?".to_owned()).into());
    assert_eq!(of_hand(&person, &of), Some((false, "Siapa?".to_owned())));
}

/// Also where one came from another annotation, which the filter leaves out.
#[test]
fn one_stays_at_the_row_when_rows_are_grouped_and_sorted() {
    let mut person = table();
    filter(&mut person, "annotator:ben");
    go_to(&mut person, 1);
    filter(&mut person, "label:source");
    let last = at(&person, "b.txt ana source:Rina").unwrap();
    go_to(&mut person, last);
    filter(&mut person, "label:denial");
    let here = in_hand(&person);
    for keys in ["G", "3", "3", "G", "4"] {
        person.press(keys);
        assert_eq!(in_hand(&person), here, "{keys}");
    }
}
