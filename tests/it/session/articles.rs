//! Going through the articles, and how far each has come.

use tandai::corpus::Status;
use tandai::session::Message;

use super::{Person, broken_set, check_refused, path};

fn three() -> Person {
    Person::with(&[("a.txt", "Kim |tiba."), ("b.txt", "KCNA diam."), ("c.txt", "Selesai.")])
}

#[track_caller]
fn check_open(person: &Person, name: &str) {
    assert_eq!(person.session.reading().unwrap().document, path(name));
}

#[test]
fn the_articles_are_gone_through_in_order_and_the_ends_are_said() {
    let mut person = three();
    person.press("Ctrl+PageDown Ctrl+PageDown");
    check_open(&person, "c.txt");
    person.press("Ctrl+PageDown");
    check_open(&person, "c.txt");
    assert_eq!(person.notice(), "This is the last article of the list");
    person.press("Ctrl+PageUp Ctrl+PageUp");
    check_open(&person, "a.txt");
    person.press("Ctrl+PageUp");
    assert_eq!(person.notice(), "This is the first article of the list");
}

#[test]
fn where_a_filter_lists_some_articles_their_end_is_said_to_be_that() {
    let mut person = three();
    person.tell(Message::Filter("b.txt".to_owned()));
    person.press("Ctrl+PageDown Ctrl+PageDown");
    check_open(&person, "b.txt");
    let said = "This is the last article that the filter “b.txt” lists";
    assert_eq!(person.notice(), said);
}

#[test]
fn coming_back_to_an_article_the_person_is_where_they_were() {
    let mut person = three();
    person.press("1 Ctrl+PageDown Ctrl+PageUp");
    person.check("Kim |[*claim:tiba].");
}

#[test]
fn done_leads_on_to_the_next_unfinished_article_and_round() {
    let mut person = three();
    person.press("Ctrl+PageDown Ctrl+Enter");
    check_open(&person, "c.txt");
    person.press("Ctrl+Shift+Enter");
    check_open(&person, "a.txt");
    person.press("Ctrl+Enter");
    check_open(&person, "a.txt");
    assert_eq!(person.notice(), "Marked done. No unfinished article is left");
    let status = |person: &mut Person, name| {
        person.tell(Message::OpenDocument(path(name)));
        person.session.status()
    };
    assert_eq!(status(&mut person, "a.txt"), Status::Done);
    assert_eq!(status(&mut person, "b.txt"), Status::Done);
    assert_eq!(status(&mut person, "c.txt"), Status::Skipped);
}

#[test]
fn a_settled_article_can_be_reopened_and_an_open_one_not() {
    let mut person = Person::reading("Kim |tiba.");
    person.press("Ctrl+Enter");
    assert_eq!(person.session.status(), Status::Done);
    person.press("Ctrl+R");
    assert_eq!(person.session.status(), Status::InProgress);
    person.press("Ctrl+R");
    assert_eq!(person.notice(), "The article is not marked done or skipped");
    person.tell(Message::SetStatus(Status::New));
    assert_eq!(person.session.status(), Status::New);
}

#[test]
fn tagging_in_a_done_article_leaves_it_done() {
    let mut person = Person::reading("Kim |tiba.");
    person.press("Ctrl+Enter 1");
    person.check("Kim |[*claim:tiba].");
    assert_eq!(person.session.status(), Status::Done);
}

#[test]
fn the_list_knows_at_once_what_was_done() {
    let mut person = three();
    person.press("1");
    let row = person.session.documents().shown(0).unwrap();
    let summary = row.summary.as_ref().unwrap();
    assert_eq!((summary.status, summary.counts.get("claim")), (Status::InProgress, 1));
    person.press("Ctrl+Enter");
    let row = person.session.documents().shown(0).unwrap();
    assert_eq!(row.status(), Status::Done);
}

#[test]
fn the_filter_narrows_what_the_articles_are_gone_through_by() {
    let mut person = three();
    person.tell(Message::Filter("c.txt".to_owned()));
    assert_eq!(person.session.documents().shown_count(), 1);
    person.press("Ctrl+PageDown");
    check_open(&person, "c.txt");
    person.tell(Message::Filter("nothing is called so".to_owned()));
    assert_eq!(person.session.documents().shown_count(), 0);
    person.press("Ctrl+Enter");
    check_open(&person, "c.txt");
    assert_eq!(person.session.status(), Status::Done);
}

#[test]
fn articles_are_found_by_words_labels_and_statuses() {
    let mut person = Person::unopened(&[
        ("budi.txt", "[claim:Budi] kata [denial:tidak]."),
        ("KCNA.txt", "KCNA [denial:membantah]."),
        ("kim tiba di seoul.txt", "[claim:Kim] tiba di Seoul."),
        ("x/kim.txt", "Kim diam."),
    ]);
    person.put_set("ana", "x/kim.txt", broken_set());
    // All are looked at anew for who comes back.
    person.tell(Message::SetAnnotator("ben".to_owned()));
    person.tell(Message::SetAnnotator("ana".to_owned()));
    let mut shown = |filter: &str| {
        person.tell(Message::Filter(filter.to_owned()));
        let list = person.session.documents();
        let rows = (0..list.shown_count()).filter_map(|at| list.shown(at));
        rows.map(|row| row.path.id().to_owned()).collect::<Vec<_>>().join(", ")
    };
    for (filter, rows) in [
        ("", "KCNA, budi, kim tiba di seoul, x/kim"),
        ("kim", "kim tiba di seoul, x/kim"),
        ("seoul KIM", "kim tiba di seoul"),
        ("\"kim tiba\"", "kim tiba di seoul"),
        ("\"tiba kim\"", ""),
        ("-kim", "KCNA, budi"),
        ("label:denial", "KCNA, budi"),
        ("label:DEN -label:claim", "KCNA"),
        ("label:", "KCNA, budi, kim tiba di seoul, x/kim"),
        ("-label:claim", "KCNA, x/kim"),
        ("status:in-pro", "KCNA, budi, kim tiba di seoul"),
        ("in progress", "KCNA, budi, kim tiba di seoul"),
        ("new", "x/kim"),
        ("-status:new x/", ""),
        ("is:unread", "x/kim"),
        ("no:such", ""),
    ] {
        assert_eq!(shown(filter), rows, "{filter}");
    }
}

#[test]
fn the_sets_of_an_article_are_shown_in_turn_and_ones_own_again() {
    let mut person = Person::unopened(&[("a.txt", "[claim:Kim tiba].")]);
    person.put_marked("ben", "a.txt", "Kim [denial:tiba].");
    person.put_marked("gold", "a.txt", "[source:Kim] tiba.");
    person.put_set("zoe", "a.txt", broken_set());
    person.tell(Message::OpenDocument(path("a.txt")));
    person.check("[claim:Kim tiba].");
    person.press("G");
    person.check("Kim [denial:tiba].");
    person.press("G");
    person.check("[source:Kim] tiba.");
    person.press("G");
    assert!(person.session.shown_set().is_none());
    person.press("G");
    person.check("[claim:Kim tiba].");
    check_refused("Kim |tiba.", "G", "Nobody else has a set about this article");
}

#[test]
fn coming_back_from_anothers_set_one_finds_ones_own_and_nothing_focused() {
    let mut person = Person::unopened(&[("a.txt", "[claim:Kim] tiba."), ("b.txt", "KCNA diam.")]);
    person.put_marked("ben", "a.txt", "[source:Kim] [denial:tiba].");
    person.tell(Message::OpenDocument(path("a.txt")));
    // So that the article is kept in memory.
    person.press("3");
    person.press("G Tab Tab");
    person.check("[source:Kim] |[*denial:tiba].");
    person.press("Ctrl+PageDown Ctrl+PageUp");
    person.check("[claim:[denial:Kim]] |tiba.");
}

#[test]
fn another_annotator_finds_their_own_sets() {
    let mut person = Person::reading("<Kim> tiba.");
    person.put_marked("ben", "a.txt", "Kim [denial:tiba].");
    person.press("1");
    person.tell(Message::SetAnnotator("ben".to_owned()));
    person.check("Kim [denial:tiba].");
    person.press("Ctrl+Z");
    assert_eq!(person.notice(), "There is nothing to undo");
    person.tell(Message::SetAnnotator("ana".to_owned()));
    person.check("[claim:Kim] tiba.");
}

#[test]
fn nobody_can_be_called_gold_or_like_no_folder() {
    for name in ["gold", "Gold", "", "  ", "a/b", "..", "nul", "ben@2"] {
        let mut person = Person::reading("Kim tiba.");
        person.tell(Message::SetAnnotator(name.to_owned()));
        assert_eq!(person.session.annotator().as_str(), "ana", "{name:?}");
        assert!(person.session.dialog().is_some(), "{name:?} is refused without a word");
    }
}
