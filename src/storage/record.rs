//! A set as it stands in its file, and the way from there to the model.
//!
//! The record types are the file format; the model's types are not, so that
//! either can change without the other. The quick reader lends them the file's own
//! characters: most of what stands in a set is compared, and not kept.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use smallvec::SmallVec;

use super::ron_words::ron_words;
use super::{Problem, ProblemKind, quick};
use crate::corpus::{
    Adrift, Annotation, AnnotationSet, Annotator, Conflict, Digest, Document, Edit, EditError,
    Fragments, Id, Relation, SharedNames, Spans, Status, Version,
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
pub(super) struct SetRecord<'a> {
    pub(super) format: u32,
    pub(super) document: DocumentRecord<'a>,
    pub(super) annotator: Cow<'a, str>,
    pub(super) status: StatusRecord,
    #[serde(default)]
    pub(super) annotations: Vec<AnnotationRecord<'a>>,
    #[serde(default)]
    pub(super) relations: Vec<RelationRecord<'a>>,
    #[serde(default)]
    pub(super) conflicts: Vec<ConflictRecord<'a>>,
    #[serde(default)]
    pub(super) adrift: Vec<AdriftRecord<'a>>,
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
pub(super) struct AdriftRecord<'a> {
    pub(super) sha256: Cow<'a, str>,
    pub(super) annotation: AnnotationRecord<'a>,
    #[serde(default)]
    pub(super) relations: Vec<RelationRecord<'a>>,
}

#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentRecord<'a> {
    pub(super) path: Cow<'a, str>,
    pub(super) characters: usize,
    pub(super) sha256: Cow<'a, str>,
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
pub(super) struct AnnotationRecord<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    pub(super) spans: SmallVec<[(usize, usize); 1]>,
    pub(super) text: Vec<Cow<'a, str>>,
    #[serde(default, deserialize_with = "distinct")]
    pub(super) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) note: Cow<'a, str>,
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
pub(super) struct RelationRecord<'a> {
    pub(super) id: Cow<'a, str>,
    pub(super) label: Cow<'a, str>,
    pub(super) from: Cow<'a, str>,
    pub(super) to: Cow<'a, str>,
}

/// What the other side of a merge has of something; nothing where it removed it.
#[derive(PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConflictRecord<'a> {
    pub(super) id: Cow<'a, str>,
    #[serde(default)]
    pub(super) annotation: Option<AnnotationRecord<'a>>,
    #[serde(default)]
    pub(super) relation: Option<RelationRecord<'a>>,
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

/// Reads a set and proves that it is about the text of `document` and by `annotator`, and
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

/// The set that a record is, with the proof that it is about the text of `document`, whatever
/// that was called when it was written, by `annotator`, and quotes what stands there.
pub(super) fn prove(
    record: SetRecord<'_>,
    content: &str,
    file: &Path,
    document: &Document,
    annotator: &Annotator,
) -> Result<AnnotationSet, Problem> {
    let fail = |kind: ProblemKind| Problem::new(file, kind);
    let (expected, found) = (record.document.characters, document.text.characters());
    let has_text = expected == found && record.document.sha256 == document.digest.as_hex();
    // Who renames an article moves its sets along. That the text is the same is proof enough.
    if record.document.path != document.path.as_str() && !has_text {
        return Err(fail(ProblemKind::OtherDocument(record.document.path.into_owned())));
    }
    if record.annotator != annotator.as_str() {
        return Err(fail(ProblemKind::OtherAnnotator(record.annotator.into_owned())));
    }
    if expected != found {
        return Err(fail(ProblemKind::LengthDiffers { expected, found }));
    }
    if !has_text {
        return Err(fail(ProblemKind::DigestDiffers));
    }
    set_of(record, annotator, |span| document.text.quote(span)).map_err(|Fault { id, kind }| {
        // The line is looked for only where it is needed.
        fail(kind).at_line(line_of_id(content, &id))
    })
}

/// What is wrong with an annotation or a relation.
pub(super) struct Fault {
    id: String,
    pub(super) kind: ProblemKind,
}

impl From<EditError> for Fault {
    fn from(error: EditError) -> Self {
        Self { id: blamed(&error).as_str().to_owned(), kind: error.into() }
    }
}

/// The set that a record is, every quote of it being what `quote` says of its span.
pub(super) fn set_of<'q>(
    record: SetRecord<'_>,
    annotator: &Annotator,
    quote: impl Fn(Span) -> Option<&'q str>,
) -> Result<AnnotationSet, Fault> {
    let mut labels = SharedNames::default();
    let mut annotations = Vec::with_capacity(record.annotations.len());
    for annotation in record.annotations {
        annotations.push(annotation_of(annotation, &mut labels, &quote)?);
    }
    let mut relations = Vec::with_capacity(record.relations.len());
    for relation in record.relations {
        relations.push(relation_of(&relation, &mut labels)?);
    }
    let end = Offset::new(record.document.characters);
    let status = status_of(record.status);
    let mut set = AnnotationSet::assemble(annotator.clone(), end, status, annotations, relations)?;
    for ConflictRecord { id, annotation, relation } in record.conflicts {
        let other = match (annotation, relation) {
            (Some(one), _) => {
                Some(Version::Annotation(Arc::new(annotation_of(one, &mut labels, &quote)?)))
            }
            (None, Some(one)) => Some(Version::Relation(Arc::new(relation_of(&one, &mut labels)?))),
            (None, None) => None,
        };
        set.apply(Edit::InsertConflict(Arc::new(Conflict { id: id_of(&id)?, other })))?;
    }
    for AdriftRecord { sha256, annotation, relations } in record.adrift {
        let quotes: Vec<String> = annotation.text.iter().map(ToString::to_string).collect();
        // Its words are those of another text.
        let own: BTreeMap<(usize, usize), &str> =
            annotation.spans.iter().copied().zip(quotes.iter().map(String::as_str)).collect();
        let quote = |span: Span| own.get(&(span.start().get(), span.end().get())).copied();
        let annotation = Arc::new(annotation_of(annotation, &mut labels, quote)?);
        let relations = relations.into_iter();
        let relations = relations.map(|one| relation_of(&one, &mut labels).map(Arc::new));
        let adrift = Adrift {
            annotation,
            relations: relations.collect::<Result<_, _>>()?,
            quotes,
            text: Digest::from_hex(sha256),
        };
        set.apply(Edit::InsertAdrift(Arc::new(adrift)))?;
    }
    Ok(set)
}

/// Reads what stands in a file, of which nothing is proved yet.
pub(super) fn record_of<'a>(content: &'a str, file: &Path) -> Result<SetRecord<'a>, Problem> {
    quick::read(content).map_or_else(|| read_any_form(content, file), Ok)
}

fn read_any_form(content: &str, file: &Path) -> Result<SetRecord<'static>, Problem> {
    let record: Result<SetRecord<'_>, _> = ron::from_str(content);
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
    let kind = ProblemKind::NotRon(ron_words(&error.code));
    Problem::new(file, kind).at_line(Some(error.span.start.line))
}

/// The line, from 1, that an annotation or a relation stands on in the canonical
/// form; the last one where the id is there twice. Reads the whole file, so only
/// asked when something is wrong.
fn line_of_id(content: &str, id: &str) -> Option<usize> {
    let entry = format!("(id: \"{id}\"");
    content.lines().zip(1..).filter(|(line, _)| line.contains(&entry)).map(|(_, at)| at).last()
}

fn id_of(id: &str) -> Result<Id, Fault> {
    Id::new(id).ok_or_else(|| Fault { id: id.to_owned(), kind: ProblemKind::NoId })
}

fn annotation_of<'q>(
    record: AnnotationRecord<'_>,
    labels: &mut SharedNames,
    quote: impl Fn(Span) -> Option<&'q str>,
) -> Result<Annotation, Fault> {
    let id = id_of(&record.id)?;
    let fault = |kind: fn(String) -> ProblemKind| {
        let id = record.id.clone().into_owned();
        Fault { kind: kind(id.clone()), id }
    };
    let spans: Option<Spans> = record
        .spans
        .iter()
        .map(|(start, end)| Span::new(Offset::new(*start), Offset::new(*end)))
        .collect();
    let fragments = spans
        .filter(|spans| spans.len() == record.text.len())
        .and_then(Fragments::in_order)
        .ok_or_else(|| fault(ProblemKind::SpansUnfit))?;
    for (span, quoted) in fragments.iter().zip(&record.text) {
        let found = quote(span).unwrap_or_default();
        if found != quoted {
            let id = record.id.into_owned();
            let (quoted, found) = (shortened(quoted, QUOTE), shortened(found, QUOTE));
            return Err(Fault {
                kind: ProblemKind::QuoteDiffers { id: id.clone(), quoted, found },
                id,
            });
        }
    }
    Ok(Annotation {
        id,
        label: labels.share(&record.label),
        fragments,
        attributes: record.attributes,
        note: record.note.into_owned(),
    })
}

fn relation_of(record: &RelationRecord<'_>, labels: &mut SharedNames) -> Result<Relation, Fault> {
    let end = |id: &str| {
        let fault = || Fault { id: record.id.clone().into_owned(), kind: ProblemKind::NoId };
        Id::new(id).ok_or_else(fault)
    };
    Ok(Relation {
        id: id_of(&record.id)?,
        label: labels.share(&record.label),
        from: end(&record.from)?,
        to: end(&record.to)?,
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
