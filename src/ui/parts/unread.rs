use egui::{RichText, Ui};

use crate::storage::Unread;
use crate::ui::theme::palette;

/// Names what could not be read and is left out of what is shown, if anything is.
pub(in crate::ui) fn unread_ui(ui: &mut Ui, unread: &Unread) {
    if !unread.is_empty() {
        let words = format!("{unread}: left out; tandai check says why");
        ui.label(RichText::new(words).color(palette(ui.ctx()).warning));
    }
}
