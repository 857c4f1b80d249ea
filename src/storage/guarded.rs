use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::articles::digest;
use super::problem::plain_words;
use super::{Problem, ProblemKind, atomic};
use crate::corpus::Digest;

/// Why a file could not be saved. It is as it was before, or already as it is to
/// be but not surely on the disk.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SaveError {
    /// The system refused: a full disk, a folder that cannot be written to.
    #[error("its file could not be written ({0})")]
    Io(String),
    /// Another program changed the file since it was read; writing would lose that.
    #[error("another program has changed the file since it was read")]
    ChangedOutside,
    /// What would be written does not read back as what is meant. Never seen; if
    /// it is, it is a fault in Tandai.
    #[error("it would not read back as what you see, please report this fault ({0})")]
    Unfaithful(String),
}

/// A file that is written over only while its content is what was last read or
/// written here.
#[derive(Clone, Debug)]
pub(super) struct GuardedFile {
    path: PathBuf,
    known: Known,
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
        path: PathBuf,
        read: impl FnOnce(Option<&str>, &Path) -> Result<T, Problem>,
    ) -> (Self, Result<T, Problem>) {
        let (mut file, content) = Self::open(path);
        let value = content.and_then(|content| read(content.as_deref(), &file.path));
        if value.is_err() {
            file.known = Known::Unreadable;
        }
        (file, value)
    }

    fn open(path: PathBuf) -> (Self, Result<Option<String>, Problem>) {
        let (known, content) = match std::fs::read(&path) {
            Err(error) if is_absence(&error) => (Known::Absent, Ok(None)),
            Err(error) => (Known::Unreadable, Err(Problem::unreadable(&path, &error))),
            Ok(bytes) => {
                let known = Known::Content(digest(&bytes));
                if let Ok(content) = String::from_utf8(bytes) {
                    (known, Ok(Some(content)))
                } else {
                    let kind = ProblemKind::NotRon("it is not UTF-8".to_owned());
                    (Known::Unreadable, Err(Problem::new(&path, kind)))
                }
            }
        };
        (Self { path, known }, content)
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
        path: &Path,
        value: &T,
        content: &str,
        read: impl FnOnce(&str, &Path) -> Result<T, Problem>,
    ) -> Result<(), SaveError> {
        prove(path, value, content, read)?;
        atomic::create(path, content.as_bytes()).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => SaveError::ChangedOutside,
            _ => SaveError::Io(plain_words(&error)),
        })
    }

    /// Writes the content in one step and returns when it is on the disk.
    fn write(&mut self, content: &str) -> Result<(), SaveError> {
        let there = self.on_disk()?;
        // Where there is nothing, nothing can be written over.
        if self.known == Known::Unreadable || (there != self.known && there != Known::Absent) {
            return Err(SaveError::ChangedOutside);
        }
        let written = Known::Content(digest(content.as_bytes()));
        let replaced = atomic::replace(&self.path, content.as_bytes());
        // Also where only the folder could not be synced, what is there is ours.
        if replaced.is_ok() || self.on_disk().is_ok_and(|there| there == written) {
            self.known = written;
        }
        replaced.map_err(|error| SaveError::Io(plain_words(&error)))
    }

    /// Makes way for a save where another program has changed the file: renames
    /// it, and says what it is called now. Only what cannot be read stays.
    pub(super) fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        if self.known == Known::Unreadable {
            return Err(SaveError::ChangedOutside);
        }
        let failed = |error: io::Error| SaveError::Io(plain_words(&error));
        let name = |number: usize| {
            let mut name = self.path.clone().into_os_string();
            name.push(format!(".other-{number}"));
            PathBuf::from(name)
        };
        let mut number = 1;
        while name(number).exists() {
            number += 1;
        }
        let free = name(number);
        std::fs::rename(&self.path, &free).map_err(failed)?;
        self.known = Known::Absent;
        Ok(free)
    }

    fn on_disk(&self) -> Result<Known, SaveError> {
        match std::fs::read(&self.path) {
            Ok(bytes) => Ok(Known::Content(digest(&bytes))),
            Err(error) if is_absence(&error) => Ok(Known::Absent),
            Err(error) => Err(SaveError::Io(plain_words(&error))),
        }
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
