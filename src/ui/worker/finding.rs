//! Finding a string in many articles, some at a time on all cores.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::corpus::{Annotator, Document, DocumentPath};
use crate::review::{Finder, Hit, Tags};
use crate::session::Message;
use crate::storage::{
    Problem, Project, SetOnDisk, SetStore, Unread, in_rounds, load_document, load_text,
};
use crate::text::Text;

/// What is looked for, and where.
pub(super) struct Finding<'a> {
    pub(super) number: u64,
    pub(super) project: &'a Project,
    /// In which documents, in order.
    pub(super) documents: &'a [DocumentPath],
    /// Those that need not be read.
    pub(super) in_memory: &'a BTreeMap<DocumentPath, Arc<Document>>,
    /// Whose labels are told with what is found.
    pub(super) annotator: &'a Annotator,
    pub(super) finder: &'a Finder,
}

impl Finding<'_> {
    /// `report` says whether to go on.
    pub(super) fn find(&self, report: &mut dyn FnMut(Message) -> bool) {
        let number = self.number;
        let mut goes_on = true;
        let hits = |_: usize, path: &DocumentPath| self.hits(path);
        in_rounds(self.documents, hits, |round, found| {
            let problems = found.iter().filter_map(|found| found.unread.as_ref());
            let unread = Unread::of(self.project.root(), problems);
            let hits = found.into_iter().flat_map(|found| found.hits).collect();
            let looked_at = round.len();
            goes_on = report(Message::Found { number, hits, looked_at, unread, finished: false });
            goes_on
        });
        if goes_on {
            let (hits, looked_at, unread) = (Vec::new(), 0, Unread::default());
            report(Message::Found { number, hits, looked_at, unread, finished: true });
        }
    }

    /// What is found in one document.
    fn hits(&self, path: &DocumentPath) -> Found {
        if let Some(document) = self.in_memory.get(path) {
            // What is in memory is compared with there.
            let hits = self.hits_in(path, &document.text);
            let unread = (!hits.is_empty())
                .then(|| tell_tags(self.project, self.annotator, document, &mut []));
            return Found { hits, unread: unread.flatten() };
        }
        self.read_hits(path)
            .unwrap_or_else(|problem| Found { unread: Some(problem), ..Found::default() })
    }

    fn read_hits(&self, path: &DocumentPath) -> Result<Found, Problem> {
        let text = load_text(self.project, path)?;
        if self.finder.find_in(&text).next().is_none() {
            return Ok(Found::default());
        }
        let (document, _) = load_document(self.project, path)?;
        let mut hits = self.hits_in(path, &document.text);
        let unread = tell_tags(self.project, self.annotator, &document, &mut hits);
        Ok(Found { hits, unread })
    }

    fn hits_in(&self, path: &DocumentPath, text: &Text) -> Vec<Hit> {
        self.finder.find_in(text).map(|span| Hit::new(path.clone(), text, span)).collect()
    }
}

/// What is found in a document, and what could not be read of it.
#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    unread: Option<Problem>,
}

/// Says of each hit which labels the annotator gave it; returns why that cannot be known.
fn tell_tags(
    project: &Project,
    annotator: &Annotator,
    document: &Document,
    hits: &mut [Hit],
) -> Option<Problem> {
    match SetStore::load(project, annotator, document).1 {
        SetOnDisk::Read(set) => {
            for hit in hits {
                hit.tags = Tags::of(&set, hit.span);
            }
            None
        }
        SetOnDisk::Absent => None,
        SetOnDisk::Unreadable(problem) => Some(problem),
    }
}
