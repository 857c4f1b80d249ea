//! How RON is written: the same value always the same bytes, an entry a line.
//!
//! Written here rather than by `ron` for one reason: `ron` escapes apostrophes
//! and every combining mark, so that a Hindi or Thai quote cannot be read in a
//! diff. `ron` reads what is written, and property tests hold the two together.

use std::fmt::Write as _;

/// A line of the outermost value.
pub(super) fn line(out: &mut String, content: &str) {
    out.push_str("    ");
    out.push_str(content);
    out.push('\n');
}

/// A list with an entry a line; nothing at all when it is empty.
pub(super) fn list(out: &mut String, name: &str, entries: impl ExactSizeIterator<Item = String>) {
    block(out, name, ('[', ']'), entries);
}

/// A map with an entry a line; nothing at all when it is empty.
pub(super) fn map(out: &mut String, name: &str, entries: impl ExactSizeIterator<Item = String>) {
    block(out, name, ('{', '}'), entries);
}

fn block(
    out: &mut String,
    name: &str,
    (open, close): (char, char),
    entries: impl ExactSizeIterator<Item = String>,
) {
    if entries.len() == 0 {
        return;
    }
    line(out, &format!("{name}: {open}"));
    for entry in entries {
        line(out, &format!("    {entry},"));
    }
    line(out, &format!("{close},"));
}

/// Entries with commas between them.
pub(super) fn joined(entries: impl Iterator<Item = String>) -> String {
    entries.collect::<Vec<_>>().join(", ")
}

/// A RON string on one line, in which nothing is invisible.
pub(super) fn quoted(content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 2);
    out.push('"');
    for c in content.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Controls, other line ends, blanks that look like another, and marks that
/// change the order of what stands around them. Joiners stay: scripts need them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ' && c != '\u{3000}')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}
