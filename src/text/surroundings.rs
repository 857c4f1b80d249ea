use std::borrow::Cow;
use std::ops::Range;

use super::{Offset, Text};

/// What stands before and after a range, at most so many characters of each, in one line.
#[must_use]
pub fn surroundings<'t>(
    text: &'t Text,
    range: &Range<Offset>,
    most: usize,
) -> (Cow<'t, str>, Cow<'t, str>) {
    let before = range.start - most..range.start;
    let after = range.end..text.end().min(range.end + most);
    (in_one_line(text.slice(before)), in_one_line(text.slice(after)))
}

/// A stretch of text with a blank for each line end and each other white space.
#[must_use]
pub fn in_one_line(words: &str) -> Cow<'_, str> {
    // Most are plain, and there are many: all bytes are looked at, which is done many at once.
    let is_plain = |byte| (b' '..0x7f).contains(&byte);
    if words.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        return words.into();
    }
    if words.is_ascii() {
        let plain = |byte| if is_plain(byte) { char::from(byte) } else { ' ' };
        return words.bytes().map(plain).collect::<String>().into();
    }
    words.replace(|c: char| c.is_whitespace() || c.is_control(), " ").into()
}
