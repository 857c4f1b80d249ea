//! Which texts are the same wire story: those whose runs of words are mostly the same.
//!
//! `MinHash` with locality-sensitive hashing (Broder 1997; Leskovec, Rajaraman and
//! Ullman, "Mining of Massive Datasets", chapter 3): the share of positions at which
//! two signatures agree estimates the Jaccard index of their shingles.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

use crate::text::has_no_blanks;

/// Words in a shingle.
const SHINGLE: usize = 4;
/// Positions of a signature, in bands of so many.
const BANDS: usize = 24;
const ROWS: usize = 3;
/// What puts shingles into an order of its own for each position: a number that turns bits
/// round, and an odd one to multiply with (multiply-shift, Dietzfelbinger et al. 1997). It is
/// most of the work, so it is no more than that.
static ORDERS: LazyLock<[(u64, u64); BANDS * ROWS]> =
    LazyLock::new(|| std::array::from_fn(|at| (mixed(at as u64, 1), mixed(at as u64, 2) | 1)));
/// The Jaccard index from which two texts are the same story: half of what they have
/// together is in both.
const SAME: f64 = 0.5;

/// What is remembered of a text to compare it with others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature(Option<Box<[u64; BANDS * ROWS]>>);

impl Signature {
    /// The signature of a text; of one without words, one that is like no other.
    pub fn of(text: &str) -> Self {
        let words = words(text);
        if words.is_empty() {
            return Self(None);
        }
        let mut least = Box::new([u64::MAX; BANDS * ROWS]);
        for shingle in words.windows(SHINGLE.min(words.len())) {
            let base =
                shingle.iter().fold(FNV_START, |hash, word| fnv(fnv(hash, word.as_bytes()), &[0]));
            let base = mixed(base, 0);
            for (least, (turn, factor)) in least.iter_mut().zip(&*ORDERS) {
                *least = (*least).min((base ^ turn).wrapping_mul(*factor));
            }
        }
        Self(Some(least))
    }

    /// A number that texts of one story mostly share, drawn by `seed`.
    pub(super) fn draw(&self, seed: u64) -> Option<u64> {
        let least = self.0.as_ref()?;
        Some(mixed(least.first().copied().unwrap_or_default(), seed))
    }

    fn is_like(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (&self.0, &other.0) else { return false };
        let same = one.iter().zip(other.iter()).filter(|(a, b)| a == b).count();
        same as f64 >= SAME * (BANDS * ROWS) as f64
    }
}

/// The words of a text in small letters, however they are encoded. Where words have no blanks
/// between them, each character is one: a changed word then changes no more than itself.
fn words(text: &str) -> Vec<String> {
    let is_composed = text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes;
    let composed = if is_composed { Cow::Borrowed(text) } else { text.nfc().collect() };
    let mut words = Vec::new();
    let mut word = String::new();
    for c in composed.chars() {
        let is_of_word = c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c);
        let is_alone = is_of_word && has_no_blanks(c);
        if is_alone || !is_of_word {
            words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
        }
        if is_of_word {
            word.extend(c.to_lowercase());
        }
        if is_alone {
            words.push(std::mem::take(&mut word));
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// Groups of texts that are the same story, by their places; most have one text.
pub(super) fn stories(signatures: &[Signature]) -> Vec<Vec<usize>> {
    let mut parents: Vec<usize> = (0..signatures.len()).collect();
    for band in 0..BANDS {
        // In a band, most of those that agree agree with the first of them.
        let mut first: HashMap<&[u64], Vec<usize>> = HashMap::new();
        for (at, signature) in signatures.iter().enumerate() {
            let Some(rows) =
                signature.0.as_ref().and_then(|s| s.get(band * ROWS..(band + 1) * ROWS))
            else {
                continue;
            };
            let leaders = first.entry(rows).or_default();
            let like = leaders.iter().find(|leader| {
                signatures.get(**leader).is_some_and(|leader| leader.is_like(signature))
            });
            match like {
                Some(leader) => join(&mut parents, *leader, at),
                None => leaders.push(at),
            }
        }
    }
    let mut groups: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in 0..signatures.len() {
        groups.entry(root(&mut parents, at)).or_default().push(at);
    }
    let mut stories: Vec<Vec<usize>> = groups.into_values().collect();
    stories.sort();
    stories
}

fn root(parents: &mut [usize], mut at: usize) -> usize {
    while let Some(parent) = parents.get(at).copied().filter(|parent| *parent != at) {
        let above = parents.get(parent).copied().unwrap_or(parent);
        if let Some(slot) = parents.get_mut(at) {
            *slot = above;
        }
        at = above;
    }
    at
}

fn join(parents: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(parents, one), root(parents, other));
    let (low, high) = (one.min(other), one.max(other));
    if let Some(slot) = parents.get_mut(high) {
        *slot = low;
    }
}

/// The start of FNV-1a in 64 bits.
const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, which is the same on every machine and in every version.
pub(super) fn fnv(start: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(start, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One number out of two, well mixed (the finaliser of `SplitMix64`).
pub(super) fn mixed(number: u64, with: u64) -> u64 {
    let mut z = number ^ with.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The hash of a name.
pub(super) fn hash(name: &str) -> u64 {
    fnv(FNV_START, name.as_bytes())
}
