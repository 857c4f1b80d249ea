use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Annotator, DocumentPath, Id, SettledCases};
use crate::text::Span;

/// Separates what one annotator says in a case from what the next does.
pub const BETWEEN: &str = "; ";

/// Something that a person decided and does not want to be asked again.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Decision {
    /// What stands at a place is not to be tagged with a label.
    NotTagged {
        /// Where it stands.
        document: DocumentPath,
        /// At which characters.
        span: Span,
        /// What it is not.
        label: Arc<str>,
        /// What stands there; where the text has changed, the decision is moot.
        text: String,
    },
    /// What a check found is meant to be so.
    Meant {
        /// Where it was found.
        document: DocumentPath,
        /// The finding, by its key (`review::Finding::key`).
        finding: String,
    },
    /// What annotators say about one thing was settled in gold.
    Settled {
        /// Where it lies.
        document: DocumentPath,
        /// What everyone says (`review::Case::key`): as soon as somebody says something
        /// else, it is another case.
        case: String,
        /// Who settled it.
        by: Annotator,
    },
    /// An annotation was looked at.
    Reviewed(Review),
}

/// That somebody looked at an annotation as it was then.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Review {
    /// Where it lies.
    pub document: DocumentPath,
    /// Whose annotation it is.
    pub annotator: Annotator,
    /// Which.
    pub annotation: Id,
    /// What it said then (`review::content`): where it says something else now, it wants
    /// to be looked at again.
    pub content: String,
    /// Whether it is accepted, rather than in question.
    pub accepted: bool,
    /// What the reviewer had to say about it; often empty.
    pub note: String,
}

/// All decisions of one annotator, sorted, each once.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Decisions(BTreeSet<Decision>);

impl Decisions {
    /// Takes a decision in. Returns whether it is new.
    pub fn insert(&mut self, decision: Decision) -> bool {
        self.0.insert(decision)
    }

    /// Takes a decision back. Returns whether it was there.
    pub fn remove(&mut self, decision: &Decision) -> bool {
        self.0.remove(decision)
    }

    /// What two sides have made of `base`: each decision stands for itself, and holds where
    /// a side has decided it anew or neither has taken it back.
    #[must_use]
    pub fn merged(base: &Self, ours: &Self, theirs: &Self) -> Self {
        let holds =
            |one: &&Decision| (ours.contains(one) && theirs.contains(one)) || !base.contains(one);
        Self(ours.0.union(&theirs.0).filter(holds).cloned().collect())
    }

    /// Whether it was decided.
    #[must_use]
    pub fn contains(&self, decision: &Decision) -> bool {
        self.0.contains(decision)
    }

    /// The cases of a document that are settled.
    #[must_use]
    pub fn settled_in(&self, document: &DocumentPath) -> SettledCases<'_> {
        let all = self.0.range(first_settling(document.clone())..);
        let of_document = all.map_while(|decision| match decision {
            Decision::Settled { document: at, case, .. } if at == document => Some(case.as_str()),
            _ => None,
        });
        of_document.collect()
    }

    /// What was found when an annotation was looked at last.
    #[must_use]
    pub fn review(
        &self,
        document: &DocumentPath,
        annotator: &Annotator,
        annotation: &Id,
    ) -> Option<&Review> {
        let first = Review {
            document: document.clone(),
            annotator: annotator.clone(),
            annotation: annotation.clone(),
            content: String::new(),
            accepted: false,
            note: String::new(),
        };
        match self.0.range(Decision::Reviewed(first)..).next()? {
            Decision::Reviewed(review)
                if review.document == *document
                    && review.annotator == *annotator
                    && review.annotation == *annotation =>
            {
                Some(review)
            }
            _ => None,
        }
    }

    /// All reviews of an annotator's annotations in a document.
    pub fn reviews_of<'a>(
        &'a self,
        document: &'a DocumentPath,
        annotator: &'a Annotator,
    ) -> impl Iterator<Item = &'a Review> {
        let first = Review {
            document: document.clone(),
            annotator: annotator.clone(),
            annotation: Id::least(),
            content: String::new(),
            accepted: false,
            note: String::new(),
        };
        let from = self.0.range(Decision::Reviewed(first)..).map_while(|decision| match decision {
            Decision::Reviewed(review) => Some(review),
            _ => None,
        });
        from.take_while(move |review| {
            review.document == *document && review.annotator == *annotator
        })
    }

    /// All decisions, sorted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Decision> {
        self.0.iter()
    }
}

/// What lies before all that is settled in a document.
fn first_settling(document: DocumentPath) -> Decision {
    Decision::Settled { document, case: String::new(), by: Annotator::least() }
}

impl FromIterator<Decision> for Decisions {
    fn from_iter<I: IntoIterator<Item = Decision>>(decisions: I) -> Self {
        Self(decisions.into_iter().collect())
    }
}
