use serde::Serialize;

use crate::corpus::{Annotation, AnnotationSet, Document, Relation};
use crate::text::shortened;

/// Something that a format, or the options chosen, cannot carry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Loss {
    /// The document's path below `seeds/`, without `.txt`.
    pub document: String,
    /// Whose set it is in.
    pub annotator: String,
    /// What it is.
    pub kind: LossKind,
    /// The id of the annotation or the relation.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The start of what the annotation quotes; empty for relations.
    pub quote: String,
    /// Why it cannot be carried.
    pub reason: String,
    /// What is done instead.
    pub instead: String,
}

/// What is done instead of carrying something: nothing.
pub(super) const LEFT_OUT: &str = "it is left out";

impl Loss {
    /// Whether an annotation or a relation is not there at all.
    pub(super) fn is_left_out(&self) -> bool {
        matches!(self.kind, LossKind::Span | LossKind::Relation) && self.instead == LEFT_OUT
    }
}

/// What is lost, or not as it was.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LossKind {
    /// Where an annotation lies.
    Span,
    /// A relation.
    Relation,
    /// A value of an attribute.
    Attribute,
    /// A note.
    Note,
}

impl LossKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 4] = [Self::Span, Self::Relation, Self::Attribute, Self::Note];

    /// The word for so many.
    pub fn title(self, count: usize) -> &'static str {
        match (self, count) {
            (Self::Span, 1) => "span",
            (Self::Span, _) => "spans",
            (Self::Relation, 1) => "link",
            (Self::Relation, _) => "links",
            (Self::Attribute, 1) => "attribute",
            (Self::Attribute, _) => "attributes",
            (Self::Note, 1) => "note",
            (Self::Note, _) => "notes",
        }
    }
}

/// More characters of a quote than a report has room for.
const QUOTE: usize = 80;

/// Notes down what is lost of one set.
pub(super) struct Losses<'a> {
    document: &'a Document,
    annotator: &'a str,
    pub(super) found: Vec<Loss>,
}

impl<'a> Losses<'a> {
    pub(super) fn new(document: &'a Document, annotator: &'a str) -> Self {
        Self { document, annotator, found: Vec::new() }
    }

    pub(super) fn annotation(
        &mut self,
        kind: LossKind,
        annotation: &Annotation,
        reason: impl Into<String>,
        instead: impl Into<String>,
    ) {
        let quote = annotation.quote_start(&self.document.text, QUOTE);
        self.note_down(Loss {
            document: self.document.path.id().to_owned(),
            annotator: self.annotator.to_owned(),
            kind,
            id: annotation.id.to_string(),
            label: annotation.label.to_string(),
            quote,
            reason: reason.into(),
            instead: instead.into(),
        });
    }

    pub(super) fn relation(
        &mut self,
        relation: &Relation,
        reason: impl Into<String>,
        instead: impl Into<String>,
    ) {
        self.note_down(Loss {
            document: self.document.path.id().to_owned(),
            annotator: self.annotator.to_owned(),
            kind: LossKind::Relation,
            id: relation.id.to_string(),
            label: relation.label.to_string(),
            quote: String::new(),
            reason: reason.into(),
            instead: instead.into(),
        });
    }

    /// What is lost of several fragments alike is lost once.
    fn note_down(&mut self, loss: Loss) {
        let mut of_the_same = self.found.iter().rev().take_while(|other| other.id == loss.id);
        if !of_the_same.any(|other| *other == loss) {
            self.found.push(loss);
        }
    }

    /// What no dataset has: the other versions of what is in conflict, and what has no place.
    /// `chosen` says which labels are exported.
    pub(super) fn unsettled(&mut self, set: &AnnotationSet, chosen: impl Fn(&str) -> bool) {
        for conflict in set.conflicts() {
            let reason = "it is in conflict since a merge";
            let instead = "what stands in the set is taken";
            if let Some(annotation) = set.annotation(&conflict.id) {
                if chosen(&annotation.label) {
                    self.annotation(LossKind::Span, annotation, reason, instead);
                }
            } else if let Some(relation) = set.relation(&conflict.id) {
                self.relation(relation, reason, instead);
            }
        }
        for adrift in set.adrift().iter().filter(|adrift| chosen(&adrift.annotation.label)) {
            let (reason, instead) = ("it has no place since the article changed", LEFT_OUT);
            self.annotation(LossKind::Span, &adrift.annotation, reason, instead);
            if let Some(loss) = self.found.last_mut() {
                loss.quote = shortened(&adrift.quote(), QUOTE);
            }
            for relation in &adrift.relations {
                let reason = "one of its ends has no place since the article changed";
                self.relation(relation, reason, instead);
            }
        }
    }

    /// Notes and values of attributes, for a format that has no place for either.
    pub(super) fn all_values_and_notes(&mut self, annotation: &Annotation, format: &str) {
        self.all_values(annotation, format);
        if !annotation.note.is_empty() {
            let reason = format!("{format} has no notes");
            self.annotation(LossKind::Note, annotation, reason, LEFT_OUT);
        }
    }

    pub(super) fn all_values(&mut self, annotation: &Annotation, format: &str) {
        for (name, value) in &annotation.attributes {
            let reason = format!("{format} has no attributes: {name} = {value}");
            self.annotation(LossKind::Attribute, annotation, reason, LEFT_OUT);
        }
    }
}
