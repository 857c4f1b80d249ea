//! Reading a file whole, unless it is none or would fill the memory.

use std::path::Path;

use super::door::{Door, Kind, Look};
use super::{Problem, ProblemKind};

/// The bytes of a file that was looked at, `most` of them.
///
/// # Errors
/// When it is a pipe, a device and the like, is larger, or the system refuses.
pub(super) fn read_at_most(
    files: &Door,
    file: &Path,
    look: &Look,
    most: u64,
) -> Result<Vec<u8>, Problem> {
    if look.kind == Kind::Other {
        return Err(Problem::new(file, ProblemKind::NotAFile));
    }
    if look.bytes > most {
        return Err(Problem::new(file, ProblemKind::TooLarge { bytes: look.bytes, most }));
    }
    files.read(file).map_err(|error| Problem::unreadable(file, &error))
}
