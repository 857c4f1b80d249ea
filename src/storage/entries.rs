use super::rounds::in_rounds;
use super::{Problem, Project, SetOnDisk, load_document, metadata, sets};
use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Entry};

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
    let (document, sets, mut problems) = read_sets(project, annotators, path)?;
    let metadata = metadata::load(project, path).unwrap_or_else(|problem| {
        problems.push(problem);
        metadata::Metadata::new()
    });
    Ok((Entry { document, metadata, sets }, problems))
}

/// The same without the metadata.
///
/// # Errors
/// When the document cannot be read.
pub fn read_sets(
    project: &Project,
    annotators: &[Annotator],
    path: &DocumentPath,
) -> Result<(Document, Vec<AnnotationSet>, Vec<Problem>), Problem> {
    let (document, _) = load_document(project, path)?;
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for annotator in annotators {
        match sets::read(project, annotator, &document) {
            SetOnDisk::Absent => {}
            SetOnDisk::Read(set) => found.push(set),
            SetOnDisk::Unreadable(problem) => problems.push(problem),
        }
    }
    Ok((document, found, problems))
}

/// What reading one document gave: see [`read_entry`].
pub type ReadEntry = Result<(Entry, Vec<Problem>), Problem>;

/// Reads documents on all cores, does `work` on each there, given its place from 0, and hands the results
/// over in the order of the documents, in the calling thread, until `take` says no.
pub fn read_entries<T: Send>(
    project: &Project,
    annotators: &[Annotator],
    documents: &[DocumentPath],
    work: impl Fn(usize, &DocumentPath, ReadEntry) -> T + Sync,
    mut take: impl FnMut(T) -> bool,
) {
    let read =
        |at: usize, path: &DocumentPath| work(at, path, read_entry(project, annotators, path));
    in_rounds(documents, read, |_, made| made.into_iter().all(&mut take));
}
