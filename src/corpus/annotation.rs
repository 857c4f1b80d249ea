use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Fragments, Id};
use crate::text::{Offset, Text};

/// The attribute that marks what is to be discussed. Every annotation can have it,
/// whatever the schema says, with the value `yes`.
pub const TO_DISCUSS: &str = "discuss";
const YES: &str = "yes";

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

    /// The start and the end of [`Self::quote`], of about so many characters together, so
    /// that one sees where a long annotation begins and where it ends.
    #[must_use]
    pub fn quote_ends(&self, text: &Text, characters: usize) -> String {
        if self.fragments.length() <= characters {
            return self.quote(text);
        }
        let extent = self.fragments.extent();
        let (start, end) = (characters - characters / 2, characters / 2);
        let first = text.slice(extent.start..extent.start + start);
        let last = text.slice(extent.end - end..extent.end);
        format!("{first}…{last}")
    }

    /// Whether it is marked to be discussed.
    #[must_use]
    pub fn is_to_discuss(&self) -> bool {
        self.attributes.get(TO_DISCUSS).is_some_and(|value| value == YES)
    }

    /// The same, marked to be discussed or not.
    #[must_use]
    pub fn to_discuss(mut self, mark: bool) -> Self {
        if mark {
            self.attributes.insert(TO_DISCUSS.to_owned(), YES.to_owned());
        } else {
            self.attributes.remove(TO_DISCUSS);
        }
        self
    }

    /// What annotations are sorted by, in files and on the screen.
    #[must_use]
    pub fn order(&self) -> (Offset, Offset, &str, &Id) {
        let extent = self.fragments.extent();
        (extent.start, extent.end, &self.label, &self.id)
    }
}
