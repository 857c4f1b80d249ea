use egui::{Button, Response, Ui, WidgetText};

use crate::session::{Command, Message, Session};

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
