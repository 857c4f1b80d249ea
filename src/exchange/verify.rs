//! What was written is read back and compared, before an export is said to be done.

use std::collections::BTreeMap;
use std::io::Read;

use super::context::Context;
use super::format::{Format, ImportFormat};
use super::incoming::{Incoming, Refusal, Source};
use super::loss::{Loss, LossKind};
use super::mapping::Mapping;
use super::pieces::Encoded;
use super::read::{read, unit_of};
use super::settle::{Settling, settle};
use super::write::frame;
use super::{html_back, jsonl_read, spacy_back, w3c_back};
use crate::corpus::{Annotation, AnnotationSet, Annotator, Entry, Fragments, Relation};

/// Reads what a document came to, as an import would, and compares all that is not
/// said to be lost.
///
/// # Errors
/// What is not as it was, in words. Never seen; if it is, it is a fault in Tandai.
pub fn verify(
    format: Format,
    entry: &Entry,
    encoded: &Encoded,
    context: &Context,
) -> Result<(), String> {
    let mapping = Mapping::default();
    let nobody = Annotator::gold();
    let import = ImportFormat::of_name(format.name());
    let settling = Settling {
        unit: import.map_or(super::Unit::CodePoints, unit_of),
        may_differ: false,
        mapping: &mapping,
        annotator: &nobody,
        all_by: None,
    };
    let files = Files::of(format, encoded, context);
    let mut sets = Vec::new();
    for incoming in read_back(format, &files, encoded)? {
        let text = &entry.document.text;
        let known = Some(text).filter(|_| format == Format::Conll);
        let settled = settle(incoming, known, &settling).map_err(|refusal| refusal.to_string())?;
        if let Some(refusal) = settled.refusals.first() {
            return Err(refusal.to_string());
        }
        let shorter = format == Format::Brat && !context.options.keep_line_ends;
        let same = if shorter {
            settled.text.as_str() == text.as_str().replace("\r\n", "\n")
        } else {
            settled.text == *text
        };
        if !same {
            return Err("the text reads back differently".to_owned());
        }
        sets.extend(settled.sets);
    }
    for set in &entry.sets {
        let back = sets.iter().find(|back| back.annotator() == set.annotator());
        let Some(back) = back else { return Err(format!("the set of {} is gone", set.annotator())) };
        let losses = encoded.losses.iter();
        let losses: Vec<&Loss> =
            losses.filter(|loss| loss.annotator == set.annotator().as_str()).collect();
        // Only its own text is shorter; its spans are where they were in that text.
        let shift = |fragments: &Fragments| context.shifted(format, entry, fragments);
        Comparison { set, back, losses: &losses, shift: &shift }.compare()?;
    }
    Ok(())
}

fn read_back(
    format: Format,
    files: &Files,
    encoded: &Encoded,
) -> Result<Vec<Incoming>, String> {
    let mut found: Vec<Result<Incoming, Refusal>> = Vec::new();
    let mut take = |incoming| found.push(incoming);
    match (format, ImportFormat::of_name(format.name()), &encoded.row) {
        (Format::Parquet, _, Some(row)) => {
            take(jsonl_read::incoming_of_row(row.clone(), Default::default()));
        }
        (Format::Spacy, ..) => spacy_back::read(files, &mut take),
        (Format::W3c, ..) => w3c_back::read(files, &mut take),
        (Format::Html, ..) => html_back::read(files, &mut take),
        // The folders of annotators lie in those of parts.
        (_, Some(import), _) => read(import, files, &Mapping::default(), true, &mut take),
        (_, None, _) => {}
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
            match contents.get_mut(name) {
                Some(content) => {
                    content.extend_from_slice(frame().between.as_bytes());
                    content.extend_from_slice(&piece.content);
                }
                None => {
                    let mut content = frame().head;
                    content.extend_from_slice(&piece.content);
                    contents.insert(name.to_owned(), content);
                }
            }
        }
        for (name, content) in &mut contents {
            content.extend_from_slice(frame(format, name, context).tail.as_bytes());
        }
        if format == Format::Brat
            && let Some(names) = super::brat::visual_conf(&context.schema)
        {
            contents.insert(super::brat::VISUAL_CONF.to_owned(), names.into_bytes());
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
        content.map(|content| Box::new(content) as Box<dyn Read>).ok_or_else(|| {
            std::io::Error::new(std::io::ErrorKind::NotFound, file.to_owned())
        })
    }
}

struct Comparison<'a> {
    set: &'a AnnotationSet,
    back: &'a AnnotationSet,
    losses: &'a [&'a Loss],
    /// Where fragments lie in the text as it was written.
    shift: &'a dyn Fn(&Fragments) -> Fragments,
}

impl Comparison<'_> {
    fn is_lost(&self, kind: LossKind, id: &str) -> bool {
        self.losses.iter().any(|loss| loss.kind == kind && loss.id == id)
    }

    fn compare(&self) -> Result<(), String> {
        let mut left: Vec<&Annotation> = self.back.annotations().iter().map(|a| &**a).collect();
        let mut lost_spans = false;
        for annotation in self.set.annotations() {
            let id = annotation.id.as_str();
            if self.is_lost(LossKind::Span, id) {
                lost_spans = true;
                continue;
            }
            let values = !self.is_lost(LossKind::Attribute, id);
            let note = !self.is_lost(LossKind::Note, id);
            let fragments = (self.shift)(&annotation.fragments);
            let at = left.iter().position(|back| {
                back.label == annotation.label
                    && back.fragments == fragments
                    && (!values || back.attributes == annotation.attributes)
                    && (!note || back.note == annotation.note)
            });
            match at {
                Some(at) => drop(left.swap_remove(at)),
                None => return Err(format!("{} {id} reads back differently", annotation.label)),
            }
        }
        if let Some(extra) = left.first().filter(|_| !lost_spans) {
            return Err(format!("{} {} reads back, but was not there", extra.label, extra.id));
        }
        self.compare_relations(lost_spans)
    }

    fn compare_relations(&self, lost_spans: bool) -> Result<(), String> {
        type Key<'k> = (&'k str, Option<(&'k str, Fragments)>, Option<(&'k str, Fragments)>);
        fn key<'k>(
            relation: &'k Relation,
            set: &'k AnnotationSet,
            shift: &dyn Fn(&Fragments) -> Fragments,
        ) -> Key<'k> {
            let end = |id| set.annotation(id).map(|a| (&*a.label, shift(&a.fragments)));
            (&*relation.label, end(&relation.from), end(&relation.to))
        }
        let same = |fragments: &Fragments| fragments.clone();
        let mut left: Vec<Key<'_>> =
            self.back.relations().iter().map(|r| key(r, self.back, &same)).collect();
        for relation in self.set.relations() {
            let ends_lost = [&relation.from, &relation.to]
                .iter()
                .any(|end| self.is_lost(LossKind::Span, end.as_str()));
            if ends_lost || self.is_lost(LossKind::Relation, relation.id.as_str()) {
                continue;
            }
            let wanted = key(relation, self.set, self.shift);
            match left.iter().position(|back| *back == wanted) {
                Some(at) => drop(left.swap_remove(at)),
                None => {
                    return Err(format!("the link {} reads back differently", relation.id));
                }
            }
        }
        if left.is_empty() || lost_spans {
            Ok(())
        } else {
            Err("a link reads back that was not there".to_owned())
        }
    }
}
