//! Finding and checking.

use super::super::chord::Chord;
use super::super::command::Command;
use super::super::lists::Listing;
use super::{Entry, Group, Scope, entry};

pub(super) fn find_entries() -> Vec<Entry> {
    let find = |scope, command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Find, scope, command, keys, title, help)
    };
    let everywhere = [Chord::ctrl("F").and_shift()];
    vec![
        find(
            Scope::Anywhere,
            Command::Find,
            &[Chord::ctrl("F")],
            "Find…",
            "Looks for words in this article; what is found is selected",
        ),
        find(
            Scope::Anywhere,
            Command::FindEverywhere,
            &everywhere,
            "Find in all articles…",
            "Looks for words in all articles",
        ),
        find(
            Scope::Anywhere,
            Command::NextMatch,
            &[Chord::plain("F3")],
            "Next match",
            "Selects the next place where it was found",
        ),
        find(
            Scope::Anywhere,
            Command::PreviousMatch,
            &[Chord::shift("F3")],
            "Previous match",
            "Selects the place before",
        ),
        find(
            Scope::Window,
            Command::TagEverywhere,
            &[Chord::plain("T")],
            "Tag everywhere…",
            "Lists all other occurrences of what is focused or selected, to accept or reject",
        ),
        find(
            Scope::List(Listing::Hits),
            Command::Accept,
            &[Chord::plain("Y"), Chord::plain("Space")],
            "Accept",
            "Tags the occurrence with the list's label; a label's key does so with that one",
        ),
        find(
            Scope::List(Listing::Hits),
            Command::Reject,
            &[Chord::plain("X"), Chord::plain("Delete")],
            "Reject",
            "Leaves the occurrence out, now and whenever this is listed again",
        ),
        find(
            Scope::List(Listing::Hits),
            Command::Undecide,
            &[Chord::plain("Backspace")],
            "Take decision back",
            "Leaves the occurrence undecided",
        ),
        find(
            Scope::List(Listing::Hits),
            Command::AcceptAll,
            &[Chord::shift("Y")],
            "Accept all",
            "Accepts all that is undecided; Shift with a label's key does so with that one",
        ),
        find(
            Scope::List(Listing::Hits),
            Command::Apply,
            &[Chord::ctrl("Enter")],
            "Carry out",
            "Carries the decisions in the list out, in one step over all articles",
        ),
        find(
            Scope::Anywhere,
            Command::ToggleList,
            &[Chord::plain("F5")],
            "Show or hide list",
            "Shows or hides the list below the article",
        ),
        find(
            Scope::Anywhere,
            Command::CancelWork,
            &[Chord::ctrl(".")],
            "Stop",
            "Stops what takes long, without half a result",
        ),
    ]
}

pub(super) fn check_entries() -> Vec<Entry> {
    let check = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Check, Scope::Window, command, keys, title, help)
    };
    vec![
        check(
            Command::NextProblem,
            &[Chord::plain("P")],
            "Next problem",
            "Goes to the next thing in this article that is not as the schema expects",
        ),
        check(
            Command::PreviousProblem,
            &[Chord::shift("P")],
            "Previous problem",
            "Goes to the problem before",
        ),
        check(
            Command::Mend(0),
            &[Chord::plain("M")],
            "Mend",
            "Mends the problem in the most obvious way",
        ),
        check(
            Command::Mend(1),
            &[Chord::shift("M")],
            "Mend otherwise",
            "Mends the problem in the other way",
        ),
        check(
            Command::Intend,
            &[Chord::plain("X")],
            "This is meant",
            "Remembers that the problem is none, and goes on to the next",
        ),
        check(
            Command::ListProblems,
            &[Chord::plain("F4")],
            "List problems",
            "Lists what is not as the schema expects in this article",
        ),
        check(
            Command::ListProjectProblems,
            &[Chord::shift("F4")],
            "List problems of all articles",
            "Lists what is not as the schema expects in your sets about all articles",
        ),
    ]
}
