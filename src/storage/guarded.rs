use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::articles::digest;
use super::door::Door;
use super::problem::plain_words;
use super::reading::ReadFile;
use super::{Problem, ProblemKind, Project, atomic};
use crate::corpus::Digest;
use crate::text::into_without_mark;

/// Bytes of the largest file of work that is read: a set of more than 100,000 annotations.
const MOST_BYTES: u64 = 64 << 20;

/// Why a file could not be saved. It is as it was before, or already as it is to
/// be but not surely on the disk.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SaveError {
    /// The system refused: a full disk, a folder that cannot be written to.
    #[error("its file could not be written ({0})")]
    Io(String),
    /// The project's folder is gone: deleted, renamed, or on a disk that is not there.
    #[error("the project's folder is not there any more ({})", .0.display())]
    Away(PathBuf),
    /// It or its folder is a link that leads out of the project.
    #[error(
        "it or its folder is a link that leads out of the project; put what it leads to in its place"
    )]
    LeadsOut,
    /// The article has another text than the one that this is about.
    #[error("the article has another text now than when you changed this")]
    OtherText,
    /// Another program changed the file since it was read; writing would lose that.
    #[error("another program has changed the file since it was read")]
    ChangedOutside,
    /// Another program has removed the file. To bring it back is for the person to choose.
    #[error("another program has removed its file")]
    Removed,
    /// What would be written does not read back as what is meant. Never seen; if
    /// it is, it is a fault in Tandai.
    #[error("it would not read back as what you see, please report this fault ({0})")]
    Unfaithful(String),
}

/// A file that is written over only while its content is what was last read or
/// written here.
#[derive(Clone, Debug)]
pub(super) struct GuardedFile {
    files: Door,
    path: PathBuf,
    /// The project that it lies in, if it lies in one.
    project: Option<Project>,
    known: Known,
    /// What another program has made of it, which was told and is not taken in yet: until
    /// then it is not written over.
    told: Option<Told>,
    /// Whether it is on the disk that the folders around it are there.
    is_placed: bool,
}

#[derive(Clone, Debug)]
struct Told {
    content: Known,
    is_readable: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Known {
    Absent,
    Content(Digest),
    /// Never to be written over.
    Unreadable,
}

impl GuardedFile {
    /// Reads what a file holds; `read` is given `None` where there is none. What cannot
    /// be read is never written over from now on. Changes nothing.
    pub(super) fn load<T>(
        project: &Project,
        path: PathBuf,
        read: impl FnOnce(Option<&str>, &Path) -> Result<T, Problem>,
    ) -> (Self, Result<T, Problem>) {
        let project = project.clone();
        let files = project.files().clone();
        Self {
            files,
            path,
            project: Some(project),
            known: Known::Absent,
            told: None,
            is_placed: false,
        }
        .begin(read)
    }

    /// A file that is known to hold bytes of this digest.
    pub(super) fn holding(project: &Project, path: PathBuf, bytes: Digest) -> Self {
        let known = Known::Content(bytes);
        let (files, project) = (project.files().clone(), Some(project.clone()));
        Self { files, path, project, known, told: None, is_placed: false }
    }

    /// The same for a file outside projects.
    pub(super) fn load_apart<T>(
        files: Door,
        path: PathBuf,
        read: impl FnOnce(Option<&str>, &Path) -> Result<T, Problem>,
    ) -> (Self, Result<T, Problem>) {
        Self { files, path, project: None, known: Known::Absent, told: None, is_placed: false }
            .begin(read)
    }

    fn begin<T>(
        mut self,
        read: impl FnOnce(Option<&str>, &Path) -> Result<T, Problem>,
    ) -> (Self, Result<T, Problem>) {
        let value = self.read().and_then(|content| read(content.as_deref(), &self.path));
        if value.is_err() {
            self.known = Known::Unreadable;
        }
        (self, value)
    }

    fn read(&mut self) -> Result<Option<String>, Problem> {
        match read_work_file(&self.files, &self.path)? {
            None => {
                self.known = Known::Absent;
                Ok(None)
            }
            Some(file) => {
                self.known = Known::Content(digest(&file.bytes));
                text_of(&self.path, file.bytes).map(Some)
            }
        }
    }

    /// Reads the file again where another program has changed it; `None` where its content
    /// is what was last read, written or told here, or the system cannot say. It is not written
    /// over before [`Self::accept`] says that what it holds was taken in.
    pub(super) fn refresh<T>(
        &mut self,
        read: impl FnOnce(Option<&str>, &Path) -> Result<T, Problem>,
    ) -> Option<Result<T, Problem>> {
        let there = match self.on_disk() {
            Ok(there) => there,
            // A folder in its place will not be a file again by itself.
            Err(_) if self.files.is_folder(&self.path) => Known::Unreadable,
            Err(_) => return None,
        };
        // What is again as it was is told where something else was told in between.
        let is_as_told = self.told.as_ref().map_or(&self.known, |told| &told.content) == &there;
        if is_as_told {
            return None;
        }
        let known = self.known.clone();
        let value = self.read().and_then(|content| read(content.as_deref(), &self.path));
        let content = std::mem::replace(&mut self.known, known);
        let content = if value.is_ok() { content } else { there };
        self.told = Some(Told { content, is_readable: value.is_ok() });
        Some(value)
    }

    /// What the file holds since it was told was taken in, and may be written over. Returns
    /// whether anything was told.
    pub(super) fn accept(&mut self) -> bool {
        let told = self.told.take_if(|told| told.is_readable);
        let is_told = told.is_some();
        if let Some(told) = told {
            self.known = told.content;
        }
        is_told
    }

    /// Whether what stands in the way of a save was told and is being taken in.
    pub(super) fn waits(&self) -> bool {
        let is_readable = self.told.as_ref().is_some_and(|told| told.is_readable);
        is_readable && self.on_disk().is_ok_and(|there| self.is_told(&there))
    }

    fn is_told(&self, there: &Known) -> bool {
        self.told.as_ref().is_some_and(|told| told.content == *there)
    }

    /// Writes a value, which is proved to read back, and returns when it is on the disk.
    pub(super) fn save<T: PartialEq>(
        &mut self,
        value: &T,
        content: &str,
        read: impl FnOnce(&str, &Path) -> Result<T, Problem>,
    ) -> Result<(), SaveError> {
        prove(&self.path, value, content, read)?;
        self.write(content)
    }

    /// The same for a file that must not be there yet.
    pub(super) fn create<T: PartialEq>(
        project: &Project,
        path: &Path,
        value: &T,
        content: &str,
        read: impl FnOnce(&str, &Path) -> Result<T, Problem>,
    ) -> Result<(), SaveError> {
        prove(path, value, content, read)?;
        refuse_outside(project, path)?;
        let created = atomic::create(project.files(), path, content.as_bytes());
        created.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => SaveError::ChangedOutside,
            _ => SaveError::Io(plain_words(&error)),
        })
    }

    /// Writes the content in one step and returns when it is on the disk.
    fn write(&mut self, content: &str) -> Result<(), SaveError> {
        if let Some(project) = &self.project {
            refuse_outside(project, &self.path)?;
        }
        let there = self.on_disk()?;
        // Where there is nothing, nothing can be written over.
        if self.known == Known::Unreadable || (there != self.known && there != Known::Absent) {
            return Err(SaveError::ChangedOutside);
        }
        let place = self.place_to_write()?;
        let written = Known::Content(digest(content.as_bytes()));
        let replaced = atomic::replace(&self.files, &place, content.as_bytes());
        let replaced = replaced.and_then(|()| self.place());
        // Also where only the folder could not be synced, what is there is ours.
        if replaced.is_ok() || self.on_disk().is_ok_and(|there| there == written) {
            self.known = written;
            self.told = None;
        }
        replaced.map_err(|error| SaveError::Io(plain_words(&error)))
    }

    fn place(&mut self) -> io::Result<()> {
        if let Some(project) = self.project.as_ref().filter(|_| !self.is_placed) {
            atomic::sync_around(&self.files, &self.path, project.root())?;
            self.is_placed = true;
        }
        Ok(())
    }

    /// Makes way for a save where another program has changed the file: renames
    /// it, and says what it is called now. Only what cannot be read stays.
    pub(super) fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        if self.known == Known::Unreadable {
            return Err(SaveError::ChangedOutside);
        }
        let free = atomic::set_aside(&self.files, &self.path)
            .map_err(|error| SaveError::Io(plain_words(&error)))?;
        self.known = Known::Absent;
        self.told = None;
        Ok(free)
    }

    /// Where the file's content lies: where a link leads to, if it is one.
    fn place_to_write(&self) -> Result<PathBuf, SaveError> {
        let Ok(real) = self.files.real(&self.path) else { return Ok(self.path.clone()) };
        let look = self.files.look(&real).map_err(|error| SaveError::Io(plain_words(&error)))?;
        if look.is_read_only {
            // Who protects a file means it, also from one who could write beside it.
            return Err(SaveError::Io("the file is protected from being written".to_owned()));
        }
        let folder = self.path.parent().and_then(|folder| self.files.real(folder).ok());
        let is_link = folder
            .zip(self.path.file_name())
            .is_some_and(|(folder, name)| real != folder.join(name));
        match &self.project {
            _ if !is_link => Ok(self.path.clone()),
            Some(project) if !real.starts_with(project.root()) => Err(SaveError::LeadsOut),
            _ => Ok(real),
        }
    }

    fn on_disk(&self) -> Result<Known, SaveError> {
        match self.files.read(&self.path) {
            Ok(bytes) => Ok(Known::Content(digest(&bytes))),
            Err(error) if is_absence(&error) => Ok(Known::Absent),
            Err(error) => Err(SaveError::Io(plain_words(&error))),
        }
    }
}

/// The content of a file of work; `None` where there is no file.
///
/// # Errors
/// When the system refuses, or it is no text, or larger than any work is.
pub(super) fn read_work(files: &Door, path: &Path) -> Result<Option<String>, Problem> {
    let file = read_work_file(files, path)?;
    file.map(|file| text_of(&file.file, file.bytes)).transpose()
}

/// A file of work; `None` where there is none.
///
/// # Errors
/// When the system refuses, or it is larger than any work is.
pub(super) fn read_work_file(files: &Door, path: &Path) -> Result<Option<ReadFile>, Problem> {
    ReadFile::if_there(files, path, MOST_BYTES)
}

/// The content of a file of work, of which these are the bytes. The mark that some editors begin
/// files with is no part of it.
///
/// # Errors
/// When it is no text.
pub(super) fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, Problem> {
    let not_text = |_| Problem::new(path, ProblemKind::NotRon("it is not UTF-8".to_owned()));
    String::from_utf8(bytes).map(into_without_mark).map_err(not_text)
}

/// Refuses to write where the project's folder is gone, or a link leads out of it.
fn refuse_outside(project: &Project, path: &Path) -> Result<(), SaveError> {
    let files = project.files();
    if !files.is_folder(project.articles()) {
        return Err(SaveError::Away(project.root().to_path_buf()));
    }
    let there = path.ancestors().skip(1).find_map(|above| files.real(above).ok());
    if there.is_some_and(|real| real.starts_with(project.root())) {
        Ok(())
    } else {
        Err(SaveError::LeadsOut)
    }
}

/// Proves that what is to be written reads back as what is meant.
fn prove<T: PartialEq>(
    path: &Path,
    value: &T,
    content: &str,
    read: impl FnOnce(&str, &Path) -> Result<T, Problem>,
) -> Result<(), SaveError> {
    match read(content, path) {
        Ok(read_back) if read_back == *value => Ok(()),
        Ok(_) => Err(SaveError::Unfaithful("it reads back differently".to_owned())),
        Err(problem) => Err(SaveError::Unfaithful(problem.to_string())),
    }
}

/// Whether a file could not be read because nothing is there.
pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
