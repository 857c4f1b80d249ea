use egui::{RichText, Ui};

use crate::session::{Command, Message, Saving, Session};
use crate::storage::SaveError;
use crate::ui::theme::palette;

pub(super) fn show(ui: &mut Ui, session: &Session, fresh: bool, messages: &mut Vec<Message>) {
    super::set_width(ui, 460.0);
    ui.heading("Your last changes are not saved");
    let warning = palette(ui.ctx()).warning;
    let failure = session.saving();
    if let Saving::Failed(document, error) = &failure {
        ui.colored_label(warning, format!("{document}: {error}"));
    }
    let changed_outside = matches!(failure, Saving::Failed(_, SaveError::ChangedOutside));
    ui.label(if changed_outside {
        "Yours are kept here. They can be saved now, with the other program's version kept \
         beside them as a copy."
    } else {
        "They are kept here and saved as soon as that is possible."
    });
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        let (first, message) = if changed_outside {
            ("Save mine, keep the other as a copy", Message::KeepMine)
        } else {
            ("Try again", Message::Run(Command::Save))
        };
        let first = ui.button(first);
        if fresh {
            first.request_focus();
        }
        if first.clicked() {
            messages.push(message);
        }
        if ui.button("Go on working").clicked() {
            messages.push(Message::CloseDialog);
        }
        let close = RichText::new("Quit without saving").color(warning);
        if ui.button(close).clicked() {
            messages.push(Message::CloseAnyway);
        }
    });
}
