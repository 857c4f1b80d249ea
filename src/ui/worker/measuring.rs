//! Measuring how far annotators agree, on all cores.

use super::comparing::Among;
use crate::corpus::{AnnotationSet, Annotator, Document, Schema};
use crate::review::{Agreement, LeftOut, Measured};
use crate::session::{Message, Reviewing};
use crate::storage::Unread;

/// How many documents are counted before it is said how far it is.
const BATCH: usize = 64;
/// Where the drawing of documents begins, so that the same project has the same figures.
const SEED: u64 = 0;

/// Counts in all documents, then works the figures out. `report` says whether to go on.
pub(super) fn measure(
    number: u64,
    among: &Among<'_>,
    annotators: Vec<Annotator>,
    schema: &Schema,
    report: &mut dyn FnMut(Message) -> bool,
) {
    let count =
        |document: &Document, sets: &[&AnnotationSet]| Measured::of(&annotators, document, sets);
    let (mut measured, mut looked_at, mut left_out) = (Vec::new(), 0, LeftOut::default());
    let mut all_unread = Unread::default();
    let mut goes_on = true;
    among.each(&annotators, count, |counted, unread| {
        looked_at += 1;
        match counted.flatten() {
            Some(counted) => measured.push(counted),
            None => left_out.add(unread.count()),
        }
        all_unread += unread;
        if looked_at % BATCH == 0 {
            goes_on = report(Reviewing::Measuring(number, looked_at).into());
        }
        goes_on
    });
    if !goes_on {
        return;
    }
    let mut numbers = fastrand::Rng::with_seed(SEED);
    let agreement = Agreement::of(annotators, schema, measured, left_out)
        .with_intervals(|below| numbers.usize(..below));
    let agreement = Box::new(agreement);
    report(Reviewing::Measured { number, agreement, unread: all_unread }.into());
}
