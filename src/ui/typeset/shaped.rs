//! Reads the places of characters off a paragraph that egui laid out.

use egui::epaint::text::{Glyph, PlacedRow};
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Context, FontId, Galley, Vec2};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation as _;

use super::layout::{Cell, Layout, Row, cells_of_graphemes};
use super::wordwise;
use crate::text::Offset;

/// How a text is to be laid out.
#[derive(Clone, PartialEq)]
pub(in crate::ui) struct Setting {
    pub(in crate::ui) font: FontId,
    /// The longest line, in points.
    pub(in crate::ui) width: f32,
    /// Height of a line, in points; the text is in its middle.
    pub(in crate::ui) row_height: f32,
    pub(in crate::ui) ink: Color32,
}

/// Lays out a text without line ends, the characters `range` of its document: as a whole where egui's positions are right, word
/// by word where they are not.
pub(in crate::ui) fn lay_out(
    context: &Context,
    content: &str,
    range: &Range<Offset>,
    setting: &Setting,
) -> Layout {
    if wordwise::has_right_to_left(content) {
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

/// A text as egui lays it out. egui keeps it while it is asked for every frame.
pub(super) fn galley(
    context: &Context,
    content: &str,
    setting: &Setting,
    width: f32,
) -> Arc<Galley> {
    let format = TextFormat {
        font_id: setting.font.clone(),
        color: setting.ink,
        line_height: Some(setting.row_height),
        valign: Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(content.to_owned(), format);
    job.wrap.max_width = width;
    job.break_on_newline = false;
    job.keep_trailing_whitespace = true;
    context.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The cells of one line of a galley that has one glyph a character.
fn cells(line: &str, placed: &PlacedRow) -> Vec<Cell> {
    let start = placed.glyphs.first().map_or(0.0, |glyph| placed.pos.x + glyph.pos.x);
    cells_of_graphemes(line, grapheme_widths(line, &placed.glyphs).into_iter(), start, false)
}

/// The width of each grapheme. A ligature's is shared out among its graphemes.
pub(super) fn grapheme_widths(line: &str, glyphs: &[Glyph]) -> Vec<f32> {
    let mut widths: Vec<f32> = Vec::new();
    let mut rest = glyphs;
    // How many graphemes the last wide glyph stands for.
    let mut shared = 1;
    for grapheme in line.graphemes(true) {
        let length = grapheme.chars().count().min(rest.len());
        let (own, after) = rest.split_at(length);
        rest = after;
        let width: f32 = own.iter().map(|glyph| glyph.advance_width).sum();
        let part_of_ligature = width == 0.0
            && own.iter().all(|glyph| glyph.uv_rect.is_nothing())
            && grapheme.chars().all(char::is_alphanumeric)
            && !widths.is_empty();
        if part_of_ligature {
            shared += 1;
            let whole: f32 = widths.iter().rev().take(shared - 1).sum();
            widths.push(0.0);
            let share = whole / shared as f32;
            widths.iter_mut().rev().take(shared).for_each(|width| *width = share);
        } else {
            shared = 1;
            widths.push(width);
        }
    }
    widths
}
