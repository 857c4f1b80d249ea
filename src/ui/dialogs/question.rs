//! What a reviewer has to say about an annotation.

use egui::Ui;

use super::{field, heading, set_width};
use crate::session::{Message, Reviewing};

pub(super) fn show(ui: &mut Ui, note: &mut String, fresh: bool, messages: &mut Vec<Message>) {
    set_width(ui, 460.0);
    heading(ui, "What is in question?", messages);
    ui.label(
        "The annotation is marked as in question, under your name. Whoever marked it sees this \
         beside it; the annotation itself stays as it is.",
    );
    ui.add_space(6.0);
    let enter = field(ui, "Note of the reviewer", note, fresh);
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        if ui.button("Put in question").clicked() || enter {
            messages.push(Reviewing::Question(note.clone()).into());
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
    });
}
