//! Changing what can be said in the project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::Deed;
use super::effect::Effect;
use super::state::{Dialog, Session};
use crate::corpus::{
    AnnotationSet, AttributeDefinition, LabelDefinition, LinePattern, NameKind, RelationDefinition,
    Rgb, Schema, TO_DISCUSS,
};
use crate::corpus::{capitalised, spaced};

/// Colours for labels that come without: on a light page, on a dark one. None is
/// one of the built-in labels' own.
const COLOURS: [(Rgb, Rgb); 6] = [
    (Rgb(0x8a, 0x3f, 0x9e), Rgb(0xd3, 0x9a, 0xe4)),
    (Rgb(0x4c, 0x6b, 0x1f), Rgb(0xa9, 0xc9, 0x6e)),
    (Rgb(0xa8, 0x2f, 0x62), Rgb(0xf0, 0x8f, 0xb8)),
    (Rgb(0x3f, 0x56, 0x8f), Rgb(0x9d, 0xb3, 0xea)),
    (Rgb(0x7a, 0x55, 0x2f), Rgb(0xd0, 0xab, 0x84)),
    (Rgb(0x2c, 0x6e, 0x80), Rgb(0x7f, 0xc4, 0xd6)),
];

impl Session {
    /// Takes over a schema, with the keys and checks that follow from it.
    pub(super) fn take_schema(&mut self, schema: Arc<Schema>) {
        self.schema = schema;
        self.rebuild_keymap();
        self.request_check();
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
        let after = self.place();
        self.carry_out(name, vec![Deed::SetSchema(Arc::new(schema))], after);
        self.accept_in_schema();
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
                self.set_schema(step, schema);
            }
            Err(error) => self.refuse_in_schema(error.to_string()),
        }
    }

    /// The names in the set that is shown that the schema lacks.
    pub fn unknown_names(&self) -> &[(NameKind, String)] {
        &self.unknown
    }

    /// Finds out which names the schema lacks, after the set or the schema has changed.
    pub(super) fn find_unknown_names(&mut self) {
        let Some(set) = self.shown_set() else {
            self.unknown.clear();
            return;
        };
        let unknown = unknown(&self.schema, set);
        let names = |kind, names: Vec<String>| names.into_iter().map(move |name| (kind, name));
        self.unknown =
            names(NameKind::Label, unknown.labels.iter().map(ToString::to_string).collect())
                .chain(names(NameKind::Relation, unknown.relations.into_keys().collect()))
                .chain(names(NameKind::Attribute, unknown.attributes.into_keys().collect()))
                .collect();
    }

    /// Adds to the schema what the set that is shown says beyond it.
    pub(super) fn adopt(&mut self) {
        let Some(set) = self.shown_set().cloned() else { return };
        let names: Vec<String> = self.unknown.iter().map(|(_, name)| name.clone()).collect();
        match adopting(&self.schema, &set) {
            Ok(schema) => {
                self.set_schema(format!("add {} to the schema", names.join(", ")), schema);
            }
            Err(error) => self.refuse_in_schema(error.to_string()),
        }
        self.effects.push(Effect::FocusArticle);
    }
}

/// A label that comes with nothing but a name: with a free key, and colours and a
/// line that others have least.
pub fn fresh_label(schema: &Schema, name: &str) -> LabelDefinition {
    let taken = |key: char| {
        let labels = schema.labels().iter().filter_map(|label| label.key);
        labels.chain(schema.attributes().iter().filter_map(|a| a.key)).any(|other| other == key)
    };
    let (light, dark) = colours(schema.labels().iter().map(|label| label.light));
    let count = |line: LinePattern| schema.labels().iter().filter(|l| l.line == line).count();
    let line = LinePattern::ALL.into_iter().map(|(line, _)| line).min_by_key(|line| count(*line));
    LabelDefinition {
        name: name.into(),
        title: capitalised(name),
        key: ('1'..='9').find(|key| !taken(*key)),
        help: String::new(),
        light,
        dark,
        line: line.unwrap_or(LinePattern::Solid),
    }
}

/// A relation that comes with nothing but a name and its ends.
pub fn fresh_relation(
    schema: &Schema,
    name: &str,
    from: Vec<Arc<str>>,
    to: Vec<Arc<str>>,
) -> RelationDefinition {
    let (light, dark) = colours(schema.relations().iter().map(|r| r.light));
    RelationDefinition {
        name: name.into(),
        title: spaced(name),
        help: String::new(),
        from,
        to,
        light,
        dark,
    }
}

/// The colours that are used least.
fn colours(used: impl Iterator<Item = Rgb>) -> (Rgb, Rgb) {
    let used: Vec<Rgb> = used.collect();
    let count = |light: Rgb| used.iter().filter(|other| **other == light).count();
    let least = COLOURS.into_iter().min_by_key(|(light, _)| count(*light));
    least.unwrap_or((Rgb(0x63, 0x5e, 0x54), Rgb(0xa3, 0x9c, 0x8f)))
}

/// What a set says that its schema has no name for.
#[derive(Default)]
struct Unknown {
    labels: BTreeSet<Arc<str>>,
    /// With the labels that they lead from and to.
    relations: BTreeMap<String, TwoSets>,
    /// With the labels that they are on and their values.
    attributes: BTreeMap<String, TwoSets>,
}

type TwoSets = (BTreeSet<Arc<str>>, BTreeSet<Arc<str>>);

fn unknown(schema: &Schema, set: &AnnotationSet) -> Unknown {
    let mut unknown = Unknown::default();
    for annotation in set.annotations() {
        if schema.label(&annotation.label).is_none() {
            unknown.labels.insert(annotation.label.clone());
        }
        for (name, value) in &annotation.attributes {
            if name == TO_DISCUSS || schema.attribute_of(&annotation.label, name).is_some() {
                continue;
            }
            let (on, values) = unknown.attributes.entry(name.clone()).or_default();
            on.insert(annotation.label.clone());
            values.insert(value.as_str().into());
        }
    }
    for relation in set.relations() {
        if schema.relation(&relation.label).is_some() {
            continue;
        }
        let (from, to) = unknown.relations.entry(relation.label.to_string()).or_default();
        from.extend(set.annotation(&relation.from).map(|a| a.label.clone()));
        to.extend(set.annotation(&relation.to).map(|a| a.label.clone()));
    }
    unknown
}

/// The schema with what a set says beyond it.
fn adopting(schema: &Schema, set: &AnnotationSet) -> Result<Schema, crate::corpus::SchemaError> {
    let unknown = unknown(schema, set);
    let mut adopted = schema.clone();
    for label in &unknown.labels {
        adopted = adopted.with_label(fresh_label(&adopted, label))?;
    }
    let mut relations = adopted.relations().to_vec();
    for (name, (from, to)) in unknown.relations {
        let (from, to) = (from.into_iter().collect(), to.into_iter().collect());
        relations.push(fresh_relation(&adopted, &name, from, to));
    }
    let mut attributes = adopted.attributes().to_vec();
    for (name, (on, values)) in unknown.attributes {
        // What annotations without it have is not known.
        let without: Arc<str> = "unspecified".into();
        let known: Vec<Arc<str>> =
            values.into_iter().filter(|value| *value != without && !value.is_empty()).collect();
        // With one value there is nothing to choose.
        let other = known.is_empty().then(|| Arc::from("other"));
        let values = known.into_iter().chain(other);
        attributes.push(AttributeDefinition {
            title: name.clone(),
            name: name.into(),
            key: None,
            on: on.into_iter().collect(),
            values: std::iter::once(without.clone()).chain(values).collect(),
        });
    }
    Schema::assemble(adopted.labels().to_vec(), relations, attributes, adopted.checks().to_vec())
}
