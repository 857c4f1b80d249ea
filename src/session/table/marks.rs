//! Tagging, describing and linking.

use super::super::chord::Chord;
use super::super::command::Command;
use super::super::command::Edge;
use super::{Entry, Group, Scope, entry, name_of};
use crate::corpus::Schema;
use crate::text::{Direction, Unit};

pub(super) fn tag_entries(schema: &Schema) -> Vec<Entry> {
    let tag = |(index, label): (usize, &crate::corpus::LabelDefinition)| {
        let keys: Vec<Chord> = label.key.and_then(chord_of).into_iter().collect();
        let title = format!("Tag {}", label.title.to_lowercase());
        let tag =
            entry(Group::Mark, Scope::Window, Command::Tag(index), &keys, &title, &label.help);
        // Two labels may be shown alike; their names differ.
        Entry { name: name_of(&format!("tag {}", label.name)), ..tag }
    };
    schema.labels().iter().enumerate().map(tag).collect()
}

pub(super) fn mark_entries() -> Vec<Entry> {
    use Command::{AddFragment, MoveEdge, NextFragment, PreviousFragment, Remove, RemoveFragment};
    let mark = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Mark, Scope::Window, command, keys, title, help)
    };
    let edge = |edge, unit, direction, key: Chord, title: &str| {
        let help = "Moves an edge of the focused annotation, or of its fragment in hand";
        mark(MoveEdge { edge, unit, direction }, &[key], title, help)
    };
    let (word, character) = (Unit::Word, Unit::Character);
    let (back, on) = (Direction::Back, Direction::On);
    vec![
        edge(Edge::Start, word, back, Chord::plain("["), "Move start back a word"),
        edge(Edge::Start, word, on, Chord::plain("]"), "Move start forward a word"),
        edge(Edge::End, word, back, Chord::plain("{"), "Move end back a word"),
        edge(Edge::End, word, on, Chord::plain("}"), "Move end forward a word"),
        edge(Edge::Start, character, back, Chord::ctrl("["), "Move start back a character"),
        edge(Edge::Start, character, on, Chord::ctrl("]"), "Move start forward a character"),
        edge(Edge::End, character, back, Chord::ctrl("{"), "Move end back a character"),
        edge(Edge::End, character, on, Chord::ctrl("}"), "Move end forward a character"),
        mark(
            Remove,
            &[Chord::plain("Delete")],
            "Remove annotation",
            "Removes the focused annotation, and the links that hang on it",
        ),
        mark(
            AddFragment,
            &[Chord::plain("A"), Chord::plain("+")],
            "Add as fragment",
            "Adds the selection to the annotation that is focused or was last",
        ),
        mark(
            RemoveFragment,
            &[Chord::shift("Delete")],
            "Remove fragment",
            "Takes the fragment in hand away from the focused annotation",
        ),
        mark(
            NextFragment,
            &[Chord::plain(".")],
            "Next fragment",
            "Takes the next fragment of the focused annotation in hand",
        ),
        mark(
            PreviousFragment,
            &[Chord::plain(",")],
            "Previous fragment",
            "Takes the fragment before in hand",
        ),
    ]
}

pub(super) fn describe_entries(schema: &Schema) -> Vec<Entry> {
    let describe = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Describe, Scope::Window, command, keys, title, help)
    };
    let mut entries = Vec::new();
    for (attribute, definition) in schema.attribute_names().into_iter().enumerate() {
        let key = definition.key.and_then(chord_of);
        let title = definition.title.to_lowercase();
        for (direction, words, key) in
            [(Direction::On, "Next", key), (Direction::Back, "Previous", key.map(Chord::and_shift))]
        {
            let keys: Vec<Chord> = key.into_iter().collect();
            let help = format!("Gives the focused annotation another {title}");
            let command = Command::Cycle { attribute, direction };
            let cycle = describe(command, &keys, &format!("{words} {title}"), &help);
            let name = name_of(&format!("{words} {}", definition.name));
            entries.push(Entry { name, ..cycle });
        }
    }
    entries.extend([
        describe(
            Command::EditNote,
            &[Chord::plain("N")],
            "Note…",
            "Goes to the note of the focused annotation",
        ),
        describe(
            Command::ToggleDiscuss,
            &[Chord::plain("Q")],
            "To discuss",
            "Marks the focused annotation to be discussed, or no longer",
        ),
        describe(
            Command::ListDiscussed,
            &[Chord::shift("Q")],
            "List what is to discuss",
            "Lists what is marked to be discussed or has a note, in your sets about all articles",
        ),
    ]);
    entries
}

pub(super) fn link_entries() -> Vec<Entry> {
    let link = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Link, Scope::Window, command, keys, title, help)
    };
    vec![
        link(
            Command::Link,
            &[Chord::plain("R")],
            "Start a link",
            "Links the focused annotation: a hint's letter takes a target, with Shift several; \
             Tab walks them, typing filters them",
        ),
        link(
            Command::NextLink,
            &[Chord::plain("L")],
            "Next link",
            "Takes the next link of the focused annotation in hand",
        ),
        link(
            Command::PreviousLink,
            &[Chord::shift("L")],
            "Previous link",
            "Takes the link before in hand",
        ),
        link(
            Command::FollowLink,
            &[Chord::plain("J")],
            "Follow link",
            "Focuses the other end of the link in hand",
        ),
        link(
            Command::RelabelLink,
            &[Chord::shift("R")],
            "Relabel link",
            "Gives the link in hand the next label that fits, or turns it round",
        ),
        link(
            Command::RemoveLink,
            &[Chord::plain("Backspace")],
            "Remove link",
            "Removes the link in hand",
        ),
        link(
            Command::ToggleFolded,
            &[Chord::plain("V")],
            "Fold to linked passages",
            "Shows only the passages that the focused annotation is linked with, or all again",
        ),
    ]
}

/// The chord of a schema's key.
fn chord_of(key: char) -> Option<Chord> {
    Chord::of_key(key.encode_utf8(&mut [0; 4]))
}
