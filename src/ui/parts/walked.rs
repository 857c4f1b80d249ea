use egui::{Key, Ui};

/// The row that a key leads to from the one at `at` in a list of `count` rows that has the
/// keyboard; `page` rows are a page.
pub(in crate::ui) fn walked(
    ui: &Ui,
    at: Option<usize>,
    count: usize,
    page: usize,
) -> Option<usize> {
    let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    let last = count.saturating_sub(1);
    let here = at.unwrap_or_default();
    if pressed(Key::ArrowDown) {
        Some(at.map_or(0, |at| (at + 1).min(last)))
    } else if pressed(Key::ArrowUp) {
        Some(here.saturating_sub(1))
    } else if pressed(Key::PageDown) {
        Some((here + page).min(last))
    } else if pressed(Key::PageUp) {
        Some(here.saturating_sub(page))
    } else if pressed(Key::Home) {
        Some(0)
    } else {
        pressed(Key::End).then_some(last)
    }
}
