//! Collecting remarks from many articles, on all cores.

use super::comparing::Among;
use crate::corpus::{AnnotationSet, Annotator, Document, Schema};
use crate::review::{Remark, Topic, remarks};
use crate::session::Message;

/// How many documents are looked at before they are reported.
const BATCH: usize = 256;

/// Collects what there is to remark on in the sets of some annotators, in the order of the
/// documents. `report` says whether to go on.
pub(super) fn survey(
    number: u64,
    among: &Among<'_>,
    annotators: &[Annotator],
    (schema, topic): (&Schema, &Topic),
    report: &mut dyn FnMut(Message) -> bool,
) {
    let work = |document: &Document, sets: &[&AnnotationSet]| {
        let whose = sets.iter().filter(|set| annotators.contains(set.annotator()));
        whose.flat_map(|set| remarks(topic, schema, document, set)).collect::<Vec<Remark>>()
    };
    let mut rows = Vec::new();
    let mut looked_at = 0;
    let mut goes_on = true;
    among.each_marked(annotators, work, |found, _| {
        rows.extend(found.into_iter().flatten());
        looked_at += 1;
        if looked_at == BATCH {
            let (rows, looked_at) = (std::mem::take(&mut rows), std::mem::take(&mut looked_at));
            goes_on = report(Message::Surveyed { number, rows, looked_at, finished: false });
        }
        goes_on
    });
    if goes_on {
        report(Message::Surveyed { number, rows, looked_at, finished: true });
    }
}
