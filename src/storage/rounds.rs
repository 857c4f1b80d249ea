//! Going through many documents on all cores.

use std::sync::mpsc;

use rayon::prelude::*;

/// How many documents are gone through before they are handed over: what was made of no more
/// than three times as many is in memory and not taken yet.
const ROUND: usize = 512;

/// Does `work` on each item on all cores, given its place from 0, and hands over what came of
/// it in order, some at a time with their items, in the calling thread, until `take` says no.
pub fn in_rounds<'i, I: Sync, T: Send>(
    items: &'i [I],
    work: impl Fn(usize, &I) -> T + Sync,
    mut take: impl FnMut(&'i [I], Vec<T>) -> bool,
) {
    let (sender, results) = mpsc::sync_channel(1);
    let work = &work;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for (number, round) in items.chunks(ROUND).enumerate() {
                let made = round.par_iter().enumerate();
                let made: Vec<T> = made.map(|(at, item)| work(number * ROUND + at, item)).collect();
                // Nobody takes them any more.
                if sender.send((round, made)).is_err() {
                    return;
                }
            }
        });
        // Dropping the receiver, at the latest here, lets the work stop.
        let results = results;
        for (round, made) in results {
            if !take(round, made) {
                return;
            }
        }
    });
}
