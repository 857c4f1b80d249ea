//! Sets whose articles are not there: whoever renames an article has to rename its sets too.

use std::sync::Arc;

use super::effect::Effect;
use super::state::Session;
use crate::corpus::{Annotator, DocumentPath};
use crate::storage::{Problem, ProblemKind, Project};

impl Session {
    /// Has it found out whether any of one's own sets is about none of these documents, which are
    /// all.
    pub(super) fn look_for_left_behind(&mut self, documents: Vec<DocumentPath>) {
        let Some(project) = self.project.clone() else { return };
        let annotator = self.annotator.clone();
        self.effects.push(Effect::FindLeftBehind { project, documents, annotator });
    }

    /// The same as soon as the list has been looked through to its end, for which nobody is to wait
    /// longer; `document` is what was looked at last, if there is any.
    pub(super) fn look_for_left_behind_after(&mut self, document: Option<&DocumentPath>) {
        if document == self.documents.rows().last().map(|row| &row.path) {
            let all = self.all_documents.clone();
            self.look_for_left_behind(all.unwrap_or_else(|| self.documents.paths()));
        }
    }

    /// Says above the article how many these are, as long as that is so.
    pub(super) fn tell_left_behind(
        &mut self,
        project: &Arc<Project>,
        annotator: &Annotator,
        left: Option<Problem>,
    ) {
        if !self.is_open(project) || *annotator != self.annotator {
            return;
        }
        self.problems.retain(|one| !matches!(one.kind, ProblemKind::LeftBehind { .. }));
        self.problems.extend(left);
    }
}
