//! Summing up the documents of a project. What was found in a large one is kept, so that
//! what has not changed since is not read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::kept::{KeptFile, WORTH};
use super::record::{StatusRecord, status_of};
use super::rounds::in_rounds;
use super::stamp::{Folders, Stamp};
use super::summary::{Before, Stamps, look_at};
use super::{Project, SetStore, Summary, peek_status};
use crate::corpus::{Annotator, DocumentPath, SharedNames, Status};

/// How many documents are in a piece of what is kept.
const PIECE: usize = 256;

/// What is kept of one document.
#[derive(Serialize, Deserialize)]
struct Known<'a> {
    path: &'a str,
    article: Stamp,
    set: Option<Stamp>,
    title: &'a str,
    status: StatusRecord,
    #[serde(borrow)]
    counts: Vec<(&'a str, usize)>,
}

impl<'a> Known<'a> {
    fn of(path: &'a DocumentPath, stamps: &Stamps, summary: &'a Summary) -> Self {
        Self {
            path: path.as_str(),
            article: stamps.article,
            set: stamps.set,
            title: &summary.title,
            status: summary.status.into(),
            counts: summary.counts.iter().map(|(label, count)| (&**label, count)).collect(),
        }
    }

    fn stamps(&self) -> Stamps {
        Stamps { article: self.article, set: self.set }
    }

    fn summary(&self) -> Summary {
        Summary {
            title: self.title.to_owned(),
            status: status_of(self.status),
            counts: self.counts.iter().map(|(label, count)| (Arc::from(*label), *count)).collect(),
            problem: None,
        }
    }
}

/// What is known of documents, by path, in pieces that are read on all cores.
#[derive(Default)]
struct AllKnown<'a>(Vec<Vec<Known<'a>>>);

impl<'a> AllKnown<'a> {
    /// Nothing, where it cannot be understood.
    fn read(content: Option<&'a [u8]>) -> Self {
        let pieces: Option<Vec<&[u8]>> =
            content.and_then(|content| postcard::from_bytes(content).ok());
        let pieces = pieces.unwrap_or_default();
        let read = pieces.into_par_iter().map(|piece| postcard::from_bytes(piece).ok());
        let known = read.collect::<Option<Vec<Vec<Known<'_>>>>>();
        let sorted = known.filter(|pieces| {
            pieces.iter().flatten().is_sorted_by(|one, other| one.path < other.path)
        });
        Self(sorted.unwrap_or_default())
    }

    /// What [`Self::read`] reads.
    fn write(known: &[Known<'_>]) -> postcard::Result<Vec<u8>> {
        let pieces = known.chunks(PIECE).map(postcard::to_allocvec::<[Known<'_>]>);
        postcard::to_allocvec(&pieces.collect::<postcard::Result<Vec<_>>>()?)
    }

    fn count(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    fn of(&self, path: &DocumentPath) -> Option<&Known<'a>> {
        let begins =
            |piece: &Vec<Known<'_>>| piece.first().is_some_and(|first| first.path <= path.as_str());
        let piece = self.0.get(self.0.partition_point(begins).checked_sub(1)?)?;
        let at = piece.binary_search_by(|known| known.path.cmp(path.as_str())).ok()?;
        piece.get(at)
    }
}

fn file<'a>(project: &'a Project, annotator: &Annotator) -> KeptFile<'a> {
    KeptFile { project, name: format!("{annotator}.summaries"), about: annotator.to_string() }
}

/// Sums up documents on all cores, and hands over what was found in their order, some at a
/// time, until `take` says no. What was found in a large project is kept.
pub fn summarize_all(
    project: &Project,
    annotator: &Annotator,
    documents: &[DocumentPath],
    mut take: impl FnMut(Vec<(DocumentPath, Summary)>) -> bool,
) {
    let file = file(project, annotator);
    let content = (documents.len() >= WORTH).then(|| file.read()).flatten();
    let known = AllKnown::read(content.as_deref());
    let mut names = SharedNames::default();
    let mut found: BTreeMap<&DocumentPath, (Stamps, Summary)> = BTreeMap::new();
    let mut goes_on = true;
    let folders = &Folders::of(project, std::slice::from_ref(annotator));
    let look = |_: usize, path: &DocumentPath| {
        let known = known.of(path);
        let summary = known.map(|known| || known.summary());
        let before = known.zip(summary.as_ref());
        let before = before.map(|(known, summary)| {
            let stamps = known.stamps();
            Before { stamps, summary, folders }
        });
        look_at(project, annotator, path, before.as_ref())
    };
    in_rounds(documents, look, |round, looked| {
        let mut summaries = Vec::with_capacity(looked.len());
        for (path, (mut summary, stamps)) in round.iter().zip(looked) {
            summary.counts.share_names(&mut names);
            found.extend(stamps.map(|stamps| (path, (stamps, summary.clone()))));
            summaries.push((path.clone(), summary));
        }
        goes_on = take(summaries);
        goes_on
    });
    // A look at some of many would take the place of what is kept of the rest.
    let are_most = documents.len() >= WORTH && documents.len() * 2 > known.count();
    if goes_on && !found.is_empty() && are_most {
        let all = documents.iter().filter_map(|path| match found.get(path) {
            Some((stamps, summary)) => Some(Known::of(path, stamps, summary)),
            None => known.of(path).map(|known| Known { counts: known.counts.clone(), ..*known }),
        });
        if let Ok(content) = AllKnown::write(&all.collect::<Vec<_>>()) {
            file.write(content);
        }
    }
}

/// The first document that the annotator has not done or skipped. What was found in a large
/// project earlier is believed, but for the first documents and the one that is returned: to
/// look at all of them would take longer than to read an article.
pub fn first_unsettled(
    project: &Project,
    annotator: &Annotator,
    documents: &[DocumentPath],
) -> Option<DocumentPath> {
    let set = |path| SetStore::file(project, annotator, path);
    let peek = |path| peek_status(project, &set(path)).is_some_and(Status::is_settled);
    let (first, rest) = documents.split_at(documents.len().min(WORTH));
    if let Some(found) = first.iter().find(|path| !peek(path)) {
        return Some(found.clone());
    }
    if rest.is_empty() {
        return None;
    }
    let content = file(project, annotator).read();
    let known = AllKnown::read(content.as_deref());
    let was_settled = |path| known.of(path).is_some_and(|one| status_of(one.status).is_settled());
    rest.par_iter().find_first(|path| !was_settled(path) && !peek(path)).cloned()
}
