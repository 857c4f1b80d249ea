//! Changing what stands in a whole set, wherever it stands: also in what waits for a place and in
//! what the other side of a merge has.

use std::sync::Arc;

use super::applying::counted;
use super::attempt::Deed;
use super::state::Session;
use crate::corpus::{
    Adrift, Annotation, AnnotationSet, Annotator, Conflict, DocumentPath, Edit, Id, Relation,
    Version,
};
use crate::storage::Problem;

/// What annotations and relations become; `None` where one stays as it is.
pub(super) struct Rewriting<'a> {
    pub(super) annotation: &'a dyn Fn(&Annotation) -> Option<Annotation>,
    /// A relation may get another label, but no other ends.
    pub(super) relation: &'a dyn Fn(&Relation) -> Option<Relation>,
}

/// What a rewriting comes to in all sets that are in memory.
#[derive(Default)]
pub(super) struct Rewritten {
    pub(super) deeds: Vec<Deed>,
    /// In how many sets.
    pub(super) sets: usize,
    /// The sets and decisions that cannot be changed now, in words.
    left: Vec<String>,
}

impl Rewritten {
    /// What is to be said of what cannot be changed, of which `so` is so.
    pub(super) fn left(&self, so: &str) -> Option<String> {
        let first = self.left.first()?;
        let more = if self.left.len() > 1 { ", and others" } else { "" };
        let files = counted(self.left.len(), "file");
        Some(format!(
            "{files} cannot be changed now and {so}: {first}{more}. Tags of a changed article are \
             brought over with Z"
        ))
    }
}

impl Session {
    /// Works out a rewriting of all sets, now that those which are concerned are in memory:
    /// `read` says what could not be, and how many documents had been read anew when that began.
    /// `each` is told of each set that is rewritten.
    pub(super) fn rewrite_all(
        &self,
        rewriting: &Rewriting<'_>,
        read: (&[Problem], usize),
        mut each: impl FnMut(&DocumentPath, &Annotator, &AnnotationSet),
    ) -> Rewritten {
        let (problems, since) = read;
        let mut all = Rewritten::default();
        all.left.extend(problems.iter().map(|problem| problem.path.display().to_string()));
        for (document, held) in &self.held {
            for (annotator, set) in held.sets() {
                let Some(set) = set else {
                    all.left.push(format!("{annotator}'s about {}", document.name()));
                    continue;
                };
                let edits = rewriting.edits(set);
                if !edits.is_empty() {
                    all.sets += 1;
                    each(document, annotator, set);
                }
                let deed = |edit| Deed::Edit(document.clone(), Annotator::clone(annotator), edit);
                all.deeds.extend(edits.into_iter().map(deed));
            }
        }
        // What was in memory when it began, and was let go because its text has changed.
        let gone = self.read_anew_since(since).filter(|path| !self.held.contains_key(*path));
        all.left.extend(gone.map(|path| format!("the sets about {}", path.name())));
        all.left.extend(self.unread_decisions.iter().map(|who| format!("what {who} decided")));
        all
    }
}

impl Rewriting<'_> {
    /// The edits that do it in a set.
    pub(super) fn edits(&self, set: &AnnotationSet) -> Vec<Edit> {
        let is_rewritten_link =
            |id: &Id| set.relation(id).is_some_and(|link| (self.relation)(link).is_some());
        let conflicts = set.conflicts().iter().filter_map(|conflict| {
            let other = conflict.other.as_ref().and_then(|other| self.version(other));
            // What is in conflict is not taken away: that is put back with it.
            (other.is_some() || is_rewritten_link(&conflict.id))
                .then(|| Conflict { other: other.or(conflict.other.clone()), ..conflict.clone() })
        });
        let conflicts: Vec<Conflict> = conflicts.collect();
        let mut edits: Vec<Edit> =
            conflicts.iter().map(|conflict| Edit::RemoveConflict(conflict.id.clone())).collect();
        let rewritten = set.annotations().iter().filter_map(|one| (self.annotation)(one));
        edits.extend(rewritten.map(|one| Edit::Replace(Arc::new(one))));
        for relation in set.relations() {
            let Some(rewritten) = (self.relation)(relation) else { continue };
            edits.push(Edit::RemoveRelation(relation.id.clone()));
            // Where the two labels linked the same, one link is left.
            let is_there = set.has_relation(&rewritten.label, &relation.from, &relation.to);
            if !is_there || set.conflict(&relation.id).is_some() {
                edits.push(Edit::InsertRelation(Arc::new(rewritten)));
            }
        }
        for adrift in set.adrift() {
            if let Some(rewritten) = self.adrift(adrift) {
                edits.push(Edit::RemoveAdrift(rewritten.annotation.id.clone()));
                edits.push(Edit::InsertAdrift(Arc::new(rewritten)));
            }
        }
        let back = conflicts.into_iter();
        edits.extend(back.map(|conflict| Edit::InsertConflict(Arc::new(conflict))));
        edits
    }

    fn version(&self, version: &Version) -> Option<Version> {
        match version {
            Version::Annotation(one) => {
                (self.annotation)(one).map(|one| Version::Annotation(Arc::new(one)))
            }
            Version::Relation(one) => {
                (self.relation)(one).map(|one| Version::Relation(Arc::new(one)))
            }
        }
    }

    fn adrift(&self, adrift: &Adrift) -> Option<Adrift> {
        let mut rewritten = adrift.clone();
        if let Some(annotation) = (self.annotation)(&adrift.annotation) {
            rewritten.annotation = Arc::new(annotation);
        }
        for relation in &mut rewritten.relations {
            if let Some(one) = (self.relation)(relation) {
                *relation = Arc::new(one);
            }
        }
        (rewritten != *adrift).then_some(rewritten)
    }
}
