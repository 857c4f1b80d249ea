//! spaCy's documents, one `Doc.to_json()` a line, and a script that makes a `DocBin`.
//!
//! Tokens are spaCy-shaped: after a word one blank belongs to it, every further run
//! of white space is one token. So a span that begins or ends inside white space
//! cannot be told.

use std::ops::Range;

use serde::Serialize;

use super::context::Context;
use super::edges::edges;
use super::loss::{LEFT_OUT, LossKind, Losses};
use super::pieces::{Encoded, Piece};
use super::row::status_name;
use crate::corpus::{AnnotationSet, Entry, Metadata};
use crate::text::tokens;

#[derive(Serialize)]
struct Doc<'a> {
    text: &'a str,
    #[serde(rename = "doc_id")]
    id: &'a str,
    annotator: &'a str,
    status: &'static str,
    meta: &'a Metadata,
    /// Empty: these may not overlap. All are in `spans`.
    ents: [(); 0],
    tokens: Vec<DocToken>,
    spans: Spans<'a>,
    relations: Vec<DocRelation<'a>>,
}

#[derive(Serialize)]
struct DocToken {
    id: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Spans<'a> {
    sc: Vec<DocSpan<'a>>,
}

#[derive(Serialize)]
struct DocSpan<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    /// The annotation's id; the fragments of one annotation share it.
    kb_id: &'a str,
}

#[derive(Serialize)]
struct DocRelation<'a> {
    label: &'a str,
    head: &'a str,
    tail: &'a str,
}

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let mut encoded = Encoded::default();
    for set in &entry.sets {
        let mut losses = Losses::new(&entry.document, set.annotator().as_str());
        let doc = doc_of(entry, set, &mut losses);
        let mut line = serde_json::to_vec(&doc).unwrap_or_default();
        line.push(b'\n');
        let file = context.file(&entry.document, &format!("{}.jsonl", set.annotator()));
        encoded.pieces.push(Piece::new(file, line));
        encoded.losses.append(&mut losses.found);
    }
    encoded
}

fn doc_of<'a>(entry: &'a Entry, set: &'a AnnotationSet, losses: &mut Losses<'_>) -> Doc<'a> {
    let text = entry.document.text.as_str();
    let ranges = token_ranges(text, set);
    let is_start = |at: usize| ranges.binary_search_by_key(&at, |range| range.start).is_ok();
    let is_end = |at: usize| ranges.binary_search_by_key(&at, |range| range.end).is_ok();
    let mut spans = Vec::new();
    let mut gone = Vec::new();
    for annotation in set.annotations() {
        losses.all_values_and_notes(annotation, "spaCy's spans");
        let mut cut = false;
        let before = spans.len();
        for span in annotation.fragments.iter() {
            let (mut start, mut end) = (span.start().get(), span.end().get());
            if !is_start(start) {
                let next = ranges.partition_point(|range| range.start < start);
                start = ranges.get(next).map_or(end, |range| range.start);
                cut = true;
            }
            if !is_end(end) {
                let last = ranges.partition_point(|range| range.end < end).checked_sub(1);
                end = last.and_then(|last| ranges.get(last)).map_or(0, |range| range.end);
                cut = true;
            }
            if start < end {
                let (label, kb_id) = (&*annotation.label, annotation.id.as_str());
                spans.push(DocSpan { start, end, label, kb_id });
            }
        }
        if spans.len() == before {
            gone.push(&annotation.id);
        }
        if cut {
            let instead = if spans.len() == before {
                LEFT_OUT
            } else {
                "it is written without the white space at its edge"
            };
            let reason = "it begins or ends inside white space, which spaCy has as one token";
            losses.annotation(LossKind::Span, annotation, reason, instead);
        }
    }
    let mut relations = Vec::new();
    for relation in set.relations() {
        if gone.contains(&&relation.from) || gone.contains(&&relation.to) {
            losses.relation(relation, "one of its ends is left out", LEFT_OUT);
        } else {
            let (head, tail) = (relation.from.as_str(), relation.to.as_str());
            relations.push(DocRelation { label: &relation.label, head, tail });
        }
    }
    let token =
        |(id, range): (usize, Range<usize>)| DocToken { id, start: range.start, end: range.end };
    Doc {
        text,
        id: entry.document.path.id(),
        annotator: set.annotator().as_str(),
        status: status_name(set.status()),
        meta: &entry.metadata,
        ents: [],
        tokens: ranges.into_iter().enumerate().map(token).collect(),
        spans: Spans { sc: spans },
        relations,
    }
}

/// Where spaCy's tokens lie, in characters.
fn token_ranges(text: &str, set: &AnnotationSet) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut at, mut byte) = (0, 0);
    for token in tokens(text, &edges(std::iter::once(set))) {
        let gap = text.get(byte..token.bytes.start).unwrap_or_default();
        push_white_space(&mut ranges, at..token.range.start, gap);
        (at, byte) = (token.range.end, token.bytes.end);
        ranges.push(token.range);
    }
    let rest = text.get(byte..).unwrap_or_default();
    push_white_space(&mut ranges, at..at + rest.chars().count(), rest);
    ranges
}

/// One token for a run of white space, without the blank that belongs to the word before.
fn push_white_space(ranges: &mut Vec<Range<usize>>, range: Range<usize>, run: &str) {
    let taken = usize::from(run.starts_with(' ') && !ranges.is_empty());
    if range.start + taken < range.end {
        ranges.push(range.start + taken..range.end);
    }
}
