//! Tasks of Label Studio, with the configuration that they need.

use std::collections::HashSet;

use serde::Serialize;

use super::attributes::{MergedAttribute, attributes};
use super::context::Context;
use super::doccano::{SAME_SPAN, tellable};
use super::escape::{is_xml, xml_attribute};
use super::loss::{LossKind, Losses};
use super::pieces::{Encoded, Frame, Piece};
use super::row::status_name;
use crate::corpus::{AnnotationSet, Entry, Metadata, Schema, Status, TO_DISCUSS};

/// The names of the controls that regions and relations belong to.
const LABELS: &str = "label";
const TEXT: &str = "text";
/// More sets than there are about one document.
const SETS: usize = 1_000;
/// The file of all tasks.
const TASKS: &str = "tasks.json";

#[derive(Serialize)]
struct Task<'a> {
    id: usize,
    data: Data<'a>,
    annotations: Vec<TaskAnnotation<'a>>,
}

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    doc_id: &'a str,
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    meta: &'a Metadata,
    sets: Vec<SetStatus<'a>>,
}

#[derive(Serialize)]
struct SetStatus<'a> {
    annotator: &'a str,
    status: &'static str,
}

#[derive(Serialize)]
struct TaskAnnotation<'a> {
    id: usize,
    completed_by: Person<'a>,
    was_cancelled: bool,
    result: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    email: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Part<'a> {
    Region(Region<'a>),
    Link {
        #[serde(rename = "type")]
        kind: &'static str,
        from_id: String,
        to_id: String,
        direction: &'static str,
        labels: [&'a str; 1],
    },
}

#[derive(Serialize)]
struct Region<'a> {
    id: String,
    from_name: &'a str,
    to_name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Value<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<RegionMeta<'a>>,
}

#[derive(Serialize)]
struct Value<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<[&'a str; 1]>,
}

#[derive(Serialize)]
struct RegionMeta<'a> {
    text: [&'a str; 1],
}

/// `number`: the document's place in the project, from 0. Ids have to be numbers there,
/// and different in a file.
pub(super) fn encode(entry: &Entry, number: usize, context: &Context) -> Encoded {
    let sets = entry.sets.iter().map(|set| SetStatus {
        annotator: set.annotator().as_str(),
        status: status_name(set.status()),
    });
    let mut found = Vec::new();
    let annotations = (1..).zip(&entry.sets).map(|(at, set)| {
        let mut losses = Losses::new(&entry.document, set.annotator().as_str());
        let result = parts(entry, set, &mut losses);
        found.append(&mut losses.found);
        TaskAnnotation {
            id: (number + 1) * SETS + at,
            completed_by: Person { email: set.annotator().as_str() },
            was_cancelled: set.status() == Status::Skipped,
            result,
        }
    });
    let task = Task {
        id: number + 1,
        data: Data {
            text: entry.document.text.as_str(),
            doc_id: entry.document.path.id(),
            meta: &entry.metadata,
            sets: sets.collect(),
        },
        annotations: annotations.collect(),
    };
    let json = serde_json::to_vec(&task).unwrap_or_default();
    let file = context.file(&entry.document, TASKS);
    Encoded { pieces: vec![Piece::new(file, json)], losses: found, ..Encoded::default() }
}

/// What makes the tasks one list; other files have nothing around them.
pub(super) fn frame(file: &str) -> Frame {
    if !file.ends_with(TASKS) {
        return Frame::default();
    }
    Frame { head: b"[\n".to_vec(), between: ",\n", tail: "\n]\n" }
}

fn parts<'a>(entry: &'a Entry, set: &'a AnnotationSet, losses: &mut Losses<'_>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut links = Vec::new();
    let mut taken: HashSet<String> =
        set.annotations().iter().map(|annotation| annotation.id.to_string()).collect();
    for annotation in set.annotations() {
        let mut before: Option<String> = None;
        for (at, span) in annotation.fragments.iter().enumerate() {
            let id = if at == 0 {
                annotation.id.to_string()
            } else {
                free_id(&mut taken, annotation.id.as_str(), at)
            };
            let value = |labels, choices| Value {
                start: span.start().get(),
                end: span.end().get(),
                text: entry.document.text.slice(span.range()),
                labels,
                choices,
            };
            let region = |from_name, kind, value, meta| {
                Part::Region(Region { id: id.clone(), from_name, to_name: TEXT, kind, value, meta })
            };
            let note = Some(annotation.note.as_str()).filter(|note| at == 0 && !note.is_empty());
            let meta = note.map(|note| RegionMeta { text: [note] });
            parts.push(region(LABELS, "labels", value(Some([&*annotation.label]), None), meta));
            if at == 0 {
                for (name, value) in &annotation.attributes {
                    if value.is_empty() || !is_xml(value) || (name == TO_DISCUSS && value != "yes")
                    {
                        let reason = format!("its configuration cannot offer {name} = {value:?}");
                        let instead = "it stands in the tasks, but is not shown";
                        losses.annotation(LossKind::Attribute, annotation, reason, instead);
                    }
                }
                parts.extend(annotation.attributes.iter().map(|(name, choice)| {
                    region(name.as_str(), "choices", value(None, Some([choice.as_str()])), None)
                }));
            }
            if let Some(before) = before {
                links.push(link(before, id.clone(), SAME_SPAN));
            }
            before = Some(id);
        }
    }
    links.extend(
        tellable(set, losses).into_iter().map(|relation| {
            link(relation.from.to_string(), relation.to.to_string(), &relation.label)
        }),
    );
    parts.extend(links);
    parts
}

fn link(from_id: String, to_id: String, label: &str) -> Part<'_> {
    Part::Link { kind: "relation", from_id, to_id, direction: "right", labels: [label] }
}

/// An id for a further fragment that nothing else in the set has.
fn free_id(taken: &mut HashSet<String>, id: &str, fragment: usize) -> String {
    let mut free = format!("{id}.{fragment}");
    while !taken.insert(free.clone()) {
        free.push('_');
    }
    free
}

/// The configuration of a Label Studio project that shows all that is exported.
pub(super) fn config(schema: &Schema) -> String {
    let mut out = String::from("<View>\n");
    out.push_str(&format!("  <Labels name=\"{LABELS}\" toName=\"{TEXT}\">\n"));
    for label in schema.labels() {
        let crate::corpus::Rgb(red, green, blue) = label.light;
        let colour = format!("#{red:02x}{green:02x}{blue:02x}");
        out.push_str(&format!(
            "    <Label value=\"{}\" background=\"{colour}\"/>\n",
            xml_attribute(&label.name)
        ));
    }
    out.push_str("  </Labels>\n  <Relations>\n");
    let relations = schema.relations().iter().map(|relation| &*relation.name);
    for relation in relations.filter(|name| *name != SAME_SPAN).chain([SAME_SPAN]) {
        out.push_str(&format!("    <Relation value=\"{}\"/>\n", xml_attribute(relation)));
    }
    out.push_str("  </Relations>\n");
    for MergedAttribute { name, labels, values } in attributes(schema) {
        let when = labels.join(",");
        out.push_str(&format!(
            "  <Choices name=\"{}\" toName=\"{TEXT}\" perRegion=\"true\" whenTagName=\"{LABELS}\" \
             whenLabelValue=\"{}\">\n",
            xml_attribute(&name),
            xml_attribute(&when)
        ));
        // What XML cannot hold cannot be offered; the tasks have it all the same.
        for value in values.iter().filter(|value| is_xml(value)) {
            out.push_str(&format!("    <Choice value=\"{}\"/>\n", xml_attribute(value)));
        }
        out.push_str("  </Choices>\n");
    }
    out.push_str(&format!("  <Text name=\"{TEXT}\" value=\"$text\"/>\n</View>\n"));
    out
}
