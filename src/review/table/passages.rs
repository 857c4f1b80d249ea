//! The words of rows and around them. Rows of one set lie near each other, and what stands
//! between two of them is around both: it is kept once.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::corpus::Annotation;
use crate::text::{Text, in_one_line, surroundings};

/// Characters of context on either side.
const CONTEXT: usize = 60;
/// The most characters of a quote.
const QUOTE: usize = 140;

/// What a row quotes and what stands around it.
#[derive(Serialize, Deserialize)]
pub(super) enum Wording<'a> {
    /// As it stands in the passages of its block, with what is around it there.
    InPassages {
        /// The byte of the passages where it starts.
        start: usize,
        /// Its bytes.
        length: usize,
    },
    /// By itself: where it has gaps or is long.
    Apart {
        #[serde(borrow)]
        before: Cow<'a, str>,
        #[serde(borrow)]
        quote: Cow<'a, str>,
        #[serde(borrow)]
        after: Cow<'a, str>,
    },
}

/// Words to be shown: what stands before a quote, the quote, and what stands behind it; each
/// in one line.
pub(super) struct Shown<'a> {
    pub(super) before: Cow<'a, str>,
    pub(super) quote: Cow<'a, str>,
    pub(super) after: Cow<'a, str>,
}

impl Wording<'_> {
    /// What it says; `None` where these are not the passages that it was made for.
    pub(super) fn shown<'w>(&'w self, passages: &'w str) -> Option<Shown<'w>> {
        match self {
            Self::InPassages { start, length } => {
                let (before, rest) = passages.split_at_checked(*start)?;
                let (quote, after) = rest.split_at_checked(*length)?;
                Some(Shown {
                    before: in_one_line(last(before, CONTEXT)),
                    quote: without_controls(quote),
                    after: in_one_line(first(after, CONTEXT)),
                })
            }
            Self::Apart { before, quote, after } => Some(Shown {
                before: Cow::Borrowed(before),
                quote: Cow::Borrowed(quote),
                after: Cow::Borrowed(after),
            }),
        }
    }
}

/// Gathers the passages that some rows lie in, in the order of their starts.
pub(super) struct Passages<'t> {
    text: &'t Text,
    /// The passages, one behind the other. Each begins and ends as far from what is quoted as
    /// is shown, or where the text does, so that nothing of another one is shown with it.
    gathered: String,
    /// Where the last passage ends, in bytes of the text.
    end: usize,
}

impl<'t> Passages<'t> {
    pub(super) fn of(text: &'t Text) -> Self {
        Self { text, gathered: String::new(), end: 0 }
    }

    /// The words of the next row.
    pub(super) fn add(&mut self, annotation: &Annotation) -> Wording<'t> {
        let fragments = &annotation.fragments;
        let extent = fragments.extent();
        if fragments.count() > 1 || fragments.length() > QUOTE {
            let (before, after) = surroundings(self.text, &extent, CONTEXT);
            let quote = annotation.quote_start(self.text, QUOTE);
            let quote = without_controls(&quote).into_owned().into();
            return Wording::Apart { before, quote, after };
        }
        let byte_of = |at| self.text.byte_of(at);
        let passage = byte_of(extent.start - CONTEXT)..byte_of(extent.end + CONTEXT);
        let quote = byte_of(extent.start)..byte_of(extent.end);
        if self.gathered.is_empty() || passage.start > self.end {
            self.end = passage.start;
        }
        if let Some(more) = self.text.as_str().get(self.end..passage.end) {
            self.gathered.push_str(more);
            self.end = passage.end;
        }
        let start = self.gathered.len() - (self.end - quote.start);
        Wording::InPassages { start, length: quote.len() }
    }

    pub(super) fn gathered(self) -> String {
        self.gathered
    }
}

/// The last characters of words.
fn last(words: &str, characters: usize) -> &str {
    let start = words.char_indices().rev().nth(characters - 1).map_or(0, |(at, _)| at);
    words.get(start..).unwrap_or_default()
}

/// The first characters of words.
fn first(words: &str, characters: usize) -> &str {
    let end = words.char_indices().nth(characters).map_or(words.len(), |(at, _)| at);
    words.get(..end).unwrap_or_default()
}

/// Words with a blank for each control character.
fn without_controls(words: &str) -> Cow<'_, str> {
    if words.contains(char::is_control) {
        words.replace(char::is_control, " ").into()
    } else {
        words.into()
    }
}
