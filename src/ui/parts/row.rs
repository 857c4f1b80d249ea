use egui::{Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use crate::ui::theme::palette;

/// The ground of a row in a list: `height` in points, lit where it is chosen or the
/// pointer is on it, `spoken` by a screen reader. What is in it is still to be drawn.
pub(in crate::ui) fn row(
    ui: &mut Ui,
    height: f32,
    (enabled, chosen): (bool, bool),
    spoken: &str,
) -> (Rect, Response) {
    let colours = palette(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, enabled, chosen, spoken));
    if chosen {
        ui.painter().rect_filled(rect, 4.0, colours.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, colours.page);
    }
    (rect, response)
}
