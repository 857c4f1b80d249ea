//! A note whose annotation has gone while it was typed: one goes on typing here, and can copy it.

use egui::{Id, Ui};

use super::{heading, set_width};
use crate::session::Message;
use crate::ui::parts::text_lines;

pub(super) fn show(ui: &mut Ui, note: &mut String, fresh: bool, messages: &mut Vec<Message>) {
    set_width(ui, 460.0);
    heading(ui, "This note has no annotation any more", messages);
    ui.label(
        "Another program has removed the annotation while you typed. Copy what you want to keep: \
         it is not saved.",
    );
    ui.add_space(6.0);
    let response = ui.add(text_lines("Note without an annotation", note, |edit| {
        edit.id(Id::unique("note without an annotation"))
            .desired_rows(3)
            .desired_width(f32::INFINITY)
    }));
    if fresh {
        // What is typed goes on behind what stands there.
        response.request_focus();
    }
}
