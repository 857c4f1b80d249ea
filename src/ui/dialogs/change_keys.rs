//! All keys, to be changed.

use egui::{Align2, Id, Key, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::set_width;
use crate::session::{Chord, Command, Entry, Message, PRESETS, Session};
use crate::ui::fonts;
use crate::ui::keys::chord_of;
use crate::ui::parts::{focus_ring, key_hint, row, rows, text_line};
use crate::ui::theme::palette;

const ROW: f32 = 26.0;

/// What is remembered of the sheet from frame to frame.
#[derive(Default)]
pub(super) struct KeyEditor {
    /// What the commands are filtered by.
    filter: String,
    /// The row that the arrow keys are on, of those that the filter leaves.
    cursor: usize,
    waiting: Option<Waiting>,
    /// Whether the list had the keyboard in the frame before.
    entered: bool,
}

/// A command that is to get another key.
struct Waiting {
    command: Command,
    /// Whether the key comes to those that it has, rather than in their place.
    adds: bool,
    /// The key that was pressed, where another command has it.
    taken: Option<(Chord, Command)>,
}

impl KeyEditor {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        fresh: bool,
        messages: &mut Vec<Message>,
    ) {
        set_width(ui, 640.0);
        if fresh {
            *self = Self::default();
        }
        heading_ui(ui, session, messages);
        let leaves = self.filter_ui(ui, fresh);
        self.state_ui(ui, session, messages);
        let id = Id::unique("keys to change");
        let response = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Keys"));
        if leaves {
            response.request_focus();
        }
        let filter = self.filter.to_lowercase();
        let fits = |entry: &&Entry| entry.title.to_lowercase().contains(&filter);
        let entries: Vec<&Entry> = session.keymap().entries().iter().filter(fits).collect();
        self.entered &= response.has_focus();
        let moved = response.has_focus() && self.take_keys(ui, id, session, &entries, messages);
        let room = ui.ctx().content_rect().height() - 260.0;
        let height = room.clamp(120.0, ROW * 18.0);
        let centre = (moved || fresh).then_some(self.cursor);
        let list = ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            rows(ui, "keys", ROW, entries.len(), centre, |ui, at| {
                if let Some(entry) = entries.get(at) {
                    self.entry_ui(ui, session, id, at, entry);
                }
            });
        });
        if response.has_focus() {
            let colours = palette(ui.ctx());
            focus_ring(ui.painter(), colours, list.response.rect.expand(3.0));
        }
    }

    /// The field that the commands are filtered by. Returns whether it is left for
    /// the list.
    fn filter_ui(&mut self, ui: &mut Ui, fresh: bool) -> bool {
        let field = Id::unique("filter keys");
        let down = ui.memory(|memory| memory.has_focus(field))
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown));
        let response = ui.add(text_line("Filter commands", &mut self.filter, |edit| {
            edit.id(field)
                .hint_text("Filter commands")
                .desired_width(f32::INFINITY)
                .margin(vec2(8.0, 5.0))
        }));
        if fresh {
            response.request_focus();
        }
        if response.changed() {
            self.cursor = 0;
        }
        down || (response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)))
    }

    /// What is waited for, or what can be done.
    fn state_ui(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let title = |command| {
            let entry = session.keymap().entry(command);
            entry.map(|entry| entry.title.clone()).unwrap_or_default()
        };
        ui.horizontal_wrapped(|ui| match &self.waiting {
            None => {
                for (key, does) in [
                    ("Down", "to the list"),
                    ("Enter", "another key"),
                    ("Insert", "one more key"),
                    ("Delete", "no key"),
                    ("Backspace", "the usual key"),
                    ("Escape", "close"),
                ] {
                    key_hint(ui, key, does);
                }
            }
            Some(Waiting { command, taken: None, .. }) => {
                let words =
                    format!("Press the key for “{}”, or Escape to leave it", title(*command));
                ui.label(RichText::new(words).font(fonts::strong(13.0)).color(colours.ink));
            }
            Some(Waiting { command, taken: Some((chord, holder)), .. }) => {
                let words = format!("{chord} is the key of “{}”.", title(*holder));
                ui.label(RichText::new(words).color(colours.warning));
                let words = format!("Give it to “{}” all the same?", title(*command));
                ui.label(words);
                if ui.button("Give it").clicked() {
                    self.give(session, messages);
                } else if ui.button("Leave it").clicked() {
                    self.waiting = None;
                }
                key_hint(ui, "Enter", "give it");
                key_hint(ui, "Escape", "leave it");
            }
        });
        ui.add_space(4.0);
    }

    /// Returns whether the mark was moved.
    fn take_keys(
        &mut self,
        ui: &Ui,
        id: Id,
        session: &Session,
        entries: &[&Entry],
        messages: &mut Vec<Message>,
    ) -> bool {
        let filter = egui::EventFilter {
            tab: self.waiting.is_some(),
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: self.waiting.is_some(),
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        if self.waiting.is_some() {
            self.take_new_key(ui, session, messages);
            return false;
        }
        // The Enter that leaves the filter begins nothing.
        if !std::mem::replace(&mut self.entered, true) {
            return true;
        }
        let here = entries.get(self.cursor).map(|entry| entry.command);
        let last = entries.len().saturating_sub(1);
        let pressed = |key| ui.input(|input| input.key_pressed(key));
        let before = self.cursor;
        if pressed(Key::ArrowDown) {
            self.cursor = (self.cursor + 1).min(last);
        } else if pressed(Key::ArrowUp) {
            self.cursor = self.cursor.saturating_sub(1);
        } else if pressed(Key::PageDown) {
            self.cursor = (self.cursor + 10).min(last);
        } else if pressed(Key::PageUp) {
            self.cursor = self.cursor.saturating_sub(10);
        } else if pressed(Key::Enter) || pressed(Key::Insert) {
            let adds = pressed(Key::Insert);
            self.waiting = here.map(|command| Waiting { command, adds, taken: None });
        } else if pressed(Key::Delete) {
            messages.extend(here.map(|command| Message::SetKeys(command, Some(Vec::new()))));
        } else if pressed(Key::Backspace) {
            messages.extend(here.map(|command| Message::SetKeys(command, None)));
        }
        before != self.cursor
    }

    fn take_new_key(&mut self, ui: &Ui, session: &Session, messages: &mut Vec<Message>) {
        // The press that began this is in the same frame and is not the new key.
        let chord = ui.input_mut(|input| {
            let chord = input.events.iter().find_map(chord_of);
            // The sheet must not close at the Escape that leaves the key as it is.
            input.consume_key(egui::Modifiers::NONE, Key::Escape);
            chord
        });
        let (Some(chord), Some(waiting)) = (chord, self.waiting.as_mut()) else { return };
        if chord == Chord::plain("Escape") {
            self.waiting = None;
        } else if waiting.taken.is_some() {
            if chord == Chord::plain("Enter") {
                self.give(session, messages);
            }
        } else if let Some(holder) = session.holder_of(chord, waiting.command) {
            waiting.taken = Some((chord, holder));
        } else {
            let (command, adds) = (waiting.command, waiting.adds);
            messages.push(with_key(session, command, chord, adds));
            self.waiting = None;
        }
    }

    fn give(&mut self, session: &Session, messages: &mut Vec<Message>) {
        let Some(waiting) = self.waiting.take() else { return };
        if let Some((chord, _)) = waiting.taken {
            messages.push(with_key(session, waiting.command, chord, waiting.adds));
        }
    }

    fn entry_ui(&mut self, ui: &mut Ui, session: &Session, list: Id, at: usize, entry: &Entry) {
        let colours = palette(ui.ctx());
        let keys: Vec<String> = entry.keys.iter().map(ToString::to_string).collect();
        let spoken = format!("{}: {}", entry.title, keys.join(" or "));
        let chosen = self.cursor == at;
        let (rect, response) = row(ui, ROW, (true, chosen), &spoken);
        let own = session.key_differences().keys.contains_key(&entry.name);
        let font = if own { fonts::strong(13.0) } else { fonts::sans(13.0) };
        let left = pos2(rect.left() + 8.0, rect.center().y);
        ui.painter().text(left, Align2::LEFT_CENTER, &entry.title, font, colours.ink);
        let mut cell = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(egui::Rect::from_min_max(pos2(rect.left() + 300.0, rect.top()), rect.max))
                .layout(egui::Layout::left_to_right(egui::Align::Center)),
        );
        for key in keys {
            key_hint(&mut cell, &key, "");
        }
        if own {
            cell.label(RichText::new("changed").size(11.5).color(colours.soft));
        }
        if response.clicked() {
            self.cursor = at;
            let command = entry.command;
            self.waiting = Some(Waiting { command, adds: false, taken: None });
            self.entered = true;
            ui.memory_mut(|memory| memory.request_focus(list));
        }
        response.on_hover_text(&entry.help);
    }
}

fn with_key(session: &Session, command: Command, chord: Chord, adds: bool) -> Message {
    let had = session.keymap().entry(command).filter(|_| adds);
    let mut keys: Vec<Chord> = had.map(|entry| entry.keys.clone()).unwrap_or_default();
    keys.push(chord);
    Message::SetKeys(command, Some(keys))
}

fn heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let differences = session.key_differences();
    ui.horizontal(|ui| {
        ui.heading("Change keys");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                messages.push(Message::CloseDialog);
            }
            let changed = !differences.keys.is_empty();
            let reset = ui.add_enabled(changed, egui::Button::new("Undo all my changes"));
            if reset.clicked() {
                messages.push(Message::ResetKeys);
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.label("Start from");
        for preset in PRESETS {
            let chosen = differences.preset == preset.name;
            let response = ui.selectable_label(chosen, preset.title).on_hover_text(preset.help);
            response.widget_info(|| {
                WidgetInfo::selected(
                    Role::RadioButton,
                    true,
                    chosen,
                    format!("Keys: {}", preset.title),
                )
            });
            if response.clicked() {
                messages.push(Message::UsePreset(preset.name.to_owned()));
            }
        }
    });
    ui.add_space(4.0);
}
