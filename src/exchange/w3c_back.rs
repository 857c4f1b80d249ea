//! Reads Web Annotations back, to prove what was written.

use std::collections::BTreeMap;

use serde_json::Value;

use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingText, Source,
};
use super::json::{field, list_at, number_at, text_at};
use super::jsonl_read::set_of;
use super::read::{files, parse, text_of};
use super::w3c::PAGE;

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["txt"]) {
        found(document_of(source, file));
    }
}

fn document_of(source: &dyn Source, file: &str) -> Result<Incoming, super::Refusal> {
    let text = text_of(source, file)?;
    let id = file.strip_prefix("texts/").unwrap_or(file);
    let mut document = Incoming {
        id: id.strip_suffix(".txt").unwrap_or(id).to_owned(),
        text: IncomingText::Whole(text),
        ..Incoming::default()
    };
    if !source.files().iter().any(|name| name == PAGE) {
        return Ok(document);
    }
    let page: Value = parse(&text_of(source, PAGE)?, &document.place)?;
    for item in list_at(&page, &["items"]) {
        let who = field(item, &["creator"]).and_then(|creator| text_at(creator, &["name"]));
        let set = set_of(&mut document.sets, who);
        let id = text_at(item, &["id"]).unwrap_or_default();
        let bodies = list_at(item, &["body"]);
        let values = |purpose: &str| {
            let said =
                bodies.iter().filter(|b| text_at(b, &["purpose"]).as_deref() == Some(purpose));
            said.filter_map(|body| text_at(body, &["value"])).collect::<Vec<String>>()
        };
        let label = values("tagging").pop().unwrap_or_default();
        match text_at(item, &["motivation"]).as_deref() {
            Some("tagging") => {
                let attributes: BTreeMap<String, String> = values("describing")
                    .iter()
                    .filter_map(|pair| pair.split_once('='))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                let targets = list_at(item, &["target"]);
                let selectors = targets.iter().map(|target| list_at(target, &["selector"]));
                let mut annotation =
                    IncomingAnnotation { id, label, attributes, ..Default::default() };
                annotation.note = values("commenting").pop().unwrap_or_default();
                for selector in selectors {
                    let at = |name| selector.first().and_then(|s| number_at(s, &[name]));
                    annotation.spans.extend(at("start").zip(at("end")));
                    annotation.quotes.extend(selector.get(1).and_then(|s| text_at(s, &["exact"])));
                }
                set.annotations.push(annotation);
            }
            Some("linking") => {
                let end = |ends: &[Value]| {
                    let named = ends.iter().find_map(|end| {
                        end.as_str().map(str::to_owned).or_else(|| text_at(end, &["id"]))
                    });
                    named.unwrap_or_default()
                };
                set.relations.push(IncomingRelation {
                    id: Some(id),
                    label,
                    from: end(list_at(item, &["target"])),
                    to: end(bodies),
                    ..IncomingRelation::default()
                });
            }
            _ => {}
        }
    }
    Ok(document)
}
