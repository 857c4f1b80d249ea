//! Everything that can be done or gone to.

use egui::{Align2, Id, Key, Ui, pos2, vec2};

use super::{BESIDE, set_width};
use crate::session::{Command, Message, Offer, Session};
use crate::ui::fonts;
use crate::ui::parts::{row, rows, shortened, swatch, text_line};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 26.0;
/// The most rows that are seen at once.
const ROWS: usize = 14;

pub(super) fn show(ui: &mut Ui, session: &Session, fresh: bool, messages: &mut Vec<Message>) {
    set_width(ui, 620.0);
    let found = session.palette();
    field_ui(ui, session, fresh, messages);
    ui.add_space(4.0);
    let count = found.offers.len();
    if count == 0 {
        ui.label("Nothing fits. Commands, labels and articles are looked through");
    }
    let room = (ui.ctx().content_rect().height() - BESIDE).max(2.0 * ROW);
    let height = (ROW * count.min(ROWS) as f32).min(room);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        rows(ui, "offers", ROW, count, Some(found.at), |ui, at| {
            if let Some(offer) = found.offers.get(at) {
                offer_ui(ui, session, at, offer, messages);
            }
        });
    });
}

fn field_ui(ui: &mut Ui, session: &Session, fresh: bool, messages: &mut Vec<Message>) {
    let found = session.palette();
    let mut typed = found.typed.clone();
    let id = Id::unique("palette");
    // The arrows walk the offers; the field must not take them.
    let (up, down) = ui.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
    });
    let response = ui.add(text_line("Do or go to", &mut typed, |edit| {
        edit.id(id).hint_text("Do or go to…").desired_width(f32::INFINITY).margin(vec2(8.0, 6.0))
    }));
    if fresh {
        response.request_focus();
    }
    if response.changed() {
        messages.push(Message::SearchPalette(typed));
    } else if down {
        messages.push(Message::MoveInPalette(found.at + 1));
    } else if up {
        messages.push(Message::MoveInPalette(found.at.saturating_sub(1)));
    }
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        messages.push(Message::TakeOffer(found.at));
    }
}

fn offer_ui(ui: &mut Ui, session: &Session, at: usize, offer: &Offer, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let chosen = session.palette().at == at;
    let (title, behind, can) = match offer {
        Offer::Command(command) => {
            let why = session.available(*command).err();
            let key = session.keymap().key(*command).map(|key| key.to_string());
            let can = why.is_none();
            let why = why.map(|why| shortened(&why, 60));
            let behind: Vec<String> = why.into_iter().chain(key).collect();
            (session.title_now(*command), behind.join("  ·  "), can)
        }
        Offer::Document(path) => {
            let title = session.documents().row(path).map(|row| row.title().to_owned());
            (title.unwrap_or_else(|| path.name().to_owned()), "article".to_owned(), true)
        }
    };
    let (rect, response) = row(ui, ROW, (can, chosen), &title);
    let mut left = rect.left() + 8.0;
    if let Offer::Command(Command::Tag(label)) = offer
        && let Some(label) = session.schema().label_at(*label)
    {
        let look = colours.label(session.schema(), &label.name);
        swatch(ui.painter(), pos2(left + 4.0, rect.center().y), look.colour);
        left += 15.0;
    }
    let ink = if can { colours.ink } else { colours.soft };
    let middle = rect.center().y;
    let behind_at = pos2(rect.right() - 8.0, middle);
    let font = fonts::sans(12.0);
    let behind = ui.painter().text(behind_at, Align2::RIGHT_CENTER, behind, font, colours.soft);
    let width = behind.left() - 8.0 - left;
    let title = Prose::new(ui.ctx(), &title, fonts::sans(13.0), ink, width, 1);
    let top = middle - title.size.y / 2.0;
    title.paint(ui.painter(), pos2(left, top));
    if response.clicked() {
        messages.push(Message::TakeOffer(at));
    }
}
