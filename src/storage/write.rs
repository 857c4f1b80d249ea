//! The canonical form of a set: what `ron` writes at a depth limit of 2, but the
//! document on one line; one annotation and one relation a line, the same set
//! always the same bytes.
//!
//! Written here rather than by `ron` for one reason: `ron` escapes apostrophes
//! and every combining mark, so that a Hindi or Thai quote cannot be read in a
//! diff. `ron` reads what is written, and a property test holds the two together.

use std::fmt::Write as _;

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

fn line(out: &mut String, content: &str) {
    out.push_str("    ");
    out.push_str(content);
    out.push('\n');
}

/// A list with an entry a line; nothing at all when it is empty.
fn list(out: &mut String, name: &str, entries: impl ExactSizeIterator<Item = String>) {
    if entries.len() == 0 {
        return;
    }
    line(out, &format!("{name}: ["));
    for entry in entries {
        line(out, &format!("    {entry},"));
    }
    line(out, "],");
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

fn joined(entries: impl Iterator<Item = String>) -> String {
    entries.collect::<Vec<_>>().join(", ")
}

/// A RON string on one line, in which nothing is invisible.
fn quoted(content: &str) -> String {
    let mut out = String::with_capacity(content.len() + 2);
    out.push('"');
    for c in content.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Controls, other line ends, blanks that look like another, and marks that
/// change the order of what stands around them. Joiners stay: scripts need them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ' && c != '\u{3000}')
        || matches!(
            c,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}
