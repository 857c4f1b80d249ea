//! Where the characters of a text are on the screen.
//!
//! Two ways lead here: [`super::shaped`] reads it off a whole paragraph that
//! egui laid out, [`super::wordwise`] lays the words out one by one where egui's
//! own positions cannot be trusted. What follows from it (carets, hits,
//! highlights) is the same code for both.

use std::ops::Range;
use std::sync::Arc;

use egui::{Galley, Vec2};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::Offset;

/// A piece of text as it is drawn, positions relative to its top left corner.
pub(in crate::ui) struct Layout {
    /// What to paint, and where.
    pub(in crate::ui) galleys: Vec<(Vec2, Arc<Galley>)>,
    /// The lines; at least one.
    pub(in crate::ui) rows: Vec<Row>,
    /// Height of one row, in points.
    pub(in crate::ui) row_height: f32,
}

/// One line of it.
pub(in crate::ui) struct Row {
    /// The characters on it.
    pub(in crate::ui) range: Range<Offset>,
    /// The same without the blanks at which the line is broken.
    pub(in crate::ui) inked: Range<Offset>,
    /// One a character, in the order of the text.
    cells: Vec<Cell>,
    /// Where a caret stands when there is no character.
    start_x: f32,
}

/// Where one character lies. A character that is drawn as part of another has no width.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui) struct Cell {
    pub(in crate::ui) left: f32,
    pub(in crate::ui) right: f32,
    /// Whether the text runs from right to left here.
    pub(in crate::ui) rtl: bool,
}

impl Layout {
    /// Height of all rows, in points.
    pub(in crate::ui) fn height(&self) -> f32 {
        self.rows.len() as f32 * self.row_height
    }

    /// The top of a row, from the top.
    pub(in crate::ui) fn row_top(&self, row: usize) -> f32 {
        row as f32 * self.row_height
    }

    /// The row that a caret at `offset` is on: where a line is broken, the later one.
    pub(in crate::ui) fn row_of(&self, offset: Offset) -> usize {
        self.rows.partition_point(|row| row.range.start <= offset).saturating_sub(1)
    }

    /// The row at a height below the top; the nearest for heights outside.
    pub(in crate::ui) fn row_at(&self, y: f32) -> usize {
        let row = (y / self.row_height).floor().max(0.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a small row number"
        )]
        (row as usize).min(self.rows.len().saturating_sub(1))
    }

    /// A caret at `offset`: its x, and the top of its row.
    pub(in crate::ui) fn caret(&self, offset: Offset) -> (f32, f32) {
        let at = self.row_of(offset);
        (self.rows.get(at).map_or(0.0, |row| row.caret_x(offset)), self.row_top(at))
    }
}

impl Row {
    /// A row of `content`, with one cell a character.
    pub(in crate::ui) fn new(start: Offset, content: &str, cells: Vec<Cell>, start_x: f32) -> Self {
        let inked = start + content.trim_end().chars().count();
        Self { range: start..start + cells.len(), inked: start..inked, cells, start_x }
    }

    /// The x of a caret before the character after `offset`.
    pub(in crate::ui) fn caret_x(&self, offset: Offset) -> f32 {
        let at = offset.since(self.range.start);
        let before = |cell: &Cell| if cell.rtl { cell.right } else { cell.left };
        let behind = |cell: &Cell| if cell.rtl { cell.left } else { cell.right };
        match self.cells.get(at) {
            Some(cell) => before(cell),
            None => self.cells.last().map_or(self.start_x, behind),
        }
    }

    /// The place between characters nearest to `x`. Never inside a grapheme.
    pub(in crate::ui) fn offset_at(&self, x: f32) -> Offset {
        let Some(at) = self.nearest_cell(x) else { return self.range.start };
        let Some(cell) = self.cells.get(at) else { return self.range.start };
        let in_right_half = x > f32::midpoint(cell.left, cell.right);
        let before = in_right_half == cell.rtl;
        let here = self.range.start + at;
        if before { here } else { self.after_grapheme(at) }
    }

    /// The character that `x` is over; `None` beside the text.
    pub(in crate::ui) fn character_at(&self, x: f32) -> Option<Offset> {
        let over = |cell: &Cell| cell.left <= x && x < cell.right;
        self.cells.iter().position(over).map(|at| self.range.start + at)
    }

    /// Where the characters of `range` lie: from left to right, touching pieces joined.
    pub(in crate::ui) fn extents(&self, range: &Range<Offset>) -> Vec<(f32, f32)> {
        let from = range.start.since(self.range.start);
        let to = range.end.min(self.range.end).since(self.range.start);
        let cells = self.cells.get(from.min(to)..to).unwrap_or_default();
        let mut pieces: Vec<(f32, f32)> =
            cells.iter().map(|cell| (cell.left, cell.right)).collect();
        pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut joined: Vec<(f32, f32)> = Vec::new();
        for (left, right) in pieces {
            match joined.last_mut() {
                Some(last) if left <= last.1 + 0.5 => last.1 = last.1.max(right),
                _ => joined.push((left, right)),
            }
        }
        // What is there but has no width must still be seen.
        for piece in &mut joined {
            if piece.1 - piece.0 < 1.0 {
                *piece = (piece.0 - 1.0, piece.0 + 1.5);
            }
        }
        joined
    }

    /// Whether the text at a character runs from right to left.
    pub(in crate::ui) fn runs_right_to_left(&self, offset: Offset) -> bool {
        self.cells.get(offset.since(self.range.start)).is_some_and(|cell| cell.rtl)
    }

    fn nearest_cell(&self, x: f32) -> Option<usize> {
        let distance = |cell: &Cell| (cell.left - x).max(x - cell.right).max(0.0);
        let wide = |cell: &Cell| cell.right > cell.left;
        let cells = self.cells.iter().enumerate().filter(|(_, cell)| wide(cell));
        cells.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b))).map(|(at, _)| at)
    }

    fn after_grapheme(&self, at: usize) -> Offset {
        let joined = self.cells.iter().skip(at + 1).take_while(|cell| cell.right <= cell.left);
        self.range.start + at + 1 + joined.count()
    }
}

/// The cells of a text whose graphemes have these widths, from `x` on, in the
/// order of the text. All but the first character of a grapheme get no width.
pub(super) fn cells_of_graphemes(
    content: &str,
    widths: impl Iterator<Item = f32>,
    x: f32,
    rtl: bool,
) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(content.len());
    let mut edge = x;
    for (grapheme, width) in content.graphemes(true).zip(widths) {
        let next = if rtl { edge - width } else { edge + width };
        cells.push(Cell { left: edge.min(next), right: edge.max(next), rtl });
        let rest = grapheme.chars().count() - 1;
        cells.extend(std::iter::repeat_n(Cell { left: next, right: next, rtl }, rest));
        edge = next;
    }
    cells
}
