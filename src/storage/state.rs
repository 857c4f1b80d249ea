//! A project's local state: what helps this machine, is ignored by git, and may be deleted.

use std::io;
use std::path::PathBuf;

use super::Project;
use super::atomic::{create, make_folders};
use super::log::{Log, LogContent};
use crate::corpus::Annotator;

/// The folder's name in the project.
const STATE: &str = ".tandai";

impl Project {
    /// The folder of the local state; it may not be there.
    pub fn state(&self) -> PathBuf {
        self.root().join(STATE)
    }

    /// Makes the folder of the local state, and has git ignore it.
    ///
    /// # Errors
    /// As the system says.
    pub(super) fn make_state(&self) -> io::Result<()> {
        // Where the project was, nothing is made anew.
        if !self.files().has_folder(self.articles())? {
            return Err(io::ErrorKind::NotFound.into());
        }
        make_folders(self.files(), &self.state())?;
        let ignore = self.state().join(".gitignore");
        if !self.files().is_there(&ignore) {
            match create(self.files(), &ignore, b"*\n") {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Opens the journal of an annotator's work on this machine. Nothing is made until
    /// something is written.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn journal(&self, annotator: &Annotator) -> io::Result<(Log, LogContent)> {
        let file = self.journal_file(annotator);
        Log::open(self.clone(), file)
    }

    /// Where the journal of an annotator's work lies.
    pub fn journal_file(&self, annotator: &Annotator) -> PathBuf {
        self.state().join("journal").join(format!("{annotator}.log"))
    }
}
