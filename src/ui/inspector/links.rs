//! The links of the focused annotation.

use egui::{Align2, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::corpus::{Annotation, Relation};
use crate::session::{Command, Message, Session, other_end};
use crate::text::Text;
use crate::ui::fonts;
use crate::ui::parts::key_hint;
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 22.0;
/// Width of the place for the cross that removes a link.
const CROSS: f32 = 22.0;
/// More characters of a quote than there is room for.
const QUOTE: usize = 120;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    text: &Text,
    annotation: &Annotation,
    messages: &mut Vec<Message>,
) {
    let links = session.links();
    if links.is_empty() {
        return;
    }
    let colours = palette(ui.ctx());
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let count = format!("Links · {}", links.len());
        ui.label(RichText::new(count).font(fonts::strong(11.0)).color(colours.soft));
        for command in [Command::NextLink, Command::FollowLink] {
            if let Some(key) = session.keymap().key(command) {
                let does = if command == Command::NextLink { "next" } else { "follow" };
                key_hint(ui, &key.to_string(), does);
            }
        }
    });
    ui.spacing_mut().item_spacing.y = 1.0;
    for link in links {
        row_ui(ui, session, text, annotation, link, messages);
    }
    ui.add_space(4.0);
    let in_hand = session.link_in_hand().is_some();
    if in_hand && session.can_change().is_ok() {
        ui.horizontal(|ui| {
            let relabel = session.available(Command::RelabelLink);
            for (command, title) in
                [(Command::RelabelLink, "Relabel link"), (Command::RemoveLink, "Remove link")]
            {
                if command == Command::RemoveLink || relabel.is_ok() {
                    crate::ui::parts::command_button(ui, session, command, title, messages);
                }
            }
        });
    }
}

/// A link: its name, and what its other end says. A click takes it in hand, a
/// second one follows it.
fn row_ui(
    ui: &mut Ui,
    session: &Session,
    text: &Text,
    annotation: &Annotation,
    link: &Relation,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let set = session.shown_set();
    let Some(other) = set.and_then(|set| set.annotation(other_end(link, &annotation.id))) else {
        return;
    };
    let outgoing = link.from == annotation.id;
    let title = session.relation_title(&link.label);
    let title = if outgoing { title } else { format!("← {title}") };
    let quote = other.quote_start(text, QUOTE);
    let in_hand = session.link_in_hand().is_some_and(|held| held.id == link.id);
    let (whole, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let (rect, end) = whole.split_left_right_at_x(whole.right() - CROSS);
    let id = ui.scope_id().with(("link", link.id.as_str()));
    let response = ui.interact(rect, id, Sense::CLICK);
    let spoken = format!("Link {title}: {quote}");
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, in_hand, spoken.clone()));
    if in_hand {
        ui.painter().rect_filled(rect, 4.0, colours.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, colours.page);
    }
    let colour = colours.relation(session.schema(), &link.label);
    let name = ui.painter().layout_no_wrap(title, fonts::sans(11.5), colour);
    let middle = rect.center().y;
    let at = pos2(rect.left() + 5.0, middle - name.size().y / 2.0);
    let left = at.x + name.size().x + 8.0;
    ui.painter().galley(at, name, colour);
    let width = (rect.right() - left - 4.0).max(20.0);
    let prose = Prose::new(ui.ctx(), &quote, fonts::sans(12.0), colours.ink, width, 1);
    let top = middle - prose.size.y / 2.0;
    prose.paint(ui.painter(), pos2(left, top));
    if response.clicked() {
        messages.push(Message::TakeLink(link.id.clone()));
        if in_hand {
            messages.push(Message::Run(Command::FollowLink));
        }
    }
    response.on_hover_text("Click to take in hand, again to go to the other end");
    if session.can_change().is_ok() {
        remove_ui(ui, session, link, end, messages);
    }
}

fn remove_ui(
    ui: &mut Ui,
    session: &Session,
    link: &Relation,
    at: egui::Rect,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let id = ui.scope_id().with(("remove link", link.id.as_str()));
    let response = ui.interact(at, id, Sense::CLICK);
    let title = session.relation_title(&link.label);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Remove link {title}")));
    if response.hovered() {
        ui.painter().rect_filled(at, 4.0, colours.selected);
    }
    let font = fonts::sans(13.0);
    ui.painter().text(at.center(), Align2::CENTER_CENTER, "×", font, colours.soft);
    if response.clicked() {
        messages.push(Message::TakeLink(link.id.clone()));
        messages.push(Message::Run(Command::RemoveLink));
    }
}
