//! A project's local state: what helps this machine, is ignored by git, and may be deleted.

use std::io;
use std::path::PathBuf;

use super::Project;
use super::atomic::{create, make_folders};
use super::log::{Log, LogContent};
use crate::corpus::{Annotator, Digest, Document};
use crate::text::Text;

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

    /// Keeps the text of a document that is annotated, so that it can be compared with what
    /// the article is some day.
    ///
    /// # Errors
    /// As the system says.
    pub fn keep_text(&self, document: &Document) -> io::Result<()> {
        let file = self.text_file(&document.digest);
        if self.files().is_there(&file) {
            return Ok(());
        }
        self.make_state()?;
        match create(self.files(), &file, document.text.as_str().as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(()),
        }
    }

    /// An earlier text of an article, if it was kept here.
    pub fn earlier_text(&self, digest: &Digest) -> Option<Text> {
        let bytes = self.files().read(&self.text_file(digest)).ok()?;
        String::from_utf8(bytes).ok().map(Text::new)
    }

    fn text_file(&self, digest: &Digest) -> PathBuf {
        // What stands in a file as a digest need not be one.
        let name: String = digest.as_hex().chars().filter(char::is_ascii_alphanumeric).collect();
        self.state().join("texts").join(format!("{name}.txt"))
    }

    /// Where the journal of an annotator's work lies.
    pub fn journal_file(&self, annotator: &Annotator) -> PathBuf {
        self.state().join("journal").join(format!("{annotator}.log"))
    }
}
