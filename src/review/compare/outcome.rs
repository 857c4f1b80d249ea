use std::sync::Arc;

use thiserror::Error;

use super::case::{Subject, alike, values};
use super::comparison::Comparison;
use super::links::LinkSaid;
use crate::corpus::{Annotation, AnnotationSet, Edit, Id, Relation};

/// How a case is settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Gold gets what these annotators say, by their places; each content once. Of
    /// nobody: gold has nothing of it.
    Take(Vec<usize>),
    /// Gold gets an annotation with this content.
    Content(Box<Annotation>),
}

/// Why a case cannot be settled so. Nothing was changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
pub enum Refusal {
    /// What is linked is not in gold.
    #[error("what the link connects is not in gold: settle that first, or leave the link out")]
    EndsMissing,
    /// Whom it is to be taken from says nothing.
    #[error("there is nothing to take from this annotator")]
    NothingSaid,
}

/// The edits of gold that settle a case; none where gold is so already. What gold had of
/// it keeps its id, and so its links, as far as there is something to take its place.
///
/// # Errors
/// When it cannot be settled so.
pub fn settle(
    comparison: &Comparison,
    case: usize,
    outcome: &Outcome,
    gold: &AnnotationSet,
    mut new_id: impl FnMut() -> Id,
) -> Result<Vec<Edit>, Refusal> {
    let Some(subject) = comparison.cases.get(case).map(|case| &case.subject) else {
        return Ok(Vec::new());
    };
    match (subject, outcome) {
        (Subject::Annotation { gold: there, .. }, Outcome::Content(content)) => {
            Ok(make(gold, there, &[content], &mut new_id))
        }
        (Subject::Annotation { said, gold: there }, Outcome::Take(from)) => {
            let taken: Vec<&Annotation> =
                from.iter().filter_map(|at| said.get(*at)?.as_deref()).collect();
            if taken.is_empty() && !from.is_empty() {
                return Err(Refusal::NothingSaid);
            }
            Ok(make(gold, there, &taken, &mut new_id))
        }
        (Subject::Link { said, ends, gold: there }, Outcome::Take(from)) => {
            let taken: Vec<&LinkSaid> =
                from.iter().filter_map(|at| said.get(*at)?.as_ref()).collect();
            if taken.is_empty() && !from.is_empty() {
                return Err(Refusal::NothingSaid);
            }
            let ends = (comparison.gold_of(ends.0), comparison.gold_of(ends.1));
            link(there, &taken, ends, &mut new_id)
        }
        // A link has no content but its label, which somebody must have said.
        (Subject::Link { .. }, Outcome::Content(_)) => Ok(Vec::new()),
    }
}

/// Makes what gold has of a thing what it is to be.
fn make(
    gold: &AnnotationSet,
    there: &[Arc<Annotation>],
    wanted: &[&Annotation],
    new_id: &mut dyn FnMut() -> Id,
) -> Vec<Edit> {
    let mut left: Vec<&Arc<Annotation>> = there.iter().collect();
    let mut missing: Vec<&Annotation> = Vec::new();
    let mut made: Vec<&Annotation> = Vec::new();
    for content in wanted {
        if made.iter().any(|known| alike(known, content)) {
            continue;
        }
        made.push(content);
        match left.iter().position(|known| alike(known, content)) {
            Some(at) => drop(left.remove(at)),
            None => missing.push(content),
        }
    }
    let mut left = left.into_iter();
    let mut edits = Vec::new();
    for content in missing {
        let attributes = values(content);
        let attributes =
            attributes.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let bare = |id| Annotation {
            attributes: attributes.collect(),
            ..Annotation::new(id, content.label.clone(), content.fragments.clone())
        };
        edits.push(match left.next() {
            Some(known) => {
                let note = known.note.clone();
                Edit::Replace(Arc::new(Annotation { note, ..bare(known.id.clone()) }))
            }
            None => Edit::Insert(Arc::new(bare(new_id()))),
        });
    }
    for gone in left {
        let links = gold.relations_of(&gone.id).map(|link| Edit::RemoveRelation(link.id.clone()));
        // A link between two that go is taken away once.
        for edit in links {
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
        edits.push(Edit::Remove(gone.id.clone()));
    }
    edits
}

/// Makes the links that gold has between two things what they are to be.
fn link(
    there: &[Arc<Relation>],
    wanted: &[&LinkSaid],
    (from, to): (&[Arc<Annotation>], &[Arc<Annotation>]),
    new_id: &mut dyn FnMut() -> Id,
) -> Result<Vec<Edit>, Refusal> {
    let mut kept: Vec<&Arc<Relation>> = Vec::new();
    let mut edits = Vec::new();
    let mut labels = Vec::new();
    for said in wanted {
        let label = &said.relation.label;
        if labels.contains(&label) {
            continue;
        }
        labels.push(label);
        if let Some(known) = there.iter().find(|known| known.label == *label) {
            kept.push(known);
            continue;
        }
        let (from, to) = (likest(from, &said.from)?, likest(to, &said.to)?);
        let (from, to) = (from.id.clone(), to.id.clone());
        let relation = Relation { id: new_id(), label: label.clone(), from, to };
        edits.push(Edit::InsertRelation(Arc::new(relation)));
    }
    let gone = there.iter().filter(|known| !kept.contains(known));
    edits.extend(gone.map(|known| Edit::RemoveRelation(known.id.clone())));
    Ok(edits)
}

/// Of what gold has of a thing, what is as the annotator has it, or else the first.
fn likest<'a>(
    there: &'a [Arc<Annotation>],
    said: &Annotation,
) -> Result<&'a Arc<Annotation>, Refusal> {
    let same = there.iter().find(|one| one.label == said.label && one.fragments == said.fragments);
    same.or(there.first()).ok_or(Refusal::EndsMissing)
}
