//! The standoff model: documents, and what annotators say about them.
//!
//! An [`AnnotationSet`] changes only by an [`Edit`], which gives back the edit
//! that undoes it. This layer does no IO, reads no clock and draws no random
//! numbers; it fails only by refusing an edit.

mod adrift;
mod anchor;
mod annotation;
mod annotator;
mod catch_up;
mod conflict;
mod decision;
mod difference;
mod document;
mod edit;
mod entry;
mod fragments;
mod id;
mod lookup;
mod merge;
mod reach;
mod relation;
mod schema;
mod set;
mod settled;
mod shared_names;
mod waiting;

pub use adrift::{Adrift, Landed};
pub use anchor::{Quoted, Standing, WrittenOtherwise, find_again};
pub use annotation::{Annotation, TO_DISCUSS};
pub use annotator::{Annotator, AnnotatorError};
pub use catch_up::{CaughtUp, catch_up};
pub use conflict::{Conflict, Version};
pub use decision::{BETWEEN as BETWEEN_VOICES, Decision, Decisions, Review};
pub use difference::{Difference, differences};
pub use document::{Digest, Document, DocumentPath};
pub use edit::{Edit, EditError};
pub use entry::{Entry, Metadata};
pub use fragments::{Fragments, Spans};
pub use id::Id;
pub use merge::{Merged, merge};
pub use reach::Reach;
pub use relation::Relation;
pub use schema::{
    AttributeDefinition, Check, LabelDefinition, LinePattern, NameKind, RelationDefinition,
    Revaluing, Rgb, Schema, SchemaError, UnknownNames, capitalised, fresh_attribute, fresh_label,
    fresh_relation, spaced,
};
pub use set::{AnnotationSet, Status};
pub use settled::SettledCases;
pub use shared_names::SharedNames;
