//! How tall each block is: measured where it was laid out, estimated elsewhere.

use super::measures::LINE;
use super::pieces::Pieces;
use crate::ui::typeset::Layout;

/// Mean width of a character of the reading face, in points.
const CHARACTER: f32 = 8.4;

/// The tops of all blocks of a document at one line width.
#[derive(Default)]
pub(super) struct Heights {
    each: Vec<f32>,
    /// The top of the first.
    first: f32,
    /// One more than there are blocks; the last is the height of all.
    tops: Vec<f32>,
}

impl Heights {
    /// Estimates all pieces of a text from their lengths.
    pub(super) fn estimated(pieces: &Pieces, width: f32) -> Self {
        let in_line = (width / CHARACTER).max(1.0);
        let each = pieces.as_slice().iter().enumerate().map(|(index, piece)| {
            let characters = piece.range.end.since(piece.range.start) as f32;
            (characters / in_line).ceil().max(1.0) * LINE + pieces.space_after(index)
        });
        let mut heights =
            Self { each: each.collect(), first: pieces.space_before(), tops: Vec::new() };
        heights.add_up(0);
        heights
    }

    /// Takes a measured height in. Returns by how much the block grew.
    pub(super) fn measure(&mut self, index: usize, pieces: &Pieces, layout: &Layout) -> f32 {
        let measured = layout.height() + pieces.space_after(index);
        let Some(height) = self.each.get_mut(index) else { return 0.0 };
        let growth = measured - *height;
        if growth.abs() > 0.1 {
            *height = measured;
            self.add_up(index);
        }
        growth
    }

    /// The top of a block, in points below the top of the first.
    pub(super) fn top(&self, index: usize) -> f32 {
        self.tops.get(index).copied().unwrap_or_else(|| self.total())
    }

    /// The height of all blocks.
    pub(super) fn total(&self) -> f32 {
        self.tops.last().copied().unwrap_or_default()
    }

    /// The block at a height; the nearest for heights outside.
    pub(super) fn block_at(&self, y: f32) -> usize {
        let last = self.each.len().saturating_sub(1);
        self.tops.partition_point(|top| *top <= y).saturating_sub(1).min(last)
    }

    fn add_up(&mut self, from: usize) {
        self.tops.truncate(from);
        let mut top = match from.checked_sub(1) {
            Some(before) => self.top(before) + self.each.get(before).copied().unwrap_or_default(),
            None => self.first,
        };
        for height in self.each.get(from..).unwrap_or_default() {
            self.tops.push(top);
            top += height;
        }
        self.tops.push(top);
    }
}
