//! What becomes of stored values where the values of an attribute are listed otherwise.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{AttributeDefinition, Check, Schema};
use crate::corpus::Annotation;

/// What annotations have to store so that each says with another schema what it said with the
/// one before. The default is not stored: where another value comes first, what was the default
/// is to be stored from then on. A value that stands in the place of another is that one under
/// another name.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Revaluing(Vec<Revalued>);

/// The same of one attribute.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Revalued {
    name: Arc<str>,
    /// The labels that have it before and after.
    on: BTreeSet<Arc<str>>,
    /// Values that are called otherwise: the old and the new name.
    renamed: Vec<(Arc<str>, Arc<str>)>,
    /// What is to be stored where nothing was.
    by_default: Option<Arc<str>>,
    /// What is not stored any more.
    default: Arc<str>,
    /// Values that are left out: what has them keeps them.
    gone: Vec<Arc<str>>,
    /// What had the old default has the new one, since all values are others.
    relisted: Option<(Arc<str>, Arc<str>)>,
}

impl Revaluing {
    /// What has to be stored otherwise. Attributes are told by their places and names: one that
    /// is renamed, or moved, is changed in no other way at the same time.
    #[must_use]
    pub fn between(before: &Schema, after: &Schema) -> Self {
        if before.attributes.len() != after.attributes.len() {
            return Self::default();
        }
        let pairs = before.attributes.iter().zip(&after.attributes);
        let changed = pairs.filter(|(before, after)| before.name == after.name);
        Self(changed.filter_map(|(before, after)| Revalued::between(before, after)).collect())
    }

    /// Whether everything may stay as it is stored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Words of which each set that is concerned has one: labels where what has no value is
    /// concerned, or else names of attributes.
    #[must_use]
    pub fn naming(&self) -> Vec<String> {
        let words = self.0.iter().flat_map(|one| match one.by_default {
            Some(_) => one.on.iter().collect(),
            None => vec![&one.name],
        });
        words.map(ToString::to_string).collect()
    }

    /// What an annotation becomes; `None` where it stays as it is.
    #[must_use]
    pub fn annotation(&self, annotation: &Annotation) -> Option<Annotation> {
        let concerned = self.0.iter().filter(|one| one.on.contains(&annotation.label));
        let changes: Vec<(&Arc<str>, Option<&str>)> = concerned
            .filter_map(|one| {
                let stored = annotation.attributes.get(&*one.name).map(String::as_str);
                let value = match stored {
                    Some(value) => Some(one.called(value).map_or(value, |new| new)),
                    None => one.by_default.as_deref(),
                };
                let value = value.filter(|value| **value != *one.default);
                (value != stored).then_some((&one.name, value))
            })
            .collect();
        if changes.is_empty() {
            return None;
        }
        let mut changed = annotation.clone();
        for (name, value) in changes {
            match value {
                Some(value) => changed.attributes.insert(name.to_string(), value.to_owned()),
                None => changed.attributes.remove(&**name),
            };
        }
        Some(changed)
    }

    /// The values of an annotation that are left out of the schema: name and value. It keeps them.
    pub fn gone<'a>(
        &'a self,
        annotation: &'a Annotation,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let concerned = self.0.iter().filter(|one| one.on.contains(&annotation.label));
        concerned.filter_map(|one| {
            let stored = annotation.attributes.get(&*one.name).map(String::as_str);
            let value = stored.or(one.by_default.as_deref())?;
            let is_gone = one.gone.iter().any(|gone| **gone == *value);
            is_gone.then_some((&*one.name, value))
        })
    }

    /// The values that are called otherwise: the attribute, the old and the new name. What had the
    /// default has another one under a new name, too, where all values are others.
    pub fn renamed(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.0.iter().flat_map(|one| {
            let pairs = one.renamed.iter().chain(&one.relisted);
            pairs.map(|(old, new)| (&*one.name, &**old, &**new))
        })
    }

    /// What checks ask for, under the names that values have now.
    #[must_use]
    pub fn check(&self, check: &Check) -> Check {
        let mut changed = check.clone();
        if let Check::RelationOrValue { label, attribute, value, .. } = &mut changed {
            let of = self.0.iter().find(|one| one.name == *attribute && one.on.contains(label));
            if let Some(new) = of.and_then(|one| one.called(value)) {
                *value = new.clone();
            }
        }
        changed
    }
}

impl Revalued {
    fn between(before: &AttributeDefinition, after: &AttributeDefinition) -> Option<Self> {
        let (old, new) = (&before.values, &after.values);
        let is_renamed =
            |(one, other): &(&Arc<str>, &Arc<str>)| !new.contains(one) && !old.contains(other);
        let in_place = if old.len() == new.len() { old.len() } else { 0 };
        let renamed: Vec<(Arc<str>, Arc<str>)> = old
            .iter()
            .zip(new)
            .take(in_place)
            .filter(is_renamed)
            .map(|(one, other)| (one.clone(), other.clone()))
            .collect();
        let default = new.first()?.clone();
        let is_gone = |value: &&Arc<str>| {
            !new.contains(value) && !renamed.iter().any(|(known, _)| known == *value)
        };
        let gone: Vec<Arc<str>> = old.iter().skip(1).filter(is_gone).cloned().collect();
        let on = before.on.iter().filter(|label| after.is_on(label)).cloned().collect();
        let (name, by_default, relisted) = (before.name.clone(), None, None);
        let mut revalued = Self { name, on, renamed, by_default, default, gone, relisted };
        let had = old.first()?;
        let had = revalued.called(had).unwrap_or(had).clone();
        let stays = !revalued.renamed.is_empty() || old.iter().any(|value| new.contains(value));
        if had != revalued.default && !stays {
            // None of the values is there any more: as for an attribute that was just added.
            revalued.relisted = Some((had, revalued.default.clone()));
        } else if had != revalued.default {
            revalued.gone.extend(Some(&had).filter(|had| !new.contains(had)).cloned());
            revalued.by_default = Some(had);
        }
        let is_concerned = revalued.by_default.is_some()
            || revalued.relisted.is_some()
            || !revalued.renamed.is_empty()
            || !revalued.gone.is_empty()
            || old.iter().skip(1).any(|value| *value == revalued.default);
        is_concerned.then_some(revalued)
    }

    /// What a value is called now, where that is something else.
    fn called(&self, value: &str) -> Option<&Arc<str>> {
        self.renamed.iter().find(|(old, _)| **old == *value).map(|(_, new)| new)
    }
}

impl Schema {
    /// The schema with these attributes, which are as many as before; its checks ask for values
    /// by the names that these have now.
    ///
    /// # Errors
    /// When the outcome could not serve, such as with one value alone.
    pub fn with_attributes(
        &self,
        attributes: Vec<AttributeDefinition>,
    ) -> Result<Self, super::SchemaError> {
        let changed = Self { attributes, ..self.clone() };
        let revaluing = Revaluing::between(self, &changed);
        let checks = self.checks.iter().map(|check| revaluing.check(check)).collect();
        Self::assemble(changed.labels, changed.relations, changed.attributes, checks)
    }
}
