//! Changing what can be said in the project.

use std::sync::Arc;

use super::applying::counted;
use super::attempt::Deed;
use super::command::Command;
use super::dialog::Dialog;
use super::effect::Effect;
use super::keymap::Keymap;
use super::state::Session;
use super::table::Entry;
use crate::corpus::{NameKind, Revaluing, Schema, UnknownNames};

impl Session {
    /// Takes over a schema, with the keys and checks that follow from it.
    pub(super) fn take_schema(&mut self, schema: Arc<Schema>) {
        self.schema = schema;
        self.rebuild_keymap();
        self.request_check();
    }

    /// Takes a schema over that was changed in the sheet, or says why it cannot serve.
    pub(super) fn take_edited_schema(&mut self, name: String, schema: Result<Box<Schema>, String>) {
        let apart = |schema: &Schema| {
            schema.tells_new_names_apart(&self.schema).map_err(|error| error.to_string())
        };
        match schema.and_then(|schema| apart(&schema).map(|()| schema)) {
            Ok(schema) => self.set_schema(name, *schema),
            Err(reason) => self.refuse_in_schema(reason),
        }
    }

    /// Replaces the schema in one step, called `name`.
    pub(super) fn set_schema(&mut self, name: String, schema: Schema) {
        if let Err(reason) = self.can_change_schema() {
            self.refuse_in_schema(reason);
            return;
        }
        if schema == *self.schema {
            return;
        }
        let revaluing = Revaluing::between(&self.schema, &schema);
        if !revaluing.is_empty() {
            self.revalue(name, schema, &revaluing);
            return;
        }
        let after = self.place();
        let had_keys = self.keymap.clone();
        self.carry_out(name, vec![Deed::SetSchema(Arc::new(schema))], after);
        self.accept_in_schema();
        self.tell_of_lost_keys(&had_keys);
    }

    /// Says which commands have no key any more, because a name of the schema got it.
    pub(super) fn tell_of_lost_keys(&mut self, before: &Keymap) {
        let has_none = |entry: &&Entry| {
            let is_of_schema = matches!(entry.command, Command::Tag(_) | Command::Cycle { .. });
            entry.keys.is_empty() && !is_of_schema && before.key(entry.command).is_some()
        };
        let lost = self.keymap.entries().iter().filter(has_none);
        let lost: Vec<String> = lost.map(|entry| format!("“{}”", entry.title)).collect();
        if !lost.is_empty() {
            let said = self.notice.take().map(|notice| notice.text + ". ").unwrap_or_default();
            self.warn(format!("{said}Without a key now: {}", lost.join(", ")));
        }
    }

    /// Says in the sheet of the schema why something was not done.
    pub(super) fn refuse_in_schema(&mut self, reason: String) {
        match self.dialog.as_mut() {
            Some(Dialog::Schema { error }) => *error = Some(reason),
            _ => self.warn(reason),
        }
    }

    pub(super) fn accept_in_schema(&mut self) {
        if let Some(Dialog::Schema { error }) = self.dialog.as_mut() {
            *error = None;
        }
    }

    /// Whether what stands in all sets can be changed along with the schema.
    pub(super) fn can_change_in_all_sets(&self) -> Result<(), String> {
        self.can_change_schema()?;
        // In sets that are not seen all would stay as it is.
        self.is_not_blind()?;
        // What is to be read depends on what was decided.
        self.decisions_are_read()
    }

    /// Whether the schema can be changed.
    pub(super) fn can_change_schema(&self) -> Result<(), String> {
        if self.project.is_none() {
            return Err("No folder is open".to_owned());
        }
        if self.task.is_some() {
            return Err("Not yet: something else goes on".to_owned());
        }
        match &self.schema_problem {
            Some(problem) => {
                Err(format!("The schema's file cannot be used, and is left as it is. {problem}"))
            }
            None => Ok(()),
        }
    }

    /// Leaves something out of the schema; what sets say with it stays there.
    pub(super) fn remove_from_schema(&mut self, kind: NameKind, name: &str) {
        match self.schema.without(kind, name) {
            Ok(schema) => {
                let step = format!("remove {} {name} from the schema", kind.title());
                let before = self.schema.clone();
                self.set_schema(step, schema);
                let went = before.has_name(kind, name) && !self.schema.has_name(kind, name);
                let said: Vec<String> = self
                    .tags_that_keep(kind, name)
                    .into_iter()
                    .chain(without_it(&before, &self.schema))
                    .collect();
                if went && !said.is_empty() {
                    let what = format!("Removed {} {name} from the schema", kind.title());
                    self.say(format!("{what}; {}. Undo puts it back", said.join("; ")));
                }
            }
            Err(error) => self.refuse_in_schema(error.to_string()),
        }
    }

    /// How many of one's own tags have a label that the schema has no more, in words.
    fn tags_that_keep(&self, kind: NameKind, name: &str) -> Option<String> {
        let summaries = self.documents.rows().iter().filter_map(|row| row.summary.as_ref());
        let tags: usize = match kind {
            NameKind::Label => summaries.map(|summary| summary.counts.get(name)).sum(),
            NameKind::Relation | NameKind::Attribute => 0,
        };
        let keep = if tags == 1 { "keeps" } else { "keep" };
        (tags > 0).then(|| format!("{} of yours {keep} it", counted(tags, "tag")))
    }

    /// The names in the set that is shown that the schema lacks, and values.
    pub fn unknown_names(&self) -> &[(NameKind, String)] {
        &self.unknown
    }

    /// Finds out which names the schema lacks, after the set or the schema has changed.
    pub(super) fn find_unknown_names(&mut self) {
        let Some(set) = self.shown_set() else {
            self.unknown.clear();
            return;
        };
        let mut unknown = UnknownNames::default();
        unknown.add(&self.schema, set);
        let schema = &self.schema;
        let in_words = |(kind, name): (NameKind, &Arc<str>)| {
            let is_on_others = schema.attributes().iter().any(|known| known.name == *name);
            if kind != NameKind::Attribute || !is_on_others {
                return (kind, name.to_string());
            }
            let labels: Vec<&str> = unknown.labels_with(name).map(|label| &**label).collect();
            (kind, format!("{name} on {}", labels.join(", ")))
        };
        let values = unknown.values().map(|(name, label, value)| {
            (NameKind::Attribute, format!("{name}: {value} on {label}"))
        });
        self.unknown = unknown.names().map(in_words).chain(values).collect();
    }

    /// Adds to the schema what the set that is shown says beyond it.
    pub(super) fn adopt(&mut self) {
        let Some(set) = self.shown_set().cloned() else { return };
        let names: Vec<String> = self.unknown.iter().map(|(_, name)| name.clone()).collect();
        let mut unknown = UnknownNames::default();
        unknown.add(&self.schema, &set);
        match self.schema.adopting(&unknown) {
            Ok(schema) => {
                self.set_schema(format!("add {} to the schema", names.join(", ")), schema);
            }
            Err(error) => self.refuse_in_schema(error.to_string()),
        }
        self.effects.push(Effect::FocusArticle);
    }
}

/// What a schema lost along with a name, in words: links that lead from or to nothing now,
/// attributes that nothing has, and checks that are gone.
fn without_it(before: &Schema, after: &Schema) -> Vec<String> {
    let mut said = Vec::new();
    let ended = before.relations().iter().filter_map(|was| {
        let now = after.relation(&was.name)?;
        let from = now.from.is_empty() && !was.from.is_empty();
        let to = now.to.is_empty() && !was.to.is_empty();
        let end = if from { "from" } else { "to" };
        (from || to).then(|| format!("“{}” leads {end} nothing now", was.title))
    });
    said.extend(ended);
    let unused = before.attributes().iter().filter(|was| {
        let mut now = after.attributes().iter().filter(|now| now.name == was.name);
        !was.on.is_empty() && now.any(|now| now.values == was.values && now.on.is_empty())
    });
    let unused: Vec<String> =
        unused.map(|was| format!("{} of {}", was.title, was.on.join(" and "))).collect();
    let unused = unused.join(", ");
    said.extend((!unused.is_empty()).then(|| format!("without a label now: {unused}")));
    let gone = before.checks().iter().filter(|check| !after.checks().contains(check)).count();
    said.extend((gone > 0).then(|| format!("{} went with it", counted(gone, "check"))));
    said
}
