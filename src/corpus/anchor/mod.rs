//! Finding annotations again in a text that has changed.
//!
//! An annotation is known by what it quotes and by what stands around it. Where the text that
//! it was made in is known, its surroundings are read from there; where it is not, the other
//! annotations of the set serve as surroundings. Nothing that could stand in two places is
//! taken to stand in one: it is the person who knows.

mod near;
mod occurrences;
mod surroundings;
mod written_otherwise;

pub use self::written_otherwise::WrittenOtherwise;

use self::near::near;
use self::occurrences::Occurrences;
use self::surroundings::{Known, Neighbours};
use super::Fragments;
use crate::text::{Offset, Span, Text};

/// Where an annotation stands in the changed text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// At the same characters, with the same words.
    Same,
    /// The same words stand here now.
    Moved(Fragments),
    /// Much the same words stand here now: to be confirmed.
    Changed(Fragments),
    /// It may stand in any of these places: to be chosen.
    Ambiguous(Vec<Fragments>),
    /// Nothing like it is there any more.
    Lost,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Quoted {
    /// Where it stood, in characters of the text as it was.
    pub fragments: Fragments,
    /// What stood at each fragment.
    pub quotes: Vec<String>,
}

/// The most places that an ambiguous annotation is offered.
const OFFERED: usize = 9;

/// Where each of these stands in `new`. `old` is the text that they were made in, where it is
/// known, and `old_end` its length in characters.
#[must_use]
pub fn find_again(
    items: &[Quoted],
    old: Option<&Text>,
    old_end: usize,
    new: &Text,
) -> Vec<Standing> {
    let new_characters: Vec<char> = new.as_str().chars().collect();
    let occurrences = Occurrences::new(new);
    // Every fragment by itself, with the item that it is of.
    let pieces: Vec<Piece> = items
        .iter()
        .enumerate()
        .flat_map(|(item, quoted)| {
            let spans = quoted.fragments.iter().zip(&quoted.quotes);
            spans.map(move |(span, quote)| (item, span.start().get(), quote))
        })
        .map(|(item, start, quote)| {
            let length = quote.chars().count();
            let places = occurrences.of(quote);
            Piece { item, start, length, quote, places }
        })
        .collect();
    let known = old.map(|old| Known::new(old, &new_characters));
    let neighbours = Neighbours::new(&pieces, old_end, new_characters.len());
    let found: Vec<Found> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| {
            let exact = match &known {
                Some(known) => known.choose(piece),
                None => neighbours.choose(at),
            };
            exact.unwrap_or_else(|| {
                let between = known.as_ref().and_then(|known| known.between(piece));
                match between {
                    Some((start, end)) => Found::Near(start, end),
                    None => near(piece, &new_characters),
                }
            })
        })
        .collect();
    let mut of_item: Vec<Vec<(&Piece, &Found)>> = vec![Vec::new(); items.len()];
    for (piece, found) in pieces.iter().zip(&found) {
        if let Some(of_item) = of_item.get_mut(piece.item) {
            of_item.push((piece, found));
        }
    }
    of_item.iter().map(|found| together(found)).collect()
}

/// One fragment that is looked for.
struct Piece<'a> {
    /// The place of the annotation that it is of.
    item: usize,
    /// Where it stood, in characters.
    start: usize,
    /// Its length, in characters.
    length: usize,
    quote: &'a str,
    /// Where just these words stand in the new text, in order.
    places: Vec<usize>,
}

/// Where one fragment was found; all in characters of the new text.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Found {
    /// Surely here, word for word.
    Exact(usize),
    /// Probably here, from and to; the words are much the same.
    Near(usize, usize),
    /// In one of these places, from and to.
    Several(Vec<(usize, usize)>),
    Nowhere,
}

/// Where an annotation stands whose fragments were found so.
fn together(found: &[(&Piece<'_>, &Found)]) -> Standing {
    if let [(piece, Found::Several(places))] = found {
        let places = places.iter().take(OFFERED);
        let offered: Vec<Fragments> =
            places.filter_map(|(start, end)| fragments([(*start, *end)])).collect();
        debug_assert!(piece.length > 0);
        return if offered.is_empty() { Standing::Lost } else { Standing::Ambiguous(offered) };
    }
    let mut spans = Vec::new();
    let (mut exact, mut same, mut sure) = (true, true, true);
    for (piece, found) in found {
        let (start, end) = match found {
            Found::Exact(start) => (*start, start + piece.length),
            Found::Near(start, end) => {
                exact = false;
                (*start, *end)
            }
            Found::Several(places) => {
                sure = false;
                let Some(first) = places.first() else { return Standing::Lost };
                *first
            }
            Found::Nowhere => return Standing::Lost,
        };
        same &= start == piece.start && end == piece.start + piece.length;
        spans.push((start, end));
    }
    // Fragments that have changed places are no longer one annotation.
    let in_order = spans.iter().zip(spans.iter().skip(1)).all(|(one, two)| one.1 <= two.0);
    let (Some(fragments), true) = (fragments(spans), in_order) else { return Standing::Lost };
    match (sure, exact, same) {
        (false, ..) => Standing::Ambiguous(vec![fragments]),
        (true, false, _) => Standing::Changed(fragments),
        (true, true, true) => Standing::Same,
        (true, true, false) => Standing::Moved(fragments),
    }
}

fn fragments(spans: impl IntoIterator<Item = (usize, usize)>) -> Option<Fragments> {
    let span = |(start, end)| Span::new(Offset::new(start), Offset::new(end));
    Fragments::in_order(spans.into_iter().map(span).collect::<Option<_>>()?)
}
