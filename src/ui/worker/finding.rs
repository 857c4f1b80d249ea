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
            let problems = found.iter().filter_map(|found| found.as_ref().err());
            let unread = Unread::of(self.project.root(), problems);
            let hits = found.into_iter().flatten().flatten().collect();
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
    fn hits(&self, path: &DocumentPath) -> Result<Vec<Hit>, Problem> {
        if let Some(document) = self.in_memory.get(path) {
            // What is in memory is compared with there.
            return Ok(self.hits_in(path, &document.text));
        }
        let text = load_text(self.project, path)?;
        if self.finder.find_in(&text).next().is_none() {
            return Ok(Vec::new());
        }
        let (document, _) = load_document(self.project, path)?;
        let mut found = self.hits_in(path, &document.text);
        tell_tags(self.project, self.annotator, &document, &mut found);
        Ok(found)
    }

    fn hits_in(&self, path: &DocumentPath, text: &Text) -> Vec<Hit> {
        self.finder.find_in(text).map(|span| Hit::new(path.clone(), text, span)).collect()
    }
}

/// Says of each hit which labels the annotator gave it.
fn tell_tags(project: &Project, annotator: &Annotator, document: &Document, hits: &mut [Hit]) {
    let SetOnDisk::Read(set) = SetStore::load(project, annotator, document).1 else { return };
    for hit in hits {
        hit.tags = Tags::of(&set, hit.span);
    }
}
