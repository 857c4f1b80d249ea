use egui::{Button, CornerRadius, Frame, Margin, RichText, Ui};

use crate::ui::theme::palette;

/// A row of choices of which one holds. Returns the one that was pressed.
pub(in crate::ui) fn segments<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    choices: &[(T, &str)],
    current: T,
    enabled: bool,
) -> Option<T> {
    let colours = palette(ui.ctx());
    let mut picked = None;
    Frame::new()
        .fill(colours.selected)
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::same(2))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.spacing_mut().button_padding.x = 2.0;
            ui.horizontal(|ui| {
                let width = ui.available_width() / choices.len() as f32;
                for (value, title) in choices {
                    let holds = *value == current;
                    let colour = if holds { colours.ink } else { colours.soft };
                    let fill = if holds { colours.field } else { colours.selected };
                    let button = Button::new(RichText::new(*title).color(colour))
                        .fill(fill)
                        .stroke(egui::Stroke::NONE)
                        .min_size(egui::vec2(width, 24.0));
                    let response = ui.add_enabled(enabled, button);
                    response.widget_info(|| {
                        let label = format!("{name}: {title}");
                        egui::WidgetInfo::selected(egui::Role::RadioButton, enabled, holds, label)
                    });
                    if response.clicked() {
                        picked = Some(*value);
                    }
                }
            });
        });
    picked
}
