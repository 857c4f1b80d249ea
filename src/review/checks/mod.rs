//! What a schema expects of a set, and where the set is otherwise.

mod edges;
mod finding;
mod links;
mod strings;

pub use finding::{Finding, FindingKind, Mend, Side};

use std::collections::HashMap;

use crate::corpus::{Annotation, AnnotationSet, Check, Id, Relation, Schema};
use crate::text::Text;

/// Everything in a set that is not as its schema expects, in the order of the
/// text; the text is the one that the set is about.
#[must_use]
pub fn check(schema: &Schema, text: &Text, set: &AnnotationSet) -> Vec<Finding> {
    let subject = Subject::new(schema, text, set);
    let mut found = Vec::new();
    for check in schema.checks() {
        match check {
            Check::RelationOrValue { label, relation, attribute, value } => {
                links::relation_or_value(&subject, label, relation, (attribute, value), &mut found);
            }
            Check::Relation { label, relation } => {
                links::relation(&subject, label, relation, &mut found);
            }
            Check::Linked { label } => links::linked(&subject, label, &mut found),
            Check::RelationEnds => links::relation_ends(&subject, &mut found),
            Check::NoCycle { relation } => links::no_cycle(&subject, relation, &mut found),
            Check::CleanEdges => edges::clean_edges(&subject, &mut found),
            Check::SameLabel => strings::same_label(&subject, &mut found),
            Check::EveryOccurrence { label } => {
                strings::every_occurrence(&subject, label, &mut found);
            }
        }
    }
    found.sort_by(|a, b| a.at.start.cmp(&b.at.start).then_with(|| a.key().cmp(&b.key())));
    found
}

/// What is checked, with the ways through it that checks take.
struct Subject<'a> {
    schema: &'a Schema,
    text: &'a Text,
    set: &'a AnnotationSet,
    by_id: HashMap<&'a Id, &'a Annotation>,
    from: HashMap<&'a Id, Vec<&'a Relation>>,
    to: HashMap<&'a Id, Vec<&'a Relation>>,
}

impl<'a> Subject<'a> {
    fn new(schema: &'a Schema, text: &'a Text, set: &'a AnnotationSet) -> Self {
        let by_id = set.annotations().iter().map(|a| (&a.id, &**a)).collect();
        let mut from: HashMap<&Id, Vec<&Relation>> = HashMap::new();
        let mut to: HashMap<&Id, Vec<&Relation>> = HashMap::new();
        for relation in set.relations() {
            from.entry(&relation.from).or_default().push(relation);
            to.entry(&relation.to).or_default().push(relation);
        }
        Self { schema, text, set, by_id, from, to }
    }

    /// The annotations with a label, in order.
    fn labelled(&self, label: &str) -> impl Iterator<Item = &'a Annotation> {
        self.set.annotations().iter().map(|a| &**a).filter(move |a| *a.label == *label)
    }

    /// Whether an annotation starts a relation with that label.
    fn starts(&self, annotation: &Annotation, relation: &str) -> bool {
        let from = self.from.get(&annotation.id);
        from.is_some_and(|started| started.iter().any(|r| *r.label == *relation))
    }
}
