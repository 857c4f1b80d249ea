//! Remarks on annotations.

use egui::{RichText, Ui, pos2};

use super::{ROW, document_title, place_ui, place_width};
use crate::review::{Remark, Topic};
use crate::session::{Command, Message, Session};
use crate::ui::fonts;
use crate::ui::parts::{self, command_button, shortened, swatch};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// How much of what a bar counts the heading shows, in characters.
const TITLE: usize = 90;

/// What is remarked on.
pub(super) fn heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(remarks) = session.remarks() else { return };
    let colours = palette(ui.ctx());
    let where_ = if remarks.everywhere {
        format!("in {}'s sets about all articles", session.annotator())
    } else {
        "in this article".to_owned()
    };
    let what = match &remarks.topic {
        Topic::Checks => format!("Not as the schema expects, {where_}"),
        Topic::Discussion => format!("To discuss, and notes, {where_}"),
        Topic::Slice(slice) => shortened(&slice.title, TITLE),
    };
    let title = format!("{what} · {}", remarks.rows.len());
    ui.label(RichText::new(title).font(fonts::strong(12.0)).color(colours.ink));
    if remarks.progress.running {
        let words = format!("{} of {} articles", remarks.progress.looked_at, remarks.progress.of);
        ui.label(RichText::new(words).color(colours.soft));
    }
    if remarks.topic == Topic::Checks {
        let (command, title) = if remarks.everywhere {
            (Command::ListProblems, "This article")
        } else {
            (Command::ListProjectProblems, "All articles")
        };
        command_button(ui, session, command, title, messages);
    }
}

/// One remark.
pub(super) fn row_ui(
    ui: &mut Ui,
    session: &Session,
    row: usize,
    remark: &Remark,
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let spoken = format!("{}: {}, {}", remark.label, remark.quote, remark.words);
    let (rect, response) = parts::row(ui, ROW, (true, chosen), &spoken);
    let everywhere = session.remarks().is_some_and(|remarks| remarks.everywhere);
    let mut left = rect.left() + 8.0;
    if everywhere {
        let title = document_title(session, &remark.document);
        place_ui(ui, rect, &title, colours.soft, place_width(rect));
        left += place_width(rect);
    }
    let look = colours.label(session.schema(), &remark.label);
    swatch(ui.painter(), pos2(left + 4.0, rect.center().y), look.colour);
    left += 16.0;
    // A problem is said in more words than a note.
    let share = match session.remarks().map(|remarks| &remarks.topic) {
        Some(Topic::Checks) => 0.3,
        _ => 0.4,
    };
    let room = (rect.right() - left) * share;
    let quote = Prose::new(ui.ctx(), &remark.quote, fonts::sans(13.0), colours.ink, room, 1);
    quote.paint_in_row(ui.painter(), left, rect.center().y);
    let at = left + room + 12.0;
    let width = (rect.right() - at - 6.0).max(20.0);
    let words = Prose::sentence(ui.ctx(), &remark.words, fonts::sans(13.0), colours.soft, width, 1);
    words.paint_in_row(ui.painter(), at, rect.center().y);
    if response.clicked() {
        messages.push(Message::GoToRow { row, open: true });
    }
}
