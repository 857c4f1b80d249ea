use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;

use super::{AnnotationSet, Id, Reach};

/// What finds things in a set without going through all of it. Made when it is first asked
/// for, let go with each edit, and no part of what the set says.
#[derive(Default)]
pub(super) struct Lookup {
    reach: OnceLock<Reach>,
    places: OnceLock<Places>,
    links: OnceLock<Links>,
}

impl Clone for Lookup {
    /// A copy of a set is mostly made to be changed.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Lookup {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Lookup {}

impl std::fmt::Debug for Lookup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lookup")
    }
}

/// The place of each annotation by its id.
struct Places {
    hasher: RandomState,
    /// By the hash of the id: the last place with that hash.
    by_hash: HashMap<u64, u32>,
    /// Other places with a hash that is there already.
    others: Vec<u32>,
}

impl Places {
    fn of(set: &AnnotationSet) -> Self {
        let hasher = RandomState::new();
        let mut by_hash = HashMap::with_capacity(set.annotations.len());
        let mut others = Vec::new();
        for (at, annotation) in (0_u32..).zip(&set.annotations) {
            let hash = hasher.hash_one(annotation.id.as_str());
            others.extend(by_hash.insert(hash, at));
        }
        Self { hasher, by_hash, others }
    }

    fn get(&self, set: &AnnotationSet, id: &Id) -> Option<usize> {
        let hash = self.hasher.hash_one(id.as_str());
        let candidates = self.by_hash.get(&hash).into_iter().chain(&self.others);
        let mut candidates = candidates.filter_map(|at| usize::try_from(*at).ok());
        candidates.find(|at| set.annotations.get(*at).is_some_and(|one| one.id == *id))
    }
}

/// The places of each annotation's relations, in order: of the annotation at `at` those from
/// `starts[at]` to `starts[at + 1]`.
struct Links {
    starts: Vec<u32>,
    relations: Vec<u32>,
}

impl Links {
    fn of(set: &AnnotationSet) -> Self {
        let ends: Vec<[Option<usize>; 2]> = set
            .relations
            .iter()
            .map(|relation| {
                let from = set.position(&relation.from);
                let to = set.position(&relation.to).filter(|to| Some(*to) != from);
                [from, to]
            })
            .collect();
        let mut starts = vec![0_u32; set.annotations.len() + 1];
        for at in ends.iter().flatten().flatten() {
            if let Some(count) = starts.get_mut(at + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut relations = vec![0_u32; usize::try_from(sum).unwrap_or_default()];
        for (number, ends) in (0_u32..).zip(&ends) {
            for at in ends.iter().flatten() {
                let Some(place) = next.get_mut(*at) else { continue };
                let index = usize::try_from(*place).unwrap_or_default();
                if let Some(slot) = relations.get_mut(index) {
                    *slot = number;
                }
                *place += 1;
            }
        }
        Self { starts, relations }
    }

    fn get(&self, at: usize) -> &[u32] {
        let bound = |at: usize| self.starts.get(at).and_then(|start| usize::try_from(*start).ok());
        let (Some(from), Some(to)) = (bound(at), bound(at + 1)) else { return &[] };
        self.relations.get(from..to).unwrap_or_default()
    }
}

impl AnnotationSet {
    /// Where the annotations end, in their order.
    pub(super) fn reach(&self) -> &Reach {
        self.lookup.reach.get_or_init(|| {
            Reach::of(self.annotations.iter().map(|annotation| annotation.fragments.extent().end))
        })
    }

    /// The place of an annotation in [`Self::annotations`].
    #[must_use]
    pub fn position(&self, id: &Id) -> Option<usize> {
        self.lookup.places.get_or_init(|| Places::of(self)).get(self, id)
    }

    /// The places in [`Self::relations`] of those that start from or lead to the annotation at a
    /// place, in order.
    pub fn relations_at(&self, at: usize) -> impl Iterator<Item = usize> {
        let links = self.lookup.links.get_or_init(|| Links::of(self));
        links.get(at).iter().filter_map(|relation| usize::try_from(*relation).ok())
    }
}
