//! Exports and imports, and looks at them.

use std::path::Path;

use crate::session::{Imported, Message, NotImported, Transfer};
use crate::storage::Project;
use crate::transfer::{Destination, ExportJob, ImportError, ImportJob, Progress, export, import};
use crate::ui::parts::typed_path;

/// Refusals that are shown.
const SHOWN: usize = 1_000;
/// How often it is said how far it is: after so many documents.
const STEP: usize = 16;

/// Exports, or looks at what an export would lose. `report` says whether to go on.
pub(super) fn export_or_look(
    number: u64,
    job: &ExportJob,
    folder: Option<&Path>,
    report: &mut dyn FnMut(Message) -> bool,
) {
    let folder = folder.map(|folder| typed_path(&folder.to_string_lossy()));
    let folder = folder.as_deref();
    let destination = folder.map_or(Destination::Nowhere(None), Destination::Folder);
    let result = export(job, destination, &mut |progress| {
        !is_told(progress) || report(Transfer::ExportGoes(number, progress).into())
    });
    let result = result.map(Box::new).map_err(|error| error.to_string());
    report(Transfer::ExportDone(number, result).into());
}

/// Imports, or looks at what there is.
pub(super) fn import_or_look(
    number: u64,
    job: &ImportJob,
    report: &mut dyn FnMut(Message) -> bool,
) {
    let job = &ImportJob { from: typed_path(&job.from.to_string_lossy()), ..job.clone() };
    let mut refusals = Vec::new();
    let result = import(
        job,
        &mut |refusal| {
            if refusals.len() < SHOWN {
                refusals.push(refusal.clone());
            }
        },
        &mut |progress| report(Transfer::ImportGoes(number, progress).into()),
    );
    let result = match result {
        Ok(counted) => {
            let project = Project::at(&job.project).ok();
            let documents = project.as_ref().map(|project| project.documents().0);
            let documents = documents.unwrap_or_default();
            Ok(Box::new(Imported { report: counted, refusals, project, documents }))
        }
        Err(ImportError::Nothing { .. }) if !refusals.is_empty() => {
            let first = refusals.first().map(ToString::to_string).unwrap_or_default();
            Err(NotImported { words: format!("nothing could be read: {first}"), looks_like: None })
        }
        Err(error) => {
            let looks_like = match &error {
                ImportError::Nothing { other, .. } => other.as_ref().map(|other| other.format),
                ImportError::Problem(_) | ImportError::Stopped => None,
            };
            Err(NotImported { words: error.to_string(), looks_like })
        }
    };
    report(Transfer::ImportDone(number, result).into());
}

fn is_told(progress: Progress) -> bool {
    progress.done.is_multiple_of(STEP) || progress.done == progress.of
}
