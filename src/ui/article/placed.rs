//! The blocks that are on the screen, and what lies where among them.

use egui::{Pos2, Rect, pos2, vec2};

use crate::text::{Block, Offset};
use crate::ui::typeset::{Layout, Row};

/// A block on the screen.
pub(super) struct Placed<'a> {
    pub(super) index: usize,
    pub(super) block: &'a Block,
    pub(super) layout: Layout,
    pub(super) rect: Rect,
}

/// The place between characters that a point is nearest to, among the blocks in view.
pub(super) fn offset_at(blocks: &[Placed<'_>], point: Pos2) -> Option<Offset> {
    let (placed, row) = row_under(blocks, point)?;
    Some(row.offset_at(point.x - placed.rect.min.x))
}

/// The character that a point is over.
pub(super) fn character_at(blocks: &[Placed<'_>], point: Pos2) -> Option<Offset> {
    let (placed, row) = row_under(blocks, point)?;
    let inside = placed.rect.y_range().contains(point.y);
    row.character_at(point.x - placed.rect.min.x).filter(|_| inside)
}

fn row_under<'p, 'a>(blocks: &'p [Placed<'a>], point: Pos2) -> Option<(&'p Placed<'a>, &'p Row)> {
    let below = blocks.iter().rev().find(|placed| placed.rect.min.y <= point.y);
    let placed = below.or(blocks.first())?;
    let row = placed.layout.row_at(point.y - placed.rect.min.y);
    Some((placed, placed.layout.rows.get(row)?))
}

/// A rectangle of the page for part of a row.
pub(super) fn row_rect(
    placed: &Placed<'_>,
    row: usize,
    (left, right): (f32, f32),
    (top, bottom): (f32, f32),
) -> Rect {
    let origin = placed.rect.min + vec2(0.0, placed.layout.row_top(row));
    Rect::from_min_max(
        pos2(origin.x + left, origin.y + top),
        pos2(origin.x + right, origin.y + bottom),
    )
}
