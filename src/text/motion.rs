use super::clauses::clauses_in;
use super::sentences::sentences_in;
use super::words::words_in;
use super::{Offset, Text, next_grapheme, previous_grapheme};

/// What a caret moves by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// A user-perceived character (grapheme cluster).
    Character,
    /// To the end of a word going on, to the start of one going back.
    Word,
    /// To the start of a clause.
    Clause,
    /// To the start of a sentence.
    Sentence,
    /// To the start of a paragraph.
    Paragraph,
    /// To an end of the document.
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

/// The place that a caret at `at` comes to by one step.
///
/// At an end of the document it stays. Where nothing more of the unit follows,
/// it goes to that end.
#[must_use]
pub fn step(text: &Text, at: Offset, unit: Unit, direction: Direction) -> Offset {
    match (unit, direction) {
        (Unit::Character, Direction::Back) => previous_grapheme(text, at),
        (Unit::Character, Direction::On) => next_grapheme(text, at),
        (Unit::Document, Direction::Back) => Offset::ZERO,
        (Unit::Document, Direction::On) => text.end(),
        (Unit::Word, Direction::On) => on_to_stop(text, at, word_ends),
        (Unit::Word, Direction::Back) => back_to_stop(text, at, word_starts),
        (Unit::Clause, Direction::On) => on_to_stop(text, at, clause_starts),
        (Unit::Clause, Direction::Back) => back_to_stop(text, at, clause_starts),
        (Unit::Sentence, Direction::On) => on_to_stop(text, at, sentence_starts),
        (Unit::Sentence, Direction::Back) => back_to_stop(text, at, sentence_starts),
        (Unit::Paragraph, Direction::On) => on_to_stop(text, at, paragraph_starts),
        (Unit::Paragraph, Direction::Back) => back_to_stop(text, at, paragraph_starts),
    }
}

/// The places in one block at which a caret stops.
type Stops = fn(&Text, usize) -> Vec<Offset>;

fn on_to_stop(text: &Text, at: Offset, stops: Stops) -> Offset {
    (text.block_index(at)..text.blocks().len())
        .find_map(|block| stops(text, block).into_iter().find(|stop| *stop > at))
        .unwrap_or(text.end())
}

fn back_to_stop(text: &Text, at: Offset, stops: Stops) -> Offset {
    (0..=text.block_index(at))
        .rev()
        .find_map(|block| stops(text, block).into_iter().rev().find(|stop| *stop < at))
        .unwrap_or(Offset::ZERO)
}

fn block(text: &Text, index: usize) -> (Offset, &str) {
    text.blocks()
        .get(index)
        .map_or((Offset::ZERO, ""), |block| (block.range.start, text.block_str(block)))
}

fn word_ends(text: &Text, index: usize) -> Vec<Offset> {
    let (start, content) = block(text, index);
    words_in(content, start).map(super::Span::end).collect()
}

fn word_starts(text: &Text, index: usize) -> Vec<Offset> {
    let (start, content) = block(text, index);
    words_in(content, start).map(super::Span::start).collect()
}

fn clause_starts(text: &Text, index: usize) -> Vec<Offset> {
    let (start, content) = block(text, index);
    clauses_in(content, start).into_iter().map(|clause| clause.start).collect()
}

fn sentence_starts(text: &Text, index: usize) -> Vec<Offset> {
    let (start, content) = block(text, index);
    sentences_in(content, start).map(|sentence| sentence.start).collect()
}

fn paragraph_starts(text: &Text, index: usize) -> Vec<Offset> {
    let block = text.blocks().get(index);
    block
        .filter(|block| block.starts_paragraph && !block.range.is_empty())
        .map(|block| block.range.start)
        .into_iter()
        .collect()
}
