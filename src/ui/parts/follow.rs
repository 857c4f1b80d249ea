use egui::{Id, Ui};

/// Scrolls so that what the keyboard has just been given to can be seen: to be called
/// behind the widgets of an area that scrolls.
///
/// What had it last is remembered here: egui says that something has just got the keyboard where
/// Tab led there, and not where an arrow key did.
pub(in crate::ui) fn follow_focus(ui: &Ui) {
    let focused = ui.memory(egui::Memory::focused);
    let place = ui.scope_id().with("had the keyboard");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<Option<Id>>(place).flatten();
        data.insert_temp(place, focused);
        before
    });
    let response = focused.filter(|_| focused != before).and_then(|id| ui.ctx().read_response(id));
    if let Some(response) = response
        && ui.min_rect().intersects(response.rect)
        && response.layer_id == ui.layer_id()
    {
        response.scroll_to_me(None);
    }
}
