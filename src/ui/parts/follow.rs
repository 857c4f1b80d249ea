use egui::Ui;

/// Scrolls so that what the keyboard has just been given to can be seen: to be called
/// behind the widgets of an area that scrolls.
pub(in crate::ui) fn follow_focus(ui: &Ui) {
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    if let Some(focused) = focused
        && focused.gained_focus()
        && ui.min_rect().intersects(focused.rect)
        && focused.layer_id == ui.layer_id()
    {
        focused.scroll_to_me(None);
    }
}
