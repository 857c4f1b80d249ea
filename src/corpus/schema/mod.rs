//! What can be said in a project: labels, relations, attributes, and what is
//! expected of them. All of it is data; no name stands in the code.

mod adopt;
mod attribute;
mod check;
mod fresh;
mod label;
mod relation;
mod rename;
mod revalue;

pub use adopt::UnknownNames;
pub use attribute::AttributeDefinition;
pub use check::{Check, NameKind};
pub use fresh::{fresh_attribute, fresh_label, fresh_relation};
pub use label::{LabelDefinition, LinePattern, Rgb};
pub use relation::RelationDefinition;
pub use rename::{capitalised, spaced};
pub use revalue::Revaluing;

use std::collections::HashSet;
use std::sync::Arc;

use thiserror::Error;

use super::{Annotation, TO_DISCUSS};

/// The labels, relations, attributes and checks of a project, each in the order
/// in which it is shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Schema {
    labels: Vec<LabelDefinition>,
    relations: Vec<RelationDefinition>,
    attributes: Vec<AttributeDefinition>,
    checks: Vec<Check>,
}

/// Why a schema cannot serve.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SchemaError {
    /// Names stand in files and must say something.
    #[error("{} has no name", .0.one())]
    NoName(NameKind),
    /// Names tell what is meant.
    #[error("two {kind}s are called \"{name}\"", kind = .0.title(), name = .1)]
    TwiceNamed(NameKind, String),
    /// Who types or reads them takes the two for one.
    #[error("there is {kind} \"{other}\" already, which differs in capitals alone", kind = .0.one(), other = .1)]
    NearlyNamed(NameKind, String),
    /// One key does one thing.
    #[error("\"{0}\" and \"{1}\" have the same key {2}")]
    SameKey(String, String, char),
    /// Keys are typed alone.
    #[error("the key of \"{0}\" is not a digit or a small letter")]
    KeyUnfit(String),
    /// Something names what is not there.
    #[error("\"{by}\" names the {kind} \"{name}\", which the schema does not have", by = .0, kind = .1.title(), name = .2)]
    Unknown(String, NameKind, String),
    /// With one value there is nothing to choose.
    #[error("the attribute \"{0}\" has fewer than two values")]
    FewValues(String),
    /// Values are told apart by what they say.
    #[error("the attribute \"{0}\" has a value twice, or one without a name")]
    SameValues(String),
    /// A check that could never find anything.
    #[error("a check asks whether a {label} has {attribute}: {value}, which it cannot have")]
    CheckUnfit {
        /// The label.
        label: String,
        /// The attribute.
        attribute: String,
        /// The value.
        value: String,
    },
    /// Kept for the mark that every annotation can have.
    #[error("the attribute name \"{TO_DISCUSS}\" is kept for what is to be discussed")]
    Reserved,
}

impl Schema {
    /// A schema of these parts.
    ///
    /// # Errors
    /// When names or keys clash, or a part names what is not there.
    pub fn assemble(
        labels: Vec<LabelDefinition>,
        relations: Vec<RelationDefinition>,
        attributes: Vec<AttributeDefinition>,
        checks: Vec<Check>,
    ) -> Result<Self, SchemaError> {
        let schema = Self { labels, relations, attributes, checks };
        schema.refuse_clashing_names()?;
        schema.refuse_clashing_keys()?;
        schema.refuse_unknown_names()?;
        Ok(schema)
    }

    /// The labels.
    #[must_use]
    pub fn labels(&self) -> &[LabelDefinition] {
        &self.labels
    }

    /// The relations.
    #[must_use]
    pub fn relations(&self) -> &[RelationDefinition] {
        &self.relations
    }

    /// The attributes.
    #[must_use]
    pub fn attributes(&self) -> &[AttributeDefinition] {
        &self.attributes
    }

    /// What is expected of annotation sets.
    #[must_use]
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The label at `index`.
    #[must_use]
    pub fn label_at(&self, index: usize) -> Option<&LabelDefinition> {
        self.labels.get(index)
    }

    /// The label called `name`, if the schema has it.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&LabelDefinition> {
        self.labels.iter().find(|label| *label.name == *name)
    }

    /// The relation called `name`, if the schema has it.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&RelationDefinition> {
        self.relations.iter().find(|relation| *relation.name == *name)
    }

    /// Whether something of that kind is called so.
    #[must_use]
    pub fn has_name(&self, kind: NameKind, name: &str) -> bool {
        match kind {
            NameKind::Label => self.label(name).is_some(),
            NameKind::Relation => self.relation(name).is_some(),
            NameKind::Attribute => self.attributes.iter().any(|a| *a.name == *name),
        }
    }

    /// Whether each name that an earlier schema has not differs from all others of its kind in more
    /// than capitals. What comes from files may not.
    ///
    /// # Errors
    /// When one does not.
    pub fn tells_new_names_apart(&self, earlier: &Self) -> Result<(), SchemaError> {
        for kind in [NameKind::Label, NameKind::Relation, NameKind::Attribute] {
            let names = self.names(kind);
            for new in names.iter().filter(|name| !earlier.has_name(kind, name)) {
                let is_near =
                    |other: &&&str| *other != new && other.to_lowercase() == new.to_lowercase();
                if let Some(other) = names.iter().find(is_near) {
                    return Err(SchemaError::NearlyNamed(kind, (*other).to_owned()));
                }
            }
        }
        Ok(())
    }

    fn names(&self, kind: NameKind) -> Vec<&str> {
        match kind {
            NameKind::Label => self.labels.iter().map(|label| &*label.name).collect(),
            NameKind::Relation => self.relations.iter().map(|one| &*one.name).collect(),
            NameKind::Attribute => self.attributes.iter().map(|one| &*one.name).collect(),
        }
    }

    /// The relations that may lead from one label to another.
    pub fn relations_between<'a>(
        &'a self,
        from: &'a str,
        to: &'a str,
    ) -> impl Iterator<Item = &'a RelationDefinition> {
        self.relations.iter().filter(move |relation| relation.fits(from, to))
    }

    /// The attributes that annotations with a label have.
    pub fn attributes_of<'a>(
        &'a self,
        label: &'a str,
    ) -> impl Iterator<Item = &'a AttributeDefinition> {
        self.attributes.iter().filter(move |attribute| attribute.is_on(label))
    }

    /// The attribute of that name that annotations with a label have.
    #[must_use]
    pub fn attribute_of(&self, label: &str, name: &str) -> Option<&AttributeDefinition> {
        self.attributes.iter().find(|a| a.is_on(label) && *a.name == *name)
    }

    /// The names of attributes, each once, with the title and key of the first so called.
    #[must_use]
    pub fn attribute_names(&self) -> Vec<&AttributeDefinition> {
        let mut seen = HashSet::new();
        self.attributes.iter().filter(|attribute| seen.insert(&attribute.name)).collect()
    }

    /// The value that an annotation has of an attribute, stored or by default.
    #[must_use]
    pub fn value<'a>(
        &self,
        annotation: &'a Annotation,
        attribute: &'a AttributeDefinition,
    ) -> &'a str {
        let stored = annotation.attributes.get(&*attribute.name);
        stored.map_or(attribute.default_value(), String::as_str)
    }

    fn refuse_clashing_names(&self) -> Result<(), SchemaError> {
        let labels = self.labels.iter().map(|label| &label.name).collect::<Vec<_>>();
        let relations = self.relations.iter().map(|relation| &relation.name).collect::<Vec<_>>();
        for (kind, names) in [(NameKind::Label, labels), (NameKind::Relation, relations)] {
            let mut seen = HashSet::new();
            for name in names {
                if name.trim().is_empty() {
                    return Err(SchemaError::NoName(kind));
                }
                if !seen.insert(name) {
                    return Err(SchemaError::TwiceNamed(kind, name.to_string()));
                }
            }
        }
        let mut seen = HashSet::new();
        for attribute in &self.attributes {
            if attribute.name.trim().is_empty() {
                return Err(SchemaError::NoName(NameKind::Attribute));
            }
            if *attribute.name == *TO_DISCUSS {
                return Err(SchemaError::Reserved);
            }
            let values: HashSet<_> = attribute.values.iter().filter(|v| !v.is_empty()).collect();
            if values.len() < attribute.values.len() {
                return Err(SchemaError::SameValues(attribute.name.to_string()));
            }
            if values.len() < 2 {
                return Err(SchemaError::FewValues(attribute.name.to_string()));
            }
            for label in &attribute.on {
                if !seen.insert((&attribute.name, label)) {
                    let name = attribute.name.to_string();
                    return Err(SchemaError::TwiceNamed(NameKind::Attribute, name));
                }
            }
        }
        Ok(())
    }

    fn refuse_clashing_keys(&self) -> Result<(), SchemaError> {
        let labels = self.labels.iter().map(|label| (&label.name, label.key));
        let attributes = self.attribute_names().into_iter().map(|a| (&a.name, a.key));
        let mut seen: Vec<(&Arc<str>, char)> = Vec::new();
        for (name, key) in labels.chain(attributes) {
            let Some(key) = key else { continue };
            if !key.is_ascii_digit() && !key.is_ascii_lowercase() {
                return Err(SchemaError::KeyUnfit(name.to_string()));
            }
            if let Some((other, _)) = seen.iter().find(|(_, taken)| *taken == key) {
                return Err(SchemaError::SameKey(other.to_string(), name.to_string(), key));
            }
            seen.push((name, key));
        }
        Ok(())
    }

    /// Whether annotations can have the value that a check asks for, if it does.
    fn can_meet(&self, check: &Check) -> bool {
        let Check::RelationOrValue { label, attribute, value, .. } = check else { return true };
        let definition = self.attribute_of(label, attribute);
        definition.is_some_and(|definition| definition.values.contains(value))
    }

    fn refuse_unknown_names(&self) -> Result<(), SchemaError> {
        let known = |by: &str, kind: NameKind, name: &Arc<str>| {
            let there = match kind {
                NameKind::Label => self.label(name).is_some(),
                NameKind::Relation => self.relation(name).is_some(),
                NameKind::Attribute => self.attributes.iter().any(|a| a.name == *name),
            };
            let unknown = || SchemaError::Unknown(by.to_owned(), kind, name.to_string());
            if there { Ok(()) } else { Err(unknown()) }
        };
        for relation in &self.relations {
            for label in relation.from.iter().chain(&relation.to) {
                known(&relation.name, NameKind::Label, label)?;
            }
        }
        for attribute in &self.attributes {
            for label in &attribute.on {
                known(&attribute.name, NameKind::Label, label)?;
            }
        }
        for check in &self.checks {
            for (kind, name) in check.names().into_iter().flatten() {
                known("checks", kind, name)?;
            }
            if let Check::RelationOrValue { label, attribute, value, .. } = check
                && !self.can_meet(check)
            {
                let [label, attribute, value] = [label, attribute, value].map(ToString::to_string);
                return Err(SchemaError::CheckUnfit { label, attribute, value });
            }
        }
        Ok(())
    }
}
