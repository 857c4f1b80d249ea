//! Tandai's own rows, and rows like them that other programs write.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::fields::{add_metadata, first_list, other_fields};
use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::json::{list_at, named_text, number_at, text, text_at};
use super::read::{each_line, each_value, files, hand_over, made, parse, stem};
use super::row::{Row, RowSpan, is_sets, status_of_name};
use super::settle::numbered;
use crate::corpus::Metadata;

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["jsonl", "json", "ndjson"]) {
        if file.to_ascii_lowercase().ends_with(".json") {
            let make = |place, value: Result<Value, Refusal>| {
                made(|refusals| incoming_of_value(&value?, place, refusals))
            };
            each_value(source, file, make, |one| hand_over(one, found));
        } else {
            let make = |place, line: Result<&str, Refusal>| {
                made(|refusals| incoming_of_line(line?, place, refusals))
            };
            each_line(source, file, make, |one| hand_over(one, found));
        }
    }
}

fn incoming_of_line(
    line: &str,
    place: Place,
    refusals: &mut Vec<Refusal>,
) -> Result<Incoming, Refusal> {
    // Most rows are just as Tandai writes them.
    match serde_json::from_str::<Row<'_>>(line) {
        Ok(row) => incoming_of_row(row, place, refusals),
        Err(_) => incoming_of_value(&parse::<Value>(line, &place)?, place, refusals),
    }
}

/// A row with each annotator's set.
pub(super) fn incoming_of_row(
    row: Row<'_>,
    place: Place,
    refusals: &mut Vec<Refusal>,
) -> Result<Incoming, Refusal> {
    let (metadata, mut sets) = meta_of(&row.meta, &place)?;
    for span in row.spans {
        let set = set_of(&mut sets, annotator_of(&span.annotator));
        set.annotations.push(annotation_of(span, &place, refusals));
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

fn annotation_of(
    span: RowSpan<'_>,
    place: &Place,
    refusals: &mut Vec<Refusal>,
) -> IncomingAnnotation {
    let number = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    let spans = if span.fragments.is_empty() {
        vec![(number(span.start), number(span.end))]
    } else {
        span.fragments.iter().map(|f| (number(f.start), number(f.end))).collect()
    };
    let outer = (number(span.start), number(span.end));
    if outer != extent(&spans) {
        refusals.push(other_extent(&span.label, &span.id, outer, place));
    }
    let pairs = span.attributes.into_iter();
    let pairs = pairs.map(|one| (one.name.into_owned(), one.value.into_owned()));
    let attributes = attributes_of(pairs, &span.id, place, refusals);
    IncomingAnnotation {
        place: place.clone(),
        id: span.id.into_owned(),
        label: span.label.into_owned(),
        spans,
        quotes: span.text.into_iter().map(Cow::into_owned).collect(),
        attributes,
        note: span.note.into_owned(),
        joined_quote: None,
    }
}

/// The values of an annotation's attributes, each by its name.
fn attributes_of(
    pairs: impl Iterator<Item = (String, String)>,
    id: &str,
    place: &Place,
    refusals: &mut Vec<Refusal>,
) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    for (name, value) in pairs {
        match attributes.entry(name) {
            Entry::Vacant(entry) => drop(entry.insert(value)),
            Entry::Occupied(entry) => {
                let words = format!("{id} has {} already: \"{value}\" is left out", entry.key());
                refusals.push(Refusal::new(place, words));
            }
        }
    }
    attributes
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

/// The fields of a row that may have its text, its name, or who marked it up.
const TEXTS: [&str; 3] = ["text", "content", "document"];
const NAMES: [&str; 5] = ["id", "doc_id", "document_id", "name", "_id"];
const ANNOTATORS: [&str; 2] = ["annotator", "_annotator_id"];
/// The fields of a row that may list its spans; one of them does.
const SPANS: [&str; 4] = ["spans", "entities", "label", "labels"];

/// Fields of a span of another program that are no attributes. What its place is in tokens is
/// known by its place in characters.
const SPAN_FIELDS: [&str; 13] = [
    "id",
    "start",
    "start_offset",
    "end",
    "end_offset",
    "fragments",
    "text",
    "annotator",
    "attributes",
    "note",
    "label",
    "token_start",
    "token_end",
];

/// Fields of a relation of another program that are taken over, or say where its ends are once
/// more, or how it is drawn.
const RELATION_FIELDS: [&str; 14] = [
    "id",
    "label",
    "type",
    "annotator",
    "head",
    "from",
    "from_id",
    "tail",
    "to",
    "to_id",
    "child",
    "head_span",
    "child_span",
    "color",
];

/// A row of another program: spans by `start` and `end`, the rest as it may be.
fn incoming_of_value(
    record: &Value,
    place: Place,
    refusals: &mut Vec<Refusal>,
) -> Result<Incoming, Refusal> {
    let Some((content_field, content)) = named_text(record, &TEXTS) else {
        return Err(Refusal::new(&place, "it has no text"));
    };
    let (name_field, name) = named_text(record, &NAMES).unzip();
    let id = name
        .unwrap_or_else(|| format!("{}-{}", stem(&place.file), numbered("", place.line, 99_999)));
    if let Some(name) = SPANS
        .iter()
        .chain(&["relations"])
        .find(|name| record.get(name).is_some_and(|value| !value.is_array() && !value.is_null()))
    {
        return Err(Refusal::new(&place, format!("\"{name}\" is not a list")));
    }
    let (mut metadata, mut sets) = match record.get("meta") {
        Some(Value::String(meta)) => meta_of(meta, &place)?,
        Some(meta @ Value::Object(_)) => meta_of_value(meta, &place)?,
        Some(Value::Null) | None => (Metadata::new(), Vec::new()),
        Some(_) => {
            let words = "\"meta\" is neither an object nor a text, and is left out";
            refusals.push(Refusal::new(&place, words));
            (Metadata::new(), Vec::new())
        }
    };
    let (annotator_field, row_annotator) = named_text(record, &ANNOTATORS).unzip();
    // What stands beside the text is known of it.
    let used = [Some(content_field), name_field, annotator_field, Some("meta"), Some("relations")];
    let used: Vec<&str> = used.into_iter().flatten().chain(SPANS).collect();
    add_metadata(&mut metadata, other_fields(record, &used), &place, refusals);
    let spans = first_list(record, &SPANS, &place, refusals);
    for (number, span) in (1..).zip(spans) {
        let annotator = text_at(span, &["annotator"]).or_else(|| row_annotator.clone());
        let number = numbered("s", number, spans.len());
        match annotation_of_value(span, number, &place, refusals) {
            Ok(annotation) => set_of(&mut sets, annotator).annotations.push(annotation),
            Err(refusal) => refusals.push(refusal),
        }
    }
    let mut left_out: BTreeSet<String> = BTreeSet::new();
    for relation in list_at(record, &["relations"]) {
        let annotator = text_at(relation, &["annotator"]).or_else(|| row_annotator.clone());
        left_out.extend(other_fields(relation, &RELATION_FIELDS).map(|(name, _)| name));
        let end = |names: &[&str]| text_at(relation, names).unwrap_or_default();
        set_of(&mut sets, annotator).relations.push(IncomingRelation {
            place: place.clone(),
            id: text_at(relation, &["id"]),
            label: text_at(relation, &["label", "type"]).unwrap_or_default(),
            from: end(&["head", "from", "from_id"]),
            to: end(&["tail", "to", "to_id", "child"]),
        });
    }
    if !left_out.is_empty() {
        let names: Vec<String> = left_out.into_iter().collect();
        let words = format!("links have no attributes here: {} is left out", names.join(", "));
        refusals.push(Refusal::new(&place, words));
    }
    Ok(Incoming { id, place, text: IncomingText::Whole(content), metadata, sets })
}

fn annotation_of_value(
    span: &Value,
    number: String,
    place: &Place,
    refusals: &mut Vec<Refusal>,
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
    let label_field = ["label", "tag", "type"].into_iter().find(|name| span.get(name).is_some());
    let label = label_field.and_then(|name| text_at(span, &[name]));
    let (Some(label), false) = (label, spans.is_empty()) else {
        return Err(Refusal::new(place, format!("{span} is not a span with a label")));
    };
    let quotes = match span.get("text") {
        Some(Value::String(quote)) if spans.len() == 1 => vec![quote.clone()],
        Some(Value::Array(quotes)) => quotes.iter().filter_map(text).collect(),
        _ => Vec::new(),
    };
    let id = text_at(span, &["id"]).unwrap_or(number);
    if let Some(outer) = range(span).filter(|outer| *outer != extent(&spans)) {
        refusals.push(other_extent(&label, &id, outer, place));
    }
    let mut left_out = |words: String| refusals.push(Refusal::new(place, words));
    let note = match span.get("note") {
        Some(Value::Null) | None => String::new(),
        Some(note) => text(note).unwrap_or_else(|| {
            left_out(format!("the note of {label} {id} is no text, but {note}; it is left out"));
            String::new()
        }),
    };
    let mut pairs: Vec<(String, String)> = match span.get("attributes") {
        Some(Value::Object(pairs)) => {
            let unfit = pairs.iter().filter(|(_, value)| text(value).is_none());
            for (name, value) in unfit {
                left_out(format!(
                    "{name} of {label} {id} has no one value, but {value}; it is left out"
                ));
            }
            pairs.iter().filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
        }
        Some(Value::Array(pairs)) => {
            let one = |pair: &Value| Some((text_at(pair, &["name"])?, text_at(pair, &["value"])?));
            let unfit = pairs.iter().filter(|pair| one(pair).is_none());
            let unfit = unfit.map(|pair| format!("{pair} is no attribute with one value"));
            unfit.for_each(&mut left_out);
            pairs.iter().filter_map(one).collect()
        }
        Some(Value::Null) | None => Vec::new(),
        Some(other) => {
            left_out(format!("{label} {id} has no attributes, but {other}; it is left out"));
            Vec::new()
        }
    };
    // What else is said of a span is said of it as its attributes are.
    let others = other_fields(span, &SPAN_FIELDS);
    pairs.extend(others.filter(|(name, _)| Some(name.as_str()) != label_field));
    let attributes = attributes_of(pairs.into_iter(), &id, place, refusals);
    Ok(IncomingAnnotation {
        place: place.clone(),
        id,
        label,
        spans,
        quotes,
        attributes,
        note,
        joined_quote: None,
    })
}

/// From where to where fragments go.
fn extent(fragments: &[(usize, usize)]) -> (usize, usize) {
    let start = fragments.iter().map(|(start, _)| *start).min();
    let end = fragments.iter().map(|(_, end)| *end).max();
    (start.unwrap_or_default(), end.unwrap_or_default())
}

/// That a span is said to go elsewhere than its fragments do, which are taken.
fn other_extent(label: &str, id: &str, (start, end): (usize, usize), place: &Place) -> Refusal {
    let words = format!(
        "{label} {id} is said to go from {start} to {end}, but its fragments, which are taken, do \
         not"
    );
    Refusal::new(place, words)
}
