//! W3C Web Annotations, one page of them, and the texts that they are about.

use std::borrow::Cow;

use serde::Serialize;

use super::context::Context;
use super::escape::address;
use super::pieces::{Encoded, Frame, Piece};
use super::row::status_name;
use crate::corpus::{Annotation, AnnotationSet, Document, Entry, Relation};
use crate::text::Span;

/// Characters before and behind what a selector quotes.
const AROUND: usize = 32;
pub(super) const PAGE: &str = "annotations.jsonld";

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    creator: Person<'a>,
    body: Vec<Body<'a>>,
    target: Target<'a>,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Text {
        #[serde(rename = "type")]
        kind: &'static str,
        purpose: &'static str,
        value: Cow<'a, str>,
    },
    Other {
        id: String,
        purpose: &'static str,
    },
}

#[derive(Serialize)]
#[serde(untagged)]
enum Target<'a> {
    Text { source: &'a str },
    Parts(Vec<Part<'a>>),
    Annotations([String; 1]),
}

#[derive(Serialize)]
struct Part<'a> {
    source: &'a str,
    selector: (Position, Quote<'a>),
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "type")]
    kind: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let document = &entry.document;
    let name = format!("texts/{}.txt", document.path.id());
    let mut pieces =
        vec![Piece::new(context.file(document, &name), document.text.as_str().as_bytes())];
    let source = address(&name);
    let mut page = Vec::new();
    for set in &entry.sets {
        let mut push = |item: &Item<'_>| {
            if !page.is_empty() {
                page.extend_from_slice(b",\n");
            }
            page.extend(serde_json::to_vec(item).unwrap_or_default());
        };
        push(&about(entry, set, &source));
        for annotation in set.annotations() {
            push(&tagging(annotation, set, document, &source));
        }
        for relation in set.relations() {
            push(&linking(relation, set, document));
        }
    }
    if !page.is_empty() {
        pieces.push(Piece::new(context.file(document, PAGE), page));
    }
    Encoded { pieces, ..Encoded::default() }
}

pub(super) fn frame(file: &str) -> Frame {
    if !file.ends_with(PAGE) {
        return Frame::default();
    }
    let head = "{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\
                \"items\":[\n";
    Frame { head: head.as_bytes().to_vec(), between: ",\n", tail: "\n]}\n" }
}

/// How far the annotator has come with the document, and what is known of it.
fn about<'a>(entry: &'a Entry, set: &'a AnnotationSet, source: &'a str) -> Item<'a> {
    let mut body = vec![text_body("assessing", format!("status={}", status_name(set.status())))];
    let metadata = entry.metadata.iter();
    body.extend(metadata.map(|(name, value)| text_body("describing", pair(name, value))));
    let id = name_of(set, &entry.document, "");
    item(id, "assessing", set, body, Target::Text { source })
}

fn tagging<'a>(
    annotation: &'a Annotation,
    set: &'a AnnotationSet,
    document: &'a Document,
    source: &'a str,
) -> Item<'a> {
    let mut body = vec![text_body("tagging", &*annotation.label)];
    let values = annotation.attributes.iter();
    body.extend(values.map(|(name, value)| text_body("describing", pair(name, value))));
    if !annotation.note.is_empty() {
        body.push(text_body("commenting", annotation.note.as_str()));
    }
    let part = |span| Part { source, selector: selectors(span, document) };
    let parts = annotation.fragments.iter().map(part).collect();
    let id = name_of(set, document, annotation.id.as_str());
    item(id, "tagging", set, body, Target::Parts(parts))
}

/// From the annotation that is the target to the one that is the body.
fn linking<'a>(relation: &'a Relation, set: &'a AnnotationSet, document: &Document) -> Item<'a> {
    let body = vec![
        text_body("tagging", &*relation.label),
        Body::Other { id: name_of(set, document, relation.to.as_str()), purpose: "linking" },
    ];
    let from = name_of(set, document, relation.from.as_str());
    let id = name_of(set, document, relation.id.as_str());
    item(id, "linking", set, body, Target::Annotations([from]))
}

fn item<'a>(
    id: String,
    motivation: &'static str,
    set: &'a AnnotationSet,
    body: Vec<Body<'a>>,
    target: Target<'a>,
) -> Item<'a> {
    let creator = Person { kind: "Person", name: set.annotator().as_str() };
    Item { id, kind: "Annotation", motivation, creator, body, target }
}

/// Where a span lies, in code points as the standard has it, and what it quotes.
fn selectors(span: Span, document: &Document) -> (Position, Quote<'_>) {
    let text = &document.text;
    let position =
        Position { kind: "TextPositionSelector", start: span.start().get(), end: span.end().get() };
    let quote = Quote {
        kind: "TextQuoteSelector",
        exact: text.slice(span.range()),
        prefix: text.slice(span.start() - AROUND..span.start()),
        suffix: text.slice(span.end()..span.end() + AROUND),
    };
    (position, quote)
}

fn text_body<'a>(purpose: &'static str, value: impl Into<Cow<'a, str>>) -> Body<'a> {
    Body::Text { kind: "TextualBody", purpose, value: value.into() }
}

/// `name=value`; in a name, the sign between the two is written as its code.
fn pair(name: &str, value: &str) -> String {
    let name = name.replace('%', "%25").replace('=', "%3D");
    format!("{name}={value}")
}

/// The name and the value that a [`pair`] was made of.
pub(super) fn of_pair(pair: &str) -> Option<(String, &str)> {
    let (name, value) = pair.split_once('=')?;
    Some((name.replace("%3D", "=").replace("%25", "%"), value))
}

/// A name that is different for everything in the export, as the standard asks for an IRI;
/// without an id, the set's.
fn name_of(set: &AnnotationSet, document: &Document, id: &str) -> String {
    let annotator = address(set.annotator().as_str());
    let document = address(document.path.id());
    match id {
        "" => format!("urn:tandai:{annotator}/{document}"),
        id => format!("urn:tandai:{annotator}/{document}#{}", address(id)),
    }
}
