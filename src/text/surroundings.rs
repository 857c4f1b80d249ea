use std::ops::Range;

use super::{Offset, Text};

/// What stands before and after a range, at most so many characters of each, in one line.
#[must_use]
pub fn surroundings(text: &Text, range: &Range<Offset>, most: usize) -> (String, String) {
    let before = range.start - most..range.start;
    let after = range.end..text.end().min(range.end + most);
    (in_one_line(text.slice(before)), in_one_line(text.slice(after)))
}

/// A stretch of text with a blank for each line end and each other white space.
#[must_use]
pub fn in_one_line(words: &str) -> String {
    // Most are plain, and there are many.
    if words.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return words.to_owned();
    }
    words.replace(|c: char| c.is_whitespace() || c.is_control(), " ")
}
