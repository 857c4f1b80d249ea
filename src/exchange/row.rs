//! Tandai's own row: one document with every annotator's set, as it stands in JSON
//! lines and in Parquet files.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::corpus::{Annotation, AnnotationSet, Document, Entry, Metadata, Status};

/// A row. Offsets count code points; ends are exclusive.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row<'a> {
    /// The document's path below `seeds/`, without `.txt`.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Its text.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Its metadata and the status of each set, as JSON: a column whose values all
    /// look like dates would be read as dates.
    #[serde(borrow)]
    pub meta: Cow<'a, str>,
    /// All annotations.
    #[serde(borrow)]
    pub spans: Vec<RowSpan<'a>>,
    /// All relations.
    #[serde(borrow)]
    pub relations: Vec<RowRelation<'a>>,
}

/// One annotation.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowSpan<'a> {
    /// Its id, unique in the annotator's set.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Its label.
    #[serde(borrow)]
    pub label: Cow<'a, str>,
    /// Where its first fragment starts.
    pub start: u64,
    /// Where its last fragment ends.
    pub end: u64,
    /// All fragments, in order.
    pub fragments: Vec<RowFragment>,
    /// What each fragment quotes.
    #[serde(borrow)]
    pub text: Vec<Cow<'a, str>>,
    /// Whose it is.
    #[serde(borrow)]
    pub annotator: Cow<'a, str>,
    /// Its attributes, by name.
    #[serde(borrow)]
    pub attributes: Vec<RowAttribute<'a>>,
    /// Its note; often empty.
    #[serde(borrow)]
    pub note: Cow<'a, str>,
}

/// One fragment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowFragment {
    /// Where it starts.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
}

/// One value of an attribute.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowAttribute<'a> {
    /// The attribute.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// The value.
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

/// One relation.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowRelation<'a> {
    /// Its id.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// Its label.
    #[serde(borrow)]
    pub label: Cow<'a, str>,
    /// The annotation that it starts from.
    #[serde(borrow)]
    pub head: Cow<'a, str>,
    /// The annotation that it leads to.
    #[serde(borrow)]
    pub tail: Cow<'a, str>,
    /// Whose it is.
    #[serde(borrow)]
    pub annotator: Cow<'a, str>,
}

/// What `meta` holds besides the document's own metadata.
#[derive(Serialize)]
struct Meta<'a> {
    #[serde(flatten)]
    metadata: &'a Metadata,
    sets: Vec<MetaSet<'a>>,
}

#[derive(Serialize)]
struct MetaSet<'a> {
    annotator: &'a str,
    status: &'static str,
}

/// What a status is called in files of other programs.
pub(super) fn status_name(status: Status) -> &'static str {
    match status {
        Status::New => "new",
        Status::InProgress => "in-progress",
        Status::Done => "done",
        Status::Skipped => "skipped",
    }
}

/// The status called so.
pub fn status_of_name(name: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|status| status_name(*status) == name)
}

/// The row of a document.
pub(super) fn row_of(entry: &Entry) -> Row<'_> {
    let document = &entry.document;
    let spans = entry.sets.iter().flat_map(|set| {
        set.annotations().iter().map(|annotation| span_of(annotation, set, document))
    });
    let relations = entry.sets.iter().flat_map(|set| {
        set.relations().iter().map(|relation| RowRelation {
            id: relation.id.as_str().into(),
            label: (&*relation.label).into(),
            head: relation.from.as_str().into(),
            tail: relation.to.as_str().into(),
            annotator: set.annotator().as_str().into(),
        })
    });
    Row {
        id: document.path.id().into(),
        text: document.text.as_str().into(),
        meta: meta_of(entry).into(),
        spans: spans.collect(),
        relations: relations.collect(),
    }
}

/// Whether a field of a document's own would be taken for the sets, or for one that was
/// renamed not to be: it is written with one low line more.
pub(super) fn is_sets(name: &str) -> bool {
    name.strip_prefix("sets").is_some_and(|rest| rest.chars().all(|c| c == '_'))
}

/// The metadata and the statuses, as JSON.
pub(super) fn meta_of(entry: &Entry) -> String {
    let sets = entry.sets.iter().map(|set| MetaSet {
        annotator: set.annotator().as_str(),
        status: status_name(set.status()),
    });
    let renamed;
    let metadata = if entry.metadata.keys().any(|name| is_sets(name)) {
        let rename = |name: &String| if is_sets(name) { format!("{name}_") } else { name.clone() };
        renamed =
            entry.metadata.iter().map(|(name, value)| (rename(name), value.clone())).collect();
        &renamed
    } else {
        &entry.metadata
    };
    let meta = Meta { metadata, sets: sets.collect() };
    serde_json::to_string(&meta).unwrap_or_default()
}

fn span_of<'a>(
    annotation: &'a Annotation,
    set: &'a AnnotationSet,
    document: &'a Document,
) -> RowSpan<'a> {
    let extent = annotation.fragments.extent();
    let attribute = |(name, value): (&'a String, &'a String)| RowAttribute {
        name: name.into(),
        value: value.into(),
    };
    let fragments = annotation
        .fragments
        .iter()
        .map(|span| RowFragment { start: span.start().get() as u64, end: span.end().get() as u64 });
    let quote = |span: crate::text::Span| Cow::from(document.text.slice(span.range()));
    RowSpan {
        id: annotation.id.as_str().into(),
        label: (&*annotation.label).into(),
        start: extent.start.get() as u64,
        end: extent.end.get() as u64,
        fragments: fragments.collect(),
        text: annotation.fragments.iter().map(quote).collect(),
        annotator: set.annotator().as_str().into(),
        attributes: annotation.attributes.iter().map(attribute).collect(),
        note: annotation.note.as_str().into(),
    }
}

impl Row<'_> {
    /// The same, with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Row<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let attribute =
            |a: RowAttribute<'_>| RowAttribute { name: own(a.name), value: own(a.value) };
        let span = |span: RowSpan<'_>| RowSpan {
            id: own(span.id),
            label: own(span.label),
            start: span.start,
            end: span.end,
            fragments: span.fragments,
            text: span.text.into_iter().map(own).collect(),
            annotator: own(span.annotator),
            attributes: span.attributes.into_iter().map(attribute).collect(),
            note: own(span.note),
        };
        let relation = |relation: RowRelation<'_>| RowRelation {
            id: own(relation.id),
            label: own(relation.label),
            head: own(relation.head),
            tail: own(relation.tail),
            annotator: own(relation.annotator),
        };
        Row {
            id: own(self.id),
            text: own(self.text),
            meta: own(self.meta),
            spans: self.spans.into_iter().map(span).collect(),
            relations: self.relations.into_iter().map(relation).collect(),
        }
    }
}
