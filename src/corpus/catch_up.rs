//! Bringing a set up to what was done to it, where the file may lack the last of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Adrift, Annotation, AnnotationSet, Conflict, Edit, Id, Relation, Status};

/// A set that was brought up to what was done to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaughtUp {
    /// The set as it is to be.
    pub set: AnnotationSet,
    /// How many annotations, relations and statuses it lacked.
    pub brought: usize,
    /// How many were changed otherwise since and were left as they are.
    pub left: usize,
}

/// What an annotation, a relation or the status was, one state after the other.
struct Chain<T> {
    states: Vec<Option<T>>,
}

impl<T: PartialEq + Clone> Chain<T> {
    /// What is to be done where the set has `now`.
    fn last_after(&self, now: Option<&T>) -> Lack<T> {
        let last = self.states.last().and_then(Option::as_ref);
        if last == now {
            return Lack::Nothing;
        }
        if !self.states.iter().any(|state| state.as_ref() == now) {
            return Lack::Unknown;
        }
        last.map_or(Lack::Removal, |last| Lack::State(last.clone()))
    }
}

/// What a set lacks of what was done to one thing.
enum Lack<T> {
    Nothing,
    /// It is to be as it was made last.
    State(T),
    /// It is to be gone.
    Removal,
    /// Somebody else has made something of it that it never was.
    Unknown,
}

/// Does to a set what of these edits it lacks; each comes with its inverse, in the order in
/// which they were done. How many of them the set has already need not be known: each thing
/// is brought to its last state if it is in one of those before, and left alone if it is in
/// none, because somebody else has changed it then.
#[must_use]
#[expect(
    clippy::too_many_lines,
    reason = "one kind of thing after the other, in an order that matters"
)]
pub fn catch_up(set: &AnnotationSet, edits: &[(Edit, Edit)]) -> CaughtUp {
    let mut annotations: BTreeMap<Id, Chain<Arc<Annotation>>> = BTreeMap::new();
    let mut relations: BTreeMap<Id, Chain<Arc<Relation>>> = BTreeMap::new();
    let mut conflicts: BTreeMap<Id, Chain<Arc<Conflict>>> = BTreeMap::new();
    let mut adrift: BTreeMap<Id, Chain<Arc<Adrift>>> = BTreeMap::new();
    let mut status: Chain<Status> = Chain { states: Vec::new() };
    for (edit, inverse) in edits {
        match (edit, inverse) {
            (Edit::Insert(after), _) => add(&mut annotations, &after.id, None, Some(after)),
            (Edit::Remove(id), Edit::Insert(before)) => {
                add(&mut annotations, id, Some(before), None);
            }
            (Edit::Replace(after), Edit::Replace(before)) => {
                add(&mut annotations, &after.id, Some(before), Some(after));
            }
            (Edit::InsertRelation(after), _) => add(&mut relations, &after.id, None, Some(after)),
            (Edit::RemoveRelation(id), Edit::InsertRelation(before)) => {
                add(&mut relations, id, Some(before), None);
            }
            (Edit::InsertAdrift(after), _) => {
                add(&mut adrift, &after.annotation.id, None, Some(after));
            }
            (Edit::RemoveAdrift(id), Edit::InsertAdrift(before)) => {
                add(&mut adrift, id, Some(before), None);
            }
            (Edit::InsertConflict(after), _) => add(&mut conflicts, &after.id, None, Some(after)),
            (Edit::RemoveConflict(id), Edit::InsertConflict(before)) => {
                add(&mut conflicts, id, Some(before), None);
            }
            (Edit::SetStatus(after), Edit::SetStatus(before)) => {
                if status.states.is_empty() {
                    status.states.push(Some(*before));
                }
                status.states.push(Some(*after));
            }
            // No edit has such an inverse.
            _ => {}
        }
    }
    let (mut brought, mut left) = (0, 0);
    let mut count = |happened: Result<bool, ()>| match happened {
        Ok(true) => brought += 1,
        Ok(false) => {}
        Err(()) => left += 1,
    };
    let mut result = set.clone();
    // A conflict goes before what it is about does, and comes after it.
    for (id, chain) in &conflicts {
        let now = set.conflict(id).cloned().map(Arc::new);
        if let Lack::Removal = chain.last_after(now.as_ref()) {
            count(result.apply(Edit::RemoveConflict(id.clone())).map(|_| true).map_err(drop));
        }
    }
    // What is adrift gives its id to what it becomes.
    for (id, chain) in &adrift {
        if let Lack::Removal = chain.last_after(set.adrift_called(id)) {
            count(result.apply(Edit::RemoveAdrift(id.clone())).map(|_| true).map_err(drop));
        }
    }
    // A relation goes before its ends do; one that is to have others comes back after them.
    for (id, chain) in &relations {
        match chain.last_after(set.relation(id)) {
            Lack::Removal => {
                count(result.apply(Edit::RemoveRelation(id.clone())).map(|_| true).map_err(drop));
            }
            Lack::State(_) if set.relation(id).is_some() => {
                let _ = result.apply(Edit::RemoveRelation(id.clone()));
            }
            Lack::State(_) | Lack::Nothing | Lack::Unknown => {}
        }
    }
    for (id, chain) in &annotations {
        count(match chain.last_after(set.annotation(id)) {
            Lack::Nothing => Ok(false),
            Lack::State(state) => put(&mut result, id, Some(state)).map(|()| true),
            Lack::Removal => put(&mut result, id, None).map(|()| true),
            Lack::Unknown => Err(()),
        });
    }
    for (id, chain) in &relations {
        count(match chain.last_after(set.relation(id)) {
            Lack::Nothing | Lack::Removal => Ok(false),
            Lack::State(relation) => {
                let done = result.apply(Edit::InsertRelation(relation)).map(|_| true);
                done.map_err(|_| {
                    // It stays as it is, if its ends are there.
                    if let Some(before) = set.relation(id) {
                        let _ = result.apply(Edit::InsertRelation(before.clone()));
                    }
                })
            }
            Lack::Unknown => Err(()),
        });
    }
    for (id, chain) in &adrift {
        if let Lack::State(one) = chain.last_after(set.adrift_called(id)) {
            let _ = result.apply(Edit::RemoveAdrift(id.clone()));
            count(result.apply(Edit::InsertAdrift(one)).map(|_| true).map_err(drop));
        }
    }
    for (id, chain) in &conflicts {
        let now = set.conflict(id).cloned().map(Arc::new);
        if let Lack::State(conflict) = chain.last_after(now.as_ref()) {
            let _ = result.apply(Edit::RemoveConflict(id.clone()));
            count(result.apply(Edit::InsertConflict(conflict)).map(|_| true).map_err(drop));
        }
    }
    if !status.states.is_empty() {
        count(match status.last_after(Some(&set.status())) {
            Lack::State(status) => {
                result.apply(Edit::SetStatus(status)).map(|_| true).map_err(drop)
            }
            Lack::Nothing | Lack::Removal => Ok(false),
            Lack::Unknown => Err(()),
        });
    }
    CaughtUp { set: result, brought, left }
}

fn add<T: Clone>(
    chains: &mut BTreeMap<Id, Chain<T>>,
    id: &Id,
    before: Option<&T>,
    after: Option<&T>,
) {
    let chain = chains.entry(id.clone()).or_insert_with(|| Chain { states: vec![before.cloned()] });
    chain.states.push(after.cloned());
}

/// Has an annotation be as it is to be, or not be there.
fn put(set: &mut AnnotationSet, id: &Id, state: Option<Arc<Annotation>>) -> Result<(), ()> {
    let edit = match state {
        None => Edit::Remove(id.clone()),
        Some(state) if set.annotation(id).is_some() => Edit::Replace(state),
        Some(state) => Edit::Insert(state),
    };
    set.apply(edit).map(drop).map_err(drop)
}
