//! What an import adds to a project. Nothing that is there is written over: what is
//! there already must be the same.

use std::io;
use std::path::Path;

use super::decode::decode;
use super::door::{Door, Listed};
use super::problem::plain_words;
use super::{Problem, ProblemKind, Project, SetOnDisk, SetStore, atomic, load_document, metadata};
use crate::corpus::{AnnotationSet, Document, DocumentPath, Metadata};

/// Whether something was added or was there already, just so.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Addition {
    /// It is new.
    Added,
    /// The very same was there.
    AlreadyThere,
}

impl Project {
    /// The project in a folder, which is made, and made a project, where it is none yet:
    /// a folder that is not there or has nothing in it gets `seeds` and `annotations`.
    ///
    /// # Errors
    /// When it cannot be read or made.
    pub fn at_or_new(folder: &Path) -> Result<Self, Problem> {
        let files = Door::disk();
        let made = || -> io::Result<()> {
            atomic::make_folders(&files, folder)?;
            let is_hidden = |entry: &Listed| entry.name.to_string_lossy().starts_with('.');
            let is_empty = files.list(folder)?.iter().all(is_hidden);
            let is_seeds = folder.file_name().is_some_and(|name| name == "seeds");
            if is_empty && !is_seeds {
                atomic::make_folders(&files, &folder.join("seeds"))?;
                atomic::make_folders(&files, &folder.join("annotations"))?;
            }
            Ok(())
        };
        made().map_err(|error| unwritable(folder, &error))?;
        Self::at(folder)
    }

    /// Takes away the folders that [`Self::at_or_new`] made, where nothing has come into
    /// them.
    pub fn take_back(&self) {
        let has_articles = self.articles() == self.root().join("seeds");
        let folders = [self.annotations(), self.articles().to_path_buf()];
        for folder in folders.iter().filter(|_| has_articles) {
            // One that is not empty stays, which is what is wanted.
            let _ = self.files().remove_folder(folder);
        }
    }
}

/// What would become of a document with this text: the document that is there, or
/// `None` where it would be new. Changes nothing.
///
/// # Errors
/// When another text has the name.
pub fn compare_document(
    project: &Project,
    path: &DocumentPath,
    text: &str,
) -> Result<Option<Document>, Problem> {
    if !project.files().is_there(&project.article_file(path)) {
        return Ok(None);
    }
    let (document, _) = load_document(project, path)?;
    if document.text.as_str() == text {
        Ok(Some(document))
    } else {
        Err(Problem::new(project.article_file(path), ProblemKind::TextDiffers))
    }
}

/// Adds a document with this text, or finds it there with the same text.
///
/// # Errors
/// When another text has the name, or it cannot be written.
pub fn add_document(
    project: &Project,
    path: &DocumentPath,
    text: &str,
) -> Result<(Document, Addition), Problem> {
    let file = project.article_file(path);
    if decode(text.as_bytes().to_vec()).text != text {
        return Err(Problem::new(file, ProblemKind::TextUnfit));
    }
    let addition = add_bytes(project, path, text.as_bytes(), |there| decode(there).text == text)?;
    let (document, _) = load_document(project, path)?;
    Ok((document, addition))
}

/// Adds a file of text as it is, or finds the very same there.
///
/// # Errors
/// As [`add_document`].
pub fn add_text_file(
    project: &Project,
    path: &DocumentPath,
    bytes: &[u8],
) -> Result<Addition, Problem> {
    add_bytes(project, path, bytes, |there| there == bytes)
}

/// What would become of a file of text. Changes nothing.
///
/// # Errors
/// When another text has the name, or no article can have it.
pub fn compare_text_file(
    project: &Project,
    path: &DocumentPath,
    bytes: &[u8],
) -> Result<Addition, Problem> {
    compare_bytes(project, path, |there| there == bytes)
}

fn compare_bytes(
    project: &Project,
    path: &DocumentPath,
    is_same: impl FnOnce(Vec<u8>) -> bool,
) -> Result<Addition, Problem> {
    let file = project.article_file(path);
    if file.starts_with(project.annotations()) {
        return Err(Problem::new(file, ProblemKind::NameUnfit));
    }
    let Ok(there) = project.files().read(&file) else { return Ok(Addition::Added) };
    let same = is_same(there).then_some(Addition::AlreadyThere);
    same.ok_or_else(|| Problem::new(file, ProblemKind::TextDiffers))
}

fn add_bytes(
    project: &Project,
    path: &DocumentPath,
    bytes: &[u8],
    is_same: impl FnOnce(Vec<u8>) -> bool,
) -> Result<Addition, Problem> {
    let file = project.article_file(path);
    if compare_bytes(project, path, is_same)? == Addition::AlreadyThere {
        return Ok(Addition::AlreadyThere);
    }
    match atomic::create(project.files(), &file, bytes) {
        Ok(()) => Ok(Addition::Added),
        // Another part of the same import was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match project.files().read(&file) {
                Ok(there) if there == bytes => Ok(Addition::AlreadyThere),
                _ => Err(Problem::new(file, ProblemKind::TextDiffers)),
            }
        }
        Err(error) => Err(unwritable(&file, &error)),
    }
}

/// Adds a document's metadata, or finds the same there.
///
/// # Errors
/// When others are there, or they cannot be written.
pub fn add_metadata(
    project: &Project,
    path: &DocumentPath,
    fields: &Metadata,
) -> Result<Addition, Problem> {
    let file = metadata::file(project, path);
    let there = metadata::load(project, path)?;
    if there == *fields {
        return Ok(Addition::AlreadyThere);
    }
    match atomic::create(project.files(), &file, metadata::write(fields).as_bytes()) {
        Ok(()) => Ok(Addition::Added),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            match metadata::load(project, path) {
                Ok(there) if there == *fields => Ok(Addition::AlreadyThere),
                _ => Err(Problem::new(file, ProblemKind::MetadataDiffers)),
            }
        }
        Err(error) => Err(unwritable(&file, &error)),
    }
}

/// Adds a set about a document, or finds the same there.
///
/// # Errors
/// When the annotator has another set about it, or it cannot be written.
pub fn add_set(
    project: &Project,
    set: &AnnotationSet,
    document: &Document,
) -> Result<Addition, Problem> {
    if compare_set(project, set, document)? == Addition::AlreadyThere {
        return Ok(Addition::AlreadyThere);
    }
    let file = SetStore::file(project, set.annotator(), &document.path);
    let created = SetStore::create(project, set, document);
    created.map_err(|error| Problem::new(file, ProblemKind::Unsaved(error.to_string())))?;
    Ok(Addition::Added)
}

/// What would become of a set. Changes nothing.
///
/// # Errors
/// When the annotator has another set about the document, or one that cannot be read.
pub fn compare_set(
    project: &Project,
    set: &AnnotationSet,
    document: &Document,
) -> Result<Addition, Problem> {
    match SetStore::load(project, set.annotator(), document).1 {
        SetOnDisk::Absent => Ok(Addition::Added),
        SetOnDisk::Read(there) if there == *set => Ok(Addition::AlreadyThere),
        SetOnDisk::Read(_) => {
            let file = SetStore::file(project, set.annotator(), &document.path);
            Err(Problem::new(file, ProblemKind::SetDiffers(set.annotator().to_string())))
        }
        SetOnDisk::Unreadable(problem) => Err(problem),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(path, ProblemKind::Unwritable(plain_words(error)))
}
