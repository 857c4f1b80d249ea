//! The labels of annotations.

use egui::{Role, Ui, WidgetInfo, vec2};

use super::{Parts, SchemaEditor, beside, card_ui, colours_ui, key_of, name_field_of, with};
use crate::corpus::{LabelDefinition, LinePattern, NameKind, Schema, fresh_label};
use crate::session::{Message, Session};
use crate::ui::theme::palette;

pub(super) fn show(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    session: &Session,
    messages: &mut Vec<Message>,
) {
    let schema = session.schema();
    for (index, label) in schema.labels().iter().enumerate() {
        label_ui(editor, ui, schema, index, label, messages);
    }
    if let Some(name) = editor.adding_ui(ui, NameKind::Label) {
        let mut labels = schema.labels().to_vec();
        labels.push(fresh_label(schema, &name));
        let parts = Parts { labels: Some(labels), ..Parts::default() };
        messages.push(parts.message(format!("add label {name}"), schema));
    }
}

fn label_ui(
    editor: &mut SchemaEditor,
    ui: &mut Ui,
    schema: &Schema,
    index: usize,
    label: &LabelDefinition,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let look = colours.label(schema, &label.name);
    let name = &label.name;
    let mut changed = label.clone();
    card_ui(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(10.0, 20.0), egui::Sense::hover());
            crate::ui::parts::swatch(ui.painter(), rect.center(), look.colour);
            let field = name_field_of(name);
            editor.name_field(ui, schema, (NameKind::Label, name), &field, messages);
            ui.label("shown as");
            let title = editor.field(ui, &format!("Title of {name}"), &label.title, 100.0);
            changed.title = title.unwrap_or(changed.title.clone());
            ui.label("key");
            let key = label.key.map(String::from).unwrap_or_default();
            if let Some(typed) = editor.field(ui, &format!("Key of {name}"), &key, 22.0) {
                changed.key = key_of(&typed);
            }
            colours_ui(editor, ui, name, [&mut changed.light, &mut changed.dark]);
            line_ui(ui, label, &mut changed);
            let beside = beside(schema.labels(), index, |label| label.name.to_string());
            editor.remove_ui(ui, (NameKind::Label, name), beside, messages);
            let up = ui.add_enabled(index > 0, egui::Button::new("↑"));
            up.widget_info(|| {
                WidgetInfo::labeled(Role::Button, index > 0, format!("Move {name} up"))
            });
            if up.clicked() {
                let mut labels = schema.labels().to_vec();
                labels.swap(index, index - 1);
                let parts = Parts { labels: Some(labels), ..Parts::default() };
                messages.push(parts.message(format!("move label {name}"), schema));
            }
        });
        ui.horizontal(|ui| {
            ui.label("means");
            let width = ui.available_width() - 20.0;
            let help = editor.field(ui, &format!("Meaning of {name}"), &label.help, width);
            changed.help = help.unwrap_or(changed.help.clone());
        });
    });
    if changed != *label {
        let labels = Some(with(schema.labels(), index, changed));
        messages.push(
            Parts { labels, ..Parts::default() }.message(format!("change label {name}"), schema),
        );
    }
}

fn line_ui(ui: &mut Ui, label: &LabelDefinition, changed: &mut LabelDefinition) {
    let current = LinePattern::ALL.into_iter().find(|(line, _)| *line == label.line);
    let title = current.map(|(_, title)| title).unwrap_or_default();
    let combo = egui::ComboBox::from_id_salt(("line", &*label.name)).selected_text(title);
    let shown = combo.width(96.0).show_ui(ui, |ui| {
        for (line, title) in LinePattern::ALL {
            if ui.selectable_label(line == label.line, title).clicked() {
                changed.line = line;
            }
        }
    });
    shown.response.widget_info(|| {
        WidgetInfo::labeled(Role::ComboBox, true, format!("Line of {}: {title}", label.name))
    });
}
