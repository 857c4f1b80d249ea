use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use crate::text::{Offset, Span};

/// Spans, of which there is mostly one: that takes no memory of its own.
pub type Spans = SmallVec<[Span; 1]>;

/// The spans of one annotation: at least one, in order, none overlapping the next.
///
/// `"We won't go," she said, "not today"` is one claim in two fragments.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fragments(Spans);

impl Fragments {
    /// A single span, as most annotations have.
    #[must_use]
    pub fn one(span: Span) -> Self {
        Self(smallvec![span])
    }

    /// Spans as they stand in a file; `None` when there is none, when they are
    /// out of order, or when one overlaps the next.
    #[must_use]
    pub fn in_order(spans: Spans) -> Option<Self> {
        let apart = spans.iter().zip(spans.iter().skip(1)).all(|(a, b)| a.end() <= b.start());
        (apart && !spans.is_empty()).then_some(Self(spans))
    }

    /// The spans, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Span> + DoubleEndedIterator + '_ {
        self.0.iter().copied()
    }

    /// The number of spans; never 0.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The span at `index`, in order.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<Span> {
        self.0.get(index).copied()
    }

    /// From the start of the first span to the end of the last.
    #[must_use]
    pub fn extent(&self) -> Range<Offset> {
        let start = self.0.first().map_or(Offset::ZERO, |span| span.start());
        let end = self.0.last().map_or(Offset::ZERO, |span| span.end());
        start..end
    }

    /// Whether the extent, gaps included, shares a character with a range.
    pub fn reach_into(&self, range: &Range<Offset>) -> bool {
        let extent = self.extent();
        extent.start < range.end && range.start < extent.end
    }

    /// Whether the two share a character.
    #[must_use]
    pub fn shares_with(&self, other: &Self) -> bool {
        self.shared(other) > 0
    }

    /// How many characters the two share.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        let mut shared = 0;
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            shared += one.within(&two.range()).map_or(0, Span::length);
            if one.end() <= two.end() {
                left.next();
            } else {
                right.next();
            }
        }
        shared
    }

    /// The number of characters between the extents of two annotations; 0 where
    /// they share some.
    #[must_use]
    pub fn distance(&self, other: &Self) -> usize {
        let (one, other) = (self.extent(), other.extent());
        one.start.since(other.end).max(other.start.since(one.end))
    }

    /// The number of characters covered, gaps left out.
    #[must_use]
    pub fn length(&self) -> usize {
        self.iter().map(Span::length).sum()
    }

    /// Whether the character after `offset` is covered.
    #[must_use]
    pub fn contains(&self, offset: Offset) -> bool {
        self.iter().any(|span| span.contains(offset))
    }

    /// With a further span, melted into those that it overlaps or touches.
    #[must_use]
    pub fn with(&self, added: Span) -> Self {
        let (melting, mut apart): (Spans, Spans) =
            self.iter().partition(|span| span.touches(added));
        apart.push(melting.into_iter().fold(added, Span::hull));
        apart.sort_unstable();
        Self(apart)
    }

    /// Without the span at `index`; `None` when nothing would be left.
    #[must_use]
    pub fn without(&self, index: usize) -> Option<Self> {
        let rest: Spans =
            self.iter().enumerate().filter(|(at, _)| *at != index).map(|(_, span)| span).collect();
        (!rest.is_empty()).then_some(Self(rest))
    }

    /// With the span at `index` replaced, melted into those it then overlaps or touches.
    #[must_use]
    pub fn with_replaced(&self, index: usize, span: Span) -> Self {
        self.without(index).map_or_else(|| Self::one(span), |rest| rest.with(span))
    }
}
