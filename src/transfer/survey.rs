//! The first of two looks, for what each document's encoding has to know of the whole.

use super::Progress;
use super::export::ExportJob;
use crate::corpus::{Annotator, DocumentPath};
use crate::exchange::{Context, Format, Sharing, Signature, Split, Tally, choose, split};
use crate::storage::read_entries;

/// What the whole comes to.
#[derive(Default)]
pub(super) struct Survey {
    pub(super) tally: Tally,
    pub(super) split: Option<Split>,
}

/// Whether a format needs to know the whole before the first document.
pub(super) fn needs_survey(job: &ExportJob) -> bool {
    job.options.split.is_some() || job.format == Format::Conll
}

/// Looks at all documents; `None` when it was stopped.
pub(super) fn survey(
    job: &ExportJob,
    annotators: &[Annotator],
    documents: &[DocumentPath],
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Option<Survey> {
    let mut found = Survey::default();
    let mut sharing: Vec<Sharing> = Vec::new();
    let mut done = 0;
    let mut goes_on = true;
    let work = |_: usize, _: &DocumentPath, read: crate::storage::ReadEntry| {
        let (entry, _) = read.ok()?;
        let entry = choose(job.format, entry, &job.options).entry?;
        let mut tally = Tally::default();
        tally.add(&entry, "", &job.schema);
        let shared = job.options.split.is_some().then(|| Sharing {
            id: entry.document.path.id().to_owned(),
            signature: Signature::of(entry.document.text.as_str()),
            counts: tally.by_label(),
        });
        Some((tally, shared))
    };
    read_entries(&job.project, annotators, documents, work, |surveyed| {
        if let Some((tally, shared)) = surveyed {
            found.tally.merge(tally);
            sharing.extend(shared);
        }
        done += 1;
        goes_on = progress(Progress { done, of: documents.len() * 2 });
        goes_on
    });
    found.split = job.options.split.as_ref().map(|plan| split(plan, &sharing));
    goes_on.then_some(found)
}

/// What each document's encoding has to know.
pub(super) fn context_of(job: &ExportJob, survey: &Survey) -> Context {
    let schema = job.schema.adopting(&survey.tally.unknown).unwrap_or_else(|_| job.schema.clone());
    Context {
        labels: survey.tally.labels_by_annotator(&schema),
        schema,
        options: job.options.clone(),
        parts: survey.split.as_ref().map(|split| split.documents.clone()).unwrap_or_default(),
    }
}
