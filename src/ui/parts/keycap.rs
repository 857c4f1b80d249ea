use egui::{Align, CornerRadius, Frame, Layout, Margin, RichText, Stroke, Ui};

use crate::ui::theme::palette;

/// A key as it is printed on a keyboard, and what it does.
pub(in crate::ui) fn key_hint(ui: &mut Ui, key: &str, does: &str) {
    let colours = palette(ui.ctx());
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        Frame::new()
            .fill(colours.selected)
            .stroke(Stroke::new(1.0, colours.rule))
            .corner_radius(CornerRadius::same(3))
            .inner_margin(Margin::symmetric(5, 1))
            .show(ui, |ui| ui.label(RichText::new(key).size(11.0).color(colours.ink)));
        ui.label(RichText::new(does).size(12.0).color(colours.soft));
    });
}
