use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::AnnotationSet;

/// How many annotations of each label there are.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LabelCounts(BTreeMap<Arc<str>, usize>);

impl LabelCounts {
    /// Counts the annotations of a set.
    pub fn of(set: &AnnotationSet) -> Self {
        let mut counts = BTreeMap::new();
        for annotation in set.annotations() {
            *counts.entry(annotation.label.clone()).or_default() += 1;
        }
        Self(counts)
    }

    /// How many have the label.
    pub fn get(&self, label: &str) -> usize {
        self.0.get(label).copied().unwrap_or_default()
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.0.values().sum()
    }

    /// The labels that are there at all, by name, with their counts.
    pub fn iter(&self) -> impl Iterator<Item = (&Arc<str>, usize)> {
        self.0.iter().map(|(label, count)| (label, *count))
    }
}
