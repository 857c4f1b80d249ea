use std::collections::BTreeMap;

use crate::corpus::AnnotationSet;
use crate::text::Offset;

/// Which of the lines under the text each annotation is drawn on.
///
/// Two annotations that share a character never share a lane; all fragments of
/// one annotation lie on one lane. An outer annotation lies above those inside it.
#[derive(Clone, Default, Debug)]
pub struct Lanes {
    /// The lane of each annotation, in the order of the set.
    by_place: Vec<usize>,
    count: usize,
}

impl Lanes {
    /// Gives each annotation the first lane that is free where it lies.
    pub fn of(set: &AnnotationSet) -> Self {
        let mut order: Vec<_> = set
            .annotations()
            .iter()
            .map(|annotation| annotation.fragments.extent())
            .enumerate()
            .collect();
        // Canonical order puts the shorter of two with one start first.
        order.sort_by_key(|(_, extent)| (extent.start, std::cmp::Reverse(extent.end)));
        let mut lanes: Vec<Lane> = Vec::new();
        let mut by_place = vec![0; order.len()];
        for (place, extent) in order {
            let Some(annotation) = set.annotations().get(place) else { continue };
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
        Self { by_place, count: lanes.len() }
    }

    /// The lane, from 0, of the annotation at a place in the set; each has one.
    pub fn lane(&self, place: usize) -> usize {
        self.by_place.get(place).copied().unwrap_or_default()
    }

    /// The number of lanes: the most that lie over one another anywhere.
    pub fn count(&self) -> usize {
        self.count
    }
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
