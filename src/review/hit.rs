use std::borrow::Cow;
use std::sync::Arc;

use crate::corpus::{Annotation, AnnotationSet, DocumentPath};
use crate::text::{Span, Text, in_one_line, surroundings};

/// Characters of context on either side.
const CONTEXT: usize = 140;
/// The most characters of what was found that are shown.
const LONGEST: usize = 160;

/// One place where a query was found, in its context.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hit {
    /// The document.
    pub document: DocumentPath,
    /// Where in it.
    pub span: Span,
    /// What stands before it, as much as a row has room for.
    pub before: String,
    /// What was found; where it is long, its start.
    pub quote: String,
    /// What stands behind it.
    pub after: String,
    /// What the annotator's set said of it when it was looked at.
    pub tags: Tags,
}

/// What a set says of a span.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tags {
    /// The labels of annotations of just this span.
    pub of_it: Vec<Arc<str>>,
    /// The labels of annotations that share a character with it, these included.
    pub touching: Vec<Arc<str>>,
}

impl Tags {
    /// What a set says of a span.
    pub fn of(set: &AnnotationSet, span: Span) -> Self {
        let labels = |annotations: &mut dyn Iterator<Item = &Arc<Annotation>>| {
            let mut labels: Vec<Arc<str>> = annotations.map(|a| a.label.clone()).collect();
            labels.sort();
            labels.dedup();
            labels
        };
        Self {
            of_it: labels(&mut set.annotations_of_span(span)),
            touching: labels(&mut set.annotations_in(span.range())),
        }
    }
}

impl Hit {
    /// The hit at a span, on which nothing is known to be tagged.
    #[must_use]
    pub fn new(document: DocumentPath, text: &Text, span: Span) -> Self {
        let (before, after) = surroundings(text, &span.range(), CONTEXT);
        Self {
            document,
            span,
            before: before.into_owned(),
            quote: quote_of(text, span).into_owned(),
            after: after.into_owned(),
            tags: Tags::default(),
        }
    }

    /// Whether a text has at the span what was found there.
    #[must_use]
    pub fn is_of(&self, text: &Text) -> bool {
        quote_of(text, self.span) == self.quote
    }
}

/// What stands at a span, as much of it as is shown.
fn quote_of(text: &Text, span: Span) -> Cow<'_, str> {
    let shown_to = span.end().min(span.start() + LONGEST);
    in_one_line(text.slice(span.start()..shown_to))
}
