use std::collections::HashMap;
use std::sync::Arc;

use super::case::{Case, Kind, Subject};
use super::comparison::Comparison;
use crate::corpus::{Annotation, AnnotationSet, Annotator, Id, Relation, Status};
use crate::text::Offset;

/// What several annotators say about one document, in one set, to be looked at.
#[derive(Clone, Debug)]
pub struct Merged {
    /// What everyone says alike once, everything else as each one has it.
    pub set: Arc<AnnotationSet>,
    /// Whose an annotation is; of what is not everyone's alone.
    by: HashMap<Id, Annotator>,
    /// What each one's annotations are called here, by place and id.
    names: HashMap<(usize, Id), Id>,
}

impl Merged {
    /// Puts what is compared in a document that ends at `end` into one set.
    #[must_use]
    pub fn of(comparison: &Comparison, end: Offset) -> Self {
        let mut by = HashMap::new();
        let mut annotations: Vec<Annotation> = Vec::new();
        let mut relations: Vec<Relation> = Vec::new();
        // By whom and how something is called in the one set.
        let mut names: HashMap<(usize, Id), Id> = HashMap::new();
        for case in &comparison.cases {
            let Subject::Annotation { said, .. } = &case.subject else { continue };
            let agreed = case.kind == Kind::Agreed;
            let mut once: Option<Id> = None;
            for (at, annotation) in said.iter().enumerate() {
                let Some(annotation) = annotation else { continue };
                let known = once.clone().filter(|_| agreed);
                let id = known.unwrap_or_else(|| name(at, &annotation.id));
                names.insert((at, annotation.id.clone()), id.clone());
                if agreed && once.is_some() {
                    continue;
                }
                if let Some(annotator) = comparison.annotators.get(at).filter(|_| !agreed) {
                    by.insert(id.clone(), annotator.clone());
                }
                annotations.push(Annotation { id: id.clone(), ..(**annotation).clone() });
                once = Some(id);
            }
        }
        for case in &comparison.cases {
            relations.extend(links(case, &names));
        }
        let whole = AnnotationSet::assemble(
            Annotator::gold(),
            end,
            Status::InProgress,
            annotations,
            relations,
        );
        // It is made of sets that hold what a set promises, under names of its own.
        let set = whole.unwrap_or_else(|_| AnnotationSet::new(Annotator::gold(), end));
        Self { set: Arc::new(set), by, names }
    }

    /// Whose an annotation is, where it is not everyone's alike.
    #[must_use]
    pub fn said_by(&self, id: &Id) -> Option<&Annotator> {
        self.by.get(id)
    }

    /// What an annotator's annotation is called here, given the annotator's place in the
    /// comparison.
    #[must_use]
    pub fn id_of(&self, at: usize, id: &Id) -> Option<&Id> {
        self.names.get(&(at, id.clone()))
    }
}

fn name(at: usize, id: &Id) -> Id {
    Id::new(&format!("{} {id}", at + 1)).unwrap_or_else(|| id.clone())
}

/// The links of a case, between what their ends are called; the same one once.
fn links(case: &Case, names: &HashMap<(usize, Id), Id>) -> Vec<Relation> {
    let Subject::Link { said, .. } = &case.subject else { return Vec::new() };
    let mut links: Vec<Relation> = Vec::new();
    for (at, link) in said.iter().enumerate() {
        let Some(link) = link else { continue };
        let end = |id: &Id| names.get(&(at, id.clone())).cloned();
        let (Some(from), Some(to)) = (end(&link.from.id), end(&link.to.id)) else { continue };
        let label = link.relation.label.clone();
        let same = |known: &Relation| known.label == label && known.from == from && known.to == to;
        if !links.iter().any(same) {
            links.push(Relation { id: name(at, &link.relation.id), label, from, to });
        }
    }
    links
}
