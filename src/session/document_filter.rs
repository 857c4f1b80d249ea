//! What is typed to narrow the list of documents.

use super::documents::Row;
use crate::corpus::Status;
use crate::review::{TypedWord, in_small_letters, typed_words};

/// What is typed to narrow the list of documents:
///
/// ```text
/// pyongyang label:denial -status:done is:unreadable
/// ```
///
/// Every term must hold; `-` before one means that it must not. Words are looked for in titles
/// and paths; words with blanks stand in quotation marks. Of labels and statuses the first
/// letters are enough, so that the list narrows while one types; a label is there where the
/// annotator has tagged something with it. A status may be typed by itself.
#[derive(Clone, Default, Debug)]
pub(super) struct DocumentFilter {
    /// The status that all of it names.
    status: Option<Status>,
    terms: Vec<Term>,
}

#[derive(Clone, Debug)]
struct Term {
    negated: bool,
    test: Test,
}

/// Everything in small letters.
#[derive(Clone, Debug)]
enum Test {
    Named(String),
    Label(String),
    Status(String),
    Unreadable,
}

impl DocumentFilter {
    pub(super) fn parse(typed: &str) -> Self {
        let whole = in_small_letters(typed.trim());
        let status = Status::ALL.into_iter().find(|status| status.title() == whole);
        let terms = typed_words(typed).into_iter().filter_map(term).collect();
        Self { status, terms }
    }

    /// Whether everything passes.
    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    pub(super) fn takes(&self, row: &Row) -> bool {
        self.status.is_some_and(|status| row.status() == status)
            || self.terms.iter().all(|term| term.test.holds(row) != term.negated)
    }
}

/// What a word asks for; nothing as long as nothing stands behind its colon.
fn term(word: TypedWord) -> Option<Term> {
    let TypedWord { negated, key, value, .. } = word;
    let test = match key.as_deref() {
        None => Test::Named(value),
        Some("label" | "status" | "is") if value.is_empty() => return None,
        Some("label") => Test::Label(value),
        // `in progress` has a blank.
        Some("status") => Test::Status(value.replace('-', " ")),
        Some("is") if "unreadable".starts_with(&value) => Test::Unreadable,
        // Titles have colons too.
        Some(key) => Test::Named(format!("{key}:{value}")),
    };
    Some(Term { negated, test })
}

impl Test {
    fn holds(&self, row: &Row) -> bool {
        let summary = row.summary.as_ref();
        match self {
            Self::Named(words) => {
                has_in_small_letters(row.title(), words)
                    || has_in_small_letters(row.path.as_str(), words)
            }
            Self::Label(start) => summary.is_some_and(|summary| {
                let mut counts = summary.counts.iter();
                counts.any(|(label, count)| count > 0 && begins_in_small_letters(label, start))
            }),
            Self::Status(start) => row.status().title().starts_with(start.as_str()),
            Self::Unreadable => summary.is_some_and(|summary| summary.problem.is_some()),
        }
    }
}

/// Whether a text in small letters begins with these.
fn begins_in_small_letters(text: &str, letters: &str) -> bool {
    if text.is_ascii() && letters.is_ascii() {
        return text.get(..letters.len()).is_some_and(|start| start.eq_ignore_ascii_case(letters));
    }
    in_small_letters(text).starts_with(letters)
}

/// Whether a text in small letters has these in it.
fn has_in_small_letters(text: &str, letters: &str) -> bool {
    // Most are plain, and all are looked at with each letter that is typed.
    if text.is_ascii() && letters.is_ascii() && !letters.is_empty() {
        let mut places = text.as_bytes().windows(letters.len());
        return places.any(|place| place.eq_ignore_ascii_case(letters.as_bytes()));
    }
    in_small_letters(text).contains(letters)
}
