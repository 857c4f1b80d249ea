//! The formats, a card each.

use egui::{Id, Role, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::exchange::Format;
use crate::session::{ExportChoice, Message, Transfer};
use crate::ui::fonts;
use crate::ui::parts::{roved, roving_sense};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// The least width of a card, and its height, in points.
const WIDTH: f32 = 186.0;
const HEIGHT: f32 = 64.0;
const GAP: f32 = 6.0;

pub(super) fn show(ui: &mut Ui, choice: &ExportChoice, fresh: bool, messages: &mut Vec<Message>) {
    let room = ui.available_width();
    let mut columns = 1;
    while (columns + 1) as f32 * (WIDTH + GAP) <= room + GAP {
        columns += 1;
    }
    let width = (room - (columns - 1) as f32 * GAP) / columns as f32;
    let mut ids = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        for format in Format::ALL {
            ids.push(card(ui, format, width, choice, fresh, messages));
        }
    });
    let at = Format::ALL.iter().position(|format| *format == choice.format).unwrap_or_default();
    if let Some(format) = roved(ui, &ids, at, columns).and_then(|at| Format::ALL.get(at)) {
        messages.push(chosen(*format, choice));
    }
}

fn chosen(format: Format, choice: &ExportChoice) -> Message {
    Transfer::SetExport(Box::new(ExportChoice { format, ..choice.clone() })).into()
}

fn card(
    ui: &mut Ui,
    format: Format,
    width: f32,
    choice: &ExportChoice,
    fresh: bool,
    messages: &mut Vec<Message>,
) -> Id {
    let colours = palette(ui.ctx());
    let holds = choice.format == format;
    let (rect, response) = ui.allocate_exact_size(vec2(width - 0.5, HEIGHT), roving_sense(holds));
    let spoken = format!("{}: {}", format.title(), format.help());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, holds, &spoken));
    let fill = if holds { colours.selected } else { colours.field };
    ui.painter().rect_filled(rect, 6.0, fill);
    let edge = if response.has_focus() {
        Stroke::new(1.5, colours.ring)
    } else {
        Stroke::new(1.0, if holds || response.hovered() { colours.soft } else { colours.rule })
    };
    ui.painter().rect_stroke(rect, 6.0, edge, StrokeKind::Inside);
    let inner = width - 20.0;
    let title = Prose::new(ui.ctx(), format.title(), fonts::strong(13.0), colours.ink, inner, 1);
    let help = Prose::new(ui.ctx(), format.help(), fonts::sans(11.5), colours.soft, inner, 2);
    let left = rect.left() + 10.0;
    title.paint(ui.painter(), pos2(left, rect.top() + 7.0));
    help.paint(ui.painter(), pos2(left, rect.top() + 26.0));
    if fresh && holds {
        response.request_focus();
    }
    if response.clicked() {
        messages.push(chosen(format, choice));
    }
    response.id
}
