//! Reviewing: comparing, settling, going through.

use super::super::chord::Chord;
use super::super::command::Command;
use super::super::lists::Listing;
use super::{Entry, Group, Scope, entry};
use crate::review::TableColumn;

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
            Command::ShowTable,
            &[Chord::ctrl("B")],
            "Table of annotations",
            "Lists all annotations of all articles, to be filtered, sorted, grouped and changed together",
        ),
        review(
            Scope::Window,
            Command::NextToReview,
            &[Chord::plain("I")],
            "Next to review",
            "Goes to the next annotation of the set that is shown which you have not reviewed, also in other articles; in the table, to the next such row",
        ),
        review(
            Scope::Window,
            Command::PreviousToReview,
            &[Chord::shift("I")],
            "Previous to review",
            "Goes to the one before that you have not reviewed",
        ),
        review(
            Scope::Window,
            Command::AcceptReview,
            &[Chord::plain("O")],
            "Accept, next to review",
            "Marks what is focused, or the row of the table, as reviewed by you as it is now, and goes to the next; a later change shows up again",
        ),
        review(
            Scope::Window,
            Command::QuestionReview,
            &[Chord::shift("O")],
            "Question…",
            "Puts what is focused, or the row of the table, in question, with a note for whoever marked it",
        ),
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
            Command::MarkAgain,
            &[],
            "Mark up again, blind…",
            "Has you mark up finished articles a second time without seeing the first, to measure how far you agree with yourself",
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
        entry(Group::Settle, Scope::List(Listing::Cases), command, keys, title, help)
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
            Command::OnlyThisKind,
            &[Chord::plain("F")],
            "Only this kind",
            "Lists only what differs in the way that this does, or everything again",
        ),
        case(
            Command::TakeAll,
            &[Chord::plain("A"), Chord::plain("+")],
            "Take from all",
            "Gold gets everything that anyone says about the case, where not just values differ",
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

pub(super) fn table_entries() -> Vec<Entry> {
    let row = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Table, Scope::List(Listing::Table), command, keys, title, help)
    };
    let mut entries = vec![
        row(
            Command::FilterRows,
            &[Chord::plain("F"), Chord::plain("/")],
            "Filter rows",
            "Goes to the filter: words, label:claim annotator:ana attribute:directness=direct has:note problem:any review:open",
        ),
        row(
            Command::TickRow,
            &[Chord::plain("Space")],
            "Tick row",
            "Ticks the annotation, to be changed together with others",
        ),
        row(
            Command::TickAllRows,
            &[Chord::ctrl("A")],
            "Tick all rows",
            "Ticks all annotations that are listed, or none",
        ),
        row(
            Command::ChangeRows,
            &[Chord::ctrl("Enter")],
            "Change rows…",
            "Relabels, describes, removes or marks what is ticked or listed, in one step, after a look at it",
        ),
        row(
            Command::GroupRows,
            &[Chord::plain("G")],
            "Group rows",
            "Puts rows that are alike in the column that they are sorted by under headings",
        ),
        row(
            Command::ToggleConcordance,
            &[Chord::plain("C")],
            "Concordance",
            "Shows quotes under each other with what is around them, or as rows",
        ),
    ];
    let sort = |(at, (column, digit)): (usize, (&TableColumn, &&'static str))| {
        row(
            Command::SortRows(at),
            &[Chord::plain(digit)],
            &format!("Sort by {}", column.title().to_lowercase()),
            "Sorts the table by this column; again, the other way round",
        )
    };
    entries.extend(TableColumn::ALL.iter().zip(&DIGITS).enumerate().map(sort));
    entries
}
