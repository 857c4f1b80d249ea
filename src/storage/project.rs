use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atomic::sweep;
use super::door::{Door, Kind};
use super::names::{document_path, file_below, is_article};
use super::{DecisionStore, Problem, ProblemKind};
use crate::corpus::{Annotator, DocumentPath};

const SEEDS: &str = "seeds";
const ANNOTATIONS: &str = "annotations";

/// A folder of articles and what is said about them.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    articles: PathBuf,
    files: Door,
}

/// What lies among a project's articles.
#[derive(Default, Debug)]
pub struct Listing {
    /// All documents, sorted by their paths.
    pub documents: Vec<DocumentPath>,
    /// The files and folders that cannot be taken.
    pub problems: Vec<Problem>,
    /// All folders, the one of all articles first.
    pub folders: Vec<PathBuf>,
    /// Whether an article is a link, so that its content lies in none of the folders.
    pub has_linked_articles: bool,
}

impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        (&self.root, &self.articles) == (&other.root, &other.articles)
    }
}

impl Eq for Project {}

impl Project {
    /// The project that a folder is.
    ///
    /// One that holds `seeds` is a project; one that is itself named `seeds`
    /// belongs to its parent; any other is a project whose documents lie in it.
    ///
    /// # Errors
    /// When it is not a folder that can be read.
    pub fn at(folder: &Path) -> Result<Self, Problem> {
        Self::through(Door::disk(), folder)
    }

    /// The same, with files that are behind this door.
    ///
    /// # Errors
    /// When it is not a folder that can be read.
    pub fn through(files: Door, folder: &Path) -> Result<Self, Problem> {
        let unreadable = |error: std::io::Error| Problem::unreadable(folder, &error);
        let folder = files.real(folder).map_err(unreadable)?;
        files.list(&folder).map_err(unreadable)?;
        let seeds = folder.join(SEEDS);
        // Where this is not known, it must not be taken for another kind of project.
        if files.has_folder(&seeds).map_err(unreadable)? {
            return Ok(Self { root: folder, articles: seeds, files });
        }
        match folder.parent().filter(|_| folder.file_name().is_some_and(|name| name == SEEDS)) {
            Some(parent) => Ok(Self { root: parent.to_path_buf(), articles: folder, files }),
            None => Ok(Self { root: folder.clone(), articles: folder, files }),
        }
    }

    /// The nearest project at or above a folder: one with `seeds`, or else the
    /// folder itself if articles lie in it.
    ///
    /// # Errors
    /// When there is none.
    pub fn nearest(folder: &Path) -> Result<Self, Problem> {
        Self::nearest_through(Door::disk(), folder)
    }

    /// The same, with files that are behind this door.
    ///
    /// # Errors
    /// When there is none.
    pub fn nearest_through(files: Door, folder: &Path) -> Result<Self, Problem> {
        let unreadable = |error: std::io::Error| Problem::unreadable(folder, &error);
        let folder = files.real(folder).map_err(unreadable)?;
        for above in folder.ancestors() {
            if files.has_folder(&above.join(SEEDS)).map_err(unreadable)? {
                return Self::through(files, above);
            }
        }
        let entries = files.list(&folder).map_err(unreadable)?;
        if entries.iter().any(|entry| is_article(Path::new(&entry.name))) {
            return Self::through(files, &folder);
        }
        Err(Problem::new(folder, ProblemKind::NoProject))
    }

    /// The door to its files.
    pub fn files(&self) -> &Door {
        &self.files
    }

    /// A file's place below the project's folder, with `/`.
    pub fn below(&self, file: &Path) -> String {
        let file = file.strip_prefix(&self.root).unwrap_or(file);
        file.to_string_lossy().replace('\\', "/")
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

    /// The folder of an annotator's sets and decisions; it may not be there yet.
    pub fn annotator_folder(&self, annotator: &Annotator) -> PathBuf {
        self.annotations().join(annotator.as_str())
    }

    /// Takes away what a program that was killed while it wrote has left lying in the local
    /// state. Called before this one writes there.
    pub fn sweep_state(&self) {
        sweep(&self.files, &self.state(), Duration::ZERO);
    }

    /// The same among the sets and the articles.
    pub fn sweep(&self) {
        sweep(&self.files, &self.annotations(), Duration::ZERO);
        // An import that goes on elsewhere writes each article but once.
        sweep(&self.files, &self.articles, Duration::from_hours(1));
    }

    /// Whether a folder lies among the articles or the sets. Where the articles lie in the
    /// project's folder itself, one beside them is among them only `with_texts` in it.
    pub fn holds(&self, folder: &Path, with_texts: bool) -> bool {
        let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        // The folder need not be there yet; what it lies in is.
        let real = absolute.ancestors().find_map(|above| {
            let mut real = self.files.real(above).ok()?;
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
        let file = self.files.real(file).ok()?;
        if !file.starts_with(&self.articles) || !is_article(&file) {
            return None;
        }
        document_path(&self.articles, &file).ok()
    }

    /// The document that a file of this name would be, whether it is there or not.
    pub fn document_named(&self, file: &Path) -> Option<DocumentPath> {
        let below = file.strip_prefix(&self.articles).ok().filter(|_| is_article(file))?;
        document_path(&self.articles, below).ok()
    }

    /// All documents, sorted by their paths, and the files that cannot be taken; see
    /// [`Self::listing`].
    pub fn documents(&self) -> (Vec<DocumentPath>, Vec<Problem>) {
        let Listing { documents, problems, .. } = self.listing();
        (documents, problems)
    }

    /// What lies among the articles.
    ///
    /// Hidden files and folders are passed over; links are followed, but not in circles.
    pub fn listing(&self) -> Listing {
        self.listing_after(&mut |_| {})
    }

    /// The same; `before` is called with each folder before it is looked into.
    pub fn listing_after(&self, before: &mut dyn FnMut(&Path)) -> Listing {
        let mut listing = Listing::default();
        self.search(&self.articles, &mut Vec::new(), before, &mut listing);
        listing.documents.sort();
        listing
    }

    /// Searches a folder for documents. `links` are the real places of the folders around it
    /// that were come to by a link, and of the first one: a link into these is a circle.
    fn search(
        &self,
        folder: &Path,
        links: &mut Vec<PathBuf>,
        before: &mut dyn FnMut(&Path),
        found: &mut Listing,
    ) {
        before(folder);
        let entries = match self.files.list(folder) {
            Ok(entries) => entries,
            Err(error) => return found.problems.push(Problem::unreadable(folder, &error)),
        };
        found.folders.push(folder.to_path_buf());
        let annotations = self.annotations();
        for entry in entries {
            let path = folder.join(&entry.name);
            let is_hidden = entry.name.as_encoded_bytes().starts_with(b".");
            if is_hidden || entry.kind != Kind::File && path == annotations {
                continue;
            }
            let is_link = entry.kind == Kind::Link;
            // Only a link has to be asked what it leads to.
            let kind = match is_link.then(|| self.files.look(&path)) {
                None => entry.kind,
                Some(Ok(look)) => look.kind,
                Some(Err(error)) => {
                    found.problems.push(Problem::unreadable(&path, &error));
                    continue;
                }
            };
            match kind {
                Kind::File if is_article(&path) => {
                    found.has_linked_articles |= is_link;
                    match document_path(&self.articles, &path) {
                        Ok(document) => found.documents.push(document),
                        Err(problem) => found.problems.push(problem),
                    }
                }
                Kind::Folder if is_link => match self.files.real(&path) {
                    Ok(real) if self.is_circle(folder, &real, links) => {
                        found.problems.push(Problem::new(path, ProblemKind::LinkInCircle));
                    }
                    Ok(real) => {
                        links.push(real);
                        self.search(&path, links, before, found);
                        links.pop();
                    }
                    Err(error) => found.problems.push(Problem::unreadable(&path, &error)),
                },
                Kind::Folder => self.search(&path, links, before, found),
                Kind::Other if is_article(&path) => {
                    found.problems.push(Problem::new(path, ProblemKind::NotAFile));
                }
                _ => {}
            }
        }
    }

    /// Whether a link in `folder` to the folder `real` leads back to where one came from.
    fn is_circle(&self, folder: &Path, real: &Path, links: &[PathBuf]) -> bool {
        let here = self.files.real(folder).unwrap_or_else(|_| folder.to_path_buf());
        here.starts_with(real) || links.iter().any(|link| link.starts_with(real))
    }

    /// Everyone who has a set, sorted by name: not whoever has only decided on others'.
    pub fn annotators_with_sets(&self) -> Vec<Annotator> {
        let has_sets = |annotator: &Annotator| {
            // Who has decided nothing has a folder for sets alone.
            let decides = self.files.look(&DecisionStore::file(self, annotator)).is_ok();
            let folder = self.annotator_folder(annotator);
            !decides || self.files.list(&folder).is_ok_and(|entries| entries.len() > 1)
        };
        self.annotators().0.into_iter().filter(has_sets).collect()
    }

    /// Everyone who has a folder of sets, sorted by name.
    pub fn annotators(&self) -> (Vec<Annotator>, Vec<Problem>) {
        let mut annotators = Vec::new();
        let mut problems = Vec::new();
        let Ok(entries) = self.files.list(&self.annotations()) else {
            return (annotators, problems);
        };
        for entry in entries {
            let path = self.annotations().join(&entry.name);
            let is_folder = match entry.kind {
                Kind::Folder => true,
                Kind::Link => self.files.is_folder(&path),
                Kind::File | Kind::Other => false,
            };
            if entry.name.as_encoded_bytes().starts_with(b".") || !is_folder {
                continue;
            }
            match entry.name.to_str().map(Annotator::of_folder) {
                Some(Ok(annotator)) => annotators.push(annotator),
                Some(Err(error)) => problems.push(Problem::new(path, error.into())),
                None => problems.push(Problem::new(path, ProblemKind::AnnotatorNotUnicode)),
            }
        }
        annotators.sort();
        (annotators, problems)
    }
}
