//! The canonical form of a set: what `ron` writes at a depth limit of 2, but the
//! document on one line; one annotation and one relation a line, the same set
//! always the same bytes.

use super::canonical::{joined, line, list, quoted};
use super::record::FORMAT;
use crate::corpus::{
    Adrift, Annotation, AnnotationSet, Conflict, Document, Relation, Status, Version,
};
use crate::text::Span;

/// The file's content for a set about `document`.
pub(super) fn write(set: &AnnotationSet, document: &Document) -> String {
    let head = Head {
        path: document.path.as_str(),
        characters: document.text.characters(),
        sha256: document.digest.as_hex(),
    };
    write_quoting(set, &head, &|span| document.text.slice(span.range()))
}

/// What a set says of the document it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'a> {
    pub(super) path: &'a str,
    pub(super) characters: usize,
    pub(super) sha256: &'a str,
}

/// The same where only what the set quotes is known, as `quote` gives it.
pub(super) fn write_quoting<'a>(
    set: &AnnotationSet,
    head: &Head<'_>,
    quote: &dyn Fn(Span) -> &'a str,
) -> String {
    let mut out = String::from("(\n");
    line(&mut out, &format!("format: {FORMAT},"));
    line(
        &mut out,
        &format!(
            "document: (path: {}, characters: {}, sha256: {}),",
            quoted(head.path),
            head.characters,
            quoted(head.sha256),
        ),
    );
    line(&mut out, &format!("annotator: {},", quoted(set.annotator().as_str())));
    line(&mut out, &format!("status: {},", status_name(set.status())));
    let annotations = set.annotations().iter().map(|a| annotation(a, quote));
    list(&mut out, "annotations", annotations);
    list(&mut out, "relations", set.relations().iter().map(|r| relation(r)));
    list(&mut out, "conflicts", set.conflicts().iter().map(|c| conflict(c, quote)));
    list(&mut out, "adrift", set.adrift().iter().map(|one| adrift(one)));
    out.push_str(")\n");
    out
}

fn adrift(adrift: &Adrift) -> String {
    let spans: Vec<Span> = adrift.annotation.fragments.iter().collect();
    let quote = |span: Span| {
        let at = spans.iter().position(|other| *other == span);
        at.and_then(|at| adrift.quotes.get(at)).map_or("", String::as_str)
    };
    let mut fields = vec![
        format!("sha256: {}", quoted(adrift.text.as_hex())),
        format!("annotation: {}", annotation(&adrift.annotation, &quote)),
    ];
    if !adrift.relations.is_empty() {
        let relations = adrift.relations.iter().map(|one| relation(one));
        fields.push(format!("relations: [{}]", joined(relations)));
    }
    format!("({})", fields.join(", "))
}

fn conflict<'a>(conflict: &Conflict, quote: &dyn Fn(Span) -> &'a str) -> String {
    let id = quoted(conflict.id.as_str());
    match &conflict.other {
        None => format!("(id: {id})"),
        Some(Version::Annotation(other)) => {
            format!("(id: {id}, annotation: Some({}))", annotation(other, quote))
        }
        Some(Version::Relation(other)) => {
            format!("(id: {id}, relation: Some({}))", relation(other))
        }
    }
}

fn annotation<'a>(annotation: &Annotation, quote: &dyn Fn(Span) -> &'a str) -> String {
    let spans = joined(
        annotation
            .fragments
            .iter()
            .map(|span| format!("({}, {})", span.start().get(), span.end().get())),
    );
    let text = joined(annotation.fragments.iter().map(|span| quoted(quote(span))));
    let mut fields = vec![
        format!("id: {}", quoted(annotation.id.as_str())),
        format!("label: {}", quoted(&annotation.label)),
        format!("spans: [{spans}]"),
        format!("text: [{text}]"),
    ];
    if !annotation.attributes.is_empty() {
        let pairs = annotation
            .attributes
            .iter()
            .map(|(name, value)| format!("{}: {}", quoted(name), quoted(value)));
        fields.push(format!("attributes: {{{}}}", joined(pairs)));
    }
    if !annotation.note.is_empty() {
        fields.push(format!("note: {}", quoted(&annotation.note)));
    }
    format!("({})", fields.join(", "))
}

fn relation(relation: &Relation) -> String {
    format!(
        "(id: {}, label: {}, from: {}, to: {})",
        quoted(relation.id.as_str()),
        quoted(&relation.label),
        quoted(relation.from.as_str()),
        quoted(relation.to.as_str()),
    )
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::New => "New",
        Status::InProgress => "InProgress",
        Status::Done => "Done",
        Status::Skipped => "Skipped",
    }
}
