use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Offset, Text, trim_white_space};

/// The sentence around `at`, with its full stop and without the blank behind it.
///
/// Sentences are those of Unicode's text segmentation (UAX #29), inside one
/// block. Between two sentences, the later one.
#[must_use]
pub fn sentence_at(text: &Text, at: Offset) -> Range<Offset> {
    let (block, content) = text.block_around(at);
    let found = sentences_in(content, block.start).find(|sentence| at < sentence.end);
    let sentence = found
        .or_else(|| sentences_in(content, block.start).last())
        .unwrap_or(block.start..block.start);
    trim_white_space(text, sentence)
}

/// The sentences of a block that starts at `start`, each with the blank behind it.
pub(super) fn sentences_in(content: &str, start: Offset) -> impl Iterator<Item = Range<Offset>> {
    content.split_sentence_bounds().scan(start, |at, sentence| {
        let from = *at;
        *at = from + sentence.chars().count();
        Some(from..*at)
    })
}
