//! Finding annotations again in a text that has changed.

use tandai::corpus::{Fragments, Quoted, Standing, find_again};
use tandai::text::{Offset, Span, Text};

use super::bytes::Bytes;

/// The most annotations that are looked for.
const MOST: usize = 12;

/// What is found lies in the text; what is the same or moved has the same words, and what may
/// stand in several places is not said to stand in one.
pub fn anchoring(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let wanted: Vec<[usize; 4]> =
        (0..bytes.below(MOST)).map(|_| [0; 4].map(|_| bytes.below(256))).collect();
    let texts = bytes.text();
    let (old, new) = texts.split_once('\u{1}').unwrap_or((&texts, &texts));
    let (old, new) = (Text::new(old), Text::new(new));
    let end = old.characters();
    let span = |start: usize, length: usize| {
        let start = start % end.max(1);
        let stop = (start + 1 + length % 24).min(end);
        Span::new(Offset::new(start), Offset::new(stop))
    };
    let items: Vec<Quoted> = wanted
        .iter()
        .filter_map(|[start, length, other, more]| {
            let first = Fragments::one(span(*start, *length)?);
            let fragments = match span(*other, *more) {
                Some(second) if more % 3 == 0 => first.with(second),
                _ => first,
            };
            let quotes = fragments.iter().map(|one| old.slice(one.range()).to_owned()).collect();
            Some(Quoted { fragments, quotes })
        })
        .collect();
    for known in [Some(&old), None] {
        let standings = find_again(&items, known, end, &new);
        assert_eq!(standings.len(), items.len());
        for (item, standing) in items.iter().zip(&standings) {
            check(item, standing, &new);
        }
    }
}

fn check(item: &Quoted, standing: &Standing, new: &Text) {
    let lies_in_text = |place: &Fragments| assert!(place.extent().end <= new.end());
    let has_its_words = |place: &Fragments| {
        let words: Vec<&str> = place.iter().map(|one| new.slice(one.range())).collect();
        assert_eq!(words, item.quotes);
    };
    match standing {
        Standing::Same => {
            lies_in_text(&item.fragments);
            has_its_words(&item.fragments);
        }
        Standing::Moved(place) => {
            lies_in_text(place);
            has_its_words(place);
        }
        Standing::Changed(place) => lies_in_text(place),
        Standing::Ambiguous(places) => {
            assert!(!places.is_empty());
            places.iter().for_each(lies_in_text);
        }
        Standing::Lost => {}
    }
}
