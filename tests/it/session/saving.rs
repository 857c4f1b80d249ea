//! What is shown as saved is saved, and nothing is lost on the way.

use tandai::corpus::AnnotationSet;
use tandai::session::{Dialog, Effect, Message, Saving};
use tandai::storage::{SaveError, SetOnDisk};

use super::{Person, annotator, path};

fn on_disk(person: &Person, document: &str) -> Option<AnnotationSet> {
    match person.found(&annotator("ana"), &path(document)) {
        SetOnDisk::Read(set) => Some(set),
        _ => None,
    }
}

#[test]
fn every_change_is_saved_as_it_is_made() {
    let mut person = Person::reading("Kim <tiba> hari ini.");
    for (saves, keys) in ["1", "3", "}", "Delete", "Ctrl+Z", "Ctrl+Y"].iter().enumerate() {
        person.press(keys);
        assert_eq!(person.saves, saves + 1, "{keys}");
        assert_eq!(on_disk(&person, "a.txt").as_ref(), person.session.shown_set().map(|s| &**s));
    }
}

#[test]
fn until_a_change_is_on_the_disk_it_is_not_called_saved() {
    let mut person = Person::reading("Kim <tiba> hari ini.");
    let effects = person.tell_only(Message::Run(tandai::session::Command::Tag(0)));
    assert_eq!(person.session.saving(), Saving::Writing);
    person.carry_out(effects);
    assert_eq!(person.session.saving(), Saving::Saved);
}

#[test]
fn an_older_save_does_not_stand_for_a_newer_change() {
    let mut person = Person::reading("Kim <tiba> hari ini.");
    let first = person.tell_only(Message::Run(tandai::session::Command::Tag(0)));
    let second = person.tell_only(Message::Run(tandai::session::Command::Tag(2)));
    person.carry_out(first);
    assert_eq!(person.session.saving(), Saving::Writing);
    person.carry_out(second);
    assert_eq!(person.session.saving(), Saving::Saved);
}

#[test]
fn a_full_disk_is_said_and_the_work_goes_on() {
    let mut person = Person::with(&[("a.txt", "Kim <tiba>."), ("b.txt", "KCNA diam.")]);
    person.disk_is_full = true;
    person.press("1");
    assert!(matches!(person.session.saving(), Saving::Failed(_, SaveError::Io(_))));
    person.press("Ctrl+PageDown");
    person.press("2");
    person.disk_is_full = false;
    person.press("3");
    // The other article is not saved yet, and that is still said.
    assert!(matches!(person.session.saving(), Saving::Failed(..)));
    person.press("Ctrl+Z Ctrl+Z Ctrl+Z Ctrl+Y");
    assert_eq!(person.session.saving(), Saving::Saved);
    person.check("Kim [*claim:tiba]|.");
    assert_eq!(on_disk(&person, "a.txt").as_ref(), person.session.shown_set().map(|s| &**s));
}

#[test]
fn the_window_closes_at_once_when_all_is_saved() {
    let mut person = Person::reading("Kim <tiba>.");
    person.press("1");
    person.tell(Message::CloseRequested);
    assert!(person.closed);
}

#[test]
fn the_window_waits_for_the_disk_before_it_closes() {
    let mut person = Person::reading("Kim <tiba>.");
    let effects = person.tell_only(Message::Run(tandai::session::Command::Tag(0)));
    person.tell(Message::CloseRequested);
    assert!(!person.closed);
    person.carry_out(effects);
    assert!(person.closed);
}

#[test]
fn with_something_unsaved_the_window_asks_before_it_closes() {
    let mut person = Person::reading("Kim <tiba>.");
    person.disk_is_full = true;
    person.press("1");
    let effects = person.tell_only(Message::CloseRequested);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::RetrySaves)));
    assert_eq!(person.session.dialog(), Some(&Dialog::Unsaved));
    assert!(!person.closed);
    person.tell(Message::CloseDialog);
    person.disk_is_full = false;
    person.press("3");
    assert!(!person.closed, "the person has chosen to stay");
    person.tell(Message::CloseRequested);
    assert!(person.closed);
}

#[test]
fn with_something_unsaved_neither_folder_nor_annotator_is_changed() {
    let mut person = Person::reading("Kim <tiba>.");
    person.disk_is_full = true;
    person.press("1");
    person.tell(Message::SetAnnotator("ben".to_owned()));
    assert_eq!(person.session.annotator().as_str(), "ana");
    let effects = person.tell_only(Message::OpenFolder { folder: "elsewhere".into(), file: None });
    assert!(effects.is_empty(), "{effects:?}");
    person.check("Kim [*claim:tiba]|.");
}
