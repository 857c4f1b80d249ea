use std::sync::Arc;

use super::Rgb;

/// One label that a relation can have, and what it may lead from and to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RelationDefinition {
    /// As it is written in files, such as `attributed-to`.
    pub name: Arc<str>,
    /// As it is shown, such as `attributed to`.
    pub title: String,
    /// What it is for, in a sentence.
    pub help: String,
    /// The labels of annotations that it may start from.
    pub from: Vec<Arc<str>>,
    /// The labels of annotations that it may lead to.
    pub to: Vec<Arc<str>>,
    /// The colour on a light page.
    pub light: Rgb,
    /// The colour on a dark page.
    pub dark: Rgb,
}

impl RelationDefinition {
    /// Whether it may lead from an annotation with one label to one with the other.
    #[must_use]
    pub fn fits(&self, from: &str, to: &str) -> bool {
        let has = |labels: &[Arc<str>], label: &str| labels.iter().any(|name| **name == *label);
        has(&self.from, from) && has(&self.to, to)
    }
}
