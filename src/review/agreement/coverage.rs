use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Fragments};
use crate::text::Token;

/// What one annotator gives one label in a document.
#[derive(Default)]
pub(super) struct Coverage<'a> {
    /// The annotations; those that are alike once.
    pub(super) annotations: BTreeSet<&'a Fragments>,
    /// The characters, in order; neither overlapping nor touching.
    pub(super) characters: Vec<Range<usize>>,
    /// The squared lengths of what is left when overlapping spans are made one.
    pub(super) squares: u64,
    /// The tokens of which a character is covered, by their places, in order.
    pub(super) tokens: Vec<usize>,
}

/// What an annotator says, by label.
pub(super) fn coverage<'a>(
    set: &'a AnnotationSet,
    tokens: &[Token<'_>],
) -> BTreeMap<Arc<str>, Coverage<'a>> {
    let mut by_label: BTreeMap<Arc<str>, Coverage<'a>> = BTreeMap::new();
    for annotation in set.annotations() {
        let coverage = by_label.entry(annotation.label.clone()).or_default();
        coverage.annotations.insert(&annotation.fragments);
    }
    for coverage in by_label.values_mut() {
        let spans = coverage.annotations.iter().flat_map(|fragments| fragments.iter());
        let mut spans: Vec<Range<usize>> =
            spans.map(|span| span.start().get()..span.end().get()).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        let units = joined(&spans, |next, last| next < last);
        coverage.squares = units.iter().map(|unit| (unit.len() as u64).pow(2)).sum();
        coverage.characters = joined(&spans, |next, last| next <= last);
        coverage.tokens = tokens_in(&coverage.characters, tokens);
    }
    by_label
}

/// Ranges in order of their starts, made one where the next start and the last end
/// are such that they belong together.
fn joined(spans: &[Range<usize>], together: impl Fn(usize, usize) -> bool) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if together(span.start, last.end) => last.end = last.end.max(span.end),
            _ => joined.push(span.clone()),
        }
    }
    joined
}

fn tokens_in(characters: &[Range<usize>], tokens: &[Token<'_>]) -> Vec<usize> {
    let mut found = Vec::new();
    for range in characters {
        let first = tokens.partition_point(|token| token.range.end <= range.start);
        let end = tokens.partition_point(|token| token.range.start < range.end);
        // One token can be covered in part by two ranges.
        let next = found.last().map_or(0, |last| last + 1);
        found.extend(first.max(next)..end);
    }
    found
}

/// How many characters both of two lists of ranges cover.
pub(super) fn shared(one: &[Range<usize>], other: &[Range<usize>]) -> u64 {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut shared = 0;
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        shared += a.end.min(b.end).saturating_sub(a.start.max(b.start)) as u64;
        if a.end <= b.end {
            left.next();
        } else {
            right.next();
        }
    }
    shared
}

/// How many places two lists in order have in common.
pub(super) fn in_common(one: &[usize], other: &[usize]) -> u64 {
    one.iter().filter(|place| other.binary_search(place).is_ok()).count() as u64
}
