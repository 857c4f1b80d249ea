use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::articles::digest;
use super::names::{SET_ENDING, file_below};
use super::problem::plain_words;
use super::{Problem, ProblemKind, Project, atomic, record, write};
use crate::corpus::{AnnotationSet, Annotator, Digest, Document, DocumentPath, Status};

/// What was found where an annotation set would be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SetOnDisk {
    /// No file: the annotator has not begun.
    Absent,
    /// A set that agrees with its document.
    Read(AnnotationSet),
    /// A file that is not to be written over.
    Unreadable(Problem),
}

/// The status that the set in a file has; `None` where there is none that can be
/// read. Proves nothing, for a quick look at many.
pub fn peek_status(file: &Path) -> Option<Status> {
    record::peek_status(&std::fs::read_to_string(file).ok()?)
}

/// Why a set could not be saved. The file is as it was before, or already as it
/// is to be but not surely on the disk.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SaveError {
    /// The system refused: a full disk, a folder that cannot be written to.
    #[error("its file could not be written ({0})")]
    Io(String),
    /// Another program changed the file since it was read; writing would lose that.
    #[error("another program has changed the file since it was read")]
    ChangedOutside,
    /// What would be written does not read back as the set. Never seen; if it
    /// is, it is a fault in Tandai.
    #[error("it would not read back as what you see, please report this fault ({0})")]
    Unfaithful(String),
}

/// The file of one annotator's set about one document, and what is known of its content.
///
/// Loading and saving go through the same store, so that a file is never
/// written over unless its content is what was last read or written here.
#[derive(Clone, Debug)]
pub struct SetStore {
    file: PathBuf,
    annotator: Annotator,
    known: Known,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Known {
    Absent,
    Content(Digest),
    /// Never to be written over.
    Unreadable,
}

impl SetStore {
    /// Reads what an annotator says about a document. Changes no file.
    pub fn load(
        project: &Project,
        annotator: &Annotator,
        document: &Document,
    ) -> (Self, SetOnDisk) {
        let file = Self::file(project, annotator, &document.path);
        let (known, found) = match std::fs::read(&file) {
            Err(error) if is_absence(&error) => (Known::Absent, SetOnDisk::Absent),
            Err(error) => {
                (Known::Unreadable, SetOnDisk::Unreadable(Problem::unreadable(&file, &error)))
            }
            Ok(bytes) => {
                let known = Known::Content(digest(&bytes));
                let read = String::from_utf8(bytes)
                    .map_err(|_| {
                        Problem::new(&file, ProblemKind::NotRon("it is not UTF-8".to_owned()))
                    })
                    .and_then(|content| record::read(&content, &file, document, annotator));
                match read {
                    Ok(set) => (known, SetOnDisk::Read(set)),
                    Err(problem) => (Known::Unreadable, SetOnDisk::Unreadable(problem)),
                }
            }
        };
        (Self { file, annotator: annotator.clone(), known }, found)
    }

    /// Writes a set, proves that it reads back, and returns when it is on the disk.
    ///
    /// # Errors
    /// When it could not be written or must not be.
    pub fn save(&mut self, set: &AnnotationSet, document: &Document) -> Result<(), SaveError> {
        let content = write::write(set, document);
        match record::read(&content, &self.file, document, &self.annotator) {
            Ok(read_back) if read_back == *set => {}
            Ok(_) => return Err(SaveError::Unfaithful("it reads back differently".to_owned())),
            Err(problem) => return Err(SaveError::Unfaithful(problem.to_string())),
        }
        let there = self.on_disk()?;
        // Where there is nothing, nothing can be written over.
        if self.known == Known::Unreadable || (there != self.known && there != Known::Absent) {
            return Err(SaveError::ChangedOutside);
        }
        let written = Known::Content(digest(content.as_bytes()));
        let replaced = atomic::replace(&self.file, content.as_bytes());
        // Also where only the folder could not be synced, what is there is ours.
        if replaced.is_ok() || self.on_disk().is_ok_and(|there| there == written) {
            self.known = written;
        }
        replaced.map_err(|error| SaveError::Io(plain_words(&error)))
    }

    /// Makes way for a save where another program has changed the file: renames
    /// it, and says what it is called now. Only what cannot be read stays.
    ///
    /// # Errors
    /// When it could not be renamed, or is not to be.
    pub fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        if self.known == Known::Unreadable {
            return Err(SaveError::ChangedOutside);
        }
        let failed = |error: io::Error| SaveError::Io(plain_words(&error));
        let name = |number: usize| {
            let mut name = self.file.clone().into_os_string();
            name.push(format!(".other-{number}"));
            PathBuf::from(name)
        };
        let mut number = 1;
        while name(number).exists() {
            number += 1;
        }
        let free = name(number);
        std::fs::rename(&self.file, &free).map_err(failed)?;
        self.known = Known::Absent;
        Ok(free)
    }

    /// Where an annotator's set about a document lies.
    pub fn file(project: &Project, annotator: &Annotator, document: &DocumentPath) -> PathBuf {
        let folder = project.annotations().join(annotator.as_str());
        file_below(&folder, document, SET_ENDING)
    }

    fn on_disk(&self) -> Result<Known, SaveError> {
        match std::fs::read(&self.file) {
            Ok(bytes) => Ok(Known::Content(digest(&bytes))),
            Err(error) if is_absence(&error) => Ok(Known::Absent),
            Err(error) => Err(SaveError::Io(plain_words(&error))),
        }
    }
}

/// Whether a file could not be read because nothing is there.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
