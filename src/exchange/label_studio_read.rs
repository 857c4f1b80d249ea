//! Tasks as Label Studio exports and imports them.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{add_metadata, add_metadata_in, other_fields};
use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::join::join_fragments;
use super::json::{field, list_at, number_at, text, text_at};
use super::read::{each_document, stem};
use super::row::status_of_name;
use super::settle::numbered;
use crate::corpus::{Metadata, Status};

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    each_document(source, &["json", "jsonl"], document_of, found);
}

fn document_of(
    task: &Value,
    place: &Place,
    refusals: &mut Vec<Refusal>,
) -> Result<Incoming, Refusal> {
    let Some(data) = field(task, &["data"]) else {
        return Err(Refusal::new(place, "it is no task of Label Studio: it has no \"data\""));
    };
    // A project's configuration may call the text otherwise.
    let fields = data.as_object().into_iter().flatten();
    let only = fields.filter(|(_, value)| value.is_string()).count() == 1;
    let content = match text_at(data, &["text"]) {
        Some(content) => Some(("text", content)),
        None => data
            .as_object()
            .into_iter()
            .flatten()
            .filter(|_| only)
            .find_map(|(name, value)| Some((name.as_str(), value.as_str()?.to_owned()))),
    };
    let Some((content_field, content)) = content else {
        return Err(Refusal::new(place, "the task has no text"));
    };
    let own = text_at(data, &["doc_id"]).or_else(|| text_at(task, &["id"]));
    let id = own
        .unwrap_or_else(|| format!("{}-{}", stem(&place.file), numbered("", place.line, 99_999)));
    let statuses: HashMap<String, Status> = list_at(data, &["sets"])
        .iter()
        .filter_map(|set| {
            let status = status_of_name(&text_at(set, &["status"])?)?;
            Some((text_at(set, &["annotator"])?, status))
        })
        .collect();
    let mut sets = Vec::new();
    for annotation in list_at(task, &["annotations", "completions"]) {
        let annotator = field(annotation, &["completed_by"]).and_then(person);
        let cancelled =
            annotation.get("was_cancelled").and_then(Value::as_bool).unwrap_or_default();
        let own = if cancelled { Status::Skipped } else { Status::Done };
        let known = annotator.as_ref().and_then(|name| statuses.get(name).copied());
        let mut set = set_of(annotation, place, refusals);
        (set.annotator, set.status) = (annotator, Some(known.unwrap_or(own)));
        sets.push(set);
    }
    // Who has skipped a task at first, and worked on it then, has worked on it.
    let is_blank = |set: &IncomingSet| set.annotations.is_empty() && set.relations.is_empty();
    let was_skipped = |set: &IncomingSet| set.status == Some(Status::Skipped) && is_blank(set);
    let worked: Vec<Option<String>> =
        sets.iter().filter(|set| !was_skipped(set)).map(|set| set.annotator.clone()).collect();
    sets.retain(|set| !was_skipped(set) || !worked.contains(&set.annotator));
    for prediction in list_at(task, &["predictions"]) {
        let mut set = set_of(prediction, place, refusals);
        let name = text_at(prediction, &["model_version"]).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| "prediction".to_owned());
        if let Some(score) = text_at(prediction, &["score"]) {
            let words = format!("the score of {name} is not taken over: {score}");
            refusals.push(Refusal::new(place, words));
        }
        set.annotator = Some(name);
        sets.push(set);
    }
    let drafts = list_at(task, &["drafts"]).len();
    if drafts > 0 {
        refusals.push(Refusal::new(place, format!("drafts are not taken over: {drafts}")));
    }
    let mut metadata = Metadata::new();
    add_metadata_in(&mut metadata, (data, "meta"), place, refusals);
    let says_who = |set: &Value| text_at(set, &["annotator"]).is_some();
    let is_own = list_at(data, &["sets"]).iter().all(says_who);
    let others = other_fields(data, &[content_field, "doc_id", "meta"])
        .filter(|(name, _)| name != "sets" || !(is_own && data["sets"].is_array()));
    add_metadata(&mut metadata, others, place, refusals);
    add_metadata_in(&mut metadata, (task, "meta"), place, refusals);
    let (place, text) = (place.clone(), IncomingText::Whole(content));
    Ok(Incoming { place, id, text, metadata, sets })
}

/// `{"email": …}`, or a number or a name.
fn person(by: &Value) -> Option<String> {
    text(by).or_else(|| text_at(by, &["email", "username", "id"]))
}

fn set_of(annotation: &Value, place: &Place, refusals: &mut Vec<Refusal>) -> IncomingSet {
    let mut set = IncomingSet::default();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut described = Vec::new();
    let results = list_at(annotation, &["result"]);
    for (number, result) in (1..).zip(results) {
        let kind = text_at(result, &["type"]).unwrap_or_default();
        if kind == "relation" {
            let labels = list_at(result, &["labels"]);
            let label = labels.first().and_then(text).unwrap_or_else(|| "related".to_owned());
            if labels.len() > 1 {
                let words = format!("a relation \"{label}\" has other labels, which are left out");
                refusals.push(Refusal::new(place, words));
            }
            let end = |name| text_at(result, &[name]).unwrap_or_default();
            let (mut from, mut to) = (end("from_id"), end("to_id"));
            match text_at(result, &["direction"]).as_deref() {
                Some("left") => std::mem::swap(&mut from, &mut to),
                Some("bi") => {
                    let words = format!(
                        "the relation \"{label}\" goes both ways; the way from {from} to {to} is \
                         taken over"
                    );
                    refusals.push(Refusal::new(place, words));
                }
                _ => {}
            }
            let place = place.clone();
            set.relations.push(IncomingRelation { place, id: None, label, from, to });
            continue;
        }
        let value = field(result, &["value"]).unwrap_or(&Value::Null);
        let id = text_at(result, &["id"]).unwrap_or_else(|| numbered("r", number, results.len()));
        let labels = list_at(value, &["labels", "hypertextlabels"]);
        if labels.len() > 1 {
            let words = format!("the region {id} has several labels; the first is taken over");
            refusals.push(Refusal::new(place, words));
        }
        if let Some(label) = labels.first() {
            let Some(annotation) = region_of(value, result, &id, label, place) else {
                let words = format!("the region {id} has no place in the text");
                refusals.push(Refusal::new(place, words));
                continue;
            };
            places.insert(id, set.annotations.len());
            set.annotations.push(annotation);
        } else if kind == "choices" {
            let name = text_at(result, &["from_name"]).unwrap_or_default();
            let choices: Vec<String> =
                list_at(value, &["choices"]).iter().filter_map(text).collect();
            described.push((id, name, choices.join(", ")));
        } else {
            let words = format!("a result of the type \"{kind}\" is not taken over");
            refusals.push(Refusal::new(place, words));
        }
    }
    for (id, name, value) in described {
        if let Some(annotation) = places.get(&id).and_then(|at| set.annotations.get_mut(*at)) {
            annotation.attributes.insert(name, value);
        } else {
            let words = format!("{name} is about the whole text, which has no attributes");
            refusals.push(Refusal::new(place, words));
        }
    }
    join_fragments(&mut set);
    set
}

/// What a region quotes is not believed: Label Studio itself writes line ends otherwise
/// there.
fn region_of(
    value: &Value,
    result: &Value,
    id: &str,
    label: &Value,
    place: &Place,
) -> Option<IncomingAnnotation> {
    let global = field(value, &["globalOffsets"]).unwrap_or(value);
    let start = number_at(global, &["start"])?;
    let span = (start, number_at(global, &["end"])?);
    let notes: Vec<String> = field(result, &["meta"])
        .map(|meta| list_at(meta, &["text"]).iter().filter_map(text).collect())
        .unwrap_or_default();
    let quote = text_at(value, &["text"]).filter(|quote| !quote.contains("\\n"));
    // Versions before 2021 counted in UTF-16; which it is, the quotes show.
    let length = span.1.saturating_sub(start);
    let quote = quote
        .filter(|quote| quote.chars().count() == length || quote.encode_utf16().count() == length);
    Some(IncomingAnnotation {
        place: place.clone(),
        id: id.to_owned(),
        label: text(label)?,
        spans: vec![span],
        quotes: quote.into_iter().collect(),
        note: notes.join("\n"),
        // How sure a program was.
        attributes: text_at(result, &["score"])
            .map(|score| ("score".to_owned(), score))
            .into_iter()
            .collect(),
        ..IncomingAnnotation::default()
    })
}
