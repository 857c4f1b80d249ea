use std::sync::Arc;

use crate::corpus::{RelationDefinition, Schema};

/// What a schema's relations are for, found by the labels at their ends alone: a
/// project that calls them otherwise is counted just so.
pub struct Roles<'a> {
    schema: &'a Schema,
    identities: Vec<&'a RelationDefinition>,
    targets: Vec<&'a RelationDefinition>,
    pairs: Vec<&'a RelationDefinition>,
}

impl<'a> Roles<'a> {
    /// The roles that a schema's relations have.
    #[must_use]
    pub fn of(schema: &'a Schema) -> Self {
        let relations = schema.relations().iter();
        let (identities, others): (Vec<_>, Vec<_>) =
            relations.partition(|relation| is_identity(relation, schema.labels().len()));
        let mut roles = Self { schema, identities, targets: Vec::new(), pairs: Vec::new() };
        let named = |relation: &RelationDefinition| relation.to.iter().any(|l| roles.is_named(l));
        roles.targets = others.iter().copied().filter(|relation| named(relation)).collect();
        let paired = |relation: &RelationDefinition| {
            let ways = |from| relation.to.iter().map(move |to| (from, to));
            let mut ways = relation.from.iter().flat_map(ways);
            ways.any(|(from, to)| roles.sources(&relation.name, from, to).next().is_some())
        };
        roles.pairs = others.into_iter().filter(|relation| paired(relation)).collect();
        roles
    }

    /// The relations that say of two annotations that they mean the same: those that
    /// lead from some labels to just these labels, such as `same-as`.
    #[must_use]
    pub fn identities(&self) -> &[&'a RelationDefinition] {
        &self.identities
    }

    /// The relations that lead to something that is mentioned again and again, such
    /// as `attributed-to`: what they lead to can be joined by an identity.
    #[must_use]
    pub fn targets(&self) -> &[&'a RelationDefinition] {
        &self.targets
    }

    /// The relations between two things that both lead to a target of their own,
    /// such as `denies`: both a denial and a claim have a source.
    #[must_use]
    pub fn pairs(&self) -> &[&'a RelationDefinition] {
        &self.pairs
    }

    /// Whether annotations with the label can be joined by an identity.
    pub(super) fn is_named(&self, label: &str) -> bool {
        self.identities.iter().any(|identity| identity.fits(label, label))
    }

    /// Whether a relation so labelled joins annotations with these labels.
    pub(super) fn joins(&self, relation: &str, from: &str, to: &str) -> bool {
        self.identities
            .iter()
            .any(|identity| *identity.name == *relation && identity.fits(from, to))
    }

    /// Whether a relation so labelled leads to a target there.
    pub(super) fn leads_to_target(&self, relation: &str, from: &str, to: &str) -> bool {
        let named = self.is_named(to);
        named && self.targets.iter().any(|t| *t.name == *relation && t.fits(from, to))
    }

    /// Of a pair between these labels, the relations that lead from both of its ends
    /// to a target.
    pub(super) fn sources(
        &self,
        pair: &str,
        from: &str,
        to: &str,
    ) -> impl Iterator<Item = &'a RelationDefinition> {
        let fits = self.schema.relation(pair).is_some_and(|pair| pair.fits(from, to));
        let has = |relation: &RelationDefinition, label: &str| {
            relation.from.iter().any(|name| **name == *label)
        };
        self.targets.iter().copied().filter(move |target| {
            fits && *target.name != *pair && has(target, from) && has(target, to)
        })
    }
}

/// From just the labels that it leads to. Where it may join anything with anything,
/// as a relation does that was only just added, it says nothing of what it joins.
fn is_identity(relation: &RelationDefinition, labels: usize) -> bool {
    let within = |one: &[Arc<str>], other: &[Arc<str>]| one.iter().all(|name| other.contains(name));
    let same = within(&relation.from, &relation.to) && within(&relation.to, &relation.from);
    same && !relation.from.is_empty() && (relation.from.len() < labels || labels == 1)
}
