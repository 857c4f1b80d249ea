use std::borrow::Cow;
use std::sync::Arc;

use crate::corpus::DocumentPath;
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
    /// The labels that the annotator's set gave to just this span when it was
    /// looked at.
    pub tagged: Vec<Arc<str>>,
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
            tagged: Vec::new(),
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
