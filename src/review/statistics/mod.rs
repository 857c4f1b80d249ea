//! What can be counted over a corpus, one document at a time.

mod aspect;
mod label_counts;
mod names;
mod roles;
mod said;
mod slice;
mod spread;

pub use aspect::Aspect;
pub use label_counts::LabelCounts;
pub use roles::Roles;
pub use said::{Said, StatusCounts, Tally};
pub use slice::{Slice, What};
pub use spread::{Bin, Spread};

use std::collections::BTreeMap;

use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Schema, Status};
use crate::text::{Offset, words_within};

/// The figures of a corpus. Those of parts can be added up: in whatever order and
/// parts that is done, the result is the same.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Statistics {
    documents: BTreeMap<DocumentPath, DocumentFigures>,
    annotators: BTreeMap<Annotator, Said>,
}

/// How long a document is, and how much each annotator marked in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentFigures {
    /// Characters of its text.
    pub characters: usize,
    /// Words of its text, by Unicode's rules.
    pub words: usize,
    /// Annotations of those who have begun it.
    pub annotations: BTreeMap<Annotator, usize>,
}

impl DocumentFigures {
    /// Annotations of one annotator per 1,000 characters, or the mean of that over all who have
    /// begun; `None` for an empty document or where nobody has.
    #[must_use]
    pub fn density(&self, annotator: Option<&Annotator>) -> Option<f64> {
        let (count, sets): (usize, usize) = match annotator {
            Some(annotator) => (*self.annotations.get(annotator)?, 1),
            None => (self.annotations.values().sum(), self.annotations.len()),
        };
        let length = self.characters * sets;
        (length > 0).then(|| count as f64 * 1_000.0 / length as f64)
    }
}

impl Statistics {
    /// Figures of no document, in which these annotators are named.
    #[must_use]
    pub fn new(annotators: impl IntoIterator<Item = Annotator>) -> Self {
        let annotators = annotators.into_iter().map(|one| (one, Said::default()));
        Self { documents: BTreeMap::new(), annotators: annotators.collect() }
    }

    /// The figures of one document and the sets about it.
    #[must_use]
    pub fn of<'a>(
        schema: &Schema,
        document: &Document,
        sets: impl IntoIterator<Item = &'a AnnotationSet>,
    ) -> Self {
        let (text, mut statistics) = (&document.text, Self::default());
        let mut annotations = BTreeMap::new();
        for set in sets {
            let said = Said::of(schema, text, set);
            statistics.annotators.entry(set.annotator().clone()).or_default().add(&said);
            // Who has not begun does not say that there is nothing, whether they have a file.
            if set.status() != Status::New || !set.annotations().is_empty() {
                annotations.insert(set.annotator().clone(), set.annotations().len());
            }
        }
        let words = words_within(text, &(Offset::ZERO..text.end())).len();
        let figures = DocumentFigures { characters: text.characters(), words, annotations };
        statistics.documents.insert(document.path.clone(), figures);
        statistics
    }

    /// Adds the figures of other documents.
    pub fn merge(&mut self, other: Self) {
        self.documents.extend(other.documents);
        for (annotator, said) in other.annotators {
            self.annotators.entry(annotator).or_default().add(&said);
        }
    }

    /// The documents, by path.
    #[must_use]
    pub fn documents(&self) -> &BTreeMap<DocumentPath, DocumentFigures> {
        &self.documents
    }

    /// Everyone who has said something or could have, by name.
    #[must_use]
    pub fn annotators(&self) -> &BTreeMap<Annotator, Said> {
        &self.annotators
    }

    /// Characters of all documents.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.documents.values().map(|figures| figures.characters).sum()
    }

    /// Words of all documents.
    #[must_use]
    pub fn words(&self) -> usize {
        self.documents.values().map(|figures| figures.words).sum()
    }

    /// What one annotator says, or all of them together.
    #[must_use]
    pub fn said_by(&self, annotator: Option<&Annotator>) -> Said {
        let mut said = Said::default();
        for (name, one) in &self.annotators {
            if annotator.is_none_or(|wanted| wanted == name) {
                said.add(one);
            }
        }
        said
    }

    /// How far an annotator has come; a document without a set counts as new.
    #[must_use]
    pub fn progress(&self, annotator: &Annotator) -> StatusCounts {
        let said = self.annotators.get(annotator).cloned().unwrap_or_default();
        said.statuses(self.documents.len())
    }

    /// How dense the annotations of one annotator, or of an annotator on the average, are over
    /// the documents that somebody has begun: annotations per 1,000 characters.
    #[must_use]
    pub fn density(&self, annotator: Option<&Annotator>) -> Option<Spread<f64>> {
        let densities = self.documents.values().filter_map(|figures| figures.density(annotator));
        let mut densities: Vec<(f64, usize)> = densities.map(|density| (density, 1)).collect();
        densities.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        Spread::of(&densities, |density| density)
    }
}
