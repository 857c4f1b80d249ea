//! Jump hints: short letters on what can be seen, typed to go there.

use std::ops::Range;

use super::command::HintKind;
use super::effect::Effect;
use super::mode::Mode;
use super::selection::Selection;
use super::state::Session;
use crate::text::{Offset, Span, clauses_within, words_within};

/// Hints on the words or clauses that can be seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hinting {
    /// On what.
    pub kind: HintKind,
    /// What has a hint, in the order of the text.
    pub hints: Vec<Hint>,
    /// The letters typed so far.
    pub typed: String,
    /// What the first hint named, while a second can be typed.
    pub first: Option<Span>,
}

/// One hint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// What it names.
    pub span: Span,
    /// The letters to type: one or two, none the start of another's.
    pub letters: String,
}

impl Hinting {
    /// The hints that begin with what was typed.
    pub fn live(&self) -> impl Iterator<Item = &Hint> {
        self.hints.iter().filter(|hint| hint.letters.starts_with(&self.typed))
    }
}

impl Session {
    /// Puts hints on what lies in these ranges.
    pub(super) fn show_hints(&mut self, kind: HintKind, visible: &[Range<Offset>]) {
        let Some(text) = self.text() else { return };
        let mut spans: Vec<Span> = visible
            .iter()
            .flat_map(|range| match kind {
                HintKind::Words => words_within(&text, range),
                HintKind::Clauses => clauses_within(&text, range),
            })
            .collect();
        spans.sort_unstable();
        spans.dedup();
        if spans.is_empty() {
            self.warn("There is nothing here to put hints on".to_owned());
            return;
        }
        let caret = self.selection().head;
        let letters = codes(&self.keymap.hint_letters(), spans.len());
        // The nearest get the shortest.
        let mut nearest: Vec<usize> = (0..spans.len()).collect();
        let distance = |at: &usize| {
            let start = spans.get(*at).map_or(Offset::ZERO, |span| span.start());
            start.since(caret).max(caret.since(start))
        };
        nearest.sort_by_key(|at| (distance(at), *at));
        let mut hints: Vec<Hint> = nearest
            .into_iter()
            .zip(letters)
            .filter_map(|(at, letters)| Some(Hint { span: *spans.get(at)?, letters }))
            .collect();
        hints.sort_by_key(|hint| hint.span);
        // After scrolling, what the first hint named still holds.
        let first = match self.mode.take() {
            Some(Mode::Hinting(before)) if before.kind == kind => before.first,
            _ => None,
        };
        let hinting = Hinting { kind, hints, typed: String::new(), first };
        self.mode = Some(Mode::Hinting(hinting));
        self.effects.push(Effect::FocusArticle);
    }

    pub(super) fn type_hint(&mut self, letter: char) {
        let Some(Mode::Hinting(hinting)) = self.mode.as_mut() else { return };
        hinting.typed.push(letter);
        let found = hinting.live().next().cloned();
        match found {
            Some(hint) if hint.letters == hinting.typed => {
                hinting.typed.clear();
                self.take_hint(hint.span);
            }
            Some(_) => {}
            None => {
                let typed = std::mem::take(&mut hinting.typed);
                self.warn(format!("No hint is {}", typed.to_uppercase()));
            }
        }
    }

    fn take_hint(&mut self, span: Span) {
        let Some(Mode::Hinting(hinting)) = self.mode.as_mut() else { return };
        let (kind, before) = (hinting.kind, hinting.first.replace(span));
        if let Some(first) = before {
            self.mode = None;
            self.select_hinted(first.hull(span));
        } else if kind == HintKind::Clauses {
            self.select_hinted(span);
        } else {
            self.place_caret(span.start(), false);
        }
    }

    pub(super) fn select_hinted(&mut self, span: Span) {
        // As for any other caret that moves, what was focused is let go.
        self.place_caret(span.start(), false);
        self.select(Selection::of(span.range()));
        self.effects.push(Effect::Reveal(span.end()..span.end()));
    }
}

/// So many codes of one or two letters, none the start of another, the shortest
/// first; the easiest letters stand alone or last, the others begin.
fn codes(alphabet: &[char], count: usize) -> Vec<String> {
    let letters = alphabet.len();
    // Each letter that begins two-letter codes costs a code and brings as many as there are letters.
    let beginning = (0..letters).find(|b| letters - b + b * letters >= count).unwrap_or(letters);
    let (alone, first) = alphabet.split_at(letters - beginning);
    let single = alone.iter().map(ToString::to_string);
    let double = alphabet
        .iter()
        .flat_map(|second| first.iter().map(move |first| format!("{first}{second}")));
    single.chain(double).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_is_the_start_of_another_and_there_are_as_many_as_asked_for() {
        let alphabet: Vec<char> = "asdfghjklqwertyuiopzxcvbnm".chars().collect();
        for count in [1, 26, 27, 200, 676] {
            let codes = codes(&alphabet, count);
            assert_eq!(codes.len(), count);
            for (at, code) in codes.iter().enumerate() {
                let clash = codes
                    .iter()
                    .enumerate()
                    .any(|(o, other)| o != at && other.starts_with(code.as_str()));
                assert!(!clash && code.len() <= 2, "{code} of {count}");
            }
        }
        // Beyond what two letters can name, the furthest go without.
        assert_eq!(codes(&alphabet, 1_000).len(), 676);
        assert_eq!(codes(&alphabet, 200)[..9].concat(), "asdfghjkl");
    }
}
