use egui::{Align2, Key, RichText, ScrollArea, Sense, Ui, vec2};
use egui_extras::{Size, StripBuilder};

use crate::session::{Command, Entry, Group, Message, Session};
use crate::ui::fonts;
use crate::ui::parts::key_hint;
use crate::ui::theme::palette;

const ROW: f32 = 22.0;
const HEADING: f32 = 30.0;
/// The least width of a column, in points.
const COLUMN: f32 = 330.0;
const WIDEST: f32 = 1080.0;

/// All commands with their keys, by group, in as many columns as there is room for.
pub(super) fn show(ui: &mut Ui, session: &Session, fresh: bool, messages: &mut Vec<Message>) {
    let room = ui.ctx().content_rect().size() - vec2(90.0, 90.0);
    ui.set_width(room.x.min(WIDEST));
    heading_ui(ui, messages);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one to three")]
    let count = ((ui.available_width() / COLUMN).floor() as usize).clamp(1, 3);
    let columns = columns(session, count);
    let tallest = columns.iter().map(|column| height(column)).fold(0.0, f32::max);
    let shown = tallest.min(room.y - 90.0);
    ui.allocate_ui(vec2(ui.available_width(), shown), |ui| {
        ui.set_min_height(shown);
        let mut area = ScrollArea::vertical().auto_shrink(false);
        if fresh {
            area = area.vertical_scroll_offset(0.0);
        }
        area.show(ui, |ui| {
            scroll_by_keys(ui, shown);
            ui.set_height(tallest);
            StripBuilder::new(ui).sizes(Size::remainder(), count).horizontal(|mut strip| {
                for column in &columns {
                    strip.cell(|ui| column_ui(ui, column));
                }
            });
        });
    });
}

/// The arrows and page keys scroll the sheet.
fn scroll_by_keys(ui: &Ui, page: f32) {
    let steps = [
        (Key::ArrowDown, -3.0 * ROW),
        (Key::ArrowUp, 3.0 * ROW),
        (Key::PageDown, ROW - page),
        (Key::PageUp, page - ROW),
        (Key::End, f32::MIN / 2.0),
        (Key::Home, f32::MAX / 2.0),
    ];
    for (key, by) in steps {
        if ui.input(|input| input.key_pressed(key)) {
            ui.scroll_with_delta(vec2(0.0, by));
        }
    }
}

fn heading_ui(ui: &mut Ui, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    ui.horizontal(|ui| {
        ui.heading("Keys");
        ui.add_space(8.0);
        let words = "With Shift, the keys that move the caret select. A label's key tags what is \
                     selected, or changes what is focused, or tags the word under the caret.";
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                messages.push(Message::CloseDialog);
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(words).color(colours.soft)).wrap());
            });
        });
    });
}

/// A group and the entries of it that the sheet shows.
type Part<'a> = (Group, Vec<&'a Entry>);

/// Puts the groups into columns of about the same height, in order.
fn columns(session: &Session, count: usize) -> Vec<Vec<Part<'_>>> {
    let entries = session.keymap().entries();
    let shown = |entry: &&Entry| !matches!(entry.command, Command::Move { extend: true, .. });
    let part = |group| {
        let of_group = |entry: &&Entry| entry.group == group;
        (group, entries.iter().filter(of_group).filter(shown).collect::<Vec<_>>())
    };
    let parts: Vec<Part<'_>> = Group::ALL.into_iter().map(part).collect();
    let whole = height(&parts);
    let mut columns: Vec<Vec<Part<'_>>> = Vec::new();
    let mut above = 0.0;
    for part in parts {
        let size = height(std::slice::from_ref(&part));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "one to three")]
        let column = ((above + size / 2.0) / whole * count as f32) as usize;
        above += size;
        while columns.len() <= column.min(count - 1) {
            columns.push(Vec::new());
        }
        if let Some(last) = columns.last_mut() {
            last.push(part);
        }
    }
    columns
}

fn height(parts: &[Part<'_>]) -> f32 {
    parts.iter().map(|(_, entries)| HEADING + ROW * entries.len() as f32).sum()
}

fn column_ui(ui: &mut Ui, parts: &[Part<'_>]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (group, entries) in parts {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEADING), Sense::hover());
        let at = rect.left_bottom() - vec2(0.0, 5.0);
        let ink = palette(ui.ctx()).ink;
        ui.painter().text(at, Align2::LEFT_BOTTOM, group.title(), fonts::strong(13.0), ink);
        for entry in entries {
            entry_ui(ui, entry);
        }
    }
}

fn entry_ui(ui: &mut Ui, entry: &Entry) {
    let width = ui.available_width() - 12.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    let keys: Vec<String> = entry.keys.iter().map(ToString::to_string).collect();
    let spoken = format!("{}: {}", entry.title, keys.join(" or "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, spoken.clone()));
    let (title, rest) = rect.split_left_right_at_fraction(0.6);
    let colours = palette(ui.ctx());
    let text = ui.painter().layout_no_wrap(entry.title.clone(), fonts::sans(13.0), colours.ink);
    let at = egui::pos2(title.left(), title.center().y - text.size().y / 2.0);
    ui.painter().with_clip_rect(title).galley(at, text, colours.ink);
    let mut cell = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rest)
            .layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    cell.spacing_mut().item_spacing.x = 5.0;
    for key in keys {
        key_hint(&mut cell, &key, "");
    }
    response.on_hover_text(&entry.help);
}
