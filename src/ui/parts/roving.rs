use egui::{EventFilter, Id, Key, Modifiers, Sense, Ui};

/// What one of several things answers to of which one holds: Tab goes to the one that holds.
pub(in crate::ui) fn roving_sense(holds: bool) -> Sense {
    if holds { Sense::click() } else { Sense::CLICK }
}

/// Where the arrow keys lead among things of which one holds, where that one has the keyboard,
/// which it passes on: `ids` in their order, the one that holds at `at`, so many in a row.
pub(in crate::ui) fn roved(ui: &Ui, ids: &[Id], at: usize, columns: usize) -> Option<usize> {
    let here = *ids.get(at)?;
    if !ui.memory(|memory| memory.has_focus(here)) {
        return None;
    }
    let arrows =
        EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(here, arrows));
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let last = ids.len().saturating_sub(1);
    let to = if pressed(Key::ArrowRight) {
        at + 1
    } else if pressed(Key::ArrowLeft) {
        at.saturating_sub(1)
    } else if pressed(Key::ArrowDown) {
        at + columns
    } else if pressed(Key::ArrowUp) {
        at.checked_sub(columns).unwrap_or(at)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        return None;
    };
    let there = *ids.get(to).filter(|_| to != at)?;
    ui.memory_mut(|memory| memory.request_focus(there));
    Some(to)
}
