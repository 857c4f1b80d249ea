//! The folds between linked passages.

use egui::{Align2, Painter, Rect, Stroke, pos2};

use super::measures::FOLD;
use super::pieces::Pieces;
use super::placed::Placed;
use crate::text::Offset;
use crate::ui::fonts;
use crate::ui::theme::Palette;

/// Says in each fold how much is not shown.
pub(super) fn paint(painter: &Painter, colours: &Palette, pieces: &Pieces, blocks: &[Placed<'_>]) {
    for placed in blocks {
        let before = placed.block.range.start.since(Offset::ZERO);
        if placed.index == 0 && pieces.space_before() > 0.0 {
            let bottom = placed.rect.top();
            let fold = Rect::from_x_y_ranges(placed.rect.x_range(), bottom - FOLD..=bottom);
            paint_fold(painter, colours, fold, before);
        }
        if let Some(characters) = pieces.folded_after(placed.index) {
            let top = placed.rect.bottom();
            let fold = Rect::from_x_y_ranges(placed.rect.x_range(), top..=top + FOLD);
            paint_fold(painter, colours, fold, characters);
        }
    }
}

fn paint_fold(painter: &Painter, colours: &Palette, fold: Rect, characters: usize) {
    let words = format!("… {} not shown", crate::ui::inspector::characters(characters));
    let galley = painter.layout_no_wrap(words, fonts::sans(11.0), colours.soft);
    let size = galley.size();
    let left = fold.center().x - size.x / 2.0;
    let y = fold.center().y;
    for (from, to) in [(fold.left(), left - 8.0), (left + size.x + 8.0, fold.right())] {
        let ends = [pos2(from, y), pos2(to, y)];
        painter.extend(egui::Shape::dashed_line(&ends, Stroke::new(1.0, colours.rule), 4.0, 4.0));
    }
    let at = Align2::LEFT_CENTER.anchor_size(pos2(left, y), size).min;
    painter.galley(at, galley, colours.soft);
}
