use egui::{Button, CornerRadius, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::focus_edge;
use crate::ui::theme::palette;

/// Values of which each holds or not, in as many lines as they need. Returns the place
/// of the one that was pressed.
pub(in crate::ui) fn toggles<'a>(
    ui: &mut Ui,
    name: &str,
    values: impl Iterator<Item = (&'a str, bool)>,
) -> Option<usize> {
    let colours = palette(ui.ctx());
    let mut pressed = None;
    ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
    ui.spacing_mut().button_padding = vec2(7.0, 1.0);
    ui.spacing_mut().interact_size.y = 19.0;
    for (at, (value, holds)) in values.enumerate() {
        let ink = if holds { colours.ink } else { colours.soft };
        let fill = if holds { colours.selected } else { colours.field };
        let edge = if holds { colours.soft } else { colours.rule };
        let sign = if holds { "✓ " } else { "" };
        let button = Button::new(RichText::new(format!("{sign}{value}")).size(12.0).color(ink))
            .fill(fill)
            .stroke(Stroke::new(1.0, edge))
            .corner_radius(CornerRadius::same(9));
        let response = ui.add(button);
        response.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, holds, format!("{name}: {value}"))
        });
        focus_edge(ui, &response);
        if response.clicked() {
            pressed = Some(at);
        }
    }
    pressed
}
