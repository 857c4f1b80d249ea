use std::io;
use std::path::{Path, PathBuf};

use super::canonical::quoted;
use super::guarded::{GuardedFile, SaveError, read_work, read_work_file, text_of};
use super::names::{EARLIER, SET_ENDING, document_path, file_below};
use super::page::write_copy;
use super::problem::plain_words;
use super::reading::ReadFile;
use super::{Problem, Project, SetVersion, record, write};
use crate::corpus::{AnnotationSet, Annotator, Digest, Document, DocumentPath, Status};

/// Bytes in which the head of a set is to be found, unless its document has a long name.
const HEAD_BYTES: usize = 400;

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

impl SetOnDisk {
    /// Whether it is in a newer format than is known here.
    pub fn is_newer(&self) -> bool {
        matches!(self, Self::Unreadable(problem) if problem.kind.is_newer_format())
    }

    fn of(read: Result<Option<AnnotationSet>, Problem>) -> Self {
        match read {
            Ok(Some(set)) => Self::Read(set),
            Ok(None) => Self::Absent,
            Err(problem) => Self::Unreadable(problem),
        }
    }
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
    let (_, start) = project.files().read_start(file, HEAD_BYTES).ok()?;
    record::peek_head(&String::from_utf8_lossy(&start))
        .or_else(|| record::peek_status(&read_work(project.files(), file).ok()??))
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
    let set = read_work_file(project.files(), &file);
    SetOnDisk::of(
        set.and_then(|set| set.map(|set| read_file(set, document, annotator)).transpose()),
    )
}

/// Proves a set whose file was read.
pub(super) fn read_file(
    set: ReadFile,
    document: &Document,
    annotator: &Annotator,
) -> Result<AnnotationSet, Problem> {
    let content = text_of(&set.file, set.bytes)?;
    record::read(&content, &set.file, document, annotator)
}

/// The file of one annotator's set about one document, and what is known of its content.
///
/// Loading and saving go through the same store, so that a file is never
/// written over unless its content is what was last read or written here.
#[derive(Clone, Debug)]
pub struct SetStore {
    file: GuardedFile,
    annotator: Annotator,
    /// The text that the set is about. What is about another one is neither written nor told.
    text: Digest,
    /// What the file held when it was last read or written here.
    last: Option<AnnotationSet>,
    /// The same of what was told and is not taken in yet.
    told: Option<AnnotationSet>,
    /// What the file held before another program removed it, once that was taken in.
    gone: Option<AnnotationSet>,
}

/// What another program has made of a set's file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangedSet {
    /// The text that both are about.
    pub text: Digest,
    /// What the file held when it was last read or written here.
    pub before: Option<AnnotationSet>,
    /// What it holds now.
    pub now: SetOnDisk,
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
        let last = set.as_ref().ok().cloned().flatten();
        let (annotator, text) = (annotator.clone(), document.digest.clone());
        (Self { file, annotator, text, last, told: None, gone: None }, SetOnDisk::of(set))
    }

    /// Reads the file again where another program has changed it; `None` where none has, or
    /// the document has another text now. It is not written over before [`Self::accept`].
    pub fn refresh(&mut self, document: &Document) -> Option<ChangedSet> {
        if document.digest != self.text {
            return None;
        }
        let annotator = &self.annotator;
        let set = self.file.refresh(|content, file| {
            content.map(|content| record::read(content, file, document, annotator)).transpose()
        })?;
        self.told = set.as_ref().ok().cloned().flatten();
        let text = self.text.clone();
        // What comes back after it was removed is compared with what it was then.
        let before = self.last_or_gone().cloned();
        Some(ChangedSet { text, before, now: SetOnDisk::of(set) })
    }

    /// What was told by [`Self::refresh`] was taken in, and may be written over.
    pub fn accept(&mut self) {
        // A set that was there from the first was read, and not told.
        if self.file.accept() {
            let before = std::mem::replace(&mut self.last, self.told.take());
            self.gone = before.filter(|_| self.last.is_none()).or(self.gone.take());
        }
    }

    /// The set that the file held last, also where another program has removed it since; `None`
    /// where it is about another text than the document's.
    pub fn last_known(&self, document: &Document) -> Option<&AnnotationSet> {
        self.last_or_gone().filter(|_| document.digest == self.text)
    }

    fn last_or_gone(&self) -> Option<&AnnotationSet> {
        self.last.as_ref().or(self.gone.as_ref())
    }

    /// Whether what stands in the way of a save was told and is being taken in.
    pub fn waits(&self) -> bool {
        self.file.waits()
    }

    /// Writes a set, proves that it reads back, and returns when it is on the disk.
    ///
    /// # Errors
    /// When it could not be written or must not be, as where it is about another text than
    /// the store was loaded for.
    pub fn save(&mut self, set: &AnnotationSet, document: &Document) -> Result<(), SaveError> {
        if document.digest != self.text {
            return Err(SaveError::OtherText);
        }
        let content = write::write(set, document);
        self.file.save(set, &content, |content, file| {
            record::read(content, file, document, &self.annotator)
        })?;
        self.last = Some(set.clone());
        self.gone = None;
        Ok(())
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

    /// Writes a set over an earlier version of it, which is about another text of the
    /// document. A copy of that is kept in the project's local state; returns its place.
    ///
    /// # Errors
    /// When it could not be written, or the file is not that version any more.
    pub fn replace_earlier(
        project: &Project,
        earlier: &SetVersion,
        set: &AnnotationSet,
        document: &Document,
    ) -> Result<PathBuf, SaveError> {
        let annotator = set.annotator();
        let path = Self::file(project, annotator, &document.path);
        let copy = Self::earlier_file(project, annotator, &document.path);
        let copy = write_copy(project.files(), &copy, &earlier.content)
            .map_err(|error| SaveError::Io(plain_words(&error)))?;
        let mut file = GuardedFile::holding(project, path, earlier.bytes.clone());
        let content = write::write(set, document);
        file.save(set, &content, |content, file| record::read(content, file, document, annotator))?;
        Ok(copy)
    }

    /// Keeps a set about an earlier text of its document beside its file or, where that cannot
    /// be or the name would be too long, with the earlier versions in the project's local
    /// state. Returns its place.
    ///
    /// # Errors
    /// As the system says.
    pub fn keep_beside(
        project: &Project,
        set: &AnnotationSet,
        document: &Document,
    ) -> io::Result<PathBuf> {
        let content = Self::text(set, document);
        let mut beside = Self::file(project, set.annotator(), &document.path).into_os_string();
        beside.push(EARLIER);
        write_copy(project.files(), Path::new(&beside), &content)
            .or_else(|_| Self::keep_earlier(project, set, document))
    }

    /// Keeps a set about an earlier text of its document with the earlier versions in the
    /// project's local state. Returns its place.
    ///
    /// # Errors
    /// As the system says.
    pub fn keep_earlier(
        project: &Project,
        set: &AnnotationSet,
        document: &Document,
    ) -> io::Result<PathBuf> {
        let earlier = Self::earlier_file(project, set.annotator(), &document.path);
        write_copy(project.files(), &earlier, &Self::text(set, document))
    }

    /// Makes way for a save where another program has changed the file: renames
    /// it, and says what it is called now. Only what cannot be read stays.
    ///
    /// # Errors
    /// When it could not be renamed, or is not to be.
    pub fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        self.file.set_aside()
    }

    /// A set as a file has it.
    pub fn text(set: &AnnotationSet, document: &Document) -> String {
        write::write(set, document)
    }

    /// Where an annotator's set about a document lies.
    pub fn file(project: &Project, annotator: &Annotator, document: &DocumentPath) -> PathBuf {
        file_below(&project.annotator_folder(annotator), document, SET_ENDING)
    }

    /// Where copies of an annotator's sets about earlier texts of a document lie.
    pub fn earlier_file(
        project: &Project,
        annotator: &Annotator,
        document: &DocumentPath,
    ) -> PathBuf {
        let copies = project.state().join("earlier").join(annotator.as_str());
        file_below(&copies, document, SET_ENDING)
    }

    /// The document that a file of this name would be an annotator's set about, whether it is
    /// there or not.
    pub fn document_named(
        project: &Project,
        annotator: &Annotator,
        file: &Path,
    ) -> Option<DocumentPath> {
        let folder = project.annotator_folder(annotator);
        let document = file.to_str()?.strip_suffix(SET_ENDING)?;
        document_path(&folder, Path::new(document).strip_prefix(&folder).ok()?).ok()
    }
}
