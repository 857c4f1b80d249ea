//! What is other in one set than in another about the same text.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Annotation, AnnotationSet, Id, Relation, Status, Version};

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
    let pairs = Pairs::of(first.annotations(), second.annotations(), |one| &one.id, same);
    let other_id = pairs.of_other_id();
    found.extend(pairs.into_differences(Version::Annotation));
    let is_same_end = |one: &Id, two: &Id| {
        let renamed = other_id.iter().find(|(first, _)| first == one);
        renamed.map_or(one, |(_, second)| second) == two
    };
    let same_relation = |one: &Arc<Relation>, two: &Arc<Relation>| {
        one.label == two.label && is_same_end(&one.from, &two.from) && is_same_end(&one.to, &two.to)
    };
    let pairs = Pairs::of(first.relations(), second.relations(), |one| &one.id, same_relation);
    found.extend(pairs.into_differences(Version::Relation));
    if first.status() != second.status() {
        found.push(Difference::Status(first.status(), second.status()));
    }
    found
}

/// Whether two annotations say the same, but for their ids.
fn same(one: &Arc<Annotation>, two: &Arc<Annotation>) -> bool {
    let Annotation { id: _, label, fragments, attributes, note } = &**one;
    *label == two.label
        && *fragments == two.fragments
        && *attributes == two.attributes
        && *note == two.note
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
    fn of(
        first: &[T],
        second: &[T],
        id: impl Fn(&T) -> &Id,
        same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let mut by_id: std::collections::HashMap<&Id, &T> =
            second.iter().map(|one| (id(one), one)).collect();
        let mut pairs =
            Self { both: Vec::new(), renamed: Vec::new(), first: Vec::new(), second: Vec::new() };
        for one in first {
            match by_id.remove(id(one)) {
                Some(two) => pairs.both.push((one.clone(), two.clone())),
                None => pairs.first.push(one.clone()),
            }
        }
        let left: HashSet<&Id> = by_id.into_keys().collect();
        for two in second.iter().filter(|two| left.contains(id(two))) {
            match pairs.first.iter().position(|one| same(one, two)) {
                Some(at) => {
                    let one = pairs.first.remove(at);
                    pairs.renamed.push((id(&one).clone(), id(two).clone()));
                }
                None => pairs.second.push(two.clone()),
            }
        }
        pairs
    }

    fn of_other_id(&self) -> Vec<(Id, Id)> {
        self.renamed.clone()
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
