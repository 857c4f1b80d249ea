//! Sets as files that may lie anywhere, without the article they are about: for git.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::articles::digest;
use super::door::Door;
use super::guarded::{read_work, read_work_file, text_of};
use super::problem::plain_words;
use super::record::{SetRecord, record_of, set_of};
use super::write::{Head, write_quoting};
use super::{Problem, ProblemKind, Project, SetStore, atomic, decisions};
use crate::corpus::{
    AnnotationSet, Annotator, Decisions, Digest, DocumentPath, Fragments, Merged, merge,
};
use crate::text::{Offset, Span};

/// A set as a file has it. It is as consistent as any set, but that its quotes are what the
/// article says cannot be proved without the article.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetVersion {
    /// The file's content.
    pub(super) content: String,
    /// Of the file's bytes: a mark at their start is no part of the content.
    pub(super) bytes: Digest,
    path: String,
    sha256: String,
    set: AnnotationSet,
    quotes: BTreeMap<Span, String>,
}

impl SetVersion {
    /// Reads a file.
    ///
    /// # Errors
    /// When there is none, or it is no set.
    pub fn read(file: &Path) -> Result<Self, Problem> {
        let content = read_text(file)?;
        Self::of(&content, file)
    }

    /// Reads an annotator's set about a document, whatever text of it the set is about, or
    /// whatever document of another name; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is by another annotator.
    pub fn load(
        project: &Project,
        annotator: &Annotator,
        document: &DocumentPath,
    ) -> Result<Option<Self>, Problem> {
        let file = SetStore::file(project, annotator, document);
        let Some(read) = read_work_file(project.files(), &file)? else { return Ok(None) };
        let bytes = digest(&read.bytes);
        let version = Self { bytes, ..Self::of(&text_of(&file, read.bytes)?, &file)? };
        let by = version.set.annotator();
        if by != annotator {
            return Err(Problem::new(file, ProblemKind::OtherAnnotator(by.to_string())));
        }
        Ok(Some(version))
    }

    /// Reads what a file holds.
    ///
    /// # Errors
    /// When it is no set.
    pub fn of_text(content: &str) -> Result<Self, Problem> {
        Self::of(content, Path::new("set.ron"))
    }

    /// The file's content in the canonical form.
    pub fn text(&self) -> String {
        let quote = |span: Span| self.quotes.get(&span).map(String::as_str).unwrap_or_default();
        write_quoting(&self.set, &self.head(), &quote)
    }

    fn of(content: &str, file: &Path) -> Result<Self, Problem> {
        let record = record_of(content, file)?;
        let annotator = Annotator::of_folder(&record.annotator)
            .map_err(|error| Problem::new(file, error.into()))?;
        let quotes = quotes_of(&record).map_err(|kind| Problem::new(file, kind))?;
        let (path, sha256) = (&record.document.path, &record.document.sha256);
        let (path, sha256) = (path.clone().into_owned(), sha256.clone().into_owned());
        let set = set_of(record, &annotator, |span| quotes.get(&span).map(String::as_str))
            .map_err(|fault| Problem::new(file, fault.kind))?;
        let (content, bytes) = (content.to_owned(), digest(content.as_bytes()));
        Ok(Self { content, bytes, path, sha256, set, quotes })
    }

    /// The set.
    pub fn set(&self) -> &AnnotationSet {
        &self.set
    }

    /// What the file says that stands at these spans, joined by an ellipsis.
    pub fn quote(&self, fragments: &Fragments) -> String {
        self.quotes(fragments).join(" … ")
    }

    /// What the file says that stands at each of these spans.
    pub fn quotes(&self, fragments: &Fragments) -> Vec<String> {
        let quote = |span: Span| self.quotes.get(&span).cloned().unwrap_or_default();
        fragments.iter().map(quote).collect()
    }

    /// Which text it is about.
    pub fn digest(&self) -> Digest {
        Digest::from_hex(self.sha256.as_str())
    }

    /// The path of the document that it is about.
    pub fn document(&self) -> &str {
        &self.path
    }

    /// Whether both are about the same text of the same document.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.head() == other.head()
    }

    /// Whether both are about the same text, whatever its document is called.
    fn has_text_of(&self, other: &Self) -> bool {
        self.sha256 == other.sha256 && self.set.end() == other.set.end()
    }

    fn head(&self) -> Head<'_> {
        let characters = self.set.end().get();
        Head { path: &self.path, characters, sha256: &self.sha256 }
    }
}

/// What has come of a merge of files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MergeOutcome {
    /// Sets: how many changes were taken from the other side, and how many are in conflict.
    Sets {
        /// Changes that only the other side had.
        taken: usize,
        /// New conflicts, which the file keeps.
        conflicts: usize,
    },
    /// Decisions, of which each stands for itself.
    Decisions,
}

/// Why files could not be merged. The file that would be written is as it was.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum MergeError {
    /// One of them cannot be read.
    #[error("{}: {}", .0.path.display(), .0.kind)]
    Unreadable(Problem),
    /// The two sides are about other texts.
    #[error(
        "the two sides are about different versions of the article, so that their tags cannot be \
         compared; nothing was written, and what the other side says is in git alone until it is \
         added. How to bring the two together stands in tandai merge --help"
    )]
    OtherText,
    /// The two sides are about different articles.
    #[error("one side is about {0}, the other about {1}; nothing was written")]
    OtherDocument(String, String),
    /// The two sides are by different people.
    #[error("one side is by {0}, the other by {1}; nothing was written")]
    OtherAnnotator(String, String),
    /// The two quote different texts at the same place.
    #[error("the two sides quote different texts at characters {0} to {1}; nothing was written")]
    QuotesDiffer(usize, usize),
    /// The result cannot be written.
    #[error("{}: it could not be written ({}); it is as it was", .0.display(), .1)]
    Unwritten(PathBuf, String),
}

/// Brings together what two sides have made of a set or of decisions, and writes the result
/// over `ours`. An empty `base` is what both have begun from anew.
///
/// # Errors
/// When that cannot be done; nothing is written then.
pub fn merge_files(base: &Path, ours: &Path, theirs: &Path) -> Result<MergeOutcome, MergeError> {
    let read = |file: &Path| read_text(file).map_err(MergeError::Unreadable);
    let (before, mine, other) = (read(base)?, read(ours)?, read(theirs)?);
    let (content, outcome) = if decisions::are(&mine) && decisions::are(&other) {
        let read = |content: &str, file| {
            decisions::of_anyone(content, file).map_err(MergeError::Unreadable)
        };
        let (annotator, mine) = read(&mine, ours)?;
        let (by, other) = read(&other, theirs)?;
        if by != annotator {
            return Err(MergeError::OtherAnnotator(annotator.to_string(), by.to_string()));
        }
        let before =
            if before.trim().is_empty() { Decisions::default() } else { read(&before, base)?.1 };
        let merged = Decisions::merged(&before, &mine, &other);
        (decisions::write(&merged, &annotator), MergeOutcome::Decisions)
    } else {
        let read =
            |content: &str, file| SetVersion::of(content, file).map_err(MergeError::Unreadable);
        let (mine, other) = (read(&mine, ours)?, read(&other, theirs)?);
        let before = if before.trim().is_empty() { None } else { Some(read(&before, base)?) };
        merge_sets(before.as_ref(), &mine, &other)?
    };
    atomic::replace(&Door::disk(), ours, content.as_bytes())
        .map_err(|error| MergeError::Unwritten(ours.to_path_buf(), plain_words(&error)))?;
    Ok(outcome)
}

fn merge_sets(
    base: Option<&SetVersion>,
    ours: &SetVersion,
    theirs: &SetVersion,
) -> Result<(String, MergeOutcome), MergeError> {
    let by = |version: &SetVersion| version.set.annotator().to_string();
    if by(ours) != by(theirs) {
        return Err(MergeError::OtherAnnotator(by(ours), by(theirs)));
    }
    // One side may have given the article another name than both began with.
    let was_called = |version: &SetVersion| base.is_some_and(|base| base.path == version.path);
    let same_name = ours.path == theirs.path;
    let same_text = ours.has_text_of(theirs);
    if same_name && !same_text {
        return Err(MergeError::OtherText);
    }
    if !same_name && !(same_text && (was_called(ours) || was_called(theirs))) {
        return Err(MergeError::OtherDocument(ours.path.clone(), theirs.path.clone()));
    }
    let head = if was_called(ours) { theirs.head() } else { ours.head() };
    let nothing = AnnotationSet::new(ours.set.annotator().clone(), ours.set.end());
    // What was said about another text is no common ground.
    let base = base.filter(|base| base.has_text_of(ours));
    let mut quotes = BTreeMap::new();
    for version in [base, Some(ours), Some(theirs)].into_iter().flatten() {
        for (span, quote) in &version.quotes {
            if quotes.insert(*span, quote.as_str()).is_some_and(|known| known != quote) {
                let (start, end) = (span.start().get(), span.end().get());
                return Err(MergeError::QuotesDiffer(start, end));
            }
        }
    }
    let before = base.map_or(&nothing, |base| &base.set);
    let Merged { set, taken, conflicts } = merge(before, &ours.set, &theirs.set);
    let quote = |span: Span| quotes.get(&span).copied().unwrap_or_default();
    let content = write_quoting(&set, &head, &quote);
    Ok((content, MergeOutcome::Sets { taken, conflicts }))
}

fn read_text(file: &Path) -> Result<String, Problem> {
    let missing = || {
        let error = std::io::Error::new(std::io::ErrorKind::NotFound, "no such file");
        Problem::unreadable(file, &error)
    };
    read_work(&Door::disk(), file)?.ok_or_else(missing)
}

/// What a record says that stands at each span.
fn quotes_of(record: &SetRecord<'_>) -> Result<BTreeMap<Span, String>, ProblemKind> {
    let others = record.conflicts.iter().filter_map(|conflict| conflict.annotation.as_ref());
    let mut quotes = BTreeMap::new();
    for annotation in record.annotations.iter().chain(others) {
        let unfit = || ProblemKind::SpansUnfit(annotation.id.clone().into_owned());
        for ((start, end), text) in annotation.spans.iter().zip(&annotation.text) {
            let span = Span::new(Offset::new(*start), Offset::new(*end)).ok_or_else(unfit)?;
            let known = quotes.insert(span, text.clone().into_owned());
            // One place has one text, as long as the place is.
            if text.chars().count() != span.length() || known.is_some_and(|known| known != *text) {
                return Err(ProblemKind::QuoteUnfit(annotation.id.clone().into_owned()));
            }
        }
    }
    Ok(quotes)
}
