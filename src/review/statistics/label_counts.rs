use std::sync::Arc;

use crate::corpus::{AnnotationSet, SharedNames};

/// How many annotations of each label there are.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LabelCounts(Box<[(Arc<str>, usize)]>);

impl LabelCounts {
    /// Counts the annotations of a set.
    pub fn of(set: &AnnotationSet) -> Self {
        // Names are copied once each: this is counted with every edit.
        let counts = added_up(set.annotations().iter().map(|annotation| (&annotation.label, 1)));
        counts.into_iter().map(|(label, count)| (label.clone(), count)).collect()
    }

    /// How many have the label.
    pub fn get(&self, label: &str) -> usize {
        let found = self.0.binary_search_by(|(known, _)| (**known).cmp(label));
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, count)| *count)
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// The labels that are there at all, by name, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, usize)> {
        self.0.iter().map(|(label, count)| (label, *count))
    }

    /// Uses the names that others use too, so that many counts hold each name once.
    pub fn share_names(&mut self, names: &mut SharedNames) {
        for (label, _) in &mut self.0 {
            *label = names.share(label);
        }
    }
}

/// Labels with counts, in any order and as often as one likes; they add up.
impl FromIterator<(Arc<str>, usize)> for LabelCounts {
    fn from_iter<T: IntoIterator<Item = (Arc<str>, usize)>>(counts: T) -> Self {
        let mut counts = added_up(counts.into_iter());
        counts.sort_unstable();
        Self(counts.into())
    }
}

/// Each label once, with what its counts come to.
fn added_up<Label: PartialEq>(counts: impl Iterator<Item = (Label, usize)>) -> Vec<(Label, usize)> {
    // There are few labels: going through them is quicker than a map.
    let mut found: Vec<(Label, usize)> = Vec::new();
    for (label, count) in counts {
        match found.iter_mut().find(|(known, _)| *known == label) {
            Some((_, so_far)) => *so_far += count,
            None => found.push((label, count)),
        }
    }
    found
}
