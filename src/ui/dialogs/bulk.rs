//! A change of many annotations, and a look at what it would do.

use std::collections::HashSet;
use std::sync::Arc;

use egui::{RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{CONFIRMS, confirms, heading, scrolled, set_width};
use crate::corpus::Schema;
use crate::review::TableRow;
use crate::session::{Bulk, BulkChange, Message, Reviewing, Session, counted};
use crate::ui::fonts;
use crate::ui::parts::{choices, key_hint, rows, shortened, swatch};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 24.0;
/// Most height of the look at what is changed, in points.
const LOOK: f32 = 240.0;
/// The longest quote of a row.
const QUOTE: usize = 120;

pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    set_width(ui, 720.0);
    let Some(bulk) = session.bulk() else { return };
    let title = format!("Change {}", counted(bulk.rows.len(), "annotation"));
    heading(ui, &title, messages);
    scrolled(ui, "bulk", |ui| body_ui(ui, session, bulk, messages));
}

/// What is changed, and what it would do.
fn body_ui(ui: &mut Ui, session: &Session, bulk: &Bulk, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    if bulk.others > 0 {
        let words = format!(
            "Left as it is, because only one's own can be changed: {} of others.",
            counted(bulk.others, "annotation")
        );
        ui.label(RichText::new(words).color(colours.warning));
    }
    changes_ui(ui, session, bulk, messages);
    let concerned = &bulk.concerned;
    ui.add_space(6.0);
    let words = match &bulk.change {
        None => "Choose what is to be done; nothing is done yet.".to_owned(),
        Some(change) => {
            let documents: HashSet<_> = concerned.iter().map(|row| &row.key.document).collect();
            let left = bulk.rows.len() - concerned.len();
            let left = match left {
                0 => String::new(),
                left => format!("; {left} are so already, or cannot be"),
            };
            format!(
                "{}: {} in {}{left}.",
                change.title(),
                counted(concerned.len(), "annotation"),
                counted(documents.len(), "article")
            )
        }
    };
    ui.label(RichText::new(words).strong());
    look_ui(ui, session, concerned);
    ui.add_space(6.0);
    let ready = bulk.change.is_some() && !concerned.is_empty();
    take_keys(ui, session, bulk, ready, messages);
    ui.horizontal_wrapped(|ui| {
        let title = match concerned.len() {
            0 => "Carry out".to_owned(),
            count => format!("Carry out for {count}"),
        };
        let carry_out = ui.add_enabled(ready, egui::Button::new(title));
        if carry_out.clicked() {
            messages.push(Reviewing::ApplyBulk.into());
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
        ui.label(RichText::new("One step, which one undo takes back").color(colours.soft));
        key_hint(ui, CONFIRMS, "carry out");
    });
}

/// A label's key chooses it, an attribute's its next value; Enter with Ctrl carries out what is
/// chosen.
fn take_keys(ui: &Ui, session: &Session, bulk: &Bulk, ready: bool, messages: &mut Vec<Message>) {
    let enter = confirms(ui);
    let typed = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Text(text) => text.chars().next().map(|c| c.to_ascii_lowercase()),
            egui::Event::Key { key, pressed: true, modifiers, .. } if modifiers.is_none() => {
                let mut name = key.symbol_or_name().chars();
                name.next().filter(|_| name.next().is_none()).map(|c| c.to_ascii_lowercase())
            }
            _ => None,
        })
    });
    let label = session.schema().labels().iter().find(|l| l.key.is_some() && l.key == typed);
    if let Some(label) = label {
        messages.push(Reviewing::ChooseBulk(BulkChange::Relabel(label.name.clone())).into());
    } else if let Some(value) = typed.and_then(|key| next_value(session.schema(), key, bulk)) {
        messages.push(Reviewing::ChooseBulk(value).into());
    }
    if enter && ready {
        messages.push(Reviewing::ApplyBulk.into());
    }
}

/// The value of the attribute with a key that comes after the one that is chosen.
fn next_value(schema: &Schema, key: char, bulk: &Bulk) -> Option<BulkChange> {
    let mut named = schema.attribute_names().into_iter();
    let attribute = named.find(|attribute| attribute.key == Some(key))?;
    let values = values_of(schema, &attribute.name);
    let chosen = values.iter().position(|value| {
        let change = BulkChange::SetValue(attribute.name.clone(), value.clone());
        bulk.change.as_ref() == Some(&change)
    });
    let next = chosen.map_or(0, |at| (at + 1) % values.len());
    Some(BulkChange::SetValue(attribute.name.clone(), values.get(next)?.clone()))
}

/// All values that attributes of a name can have, each once.
fn values_of(schema: &Schema, name: &Arc<str>) -> Vec<Arc<str>> {
    let mut values: Vec<Arc<str>> = Vec::new();
    let called = schema.attributes().iter().filter(|attribute| attribute.name == *name);
    for value in called.flat_map(|attribute| &attribute.values) {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    values
}

/// A title, the keys that choose among them, and the changes with their names.
type Group = (String, String, Vec<(String, BulkChange)>);

/// What can be done, each as a choice.
fn changes_ui(ui: &mut Ui, session: &Session, bulk: &Bulk, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let schema = session.schema();
    let mut groups: Vec<Group> = Vec::new();
    let keys: Vec<String> =
        schema.labels().iter().filter_map(|l| l.key).map(|key| key.to_string()).collect();
    let labels = schema.labels().iter();
    let labels = labels.map(|l| (l.name.to_string(), BulkChange::Relabel(l.name.clone())));
    groups.push(("Label".to_owned(), keys.join(" "), labels.collect()));
    for attribute in schema.attribute_names() {
        let values = values_of(schema, &attribute.name);
        let change = |value: Arc<str>| {
            (value.to_string(), BulkChange::SetValue(attribute.name.clone(), value))
        };
        let key = attribute.key.map(|key| key.to_ascii_uppercase().to_string());
        let changes = values.into_iter().map(change).collect();
        groups.push((attribute.title.clone(), key.unwrap_or_default(), changes));
    }
    let others = vec![
        ("mark to discuss".to_owned(), BulkChange::Discuss(true)),
        ("no longer to discuss".to_owned(), BulkChange::Discuss(false)),
        ("remove".to_owned(), BulkChange::Remove),
    ];
    groups.push(("Also".to_owned(), String::new(), others));
    for (title, keys, changes) in &groups {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(title).color(colours.soft));
            if !keys.is_empty() {
                key_hint(ui, keys, "");
            }
            let names: Vec<&str> = changes.iter().map(|(name, _)| name.as_str()).collect();
            let holds = changes.iter().find(|(_, change)| bulk.change.as_ref() == Some(change));
            let current = holds.map_or("", |(name, _)| name.as_str());
            if let Some(picked) = choices(ui, title, &names, current, true)
                && let Some((_, change)) = changes.iter().find(|(name, _)| name == picked)
            {
                messages.push(Reviewing::ChooseBulk(change.clone()).into());
            }
        });
    }
}

/// What is changed.
fn look_ui(ui: &mut Ui, session: &Session, concerned: &[Arc<TableRow>]) {
    let colours = palette(ui.ctx());
    let room = (ui.ctx().content_rect().height() - 420.0).clamp(70.0, LOOK);
    let size = vec2(ui.available_width(), room);
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect_filled(whole, 4.0, colours.page);
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(whole.shrink(4.0)));
    rows(&mut child, "look", ROW, concerned.len(), None, |ui, at| {
        let Some(row) = concerned.get(at) else { return };
        let size = vec2(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let quote = shortened(&row.quote, QUOTE);
        let spoken = format!("{}: {quote}", row.label);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
        let look = colours.label(session.schema(), &row.label);
        swatch(ui.painter(), pos2(rect.left() + 8.0, rect.center().y), look.colour);
        let place = rect.width() * 0.28;
        let room = rect.width() - place - 30.0;
        let quote = Prose::new(ui.ctx(), &quote, fonts::sans(12.5), colours.ink, room, 1);
        quote.paint_in_row(ui.painter(), rect.left() + 18.0, rect.center().y);
        let name = row.key.document.name();
        let name = Prose::new(ui.ctx(), name, fonts::sans(11.5), colours.soft, place, 1);
        name.paint_in_row(ui.painter(), rect.right() - place, rect.center().y);
    });
}
