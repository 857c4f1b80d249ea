//! A schema in which something is called otherwise, added to or left out.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Check, LabelDefinition, NameKind, Schema, SchemaError};

impl Schema {
    /// The schema with one of its names replaced wherever it stands. Where the
    /// new name is taken, the two become one: what was called by the old name is
    /// left out, and what named it names the other.
    ///
    /// # Errors
    /// When the outcome could not serve, such as with an empty name.
    pub fn renamed(&self, kind: NameKind, old: &str, new: &str) -> Result<Self, SchemaError> {
        let new: Arc<str> = new.trim().into();
        let mut schema = self.clone();
        schema.retitle(kind, old, &new);
        let replace = |names: &mut Vec<Arc<str>>| {
            for name in names.iter_mut().filter(|name| ***name == *old) {
                *name = new.clone();
            }
            let mut seen = HashSet::new();
            names.retain(|name| seen.insert(name.clone()));
        };
        match kind {
            NameKind::Label => {
                rename_first(&mut schema.labels, old, &new, |label| &mut label.name);
                for relation in &mut schema.relations {
                    replace(&mut relation.from);
                    replace(&mut relation.to);
                }
                schema.attributes.iter_mut().for_each(|attribute| replace(&mut attribute.on));
                schema.leave_out_second_definitions();
            }
            NameKind::Relation => {
                rename_first(&mut schema.relations, old, &new, |relation| &mut relation.name);
            }
            NameKind::Attribute => {
                for attribute in schema.attributes.iter_mut().filter(|a| *a.name == *old) {
                    attribute.name = new.clone();
                }
                schema.leave_out_second_definitions();
            }
        }
        let mut checks: Vec<Check> = Vec::new();
        for check in &self.checks {
            let renamed = check.renamed(kind, old, &new);
            // Of two that have become one, a check may ask what it cannot have.
            if !checks.contains(&renamed) && schema.can_meet(&renamed) {
                checks.push(renamed);
            }
        }
        Self::assemble(schema.labels, schema.relations, schema.attributes, checks)
    }

    /// The schema without one of its names, and without what cannot be without it.
    ///
    /// # Errors
    /// Never in fact: what is left names nothing that is not there.
    pub fn without(&self, kind: NameKind, name: &str) -> Result<Self, SchemaError> {
        let mut schema = self.clone();
        match kind {
            NameKind::Label => {
                schema.labels.retain(|label| *label.name != *name);
                for relation in &mut schema.relations {
                    relation.from.retain(|label| **label != *name);
                    relation.to.retain(|label| **label != *name);
                }
                schema.attributes.iter_mut().for_each(|a| a.on.retain(|label| **label != *name));
            }
            NameKind::Relation => schema.relations.retain(|relation| *relation.name != *name),
            NameKind::Attribute => schema.attributes.retain(|a| *a.name != *name),
        }
        let names = |check: &Check| {
            let named = check.names();
            named.into_iter().flatten().any(|(of, called)| of == kind && **called == *name)
        };
        // A link that leads nowhere any more can be asked of nothing.
        let leads = |of: &Self, name: &str| {
            of.relation(name).is_some_and(|one| !one.from.is_empty() && !one.to.is_empty())
        };
        let asks_in_vain = |check: &Check| match check {
            Check::Relation { relation, .. } | Check::RelationOrValue { relation, .. } => {
                leads(self, relation) && !leads(&schema, relation)
            }
            _ => false,
        };
        let stays =
            |check: &&Check| !names(check) && !asks_in_vain(check) && schema.can_meet(check);
        let checks = self.checks.iter().filter(stays).cloned().collect();
        Self::assemble(schema.labels, schema.relations, schema.attributes, checks)
    }

    /// The schema with one more label, behind the others.
    ///
    /// # Errors
    /// When its name or key is taken.
    pub fn with_label(&self, label: LabelDefinition) -> Result<Self, SchemaError> {
        let mut labels = self.labels.clone();
        labels.push(label);
        let Self { relations, attributes, checks, .. } = self.clone();
        Self::assemble(labels, relations, attributes, checks)
    }

    /// A title that only says the name says the new one.
    fn retitle(&mut self, kind: NameKind, old: &str, new: &str) {
        let retitle = |title: &mut String| {
            if title.eq_ignore_ascii_case(old) {
                *title = capitalised(new);
            } else if *title == spaced(old) {
                *title = spaced(new);
            }
        };
        match kind {
            NameKind::Label => {
                let called = self.labels.iter_mut().filter(|label| *label.name == *old);
                called.for_each(|label| retitle(&mut label.title));
            }
            NameKind::Relation => {
                let called = self.relations.iter_mut().filter(|r| *r.name == *old);
                called.for_each(|relation| {
                    if relation.title == spaced(old) {
                        relation.title = spaced(new);
                    }
                });
            }
            NameKind::Attribute => {
                let called = self.attributes.iter_mut().filter(|a| *a.name == *old);
                called.for_each(|attribute| retitle(&mut attribute.title));
            }
        }
    }

    /// Where two labels or attributes have become one, the definition that came
    /// first holds.
    fn leave_out_second_definitions(&mut self) {
        let mut seen = HashSet::new();
        for attribute in &mut self.attributes {
            attribute.on.retain(|label| seen.insert((attribute.name.clone(), label.clone())));
        }
    }
}

/// A name as the title of a label: `Claim` for `claim`.
#[must_use]
pub fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

/// A name as the title of a link: `attributed to` for `attributed-to`.
#[must_use]
pub fn spaced(name: &str) -> String {
    name.replace('-', " ")
}

/// Gives the definition called `old` another name, or leaves it out where
/// another is called so already.
fn rename_first<T>(
    definitions: &mut Vec<T>,
    old: &str,
    new: &Arc<str>,
    name: impl Fn(&mut T) -> &mut Arc<str>,
) {
    if definitions.iter_mut().any(|definition| **name(definition) == **new) {
        if old != &**new {
            definitions.retain_mut(|definition| **name(definition) != *old);
        }
        return;
    }
    for definition in definitions.iter_mut() {
        if **name(definition) == *old {
            *name(definition) = new.clone();
        }
    }
}
