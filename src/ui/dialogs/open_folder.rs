use egui::{Button, RichText, Ui};

use super::{field, set_width};
use crate::session::{Message, Session};
use crate::ui::parts::typed_path;
use crate::ui::theme::palette;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    path: &mut String,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    set_width(ui, 520.0);
    ui.heading("Open a folder of articles");
    ui.label("A folder with text files, or with a folder “seeds” that holds them.");
    ui.add_space(6.0);
    let enter = field(ui, "Path of the folder", path, fresh);
    if let Some(notice) = session.notice().filter(|notice| notice.warning) {
        ui.colored_label(palette(ui.ctx()).warning, &notice.text);
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        let typed = !path.trim().is_empty();
        if ui.add_enabled(typed, Button::new("Open")).clicked() || (enter && typed) {
            messages.push(Message::OpenFolder { folder: typed_path(path.trim()), file: None });
        }
        if ui.add_enabled(!session.is_browsing(), Button::new("Browse…")).clicked() {
            messages.push(Message::Browse);
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
    });
    if session.is_browsing() {
        ui.label("The system's folder dialog is open. A path can be typed here all the same.");
    }
    ui.add_space(8.0);
    recent_ui(ui, session, messages);
}

/// The projects that were open before.
pub(in crate::ui) fn recent_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let open = session.project().map(crate::storage::Project::root);
    let recent = session.preferences().recent.iter();
    let mut recent = recent.filter(|root| Some(root.as_path()) != open).peekable();
    if recent.peek().is_none() {
        return;
    }
    ui.label(RichText::new("Recent").color(palette(ui.ctx()).soft));
    for root in recent {
        if ui.button(root.display().to_string()).clicked() {
            messages.push(Message::OpenFolder { folder: root.clone(), file: None });
        }
    }
}
