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
/// under another id, as two people's do; that is no difference.
#[must_use]
pub fn differences(first: &AnnotationSet, second: &AnnotationSet) -> Vec<Difference> {
    let mut found = Vec::new();
    let said = |one: &Arc<Annotation>| Said::of(one);
    let pairs = Pairs::of((first.annotations(), said), (second.annotations(), said), |one| &one.id);
    let renamed: HashMap<Id, Id> = pairs.renamed.iter().cloned().collect();
    found.extend(pairs.into_differences(Version::Annotation));
    let in_second = |id: &Id| renamed.get(id).unwrap_or(id).clone();
    let ends = |one: &Arc<Relation>| (one.label.clone(), one.from.clone(), one.to.clone());
    let ends_in_second =
        |one: &Arc<Relation>| (one.label.clone(), in_second(&one.from), in_second(&one.to));
    let pairs =
        Pairs::of((first.relations(), ends_in_second), (second.relations(), ends), |one| &one.id);
    found.extend(pairs.into_differences(Version::Relation));
    if first.status() != second.status() {
        found.push(Difference::Status(first.status(), second.status()));
    }
    found
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
    /// The first two of these say the same under two ids.
    renamed: Vec<(Id, Id)>,
    first: Vec<T>,
    second: Vec<T>,
}

impl<T: PartialEq + Clone> Pairs<T> {
    /// Pairs things of two sets, each with what says what its things are but for their ids.
    fn of<K: Hash + Eq>(
        (first, said_in_first): (&[T], impl Fn(&T) -> K),
        (second, said_in_second): (&[T], impl Fn(&T) -> K),
        id: impl Fn(&T) -> &Id,
    ) -> Self {
        let mut by_id: HashMap<&Id, &T> = second.iter().map(|one| (id(one), one)).collect();
        let (mut both, mut left) = (Vec::new(), Vec::new());
        for one in first {
            match by_id.remove(id(one)) {
                Some(two) => both.push((one.clone(), two.clone())),
                None => left.push(Some(one)),
            }
        }
        // Of things that say the same, the first one goes with the first one.
        let mut by_what: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (at, one) in left.iter().enumerate() {
            if let Some(one) = one {
                by_what.entry(said_in_first(one)).or_default().push_back(at);
            }
        }
        let (mut renamed, mut only_second) = (Vec::new(), Vec::new());
        for two in second.iter().filter(|two| by_id.contains_key(id(two))) {
            let at = by_what.get_mut(&said_in_second(two)).and_then(VecDeque::pop_front);
            match at.and_then(|at| left.get_mut(at)?.take()) {
                Some(one) => renamed.push((id(one).clone(), id(two).clone())),
                None => only_second.push(two.clone()),
            }
        }
        let first = left.into_iter().flatten().cloned().collect();
        Self { both, renamed, first, second: only_second }
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
