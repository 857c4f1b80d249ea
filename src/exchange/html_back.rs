//! Reads a page back, to prove what was written: the text, and which part of it belongs
//! to which mark.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::html::INDEX;
use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::read::{files, text_of};

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["html"]).filter(|file| *file != INDEX) {
        found(text_of(source, file).and_then(|page| document_of(file, &page)));
    }
}

fn document_of(file: &str, page: &str) -> Result<Incoming, Refusal> {
    let mut document = Incoming {
        id: file.strip_suffix(".html").unwrap_or(file).to_owned(),
        ..Incoming::default()
    };
    let unfit = || Refusal::new(&Place::new(file, 0), "the page is not as it was written");
    for section in page.split("<section").skip(1) {
        let (content, list) = section
            .split_once("<div class=\"text\" dir=\"auto\">")
            .and_then(|(_, rest)| rest.split_once("</div>\n"))
            .ok_or_else(unfit)?;
        let (text, covered) = marked(content);
        document.text = IncomingText::Whole(text);
        let Some(name) = between(section, " data-annotator=\"", "\"") else { continue };
        let mut set =
            IncomingSet { annotator: Some(plain(name).into_owned()), ..IncomingSet::default() };
        for item in list.split("<li id=\"").skip(1) {
            read_item(item, &covered, &mut set);
        }
        document.sets.push(set);
    }
    Ok(document)
}

type Spans<'a> = BTreeMap<&'a str, Vec<(usize, usize)>>;

/// The text without marks, and what each mark covers.
fn marked(content: &str) -> (String, Spans<'_>) {
    let mut text = String::with_capacity(content.len());
    let mut at = 0;
    let mut spans = Spans::new();
    for (number, part) in content.split("<mark ").enumerate() {
        let mut rest = part;
        if number > 0 {
            let names = between(part, "data-marks=\"", "\"").unwrap_or_default();
            let (_, inner) = part.split_once('>').unwrap_or_default();
            let (inner, behind) = inner.split_once("</mark>").unwrap_or((inner, ""));
            let inner = plain(inner);
            let end = at + inner.chars().count();
            for name in names.split(' ') {
                let known = spans.entry(name).or_default();
                match known.last_mut().filter(|(_, until)| *until == at) {
                    Some((_, until)) => *until = end,
                    None => known.push((at, end)),
                }
            }
            text.push_str(&inner);
            at = end;
            rest = behind;
        }
        let rest = plain(rest);
        at += rest.chars().count();
        text.push_str(&rest);
    }
    (text, spans)
}

fn read_item(item: &str, covered: &Spans<'_>, set: &mut IncomingSet) {
    let id = item.split('"').next().unwrap_or_default().to_owned();
    let spans: Vec<(usize, usize)> = between(item, "data-spans=\"", "\"")
        .into_iter()
        .flat_map(|spans| spans.split(';'))
        .filter_map(|span| span.split_once('-'))
        .filter_map(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)))
        .collect();
    // What is said beside the text must be what is marked in it.
    let is_marked = covered.get(id.as_str()) == Some(&touching_as_one(&spans));
    let values = between(item, "<div class=\"values\">", "</div>").unwrap_or_default();
    let attributes = values.split("<span><b>").skip(1).filter_map(|pair| {
        let (name, value) = pair.strip_suffix("</span>")?.split_once("</b> ")?;
        Some((plain(name).into_owned(), plain(value).into_owned()))
    });
    for link in item.split("<div class=\"link\">→ ").skip(1) {
        let (Some((label, _)), Some(to)) =
            (link.split_once(" <a "), between(link, "href=\"#", "\""))
        else {
            continue;
        };
        set.relations.push(IncomingRelation {
            label: plain(label).into_owned(),
            from: id.clone(),
            to: to.to_owned(),
            ..IncomingRelation::default()
        });
    }
    let own = |escaped: Option<&str>| escaped.map(plain).unwrap_or_default().into_owned();
    set.annotations.push(IncomingAnnotation {
        label: own(between(item, "data-label=\"", "\"")),
        spans: if is_marked { spans } else { Vec::new() },
        attributes: attributes.collect(),
        note: own(between(item, "<div class=\"note\">", "</div>")),
        id,
        ..IncomingAnnotation::default()
    });
}

/// Spans of which none begins where another ends.
fn touching_as_one(spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (start, end) in spans {
        match out.last_mut().filter(|(_, until)| until == start) {
            Some((_, until)) => *until = *end,
            None => out.push((*start, *end)),
        }
    }
    out
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    Some(text.split_once(start)?.1.split_once(end)?.0)
}

/// A text as it was before it was escaped.
fn plain(escaped: &str) -> Cow<'_, str> {
    const REFERENCES: [(&str, char); 5] =
        [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("#13;", '\r')];
    let mut parts = escaped.split('&');
    let first = parts.next().unwrap_or_default();
    if first.len() == escaped.len() {
        return escaped.into();
    }
    let mut out = String::with_capacity(escaped.len());
    out.push_str(first);
    for part in parts {
        let named = REFERENCES.iter().find_map(|(name, c)| Some((part.strip_prefix(name)?, *c)));
        let (rest, c) = named.unwrap_or((part, '&'));
        out.push(c);
        out.push_str(rest);
    }
    out.into()
}
