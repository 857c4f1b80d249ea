//! Reads Web Annotations back, to prove what was written.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Refusal,
    Source,
};
use super::jsonl_read::set_of;
use super::read::{files, parse, text_of};
use super::w3c::{PAGE, of_pair};

#[derive(Deserialize)]
struct Page<'a> {
    #[serde(borrow)]
    items: Vec<Item<'a>>,
}

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    creator: Person,
    #[serde(borrow)]
    motivation: Cow<'a, str>,
    #[serde(borrow)]
    body: Vec<Body<'a>>,
    /// Of another kind with each motivation.
    #[serde(borrow)]
    target: &'a RawValue,
}

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    purpose: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Cow<'a, str>,
    #[serde(borrow, default)]
    id: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Target<'a> {
    #[serde(borrow)]
    selector: Vec<Selector<'a>>,
}

#[derive(Deserialize)]
struct Selector<'a> {
    start: Option<usize>,
    end: Option<usize>,
    #[serde(borrow)]
    exact: Option<Cow<'a, str>>,
}

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["txt"]) {
        found(document_of(source, file));
    }
}

fn document_of(source: &dyn Source, file: &str) -> Result<Incoming, Refusal> {
    let id = file.strip_prefix("texts/").unwrap_or(file);
    let mut document = Incoming {
        id: id.strip_suffix(".txt").unwrap_or(id).to_owned(),
        text: IncomingText::Whole(text_of(source, file)?),
        ..Incoming::default()
    };
    if !source.files().iter().any(|name| name == PAGE) {
        return Ok(document);
    }
    let content = text_of(source, PAGE)?;
    let page: Page<'_> = parse(&content, &document.place)?;
    for item in page.items {
        let set = set_of(&mut document.sets, Some(item.creator.name.clone()));
        match &*item.motivation {
            "tagging" => set.annotations.push(annotation_of(&item, &document.place)?),
            "linking" => link(&item, set, &document.place)?,
            _ => {}
        }
    }
    Ok(document)
}

fn annotation_of(item: &Item<'_>, place: &super::Place) -> Result<IncomingAnnotation, Refusal> {
    let mut annotation = IncomingAnnotation { id: item.id.to_string(), ..Default::default() };
    for body in &item.body {
        match (&*body.purpose, of_pair(&body.value)) {
            ("tagging", _) => annotation.label = body.value.to_string(),
            ("commenting", _) => annotation.note = body.value.to_string(),
            (_, Some((name, value))) => {
                annotation.attributes.insert(name, value.to_owned());
            }
            _ => {}
        }
    }
    let targets: Vec<Target<'_>> = parse(item.target.get(), place)?;
    for selector in targets.iter().flat_map(|target| &target.selector) {
        annotation.spans.extend(selector.start.zip(selector.end));
        annotation.quotes.extend(selector.exact.as_deref().map(str::to_owned));
    }
    Ok(annotation)
}

fn link(item: &Item<'_>, set: &mut IncomingSet, place: &super::Place) -> Result<(), Refusal> {
    let tagging = item.body.iter().find(|body| body.purpose == "tagging");
    let linking = item.body.iter().find(|body| body.purpose == "linking");
    let from: Vec<String> = parse(item.target.get(), place)?;
    set.relations.push(IncomingRelation {
        id: Some(item.id.to_string()),
        label: tagging.map(|body| body.value.to_string()).unwrap_or_default(),
        from: from.into_iter().next().unwrap_or_default(),
        to: linking.map(|body| body.id.to_string()).unwrap_or_default(),
        ..IncomingRelation::default()
    });
    Ok(())
}
