//! A project's files: what is read, what is written, and what is left alone.

mod bad;
mod decisions;
mod examined;
mod formats;
mod kept;
mod keys;
mod projects;
mod round_trip;
mod saving;
mod schema;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tandai::corpus::{Annotator, Document, DocumentPath};
use tandai::storage::{Project, SetOnDisk, SetStore, load_document};
use tempfile::TempDir;

/// A folder for one test, gone after it.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder that holds these files; `/` between folders.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (path, content) in files {
            folder.write(path, content);
        }
        folder
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        let mut path = self.0.path().to_path_buf();
        path.extend(below.split('/').filter(|part| !part.is_empty()));
        path
    }

    pub(crate) fn write(&self, path: &str, content: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path(path)).unwrap()
    }

    pub(crate) fn project(&self) -> Project {
        Project::at(self.0.path()).unwrap()
    }

    pub(crate) fn document(&self, path: &str) -> Document {
        load_document(&self.project(), &document_path(path)).unwrap().0
    }

    /// Ana's set about a document, and the store to save it through.
    pub(crate) fn load(&self, document: &Document) -> (SetStore, SetOnDisk) {
        SetStore::load(&self.project(), &ana(), document)
    }

    /// Every file with its content, every folder and link with what it is.
    pub(crate) fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        collect(self.0.path(), &mut found);
        found
    }
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() {
            collect(&path, found);
            found.insert(path, b"a folder".to_vec());
        } else if kind.is_symlink() {
            found.insert(path, b"a link".to_vec());
        } else {
            let content = std::fs::read(&path).unwrap();
            found.insert(path, content);
        }
    }
}

pub(crate) fn ana() -> Annotator {
    Annotator::new("ana").unwrap()
}

pub(crate) fn document_path(path: &str) -> DocumentPath {
    DocumentPath::new(path).unwrap()
}
