//! Sheets over the window.

mod annotator;
mod keys_sheet;
mod open_folder;
mod unsaved;

pub(super) use open_folder::recent_ui;

use egui::{Frame, Id, Margin, Modal, Ui};

use crate::session::{Dialog, Message, Session};

/// What was typed into the open sheet so far.
#[derive(Default)]
pub(super) struct Dialogs {
    typed: String,
    /// Which sheet `typed` belongs to.
    open: Option<Dialog>,
}

impl Dialogs {
    pub(super) fn show(&mut self, ui: &Ui, session: &Session, messages: &mut Vec<Message>) {
        let Some(dialog) = session.dialog() else {
            self.open = None;
            return;
        };
        let fresh =
            self.open.as_ref().map(std::mem::discriminant) != Some(std::mem::discriminant(dialog));
        if fresh {
            self.typed = match dialog {
                Dialog::Annotator { .. } => session.annotator().to_string(),
                Dialog::OpenFolder => {
                    session.project().map(|p| p.root().display().to_string()).unwrap_or_default()
                }
                Dialog::Keys | Dialog::Unsaved => String::new(),
            };
        }
        self.open = Some(dialog.clone());
        let frame = Frame::popup(&ui.ctx().global_style()).inner_margin(Margin::same(20));
        let response =
            Modal::new(Id::unique("sheet")).frame(frame).show(ui.ctx(), |ui| match dialog {
                Dialog::Keys => keys_sheet::show(ui, session, messages),
                Dialog::OpenFolder => {
                    open_folder::show(ui, session, &mut self.typed, fresh, messages);
                }
                Dialog::Annotator { error } => {
                    annotator::show(ui, &mut self.typed, error.as_deref(), fresh, messages);
                }
                Dialog::Unsaved => unsaved::show(ui, session, messages),
            });
        if response.should_close() {
            messages.push(Message::CloseDialog);
        }
    }
}

/// Whether Enter was pressed in a field.
fn entered(ui: &Ui, response: &egui::Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}
