//! What was written is read back and compared, before an export is said to be done.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::context::Context;
use super::format::{Format, ImportFormat};
use super::incoming::{Incoming, Refusal, Source};
use super::loss::{Loss, LossKind};
use super::mapping::Mapping;
use super::pieces::Encoded;
use super::read::{read, unit_of};
use super::row::{Row, row_of};
use super::settle::{Settling, settle};
use super::unit::{Ruler, Unit};
use super::write::frame;
use super::{html_back, spacy_back, w3c_back};
use crate::corpus::{Annotation, AnnotationSet, Annotator, Entry, Fragments, Id};
use crate::text::{Offset, Span};

/// How many annotations and relations are in what was read back.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct ReadBack {
    /// Annotations.
    pub annotations: usize,
    /// Relations.
    pub relations: usize,
}

impl ReadBack {
    /// All of a set but what was left out, as these losses say; of a format that has several
    /// annotations for one each is counted once.
    fn of(set: &AnnotationSet, losses: &[Loss]) -> Self {
        let left_out: HashSet<&str> = losses
            .iter()
            .filter(|loss| loss.annotator == set.annotator().as_str() && loss.is_left_out())
            .map(|loss| loss.id.as_str())
            .collect();
        let is_there = |id: &Id| !left_out.contains(id.as_str());
        Self {
            annotations: set.annotations().iter().filter(|one| is_there(&one.id)).count(),
            relations: set.relations().iter().filter(|one| is_there(&one.id)).count(),
        }
    }
}

impl std::ops::AddAssign for ReadBack {
    fn add_assign(&mut self, other: Self) {
        self.annotations += other.annotations;
        self.relations += other.relations;
    }
}

/// Reads what a document came to, as an import would, and compares all that is not
/// said to be lost. Returns how much it was.
///
/// # Errors
/// What is not as it was, in words. Never seen; if it is, it is a fault in Tandai.
pub fn verify(
    format: Format,
    entry: &Entry,
    encoded: &Encoded,
    context: &Context,
) -> Result<ReadBack, String> {
    let mut read = ReadBack::default();
    if matches!(format, Format::Jsonl | Format::Parquet) {
        // A row holds everything. Parquet is read back as a whole, where it is written.
        entry.sets.iter().for_each(|set| read += ReadBack::of(set, &[]));
        if format == Format::Jsonl {
            verify_row(entry, encoded)?;
        }
        return Ok(read);
    }
    let mapping = Mapping::default();
    let nobody = Annotator::gold();
    let import = ImportFormat::of_name(format.name());
    let settling = Settling {
        unit: import.map_or(Unit::CodePoints, unit_of),
        may_differ: false,
        may_be_nameless: true,
        mapping: &mapping,
        annotator: &nobody,
        all_by: None,
    };
    let files = Files::of(format, encoded, context);
    let mut sets = Vec::new();
    for incoming in incoming_of(format, &files)? {
        let text = &entry.document.text;
        let known = Some(text).filter(|_| format == Format::Conll);
        // Its name is where it lies, and not proved here.
        let incoming = Incoming { id: "document".to_owned(), ..incoming };
        let settled = settle(incoming, known, &settling).map_err(|refusal| refusal.to_string())?;
        if let Some(refusal) = settled.refusals.first() {
            return Err(refusal.to_string());
        }
        let same = match format {
            Format::Brat if !context.options.keep_line_ends => {
                settled.text.as_str() == text.as_str().replace("\r\n", "\n")
            }
            Format::Html => settled.text.as_str() == text.as_str().replace('\0', "\u{fffd}"),
            _ => settled.text == *text,
        };
        if !same {
            return Err("the text reads back differently".to_owned());
        }
        sets.extend(settled.sets);
    }
    let is_of_it =
        |back: &AnnotationSet| entry.sets.iter().any(|set| set.annotator() == back.annotator());
    if let Some(extra) = sets.iter().find(|back| !back.annotations().is_empty() && !is_of_it(back))
    {
        return Err(format!("a set of {} reads back, but was not there", extra.annotator()));
    }
    let shorter = format == Format::Brat && !context.options.keep_line_ends;
    let text = entry.document.text.as_str();
    let ruler = (shorter && text.contains("\r\n")).then(|| Ruler::new(text, Unit::LineEndsOnce));
    for set in &entry.sets {
        let back = sets.iter().find(|back| back.annotator() == set.annotator());
        let Some(back) = back else {
            return Err(format!("the set of {} is gone", set.annotator()));
        };
        let losses = encoded.losses.iter();
        let losses: HashSet<(LossKind, &str)> = losses
            .filter(|loss| loss.annotator == set.annotator().as_str())
            .map(|loss| (loss.kind, loss.id.as_str()))
            .collect();
        // Only its own text is shorter; its spans are where they were in that text.
        let shift = |fragments: &Fragments| shifted(ruler.as_ref(), fragments);
        Comparison { set, back, losses: &losses, shift: &shift }.compare()?;
        read += ReadBack::of(set, &encoded.losses);
    }
    Ok(read)
}

/// A row holds everything, so that nothing needs to be looked for: what is read must be
/// what was written.
fn verify_row(entry: &Entry, encoded: &Encoded) -> Result<(), String> {
    let line = encoded.pieces.first().map(|piece| piece.content.as_slice()).unwrap_or_default();
    match serde_json::from_slice::<Row<'_>>(line) {
        Ok(back) if back == row_of(entry) => Ok(()),
        Ok(_) => Err("the row reads back differently".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn incoming_of(format: Format, files: &Files) -> Result<Vec<Incoming>, String> {
    let mut found: Vec<Result<Incoming, Refusal>> = Vec::new();
    let mut take = |incoming| found.push(incoming);
    match (format, ImportFormat::of_name(format.name())) {
        (Format::Spacy, _) => spacy_back::read(files, &mut take),
        (Format::W3c, _) => w3c_back::read(files, &mut take),
        (Format::Html, _) => html_back::read(files, &mut take),
        // The folders of annotators lie in those of parts.
        (_, Some(import)) => read(import, files, &Mapping::default(), true, &mut take),
        (_, None) => {}
    }
    found.into_iter().map(|incoming| incoming.map_err(|refusal| refusal.to_string())).collect()
}

/// The files that the pieces of one document make.
struct Files {
    names: Vec<String>,
    contents: BTreeMap<String, Vec<u8>>,
}

impl Files {
    fn of(format: Format, encoded: &Encoded, context: &Context) -> Self {
        let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for piece in &encoded.pieces {
            let name = context.without_part(&piece.file);
            let frame = || frame(format, name, context);
            if let Some(content) = contents.get_mut(name) {
                content.extend_from_slice(frame().between.as_bytes());
                content.extend_from_slice(&piece.content);
            } else {
                let mut content = frame().head;
                content.extend_from_slice(&piece.content);
                contents.insert(name.to_owned(), content);
            }
        }
        for (name, content) in &mut contents {
            content.extend_from_slice(frame(format, name, context).tail.as_bytes());
        }
        Self { names: contents.keys().cloned().collect(), contents }
    }
}

impl Source for Files {
    fn files(&self) -> &[String] {
        &self.names
    }

    fn open(&self, file: &str) -> std::io::Result<Box<dyn Read + '_>> {
        let content = self.contents.get(file).map(Vec::as_slice);
        content
            .map(|content| Box::new(content) as Box<dyn Read>)
            .ok_or_else(|| std::io::Error::new(std::io::ErrorKind::NotFound, file.to_owned()))
    }
}

/// Where fragments lie in a text in which CR LF are one; without a ruler, where they are.
fn shifted(ruler: Option<&Ruler>, fragments: &Fragments) -> Fragments {
    let Some(ruler) = ruler else { return fragments.clone() };
    let spans = fragments.iter().filter_map(|span| {
        let (start, end) = ruler.range(span);
        Span::new(Offset::new(start), Offset::new(end))
    });
    Fragments::in_order(spans.collect()).unwrap_or_else(|| fragments.clone())
}

struct Comparison<'a> {
    set: &'a AnnotationSet,
    back: &'a AnnotationSet,
    losses: &'a HashSet<(LossKind, &'a str)>,
    /// Where fragments lie in the text as it was written.
    shift: &'a dyn Fn(&Fragments) -> Fragments,
}

impl Comparison<'_> {
    fn is_lost(&self, kind: LossKind, id: &str) -> bool {
        self.losses.contains(&(kind, id))
    }

    fn compare(&self) -> Result<(), String> {
        let lost = |a: &&Arc<Annotation>| self.is_lost(LossKind::Span, a.id.as_str());
        let (gone, kept): (Vec<_>, Vec<_>) = self.set.annotations().iter().partition(lost);
        let back = self.back.annotations();
        // Two may differ only in what is lost, so that either could be the other.
        let mut taken: HashMap<usize, usize> = HashMap::new();
        for at in 0..kept.len() {
            if !self.place(at, &kept, &mut taken, &mut HashSet::new()) {
                let annotation = kept.get(at).map(|a| format!("{} {}", a.label, a.id));
                return Err(format!("{} reads back differently", annotation.unwrap_or_default()));
            }
        }
        if gone.is_empty()
            && let Some((_, extra)) = (0..).zip(back).find(|(at, _)| !taken.contains_key(at))
        {
            return Err(format!("{} {} reads back, but was not there", extra.label, extra.id));
        }
        self.compare_relations(!gone.is_empty())
    }

    /// Finds one that was read back for one that was written, moving others to further
    /// ones where need be (augmenting paths, Kuhn 1955).
    fn place(
        &self,
        at: usize,
        kept: &[&Arc<Annotation>],
        taken: &mut HashMap<usize, usize>,
        seen: &mut HashSet<usize>,
    ) -> bool {
        let Some(annotation) = kept.get(at) else { return false };
        let fragments = (self.shift)(&annotation.fragments);
        // Most are where they were.
        let start = fragments.extent().start;
        let back = self.back.annotations();
        let first = back.partition_point(|a| a.fragments.extent().start < start);
        let near = || {
            let near = back.iter().enumerate().skip(first);
            near.take_while(|(_, a)| a.fragments.extent().start == start)
        };
        let free = near().find(|(place, a)| {
            !taken.contains_key(place) && self.is_same(annotation, &fragments, a)
        });
        if let Some((place, _)) = free {
            taken.insert(place, at);
            return true;
        }
        for (place, candidate) in near() {
            if !self.is_same(annotation, &fragments, candidate) || !seen.insert(place) {
                continue;
            }
            let free = match taken.get(&place).copied() {
                None => true,
                Some(other) => self.place(other, kept, taken, seen),
            };
            if free {
                taken.insert(place, at);
                return true;
            }
        }
        false
    }

    fn is_same(&self, written: &Annotation, fragments: &Fragments, back: &Annotation) -> bool {
        let id = written.id.as_str();
        back.label == written.label
            && back.fragments == *fragments
            && (back.attributes == written.attributes || self.is_lost(LossKind::Attribute, id))
            && (back.note == written.note || self.is_lost(LossKind::Note, id))
    }

    fn compare_relations(&self, lost_spans: bool) -> Result<(), String> {
        let same = |fragments: &Fragments| fragments.clone();
        let mut left: HashMap<Link<'_>, usize> = HashMap::new();
        for link in links(self.back, &same) {
            *left.entry(link).or_default() += 1;
        }
        for (relation, wanted) in self.set.relations().iter().zip(links(self.set, self.shift)) {
            let ends_lost = [&relation.from, &relation.to]
                .iter()
                .any(|end| self.is_lost(LossKind::Span, end.as_str()));
            if ends_lost || self.is_lost(LossKind::Relation, relation.id.as_str()) {
                continue;
            }
            match left.get_mut(&wanted).filter(|count| **count > 0) {
                Some(count) => *count -= 1,
                None => return Err(format!("the link {} reads back differently", relation.id)),
            }
        }
        if lost_spans || left.values().all(|count| *count == 0) {
            Ok(())
        } else {
            Err("a link reads back that was not there".to_owned())
        }
    }
}

/// What tells a relation whatever ids its ends have: its label, and what its ends are.
type Link<'a> = (&'a str, Option<(&'a str, Fragments)>, Option<(&'a str, Fragments)>);

/// The relations of a set, in its order; `shift` says where fragments are looked for.
fn links<'a>(set: &'a AnnotationSet, shift: &dyn Fn(&Fragments) -> Fragments) -> Vec<Link<'a>> {
    let annotations: HashMap<&Id, &Annotation> =
        set.annotations().iter().map(|annotation| (&annotation.id, &**annotation)).collect();
    let end = |id| annotations.get(id).map(|a| (&*a.label, shift(&a.fragments)));
    let relations = set.relations().iter();
    relations.map(|r| (&*r.label, end(&r.from), end(&r.to))).collect()
}
