//! The labels of links, and what they lead from and to.

use egui::{Frame, Margin, Stroke, Ui, vec2};

use super::{Parts, SchemaEditor, colour_ui, labels_ui, remove_ui, with};
use crate::corpus::{NameKind, RelationDefinition, Schema};
use crate::session::{Message, Session, fresh_relation};
use crate::ui::theme::palette;

pub(super) fn show(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    session: &Session,
    messages: &mut Vec<Message>,
) {
    let schema = session.schema();
    for (index, relation) in schema.relations().iter().enumerate() {
        relation_ui(editor, ui, schema, index, relation, messages);
    }
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label("Add a link");
        let name = editor.field(ui, "New link", "", 160.0);
        if let Some(name) = name.filter(|name| !name.trim().is_empty()) {
            let mut relations = schema.relations().to_vec();
            relations.push(fresh_relation(schema, name.trim(), Vec::new(), Vec::new()));
            let parts = Parts { relations: Some(relations), ..Parts::default() };
            messages.push(parts.message(format!("add link {}", name.trim()), schema));
        }
        ui.label("with Enter");
    });
}

fn relation_ui(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    schema: &Schema,
    index: usize,
    relation: &RelationDefinition,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let frame = Frame::new()
        .fill(colours.page)
        .stroke(Stroke::new(1.0, colours.rule))
        .corner_radius(5)
        .inner_margin(Margin::symmetric(10, 7));
    let name = &relation.name;
    let mut changed = relation.clone();
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(7.0, 5.0);
        ui.horizontal_wrapped(|ui| {
            if let Some(new) = editor.field(ui, &format!("Name of {name}"), name, 130.0) {
                let old = name.clone();
                messages.push(Message::Rename { kind: NameKind::Relation, old, new });
            }
            ui.label("shown as");
            let title = editor.field(ui, &format!("Title of {name}"), &relation.title, 120.0);
            changed.title = title.unwrap_or(changed.title.clone());
            let light =
                colour_ui(editor, ui, &format!("Colour of {name} on a light page"), relation.light);
            changed.light = light.unwrap_or(changed.light);
            let dark =
                colour_ui(editor, ui, &format!("Colour of {name} on a dark page"), relation.dark);
            changed.dark = dark.unwrap_or(changed.dark);
            remove_ui(ui, NameKind::Relation, name, messages);
        });
        ui.horizontal_wrapped(|ui| {
            ui.label("from");
            let from = labels_ui(ui, schema, &format!("{name} from"), &relation.from);
            changed.from = from.unwrap_or(changed.from.clone());
        });
        ui.horizontal_wrapped(|ui| {
            ui.label("to");
            let to = labels_ui(ui, schema, &format!("{name} to"), &relation.to);
            changed.to = to.unwrap_or(changed.to.clone());
        });
    });
    if changed != *relation {
        let relations = Some(with(schema.relations(), index, changed));
        messages.push(
            Parts { relations, ..Parts::default() }.message(format!("change link {name}"), schema),
        );
    }
}
