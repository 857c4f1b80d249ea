//! Answers that come late: files can be slow, a person need not wait for them.

use tandai::session::{Effect, Message};
use tandai::storage::{Problem, ProblemKind};

use super::{Person, path};

fn two() -> Person {
    Person::with(&[("a.txt", "Kim <tiba>."), ("b.txt", "KCNA diam."), ("c.txt", "Selesai.")])
}

#[track_caller]
fn check_open(person: &Person, name: &str) {
    assert_eq!(person.session.reading().unwrap().document, path(name));
}

#[test]
fn while_an_article_is_read_the_one_before_stays_and_can_be_worked_on() {
    let mut person = two();
    let slow = person.tell_only(Message::OpenDocument(path("b.txt")));
    assert!(person.session.is_opening());
    person.check("Kim <tiba>.");
    person.press("1");
    person.check("Kim [*claim:tiba]|.");
    person.carry_out(slow);
    assert!(!person.session.is_opening());
    check_open(&person, "b.txt");
    person.press("Ctrl+PageUp");
    person.check("Kim [*claim:tiba]|.");
}

#[test]
fn an_article_that_is_not_wanted_any_more_does_not_take_the_page() {
    let mut person = two();
    let slow = person.tell_only(Message::OpenDocument(path("b.txt")));
    person.tell(Message::OpenDocument(path("c.txt")));
    person.carry_out(slow);
    check_open(&person, "c.txt");
    assert!(!person.session.is_opening());

    // Also where the person has stayed after all.
    let slow = person.tell_only(Message::OpenDocument(path("a.txt")));
    person.tell(Message::OpenDocument(path("c.txt")));
    person.carry_out(slow);
    check_open(&person, "c.txt");
    person.check("Selesai.");
}

#[test]
fn a_failure_that_nobody_waits_for_does_not_take_the_page_either() {
    let mut person = two();
    person.tell_only(Message::OpenDocument(path("b.txt")));
    person.tell(Message::OpenDocument(path("c.txt")));
    let problem = Problem::new("b.txt", ProblemKind::NoProject);
    person.tell(Message::DocumentFailed(path("b.txt"), problem.clone()));
    check_open(&person, "c.txt");

    person.tell_only(Message::OpenDocument(path("b.txt")));
    person.tell(Message::DocumentFailed(path("b.txt"), problem.clone()));
    check_open(&person, "b.txt");
    assert_eq!(person.session.reading().unwrap().failed, Some(problem));
    assert!(!person.session.is_opening());
}

#[test]
fn while_a_folder_is_being_opened_nothing_is_changed_that_would_have_nowhere_to_go() {
    let mut person = two();
    person.press("1 3 Ctrl+Z");
    let effects = person.tell_only(Message::OpenFolder { folder: "elsewhere".into(), file: None });
    assert!(matches!(effects.as_slice(), [Effect::OpenProject { .. }]), "{effects:?}");
    let saves = person.saves;
    for keys in ["3", "}", "Delete", "Ctrl+Z", "Ctrl+Y", "Ctrl+Enter"] {
        person.press(keys);
        assert_eq!(person.notice(), "Another folder is being opened", "{keys}");
    }
    assert_eq!(person.saves, saves);

    // It was no folder: the work goes on.
    person.tell(Message::ProjectFailed(Problem::new("elsewhere", ProblemKind::NoProject)));
    person.press("3");
    person.check("Kim [*denial:tiba]|.");
}

#[test]
fn what_was_read_for_another_annotator_is_read_again() {
    let mut person = two();
    person.put_marked("ben", "b.txt", "[source:KCNA] diam.");
    let slow = person.tell_only(Message::OpenDocument(path("b.txt")));
    person.tell(Message::SetAnnotator("ben".to_owned()));
    person.carry_out(slow);
    check_open(&person, "b.txt");
    person.check("[source:KCNA] diam.");
    assert!(!person.session.is_opening());
}
