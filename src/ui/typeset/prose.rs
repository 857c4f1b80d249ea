use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Context, FontId, Painter, Pos2, Rect, Vec2, pos2, vec2};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation as _;

use super::galley::Setting;
use super::layout::Layout;
use super::shaped::lay_out;
use super::wordwise::has_right_to_left;
use crate::text::{Offset, in_one_line};

/// Marks that have no look and run one way.
const LEFT_TO_RIGHT: char = '\u{200e}';
const RIGHT_TO_LEFT: char = '\u{200f}';

/// Words for a line that runs one way, whichever way they begin.
pub(in crate::ui) fn directed(words: &str, rtl: bool) -> Cow<'_, str> {
    match (rtl, has_right_to_left(words)) {
        (true, _) => format!("{RIGHT_TO_LEFT}{words}").into(),
        (false, true) => format!("{LEFT_TO_RIGHT}{words}").into(),
        (false, false) => words.into(),
    }
}

/// A quotation or a title outside the article, in at most so many lines, right
/// in any script.
pub(in crate::ui) struct Prose {
    galleys: Vec<(Vec2, Arc<egui::Galley>)>,
    /// What is behind some of it.
    marks: Vec<(Rect, Color32)>,
    /// What it takes up, in points.
    pub(in crate::ui) size: Vec2,
    ink: Color32,
}

impl Prose {
    /// Lays out a text; line ends in it become blanks. What is too long is cut,
    /// with an ellipsis.
    pub(in crate::ui) fn new(
        context: &Context,
        content: &str,
        font: FontId,
        ink: Color32,
        width: f32,
        most_rows: usize,
    ) -> Self {
        let content = in_one_line(content);
        if has_right_to_left(&content) {
            let setting = setting(context, font, ink, width);
            return Self::word_by_word(context, &content, &setting, most_rows, None);
        }
        let mut job = LayoutJob::simple(content.into_owned(), font, ink, width);
        job.wrap =
            TextWrapping { max_width: width, max_rows: most_rows, ..TextWrapping::default() };
        job.wrap.break_anywhere = most_rows == 1;
        let galley = context.fonts_mut(|fonts| fonts.layout_job(job));
        let size = galley.size();
        Self { galleys: vec![(Vec2::ZERO, galley)], marks: Vec::new(), size, ink }
    }

    /// Lays out an English sentence, which may begin with words that it quotes and that run from
    /// right to left.
    pub(in crate::ui) fn sentence(
        context: &Context,
        words: &str,
        font: FontId,
        ink: Color32,
        width: f32,
        most_rows: usize,
    ) -> Self {
        Self::new(context, &directed(words, false), font, ink, width, most_rows)
    }

    /// Lays out words with what stands before and after them. They have another font and ink
    /// than that; in a right-to-left text, that ink as a line below them and, thin, behind them.
    pub(in crate::ui) fn in_context(
        context: &Context,
        [before, words, after]: [&str; 3],
        [strong, plain]: [(FontId, Color32); 2],
        width: f32,
        most_rows: usize,
    ) -> Self {
        let whole = [before, words, after].concat();
        if has_right_to_left(&whole) {
            let start = Offset::new(before.chars().count());
            let marked = (start..start + words.chars().count(), strong.1);
            let setting = setting(context, plain.0, plain.1, width);
            let whole = in_one_line(&whole);
            return Self::word_by_word(context, &whole, &setting, most_rows, Some(marked));
        }
        let mut job = LayoutJob::default();
        let ink = strong.1;
        for (part, (font, ink)) in [(before, &plain), (words, &strong), (after, &plain)] {
            job.append(&in_one_line(part), 0.0, TextFormat::simple(font.clone(), *ink));
        }
        job.wrap =
            TextWrapping { max_width: width, max_rows: most_rows, ..TextWrapping::default() };
        let galley = context.fonts_mut(|fonts| fonts.layout_job(job));
        let size = galley.size();
        Self { galleys: vec![(Vec2::ZERO, galley)], marks: Vec::new(), size, ink }
    }

    fn word_by_word(
        context: &Context,
        content: &str,
        setting: &Setting,
        most_rows: usize,
        marked: Option<(Range<Offset>, Color32)>,
    ) -> Self {
        let (width, row_height) = (setting.width, setting.row_height);
        let lay_out = |content: &str| {
            let end = Offset::new(content.chars().count());
            lay_out(context, content, &(Offset::ZERO..end), setting)
        };
        let mut layout = lay_out(content);
        if let Some(last) = layout.rows.get(most_rows.saturating_sub(1))
            && layout.rows.len() > most_rows
        {
            // As many of its words as leave room for the dots, wherever these are seen.
            let byte = |at: Offset| {
                let found = content.char_indices().nth(at.get());
                found.map_or(content.len(), |(byte, _)| byte)
            };
            let (line, end) = (byte(last.range.start), byte(last.inked.end));
            let mut start = content.get(..end).unwrap_or_default().trim_end();
            layout = lay_out(&format!("{start}…"));
            while layout.rows.len() > most_rows && !start.is_empty() {
                start = shorter(start, line);
                layout = lay_out(&format!("{start}…"));
            }
        }
        let height = layout.height().min(row_height * most_rows as f32);
        let marks = marked.map(|(range, ink)| marks_of(&layout, &range, ink)).unwrap_or_default();
        let galleys = layout.galleys;
        Self { galleys, marks, size: vec2(width, height), ink: setting.ink }
    }

    /// The same in no more width than its words take.
    pub(in crate::ui) fn shrunk(mut self) -> Self {
        let left = self.galleys.iter().map(|(at, _)| at.x).fold(f32::INFINITY, f32::min);
        let ends = self.galleys.iter().map(|(at, galley)| at.x + galley.size().x);
        let right = ends.fold(0.0, f32::max);
        if left <= right {
            self.galleys.iter_mut().for_each(|(at, _)| at.x -= left);
            self.marks.iter_mut().for_each(|(rect, _)| *rect = rect.translate(vec2(-left, 0.0)));
            self.size.x = right - left;
        }
        self
    }

    /// Draws it with its left edge at one place and its middle at another, as in a row.
    pub(in crate::ui) fn paint_in_row(self, painter: &Painter, left: f32, middle: f32) {
        let top = middle - self.size.y / 2.0;
        self.paint(painter, pos2(left, top));
    }

    /// Draws it with its top left corner at `at`.
    pub(in crate::ui) fn paint(self, painter: &Painter, at: Pos2) {
        let painter = painter.with_clip_rect(
            painter.clip_rect().intersect(Rect::from_min_size(at, self.size).expand(3.0)),
        );
        for (rect, ink) in self.marks {
            painter.rect_filled(rect.translate(at.to_vec2()), 0.0, ink);
        }
        for (position, galley) in self.galleys {
            painter.galley(at + position, galley, self.ink);
        }
    }
}

fn setting(context: &Context, font: FontId, ink: Color32, width: f32) -> Setting {
    let row_height = context.fonts_mut(|fonts| fonts.row_height(&font)) * 1.1;
    Setting { font, width, row_height, ink }
}

/// What marks characters: their place, thinly in this ink, and a line below them.
fn marks_of(layout: &Layout, range: &Range<Offset>, ink: Color32) -> Vec<(Rect, Color32)> {
    let mut marks = Vec::new();
    for (number, row) in layout.rows.iter().enumerate() {
        let (top, bottom) = (layout.row_top(number), layout.row_top(number) + layout.row_height);
        let here = range.start.max(row.inked.start)..range.end.min(row.inked.end);
        if here.start >= here.end {
            continue;
        }
        for (left, right) in row.extents(&here) {
            let line = |top| Rect::from_min_max(pos2(left, top), pos2(right, bottom));
            marks.push((line(top), ink.gamma_multiply(0.15)));
            marks.push((line(bottom - 1.5), ink));
        }
    }
    marks
}

/// Words without the last one or, where it is the only one behind `line`, without its last
/// character.
fn shorter(words: &str, line: usize) -> &str {
    let blank = words.rfind(char::is_whitespace).filter(|at| *at > line);
    let last = || words.grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    words.get(..blank.unwrap_or_else(last)).unwrap_or_default().trim_end()
}
