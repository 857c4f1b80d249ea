//! Tandai's own row: one document with every annotator's set, as it stands in JSON
//! lines and in Parquet files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::{Annotation, AnnotationSet, Document, Entry, Metadata, Status};

/// A row. Offsets count code points; ends are exclusive.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// The document's path below `seeds/`, without `.txt`.
    pub id: String,
    /// Its text.
    pub text: String,
    /// Its metadata and the status of each set, as JSON: a column whose values all
    /// look like dates would be read as dates.
    pub meta: String,
    /// All annotations.
    pub spans: Vec<RowSpan>,
    /// All relations.
    pub relations: Vec<RowRelation>,
}

/// One annotation.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RowSpan {
    /// Its id, unique in the annotator's set.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Where its first fragment starts.
    pub start: u64,
    /// Where its last fragment ends.
    pub end: u64,
    /// All fragments, in order.
    pub fragments: Vec<RowFragment>,
    /// What each fragment quotes.
    pub text: Vec<String>,
    /// Whose it is.
    pub annotator: String,
    /// Its attributes, by name.
    pub attributes: Vec<RowAttribute>,
    /// Its note; often empty.
    pub note: String,
}

/// One fragment.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RowFragment {
    /// Where it starts.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
}

/// One value of an attribute.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RowAttribute {
    /// The attribute.
    pub name: String,
    /// The value.
    pub value: String,
}

/// One relation.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct RowRelation {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The annotation that it starts from.
    pub head: String,
    /// The annotation that it leads to.
    pub tail: String,
    /// Whose it is.
    pub annotator: String,
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
    [Status::New, Status::InProgress, Status::Done, Status::Skipped]
        .into_iter()
        .find(|status| status_name(*status) == name)
}

/// The row of a document.
pub(super) fn row_of(entry: &Entry) -> Row {
    let document = &entry.document;
    let spans = entry.sets.iter().flat_map(|set| {
        set.annotations().iter().map(|annotation| span_of(annotation, set, document))
    });
    let relations = entry.sets.iter().flat_map(|set| {
        set.relations().iter().map(|relation| RowRelation {
            id: relation.id.to_string(),
            label: relation.label.to_string(),
            head: relation.from.to_string(),
            tail: relation.to.to_string(),
            annotator: set.annotator().to_string(),
        })
    });
    Row {
        id: document.path.id().to_owned(),
        text: document.text.as_str().to_owned(),
        meta: meta_of(entry),
        spans: spans.collect(),
        relations: relations.collect(),
    }
}

/// The metadata and the statuses, as JSON.
pub(super) fn meta_of(entry: &Entry) -> String {
    let sets = entry.sets.iter().map(|set| MetaSet {
        annotator: set.annotator().as_str(),
        status: status_name(set.status()),
    });
    let meta = Meta { metadata: &entry.metadata, sets: sets.collect() };
    serde_json::to_string(&meta).unwrap_or_default()
}

fn span_of(annotation: &Annotation, set: &AnnotationSet, document: &Document) -> RowSpan {
    let extent = annotation.fragments.extent();
    let attribute = |(name, value): (&String, &String)| RowAttribute {
        name: name.clone(),
        value: value.clone(),
    };
    let fragments = annotation
        .fragments
        .iter()
        .map(|span| RowFragment { start: span.start().get() as u64, end: span.end().get() as u64 });
    let quote = |span: crate::text::Span| document.text.slice(span.range()).to_owned();
    RowSpan {
        id: annotation.id.to_string(),
        label: annotation.label.to_string(),
        start: extent.start.get() as u64,
        end: extent.end.get() as u64,
        fragments: fragments.collect(),
        text: annotation.fragments.iter().map(quote).collect(),
        annotator: set.annotator().to_string(),
        attributes: annotation.attributes.iter().map(attribute).collect(),
        note: annotation.note.clone(),
    }
}

/// Attributes as a map, the last of a name.
pub(super) fn attributes_of(attributes: Vec<RowAttribute>) -> BTreeMap<String, String> {
    attributes.into_iter().map(|attribute| (attribute.name, attribute.value)).collect()
}
