use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::names::{document_path, file_below, is_article};
use super::{Problem, ProblemKind};
use crate::corpus::{Annotator, DocumentPath};

const SEEDS: &str = "seeds";
const ANNOTATIONS: &str = "annotations";

/// A folder of articles and what is said about them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Project {
    root: PathBuf,
    articles: PathBuf,
}

impl Project {
    /// The project that a folder is.
    ///
    /// One that holds `seeds` is a project; one that is itself named `seeds`
    /// belongs to its parent; any other is a project whose documents lie in it.
    ///
    /// # Errors
    /// When it is not a folder that can be read.
    pub fn at(folder: &Path) -> Result<Self, Problem> {
        let folder = folder.canonicalize().map_err(|error| Problem::unreadable(folder, &error))?;
        std::fs::read_dir(&folder).map_err(|error| Problem::unreadable(&folder, &error))?;
        let seeds = folder.join(SEEDS);
        if seeds.is_dir() {
            return Ok(Self { root: folder, articles: seeds });
        }
        match folder.parent().filter(|_| folder.file_name().is_some_and(|name| name == SEEDS)) {
            Some(parent) => Ok(Self { root: parent.to_path_buf(), articles: folder }),
            None => Ok(Self { root: folder.clone(), articles: folder }),
        }
    }

    /// The nearest project at or above a folder: one with `seeds`, or else the
    /// folder itself if articles lie in it.
    ///
    /// # Errors
    /// When there is none.
    pub fn nearest(folder: &Path) -> Result<Self, Problem> {
        let folder = folder.canonicalize().map_err(|error| Problem::unreadable(folder, &error))?;
        if let Some(root) = folder.ancestors().find(|above| above.join(SEEDS).is_dir()) {
            return Self::at(root);
        }
        let entries =
            std::fs::read_dir(&folder).map_err(|error| Problem::unreadable(&folder, &error))?;
        if entries.flatten().any(|entry| is_article(&entry.path())) {
            return Self::at(&folder);
        }
        Err(Problem::new(folder, ProblemKind::NoProject))
    }

    /// The project's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The name of the project's folder.
    pub fn name(&self) -> String {
        let name = self.root.file_name().unwrap_or(self.root.as_os_str());
        name.to_string_lossy().into_owned()
    }

    /// The folder that the articles lie in.
    pub fn articles(&self) -> &Path {
        &self.articles
    }

    /// The folder that the annotators' folders lie in; it may not be there yet.
    pub fn annotations(&self) -> PathBuf {
        self.root.join(ANNOTATIONS)
    }

    /// Whether a folder lies among the articles or the sets. Where the articles lie in the
    /// project's folder itself, one beside them is among them only `with_texts` in it.
    pub fn holds(&self, folder: &Path, with_texts: bool) -> bool {
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        // The folder need not be there yet; what it lies in is.
        let real = absolute.ancestors().find_map(|above| {
            let mut real = above.canonicalize().ok()?;
            for part in absolute.strip_prefix(above).ok()?.components() {
                match part {
                    std::path::Component::ParentDir => drop(real.pop()),
                    part => real.push(part),
                }
            }
            Some(real)
        });
        let folder = real.unwrap_or(absolute);
        let apart = self.articles != self.root || with_texts;
        (folder.starts_with(&self.articles) && apart)
            || folder.starts_with(self.annotations())
            || folder == self.root
    }

    /// The file of a document.
    pub fn article_file(&self, document: &DocumentPath) -> PathBuf {
        file_below(&self.articles, document, "")
    }

    /// The document that a file is, if it lies among the project's articles.
    pub fn document_of_file(&self, file: &Path) -> Option<DocumentPath> {
        let file = file.canonicalize().ok()?;
        if !file.starts_with(&self.articles) || !is_article(&file) {
            return None;
        }
        document_path(&self.articles, &file).ok()
    }

    /// All documents, sorted by their paths, and the files that cannot be taken.
    ///
    /// Hidden files and folders are passed over; links are followed, but not in circles.
    pub fn documents(&self) -> (Vec<DocumentPath>, Vec<Problem>) {
        let annotations = self.annotations();
        let searched = |entry: &walkdir::DirEntry| {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            entry.depth() == 0 || (!hidden && entry.path() != annotations)
        };
        let mut documents = Vec::new();
        let mut problems = Vec::new();
        let walk = WalkDir::new(&self.articles).follow_links(true);
        for entry in walk.into_iter().filter_entry(searched) {
            match entry {
                Ok(entry) if entry.file_type().is_file() && is_article(entry.path()) => {
                    match document_path(&self.articles, entry.path()) {
                        Ok(document) => documents.push(document),
                        Err(problem) => problems.push(problem),
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(&self.articles).to_path_buf();
                    problems.push(Problem::unreadable(&path, &error.into()));
                }
            }
        }
        documents.sort();
        (documents, problems)
    }

    /// Everyone who has a folder of sets, sorted by name.
    pub fn annotators(&self) -> (Vec<Annotator>, Vec<Problem>) {
        let mut annotators = Vec::new();
        let mut problems = Vec::new();
        let Ok(entries) = std::fs::read_dir(self.annotations()) else {
            return (annotators, problems);
        };
        for entry in entries.flatten().filter(|entry| entry.path().is_dir()) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') {
                continue;
            }
            match Annotator::of_folder(&name) {
                Ok(annotator) => annotators.push(annotator),
                Err(error) => problems.push(Problem::new(entry.path(), error.into())),
            }
        }
        annotators.sort();
        (annotators, problems)
    }
}
