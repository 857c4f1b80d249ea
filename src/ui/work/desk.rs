use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath};
use crate::session::{Effect, FirstDocument, LoadedDocument, Message, OpenedProject, SaveReceipt};
use crate::storage::{
    Arrival, Problem, Project, SaveError, SetOnDisk, SetStore, add_article, load_document,
    load_schema,
};

/// Reads and writes a project's files, one thing after the other.
#[derive(Default)]
pub(super) struct Desk {
    /// What is known of the sets that were read, by annotator and document.
    stores: BTreeMap<(Annotator, DocumentPath), SetStore>,
    /// What is still to be written; of each set only the latest.
    unsaved: BTreeMap<(Annotator, DocumentPath), Save>,
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
                let key = (receipt.annotator.clone(), receipt.document.clone());
                self.unsaved.insert(key, Save { receipt, project, document, set });
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
            Effect::SetAside { document, annotator } => {
                let key = (annotator, document);
                match self.stores.get_mut(&key).map(SetStore::set_aside) {
                    Some(Ok(copy)) => {
                        self.save_all(report);
                        report(Message::SetAside(copy));
                    }
                    Some(Err(error)) => {
                        let receipt = self.unsaved.get(&key).map(|save| save.receipt.clone());
                        report_failure(receipt, error, report);
                    }
                    None => {}
                }
            }
            Effect::AddArticles { project, files } => report(add_articles(&project, &files)),
            // Everything else is the window's; a retry is what comes after this anyway.
            _ => {}
        }
    }

    /// Writes what is to be written; what fails stays for the next time.
    pub(super) fn save_all(&mut self, report: &mut dyn FnMut(Message)) {
        for (key, save) in std::mem::take(&mut self.unsaved) {
            match self.save(&key, &save) {
                Ok(()) => report(Message::Saved(save.receipt)),
                Err(error) => {
                    log::warn!("{} could not be saved: {error}", key.1);
                    report(Message::SaveFailed(save.receipt.clone(), error));
                    self.unsaved.insert(key, save);
                }
            }
        }
    }

    /// Whether something waits to be written.
    pub(super) fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    fn save(&mut self, key: &(Annotator, DocumentPath), save: &Save) -> Result<(), SaveError> {
        let store = self
            .stores
            .entry(key.clone())
            .or_insert_with(|| SetStore::load(&save.project, &key.0, &save.document).0);
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
        self.stores.insert((annotator.clone(), path.clone()), store);
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
        if !SetStore::file(project, annotator, path).exists() {
            return true;
        }
        let Ok((document, _)) = load_document(project, path) else { return true };
        match SetStore::load(project, annotator, &document).1 {
            SetOnDisk::Read(set) => !set.status().is_settled(),
            SetOnDisk::Absent | SetOnDisk::Unreadable(_) => true,
        }
    };
    documents.iter().find(unsettled).cloned()
}

fn report_failure(receipt: Option<SaveReceipt>, error: SaveError, report: &mut dyn FnMut(Message)) {
    if let Some(receipt) = receipt {
        report(Message::SaveFailed(receipt, error));
    }
}

fn add_articles(project: &Project, files: &[PathBuf]) -> Message {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let inside = project.document_of_file(file);
        let arrival =
            inside.map_or_else(|| add_article(project, file), |d| Ok(Arrival::AlreadyThere(d)));
        match arrival {
            Ok(Arrival::Added(document) | Arrival::AlreadyThere(document)) => {
                documents.push(document);
            }
            Err(problem) => problems.push(problem),
        }
    }
    Message::ArticlesAdded { documents, problems, all: project.documents().0 }
}
