//! One-to-one matching of what overlaps.

use std::collections::VecDeque;

use crate::corpus::{Fragments, Reach};

/// The most pairs that can be made of two annotators' annotations, each taken once, so
/// that the two of a pair share a character.
///
/// Both lists in order. Counting every overlap instead would find more than there are;
/// taking whatever comes first would depend on the order. See Kuhn 1955; augmenting
/// paths are looked for breadth first, so that no depth of nesting is too much.
pub(super) fn most_pairs(first: &[&Fragments], second: &[&Fragments]) -> usize {
    let second = Searched::new(second);
    let mut of_first: Vec<Option<usize>> = vec![None; first.len()];
    let mut of_second: Vec<Option<usize>> = vec![None; second.fragments.len()];
    // Most are matched by what comes first.
    for (at, one) in first.iter().enumerate() {
        let free = second.overlapping(one).find(|other| is_free(&of_second, *other));
        if let Some(other) = free {
            take(&mut of_first, &mut of_second, at, other);
        }
    }
    let unmatched: Vec<usize> =
        (0..first.len()).filter(|at| of_first.get(*at) == Some(&None)).collect();
    for start in unmatched {
        let Some((reached_from, end)) = path(first, &second, &of_second, start) else { continue };
        // Along the path, each takes the one that it was reached by.
        let mut other = end;
        while let Some(one) = reached_from.get(other).copied().flatten() {
            let before = of_first.get(one).copied().flatten();
            take(&mut of_first, &mut of_second, one, other);
            let Some(before) = before else { break };
            other = before;
        }
    }
    of_first.iter().flatten().count()
}

fn is_free(of_second: &[Option<usize>], at: usize) -> bool {
    of_second.get(at).is_some_and(Option::is_none)
}

fn take(of_first: &mut [Option<usize>], of_second: &mut [Option<usize>], one: usize, other: usize) {
    if let (Some(a), Some(b)) = (of_first.get_mut(one), of_second.get_mut(other)) {
        *a = Some(other);
        *b = Some(one);
    }
}

/// A path from an unmatched one to an unmatched other, along which all can be matched
/// anew: by whom each was reached, and where it ends.
fn path(
    first: &[&Fragments],
    second: &Searched<'_>,
    of_second: &[Option<usize>],
    start: usize,
) -> Option<(Vec<Option<usize>>, usize)> {
    let mut reached_from: Vec<Option<usize>> = vec![None; second.fragments.len()];
    let mut waiting = VecDeque::from([start]);
    while let Some(one) = waiting.pop_front() {
        let Some(fragments) = first.get(one) else { continue };
        for other in second.overlapping(fragments) {
            let Some(reached) = reached_from.get_mut(other).filter(|r| r.is_none()) else {
                continue;
            };
            *reached = Some(one);
            match of_second.get(other).copied().flatten() {
                None => return Some((reached_from, other)),
                Some(next) => waiting.push_back(next),
            }
        }
    }
    None
}

/// Annotations among which those that overlap another are found without looking at all.
struct Searched<'a> {
    /// In the order of the text.
    fragments: &'a [&'a Fragments],
    reach: Reach,
}

impl<'a> Searched<'a> {
    fn new(fragments: &'a [&'a Fragments]) -> Self {
        Self { reach: Reach::of(fragments.iter().map(|one| one.extent().end)), fragments }
    }

    /// The places of those that share a character with another.
    fn overlapping<'s>(&'s self, one: &'s Fragments) -> impl Iterator<Item = usize> + 's {
        let extent = one.extent();
        let count = self.fragments.partition_point(|other| other.extent().start < extent.end);
        let near = self.reach.beyond(count, extent.start).into_iter();
        near.filter(|at| self.fragments.get(*at).is_some_and(|other| one.shares_with(other)))
    }
}
