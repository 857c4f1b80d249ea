use egui::{RichText, Ui};

use super::{field, set_width};
use crate::corpus::Annotator;
use crate::session::{Message, Session};
use crate::ui::parts::choices;
use crate::ui::theme::palette;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
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
    // What is settled, and second passes, have commands of their own.
    let mut everyone = session.everyone();
    everyone.retain(|one| !one.is_gold() && one.first_pass().is_none());
    let known: Vec<&str> = everyone.iter().map(Annotator::as_str).collect();
    ui.add_space(4.0);
    if let Some(picked) = choices(ui, "Here already", &known, name.trim(), true) {
        picked.clone_into(name);
    }
    if let Some(error) = error {
        ui.colored_label(palette(ui.ctx()).warning, format!("This will not do: {error}"));
    } else if !name.trim().is_empty() && !known.contains(&name.trim()) {
        // Mistyped, one's own name would begin everything anew.
        let words = format!("Nobody called {} has marked anything here yet", name.trim());
        ui.label(RichText::new(words).color(palette(ui.ctx()).soft));
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
