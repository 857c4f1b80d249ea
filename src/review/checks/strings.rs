//! Whether the same words are tagged the same way.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use super::occurrences::each_occurrence;
use super::{Finding, FindingKind, Mend, Subject};
use crate::corpus::Annotation;
use crate::review::find::is_of_whole_words;
use crate::text::{Offset, Span};

/// The longest string that is looked for elsewhere, in characters: what is said
/// in a longer one is not said twice.
const LONGEST: usize = 120;

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
            mends: subject.mends(|| vec![Mend::SeeOccurrences]),
        });
    }
}

/// One finding for each string that has one of the labels in one place and stands, as whole
/// words, in others where nothing with that label touches it.
pub(super) fn every_occurrence(
    subject: &Subject<'_>,
    labels: &[&Arc<str>],
    found: &mut Vec<Finding>,
) {
    let mut seen: HashSet<(usize, &str)> = HashSet::new();
    let mut tagged: Vec<Tagged<'_>> = Vec::new();
    for (content, _, annotation) in strings(subject) {
        let Some(label) = labels.iter().position(|label| **label == annotation.label) else {
            continue;
        };
        if seen.insert((label, content)) {
            tagged.push(Tagged { content, label, annotation, elsewhere: Vec::new() });
        }
    }
    let covered: Vec<_> = labels.iter().map(|label| covered(subject, label)).collect();
    let contents: Vec<&str> = tagged.iter().map(|one| one.content).collect();
    each_occurrence(&contents, subject.text.as_str(), |which, bytes| {
        let Some(one) = tagged.get_mut(which) else { return };
        let Some(covered) = covered.get(one.label) else { return };
        let start = subject.text.offset_of(bytes.start);
        let Some(span) = Span::new(start, subject.text.offset_of(bytes.end)) else { return };
        let before = covered.partition_point(|(start, _)| *start < span.end());
        let reached = before.checked_sub(1).and_then(|at| covered.get(at));
        let is_touched = reached.is_some_and(|(_, end)| *end > span.start());
        if !is_touched && is_of_whole_words(subject.text, span) {
            one.elsewhere.push(span);
        }
    });
    for Tagged { content, annotation, elsewhere, .. } in tagged {
        if elsewhere.is_empty() {
            continue;
        }
        found.push(Finding {
            kind: FindingKind::Untagged {
                text: content.to_owned(),
                label: annotation.label.clone(),
                places: elsewhere,
            },
            annotation: annotation.id.clone(),
            at: annotation.fragments.extent(),
            mends: subject.mends(|| vec![Mend::SeeOccurrences]),
        });
    }
}

/// A string that is tagged.
struct Tagged<'a> {
    content: &'a str,
    /// With which of the labels.
    label: usize,
    /// Where it is first.
    annotation: &'a Arc<Annotation>,
    /// Where it stands without the label.
    elsewhere: Vec<Span>,
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
