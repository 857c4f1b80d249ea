use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use crate::corpus::{Annotator, DocumentPath};
use crate::session::Message;
use crate::storage::{Project, summarize};

/// How many documents are looked at before they are reported.
const BATCH: usize = 64;

/// Looks at all documents of a project for the list, in a thread of its own.
/// A new look makes an older one stop.
pub(super) struct Scanner {
    results: Sender<Message>,
    wake: Arc<dyn Fn() + Send + Sync>,
    latest: Arc<AtomicU64>,
}

impl Scanner {
    pub(super) fn new(results: Sender<Message>, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self { results, wake, latest: Arc::default() }
    }

    pub(super) fn start(
        &self,
        project: Arc<Project>,
        documents: Vec<DocumentPath>,
        annotator: Annotator,
    ) {
        let this = self.latest.fetch_add(1, Ordering::SeqCst) + 1;
        let (latest, results, wake) =
            (self.latest.clone(), self.results.clone(), self.wake.clone());
        std::thread::spawn(move || {
            for batch in documents.chunks(BATCH) {
                if latest.load(Ordering::SeqCst) != this {
                    return;
                }
                if results.send(look_at(&project, batch, &annotator)).is_err() {
                    return;
                }
                wake();
            }
        });
    }

    pub(super) fn stop(&self) {
        self.latest.fetch_add(1, Ordering::SeqCst);
    }
}

pub(super) fn look_at(
    project: &Arc<Project>,
    documents: &[DocumentPath],
    annotator: &Annotator,
) -> Message {
    let look = |path: &DocumentPath| (path.clone(), summarize(project, annotator, path));
    Message::Summarized {
        project: project.clone(),
        annotator: annotator.clone(),
        summaries: documents.iter().map(look).collect(),
    }
}
