use std::ops::Range;

use crate::corpus::Id;
use crate::text::{Offset, Span};

/// The caret, and what is selected between it and where the selection began.
///
/// ```text
/// media pemerintah
///       ^anchor    ^head      selected: "pemerintah"
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Selection {
    /// Where the selection began.
    pub anchor: Offset,
    /// Where the caret is.
    pub head: Offset,
}

impl Selection {
    /// Nothing selected, the caret at `offset`.
    pub fn caret(offset: Offset) -> Self {
        Self { anchor: offset, head: offset }
    }

    /// All of a range selected, the caret at its end.
    pub fn of(range: Range<Offset>) -> Self {
        Self { anchor: range.start, head: range.end }
    }

    /// The selected characters, or `None`.
    pub fn span(self) -> Option<Span> {
        Span::between(self.anchor, self.head)
    }

    /// The selected range, empty at the caret when nothing is selected.
    pub fn range(self) -> Range<Offset> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }
}

/// The annotation that the keys act on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Focus {
    /// Which.
    pub id: Id,
    /// The fragment in hand: the one whose edges move.
    pub fragment: usize,
}

/// Where a person is in a document.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Place {
    /// The caret and the selection.
    pub selection: Selection,
    /// The focused annotation.
    pub focus: Option<Focus>,
}
