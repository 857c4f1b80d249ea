//! What the names of an import become: a row each.

use std::collections::BTreeMap;

use egui::{Grid, RichText, Role, Ui, WidgetInfo, vec2};

use super::with_mapping;
use crate::corpus::{NameKind, Schema, TO_DISCUSS};
use crate::session::{ImportChoice, Message};
use crate::transfer::NamesFound;
use crate::ui::parts::{shortened, text_line};
use crate::ui::theme::palette;

/// Characters of a name that a row has room for.
const NAME: usize = 40;
/// Names of a kind that are shown: nobody maps more by hand.
const SHOWN: usize = 200;

pub(super) fn show(
    ui: &mut Ui,
    schema: &Schema,
    choice: &ImportChoice,
    names: &NamesFound,
    messages: &mut Vec<Message>,
) {
    if names.labels.is_empty() && names.relations.is_empty() && names.attributes.is_empty() {
        return;
    }
    ui.add_space(6.0);
    Grid::new("names").spacing(vec2(14.0, 4.0)).show(ui, |ui| {
        let soft = palette(ui.ctx()).soft;
        for heading in ["", "Name", "Times", "Becomes", "", ""] {
            ui.label(RichText::new(heading).color(soft));
        }
        ui.end_row();
        let mapping = &choice.mapping;
        rows(
            ui,
            ("label", NameKind::Label),
            schema,
            &names.labels,
            &mapping.labels,
            |name, new| {
                messages.push(with_mapping(choice, |map| change(&mut map.labels, name, new)));
            },
        );
        rows(
            ui,
            ("link", NameKind::Relation),
            schema,
            &names.relations,
            &mapping.relations,
            |name, new| {
                messages.push(with_mapping(choice, |map| change(&mut map.relations, name, new)));
            },
        );
        rows(
            ui,
            ("attribute", NameKind::Attribute),
            schema,
            &names.attributes,
            &mapping.attributes,
            |name, new| {
                messages.push(with_mapping(choice, |map| change(&mut map.attributes, name, new)));
            },
        );
    });
}

type Renames = BTreeMap<String, Option<String>>;

/// What became of a row.
enum Becomes {
    Itself,
    Another(String),
    Nothing,
}

fn change(map: &mut Renames, name: &str, becomes: Becomes) {
    match becomes {
        Becomes::Itself => drop(map.remove(name)),
        Becomes::Another(new) => drop(map.insert(name.to_owned(), Some(new))),
        Becomes::Nothing => drop(map.insert(name.to_owned(), None)),
    }
}

fn rows(
    ui: &mut Ui,
    (kind, of): (&str, NameKind),
    schema: &Schema,
    found: &BTreeMap<String, usize>,
    map: &Renames,
    mut change: impl FnMut(&str, Becomes),
) {
    for (name, count) in found.iter().take(SHOWN) {
        let soft = palette(ui.ctx()).soft;
        ui.label(RichText::new(kind).color(soft));
        ui.label(shortened(name, NAME));
        ui.label(count.to_string());
        let becomes = map.get(name);
        let mut dropped = becomes == Some(&None);
        let mut typed = becomes.cloned().flatten().unwrap_or_else(|| name.clone());
        let called = format!("What the {kind} {name} becomes");
        let field = text_line(&called, &mut typed, |edit| {
            edit.min_size(vec2(180.0, 0.0)).desired_width(180.0)
        });
        let response = ui.add_enabled(!dropped, field);
        if response.changed() {
            let stays = typed == *name || typed.trim().is_empty();
            let other = || Becomes::Another(typed.trim().to_owned());
            change(name, if stays { Becomes::Itself } else { other() });
        }
        let response = ui.checkbox(&mut dropped, "leave out");
        response.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, dropped, format!("Leave out {kind} {name}"))
        });
        if response.changed() {
            change(name, if dropped { Becomes::Nothing } else { Becomes::Itself });
        }
        // Every annotation can be to discuss, whatever the schema.
        let is_own = of == NameKind::Attribute && typed.trim() == TO_DISCUSS;
        let is_new = !dropped && !is_own && !schema.has_name(of, typed.trim());
        ui.label(RichText::new(if is_new { "new in the schema" } else { "" }).color(soft));
        ui.end_row();
    }
    if found.len() > SHOWN {
        ui.label("");
        ui.label(format!("and {} more", found.len() - SHOWN));
        ui.end_row();
    }
}
