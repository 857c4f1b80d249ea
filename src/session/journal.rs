//! What the journal of an annotator's work says, and how it is written.
//!
//! The records are local to a project and one person; what is handed on are the sets.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::history::{Change, Step};
use super::kept::Kept;
use super::selection::{Focus, Place, Selection};
use crate::corpus::{
    Adrift, Annotation, Annotator, Conflict, Decision, Digest, DocumentPath, Edit, Fragments, Id,
    Relation, Schema, Status, Version,
};
use crate::storage::{DecisionStore, SchemaStore};
use crate::text::{Offset, Span};

/// One thing that is written into the journal.
#[derive(Clone, Debug)]
pub enum JournalEntry {
    /// A step was done; what was undone before cannot be redone any more.
    Done(Arc<Step>),
    /// This was changed, and is no step that can be undone.
    Changed(Arc<Step>),
    /// The last step has become this one, because a note was typed on.
    Grown(Arc<Step>),
    /// The last step was undone.
    Undone,
    /// The step that was undone last was done again.
    Redone,
    /// A step can neither be undone nor redone any more: the last one that was done, or the
    /// first to be redone.
    Dropped {
        /// Which of the two.
        undone: bool,
    },
    /// This file holds all that the entries before say.
    Saved(Kept),
    /// All files do.
    AllSaved,
}

impl JournalEntry {
    /// The entry as a record, without line ends.
    pub fn encode(&self) -> String {
        // A record has no keys but texts, so it can always be written.
        serde_json::to_string(&record_of(self)).unwrap_or_default()
    }

    /// The entry that a record is; `None` where it is none that is known here.
    pub fn decode(record: &str) -> Option<Self> {
        entry_of(serde_json::from_str(record).ok()?)
    }
}

#[derive(Serialize, Deserialize)]
enum Record {
    Done(StepRecord),
    Changed(StepRecord),
    Grown(StepRecord),
    Undone,
    Redone,
    Dropped { undone: bool },
    Saved(KeptRecord),
    AllSaved,
}

#[derive(Serialize, Deserialize)]
struct StepRecord {
    name: String,
    /// Seconds since 1970, UTC; 0 where that is not known.
    at: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    quote: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<String>,
    before: PlaceRecord,
    after: PlaceRecord,
    changes: Vec<ChangeRecord>,
    /// The digests of the texts that were edited, by the documents' paths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    texts: BTreeMap<String, String>,
}

/// Anchor, head, and the focused annotation with the fragment in hand.
type PlaceRecord = (usize, usize, Option<(String, usize)>);

#[derive(Serialize, Deserialize)]
enum ChangeRecord {
    Edited {
        document: String,
        annotator: String,
        edit: Box<EditRecord>,
        inverse: Box<EditRecord>,
    },
    Schema {
        before: String,
        after: String,
    },
    Decided {
        decision: String,
        holds: bool,
        /// Whose, where not the person's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        whose: Option<String>,
    },
}

#[derive(Serialize, Deserialize)]
enum EditRecord {
    Insert(AnnotationRecord),
    Replace(AnnotationRecord),
    Remove(String),
    InsertRelation(RelationRecord),
    RemoveRelation(String),
    SetStatus(StatusRecord),
    InsertAdrift(AdriftRecord),
    RemoveAdrift(String),
    InsertConflict(ConflictRecord),
    RemoveConflict(String),
}

#[derive(Serialize, Deserialize)]
struct AdriftRecord {
    annotation: AnnotationRecord,
    quotes: Vec<String>,
    sha256: String,
    relations: Vec<RelationRecord>,
}

#[derive(Serialize, Deserialize)]
struct ConflictRecord {
    id: String,
    annotation: Option<AnnotationRecord>,
    relation: Option<RelationRecord>,
}

#[derive(Serialize, Deserialize)]
struct AnnotationRecord {
    id: String,
    label: String,
    spans: Vec<(usize, usize)>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize, Deserialize)]
struct RelationRecord {
    id: String,
    label: String,
    from: String,
    to: String,
}

#[derive(Serialize, Deserialize)]
enum StatusRecord {
    New,
    InProgress,
    Done,
    Skipped,
}

#[derive(Serialize, Deserialize)]
enum KeptRecord {
    Set(String, String),
    Schema,
    Decisions(String),
    Keys,
}

fn record_of(entry: &JournalEntry) -> Record {
    match entry {
        JournalEntry::Done(step) => Record::Done(step_record(step)),
        JournalEntry::Changed(step) => Record::Changed(step_record(step)),
        JournalEntry::Grown(step) => Record::Grown(step_record(step)),
        JournalEntry::Undone => Record::Undone,
        JournalEntry::Redone => Record::Redone,
        JournalEntry::Dropped { undone } => Record::Dropped { undone: *undone },
        JournalEntry::Saved(kept) => Record::Saved(match kept {
            Kept::Set(document, annotator) => {
                KeptRecord::Set(document.as_str().to_owned(), annotator.as_str().to_owned())
            }
            Kept::Schema => KeptRecord::Schema,
            Kept::Decisions(annotator) => KeptRecord::Decisions(annotator.as_str().to_owned()),
            Kept::Keys => KeptRecord::Keys,
        }),
        JournalEntry::AllSaved => Record::AllSaved,
    }
}

fn entry_of(record: Record) -> Option<JournalEntry> {
    Some(match record {
        Record::Done(step) => JournalEntry::Done(Arc::new(step_of(step)?)),
        Record::Changed(step) => JournalEntry::Changed(Arc::new(step_of(step)?)),
        Record::Grown(step) => JournalEntry::Grown(Arc::new(step_of(step)?)),
        Record::Undone => JournalEntry::Undone,
        Record::Redone => JournalEntry::Redone,
        Record::Dropped { undone } => JournalEntry::Dropped { undone },
        Record::Saved(kept) => JournalEntry::Saved(match kept {
            KeptRecord::Set(document, annotator) => {
                Kept::Set(DocumentPath::new(&document)?, Annotator::of_folder(&annotator).ok()?)
            }
            KeptRecord::Schema => Kept::Schema,
            KeptRecord::Decisions(annotator) => {
                Kept::Decisions(Annotator::of_folder(&annotator).ok()?)
            }
            KeptRecord::Keys => Kept::Keys,
        }),
        Record::AllSaved => JournalEntry::AllSaved,
    })
}

fn step_record(step: &Step) -> StepRecord {
    StepRecord {
        name: step.name.clone(),
        at: step.at,
        quote: step.quote.clone(),
        document: step.document.as_ref().map(|document| document.as_str().to_owned()),
        before: place_record(&step.before),
        after: place_record(&step.after),
        changes: step.changes.iter().map(change_record).collect(),
        texts: step
            .texts
            .iter()
            .map(|(path, digest)| (path.as_str().to_owned(), digest.as_hex().to_owned()))
            .collect(),
    }
}

fn step_of(record: StepRecord) -> Option<Step> {
    let document = match record.document {
        None => None,
        Some(document) => Some(DocumentPath::new(&document)?),
    };
    Some(Step {
        name: record.name,
        at: record.at,
        quote: record.quote,
        document,
        before: place_of(record.before),
        after: place_of(record.after),
        changes: record.changes.into_iter().map(change_of).collect::<Option<_>>()?,
        texts: record
            .texts
            .into_iter()
            .map(|(path, digest)| Some((DocumentPath::new(&path)?, Digest::from_hex(digest))))
            .collect::<Option<_>>()?,
        typing: None,
    })
}

fn place_record(place: &Place) -> PlaceRecord {
    let focus = place.focus.as_ref().map(|focus| (focus.id.as_str().to_owned(), focus.fragment));
    (place.selection.anchor.get(), place.selection.head.get(), focus)
}

fn place_of((anchor, head, focus): PlaceRecord) -> Place {
    let focus = focus.and_then(|(id, fragment)| Some(Focus { id: Id::new(&id)?, fragment }));
    let selection = Selection { anchor: Offset::new(anchor), head: Offset::new(head) };
    Place { selection, focus }
}

fn change_record(change: &Change) -> ChangeRecord {
    match change {
        Change::Edited { document, annotator, edit, inverse } => ChangeRecord::Edited {
            document: document.as_str().to_owned(),
            annotator: annotator.as_str().to_owned(),
            edit: Box::new(edit_record(edit)),
            inverse: Box::new(edit_record(inverse)),
        },
        Change::SchemaSet { before, after } => ChangeRecord::Schema {
            before: SchemaStore::text(before),
            after: SchemaStore::text(after),
        },
        Change::Decided { whose, decision, holds } => ChangeRecord::Decided {
            decision: DecisionStore::text(decision),
            holds: *holds,
            whose: whose.as_ref().map(|whose| whose.as_str().to_owned()),
        },
    }
}

fn change_of(record: ChangeRecord) -> Option<Change> {
    let schema = |text: &str| SchemaStore::of_text(text).map(Arc::<Schema>::new);
    Some(match record {
        ChangeRecord::Edited { document, annotator, edit, inverse } => Change::Edited {
            document: DocumentPath::new(&document)?,
            annotator: Annotator::of_folder(&annotator).ok()?,
            edit: edit_of(*edit)?,
            inverse: edit_of(*inverse)?,
        },
        ChangeRecord::Schema { before, after } => {
            Change::SchemaSet { before: schema(&before)?, after: schema(&after)? }
        }
        ChangeRecord::Decided { decision, holds, whose } => {
            let decision: Decision = DecisionStore::of_text(&decision)?;
            let whose = match whose {
                Some(whose) => Some(Annotator::of_folder(&whose).ok()?),
                None => None,
            };
            Change::Decided { whose, decision, holds }
        }
    })
}

fn edit_record(edit: &Edit) -> EditRecord {
    match edit {
        Edit::Insert(annotation) => EditRecord::Insert(annotation_record(annotation)),
        Edit::Replace(annotation) => EditRecord::Replace(annotation_record(annotation)),
        Edit::Remove(id) => EditRecord::Remove(id.as_str().to_owned()),
        Edit::InsertRelation(relation) => EditRecord::InsertRelation(relation_record(relation)),
        Edit::RemoveRelation(id) => EditRecord::RemoveRelation(id.as_str().to_owned()),
        Edit::InsertAdrift(adrift) => EditRecord::InsertAdrift(AdriftRecord {
            annotation: annotation_record(&adrift.annotation),
            quotes: adrift.quotes.clone(),
            sha256: adrift.text.as_hex().to_owned(),
            relations: adrift.relations.iter().map(|relation| relation_record(relation)).collect(),
        }),
        Edit::RemoveAdrift(id) => EditRecord::RemoveAdrift(id.as_str().to_owned()),
        Edit::InsertConflict(conflict) => {
            let id = conflict.id.as_str().to_owned();
            let (annotation, relation) = match &conflict.other {
                None => (None, None),
                Some(Version::Annotation(annotation)) => {
                    (Some(annotation_record(annotation)), None)
                }
                Some(Version::Relation(relation)) => (None, Some(relation_record(relation))),
            };
            EditRecord::InsertConflict(ConflictRecord { id, annotation, relation })
        }
        Edit::RemoveConflict(id) => EditRecord::RemoveConflict(id.as_str().to_owned()),
        Edit::SetStatus(status) => EditRecord::SetStatus(match status {
            Status::New => StatusRecord::New,
            Status::InProgress => StatusRecord::InProgress,
            Status::Done => StatusRecord::Done,
            Status::Skipped => StatusRecord::Skipped,
        }),
    }
}

fn edit_of(record: EditRecord) -> Option<Edit> {
    Some(match record {
        EditRecord::Insert(annotation) => Edit::Insert(Arc::new(annotation_of(annotation)?)),
        EditRecord::Replace(annotation) => Edit::Replace(Arc::new(annotation_of(annotation)?)),
        EditRecord::Remove(id) => Edit::Remove(Id::new(&id)?),
        EditRecord::InsertRelation(relation) => {
            Edit::InsertRelation(Arc::new(relation_of(relation)?))
        }
        EditRecord::RemoveRelation(id) => Edit::RemoveRelation(Id::new(&id)?),
        EditRecord::InsertAdrift(AdriftRecord { annotation, quotes, sha256, relations }) => {
            let relations = relations.into_iter().map(|one| relation_of(one).map(Arc::new));
            Edit::InsertAdrift(Arc::new(Adrift {
                annotation: Arc::new(annotation_of(annotation)?),
                quotes,
                text: Digest::from_hex(sha256),
                relations: relations.collect::<Option<_>>()?,
            }))
        }
        EditRecord::RemoveAdrift(id) => Edit::RemoveAdrift(Id::new(&id)?),
        EditRecord::InsertConflict(ConflictRecord { id, annotation, relation }) => {
            let other = match (annotation, relation) {
                (Some(one), _) => Some(Version::Annotation(Arc::new(annotation_of(one)?))),
                (None, Some(one)) => Some(Version::Relation(Arc::new(relation_of(one)?))),
                (None, None) => None,
            };
            Edit::InsertConflict(Arc::new(Conflict { id: Id::new(&id)?, other }))
        }
        EditRecord::RemoveConflict(id) => Edit::RemoveConflict(Id::new(&id)?),
        EditRecord::SetStatus(status) => Edit::SetStatus(match status {
            StatusRecord::New => Status::New,
            StatusRecord::InProgress => Status::InProgress,
            StatusRecord::Done => Status::Done,
            StatusRecord::Skipped => Status::Skipped,
        }),
    })
}

fn relation_record(relation: &Relation) -> RelationRecord {
    RelationRecord {
        id: relation.id.as_str().to_owned(),
        label: relation.label.to_string(),
        from: relation.from.as_str().to_owned(),
        to: relation.to.as_str().to_owned(),
    }
}

fn relation_of(record: RelationRecord) -> Option<Relation> {
    Some(Relation {
        id: Id::new(&record.id)?,
        label: record.label.into(),
        from: Id::new(&record.from)?,
        to: Id::new(&record.to)?,
    })
}

fn annotation_record(annotation: &Annotation) -> AnnotationRecord {
    let spans = annotation.fragments.iter().map(|span| (span.start().get(), span.end().get()));
    AnnotationRecord {
        id: annotation.id.as_str().to_owned(),
        label: annotation.label.to_string(),
        spans: spans.collect(),
        attributes: annotation.attributes.clone(),
        note: annotation.note.clone(),
    }
}

fn annotation_of(record: AnnotationRecord) -> Option<Annotation> {
    let span = |(start, end): &(usize, usize)| Span::new(Offset::new(*start), Offset::new(*end));
    let spans = record.spans.iter().map(span).collect::<Option<_>>();
    Some(Annotation {
        id: Id::new(&record.id)?,
        label: record.label.into(),
        fragments: Fragments::in_order(spans?)?,
        attributes: record.attributes,
        note: record.note,
    })
}
