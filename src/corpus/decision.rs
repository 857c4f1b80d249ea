use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
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
///
/// Those of one kind about one document lie together and are shared: while what was decided is
/// written, more is decided, and not all of a large project is to be copied for that.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Decisions {
    not_tagged: Shelves,
    meant: Shelves,
    settled: Shelves,
    reviewed: Shelves,
}

/// What was decided about each document; nowhere nothing.
type Shelves = BTreeMap<DocumentPath, Arc<BTreeSet<Decision>>>;

impl Decision {
    /// Which document it is about.
    #[must_use]
    pub fn document(&self) -> &DocumentPath {
        match self {
            Self::NotTagged { document, .. }
            | Self::Meant { document, .. }
            | Self::Settled { document, .. } => document,
            Self::Reviewed(review) => &review.document,
        }
    }
}

impl Decisions {
    /// Takes a decision in. Returns whether it is new.
    pub fn insert(&mut self, decision: Decision) -> bool {
        let document = decision.document().clone();
        let shelf = self.shelves_mut(&decision).entry(document).or_default();
        Arc::make_mut(shelf).insert(decision)
    }

    /// Takes a decision back. Returns whether it was there.
    pub fn remove(&mut self, decision: &Decision) -> bool {
        let shelves = self.shelves_mut(decision);
        let Some(shelf) = shelves.get_mut(decision.document()) else { return false };
        let removed = Arc::make_mut(shelf).remove(decision);
        if shelf.is_empty() {
            shelves.remove(decision.document());
        }
        removed
    }

    /// What two sides have made of `base`: each decision stands for itself, and holds where
    /// a side has decided it anew or neither has taken it back.
    #[must_use]
    pub fn merged(base: &Self, ours: &Self, theirs: &Self) -> Self {
        let holds =
            |one: &&Decision| (ours.contains(one) && theirs.contains(one)) || !base.contains(one);
        ours.iter().chain(theirs.iter()).filter(holds).cloned().collect()
    }

    /// Whether it was decided.
    #[must_use]
    pub fn contains(&self, decision: &Decision) -> bool {
        let shelf = self.shelves_of(decision).get(decision.document());
        shelf.is_some_and(|shelf| shelf.contains(decision))
    }

    /// Whether anything was decided about what checks find in a document.
    #[must_use]
    pub fn are_about_findings_in(&self, document: &DocumentPath) -> bool {
        self.not_tagged.contains_key(document) || self.meant.contains_key(document)
    }

    /// Whether anything was settled or reviewed of the sets about a document.
    #[must_use]
    pub fn are_about_sets_of(&self, document: &DocumentPath) -> bool {
        self.settled.contains_key(document) || self.reviewed.contains_key(document)
    }

    /// The cases of a document that are settled.
    #[must_use]
    pub fn settled_in(&self, document: &DocumentPath) -> SettledCases<'_> {
        let settled = self.settled.get(document).into_iter().flat_map(|shelf| shelf.iter());
        let cases = settled.filter_map(|decision| match decision {
            Decision::Settled { case, .. } => Some(case.as_str()),
            _ => None,
        });
        cases.collect()
    }

    /// Those about a document.
    #[must_use]
    pub fn about(&self, document: &DocumentPath) -> Self {
        let about = |shelves: &Shelves| {
            let shelf = shelves.get_key_value(document);
            shelf.map(|(document, shelf)| (document.clone(), shelf.clone())).into_iter().collect()
        };
        Self {
            not_tagged: about(&self.not_tagged),
            meant: about(&self.meant),
            settled: about(&self.settled),
            reviewed: about(&self.reviewed),
        }
    }

    /// The first document that something was decided about, or the next after another.
    #[must_use]
    pub fn next_document(&self, after: Option<&DocumentPath>) -> Option<&DocumentPath> {
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let shelves = self.shelves().into_iter();
        let next = shelves.filter_map(|one| one.range((start, Bound::Unbounded)).next());
        next.map(|(document, _)| document).min()
    }

    fn shelves(&self) -> [&Shelves; 4] {
        [&self.not_tagged, &self.meant, &self.settled, &self.reviewed]
    }

    /// Where decisions such as this one lie.
    fn shelves_of(&self, decision: &Decision) -> &Shelves {
        match decision {
            Decision::NotTagged { .. } => &self.not_tagged,
            Decision::Meant { .. } => &self.meant,
            Decision::Settled { .. } => &self.settled,
            Decision::Reviewed(_) => &self.reviewed,
        }
    }

    /// The same, to be changed.
    fn shelves_mut(&mut self, decision: &Decision) -> &mut Shelves {
        match decision {
            Decision::NotTagged { .. } => &mut self.not_tagged,
            Decision::Meant { .. } => &mut self.meant,
            Decision::Settled { .. } => &mut self.settled,
            Decision::Reviewed(_) => &mut self.reviewed,
        }
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
        let reviews = self.reviewed.get(document)?;
        match reviews.range(Decision::Reviewed(first)..).next()? {
            Decision::Reviewed(review)
                if review.annotator == *annotator && review.annotation == *annotation =>
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
        let reviews = self.reviewed.get(document).into_iter();
        let from = reviews.flat_map(move |all| all.range(Decision::Reviewed(first.clone())..));
        from.map_while(|decision| match decision {
            Decision::Reviewed(review) => Some(review),
            _ => None,
        })
        .take_while(move |review| review.annotator == *annotator)
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        let shelves = self.shelves().into_iter().flat_map(BTreeMap::values);
        shelves.map(|shelf| shelf.len()).sum()
    }

    /// All decisions, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        let shelves = self.shelves().into_iter().flat_map(BTreeMap::values);
        shelves.flat_map(|shelf| shelf.iter())
    }
}

impl FromIterator<Decision> for Decisions {
    fn from_iter<I: IntoIterator<Item = Decision>>(decisions: I) -> Self {
        let mut all = Self::default();
        for decision in decisions {
            all.insert(decision);
        }
        all
    }
}
