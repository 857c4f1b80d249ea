use std::sync::Arc;

use egui::{Galley, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::fonts;
use crate::ui::theme::palette;

/// How wide [`key_hint`] is, in points.
pub(in crate::ui) fn key_hint_width(ui: &Ui, key: &str, does: &str) -> f32 {
    KeyHint::laid_out(ui, key, does).width()
}

/// A key and what it does, laid out in a line.
struct KeyHint {
    key: Arc<Galley>,
    does: Arc<Galley>,
}

impl KeyHint {
    fn laid_out(ui: &Ui, key: &str, does: &str) -> Self {
        let colours = palette(ui.ctx());
        let layout =
            |text: &str, font, colour| ui.painter().layout_no_wrap(text.to_owned(), font, colour);
        Self {
            key: layout(key, fonts::sans(11.0), colours.ink),
            does: layout(does, fonts::sans(12.0), colours.soft),
        }
    }

    /// The width of the key's cap, in points.
    fn cap_width(&self) -> f32 {
        self.key.size().x + 10.0
    }

    /// What is left free behind the cap, in points.
    fn gap(&self) -> f32 {
        if self.does.size().x > 0.0 { 5.0 } else { 0.0 }
    }

    /// The whole width, in points.
    fn width(&self) -> f32 {
        self.cap_width() + self.gap() + self.does.size().x
    }
}

/// A key as it is printed on a keyboard, and what it does.
pub(in crate::ui) fn key_hint(ui: &mut Ui, key: &str, does: &str) {
    let colours = palette(ui.ctx());
    let hint = KeyHint::laid_out(ui, key, does);
    let (cap_width, gap) = (hint.cap_width(), hint.gap());
    let size = vec2(hint.width(), 18.0);
    let KeyHint { key, does } = hint;
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
