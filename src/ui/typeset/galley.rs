//! What both ways of typesetting ask of egui.

use std::sync::Arc;

use egui::epaint::text::Glyph;
use egui::text::{LayoutJob, TextFormat};
use egui::{Align, Color32, Context, FontId, Galley};
use unicode_segmentation::UnicodeSegmentation as _;

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
