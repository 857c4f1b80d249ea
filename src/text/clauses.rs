//! Clauses: the stretches between commas, dashes, brackets and quotation marks.
//!
//! They are what an annotator reaches for: "Pemimpin … regional" in
//! "Pemimpin … regional, kata KCNA." Nothing here knows a language; a clause is
//! what punctuation sets apart, and a comma inside a number does not.

use std::ops::Range;

use super::sentences::sentences_in;
use super::{Offset, Text};

/// The clause around `at`, without the punctuation that sets it apart.
///
/// On the punctuation between two clauses, the clause before it.
#[must_use]
pub fn clause_at(text: &Text, at: Offset) -> Range<Offset> {
    let (block, content) = text.block_around(at);
    let mut best = block.start..block.start;
    for clause in clauses_in(content, block.start) {
        if clause.start > at {
            if best.is_empty() {
                best = clause;
            }
            break;
        }
        best = clause;
    }
    best
}

/// The quoted stretch around a range, with its quotation marks, if the range
/// lies inside one and is not the whole of it.
#[must_use]
pub fn quotation_around(text: &Text, range: &Range<Offset>) -> Option<Range<Offset>> {
    let (block, content) = text.block_around(range.start);
    quotations_in(content, block.start)
        .into_iter()
        .filter(|quotation| quotation.start <= range.start && range.end <= quotation.end)
        .find(|quotation| quotation != range)
}

/// The clauses of a block that starts at `start`, in order; none is empty.
///
/// A quotation is set apart where punctuation does so: `Ia berkata: "Kita pergi."`
/// is two clauses, `perang "demi kebebasan" itu` is one.
pub(super) fn clauses_in(content: &str, start: Offset) -> Vec<Range<Offset>> {
    let characters: Vec<char> = content.chars().collect();
    let line = Line { quotations: quotations_in(content, Offset::ZERO), characters };
    let mut clauses = Vec::new();
    for sentence in sentences_in(content, Offset::ZERO) {
        let mut from = sentence.start.get();
        for at in sentence.start.get()..sentence.end.get() {
            let (end, next) = match line.cut(at) {
                Cut::Before => (at, at),
                Cut::Here => (at, at + 1),
                Cut::After => (at + 1, at + 1),
                Cut::None => continue,
            };
            clauses.extend(line.clause_in(from..end));
            from = next;
        }
        clauses.extend(line.clause_in(from..sentence.end.get()));
    }
    clauses.into_iter().map(|clause| start + clause.start..start + clause.end).collect()
}

/// Where the character looked at parts two clauses.
enum Cut {
    None,
    /// The character belongs to the clause behind it.
    Before,
    /// The character belongs to neither.
    Here,
    /// The character belongs to the clause before it.
    After,
}

struct Line {
    characters: Vec<char>,
    quotations: Vec<Range<Offset>>,
}

impl Line {
    fn cut(&self, at: usize) -> Cut {
        if let Some(quoted) = self.quotations.iter().find(|quoted| quoted.start.get() == at) {
            let before = self.characters.get(..at).unwrap_or_default();
            let last = before.iter().rev().find(|c| !c.is_whitespace());
            // A quotation of several clauses cannot be part of one.
            let several = (at + 1..quoted.end.get().saturating_sub(2)).any(|at| self.separates(at));
            let apart = several || last.is_none_or(|c| is_outer(*c));
            return if apart { Cut::Before } else { Cut::None };
        }
        if self.quotations.iter().any(|quoted| quoted.end.get() == at + 1) {
            let inner = at.checked_sub(1).and_then(|before| self.characters.get(before));
            let ends = inner.is_some_and(|c| is_outer(*c) || matches!(c, '!' | '?'));
            return if ends { Cut::After } else { Cut::None };
        }
        if self.separates(at) { Cut::Here } else { Cut::None }
    }

    /// Whether the character at `at` sets two clauses apart.
    fn separates(&self, at: usize) -> bool {
        let blank_or_end = |at: Option<usize>| {
            at.and_then(|at| self.characters.get(at)).is_none_or(|c| c.is_whitespace())
        };
        match self.characters.get(at) {
            // Inside a number, a time or an address these separate nothing.
            Some(',' | ';' | ':') => blank_or_end(Some(at + 1)),
            Some(
                '،' | '؛' | '、' | '\u{ff0c}' | '\u{ff1b}' | '\u{ff1a}' | '—' | '(' | ')' | '['
                | ']',
            ) => true,
            // Dashes, bullets of lists, bars between a time and what happened then.
            Some('-' | '–' | '*' | '•' | '‣' | '▪' | '●' | '◦' | '|') => {
                blank_or_end(Some(at + 1)) && blank_or_end(at.checked_sub(1))
            }
            _ => false,
        }
    }

    /// What is left of `range` without blanks, without the full stop or comma
    /// that belongs to the sentence around it, and without half a pair of
    /// quotation marks.
    fn clause_in(&self, range: Range<usize>) -> Option<Range<usize>> {
        let mut clause = range;
        loop {
            let first = *self.characters.get(clause.start).filter(|_| !clause.is_empty())?;
            let last = *self.characters.get(clause.end - 1)?;
            if is_outer(first) || self.is_half_pair(clause.start, &clause) {
                clause.start += 1;
            } else if is_outer(last) || self.is_half_pair(clause.end - 1, &clause) {
                clause.end -= 1;
            } else {
                return Some(clause);
            }
        }
    }

    /// Whether the character is a quotation mark whose partner lies outside `clause`.
    fn is_half_pair(&self, at: usize, clause: &Range<usize>) -> bool {
        self.quotations.iter().any(|quoted| {
            let (open, close) = (quoted.start.get(), quoted.end.get() - 1);
            (at == open && close >= clause.end) || (at == close && open < clause.start)
        })
    }
}

fn is_outer(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '…' | '。')
}

/// The quoted stretches of a block that starts at `start`, marks included, outermost only.
fn quotations_in(content: &str, start: Offset) -> Vec<Range<Offset>> {
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    for (at, c) in content.chars().enumerate() {
        match open {
            Some((closing, from)) if c == closing => {
                found.push(start + from..start + at + 1);
                open = None;
            }
            None => open = closing_quote(c).map(|closing| (closing, at)),
            Some(_) => {}
        }
    }
    found
}

/// The mark that closes what `opening` opens. Apostrophes open nothing.
fn closing_quote(opening: char) -> Option<char> {
    match opening {
        '"' => Some('"'),
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        '»' => Some('«'),
        '「' => Some('」'),
        '『' => Some('』'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(content: &str, expected: &[&str]) {
        let text = Text::new(content);
        let found: Vec<_> =
            clauses_in(content, Offset::ZERO).into_iter().map(|c| text.slice(c)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn commas_and_brackets_set_clauses_apart_and_numbers_do_not() {
        check(
            "Kim tiba, kata KCNA, Kamis (27/7). Biaya 1,5 juta.",
            &["Kim tiba", "kata KCNA", "Kamis", "27/7", "Biaya 1,5 juta"],
        );
    }

    #[test]
    fn a_quotation_that_punctuation_sets_apart_is_a_clause_with_its_marks() {
        check(
            "Ia berkata, \"Kita pergi,\" lalu diam.",
            &["Ia berkata", "\"Kita pergi,\"", "lalu diam"],
        );
    }

    #[test]
    fn a_quotation_that_goes_on_with_its_sentence_is_not_cut_out_of_it() {
        check(
            "Pertemuan akan \"meningkatkan kerja sama,\" kata KCNA. Kata \"perang\" dihindari.",
            &[
                "Pertemuan akan \"meningkatkan kerja sama,\"",
                "kata KCNA",
                "Kata \"perang\" dihindari",
            ],
        );
    }

    #[test]
    fn half_a_quotation_loses_its_mark_and_an_unclosed_one_hides_nothing() {
        check("\"Kita pergi, segera,\" katanya.", &["Kita pergi", "segera", "katanya"]);
        check("Ia berkata \"kita, lalu diam.", &["Ia berkata \"kita", "lalu diam"]);
    }
}
