//! Reads spaCy's documents back, to prove what was written.

use serde_json::Value;

use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place, Source,
};
use super::json::{field, list_at, number_at, text_at};
use super::read::{each_value, files};

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["jsonl"]) {
        each_value(source, file, |place, record| {
            found(record.map(|record| document_of(&record, place)));
        });
    }
}

fn document_of(record: &Value, place: Place) -> Incoming {
    let mut set =
        IncomingSet { annotator: text_at(record, &["annotator"]), ..IncomingSet::default() };
    let spans = field(record, &["spans"]).map_or(&[][..], |spans| list_at(spans, &["sc"]));
    let tokens = list_at(record, &["tokens"]);
    let is_edge = |name, at| tokens.iter().any(|token| number_at(token, &[name]) == Some(at));
    for span in spans {
        let (Some(start), Some(end)) = (number_at(span, &["start"]), number_at(span, &["end"]))
        else {
            continue;
        };
        // spaCy refuses a span that is not made of tokens.
        let range =
            if is_edge("start", start) && is_edge("end", end) { (start, end) } else { (0, 0) };
        let id = text_at(span, &["kb_id"]).unwrap_or_default();
        // The fragments of one annotation follow each other.
        match set.annotations.last_mut().filter(|last| last.id == id) {
            Some(last) => last.spans.push(range),
            None => set.annotations.push(IncomingAnnotation {
                id,
                label: text_at(span, &["label"]).unwrap_or_default(),
                spans: vec![range],
                ..IncomingAnnotation::default()
            }),
        }
    }
    set.relations = list_at(record, &["relations"])
        .iter()
        .map(|relation| IncomingRelation {
            label: text_at(relation, &["label"]).unwrap_or_default(),
            from: text_at(relation, &["head"]).unwrap_or_default(),
            to: text_at(relation, &["tail"]).unwrap_or_default(),
            ..IncomingRelation::default()
        })
        .collect();
    Incoming {
        place,
        id: text_at(record, &["doc_id"]).unwrap_or_default(),
        text: IncomingText::Whole(text_at(record, &["text"]).unwrap_or_default()),
        sets: vec![set],
        ..Incoming::default()
    }
}
