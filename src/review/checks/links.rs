//! Whether what should be linked is, and how.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use super::{Finding, FindingKind, Mend, Subject};
use crate::corpus::{Annotation, Id};

/// More characters of a quote than a mend's title has room for.
const QUOTE: usize = 24;

pub(super) fn relation_or_value(
    subject: &Subject<'_>,
    label: &Arc<str>,
    relation: &Arc<str>,
    (attribute, value): (&Arc<str>, &Arc<str>),
    found: &mut Vec<Finding>,
) {
    let Some(definition) = subject.schema.attribute_of(label, attribute) else { return };
    for annotation in subject.labelled(label) {
        let has_value = subject.schema.value(annotation, definition) == &**value;
        let linked = subject.starts(annotation, relation);
        let set = |value: &Arc<str>| Mend::SetValue {
            attribute: attribute.clone(),
            value: value.clone(),
            default: definition.default_value() == &**value,
        };
        if !has_value && !linked {
            let or = Some((attribute.clone(), value.clone()));
            let kind =
                FindingKind::NoRelation { label: label.clone(), relation: relation.clone(), or };
            let mends = subject.mends(|| {
                let nearest = link_to_nearest(subject, annotation, relation);
                nearest.into_iter().chain([set(value)]).collect()
            });
            found.push(about(annotation, kind, mends));
        } else if has_value && linked {
            let kind = FindingKind::RelationAndValue {
                label: label.clone(),
                relation: relation.clone(),
                attribute: attribute.clone(),
                value: value.clone(),
            };
            let default = definition.values.first().filter(|default| *default != value).map(set);
            let remove = subject
                .started(annotation)
                .filter(|r| r.label == *relation)
                .map(|r| Mend::RemoveRelation(r.id.clone()));
            let mends = subject.mends(|| default.into_iter().chain(remove).collect());
            found.push(about(annotation, kind, mends));
        }
    }
}

pub(super) fn relation(
    subject: &Subject<'_>,
    label: &Arc<str>,
    relation: &Arc<str>,
    found: &mut Vec<Finding>,
) {
    for annotation in subject.labelled(label).filter(|a| !subject.starts(a, relation)) {
        let (label, name) = (label.clone(), relation.clone());
        let kind = FindingKind::NoRelation { label, relation: name, or: None };
        let mends =
            subject.mends(|| link_to_nearest(subject, annotation, relation).into_iter().collect());
        found.push(about(annotation, kind, mends));
    }
}

pub(super) fn linked(subject: &Subject<'_>, label: &Arc<str>, found: &mut Vec<Finding>) {
    for annotation in subject.labelled(label) {
        if subject.set.relations_of(&annotation.id).next().is_none() {
            let kind = FindingKind::Unlinked { label: label.clone() };
            found.push(about(annotation, kind, Vec::new()));
        }
    }
}

pub(super) fn relation_ends(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for relation in subject.set.relations() {
        let ends = (subject.set.annotation(&relation.from), subject.set.annotation(&relation.to));
        let (Some(from), Some(to)) = ends else { continue };
        let definition = subject.schema.relation(&relation.label);
        if definition.is_some_and(|definition| definition.fits(&from.label, &to.label)) {
            continue;
        }
        let kind = FindingKind::RelationEnds {
            relation: relation.id.clone(),
            label: relation.label.clone(),
            from: from.label.clone(),
            to: to.label.clone(),
        };
        let mends = subject.mends(|| vec![Mend::RemoveRelation(relation.id.clone())]);
        found.push(about(from, kind, mends));
    }
}

/// One finding for each tangle of circles: what is left when everything is taken
/// away, again and again, that no relation leads to or from.
pub(super) fn no_cycle(subject: &Subject<'_>, label: &Arc<str>, found: &mut Vec<Finding>) {
    let links = subject.set.relations().iter().filter(|relation| relation.label == *label);
    let mut from: BTreeMap<&Id, BTreeSet<&Id>> = BTreeMap::new();
    let mut to: BTreeMap<&Id, BTreeSet<&Id>> = BTreeMap::new();
    for link in links {
        from.entry(&link.from).or_default().insert(&link.to);
        to.entry(&link.to).or_default().insert(&link.from);
    }
    let all: BTreeSet<&Id> = from.keys().chain(to.keys()).copied().collect();
    let mut waiting: VecDeque<&Id> = all.into_iter().collect();
    while let Some(id) = waiting.pop_front() {
        let leads_on = from.get(id).is_some_and(|ends| !ends.is_empty());
        let is_led_to = to.get(id).is_some_and(|ends| !ends.is_empty());
        if leads_on && is_led_to {
            continue;
        }
        for end in from.remove(id).into_iter().flatten() {
            to.entry(end).or_default().remove(id);
            waiting.push_back(end);
        }
        for end in to.remove(id).into_iter().flatten() {
            from.entry(end).or_default().remove(id);
            waiting.push_back(end);
        }
    }
    let mut seen: BTreeSet<&Id> = BTreeSet::new();
    for annotation in subject.set.annotations() {
        let id = &annotation.id;
        if from.get(id).is_none_or(BTreeSet::is_empty) || !seen.insert(id) {
            continue;
        }
        let mut near = vec![id];
        while let Some(id) = near.pop() {
            let beside = from.get(id).into_iter().chain(to.get(id)).flatten();
            near.extend(beside.filter(|end| seen.insert(end)).collect::<Vec<_>>());
        }
        let kind = FindingKind::Cycle { relation: label.clone() };
        found.push(about(annotation, kind, Vec::new()));
    }
}

fn link_to_nearest(
    subject: &Subject<'_>,
    annotation: &Annotation,
    relation: &Arc<str>,
) -> Option<Mend> {
    let definition = subject.schema.relation(relation)?;
    let nearest = definition
        .to
        .iter()
        .filter(|label| definition.fits(&annotation.label, label))
        .filter_map(|label| subject.nearest(label, annotation))
        .min_by_key(|other| (annotation.fragments.distance(&other.fragments), other.order()))?;
    let quote = nearest.quote_start(subject.text, QUOTE);
    Some(Mend::Link { relation: relation.clone(), to: nearest.id.clone(), quote })
}

fn about(annotation: &Annotation, kind: FindingKind, mends: Vec<Mend>) -> Finding {
    let at = annotation.fragments.extent();
    Finding { kind, annotation: annotation.id.clone(), at, mends }
}
