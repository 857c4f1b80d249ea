use std::collections::BTreeSet;
use std::sync::Arc;

use super::DocumentPath;
use crate::text::Span;

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

    /// Whether it was decided.
    #[must_use]
    pub fn contains(&self, decision: &Decision) -> bool {
        self.0.contains(decision)
    }

    /// All decisions, sorted.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Decision> {
        self.0.iter()
    }
}

impl FromIterator<Decision> for Decisions {
    fn from_iter<I: IntoIterator<Item = Decision>>(decisions: I) -> Self {
        Self(decisions.into_iter().collect())
    }
}
