use std::ops::Range;

use super::{Offset, Text, clause_at, quotation_around, sentence_at, trim_white_space, word_at};

/// The next larger unit around a range: word, clause, what is quoted, quotation, sentence,
/// paragraph, document. The range itself when it is the whole document.
#[must_use]
pub fn expand(text: &Text, range: &Range<Offset>) -> Range<Offset> {
    let first = range.start;
    let last = if range.is_empty() { first } else { range.end - 1 };
    let word = word_at(text, first).map(super::Span::range).filter(|_| range.is_empty());
    let words = word_at(text, first).zip(word_at(text, last)).map(|(a, b)| a.hull(b).range());
    let clauses = hull(&clause_at(text, first), &clause_at(text, last));
    let sentences = hull(&sentence_at(text, first), &sentence_at(text, last));
    let paragraphs =
        trim_white_space(text, hull(&text.paragraph_around(first), &text.paragraph_around(last)));
    let quotation = quotation_around(text, range);
    let quoted =
        quotation.clone().map(|marked| trim_white_space(text, marked.start + 1..marked.end - 1));
    let larger = |unit: &Range<Offset>| {
        unit.start <= range.start && range.end <= unit.end && unit != range && !unit.is_empty()
    };
    word.into_iter()
        .chain(words)
        .chain([clauses])
        .chain(quoted)
        .chain(quotation)
        .chain([sentences, paragraphs])
        .filter(larger)
        .min_by_key(|unit| unit.end.since(unit.start))
        .unwrap_or(Offset::ZERO..text.end())
}

/// The last step inside `range` on the way that [`expand`] takes from `origin`;
/// empty at `origin` when there is none.
#[must_use]
pub fn shrink(text: &Text, range: &Range<Offset>, origin: Offset) -> Range<Offset> {
    let mut inner = origin..origin;
    loop {
        let larger = expand(text, &inner);
        // A range drawn by hand need not be a step of the way: what covers only
        // a part of it and more besides is no step inside it either.
        let inside = range.start <= larger.start && larger.end <= range.end && larger != *range;
        if !inside || larger == inner {
            return inner;
        }
        inner = larger;
    }
}

fn hull(one: &Range<Offset>, other: &Range<Offset>) -> Range<Offset> {
    one.start.min(other.start)..one.end.max(other.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_grows_from_word_to_document_and_back_the_same_way() {
        let text =
            Text::new("Satu.\nIa berkata \"kita pergi, segera,\" lalu diam. Semua pulang.\nTiga.");
        let origin = Offset::new(20);
        let mut steps = vec![origin..origin];
        while steps.last() != Some(&expand(&text, &steps[steps.len() - 1])) {
            steps.push(expand(&text, &steps[steps.len() - 1]));
        }
        let quotes: Vec<_> = steps.iter().map(|range| text.slice(range.clone())).collect();
        assert_eq!(
            quotes[1..7],
            [
                "kita",
                "kita pergi",
                "kita pergi, segera,",
                "\"kita pergi, segera,\"",
                "Ia berkata \"kita pergi, segera,\" lalu diam.",
                "Ia berkata \"kita pergi, segera,\" lalu diam. Semua pulang.",
            ]
        );
        for pair in steps.windows(2).rev() {
            assert_eq!(shrink(&text, &pair[1], origin), pair[0]);
        }
    }
}
