//! What happens when the window fails: what was done is saved, and a report is written.

use std::backtrace::Backtrace;
use std::fmt::Write as _;
use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::say;
use crate::storage::write_report;

/// Where reports lie; `None` where there is no place for them.
pub(super) fn folder() -> Option<PathBuf> {
    eframe::storage_dir("tandai").map(|folder| folder.join("reports"))
}

/// Writes a report about a panic and says where it is.
pub(super) fn report(info: &PanicHookInfo<'_>) {
    let words = words(&info.to_string(), &Backtrace::force_capture().to_string());
    let when = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let written = folder().map(|folder| write_report(&folder, when, &words));
    match written {
        Some(Ok(file)) => say(&format!(
            "a fault in Tandai: {info}\nWhat was shown as saved is saved. A report is in {}",
            file.display()
        )),
        _ => say(&words),
    }
}

/// What a report says.
fn words(panic: &str, backtrace: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "Tandai {} failed on {} {}.\n\nWhat was shown as saved is saved. This file may be sent \
         to whoever looks after Tandai;\nread it before: the first lines may quote an article.\n\n\
         {panic}\n\n{backtrace}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    out
}
