use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Offset, Span, Text};

/// The word around `at`, or the one that ends there; `None` between words.
///
/// Words are those of Unicode's text segmentation (UAX #29) that hold a letter,
/// a digit or a pictograph; punctuation is not a word.
#[must_use]
pub fn word_at(text: &Text, at: Offset) -> Option<Span> {
    let words = text.words_around(at);
    // Of two words that meet at the caret, the one that starts there.
    let next = words.partition_point(|word| word.start() <= at);
    let word = words.get(next.checked_sub(1)?).copied()?;
    (at <= word.end()).then_some(word)
}

/// The segment of text around `at`: a word, a piece of punctuation or one blank.
///
/// What a pointer is over. At the end of a line, the last segment of it.
#[must_use]
pub fn segment_at(text: &Text, at: Offset) -> Range<Offset> {
    let (range, content) = text.block_around(at);
    let mut start = range.start;
    for segment in content.split_word_bounds() {
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
    content
        .split_word_bounds()
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
