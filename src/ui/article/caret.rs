//! The caret and the selection.

use egui::{CornerRadius, Painter, Rect, Stroke, StrokeKind, vec2};

use super::measures::{FIRST_LANE, TEXT_TOP};
use super::placed::{Placed, row_rect};
use crate::session::{Selection, Session};
use crate::text::Offset;
use crate::ui::theme::Palette;

/// What is added to the end of a line whose line end is selected.
const LINE_END: f32 = 6.0;

pub(super) fn paint_selection(
    painter: &Painter,
    colours: &Palette,
    placed: &Placed<'_>,
    selection: Selection,
) {
    let range = selection.range();
    if range.is_empty() {
        return;
    }
    for (at, row) in placed.layout.rows.iter().enumerate() {
        let mut extents = row.extents(&range);
        let last_row = at + 1 == placed.layout.rows.len();
        let end = placed.block.range.end;
        if last_row && range.start <= end && end < range.end {
            let x = row.caret_x(end);
            extents.push((x, x + LINE_END));
        }
        for extent in extents {
            let rect = row_rect(placed, at, extent, (TEXT_TOP, FIRST_LANE));
            painter.rect_filled(rect, CornerRadius::ZERO, colours.selection);
        }
    }
}

/// Draws a frame around each place where what is looked for was found.
pub(super) fn paint_found(
    painter: &Painter,
    colours: &Palette,
    placed: &Placed<'_>,
    session: &Session,
) {
    let (Some(search), Some(document)) = (session.search(), session.document()) else { return };
    let hits = search.hits_in(&document.path);
    let first = hits.partition_point(|hit| hit.span.end() <= placed.block.range.start);
    let on_block = hits.get(first..).unwrap_or_default().iter();
    let on_block = on_block.take_while(|hit| hit.span.start() < placed.block.range.end);
    // The text may be another since all articles were searched.
    for hit in on_block.filter(|hit| hit.is_of(&document.text)) {
        for (at, row) in placed.layout.rows.iter().enumerate() {
            let Some(part) = hit.span.within(&row.inked) else { continue };
            for extent in row.extents(&part.range()) {
                let rect = row_rect(placed, at, extent, (TEXT_TOP, FIRST_LANE)).expand(1.0);
                let stroke = Stroke::new(1.5, colours.found);
                painter.rect_stroke(rect, CornerRadius::same(3), stroke, StrokeKind::Inside);
            }
        }
    }
}

/// The line that a caret at `offset` is.
pub(super) fn caret_line(placed: &Placed<'_>, offset: Offset) -> Rect {
    let (x, top) = placed.layout.caret(offset);
    let at = placed.rect.min + vec2(x, top);
    Rect::from_min_max(at + vec2(0.0, TEXT_TOP), at + vec2(0.0, FIRST_LANE))
}

/// A steady caret: nothing on the page moves unless the reader does.
pub(super) fn paint_caret(
    painter: &Painter,
    colours: &Palette,
    blocks: &[Placed<'_>],
    head: Offset,
    active: bool,
) {
    let on =
        |placed: &&Placed<'_>| placed.block.range.start <= head && head <= placed.block.range.end;
    // At the cut inside a long paragraph, the later block.
    let Some(placed) = blocks.iter().rev().find(on) else { return };
    let rect = caret_line(placed, head).expand(1.0);
    if active {
        painter.rect_filled(rect, CornerRadius::ZERO, colours.ring);
    } else {
        let stroke = Stroke::new(1.0, colours.soft);
        painter.rect_stroke(rect, CornerRadius::ZERO, stroke, StrokeKind::Inside);
    }
}
