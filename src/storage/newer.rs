//! What can be shown of a set in a format that is newer than this program.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::guarded::read_work;
use super::record::{
    AnnotationRecord, DocumentRecord, FORMAT, RelationRecord, SetRecord, StatusRecord, prove,
};
use super::{Project, SetStore};
use crate::corpus::{AnnotationSet, Annotator, Document};

/// The fields that are known here; what else there is is passed over, since nothing of it is
/// ever written.
#[derive(Deserialize)]
#[serde(rename = "Set")]
struct Newer {
    document: NewerDocument,
    annotator: String,
    status: StatusRecord,
    #[serde(default)]
    annotations: Vec<NewerAnnotation>,
    #[serde(default)]
    relations: Vec<NewerRelation>,
}

#[derive(Deserialize)]
struct NewerDocument {
    path: String,
    characters: usize,
    sha256: String,
}

#[derive(Deserialize)]
struct NewerAnnotation {
    id: String,
    label: String,
    spans: Vec<(usize, usize)>,
    text: Vec<String>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
struct NewerRelation {
    id: String,
    label: String,
    from: String,
    to: String,
}

impl From<Newer> for SetRecord<'static> {
    fn from(newer: Newer) -> Self {
        let NewerDocument { path, characters, sha256 } = newer.document;
        let annotations = newer.annotations.into_iter();
        let relations = newer.relations.into_iter();
        Self {
            format: FORMAT,
            document: DocumentRecord { path: path.into(), characters, sha256: sha256.into() },
            annotator: newer.annotator.into(),
            status: newer.status,
            annotations: annotations
                .map(|one| AnnotationRecord {
                    id: one.id.into(),
                    label: one.label.into(),
                    spans: one.spans.into(),
                    text: one.text.into_iter().map(Cow::from).collect(),
                    attributes: one.attributes,
                    note: one.note.into(),
                })
                .collect(),
            relations: relations
                .map(|one| RelationRecord {
                    id: one.id.into(),
                    label: one.label.into(),
                    from: one.from.into(),
                    to: one.to.into(),
                })
                .collect(),
            conflicts: Vec::new(),
            adrift: Vec::new(),
        }
    }
}

/// What this program knows of a set in a newer format, proved like any set, to be looked at
/// only; `None` where it cannot be made out.
pub fn newer_set(
    project: &Project,
    annotator: &Annotator,
    document: &Document,
) -> Option<AnnotationSet> {
    let file = SetStore::file(project, annotator, &document.path);
    let content = read_work(project.files(), &file).ok()??;
    let newer: Newer = ron::from_str(&content).ok()?;
    prove(newer.into(), &content, &file, document, annotator).ok()
}
