//! Making the annotations of all sets into rows of a table. Of a large project the rows are
//! kept, so that only what has changed since is read again.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::articles::{self, digest, document_of};
use super::kept::{KeptFile, WORTH};
use super::reading::ReadFile;
use super::rounds::{ahead, in_rounds};
use super::stamp::{Folders, Stamp};
use super::{Project, SchemaStore, SetStore, Unread, guarded, sets};
use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Schema};
use crate::review::RowBlock;

/// How many documents' rows are kept in a file, on the average. As much is in memory to be
/// written, twice as much while it is read, and written anew where one of them has changed.
const PART: u32 = 4096;

/// What the files' names end with.
const ENDING: &str = ".rows";

/// Whether a document is the first one of a part. That depends on its name alone, so that a
/// document that comes or goes changes its own part and no other.
fn begins_part(document: &DocumentPath) -> bool {
    crc32fast::hash(document.as_str().as_bytes()).is_multiple_of(PART)
}

/// Cuts documents into those that are kept in a file each.
fn parts_of(documents: &[DocumentPath]) -> impl Iterator<Item = &[DocumentPath]> {
    documents.chunk_by(|_, next| !begins_part(next))
}

/// The name of a part's file.
fn name_of(part: &[DocumentPath]) -> String {
    match part.first().filter(|first| begins_part(first)) {
        Some(first) => format!("table.{:08x}{ENDING}", crc32fast::hash(first.as_str().as_bytes())),
        None => format!("table{ENDING}"),
    }
}

/// What is kept of one document.
#[derive(Serialize, Deserialize)]
struct Known<'a> {
    path: &'a str,
    #[serde(borrow)]
    rows: Rows<'a>,
}

/// The rows about one document, and what its files were when they were read.
#[derive(Clone, Serialize, Deserialize)]
struct Rows<'a> {
    article: Stamp,
    /// The set of each annotator; `None` where one has none.
    sets: Vec<Option<Stamp>>,
    /// Blocks: which annotator's, how many rows, the rows.
    #[serde(borrow)]
    blocks: Vec<(usize, u32, &'a [u8])>,
}

/// What was found about documents, and what their files were then.
type Found<'a> = BTreeMap<&'a DocumentPath, (Stamps, Vec<RowBlock>)>;

/// What is kept in a file's content, by path; nothing where it cannot be understood.
fn known_in(content: Option<&[u8]>) -> BTreeMap<&str, Rows<'_>> {
    let known = content.and_then(|known| postcard::from_bytes::<Vec<Known<'_>>>(known).ok());
    known.into_iter().flatten().map(|known| (known.path, known.rows)).collect()
}

/// What was found about one document.
#[derive(Debug)]
pub struct TabulatedDocument {
    /// Its rows, in the order of annotators and text.
    pub rows: Vec<RowBlock>,
    /// The articles and sets that could not be read, and the tags that wait for a place.
    pub unread: Unread,
}

/// Whose sets are made into rows, and by what.
pub struct Tabulation<'a> {
    /// Where.
    pub project: &'a Project,
    /// Everyone whose sets are made into rows, by name.
    pub annotators: &'a [Annotator],
    /// Says what is a problem and what is so by default.
    pub schema: &'a Schema,
    /// Makes the sets about a document into rows, in the order of annotators.
    pub make: &'a (dyn Fn(&Document, &[&AnnotationSet]) -> Vec<RowBlock> + Sync),
}

impl Tabulation<'_> {
    /// Makes documents into rows on all cores, and hands them over in order and, at the end,
    /// `None`, until `take` says no. What `held` knows of a document is taken and not read.
    pub fn each(
        &self,
        documents: &[DocumentPath],
        held: impl Fn(&DocumentPath) -> Option<TabulatedDocument> + Sync,
        mut take: impl FnMut(Option<TabulatedDocument>) -> bool,
    ) {
        let are_kept = documents.len() >= WORTH;
        let about = self.about();
        let folders = Folders::of(self.project, self.annotators);
        let mut found: Vec<Found<'_>> = Vec::new();
        let mut goes_on = true;
        let read = |part| (part, are_kept.then(|| self.file(part, &about).read()).flatten());
        ahead(parts_of(documents), read, |(part, content)| {
            let known = known_in(content.as_deref());
            let look = |_: usize, path: &DocumentPath| {
                if let Some(held) = held(path) {
                    return (held, None);
                }
                let kept = content.as_ref().zip(known.get(path.as_str()));
                self.look_at(path, kept, &folders)
            };
            let mut found_here = Found::new();
            in_rounds(part, look, |round, looked| {
                for (path, (tabulated, stamps)) in round.iter().zip(looked) {
                    // The bytes of rows are shared, not copied.
                    found_here.extend(stamps.map(|one| (path, (one, tabulated.rows.clone()))));
                    goes_on = goes_on && take(Some(tabulated));
                }
                goes_on
            });
            found.push(found_here);
            goes_on
        });
        if !goes_on {
            return;
        }
        // Whoever waits for the rows does not wait for their being kept.
        if take(None) && are_kept {
            for (part, found) in parts_of(documents).zip(&found) {
                self.keep(&self.file(part, &about), part, found);
            }
            self.forget_others(parts_of(documents));
        }
    }

    /// Keeps what was found about the documents of a part, if anything was, and what was
    /// known of the others.
    fn keep(&self, file: &KeptFile<'_>, documents: &[DocumentPath], found: &Found<'_>) {
        if found.is_empty() {
            return;
        }
        let content = file.read();
        let known = known_in(content.as_deref());
        let all = documents.iter().filter_map(|path| {
            let rows = match found.get(path) {
                Some((stamps, blocks)) => self.to_keep(stamps, blocks),
                None => known.get(path.as_str())?.clone(),
            };
            Some(Known { path: path.as_str(), rows })
        });
        if let Ok(content) = postcard::to_allocvec(&all.collect::<Vec<_>>()) {
            file.write(content);
        }
    }

    /// Takes away what is kept of other parts than these.
    fn forget_others<'a>(&self, parts: impl Iterator<Item = &'a [DocumentPath]>) {
        let names: BTreeSet<String> = parts.map(name_of).collect();
        for name in KeptFile::names(self.project) {
            if name.ends_with(ENDING) && !names.contains(&name) {
                KeptFile { project: self.project, name, about: String::new() }.remove();
            }
        }
    }

    /// What one document's rows are, which may be known from what is kept. With what its files
    /// are, if its rows are not known yet and all of them could be read.
    fn look_at(
        &self,
        path: &DocumentPath,
        kept: Option<(&Bytes, &Rows<'_>)>,
        folders: &Folders,
    ) -> (TabulatedDocument, Option<Stamps>) {
        if let Some((content, known)) = kept
            && folders.are_as_they_were(path, &known.article, &known.sets)
            && let Some(rows) = self.rows_of(path, content, known)
        {
            return (TabulatedDocument { rows, unread: Unread::default() }, None);
        }
        let article = match articles::read_article(self.project, path) {
            Ok(article) => article,
            Err(problem) => {
                let unread = Unread::of(self.project.root(), [&problem]);
                return (TabulatedDocument { rows: Vec::new(), unread }, None);
            }
        };
        let mut stamps = Stamps { article: article.stamp(), sets: Vec::new() };
        let sha256 = digest(&article.bytes);
        let (document, _) = document_of(self.project, path, article.bytes, sha256);
        let mut read = Vec::new();
        let mut unread = Unread::default();
        for annotator in self.annotators {
            let file = SetStore::file(self.project, annotator, path);
            let set = guarded::read_work_file(self.project.files(), &file);
            stamps.sets.extend(set.as_ref().ok().map(|set| set.as_ref().map(ReadFile::stamp)));
            let set = set.and_then(|set| {
                set.map(|set| sets::read_file(set, &document, annotator)).transpose()
            });
            match set {
                Ok(set) => read.extend(set),
                Err(problem) => unread.add(self.project.root(), &problem.path),
            }
        }
        unread.add_waiting(&read);
        let rows = (self.make)(&document, &read.iter().collect::<Vec<_>>());
        let stamps = Some(stamps).filter(|_| unread.is_empty());
        (TabulatedDocument { rows, unread }, stamps)
    }

    /// The rows that are known of a document. They share the bytes of what is kept.
    fn rows_of(
        &self,
        path: &DocumentPath,
        content: &Bytes,
        known: &Rows<'_>,
    ) -> Option<Vec<RowBlock>> {
        let block = |(whose, count, packed): &(usize, u32, &[u8])| {
            let annotator = self.annotators.get(*whose)?.clone();
            let packed = content.slice_ref(packed);
            Some(RowBlock::from_packed(path.clone(), annotator, *count, packed))
        };
        known.blocks.iter().map(block).collect()
    }

    fn to_keep<'a>(&self, stamps: &Stamps, blocks: &'a [RowBlock]) -> Rows<'a> {
        let whose = |block: &RowBlock| self.annotators.binary_search(block.annotator()).ok();
        let blocks = blocks.iter();
        let blocks =
            blocks.filter_map(|block| Some((whose(block)?, block.count(), block.packed())));
        Rows { article: stamps.article, sets: stamps.sets.clone(), blocks: blocks.collect() }
    }

    /// The file of a part, which is true of what `about` says.
    fn file(&self, part: &[DocumentPath], about: &str) -> KeptFile<'_> {
        KeptFile { project: self.project, name: name_of(part), about: about.to_owned() }
    }

    /// What rows depend on beside the files they are made of.
    fn about(&self) -> String {
        let schema = digest(SchemaStore::text(self.schema).as_bytes());
        let names: Vec<&str> = self.annotators.iter().map(Annotator::as_str).collect();
        format!(
            "Tandai {}, schema {}, sets of {}",
            env!("CARGO_PKG_VERSION"),
            schema.as_hex(),
            names.join(", ")
        )
    }
}

/// What the files of a document are.
struct Stamps {
    article: Stamp,
    sets: Vec<Option<Stamp>>,
}
