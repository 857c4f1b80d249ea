//! What several annotators say about one document, side by side: where they agree, how
//! they differ, and what was settled.

mod align;
mod case;
mod comparison;
mod links;
mod merged;
mod moved;
mod outcome;
mod replaced;
mod row;
mod rule;

pub(super) use case::content_of;
pub use case::{Case, Kind, Subject, content, renamed};
pub use comparison::Comparison;
pub use links::LinkSaid;
pub use merged::Merged;
pub use moved::{MovedAnnotations, Moves};
pub use outcome::{Outcome, Refusal, settle};
pub use replaced::ReplacedAnnotations;
pub use row::{CaseRow, Point, Saying, Voice, open_differences};
pub use rule::Rule;

use crate::corpus::{AnnotationSet, Annotator, Status};

/// The sets of these annotators that were begun, in the order of the annotators: a set
/// with status new does not say that there is nothing.
pub fn begun<'s>(
    annotators: &[Annotator],
    sets: impl Iterator<Item = &'s AnnotationSet>,
) -> Vec<&'s AnnotationSet> {
    let sets: Vec<&AnnotationSet> = sets.filter(|set| set.status() != Status::New).collect();
    let of = |annotator: &Annotator| sets.iter().find(|set| set.annotator() == annotator).copied();
    annotators.iter().filter_map(of).collect()
}
