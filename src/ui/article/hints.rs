//! Jump hints: letters above what they name.

use std::sync::Arc;

use egui::{Color32, Galley, Painter, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

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
            let chips = on_row.map(|hint| {
                let (letters, width) = letters_of(ui.painter(), colours, hinting, hint);
                let start = hint.span.start();
                let x = row.caret_x(start);
                // Where the text runs from right to left, a word begins at its right edge.
                let left = if row.runs_right_to_left(start) { x - width } else { x };
                (left, width, letters, hint)
            });
            let mut chips: Vec<_> = chips.collect();
            chips.sort_by(|one, other| one.0.total_cmp(&other.0));
            let mut free_from = f32::NEG_INFINITY;
            for (left, width, letters, hint) in chips {
                let left_top = row_rect(placed, at, (left, 0.0), (0.0, 0.0)).left_top();
                let left_top = pos2(left_top.x.max(free_from), left_top.y);
                let rect = chip(ui.painter(), colours, (hinting, hint), letters, (left_top, width));
                free_from = rect.right() + 1.5;
                describe(ui, hinting.kind, hint, rect);
            }
        }
    }
}

/// The letters of a hint, those that were typed and the rest; and how wide its chip is.
fn letters_of(
    painter: &Painter,
    colours: &Palette,
    hinting: &Hinting,
    hint: &Hint,
) -> ([Arc<Galley>; 2], f32) {
    let ink = ink_of(colours, hinting, hint);
    let typed = if is_live(hinting, hint) { hinting.typed.len() } else { 0 };
    let (done, rest) = hint.letters.split_at_checked(typed).unwrap_or((&hint.letters, ""));
    let layout = |letters: &str, colour| {
        painter.layout_no_wrap(letters.to_uppercase(), fonts::strong(FONT), colour)
    };
    let letters = [layout(done, ink.gamma_multiply(0.5)), layout(rest, ink)];
    let width = letters.iter().map(|letters| letters.size().x).sum::<f32>() + 5.0;
    (letters, width)
}

/// Whether it can still be meant.
fn is_live(hinting: &Hinting, hint: &Hint) -> bool {
    hint.letters.starts_with(&hinting.typed)
}

fn is_chosen(hinting: &Hinting, hint: &Hint) -> bool {
    hinting.first == Some(hint.span)
}

fn ink_of(colours: &Palette, hinting: &Hinting, hint: &Hint) -> Color32 {
    let shines = is_live(hinting, hint) && !is_chosen(hinting, hint);
    if shines { colours.page } else { colours.ink }
}

fn chip(
    painter: &Painter,
    colours: &Palette,
    (hinting, hint): (&Hinting, &Hint),
    [done, rest]: [Arc<Galley>; 2],
    (left_top, width): (Pos2, f32),
) -> Rect {
    let fill = if is_chosen(hinting, hint) { colours.selection } else { colours.ring };
    let fill = if is_live(hinting, hint) { fill } else { colours.rule };
    let ink = ink_of(colours, hinting, hint);
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
