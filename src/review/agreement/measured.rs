use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bootstrap::intervals;
use super::counted::{Counted, Counts, Pair, Quantity};
use super::counting::count;
use super::score::{Measure, Scale, Score, What, Whose};
use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Schema};
use crate::review::compare::begun;

/// What was counted in one document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Measured {
    /// Which.
    pub document: DocumentPath,
    counts: Counts,
}

impl Measured {
    /// Counts in what some annotators say about a document. `None` where one of them has
    /// no set about it, or one with status new: that is not to say that there is nothing.
    #[must_use]
    pub fn of(
        annotators: &[Annotator],
        document: &Document,
        sets: &[&AnnotationSet],
    ) -> Option<Self> {
        let begun = begun(annotators, sets.iter().copied());
        if begun.len() < annotators.len() {
            return None;
        }
        let counts = count(&document.text, &begun);
        Some(Self { document: document.path.clone(), counts })
    }
}

/// How far some annotators agree, over the documents that all of them have worked on.
#[derive(Clone, Debug)]
pub struct Agreement {
    annotators: Vec<Annotator>,
    scale: Scale,
    documents: Vec<Measured>,
    left_out: usize,
    sums: Counts,
    intervals: BTreeMap<Score, (f64, f64)>,
}

/// How often two annotators give one thing these labels.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confused {
    /// The first annotator's label; `None` where there is nothing.
    pub first: Option<Arc<str>>,
    /// The second's.
    pub second: Option<Arc<str>>,
    /// How often.
    pub count: u64,
}

/// A figure with what is known of its reliability.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Figure {
    /// Its value; `None` where it is not defined.
    pub value: Option<f64>,
    /// The interval in which 95 of 100 draws of documents lie; `None` with one document,
    /// or where too few draws have the figure.
    pub interval: Option<(f64, f64)>,
}

impl Agreement {
    /// The agreement over documents, of `left_out` more of which not everyone has a set.
    /// Labels of the schema are named even where nobody uses them.
    #[must_use]
    pub fn of(
        annotators: Vec<Annotator>,
        schema: &Schema,
        documents: Vec<Measured>,
        left_out: usize,
    ) -> Self {
        let all = documents.iter().flat_map(|measured| measured.counts.0.iter().cloned());
        let sums = Counts::of(all.collect());
        let known = schema.labels().iter().map(|label| label.name.clone());
        let known_links = schema.relations().iter().map(|relation| relation.name.clone());
        let scale = Scale {
            annotators: annotators.len(),
            labels: with_used(known.collect(), &sums, false),
            relations: with_used(known_links.collect(), &sums, true),
        };
        Self { annotators, scale, documents, left_out, sums, intervals: BTreeMap::new() }
    }

    /// The same with an interval for each figure. `draw` gives a random number below the
    /// one that it is given; the same numbers give the same intervals.
    #[must_use]
    pub fn with_intervals(mut self, mut draw: impl FnMut(usize) -> usize) -> Self {
        let scores = self.scores();
        let counts: Vec<&Counts> = self.documents.iter().map(|one| &one.counts).collect();
        let figures = |counts: &Counts| {
            scores.iter().map(|score| self.scale.score(counts, score)).collect::<Vec<_>>()
        };
        let found = intervals(&counts, figures, &mut draw);
        let found = scores.into_iter().zip(found).filter_map(|(s, found)| Some((s, found?)));
        self.intervals = found.collect();
        self
    }

    /// Every figure that there can be.
    fn scores(&self) -> Vec<Score> {
        let pairs = (0..self.pair_count()).map(Whose::Pair);
        let everyone: Vec<Whose> = std::iter::once(Whose::Everyone).chain(pairs).collect();
        let measures = [
            (Measure::Exact, &self.scale.labels),
            (Measure::Overlap, &self.scale.labels),
            (Measure::Characters, &self.scale.labels),
            (Measure::Kappa, &self.scale.labels),
            (Measure::Alpha, &self.scale.labels),
            (Measure::UnitAlpha, &self.scale.labels),
            (Measure::Relations, &self.scale.relations),
        ];
        let mut scores = Vec::new();
        for (measure, labels) in measures {
            let labels = labels.iter().map(|label| What::Label(label.clone()));
            let whats: Vec<What> = std::iter::once(What::All).chain(labels).collect();
            for whose in &everyone {
                let score = |what: &What| Score { measure, whose: *whose, what: what.clone() };
                scores.extend(whats.iter().map(score));
            }
        }
        scores
    }

    /// Who is compared.
    #[must_use]
    pub fn annotators(&self) -> &[Annotator] {
        &self.annotators
    }

    /// The two of each pair, in the order in which [`Whose::Pair`] counts them.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&Annotator, &Annotator)> {
        let named =
            |(one, other): Pair| Some((self.annotators.get(one)?, self.annotators.get(other)?));
        self.scale.pairs().into_iter().filter_map(named).collect()
    }

    fn pair_count(&self) -> usize {
        self.scale.pairs().len()
    }

    /// The labels of annotations: the schema's, then others that are used.
    #[must_use]
    pub fn labels(&self) -> &[Arc<str>] {
        &self.scale.labels
    }

    /// The labels of relations, in the same way.
    #[must_use]
    pub fn relations(&self) -> &[Arc<str>] {
        &self.scale.relations
    }

    /// How many documents everyone has worked on.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How many documents are left out, because somebody has not begun them.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many tokens the documents have.
    #[must_use]
    pub fn tokens(&self) -> u64 {
        self.sums.get(&Counted::Tokens)
    }

    /// A figure.
    #[must_use]
    pub fn figure(&self, score: &Score) -> Figure {
        let value = self.scale.score(&self.sums, score);
        let interval = value.and_then(|_| self.intervals.get(score).copied());
        Figure { value, interval }
    }

    /// What an F1 is made from, for one pair: what both have, all of the first, all of
    /// the second. Nothing for other measures.
    #[must_use]
    pub fn counts(&self, measure: Measure, pair: usize, what: &What) -> [u64; 3] {
        let Some(quantities) = measure.quantities() else { return [0; 3] };
        let Some(pair) = self.scale.pairs().get(pair).copied() else { return [0; 3] };
        quantities.map(|quantity| self.scale.sum(&self.sums, pair, quantity, what))
    }

    /// How often a pair gives what they mark which labels, sorted.
    #[must_use]
    pub fn confusion(&self, pair: usize) -> Vec<Confused> {
        let Some(wanted) = self.scale.pairs().get(pair).copied() else { return Vec::new() };
        let cells = self.sums.0.iter().filter_map(|(counted, count)| match counted {
            Counted::Aligned(pair, one, other) if *pair == wanted => {
                Some(Confused { first: one.clone(), second: other.clone(), count: *count })
            }
            _ => None,
        });
        cells.collect()
    }

    /// F1, exact and overlapping, in each document, of one pair or the mean of all; in
    /// the order in which they were counted.
    #[must_use]
    pub fn by_document(&self, whose: Whose) -> Vec<(&DocumentPath, Option<f64>, Option<f64>)> {
        let score = |measure| Score { measure, whose, what: What::All };
        let (exact, overlap) = (score(Measure::Exact), score(Measure::Overlap));
        let figures = |measured: &Measured| {
            let of = |score| self.scale.score(&measured.counts, score);
            (of(&exact), of(&overlap))
        };
        let all = self.documents.iter().map(|one| (&one.document, figures(one)));
        all.map(|(document, (exact, overlap))| (document, exact, overlap)).collect()
    }
}

/// Some labels with those that are used and not among them.
fn with_used(mut known: Vec<Arc<str>>, sums: &Counts, links: bool) -> Vec<Arc<str>> {
    let used: BTreeSet<Arc<str>> = sums
        .0
        .iter()
        .filter_map(|(counted, _)| match counted {
            Counted::OfPair(_, quantity, label) => {
                let of_links =
                    matches!(quantity, Quantity::FirstRelations | Quantity::SecondRelations);
                let of_annotations = matches!(quantity, Quantity::First | Quantity::Second);
                let wanted = if links { of_links } else { of_annotations };
                wanted.then(|| label.clone())
            }
            _ => None,
        })
        .collect();
    known.extend(used.into_iter().filter(|label| !known.contains(label)).collect::<Vec<_>>());
    known
}
