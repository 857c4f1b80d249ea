//! Counting everything in all sets, a batch of articles at a time on all cores.

use super::comparing::Among;
use crate::corpus::{AnnotationSet, Document, Schema};
use crate::review::Statistics;
use crate::session::Message;
use crate::storage::Unread;

/// How many documents are counted before they are reported.
const BATCH: usize = 64;

/// Counts documents in order. `report` says whether to go on.
pub(super) fn count(
    number: u64,
    among: &Among<'_>,
    schema: &Schema,
    report: &mut dyn FnMut(Message) -> bool,
) {
    let annotators = among.project.annotators().0;
    // Everyone is named, also who has nothing that could be read.
    let mut part = Part { statistics: Statistics::new(annotators.clone()), ..Part::default() };
    let figures = |document: &Document, sets: &[&AnnotationSet]| {
        Statistics::of(schema, document, sets.iter().copied())
    };
    let mut goes_on = true;
    among.each(&annotators, figures, |statistics, unread| {
        part.looked_at += 1;
        part.unread += unread;
        if let Some(statistics) = statistics {
            part.statistics.merge(statistics);
        }
        if part.looked_at == BATCH {
            goes_on = report(std::mem::take(&mut part).message(number, false));
        }
        goes_on
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
    unread: Unread,
}

impl Part {
    fn message(self, number: u64, finished: bool) -> Message {
        let Self { statistics, looked_at, unread } = self;
        let statistics = Box::new(statistics);
        Message::Counted { number, statistics, looked_at, unread, finished }
    }
}
