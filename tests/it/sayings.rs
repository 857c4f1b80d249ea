//! What several annotators may say about a text that nobody would want to annotate:
//! much of it alike, some of it twice, some of it linked.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Annotation, AnnotationSet, Annotator, Fragments, Id, Relation, Status};
use tandai::text::{Offset, Span, Text};

use crate::exchange::person;
use crate::hostile;
use crate::markup::parse_as;
use crate::session::with_links;

/// Who says something, in their order.
pub(crate) const NAMES: [&str; 3] = ["ana", "ben", "cy"];
/// The labels of things, of which the scheme has two.
pub(crate) const LABELS: [&str; 3] = ["claim", "source", "zulu"];
/// The labels of links.
pub(crate) const LINKS: [&str; 2] = ["attributed-to", "see"];

pub(crate) fn people(count: usize) -> Vec<Annotator> {
    NAMES[..count].iter().map(|name| person(name)).collect()
}

/// A link's label, then what its two ends quote.
pub(crate) type Link<'a> = (&'a str, &'a str, &'a str);

/// Sets about one text, marked by ana, ben and cy, with their links.
#[track_caller]
pub(crate) fn marked(said: &[(&str, &[Link<'_>])]) -> (Text, Vec<AnnotationSet>) {
    let read = NAMES.iter().zip(said).map(|(name, (marked, links))| {
        let read = parse_as(name, marked);
        let set = with_links(&read, links);
        (read.text, set)
    });
    let (texts, sets): (Vec<Text>, Vec<AnnotationSet>) = read.unzip();
    assert!(texts.iter().all(|text| *text == texts[0]), "the texts differ");
    (texts[0].clone(), sets)
}

/// The same without links.
#[track_caller]
pub(crate) fn unlinked(said: &[&str]) -> (Text, Vec<AnnotationSet>) {
    marked(&said.iter().map(|text| (*text, [].as_slice())).collect::<Vec<_>>())
}

/// Something that may be marked: a label, and where each fragment begins and how long
/// it is.
type Thing = (usize, Vec<(Index, usize)>);

/// What one annotator says.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    /// Which things, with which value, and whether it wants to be discussed.
    marks: Vec<(Index, usize, bool)>,
    /// Links with their labels between any two of these.
    links: Vec<(usize, Index, Index)>,
}

/// What is said about one document.
#[derive(Clone, Debug)]
pub(crate) struct Sayings {
    pub(crate) text: Text,
    things: Vec<Thing>,
    pub(crate) by: Vec<Own>,
}

/// Of as many annotators as there are names, and of one more.
pub(crate) fn sayings() -> impl Strategy<Value = Sayings> {
    // Many of one length in a short text: they overlap, and equally much.
    let length = prop_oneof![2 => 1_usize..7, 2 => Just(4_usize), 1 => 7_usize..60];
    let fragment = (any::<Index>(), length);
    let thing = (0..LABELS.len(), vec(fragment, 1..3));
    let link = (0..LINKS.len(), any::<Index>(), any::<Index>());
    let mark = (any::<Index>(), 0_usize..3, any::<bool>());
    let own = (vec(mark, 0..6), vec(link, 0..4)).prop_map(|(marks, links)| Own { marks, links });
    let text = prop_oneof![3 => hostile::text(), 1 => Just(Text::new("satu e\u{301}\r\n🇮🇩 שלום"))];
    (text, vec(thing, 1..7), vec(own, NAMES.len() + 1)).prop_map(|(text, things, by)| Sayings {
        text,
        things,
        by,
    })
}

impl Sayings {
    /// The sets of some annotators. No id is used in two sets.
    pub(crate) fn sets(&self, people: &[Annotator]) -> Vec<AnnotationSet> {
        people.iter().zip(&self.by).map(|(one, own)| self.set(one, own, true)).collect()
    }

    /// The same, in none of which the same label is twice on the same fragments.
    pub(crate) fn sets_without_repeats(&self, people: &[Annotator]) -> Vec<AnnotationSet> {
        people.iter().zip(&self.by).map(|(one, own)| self.set(one, own, false)).collect()
    }

    fn set(&self, annotator: &Annotator, own: &Own, repeats: bool) -> AnnotationSet {
        let mut known = BTreeSet::new();
        let annotations =
            own.marks.iter().enumerate().filter_map(|(at, (thing, value, discuss))| {
                let (label, parts) = thing.get(&self.things);
                let fragments = fragments(&self.text, parts)?;
                if !known.insert((*label, fragments.clone())) && !repeats {
                    return None;
                }
                // Ids sort in another order than things are marked.
                let number = (at * 5 + annotator.as_str().len()) % 7;
                let id = Id::new(&format!("{annotator}{number}")).unwrap();
                let mut annotation = Annotation::new(id, LABELS[*label].into(), fragments);
                if let Some(value) = [None, Some("direct"), Some("mixed")][*value] {
                    annotation.attributes.insert("directness".to_owned(), value.to_owned());
                }
                if *discuss {
                    annotation.note = format!("{annotator} asks");
                }
                Some(annotation.to_discuss(*discuss))
            });
        let annotations: Vec<Annotation> = annotations.collect();
        let links = own.links.iter().enumerate().filter_map(|(at, (label, from, to))| {
            let end =
                |end: &Index| (!annotations.is_empty()).then(|| end.get(&annotations).id.clone());
            let id = Id::new(&format!("{annotator} link {at}")).unwrap();
            Some(Relation { id, label: LINKS[*label].into(), from: end(from)?, to: end(to)? })
        });
        let (links, end) = (links.collect(), self.text.end());
        AnnotationSet::assemble(annotator.clone(), end, Status::Done, annotations, links).unwrap()
    }
}

fn fragments(text: &Text, parts: &[(Index, usize)]) -> Option<Fragments> {
    let mut spans = parts.iter().filter_map(|(start, length)| {
        let start = start.index(text.characters().max(1));
        let end = (start + length).min(text.characters());
        Span::new(Offset::new(start), Offset::new(end))
    });
    let first = Fragments::one(spans.next()?);
    Some(spans.fold(first, |all, span| all.with(span)))
}
