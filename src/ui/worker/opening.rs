//! Opening a project.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use super::desk::{Desk, Store};
use super::watch::Watch;
use crate::corpus::{Annotator, DocumentPath};
use crate::session::{FirstDocument, Message, OpenedProject, Stopped};
use crate::storage::{Listing, Problem, Project, SchemaStore, first_unsettled};

/// What says which document one begins with.
pub(super) struct Begin<'a> {
    /// The file that was named, if one was.
    pub(super) file: Option<&'a Path>,
    /// Where the person stopped in projects.
    pub(super) stopped: &'a [Stopped],
}

impl Begin<'_> {
    /// The document that was named, or else that where the person stopped, if it is there.
    fn document(&self, project: &Project, documents: &[DocumentPath]) -> Option<DocumentPath> {
        let named = self.file.and_then(|file| project.document_of_file(file));
        named.or_else(|| {
            let stopped = self.stopped.iter().find(|one| one.project == project.root())?;
            let document = DocumentPath::new(&stopped.document)?;
            documents.binary_search(&document).is_ok().then_some(document)
        })
    }
}

impl Desk {
    pub(super) fn open_project(
        &mut self,
        folder: &Path,
        nearest: bool,
        annotator: &Annotator,
        begin: &Begin<'_>,
        report: &mut dyn FnMut(Message),
    ) {
        let start = Instant::now();
        match self.opened(folder, nearest, annotator, begin, report) {
            Ok(opened) => {
                let (took, count) = (start.elapsed(), opened.documents.len());
                log::info!("opened {}, {count} articles, in {took:.1?}", folder.display());
                let project = opened.project.clone();
                report(Message::ProjectOpened(Box::new(opened)));
                // Nobody waits for what was left lying to be looked for: it is done when there
                // is time, if that ever comes.
                if self.stirred.is_some() {
                    self.to_sweep = Some(project);
                } else {
                    project.sweep();
                }
            }
            Err(problem) => report(Message::ProjectFailed(problem)),
        }
    }

    fn opened(
        &mut self,
        folder: &Path,
        nearest: bool,
        annotator: &Annotator,
        begin: &Begin<'_>,
        report: &mut dyn FnMut(Message),
    ) -> Result<OpenedProject, Problem> {
        let project = if nearest {
            Project::nearest_through(self.files.clone(), folder)?
        } else {
            Project::through(self.files.clone(), folder)?
        };
        project.sweep_state();
        let project = Arc::new(project);
        self.stores.retain(|_, store| matches!(store, Store::Keys(_)));
        self.journals.close();
        self.locks.close();
        self.resumed.clear();
        let resumed = self.resume(&project, annotator);
        self.resumed.insert(annotator.clone(), resumed);
        let (store, schema, schema_problem) = SchemaStore::load(&project);
        self.stores.insert(SchemaStore::file(&project), Store::Schema(store));
        let notices = self.stirred.clone().map(|stirred| {
            let notices = project.files().notices(Box::new(move || stirred()));
            notices.inspect_err(|error| log::info!("changes are not told: {error}"))
        });
        let notices = notices.and_then(Result::ok);
        let (watch, listing) = Watch::begin(&project, annotator.clone(), notices);
        let Listing { documents, problems, .. } = listing;
        let first = begin
            .document(&project, &documents)
            .or_else(|| first_unsettled(&project, annotator, &documents))
            .or_else(|| documents.first().cloned());
        self.watch = Some(watch);
        self.looked = Instant::now();
        let first = first.map(|path| match self.load(&project, &path, annotator, report) {
            Ok(loaded) => FirstDocument::Loaded(Box::new(loaded)),
            Err(problem) => FirstDocument::Failed(path, problem),
        });
        Ok(OpenedProject { project, schema, schema_problem, documents, problems, first })
    }
}
