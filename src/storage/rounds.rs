//! Going through many documents on all cores.

use rayon::prelude::*;

/// How many documents are gone through before they are handed over.
const ROUND: usize = 512;

/// Does `work` on each item on all cores, given its place from 0, and hands over what came of
/// it in order, some at a time with their items, in the calling thread, until `take` says no.
/// Meanwhile the work goes on: what was made of two rounds is in memory at most.
pub fn in_rounds<'i, I: Sync, T: Send>(
    items: &'i [I],
    work: impl Fn(usize, &I) -> T + Sync,
    mut take: impl FnMut(&'i [I], Vec<T>) -> bool,
) {
    let make = |(number, round): (usize, &'i [I])| {
        let made = round.par_iter().enumerate();
        let made: Vec<T> = made.map(|(at, item)| work(number * ROUND + at, item)).collect();
        (round, made)
    };
    let mut rounds = items.chunks(ROUND).enumerate();
    let mut made = rounds.next().map(make);
    while let Some((round, results)) = made {
        let (following, mut next) = (rounds.next(), None);
        let goes_on = rayon::in_place_scope(|scope| {
            scope.spawn(|_| next = following.map(make));
            take(round, results)
        });
        if !goes_on {
            return;
        }
        made = next;
    }
}
