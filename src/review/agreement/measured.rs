use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use super::bootstrap::intervals;
use super::counted::{Counted, Counts, Pair, Quantity};
use super::counting::count;
use super::score::{self, Measure, Scale, Score, Wanted, What, Whose};
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
    labels: Vec<Arc<str>>,
    relations: Vec<Arc<str>>,
    names: Names,
    scale: Scale,
    documents: Vec<(DocumentPath, score::Counts)>,
    left_out: LeftOut,
    sums: score::Counts,
    intervals: BTreeMap<Score, (f64, f64)>,
}

/// How many documents are in no figure.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct LeftOut {
    /// Of these somebody has not begun them.
    pub not_begun: usize,
    /// Of these it is not known: the article or a set could not be read.
    pub unreadable: usize,
}

impl LeftOut {
    /// One more, of which so many things could not be read.
    pub fn add(&mut self, unreadable: usize) {
        match unreadable {
            0 => self.not_begun += 1,
            _ => self.unreadable += 1,
        }
    }

    /// Whether there is any.
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::default()
    }
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

impl Figure {
    /// Its value with three decimals.
    #[must_use]
    pub fn value_words(&self) -> String {
        self.value.map_or_else(|| "n/a".to_owned(), |value| format!("{:.3}", shown(value, 1e3)))
    }

    /// From where to where its interval goes, with two decimals each.
    #[must_use]
    pub fn interval_words(&self) -> Option<String> {
        let (from, to) = self.interval?;
        Some(format!("{:.2}–{:.2}", shown(from, 1e2), shown(to, 1e2)))
    }
}

/// Both: `0.783 (0.70–0.84)`.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value_words())?;
        let interval = self.interval_words().filter(|_| self.value.is_some());
        interval.map_or(Ok(()), |interval| write!(f, " ({interval})"))
    }
}

/// A number without what is not shown of it, so that no nought has a minus.
fn shown(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts + 0.0
}

/// What stands over the figures of more than two annotators.
pub const ALL_PAIRS: &str = "All pairs, mean; alpha of all at once";

impl Agreement {
    /// The agreement over documents, and what is to be said of others. Labels of the schema are named even where nobody uses them.
    #[must_use]
    pub fn of(
        annotators: Vec<Annotator>,
        schema: &Schema,
        documents: Vec<Measured>,
        left_out: LeftOut,
    ) -> Self {
        let mut names = Names::default();
        let documents: Vec<(DocumentPath, score::Counts)> =
            documents.into_iter().map(|one| (one.document, names.numbered(&one.counts))).collect();
        let all = documents.iter().flat_map(|(_, counts)| counts.0.iter().copied());
        let sums = score::Counts::of(all.collect());
        let known = schema.labels().iter().map(|label| label.name.clone());
        let known_links = schema.relations().iter().map(|relation| relation.name.clone());
        let labels = names.with_used(known.collect(), &sums, false);
        let relations = names.with_used(known_links.collect(), &sums, true);
        let scale = Scale {
            annotators: annotators.len(),
            labels: labels.iter().map(|label| names.number(label)).collect(),
            relations: relations.iter().map(|label| names.number(label)).collect(),
        };
        let intervals = BTreeMap::new();
        Self { annotators, labels, relations, names, scale, documents, left_out, sums, intervals }
    }

    /// The same with an interval for each figure. `draw` gives a random number below the
    /// one that it is given; the same numbers give the same intervals.
    #[must_use]
    pub fn with_intervals(mut self, mut draw: impl FnMut(usize) -> usize) -> Self {
        let scores = self.scores();
        let wanted: Vec<Wanted> = scores.iter().map(|score| self.wanted(score)).collect();
        let counts: Vec<&score::Counts> = self.documents.iter().map(|(_, counts)| counts).collect();
        let figures = |counts: &score::Counts| {
            wanted.iter().map(|wanted| self.scale.score(counts, wanted)).collect::<Vec<_>>()
        };
        let found = intervals(&counts, figures, &mut draw);
        let found = scores.into_iter().zip(found).filter_map(|(s, found)| Some((s, found?)));
        self.intervals = found.collect();
        self
    }

    /// A figure with its label by its number.
    fn wanted(&self, score: &Score) -> Wanted {
        let label = match &score.what {
            What::All => None,
            What::Label(label) => Some(self.names.known(label)),
        };
        Wanted { measure: score.measure, whose: score.whose, label }
    }

    /// Every figure that there can be.
    fn scores(&self) -> Vec<Score> {
        let pairs = (0..self.pair_count()).map(Whose::Pair);
        let everyone: Vec<Whose> = std::iter::once(Whose::Everyone).chain(pairs).collect();
        let measures = [
            (Measure::Exact, &self.labels),
            (Measure::Overlap, &self.labels),
            (Measure::Characters, &self.labels),
            (Measure::Kappa, &self.labels),
            (Measure::Alpha, &self.labels),
            (Measure::UnitAlpha, &self.labels),
            (Measure::Relations, &self.relations),
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
        &self.labels
    }

    /// The labels of relations, in the same way.
    #[must_use]
    pub fn relations(&self) -> &[Arc<str>] {
        &self.relations
    }

    /// How many documents everyone has worked on.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.documents.len()
    }

    /// How many documents are in no figure.
    #[must_use]
    pub fn left_out(&self) -> LeftOut {
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
        let value = self.scale.score(&self.sums, &self.wanted(score));
        let interval = value.and_then(|_| self.intervals.get(score).copied());
        Figure { value, interval }
    }

    /// What an F1 is made from, for one pair: what both have, all of the first, all of
    /// the second. Nothing for other measures.
    #[must_use]
    pub fn counts(&self, measure: Measure, pair: usize, what: &What) -> [u64; 3] {
        let Some(quantities) = measure.quantities() else { return [0; 3] };
        let Some(pair) = self.scale.pairs().get(pair).copied() else { return [0; 3] };
        let label = match what {
            What::All => None,
            What::Label(label) => Some(self.names.known(label)),
        };
        quantities.map(|quantity| self.scale.sum(&self.sums, pair, quantity, label))
    }

    /// How often a pair gives what they mark which labels, sorted.
    #[must_use]
    pub fn confusion(&self, pair: usize) -> Vec<Confused> {
        let Some(wanted) = self.scale.pairs().get(pair).copied() else { return Vec::new() };
        let name = |label: Option<usize>| label.and_then(|number| self.names.name(number));
        let cells = self.sums.0.iter().filter_map(|(counted, count)| match counted {
            Counted::Aligned(pair, one, other) if *pair == wanted => {
                Some(Confused { first: name(*one), second: name(*other), count: *count })
            }
            _ => None,
        });
        let mut cells: Vec<Confused> = cells.collect();
        cells.sort_by(|a, b| (&a.first, &a.second).cmp(&(&b.first, &b.second)));
        cells
    }

    /// The documents that are counted, in the order in which they were.
    pub fn paths(&self) -> impl Iterator<Item = &DocumentPath> {
        self.documents.iter().map(|(document, _)| document)
    }

    /// F1, exact and overlapping, in each document, of one pair or the mean of all; in
    /// the order in which they were counted.
    #[must_use]
    pub fn by_document(&self, whose: Whose) -> Vec<(&DocumentPath, Option<f64>, Option<f64>)> {
        let score = |measure| Score { measure, whose, what: What::All };
        let (exact, overlap) = (score(Measure::Exact), score(Measure::Overlap));
        let (exact, overlap) = (self.wanted(&exact), self.wanted(&overlap));
        let figures = |(document, counts)| {
            (document, self.scale.score(counts, &exact), self.scale.score(counts, &overlap))
        };
        self.documents.iter().map(|(document, counts)| figures((document, counts))).collect()
    }
}

/// The numbers of labels and of sets of labels. The empty set is the first.
#[derive(Clone, Debug)]
struct Names {
    numbers: HashMap<Arc<str>, usize>,
    names: Vec<Arc<str>>,
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Self { numbers: HashMap::new(), names: Vec::new() };
        names.number(&"".into());
        names
    }
}

impl Names {
    /// The number of a name, a new one for a new name.
    fn number(&mut self, name: &Arc<str>) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len();
        self.numbers.insert(name.clone(), number);
        self.names.push(name.clone());
        number
    }

    /// The number of a name; for one that nothing was counted of, one that nothing has.
    fn known(&self, name: &Arc<str>) -> usize {
        self.numbers.get(name).copied().unwrap_or(usize::MAX)
    }

    fn name(&self, number: usize) -> Option<Arc<str>> {
        self.names.get(number).cloned()
    }

    fn numbered(&mut self, counts: &Counts) -> score::Counts {
        let counts = counts.0.iter();
        let numbered =
            counts.map(|(counted, count)| (counted.map(|name| self.number(name)), *count));
        score::Counts::of(numbered.collect())
    }

    /// Some labels with those that are used and not among them, by name.
    fn with_used(
        &self,
        mut known: Vec<Arc<str>>,
        sums: &score::Counts,
        links: bool,
    ) -> Vec<Arc<str>> {
        let used: BTreeSet<Arc<str>> = sums
            .0
            .iter()
            .filter_map(|(counted, _)| match counted {
                Counted::OfPair(_, quantity, label) => {
                    let of_links =
                        matches!(quantity, Quantity::FirstRelations | Quantity::SecondRelations);
                    let of_annotations = matches!(quantity, Quantity::First | Quantity::Second);
                    let wanted = if links { of_links } else { of_annotations };
                    wanted.then(|| self.name(*label)).flatten()
                }
                _ => None,
            })
            .collect();
        known.extend(used.into_iter().filter(|label| !known.contains(label)).collect::<Vec<_>>());
        known
    }
}
