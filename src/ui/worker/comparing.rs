//! Comparing annotators' sets, a batch of articles at a time on all cores.

use std::collections::BTreeMap;

use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath};
use crate::review::{CaseRow, Comparison, begun};
use crate::session::{InMemory, Message, Reviewing};
use crate::storage::{Project, SetStore, Unread, in_rounds, read_sets};

/// How many documents are compared before they are reported.
const BATCH: usize = 64;

/// The documents that are gone through.
pub(super) struct Among<'a> {
    pub(super) project: &'a Project,
    /// Which, in order.
    pub(super) documents: &'a [DocumentPath],
    /// Those that need not be read.
    pub(super) in_memory: &'a BTreeMap<DocumentPath, InMemory>,
}

impl Among<'_> {
    /// Does `work` on each document with the sets of some annotators, and hands over what
    /// came of it in order, with what is left out of it, until `take` says no.
    pub(super) fn each<T: Send>(
        &self,
        annotators: &[Annotator],
        work: impl Fn(&Document, &[&AnnotationSet]) -> T + Sync,
        take: impl FnMut(Option<T>, Unread) -> bool,
    ) {
        self.each_wanted(annotators, |_| true, work, take);
    }

    /// The same, but no document is read that none of them has a set about: of that comes
    /// nothing.
    pub(super) fn each_marked<T: Send>(
        &self,
        annotators: &[Annotator],
        work: impl Fn(&Document, &[&AnnotationSet]) -> T + Sync,
        take: impl FnMut(Option<T>, Unread) -> bool,
    ) {
        let files = self.project.files();
        let has_set = |path: &DocumentPath| {
            let mut sets = annotators.iter().map(|who| SetStore::file(self.project, who, path));
            sets.any(|set| files.look(&set).is_ok())
        };
        self.each_wanted(annotators, has_set, work, take);
    }

    fn each_wanted<T: Send>(
        &self,
        annotators: &[Annotator],
        is_wanted: impl Fn(&DocumentPath) -> bool + Sync,
        work: impl Fn(&Document, &[&AnnotationSet]) -> T + Sync,
        mut take: impl FnMut(Option<T>, Unread) -> bool,
    ) {
        let on = |_: usize, path: &DocumentPath| {
            if let Some(held) = self.in_memory.get(path) {
                let sets: Vec<&AnnotationSet> = held.sets.iter().map(|set| &**set).collect();
                let left_out = held.left_out(self.project, annotators);
                return (Some(work(&held.document, &sets)), left_out);
            }
            if !is_wanted(path) {
                return (None, Unread::default());
            }
            match read_sets(self.project, annotators, path) {
                Ok((document, sets, problems)) => {
                    let mut unread = Unread::of(self.project.root(), &problems);
                    unread.add_waiting(&sets);
                    let sets: Vec<&AnnotationSet> = sets.iter().collect();
                    (Some(work(&document, &sets)), unread)
                }
                Err(problem) => (None, Unread::of(self.project.root(), [&problem])),
            }
        };
        in_rounds(self.documents, on, |_, made| {
            made.into_iter().all(|(made, unread)| take(made, unread))
        });
    }
}

/// Compares sets about documents in order. `report` says whether to go on.
pub(super) fn compare(
    number: u64,
    among: &Among<'_>,
    annotators: &[Annotator],
    report: &mut dyn FnMut(Message) -> bool,
) {
    let mut part = Part::default();
    let mut goes_on = true;
    each_compared(among, annotators, |rows, unread| {
        part.looked_at += 1;
        match rows {
            Some(rows) => part.rows.extend(rows),
            None if unread.count() == 0 => part.left_out += 1,
            // Whether two have begun it is not known.
            None => {}
        }
        part.unread += unread;
        if part.looked_at == BATCH {
            goes_on = report(std::mem::take(&mut part).message(number, false));
        }
        goes_on
    });
    if goes_on {
        report(part.message(number, true));
    }
}

/// Hands over the cases of each document that two have begun, `None` for each other.
pub(super) fn each_compared(
    among: &Among<'_>,
    annotators: &[Annotator],
    mut take: impl FnMut(Option<Vec<CaseRow>>, Unread) -> bool,
) {
    let gold = Annotator::gold();
    let mut read: Vec<Annotator> = annotators.to_vec();
    if !read.contains(&gold) {
        read.push(gold);
    }
    let work = |document: &Document, sets: &[&AnnotationSet]| rows(annotators, document, sets);
    among.each(&read, work, |rows, unread| take(rows.flatten(), unread));
}

/// The cases of one document; `None` where fewer than two have begun it.
fn rows(
    annotators: &[Annotator],
    document: &Document,
    sets: &[&AnnotationSet],
) -> Option<Vec<CaseRow>> {
    let compared = begun(annotators, sets.iter().copied());
    let gold = sets.iter().copied().find(|set| set.annotator().is_gold());
    (compared.len() > 1).then(|| {
        let comparison = Comparison::of(&compared, gold);
        CaseRow::of(annotators, document, &comparison, gold)
    })
}

/// What was found and is not reported yet.
#[derive(Default)]
struct Part {
    rows: Vec<CaseRow>,
    looked_at: usize,
    left_out: usize,
    unread: Unread,
}

impl Part {
    fn message(self, number: u64, finished: bool) -> Message {
        let Self { rows, looked_at, left_out, unread } = self;
        Reviewing::Compared { number, rows, looked_at, left_out, unread, finished }.into()
    }
}
