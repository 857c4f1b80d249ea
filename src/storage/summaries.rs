//! What was found out about a large project's documents, kept in the local state: what has
//! not changed since is not read again. It may be deleted, and is then made anew.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::atomic::replace;
use super::record::{StatusRecord, status_of};
use super::stamp::Stamp;
use super::summary::{Known, look_at};
use super::{Project, SetStore, Summary, peek_status};
use crate::corpus::{Annotator, DocumentPath, Status};

/// The form of the file. One of another form is made anew.
const FORM: u32 = 1;
/// How many documents a project has at least for which anything is kept: fewer are read in
/// a moment.
const WORTH: usize = 500;
/// How many documents are looked at before they are handed over.
const ROUND: usize = 256;

/// What is kept of one annotator's documents.
struct Kept<'a> {
    project: &'a Project,
    annotator: &'a Annotator,
    /// By path.
    known: Vec<(DocumentPath, Known)>,
}

/// The file's first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    form: u32,
    annotator: String,
    /// Of the lines below.
    crc32: u32,
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    article: Stamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Stamp>,
    title: String,
    status: StatusRecord,
    counts: BTreeMap<String, usize>,
}

/// Sums up documents on all cores, and hands over what was found in their order, some at a
/// time, until `take` says no. What was found in a large project is kept.
pub fn summarize_all(
    project: &Project,
    annotator: &Annotator,
    documents: &[DocumentPath],
    mut take: impl FnMut(Vec<(DocumentPath, Summary)>) -> bool,
) {
    let mut kept = Kept { project, annotator, known: Vec::new() };
    if documents.len() >= WORTH {
        kept.read();
    }
    let mut names = BTreeSet::new();
    let mut found = Vec::new();
    for round in documents.chunks(ROUND) {
        let look = |path: &DocumentPath| {
            let (summary, known) = look_at(project, annotator, path, kept.known(path));
            (path.clone(), summary, known)
        };
        let looked: Vec<_> = round.par_iter().map(look).collect();
        let mut summaries = Vec::with_capacity(looked.len());
        for (path, mut summary, known) in looked {
            summary.counts.share_names(&mut names);
            found.extend(known.map(|known| (path.clone(), known)));
            summaries.push((path, summary));
        }
        if !take(summaries) {
            return;
        }
    }
    // A look at a few of many leaves the others as they are known.
    let at_most = documents.len().max(WORTH) * 2;
    if documents.len() >= WORTH && !found.is_empty() && kept.known.len() < at_most {
        kept.take_in(found);
        kept.write(documents);
    }
}

/// The first document that the annotator has not done or skipped.
pub fn first_unsettled(
    project: &Project,
    annotator: &Annotator,
    documents: &[DocumentPath],
) -> Option<DocumentPath> {
    let peek = |path: &DocumentPath| {
        let status = peek_status(project, &SetStore::file(project, annotator, path));
        status.is_some_and(Status::is_settled)
    };
    let (first, rest) = documents.split_at(documents.len().min(WORTH));
    if let Some(found) = first.iter().find(|path| !peek(path)) {
        return Some(found.clone());
    }
    let mut kept = Kept { project, annotator, known: Vec::new() };
    if !rest.is_empty() {
        kept.read();
    }
    let settled =
        |path: &DocumentPath| kept.status(path).map_or_else(|| peek(path), Status::is_settled);
    rest.par_iter().find_first(|path| !settled(path)).cloned()
}

impl Kept<'_> {
    /// Reads what was kept; nothing where nothing was, or it cannot be understood.
    fn read(&mut self) {
        let content = self.project.files().read(&self.file()).ok();
        let known = content.and_then(|content| read(&content, self.annotator));
        self.known = known.unwrap_or_default();
    }

    fn known(&self, path: &DocumentPath) -> Option<&Known> {
        let at = self.known.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
        self.known.get(at).map(|(_, known)| known)
    }

    /// The status that is known of a set that has not changed.
    fn status(&self, path: &DocumentPath) -> Option<Status> {
        let known = self.known(path)?;
        let file = SetStore::file(self.project, self.annotator, path);
        let look = self.project.files().look(&file).ok()?;
        known.set.as_ref()?.is_of(&look).then_some(known.summary.status)
    }

    fn take_in(&mut self, found: Vec<(DocumentPath, Known)>) {
        let mut known: BTreeMap<DocumentPath, Known> =
            std::mem::take(&mut self.known).into_iter().collect();
        known.extend(found);
        self.known = known.into_iter().collect();
    }

    /// Writes what is known of these documents. That it could not be is no loss.
    fn write(&self, documents: &[DocumentPath]) {
        let lines = documents.par_iter().filter_map(|path| line(path, self.known(path)?).ok());
        let lines: Vec<u8> = lines.flatten_iter().collect();
        if let Err(error) = self.write_lines(&lines) {
            log::info!("what was summed up could not be kept: {error}");
        }
    }

    fn write_lines(&self, lines: &[u8]) -> io::Result<()> {
        self.project.make_state()?;
        let annotator = self.annotator.to_string();
        let head = Head { form: FORM, annotator, crc32: crc32fast::hash(lines) };
        let mut content = serde_json::to_vec(&head)?;
        content.push(b'\n');
        content.extend(lines);
        replace(self.project.files(), &self.file(), &content)
    }

    fn file(&self) -> PathBuf {
        self.project.state().join("summaries").join(format!("{}.jsonl", self.annotator))
    }
}

fn read(content: &[u8], annotator: &Annotator) -> Option<Vec<(DocumentPath, Known)>> {
    let end = content.iter().position(|byte| *byte == b'\n')?;
    let (head, lines) = content.split_at_checked(end + 1)?;
    let head: Head = serde_json::from_slice(head).ok()?;
    let fits = head.form == FORM && head.annotator == annotator.as_str();
    if !fits || head.crc32 != crc32fast::hash(lines) {
        return None;
    }
    let lines = std::str::from_utf8(lines).ok()?;
    let known: Option<Vec<_>> = lines.par_lines().map(known_of).collect();
    known.filter(|known| known.is_sorted_by(|(before, _), (after, _)| before < after))
}

fn known_of(line: &str) -> Option<(DocumentPath, Known)> {
    let line: Line = serde_json::from_str(line).ok()?;
    let counts = line.counts.into_iter().map(|(label, count)| (Arc::from(label), count));
    let summary = Summary {
        title: line.title,
        status: status_of(line.status),
        counts: counts.collect(),
        problem: None,
    };
    let path = DocumentPath::new(&line.path)?;
    Some((path, Known { article: line.article, set: line.set, summary }))
}

fn line(path: &DocumentPath, known: &Known) -> serde_json::Result<Vec<u8>> {
    let summary = &known.summary;
    let counts = summary.counts.iter().map(|(label, count)| (label.to_string(), count));
    let line = Line {
        path: path.to_string(),
        article: known.article.clone(),
        set: known.set.clone(),
        title: summary.title.clone(),
        status: summary.status.into(),
        counts: counts.collect(),
    };
    let mut line = serde_json::to_vec(&line)?;
    line.push(b'\n');
    Ok(line)
}
