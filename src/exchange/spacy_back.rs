//! Reads spaCy's documents back, to prove what was written.

use std::borrow::Cow;

use serde::Deserialize;

use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::read::{each_line, files, parse};

/// What of a document has to come back.
#[derive(Deserialize)]
struct Doc<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, rename = "doc_id")]
    id: Cow<'a, str>,
    annotator: String,
    tokens: Vec<Token>,
    #[serde(borrow)]
    spans: Spans<'a>,
    #[serde(borrow)]
    relations: Vec<Relation<'a>>,
}

#[derive(Deserialize)]
struct Token {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Spans<'a> {
    #[serde(borrow)]
    sc: Vec<Span<'a>>,
}

#[derive(Deserialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow, rename = "kb_id")]
    id: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Relation<'a> {
    #[serde(borrow)]
    label: Cow<'a, str>,
    #[serde(borrow)]
    head: Cow<'a, str>,
    #[serde(borrow)]
    tail: Cow<'a, str>,
}

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["jsonl"]) {
        let make = |place, line: Result<&str, Refusal>| {
            line.and_then(|line| Ok(document_of(parse(line, &place)?, place)))
        };
        each_line(source, file, make, &mut *found);
    }
}

fn document_of(doc: Doc<'_>, place: Place) -> Incoming {
    let starts = in_order(doc.tokens.iter().map(|token| token.start));
    let ends = in_order(doc.tokens.iter().map(|token| token.end));
    let mut set = IncomingSet { annotator: Some(doc.annotator), ..IncomingSet::default() };
    for span in doc.spans.sc {
        // spaCy refuses a span that is not made of tokens.
        let is_made_of_tokens =
            starts.binary_search(&span.start).is_ok() && ends.binary_search(&span.end).is_ok();
        let range = if is_made_of_tokens { (span.start, span.end) } else { (0, 0) };
        // The fragments of one annotation follow each other.
        match set.annotations.last_mut().filter(|last| last.id == span.id) {
            Some(last) => last.spans.push(range),
            None => set.annotations.push(IncomingAnnotation {
                id: span.id.into_owned(),
                label: span.label.into_owned(),
                spans: vec![range],
                ..IncomingAnnotation::default()
            }),
        }
    }
    let relation = |relation: Relation<'_>| IncomingRelation {
        label: relation.label.into_owned(),
        from: relation.head.into_owned(),
        to: relation.tail.into_owned(),
        ..IncomingRelation::default()
    };
    set.relations = doc.relations.into_iter().map(relation).collect();
    Incoming {
        place,
        id: doc.id.into_owned(),
        text: IncomingText::Whole(doc.text.into_owned()),
        sets: vec![set],
        ..Incoming::default()
    }
}

fn in_order(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    places
}
