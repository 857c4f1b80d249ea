//! What is written when the program fails, for whoever is to mend it.

use std::io;
use std::path::{Path, PathBuf};

use super::atomic::create;
use super::door::Door;

const PREFIX: &str = "failure-";
const ENDING: &str = "txt";
/// What the name of a report ends in that the person has seen.
const SEEN: &str = "seen";

/// Writes a report into a folder, which is made. `when` is in seconds since 1970. Returns its
/// place.
///
/// # Errors
/// As the system says.
pub fn write_report(folder: &Path, when: u64, words: &str) -> io::Result<PathBuf> {
    let file = folder.join(format!("{PREFIX}{when}.{ENDING}"));
    match create(&Door::disk(), &file, words.as_bytes()) {
        // One fault often brings the next; the first is the one to look at.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(file),
        created => created.map(|()| file),
    }
}

/// The latest report in a folder that the person has not seen.
pub fn unseen_report(folder: &Path) -> Option<PathBuf> {
    let entries = Door::disk().list(folder).ok()?;
    let names = entries.into_iter().map(|entry| PathBuf::from(entry.name));
    let reports = names.filter(|name| {
        let is_report = name.to_string_lossy().starts_with(PREFIX);
        is_report && name.extension().is_some_and(|ending| ending == ENDING)
    });
    reports.max().map(|name| folder.join(name))
}

/// Remembers that the person has seen a report; it stays where it is.
///
/// # Errors
/// As the system says.
pub fn mark_report_seen(report: &Path) -> io::Result<()> {
    Door::disk().rename(report, &report.with_extension(SEEN))
}
