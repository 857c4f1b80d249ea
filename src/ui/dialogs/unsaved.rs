use egui::{Align, Button, Layout, RichText, Ui};

use super::field;

use crate::session::{Command, Kept, Message, Saving, Session};
use crate::storage::SaveError;
use crate::ui::parts::typed_path;
use crate::ui::theme::palette;

/// How many files that were removed are named.
const NAMED: usize = 4;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    path: &mut String,
    sure: &mut bool,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    super::set_width(ui, 460.0);
    let warning = palette(ui.ctx()).warning;
    let failure = session.saving();
    let removed = matches!(failure, Saving::Failed(_, SaveError::Removed));
    ui.heading(if removed {
        "What you have marked is not on the disk"
    } else {
        "Your last changes are not saved"
    });
    if let Saving::Failed(document, error) = &failure {
        let names = if removed { names_of(&session.removed()) } else { document.to_string() };
        ui.colored_label(warning, format!("{names}: {error}"));
    }
    let changed_outside = matches!(failure, Saving::Failed(_, SaveError::ChangedOutside));
    ui.label(if changed_outside {
        "Yours are kept here. They can be saved now, with the other program's version kept \
         beside them as a copy."
    } else if removed {
        "What you see is kept here, and can be written again."
    } else {
        "They are kept here and saved as soon as that is possible."
    });
    // Where nothing stands in the way of the file, nobody needs another place.
    if !removed {
        ui.add_space(8.0);
        offer_copy(ui, path, messages);
    }
    if let Some(notice) = session.notice() {
        let colours = palette(ui.ctx());
        ui.colored_label(if notice.warning { warning } else { colours.soft }, &notice.text);
    }
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        let (first, message) = if changed_outside {
            ("Save mine, keep the other as a copy", Message::KeepMine)
        } else if removed {
            ("Write again", Message::WriteRemoved)
        } else {
            ("Try again", Message::Run(Command::Save))
        };
        let first = ui.button(first);
        if fresh {
            *sure = false;
        }
        // What the keyboard was on may be gone; it must not land on the last button.
        if fresh || ui.memory(|memory| memory.focused().is_none()) {
            first.request_focus();
        }
        if first.clicked() {
            messages.push(message);
        }
        if removed && ui.button("Let be gone").clicked() {
            messages.push(Message::LetRemovedBeGone);
        }
        if ui.button("Go on working").clicked() {
            messages.push(Message::CloseDialog);
        }
        let words =
            if *sure { "Quit, and lose what is not saved" } else { "Quit without saving…" };
        if ui.button(RichText::new(words).color(warning)).clicked() {
            if *sure {
                messages.push(Message::CloseAnyway);
            }
            *sure = true;
        }
    });
}

/// The first of these files by their names, and how many more there are.
fn names_of(files: &[Kept]) -> String {
    let named: Vec<String> = files.iter().take(NAMED).map(ToString::to_string).collect();
    match files.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// Offers to write a copy of what is not saved into another folder.
fn offer_copy(ui: &mut Ui, path: &mut String, messages: &mut Vec<Message>) {
    ui.label("A copy of them can be written into another folder meanwhile:");
    ui.horizontal(|ui| {
        let typed = !path.trim().is_empty();
        let button = Button::new("Write a copy");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let pressed = ui.add_enabled(typed, button).clicked();
            let enter = field(ui, "Another folder for a copy", path, false);
            if typed && (pressed || enter) {
                messages.push(Message::SaveElsewhere(typed_path(path.trim())));
            }
        });
    });
}
