//! Changing what stands in a whole set, wherever it stands: also in what waits for a place and in
//! what the other side of a merge has.

use std::sync::Arc;

use super::applying::counted;
use super::attempt::Deed;
use super::held::Held;
use super::state::Session;
use crate::corpus::{
    Adrift, Annotation, AnnotationSet, Annotator, Conflict, DocumentPath, Edit, Id, Relation,
    Version,
};
use crate::storage::Problem;

/// Why what changes the schema is not done, in words.
pub(super) const SCHEMA_CHANGED: &str = "another program has changed the schema meanwhile";

/// What annotations and relations become; `None` where one stays as it is.
pub(super) struct Rewriting<'a> {
    pub(super) annotation: &'a dyn Fn(&Annotation) -> Option<Annotation>,
    /// A relation may get another label, but no other ends.
    pub(super) relation: &'a dyn Fn(&Relation) -> Option<Relation>,
}

/// All sets that are in memory are rewritten, now that those which are concerned are.
#[derive(Debug)]
pub(super) struct AllSets {
    /// The files that could not be read.
    unread: Vec<String>,
    /// How many documents had been read anew when the others were begun to be read.
    since: usize,
    /// How many sets were rewritten.
    rewritten: usize,
    /// The sets in memory that cannot be changed, in words.
    left: Vec<String>,
}

impl AllSets {
    /// `read` says what could not be, and how many documents had been read anew when that began.
    pub(super) fn after_reading((problems, since): (&[Problem], usize)) -> Self {
        let unread = problems.iter().map(|problem| problem.path.display().to_string()).collect();
        Self { unread, since, rewritten: 0, left: Vec::new() }
    }

    /// None was rewritten yet.
    ///
    /// # Errors
    /// Why none can be, in words.
    pub(super) fn begin(&mut self, session: &Session) -> Result<(), String> {
        if session.schema_problem.is_some() {
            return Err(SCHEMA_CHANGED.to_owned());
        }
        self.rewritten = 0;
        self.left.clear();
        Ok(())
    }

    /// What rewrites the sets about a document. `each` is told of each set that is.
    pub(super) fn deeds(
        &mut self,
        session: &Session,
        document: &DocumentPath,
        rewriting: &Rewriting<'_>,
        mut each: impl FnMut(&Annotator, &AnnotationSet),
    ) -> Vec<Deed> {
        let mut deeds = Vec::new();
        for (annotator, set) in session.held.get(document).into_iter().flat_map(Held::sets) {
            let Some(set) = set else {
                self.left.push(format!("{annotator}'s about {}", document.name()));
                continue;
            };
            let edits = rewriting.edits(set);
            if !edits.is_empty() {
                self.rewritten += 1;
                each(annotator, set);
            }
            let deed = |edit| Deed::Edit(document.clone(), annotator.clone(), edit);
            deeds.extend(edits.into_iter().map(deed));
        }
        deeds
    }

    /// In how many sets, as a step's name ends.
    pub(super) fn in_sets(&self) -> String {
        format!("in {}", counted(self.rewritten, "set"))
    }

    /// Whether any set was rewritten.
    pub(super) fn any(&self) -> bool {
        self.rewritten > 0
    }

    /// What is to be said of the sets and decisions that cannot be changed now, of which `so`
    /// is so.
    pub(super) fn left(&self, session: &Session, so: &str) -> Option<String> {
        // What was in memory when it began, and was let go because its text has changed.
        let gone = session.read_anew_since(self.since);
        let gone = gone.filter(|path| !session.held.contains_key(*path));
        let gone = gone.map(|path| format!("the sets about {}", path.name()));
        let decided = session.whose_decisions_are_unread();
        let decided = decided.map(|who| format!("what {who} decided"));
        let left: Vec<String> =
            self.unread.iter().chain(&self.left).cloned().chain(gone).chain(decided).collect();
        let first = left.first()?;
        let more = if left.len() > 1 { ", and others" } else { "" };
        let files = counted(left.len(), "file");
        Some(format!(
            "{files} cannot be changed now and {so}: {first}{more}. Tags of a changed article are \
             brought over with Z"
        ))
    }
}

impl Rewriting<'_> {
    /// The edits that do it in a set.
    fn edits(&self, set: &AnnotationSet) -> Vec<Edit> {
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
