//! Counting everything in all sets, a batch of articles at a time on all cores.

use std::collections::BTreeMap;

use crate::corpus::{DocumentPath, Entry, Metadata, Schema};
use crate::review::Statistics;
use crate::session::{InMemory, Message};
use crate::storage::{Project, in_rounds, read_entry};

/// How many documents are counted before they are reported.
const BATCH: usize = 64;

/// Counts documents in order. `report` says whether to go on.
pub(super) fn count(
    number: u64,
    project: &Project,
    documents: &[DocumentPath],
    schema: &Schema,
    in_memory: &BTreeMap<DocumentPath, InMemory>,
    report: &mut dyn FnMut(Message) -> bool,
) {
    let annotators = project.annotators().0;
    // Everyone is named, also who has nothing that could be read.
    let mut part = Part { statistics: Statistics::new(annotators.clone()), ..Part::default() };
    let figures = |_: usize, path: &DocumentPath| match in_memory.get(path) {
        Some(held) => (Some(Statistics::of(schema, &entry(held))), held.unreadable),
        None => match read_entry(project, &annotators, path) {
            Ok((entry, problems)) => (Some(Statistics::of(schema, &entry)), problems.len()),
            Err(_) => (None, 1),
        },
    };
    let mut goes_on = true;
    let mut take = |statistics: Option<Statistics>, unreadable| {
        part.looked_at += 1;
        part.unreadable += unreadable;
        if let Some(statistics) = statistics {
            part.statistics.merge(statistics);
        }
        if part.looked_at == BATCH {
            goes_on = report(std::mem::take(&mut part).message(number, false));
        }
        goes_on
    };
    in_rounds(documents, figures, |_, made| {
        made.into_iter().all(|(statistics, unreadable)| take(statistics, unreadable))
    });
    if goes_on {
        report(part.message(number, true));
    }
}

/// What was counted and is not reported yet.
#[derive(Default)]
struct Part {
    statistics: Statistics,
    looked_at: usize,
    unreadable: usize,
}

impl Part {
    fn message(self, number: u64, finished: bool) -> Message {
        let Self { statistics, looked_at, unreadable } = self;
        let statistics = Box::new(statistics);
        Message::Counted { number, statistics, looked_at, unreadable, finished }
    }
}

/// A document with its sets as they are in memory. Texts and annotations are shared.
fn entry(held: &InMemory) -> Entry {
    let sets = held.sets.iter().map(|set| (**set).clone()).collect();
    Entry { document: (*held.document).clone(), metadata: Metadata::new(), sets }
}
