//! What a merge left to be chosen, and choosing.

use std::sync::Arc;

use tandai::corpus::{Annotation, Conflict, Edit, Id, Version};
use tandai::session::{Effect, Message, Outside};
use tandai::storage::{ChangedSet, SetOnDisk};

use super::checking::found;
use super::{Person, annotator, path};
use crate::markup::parse;

const MARKED: &str = "[claim:Kim tiba] di Seoul.";

/// Ana, with a claim of which the other side has made something else, or nothing.
fn person(change: impl FnOnce(&Annotation) -> Option<Annotation>) -> Person {
    let read = parse(MARKED);
    let claim = read.set.annotations()[0].clone();
    let mut set = read.set;
    let other = change(&claim).map(|other| Version::Annotation(Arc::new(other)));
    let conflict = Conflict { id: claim.id.clone(), other };
    set.apply(Edit::InsertConflict(Arc::new(conflict))).unwrap();
    let mut person = Person::unopened(&[("a.txt", MARKED)]);
    person.put_set("ana", "a.txt", SetOnDisk::Read(set));
    person.tell(tandai::session::Message::OpenDocument(path("a.txt")));
    person
}

#[expect(clippy::unnecessary_wraps, reason = "the other side may also have nothing")]
fn denial(claim: &Annotation) -> Option<Annotation> {
    Some(Annotation { label: "denial".into(), note: "really?".to_owned(), ..claim.clone() })
}

fn conflicts(person: &Person) -> Vec<Id> {
    let set = person.session.shown_set().unwrap();
    set.conflicts().iter().map(|conflict| conflict.id.clone()).collect()
}

fn labels(person: &Person) -> Vec<String> {
    let set = person.session.shown_set().unwrap();
    set.annotations().iter().map(|annotation| annotation.label.to_string()).collect()
}

#[test]
fn a_conflict_is_found_and_says_what_the_other_side_has() {
    let first = |person: &Person| found(person)[0].clone();
    let words = "In conflict: the other side has denial “Kim tiba”, the note “really?”";
    assert_eq!(first(&person(denial)), words);
    assert_eq!(first(&person(|_| None)), "In conflict: one side removed it, the other changed it");
}

#[test]
fn conflicts_that_a_merge_has_left_in_the_file_are_said() {
    let merged = person(denial).session.shown_set().unwrap().as_ref().clone();
    let mut plain = merged.clone();
    plain.apply(Edit::RemoveConflict(merged.conflicts()[0].id.clone())).unwrap();
    let mut person = Person::unopened(&[("a.txt", MARKED)]);
    person.put_set("ana", "a.txt", SetOnDisk::Read(plain.clone()));
    let effects = person.tell_only(Message::OpenDocument(path("a.txt")));
    let Some(Effect::LoadDocument { project, .. }) = effects.first() else { panic!("{effects:?}") };
    let project = project.clone();
    person.carry_out(effects);
    person.put_set("ana", "a.txt", SetOnDisk::Read(merged.clone()));
    let changed =
        ChangedSet { text: super::digest(), before: Some(plain), now: SetOnDisk::Read(merged) };
    person.tell(Message::Outside(Box::new(Outside::Set {
        project,
        document: path("a.txt"),
        annotator: annotator("ana"),
        changed,
    })));
    assert!(person.notice().contains("a merge, which has left 1 conflict"), "{}", person.notice());
    assert_eq!(conflicts(&person).len(), 1);
}

#[test]
fn one_side_the_other_or_both_are_kept_by_a_key_and_undo_asks_again() {
    for (key, after) in
        [("M", &["denial"][..]), ("Shift+M", &["claim", "denial"]), ("X", &["claim"])]
    {
        let mut person = person(denial);
        person.press("P");
        person.press(key);
        assert_eq!(conflicts(&person), [], "{key}");
        assert_eq!(labels(&person), after, "{key}");
        person.press("Ctrl+Z");
        assert_eq!(conflicts(&person).len(), 1, "{key}");
        assert_eq!(labels(&person), ["claim"], "{key}");
    }
}

#[test]
fn what_the_other_side_removed_is_removed_or_stays() {
    let mut removed = person(|_| None);
    removed.press("P M");
    assert_eq!(removed.session.shown_set().unwrap().annotations().len(), 0);
    let mut kept = person(|_| None);
    kept.press("P X");
    assert_eq!(kept.session.shown_set().unwrap().annotations().len(), 1);
    assert_eq!(conflicts(&kept), []);
}

#[test]
fn removing_what_is_in_conflict_settles_it() {
    let mut person = person(denial);
    person.press("Tab Delete");
    assert_eq!(conflicts(&person), []);
    person.press("Ctrl+Z");
    assert_eq!(conflicts(&person).len(), 1);
}
