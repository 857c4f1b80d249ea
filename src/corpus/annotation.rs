use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Fragments, Id};
use crate::text::{Offset, Text};

/// A label on one or more spans of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Annotation {
    /// Unique in its set.
    pub id: Id,
    /// The name of one of the schema's labels, or of one that the schema lacks.
    pub label: Arc<str>,
    /// What is labelled.
    pub fragments: Fragments,
    /// Named values; a value that is the schema's default is left out.
    pub attributes: BTreeMap<String, String>,
    /// What the annotator had to say about it; often empty.
    pub note: String,
}

impl Annotation {
    /// A plain annotation, without attributes or note.
    #[must_use]
    pub fn new(id: Id, label: Arc<str>, fragments: Fragments) -> Self {
        Self { id, label, fragments, attributes: BTreeMap::new(), note: String::new() }
    }

    /// The quoted text, fragments joined by an ellipsis.
    #[must_use]
    pub fn quote(&self, text: &Text) -> String {
        let quotes: Vec<&str> =
            self.fragments.iter().map(|span| text.slice(span.range())).collect();
        quotes.join(" … ")
    }

    /// The start of [`Self::quote`], of about so many characters, with an ellipsis
    /// where it is cut: for a row or a card, however long the annotation is.
    pub fn quote_start(&self, text: &Text, characters: usize) -> String {
        let mut quote = String::new();
        let mut left = characters;
        for (at, span) in self.fragments.iter().enumerate() {
            if at > 0 {
                quote.push_str(" … ");
            }
            let shown = span.length().min(left);
            quote.push_str(text.slice(span.start()..span.start() + shown));
            left -= shown;
            if shown < span.length() {
                quote.push('…');
                break;
            }
        }
        quote
    }

    /// What annotations are sorted by, in files and on the screen.
    #[must_use]
    pub fn order(&self) -> (Offset, Offset, &str, &Id) {
        let extent = self.fragments.extent();
        (extent.start, extent.end, &self.label, &self.id)
    }
}
