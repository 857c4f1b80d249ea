use egui::{Button, CornerRadius, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::{focus_edge, roved, roving_sense};
use crate::ui::theme::palette;

/// Values of which one holds, in as many lines as they need. Returns the one
/// that was pressed, or that an arrow key has gone on to.
pub(in crate::ui) fn choices<'a>(
    ui: &mut Ui,
    name: &str,
    values: &[&'a str],
    current: &str,
    enabled: bool,
) -> Option<&'a str> {
    let colours = palette(ui.ctx());
    let mut picked = None;
    // Where none holds, Tab goes to the first.
    let at = values.iter().position(|value| *value == current).unwrap_or_default();
    let mut ids = Vec::with_capacity(values.len());
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.spacing_mut().button_padding = vec2(7.0, 1.0);
        ui.spacing_mut().interact_size.y = 19.0;
        for (place, value) in values.iter().enumerate() {
            let holds = *value == current;
            let ink = if holds { colours.ink } else { colours.soft };
            let fill = if holds { colours.selected } else { colours.field };
            let edge = if holds { colours.soft } else { colours.rule };
            let button = Button::new(RichText::new(*value).size(12.0).color(ink))
                .fill(fill)
                .stroke(Stroke::new(1.0, edge))
                .corner_radius(CornerRadius::same(9))
                .sense(roving_sense(place == at));
            let response = ui.add_enabled(enabled, button);
            response.widget_info(|| {
                WidgetInfo::selected(Role::RadioButton, enabled, holds, format!("{name}: {value}"))
            });
            focus_edge(ui, &response);
            ids.push(response.id);
            if response.clicked() {
                picked = Some(*value);
            }
        }
    });
    // In one line or in several, each leads to the next.
    picked.or_else(|| values.get(roved(ui, &ids, at, 1)?).copied())
}
