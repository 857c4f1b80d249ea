//! W3C Web Annotations, one page of them, and the texts that they are about.

use serde_json::{Value, json};

use super::context::Context;
use super::pieces::{Encoded, Frame, Piece};
use super::row::status_name;
use crate::corpus::{Annotation, AnnotationSet, Document, Entry, Relation};
use crate::text::Span;

/// Characters before and behind what a selector quotes.
const AROUND: usize = 32;
pub(super) const PAGE: &str = "annotations.jsonld";

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let document = &entry.document;
    let name = format!("texts/{}.txt", document.path.id());
    let mut pieces =
        vec![Piece::new(context.file(document, &name), document.text.as_str().as_bytes())];
    let items = entry.sets.iter().flat_map(|set| {
        let about = about(entry, set, &name);
        let annotations = set.annotations().iter().map(|a| tagging(a, set, document, &name));
        let relations = set.relations().iter().map(|relation| linking(relation, set, document));
        std::iter::once(about).chain(annotations).chain(relations).collect::<Vec<_>>()
    });
    let lines: Vec<String> = items.map(|item| item.to_string()).collect();
    if !lines.is_empty() {
        pieces.push(Piece::new(context.file(document, PAGE), lines.join(",\n")));
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
fn about(entry: &Entry, set: &AnnotationSet, source: &str) -> Value {
    let mut body = vec![text_body("assessing", &format!("status={}", status_name(set.status())))];
    body.extend(
        entry.metadata.iter().map(|(name, value)| text_body("describing", &pair(name, value))),
    );
    json!({
        "id": name_of(set, &entry.document, "set"),
        "type": "Annotation",
        "motivation": "assessing",
        "creator": creator(set),
        "body": body,
        "target": {"source": source},
    })
}

fn tagging(
    annotation: &Annotation,
    set: &AnnotationSet,
    document: &Document,
    source: &str,
) -> Value {
    let mut body = vec![text_body("tagging", &annotation.label)];
    body.extend(
        annotation
            .attributes
            .iter()
            .map(|(name, value)| text_body("describing", &pair(name, value))),
    );
    if !annotation.note.is_empty() {
        body.push(text_body("commenting", &annotation.note));
    }
    let target: Vec<Value> = annotation
        .fragments
        .iter()
        .map(|span| json!({"source": source, "selector": selectors(span, document)}))
        .collect();
    json!({
        "id": name_of(set, document, annotation.id.as_str()),
        "type": "Annotation",
        "motivation": "tagging",
        "creator": creator(set),
        "body": body,
        "target": target,
    })
}

/// From the annotation that is the target to the one that is the body.
fn linking(relation: &Relation, set: &AnnotationSet, document: &Document) -> Value {
    json!({
        "id": name_of(set, document, relation.id.as_str()),
        "type": "Annotation",
        "motivation": "linking",
        "creator": creator(set),
        "body": [
            text_body("tagging", &relation.label),
            {"id": name_of(set, document, relation.to.as_str()), "purpose": "linking"},
        ],
        "target": [name_of(set, document, relation.from.as_str())],
    })
}

/// Where a span lies, in code points as the standard has it, and what it quotes.
fn selectors(span: Span, document: &Document) -> Value {
    let text = &document.text;
    json!([
        {
            "type": "TextPositionSelector",
            "start": span.start().get(),
            "end": span.end().get(),
        },
        {
            "type": "TextQuoteSelector",
            "exact": text.slice(span.range()),
            "prefix": text.slice(span.start() - AROUND..span.start()),
            "suffix": text.slice(span.end()..span.end() + AROUND),
        },
    ])
}

fn text_body(purpose: &str, value: &str) -> Value {
    json!({"type": "TextualBody", "purpose": purpose, "value": value})
}

fn pair(name: &str, value: &str) -> String {
    format!("{name}={value}")
}

fn creator(set: &AnnotationSet) -> Value {
    json!({"type": "Person", "name": set.annotator().as_str()})
}

/// A name that is different for everything in the export, as the standard asks for an IRI.
fn name_of(set: &AnnotationSet, document: &Document, id: &str) -> String {
    let part = |text: &str| {
        let mut out = String::new();
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
        out
    };
    let annotator = part(set.annotator().as_str());
    format!("urn:tandai:{annotator}/{}#{}", part(document.path.id()), part(id))
}
