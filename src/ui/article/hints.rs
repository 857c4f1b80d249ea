//! Jump hints: letters above what they name.

use egui::{Painter, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::measures::TEXT_TOP;
use super::placed::{Placed, row_rect};
use crate::session::{Hint, HintKind, Hinting};
use crate::text::Offset;
use crate::ui::fonts;
use crate::ui::theme::Palette;

const FONT: f32 = 10.0;
const HEIGHT: f32 = 12.0;

/// Draws the hints that are still possible, above the first line of what they name.
pub(super) fn show(ui: &Ui, colours: &Palette, hinting: &Hinting, blocks: &[Placed<'_>]) {
    for placed in blocks {
        for (at, row) in placed.layout.rows.iter().enumerate() {
            let first = hinting.hints.partition_point(|hint| hint.span.start() < row.range.start);
            let hints = hinting.hints.get(first..).unwrap_or_default();
            let on_row = hints.iter().take_while(|hint| hint.span.start() < row.range.end);
            let mut free_from = f32::NEG_INFINITY;
            for hint in on_row {
                let word = row_rect(placed, at, (row.caret_x(hint.span.start()), 0.0), (0.0, 0.0));
                let left = word.left().max(free_from);
                let rect = chip(ui.painter(), colours, hinting, hint, pos2(left, word.top()));
                free_from = rect.right() + 1.5;
                describe(ui, hinting.kind, hint, rect);
            }
        }
    }
}

fn chip(
    painter: &Painter,
    colours: &Palette,
    hinting: &Hinting,
    hint: &Hint,
    left_top: egui::Pos2,
) -> Rect {
    let live = hint.letters.starts_with(&hinting.typed);
    let chosen = hinting.first == Some(hint.span);
    let fill = if chosen { colours.selection } else { colours.ring };
    let fill = if live { fill } else { colours.rule };
    let ink = if live && !chosen { colours.page } else { colours.ink };
    let typed = if live { hinting.typed.len() } else { 0 };
    let (done, rest) = hint.letters.split_at_checked(typed).unwrap_or((&hint.letters, ""));
    let layout = |letters: &str, colour| {
        painter.layout_no_wrap(letters.to_uppercase(), fonts::strong(FONT), colour)
    };
    let (done, rest) = (layout(done, ink.gamma_multiply(0.5)), layout(rest, ink));
    let width = done.size().x + rest.size().x + 5.0;
    // The text starts below; what it names is not covered.
    let top = left_top.y + TEXT_TOP - HEIGHT + 1.0;
    let rect = Rect::from_min_size(pos2(left_top.x, top), vec2(width, HEIGHT));
    painter.rect_filled(rect, 2.5, fill);
    let text = rect.min + vec2(2.5, (HEIGHT - rest.size().y) / 2.0);
    let behind = done.size().x;
    painter.galley(text, done, ink);
    painter.galley(text + vec2(behind, 0.0), rest, ink);
    rect
}

fn describe(ui: &Ui, kind: HintKind, hint: &Hint, rect: Rect) {
    let start: Offset = hint.span.start();
    let response = ui.interact(rect, ui.scope_id().with(("hint", start.get())), Sense::hover());
    let what = match kind {
        HintKind::Words => "word",
        HintKind::Clauses => "clause",
    };
    response.widget_info(|| {
        let name = format!("Hint {} on the {what} at {}", hint.letters, start.get());
        WidgetInfo::labeled(Role::Label, true, name)
    });
}
