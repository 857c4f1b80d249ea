use std::ops::Range;

use egui::{ScrollArea, Ui};

/// A list of rows of one height, of which only those in view are drawn.
#[derive(Default)]
pub(in crate::ui) struct Rows {
    /// How far the list is scrolled, in points.
    offset: f32,
}

impl Rows {
    /// Draws the rows in view; `centre` is brought into the middle, as far as
    /// the list's ends allow.
    pub(in crate::ui) fn show(
        &mut self,
        ui: &mut Ui,
        name: &str,
        row_height: f32,
        count: usize,
        centre: Option<usize>,
        mut add_row: impl FnMut(&mut Ui, usize),
    ) {
        let view = ui.available_height();
        let most = (count as f32 * row_height - view).max(0.0);
        let centred = |at: usize| at as f32 * row_height - (view - row_height) / 2.0;
        // Where the list has become shorter, its end comes up: no springing back.
        let beyond = Some(most).filter(|most| self.offset > *most);
        let mut area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
        if let Some(offset) = centre.map(centred).or(beyond) {
            area = area.vertical_scroll_offset(offset.clamp(0.0, most));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let output = area.show_rows(ui, row_height, count, |ui, rows: Range<usize>| {
            for at in rows {
                add_row(ui, at);
            }
        });
        self.offset = output.state.unclamped_offset().y;
    }
}
