//! Undo and redo, in one article and across several.

use tandai::corpus::Status;
use tandai::session::{Command, Message};

use super::{Person, check, check_refused, path};

#[test]
fn undo_brings_back_what_was_there_with_caret_selection_and_focus() {
    check("Kim <tiba> hari ini.", "1 Ctrl+Z", "Kim <tiba> hari ini.");
    check("Kim <|tiba> hari ini.", "1 Ctrl+Z", "Kim <|tiba> hari ini.");
    check("[*claim:Kim] ti|ba.", "3 Ctrl+Z", "[*claim:Kim] ti|ba.");
    check("[*claim:Kim] tiba.", "Delete Ctrl+Z", "[*claim:Kim] tiba.");
    check("[*claim:Kim] tiba hari.", "} } Ctrl+Z", "[*claim:Kim tiba]| hari.");
    check("[*claim:Kim] <tiba>.", "A Ctrl+Z", "[*claim:Kim] <tiba>.");
}

#[test]
fn redo_does_it_again_until_something_else_is_done() {
    check("Kim <tiba>.", "1 Ctrl+Z Ctrl+Shift+Z", "Kim [*claim:tiba]|.");
    check("Kim <tiba>.", "1 Ctrl+Z Ctrl+Y", "Kim [*claim:tiba]|.");
    let mut person = Person::reading("Kim <tiba>.");
    person.press("1 Ctrl+Z 2 Ctrl+Y");
    person.check("Kim [*source:tiba]|.");
    assert_eq!(person.notice(), "There is nothing to redo");
}

#[test]
fn the_steps_have_names_that_a_person_can_read() {
    let mut person = Person::reading("Kim <tiba> hari ini.");
    let mut names = Vec::new();
    for keys in ["1", "3", "}", "Ctrl+["] {
        person.press(keys);
        names.push(person.session.title_now(Command::Undo));
    }
    person.tell(Message::SelectWord(person.place_of("ini")));
    for keys in ["A", "Shift+Delete", "Delete", "Ctrl+Enter"] {
        person.press(keys);
        names.push(person.session.title_now(Command::Undo));
    }
    let expected = [
        "Undo tag claim",
        "Undo change claim to denial",
        "Undo move end of denial",
        "Undo move start of denial",
        "Undo add fragment to denial",
        "Undo remove fragment of denial",
        "Undo remove denial",
        "Undo mark done",
    ];
    assert_eq!(names, expected);
    person.press("Ctrl+Z");
    assert_eq!(person.notice(), "Undid: mark done");
    assert_eq!(person.session.title_now(Command::Redo), "Redo mark done");
    person.press("Ctrl+Y");
    assert_eq!(person.notice(), "Redid: mark done");
}

#[test]
fn the_steps_say_what_they_changed() {
    let mut person = Person::reading("Kim <tiba> di [source:Roma].");
    person.press("1 R A Delete Ctrl+Enter");
    let steps = person.session.history().done();
    let said: Vec<_> = steps.iter().map(|s| format!("{}: {}", s.name, s.quote)).collect();
    let expected = [
        "tag claim: tiba",
        "link attributed to “Roma”: ",
        "remove claim and its link: tiba",
        "mark done: ",
    ];
    assert_eq!(said, expected);
}

#[test]
fn with_nothing_to_undo_that_is_said() {
    check_refused("Kim <tiba>.", "Ctrl+Z", "There is nothing to undo");
    check_refused("Kim <tiba>.", "Ctrl+Y", "There is nothing to redo");
}

#[test]
fn a_new_article_is_in_progress_from_its_first_tag_and_new_again_without_it() {
    let mut person = Person::reading("Kim <tiba>.");
    assert_eq!(person.session.status(), Status::New);
    person.press("1");
    assert_eq!(person.session.status(), Status::InProgress);
    person.press("Ctrl+Z");
    assert_eq!(person.session.status(), Status::New);
}

#[test]
fn undo_goes_back_through_the_articles_in_the_order_of_the_work() {
    let mut person =
        Person::with(&[("a.txt", "<Kim> tiba."), ("b.txt", "KCNA diam."), ("c.txt", "Selesai.")]);
    person.press("1");
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("2");
    person.check("|[*source:KCNA] diam.");
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("3");
    person.tell(Message::OpenDocument(path("c.txt")));

    person.press("Ctrl+Z");
    assert_eq!(person.session.reading().unwrap().document, path("a.txt"));
    person.check("[*claim:Kim]| tiba.");
    person.press("Ctrl+Z");
    assert_eq!(person.session.reading().unwrap().document, path("b.txt"));
    person.check("|KCNA diam.");
    person.press("Ctrl+Z");
    assert_eq!(person.session.reading().unwrap().document, path("a.txt"));
    person.check("<Kim> tiba.");

    person.press("Ctrl+Y Ctrl+Y");
    assert_eq!(person.session.reading().unwrap().document, path("b.txt"));
    person.check("|[*source:KCNA] diam.");
    person.press("Ctrl+Y");
    person.check("[*denial:Kim]| tiba.");
}

#[test]
fn an_undone_step_is_on_the_disk_also_of_an_article_that_is_not_open() {
    let mut person = Person::with(&[("a.txt", "<Kim> tiba."), ("b.txt", "KCNA diam.")]);
    person.press("1");
    person.tell(Message::OpenDocument(path("b.txt")));
    let saves = person.saves;
    person.press("Ctrl+Z");
    assert_eq!(person.saves, saves + 1);
    person.press("Ctrl+Y");
    assert_eq!(person.saves, saves + 2);
    person.check("[*claim:Kim]| tiba.");
}

#[test]
fn marking_done_and_opening_the_next_is_one_step() {
    let mut person = Person::with(&[("a.txt", "Kim tiba."), ("b.txt", "KCNA diam.")]);
    person.press("Ctrl+Enter");
    assert_eq!(person.session.reading().unwrap().document, path("b.txt"));
    person.press("Ctrl+Z");
    assert_eq!(person.session.reading().unwrap().document, path("a.txt"));
    assert_eq!(person.session.status(), Status::New);
}
