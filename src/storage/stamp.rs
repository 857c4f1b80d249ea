//! Whether a file is what it was when it was read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::door::Look;

/// How long ago a file must have been written for its time to tell it from what it is
/// afterwards: file systems count time in steps, some of them of two seconds.
const STEP: Duration = Duration::from_secs(2);

/// What tells a file from what it was when it was read.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970 at which it was written; `None` where that tells nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    written: Option<u64>,
    /// What its bytes came to, where it was read to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

impl Stamp {
    /// The stamp of a file that was looked at, at a time, and then read.
    pub(super) fn new(look: &Look, at: SystemTime, sha256: Option<String>) -> Self {
        let is_past = look.modified.is_some_and(|written| written + STEP < at);
        Self { bytes: look.bytes, written: nanoseconds(look).filter(|_| is_past), sha256 }
    }

    /// Whether a file that looks like this need not be read again.
    pub(super) fn is_of(&self, look: &Look) -> bool {
        self.bytes == look.bytes && self.written.is_some() && self.written == nanoseconds(look)
    }

    /// Whether what was read both times is the same.
    pub(super) fn has_content_of(&self, other: &Self) -> bool {
        self.sha256.is_some() && self.sha256 == other.sha256
    }
}

fn nanoseconds(look: &Look) -> Option<u64> {
    let since = look.modified?.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}
