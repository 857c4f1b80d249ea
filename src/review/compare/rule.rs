use std::sync::Arc;

use super::case::{Case, Kind, Subject, values};
use crate::corpus::{Annotation, Fragments};

/// What is taken over into gold without being asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Rule {
    /// What everyone says alike.
    #[default]
    Exact,
    /// Also what everyone labels alike with other edges: the longest of them.
    Longest,
    /// The shortest of them.
    Shortest,
    /// All characters that somebody covers.
    Anyone,
    /// The characters that everyone covers.
    Everyone,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Exact, Self::Longest, Self::Shortest, Self::Anyone, Self::Everyone];

    /// As a choice.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Exact => "only what is exactly alike",
            Self::Longest => "overlapping: the longest",
            Self::Shortest => "overlapping: the shortest",
            Self::Anyone => "overlapping: what anyone covers",
            Self::Everyone => "overlapping: what all cover",
        }
    }

    /// What gold gets of the thing that a case is about; `None` where that is to be
    /// settled by a person.
    #[must_use]
    pub fn content(self, case: &Case) -> Option<Annotation> {
        let Subject::Annotation { said, .. } = &case.subject else { return None };
        let all: Vec<&Arc<Annotation>> = said.iter().flatten().collect();
        let first = all.first()?;
        match (self, case.kind) {
            (_, Kind::Agreed) => Some((***first).clone()),
            (Self::Exact, _) => None,
            (rule, Kind::Boundary) => {
                let same_values = all.iter().all(|one| values(one) == values(first));
                let fragments = same_values.then(|| rule.fragments(&all)).flatten()?;
                Some(Annotation { fragments, ..(***first).clone() })
            }
            _ => None,
        }
    }

    fn fragments(self, all: &[&Arc<Annotation>]) -> Option<Fragments> {
        let mut fragments = all.iter().map(|annotation| &annotation.fragments);
        match self {
            Self::Exact => None,
            // Of equals the one that comes first in the text.
            Self::Longest => {
                fragments.max_by(|a, b| a.length().cmp(&b.length()).then(b.cmp(a))).cloned()
            }
            Self::Shortest => {
                fragments.min_by(|a, b| a.length().cmp(&b.length()).then(a.cmp(b))).cloned()
            }
            Self::Anyone => {
                let first = fragments.next()?.clone();
                Some(fragments.fold(first, |all, next| next.iter().fold(all, |all, s| all.with(s))))
            }
            Self::Everyone => {
                let first = fragments.next()?.clone();
                fragments.try_fold(first, |all, next| intersection(&all, next))
            }
        }
    }
}

/// The characters that both cover; `None` where there are none.
fn intersection(one: &Fragments, other: &Fragments) -> Option<Fragments> {
    let parts = one.iter().flat_map(|a| other.iter().filter_map(move |b| a.within(&b.range())));
    Fragments::in_order(parts.collect())
}
