//! The canonical form of a set: what `ron` writes at a depth limit of 2, but the
//! document on one line; one annotation and one relation a line, the same set
//! always the same bytes.

use super::canonical::{joined, line, list, quoted};
use super::record::FORMAT;
use crate::corpus::{Annotation, AnnotationSet, Document, Relation, Status};

/// The file's content for a set about `document`.
pub(super) fn write(set: &AnnotationSet, document: &Document) -> String {
    let mut out = String::from("(\n");
    line(&mut out, &format!("format: {FORMAT},"));
    line(
        &mut out,
        &format!(
            "document: (path: {}, characters: {}, sha256: {}),",
            quoted(document.path.as_str()),
            document.text.characters(),
            quoted(document.digest.as_hex()),
        ),
    );
    line(&mut out, &format!("annotator: {},", quoted(set.annotator().as_str())));
    line(&mut out, &format!("status: {},", status_name(set.status())));
    let annotations = set.annotations().iter().map(|a| annotation(a, document));
    list(&mut out, "annotations", annotations);
    list(&mut out, "relations", set.relations().iter().map(|r| relation(r)));
    out.push_str(")\n");
    out
}

fn annotation(annotation: &Annotation, document: &Document) -> String {
    let spans = joined(
        annotation
            .fragments
            .iter()
            .map(|span| format!("({}, {})", span.start().get(), span.end().get())),
    );
    let text =
        joined(annotation.fragments.iter().map(|span| quoted(document.text.slice(span.range()))));
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
