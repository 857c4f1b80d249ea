use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::events::{Event, relations_of};
use super::names::name_of;
use super::write::joined;
use crate::exchange::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use crate::exchange::mapping::Mapping;
use crate::exchange::read::{files, text_of, text_without_mark};
use crate::exchange::settle::numbered;
use crate::exchange::unit::{Ruler, Unit};
use crate::text::Text;

/// Reads a collection: `NAME.txt` with `NAME.ann` beside it. With `by_folder`, where
/// no document lies at the top, the top folders are the annotators.
pub(in crate::exchange) fn read(
    source: &dyn Source,
    mapping: &Mapping,
    by_folder: bool,
    found: Found<'_>,
) {
    let stems = |ending: &str| -> BTreeSet<String> {
        let endings = [ending];
        let stem = |file: &str| file.rsplit_once('.').map(|(stem, _)| stem.to_owned());
        files(source, &endings).filter_map(stem).collect()
    };
    let (texts, notes) = (stems("txt"), stems("ann"));
    let at_top = texts.iter().chain(&notes).any(|stem| !stem.contains('/'));
    for stem in notes.difference(&texts) {
        let place = Place::new(format!("{stem}.ann"), 0);
        found(Err(Refusal::new(&place, "there is no text of this name beside it")));
    }
    let parts = parts(source);
    let valued = valued(source);
    for stem in &texts {
        let below = stem.split_once('/').filter(|(folder, _)| parts.contains(folder));
        let below = below.map_or(&**stem, |(_, below)| below);
        let (annotator, id) = match below.split_once('/').filter(|_| by_folder && !at_top) {
            Some((annotator, id)) => (Some(annotator.to_owned()), id.to_owned()),
            None => (None, below.to_owned()),
        };
        let reading = Reading { source, mapping, valued: &valued, annotator, id };
        match reading.document(stem, notes.contains(stem), found) {
            Ok(document) => found(Ok(document)),
            Err(refusal) => found(Err(refusal)),
        }
    }
}

/// The folders at the top that are collections of their own, as a split export has them.
fn parts(source: &dyn Source) -> BTreeSet<&str> {
    let confs = source.files().iter().filter_map(|file| file.strip_suffix(super::ANNOTATION_CONF));
    let folders: BTreeSet<&str> = confs.collect();
    if folders.contains("") {
        return BTreeSet::new();
    }
    folders.into_iter().filter_map(|folder| folder.strip_suffix('/')).collect()
}

/// The attributes that some configuration lists values for.
fn valued(source: &dyn Source) -> BTreeSet<String> {
    let confs = source.files().iter().filter(|file| file.ends_with(super::ANNOTATION_CONF));
    let contents: Vec<String> =
        confs.filter_map(|file| text_without_mark(source, file).ok()).collect();
    let lines = contents.iter().flat_map(|content| content.lines());
    let listed = lines.filter(|line| line.contains("Value:"));
    listed.filter_map(|line| line.split_ascii_whitespace().next()).map(name_of).collect()
}

struct Reading<'a> {
    source: &'a dyn Source,
    mapping: &'a Mapping,
    /// The attributes that the collection lists values for.
    valued: &'a BTreeSet<String>,
    annotator: Option<String>,
    id: String,
}

/// What the lines of a file say, before they are put together.
#[derive(Default)]
struct Lines {
    annotations: Vec<IncomingAnnotation>,
    relations: Vec<IncomingRelation>,
    events: Vec<Event>,
    /// Place, name, target and value; without one, it is a mark.
    attributes: Vec<(Place, String, String, Option<String>)>,
    notes: Vec<(Place, String, String)>,
}

impl Lines {
    /// Takes in one line.
    fn take(&mut self, line: &str, place: &Place) -> Result<(), String> {
        let (id, rest) = line.split_once('\t').ok_or("it has no tab behind the id")?;
        let (data, text) = rest.split_once('\t').map_or((rest, None), |(d, t)| (d, Some(t)));
        let mut words = data.split_ascii_whitespace();
        let mut next = |what: &str| words.next().ok_or_else(|| format!("it has no {what}"));
        match id.chars().next() {
            Some('T') => {
                let (kind, spans) = data.split_once(' ').ok_or("it has no span")?;
                self.annotations.push(IncomingAnnotation {
                    place: place.clone(),
                    id: id.to_owned(),
                    label: name_of(kind),
                    spans: spans_of(spans)?,
                    quotes: text.map(str::to_owned).into_iter().collect(),
                    ..IncomingAnnotation::default()
                });
            }
            Some('R') => {
                let label = name_of(next("type")?);
                let mut end = || {
                    let argument = words.next().and_then(|word| word.split_once(':'));
                    argument
                        .map(|(name, id)| (name.to_owned(), id.to_owned()))
                        .ok_or("a link has two ends, Arg1:T1 Arg2:T2")
                };
                let (first, second) = (end()?, end()?);
                if words.next().is_some() {
                    return Err("a link has two ends, and no more".to_owned());
                }
                // Which end is which is said by the arguments' names.
                let turned = first.0 == "Arg2" && second.0 == "Arg1";
                let (from, to) = if turned { (second.1, first.1) } else { (first.1, second.1) };
                let (place, id) = (place.clone(), Some(id.to_owned()));
                self.relations.push(IncomingRelation { place, id, label, from, to });
            }
            Some('E') => self.events.push(Event::parse(id, data, place)?),
            Some('A' | 'M') => {
                let name = name_of(next("name")?);
                let target = next("target")?.to_owned();
                let value = data.splitn(3, ' ').nth(2).map(str::to_owned);
                self.attributes.push((place.clone(), name, target, value));
            }
            Some('N') => {
                let (name, target) = (next("name")?.to_owned(), next("target")?.to_owned());
                let reference = Some(next("reference")?.to_owned());
                // What it refers to has a name, too.
                if let Some(called) = text.filter(|called| !called.is_empty()) {
                    let (own, called) = (format!("{name}_text"), Some(called.to_owned()));
                    self.attributes.push((place.clone(), own, target.clone(), called));
                }
                self.attributes.push((place.clone(), name, target, reference));
            }
            Some('#') => {
                let (_, target) = (next("type")?, next("target")?.to_owned());
                self.notes.push((place.clone(), target, text.unwrap_or_default().to_owned()));
            }
            Some('*') => {
                let label = name_of(next("type")?);
                let members: Vec<&str> = words.collect();
                for (from, to) in members.iter().zip(members.iter().skip(1)) {
                    let (from, to) = ((*from).to_owned(), (*to).to_owned());
                    let (place, label) = (place.clone(), label.clone());
                    self.relations.push(IncomingRelation { place, id: None, label, from, to });
                }
            }
            _ => return Err("it is not a line of brat".to_owned()),
        }
        Ok(())
    }
}

impl Reading<'_> {
    /// What an attribute without a value has: where the collection lists values for it,
    /// none of these; otherwise it says that it is so.
    fn unvalued(&self, name: &str) -> String {
        if self.valued.contains(name) { String::new() } else { "true".to_owned() }
    }

    fn document(&self, stem: &str, has_notes: bool, found: Found<'_>) -> Result<Incoming, Refusal> {
        let text = text_of(self.source, &format!("{stem}.txt"))?;
        let place = Place::new(format!("{stem}.txt"), 0);
        let mut sets = Vec::new();
        if has_notes {
            let file = format!("{stem}.ann");
            let content = text_without_mark(self.source, &file)?;
            let whole = Place::new(file, 0);
            let mut lines = Lines::default();
            for (number, line) in (1..).zip(content.split('\n')) {
                let line = line.strip_suffix('\r').unwrap_or(line);
                if line.trim().is_empty() {
                    continue;
                }
                let place = whole.at(number);
                if let Err(words) = lines.take(line, &place) {
                    found(Err(Refusal::new(&place, words)));
                }
            }
            sets.push(self.set(lines, &text, found));
        }
        Ok(Incoming {
            place,
            id: self.id.clone(),
            text: IncomingText::Whole(text),
            sets,
            ..Incoming::default()
        })
    }

    fn set(&self, lines: Lines, text: &str, found: Found<'_>) -> IncomingSet {
        let Lines { mut annotations, mut relations, events, attributes, notes } = lines;
        // What is said of an event is said of the words that tell of it.
        let triggers: HashMap<&str, &str> =
            events.iter().map(|event| (&*event.id, &*event.trigger)).collect();
        let meant = |id: &str| (*triggers.get(id).unwrap_or(&id)).to_owned();
        let places: HashMap<String, usize> =
            annotations.iter().enumerate().map(|(at, a)| (a.id.clone(), at)).collect();
        let mut refuse = |place: &Place, words: String| found(Err(Refusal::new(place, words)));
        for (place, name, target, value) in attributes {
            let value = value.unwrap_or_else(|| self.unvalued(&name));
            match places.get(&meant(&target)).and_then(|at| annotations.get_mut(*at)) {
                Some(annotation) if annotation.attributes.contains_key(&name) => {
                    refuse(&place, format!("{target} has {name} already"));
                }
                Some(annotation) => drop(annotation.attributes.insert(name, value)),
                None => refuse(&place, format!("{name} is about {target}, which is no annotation")),
            }
        }
        for (place, target, note) in notes {
            match places.get(&meant(&target)).and_then(|at| annotations.get_mut(*at)) {
                Some(annotation) if annotation.note.is_empty() => annotation.note = note,
                Some(annotation) => {
                    annotation.note.push('\n');
                    annotation.note.push_str(&note);
                }
                None => {
                    refuse(&place, format!("the note is about {target}, which is no annotation"));
                }
            }
        }
        let mut told = relations_of(&events, self.mapping, &name_of);
        for relation in relations.iter_mut().chain(&mut told) {
            relation.from = meant(&relation.from);
            relation.to = meant(&relation.to);
        }
        // What a relation says already an event need not say again.
        let says = |relation: &IncomingRelation| {
            let label = self.mapping.relation(&relation.label).map(str::to_owned);
            (label, relation.from.clone(), relation.to.clone())
        };
        let said: HashSet<_> = relations.iter().map(says).collect();
        told.retain(|relation| !said.contains(&says(relation)));
        relations.extend(told);
        put_quotes_to_spans(&mut annotations, text);
        renumber(&mut annotations, &mut relations);
        let annotator = self.annotator.clone();
        IncomingSet { annotator, annotations, relations, ..IncomingSet::default() }
    }
}

fn spans_of(words: &str) -> Result<Vec<(usize, usize)>, String> {
    words
        .split(';')
        .map(|part| {
            let (start, end) =
                part.trim().split_once(' ').ok_or("a span has a start and an end")?;
            let number = |word: &str| {
                word.trim().parse().map_err(|_| format!("\u{201c}{word}\u{201d} is not a number"))
            };
            Ok((number(start)?, number(end)?))
        })
        .collect()
}

/// brat has the quotes of all fragments in one text, with a blank between them. Here
/// each span gets its own, and the lines of what was one span become one again.
fn put_quotes_to_spans(annotations: &mut [IncomingAnnotation], text: &str) {
    let whole = Text::new(text);
    // The unit in which the quotes fit is the one in which the lines are told.
    let rulers: Vec<(Unit, Ruler)> =
        Unit::ALL.into_iter().map(|unit| (unit, Ruler::new(text, unit))).collect();
    for annotation in annotations {
        let quote = annotation.quotes.pop().unwrap_or_default();
        let fitting = rulers.iter().find_map(|(_, ruler)| {
            let spans: Option<Vec<_>> = annotation.spans.iter().map(|r| ruler.span(*r)).collect();
            let spans = spans?;
            let quotes: Vec<&str> = spans.iter().map(|span| whole.slice(span.range())).collect();
            (quotes.join(" ") == quote).then_some((ruler, spans))
        });
        let Some((ruler, spans)) = fitting else {
            // Refused later, with what the article has there.
            annotation.quotes = vec![quote; annotation.spans.len()];
            continue;
        };
        let spans = joined(&spans, &whole);
        annotation.spans = spans.iter().map(|span| ruler.range(*span)).collect();
        annotation.quotes = spans.iter().map(|span| whole.slice(span.range()).to_owned()).collect();
    }
}

/// brat's ids count, and `T10` would come before `T2`: they are written with as many
/// digits each, so that annotations of one extent keep their order.
fn renumber(annotations: &mut [IncomingAnnotation], relations: &mut [IncomingRelation]) {
    let widest = |ids: &mut dyn Iterator<Item = &str>| {
        ids.filter_map(|id| id.get(1..)?.parse::<usize>().ok()).max().unwrap_or_default()
    };
    let most = widest(&mut annotations.iter().map(|a| a.id.as_str()));
    let padded = |id: &str, most: usize| {
        let number = id.get(1..).and_then(|digits| digits.parse::<usize>().ok());
        let prefix = id.get(..1).unwrap_or_default();
        number.map_or_else(|| id.to_owned(), |number| numbered(prefix, number, most))
    };
    for annotation in annotations {
        annotation.id = padded(&annotation.id, most);
    }
    let most_relations = widest(&mut relations.iter().filter_map(|r| r.id.as_deref()));
    for relation in relations {
        relation.from = padded(&relation.from, most);
        relation.to = padded(&relation.to, most);
        relation.id = relation.id.as_deref().map(|id| padded(id, most_relations));
    }
}
