//! doccano's JSON lines: entities with offsets in UTF-16 units, and relations.
//!
//! Written in ASCII: doccano guesses encodings, and cannot guess that wrong. Ids
//! count within a document, which is how doccano matches them.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::context::Context;
use super::loss::{LEFT_OUT, Losses};
use super::order::in_order;
use super::pieces::{Encoded, Piece};
use super::row::status_name;
use super::unit::{Ruler, Unit};
use crate::corpus::{AnnotationSet, Entry, Metadata, Relation};

/// The relation from each fragment of an annotation to the next.
pub(super) const SAME_SPAN: &str = "same_span";

/// The relations of a set that can be told from those between fragments.
pub(super) fn tellable<'a>(
    set: &'a AnnotationSet,
    losses: &mut Losses<'_>,
) -> Vec<&'a Arc<Relation>> {
    let mut relations = in_order(set);
    relations.retain(|relation| {
        let taken = *relation.label == *SAME_SPAN;
        if taken {
            let reason = "links of this name hold fragments together in this format";
            losses.relation(relation, reason, LEFT_OUT);
        }
        !taken
    });
    relations
}

#[derive(Serialize)]
struct Example<'a> {
    text: &'a str,
    doc_id: &'a str,
    annotator: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    meta: &'a Metadata,
    entities: Vec<Entity<'a>>,
    relations: Vec<Link<'a>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: usize,
    label: &'a str,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize)]
struct Link<'a> {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    label: &'a str,
}

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let mut encoded = Encoded::default();
    let ruler = Ruler::new(entry.document.text.as_str(), Unit::Utf16);
    for set in &entry.sets {
        let mut losses = Losses::new(&entry.document, set.annotator().as_str());
        for annotation in set.annotations() {
            losses.all_values_and_notes(annotation, "doccano");
        }
        let json =
            serde_json::to_string(&example(entry, set, &ruler, &mut losses)).unwrap_or_default();
        let file = context.file(&entry.document, &format!("{}.jsonl", set.annotator()));
        encoded.pieces.push(Piece::new(file, in_ascii(&json) + "\n"));
        encoded.losses.append(&mut losses.found);
    }
    encoded
}

fn example<'a>(
    entry: &'a Entry,
    set: &'a AnnotationSet,
    ruler: &Ruler,
    losses: &mut Losses<'_>,
) -> Example<'a> {
    let mut entities = Vec::new();
    let mut relations: Vec<Link<'_>> = Vec::new();
    let mut firsts = HashMap::new();
    for annotation in set.annotations() {
        firsts.insert(&annotation.id, entities.len());
        for (at, span) in annotation.fragments.iter().enumerate() {
            let (start_offset, end_offset) = ruler.range(span);
            let id = entities.len();
            entities.push(Entity { id, label: &annotation.label, start_offset, end_offset });
            if at > 0 {
                let number = relations.len();
                relations.push(Link { id: number, from_id: id - 1, to_id: id, label: SAME_SPAN });
            }
        }
    }
    for relation in tellable(set, losses) {
        let ends = (firsts.get(&relation.from), firsts.get(&relation.to));
        if let (Some(&from_id), Some(&to_id)) = ends {
            let id = relations.len();
            relations.push(Link { id, from_id, to_id, label: &relation.label });
        }
    }
    Example {
        text: entry.document.text.as_str(),
        doc_id: entry.document.path.id(),
        annotator: set.annotator().as_str(),
        status: status_name(set.status()),
        meta: &entry.metadata,
        entities,
        relations,
    }
}

/// JSON with all that is not ASCII escaped.
fn in_ascii(json: &str) -> String {
    if json.is_ascii() {
        return json.to_owned();
    }
    let mut ascii = String::with_capacity(json.len() * 2);
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                ascii.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    ascii
}
