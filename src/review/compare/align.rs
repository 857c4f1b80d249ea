//! Which annotations of several sets are about the same thing.

use std::cmp::Ordering;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use crate::corpus::{Annotation, AnnotationSet, Annotator, Fragments, Reach};

/// How much of two annotations with different labels has to be shared, by Dice's
/// measure, for them to be about the same thing: half of them.
const OTHER_LABEL: f64 = 0.5;
/// What the same label is worth, in shares of overlap.
const SAME_LABEL: f64 = 0.5;
/// The most partners that are considered for one annotation in another's set. More are
/// met only where hundreds lie over one another.
const PARTNERS: usize = 32;

/// Annotations about the same thing: of each set at most one, by the sets' places.
pub(super) type Group = Vec<Option<Arc<Annotation>>>;

/// Groups all annotations of some sets about one document, in the order of the text.
///
/// Those that are alike come together first, then those that share the most; the same
/// label counts like half an overlap more, and with different labels at least half must
/// be shared. Of equally good choices the one that comes first in the text is made. So
/// groups depend on what is said and not on the order of the sets, unless hundreds lie over
/// one another.
pub(super) fn align(sets: &[&AnnotationSet]) -> Vec<Group> {
    let mut groups = Groups::new(sets);
    groups.join_alike();
    let mut candidates = groups.candidates();
    candidates.sort_by(|one, other| {
        let by_order = || one.order(sets).cmp(&other.order(sets));
        other.score.total_cmp(&one.score).then_with(by_order)
    });
    for candidate in candidates {
        groups.join(candidate.one, candidate.other);
    }
    groups.finish()
}

/// The place of an annotation: which set, and where in it.
type Place = (usize, usize);

struct Candidate {
    score: f64,
    one: Place,
    other: Place,
}

impl Candidate {
    /// What is said and by whom, but not in which order the sets were given.
    fn order<'a>(&self, sets: &[&'a AnnotationSet]) -> [Option<Said<'a>>; 2] {
        let said = |(set, at): Place| {
            let set = sets.get(set)?;
            let annotation = set.annotations().get(at)?;
            Some((&annotation.fragments, &*annotation.label, set.annotator(), at))
        };
        let (one, other) = (said(self.one), said(self.other));
        if one < other { [one, other] } else { [other, one] }
    }
}

type Said<'a> = (&'a Fragments, &'a str, &'a Annotator, usize);

struct Groups<'a> {
    sets: &'a [&'a AnnotationSet],
    /// For each annotation of each set, its group.
    group_of: Vec<Vec<usize>>,
    /// The members of each group, by set; those of one that was joined to another are
    /// taken out.
    members: Vec<Vec<Option<usize>>>,
}

impl<'a> Groups<'a> {
    /// Each annotation by itself.
    fn new(sets: &'a [&'a AnnotationSet]) -> Self {
        let mut members = Vec::new();
        let mut group_of = Vec::new();
        for (number, set) in sets.iter().enumerate() {
            let first = members.len();
            for at in 0..set.annotations().len() {
                let mut alone = vec![None; sets.len()];
                if let Some(member) = alone.get_mut(number) {
                    *member = Some(at);
                }
                members.push(alone);
            }
            group_of.push((first..members.len()).collect());
        }
        Self { sets, group_of, members }
    }

    fn annotation(&self, (set, at): Place) -> Option<&'a Arc<Annotation>> {
        self.sets.get(set)?.annotations().get(at)
    }

    fn group(&self, (set, at): Place) -> Option<usize> {
        self.group_of.get(set)?.get(at).copied()
    }

    /// Joins the groups of two annotations, unless some set would be in it twice.
    fn join(&mut self, one: Place, other: Place) {
        let (Some(one), Some(other)) = (self.group(one), self.group(other)) else { return };
        let (Some(kept), Some(taken)) = (self.members.get(one), self.members.get(other)) else {
            return;
        };
        let both = kept.iter().zip(taken).any(|(a, b)| a.is_some() && b.is_some());
        if one == other || both {
            return;
        }
        let taken = self.members.get_mut(other).map(std::mem::take).unwrap_or_default();
        for (set, member) in taken.into_iter().enumerate() {
            let Some(at) = member else { continue };
            if let Some(group) = self.group_of.get_mut(set).and_then(|of| of.get_mut(at)) {
                *group = one;
            }
            if let Some(place) = self.members.get_mut(one).and_then(|kept| kept.get_mut(set)) {
                *place = Some(at);
            }
        }
    }

    /// Joins those with the same label and fragments: the first of one set with the
    /// first of another, the second with the second.
    fn join_alike(&mut self) {
        let mut known: HashMap<(&str, &Fragments, usize), Place> = HashMap::new();
        for (set, of) in self.sets.iter().enumerate() {
            let mut seen: HashMap<(&str, &Fragments), usize> = HashMap::new();
            for (at, annotation) in of.annotations().iter().enumerate() {
                let said = (&*annotation.label, &annotation.fragments);
                let count = seen.entry(said).or_default();
                let first = *known.entry((said.0, said.1, *count)).or_insert((set, at));
                *count += 1;
                self.join(first, (set, at));
            }
        }
    }

    /// The annotations of two sets that may be about the same thing and are not joined.
    fn candidates(&self) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for first in 0..self.sets.len() {
            for second in first + 1..self.sets.len() {
                self.candidates_between(first, second, &mut candidates);
            }
        }
        candidates
    }

    fn candidates_between(&self, first: usize, second: usize, candidates: &mut Vec<Candidate>) {
        let lacks = |place: Place, set: usize| {
            let members = self.group(place).and_then(|group| self.members.get(group));
            members.is_some_and(|members| members.get(set) == Some(&None))
        };
        let open = |of: usize, lacking: usize| -> Vec<(Place, &Arc<Annotation>)> {
            let annotations = self.sets.get(of).map(|set| set.annotations()).unwrap_or_default();
            let all = annotations.iter().enumerate().map(|(at, one)| ((of, at), one));
            all.filter(|(place, _)| lacks(*place, lacking)).collect()
        };
        let (ours, theirs) = (open(first, second), open(second, first));
        let reach = Reach::of(theirs.iter().map(|(_, theirs)| theirs.fragments.extent().end));
        for (one, annotation) in ours {
            let extent = annotation.fragments.extent();
            let starts_before = |(_, other): &(Place, &Arc<Annotation>)| {
                other.fragments.extent().start < extent.end
            };
            let count = theirs.partition_point(starts_before);
            let near = reach.beyond(count, extent.start).into_iter();
            let near = near.filter_map(|at| theirs.get(at));
            let mut found: Vec<Candidate> = near
                .filter_map(|(other, theirs)| {
                    let score = likeness(annotation, theirs)?;
                    Some(Candidate { score, one, other: *other })
                })
                .collect();
            found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.other.cmp(&b.other)));
            found.truncate(PARTNERS);
            candidates.extend(found);
        }
    }

    fn finish(self) -> Vec<Group> {
        let groups = self.members.iter().filter(|members| !members.is_empty());
        let mut groups: Vec<Group> = groups
            .map(|members| {
                let member = |(set, at): (usize, &Option<usize>)| {
                    at.and_then(|at| self.annotation((set, at)).cloned())
                };
                members.iter().enumerate().map(member).collect()
            })
            .collect();
        groups.sort_by(by_text);
        groups
    }
}

/// How likely two annotations are about the same thing: Dice's measure of what they
/// share, and something more for the same label. `None` where they are not.
pub(super) fn likeness(one: &Annotation, other: &Annotation) -> Option<f64> {
    let shared = one.fragments.shared(&other.fragments);
    let dice = 2.0 * shared as f64 / (one.fragments.length() + other.fragments.length()) as f64;
    if one.label == other.label {
        (shared > 0).then_some(dice + SAME_LABEL)
    } else {
        (dice >= OTHER_LABEL).then_some(dice)
    }
}

/// Groups in the order of the text: by where the first of each begins and ends.
fn by_text(one: &Group, other: &Group) -> Ordering {
    let first = |group: &Group| {
        let order = |(set, annotation): (usize, &Arc<Annotation>)| {
            let extent = annotation.fragments.extent();
            (extent.start, extent.end, annotation.label.clone(), set, annotation.id.clone())
        };
        let members = group.iter().enumerate();
        members.filter_map(|(set, member)| Some((set, member.as_ref()?))).map(order).min()
    };
    first(one).cmp(&first(other))
}
