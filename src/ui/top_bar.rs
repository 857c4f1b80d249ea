//! The bar at the top: the menu, the labels, who annotates.

use egui::{
    Align, Align2, Button, CornerRadius, Layout, RichText, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use super::fonts;
use super::parts::{command_button, shortened};
use super::theme::palette;
use crate::corpus::LabelDefinition;
use crate::session::{Command, Group, Message, Session};

/// The room that is kept behind the labels, in points.
const BEHIND: f32 = 195.0;
/// The least that is shown of a label's name, in characters.
const LEAST: usize = 3;
/// The most.
const MOST: usize = 30;
/// Width of a label's button without a name, in points.
const CAP: f32 = 30.0;

pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    ui.horizontal_centered(|ui| {
        menu_ui(ui, session, messages);
        let project = session.project().map(crate::storage::Project::name);
        let title = project.unwrap_or_else(|| "Open folder…".to_owned());
        command_button(ui, session, Command::OpenFolder, RichText::new(title), messages);
        ui.add_space(10.0);
        let labels = session.schema().labels();
        let room = ui.available_width() - BEHIND;
        let titles = titles(ui, labels, room);
        for (index, (label, title)) in labels.iter().zip(titles).enumerate() {
            label_ui(ui, session, index, (label, title), messages);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            command_button(ui, session, Command::ShowKeys, "Keys", messages);
            if session.project().is_some() && ui.available_width() > 115.0 {
                command_button(ui, session, Command::Find, "Find…", messages);
            }
            let name = session.annotator().to_string();
            command_button(ui, session, Command::ChangeAnnotator, name, messages);
        });
    });
}

/// All commands, by group.
fn menu_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    ui.menu_button("Menu", |ui| {
        for group in Group::ALL {
            ui.menu_button(group.title(), |ui| {
                ui.set_min_width(250.0);
                let entries = session.keymap().entries().iter();
                for entry in entries.filter(|entry| entry.group == group) {
                    let available = session.available(entry.command);
                    let key = entry.keys.first().map(ToString::to_string).unwrap_or_default();
                    let button = Button::new(session.title_now(entry.command)).shortcut_text(key);
                    let response = ui.add_enabled(available.is_ok(), button);
                    let why = available.err().unwrap_or_default();
                    let response = response.on_hover_text(&entry.help).on_disabled_hover_text(why);
                    if response.clicked() {
                        messages.push(Message::Run(entry.command));
                        ui.close();
                    }
                }
            });
        }
    });
}

/// As much of each label's name as there is room for beside the others; nothing where that
/// would say too little.
fn titles(ui: &Ui, labels: &[LabelDefinition], room: f32) -> Vec<String> {
    let cut = |letters: usize| -> Vec<String> {
        labels.iter().map(|label| shortened(&label.title, letters)).collect()
    };
    let fits = |titles: &Vec<String>| {
        let gap = ui.spacing().item_spacing.x;
        let widths = titles.iter().map(|title| width_of(ui, title) + gap);
        widths.sum::<f32>() <= room
    };
    let longest = labels.iter().map(|label| label.title.chars().count()).max().unwrap_or_default();
    let lengths: Vec<usize> = (LEAST..=longest.clamp(LEAST, MOST)).collect();
    let fitting = lengths.partition_point(|letters| fits(&cut(*letters)));
    let found = fitting.checked_sub(1).and_then(|at| lengths.get(at));
    found.map_or_else(|| vec![String::new(); labels.len()], |letters| cut(*letters))
}

/// How wide the button of a label is, in points.
fn width_of(ui: &Ui, title: &str) -> f32 {
    if title.is_empty() { CAP } else { CAP + name(ui, title).size().x + 9.0 }
}

fn name(ui: &Ui, title: &str) -> std::sync::Arc<egui::Galley> {
    ui.painter().layout_no_wrap(title.to_owned(), fonts::sans(13.0), palette(ui.ctx()).ink)
}

/// A label: its key on its colour, and its name as far as there is room. A press tags.
fn label_ui(
    ui: &mut Ui,
    session: &Session,
    index: usize,
    (label, title): (&LabelDefinition, String),
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let look = colours.label(session.schema(), &label.name);
    let command = Command::Tag(index);
    let available = session.available(command);
    let (width, title) = (width_of(ui, &title), name(ui, &title));
    let (rect, response) = ui.allocate_exact_size(vec2(width, 26.0), Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Button, true, format!("Tag {}", label.title.to_lowercase()))
    });
    let fill = if response.hovered() { colours.selected } else { colours.field };
    let edge = if response.has_focus() { colours.ring } else { colours.rule };
    ui.painter().rect(
        rect,
        CornerRadius::same(5),
        fill,
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    let cap = egui::Rect::from_min_size(rect.min + vec2(5.0, 4.0), vec2(18.0, 18.0));
    ui.painter().rect_filled(cap, CornerRadius::same(3), look.colour);
    // A key of more letters is told where the pointer rests.
    let key = session.keymap().key(command).map(|key| key.to_string());
    let key = key.filter(|key| key.chars().count() == 1).unwrap_or_default();
    ui.painter().text(
        cap.center(),
        Align2::CENTER_CENTER,
        key,
        fonts::strong(11.0),
        look.on_colour,
    );
    let at = egui::pos2(cap.right() + 7.0, rect.center().y - title.size().y / 2.0);
    ui.painter().galley(at, title, colours.ink);
    if response.clicked() {
        messages.push(Message::Run(command));
    }
    response.on_hover_ui(|ui| {
        if let Some(entry) = session.keymap().entry(command) {
            ui.strong(entry.title_with_key());
            ui.label(&entry.help);
        }
        if let Err(reason) = available {
            ui.label(reason);
        }
    });
}
