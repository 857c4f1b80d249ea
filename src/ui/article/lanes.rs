use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{Annotation, AnnotationSet};
use crate::text::Offset;

/// Which of the lines under the text each annotation is drawn on.
///
/// Two annotations that share a character never share a lane; all fragments of
/// one annotation lie on one lane. An outer annotation lies above those inside it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Lanes {
    /// The lane of each annotation, in the order of the set.
    by_place: Vec<usize>,
    /// How many annotations lie on each lane; the last one is not empty.
    filled: Vec<usize>,
}

impl Lanes {
    /// Gives each annotation the first lane that is free where it lies.
    pub fn of(set: &AnnotationSet) -> Self {
        let mut lanes = Self::default();
        lanes.put(0..0, lanes_of(set.annotations()));
        lanes
    }

    /// The same, from the lanes of what the set was before it was changed: they are found anew
    /// only among what lies over one another with what has changed.
    #[must_use]
    pub fn after(mut self, before: &AnnotationSet, set: &AnnotationSet) -> Self {
        let (old, new) = (before.annotations(), set.annotations());
        let same = |(one, other): &(&Arc<Annotation>, &Arc<Annotation>)| Arc::ptr_eq(one, other);
        let head = old.iter().zip(new).take_while(same).count();
        let (old_rest, new_rest) = (old.split_at(head).1, new.split_at(head).1);
        let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(same).count();
        let changed = [old_rest, new_rest].map(|rest| rest.split_at(rest.len() - tail).0);
        let extents = || changed.iter().copied().flatten().map(|one| one.fragments.extent());
        let (Some(start), Some(end)) =
            (extents().map(|extent| extent.start).min(), extents().map(|extent| extent.end).max())
        else {
            return self;
        };
        let around = apart_from_the_rest(start..end, [before, set]);
        let [was, is] = [old, new].map(|all| places_between(all, &around));
        self.put(was, lanes_of(new.get(is).unwrap_or_default()));
        self
    }

    /// Puts other lanes in the place of those of the annotations at these places.
    fn put(&mut self, places: Range<usize>, lanes: Vec<usize>) {
        for lane in self.by_place.get(places.clone()).unwrap_or_default() {
            if let Some(filled) = self.filled.get_mut(*lane) {
                *filled -= 1;
            }
        }
        for lane in &lanes {
            self.filled.resize(self.filled.len().max(lane + 1), 0);
            if let Some(filled) = self.filled.get_mut(*lane) {
                *filled += 1;
            }
        }
        while self.filled.last() == Some(&0) {
            self.filled.pop();
        }
        self.by_place.splice(places, lanes);
    }

    /// The lane, from 0, of the annotation at a place in the set; each has one.
    pub fn lane(&self, place: usize) -> usize {
        self.by_place.get(place).copied().unwrap_or_default()
    }

    /// The number of lanes: the most that lie over one another anywhere.
    pub fn count(&self) -> usize {
        self.filled.len()
    }
}

/// A range with all that lies over one another with it in any of these sets: where it starts
/// and ends nothing lies across.
fn apart_from_the_rest(range: Range<Offset>, sets: [&AnnotationSet; 2]) -> Range<Offset> {
    let Range { mut start, mut end } = range;
    let across = |at: Offset| {
        let places = sets
            .iter()
            .flat_map(move |set| set.places_across(at).into_iter().map(move |place| (set, place)));
        places.filter_map(|(set, place)| Some(set.annotations().get(place)?.fragments.extent()))
    };
    while let Some(further) = across(start).map(|extent| extent.start).min() {
        start = further;
    }
    while let Some(further) = across(end).map(|extent| extent.end).max() {
        end = further;
    }
    start..end
}

/// The places of the annotations that start in a range.
fn places_between(annotations: &[Arc<Annotation>], range: &Range<Offset>) -> Range<usize> {
    let before = |at: Offset| annotations.partition_point(|a| a.fragments.extent().start < at);
    before(range.start)..before(range.end)
}

/// The lanes of annotations in canonical order, of which none lies across where they begin.
fn lanes_of(annotations: &[Arc<Annotation>]) -> Vec<usize> {
    let extents = annotations.iter().map(|annotation| annotation.fragments.extent());
    let mut order: Vec<_> = extents.zip(annotations).enumerate().collect();
    // Canonical order puts the shorter of two with one start first.
    order.sort_by_key(|(_, (extent, _))| (extent.start, std::cmp::Reverse(extent.end)));
    let mut lanes: Vec<Lane> = Vec::new();
    let mut by_place = vec![0; order.len()];
    for (place, (extent, annotation)) in order {
        let fragments = &annotation.fragments;
        let is_whole = fragments.count() == 1;
        let free = |lane: &Lane| {
            if is_whole {
                return lane.is_free(extent.start, extent.end);
            }
            fragments.iter().all(|s| lane.is_free(s.start(), s.end()))
        };
        let at = lanes.iter().position(free).unwrap_or(lanes.len());
        if at == lanes.len() {
            lanes.push(Lane::default());
        }
        if let Some(lane) = lanes.get_mut(at) {
            if is_whole {
                lane.taken_to = extent.end;
            } else {
                let spans = fragments.iter().map(|s| (s.start(), s.end()));
                lane.later.extend(spans);
            }
        }
        if let Some(lane) = by_place.get_mut(place) {
            *lane = at;
        }
    }
    by_place
}

/// What is taken of one lane. What comes starts no earlier than what came before.
#[derive(Default)]
struct Lane {
    /// Where the last annotation of one fragment ends.
    taken_to: Offset,
    /// The fragments of the others, by start; none overlaps another.
    later: BTreeMap<Offset, Offset>,
}

impl Lane {
    fn is_free(&self, start: Offset, end: Offset) -> bool {
        let before = self.later.range(..end).next_back();
        self.taken_to <= start && before.is_none_or(|(_, taken_to)| *taken_to <= start)
    }
}
