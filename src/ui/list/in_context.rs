//! Words in the middle of what stands around them, as in a concordance.

use egui::{Color32, FontId, Rect, Ui};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::ui::fonts;
use crate::ui::theme::palette;
use crate::ui::typeset::{Prose, directed, starts_right_to_left};

/// Where the words of all rows begin, as a share of the room that there is.
const COLUMN: f32 = 0.38;
/// How much of the room behind that they may take.
const MOST: f32 = 0.75;
/// A blank, in points.
const BLANK: f32 = 4.0;
/// More room than what is around any words takes in one line, in points.
const WIDE: f32 = 8_000.0;
/// The least room in which something is shown, in points.
const LEAST: f32 = 12.0;
/// How far a cut may move on to come to the start of a word, in graphemes.
const TO_A_WORD: usize = 18;

/// What is drawn in a row.
pub(super) struct InContext<'a> {
    /// What stands before the words.
    pub(super) before: &'a str,
    /// The words.
    pub(super) words: &'a str,
    /// What stands behind them.
    pub(super) after: &'a str,
    /// The colour of the words.
    pub(super) ink: Color32,
}

impl InContext<'_> {
    /// Draws it in one line. In a text that runs from right to left the column lies where it
    /// does seen from the right.
    pub(super) fn show(&self, ui: &Ui, room: Rect) {
        let rtl = starts_right_to_left(&[self.before, self.words, self.after].concat());
        let soft = palette(ui.ctx()).soft;
        let painter = ui.painter().with_clip_rect(room);
        let row = Row { ui, rtl, middle: room.center().y };
        let ahead = room.width() * COLUMN;
        let words =
            row.piece(self.words, fonts::strong(13.0), self.ink, (room.width() - ahead) * MOST);
        let width = words.size.x;
        let start = if rtl { room.right() - ahead - width } else { room.left() + ahead };
        words.paint_in_row(&painter, start, row.middle);

        let before = self.before.trim_end();
        let gap = if before.len() < self.before.len() { BLANK } else { 0.0 };
        let before = row.end_of(before, &fonts::sans(13.0), soft, ahead - gap);
        let left = if rtl { start + width + gap } else { start - gap - before.size.x };
        before.paint_in_row(&painter, left, row.middle);

        let after = self.after.trim_start();
        let gap = if after.len() < self.after.len() { BLANK } else { 0.0 };
        let left_over = room.width() - ahead - width - gap;
        if left_over > LEAST {
            let after = row.piece(after, fonts::sans(13.0), soft, left_over);
            let left = if rtl { start - gap - after.size.x } else { start + width + gap };
            after.paint_in_row(&painter, left, row.middle);
        }
    }
}

/// The line in which pieces are drawn.
struct Row<'a> {
    ui: &'a Ui,
    rtl: bool,
    middle: f32,
}

impl Row<'_> {
    /// A piece of the line, in no more width than it takes; cut at its end.
    fn piece(&self, words: &str, font: FontId, ink: Color32, width: f32) -> Prose {
        Prose::new(self.ui.ctx(), &directed(words, self.rtl), font, ink, width, 1).shrunk()
    }

    /// As much of the end of some words as there is room for, from the start of a word where
    /// one is near.
    fn end_of(&self, words: &str, font: &FontId, ink: Color32, width: f32) -> Prose {
        let piece = |words: &str| self.piece(words, font.clone(), ink, WIDE);
        let whole = piece(words);
        if whole.size.x <= width {
            return whole;
        }
        let starts: Vec<usize> = words.grapheme_indices(true).map(|(at, _)| at).collect();
        let from = |start: usize| format!("…{}", words.get(start..).unwrap_or_default());
        let fitting = starts.partition_point(|start| piece(&from(*start)).size.x > width);
        let begins_word = |start: &&usize| {
            let before = words.get(..**start).and_then(|before| before.chars().next_back());
            before.is_some_and(char::is_whitespace)
        };
        let rest = starts.get(fitting..).unwrap_or_default();
        let word = rest.iter().take(TO_A_WORD).find(begins_word);
        piece(&word.or(rest.first()).map_or_else(|| "…".to_owned(), |start| from(*start)))
    }
}
