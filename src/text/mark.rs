/// The byte order mark, which some programs begin a text with.
pub const MARK: char = '\u{feff}';

/// A text without the mark that it may begin with.
#[must_use]
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

/// The same of a text that is one's own.
#[must_use]
pub fn into_without_mark(mut text: String) -> String {
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    text
}
