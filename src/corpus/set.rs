use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashSet, HashSetExt};

use super::lookup::Lookup;
use super::{Adrift, Annotation, Annotator, Conflict, EditError, Id, Relation};
use crate::text::{Offset, Span};

/// How far an annotator has come with a document.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub enum Status {
    /// Nothing was done yet.
    #[default]
    New,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
    /// Left out on purpose.
    Skipped,
}

impl Status {
    /// All of them, in the order in which one comes to them.
    pub const ALL: [Self; 4] = [Self::New, Self::InProgress, Self::Done, Self::Skipped];

    /// Whether work on the document is over.
    #[must_use]
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Done | Self::Skipped)
    }

    /// The word for it on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::InProgress => "in progress",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }
}

/// Everything one annotator says about one document.
///
/// Always in canonical order, all ids different, all spans inside the document,
/// both ends of every relation there: an [`super::Edit`] that would break this
/// is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AnnotationSet {
    annotator: Annotator,
    /// Where the document ends; no span reaches beyond.
    pub(super) end: Offset,
    pub(super) status: Status,
    /// Shared, so that a copy for the disk is cheap.
    pub(super) annotations: Vec<Arc<Annotation>>,
    pub(super) relations: Vec<Arc<Relation>>,
    /// By id.
    pub(super) conflicts: Vec<Conflict>,
    /// By where they stood.
    pub(super) adrift: Vec<Arc<Adrift>>,
    /// Apart, so that a set is no larger to move about.
    pub(super) lookup: Box<Lookup>,
}

impl AnnotationSet {
    /// An empty, new set about a document that ends at `end`.
    #[must_use]
    pub fn new(annotator: Annotator, end: Offset) -> Self {
        let (annotations, relations) = (Vec::new(), Vec::new());
        let (conflicts, adrift) = (Vec::new(), Vec::new());
        Self {
            annotator,
            end,
            status: Status::New,
            annotations,
            relations,
            conflicts,
            adrift,
            lookup: Box::default(),
        }
    }

    /// Whether it is as it was when it was [new](Self::new): nothing would be missed with it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::new(self.annotator.clone(), self.end)
    }

    /// A set of these parts, as read from a file, in whatever order.
    ///
    /// # Errors
    /// When the parts break what the type promises.
    pub fn assemble(
        annotator: Annotator,
        end: Offset,
        status: Status,
        mut annotations: Vec<Annotation>,
        relations: Vec<Relation>,
    ) -> Result<Self, EditError> {
        let mut set = Self::new(annotator, end);
        set.status = status;
        annotations.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut ids = HashSet::with_capacity(annotations.len());
        set.annotations.reserve(annotations.len());
        for annotation in annotations {
            set.refuse_out_of_document(&annotation)?;
            if !ids.insert(annotation.id.clone()) {
                return Err(EditError::DuplicateId(annotation.id));
            }
            set.annotations.push(Arc::new(annotation));
        }
        let mut relation_ids = HashSet::with_capacity(relations.len());
        set.relations.reserve(relations.len());
        for relation in relations {
            for end in [&relation.from, &relation.to] {
                if !ids.contains(end) {
                    return Err(EditError::Hanging {
                        relation: relation.id,
                        annotation: end.clone(),
                    });
                }
            }
            if ids.contains(&relation.id) || !relation_ids.insert(relation.id.clone()) {
                return Err(EditError::DuplicateId(relation.id));
            }
            set.relations.push(Arc::new(relation));
        }
        set.relations.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(set)
    }

    /// Whose set it is.
    #[must_use]
    pub fn annotator(&self) -> &Annotator {
        &self.annotator
    }

    /// Where the document ends; no span reaches beyond.
    #[must_use]
    pub fn end(&self) -> Offset {
        self.end
    }

    /// How far the annotator has come.
    #[must_use]
    pub fn status(&self) -> Status {
        self.status
    }

    /// The annotations, by (start, end, label, id).
    #[must_use]
    pub fn annotations(&self) -> &[Arc<Annotation>] {
        &self.annotations
    }

    /// The relations, by (label, from, to, id).
    #[must_use]
    pub fn relations(&self) -> &[Arc<Relation>] {
        &self.relations
    }

    /// What sides of a merge have changed otherwise and nobody has settled yet, by id.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// What was said about a text that has changed since and has no place in the new one
    /// yet, by where it stood.
    #[must_use]
    pub fn adrift(&self) -> &[Arc<Adrift>] {
        &self.adrift
    }

    /// What is adrift under this id.
    #[must_use]
    pub fn adrift_called(&self, id: &Id) -> Option<&Arc<Adrift>> {
        self.adrift.iter().find(|adrift| adrift.annotation.id == *id)
    }

    /// The conflict about an annotation or a relation.
    #[must_use]
    pub fn conflict(&self, id: &Id) -> Option<&Conflict> {
        self.conflicts.iter().find(|conflict| conflict.id == *id)
    }

    /// The annotation called `id`.
    #[must_use]
    pub fn annotation(&self, id: &Id) -> Option<&Arc<Annotation>> {
        self.annotations.get(self.position(id)?)
    }

    /// Whether an annotation or a relation is called `id`.
    #[must_use]
    pub fn has_id(&self, id: &Id) -> bool {
        self.annotation(id).is_some()
            || self.relations.iter().any(|relation| relation.id == *id)
            || self.adrift.iter().any(|adrift| adrift.has_id(id))
    }

    /// The relations that start from or lead to an annotation, in order.
    pub fn relations_of(&self, id: &Id) -> impl Iterator<Item = &Arc<Relation>> {
        self.places_of_relations(id).filter_map(|at| self.relations.get(at))
    }

    /// Whether a relation so labelled leads from one annotation to another.
    #[must_use]
    pub fn has_relation(&self, label: &str, from: &Id, to: &Id) -> bool {
        self.relations.iter().any(|r| *r.label == *label && r.from == *from && r.to == *to)
    }

    /// The annotations with a fragment that covers a character of `range`, in order.
    pub fn annotations_in(
        &self,
        range: Range<Offset>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Annotation>> {
        self.places_in(&range).into_iter().filter_map(|at| self.annotations.get(at)).filter(
            move |annotation| annotation.fragments.iter().any(|s| s.within(&range).is_some()),
        )
    }

    /// The places in [`Self::annotations`] of those whose extent shares a character with
    /// `range` or, where it has none, lies across it; in order.
    #[must_use]
    pub fn places_in(&self, range: &Range<Offset>) -> Vec<usize> {
        let starts_before = |a: &Arc<Annotation>| a.fragments.extent().start < range.end;
        let count = self.annotations.partition_point(starts_before);
        self.reach().beyond(count, range.start)
    }

    /// The places in [`Self::annotations`] of those that a place lies inside of, gaps
    /// included: they start before it and end behind it. In order.
    #[must_use]
    pub fn places_across(&self, at: Offset) -> Vec<usize> {
        self.places_in(&(at..at))
    }

    /// The annotations of just this one span, in order.
    pub fn annotations_of_span(&self, span: Span) -> impl Iterator<Item = &Arc<Annotation>> {
        let starts_before = |a: &Arc<Annotation>| a.fragments.extent().start < span.start();
        let first = self.annotations.partition_point(starts_before);
        let rest = self.annotations.get(first..).unwrap_or_default().iter();
        rest.take_while(move |a| a.fragments.extent().start == span.start())
            .filter(move |a| a.fragments.count() == 1 && a.fragments.get(0) == Some(span))
    }

    /// The relation called `id`.
    #[must_use]
    pub fn relation(&self, id: &Id) -> Option<&Arc<Relation>> {
        self.relations.iter().find(|relation| relation.id == *id)
    }

    /// The annotations on the character after `offset`, smallest first.
    #[must_use]
    pub fn annotations_at(&self, offset: Offset) -> Vec<&Arc<Annotation>> {
        let places = self.places_in(&(offset..offset + 1));
        let here = places.into_iter().filter_map(|at| self.annotations.get(at));
        let mut found: Vec<_> =
            here.filter(|annotation| annotation.fragments.contains(offset)).collect();
        found.sort_by_key(|annotation| annotation.fragments.length());
        found
    }
}
