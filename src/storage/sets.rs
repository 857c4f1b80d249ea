use std::path::{Path, PathBuf};

use super::canonical::quoted;
use super::guarded::{GuardedFile, SaveError, read_work};
use super::names::{SET_ENDING, file_below};
use super::{Problem, Project, record, write};
use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Status};

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

/// How many days ago a file was written last, by the system's clock; `None` where there is
/// none. What git or a sync folder has just copied counts as new.
pub fn days_since_written(project: &Project, file: &Path) -> Option<u32> {
    let written = project.files().look(file).ok()?.modified?;
    let seconds = written.elapsed().map_or(0, |elapsed| elapsed.as_secs());
    u32::try_from(seconds / 86_400).ok()
}

/// The status that the set in a file has; `None` where there is none that can be
/// read. Proves nothing, for a quick look at many.
pub fn peek_status(project: &Project, file: &Path) -> Option<Status> {
    record::peek_status(&read_work(project.files(), file).ok()??)
}

/// Whether any annotator's set about a document has one of these strings in it,
/// quoted as names are, or cannot be read. Proves nothing, for a quick look at many.
pub fn any_set_has(project: &Project, document: &DocumentPath, names: &[String]) -> bool {
    let quoted: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    project.annotators().0.iter().any(|annotator| {
        let file = SetStore::file(project, annotator, document);
        match read_work(project.files(), &file) {
            Ok(Some(content)) => quoted.iter().any(|name| content.contains(name.as_str())),
            Ok(None) => false,
            // What cannot be read may have it.
            Err(_) => true,
        }
    })
}

/// Reads and proves a set that is not going to be written here.
pub(super) fn read(project: &Project, annotator: &Annotator, document: &Document) -> SetOnDisk {
    let file = SetStore::file(project, annotator, &document.path);
    let set = match read_work(project.files(), &file) {
        Ok(Some(content)) => record::read(&content, &file, document, annotator),
        Ok(None) => return SetOnDisk::Absent,
        Err(problem) => Err(problem),
    };
    set.map_or_else(SetOnDisk::Unreadable, SetOnDisk::Read)
}

/// The file of one annotator's set about one document, and what is known of its content.
///
/// Loading and saving go through the same store, so that a file is never
/// written over unless its content is what was last read or written here.
#[derive(Clone, Debug)]
pub struct SetStore {
    file: GuardedFile,
    annotator: Annotator,
}

impl SetStore {
    /// Reads what an annotator says about a document. Changes no file.
    pub fn load(
        project: &Project,
        annotator: &Annotator,
        document: &Document,
    ) -> (Self, SetOnDisk) {
        let path = Self::file(project, annotator, &document.path);
        let (file, set) = GuardedFile::load(project, path, |content, file| {
            content.map(|content| record::read(content, file, document, annotator)).transpose()
        });
        let found = match set {
            Ok(Some(set)) => SetOnDisk::Read(set),
            Ok(None) => SetOnDisk::Absent,
            Err(problem) => SetOnDisk::Unreadable(problem),
        };
        (Self { file, annotator: annotator.clone() }, found)
    }

    /// Writes a set, proves that it reads back, and returns when it is on the disk.
    ///
    /// # Errors
    /// When it could not be written or must not be.
    pub fn save(&mut self, set: &AnnotationSet, document: &Document) -> Result<(), SaveError> {
        let content = write::write(set, document);
        self.file.save(set, &content, |content, file| {
            record::read(content, file, document, &self.annotator)
        })
    }

    /// Writes a set where there is none yet, as [`Self::save`] does, but never over a file
    /// that has come meanwhile.
    ///
    /// # Errors
    /// When it could not be written or something is there.
    pub fn create(
        project: &Project,
        set: &AnnotationSet,
        document: &Document,
    ) -> Result<(), SaveError> {
        let path = Self::file(project, set.annotator(), &document.path);
        let content = write::write(set, document);
        GuardedFile::create(project, &path, set, &content, |content, file| {
            record::read(content, file, document, set.annotator())
        })
    }

    /// Makes way for a save where another program has changed the file: renames
    /// it, and says what it is called now. Only what cannot be read stays.
    ///
    /// # Errors
    /// When it could not be renamed, or is not to be.
    pub fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        self.file.set_aside()
    }

    /// Where an annotator's set about a document lies.
    pub fn file(project: &Project, annotator: &Annotator, document: &DocumentPath) -> PathBuf {
        let folder = project.annotations().join(annotator.as_str());
        file_below(&folder, document, SET_ENDING)
    }
}
