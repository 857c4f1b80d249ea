//! Cutting a block into words and what stands between them.

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

/// The segments of Unicode's text segmentation (UAX #29), each a word, a piece of punctuation or
/// white space. Where the script has no blanks between words, each character is one.
pub(super) fn segments(content: &str) -> impl Iterator<Item = &str> {
    content.split_word_bounds()
}

/// The same, but where the script has no blanks between words, these are found by a dictionary.
///
/// It guesses: a name that it does not know comes in pieces, and where two readings are
/// possible it has one. So this is for what a person asks for, and never to say that something
/// is wrong or to change what a person has drawn.
pub(super) fn segments_by_dictionary(content: &str) -> impl Iterator<Item = &str> {
    let guessed = content.chars().any(has_no_blanks).then(|| {
        let dictionary = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
        // What it does not know it may cut inside a character. The first is the start.
        let is_whole = |at: &usize| is_between_characters(content, *at);
        let breaks = dictionary.segment_str(content).skip(1).filter(is_whole);
        breaks.scan(0, |from, to| content.get(std::mem::replace(from, to)..to))
    });
    let plain = guessed.is_none().then(|| segments(content));
    guessed.into_iter().flatten().chain(plain.into_iter().flatten())
}

/// Whether no user-perceived character has bytes on both sides of a place.
fn is_between_characters(content: &str, byte: usize) -> bool {
    // With the whole text at hand, the cursor has an answer.
    GraphemeCursor::new(byte, content.len(), true).is_boundary(content, 0).unwrap_or_default()
}

/// Whether a character is of a script in which words are found by a dictionary: Chinese
/// characters, Hiragana, Thai, Lao, Burmese or Khmer.
pub fn has_no_blanks(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{309f}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a9e0}'..='\u{a9ff}'
            | '\u{aa60}'..='\u{aa7f}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}
