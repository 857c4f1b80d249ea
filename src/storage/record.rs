//! A set as it stands in its file, and the way from there to the model.
//!
//! The record types are the file format; the model's types are not, so that
//! either can change without the other.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::{Problem, ProblemKind, quick};
use crate::corpus::{
    Adrift, Annotation, AnnotationSet, Annotator, Conflict, Digest, Document, Edit, EditError,
    Fragments, Id, Relation, Status, Version,
};
use crate::text::{Offset, Span, shortened};

/// The format that is written, and the newest that is read.
pub(super) const FORMAT: u32 = 1;

/// Characters of a quote that a message has room for.
const QUOTE: usize = 60;

/// Just the format's number, of a file of any format.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetRecord {
    pub(super) format: u32,
    pub(super) document: DocumentRecord,
    pub(super) annotator: String,
    pub(super) status: StatusRecord,
    #[serde(default)]
    pub(super) annotations: Vec<AnnotationRecord>,
    #[serde(default)]
    pub(super) relations: Vec<RelationRecord>,
    #[serde(default)]
    pub(super) conflicts: Vec<ConflictRecord>,
    #[serde(default)]
    pub(super) adrift: Vec<AdriftRecord>,
}

impl From<Status> for StatusRecord {
    fn from(status: Status) -> Self {
        match status {
            Status::New => Self::New,
            Status::InProgress => Self::InProgress,
            Status::Done => Self::Done,
            Status::Skipped => Self::Skipped,
        }
    }
}

/// An annotation with its place and words in a text that has changed since.
#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdriftRecord {
    pub(super) sha256: String,
    pub(super) annotation: AnnotationRecord,
    #[serde(default)]
    pub(super) relations: Vec<RelationRecord>,
}

#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentRecord {
    pub(super) path: String,
    pub(super) characters: usize,
    pub(super) sha256: String,
}

#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub(super) enum StatusRecord {
    New,
    InProgress,
    Done,
    Skipped,
}

#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnotationRecord {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) spans: Vec<(usize, usize)>,
    pub(super) text: Vec<String>,
    #[serde(default, deserialize_with = "distinct")]
    pub(super) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) note: String,
}

/// A map in which a name that is there twice is refused, not the first one dropped.
fn distinct<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Distinct;

    impl<'de> Visitor<'de> for Distinct {
        type Value = BTreeMap<String, String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map of names to values")
        }

        fn visit_map<M: MapAccess<'de>>(self, mut entries: M) -> Result<Self::Value, M::Error> {
            let mut map = BTreeMap::new();
            while let Some((name, value)) = entries.next_entry::<String, String>()? {
                if map.contains_key(&name) {
                    return Err(M::Error::custom(format!("\"{name}\" is there twice")));
                }
                map.insert(name, value);
            }
            Ok(map)
        }
    }

    from.deserialize_map(Distinct)
}

#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationRecord {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// What the other side of a merge has of something; nothing where it removed it.
#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConflictRecord {
    pub(super) id: String,
    #[serde(default)]
    pub(super) annotation: Option<AnnotationRecord>,
    #[serde(default)]
    pub(super) relation: Option<RelationRecord>,
}

/// Just the status. In the canonical form it stands near the start.
#[derive(Deserialize)]
#[serde(rename = "Set")]
struct StatusHead {
    status: StatusRecord,
}

/// The status in the start of a set's file; `None` where it is not in the canonical form or
/// more of it is needed.
pub(super) fn peek_head(start: &str) -> Option<Status> {
    quick::status(start).map(status_of)
}

/// The status that a set's file gives, without looking at the rest of it.
pub(super) fn peek_status(content: &str) -> Option<Status> {
    if let Some(status) = peek_head(content) {
        return Some(status);
    }
    let start = content.split_once("annotations:").map_or(content, |(start, _)| start);
    let closed = format!("{})", start.trim_end());
    let head: Result<StatusHead, _> = ron::from_str(&closed);
    let head = head.or_else(|_| ron::from_str(content)).ok()?;
    Some(status_of(head.status))
}

/// Refuses a file of a format that is newer than what is known here.
pub(super) fn format_of(content: &str, file: &Path) -> Result<(), Problem> {
    let head: Head = ron::from_str(content).map_err(|error| not_ron(file, &error))?;
    if head.format > FORMAT {
        let kind = ProblemKind::NewerFormat { found: head.format, known: FORMAT };
        return Err(Problem::new(file, kind));
    }
    Ok(())
}

/// Reads a set and proves that it is about `document` and by `annotator`, and
/// that every quote is what the document says at its span.
///
/// # Errors
/// The first thing that is wrong, with its line.
pub(super) fn read(
    content: &str,
    file: &Path,
    document: &Document,
    annotator: &Annotator,
) -> Result<AnnotationSet, Problem> {
    prove(record_of(content, file)?, content, file, document, annotator)
}

/// The set that a record is, with the proof that it is about `document`, by `annotator`, and
/// quotes what stands there.
pub(super) fn prove(
    record: SetRecord,
    content: &str,
    file: &Path,
    document: &Document,
    annotator: &Annotator,
) -> Result<AnnotationSet, Problem> {
    let fail = |kind: ProblemKind| Problem::new(file, kind);
    if record.document.path != document.path.as_str() {
        return Err(fail(ProblemKind::OtherDocument(record.document.path)));
    }
    if record.annotator != annotator.as_str() {
        return Err(fail(ProblemKind::OtherAnnotator(record.annotator)));
    }
    let (expected, found) = (record.document.characters, document.text.characters());
    if expected != found {
        return Err(fail(ProblemKind::LengthDiffers { expected, found }));
    }
    if record.document.sha256 != document.digest.as_hex() {
        return Err(fail(ProblemKind::DigestDiffers));
    }
    let quote = |span: Span| document.text.quote(span).map(str::to_owned);
    set_of(record, annotator, quote).map_err(|(id, kind)| {
        // The line is looked for only where it is needed.
        fail(kind).at_line(line_of_id(content, &id))
    })
}

/// The set that a record is, every quote of it being what `quote` says of its span; or what
/// is wrong, and with which id.
pub(super) fn set_of(
    record: SetRecord,
    annotator: &Annotator,
    quote: impl Fn(Span) -> Option<String>,
) -> Result<AnnotationSet, (String, ProblemKind)> {
    let annotation_of = |record: AnnotationRecord| {
        let id = record.id.clone();
        annotation_of(record, &quote).map_err(|kind| (id, kind))
    };
    let relation_of = |record: RelationRecord| {
        let id = record.id.clone();
        relation_of(record).map_err(|kind| (id, kind))
    };
    let inconsistent = |error: EditError| (blamed(&error).as_str().to_owned(), error.into());
    let mut annotations = Vec::with_capacity(record.annotations.len());
    for annotation in record.annotations {
        annotations.push(annotation_of(annotation)?);
    }
    let mut relations = Vec::with_capacity(record.relations.len());
    for relation in record.relations {
        relations.push(relation_of(relation)?);
    }
    let end = Offset::new(record.document.characters);
    let status = status_of(record.status);
    let set = AnnotationSet::assemble(annotator.clone(), end, status, annotations, relations);
    let mut set = set.map_err(inconsistent)?;
    for ConflictRecord { id, annotation, relation } in record.conflicts {
        let other = match (annotation, relation) {
            (Some(one), _) => Some(Version::Annotation(Arc::new(annotation_of(one)?))),
            (None, Some(one)) => Some(Version::Relation(Arc::new(relation_of(one)?))),
            (None, None) => None,
        };
        let id = Id::new(&id).ok_or((id, ProblemKind::NoId))?;
        let conflict = Arc::new(Conflict { id, other });
        set.apply(Edit::InsertConflict(conflict)).map_err(inconsistent)?;
    }
    for AdriftRecord { sha256, annotation, relations } in record.adrift {
        let quotes = annotation.text.clone();
        // Its words are those of another text.
        let own: BTreeMap<(usize, usize), String> =
            annotation.spans.iter().copied().zip(quotes.iter().cloned()).collect();
        let quote = |span: Span| own.get(&(span.start().get(), span.end().get())).cloned();
        let id = annotation.id.clone();
        let annotation = self::annotation_of(annotation, quote).map_err(|kind| (id, kind))?;
        let relations = relations.into_iter().map(|one| relation_of(one).map(Arc::new));
        let adrift = Adrift {
            annotation: Arc::new(annotation),
            quotes,
            text: Digest::from_hex(sha256),
            relations: relations.collect::<Result<_, _>>()?,
        };
        set.apply(Edit::InsertAdrift(Arc::new(adrift))).map_err(inconsistent)?;
    }
    Ok(set)
}

/// Reads what stands in a file, of which nothing is proved yet.
pub(super) fn record_of(content: &str, file: &Path) -> Result<SetRecord, Problem> {
    quick::read(content).map_or_else(|| read_any_form(content, file), Ok)
}

fn read_any_form(content: &str, file: &Path) -> Result<SetRecord, Problem> {
    let record: Result<SetRecord, _> = ron::from_str(content);
    if let Ok(record) = record
        && record.format <= FORMAT
    {
        return Ok(record);
    }
    // A newer format is said before what this one does not know in it.
    format_of(content, file)?;
    ron::from_str(content).map_err(|error| not_ron(file, &error))
}

/// The entry that a contradiction is shown at.
fn blamed(error: &EditError) -> &Id {
    match error {
        EditError::DuplicateId(id)
        | EditError::UnknownId(id)
        | EditError::InConflict(id)
        | EditError::OutOfDocument { id, .. }
        | EditError::Hanging { relation: id, .. } => id,
    }
}

/// A file that is not the RON it should be, with the line.
pub(super) fn not_ron(file: &Path, error: &ron::error::SpannedError) -> Problem {
    let kind = ProblemKind::NotRon(error.code.to_string());
    Problem::new(file, kind).at_line(Some(error.span.start.line))
}

/// The line, from 1, that an annotation or a relation stands on in the canonical
/// form; the last one where the id is there twice. Reads the whole file, so only
/// asked when something is wrong.
fn line_of_id(content: &str, id: &str) -> Option<usize> {
    let entry = format!("(id: \"{id}\"");
    content.lines().zip(1..).filter(|(line, _)| line.contains(&entry)).map(|(_, at)| at).last()
}

fn annotation_of(
    record: AnnotationRecord,
    quote: impl Fn(Span) -> Option<String>,
) -> Result<Annotation, ProblemKind> {
    let id = Id::new(&record.id).ok_or(ProblemKind::NoId)?;
    let spans: Option<Vec<Span>> = record
        .spans
        .iter()
        .map(|(start, end)| Span::new(Offset::new(*start), Offset::new(*end)))
        .collect();
    let fragments = spans
        .filter(|spans| spans.len() == record.text.len())
        .and_then(Fragments::in_order)
        .ok_or_else(|| ProblemKind::SpansUnfit(record.id.clone()))?;
    for (span, quoted) in fragments.iter().zip(record.text) {
        let found = quote(span).unwrap_or_default();
        if found != quoted {
            let found = shortened(&found, QUOTE);
            return Err(ProblemKind::QuoteDiffers {
                id: record.id,
                quoted: shortened(&quoted, QUOTE),
                found,
            });
        }
    }
    Ok(Annotation {
        id,
        label: record.label.into(),
        fragments,
        attributes: record.attributes,
        note: record.note,
    })
}

fn relation_of(record: RelationRecord) -> Result<Relation, ProblemKind> {
    let id = |id: &str| Id::new(id).ok_or(ProblemKind::NoId);
    Ok(Relation {
        id: id(&record.id)?,
        label: record.label.into(),
        from: id(&record.from)?,
        to: id(&record.to)?,
    })
}

/// The status that a file names.
pub(super) fn status_of(record: StatusRecord) -> Status {
    match record {
        StatusRecord::New => Status::New,
        StatusRecord::InProgress => Status::InProgress,
        StatusRecord::Done => Status::Done,
        StatusRecord::Skipped => Status::Skipped,
    }
}
