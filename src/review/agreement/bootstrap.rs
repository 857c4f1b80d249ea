use std::collections::BTreeSet;

use super::counted::Counted;
use super::score::Counts;

/// How often documents are drawn anew.
const DRAWS: usize = 1_000;
/// The share of draws that lies outside an interval on either side.
const TAIL: f64 = 0.025;

/// Draws as many documents as there are, with repetition, again and again, and works
/// figures out of each draw's sums: the interval that 95 of 100 draws lie in, for each
/// figure that is defined in at least half of them (Efron's percentiles). `draw` gives a
/// number below the one that it is given.
pub(super) fn intervals(
    documents: &[&Counts],
    figures: impl Fn(&Counts) -> Vec<Option<f64>>,
    draw: &mut dyn FnMut(usize) -> usize,
) -> Vec<Option<(f64, f64)>> {
    if documents.len() < 2 {
        return Vec::new();
    }
    let all = documents.iter().flat_map(|counts| counts.0.iter().map(|(counted, _)| *counted));
    let columns: BTreeSet<Counted<usize>> = all.collect();
    let columns: Vec<Counted<usize>> = columns.into_iter().collect();
    let sparse: Vec<Vec<(usize, u64)>> = documents
        .iter()
        .map(|counts| {
            let place = |(counted, count): &(Counted<usize>, u64)| {
                columns.binary_search(counted).ok().map(|at| (at, *count))
            };
            counts.0.iter().filter_map(place).collect()
        })
        .collect();
    let mut drawn: Vec<Vec<f64>> = Vec::new();
    for _ in 0..DRAWS {
        let mut sums = vec![0_u64; columns.len()];
        for _ in 0..documents.len() {
            let Some(document) = sparse.get(draw(documents.len())) else { continue };
            for (at, count) in document {
                if let Some(sum) = sums.get_mut(*at) {
                    *sum += count;
                }
            }
        }
        let counts = Counts::of(columns.iter().copied().zip(sums).collect());
        for (at, figure) in figures(&counts).into_iter().enumerate() {
            if drawn.len() <= at {
                drawn.push(Vec::new());
            }
            if let (Some(values), Some(figure)) = (drawn.get_mut(at), figure) {
                values.push(figure);
            }
        }
    }
    drawn.into_iter().map(interval).collect()
}

fn interval(mut values: Vec<f64>) -> Option<(f64, f64)> {
    if values.len() < DRAWS / 2 {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let last = (values.len() - 1) as f64;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of the values is the place of one"
    )]
    let at = |share: f64| values.get((last * share).round() as usize).copied();
    Some((at(TAIL)?, at(1.0 - TAIL)?))
}
