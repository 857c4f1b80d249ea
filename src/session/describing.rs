//! Attributes, notes and the mark "to discuss" of the focused annotation.

use std::sync::Arc;

use super::history::Change;
use super::journal::JournalEntry;
use super::kept::Kept;
use super::state::Session;
use crate::corpus::{Annotation, Edit, Id};
use crate::text::Direction;

impl Session {
    /// Gives the focused annotation the next or previous value of an attribute.
    pub(super) fn cycle(&mut self, attribute: usize, direction: Direction) {
        let Some(focused) = self.focused().cloned() else { return };
        let Some(name) = self.schema.attribute_names().get(attribute).map(|a| a.name.clone())
        else {
            return;
        };
        let Some(definition) = self.schema.attribute_of(&focused.label, &name) else {
            // It is left from another label, and its key takes it away.
            self.drop_value(&name);
            return;
        };
        let count = definition.values.len();
        let held = self.schema.value(&focused, definition);
        let at = definition.values.iter().position(|value| **value == *held);
        let next = match (at, direction) {
            (Some(at), direction) => direction.round(at, count),
            (None, _) => 0,
        };
        if let Some(value) = definition.values.get(next).cloned() {
            self.set_value(&name, &value);
        }
    }

    /// Gives the focused annotation a value; the default is not stored.
    pub(super) fn set_value(&mut self, name: &str, value: &str) {
        if self.can_change().is_err() {
            return;
        }
        let Some(focused) = self.focused().cloned() else { return };
        let mut changed = (*focused).clone();
        let definition = self.schema.attribute_of(&focused.label, name);
        if definition.is_some_and(|definition| definition.default_value() == value) {
            changed.attributes.remove(name);
        } else {
            changed.attributes.insert(name.to_owned(), value.to_owned());
        }
        if changed != *focused {
            self.replace(changed, format!("set {name} of {} to {value}", focused.label));
        }
    }

    /// Takes away an attribute that the schema does not have.
    pub(super) fn drop_value(&mut self, name: &str) {
        if self.can_change().is_err() {
            return;
        }
        let Some(focused) = self.focused().cloned() else { return };
        let mut changed = (*focused).clone();
        if changed.attributes.remove(name).is_some() {
            self.replace(changed, format!("remove {name} of {}", focused.label));
        }
    }

    pub(super) fn toggle_discuss(&mut self) {
        let Some(focused) = self.focused().cloned() else { return };
        let mark = !focused.is_to_discuss();
        let name = if mark { "mark to discuss" } else { "mark as discussed" };
        self.replace((*focused).clone().to_discuss(mark), name.to_owned());
    }

    /// Takes over a note as it is typed: each letter is kept, the whole is one step.
    pub(super) fn set_note(&mut self, id: &Id, note: String) {
        if self.can_change().is_err() {
            return;
        }
        let set = self.shown_set();
        let Some(annotation) = set.and_then(|set| set.annotation(id)).cloned() else { return };
        if annotation.note == note {
            return;
        }
        let changed = Arc::new(Annotation { note, ..(*annotation).clone() });
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let is_free = self.is_free_to_change().is_ok();
        let typing = self.history.typing(id).filter(|_| is_free).is_some_and(|step| {
            match step.changes.iter_mut().find(|change| change.document() == Some(&document)) {
                Some(Change::Edited { edit: Edit::Replace(typed), .. }) if typed.id == *id => {
                    *typed = changed.clone();
                    true
                }
                _ => false,
            }
        });
        if typing {
            if let Some(step) = self.history.last_done().cloned() {
                self.journal(JournalEntry::Grown(step));
            }
            let annotator = self.annotator.clone();
            let held = self.held.get_mut(&document);
            let applied = held.map(|h| Arc::make_mut(&mut h.set).apply(Edit::Replace(changed)));
            if let Some(Err(error)) = applied {
                self.warn(format!("Nothing was changed: {error}"));
            }
            self.keep(&Kept::Set(document, annotator));
            self.arrange_table();
        } else {
            let place = self.place();
            let name = format!("note on {}", annotation.label);
            if self.change(name, vec![Edit::Replace(changed)], place) {
                self.history.begin_typing(id);
            }
        }
    }
}
