//! Walking, selecting and moving the caret.

use super::super::chord::Chord;
use super::super::command::Command;
use super::super::command::{HintKind, LayoutMotion, Motion};
use super::{Entry, Group, Scope, entry};
use crate::text::{Direction, Unit};

pub(super) fn walk_entries() -> Vec<Entry> {
    let walk = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Walk, Scope::Article, command, keys, title, help)
    };
    vec![
        walk(
            Command::NextAnnotation,
            &[Chord::plain("Tab")],
            "Next annotation",
            "Focuses the next annotation after the caret",
        ),
        walk(
            Command::PreviousAnnotation,
            &[Chord::shift("Tab")],
            "Previous annotation",
            "Focuses the annotation before the caret",
        ),
        walk(
            Command::FocusUnderCaret,
            &[Chord::plain("Enter")],
            "Focus under the caret",
            "Focuses the smallest annotation under the caret, then the next larger one",
        ),
        walk(
            Command::LetGo,
            &[Chord::plain("Escape")],
            "Let go",
            "Lets go of the selection, then of the focused annotation",
        ),
    ]
}

pub(super) fn select_entries() -> Vec<Entry> {
    let select = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Select, Scope::Article, command, keys, title, help)
    };
    vec![
        select(
            Command::Hint(HintKind::Words),
            &[Chord::plain("F")],
            "Jump to a word",
            "Puts hints on all words: one places the caret, two select from the first to the second",
        ),
        select(
            Command::Hint(HintKind::Clauses),
            &[Chord::plain("C")],
            "Jump to a clause",
            "Puts hints on all clauses: one selects it, two select from the first to the second",
        ),
        select(
            Command::Expand,
            &[Chord::plain("E")],
            "Expand selection",
            "Grows the selection: word, clause, what is quoted, quotation, sentence, paragraph",
        ),
        select(
            Command::Shrink,
            &[Chord::shift("E")],
            "Shrink selection",
            "Takes the last growth of the selection back",
        ),
        select(Command::SelectAll, &[Chord::ctrl("A")], "Select all", "Selects the whole article"),
    ]
}

/// The motions, once for the caret and once (with Shift) for the selection's end.
pub(super) fn move_entries(extend: bool) -> Vec<Entry> {
    use Direction::{Back, On};
    let mac = cfg!(target_os = "macos");
    let ctrl_alt = |key| Chord { alt: true, ..Chord::ctrl(key) };
    let word = |key| if mac { Chord::alt(key) } else { Chord::ctrl(key) };
    let line = |mac_key, key| if mac { Chord::ctrl(mac_key) } else { Chord::plain(key) };
    let clause = |key| if mac { ctrl_alt(key) } else { Chord::alt(key) };
    let document = |mac_key, key| if mac { Chord::ctrl(mac_key) } else { Chord::ctrl(key) };
    let paragraph = |key| if mac { Chord::alt(key) } else { Chord::ctrl(key) };
    let motions = [
        (Motion::Text(Unit::Character, Back), Chord::plain("Left"), "Back a character"),
        (Motion::Text(Unit::Character, On), Chord::plain("Right"), "Forward a character"),
        (Motion::Text(Unit::Word, Back), word("Left"), "Back a word"),
        (Motion::Text(Unit::Word, On), word("Right"), "Forward a word"),
        (Motion::Text(Unit::Clause, Back), clause("Left"), "Back a clause"),
        (Motion::Text(Unit::Clause, On), clause("Right"), "Forward a clause"),
        (Motion::Text(Unit::Sentence, Back), clause("Up"), "Back a sentence"),
        (Motion::Text(Unit::Sentence, On), clause("Down"), "Forward a sentence"),
        (Motion::Text(Unit::Paragraph, Back), paragraph("Up"), "Back a paragraph"),
        (Motion::Text(Unit::Paragraph, On), paragraph("Down"), "Forward a paragraph"),
        (Motion::Layout(LayoutMotion::LineUp), Chord::plain("Up"), "Line up"),
        (Motion::Layout(LayoutMotion::LineDown), Chord::plain("Down"), "Line down"),
        (Motion::Layout(LayoutMotion::LineStart), line("Left", "Home"), "Start of the line"),
        (Motion::Layout(LayoutMotion::LineEnd), line("Right", "End"), "End of the line"),
        (Motion::Layout(LayoutMotion::PageUp), Chord::plain("PageUp"), "Page up"),
        (Motion::Layout(LayoutMotion::PageDown), Chord::plain("PageDown"), "Page down"),
        (Motion::Text(Unit::Document, Back), document("Up", "Home"), "Start of the article"),
        (Motion::Text(Unit::Document, On), document("Down", "End"), "End of the article"),
    ];
    let to_entry = |(motion, key, words): (Motion, Chord, &str)| {
        let command = Command::Move { motion, extend };
        if extend {
            let title = format!("Select: {}", words.to_lowercase());
            let help = "Moves the end of the selection";
            entry(Group::Select, Scope::Article, command, &[key.and_shift()], &title, help)
        } else {
            entry(Group::Move, Scope::Article, command, &[key], words, "Moves the caret")
        }
    };
    motions.into_iter().map(to_entry).collect()
}
