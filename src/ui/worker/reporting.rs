//! Writing a page about how far annotators agree and what they differ about.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::comparing::{Among, each_compared};
use crate::corpus::{Annotator, Decisions};
use crate::exchange::Handover;
use crate::review::open_differences;
use crate::storage::{DecisionStore, write_page};
use crate::ui::parts::typed_path;

/// Compares anew, so that what is open is as the files and the window have it now, and
/// writes the page.
///
/// Fails in words for the person.
pub(super) fn write_report(
    among: &Among<'_>,
    about: &Handover<'_>,
    settled: Option<Arc<Decisions>>,
    file: &Path,
) -> Result<PathBuf, String> {
    let settled = match settled {
        Some(settled) => settled,
        None => match DecisionStore::load(among.project, &Annotator::gold()) {
            (_, settled, None) => Arc::new(settled),
            (_, _, Some(problem)) => {
                return Err(format!("what is settled is not known. {problem}"));
            }
        },
    };
    let mut open = Vec::new();
    each_compared(among, about.agreement.annotators(), |rows, _| {
        open.extend(open_differences(rows.unwrap_or_default(), &settled));
        true
    });
    // A path without a folder of its own lies in the project's.
    let file = among.project.root().join(typed_path(&file.to_string_lossy()));
    write_page(&file, &about.page(&open)).map_err(|error| error.to_string())?;
    Ok(file)
}
