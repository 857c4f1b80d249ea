use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// A token: a run of letters, digits and marks, or any other single character that
/// is not white space; never more than the spans' edges let it be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token<'a> {
    /// Where it lies, in characters.
    pub range: Range<usize>,
    /// The same in bytes.
    pub bytes: Range<usize>,
    /// The token itself.
    pub word: &'a str,
    /// Whether a line ends between the token before and this one.
    pub after_line_end: bool,
}

/// White space as Python's `str.isspace` has it: Rust's, and the four separators of
/// ASCII that Rust counts among the controls.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// The ten characters at which Python's `str.splitlines` breaks a line.
#[must_use]
pub fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The tokens of a text, cut at these edges, which are in order.
#[must_use]
pub fn tokens<'a>(text: &'a str, edges: &[usize]) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    // The run of word characters that goes on: its first character and byte.
    let mut open: Option<(usize, usize)> = None;
    let mut after_line_end = false;
    let mut close =
        |open: &mut Option<(usize, usize)>, at: usize, byte: usize, after: &mut bool| {
            if let Some((start, from)) = open.take() {
                let word = text.get(from..byte).unwrap_or_default();
                let after_line_end = std::mem::take(after);
                tokens.push(Token { range: start..at, bytes: from..byte, word, after_line_end });
            }
        };
    let mut end = (0, 0);
    let mut edges = edges.iter().peekable();
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let mut is_edge = false;
        while edges.next_if(|edge| **edge <= at).is_some_and(|edge| *edge == at) {
            is_edge = true;
        }
        if !is_word(c) || is_edge {
            close(&mut open, at, byte, &mut after_line_end);
        }
        end = (at + 1, byte + c.len_utf8());
        if is_word(c) {
            open.get_or_insert((at, byte));
        } else if is_space(c) {
            after_line_end |= is_line_end(c);
        } else {
            open = Some((at, byte));
            close(&mut open, end.0, end.1, &mut after_line_end);
        }
    }
    close(&mut open, end.0, end.1, &mut after_line_end);
    tokens
}

/// Joiners hold words of some scripts together.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    c.is_alphanumeric() || matches!(c, '\u{200c}' | '\u{200d}') || is_combining_mark(c)
}

/// The tokens that a range of characters covers, where it begins with one and ends
/// with one or only white space is between; `None` where it covers none.
#[must_use]
pub fn covered(tokens: &[Token<'_>], range: &Range<usize>) -> Option<Range<usize>> {
    let first = tokens.partition_point(|token| token.range.end <= range.start);
    let end = tokens.partition_point(|token| token.range.start < range.end);
    (first < end).then_some(first..end)
}

/// Whether a range of characters begins where its first token does and ends where
/// its last one does.
#[must_use]
pub fn fits(tokens: &[Token<'_>], covered: &Range<usize>, range: &Range<usize>) -> bool {
    let start = tokens.get(covered.start).map(|token| token.range.start);
    let end = covered.end.checked_sub(1).and_then(|last| tokens.get(last)).map(|t| t.range.end);
    start == Some(range.start) && end == Some(range.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_cut_at_edges_and_hold_no_white_space() {
        let text = "Perang KoreaKorea\u{1c}Utara, \u{2028}e\u{301}ra👩\u{200d}🚀";
        let tokens = tokens(text, &[12]);
        let words: Vec<&str> = tokens.iter().map(|token| token.word).collect();
        assert_eq!(
            words,
            ["Perang", "Korea", "Korea", "Utara", ",", "e\u{301}ra", "👩", "\u{200d}", "🚀"]
        );
        assert_eq!(tokens[5].range, 26..30);
        let ends: Vec<bool> = tokens.iter().map(|token| token.after_line_end).collect();
        assert_eq!(ends, [false, false, false, true, false, true, false, false, false]);
    }
}
