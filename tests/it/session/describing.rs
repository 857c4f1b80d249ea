//! Attributes, notes and what is to be discussed.

use std::sync::Arc;

use tandai::corpus::{Annotation, AnnotationSet, Edit, NameKind};
use tandai::session::Message;
use tandai::storage::SetOnDisk;

use super::{Person, check_refused, path};
use crate::markup::parse;

/// What is stored of the focused annotation's attributes after keys.
#[track_caller]
fn check(before: &str, keys: &str, attributes: &str) {
    let mut person = Person::reading(before);
    person.press(keys);
    assert_eq!(person.attributes(), attributes, "{}", person.notice());
}

/// Types a note on the focused annotation letter by letter.
fn type_note(person: &mut Person, whole: &str) {
    let annotation = person.session.focused().unwrap().id.clone();
    let ends: Vec<usize> = whole.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    for end in ends {
        let note = whole[..end].to_owned();
        person.tell(Message::SetNote { annotation: annotation.clone(), note });
    }
}

fn note(person: &Person) -> &str {
    &person.session.focused().expect("an annotation is focused").note
}

fn steps(person: &Person) -> usize {
    person.session.history().done().len()
}

/// Ana, reading a claim of which these attributes are stored, whatever they are.
fn with_attributes(attributes: &[(&str, &str)]) -> Person {
    let marked = "[*claim:Kim tiba].";
    let mut set: AnnotationSet = parse(marked).set;
    let attributes = attributes.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    let changed = (*set.annotations()[0]).clone();
    let changed = Annotation { attributes: attributes.collect(), ..changed };
    set.apply(Edit::Replace(Arc::new(changed))).unwrap();
    let mut person = Person::unopened(&[("a.txt", marked)]);
    person.put_set("ana", "a.txt", SetOnDisk::Read(set));
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Tab");
    person
}

#[test]
fn a_key_goes_to_the_next_value_and_round_and_the_default_is_not_stored() {
    check("[*claim:Kim].", "D", "directness: direct");
    check("[*claim:Kim].", "D D D", "directness: narrator");
    check("[*claim:Kim].", "D D D D", "");
    check("[*claim:Kim].", "W", "checkworthy: no");
    check("[*claim:Kim].", "W W", "");
}

#[test]
fn with_shift_it_goes_to_the_value_before() {
    check("[*claim:Kim].", "Shift+D", "directness: narrator");
    check("[*claim:Kim].", "Shift+D Shift+D", "directness: mixed");
    check("[*claim:Kim].", "D Shift+D", "");
}

#[test]
fn a_label_has_values_of_its_own_under_the_same_key() {
    check("[*denial:Tidak].", "Shift+D", "directness: mixed");
    check("[*source:KCNA].", "K", "kind: role");
    check("[*location:Seoul].", "K", "kind: venue");
    check("[*claim:Kim].", "Y D", "certainty: probable, directness: direct");
}

#[test]
fn an_attribute_that_the_label_lacks_is_refused_with_a_reason() {
    check_refused("[*claim:Kim].", "K", "A claim has no kind");
    check_refused("[*location:Seoul].", "Shift+D", "A location has no directness");
    check_refused("[claim:Kim].", "D", "No annotation is focused");
}

/// As it is after another label was chosen.
#[test]
fn an_attribute_that_is_left_from_another_label_is_taken_away_by_its_key() {
    let mut person = Person::reading("[*denial:Kim].");
    person.press("B 1");
    assert_eq!(person.attributes(), "form: counter-claim");
    let unknown = (NameKind::Attribute, "form on claim".to_owned());
    assert_eq!(person.session.unknown_names(), [unknown]);
    person.press("B");
    assert_eq!(person.attributes(), "");
    assert!(person.session.unknown_names().is_empty());
    person.press("B");
    assert_eq!(person.notice(), "A claim has no form");
    person.press("Ctrl+Z");
    assert_eq!(person.attributes(), "form: counter-claim");
}

#[test]
fn a_value_that_the_schema_lacks_gives_way_to_the_first() {
    let mut person = with_attributes(&[("directness", "shouted"), ("mood", "bad")]);
    person.press("D");
    assert_eq!(person.attributes(), "mood: bad");
    person.press("Ctrl+Z");
    assert_eq!(person.attributes(), "directness: shouted, mood: bad");
    person.tell(Message::DropValue("mood".to_owned()));
    assert_eq!(person.attributes(), "directness: shouted");
    person.tell(Message::DropValue("mood".to_owned()));
    assert_eq!(steps(&person), 1);
}

#[test]
fn a_value_is_also_picked_and_picking_it_again_is_no_step() {
    let mut person = Person::reading("[*claim:Kim].");
    let pick = |value: &str| Message::SetValue { name: "directness".into(), value: value.into() };
    person.tell(pick("mixed"));
    assert_eq!((person.attributes().as_str(), person.saves), ("directness: mixed", 1));
    assert_eq!(person.notice(), "Set directness of claim to mixed");
    person.tell(pick("mixed"));
    assert_eq!((steps(&person), person.saves), (1, 1));
    person.tell(pick("indirect"));
    assert_eq!((person.attributes().as_str(), steps(&person)), ("", 2));
}

#[test]
fn each_value_is_a_step_of_its_own() {
    let mut person = Person::reading("[*claim:Kim].");
    person.press("D D Ctrl+Z");
    assert_eq!(person.attributes(), "directness: direct");
    person.press("Ctrl+Z");
    assert_eq!(person.attributes(), "");
    person.press("Ctrl+Y Ctrl+Y");
    assert_eq!(person.attributes(), "directness: mixed");
}

#[test]
fn a_note_is_saved_at_each_letter_and_is_one_step() {
    let mut person = Person::reading("[*claim:Kim].");
    type_note(&mut person, "oleh siapa?");
    assert_eq!((note(&person), steps(&person)), ("oleh siapa?", 1));
    assert_eq!(person.saves, "oleh siapa?".len());
    person.press("Ctrl+Z");
    assert_eq!(note(&person), "");
    person.press("Ctrl+Y");
    assert_eq!(note(&person), "oleh siapa?");
}

#[test]
fn once_a_note_is_done_with_the_next_letter_begins_another_step() {
    let mut person = Person::reading("[*claim:Kim].");
    type_note(&mut person, "oleh");
    person.tell(Message::EndNote);
    type_note(&mut person, "oleh siapa");
    assert_eq!(steps(&person), 2);
    person.press("Ctrl+Z");
    assert_eq!(note(&person), "oleh");
}

#[test]
fn what_is_done_between_two_letters_parts_a_note_into_two_steps() {
    let mut person = Person::reading("[*claim:Kim].");
    type_note(&mut person, "a");
    person.press("Q");
    let annotation = person.session.focused().unwrap().id.clone();
    person.tell(Message::SetNote { annotation, note: "ab".to_owned() });
    assert_eq!(steps(&person), 3);
    person.press("Ctrl+Z");
    assert_eq!((note(&person), person.session.focused().unwrap().is_to_discuss()), ("a", true));
    person.press("Ctrl+Z Ctrl+Z");
    type_note(&mut person, "b");
    assert_eq!((note(&person), steps(&person)), ("b", 1));
}

#[test]
fn notes_on_two_annotations_are_two_steps() {
    let mut person = Person::reading("[*claim:Kim] [source:KCNA]");
    type_note(&mut person, "satu");
    person.press("Tab");
    type_note(&mut person, "dua");
    assert_eq!((note(&person), steps(&person)), ("dua", 2));
    person.press("Ctrl+Z");
    assert_eq!(person.session.shown_set().unwrap().annotations()[0].note, "satu");
}

#[test]
fn what_is_to_be_discussed_is_marked_until_it_is_discussed() {
    let mut person = Person::reading("[*claim:Kim].");
    let marked = |person: &Person| person.session.focused().unwrap().is_to_discuss();
    person.press("Q");
    assert!(marked(&person));
    assert_eq!(person.notice(), "Marked to discuss");
    person.press("Q");
    assert_eq!((marked(&person), person.attributes().as_str()), (false, ""));
    person.press("Ctrl+Z");
    assert!(marked(&person));
    person.press("Ctrl+Z");
    assert!(!marked(&person));
}

#[test]
fn anothers_annotations_are_not_described() {
    let mut person = Person::unopened(&[("a.txt", "Kim tiba.")]);
    person.put_marked("ben", "a.txt", "[claim:Kim] tiba.");
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("G Tab");
    let before = person.session.focused().unwrap().clone();
    type_note(&mut person, "x");
    person.tell(Message::SetValue { name: "directness".into(), value: "mixed".into() });
    person.tell(Message::DropValue("directness".to_owned()));
    person.press("D Q");
    assert_eq!((person.session.focused(), person.saves), (Some(&before), 0));
    assert!(person.notice().starts_with("This is ben's set"), "{}", person.notice());
}
