//! What a schema expects of a set, and where the set is otherwise.

mod conflicts;
mod edges;
mod finding;
mod links;
mod occurrences;
mod still_open;
mod strings;

pub use finding::{Finding, FindingKind, Mend, Side};

use foldhash::{HashMap, HashMapExt};

use crate::corpus::{Annotation, AnnotationSet, Check, Relation, Schema};
use crate::text::{Offset, Text};

/// Everything in a set that is not as its schema expects, in the order of the
/// text; the text is the one that the set is about.
#[must_use]
pub fn check(schema: &Schema, text: &Text, set: &AnnotationSet) -> Vec<Finding> {
    found_in(&Subject::new(schema, text, set))
}

/// The same without what would mend it, for a look at many.
#[must_use]
pub(super) fn check_without_mends(
    schema: &Schema,
    text: &Text,
    set: &AnnotationSet,
) -> Vec<Finding> {
    found_in(&Subject { with_mends: false, ..Subject::new(schema, text, set) })
}

fn found_in(subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut of_every_occurrence = Vec::new();
    conflicts::conflicts(subject, &mut found);
    for check in subject.schema.checks() {
        match check {
            Check::RelationOrValue { label, relation, attribute, value } => {
                links::relation_or_value(subject, label, relation, (attribute, value), &mut found);
            }
            Check::Relation { label, relation } => {
                links::relation(subject, label, relation, &mut found);
            }
            Check::Linked { label } => links::linked(subject, label, &mut found),
            Check::RelationEnds => links::relation_ends(subject, &mut found),
            Check::NoCycle { relation } => links::no_cycle(subject, relation, &mut found),
            Check::CleanEdges => edges::clean_edges(subject, &mut found),
            Check::SameLabel => strings::same_label(subject, &mut found),
            Check::EveryOccurrence { label } => of_every_occurrence.push(label),
        }
    }
    strings::every_occurrence(subject, &of_every_occurrence, &mut found);
    found.sort_by(|a, b| a.at.start.cmp(&b.at.start).then_with(|| a.key().cmp(&b.key())));
    found
}

/// What is checked, with the way through it that checks take.
struct Subject<'a> {
    schema: &'a Schema,
    text: &'a Text,
    set: &'a AnnotationSet,
    /// The annotations of each label in order, each with the furthest end so far.
    by_label: HashMap<&'a str, Vec<(&'a Annotation, Offset)>>,
    /// Whether it is wanted what would mend a finding.
    with_mends: bool,
}

impl<'a> Subject<'a> {
    fn new(schema: &'a Schema, text: &'a Text, set: &'a AnnotationSet) -> Self {
        let mut by_label: HashMap<&str, Vec<(&Annotation, Offset)>> = HashMap::new();
        for annotation in set.annotations() {
            let labelled = by_label.entry(&annotation.label).or_default();
            let before = labelled.last().map_or(Offset::ZERO, |(_, furthest)| *furthest);
            labelled.push((annotation, before.max(annotation.fragments.extent().end)));
        }
        Self { schema, text, set, by_label, with_mends: true }
    }

    /// What would mend a finding, where it is wanted.
    fn mends(&self, mends: impl FnOnce() -> Vec<Mend>) -> Vec<Mend> {
        if self.with_mends { mends() } else { Vec::new() }
    }

    /// The annotation with a label that lies nearest to another.
    fn nearest(&self, label: &str, to: &Annotation) -> Option<&'a Annotation> {
        let labelled = self.by_label.get(label)?;
        let extent = to.fragments.extent();
        let starts_before = |(annotation, _): &(&Annotation, Offset)| {
            annotation.fragments.extent().start < extent.start
        };
        let (before, after) = labelled.split_at(labelled.partition_point(starts_before));
        let distance = |other: &Annotation| to.fragments.distance(&other.fragments);
        let others = after.iter().map(|(annotation, _)| *annotation);
        let mut best = others.filter(|other| other.id != to.id).take(2).min_by_key(|o| distance(o));
        for (other, furthest) in before.iter().rev() {
            // Nothing further back reaches nearer.
            if best.is_some_and(|best| extent.start.since(*furthest) >= distance(best)) {
                break;
            }
            if best.is_none_or(|best| distance(other) < distance(best)) {
                best = Some(other);
            }
        }
        best
    }

    /// The annotations with a label, in order.
    fn labelled(&self, label: &str) -> impl Iterator<Item = &'a Annotation> {
        self.set.annotations().iter().map(|a| &**a).filter(move |a| *a.label == *label)
    }

    /// Whether an annotation starts a relation with that label.
    fn starts(&self, annotation: &Annotation, relation: &str) -> bool {
        self.started(annotation).any(|started| *started.label == *relation)
    }

    /// The relations that an annotation starts.
    fn started(&self, annotation: &Annotation) -> impl Iterator<Item = &'a Relation> {
        let id = annotation.id.clone();
        let relations = self.set.relations_of(&annotation.id).map(|relation| &**relation);
        relations.filter(move |relation| relation.from == id)
    }
}
