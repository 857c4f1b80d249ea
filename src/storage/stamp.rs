//! Whether a file is what it was when it was read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::Project;
use super::door::{Below, Look};
use super::names::SET_ENDING;
use crate::corpus::{Annotator, DocumentPath};

/// How long ago a file must have been written for its time to tell it from what it is
/// afterwards: file systems count time in steps, some of them of two seconds.
const STEP: Duration = Duration::from_secs(2);

/// What tells a file from what it was when it was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970 at which it was written; `None` where that tells nothing.
    written: Option<u64>,
    /// The XXH3 of its bytes, where it was read to its end: nobody has a reason to forge it.
    hash: Option<u128>,
}

impl Stamp {
    /// The stamp of a file that was looked at, at a time, and then read: all of its bytes, where
    /// they are to be told from others.
    pub(super) fn new(look: &Look, at: SystemTime, content: Option<&[u8]>) -> Self {
        let settled = look.modified.and_then(|written| written.checked_add(STEP));
        let is_past = settled.is_some_and(|settled| settled < at);
        Self {
            bytes: look.bytes,
            written: nanoseconds(look).filter(|_| is_past),
            hash: content.map(XxHash3_128::oneshot),
        }
    }

    /// Whether a file that looks like this need not be read again.
    pub(super) fn is_of(&self, look: &Look) -> bool {
        self.bytes == look.bytes && self.written.is_some() && self.written == nanoseconds(look)
    }

    /// Whether what was read both times is the same.
    pub(super) fn has_content_of(&self, other: &Self) -> bool {
        self.hash.is_some() && self.hash == other.hash
    }
}

/// The folders of a project's articles and of annotators' sets, in which many are looked at.
pub(super) struct Folders {
    articles: Below,
    sets: Vec<Below>,
}

impl Folders {
    pub(super) fn of(project: &Project, annotators: &[Annotator]) -> Self {
        let below = |folder| project.files().below(folder);
        Self {
            articles: below(project.articles().to_path_buf()),
            sets: annotators.iter().map(|who| below(project.annotator_folder(who))).collect(),
        }
    }

    /// Whether an article and each annotator's set about it, which may not be there, look as
    /// they did.
    pub(super) fn are_as_they_were(
        &self,
        document: &DocumentPath,
        article: &Stamp,
        sets: &[Option<Stamp>],
    ) -> bool {
        let is_as_it_was = |folder: &Below, file: &str, stamp: Option<&Stamp>| {
            folder.look_if_there(file).is_ok_and(|look| match (stamp, look) {
                (None, None) => true,
                (Some(stamp), Some(look)) => stamp.is_of(&look),
                _ => false,
            })
        };
        let set = format!("{document}{SET_ENDING}");
        let mut pairs = self.sets.iter().zip(sets);
        self.sets.len() == sets.len()
            && is_as_it_was(&self.articles, document.as_str(), Some(article))
            && pairs.all(|(folder, stamp)| is_as_it_was(folder, &set, stamp.as_ref()))
    }
}

fn nanoseconds(look: &Look) -> Option<u64> {
    let since = look.modified?.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}
