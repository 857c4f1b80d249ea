use std::ops::Range;

use egui::{ScrollArea, Ui};

/// Draws those of a list's rows, all of one height, that are in view; `centre`
/// is brought into the middle, as far as the list's ends allow.
pub(in crate::ui) fn rows(
    ui: &mut Ui,
    name: &str,
    row_height: f32,
    count: usize,
    centre: Option<usize>,
    mut add_row: impl FnMut(&mut Ui, usize),
) {
    let view = ui.available_height();
    let most = (count as f32 * row_height - view).max(0.0);
    let mut area = ScrollArea::vertical().id_salt(name).auto_shrink(false).min_scrolled_height(0.0);
    if let Some(at) = centre {
        let centred = at as f32 * row_height - (view - row_height) / 2.0;
        area = area.vertical_scroll_offset(centred.clamp(0.0, most));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, row_height, count, |ui, rows: Range<usize>| {
        for at in rows {
            add_row(ui, at);
        }
    });
}
