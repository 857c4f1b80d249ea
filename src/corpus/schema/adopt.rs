use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{AttributeDefinition, NameKind, Schema, SchemaError, fresh_label, fresh_relation};
use crate::corpus::{AnnotationSet, TO_DISCUSS};

/// The value that comes first in an attribute that is taken over from sets: what
/// annotations without one have is not known.
const UNSPECIFIED: &str = "unspecified";

/// What sets say that their schema has no name for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct UnknownNames {
    labels: BTreeSet<Arc<str>>,
    /// With the labels that they lead from and to.
    relations: BTreeMap<Arc<str>, TwoSets>,
    /// With the labels that they are on and their values.
    attributes: BTreeMap<Arc<str>, TwoSets>,
    /// By the attribute's name and the label that has it.
    values: BTreeMap<NameOnLabel, BTreeSet<Arc<str>>>,
}

/// An attribute's name and a label that has it.
type NameOnLabel = (Arc<str>, Arc<str>);

type TwoSets = (BTreeSet<Arc<str>>, BTreeSet<Arc<str>>);

impl UnknownNames {
    /// Takes in what a set says beyond the schema.
    pub fn add(&mut self, schema: &Schema, set: &AnnotationSet) {
        // What has no name cannot stand in a schema.
        let is_name = |name: &str| !name.trim().is_empty();
        for annotation in set.annotations() {
            let label = &annotation.label;
            if schema.label(label).is_none() && is_name(label) {
                self.labels.insert(label.clone());
            }
            for (name, value) in &annotation.attributes {
                let (name, value): (Arc<str>, Arc<str>) =
                    (name.as_str().into(), value.as_str().into());
                if *name == *TO_DISCUSS || !is_name(&name) || !is_name(label) {
                    continue;
                }
                if let Some(known) = schema.attribute_of(label, &name) {
                    if !known.values.contains(&value) && !value.is_empty() {
                        self.values.entry((name, label.clone())).or_default().insert(value);
                    }
                    continue;
                }
                let (on, values) = self.attributes.entry(name).or_default();
                on.insert(label.clone());
                values.insert(value);
            }
        }
        for relation in set.relations() {
            if schema.relation(&relation.label).is_some() || !is_name(&relation.label) {
                continue;
            }
            let (from, to) = self.relations.entry(relation.label.clone()).or_default();
            let label_of = |id| set.annotation(id).map(|a| a.label.clone());
            from.extend(label_of(&relation.from).filter(|label| is_name(label)));
            to.extend(label_of(&relation.to).filter(|label| is_name(label)));
        }
    }

    /// Takes in what others found.
    pub fn merge(&mut self, other: Self) {
        self.labels.extend(other.labels);
        for (own, theirs) in
            [(&mut self.relations, other.relations), (&mut self.attributes, other.attributes)]
        {
            for (name, (first, second)) in theirs {
                let known = own.entry(name).or_default();
                known.0.extend(first);
                known.1.extend(second);
            }
        }
        for (name, values) in other.values {
            self.values.entry(name).or_default().extend(values);
        }
    }

    /// Whether nothing is unknown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The labels of annotations that have an attribute which the schema does not have for them.
    pub fn labels_with(&self, attribute: &str) -> impl Iterator<Item = &Arc<str>> {
        self.attributes.get(attribute).into_iter().flat_map(|(on, _)| on)
    }

    /// The values that attributes of the schema do not have: the attribute, the label that it is
    /// on, the value.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let values = self.values.iter();
        values.flat_map(|((name, label), values)| {
            values.iter().map(|value| (&**name, &**label, &**value))
        })
    }

    /// The names and what they are of, labels first.
    pub fn names(&self) -> impl Iterator<Item = (NameKind, &Arc<str>)> {
        let labels = self.labels.iter().map(|name| (NameKind::Label, name));
        let relations = self.relations.keys().map(|name| (NameKind::Relation, name));
        let attributes = self.attributes.keys().map(|name| (NameKind::Attribute, name));
        labels.chain(relations).chain(attributes)
    }
}

impl Schema {
    /// The schema with what sets say beyond it.
    ///
    /// # Errors
    /// When a name cannot stand in a schema.
    pub fn adopting(&self, unknown: &UnknownNames) -> Result<Self, SchemaError> {
        let mut adopted = self.clone();
        for label in &unknown.labels {
            let label = fresh_label(&adopted, label);
            adopted.labels.push(label);
        }
        let mut relations = adopted.relations.clone();
        for (name, (from, to)) in &unknown.relations {
            let (from, to) = (from.iter().cloned().collect(), to.iter().cloned().collect());
            relations.push(fresh_relation(&adopted, name, from, to));
        }
        let mut attributes = adopted.attributes.clone();
        for attribute in &mut attributes {
            for ((name, label), values) in &unknown.values {
                if *name == attribute.name && attribute.is_on(label) {
                    let fresh = values.iter().filter(|value| !attribute.values.contains(value));
                    let fresh: Vec<_> = fresh.cloned().collect();
                    attribute.values.extend(fresh);
                }
            }
        }
        for (name, found) in &unknown.attributes {
            // One that nothing has since its label was removed has its values and its default.
            let (on, values) = found;
            let is_left = |one: &&mut AttributeDefinition| {
                one.name == *name
                    && one.on.is_empty()
                    && values.iter().all(|value| one.values.contains(value))
            };
            match attributes.iter_mut().find(is_left) {
                Some(left) => left.on.extend(on.iter().cloned()),
                None => attributes.push(fresh_attribute(name, found)),
            }
        }
        Self::assemble(adopted.labels, relations, attributes, adopted.checks)
    }
}

fn fresh_attribute(name: &Arc<str>, (on, values): &TwoSets) -> AttributeDefinition {
    let known = values.iter().filter(|value| ***value != *UNSPECIFIED && !value.is_empty());
    let known: Vec<Arc<str>> = known.cloned().collect();
    // With one value there is nothing to choose.
    let other = known.is_empty().then(|| Arc::from("other"));
    let values = known.into_iter().chain(other);
    AttributeDefinition {
        title: name.to_string(),
        name: name.clone(),
        key: None,
        on: on.iter().cloned().collect(),
        values: std::iter::once(Arc::from(UNSPECIFIED)).chain(values).collect(),
    }
}
