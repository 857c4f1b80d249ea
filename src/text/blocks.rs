use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Offset;

/// The longest piece of text that is laid out or segmented in one go, in bytes.
///
/// Long enough that no ordinary paragraph is cut (the longest in a corpus of
/// 1,107 news articles has about 2,000), short enough that a megabyte on one
/// line costs no more per frame than any other text.
const LONGEST: usize = 4_000;

/// A paragraph without its line end or, where a paragraph is very long, a piece of it.
///
/// Blocks are the unit in which text is drawn and cut into words. They come in
/// order; between one and the next lies a line end or, inside a cut paragraph, nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The characters of the block; empty for an empty line.
    pub range: Range<Offset>,
    /// Whether a line end or the end of the document follows.
    pub ends_paragraph: bool,
    /// Whether the block starts a paragraph, rather than going on with a cut one.
    pub starts_paragraph: bool,
    pub(super) bytes: Range<usize>,
}

/// Cuts a text at its line ends, and long lines at a white space.
///
/// There is at least one block, and the last one reaches the end of the text.
pub(super) fn blocks_of(content: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut cutter = Cutter { offset: 0 };
    let mut rest = content;
    let mut byte = 0;
    loop {
        let (line, line_end) = split_line(rest);
        cutter.cut_line(line, byte, &mut blocks);
        let Some(line_end) = line_end else { break };
        cutter.offset += line_end.chars().count();
        let taken = line.len() + line_end.len();
        byte += taken;
        rest = rest.get(taken..).unwrap_or_default();
    }
    blocks
}

/// The first line of `text`, and the line end behind it if there is one.
fn split_line(text: &str) -> (&str, Option<&str>) {
    let Some((at, first)) = text.char_indices().find(|(_, c)| is_line_end(*c)) else {
        return (text, None);
    };
    let after = text.get(at..).unwrap_or_default();
    let length = if after.starts_with("\r\n") { 2 } else { first.len_utf8() };
    (text.get(..at).unwrap_or_default(), after.get(..length))
}

/// The mandatory breaks of Unicode's line breaking (UAX #14, classes BK, CR, LF and NL).
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

struct Cutter {
    /// Characters before the line that is being cut.
    offset: usize,
}

impl Cutter {
    fn cut_line(&mut self, line: &str, first_byte: usize, blocks: &mut Vec<Block>) {
        let mut rest = line;
        let mut byte = first_byte;
        let mut starts_paragraph = true;
        loop {
            let (piece, after) = rest.split_at_checked(piece_length(rest)).unwrap_or((rest, ""));
            let start = Offset::new(self.offset);
            let end = start + piece.chars().count();
            blocks.push(Block {
                range: start..end,
                ends_paragraph: after.is_empty(),
                starts_paragraph,
                bytes: byte..byte + piece.len(),
            });
            self.offset = end.get();
            if after.is_empty() {
                return;
            }
            byte += piece.len();
            rest = after;
            starts_paragraph = false;
        }
    }
}

/// How many bytes of `line` go into one block: all, or up to the last white
/// space before the limit, or up to a whole grapheme. Only a grapheme that is
/// longer than the limit is itself cut.
fn piece_length(line: &str) -> usize {
    if line.len() <= LONGEST {
        return line.len();
    }
    let mut limit = LONGEST;
    while !line.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = line.get(..limit).unwrap_or(line);
    let mut graphemes = head.grapheme_indices(true).rev();
    // The last may go on behind the limit, also one that begins with a white space.
    let last = graphemes.next().map_or(0, |(at, _)| at);
    if let Some((at, blank)) = graphemes.find(|(_, g)| g.chars().all(char::is_whitespace)) {
        return at + blank.len();
    }
    if last == 0 { limit } else { last }
}
