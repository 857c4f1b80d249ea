//! Reads the places of characters off a paragraph that egui laid out.

use std::ops::Range;

use egui::epaint::text::PlacedRow;
use egui::{Context, Vec2};

use super::galley::{Setting, galley, grapheme_widths};
use super::layout::{Cell, Layout, Row, cells_of_graphemes};
use super::wordwise;
use crate::text::Offset;

/// Lays out a text without line ends, the characters `range` of its document: as
/// a whole where egui's positions are right, word by word where they are not.
pub(in crate::ui) fn lay_out(
    context: &Context,
    content: &str,
    range: &Range<Offset>,
    setting: &Setting,
) -> Layout {
    if wordwise::has_right_to_left(content) || wordwise::has_words_without_blanks(content) {
        return wordwise::lay_out(context, content, range, setting);
    }
    let galley = galley(context, content, setting, setting.width);
    let characters = range.end.since(range.start);
    // A font that composes a character from two glyphs breaks egui's counting.
    if galley.end().index.0 != characters {
        return wordwise::lay_out(context, content, range, setting);
    }
    let mut rows = Vec::with_capacity(galley.rows.len());
    let mut start = range.start;
    let mut rest = content;
    for placed in &galley.rows {
        let length = placed.char_count_excluding_newline().0;
        let bytes = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
        let (line, after) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
        rows.push(Row::new(start, line, cells(line, placed), placed.pos.x));
        start = start + length;
        rest = after;
    }
    Layout { galleys: vec![(Vec2::ZERO, galley)], rows, row_height: setting.row_height }
}

/// The cells of one line of a galley that has one glyph a character.
fn cells(line: &str, placed: &PlacedRow) -> Vec<Cell> {
    let start = placed.glyphs.first().map_or(0.0, |glyph| placed.pos.x + glyph.pos.x);
    cells_of_graphemes(line, grapheme_widths(line, &placed.glyphs).into_iter(), start, false)
}
