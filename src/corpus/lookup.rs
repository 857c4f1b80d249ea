use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use super::{Annotation, AnnotationSet, Id, Reach, Relation};

/// What finds things in a set without going through all of it. Made when it is first asked
/// for, brought up to date by each edit, and no part of what the set says.
///
/// All of it is numbers, so that a copy costs little, and an edit no more than moving numbers.
#[derive(Clone, Default)]
pub(super) struct Lookup {
    /// Seeds the hashes; the same for copies.
    hasher: RandomState,
    reach: OnceLock<Reach>,
    places: OnceLock<Places>,
    links: OnceLock<Links>,
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

impl Lookup {
    fn hash(&self, id: &Id) -> u64 {
        self.hasher.hash_one(id.as_str())
    }

    /// An annotation is at this place now, and those from there on one further.
    pub(super) fn note_inserted(&mut self, at: usize, annotation: &Annotation) {
        let (hash, end) = (self.hash(&annotation.id), annotation.fragments.extent().end);
        if let Some(reach) = self.reach.get_mut() {
            reach.change(|ends| ends.insert(at, end));
        }
        if let Some(places) = self.places.get_mut() {
            places.insert(number(at), hash);
        }
    }

    /// The annotation at this place is gone, and those behind it are one nearer.
    pub(super) fn note_removed(&mut self, at: usize, id: &Id) {
        let hash = self.hash(id);
        if let Some(reach) = self.reach.get_mut() {
            reach.change(|ends| {
                ends.remove(at);
            });
        }
        if let Some(places) = self.places.get_mut() {
            places.remove(number(at), hash);
        }
    }

    /// A relation is at this place now.
    pub(super) fn note_linked(&mut self, at: usize, relation: &Relation) {
        let ends = [self.hash(&relation.from), self.hash(&relation.to)];
        if let Some(links) = self.links.get_mut() {
            links.insert(number(at), ends);
        }
    }

    /// The relation at this place is gone.
    pub(super) fn note_unlinked(&mut self, at: usize) {
        if let Some(links) = self.links.get_mut() {
            links.remove(number(at));
        }
    }
}

/// A place as it is kept. No set that can be read has more than that.
fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Takes hashes as they are.
#[derive(Clone, Default)]
struct PassedOn(u64);

impl Hasher for PassedOn {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The place of each annotation by its id.
#[derive(Clone)]
struct Places {
    /// By the hash of the id.
    by_hash: HashMap<u64, u32, BuildHasherDefault<PassedOn>>,
    /// Other places with a hash that is there already.
    others: Vec<u32>,
}

impl Places {
    fn of(annotations: &[Arc<Annotation>], lookup: &Lookup) -> Self {
        let by_hash =
            HashMap::with_capacity_and_hasher(annotations.len(), BuildHasherDefault::new());
        let mut places = Self { by_hash, others: Vec::new() };
        for (at, annotation) in annotations.iter().enumerate() {
            places.add(number(at), lookup.hash(&annotation.id));
        }
        places
    }

    fn add(&mut self, at: u32, hash: u64) {
        self.others.extend(self.by_hash.insert(hash, at));
    }

    fn insert(&mut self, at: u32, hash: u64) {
        for place in self.by_hash.values_mut().chain(&mut self.others) {
            *place += u32::from(*place >= at);
        }
        self.add(at, hash);
    }

    fn remove(&mut self, at: u32, hash: u64) {
        if self.by_hash.get(&hash) == Some(&at) {
            self.by_hash.remove(&hash);
        }
        self.others.retain(|place| *place != at);
        for place in self.by_hash.values_mut().chain(&mut self.others) {
            *place -= u32::from(*place > at);
        }
    }

    fn get(&self, hash: u64) -> impl Iterator<Item = usize> {
        let candidates = self.by_hash.get(&hash).into_iter().chain(&self.others);
        candidates.filter_map(|at| usize::try_from(*at).ok())
    }
}

/// Which relations have an annotation with some hash of an id at an end: hash and place of the
/// relation, in order.
#[derive(Clone)]
struct Links(Vec<(u64, u32)>);

impl Links {
    fn of(relations: &[Arc<Relation>], lookup: &Lookup) -> Self {
        let mut links = Vec::with_capacity(2 * relations.len());
        for (at, relation) in relations.iter().enumerate() {
            links.extend([&relation.from, &relation.to].map(|end| (lookup.hash(end), number(at))));
        }
        links.sort_unstable();
        links.dedup();
        Self(links)
    }

    fn insert(&mut self, at: u32, ends: [u64; 2]) {
        for (_, place) in &mut self.0 {
            *place += u32::from(*place >= at);
        }
        for end in ends {
            if let Err(free) = self.0.binary_search(&(end, at)) {
                self.0.insert(free, (end, at));
            }
        }
    }

    fn remove(&mut self, at: u32) {
        self.0.retain(|(_, place)| *place != at);
        for (_, place) in &mut self.0 {
            *place -= u32::from(*place > at);
        }
    }

    fn get(&self, hash: u64) -> impl Iterator<Item = usize> {
        let first = self.0.partition_point(|(other, _)| *other < hash);
        let here = self.0.get(first..).unwrap_or_default().iter();
        here.take_while(move |(other, _)| *other == hash)
            .filter_map(|(_, at)| usize::try_from(*at).ok())
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
        let places = self.lookup.places.get_or_init(|| Places::of(&self.annotations, &self.lookup));
        let is_it = |at: &usize| self.annotations.get(*at).is_some_and(|one| one.id == *id);
        places.get(self.lookup.hash(id)).find(is_it)
    }

    /// The places in [`Self::relations`] of those that start from or lead to an annotation, in
    /// order.
    pub fn places_of_relations(&self, id: &Id) -> impl Iterator<Item = usize> {
        let links = self.lookup.links.get_or_init(|| Links::of(&self.relations, &self.lookup));
        let hangs = move |at: &usize| {
            self.relations.get(*at).is_some_and(|one| one.from == *id || one.to == *id)
        };
        links.get(self.lookup.hash(id)).filter(hangs)
    }
}
