//! What was decided about annotations that have moved with their text.

use std::collections::BTreeMap;

use crate::corpus::{
    Annotation, Annotator, BETWEEN_VOICES, Decision, Decisions, DocumentPath, Fragments, Id, Review,
};

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

/// An annotator's annotations about a document whose words stand elsewhere now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MovedAnnotations {
    document: DocumentPath,
    whose: Annotator,
    all: Moves,
    by_id: BTreeMap<Id, Moves>,
}

impl MovedAnnotations {
    /// Each with its place now.
    #[must_use]
    pub fn of<'a>(
        document: &DocumentPath,
        whose: &Annotator,
        moved: impl Iterator<Item = (&'a Annotation, &'a Fragments)>,
    ) -> Self {
        let moved: Vec<_> = moved.collect();
        let all = Moves::of(moved.iter().map(|(one, place)| (&one.fragments, *place)));
        let by_id = moved
            .into_iter()
            .map(|(one, place)| (one.id.clone(), Moves::of([(&one.fragments, place)])));
        let by_id = by_id.collect();
        Self { document: document.clone(), whose: whose.clone(), all, by_id }
    }

    /// The decisions about them, each with what it is now. What one becomes may be what another
    /// one was: first all go, then all come.
    #[must_use]
    pub fn decided(&self, decisions: &Decisions) -> Vec<(Decision, Decision)> {
        let now = |one: &Decision| Some((one.clone(), self.now(one)?));
        decisions.iter().filter_map(now).collect()
    }

    /// What a decision is now; `None` where it is as it was.
    fn now(&self, decision: &Decision) -> Option<Decision> {
        let moved = match decision {
            Decision::Reviewed(review)
                if review.document == self.document && review.annotator == self.whose =>
            {
                let content = self.by_id.get(&review.annotation)?.content(&review.content);
                Decision::Reviewed(Review { content, ..review.clone() })
            }
            Decision::Settled { document, case, by } if *document == self.document => {
                let case = self.all.key(case, &self.whose);
                Decision::Settled { document: document.clone(), case, by: by.clone() }
            }
            Decision::Reviewed(_)
            | Decision::Settled { .. }
            | Decision::NotTagged { .. }
            | Decision::Meant { .. } => return None,
        };
        (moved != *decision).then_some(moved)
    }
}
