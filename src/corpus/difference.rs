//! What is other in one set than in another about the same text.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;
use std::sync::Arc;

use super::{Annotation, AnnotationSet, Fragments, Id, Relation, Status, Version};

/// One thing that two sets differ in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Difference {
    /// Only the second set has it.
    Added(Version),
    /// Only the first set has it.
    Removed(Version),
    /// Both have it, each otherwise; the first set's comes first.
    Changed(Version, Version),
    /// How far the annotator has come, in the first and in the second.
    Status(Status, Status),
}

/// What the second set has other than the first: annotations in their order, then relations,
/// then the status.
///
/// Things are the same by their id. Those that are left are the same where they say the same
/// under another id, as two people's do; that is no difference. Two people may give one id to
/// two things: of their sets those go together first that say the same, and what has one id is
/// the same thing only where it shares characters.
#[must_use]
pub fn differences(first: &AnnotationSet, second: &AnnotationSet) -> Vec<Difference> {
    let mut found = Vec::new();
    let by = if first.annotator() == second.annotator() { By::Id } else { By::Content };
    let said = |one: &Arc<Annotation>| Said::of(one);
    let share =
        |one: &Arc<Annotation>, two: &Arc<Annotation>| one.fragments.shares_with(&two.fragments);
    let pairs = Pairs::of(
        (first.annotations(), said),
        (second.annotations(), said),
        (|one| &one.id, share),
        by,
    );
    let other_ids: HashMap<Id, Id> = pairs.other_ids.iter().cloned().collect();
    found.extend(pairs.into_differences(Version::Annotation));
    let in_second = |id: &Id| match (other_ids.get(id), by) {
        (Some(id), _) => Some(id.clone()),
        (None, By::Id) => Some(id.clone()),
        // What has that id in the second set is something else.
        (None, By::Content) => None,
    };
    let ends =
        |one: &Arc<Relation>| (one.label.clone(), Some(one.from.clone()), Some(one.to.clone()));
    let ends_in_second =
        |one: &Arc<Relation>| (one.label.clone(), in_second(&one.from), in_second(&one.to));
    let pairs = Pairs::of(
        (first.relations(), ends_in_second),
        (second.relations(), ends),
        (|one| &one.id, |_, _| false),
        by,
    );
    found.extend(pairs.into_differences(Version::Relation));
    if first.status() != second.status() {
        found.push(Difference::Status(first.status(), second.status()));
    }
    found
}

/// What says first which things of two sets are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Id,
    Content,
}

/// What an annotation says: all but its id.
#[derive(PartialEq, Eq, Hash)]
struct Said {
    label: Arc<str>,
    fragments: Fragments,
    attributes: BTreeMap<String, String>,
    note: String,
}

impl Said {
    fn of(annotation: &Annotation) -> Self {
        let Annotation { id: _, label, fragments, attributes, note } = annotation.clone();
        Self { label, fragments, attributes, note }
    }
}

/// Things of two sets that are the same thing, and those that only one has.
struct Pairs<T> {
    both: Vec<(T, T)>,
    /// The first two of these are the same thing under two ids.
    other_ids: Vec<(Id, Id)>,
    first: Vec<T>,
    second: Vec<T>,
}

impl<T: PartialEq + Clone> Pairs<T> {
    /// Pairs things of two sets, each with what says what its things are but for their ids;
    /// `share` says whether two of one id are the same thing where ids alone do not say so.
    fn of<K: Hash + Eq>(
        (first, said_in_first): (&[T], impl Fn(&T) -> K),
        (second, said_in_second): (&[T], impl Fn(&T) -> K),
        (id, share): (impl Fn(&T) -> &Id, impl Fn(&T, &T) -> bool),
        by: By,
    ) -> Self {
        let mut pairing = Pairing::new(first, second);
        match by {
            By::Id => {
                pairing.by_id(&id, |_, _| true);
                pairing.by_content(said_in_first, said_in_second);
            }
            By::Content => {
                pairing.by_content(said_in_first, said_in_second);
                pairing.by_id(&id, share);
            }
        }
        let Pairing { first, second, same_id, same_content } = pairing;
        let other_ids = |(one, two): &(&T, &T)| (id(one).clone(), id(two).clone());
        Self {
            other_ids: same_content.iter().chain(&same_id).map(other_ids).collect(),
            both: same_id.into_iter().map(|(one, two)| (one.clone(), two.clone())).collect(),
            first: first.into_iter().flatten().cloned().collect(),
            second: second.into_iter().flatten().cloned().collect(),
        }
    }

    fn into_differences(self, version: impl Fn(T) -> Version) -> Vec<Difference> {
        let version = &version;
        let changed = self.both.into_iter().filter(|(one, two)| one != two);
        let changed = changed.map(|(one, two)| Difference::Changed(version(one), version(two)));
        let removed = self.first.into_iter().map(|one| Difference::Removed(version(one)));
        let added = self.second.into_iter().map(|two| Difference::Added(version(two)));
        let mut all: Vec<Difference> = changed.chain(removed).chain(added).collect();
        all.sort_by_key(place);
        all
    }
}

/// Things of two sets that are being paired.
struct Pairing<'a, T> {
    /// What is left of the first set, by place.
    first: Vec<Option<&'a T>>,
    /// What is left of the second.
    second: Vec<Option<&'a T>>,
    same_id: Vec<(&'a T, &'a T)>,
    same_content: Vec<(&'a T, &'a T)>,
}

impl<'a, T> Pairing<'a, T> {
    fn new(first: &'a [T], second: &'a [T]) -> Self {
        Self {
            first: first.iter().map(Some).collect(),
            second: second.iter().map(Some).collect(),
            same_id: Vec::new(),
            same_content: Vec::new(),
        }
    }

    fn by_id(&mut self, id: &impl Fn(&T) -> &Id, is_same: impl Fn(&T, &T) -> bool) {
        let places = self.second.iter_mut().filter_map(|two| Some((id((*two)?), two)));
        let mut by_id: HashMap<&Id, &mut Option<&'a T>> = places.collect();
        for place in &mut self.first {
            if let Some(one) = *place
                && let Some(two) = by_id.get_mut(id(one))
                && let Some(pair) = two.take_if(|two| is_same(one, two))
            {
                self.same_id.push((one, pair));
                *place = None;
            }
        }
    }

    /// Of things that say the same, the first one goes with the first one.
    fn by_content<K: Hash + Eq>(
        &mut self,
        said_in_first: impl Fn(&T) -> K,
        said_in_second: impl Fn(&T) -> K,
    ) {
        let mut by_what: HashMap<K, VecDeque<&mut Option<&'a T>>> = HashMap::new();
        for place in &mut self.first {
            if let Some(one) = *place {
                by_what.entry(said_in_first(one)).or_default().push_back(place);
            }
        }
        for place in &mut self.second {
            if let Some(two) = *place
                && let Some(one) =
                    by_what.get_mut(&said_in_second(two)).and_then(VecDeque::pop_front)
            {
                self.same_content.extend(one.take().zip(place.take()));
            }
        }
    }
}

/// Where a difference stands: by the start, the end, and what it is.
fn place(difference: &Difference) -> (usize, usize, u8, Id) {
    let (version, rank) = match difference {
        Difference::Removed(version) => (version, 0),
        Difference::Changed(version, _) => (version, 1),
        Difference::Added(version) => (version, 2),
        Difference::Status(..) => return (usize::MAX, usize::MAX, 3, Id::least()),
    };
    let (start, end) = match version {
        Version::Annotation(annotation) => {
            let extent = annotation.fragments.extent();
            (extent.start.get(), extent.end.get())
        }
        Version::Relation(_) => (usize::MAX, 0),
    };
    (start, end, rank, version.id().clone())
}
