use std::ops::Range;

use super::segments::{has_no_blanks, segments, segments_by_dictionary};
use super::{Offset, Span, Text};

/// The word around `at`, or the one that ends there; `None` between words.
///
/// Words are those of Unicode's text segmentation (UAX #29) that hold a letter,
/// a digit or a pictograph; punctuation is not a word. Where the script has no blanks
/// between words, they are those of a dictionary, which guesses.
#[must_use]
pub fn word_at(text: &Text, at: Offset) -> Option<Span> {
    let (block, content) = text.block_around(at);
    if content.chars().any(has_no_blanks) {
        let words: Vec<Span> = words_in(content, block.start).collect();
        reaching(&words, at)
    } else {
        word_by_rules_at(text, at)
    }
}

/// The same without any guess: where the script has no blanks between words, each
/// character is a word.
#[must_use]
pub fn word_by_rules_at(text: &Text, at: Offset) -> Option<Span> {
    reaching(text.words_by_rules_around(at), at)
}

/// Of words in order the one around `at`, or that ends there.
fn reaching(words: &[Span], at: Offset) -> Option<Span> {
    // Of two words that meet at the caret, the one that starts there.
    let next = words.partition_point(|word| word.start() <= at);
    let word = words.get(next.checked_sub(1)?).copied()?;
    (at <= word.end()).then_some(word)
}

/// The segment of text around `at`: a word, a piece of punctuation or one blank.
///
/// Where the script has no blanks between words, one character of it, since a person's own
/// edges are not to follow a guess. At the end of a line, the last segment of it.
#[must_use]
pub fn segment_at(text: &Text, at: Offset) -> Range<Offset> {
    let (range, content) = text.block_around(at);
    let mut start = range.start;
    for segment in segments(content) {
        let end = start + segment.chars().count();
        if at < end || end == range.end {
            return start..end;
        }
        start = end;
    }
    range.start..range.start
}

/// The words of a block that starts at `start`, in order.
pub(super) fn words_in(content: &str, start: Offset) -> impl Iterator<Item = Span> {
    words_of(segments_by_dictionary(content), start)
}

/// The same without any guess.
pub(super) fn words_by_rules_in(content: &str, start: Offset) -> impl Iterator<Item = Span> {
    words_of(segments(content), start)
}

fn words_of<'t>(
    segments: impl Iterator<Item = &'t str>,
    start: Offset,
) -> impl Iterator<Item = Span> {
    segments
        .scan(start, |at, segment| {
            let from = *at;
            *at = from + segment.chars().count();
            Some((segment, Span::new(from, *at)))
        })
        .filter(|(segment, _)| is_word(segment))
        .filter_map(|(_, span)| span)
}

fn is_word(segment: &str) -> bool {
    segment.chars().any(|c| c.is_alphanumeric() || is_pictograph(c))
}

/// Emoji and the other symbols of the supplementary planes that stand for words.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}
