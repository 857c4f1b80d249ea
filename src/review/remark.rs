use std::ops::Range;
use std::sync::Arc;

use super::checks::{Finding, check};
use super::statistics::Slice;
use crate::corpus::{Annotation, AnnotationSet, Annotator, Document, DocumentPath, Id, Schema};
use crate::text::Offset;

/// More characters of a quote than a row has room for.
const QUOTE: usize = 120;

/// A line about one annotation in a list over articles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remark {
    /// The document.
    pub document: DocumentPath,
    /// Whose set the annotation is in.
    pub annotator: Annotator,
    /// The annotation.
    pub annotation: Id,
    /// Its label.
    pub label: Arc<str>,
    /// The start of what it quotes.
    pub quote: String,
    /// Where one has to look.
    pub at: Range<Offset>,
    /// What there is to say.
    pub words: String,
    /// The finding that it is about, if it is about one.
    pub finding: Option<Finding>,
}

/// What is remarked on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Topic {
    /// What is not as the schema expects.
    Checks,
    /// What is marked to be discussed or has a note.
    Discussion,
    /// What a bar of the statistics counts.
    Slice(Arc<Slice>),
}

/// The remark that a finding about a set is; `None` where what it is about is gone.
#[must_use]
pub fn remark_on(finding: &Finding, document: &Document, set: &AnnotationSet) -> Option<Remark> {
    let annotation = set.annotation(&finding.annotation)?;
    let mut remark = Remark::about(document, set, annotation, finding.words());
    remark.at = finding.at.clone();
    remark.finding = Some(finding.clone());
    Some(remark)
}

impl Remark {
    /// Says something about an annotation of a set.
    pub(super) fn about(
        document: &Document,
        set: &AnnotationSet,
        annotation: &Annotation,
        words: String,
    ) -> Self {
        Self {
            document: document.path.clone(),
            annotator: set.annotator().clone(),
            annotation: annotation.id.clone(),
            label: annotation.label.clone(),
            quote: annotation.quote_start(&document.text, QUOTE),
            at: annotation.fragments.extent(),
            words,
            finding: None,
        }
    }
}

/// All remarks on a set about a document, in the order of the text.
#[must_use]
pub fn remarks(
    topic: &Topic,
    schema: &Schema,
    document: &Document,
    set: &AnnotationSet,
) -> Vec<Remark> {
    match topic {
        Topic::Checks => {
            let findings = check(schema, &document.text, set);
            findings.iter().filter_map(|finding| remark_on(finding, document, set)).collect()
        }
        Topic::Discussion => {
            let said = set.annotations().iter().filter_map(|annotation| {
                let note = annotation.note.trim();
                let words = match (annotation.is_to_discuss(), note.is_empty()) {
                    (false, true) => return None,
                    (true, true) => "To discuss".to_owned(),
                    (true, false) => format!("To discuss: {note}"),
                    (false, false) => note.to_owned(),
                };
                Some(Remark::about(document, set, annotation, words))
            });
            said.collect()
        }
        Topic::Slice(slice) => slice.remarks(schema, document, set),
    }
}
