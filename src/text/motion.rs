use std::ops::Range;

use super::clauses::clauses_in;
use super::sentences::sentences_in;
use super::words::words_in;
use super::{Offset, Text, next_grapheme, previous_grapheme, trim_white_space};

/// What a caret moves by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// A user-perceived character (grapheme cluster).
    Character,
    /// A word.
    Word,
    /// A clause.
    Clause,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
    /// The whole document.
    Document,
}

/// Which way along the text, whatever way it is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// Towards the start of the document.
    Back,
    /// Towards its end.
    On,
}

impl Direction {
    /// The other one.
    #[must_use]
    pub fn opposite(self) -> Self {
        match self {
            Self::Back => Self::On,
            Self::On => Self::Back,
        }
    }

    /// The place beside `at` among `count`, the first coming behind the last. A place
    /// beyond the last counts from the first again; among none there is just 0.
    #[must_use]
    pub fn round(self, at: usize, count: usize) -> usize {
        let count = count.max(1);
        match self {
            Self::On => (at + 1) % count,
            Self::Back => (at + count - 1) % count,
        }
    }
}

/// Which edge of a unit a caret stops at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Stop {
    /// Where a unit starts: for a caret on its way.
    Start,
    /// Where a unit ends: for the end of a selection, so that neither the blank
    /// nor the comma behind it is taken along.
    End,
}

/// The place that a caret at `at` comes to by one step.
///
/// At an end of the document it stays. Where nothing more of the unit follows,
/// it goes to that end.
#[must_use]
pub fn step(text: &Text, at: Offset, unit: Unit, direction: Direction, stop: Stop) -> Offset {
    let units: Units = match unit {
        Unit::Character => {
            return match direction {
                Direction::Back => previous_grapheme(text, at),
                Direction::On => next_grapheme(text, at),
            };
        }
        Unit::Document => {
            return match direction {
                Direction::Back => Offset::ZERO,
                Direction::On => text.end(),
            };
        }
        Unit::Word => words,
        Unit::Clause => clauses,
        Unit::Sentence => sentences,
        Unit::Paragraph => paragraphs,
    };
    let stop_of = |unit: Range<Offset>| match stop {
        Stop::Start => unit.start,
        Stop::End => unit.end,
    };
    let here = text.block_index(at);
    match direction {
        Direction::On => (here..text.blocks().len())
            .find_map(|block| units(text, block).into_iter().map(stop_of).find(|stop| *stop > at))
            .unwrap_or(text.end()),
        Direction::Back => (0..=here)
            .rev()
            .find_map(|block| {
                units(text, block).into_iter().rev().map(stop_of).find(|stop| *stop < at)
            })
            .unwrap_or(Offset::ZERO),
    }
}

/// The units of one kind in one block, in order.
type Units = fn(&Text, usize) -> Vec<Range<Offset>>;

fn block(text: &Text, index: usize) -> (Offset, &str) {
    text.blocks()
        .get(index)
        .map_or((Offset::ZERO, ""), |block| (block.range.start, text.block_str(block)))
}

fn words(text: &Text, index: usize) -> Vec<Range<Offset>> {
    let (start, content) = block(text, index);
    words_in(content, start).map(super::Span::range).collect()
}

fn clauses(text: &Text, index: usize) -> Vec<Range<Offset>> {
    let (start, content) = block(text, index);
    clauses_in(content, start)
}

fn sentences(text: &Text, index: usize) -> Vec<Range<Offset>> {
    let (start, content) = block(text, index);
    sentences_in(content, start).map(|sentence| trim_white_space(text, sentence)).collect()
}

fn paragraphs(text: &Text, index: usize) -> Vec<Range<Offset>> {
    let block = text.blocks().get(index).filter(|block| !block.range.is_empty());
    block
        .filter(|block| block.starts_paragraph)
        .map(|block| text.paragraph_around(block.range.start))
        .into_iter()
        .collect()
}
