//! Files that are there whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Writes a file in one step: a temporary file beside it, synced, renamed over
/// it, the folder synced. When this returns, the content is on the disk; when
/// it fails, what was there before is untouched.
pub(super) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let written = written_beside(path, content)?;
    if let Ok(there) = std::fs::metadata(path) {
        written.as_file().set_permissions(there.permissions())?;
    }
    written.persist(path)?;
    sync_folder(path)
}

/// The same for a file that must not be there yet.
///
/// Fails with [`io::ErrorKind::AlreadyExists`] when it is.
pub(super) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    written_beside(path, content)?.persist_noclobber(path)?;
    // The file is there, and what it came from too: an unsynced folder loses nothing.
    let _ = sync_folder(path);
    Ok(())
}

fn written_beside(path: &Path, content: &[u8]) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    std::fs::create_dir_all(folder).map_err(|error| in_the_way(folder).unwrap_or(error))?;
    let mut builder = Builder::new();
    builder.prefix(".tandai-").suffix(".tmp");
    // A temporary file is private unless told otherwise; a set is for all who
    // share the folder, as the process's mask allows.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Where a folder cannot be made because a file has its name, says which.
fn in_the_way(folder: &Path) -> Option<io::Error> {
    let file = folder.ancestors().find(|above| above.is_file())?;
    let words = format!("{} is a file where a folder must be", file.display());
    Some(io::Error::other(words))
}

/// A rename is on the disk only when its folder is. Windows does that by itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) { std::fs::File::open(folder_of(path))?.sync_all() } else { Ok(()) }
}

/// A bare name lies in the folder that one works in.
fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
