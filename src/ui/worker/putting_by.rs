//! Sets that wait to be written and are about a text that their article has no more: they are
//! kept apart from the file, which belongs to the text that is there now.

use std::io;
use std::path::{Path, PathBuf};

use super::desk::{Desk, Save};
use crate::corpus::Document;
use crate::session::{Content, Message};
use crate::storage::{Problem, ProblemKind, Project, SetStore, load_document, plain_words};

impl Desk {
    /// Keeps apart from their files the sets about a document that wait to be written and are about
    /// another text than this one.
    ///
    /// # Errors
    /// When one could not be written: it waits on, and the document cannot be worked on yet.
    pub(super) fn put_by_earlier(
        &mut self,
        project: &Project,
        document: &Document,
        report: &mut dyn FnMut(Message),
    ) -> Result<(), Problem> {
        let is_earlier = |save: &Save| match &save.content {
            Content::Set { project: of, document: about, .. } => {
                **of == *project && about.path == document.path && about.digest != document.digest
            }
            _ => false,
        };
        let waiting = self.unsaved.iter().filter(|(_, save)| is_earlier(save));
        let files: Vec<PathBuf> = waiting.map(|(file, _)| file.clone()).collect();
        for file in files {
            let Some(save) = self.unsaved.remove(&file) else { continue };
            if let Err(error) = self.put_by(&file, &save, report) {
                self.unsaved.insert(file.clone(), save);
                let kind = ProblemKind::Unwritable(plain_words(&error));
                return Err(Problem::new(file, kind));
            }
        }
        Ok(())
    }

    /// Keeps a set beside its file, or, where that cannot be or the name would be too long, with
    /// the earlier versions in the local state. Tells of it.
    pub(super) fn put_by(
        &mut self,
        file: &Path,
        save: &Save,
        report: &mut dyn FnMut(Message),
    ) -> io::Result<()> {
        let Content::Set { project, document, set } = &save.content else { return Ok(()) };
        let copy = SetStore::keep_beside(project, set, document)?;
        log::warn!("{} was kept as {}", file.display(), copy.display());
        self.journals.saved_with(&save.receipt.kept, save.noted);
        report(Message::PutBy(save.receipt.clone(), copy));
        Ok(())
    }
}

/// Whether what waits to be written is about a text that its article has no more.
pub(super) fn is_about_earlier_text(content: &Content) -> bool {
    match content {
        Content::Set { project, document, .. } => {
            let now = load_document(project, &document.path);
            now.is_ok_and(|(now, _)| now.digest != document.digest)
        }
        _ => false,
    }
}
