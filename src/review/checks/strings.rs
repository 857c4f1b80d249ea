//! Whether the same words are tagged the same way.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use foldhash::{HashMap, HashMapExt};
use memchr::arch::all::packedpair;
use memchr::memmem;

use super::{Finding, FindingKind, Mend, Subject};
use crate::corpus::Annotation;
use crate::review::find::is_of_whole_words;
use crate::text::{Offset, Span};

/// The longest string that is looked for elsewhere, in characters: what is said
/// in a longer one is not said twice.
const LONGEST: usize = 120;
/// As many strings are searched for one by one sooner than what finds all at once is made.
const FEW: usize = 12;
/// Texts that are shorter are searched sooner than that is made, in bytes.
const SHORT: usize = 16_000;

/// Calls `hit` with every place of every string, overlapping ones too: which string, and the
/// bytes.
fn each_occurrence(strings: &[&str], text: &str, mut hit: impl FnMut(usize, Range<usize>)) {
    if strings.len() > FEW && text.len() > SHORT {
        // It fails only where the strings are thousands of millions of bytes.
        let Ok(automaton) = AhoCorasick::new(strings) else { return };
        let found = automaton.find_overlapping_iter(text);
        found.for_each(|found| hit(found.pattern().as_usize(), found.range()));
        return;
    }
    for (which, string) in strings.iter().enumerate() {
        let search = Search::new(string, text);
        let mut from = 0;
        while let Some(rest) = text.as_bytes().get(from..)
            && let Some(at) = search.find(rest)
        {
            hit(which, from + at..from + at + string.len());
            from += at + 1;
        }
    }
}

/// What finds a string in a text.
enum Search<'s> {
    /// By two of its bytes that are rare: soon made, and quick enough in a short text.
    ByPair(packedpair::Finder, &'s [u8]),
    Whole(Box<memmem::Finder<'s>>),
}

impl<'s> Search<'s> {
    fn new(string: &'s str, text: &str) -> Self {
        let string = string.as_bytes();
        match packedpair::Finder::new(string).filter(|_| text.len() <= SHORT) {
            Some(pair) => Self::ByPair(pair, string),
            None => Self::Whole(Box::new(memmem::Finder::new(string))),
        }
    }

    /// The first place in the rest of the text.
    fn find(&self, rest: &[u8]) -> Option<usize> {
        let (pair, string) = match self {
            Self::ByPair(pair, string) => (pair, string),
            Self::Whole(finder) => return finder.find(rest),
        };
        let mut from = 0;
        loop {
            let at = from + pair.find_prefilter(rest.get(from..)?)?;
            if rest.get(at..)?.starts_with(string) {
                return Some(at);
            }
            from = at + 1;
        }
    }
}

/// The annotations of one span each whose strings are short, with the strings.
fn strings<'a>(
    subject: &'a Subject<'_>,
) -> impl Iterator<Item = (&'a str, Span, &'a Arc<Annotation>)> {
    subject.set.annotations().iter().filter_map(|annotation| {
        let span = annotation.fragments.get(0).filter(|_| annotation.fragments.count() == 1)?;
        let content = subject.text.quote(span).filter(|_| span.length() <= LONGEST)?;
        Some((content, span, annotation))
    })
}

/// One finding for each string that has not the same labels everywhere.
pub(super) fn same_label(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut all: Vec<(&str, Span, &Arc<Annotation>)> = strings(subject).collect();
    // Those of one place stay in the order of the set.
    all.sort_by_key(|(content, span, _)| (*content, *span));
    for places in all.chunk_by(|(one, ..), (other, ..)| one == other) {
        let [(content, first, annotation), .., _] = places else { continue };
        let labels = places.chunk_by(|(_, one, _), (_, other, _)| one == other).map(|place| {
            place.iter().map(|(_, _, annotation)| &annotation.label).collect::<BTreeSet<_>>()
        });
        let labels: BTreeSet<BTreeSet<&Arc<str>>> = labels.collect();
        if labels.len() < 2 {
            continue;
        }
        let names: BTreeSet<&Arc<str>> = labels.into_iter().flatten().collect();
        found.push(Finding {
            kind: FindingKind::TaggedOtherwise {
                text: (*content).to_owned(),
                labels: names.into_iter().cloned().collect(),
            },
            annotation: annotation.id.clone(),
            at: first.range(),
            mends: vec![Mend::SeeOccurrences],
        });
    }
}

/// One finding for each string that has the label in one place and stands, as
/// whole words, in others where nothing with the label touches it.
pub(super) fn every_occurrence(subject: &Subject<'_>, label: &Arc<str>, found: &mut Vec<Finding>) {
    let mut first: HashMap<&str, &Arc<Annotation>> = HashMap::new();
    let mut distinct: Vec<&str> = Vec::new();
    for (content, _, annotation) in strings(subject).filter(|(_, _, a)| a.label == *label) {
        first.entry(content).or_insert_with(|| {
            distinct.push(content);
            annotation
        });
    }
    let covered = covered(subject, label);
    let mut untagged = vec![Vec::new(); distinct.len()];
    each_occurrence(&distinct, subject.text.as_str(), |which, bytes| {
        let start = subject.text.offset_of(bytes.start);
        let Some(span) = Span::new(start, subject.text.offset_of(bytes.end)) else { return };
        let before = covered.partition_point(|(start, _)| *start < span.end());
        let reached = before.checked_sub(1).and_then(|at| covered.get(at));
        let touched = reached.is_some_and(|(_, end)| *end > span.start());
        if !touched
            && is_of_whole_words(subject.text, span)
            && let Some(places) = untagged.get_mut(which)
        {
            places.push(span);
        }
    });
    for (content, places) in distinct.iter().zip(untagged).filter(|(_, all)| !all.is_empty()) {
        let Some(annotation) = first.get(content) else { continue };
        found.push(Finding {
            kind: FindingKind::Untagged {
                text: (*content).to_owned(),
                label: label.clone(),
                places,
            },
            annotation: annotation.id.clone(),
            at: annotation.fragments.extent(),
            mends: vec![Mend::SeeOccurrences],
        });
    }
}

/// What annotations with a label cover, by start; each end is the furthest of
/// those so far.
fn covered(subject: &Subject<'_>, label: &str) -> Vec<(Offset, Offset)> {
    let spans = subject.labelled(label).flat_map(|annotation| annotation.fragments.iter());
    let mut covered: Vec<(Offset, Offset)> = spans.map(|s| (s.start(), s.end())).collect();
    covered.sort_unstable();
    let mut furthest = Offset::ZERO;
    for (_, end) in &mut covered {
        furthest = furthest.max(*end);
        *end = furthest;
    }
    covered
}

#[cfg(test)]
mod tests {
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
            strings in proptest::collection::btree_set("[abé ]{1,5}", 1..2 * FEW),
            text in "[abé ]{0,60}",
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
