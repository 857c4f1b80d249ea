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
    if is_plain(words) {
        return words.into();
    }
    let visible = words.bytes().map(|byte| if is_visible(byte) { byte } else { b' ' }).collect();
    match String::from_utf8(visible) {
        Ok(visible) if words.is_ascii() => visible.into(),
        _ => words.replace(|c: char| c.is_whitespace() || c.is_control(), " ").into(),
    }
}

/// Whether words are of ASCII alone and without control characters, as most are. There are
/// many: all of their bytes are looked at, which is done many at once.
fn is_plain(words: &str) -> bool {
    words.bytes().fold(true, |all, byte| all & is_visible(byte))
}

fn is_visible(byte: u8) -> bool {
    (b' '..0x7f).contains(&byte)
}
