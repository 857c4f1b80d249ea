//! A person's keys, in their file.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use tandai::storage::{KeyDifferences, KeyStore, ProblemKind, SaveError};

use super::Folder;
use crate::hostile;

const FILE: &str = "tandai/keys.ron";

/// A file that is as it should be; the keys are on lines 5 and 6.
const GOOD: &str = r#"(
    format: 1,
    preset: "left-handed",
    keys: {
        "tag-claim": ["F12", "Ctrl+Shift+K"],
        "undo": [],
    },
)
"#;

fn differences(preset: &str, keys: &[(&str, &[&str])]) -> KeyDifferences {
    let keys = keys.iter().map(|(command, keys)| {
        ((*command).to_owned(), keys.iter().map(|key| (*key).to_owned()).collect())
    });
    KeyDifferences { preset: preset.to_owned(), keys: keys.collect() }
}

#[track_caller]
fn with(old: &str, new: &str) -> Vec<u8> {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1).into_bytes()
}

/// A bad file is reported, the usual keys hold, and it survives whatever is tried.
#[track_caller]
fn check_bad(content: &[u8], line: Option<usize>, says: &str) -> ProblemKind {
    let folder = Folder::with(&[(FILE, content)]);
    let before = folder.tree();
    let (mut store, keys, problem) = KeyStore::load(folder.path(FILE));
    let problem = problem.unwrap_or_else(|| panic!("it was read: {keys:?}"));
    assert_eq!((&keys, problem.line), (&KeyDifferences::default(), line), "{problem}");
    assert!(problem.to_string().contains(says), "{problem}");
    assert_eq!(problem.path, folder.path(FILE));
    assert_eq!(store.save(&differences("azerty", &[])), Err(SaveError::ChangedOutside));
    assert_eq!(store.set_aside(), Err(SaveError::ChangedOutside));
    assert_eq!(folder.tree(), before);
    problem.kind
}

#[test]
fn the_file_holds_a_command_a_line() {
    let folder = Folder::with(&[(FILE, GOOD.as_bytes())]);
    let (mut store, keys, problem) = KeyStore::load(folder.path(FILE));
    let expected =
        differences("left-handed", &[("tag-claim", &["F12", "Ctrl+Shift+K"]), ("undo", &[])]);
    assert_eq!((&keys, problem), (&expected, None));
    store.save(&keys).unwrap();
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), GOOD);
}

#[test]
fn with_the_usual_keys_the_file_says_nothing_else() {
    let folder = Folder::with(&[]);
    let (mut store, keys, problem) = KeyStore::load(folder.path(FILE));
    assert_eq!((&keys, problem), (&KeyDifferences::default(), None));
    assert!(!folder.path(FILE).exists());
    store.save(&keys).unwrap();
    assert_eq!(folder.read(FILE), b"(\n    format: 1,\n)\n");
    assert_eq!(KeyStore::load(folder.path(FILE)).1, keys);
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let cut = &GOOD.as_bytes()[..GOOD.find("undo").unwrap()];
    check_bad(cut, Some(6), "");
    check_bad(b"", Some(1), "");
    check_bad(b"\xff", None, "not UTF-8");
    check_bad(&with("    keys", "    mood: 1,\n    keys"), Some(4), "mood");
    check_bad(&with("[\"F12\", \"Ctrl+Shift+K\"]", "\"F12\""), Some(5), "");
    let kind = check_bad(&with("format: 1", "format: 2, colour: Blue"), None, "newer");
    assert_eq!(kind, ProblemKind::NewerFormat { found: 2, known: 1 });
}

#[test]
fn what_the_file_names_that_there_is_not_is_kept() {
    let folder = Folder::with(&[(FILE, &with("\"tag-claim\"", "\"tag-rumour\""))]);
    let (mut store, mut keys, problem) = KeyStore::load(folder.path(FILE));
    assert_eq!(problem, None);
    keys.preset = "nobody's".to_owned();
    store.save(&keys).unwrap();
    let content = String::from_utf8(folder.read(FILE)).unwrap();
    assert!(content.contains("\"tag-rumour\": [\"F12\", \"Ctrl+Shift+K\"]"), "{content}");
    assert!(content.contains("preset: \"nobody's\""), "{content}");
}

#[test]
fn keys_that_another_program_changed_are_not_written_over() {
    let folder = Folder::with(&[(FILE, GOOD.as_bytes())]);
    let (mut store, keys, _) = KeyStore::load(folder.path(FILE));
    folder.write(FILE, b"theirs");
    assert_eq!(store.save(&keys), Err(SaveError::ChangedOutside));
    let copy = store.set_aside().unwrap();
    store.save(&keys).unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), b"theirs");
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), GOOD);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_keys_are_read_as_they_were_written(
        preset in hostile::string(),
        keys in btree_map(hostile::string(), vec(hostile::string(), 0..3), 0..5),
    ) {
        let folder = Folder::with(&[]);
        let differences = KeyDifferences { preset, keys: BTreeMap::clone(&keys) };
        let (mut store, _, _) = KeyStore::load(folder.path(FILE));
        store.save(&differences).unwrap();
        let bytes = folder.read(FILE);
        let (mut again, read, problem) = KeyStore::load(folder.path(FILE));
        prop_assert_eq!((&read, problem), (&differences, None));
        again.save(&read).unwrap();
        prop_assert_eq!(folder.read(FILE), bytes);
    }
}
