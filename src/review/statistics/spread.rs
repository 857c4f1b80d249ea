use std::collections::BTreeMap;

/// How numbers of characters, or what they are, are spread.
#[derive(Clone, PartialEq, Debug)]
pub struct Spread<T> {
    /// How many there are; at least one.
    pub count: usize,
    /// The least.
    pub min: T,
    /// The least that at least half are not above.
    pub median: T,
    /// The sum by the count.
    pub mean: f64,
    /// The least that at least nine of ten are not above.
    pub p90: T,
    /// The greatest.
    pub max: T,
}

impl<T: Copy> Spread<T> {
    /// The spread of values that are sorted, each with how often it is there; `None`
    /// where there are none.
    pub(super) fn of(sorted: &[(T, usize)], number: impl Fn(T) -> f64) -> Option<Self> {
        let count: usize = sorted.iter().map(|(_, times)| times).sum();
        let ((min, _), (max, _)) = (*sorted.first()?, *sorted.last()?);
        // The nearest rank, from 1: the least of `count` · tenths / 10, rounded up.
        let at = |tenths: usize| {
            let rank = (count * tenths).div_ceil(10);
            let mut seen = 0;
            let reached = sorted.iter().find(|(_, times)| {
                seen += times;
                seen >= rank
            });
            reached.map_or(max, |(value, _)| *value)
        };
        let sum: f64 = sorted.iter().map(|(value, times)| number(*value) * *times as f64).sum();
        Some(Self { count, min, median: at(5), mean: sum / count as f64, p90: at(9), max })
    }
}

/// Lengths in characters that are about the same, and how many there are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bin {
    /// The shortest that belong to it.
    pub from: usize,
    /// The shortest that do not any more.
    pub below: usize,
    /// How many there are.
    pub count: usize,
}

/// The bins of lengths, without gaps between the first and the last that hold some.
///
/// They begin at 1, 2, 5, 10, 20, 50, 100 and so on: names have a few characters and
/// claims some hundreds, and both are to be seen.
pub(super) fn bins(lengths: &BTreeMap<usize, usize>) -> Vec<Bin> {
    let (Some((shortest, _)), Some((longest, _))) =
        (lengths.first_key_value(), lengths.last_key_value())
    else {
        return Vec::new();
    };
    let edges: Vec<usize> = (0..19_u32)
        .flat_map(|power| [1, 2, 5].map(|times| times * 10_usize.saturating_pow(power)))
        .collect();
    let pairs = edges.iter().zip(edges.iter().skip(1));
    let held = pairs.filter(|(from, below)| shortest < *below && *from <= longest);
    held.map(|(&from, &below)| {
        let count = lengths.range(from..below).map(|(_, count)| count).sum();
        Bin { from, below, count }
    })
    .collect()
}
