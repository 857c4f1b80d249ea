use egui::Ui;

use super::{field, set_width};
use crate::session::Message;
use crate::ui::theme::palette;

pub(super) fn show(
    ui: &mut Ui,
    name: &mut String,
    error: Option<&str>,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    set_width(ui, 380.0);
    ui.heading("Who annotates?");
    ui.label(
        "Each name has its own set of every article. Your present sets stay as they are; \
         the steps so far can be undone when you are back.",
    );
    ui.add_space(6.0);
    let enter = field(ui, "Annotator's name", name, fresh);
    if let Some(error) = error {
        ui.colored_label(palette(ui.ctx()).warning, format!("This will not do: {error}"));
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Use this name").clicked() || enter {
            messages.push(Message::SetAnnotator(name.clone()));
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
    });
}
