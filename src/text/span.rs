use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Offset;

/// A half-open, non-empty range of characters in one document.
///
/// ```text
/// K C N A
/// 0 1 2 3 4      Span 1..3 covers "CN"
/// ```
///
/// Ordered by start, then by end.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "(Offset, Offset)", try_from = "(Offset, Offset)")]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span from `start` up to, not including, `end`; `None` when nothing lies between.
    #[must_use]
    pub fn new(start: Offset, end: Offset) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The span of a range, in either order of its ends; `None` when it is empty.
    #[must_use]
    pub fn between(one: Offset, other: Offset) -> Option<Self> {
        Self::new(one.min(other), one.max(other))
    }

    /// The place before the first character.
    #[must_use]
    pub fn start(self) -> Offset {
        self.start
    }

    /// The place after the last character.
    #[must_use]
    pub fn end(self) -> Offset {
        self.end
    }

    /// The same range for use with ranges that may be empty.
    #[must_use]
    pub fn range(self) -> Range<Offset> {
        self.start..self.end
    }

    /// The number of characters covered; never 0.
    #[must_use]
    pub fn length(self) -> usize {
        self.end.since(self.start)
    }

    /// Whether the character after `offset` is covered.
    #[must_use]
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether every character of `other` is covered.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether at least one character is covered by both.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the two overlap or one begins where the other ends.
    #[must_use]
    pub fn touches(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of this span that lies in `range`.
    #[must_use]
    pub fn within(self, range: &Range<Offset>) -> Option<Self> {
        Self::new(self.start.max(range.start), self.end.min(range.end))
    }
}

impl From<Span> for (Offset, Offset) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl TryFrom<(Offset, Offset)> for Span {
    type Error = &'static str;

    fn try_from((start, end): (Offset, Offset)) -> Result<Self, Self::Error> {
        Self::new(start, end).ok_or("a span has to cover something")
    }
}
