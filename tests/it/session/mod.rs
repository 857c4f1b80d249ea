//! One person at work, driven by keys and messages, without a window or files.

mod again;
mod agreeing;
mod any_gestures;
mod any_review;
mod any_work;
mod articles;
mod batch;
mod carrying;
mod checking;
mod conflicts;
mod counting;
mod describing;
mod finding;
mod fragments;
mod going_over;
mod hinting;
mod history;
mod keys;
mod late;
mod linking;
mod links;
mod marking;
mod moving;
mod palette;
mod person;
mod person_reviews;
mod problems;
mod refusing;
mod saving;
mod schema;
mod settled_names;
mod settling;
mod settling_any;
mod settling_kept;
mod settling_keys;
mod settling_many;
mod sweeping;
mod table;
mod table_reviewed;
mod transferring;
mod undoing;
mod values;
mod without_blanks;

use tandai::storage::{Problem, SetOnDisk};

pub(crate) use self::person::{Person, annotator, digest, path, with_links};

/// A triple: what is before the person, the keys that are pressed, what is then.
#[track_caller]
pub(crate) fn check(before: &str, keys: &str, after: &str) {
    let mut person = Person::reading(before);
    person.press(keys);
    person.check(after);
}

/// Keys that change nothing and are answered with a reason.
#[track_caller]
pub(crate) fn check_refused(before: &str, keys: &str, reason: &str) {
    let mut person = Person::reading(before);
    let (marked, saves) = (person.marked(), person.saves);
    person.press(keys);
    assert_eq!((person.marked(), person.saves), (marked, saves));
    let notice = person.session.notice().expect("a refusal says why");
    assert!(notice.warning && notice.text.contains(reason), "{}", notice.text);
}

/// A set that cannot be read.
pub(crate) fn broken_set() -> SetOnDisk {
    let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    SetOnDisk::Unreadable(Problem::unreadable("a.txt.ron".as_ref(), &error))
}
