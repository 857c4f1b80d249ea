//! What can be said in the project, to be changed.

mod attributes;
mod checks;
mod labels;
mod relations;

use std::sync::Arc;

use egui::{
    Button, Frame, Id, Margin, RichText, Role, ScrollArea, Stroke, TextWrapMode, Ui, WidgetInfo,
    vec2,
};

use super::set_width;
use crate::corpus::{
    AttributeDefinition, Check, LabelDefinition, NameKind, RelationDefinition, Rgb, Schema,
    SchemaError,
};
use crate::session::{Message, Session};
use crate::ui::parts::{focus_edge, follow_focus, text_line};
use crate::ui::theme::palette;

/// About what the frame around a definition takes, in points.
const CARD: f32 = 110.0;

/// What is typed in the sheet and not taken over yet, by field.
#[derive(Default)]
pub(super) struct SchemaEditor {
    page: Page,
    typed: std::collections::BTreeMap<String, String>,
    /// The field that was left in the frame before, and what was typed into it.
    given: Option<(String, String)>,
    /// The fields whose content was refused, and is still there to be mended.
    refused: std::collections::BTreeSet<String>,
    /// A new name that another has already, while it is asked what is meant.
    merging: Option<Merging>,
    /// Whether something was added in the frame before.
    added: bool,
    /// The field that gets the keyboard with the next frame.
    goes_on_to: Option<String>,
}

/// A name that is to become another's.
#[derive(Clone)]
struct Merging {
    kind: NameKind,
    old: Arc<str>,
    new: String,
    /// What stands behind the name in the name of its field.
    behind: String,
    /// Whether it was asked already.
    is_asked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Labels,
    Relations,
    Attributes,
    Checks,
}

impl SchemaEditor {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        error: Option<&str>,
        fresh: bool,
        messages: &mut Vec<Message>,
    ) {
        set_width(ui, 1010.0);
        if fresh {
            *self = Self::default();
        }
        self.keep_refused(error.is_some());
        let before = self.page;
        self.heading_ui(ui, fresh, messages);
        // A page begins at its start, wherever one was when it was left.
        let is_new = fresh || before != self.page;
        let colours = palette(ui.ctx());
        if self.merging.is_some() {
            self.merging_ui(ui, messages);
        } else if let Some(error) = error {
            self.goes_on_to = None;
            ui.label(RichText::new(format!("Not done: {error}")).color(colours.warning));
        } else if let Some(task) = session.task() {
            ui.label(format!("{}: {} of {}", task.title, task.done, task.of));
        } else if let Some(notice) = session.notice() {
            ui.label(RichText::new(&notice.text).color(colours.soft));
        } else {
            let words = "Saved in annotations/schema.ron. A new name is taken over with Enter, in \
                         all sets.";
            ui.label(RichText::new(words).color(colours.soft));
        }
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 190.0).clamp(140.0, 520.0);
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            let area = ScrollArea::vertical().id_salt("schema").auto_shrink(false);
            let area = if is_new { area.vertical_scroll_offset(0.0) } else { area };
            area.show(ui, |ui| {
                match self.page {
                    Page::Labels => labels::show(self, ui, session, messages),
                    Page::Relations => relations::show(self, ui, session, messages),
                    Page::Attributes => attributes::show(self, ui, session, messages),
                    Page::Checks => checks::show(ui, session, messages),
                }
                follow_focus(ui);
            });
        });
    }

    /// Puts back into its field what was refused, until something is taken over.
    fn keep_refused(&mut self, is_refused: bool) {
        if let Some((field, typed)) = self.given.take().filter(|_| is_refused) {
            self.typed.insert(field.clone(), typed);
            self.refused.insert(field);
        } else if !is_refused {
            for field in std::mem::take(&mut self.refused) {
                self.typed.remove(&field);
            }
        }
    }

    fn heading_ui(&mut self, ui: &mut Ui, fresh: bool, messages: &mut Vec<Message>) {
        ui.horizontal(|ui| {
            for (page, title) in [
                (Page::Labels, "Labels"),
                (Page::Relations, "Links"),
                (Page::Attributes, "Attributes"),
                (Page::Checks, "Checks"),
            ] {
                let chosen = self.page == page;
                let response = ui.selectable_label(chosen, title);
                response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, title));
                if fresh && chosen {
                    response.request_focus();
                }
                if response.clicked() {
                    self.page = page;
                    self.typed.clear();
                    self.goes_on_to = None;
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() {
                    messages.push(Message::CloseDialog);
                }
            });
        });
    }

    /// Where the name of a new definition is entered.
    fn adding_ui(&mut self, ui: &mut Ui, kind: NameKind) -> Option<String> {
        ui.add_space(6.0);
        let typed = ui.horizontal(|ui| {
            ui.label(format!("Add {}", kind.one()));
            let typed = self.field(ui, &format!("New {}", kind.title()), "", 160.0);
            ui.label("with Enter");
            typed
        });
        if std::mem::take(&mut self.added) {
            // What is new has just come above the field, which it pushed on.
            let field = typed.response.rect;
            ui.scroll_to_rect(field.with_min_y(field.top() - CARD), None);
        }
        let name = typed.inner?.trim().to_owned();
        self.added = !name.is_empty();
        self.added.then_some(name)
    }

    /// A name, which is taken over with Enter alone. Where another has it already,
    /// it is asked first whether the two are to become one.
    fn name_field(
        &mut self,
        ui: &mut Ui,
        schema: &Schema,
        (kind, name): (NameKind, &Arc<str>),
        field: &str,
        messages: &mut Vec<Message>,
    ) {
        let Some(new) = self.field(ui, field, name, 125.0) else { return };
        let new = new.trim().to_owned();
        if !ui.input(|input| input.key_pressed(egui::Key::Enter)) || new == **name {
            // It is given up, and not refused.
            self.given = None;
            return;
        }
        let behind = field.strip_prefix(&name_field_of(name)).unwrap_or_default().to_owned();
        if schema.has_name(kind, &new) {
            let old = name.clone();
            self.merging = Some(Merging { kind, old, new, behind, is_asked: false });
        } else {
            // The field is called otherwise from now on, and keeps the keyboard.
            self.goes_on_to = Some(format!("{}{behind}", name_field_of(&new)));
            messages.push(Message::Rename { kind, old: name.clone(), new });
        }
    }

    fn merging_ui(&mut self, ui: &mut Ui, messages: &mut Vec<Message>) {
        let Some(merging) = self.merging.as_mut() else { return };
        let begins = !std::mem::replace(&mut merging.is_asked, true);
        let Merging { kind, old, new, behind, .. } = merging.clone();
        ui.horizontal_wrapped(|ui| {
            let words = format!(
                "There is {} {new} already. Shall {old} become {new}, in all sets?",
                kind.one()
            );
            ui.label(RichText::new(words).color(palette(ui.ctx()).warning));
            let merge = ui.button("Make them one");
            let leave = ui.button("Leave it");
            // A second Enter struck in haste makes nothing one.
            if begins {
                leave.request_focus();
            }
            if merge.clicked() {
                self.goes_on_to = Some(format!("{}{behind}", name_field_of(&new)));
                messages.push(Message::Rename { kind, old, new });
                self.merging = None;
            } else if leave.clicked() {
                self.goes_on_to = Some(format!("{}{behind}", name_field_of(&old)));
                self.merging = None;
            }
        });
    }

    /// A button that removes a name from the schema. The keyboard goes on to the name beside it:
    /// pressed again, nothing else is removed.
    fn remove_ui(
        &mut self,
        ui: &mut Ui,
        (kind, name): (NameKind, &Arc<str>),
        beside: Option<String>,
        messages: &mut Vec<Message>,
    ) {
        let response = ui.push_id(("remove", &**name), |ui| ui.add(Button::new("Remove"))).inner;
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("Remove {} {name}", kind.title()))
        });
        let help = "Leaves it out of the schema. What sets say with it stays in them.";
        if response.on_hover_text(help).clicked() {
            messages.push(Message::RemoveName(kind, name.clone()));
            self.goes_on_to = beside.map(|beside| name_field_of(&beside));
        }
    }

    /// A field whose content is taken over with Enter or when it is left. Returns
    /// what is to be taken over.
    fn field(&mut self, ui: &mut Ui, name: &str, current: &str, width: f32) -> Option<String> {
        let mut typed = self.typed.get(name).cloned().unwrap_or_else(|| current.to_owned());
        let id = Id::unique(("schema", name));
        let response = ui.add(text_line(name, &mut typed, |edit| {
            edit.id(id).desired_width(width).align(egui::Align2::LEFT_CENTER).margin(vec2(6.0, 3.0))
        }));
        // The key that has led here must not be the field's as well.
        let is_free = !ui.input(|input| input.key_pressed(egui::Key::Enter));
        if is_free && self.goes_on_to.take_if(|field| field == name).is_some() {
            response.request_focus();
        }
        if response.gained_focus() {
            // Whoever goes somewhere else meanwhile stays there.
            self.goes_on_to = None;
        }
        if response.changed() {
            self.typed.insert(name.to_owned(), typed.clone());
        }
        if !response.lost_focus() {
            return None;
        }
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let escaped = pressed(egui::Key::Escape);
        // Whoever goes on by keys goes on from here.
        if pressed(egui::Key::Enter) {
            response.request_focus();
        }
        self.typed.remove(name);
        let given = (typed != current && !escaped).then_some(typed);
        if let Some(typed) = &given {
            self.given = Some((name.to_owned(), typed.clone()));
        }
        given
    }
}

/// The schema with some of its parts replaced, or why it cannot serve.
#[derive(Default)]
struct Parts {
    labels: Option<Vec<LabelDefinition>>,
    relations: Option<Vec<RelationDefinition>>,
    attributes: Option<Vec<AttributeDefinition>>,
    checks: Option<Vec<Check>>,
}

impl Parts {
    fn message(self, name: String, schema: &Schema) -> Message {
        let changed = Schema::assemble(
            self.labels.unwrap_or_else(|| schema.labels().to_vec()),
            self.relations.unwrap_or_else(|| schema.relations().to_vec()),
            self.attributes.unwrap_or_else(|| schema.attributes().to_vec()),
            self.checks.unwrap_or_else(|| schema.checks().to_vec()),
        );
        set_schema(name, changed)
    }
}

/// Has a schema taken over in a step of this name, or said why it cannot serve.
fn set_schema(name: String, changed: Result<Schema, SchemaError>) -> Message {
    let schema = changed.map(Box::new).map_err(|error| error.to_string());
    Message::SetSchema { name, schema }
}

/// Puts one definition into the place of the one at `index`.
fn with<T: Clone>(definitions: &[T], index: usize, changed: T) -> Vec<T> {
    let mut definitions = definitions.to_vec();
    if let Some(definition) = definitions.get_mut(index) {
        *definition = changed;
    }
    definitions
}

/// The field that a name is changed in.
fn name_field_of(name: &str) -> String {
    format!("Name of {name}")
}

/// What a definition beside one is called: the next or, at the end, the one before.
fn beside<T>(definitions: &[T], index: usize, called: impl Fn(&T) -> String) -> Option<String> {
    let before = || definitions.get(index.checked_sub(1)?);
    definitions.get(index + 1).or_else(before).map(called)
}

/// The frame around a definition.
fn card_ui(ui: &mut Ui, definition_ui: impl FnOnce(&mut Ui)) {
    let colours = palette(ui.ctx());
    let frame = Frame::new()
        .fill(colours.page)
        .stroke(Stroke::new(1.0, colours.rule))
        .corner_radius(5)
        .inner_margin(Margin::symmetric(10, 7));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(7.0, 5.0);
        // What has no room in a row goes to the next one, and not letter by letter.
        ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
        definition_ui(ui);
    });
}

/// The colours of a name on a light and on a dark page.
fn colours_ui(editor: &mut SchemaEditor, ui: &mut Ui, name: &str, colours: [&mut Rgb; 2]) {
    for (page, colour) in ["light", "dark"].into_iter().zip(colours) {
        ui.label(page);
        let chosen = colour_ui(editor, ui, &format!("Colour of {name} on a {page} page"), *colour);
        *colour = chosen.unwrap_or(*colour);
    }
}

/// A colour: its digits, and a button that opens a choice of colours.
fn colour_ui(editor: &mut SchemaEditor, ui: &mut Ui, name: &str, colour: Rgb) -> Option<Rgb> {
    let typed = editor.field(ui, name, &colour.to_hex(), 70.0);
    let typed = typed.and_then(|typed| Rgb::from_hex(typed.trim()));
    let Rgb(red, green, blue) = colour;
    let mut picked = [red, green, blue];
    let response = ui.color_edit_button_srgb(&mut picked);
    focus_edge(ui, &response);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ColorWell, true, format!("Choose the {name}")));
    let [red, green, blue] = picked;
    let picked = Rgb(red, green, blue);
    let done = response.changed() && picked != colour;
    response.on_hover_text(name);
    typed.or_else(|| done.then_some(picked))
}

/// Labels to be ticked.
fn labels_ui(
    ui: &mut Ui,
    schema: &Schema,
    name: &str,
    ticked: &[Arc<str>],
) -> Option<Vec<Arc<str>>> {
    let mut changed = None;
    for label in schema.labels() {
        let mut on = ticked.contains(&label.name);
        let response = ui.checkbox(&mut on, &*label.name);
        response.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, on, format!("{name} {}", label.name))
        });
        if response.changed() {
            let is_ticked = |other: &&LabelDefinition| {
                if other.name == label.name { on } else { ticked.contains(&other.name) }
            };
            let labels = schema.labels().iter().filter(is_ticked);
            changed = Some(labels.map(|label| label.name.clone()).collect());
        }
    }
    changed
}

/// A key as it was typed: the first character, or none.
fn key_of(typed: &str) -> Option<char> {
    typed.trim().chars().next().map(|c| c.to_ascii_lowercase())
}
