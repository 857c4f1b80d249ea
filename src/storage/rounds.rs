//! Going through many documents on all cores.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

/// How many documents are gone through before they are handed over: few first, since the first
/// answer is wanted soonest.
const FIRST: usize = 8;
/// How much larger each round is than the one before, up to [`MOST`].
const GROWTH: usize = 8;
/// The most documents that are gone through before they are handed over.
const MOST: usize = 512;

/// Does `work` on each item on all cores, given its place from 0, and hands over what came of
/// it in order, some at a time with their items, in the calling thread, until `take` says no.
/// Meanwhile the work goes on: what was made of two rounds is in memory at most.
pub fn in_rounds<'i, I: Sync, T: Send>(
    items: &'i [I],
    work: impl Fn(usize, &I) -> T + Sync,
    mut take: impl FnMut(&'i [I], Vec<T>) -> bool,
) {
    let is_over = AtomicBool::new(false);
    let make = |(start, round): (usize, &'i [I])| {
        if let [item] = round {
            return (round, vec![work(start, item)]);
        }
        let made = round.par_iter().enumerate().map(|(at, item)| {
            // What nobody takes any more is not made.
            (!is_over.load(Ordering::Relaxed)).then(|| work(start + at, item))
        });
        (round, made.while_some().collect::<Vec<T>>())
    };
    ahead(rounds_of(items), make, |(round, results)| {
        let goes_on = take(round, results);
        is_over.store(!goes_on, Ordering::Relaxed);
        goes_on
    });
}

/// Makes something of each item and has it taken in order, in the calling thread, until `take`
/// says no. Meanwhile the next one is made on another core.
pub(super) fn ahead<I: Send, T: Send>(
    mut items: impl Iterator<Item = I>,
    make: impl Fn(I) -> T + Sync,
    mut take: impl FnMut(T) -> bool,
) {
    let mut made = items.next().map(&make);
    while let Some(result) = made {
        // Where there is nothing more to do, no core is asked to.
        let Some(following) = items.next() else {
            take(result);
            return;
        };
        let (mut next, mut goes_on) = (None, false);
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = Some(make(following)));
            goes_on = take(result);
        });
        if !goes_on {
            return;
        }
        made = next;
    }
}

/// Cuts items into rounds, each with the place where it starts.
fn rounds_of<I>(items: &[I]) -> impl Iterator<Item = (usize, &[I])> {
    let (mut start, mut size) = (0, FIRST);
    std::iter::from_fn(move || {
        let rest = items.get(start..).filter(|rest| !rest.is_empty())?;
        let round = (start, rest.get(..size).unwrap_or(rest));
        start += size;
        size = (size * GROWTH).min(MOST);
        Some(round)
    })
}
