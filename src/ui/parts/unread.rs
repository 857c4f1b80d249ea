use egui::{RichText, Ui};

use crate::storage::Unread;
use crate::ui::theme::palette;

/// Says what is left out of what is shown, if anything is: what could not be read, and tags
/// that wait for a place.
pub(in crate::ui) fn unread_ui(ui: &mut Ui, unread: &Unread) {
    let mut say = |words: String| {
        // Behind what stands in a line already it would break in the middle.
        ui.end_row();
        ui.label(RichText::new(words).color(palette(ui.ctx()).warning));
    };
    if unread.count() > 0 {
        say(format!("{unread}: left out; the article says why when it is opened"));
    }
    match unread.waiting() {
        0 => {}
        1 => say("1 tag waits for a place in its article: left out".to_owned()),
        count => say(format!("{count} tags wait for a place in their articles: left out")),
    }
}
