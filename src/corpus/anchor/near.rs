//! Words that are much the same, by how many characters would have to be typed.

use super::{Found, Piece};

/// The least length of what is looked for so, in characters: shorter words are like too many.
const SHORTEST: usize = 4;

/// How many steps a search may take: the length of the words times that of the text.
const STEPS: usize = 40_000_000;

/// Where words stand that differ from the fragment's in a third of its characters at most
/// (P. Sellers, The theory and computation of evolutionary distances, 1980): in one place, in
/// several that are as good, or nowhere.
pub(super) fn near(piece: &Piece<'_>, text: &[char]) -> Found {
    let quote: Vec<char> = piece.quote.chars().collect();
    if quote.len() < SHORTEST || quote.len().saturating_mul(text.len()) > STEPS {
        return Found::Nowhere;
    }
    let most = quote.len() / 3;
    let costs = costs_of_ends(&quote, text);
    let Some(best) = costs.iter().copied().min().filter(|best| *best <= most) else {
        return Found::Nowhere;
    };
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (end, cost) in costs.iter().enumerate() {
        if *cost > best + 1 {
            continue;
        }
        let start = start_of(&quote, text.get(..end).unwrap_or_default());
        match places.last_mut() {
            // Of places that share characters, the best one.
            Some(last) if last.1 > start => {
                if costs.get(last.1).is_some_and(|before| cost < before) {
                    *last = (start, end);
                }
            }
            _ => places.push((start, end)),
        }
    }
    places.retain(|(start, end)| start < end);
    match places.as_slice() {
        [] => Found::Nowhere,
        [(start, end)] => Found::Near(*start, *end),
        _ => Found::Several(places),
    }
}

/// For each place of the text, how many characters have to be put in, left out or replaced to
/// make some part of it that ends there into the quote.
fn costs_of_ends(quote: &[char], text: &[char]) -> Vec<usize> {
    let mut column: Vec<usize> = (0..=quote.len()).collect();
    let mut costs = vec![quote.len()];
    for character in text {
        let mut diagonal = 0;
        let mut above = 0;
        for (cell, wanted) in column.iter_mut().skip(1).zip(quote) {
            let replaced = diagonal + usize::from(wanted != character);
            diagonal = *cell;
            *cell = replaced.min(*cell + 1).min(above + 1);
            above = *cell;
        }
        costs.push(column.last().copied().unwrap_or_default());
    }
    costs
}

/// Where the part of a text begins that ends with it and is most like the quote.
fn start_of(quote: &[char], before: &[char]) -> usize {
    let length = (2 * quote.len()).min(before.len());
    let tail: Vec<char> = before.iter().rev().take(length).copied().collect();
    let reversed: Vec<char> = quote.iter().rev().copied().collect();
    // The cost of making each beginning of the tail into the whole of the quote.
    let mut column: Vec<usize> = (0..=reversed.len()).collect();
    let mut best = (column.last().copied().unwrap_or_default(), 0);
    for (at, character) in tail.iter().enumerate() {
        let mut diagonal = at;
        let mut above = at + 1;
        if let Some(first) = column.first_mut() {
            *first = above;
        }
        for (cell, wanted) in column.iter_mut().skip(1).zip(&reversed) {
            let replaced = diagonal + usize::from(wanted != character);
            diagonal = *cell;
            *cell = replaced.min(*cell + 1).min(above + 1);
            above = *cell;
        }
        let cost = column.last().copied().unwrap_or_default();
        if cost < best.0 {
            best = (cost, at + 1);
        }
    }
    before.len() - best.1
}
