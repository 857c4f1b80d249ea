use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::passages::{Passages, Wording};
use super::table_row::{RowKey, TableRow};
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, Document, DocumentPath, Fragments, Id, Schema, TO_DISCUSS,
};
use crate::review::checks::{Finding, FindingKind, check_without_mends};
use crate::text::{Offset, Span, Text};

/// The most characters of the other end of a link.
const END: usize = 40;

/// Some rows of one set, with the passages that they lie in. It borrows what is written
/// elsewhere: millions are made, packed and let go.
#[derive(Serialize, Deserialize)]
pub(super) struct PlainBlock<'a> {
    #[serde(borrow)]
    passages: Cow<'a, str>,
    rows: Vec<PlainRow<'a>>,
}

impl<'a> PlainBlock<'a> {
    /// The rows of a set, in the order of the text, at most so many a block.
    pub(super) fn of_set(
        schema: &'a Schema,
        document: &'a Document,
        set: &'a AnnotationSet,
        most: usize,
    ) -> impl Iterator<Item = Self> {
        let text = &document.text;
        let mut problems = vec![Vec::new(); set.annotations().len()];
        for finding in check_without_mends(schema, text, set) {
            let of_it = set.position(&finding.annotation).and_then(|at| problems.get_mut(at));
            if let Some(of_it) = of_it {
                of_it.push((finding.kind, finding.at.start, finding.at.end));
            }
        }
        let mut problems = problems.into_iter();
        set.annotations().chunks(most).map(move |annotations| {
            let mut passages = Passages::of(text);
            let row = |annotation: &'a Arc<Annotation>| {
                let wording = passages.add(annotation);
                let problems = problems.next().unwrap_or_default();
                PlainRow::of(schema, text, (set, annotation), wording, problems)
            };
            let rows = annotations.iter().map(row).collect();
            Self { passages: passages.gathered().into(), rows }
        })
    }

    /// Rows that are there already.
    pub(super) fn of_rows(rows: &'a [TableRow]) -> Self {
        Self { passages: Cow::default(), rows: rows.iter().map(PlainRow::from).collect() }
    }

    /// How many rows it has.
    pub(super) fn count(&self) -> usize {
        self.rows.len()
    }

    /// The rows, about a document and an annotator's set; `None` where they are damaged.
    pub(super) fn unpacked(
        self,
        document: &DocumentPath,
        annotator: &Annotator,
    ) -> Option<Vec<TableRow>> {
        let rows = self.rows.into_iter();
        rows.map(|row| row.unpacked(&self.passages, document, annotator)).collect()
    }
}

/// A row without what all rows of its block have in common.
#[derive(Serialize, Deserialize)]
struct PlainRow<'a> {
    annotation: &'a str,
    label: &'a str,
    /// Its first fragment, in characters; mostly there is no other.
    first: (usize, usize),
    others: Vec<(usize, usize)>,
    #[serde(borrow)]
    wording: Wording<'a>,
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

impl<'a> PlainRow<'a> {
    fn of(
        schema: &'a Schema,
        text: &Text,
        (set, annotation): (&'a AnnotationSet, &'a Annotation),
        wording: Wording<'a>,
        problems: Vec<Problem>,
    ) -> Self {
        let (first, others) = parts_of(&annotation.fragments);
        let mut links = Vec::new();
        let mut link_words = String::new();
        for link in set.relations_of(&annotation.id) {
            links.push(&*link.label);
            if link.from == annotation.id {
                let gap = if link_words.is_empty() { "" } else { ", " };
                let title = schema.relation(&link.label).map_or(&*link.label, |known| &known.title);
                let to = set.annotation(&link.to).map(|to| to.quote_start(text, END));
                link_words += &format!("{gap}{title} “{}”", to.unwrap_or_default());
            }
        }
        Self {
            annotation: annotation.id.as_str(),
            label: &annotation.label,
            first,
            others,
            wording,
            values: values(schema, annotation),
            links,
            link_words: link_words.into(),
            note: annotation.note.trim(),
            to_discuss: annotation.is_to_discuss(),
            problems,
        }
    }

    fn unpacked(
        self,
        passages: &str,
        document: &DocumentPath,
        annotator: &Annotator,
    ) -> Option<TableRow> {
        let values = self.values.into_iter();
        let span = |(start, end)| Span::new(Offset::new(start), Offset::new(end));
        let spans = std::iter::once(self.first).chain(self.others).map(span);
        let annotation = Id::new(self.annotation)?;
        let shown = self.wording.shown(passages)?;
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
            before: shown.before.into(),
            quote: shown.quote.into(),
            after: shown.after.into(),
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
            wording: Wording::Apart {
                before: Cow::Borrowed(&row.before),
                quote: Cow::Borrowed(&row.quote),
                after: Cow::Borrowed(&row.after),
            },
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
