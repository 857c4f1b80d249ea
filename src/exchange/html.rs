//! Pages to read and to print: an article each, with its marks and links, whole in
//! one file.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};

use super::context::Context;
use super::escape::{address, xml};
use super::loss::{Loss, LossKind, Losses};
use super::pieces::{Encoded, Frame, Piece};
use crate::corpus::{
    Annotation, AnnotationSet, Document, Entry, Id, LinePattern, Relation, Rgb, Schema, Status,
};
use crate::text::{Offset, Text};

/// The page that leads to the others.
pub(super) const INDEX: &str = "index.html";
pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let document = &entry.document;
    let name = page_file(document.path.id());
    let page = page(entry, &context.schema);
    let count: usize = entry.sets.iter().map(|set| set.annotations().len()).sum();
    let row = format!(
        "<tr><td><a href=\"{}\">{}</a></td><td>{}</td><td>{count}</td></tr>\n",
        address(&context.file(document, &name)),
        xml(title(entry)),
        xml(&people(entry)),
    );
    let pieces = vec![Piece::new(context.file(document, &name), page), Piece::new(INDEX, row)];
    let losses = entry.sets.iter().flat_map(|set| nul_losses(set, document)).collect();
    Encoded { pieces, losses, ..Encoded::default() }
}

/// HTML cannot hold the character U+0000; a sign stands in its place.
fn nul_losses(set: &AnnotationSet, document: &Document) -> Vec<Loss> {
    let mut losses = Losses::new(document, set.annotator().as_str());
    for annotation in set.annotations() {
        let mut lose = |kind| {
            let instead = "\u{fffd} stands in its place";
            losses.annotation(kind, annotation, "HTML cannot hold U+0000", instead);
        };
        if annotation.note.contains('\0') {
            lose(LossKind::Note);
        }
        let mut pairs = annotation.attributes.iter();
        if pairs.any(|(name, value)| name.contains('\0') || value.contains('\0')) {
            lose(LossKind::Attribute);
        }
        let mut quotes = annotation.fragments.iter().map(|span| document.text.slice(span.range()));
        if quotes.any(|quote| quote.contains('\0')) {
            lose(LossKind::Span);
        }
    }
    losses.found
}

/// The page of a document, which is never the one that leads to the others.
fn page_file(id: &str) -> String {
    let taken = id.trim_end_matches('_').eq_ignore_ascii_case("index");
    let behind = if taken { "_" } else { "" };
    format!("{id}{behind}.html")
}

pub(super) fn frame(file: &str) -> Frame {
    if file != INDEX {
        return Frame::default();
    }
    let head = format!(
        "{}<h1>Articles</h1>\n<table>\n<tr><th>Article</th><th>Marked by</th><th>Marks</th></tr>\n",
        head("Articles", "")
    );
    Frame { head: head.into_bytes(), between: "", tail: "</table>\n</main></body></html>\n" }
}

fn title(entry: &Entry) -> &str {
    let given = entry.metadata.get("title").map(|title| title.trim());
    given.filter(|title| !title.is_empty()).unwrap_or(entry.document.path.id())
}

fn people(entry: &Entry) -> String {
    let names: Vec<&str> = entry.sets.iter().map(|set| set.annotator().as_str()).collect();
    names.join(", ")
}

fn page(entry: &Entry, schema: &Schema) -> String {
    let mut out = head(title(entry), &label_styles(schema));
    out.push_str(&format!("<h1>{}</h1>\n", xml(title(entry))));
    if !entry.metadata.is_empty() {
        out.push_str("<dl class=\"meta\">");
        for (name, value) in &entry.metadata {
            out.push_str(&format!("<dt>{}</dt><dd>{}</dd>", xml(name), xml(value)));
        }
        out.push_str("</dl>\n");
    }
    out.push_str(&legend(schema));
    if entry.sets.is_empty() {
        out.push_str("<section>\n<h2>Nobody has marked this article yet</h2>\n");
        out.push_str(&format!(
            "<div class=\"text\" dir=\"auto\">{}</div>\n</section>\n",
            xml(entry.document.text.as_str())
        ));
    }
    for (number, set) in (1..).zip(&entry.sets) {
        out.push_str(&section(set, &entry.document, schema, number));
    }
    out.push_str("</main></body></html>\n");
    out
}

fn legend(schema: &Schema) -> String {
    let entries: Vec<String> = (0..)
        .zip(schema.labels())
        .map(|(at, label)| format!("<span class=\"tag l{at}\">{}</span>", xml(&label.title)))
        .collect();
    format!("<p class=\"legend\">{}</p>\n", entries.join(" "))
}

fn section(set: &AnnotationSet, document: &Document, schema: &Schema, number: usize) -> String {
    let status = match set.status() {
        Status::Done => "done",
        Status::Skipped => "skipped",
        Status::New | Status::InProgress => "in progress",
    };
    let anchors: BTreeMap<&str, String> = set
        .annotations()
        .iter()
        .zip(1..)
        .map(|(annotation, at)| (annotation.id.as_str(), format!("s{number}-{at}")))
        .collect();
    let mut out = format!(
        "<section data-annotator=\"{0}\">\n<h2>{0} <small>{status}, {1} marks</small></h2>\n\
         <div class=\"text\" dir=\"auto\">{2}</div>\n<ol>\n",
        xml(set.annotator().as_str()),
        set.annotations().len(),
        marked(set, &document.text, schema, &anchors),
    );
    let mut links: HashMap<&Id, Vec<&Relation>> = HashMap::new();
    for relation in set.relations() {
        links.entry(&relation.from).or_default().push(relation);
    }
    for annotation in set.annotations() {
        let own = links.get(&annotation.id).map(Vec::as_slice).unwrap_or_default();
        out.push_str(&list_item(annotation, own, set, &document.text, schema, &anchors));
    }
    out.push_str("</ol>\n</section>\n");
    out
}

/// The text, cut wherever a fragment begins or ends. Each part names all annotations
/// that it belongs to and looks as the innermost.
fn marked(
    set: &AnnotationSet,
    text: &Text,
    schema: &Schema,
    anchors: &BTreeMap<&str, String>,
) -> String {
    let mut edges: Vec<Offset> = vec![Offset::ZERO, text.end()];
    for span in set.annotations().iter().flat_map(|a| a.fragments.iter()) {
        edges.extend([span.start(), span.end()]);
    }
    edges.sort_unstable();
    edges.dedup();
    let mut out = String::with_capacity(text.as_str().len() * 2);
    let mut open: Vec<(&Annotation, Offset)> = Vec::new();
    let mut coming: Vec<(Offset, Offset, &Annotation)> = set
        .annotations()
        .iter()
        .flat_map(|a| a.fragments.iter().map(move |span| (span.start(), span.end(), &**a)))
        .collect();
    coming.sort_by_key(|(start, ..)| *start);
    let mut coming = coming.into_iter().peekable();
    for (start, end) in edges.iter().zip(edges.iter().skip(1)) {
        open.retain(|(_, until)| until > start);
        while let Some((_, until, annotation)) = coming.next_if(|(from, ..)| from == start) {
            open.push((annotation, until));
        }
        let part = xml(text.slice(*start..*end));
        let Some((inner, _)) = open.iter().min_by_key(|(a, _)| a.fragments.length()) else {
            out.push_str(&part);
            continue;
        };
        let names: Vec<&str> = open
            .iter()
            .filter_map(|(a, _)| anchors.get(a.id.as_str()))
            .map(String::as_str)
            .collect();
        let titles: Vec<&str> = open.iter().map(|(a, _)| &*a.label).collect();
        out.push_str(&format!(
            "<mark class=\"{}\" data-marks=\"{}\" title=\"{}\">{part}</mark>",
            class_of(&inner.label, schema),
            names.join(" "),
            xml(&titles.join(", ")),
        ));
    }
    out
}

/// An annotation with what it says, and its links.
fn list_item(
    annotation: &Annotation,
    links: &[&Relation],
    set: &AnnotationSet,
    text: &Text,
    schema: &Schema,
    anchors: &BTreeMap<&str, String>,
) -> String {
    let anchor = |id: &str| anchors.get(id).cloned().unwrap_or_default();
    let spans: Vec<String> = annotation
        .fragments
        .iter()
        .map(|span| format!("{}-{}", span.start().get(), span.end().get()))
        .collect();
    let mut out = format!(
        "<li id=\"{}\" data-label=\"{}\" data-spans=\"{}\"><span class=\"tag {}\">{}</span> \
         <q dir=\"auto\">{}</q>",
        anchor(annotation.id.as_str()),
        xml(&annotation.label),
        spans.join(";"),
        class_of(&annotation.label, schema),
        xml(schema.label(&annotation.label).map_or(&*annotation.label, |label| &label.title)),
        xml(&annotation.quote(text)),
    );
    let values: Vec<String> = annotation
        .attributes
        .iter()
        .map(|(name, value)| format!("<span><b>{}</b> {}</span>", xml(name), xml(value)))
        .collect();
    if !values.is_empty() {
        out.push_str(&format!("<div class=\"values\">{}</div>", values.concat()));
    }
    for relation in links {
        let Some(to) = set.annotation(&relation.to) else { continue };
        out.push_str(&format!(
            "<div class=\"link\">→ {} <a href=\"#{}\">{}</a></div>",
            xml(&relation.label),
            anchor(to.id.as_str()),
            xml(&to.quote(text)),
        ));
    }
    if !annotation.note.is_empty() {
        out.push_str(&format!("<div class=\"note\">{}</div>", xml(&annotation.note)));
    }
    out.push_str("</li>\n");
    out
}

fn class_of(label: &str, schema: &Schema) -> String {
    let at = schema.labels().iter().position(|known| *known.name == *label);
    at.map_or_else(|| "lx".to_owned(), |at| format!("l{at}"))
}

fn label_styles(schema: &Schema) -> String {
    let mut out = String::new();
    for (at, label) in schema.labels().iter().enumerate() {
        let Rgb(red, green, blue) = label.light;
        let line = match label.line {
            LinePattern::Solid => "solid",
            LinePattern::Dashes => "dashed",
            LinePattern::ShortDashes => "double",
            LinePattern::Dots => "dotted",
        };
        out.push_str(&format!(
            ".l{at}{{background:rgba({red},{green},{blue},.14);\
             border-bottom:2px {line} rgb({red},{green},{blue})}}\n"
        ));
    }
    out
}

fn head(title: &str, styles: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>{}</title>\n<style>\n{STYLE}{styles}\
         </style></head><body><main>\n",
        xml(title)
    )
}

const STYLE: &str = "\
body{margin:0;background:#fbf9f4;color:#23211d;font:17px/1.7 Georgia,'Noto Serif',serif}
main{max-width:42rem;margin:3rem auto;padding:0 1.5rem}
h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.1rem;margin-top:2.5rem}
small,.values,.link,.note,.meta,.legend,td,th{font:.8rem/1.5 Inter,'Segoe UI',sans-serif;color:#635e54}
.text{white-space:pre-wrap;overflow-wrap:anywhere}
.values span{margin-right:1em}.values b{font-weight:500}
mark{color:inherit}.tag{font:600 .75rem/1.6 Inter,'Segoe UI',sans-serif;padding:0 .35em;color:#23211d}
.lx{background:#eee;border-bottom:2px solid #635e54}
ol{padding-left:1.6rem}li{margin:.7rem 0}q{quotes:none}.note{font-style:italic}
a{color:inherit}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem .3rem 0}
dl.meta{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem}dd{margin:0}
@media print{body{background:#fff}main{margin:0;max-width:none}mark,.tag{print-color-adjust:exact}li{break-inside:avoid}}
";
