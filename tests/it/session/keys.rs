//! Keys that a person has changed, and sets of keys.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::Schema;
use tandai::corpus::fresh_label;
use tandai::session::{Chord, Command, HintKind, Keymap, Message, PRESETS, table};
use tandai::storage::{KeyDifferences, Problem, built_in_schema};

use super::Person;

fn set_keys(command: Command, keys: &[&str]) -> Message {
    let keys = keys.iter().map(|key| Chord::parse(key).unwrap()).collect();
    Message::SetKeys(command, Some(keys))
}

/// What the file of keys holds: a command and its keys a line.
#[track_caller]
fn differences(person: &Person) -> Vec<String> {
    let file = person.keys_file.as_ref().expect("the keys are saved");
    file.keys.iter().map(|(name, keys)| format!("{name}: {}", keys.join(" "))).collect()
}

/// That no key stands for two commands where both could be meant, and that each
/// key leads to the command that shows it.
#[track_caller]
fn check_unambiguous(keymap: &Keymap) {
    let mut seen = BTreeSet::new();
    for entry in keymap.entries() {
        let listing = entry.scope.listing();
        for chord in &entry.keys {
            assert!(seen.insert((listing, *chord)), "{chord} of {} is another's too", entry.name);
            let found = match listing {
                Some(listing) => keymap.entry_in_list(listing, *chord),
                None => keymap.entry_of_chord(*chord),
            };
            assert_eq!(found.map(|found| found.command), Some(entry.command), "{chord}");
        }
    }
}

fn key(person: &Person, command: Command) -> Option<String> {
    person.session.keymap().key(command).map(|key| key.written())
}

#[test]
fn the_names_of_commands_tell_them_apart() {
    let names: Vec<String> = table(&built_in_schema()).into_iter().map(|e| e.name).collect();
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
    let fits = |c: char| c.is_lowercase() || c.is_ascii_digit() || c == '-';
    assert!(names.iter().all(|name| !name.is_empty() && name.chars().all(fits)), "{names:?}");
}

#[test]
fn the_usual_keys_are_unambiguous() {
    check_unambiguous(Person::reading("Kim").session.keymap());
}

#[test]
fn a_key_that_is_given_to_a_command_is_taken_from_the_one_that_had_it() {
    let mut person = Person::reading("[*source:KCNA] [claim:Ya]");
    person.tell(set_keys(Command::Remove, &["K"]));
    assert_eq!(key(&person, Command::Remove).as_deref(), Some("K"));
    assert_eq!(differences(&person), ["next-kind: ", "remove-annotation: K"]);
    check_unambiguous(person.session.keymap());
    // The key it had does nothing any more.
    assert_eq!(person.session.keymap().entry_of_chord(Chord::plain("Delete")), None);
    person.press("K");
    person.check("KCNA [claim:Ya]");
}

#[test]
fn of_several_keys_the_others_stay() {
    let mut person = Person::reading("Kim");
    person.tell(set_keys(Command::Copy, &["Ctrl+C", "Ctrl+Y"]));
    assert_eq!(key(&person, Command::Redo).as_deref(), Some("Ctrl+Shift+Z"));
    assert_eq!(differences(&person), ["copy: Ctrl+C Ctrl+Y", "redo: Ctrl+Shift+Z"]);
    check_unambiguous(person.session.keymap());
}

#[test]
fn a_key_of_the_list_and_the_same_one_elsewhere_are_two() {
    let mut person = Person::reading("Kim");
    person.tell(set_keys(Command::Accept, &["M"]));
    assert_eq!(differences(&person), ["accept: M"]);
    assert_eq!(key(&person, Command::Mend(0)).as_deref(), Some("M"));
    assert_eq!(person.session.holder_of(Chord::plain("X"), Command::Accept), Some(Command::Reject));
    assert_eq!(person.session.holder_of(Chord::plain("X"), Command::Copy), Some(Command::Intend));
    assert_eq!(person.session.holder_of(Chord::plain("X"), Command::Intend), None);
}

#[test]
fn a_command_without_a_key_is_left_to_the_palette() {
    let mut person = Person::reading("Kim");
    person.tell(set_keys(Command::Undo, &[]));
    assert_eq!((key(&person, Command::Undo), differences(&person)), (None, vec!["undo: ".into()]));
}

#[test]
fn a_command_gets_its_usual_keys_back_and_all_do() {
    let usual = Person::reading("Kim").session.keymap().entries().to_vec();
    let mut person = Person::reading("Kim");
    person.tell(set_keys(Command::Undo, &["F12"]));
    person.tell(Message::SetKeys(Command::Undo, None));
    assert!(differences(&person).is_empty());
    assert_eq!(person.session.keymap().entries(), usual);
    person.tell(set_keys(Command::Undo, &["K"]));
    person.tell(set_keys(Command::Redo, &["R"]));
    person.tell(Message::ResetKeys);
    assert!(differences(&person).is_empty());
    assert_eq!(person.session.keymap().entries(), usual);
}

#[test]
fn with_its_usual_key_a_command_gives_back_what_it_took() {
    let mut person = Person::reading("Kim tiba.");
    let usual = [Command::Tag(0), Command::Tag(1), Command::Undo, Command::Redo];
    let before = usual.map(|command| key(&person, command));
    person.tell(set_keys(Command::Tag(0), &["Ctrl+Z"]));
    person.tell(set_keys(Command::Tag(1), &["Ctrl+Y"]));
    assert_eq!(key(&person, Command::Undo), None);
    person.tell(Message::SetKeys(Command::Tag(0), None));
    person.tell(Message::SetKeys(Command::Tag(1), None));
    assert_eq!(usual.map(|command| key(&person, command)), before);
    assert_eq!(differences(&person), Vec::<String>::new());
    // What a person gave to the other command stays with it.
    person.tell(set_keys(Command::Undo, &["F9"]));
    person.tell(set_keys(Command::Tag(0), &["Ctrl+Z"]));
    person.tell(Message::SetKeys(Command::Tag(0), None));
    assert_eq!(key(&person, Command::Undo), Some("F9".to_owned()));
}

#[test]
fn what_is_read_holds_and_commands_of_another_project_are_kept() {
    let mut person = Person::reading("[*claim:Kim]");
    let keys = [("tag-rumour", "5"), ("remove-annotation", "K")];
    let keys = keys.map(|(name, key)| (name.to_owned(), vec![key.to_owned(), "Hyper+?".into()]));
    let read = KeyDifferences { preset: String::new(), keys: keys.into() };
    person.tell(Message::KeysLoaded(read, None));
    assert_eq!(person.keys_file, None);
    person.tell(set_keys(Command::Undo, &["F12"]));
    let expected = ["remove-annotation: K Hyper+?", "tag-rumour: 5 Hyper+?", "undo: F12"];
    assert_eq!(differences(&person), expected);
    person.press("K");
    person.check("Kim");
}

#[test]
fn keys_that_could_not_be_read_are_changed_here_and_not_written_over() {
    let mut person = Person::reading("Kim");
    let error = std::io::Error::from(std::io::ErrorKind::PermissionDenied);
    let problem = Problem::unreadable("keys.ron".as_ref(), &error);
    person.tell(Message::KeysLoaded(KeyDifferences::default(), Some(problem)));
    for message in [
        set_keys(Command::Undo, &["F12"]),
        Message::UsePreset("azerty".to_owned()),
        Message::ResetKeys,
    ] {
        person.tell(message);
        assert!(person.notice().starts_with("These keys hold until you quit. keys.ron: "));
        assert_eq!((&person.keys_file, person.saves), (&None, 0));
    }
}

#[test]
fn each_set_of_keys_is_unambiguous_and_leaves_no_command_without_one() {
    let usual = Person::reading("Kim").session.keymap().entries().to_vec();
    for preset in &PRESETS {
        let mut person = Person::reading("Kim");
        person.tell(Message::UsePreset(preset.name.to_owned()));
        let file = person.keys_file.clone().unwrap();
        assert_eq!((file.preset.as_str(), file.keys.len()), (preset.name, 0));
        let keymap = person.session.keymap();
        check_unambiguous(keymap);
        for (entry, usual) in keymap.entries().iter().zip(&usual) {
            let lost = entry.keys.is_empty() && !usual.keys.is_empty();
            assert!(!lost, "{} has no key in {}", entry.name, preset.title);
        }
    }
}

#[test]
fn the_sets_of_keys_name_commands_and_keys_that_there_are() {
    // The table of presets is not public, so it is read as it is written.
    let source = include_str!("../../../src/session/presets.rs");
    let names: BTreeSet<String> = table(&built_in_schema()).into_iter().map(|e| e.name).collect();
    let mut count = 0;
    for line in source.lines().map(str::trim).filter(|line| line.starts_with("(\"")) {
        let mut strings = line.split('"').skip(1).step_by(2);
        let name = strings.next().unwrap();
        assert!(names.contains(name), "no command is called {name}");
        for key in strings {
            assert!(Chord::parse(key).is_some(), "{key} of {name} is no key");
            count += 1;
        }
    }
    assert!(count >= 24, "{count}");
}

#[test]
fn what_a_person_changed_stays_with_another_set_of_keys() {
    let mut person = Person::reading("Kim");
    person.tell(set_keys(Command::Undo, &["F12"]));
    person.tell(Message::UsePreset("left-handed".to_owned()));
    assert_eq!(key(&person, Command::Undo).as_deref(), Some("F12"));
    assert_eq!(key(&person, Command::Hint(HintKind::Words)).as_deref(), Some("J"));
    person.tell(Message::ResetKeys);
    assert_eq!(key(&person, Command::Undo).as_deref(), Some("Ctrl+Z"));
    assert_eq!(key(&person, Command::FollowLink).as_deref(), Some("F"));
    assert_eq!(person.keys_file.as_ref().unwrap().preset, "left-handed");
}

#[test]
fn for_the_right_hand_the_labels_have_far_digits_too() {
    let mut person = Person::reading("Kim ti|ba.");
    person.tell(Message::UsePreset("left-handed".to_owned()));
    person.press("0");
    person.check("Kim [*location:ti|ba].");
    person.press("1");
    person.check("Kim [*claim:ti|ba].");
}

#[test]
fn the_key_of_a_label_goes_before_that_of_a_command() {
    let usual = built_in_schema();
    let mut label = fresh_label(&usual, "rumour");
    label.key = Some('r');
    let schema: Schema = usual.with_label(label).unwrap();
    let mut person = Person::under(schema, "Kim ti|ba.");
    check_unambiguous(person.session.keymap());
    assert_eq!(key(&person, Command::Link), None);
    person.press("R");
    person.check("Kim [*rumour:ti|ba].");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_keys_are_given_they_are_unambiguous_and_the_same_after_a_restart(
        changes in vec((
            any::<Index>(),
            proptest::option::of(vec(select(vec!["K", "R", "Ctrl+Z", "1", "X", "Delete", "F12", "Alt+Shift+U", "?"]), 0..3)),
        ), 1..12),
        preset in select(vec!["", "left-handed", "azerty", "qwertz"]),
    ) {
        let mut person = Person::reading("Kim");
        person.tell(Message::UsePreset(preset.to_owned()));
        for (at, keys) in &changes {
            let command = at.get(person.session.keymap().entries()).command;
            let message = match keys {
                Some(keys) => set_keys(command, keys),
                None => Message::SetKeys(command, None),
            };
            person.tell(message);
            let keymap = person.session.keymap();
            check_unambiguous(keymap);
            if let Some(keys) = keys {
                let has = keymap.entry(command).unwrap().keys.iter().map(Chord::written);
                let given: BTreeSet<String> = keys.iter().map(|key| (*key).to_owned()).collect();
                prop_assert_eq!(has.collect::<BTreeSet<String>>(), given);
            }
        }
        let mut again = Person::reading("Kim");
        again.tell(Message::KeysLoaded(person.keys_file.clone().unwrap(), None));
        let (before, after) = (person.session.keymap(), again.session.keymap());
        prop_assert_eq!(before.entries(), after.entries());
    }
}

#[test]
fn a_key_given_by_hand_goes_before_that_of_a_set_of_keys() {
    let mut person = Person::reading("|Kim.");
    person.tell(set_keys(Command::Undo, &["J"]));
    person.tell(Message::UsePreset("left-handed".to_owned()));
    assert_eq!(key(&person, Command::Undo).as_deref(), Some("J"));
    check_unambiguous(person.session.keymap());
}

#[test]
fn the_usual_keys_are_no_difference() {
    let mut person = Person::reading("|Kim.");
    person.tell(set_keys(Command::Undo, &["J"]));
    person.tell(set_keys(Command::Undo, &["Ctrl+Z"]));
    assert!(!differences(&person).iter().any(|line| line.contains("undo")));
}
