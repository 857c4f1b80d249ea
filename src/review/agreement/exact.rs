use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::{AnnotationSet, Annotator, Fragments, Status};

/// How many annotations two annotators have in common, over some documents.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Matches {
    /// Those of the same label with the same fragments.
    pub both: usize,
    /// All of the first annotator.
    pub first: usize,
    /// All of the second.
    pub second: usize,
    /// The documents that both have a set for.
    pub documents: usize,
}

impl Matches {
    /// F1 = 2·both / (first + second) (Hripcsak and Rothschild 2005); `None` where
    /// neither marked anything.
    #[must_use]
    pub fn f1(self) -> Option<f64> {
        let total = self.first + self.second;
        (total > 0).then(|| 2.0 * self.both as f64 / total as f64)
    }
}

/// Exact agreement of each pair of annotators, in the order of their names. A set
/// with status new does not count as having marked nothing.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ExactAgreement(BTreeMap<(Annotator, Annotator), Matches>);

impl ExactAgreement {
    /// Takes in the sets about one document, sorted by annotator.
    pub fn add(&mut self, sets: &[AnnotationSet]) {
        let begun: Vec<&AnnotationSet> =
            sets.iter().filter(|set| set.status() != Status::New).collect();
        for (at, first) in begun.iter().enumerate() {
            for second in begun.iter().skip(at + 1) {
                let pair = (first.annotator().clone(), second.annotator().clone());
                let matches = self.0.entry(pair).or_default();
                let (one, other) = (said(first), said(second));
                matches.documents += 1;
                matches.first += one.len();
                matches.second += other.len();
                matches.both += one.intersection(&other).count();
            }
        }
    }

    /// Takes in what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        for (pair, theirs) in other.0 {
            let own = self.0.entry(pair).or_default();
            own.both += theirs.both;
            own.first += theirs.first;
            own.second += theirs.second;
            own.documents += theirs.documents;
        }
    }

    /// The pairs that have a document in common.
    pub fn pairs(&self) -> impl Iterator<Item = (&(Annotator, Annotator), Matches)> {
        self.0.iter().map(|(pair, matches)| (pair, *matches))
    }

    /// The mean F1 over the pairs for which it is defined.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let defined: Vec<f64> = self.0.values().filter_map(|matches| matches.f1()).collect();
        (!defined.is_empty()).then(|| defined.iter().sum::<f64>() / defined.len() as f64)
    }
}

fn said(set: &AnnotationSet) -> BTreeSet<(&str, &Fragments)> {
    set.annotations().iter().map(|a| (&*a.label, &a.fragments)).collect()
}
