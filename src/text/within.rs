//! The units of a stretch of text, for what is on a screen.

use std::ops::Range;

use super::clauses::clauses_in;
use super::words::words_in;
use super::{Offset, Span, Text};

/// The words that start in a range, in order.
#[must_use]
pub fn words_within(text: &Text, range: &Range<Offset>) -> Vec<Span> {
    units_within(text, range, |content, start| words_in(content, start).collect())
}

/// The clauses that share a character with a range, in order.
#[must_use]
pub fn clauses_within(text: &Text, range: &Range<Offset>) -> Vec<Span> {
    let clauses = |content: &str, start| -> Vec<Span> {
        let clauses = clauses_in(content, start).into_iter();
        clauses.filter_map(|clause| Span::new(clause.start, clause.end)).collect()
    };
    let blocks = blocks_within(text, range);
    let all = blocks.flat_map(|(start, content)| clauses(content, start));
    all.filter(|clause| clause.within(range).is_some()).collect()
}

fn units_within(
    text: &Text,
    range: &Range<Offset>,
    units: impl Fn(&str, Offset) -> Vec<Span>,
) -> Vec<Span> {
    let all = blocks_within(text, range).flat_map(|(start, content)| units(content, start));
    all.filter(|unit| range.contains(&unit.start())).collect()
}

fn blocks_within<'t>(
    text: &'t Text,
    range: &Range<Offset>,
) -> impl Iterator<Item = (Offset, &'t str)> {
    let (first, end) = (text.block_index(range.start), range.end);
    let blocks = text.blocks().get(first..).unwrap_or_default();
    let reached = blocks.iter().take_while(move |block| block.range.start < end);
    reached.map(|block| (block.range.start, text.block_str(block)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_counts_where_it_starts_and_a_clause_wherever_it_reaches() {
        let text = Text::new("Kim tiba, kata KCNA.\nIa pergi.");
        let range = Offset::new(5)..Offset::new(23);
        let quotes = |spans: Vec<Span>| -> Vec<String> {
            spans.iter().map(|span| text.slice(span.range()).to_owned()).collect()
        };
        assert_eq!(quotes(words_within(&text, &range)), ["kata", "KCNA", "Ia"]);
        let clauses = quotes(clauses_within(&text, &range));
        assert_eq!(clauses, ["Kim tiba", "kata KCNA", "Ia pergi"]);
    }
}
