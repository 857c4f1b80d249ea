//! What several annotators say about one document, side by side: where they agree, how
//! they differ, and what was settled.

mod align;
mod case;
mod comparison;
mod links;
mod merged;
mod outcome;
mod row;
mod rule;

pub use case::{Case, Kind, Subject, content};
pub use comparison::Comparison;
pub use links::LinkSaid;
pub use merged::Merged;
pub use outcome::{Outcome, Refusal, settle};
pub use row::{CaseRow, Saying, Voice};
pub use rule::Rule;
