use std::sync::Arc;

use super::aspect::{Aspect, Fact, facts};
use super::of_whom::OfWhom;
use crate::corpus::{Annotation, AnnotationSet, Annotator, Document, DocumentPath, Schema};
use crate::review::Remark;
use crate::text::Text;

/// More characters of the other end of a link than a row has room for.
const OTHER: usize = 80;

/// What one bar counts: some annotations, to be listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slice {
    /// What it is, as a list is headed.
    pub title: String,
    /// Whose annotations.
    pub whose: OfWhom,
    /// In which document; in all without one.
    pub document: Option<DocumentPath>,
    /// Which annotations.
    pub what: What,
}

/// Which annotations of a set belong to a slice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum What {
    /// All of them.
    All,
    /// Those of which this is so.
    Aspect(Aspect),
    /// Those with a label that cover so many characters.
    Lengths {
        /// The label.
        label: Arc<str>,
        /// The fewest.
        from: usize,
        /// The fewest that are too many.
        below: usize,
    },
}

impl What {
    fn takes(&self, aspect: &Aspect) -> bool {
        match (self, aspect) {
            (Self::All, Aspect::Label(_)) => true,
            (Self::Aspect(wanted), aspect) => wanted == aspect,
            (Self::Lengths { label, from, below }, Aspect::Length(name, length)) => {
                label == name && (*from..*below).contains(length)
            }
            _ => false,
        }
    }
}

impl Slice {
    /// Whether a set about a document can have some of it.
    pub fn concerns(&self, document: &DocumentPath, annotator: &Annotator) -> bool {
        self.document.as_ref().is_none_or(|wanted| wanted == document)
            && self.whose.includes(annotator)
    }

    /// A line for each time that the slice counts something in a set, in the order
    /// of the text.
    pub(in crate::review) fn remarks(
        &self,
        schema: &Schema,
        document: &Document,
        set: &AnnotationSet,
    ) -> Vec<Remark> {
        if !self.concerns(&document.path, set.annotator()) {
            return Vec::new();
        }
        let mut taken: Vec<Fact<'_>> = facts(schema, &document.text, set)
            .into_iter()
            .filter(|fact| self.what.takes(&fact.aspect))
            .collect();
        taken.sort_by(|one, other| one.annotation.order().cmp(&other.annotation.order()));
        let remark = |fact: &Fact<'_>| {
            let mut words = words(schema, &document.text, fact);
            if !matches!(self.whose, OfWhom::One(_)) {
                let name = set.annotator();
                words =
                    if words.is_empty() { name.to_string() } else { format!("{name}: {words}") };
            }
            Remark::about(document, set, fact.annotation, words)
        };
        taken.iter().map(remark).collect()
    }
}

/// What there is to say of an annotation beyond what is quoted of it.
fn words(schema: &Schema, text: &Text, fact: &Fact<'_>) -> String {
    let link = |relation: &str| {
        let title = schema.relation(relation).map_or(relation, |relation| &relation.title);
        let other = fact.other.map(|other| other.quote_start(text, OTHER)).unwrap_or_default();
        format!("{title} “{other}”")
    };
    match &fact.aspect {
        Aspect::Label(_) => stored_words(fact.annotation),
        Aspect::Length(_, 1) => "1 character".to_owned(),
        Aspect::Length(_, length) => format!("{length} characters"),
        Aspect::Value { attribute, value, .. } => format!("{attribute}: {value}"),
        Aspect::Fragmented => format!("{} fragments", fact.annotation.fragments.count()),
        Aspect::Noted => fact.annotation.note.trim().to_owned(),
        Aspect::ToDiscuss => "to discuss".to_owned(),
        Aspect::Relation(relation)
        | Aspect::Target { relation, .. }
        | Aspect::Pair { relation, .. } => link(relation),
    }
}

/// The values that are not the default, and the note.
fn stored_words(annotation: &Annotation) -> String {
    let values = annotation.attributes.iter().map(|(name, value)| format!("{name}: {value}"));
    let note = Some(annotation.note.trim()).filter(|note| !note.is_empty());
    values.chain(note.map(str::to_owned)).collect::<Vec<_>>().join(", ")
}
