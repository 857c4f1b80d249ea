//! Bringing two people's changes of one set together, annotation by annotation.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::waiting::Waiting;
use super::{Annotation, AnnotationSet, Conflict, Edit, Id, Relation, Status, Version};

/// A set with the changes of both sides, and what they contradict each other in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The set, with the conflicts that are open.
    pub set: AnnotationSet,
    /// How many annotations, relations and statuses only the other side has changed.
    pub taken: usize,
    /// How many of the open conflicts are new.
    pub conflicts: usize,
}

/// Brings together what two sides have made of the same set, `base`.
///
/// What only one side has changed is taken as that side has it; what both have changed in the same
/// way, once. Where they contradict each other, the set has what is `ours`, and a [`Conflict`]
/// keeps what is `theirs`, so that nobody's work is lost. Where one side has removed what the other
/// has changed or linked, it stays, with its links, and that is a conflict too. Where an earlier
/// conflict about the same thing is still open, what that kept comes beside it, with an id of its
/// own and to be discussed. What one side has given a place waits no more, with what the other has
/// made of it while it waited, and a link hangs on what waits as long as an end does. Where both
/// have changed the status otherwise, or contradict each other in anything, it is in progress. All
/// three are about the same text, and the result is by the annotator of `ours`.
#[must_use]
pub fn merge(base: &AnnotationSet, ours: &AnnotationSet, theirs: &AnnotationSet) -> Merged {
    let sides = [base, ours, theirs];
    let mut merge = Merge { taken: 0, conflicts: BTreeMap::new(), settled: settled_by_both(sides) };
    let mut annotations: BTreeMap<Id, Arc<Annotation>> = BTreeMap::new();
    let waiting = Waiting::of(sides);
    for id in ids(sides.map(|set| set.annotations().iter().map(|one| &one.id))) {
        let versions = waiting.annotation(id, sides.map(|set| set.annotation(id)));
        let versions = versions.each_ref().map(Option::as_ref);
        let chosen = merge.choose(id, versions, Version::Annotation);
        annotations.extend(chosen.map(|annotation| (id.clone(), annotation)));
    }
    let (mut adrift, taken) = waiting.chosen(&annotations);
    merge.taken += taken;
    let mut relations: BTreeMap<Id, Arc<Relation>> = BTreeMap::new();
    let mut links = ids(sides.map(|set| set.relations().iter().map(|one| &one.id)));
    // A link that waits on one side may have its place on the other.
    links.extend(ids(waiting.link_ids()));
    let mut gone_with_an_end = Vec::new();
    for id in links {
        // An id that one side gave to an annotation is taken.
        if annotations.contains_key(id) || adrift.contains_key(id) {
            continue;
        }
        let [before, mine, other] = sides.map(|set| set.relation(id));
        let [of_base, of_ours, of_theirs] = waiting.link(id);
        let versions = [before.or(of_base), mine.or(of_ours), other.or(of_theirs)];
        if went_with_an_end(versions, sides) && !merge.settled.contains(id) {
            gone_with_an_end.push((id, versions));
            continue;
        }
        let chosen = merge.choose(id, versions, Version::Relation);
        relations.extend(chosen.map(|relation| (id.clone(), relation)));
    }
    // A link hangs on what waits also where its other end is gone by now.
    let waits =
        |link: &Relation| [&link.from, &link.to].iter().any(|end| adrift.contains_key(*end));
    for relation in relations.values().filter(|link| !waits(link)) {
        for end in [&relation.from, &relation.to] {
            if annotations.contains_key(end) {
                continue;
            }
            // One side has removed what the other has linked.
            let [before, mine, other] = sides.map(|set| set.annotation(end));
            if let Some(needed) = mine.or(other).or(before) {
                annotations.insert(end.clone(), needed.clone());
                merge.conflicts.insert(end.clone(), None);
            }
        }
    }
    // By now it is known which annotations stay: nobody has removed their links for themselves.
    for (id, versions) in gone_with_an_end {
        let [before, ..] = versions;
        let stays = |end: &Id| annotations.contains_key(end) || adrift.contains_key(end);
        let chosen = match before {
            Some(link) if stays(&link.from) && stays(&link.to) => Some(link.clone()),
            _ => merge.choose(id, versions, Version::Relation),
        };
        relations.extend(chosen.map(|relation| (id.clone(), relation)));
    }
    let (hanging, mut relations): (BTreeMap<_, _>, BTreeMap<_, _>) =
        relations.into_iter().partition(|(_, link)| waits(link));
    waiting.hang(hanging.into_values(), &mut adrift);
    let has = |end: &Id| annotations.contains_key(end);
    relations.retain(|_, relation| has(&relation.from) && has(&relation.to));
    // Only what is there and has its place is asked about.
    merge.conflicts.retain(|id, _| annotations.contains_key(id) || relations.contains_key(id));
    let [before, mine, other] = sides.map(AnnotationSet::status);
    let status = if mine == other || other == before {
        mine
    } else if mine == before {
        merge.taken += 1;
        other
    } else {
        Status::InProgress
    };
    let conflicts = merge.conflicts.len();
    // What has to be decided is not done.
    let status = if conflicts > 0 { Status::InProgress } else { status };
    let beside = merge.keep_open(open_conflicts(sides), |id| {
        let annotation = annotations.get(id).cloned().map(Version::Annotation);
        annotation.or_else(|| relations.get(id).cloned().map(Version::Relation))
    });
    let mut set = AnnotationSet::new(ours.annotator().clone(), ours.end);
    set.status = status;
    set.annotations = annotations.into_values().collect();
    set.annotations.sort_by(|a, b| a.order().cmp(&b.order()));
    set.relations = relations.into_values().collect();
    set.relations.sort_by(|a, b| a.order().cmp(&b.order()));
    let open = merge.conflicts.into_iter().map(|(id, other)| Conflict { id, other });
    set.conflicts = open.collect();
    for one in adrift.into_values() {
        let waits = set.apply(Edit::InsertAdrift(Arc::new(one)));
        debug_assert!(waits.is_ok(), "ids of what waits are no others'");
    }
    for version in beside {
        put_beside(&mut set, &version);
    }
    Merged { set, taken: merge.taken, conflicts }
}

struct Merge {
    taken: usize,
    /// What the other side has of each thing that is in conflict.
    conflicts: BTreeMap<Id, Option<Version>>,
    /// What both sides have decided about, so that leaving it as it was is a decision too.
    settled: BTreeSet<Id>,
}

impl Merge {
    /// What the set is to have of one thing, of which the base, we and they have these.
    fn choose<T: PartialEq>(
        &mut self,
        id: &Id,
        [before, mine, other]: [Option<&Arc<T>>; 3],
        version: impl Fn(Arc<T>) -> Version,
    ) -> Option<Arc<T>> {
        let both_decided = self.settled.contains(id);
        if mine == other || (other == before && !both_decided) {
            return mine.cloned();
        }
        if mine == before && !both_decided {
            self.taken += 1;
            return other.cloned();
        }
        let (kept, left) = if mine.is_some() { (mine, other) } else { (other, None) };
        let kept = kept?.clone();
        self.conflicts.insert(id.clone(), left.cloned().map(version));
        Some(kept)
    }

    /// Keeps the conflicts of earlier merges about things that are there, of which the set has
    /// what `kept` says. A thing is in conflict with one version only, a new one if there is
    /// one: returns what has no room.
    fn keep_open(
        &mut self,
        open: Vec<Conflict>,
        kept: impl Fn(&Id) -> Option<Version>,
    ) -> Vec<Version> {
        let anew: BTreeSet<Id> = self.conflicts.keys().cloned().collect();
        let mut beside = Vec::new();
        for Conflict { id, other } in open {
            let Some(kept) = kept(&id) else { continue };
            // Nothing is lost where something was to go, or is what the set has by now.
            let says_something = |version: &Option<Version>| {
                version.as_ref().is_some_and(|version| *version != kept)
            };
            let is_new = anew.contains(&id);
            match self.conflicts.entry(id) {
                Entry::Vacant(place) => drop(place.insert(other)),
                Entry::Occupied(place) if *place.get() == other || !says_something(&other) => {}
                Entry::Occupied(mut place) if !is_new && !says_something(place.get()) => {
                    place.insert(other);
                }
                Entry::Occupied(_) if beside.iter().any(|one| Some(one) == other.as_ref()) => {}
                Entry::Occupied(_) => beside.extend(other),
            }
        }
        beside
    }
}

/// Adds something that has no room in a conflict as something of its own, unless it is there so
/// already. A relation whose ends are gone has nothing to say.
fn put_beside(set: &mut AnnotationSet, version: &Version) {
    let ids = (1..).filter_map(|number| {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        Id::new(&format!("{}-other{more}", version.id()))
    });
    for id in ids {
        let is_taken = set.has_id(&id);
        let edit = match version {
            Version::Annotation(other) => {
                let beside = Annotation { id, ..(**other).clone() }.to_discuss(true);
                if set.annotation(&beside.id).is_some_and(|there| **there == beside) {
                    return;
                }
                Edit::Insert(Arc::new(beside))
            }
            Version::Relation(other) => {
                let beside = Relation { id, ..(**other).clone() };
                if set.relation(&beside.id).is_some_and(|there| **there == beside) {
                    return;
                }
                Edit::InsertRelation(Arc::new(beside))
            }
        };
        if !is_taken {
            let _ = set.apply(edit);
            return;
        }
    }
}

/// Whether one side has removed a link with one of its ends, and the other left it as it was.
fn went_with_an_end(
    [before, mine, other]: [Option<&Arc<Relation>>; 3],
    [_, ours, theirs]: [&AnnotationSet; 3],
) -> bool {
    let Some(link) = before else { return false };
    let side = match (mine, other) {
        (None, Some(_)) if other == before => ours,
        (Some(_), None) if mine == before => theirs,
        _ => return false,
    };
    let went = |end: &Id| side.annotation(end).is_none() && side.adrift_called(end).is_none();
    went(&link.from) || went(&link.to)
}

fn ids<'a>(sides: [impl Iterator<Item = &'a Id>; 3]) -> BTreeSet<&'a Id> {
    sides.into_iter().flatten().collect()
}

/// The ids of earlier conflicts that both sides have settled, each in its way.
fn settled_by_both([base, ours, theirs]: [&AnnotationSet; 3]) -> BTreeSet<Id> {
    let settled = |id: &&Id| ours.conflict(id).is_none() && theirs.conflict(id).is_none();
    base.conflicts().iter().map(|conflict| &conflict.id).filter(settled).cloned().collect()
}

/// The conflicts of earlier merges that neither side has settled.
fn open_conflicts([base, ours, theirs]: [&AnnotationSet; 3]) -> Vec<Conflict> {
    let (mine, other) = (ours.conflicts(), theirs.conflicts());
    let is_open = |conflict: &&Conflict| {
        let (here, there) = (mine.contains(conflict), other.contains(conflict));
        (here && there) || !base.conflicts().contains(conflict)
    };
    mine.iter().chain(other).filter(is_open).cloned().collect()
}
