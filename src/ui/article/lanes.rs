use std::collections::BTreeMap;
use std::collections::HashMap;

use crate::corpus::{AnnotationSet, Id};
use crate::text::Offset;

/// Which of the lines under the text each annotation is drawn on.
///
/// Two annotations that share a character never share a lane; all fragments of
/// one annotation lie on one lane. An outer annotation lies above those inside it.
#[derive(Clone, Default, Debug)]
pub struct Lanes {
    by_id: HashMap<Id, usize>,
    count: usize,
}

impl Lanes {
    /// Gives each annotation the first lane that is free where it lies.
    pub fn of(set: &AnnotationSet) -> Self {
        let mut annotations: Vec<_> = set.annotations().iter().collect();
        // Canonical order puts the shorter of two with one start first.
        annotations.sort_by_key(|annotation| {
            let extent = annotation.fragments.extent();
            (extent.start, std::cmp::Reverse(extent.end))
        });
        let mut lanes: Vec<Lane> = Vec::new();
        let mut by_id = HashMap::with_capacity(annotations.len());
        for annotation in annotations {
            let free =
                |lane: &Lane| annotation.fragments.iter().all(|s| lane.is_free(s.start(), s.end()));
            let at = lanes.iter().position(free).unwrap_or(lanes.len());
            if at == lanes.len() {
                lanes.push(Lane::default());
            }
            if let Some(lane) = lanes.get_mut(at) {
                lane.taken.extend(annotation.fragments.iter().map(|s| (s.start(), s.end())));
            }
            by_id.insert(annotation.id.clone(), at);
        }
        Self { by_id, count: lanes.len() }
    }

    /// The lane of an annotation, from 0; every annotation of the set has one.
    pub fn lane(&self, id: &Id) -> usize {
        self.by_id.get(id).copied().unwrap_or_default()
    }

    /// The number of lanes: the most that lie over one another anywhere.
    pub fn count(&self) -> usize {
        self.count
    }
}

/// The spans that lie on one lane, by start; none overlaps another.
#[derive(Default)]
struct Lane {
    taken: BTreeMap<Offset, Offset>,
}

impl Lane {
    fn is_free(&self, start: Offset, end: Offset) -> bool {
        let before = self.taken.range(..end).next_back();
        before.is_none_or(|(_, taken_to)| *taken_to <= start)
    }
}
