use std::sync::mpsc;

use rayon::prelude::*;

use super::{Problem, Project, SetOnDisk, load_document, metadata, sets};
use crate::corpus::{Annotator, DocumentPath, Entry};

/// Reads a document with its metadata and the sets of these annotators about it,
/// and proves them. For a look at many: nothing of it can be written.
///
/// The problems are sets and metadata that could not be read and are left out.
///
/// # Errors
/// When the document cannot be read.
pub fn read_entry(
    project: &Project,
    annotators: &[Annotator],
    path: &DocumentPath,
) -> Result<(Entry, Vec<Problem>), Problem> {
    let (document, _) = load_document(project, path)?;
    let mut problems = Vec::new();
    let metadata = metadata::load(project, path).unwrap_or_else(|problem| {
        problems.push(problem);
        metadata::Metadata::new()
    });
    let mut found = Vec::new();
    for annotator in annotators {
        match sets::read(project, annotator, &document) {
            SetOnDisk::Absent => {}
            SetOnDisk::Read(set) => found.push(set),
            SetOnDisk::Unreadable(problem) => problems.push(problem),
        }
    }
    Ok((Entry { document, metadata, sets: found }, problems))
}

/// What reading one document gave: see [`read_entry`].
pub type ReadEntry = Result<(Entry, Vec<Problem>), Problem>;

/// How many documents are in memory at a time, for each of the two sides.
const ROUND: usize = 512;

/// Reads documents on all cores, does `work` on each there, given its place from 0, and hands the results
/// over in the order of the documents, in the calling thread, until `take` says no.
/// Holds no more than two rounds of them at a time.
pub fn read_entries<T: Send>(
    project: &Project,
    annotators: &[Annotator],
    documents: &[DocumentPath],
    work: impl Fn(usize, &DocumentPath, ReadEntry) -> T + Sync,
    mut take: impl FnMut(T) -> bool,
) {
    let (sender, results) = mpsc::sync_channel(1);
    let work = &work;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for (number, round) in documents.chunks(ROUND).enumerate() {
                let read = |(at, path)| {
                    work(number * ROUND + at, path, read_entry(project, annotators, path))
                };
                let done: Vec<T> = round.par_iter().enumerate().map(read).collect();
                // Nobody takes them any more.
                if sender.send(done).is_err() {
                    return;
                }
            }
        });
        // Dropping the receiver, at the latest here, lets the reading stop.
        let results = results;
        for done in results {
            if !done.into_iter().all(&mut take) {
                return;
            }
        }
    });
}
