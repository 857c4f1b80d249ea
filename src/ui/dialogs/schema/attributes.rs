//! The attributes of annotations, and their values.

use std::sync::Arc;

use egui::Ui;

use super::{
    Parts, SchemaEditor, beside, card_ui, key_of, labels_ui, name_field_of, set_schema, with,
};
use crate::corpus::{AttributeDefinition, NameKind, Schema, fresh_attribute};
use crate::session::{Message, Session};

pub(super) fn show(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    session: &Session,
    messages: &mut Vec<Message>,
) {
    let schema = session.schema();
    for (index, attribute) in schema.attributes().iter().enumerate() {
        attribute_ui(editor, ui, schema, index, attribute, messages);
    }
    if let Some(name) = editor.adding_ui(ui, NameKind::Attribute) {
        let mut attributes = schema.attributes().to_vec();
        attributes.push(fresh_attribute(schema, &name));
        let parts = Parts { attributes: Some(attributes), ..Parts::default() };
        messages.push(parts.message(format!("add attribute {name}"), schema));
    }
}

fn attribute_ui(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    schema: &Schema,
    index: usize,
    attribute: &AttributeDefinition,
    messages: &mut Vec<Message>,
) {
    let name = &attribute.name;
    let called = called_of(attribute);
    let mut changed = attribute.clone();
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let field = name_field_of(&called);
            editor.name_field(ui, schema, (NameKind::Attribute, name), &field, messages);
            ui.label("shown as");
            let title = editor.field(ui, &format!("Title of {called}"), &attribute.title, 110.0);
            changed.title = title.unwrap_or(changed.title.clone());
            ui.label("key");
            let key = attribute.key.map(String::from).unwrap_or_default();
            if let Some(typed) = editor.field(ui, &format!("Key of {called}"), &key, 22.0) {
                changed.key = key_of(&typed);
            }
            let beside = beside(schema.attributes(), index, called_of);
            editor.remove_ui(ui, (NameKind::Attribute, name), beside, messages);
        });
        ui.horizontal_wrapped(|ui| {
            ui.label("on");
            let on = labels_ui(ui, schema, &format!("{called} on"), &attribute.on);
            changed.on = on.unwrap_or(changed.on.clone());
        });
        ui.horizontal(|ui| {
            ui.label("values, the default first");
            let values = attribute.values.join(", ");
            let width = ui.available_width() - 20.0;
            if let Some(typed) = editor.field(ui, &format!("Values of {called}"), &values, width) {
                let values = typed.split(',').map(str::trim).filter(|value| !value.is_empty());
                changed.values = values.map(Arc::from).collect();
            }
        });
    });
    if changed != *attribute {
        let changed = schema.with_attributes(with(schema.attributes(), index, changed));
        messages.push(set_schema(format!("change attribute {name}"), changed));
    }
}

/// What an attribute is called in the sheet. Two may share a name; their labels tell them apart.
fn called_of(attribute: &AttributeDefinition) -> String {
    let on = attribute.on.join(" and ");
    if on.is_empty() { attribute.name.to_string() } else { format!("{} of {on}", attribute.name) }
}
