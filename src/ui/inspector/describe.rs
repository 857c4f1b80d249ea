//! Attributes and the note of the focused annotation.

use egui::{Id, Key, RichText, Role, Ui, WidgetInfo, vec2};

use crate::corpus::{
    Annotation, Annotator, AttributeDefinition, DocumentPath, Id as AnnotationId, TO_DISCUSS,
};
use crate::session::{Command, Message, Session};
use crate::text::Direction;
use crate::ui::fonts;
use crate::ui::keys::confirms;
use crate::ui::parts::{choices, key_hint, text_lines};
use crate::ui::theme::palette;

/// Each attribute with all its values; what a set has beyond the schema below.
pub(super) fn attributes_ui(
    ui: &mut Ui,
    session: &Session,
    annotation: &Annotation,
    messages: &mut Vec<Message>,
) {
    let schema = session.schema();
    let enabled = session.can_change().is_ok();
    for definition in schema.attributes_of(&annotation.label) {
        ui.add_space(1.0);
        heading_ui(ui, session, definition);
        let held = schema.value(annotation, definition);
        let values: Vec<&str> = definition.values.iter().map(|value| &**value).collect();
        if let Some(value) = choices(ui, &definition.title, &values, held, enabled) {
            let name = definition.name.to_string();
            messages.push(Message::SetValue { name, value: value.to_owned() });
        }
    }
    let colours = palette(ui.ctx());
    for (name, value) in &annotation.attributes {
        let definition = schema.attribute_of(&annotation.label, name);
        let has_value =
            |one: &AttributeDefinition| one.values.iter().any(|known| **known == **value);
        if name == TO_DISCUSS || definition.is_some_and(has_value) {
            continue;
        }
        // It may be longer than there is room for, and must not make the pane wider.
        ui.horizontal_wrapped(|ui| {
            let is_of_others = schema.attributes().iter().any(|known| *known.name == **name);
            let why = if definition.is_some() {
                "not one of its values".to_owned()
            } else if is_of_others {
                format!("not for a {}", annotation.label)
            } else {
                "not in the schema".to_owned()
            };
            let words = format!("{name}: {value} ({why})");
            ui.label(RichText::new(words).size(11.5).color(colours.soft));
            let remove = ui.add_enabled(enabled, egui::Button::new("×").small());
            remove.widget_info(|| {
                WidgetInfo::labeled(Role::Button, enabled, format!("Remove attribute {name}"))
            });
            if remove.clicked() {
                messages.push(Message::DropValue(name.clone()));
            }
        });
    }
}

fn heading_ui(ui: &mut Ui, session: &Session, definition: &AttributeDefinition) {
    let colours = palette(ui.ctx());
    let names = session.schema().attribute_names();
    let attribute = names.iter().position(|other| other.name == definition.name);
    let command = attribute.map(|attribute| Command::Cycle { attribute, direction: Direction::On });
    let key = command.and_then(|command| session.keymap().key(command));
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal(|ui| {
        ui.set_height(18.0);
        ui.spacing_mut().interact_size.y = 16.0;
        let title = RichText::new(&definition.title).font(fonts::strong(11.0)).color(colours.soft);
        ui.label(title);
        if let Some(key) = key {
            key_hint(ui, &key.to_string(), "");
        }
    });
}

/// The field that the note of the focused annotation is typed into.
#[derive(Default)]
pub(in crate::ui) struct NoteField {
    wants_keyboard: bool,
    /// Of whose set about what it is, the annotation, and what stands in it, while it has the
    /// keyboard.
    held: Option<(ShownSet, AnnotationId, String)>,
    /// Whether it was drawn in this frame.
    is_drawn: bool,
}

/// Which set is shown.
type ShownSet = Option<(DocumentPath, Annotator)>;

fn shown_set(session: &Session) -> ShownSet {
    session.reading().map(|reading| (reading.document.clone(), reading.shown.clone()))
}

impl NoteField {
    /// Where the annotation has gone whose note is being typed, as with a merge, the letters that
    /// follow are still its note, and no keys.
    pub(super) fn look_for_its_annotation(
        &mut self,
        session: &Session,
        messages: &mut Vec<Message>,
    ) {
        // Who went elsewhere has left it.
        let shown = shown_set(session);
        self.held.take_if(|(of, ..)| *of != shown);
        let set = session.shown_set();
        let is_drawn = std::mem::take(&mut self.is_drawn);
        let is_gone = |id: &AnnotationId| set.is_none_or(|set| set.annotation(id).is_none());
        if let Some((.., note)) = self.held.take_if(|(_, id, _)| is_gone(id)) {
            messages.push(Message::NoteWithout(note));
        } else if !is_drawn {
            // One has left it, and what becomes of the annotation is another matter.
            self.held = None;
        }
    }

    /// Whether a note had the keyboard when it was drawn last.
    pub(super) fn is_typed_into(&self) -> bool {
        self.held.is_some()
    }

    pub(in crate::ui) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        annotation: &Annotation,
        messages: &mut Vec<Message>,
    ) {
        let enabled = session.can_change().is_ok();
        if !enabled && annotation.note.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let mut note = annotation.note.clone();
        let id = Id::unique(("note", annotation.id.as_str()));
        let rows = note.lines().count().clamp(1, 5);
        let field = text_lines("Note", &mut note, |edit| {
            edit.id(id)
                .desired_rows(rows)
                .desired_width(f32::INFINITY)
                .hint_text("Add a note")
                .margin(vec2(8.0, 5.0))
        });
        let response = ui.add_enabled(enabled, field);
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
            response.scroll_to_me(None);
        }
        self.is_drawn = true;
        let held = || (shown_set(session), annotation.id.clone(), note.clone());
        self.held = response.has_focus().then(held);
        if response.changed() {
            messages.push(Message::SetNote { annotation: annotation.id.clone(), note });
        }
        let done = response.has_focus() && confirms(ui);
        let left = response.lost_focus();
        if left || done {
            messages.push(Message::EndNote);
        }
        if done || (left && ui.input(|input| input.key_pressed(Key::Escape))) {
            messages.push(Message::ReturnToArticle);
        }
    }
}
