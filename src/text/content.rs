use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::blocks::blocks_of;
use super::words::words_by_rules_in;
use super::{Block, Offset, Span};

/// Characters between two entries of the offset index.
const STRIDE: usize = 128;

/// The text of one document: immutable, cheap to clone, addressed by [`Offset`].
///
/// The characters are those of the file as decoded: line ends, a byte order
/// mark and every invisible character keep their place and count.
#[derive(Clone)]
pub struct Text(Arc<Inner>);

struct Inner {
    content: String,
    length: usize,
    /// The byte at which every `STRIDE`th character starts; empty where every
    /// character is one byte.
    index: Vec<usize>,
    /// Found when they are first asked for: reading a whole corpus needs none.
    blocks: OnceLock<Vec<Block>>,
    /// The words of each block without any guess, found when they are first asked for.
    words: OnceLock<Vec<OnceLock<Vec<Span>>>>,
}

impl Text {
    /// Takes over a decoded text. Linear in its length; everything else is logarithmic.
    #[must_use]
    pub fn new(content: impl Into<String>) -> Self {
        let content = content.into();
        let (length, index) = if content.is_ascii() {
            (content.len(), Vec::new())
        } else {
            let index = content.char_indices().step_by(STRIDE).map(|(byte, _)| byte).collect();
            (content.chars().count(), index)
        };
        let (blocks, words) = (OnceLock::new(), OnceLock::new());
        Self(Arc::new(Inner { content, length, index, blocks, words }))
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.content
    }

    /// The place after the last character.
    #[must_use]
    pub fn end(&self) -> Offset {
        Offset::new(self.0.length)
    }

    /// The number of characters (Unicode scalar values).
    #[must_use]
    pub fn characters(&self) -> usize {
        self.0.length
    }

    /// The characters of a range; the part of it that lies in the text.
    #[must_use]
    pub fn slice(&self, range: Range<Offset>) -> &str {
        let bytes = self.byte_of(range.start)..self.byte_of(range.end);
        self.as_str().get(bytes).unwrap_or_default()
    }

    /// The characters of a span, or `None` when it does not lie in the text.
    #[must_use]
    pub fn quote(&self, span: Span) -> Option<&str> {
        (span.end() <= self.end()).then(|| self.slice(span.range()))
    }

    /// The paragraphs, or pieces of very long ones, in order; at least one.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        self.0.blocks.get_or_init(|| blocks_of(&self.0.content))
    }

    /// The index in [`Self::blocks`] of the block that `offset` is in or at the end of.
    ///
    /// Where one block ends and the next begins at the same place, the later one.
    #[must_use]
    pub fn block_index(&self, offset: Offset) -> usize {
        self.blocks().partition_point(|block| block.range.start <= offset).saturating_sub(1)
    }

    /// The block that `offset` is in, and its characters.
    #[must_use]
    pub fn block_around(&self, offset: Offset) -> (Range<Offset>, &str) {
        self.blocks()
            .get(self.block_index(offset))
            .map_or((Offset::ZERO..Offset::ZERO, ""), |block| {
                (block.range.clone(), self.block_str(block))
            })
    }

    /// The words of the block that `offset` is in or at the end of, without any guess, in
    /// order. They are found once: a check asks for each place, and a paragraph of a script
    /// without blanks is long.
    pub(super) fn words_by_rules_around(&self, offset: Offset) -> &[Span] {
        let blocks = self.blocks();
        let words = self.0.words.get_or_init(|| blocks.iter().map(|_| OnceLock::new()).collect());
        let at = self.block_index(offset);
        let (Some(words), Some(block)) = (words.get(at), blocks.get(at)) else { return &[] };
        words.get_or_init(|| words_by_rules_in(self.block_str(block), block.range.start).collect())
    }

    /// The characters of one of this text's blocks.
    #[must_use]
    pub fn block_str(&self, block: &Block) -> &str {
        self.as_str().get(block.bytes.clone()).unwrap_or_default()
    }

    /// The pieces of blocks that lie in one of these ranges, in order; ranges that
    /// overlap or touch give one piece. A piece without characters is left out.
    #[must_use]
    pub fn passages(&self, ranges: &[Range<Offset>]) -> Vec<Block> {
        let mut ranges: Vec<Range<Offset>> = ranges.to_vec();
        ranges.sort_by_key(|range| (range.start, range.end));
        let mut joined: Vec<Range<Offset>> = Vec::new();
        for range in ranges {
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        let mut pieces = Vec::new();
        for range in joined {
            let first = self.block_index(range.start);
            for block in self.blocks().get(first..).unwrap_or_default() {
                if block.range.start >= range.end {
                    break;
                }
                let start = block.range.start.max(range.start);
                let end = block.range.end.min(range.end);
                if start < end {
                    pieces.push(Block {
                        range: start..end,
                        ends_paragraph: block.ends_paragraph && end == block.range.end,
                        starts_paragraph: block.starts_paragraph && start == block.range.start,
                        bytes: self.byte_of(start)..self.byte_of(end),
                    });
                }
            }
        }
        pieces
    }

    /// The whole paragraph around `offset`, without its line end.
    #[must_use]
    pub fn paragraph_around(&self, offset: Offset) -> Range<Offset> {
        let blocks = self.blocks();
        let at = self.block_index(offset);
        let first = blocks.get(..=at).unwrap_or_default();
        let last = blocks.get(at..).unwrap_or_default();
        let start = first.iter().rev().find(|block| block.starts_paragraph);
        let end = last.iter().find(|block| block.ends_paragraph);
        start.map_or(Offset::ZERO, |block| block.range.start)
            ..end.map_or(self.end(), |block| block.range.end)
    }

    /// The byte at which the character after `offset` starts; the length for
    /// offsets beyond the end.
    #[must_use]
    pub fn byte_of(&self, offset: Offset) -> usize {
        let inner = &self.0;
        if offset.get() >= inner.length {
            return inner.content.len();
        }
        let Some(&near) = inner.index.get(offset.get() / STRIDE) else {
            return offset.get();
        };
        let rest = inner.content.get(near..).unwrap_or_default();
        let further = rest.char_indices().nth(offset.get() % STRIDE);
        further.map_or(inner.content.len(), |(byte, _)| near + byte)
    }

    /// The place before the character that `byte` belongs to; the end for bytes
    /// beyond the text.
    #[must_use]
    pub fn offset_of(&self, byte: usize) -> Offset {
        let inner = &self.0;
        if byte >= inner.content.len() {
            return self.end();
        }
        if inner.index.is_empty() {
            return Offset::new(byte);
        }
        let entry = inner.index.partition_point(|start| *start <= byte).saturating_sub(1);
        let near = inner.index.get(entry).copied().unwrap_or_default();
        let rest = inner.content.get(near..).unwrap_or_default();
        let further = rest.char_indices().take_while(|(at, _)| near + at <= byte).count();
        Offset::new(entry * STRIDE + further.saturating_sub(1))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: String = self.as_str().chars().take(40).collect();
        f.debug_struct("Text").field("characters", &self.0.length).field("start", &start).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_end_of_two_characters_counts_two_and_lies_in_no_block() {
        let text = Text::new("ab\r\nc\u{2028}\n");
        let ranges: Vec<_> =
            text.blocks().iter().map(|b| (b.range.start.get(), b.range.end.get())).collect();
        assert_eq!(ranges, [(0, 2), (4, 5), (6, 6), (7, 7)]);
    }

    #[test]
    fn passages_are_cut_out_of_blocks_and_join_where_they_touch() {
        let text = Text::new("Satu dua.\nTiga émpat lima.");
        let passage = |from, to| Offset::new(from)..Offset::new(to);
        let pieces = text.passages(&[passage(15, 20), passage(5, 12), passage(12, 14)]);
        let quotes: Vec<_> = pieces.iter().map(|piece| text.block_str(piece)).collect();
        assert_eq!(quotes, ["dua.", "Tiga", "émpat"]);
        let ends: Vec<_> = pieces.iter().map(|p| (p.starts_paragraph, p.ends_paragraph)).collect();
        assert_eq!(ends, [(false, true), (true, false), (false, false)]);
    }

    #[test]
    fn a_megabyte_on_one_line_is_cut_at_white_space_into_pieces_of_one_paragraph() {
        let text = Text::new("kata demi kata ".repeat(70_000));
        assert!(text.blocks().len() > 200);
        assert!(text.blocks().windows(2).all(|pair| pair[0].range.end == pair[1].range.start));
        assert!(text.blocks().iter().skip(1).all(|b| !b.starts_paragraph));
        assert_eq!(text.paragraph_around(Offset::new(500_000)), Offset::ZERO..text.end());
    }
}
