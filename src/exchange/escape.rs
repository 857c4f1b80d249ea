//! Writing text into markup.

use std::borrow::Cow;

/// A text inside XML or HTML, also in quotation marks. A carriage return is written
/// as a reference: readers would take it for a line feed.
pub(super) fn xml(text: &str) -> Cow<'_, str> {
    // All are ASCII, and so never a part of another character.
    if !text.bytes().any(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\r' | b'\0')) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let is_written_otherwise = |c: char| written(c).is_some();
    for part in text.split_inclusive(is_written_otherwise) {
        let mut characters = part.chars();
        match characters.next_back().and_then(written) {
            Some(last) => {
                out.push_str(characters.as_str());
                out.push_str(last);
            }
            None => out.push_str(part),
        }
    }
    out.into()
}

/// What stands for a character in markup, where that is not itself.
fn written(c: char) -> Option<&'static str> {
    Some(match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\r' => "&#13;",
        // No markup can hold it; the sign for it keeps the place.
        '\0' => "\u{fffd}",
        _ => return None,
    })
}

/// A text as the value of an attribute, in which readers would take line ends and tabs
/// for blanks.
pub(super) fn xml_attribute(text: &str) -> String {
    xml(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Whether XML can hold a text.
pub(super) fn is_xml(text: &str) -> bool {
    !text.contains(|c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}'))
}

/// A file's path as an address.
pub(super) fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
