//! What is left of a finding after what was decided about its document.

use super::{Finding, FindingKind};
use crate::corpus::{Decision, DocumentPath};

impl Finding {
    /// What is left of it after what was decided: that it is meant so, or that a place where
    /// something could be tagged is none. `None` where nothing is left.
    #[must_use]
    pub fn still_open(
        self,
        document: &DocumentPath,
        is_decided: impl Fn(&Decision) -> bool,
    ) -> Option<Self> {
        let is_meant = |finding: &Self| {
            let (document, finding) = (document.clone(), finding.key());
            is_decided(&Decision::Meant { document, finding })
        };
        if is_meant(&self) {
            return None;
        }
        // What was said may be about what rejections have left of it.
        self.without_rejected(document, &is_decided).filter(|left| !is_meant(left))
    }

    /// The finding without places where the label was rejected; `None` where nothing is left.
    #[must_use]
    pub fn without_rejected(
        mut self,
        document: &DocumentPath,
        is_decided: impl Fn(&Decision) -> bool,
    ) -> Option<Self> {
        if let FindingKind::Untagged { text, label, places } = &mut self.kind {
            places.retain(|place| {
                let (document, span) = (document.clone(), *place);
                let (label, text) = (label.clone(), text.clone());
                !is_decided(&Decision::NotTagged { document, span, label, text })
            });
            if places.is_empty() {
                return None;
            }
        }
        Some(self)
    }
}
