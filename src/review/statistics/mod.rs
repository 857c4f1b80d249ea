//! What can be counted over a corpus, one document at a time.

mod aspect;
mod label_counts;
mod names;
mod of_whom;
mod roles;
mod said;
mod slice;
mod spread;

pub use aspect::Aspect;
pub use label_counts::LabelCounts;
pub use of_whom::OfWhom;
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
    /// Annotations of an annotator per 1,000 characters, or the mean of that over those of
    /// several who have begun; `None` for an empty document or where nobody has.
    #[must_use]
    pub fn density(&self, whose: &OfWhom) -> Option<f64> {
        let counted = self.annotations.iter().filter(|(one, _)| whose.includes(one));
        let (count, sets) = counted.fold((0, 0), |(sum, sets), (_, count)| (sum + count, sets + 1));
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

    /// Everyone, to be counted together: without gold, where it and somebody else say something.
    #[must_use]
    pub fn everyone(&self) -> OfWhom {
        let says_something = |gold| {
            let mut all = self.annotators.iter();
            all.any(|(name, said)| name.is_gold() == gold && said.annotations() > 0)
        };
        if says_something(true) && says_something(false) { OfWhom::AllButGold } else { OfWhom::All }
    }

    /// What these say, all of them together.
    #[must_use]
    pub fn said_by(&self, whose: &OfWhom) -> Said {
        let mut said = Said::default();
        for (_, one) in self.annotators.iter().filter(|(name, _)| whose.includes(name)) {
            said.add(one);
        }
        said
    }

    /// How far an annotator has come; a document without a set counts as new.
    #[must_use]
    pub fn progress(&self, annotator: &Annotator) -> StatusCounts {
        let said = self.annotators.get(annotator).cloned().unwrap_or_default();
        said.statuses(self.documents.len())
    }

    /// How dense the annotations of one annotator, or of these on the average, are over
    /// the documents that one of them has begun: annotations per 1,000 characters.
    #[must_use]
    pub fn density(&self, whose: &OfWhom) -> Option<Spread<f64>> {
        let densities = self.documents.values().filter_map(|figures| figures.density(whose));
        let mut densities: Vec<(f64, usize)> = densities.map(|density| (density, 1)).collect();
        densities.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        Spread::of(&densities, |density| density)
    }
}
