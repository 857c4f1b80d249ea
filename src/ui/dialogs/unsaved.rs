use egui::Ui;

use crate::session::{Command, Message, Saving, Session};
use crate::ui::theme::palette;

pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    ui.set_width(440.0);
    ui.heading("Your last changes are not saved");
    if let Saving::Failed(error) = session.saving() {
        ui.colored_label(palette(ui.ctx()).warning, error.to_string());
    }
    ui.label("They are kept here and saved as soon as that is possible. Closing now loses them.");
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.button("Try again").clicked() {
            messages.push(Message::Run(Command::Save));
        }
        if ui.button("Go on working").clicked() {
            messages.push(Message::CloseDialog);
        }
        if ui.button("Close and lose them").clicked() {
            messages.push(Message::CloseAnyway);
        }
    });
}
