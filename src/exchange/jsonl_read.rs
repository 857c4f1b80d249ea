//! Tandai's own rows, and rows like them that other programs write.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::json::{list_at, number_at, text, text_at};
use super::read::{each_line, each_value, files, parse, stem};
use super::row::{Row, RowSpan, attributes_of, is_sets, status_of_name};
use super::settle::numbered;
use crate::corpus::Metadata;

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["jsonl", "json", "ndjson"]) {
        if file.to_ascii_lowercase().ends_with(".json") {
            let make = |place, value: Result<Value, Refusal>| {
                value.and_then(|value| incoming_of_value(&value, place))
            };
            each_value(source, file, make, &mut *found);
        } else {
            let make = |place, line: Result<&str, Refusal>| {
                line.and_then(|line| incoming_of_line(line, place))
            };
            each_line(source, file, make, &mut *found);
        }
    }
}

fn incoming_of_line(line: &str, place: Place) -> Result<Incoming, Refusal> {
    // Most rows are just as Tandai writes them.
    match serde_json::from_str::<Row<'_>>(line) {
        Ok(row) => incoming_of_row(row, place),
        Err(_) => incoming_of_value(&parse::<Value>(line, &place)?, place),
    }
}

/// A row with each annotator's set.
pub(super) fn incoming_of_row(row: Row<'_>, place: Place) -> Result<Incoming, Refusal> {
    let (metadata, mut sets) = meta_of(&row.meta, &place)?;
    for span in row.spans {
        let set = set_of(&mut sets, annotator_of(&span.annotator));
        set.annotations.push(annotation_of(span, &place));
    }
    for relation in row.relations {
        set_of(&mut sets, annotator_of(&relation.annotator)).relations.push(IncomingRelation {
            place: place.clone(),
            id: Some(relation.id.into_owned()).filter(|id| !id.is_empty()),
            label: relation.label.into_owned(),
            from: relation.head.into_owned(),
            to: relation.tail.into_owned(),
        });
    }
    let text = IncomingText::Whole(row.text.into_owned());
    Ok(Incoming { id: row.id.into_owned(), place, text, metadata, sets })
}

fn annotator_of(name: &str) -> Option<String> {
    (!name.is_empty()).then(|| name.to_owned())
}

fn annotation_of(span: RowSpan<'_>, place: &Place) -> IncomingAnnotation {
    let number = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    let spans = if span.fragments.is_empty() {
        vec![(number(span.start), number(span.end))]
    } else {
        span.fragments.iter().map(|f| (number(f.start), number(f.end))).collect()
    };
    IncomingAnnotation {
        place: place.clone(),
        id: span.id.into_owned(),
        label: span.label.into_owned(),
        spans,
        quotes: span.text.into_iter().map(Cow::into_owned).collect(),
        attributes: attributes_of(span.attributes),
        note: span.note.into_owned(),
        joined_quote: None,
    }
}

/// The metadata and the sets that `meta` names.
fn meta_of(meta: &str, place: &Place) -> Result<(Metadata, Vec<IncomingSet>), Refusal> {
    if meta.trim().is_empty() {
        return Ok((Metadata::new(), Vec::new()));
    }
    let value: Value = serde_json::from_str(meta)
        .map_err(|error| Refusal::new(place, format!("meta is not JSON ({error})")))?;
    meta_of_value(&value, place)
}

fn meta_of_value(value: &Value, place: &Place) -> Result<(Metadata, Vec<IncomingSet>), Refusal> {
    let fields = value.as_object().into_iter().flatten();
    let metadata = fields
        .filter(|(name, _)| *name != "sets")
        .map(|(name, value)| {
            let own = name.strip_suffix('_').filter(|_| is_sets(name)).unwrap_or(name);
            (own.to_owned(), text(value).unwrap_or_else(|| value.to_string()))
        })
        .collect();
    let mut sets = Vec::new();
    for set in list_at(value, &["sets"]) {
        let named = text_at(set, &["status"]);
        let status = named.as_deref().and_then(status_of_name);
        if let Some(unknown) = named.filter(|_| status.is_none()) {
            return Err(Refusal::new(place, format!("\"{unknown}\" is not a status")));
        }
        let annotator = text_at(set, &["annotator"]);
        sets.push(IncomingSet { annotator, status, ..IncomingSet::default() });
    }
    Ok((metadata, sets))
}

/// The set by an annotator, which is begun where there is none.
pub(super) fn set_of(sets: &mut Vec<IncomingSet>, annotator: Option<String>) -> &mut IncomingSet {
    let at = sets.iter().position(|set| set.annotator == annotator).unwrap_or_else(|| {
        sets.push(IncomingSet { annotator, ..IncomingSet::default() });
        sets.len() - 1
    });
    // What was found or pushed is there.
    #[expect(clippy::indexing_slicing, reason = "the place was just found")]
    &mut sets[at]
}

/// Fields of a row of another program that are not metadata.
const OWN_FIELDS: [&str; 11] = [
    "id",
    "doc_id",
    "document_id",
    "name",
    "_id",
    "text",
    "content",
    "document",
    "meta",
    "annotator",
    "_annotator_id",
];

/// A row of another program: spans by `start` and `end`, the rest as it may be.
fn incoming_of_value(record: &Value, place: Place) -> Result<Incoming, Refusal> {
    let Some(content) = text_at(record, &["text", "content", "document"]) else {
        return Err(Refusal::new(&place, "it has no text"));
    };
    let own = text_at(record, &["id", "doc_id", "document_id", "name", "_id"]);
    let id = own
        .unwrap_or_else(|| format!("{}-{}", stem(&place.file), numbered("", place.line, 99_999)));
    let listed = ["spans", "entities", "label", "labels", "relations"];
    if let Some(name) = listed
        .iter()
        .find(|name| record.get(name).is_some_and(|value| !value.is_array() && !value.is_null()))
    {
        return Err(Refusal::new(&place, format!("\"{name}\" is not a list")));
    }
    let (mut metadata, mut sets) = match record.get("meta") {
        Some(Value::String(meta)) => meta_of(meta, &place)?,
        Some(meta) => meta_of_value(meta, &place)?,
        None => (Metadata::new(), Vec::new()),
    };
    // What stands beside the text is known of it.
    for (name, value) in record.as_object().into_iter().flatten() {
        if !OWN_FIELDS.contains(&name.as_str()) && !listed.contains(&name.as_str()) {
            metadata.insert(name.clone(), text(value).unwrap_or_else(|| value.to_string()));
        }
    }
    let row_annotator = text_at(record, &["annotator", "_annotator_id"]);
    let spans = ["spans", "entities", "label", "labels"].map(|name| list_at(record, &[name]));
    let spans = spans.into_iter().find(|spans| !spans.is_empty()).unwrap_or_default();
    for (number, span) in (1..).zip(spans) {
        let annotator = text_at(span, &["annotator"]).or_else(|| row_annotator.clone());
        let annotation = annotation_of_value(span, numbered("s", number, spans.len()), &place);
        set_of(&mut sets, annotator).annotations.push(annotation?);
    }
    for relation in list_at(record, &["relations"]) {
        let annotator = text_at(relation, &["annotator"]).or_else(|| row_annotator.clone());
        let end = |names: &[&str]| text_at(relation, names).unwrap_or_default();
        set_of(&mut sets, annotator).relations.push(IncomingRelation {
            place: place.clone(),
            id: text_at(relation, &["id"]),
            label: text_at(relation, &["label", "type"]).unwrap_or_default(),
            from: end(&["head", "from", "from_id"]),
            to: end(&["tail", "to", "to_id", "child"]),
        });
    }
    Ok(Incoming { id, place, text: IncomingText::Whole(content), metadata, sets })
}

fn annotation_of_value(
    span: &Value,
    number: String,
    place: &Place,
) -> Result<IncomingAnnotation, Refusal> {
    let range = |value: &Value| {
        let start = number_at(value, &["start", "start_offset"])?;
        Some((start, number_at(value, &["end", "end_offset"])?))
    };
    // `[start, end, "LABEL"]`
    if let Some([start, end, label]) = span.as_array().map(Vec::as_slice) {
        let offset = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok());
        let (Some(start), Some(end), Some(label)) = (offset(start), offset(end), text(label))
        else {
            return Err(Refusal::new(place, format!("{span} is not a span with a label")));
        };
        let (id, place) = (number, place.clone());
        let spans = vec![(start, end)];
        return Ok(IncomingAnnotation { place, id, label, spans, ..Default::default() });
    }
    let fragments: Option<Vec<_>> = list_at(span, &["fragments"]).iter().map(range).collect();
    let Some(fragments) = fragments else {
        return Err(Refusal::new(place, format!("a fragment of {span} has no start or no end")));
    };
    let spans = if fragments.is_empty() { range(span).into_iter().collect() } else { fragments };
    let label = text_at(span, &["label", "tag", "type"]);
    let (Some(label), false) = (label, spans.is_empty()) else {
        return Err(Refusal::new(place, format!("{span} is not a span with a label")));
    };
    let quotes = match span.get("text") {
        Some(Value::String(quote)) if spans.len() == 1 => vec![quote.clone()],
        Some(Value::Array(quotes)) => quotes.iter().filter_map(text).collect(),
        _ => Vec::new(),
    };
    if let Some(Value::Object(pairs)) = span.get("attributes")
        && let Some((name, value)) = pairs.iter().find(|(_, value)| text(value).is_none())
    {
        return Err(Refusal::new(place, format!("{name} has no one value, but {value}")));
    }
    let attributes: BTreeMap<String, String> = match span.get("attributes") {
        Some(Value::Object(pairs)) => {
            pairs.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
        }
        Some(Value::Array(pairs)) => pairs
            .iter()
            .filter_map(|pair| Some((text_at(pair, &["name"])?, text_at(pair, &["value"])?)))
            .collect(),
        _ => BTreeMap::new(),
    };
    Ok(IncomingAnnotation {
        place: place.clone(),
        id: text_at(span, &["id"]).unwrap_or(number),
        label,
        spans,
        quotes,
        attributes,
        note: text_at(span, &["note"]).unwrap_or_default(),
        joined_quote: None,
    })
}
