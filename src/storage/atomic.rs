//! Files that are there whole or not at all.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::door::{Door, Kind};
use super::names::OTHER;

/// What the name of a file begins and ends with that is not finished yet.
const PREFIX: &str = ".tandai-";
const SUFFIX: &str = ".tmp";

/// Writes a file in one step: a temporary file beside it, synced, renamed over
/// it, the folder synced. When this returns, the content is on the disk; when
/// it fails, what was there before is untouched.
pub(super) fn replace(files: &Door, path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = written_beside(files, path, content)?;
    let placed = (|| {
        if files.is_there(path) {
            files.permit_as(&temporary, path)?;
        }
        files.rename(&temporary, path)
    })();
    placed.inspect_err(|_| discard(files, &temporary))?;
    files.sync_folder(folder_of(path))
}

/// The same for a file that must not be there yet.
///
/// Fails with [`io::ErrorKind::AlreadyExists`] when it is.
pub(super) fn create(files: &Door, path: &Path, content: &[u8]) -> io::Result<()> {
    let temporary = written_beside(files, path, content)?;
    files.rename_new(&temporary, path).inspect_err(|_| discard(files, &temporary))?;
    // The file is there, and what it came from too: an unsynced folder loses nothing.
    let _ = files.sync_folder(folder_of(path));
    Ok(())
}

/// Renames a file to its name with a number behind it that nothing has, and returns that.
pub(super) fn set_aside(files: &Door, path: &Path) -> io::Result<PathBuf> {
    for number in 1..=u16::MAX {
        let mut name = path.as_os_str().to_owned();
        name.push(format!("{OTHER}{number}"));
        let free = PathBuf::from(name);
        match files.rename_new(path, &free) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            renamed => return renamed.map(|()| free),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Makes a folder and those around it, where they are not there, and returns when they
/// are on the disk.
pub(super) fn make_folders(files: &Door, folder: &Path) -> io::Result<()> {
    let missing: Vec<&Path> =
        folder.ancestors().take_while(|above| !files.is_folder(above)).collect();
    for folder in missing.into_iter().rev() {
        if folder.as_os_str().is_empty() {
            continue;
        }
        match files.make_folder(folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                // Another part of the program may have been quicker; a file may be in the way.
                if !files.is_folder(folder) {
                    return Err(in_the_way(folder));
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                let above = folder
                    .ancestors()
                    .find(|above| files.look(above).is_ok_and(|look| look.kind != Kind::Folder));
                return Err(above.map_or(error, in_the_way));
            }
            made => made?,
        }
        files.sync_folder(folder_of(folder))?;
    }
    Ok(())
}

/// Returns when it is on the disk that the folders around a file are there, up to `root`. One
/// of them may have been made by somebody who could not see to that.
pub(super) fn sync_around(files: &Door, path: &Path, root: &Path) -> io::Result<()> {
    let around = folder_of(path).ancestors().skip(1).take_while(|above| above.starts_with(root));
    for folder in around {
        files.sync_folder(folder)?;
    }
    Ok(())
}

/// Takes away what a program that was killed has left lying unfinished in a folder and
/// those in it, if it was written at least so long ago. What another one is just writing may
/// be among it; that one tries again.
pub(super) fn sweep(files: &Door, folder: &Path, age: Duration) {
    let Ok(entries) = files.list(folder) else { return };
    for entry in entries {
        let name = entry.name.as_encoded_bytes();
        match entry.kind {
            Kind::Folder => sweep(files, &folder.join(&entry.name), age),
            Kind::File
                if name.starts_with(PREFIX.as_bytes()) && name.ends_with(SUFFIX.as_bytes()) =>
            {
                let path = folder.join(&entry.name);
                let written = files.look(&path).ok().and_then(|look| look.modified);
                let is_old = |at: SystemTime| at.elapsed().is_ok_and(|since| since >= age);
                if age.is_zero() || written.is_some_and(is_old) {
                    discard(files, &path);
                }
            }
            _ => {}
        }
    }
}

fn written_beside(files: &Door, path: &Path, content: &[u8]) -> io::Result<PathBuf> {
    let folder = folder_of(path);
    make_folders(files, folder)?;
    loop {
        let temporary = folder.join(format!("{PREFIX}{:016x}{SUFFIX}", fastrand::u64(..)));
        match files.write_new(&temporary, content) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => {
                let synced = written.and_then(|()| files.sync(&temporary));
                synced.inspect_err(|_| discard(files, &temporary))?;
                return Ok(temporary);
            }
        }
    }
}

/// What cannot be taken away now is swept the next time.
fn discard(files: &Door, temporary: &Path) {
    let _ = files.remove(temporary);
}

/// Where a folder cannot be made because a file has its name, says which.
fn in_the_way(file: &Path) -> io::Error {
    io::Error::other(format!("{} is a file where a folder must be", file.display()))
}

/// A bare name lies in the folder that one works in.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}
