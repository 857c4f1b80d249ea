//! Making all annotations into rows, and looking for what is still to be reviewed or could
//! be marked up again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::comparing::Among;
use crate::corpus::{AnnotationSet, Annotator, Decisions, Document, DocumentPath, Schema, Status};
use crate::review::{RowBlock, RowKey, content};
use crate::session::{Message, Reviewing};
use crate::storage::{
    Project, SetStore, TabulatedDocument, Tabulation, Unread, days_since_written, peek_status,
};

/// How many documents are made into rows before they are reported.
const BATCH: usize = 256;

/// Makes the annotations of all sets into rows, in order. `report` says whether to go on.
pub(super) fn tabulate(
    number: u64,
    among: &Among<'_>,
    schema: &Schema,
    report: &mut dyn FnMut(Message) -> bool,
) {
    let annotators = among.project.annotators().0;
    let make = |document: &Document, sets: &[&AnnotationSet]| {
        let mut sets = sets.to_vec();
        sets.sort_by_key(|set| set.annotator());
        let rows = sets.into_iter().map(|set| RowBlock::of_set(schema, document, set));
        rows.flatten().collect::<Vec<_>>()
    };
    let held = |path: &DocumentPath| {
        let held = among.in_memory.get(path)?;
        let sets: Vec<&AnnotationSet> = held.sets.iter().map(|set| &**set).collect();
        let rows = make(&held.document, &sets);
        let unread = held.left_out(among.project, &annotators);
        Some(TabulatedDocument { rows, unread })
    };
    let (project, annotators, make) = (among.project, &*annotators, &make);
    let tabulation = Tabulation { project, annotators, schema, make };
    let mut part = Part::default();
    let mut is_first = true;
    tabulation.each(among.documents, held, |made| {
        let finished = made.is_none();
        if let Some(made) = made {
            part.looked_at += 1;
            part.unread += made.unread;
            part.rows.extend(made.rows);
        }
        // The first rows are wanted soonest.
        let is_wanted = is_first && !part.rows.is_empty();
        if !finished && part.looked_at < BATCH && !is_wanted {
            return true;
        }
        is_first &= !is_wanted;
        let Part { rows, looked_at, unread } = std::mem::take(&mut part);
        report(Reviewing::Tabulated { number, rows, looked_at, unread, finished }.into())
    });
}

/// What was made into rows and is not reported yet.
#[derive(Default)]
struct Part {
    rows: Vec<RowBlock>,
    looked_at: usize,
    unread: Unread,
}

/// Looks through an annotator's sets, in the order of the documents, for an annotation that
/// is not reviewed as it is now.
pub(super) fn find_unreviewed(
    number: u64,
    among: &Among<'_>,
    whose: &Annotator,
    reviewed: &Decisions,
    last_first: bool,
) -> Message {
    let open = |document: &Document, sets: &[&AnnotationSet]| {
        let set = sets.iter().find(|set| set.annotator() == whose)?;
        let open = |annotation: &&Arc<crate::corpus::Annotation>| {
            let review = reviewed.review(&document.path, whose, &annotation.id);
            review.is_none_or(|review| review.content != content(annotation))
        };
        let all = set.annotations();
        let found = if last_first { all.iter().rev().find(open) } else { all.iter().find(open) };
        found.map(|annotation| {
            let key = RowKey {
                document: document.path.clone(),
                annotator: whose.clone(),
                annotation: annotation.id.clone(),
            };
            (key, annotation.fragments.extent().start)
        })
    };
    let mut found = None;
    among.each(std::slice::from_ref(whose), open, |open, _| {
        found = open.flatten();
        found.is_none()
    });
    Reviewing::UnreviewedFound(number, found).into()
}

/// Finds out which documents an annotator has done, and how many days ago the set was
/// written last; and of which a second pass is begun and not finished.
pub(super) fn find_done(
    number: u64,
    project: &Project,
    documents: &[DocumentPath],
    annotator: &Annotator,
) -> Message {
    let second = annotator.second_pass().ok();
    let mut done = BTreeMap::new();
    let mut begun = Vec::new();
    for path in documents {
        let again = second
            .as_ref()
            .and_then(|second| peek_status(project, &SetStore::file(project, second, path)));
        match again {
            Some(status) if status.is_settled() => continue,
            Some(_) => {
                begun.push(path.clone());
                continue;
            }
            None => {}
        }
        let file = SetStore::file(project, annotator, path);
        if peek_status(project, &file) == Some(Status::Done)
            && let Some(days) = days_since_written(project, &file)
        {
            done.insert(path.clone(), days);
        }
    }
    Reviewing::DoneFound(number, done, begun).into()
}
