//! The real file system.

use std::fs::{File, Metadata, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::door::{AtHand, Files, Kind, Listed, Lock, Look, Notices};

/// The files of the system.
#[derive(Clone, Copy, Debug)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(file)
    }

    fn read_at_most(&self, path: &Path, most: u64) -> io::Result<(Look, Option<Vec<u8>>)> {
        let (look, file) = opened(path)?;
        let Some(mut file) = file.filter(|_| look.bytes <= most) else { return Ok((look, None)) };
        let expected = usize::try_from(look.bytes).unwrap_or_default();
        // There is room for one more, so that what fills the rest is all there is, and the
        // system need not be asked once more for the end.
        let room = usize::try_from(most.min(look.bytes.saturating_add(1)));
        let mut bytes = vec![0; room.unwrap_or(expected)];
        let length = fill(&mut file, &mut bytes, expected)?;
        bytes.truncate(length);
        if length > expected {
            file.take(most - length as u64).read_to_end(&mut bytes)?;
        }
        Ok((look, Some(bytes)))
    }

    fn read_start(&self, path: &Path, at_most: usize) -> io::Result<(Look, Vec<u8>)> {
        let (look, file) = opened(path)?;
        let Some(mut file) = file else { return Ok((look, Vec::new())) };
        let mut start = vec![0; at_most];
        let length = fill(&mut file, &mut start, at_most)?;
        start.truncate(length);
        Ok((look, start))
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        Ok(look_of(&std::fs::metadata(path)?))
    }

    #[cfg(target_os = "linux")]
    fn at_hand(&self, folder: &Path) -> Option<Box<dyn AtHand>> {
        super::at_hand::HeldFolder::open(folder).ok().map(|held| Box::new(held) as _)
    }

    #[cfg(not(target_os = "linux"))]
    fn at_hand(&self, _: &Path) -> Option<Box<dyn AtHand>> {
        None
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let mut entries = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let kind = entry.file_type().map_or(Kind::Other, |kind| {
                if kind.is_symlink() {
                    Kind::Link
                } else if kind.is_dir() {
                    Kind::Folder
                } else if kind.is_file() {
                    Kind::File
                } else {
                    Kind::Other
                }
            });
            entries.push(Listed { name: entry.file_name(), kind });
        }
        Ok(entries)
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::create_dir(folder)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        std::fs::remove_dir(folder)
    }

    fn write_new(&self, file: &Path, content: &[u8]) -> io::Result<()> {
        File::create_new(file)?.write_all(content)
    }

    fn append(&self, file: &Path, content: &[u8]) -> io::Result<()> {
        OpenOptions::new().append(true).create(true).open(file)?.write_all(content)
    }

    fn cut(&self, file: &Path, bytes: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(file)?.set_len(bytes)
    }

    fn sync(&self, file: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(file)?.sync_all()
    }

    // A rename is on the disk only when its folder is. Windows does that by itself.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn permit_as(&self, file: &Path, other: &Path) -> io::Result<()> {
        std::fs::set_permissions(file, std::fs::metadata(other)?.permissions())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut from = tempfile::TempPath::try_from_path(from)?;
        // Whoever wrote it takes it away, or not.
        from.disable_cleanup(true);
        from.persist_noclobber(to).map_err(|error| error.error)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        std::fs::remove_file(file)
    }

    fn lock(&self, file: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(file)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Box::new(Held(file)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    #[cfg(target_os = "linux")]
    fn notices(&self, tell: Box<dyn Fn() + Send>) -> io::Result<Box<dyn Notices>> {
        super::notices::Inotify::start(tell).map(|notices| Box::new(notices) as _)
    }

    #[cfg(not(target_os = "linux"))]
    fn notices(&self, _: Box<dyn Fn() + Send>) -> io::Result<Box<dyn Notices>> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// The system lets the lock go with the file.
#[expect(dead_code, reason = "held, not looked at")]
struct Held(File);

impl Lock for Held {}

/// What is at a path, opened to be read where it is a file. What else it is is not waited for.
fn opened(path: &Path) -> io::Result<(Look, Option<File>)> {
    match open_at_once(path) {
        Ok(file) => {
            let look = look_of(&file.metadata()?);
            Ok((look, Some(file).filter(|_| look.kind == Kind::File)))
        }
        // Nothing is there: of most articles nobody has written down more than the text.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(error),
        Err(error) => {
            let look = look_of(&std::fs::metadata(path)?);
            match look.kind {
                // Another program has it, and is asked to give it back by one that waits.
                Kind::File if error.kind() == io::ErrorKind::WouldBlock => {
                    Ok((look, Some(File::open(path)?)))
                }
                Kind::File => Err(error),
                _ => Ok((look, None)),
            }
        }
    }
}

/// Reads from a file until it ends, `bytes` is full, or what was read comes to `expected`
/// bytes. Returns how many there are.
fn fill(file: &mut File, bytes: &mut [u8], expected: usize) -> io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = bytes.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match file.read(rest) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if length == expected {
            break;
        }
    }
    Ok(length)
}

/// Opens what is at a path. A pipe is opened though nobody writes into it.
fn open_at_once(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    options.read(true).open(path)
}

fn look_of(data: &Metadata) -> Look {
    Look {
        kind: kind_of(data),
        bytes: data.len(),
        modified: data.modified().ok(),
        is_read_only: data.permissions().readonly(),
    }
}

fn kind_of(data: &Metadata) -> Kind {
    if data.is_dir() {
        Kind::Folder
    } else if data.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_to_its_end_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        for content in ["", "a", "Kim tiba.", &"kata ".repeat(30_000)] {
            std::fs::write(&file, content).unwrap();
            let bytes = content.len() as u64;
            for most in [bytes, bytes + 1, u64::MAX] {
                let (look, read) = Disk.read_at_most(&file, most).unwrap();
                assert_eq!((look.bytes, read.as_deref()), (bytes, Some(content.as_bytes())));
            }
            if let Some(less) = bytes.checked_sub(1) {
                assert_eq!(Disk.read_at_most(&file, less).unwrap().1, None);
            }
            let start = content.as_bytes().get(..bytes.min(5) as usize).unwrap();
            assert_eq!(Disk.read_start(&file, 5).unwrap().1, start);
        }
    }

    /// The system says of some that they have no bytes, and gives them all the same.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_is_longer_than_the_system_says_is_read_to_its_end() {
        let file = Path::new("/proc/self/cmdline");
        let (look, read) = Disk.read_at_most(file, u64::MAX).unwrap();
        assert_eq!((look.bytes, read), (0, Some(std::fs::read(file).unwrap())));
        assert_eq!(Disk.read_at_most(file, 3).unwrap().1.unwrap().len(), 3);
    }
}
