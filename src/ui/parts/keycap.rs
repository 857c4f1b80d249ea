use egui::{Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::fonts;
use crate::ui::theme::palette;

/// How wide [`key_hint`] is, in points.
pub(in crate::ui) fn key_hint_width(ui: &Ui, key: &str, does: &str) -> f32 {
    let width = |text: &str, size| {
        let galley =
            ui.painter().layout_no_wrap(text.to_owned(), fonts::sans(size), palette(ui.ctx()).ink);
        galley.size().x
    };
    let does = width(does, 12.0);
    width(key, 11.0) + 10.0 + if does > 0.0 { does + 5.0 } else { 0.0 }
}

/// A key as it is printed on a keyboard, and what it does.
pub(in crate::ui) fn key_hint(ui: &mut Ui, key: &str, does: &str) {
    let colours = palette(ui.ctx());
    let layout =
        |text: &str, font, colour| ui.painter().layout_no_wrap(text.to_owned(), font, colour);
    let key = layout(key, fonts::sans(11.0), colours.ink);
    let does = layout(does, fonts::sans(12.0), colours.soft);
    let cap_width = key.size().x + 10.0;
    let gap = if does.size().x > 0.0 { 5.0 } else { 0.0 };
    let size = vec2(cap_width + gap + does.size().x, 18.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = format!("{} {}", key.text(), does.text());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, spoken.clone()));
    let cap = egui::Rect::from_min_size(rect.min, vec2(cap_width, 18.0));
    let stroke = Stroke::new(1.0, colours.rule);
    ui.painter().rect(cap, 3.0, colours.selected, stroke, StrokeKind::Inside);
    let centred = |height: f32| rect.center().y - height / 2.0;
    let key_at = pos2(cap.left() + 5.0, centred(key.size().y));
    let does_at = pos2(cap.right() + gap, centred(does.size().y));
    ui.painter().galley(key_at, key, colours.ink);
    ui.painter().galley(does_at, does, colours.soft);
}
