use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::canonical::{line, list, quoted};
use super::guarded::{GuardedFile, SaveError};
use super::record::{FORMAT, format_of, not_ron};
use super::{Problem, ProblemKind, Project};
use crate::corpus::{Annotator, Decision, Decisions, DocumentPath, Id, Review};
use crate::text::{Offset, Span};

/// The file's name in the annotator's folder; no set is called so, since every
/// document's name ends in `.txt`.
pub(super) const NAME: &str = "decisions.ron";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecisionsRecord {
    #[expect(dead_code, reason = "read before, named here to be allowed")]
    format: u32,
    annotator: String,
    #[serde(default)]
    decisions: Vec<DecisionRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum DecisionRecord {
    NotTagged { document: String, label: String, span: (usize, usize), text: String },
    Meant { document: String, finding: String },
    Settled { document: String, case: String, by: String },
    Reviewed(ReviewRecord),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReviewRecord {
    document: String,
    annotator: String,
    annotation: String,
    content: String,
    accepted: bool,
    #[serde(default)]
    note: String,
}

/// The file of what one annotator decided, and what is known of its content.
#[derive(Clone, Debug)]
pub struct DecisionStore {
    file: GuardedFile,
    annotator: Annotator,
    /// What the file held when it was last read or written here.
    last: Decisions,
    /// The same of what was told and is not taken in yet.
    told: Option<Decisions>,
}

/// What another program has made of a file of decisions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedDecisions {
    /// What the file held when it was last read or written here.
    pub before: Decisions,
    /// What it holds now.
    pub now: Result<Decisions, Problem>,
}

impl DecisionStore {
    /// Reads what an annotator decided in a project; nothing where no file is.
    /// One that cannot be read is a problem, and is never written over.
    pub fn load(project: &Project, annotator: &Annotator) -> (Self, Decisions, Option<Problem>) {
        let path = Self::file(project, annotator);
        let (file, decisions) = GuardedFile::load(project, path, |content, file| match content {
            None | Some("") => Ok(Decisions::default()),
            Some(content) => read(content, file, annotator),
        });
        let (decisions, problem) = match decisions {
            Ok(decisions) => (decisions, None),
            Err(problem) => (Decisions::default(), Some(problem)),
        };
        let store =
            Self { file, annotator: annotator.clone(), last: decisions.clone(), told: None };
        (store, decisions, problem)
    }

    /// Reads the file again where another program has changed it; `None` where none has.
    /// It is not written over before [`Self::accept`].
    pub fn refresh(&mut self) -> Option<ChangedDecisions> {
        let annotator = &self.annotator;
        let now = self.file.refresh(|content, file| match content {
            None | Some("") => Ok(Decisions::default()),
            Some(content) => read(content, file, annotator),
        })?;
        self.told = now.as_ref().ok().cloned();
        Some(ChangedDecisions { before: self.last.clone(), now })
    }

    /// What was told by [`Self::refresh`] was taken in, and may be written over.
    pub fn accept(&mut self) {
        self.file.accept();
        if let Some(told) = self.told.take() {
            self.last = told;
        }
    }

    /// Whether what stands in the way of a save was told and is being taken in.
    pub fn waits(&self) -> bool {
        self.file.waits()
    }

    /// Writes all decisions and returns when they are on the disk.
    ///
    /// # Errors
    /// When the file could not be written or must not be.
    pub fn save(&mut self, decisions: &Decisions) -> Result<(), SaveError> {
        let content = write(decisions, &self.annotator);
        self.file
            .save(decisions, &content, |content, file| read(content, file, &self.annotator))?;
        self.last = decisions.clone();
        Ok(())
    }

    /// All decisions as a file has them.
    pub fn content(decisions: &Decisions, annotator: &Annotator) -> String {
        write(decisions, annotator)
    }

    /// A decision as a file has it.
    pub fn text(decision: &Decision) -> String {
        entry(decision)
    }

    /// The decision that a text of [`Self::text`] is; `None` where it is none.
    pub fn of_text(text: &str) -> Option<Decision> {
        decision_of(ron::from_str(text).ok()?)
    }

    /// Where an annotator's decisions lie.
    pub fn file(project: &Project, annotator: &Annotator) -> PathBuf {
        project.annotator_folder(annotator).join(NAME)
    }

    /// As [`super::SetStore::set_aside`].
    ///
    /// # Errors
    /// When it could not be renamed, or is not to be.
    pub fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        self.file.set_aside()
    }
}

/// Whether a content is of a file of decisions.
pub(super) fn are(content: &str) -> bool {
    ron::from_str::<DecisionsRecord>(content).is_ok()
}

/// Reads a file of decisions, whoever's it is.
pub(super) fn of_anyone(content: &str, file: &Path) -> Result<(Annotator, Decisions), Problem> {
    let record = record_of(content, file)?;
    let annotator = Annotator::of_folder(&record.annotator)
        .map_err(|error| Problem::new(file, error.into()))?;
    Ok((annotator, decisions_of(record, file)?))
}

fn record_of(content: &str, file: &Path) -> Result<DecisionsRecord, Problem> {
    format_of(content, file)?;
    ron::from_str(content).map_err(|error| not_ron(file, &error))
}

fn read(content: &str, file: &Path, annotator: &Annotator) -> Result<Decisions, Problem> {
    let record = record_of(content, file)?;
    if record.annotator != annotator.as_str() {
        return Err(Problem::new(file, ProblemKind::OtherAnnotator(record.annotator)));
    }
    decisions_of(record, file)
}

fn decisions_of(record: DecisionsRecord, file: &Path) -> Result<Decisions, Problem> {
    let unfit = || Problem::new(file, ProblemKind::DecisionUnfit);
    record.decisions.into_iter().map(|decision| decision_of(decision).ok_or_else(unfit)).collect()
}

fn decision_of(record: DecisionRecord) -> Option<Decision> {
    Some(match record {
        DecisionRecord::NotTagged { document, label, span: (start, end), text } => {
            Decision::NotTagged {
                document: DocumentPath::new(&document)?,
                span: Span::new(Offset::new(start), Offset::new(end))?,
                label: label.into(),
                text,
            }
        }
        DecisionRecord::Meant { document, finding } => {
            Decision::Meant { document: DocumentPath::new(&document)?, finding }
        }
        DecisionRecord::Settled { document, case, by } => Decision::Settled {
            document: DocumentPath::new(&document)?,
            case,
            by: Annotator::of_folder(&by).ok()?,
        },
        DecisionRecord::Reviewed(review) => Decision::Reviewed(Review {
            document: DocumentPath::new(&review.document)?,
            annotator: Annotator::of_folder(&review.annotator).ok()?,
            annotation: Id::new(&review.annotation)?,
            content: review.content,
            accepted: review.accepted,
            note: review.note,
        }),
    })
}

pub(super) fn write(decisions: &Decisions, annotator: &Annotator) -> String {
    let mut out = String::from("(\n");
    line(&mut out, &format!("format: {FORMAT},"));
    line(&mut out, &format!("annotator: {},", quoted(annotator.as_str())));
    let all: Vec<&Decision> = decisions.iter().collect();
    list(&mut out, "decisions", all.into_iter().map(entry));
    out.push_str(")\n");
    out
}

fn entry(decision: &Decision) -> String {
    match decision {
        Decision::NotTagged { document, span, label, text } => format!(
            "NotTagged(document: {}, label: {}, span: ({}, {}), text: {})",
            quoted(document.as_str()),
            quoted(label),
            span.start().get(),
            span.end().get(),
            quoted(text),
        ),
        Decision::Meant { document, finding } => {
            format!("Meant(document: {}, finding: {})", quoted(document.as_str()), quoted(finding))
        }
        Decision::Settled { document, case, by } => format!(
            "Settled(document: {}, case: {}, by: {})",
            quoted(document.as_str()),
            quoted(case),
            quoted(by.as_str()),
        ),
        Decision::Reviewed(review) => {
            let note = match review.note.as_str() {
                "" => String::new(),
                note => format!(", note: {}", quoted(note)),
            };
            format!(
                "Reviewed((document: {}, annotator: {}, annotation: {}, content: {}, accepted: {}{note}))",
                quoted(review.document.as_str()),
                quoted(review.annotator.as_str()),
                quoted(review.annotation.as_str()),
                quoted(&review.content),
                review.accepted,
            )
        }
    }
}
