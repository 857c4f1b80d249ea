//! Every place of several strings in a text.

use std::ops::Range;

use aho_corasick::AhoCorasick;

/// As many strings are searched for by [`Skipping`] sooner than an automaton is made.
const FEW: usize = 24;
/// Texts that are shorter are searched sooner than that is made, in bytes.
const SHORT: usize = 16_000;

/// Calls `hit` with every place of every string, overlapping ones too: which string, and the
/// bytes. No string is empty.
pub(super) fn each_occurrence(
    strings: &[&str],
    text: &str,
    mut hit: impl FnMut(usize, Range<usize>),
) {
    let is_much = strings.len() > FEW && text.len() > SHORT;
    // It cannot be made only of thousands of millions of bytes.
    if let Some(automaton) = is_much.then(|| AhoCorasick::new(strings).ok()).flatten() {
        let found = automaton.find_overlapping_iter(text);
        found.for_each(|found| hit(found.pattern().as_usize(), found.range()));
    } else if let Some(search) = Skipping::new(strings) {
        search.each(text.as_bytes(), &mut hit);
    }
}

/// Looks for several strings at once, and passes over what cannot end the start of any: S. Wu
/// and U. Manber, *A fast algorithm for multi-pattern searching* (1994). An article is short:
/// an automaton, or a search for each string, would take longer to be made than this takes as
/// a whole.
struct Skipping<'s> {
    /// How many bytes are looked at together: the shortest string's.
    window: usize,
    /// The last bytes of a window are its block; which ones, as bits of their number.
    block: u64,
    /// By the block that ends a window: how much further on a window may be a string's start.
    skip: [u8; SLOTS],
    /// The strings with their places, by the block that ends their starts.
    strings: Vec<(usize, usize, &'s [u8])>,
}

/// The most bytes of a block. Of short ones there are few in a language: most are in some
/// string, and little is passed over; of long ones there are few in a window.
const BLOCK: usize = 8;
/// As many blocks are told apart; others are taken for one of these, and nothing is missed.
const SLOTS: usize = 1 << 12;

/// Where the block that ends a window is counted.
fn slot_at_end(window: &[u8], block: u64) -> usize {
    let bytes = match window.last_chunk::<BLOCK>() {
        Some(last) => u64::from_be_bytes(*last),
        None => window.iter().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)),
    };
    // The upper bits of a product depend on all bits.
    usize::try_from((bytes & block).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52).unwrap_or_default()
}

impl<'s> Skipping<'s> {
    /// `None` where there is nothing to look for.
    fn new(strings: &[&'s str]) -> Option<Self> {
        let shortest = strings.iter().map(|string| string.len()).min()?;
        let window = shortest.min(usize::from(u8::MAX));
        let length = window.div_ceil(2).min(BLOCK);
        let block = u64::MAX >> (64 - 8 * length);
        let furthest = u8::try_from(window + 1 - length).ok()?;
        let mut skip = [furthest; SLOTS];
        let mut by_slot = Vec::with_capacity(strings.len());
        for (which, string) in strings.iter().enumerate() {
            let string = string.as_bytes();
            for (end, left) in (length..=window).rev().zip(0_u8..) {
                let slot = skip.get_mut(slot_at_end(string.get(..end)?, block))?;
                *slot = left.min(*slot);
            }
            by_slot.push((slot_at_end(string.get(..window)?, block), which, string));
        }
        by_slot.sort_unstable();
        Some(Self { window, block, skip, strings: by_slot })
    }

    fn each(&self, text: &[u8], mut hit: impl FnMut(usize, Range<usize>)) {
        let mut at = 0;
        while let Some(window) = text.get(at..at + self.window) {
            let slot = slot_at_end(window, self.block);
            let skip = self.skip.get(slot).copied().unwrap_or_default();
            if skip > 0 {
                at += usize::from(skip);
                continue;
            }
            let first = self.strings.partition_point(|(other, ..)| *other < slot);
            let rest = text.get(at..).unwrap_or_default();
            let here = self.strings.get(first..).unwrap_or_default().iter();
            for (_, which, string) in here.take_while(|(other, ..)| *other == slot) {
                if rest.starts_with(string) {
                    hit(*which, at..at + string.len());
                }
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn found(strings: &[&str], text: &str) -> BTreeSet<(usize, usize)> {
        let mut found = BTreeSet::new();
        each_occurrence(strings, text, |which, bytes| {
            assert_eq!(text.get(bytes.clone()), strings.get(which).copied());
            assert!(found.insert((which, bytes.start)), "{which} at {bytes:?} is found twice");
        });
        found
    }

    proptest! {
        /// However it is looked for: in a short text, in a long one, and for many at once.
        #[test]
        fn every_place_of_every_string_is_found_once(
            strings in prop_oneof![
                proptest::collection::btree_set("[abé ]{1,5}", 1..2 * FEW),
                // With blocks of any length.
                proptest::collection::btree_set("[ab]{6,9}", 1..FEW),
                proptest::collection::btree_set("(ab){6,9}a?", 1..4),
                proptest::collection::btree_set("(ab){130,140}é?", 1..3),
            ],
            text in prop_oneof!["[abé ]{0,60}", "[ab]{0,200}", "((ab){100,200}é?){0,3}"],
            is_long in any::<bool>(),
        ) {
            let text = if is_long { format!("{text}{}", "z".repeat(SHORT)) } else { text };
            let strings: Vec<&str> = strings.iter().map(String::as_str).collect();
            let places = text.char_indices().map(|(at, _)| at);
            let all = places.flat_map(|at| (0..strings.len()).map(move |which| (which, at)));
            let stands = |(which, at): &(usize, usize)| {
                text.get(*at..).is_some_and(|rest| rest.starts_with(strings[*which]))
            };
            prop_assert_eq!(found(&strings, &text), all.filter(stands).collect::<BTreeSet<_>>());
        }
    }
}
