use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{Annotation, AnnotationSet, Annotator, Document, DocumentPath, Id, Schema};
use crate::review::checks::check;
use crate::review::compare::content;
use crate::text::{Offset, surroundings};

/// Characters of context on either side.
const CONTEXT: usize = 60;
/// The most characters of a quote.
const QUOTE: usize = 140;
/// The most characters of the other end of a link.
const END: usize = 40;

/// Which annotation of a project a row is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowKey {
    /// The document.
    pub document: DocumentPath,
    /// Whose annotation it is.
    pub annotator: Annotator,
    /// Which.
    pub annotation: Id,
}

/// An annotation as a row of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableRow {
    /// Which it is.
    pub key: RowKey,
    /// Its label.
    pub label: Arc<str>,
    /// Where it lies, gaps included.
    pub at: Range<Offset>,
    /// How many fragments it has.
    pub fragments: usize,
    /// What stands before it.
    pub before: Box<str>,
    /// What it quotes; where it is long, its start.
    pub quote: Box<str>,
    /// What stands behind it.
    pub after: Box<str>,
    /// All its attributes with their values, by default or stored; and whether it is
    /// stored.
    pub values: Vec<(Arc<str>, Arc<str>, bool)>,
    /// The labels of the links that start from it or lead to it.
    pub links: Vec<Arc<str>>,
    /// The links that start from it, in words.
    pub link_words: Box<str>,
    /// The annotator's note.
    pub note: Box<str>,
    /// Whether it is marked to be discussed.
    pub to_discuss: bool,
    /// What the schema's checks find.
    pub problems: Vec<Box<str>>,
    /// What it says, as it is remembered when it is reviewed.
    pub content: Box<str>,
}

impl TableRow {
    /// The rows of a set, in the order of the text.
    #[must_use]
    pub fn of(schema: &Schema, document: &Document, set: &AnnotationSet) -> Vec<Self> {
        let text = &document.text;
        let mut links: HashMap<&Id, (Vec<Arc<str>>, Vec<String>)> = HashMap::new();
        for link in set.relations() {
            links.entry(&link.to).or_default().0.push(link.label.clone());
            let from = links.entry(&link.from).or_default();
            if link.from != link.to {
                from.0.push(link.label.clone());
            }
            let to =
                set.annotation(&link.to).map(|to| to.quote_start(text, END)).unwrap_or_default();
            let title = schema.relation(&link.label).map_or(&*link.label, |known| &known.title);
            from.1.push(format!("{title} “{to}”"));
        }
        let mut problems: HashMap<Id, Vec<Box<str>>> = HashMap::new();
        for finding in check(schema, text, set) {
            problems.entry(finding.annotation.clone()).or_default().push(finding.words().into());
        }
        let row = |annotation: &Arc<Annotation>| {
            let (labels, words) = links.remove(&annotation.id).unwrap_or_default();
            let extent = annotation.fragments.extent();
            let (before, after) = surroundings(text, &extent, CONTEXT);
            Self {
                key: RowKey {
                    document: document.path.clone(),
                    annotator: set.annotator().clone(),
                    annotation: annotation.id.clone(),
                },
                label: annotation.label.clone(),
                fragments: annotation.fragments.count(),
                before: before.into(),
                quote: annotation
                    .quote_start(text, QUOTE)
                    .replace(|c: char| c.is_control(), " ")
                    .into(),
                after: after.into(),
                at: extent,
                values: values(schema, annotation),
                links: labels,
                link_words: words.join(", ").into(),
                note: annotation.note.trim().into(),
                to_discuss: annotation.is_to_discuss(),
                problems: problems.remove(&annotation.id).unwrap_or_default(),
                content: content(annotation).into(),
            }
        };
        set.annotations().iter().map(row).collect()
    }

    /// The values that are stored, in words.
    #[must_use]
    pub fn stored_words(&self) -> String {
        let stored = self.values.iter().filter(|(_, _, stored)| *stored);
        let words: Vec<String> =
            stored.map(|(name, value, _)| format!("{name}: {value}")).collect();
        words.join(", ")
    }
}

/// Names and values are the schema's own, so that many rows share them.
fn values(schema: &Schema, annotation: &Annotation) -> Vec<(Arc<str>, Arc<str>, bool)> {
    let mut values: Vec<(Arc<str>, Arc<str>, bool)> = schema
        .attributes_of(&annotation.label)
        .map(|attribute| {
            let value = schema.value(annotation, attribute);
            let stored = annotation.attributes.contains_key(&*attribute.name);
            let known = attribute.values.iter().find(|known| ***known == *value);
            let value = known.cloned().unwrap_or_else(|| value.into());
            (attribute.name.clone(), value, stored)
        })
        .collect();
    for (name, value) in &annotation.attributes {
        let known = values.iter().any(|(known, ..)| **known == **name);
        if !known && name != crate::corpus::TO_DISCUSS {
            values.push((name.as_str().into(), value.as_str().into(), true));
        }
    }
    values
}
