use egui::{Button, CornerRadius, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::focus_edge;
use crate::ui::theme::palette;

/// Values of which one holds, in as many lines as they need. Returns the one
/// that was pressed.
pub(in crate::ui) fn choices<'a>(
    ui: &mut Ui,
    name: &str,
    values: &[&'a str],
    current: &str,
    enabled: bool,
) -> Option<&'a str> {
    let colours = palette(ui.ctx());
    let mut picked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.spacing_mut().button_padding = vec2(7.0, 1.0);
        ui.spacing_mut().interact_size.y = 19.0;
        for value in values {
            let holds = *value == current;
            let ink = if holds { colours.ink } else { colours.soft };
            let fill = if holds { colours.selected } else { colours.field };
            let edge = if holds { colours.soft } else { colours.rule };
            let button = Button::new(RichText::new(*value).size(12.0).color(ink))
                .fill(fill)
                .stroke(Stroke::new(1.0, edge))
                .corner_radius(CornerRadius::same(9));
            let response = ui.add_enabled(enabled, button);
            response.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, enabled, holds, format!("{name}: {value}"))
            });
            focus_edge(ui, &response);
            if response.clicked() {
                picked = Some(*value);
            }
        }
    });
    picked
}
