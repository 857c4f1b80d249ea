//! Reviewing: comparing, settling, going through.

use super::super::chord::Chord;
use super::super::command::Command;
use super::super::lists::Listing;
use super::{Entry, Group, Scope, entry};

/// The keys that take from one annotator after the other.
const DIGITS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
const NUMBERS: [&str; 9] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"];

pub(super) fn review_entries() -> Vec<Entry> {
    let review = |scope, command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Review, scope, command, keys, title, help)
    };
    vec![
        review(
            Scope::Anywhere,
            Command::Compare,
            &[Chord::ctrl("D")],
            "Compare annotators",
            "Lists what annotators say differently in all articles, and shows their sets side by side",
        ),
        review(
            Scope::Window,
            Command::NextLayout,
            &[Chord::plain("U")],
            "Side by side or in one text",
            "Shows what is compared side by side, in one text, or one set alone",
        ),
        review(
            Scope::Anywhere,
            Command::Settle,
            &[Chord::ctrl("J")],
            "Settle…",
            "Makes gold of what annotators say: takes over what they agree about, asks about the rest",
        ),
        review(
            Scope::Anywhere,
            Command::ShowAgreement,
            &[Chord::ctrl("M")],
            "Agreement…",
            "Measures how far annotators agree, by label and by article; each figure lists what is behind it",
        ),
        review(
            Scope::Anywhere,
            Command::WorkAsOneself,
            &[],
            "Back to your own sets",
            "Ends working on gold, or marking up a second time",
        ),
    ]
}

pub(super) fn case_entries() -> Vec<Entry> {
    let case = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Review, Scope::List(Listing::Cases), command, keys, title, help)
    };
    let take = |(at, (digit, number)): (usize, (&&'static str, &&str))| {
        case(
            Command::TakeFrom(at),
            &[Chord::plain(digit)],
            &format!("Take from the {number}"),
            "Gold gets what this annotator says about the case, and the next is gone to",
        )
    };
    let mut entries: Vec<Entry> = DIGITS.iter().zip(&NUMBERS).enumerate().map(take).collect();
    entries.extend([
        case(
            Command::TakeAll,
            &[Chord::plain("A"), Chord::plain("+")],
            "Take from all",
            "Gold gets everything that anyone says about the case",
        ),
        case(
            Command::TakeNothing,
            &[Chord::plain("X"), Chord::plain("Delete")],
            "Take nothing",
            "Gold has nothing of the case",
        ),
        case(
            Command::EditCase,
            &[Chord::plain("E")],
            "Change in gold",
            "Goes to what gold has of the case, to change it with all keys of the article",
        ),
        case(
            Command::TakeAsGold,
            &[Chord::plain("K"), Chord::plain("Y")],
            "As it is in gold",
            "Settles the case as gold has it now",
        ),
    ]);
    entries
}
