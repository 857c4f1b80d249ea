//! What is known of an occurrence that a search found.

use std::sync::Arc;

use super::state::Session;
use crate::corpus::Decision;
use crate::review::{Hit, Tags};

/// What is known of an occurrence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing: it wants a decision.
    Open,
    /// It is tagged already, with these labels.
    Tagged(Vec<Arc<str>>),
    /// It is not, but shares characters with an annotation that has this label, which is the
    /// one that it would get.
    Within(Arc<str>),
    /// It was rejected before.
    Rejected,
}

impl Session {
    /// What is known of an occurrence that the search found.
    pub fn standing(&self, hit: &Hit) -> Standing {
        let label = self.search.as_ref().and_then(|search| search.label.as_ref());
        self.standing_as(label, hit)
    }

    /// The labels of annotations of just what a hit is, whatever it is to be tagged with.
    pub fn tags_of(&self, hit: &Hit) -> Vec<Arc<str>> {
        self.tags(hit).of_it
    }

    fn tags(&self, hit: &Hit) -> Tags {
        match self.held.get(&hit.document) {
            Some(held) => Tags::of(&held.set, hit.span),
            None => hit.tags.clone(),
        }
    }

    /// The same where it is to be tagged with a label, or with any.
    pub(super) fn standing_as(&self, label: Option<&Arc<str>>, hit: &Hit) -> Standing {
        let tags = self.tags(hit);
        let Some(label) = label else {
            let is_open = tags.of_it.is_empty();
            return if is_open { Standing::Open } else { Standing::Tagged(tags.of_it) };
        };
        if tags.of_it.contains(label) {
            Standing::Tagged(tags.of_it)
        } else if tags.touching.contains(label) {
            Standing::Within(label.clone())
        } else if self.is_decided(&Self::rejection(hit, label)) {
            Standing::Rejected
        } else {
            Standing::Open
        }
    }

    pub(super) fn rejection(hit: &Hit, label: &Arc<str>) -> Decision {
        Decision::NotTagged {
            document: hit.document.clone(),
            span: hit.span,
            label: label.clone(),
            text: hit.quote.clone(),
        }
    }
}
