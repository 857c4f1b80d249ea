//! doccano's JSON lines, of both shapes: spans as `[start, end, label]`, or entities
//! and relations.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{add_metadata, add_metadata_in, first_list, other_fields};
use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::join::join_fragments;
use super::json::{named_text, number_at, text, text_at};
use super::read::{each_document, stem};
use super::row::status_of_name;
use super::settle::numbered;
use crate::corpus::Metadata;

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    each_document(source, &["jsonl", "json"], document_of, found);
}

/// Fields that are not metadata, beside the text. doccano numbers examples by `id`.
const OWN_FIELDS: [&str; 9] =
    ["doc_id", "id", "annotator", "status", "meta", "entities", "label", "labels", "relations"];

fn document_of(
    record: &Value,
    place: &Place,
    refusals: &mut Vec<Refusal>,
) -> Result<Incoming, Refusal> {
    let Some((content_field, content)) = named_text(record, &["text", "data"]) else {
        return Err(Refusal::new(place, "it has no text"));
    };
    if record.get("spans").is_some() && record.get("entities").is_none() {
        let words = "it has \"spans\", as Tandai's own rows have: import it as jsonl";
        return Err(Refusal::new(place, words));
    }
    let file = stem(&place.file);
    let named = named_text(record, &["doc_id", "id"]);
    let by_line = || format!("{file}-{}", numbered("", place.line, 99_999));
    let id = named.map_or_else(by_line, |(_, id)| id);
    let mut metadata = Metadata::new();
    add_metadata_in(&mut metadata, (record, "meta"), place, refusals);
    let others = other_fields(record, &OWN_FIELDS).filter(|(name, _)| name != content_field);
    add_metadata(&mut metadata, others, place, refusals);
    let mut set = IncomingSet {
        annotator: text_at(record, &["annotator"]).or_else(|| Some(file.to_owned())),
        status: text_at(record, &["status"]).and_then(|status| status_of_name(&status)),
        ..IncomingSet::default()
    };
    let entities = first_list(record, &["entities", "label", "labels"], place, refusals);
    for (number, entity) in (1..).zip(entities) {
        if let Some(annotation) = annotation_of(entity, number, entities.len(), place) {
            set.annotations.push(annotation);
        } else {
            let words = format!("{entity} is not a span with a label");
            refusals.push(Refusal::new(place, words));
        }
    }
    // What the entities are called here, by their own ids.
    let mut names: HashMap<String, String> = HashMap::new();
    for (at, entity) in (1..).zip(entities) {
        let Some(id) = text_at(entity, &["id"]) else { continue };
        let name = numbered("e", at, entities.len());
        // A relation that names it could mean either.
        if names.insert(id.clone(), name).is_some() {
            let words = format!("two entities have the id {id}; what names it is about the second");
            refusals.push(Refusal::new(place, words));
        }
    }
    for relation in first_list(record, &["relations"], place, refusals) {
        let end = |name| text_at(relation, &[name]).map(|id| names.get(&id).cloned().unwrap_or(id));
        set.relations.push(IncomingRelation {
            place: place.clone(),
            id: None,
            label: text_at(relation, &["type", "label"]).unwrap_or_default(),
            from: end("from_id").unwrap_or_default(),
            to: end("to_id").unwrap_or_default(),
        });
    }
    join_fragments(&mut set);
    let (place, text_whole) = (place.clone(), IncomingText::Whole(content));
    Ok(Incoming { place, id, text: text_whole, metadata, sets: vec![set] })
}

fn annotation_of(
    entity: &Value,
    number: usize,
    of: usize,
    place: &Place,
) -> Option<IncomingAnnotation> {
    let offset = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
    let (span, label) = match entity.as_array().map(Vec::as_slice) {
        Some([start, end, label]) => ((offset(start)?, offset(end)?), text(label)?),
        Some(_) => return None,
        None => {
            let start = number_at(entity, &["start_offset", "start"])?;
            let span = (start, number_at(entity, &["end_offset", "end"])?);
            (span, text_at(entity, &["label"])?)
        }
    };
    let id = numbered("e", number, of);
    let (place, spans) = (place.clone(), vec![span]);
    Some(IncomingAnnotation { place, id, label, spans, ..IncomingAnnotation::default() })
}
