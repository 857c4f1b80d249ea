use egui::{Button, Response, Role, Ui, WidgetInfo, WidgetText};

use crate::session::{Command, Message, Session};

/// A small cross that closes or clears something. Returns whether it is pressed.
pub(in crate::ui) fn cross_button(ui: &mut Ui, name: &str) -> bool {
    let response = ui.button("×").on_hover_text(name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// A button that runs a command: its tooltip and whether it can be pressed come
/// from the table of commands.
pub(in crate::ui) fn command_button(
    ui: &mut Ui,
    session: &Session,
    command: Command,
    title: impl Into<WidgetText>,
    messages: &mut Vec<Message>,
) -> Response {
    let available = session.available(command);
    let response = ui.add_enabled(available.is_ok(), Button::new(title.into()));
    let tooltip = |ui: &mut Ui| {
        if let Some(entry) = session.keymap().entry(command) {
            ui.strong(entry.title_with_key());
            ui.label(&entry.help);
        }
        if let Err(reason) = session.available(command) {
            ui.label(reason);
        }
    };
    let response = response.on_hover_ui(tooltip).on_disabled_hover_ui(tooltip);
    if response.clicked() {
        messages.push(Message::Run(command));
    }
    response
}
