use std::sync::Arc;

use super::{Annotation, Id, Relation};

/// Something that two sides of a merge have changed, each otherwise.
///
/// The set itself has what one side made of it, and this keeps what the other side did, until
/// a person has chosen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// The id of the annotation or relation.
    pub id: Id,
    /// What the other side has; `None` where it removed it.
    pub other: Option<Version>,
}

/// What one side made of an annotation or a relation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Version {
    /// This annotation.
    Annotation(Arc<Annotation>),
    /// This relation.
    Relation(Arc<Relation>),
}

impl Version {
    /// The id it has in the set.
    #[must_use]
    pub fn id(&self) -> &Id {
        match self {
            Self::Annotation(annotation) => &annotation.id,
            Self::Relation(relation) => &relation.id,
        }
    }
}
