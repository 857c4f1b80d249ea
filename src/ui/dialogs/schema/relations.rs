//! The labels of links, and what they lead from and to.

use egui::{Ui, vec2};

use super::{Parts, SchemaEditor, beside, card_ui, colours_ui, labels_ui, name_field_of, with};
use crate::corpus::{NameKind, RelationDefinition, Schema, fresh_relation};
use crate::session::{Message, Session};

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
    if let Some(name) = editor.adding_ui(ui, NameKind::Relation) {
        let mut relations = schema.relations().to_vec();
        // With all ends it can be used at once, and be narrowed down.
        let all: Vec<_> = schema.labels().iter().map(|label| label.name.clone()).collect();
        relations.push(fresh_relation(schema, &name, all.clone(), all));
        let parts = Parts { relations: Some(relations), ..Parts::default() };
        messages.push(parts.message(format!("add link {name}"), schema));
    }
}

fn relation_ui(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    schema: &Schema,
    index: usize,
    relation: &RelationDefinition,
    messages: &mut Vec<Message>,
) {
    let name = &relation.name;
    let mut changed = relation.clone();
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let field = name_field_of(name);
            editor.name_field(ui, schema, (NameKind::Relation, name), &field, messages);
            ui.label("shown as");
            let title = editor.field(ui, &format!("Title of {name}"), &relation.title, 120.0);
            changed.title = title.unwrap_or(changed.title.clone());
            colours_ui(editor, ui, name, [&mut changed.light, &mut changed.dark]);
            let beside = beside(schema.relations(), index, |relation| relation.name.to_string());
            editor.remove_ui(ui, (NameKind::Relation, name), beside, messages);
        });
        ui.horizontal_wrapped(|ui| {
            ui.add_sized(vec2(30.0, 20.0), egui::Label::new("from"));
            let from = labels_ui(ui, schema, &format!("{name} from"), &relation.from);
            changed.from = from.unwrap_or(changed.from.clone());
        });
        ui.horizontal_wrapped(|ui| {
            ui.add_sized(vec2(30.0, 20.0), egui::Label::new("to"));
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
