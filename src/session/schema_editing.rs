//! Changing what can be said in the project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::{Deed, counted};
use super::effect::Effect;
use super::state::{Dialog, Session};
use super::tasks::Then;
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, AttributeDefinition, Decision, DocumentPath, Edit, Id,
    LabelDefinition, LinePattern, NameKind, Relation, RelationDefinition, Rgb, Schema, TO_DISCUSS,
};
use crate::corpus::{capitalised, spaced};
use crate::storage::Problem;

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

    fn accept_in_schema(&mut self) {
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

    /// Gives something another name, in the schema and in all sets; where the
    /// name is taken, the two become one.
    pub(super) fn rename(&mut self, kind: NameKind, old: &Arc<str>, new: &str) {
        if let Err(reason) = self.can_change_schema() {
            self.refuse_in_schema(reason);
            return;
        }
        let new = new.trim().to_owned();
        if **old == *new {
            return;
        }
        if let Err(error) = self.schema.renamed(kind, old, &new) {
            self.refuse_in_schema(error.to_string());
            return;
        }
        self.accept_in_schema();
        let documents: Vec<DocumentPath> =
            self.documents.rows().iter().map(|row| row.path.clone()).collect();
        let title = format!("Renaming {old} in all sets");
        let then = Then::Rename { kind, old: old.clone(), new };
        self.gather(title, documents, vec![old.to_string()], then);
    }

    /// Renames, now that all documents whose sets have the name are in memory.
    pub(super) fn carry_out_rename(
        &mut self,
        kind: NameKind,
        old: &Arc<str>,
        new: &str,
        problems: &[Problem],
    ) {
        let schema = match self.schema.renamed(kind, old, new) {
            Ok(schema) => schema,
            Err(error) => return self.refuse_in_schema(error.to_string()),
        };
        let taken = match kind {
            NameKind::Label => self.schema.label(new).is_some(),
            NameKind::Relation => self.schema.relation(new).is_some(),
            NameKind::Attribute => self.schema.attributes().iter().any(|a| *a.name == *new),
        };
        let new: Arc<str> = new.into();
        let mut deeds = vec![Deed::SetSchema(Arc::new(schema))];
        let (mut sets, mut unreadable) = (0, problems.len());
        for (document, held) in &self.held {
            for (annotator, set) in held.sets() {
                let Some(set) = set else {
                    unreadable += 1;
                    continue;
                };
                let edits = renaming(kind, set, old, &new);
                sets += usize::from(!edits.is_empty());
                let deed = |edit| Deed::Edit(document.clone(), Annotator::clone(annotator), edit);
                deeds.extend(edits.into_iter().map(deed));
            }
        }
        if kind == NameKind::Label {
            deeds.extend(self.renamed_decisions(old, &new));
        }
        let (verb, into) = if taken { ("merge", "into") } else { ("rename", "to") };
        let kind_title = kind.title();
        let name = format!("{verb} {kind_title} {old} {into} {new}, in {}", counted(sets, "set"));
        let after = self.place();
        let done = self.carry_out(name, deeds, after);
        if done && unreadable > 0 {
            let left = counted(unreadable, "set");
            self.warn(format!("{left} could not be read and may still have the name {old}"));
        }
    }

    /// What was rejected for a label stays rejected for the name that it gets.
    fn renamed_decisions(&self, old: &Arc<str>, new: &Arc<str>) -> Vec<Deed> {
        let decisions = self.decisions.iter().flat_map(|decisions| decisions.iter());
        let renamed = decisions.filter_map(|decision| match decision {
            Decision::NotTagged { document, span, label, text } if label == old => {
                let renamed = Decision::NotTagged {
                    document: document.clone(),
                    span: *span,
                    label: new.clone(),
                    text: text.clone(),
                };
                Some([Deed::Decide(decision.clone(), false), Deed::Decide(renamed, true)])
            }
            _ => None,
        });
        renamed.flatten().collect()
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

/// The edits that replace a name in a set.
fn renaming(kind: NameKind, set: &AnnotationSet, old: &Arc<str>, new: &Arc<str>) -> Vec<Edit> {
    let replace = |annotation: Annotation| Edit::Replace(Arc::new(annotation));
    match kind {
        NameKind::Label => {
            let called = set.annotations().iter().filter(|a| a.label == *old);
            called.map(|a| replace(Annotation { label: new.clone(), ..(**a).clone() })).collect()
        }
        NameKind::Relation => {
            let called = set.relations().iter().filter(|r| r.label == *old);
            let there = |from: &Id, to: &Id| {
                set.relations_of(from).any(|r| r.label == *new && r.from == *from && r.to == *to)
            };
            let renamed = called.flat_map(|relation| {
                let renamed = Relation { label: new.clone(), ..(**relation).clone() };
                // Where the two labels linked the same, one link is left.
                let insert = !there(&relation.from, &relation.to);
                let insert = insert.then(|| Edit::InsertRelation(Arc::new(renamed)));
                std::iter::once(Edit::RemoveRelation(relation.id.clone())).chain(insert)
            });
            renamed.collect()
        }
        NameKind::Attribute => {
            let has = set.annotations().iter().filter(|a| a.attributes.contains_key(&**old));
            has.map(|annotation| {
                let mut changed = (**annotation).clone();
                if let Some(value) = changed.attributes.remove(&**old) {
                    // Where both are there, the value under the name that stays holds.
                    changed.attributes.entry(new.to_string()).or_insert(value);
                }
                replace(changed)
            })
            .collect()
        }
    }
}
