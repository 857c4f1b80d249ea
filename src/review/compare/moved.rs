//! What was decided about annotations that have moved with their text.

use std::collections::BTreeMap;

use crate::corpus::{Annotator, BETWEEN_VOICES, Fragments};

use super::case::spans_in_words;

/// Where annotations were and are, as a case's key and an annotation's content say it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Moves(BTreeMap<String, String>);

impl Moves {
    /// From where each was to where it is; both of as many fragments.
    #[must_use]
    pub fn of<'f>(moved: impl IntoIterator<Item = (&'f Fragments, &'f Fragments)>) -> Self {
        let in_words = |(from, to)| (spans_in_words(from), spans_in_words(to));
        Self(moved.into_iter().map(in_words).filter(|(from, to)| from != to).collect())
    }

    /// What an annotation says, or a link between two, where it is now.
    #[must_use]
    pub fn content(&self, words: &str) -> String {
        let word = |word| self.0.get(word).map_or(word, String::as_str);
        words.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// The key of a case once what this annotator says has moved.
    #[must_use]
    pub fn key(&self, key: &str, whose: &Annotator) -> String {
        let voice = |voice: &str| match voice.split_once(": ") {
            Some((name, words)) if name == whose.as_str() => {
                format!("{name}: {}", self.content(words))
            }
            _ => voice.to_owned(),
        };
        key.split(BETWEEN_VOICES).map(voice).collect::<Vec<_>>().join(BETWEEN_VOICES)
    }
}
