//! Positions in one immutable text.
//!
//! Everything above this layer counts in [`Offset`]s: Unicode scalar values from
//! the start of the document, as brat, spaCy and Python do. Bytes appear only
//! inside [`Text`], which converts between the two and proves what it converts.
//!
//! This layer does no IO and cannot fail: every function takes any offset and
//! answers with one that lies inside the text.

mod blocks;
mod clauses;
mod content;
mod expand;
mod graphemes;
mod mark;
mod motion;
mod offset;
mod segments;
mod sentences;
mod shortened;
mod snap;
mod span;
mod surroundings;
mod tokens;
mod within;
mod words;

pub use blocks::Block;
pub use clauses::{clause_at, quotation_around};
pub use content::Text;
pub use expand::{expand, shrink};
pub use graphemes::{next_grapheme, previous_grapheme};
pub use mark::{MARK, into_without_mark, without_mark};
pub use motion::{Direction, Stop, Unit, step};
pub use offset::Offset;
pub use segments::has_no_blanks;
pub use sentences::sentence_at;
pub use shortened::{shortened, shortened_in_the_middle};
pub use snap::{snap_to_words, trim_white_space};
pub use span::Span;
pub use surroundings::{in_one_line, surroundings};
pub use tokens::{Token, covered, fits, is_line_end, is_space, tokens};
pub use within::{clauses_within, words_within};
pub use words::{segment_at, word_at, word_by_rules_at};
