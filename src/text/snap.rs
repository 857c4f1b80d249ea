use std::ops::Range;

use super::{Offset, Text, segment_at};

/// The range without the white space and line ends at its edges.
///
/// A range of nothing but white space becomes empty, at its start.
#[must_use]
pub fn trim_white_space(text: &Text, range: Range<Offset>) -> Range<Offset> {
    let content = text.slice(range.clone());
    let trimmed_start = content.trim_start();
    let blanks_before = content.chars().count() - trimmed_start.chars().count();
    let length = trimmed_start.trim_end().chars().count();
    if length == 0 {
        let start = range.start.min(text.end());
        return start..start;
    }
    let start = range.start + blanks_before;
    start..start + length
}

/// The range grown to whole words (and whole pieces of punctuation) at both edges.
///
/// White space at an edge is let go rather than taken in. An empty range stays empty.
#[must_use]
pub fn snap_to_words(text: &Text, range: Range<Offset>) -> Range<Offset> {
    let inner = trim_white_space(text, range);
    if inner.is_empty() {
        return inner;
    }
    let first = segment_at(text, inner.start);
    let last = segment_at(text, inner.end - 1);
    first.start.min(inner.start)..last.end.max(inner.end)
}
