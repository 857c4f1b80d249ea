//! Reading a file whole, unless it is none or would fill the memory.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::door::{Door, Kind, Look};
use super::guarded::is_absence;
use super::stamp::Stamp;
use super::{Problem, ProblemKind};

/// A file that was read, and what it was then.
pub(super) struct ReadFile {
    pub(super) file: PathBuf,
    pub(super) bytes: Vec<u8>,
    look: Look,
    /// When it was begun to be read.
    at: SystemTime,
}

impl ReadFile {
    /// Reads a file of `most` bytes at most.
    ///
    /// # Errors
    /// When it is not there, is a pipe, a device and the like, is larger, or the system
    /// refuses.
    pub(super) fn at(files: &Door, file: &Path, most: u64) -> Result<Self, Problem> {
        let read = Self::if_there(files, file, most)?;
        read.ok_or_else(|| Problem::unreadable(file, &io::ErrorKind::NotFound.into()))
    }

    /// The same; `None` where there is no file.
    ///
    /// # Errors
    /// When it is a pipe, a device and the like, is larger, or the system refuses.
    pub(super) fn if_there(files: &Door, file: &Path, most: u64) -> Result<Option<Self>, Problem> {
        let at = SystemTime::now();
        match files.read_at_most(file, most) {
            Ok((look, Some(bytes))) => Ok(Some(Self { file: file.to_path_buf(), bytes, look, at })),
            Ok((look, None)) => {
                let too_large = ProblemKind::TooLarge { bytes: look.bytes, most };
                Err(no_file(file, look.kind).unwrap_or_else(|| Problem::new(file, too_large)))
            }
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(Problem::unreadable(file, &error)),
        }
    }

    /// What tells it from what it will be.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp::new(&self.look, self.at, None)
    }

    /// The same, also where it is written again as it is.
    pub(super) fn stamp_of_content(&self) -> Stamp {
        Stamp::new(&self.look, self.at, Some(&self.bytes))
    }
}

/// What is wrong with something that is to be read and is no file.
pub(super) fn no_file(file: &Path, kind: Kind) -> Option<Problem> {
    match kind {
        Kind::File | Kind::Link => None,
        Kind::Folder => Some(Problem::unreadable(file, &io::ErrorKind::IsADirectory.into())),
        Kind::Other => Some(Problem::new(file, ProblemKind::NotAFile)),
    }
}
