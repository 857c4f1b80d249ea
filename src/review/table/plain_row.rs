use std::borrow::Cow;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};

use super::table_row::{RowKey, TableRow};
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, Document, DocumentPath, Fragments, Id, Schema, TO_DISCUSS,
};
use crate::review::checks::{Finding, FindingKind, check};
use crate::text::{Offset, Span, is_plain, surroundings};

/// Characters of context on either side.
const CONTEXT: usize = 60;
/// The most characters of a quote.
const QUOTE: usize = 140;
/// The most characters of the other end of a link.
const END: usize = 40;

/// A row without what all rows of its block have in common. It borrows what is written
/// elsewhere: millions are made, packed and let go.
#[derive(Serialize, Deserialize)]
pub(super) struct PlainRow<'a> {
    annotation: &'a str,
    label: &'a str,
    /// Its first fragment, in characters; mostly there is no other.
    first: (usize, usize),
    others: Vec<(usize, usize)>,
    #[serde(borrow)]
    before: Cow<'a, str>,
    #[serde(borrow)]
    quote: Cow<'a, str>,
    #[serde(borrow)]
    after: Cow<'a, str>,
    values: Vec<(&'a str, &'a str, bool)>,
    links: Vec<&'a str>,
    #[serde(borrow)]
    link_words: Cow<'a, str>,
    note: &'a str,
    to_discuss: bool,
    problems: Vec<Problem>,
}

/// A finding about the row's annotation, and where it is to be seen.
type Problem = (FindingKind, Offset, Offset);

/// The labels of the links of an annotation, and those that start from it in words.
type Links<'a> = (Vec<&'a str>, Vec<String>);

impl<'a> PlainRow<'a> {
    /// The rows of a set, in the order of the text.
    pub(super) fn of_set(
        schema: &'a Schema,
        document: &'a Document,
        set: &'a AnnotationSet,
    ) -> Vec<Self> {
        let text = &document.text;
        let mut links: HashMap<&Id, Links<'a>> = HashMap::new();
        for link in set.relations() {
            links.entry(&link.to).or_default().0.push(&link.label);
            let from = links.entry(&link.from).or_default();
            if link.from != link.to {
                from.0.push(&link.label);
            }
            let to =
                set.annotation(&link.to).map(|to| to.quote_start(text, END)).unwrap_or_default();
            let title = schema.relation(&link.label).map_or(&*link.label, |known| &known.title);
            from.1.push(format!("{title} “{to}”"));
        }
        let mut problems: HashMap<Id, Vec<Problem>> = HashMap::new();
        for finding in check(schema, text, set) {
            let problem = (finding.kind, finding.at.start, finding.at.end);
            problems.entry(finding.annotation).or_default().push(problem);
        }
        let row = |annotation: &'a Arc<Annotation>| {
            let (labels, words) = links.remove(&annotation.id).unwrap_or_default();
            let extent = annotation.fragments.extent();
            let (first, others) = parts_of(&annotation.fragments);
            let (before, after) = surroundings(text, &extent, CONTEXT);
            Self {
                annotation: annotation.id.as_str(),
                label: &annotation.label,
                first,
                others,
                before,
                quote: quote(document, annotation),
                after,
                values: values(schema, annotation),
                links: labels,
                link_words: words.join(", ").into(),
                note: annotation.note.trim(),
                to_discuss: annotation.is_to_discuss(),
                problems: problems.remove(&annotation.id).unwrap_or_default(),
            }
        };
        set.annotations().iter().map(row).collect()
    }

    /// The row of a block about a document and an annotator's set; `None` where it is damaged.
    pub(super) fn unpacked(
        self,
        document: &DocumentPath,
        annotator: &Annotator,
    ) -> Option<TableRow> {
        let values = self.values.into_iter();
        let span = |(start, end)| Span::new(Offset::new(start), Offset::new(end));
        let spans = std::iter::once(self.first).chain(self.others).map(span);
        let annotation = Id::new(self.annotation)?;
        let problem = |(kind, start, end)| Finding {
            kind,
            annotation: annotation.clone(),
            at: start..end,
            mends: Vec::new(),
        };
        Some(TableRow {
            problems: self.problems.into_iter().map(problem).collect(),
            key: RowKey { document: document.clone(), annotator: annotator.clone(), annotation },
            label: self.label.into(),
            fragments: Fragments::in_order(spans.collect::<Option<_>>()?)?,
            before: self.before.into(),
            quote: self.quote.into(),
            after: self.after.into(),
            values: values.map(|(name, value, held)| (name.into(), value.into(), held)).collect(),
            links: self.links.into_iter().map(Arc::from).collect(),
            link_words: self.link_words.into(),
            note: self.note.into(),
            to_discuss: self.to_discuss,
        })
    }
}

impl<'a> From<&'a TableRow> for PlainRow<'a> {
    fn from(row: &'a TableRow) -> Self {
        let values = row.values.iter();
        let (first, others) = parts_of(&row.fragments);
        Self {
            annotation: row.key.annotation.as_str(),
            label: &row.label,
            first,
            others,
            before: Cow::Borrowed(&row.before),
            quote: Cow::Borrowed(&row.quote),
            after: Cow::Borrowed(&row.after),
            values: values.map(|(name, value, stored)| (&**name, &**value, *stored)).collect(),
            links: row.links.iter().map(|link| &**link).collect(),
            link_words: Cow::Borrowed(&row.link_words),
            note: &row.note,
            to_discuss: row.to_discuss,
            problems: row
                .problems
                .iter()
                .map(|one| (one.kind.clone(), one.at.start, one.at.end))
                .collect(),
        }
    }
}

/// The first fragment and the others, in characters.
fn parts_of(fragments: &Fragments) -> ((usize, usize), Vec<(usize, usize)>) {
    let mut spans = fragments.iter().map(|span| (span.start().get(), span.end().get()));
    (spans.next().unwrap_or_default(), spans.collect())
}

/// What an annotation quotes, or its start, with a blank for each control character.
fn quote<'a>(document: &'a Document, annotation: &Annotation) -> Cow<'a, str> {
    let text = &document.text;
    let whole = annotation
        .fragments
        .get(0)
        .filter(|span| annotation.fragments.count() == 1 && span.length() <= QUOTE);
    let plain = whole.map(|span| text.slice(span.range()));
    if let Some(plain) = plain.filter(|words| is_plain(words) || !words.contains(char::is_control))
    {
        return plain.into();
    }
    annotation.quote_start(text, QUOTE).replace(|c: char| c.is_control(), " ").into()
}

/// All attributes with their values, by default or stored; and whether it is stored.
fn values<'a>(schema: &'a Schema, annotation: &'a Annotation) -> Vec<(&'a str, &'a str, bool)> {
    let mut values: Vec<(&str, &str, bool)> = schema
        .attributes_of(&annotation.label)
        .map(|attribute| {
            let stored = annotation.attributes.contains_key(&*attribute.name);
            (&*attribute.name, schema.value(annotation, attribute), stored)
        })
        .collect();
    for (name, value) in &annotation.attributes {
        let known = values.iter().any(|(known, ..)| known == name);
        if !known && name != TO_DISCUSS {
            values.push((name, value, true));
        }
    }
    values
}
