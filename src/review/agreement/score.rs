//! The formulas.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::counted::{Counted, Pair, Quantity};

/// A way of measuring agreement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Measure {
    /// F1 = 2·both / (first + second) of annotations with the same label and fragments
    /// (Hripcsak and Rothschild 2005).
    Exact,
    /// The same of annotations with the same label that share a character, each taken
    /// once, as many as can be.
    Overlap,
    /// The same of characters, by label: Dice's measure.
    Characters,
    /// The same of relations with the same label between the same annotations.
    Relations,
    /// Cohen's kappa on tokens: (observed − expected) / (1 − expected), what is expected
    /// from each one's own shares (Cohen 1960).
    Kappa,
    /// Krippendorff's alpha for nominal data on tokens (Krippendorff 2004, chapter 11).
    Alpha,
    /// Krippendorff's alpha for units of a continuum of characters (Krippendorff and
    /// others 2016), by label.
    UnitAlpha,
}

impl Measure {
    /// Those that there are of labels of annotations, with what they are called.
    pub const OF_LABELS: [(&'static str, Self); 6] = [
        ("F1 exact", Self::Exact),
        ("F1 overlap", Self::Overlap),
        ("F1 characters", Self::Characters),
        ("kappa", Self::Kappa),
        ("alpha", Self::Alpha),
        ("u-alpha", Self::UnitAlpha),
    ];

    /// What it measures, for a person, in a sentence.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Exact => {
                "F1 of annotations with the same label and the same edges: 1 is all, 0 is none"
            }
            Self::Overlap => {
                "F1 of annotations with the same label and a character in common, each taken once"
            }
            Self::Characters => "F1 of the characters that have the label",
            Self::Relations => "F1 of links with the same label between the same annotations",
            Self::Kappa => {
                "Cohen's kappa of tokens: agreement beyond what chance would give; 0 is chance"
            }
            Self::Alpha => {
                "Krippendorff's alpha of tokens: as kappa, for any number of annotators; below \
                 0.67 hardly anything should be concluded"
            }
            Self::UnitAlpha => {
                "Krippendorff's alpha of units: as alpha, by how many characters are covered alike"
            }
        }
    }

    /// What an F1 is made from: what both have, all of the first, all of the second.
    /// `None` for what is no F1.
    pub(super) fn quantities(self) -> Option<[Quantity; 3]> {
        Some(match self {
            Self::Exact => [Quantity::Exact, Quantity::First, Quantity::Second],
            Self::Overlap => [Quantity::Overlapping, Quantity::First, Quantity::Second],
            Self::Characters => {
                [Quantity::BothCharacters, Quantity::FirstCharacters, Quantity::SecondCharacters]
            }
            Self::Relations => {
                [Quantity::BothRelations, Quantity::FirstRelations, Quantity::SecondRelations]
            }
            Self::Kappa | Self::Alpha | Self::UnitAlpha => return None,
        })
    }
}

/// Whose agreement is measured.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Whose {
    /// That of two annotators, by the place of the pair among all pairs.
    Pair(usize),
    /// Everyone's. Of measures for two, the mean over the pairs where it is defined.
    Everyone,
}

/// What is measured.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum What {
    /// Everything: F1 over all labels; kappa and alpha of a token's set of labels.
    All,
    /// One label, of annotations or of relations.
    Label(Arc<str>),
}

/// One figure, by what it says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Score {
    /// In which way.
    pub measure: Measure,
    /// Of whom.
    pub whose: Whose,
    /// Of what.
    pub what: What,
}

/// What is counted, with labels and sets of labels by their numbers.
pub(super) type Counts = super::counted::Counts<usize>;

/// A figure that is wanted, with its label by its number; `None` for all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) measure: Measure,
    pub(super) whose: Whose,
    pub(super) label: Option<usize>,
}

/// Who is compared by what, as the formulas need it.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// How many annotators.
    pub(super) annotators: usize,
    /// The labels of annotations, by their numbers.
    pub(super) labels: Vec<usize>,
    /// The labels of relations.
    pub(super) relations: Vec<usize>,
}

impl Scale {
    /// All pairs, in the order of the annotators.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let count = self.annotators;
        (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other))).collect()
    }

    /// A figure over some counts; `None` where it is not defined.
    pub(super) fn score(&self, counts: &Counts, wanted: &Wanted) -> Option<f64> {
        let pairs = self.pairs();
        let of: Vec<Pair> = match wanted.whose {
            Whose::Pair(number) => pairs.get(number).copied().into_iter().collect(),
            Whose::Everyone => pairs,
        };
        match wanted.measure {
            Measure::Alpha => Self::alpha(counts, &of, wanted.label),
            Measure::UnitAlpha => Self::unit_alpha(counts, &of, wanted.label),
            _ => {
                let each = of.iter().filter_map(|pair| self.of_pair(counts, *pair, *wanted));
                mean(each)
            }
        }
    }

    fn of_pair(&self, counts: &Counts, pair: Pair, wanted: Wanted) -> Option<f64> {
        if wanted.measure == Measure::Kappa {
            return kappa(counts, pair, wanted.label);
        }
        let sum = |quantity| self.sum(counts, pair, quantity, wanted.label);
        let [both, first, second] = wanted.measure.quantities()?.map(sum);
        (first + second > 0).then(|| 2.0 * both as f64 / (first + second) as f64)
    }

    /// How many there are of a quantity for a pair, of one label or of all.
    pub(super) fn sum(
        &self,
        counts: &Counts,
        pair: Pair,
        quantity: Quantity,
        label: Option<usize>,
    ) -> u64 {
        let of = |label: &usize| counts.get(&Counted::OfPair(pair, quantity, *label));
        if let Some(label) = label {
            return of(&label);
        }
        let links = matches!(
            quantity,
            Quantity::BothRelations | Quantity::FirstRelations | Quantity::SecondRelations
        );
        let labels = if links { &self.relations } else { &self.labels };
        labels.iter().map(of).sum()
    }

    /// How many annotators there are in some pairs that are all pairs of these.
    fn raters(pairs: &[Pair]) -> usize {
        let mut all: Vec<usize> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }

    /// `alpha = 1 − (n − 1) · Σ o(c, k) / Σ n(c) n(k)`, over c ≠ k; o counts the pairs of
    /// values in each token, divided by one less than its annotators.
    fn alpha(counts: &Counts, pairs: &[Pair], label: Option<usize>) -> Option<f64> {
        let raters = Self::raters(pairs);
        let share = 1.0 / (raters.checked_sub(1).filter(|others| *others > 0)? as f64);
        let mut observed = 0.0;
        let mut margins: BTreeMap<usize, f64> = BTreeMap::new();
        for (one, other, count) in pairs.iter().flat_map(|pair| values_of(counts, *pair, label)) {
            observed += if one == other { 0.0 } else { 2.0 * count * share };
            *margins.entry(one).or_default() += count * share;
            *margins.entry(other).or_default() += count * share;
        }
        nominal_alpha(observed, &margins)
    }

    /// `alpha = 1 − (L − Σ l(c, c)) / (L − Σ e(c, c))`, with the label and gaps as values
    /// c: l(c, c) is the length on which pairs agree; what is expected is
    /// `e(c, c) = L (l(c)² − Σ s²) / (L² − Σ s²)`, where a unit of length s counts s² and a
    /// gap counts each of its characters.
    fn unit_alpha(counts: &Counts, pairs: &[Pair], label: Option<usize>) -> Option<f64> {
        let label = label?;
        let raters = Self::raters(pairs);
        let others = raters.checked_sub(1).filter(|others| *others > 0)? as f64;
        let characters = counts.get(&Counted::Characters) as f64;
        let length = characters * raters as f64;
        let quantity =
            |pair: &Pair, quantity| counts.get(&Counted::OfPair(*pair, quantity, label)) as f64;
        let mut covered: BTreeMap<usize, f64> = BTreeMap::new();
        let (mut same_units, mut same_gaps) = (0.0, 0.0);
        for pair in pairs {
            let both = quantity(pair, Quantity::BothCharacters);
            let one = quantity(pair, Quantity::FirstCharacters);
            let other = quantity(pair, Quantity::SecondCharacters);
            covered.insert(pair.0, one);
            covered.insert(pair.1, other);
            same_units += 2.0 * both / others;
            same_gaps += 2.0 * (characters - one - other + both) / others;
        }
        let squares: f64 =
            covered.keys().map(|rater| counts.get(&Counted::Squares(*rater, label)) as f64).sum();
        let units: f64 = covered.values().sum();
        let gaps = length - units;
        // Units only, or gaps only: there is nothing that could differ. What is expected would
        // come to 0, but for rounding.
        if units == 0.0 || gaps == 0.0 {
            return None;
        }
        let denominator = length * length - squares - gaps;
        let expected_units = length * (units * units - squares) / denominator;
        let expected_gaps = length * (gaps * gaps - gaps) / denominator;
        let expected = length - expected_units - expected_gaps;
        Some(1.0 - (length - same_units - same_gaps) / expected)
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0_u32, 0.0), |(count, sum), value| (count + 1, sum + value));
    (count > 0).then(|| sum / f64::from(count))
}

/// Tokens with a label for both, only the first, only the second, and neither.
fn tokens_of(counts: &Counts, pair: Pair, label: usize) -> [f64; 4] {
    let of = |quantity| counts.get(&Counted::OfPair(pair, quantity, label));
    let all = counts.get(&Counted::Tokens);
    let [both, first, second] =
        [Quantity::BothTokens, Quantity::FirstTokens, Quantity::SecondTokens].map(of);
    let neither = (all + both).saturating_sub(first + second);
    [both, first - both, second - both, neither].map(|count| count as f64)
}

/// Tokens by the values that the two of a pair give them: whether they have a label or,
/// of all labels, which ones.
fn values_of(counts: &Counts, pair: Pair, label: Option<usize>) -> Vec<(usize, usize, f64)> {
    if let Some(label) = label {
        let [both, first, second, neither] = tokens_of(counts, pair, label);
        let (without, with) = (0, 1);
        return vec![
            (with, with, both),
            (with, without, first),
            (without, with, second),
            (without, without, neither),
        ];
    }
    let (from, to) = (Counted::Sets(pair, 0, 0), Counted::Sets((pair.0, pair.1 + 1), 0, 0));
    let sets = counts.between(&from, &to).iter().filter_map(|(counted, count)| match counted {
        Counted::Sets(_, one, other) => Some((*one, *other, *count as f64)),
        _ => None,
    });
    sets.collect()
}

/// What is observed and expected is worked out from each one's own shares of values.
fn kappa(counts: &Counts, pair: Pair, label: Option<usize>) -> Option<f64> {
    let tokens = counts.get(&Counted::Tokens) as f64;
    if tokens == 0.0 {
        return None;
    }
    let mut same = 0.0;
    let mut margins: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (one, other, count) in values_of(counts, pair, label) {
        same += if one == other { count } else { 0.0 };
        margins.entry(one).or_default().0 += count;
        margins.entry(other).or_default().1 += count;
    }
    let expected: f64 = margins.values().map(|(one, other)| one * other).sum();
    let (observed, expected) = (same / tokens, expected / (tokens * tokens));
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

fn nominal_alpha(observed: f64, margins: &BTreeMap<usize, f64>) -> Option<f64> {
    let all: f64 = margins.values().sum();
    let same: f64 = margins.values().map(|count| count * count).sum();
    let expected = all * all - same;
    // One value only: there is nothing that could differ.
    let several = margins.values().filter(|count| **count > 0.0).count() > 1;
    several.then(|| 1.0 - (all - 1.0) * observed / expected)
}
