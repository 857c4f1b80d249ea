use egui::text::{CCursor, CCursorRange};
use egui::{Id, Ui};

/// Selects all that stands in a text field, so that typing replaces it.
pub(in crate::ui) fn select_all(ui: &Ui, field: Id, typed: &str) {
    let mut state = egui::TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(typed.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), field);
}
