use std::sync::Arc;

use foldhash::HashMap;

use crate::corpus::{AnnotationSet, Id, Relation};

/// The relations by label and by where their ends stand in the set: an order that does
/// not change where ids do, for formats that have ids of their own.
pub(super) fn in_order(set: &AnnotationSet) -> Vec<&Arc<Relation>> {
    let places: HashMap<&Id, usize> =
        set.annotations().iter().zip(0..).map(|(annotation, at)| (&annotation.id, at)).collect();
    let place = |id| places.get(id).copied();
    let mut relations: Vec<&Arc<Relation>> = set.relations().iter().collect();
    relations.sort_by_key(|r| (&r.label, place(&r.from), place(&r.to)));
    relations
}
