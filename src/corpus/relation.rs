use std::sync::Arc;

use super::Id;

/// A directed, labelled link between two annotations of one set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relation {
    /// Unique in its set, among annotations too.
    pub id: Id,
    /// Such as `attributed-to`.
    pub label: Arc<str>,
    /// The annotation that the link starts from.
    pub from: Id,
    /// The annotation that it leads to.
    pub to: Id,
}

impl Relation {
    /// What relations are sorted by, in files and on the screen.
    pub fn order(&self) -> (&str, &Id, &Id, &Id) {
        (&self.label, &self.from, &self.to, &self.id)
    }
}
