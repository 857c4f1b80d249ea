//! How far annotators agree: what is counted in each document, and the figures that
//! follow from the sums.
//!
//! Everything that is counted can be added up over documents, so that a figure over
//! some of them, drawn with repetition, needs no second look at the texts.

mod bootstrap;
mod counted;
mod counting;
mod coverage;
mod exact;
mod matching;
mod measured;
mod score;

pub use exact::{ExactAgreement, Matches};
pub use measured::{ALL_PAIRS, Agreement, Confused, Figure, LeftOut, Measured};
pub use score::{Measure, Score, What, Whose};

use crate::corpus::Annotator;

/// Who is compared where nobody is named: everyone but gold and second passes; with less
/// than two of these, everyone.
#[must_use]
pub fn compared_by_default(everyone: &[Annotator]) -> Vec<Annotator> {
    let first_pass = |one: &&Annotator| !one.is_gold() && one.first_pass().is_none();
    let people: Vec<Annotator> = everyone.iter().filter(first_pass).cloned().collect();
    if people.len() < 2 { everyone.to_vec() } else { people }
}
