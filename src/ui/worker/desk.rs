use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Status};
use crate::session::{Effect, FirstDocument, LoadedDocument, Message, OpenedProject, SaveReceipt};
use crate::storage::{
    Arrival, Problem, Project, SaveError, SetOnDisk, SetStore, add_article, load_document,
    load_schema, peek_status,
};

/// Reads and writes a project's files, one thing after the other.
#[derive(Default)]
pub(super) struct Desk {
    /// What is known of the sets that were read, by their files.
    stores: BTreeMap<PathBuf, SetStore>,
    /// What is still to be written, by file; of each set only the latest.
    unsaved: BTreeMap<PathBuf, Save>,
}

struct Save {
    receipt: SaveReceipt,
    project: Arc<Project>,
    document: Arc<Document>,
    set: Arc<AnnotationSet>,
}

impl Desk {
    /// Does one thing. What is to be saved is only noted, until [`Self::save_all`].
    pub(super) fn take(&mut self, effect: Effect, report: &mut dyn FnMut(Message)) {
        match effect {
            Effect::Save { receipt, project, document, set } => {
                let file = SetStore::file(&project, &receipt.annotator, &receipt.document);
                self.unsaved.insert(file, Save { receipt, project, document, set });
            }
            Effect::OpenProject { folder, nearest, annotator, file } => {
                self.save_all(report);
                report(match self.open_project(&folder, nearest, &annotator, file.as_deref()) {
                    Ok(opened) => Message::ProjectOpened(Box::new(opened)),
                    Err(problem) => Message::ProjectFailed(problem),
                });
            }
            Effect::LoadDocument { project, document, annotator } => {
                self.save_all(report);
                report(match self.load(&project, &document, &annotator) {
                    Ok(loaded) => Message::DocumentLoaded(Box::new(loaded)),
                    Err(problem) => Message::DocumentFailed(document, problem),
                });
            }
            Effect::SortDrop(paths) => {
                let (folders, files) = paths.into_iter().partition(|path| path.is_dir());
                report(Message::DropSorted { folders, files });
            }
            Effect::SetAside { project, document, annotator } => {
                let file = SetStore::file(&project, &annotator, &document);
                match self.stores.get_mut(&file).map(SetStore::set_aside) {
                    Some(Ok(copy)) => report(Message::SetAside(copy)),
                    Some(Err(error)) => {
                        if let Some(save) = self.unsaved.get(&file) {
                            report(Message::SaveFailed(save.receipt.clone(), error));
                        }
                    }
                    None => {}
                }
            }
            Effect::AddArticles { project, files } => report(add_articles(project, &files)),
            // Everything else is the window's; a retry is what comes after this anyway.
            _ => {}
        }
    }

    /// Writes what is to be written; what fails stays for the next time.
    pub(super) fn save_all(&mut self, report: &mut dyn FnMut(Message)) {
        for (file, save) in std::mem::take(&mut self.unsaved) {
            match self.save(&file, &save) {
                Ok(()) => report(Message::Saved(save.receipt)),
                Err(error) => {
                    log::warn!("{} could not be saved: {error}", file.display());
                    report(Message::SaveFailed(save.receipt.clone(), error));
                    self.unsaved.insert(file, save);
                }
            }
        }
    }

    /// Whether something waits to be written.
    pub(super) fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    fn save(&mut self, file: &Path, save: &Save) -> Result<(), SaveError> {
        let annotator = &save.receipt.annotator;
        let store = self
            .stores
            .entry(file.to_path_buf())
            .or_insert_with(|| SetStore::load(&save.project, annotator, &save.document).0);
        store.save(&save.set, &save.document)
    }

    fn open_project(
        &mut self,
        folder: &Path,
        nearest: bool,
        annotator: &Annotator,
        file: Option<&Path>,
    ) -> Result<OpenedProject, Problem> {
        let project = if nearest { Project::nearest(folder)? } else { Project::at(folder)? };
        let project = Arc::new(project);
        self.stores.clear();
        let (schema, schema_problem) = load_schema(&project);
        let (documents, mut problems) = project.documents();
        problems.extend(schema_problem);
        let named = file.and_then(|file| project.document_of_file(file));
        let first = named
            .or_else(|| first_unsettled(&project, annotator, &documents))
            .or_else(|| documents.first().cloned());
        let first = first.map(|path| match self.load(&project, &path, annotator) {
            Ok(loaded) => FirstDocument::Loaded(Box::new(loaded)),
            Err(problem) => FirstDocument::Failed(path, problem),
        });
        Ok(OpenedProject { project, schema, documents, problems, first })
    }

    fn load(
        &mut self,
        project: &Project,
        path: &DocumentPath,
        annotator: &Annotator,
    ) -> Result<LoadedDocument, Problem> {
        let (document, mut problems) = load_document(project, path)?;
        let (store, own) = SetStore::load(project, annotator, &document);
        self.stores.insert(SetStore::file(project, annotator, path), store);
        let (annotators, unfit) = project.annotators();
        problems.extend(unfit);
        let others = annotators
            .into_iter()
            .filter(|other| other != annotator)
            .map(|other| {
                let found = SetStore::load(project, &other, &document).1;
                (other, found)
            })
            .filter(|(_, found)| *found != SetOnDisk::Absent)
            .collect();
        let document = Arc::new(document);
        Ok(LoadedDocument { document, problems, annotator: annotator.clone(), own, others })
    }
}

/// The first document that the annotator has not done or skipped.
fn first_unsettled(
    project: &Project,
    annotator: &Annotator,
    documents: &[DocumentPath],
) -> Option<DocumentPath> {
    let unsettled = |path: &&DocumentPath| {
        let file = SetStore::file(project, annotator, path);
        !peek_status(&file).is_some_and(Status::is_settled)
    };
    documents.iter().find(unsettled).cloned()
}

fn add_articles(project: Arc<Project>, files: &[PathBuf]) -> Message {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let inside = project.document_of_file(file);
        let arrival =
            inside.map_or_else(|| add_article(&project, file), |d| Ok(Arrival::AlreadyThere(d)));
        match arrival {
            Ok(Arrival::Added(document) | Arrival::AlreadyThere(document)) => {
                documents.push(document);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let all = project.documents().0;
    Message::ArticlesAdded { project, documents, problems, all }
}
