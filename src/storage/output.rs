//! Where an export is written: a folder that is there whole or not at all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tempfile::TempDir;
use thiserror::Error;

use super::problem::plain_words;

/// The file that says what an export left out and which files it has.
pub const REPORT: &str = "loss.json";

/// Files that are open at a time.
const OPEN: usize = 64;

/// Why an export could not be written; nothing was.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum OutputError {
    /// The system refused.
    #[error("{path}: it could not be written ({words})", path = .0.display(), words = .1)]
    Io(PathBuf, String),
    /// Something that is no folder has the name.
    #[error("{} is no folder, as an export is; it was left as it is", .0.display())]
    File(PathBuf),
    /// There are other files than an earlier export's.
    #[error(
        "{path} is not empty, and \"{file}\" in it is not as an export left it; nothing was written \
         over. Choose another folder",
        path = .0.display(),
        file = .1
    )]
    Foreign(PathBuf, String),
    /// There is an export of another format.
    #[error(
        "{path} holds an export as {format}; nothing was written over. Choose another folder",
        path = .0.display(),
        format = .1
    )]
    OtherFormat(PathBuf, String),
    /// What was written is not what is there now.
    #[error("{} does not read back as it was written; the disk may be failing", .0.display())]
    Damaged(PathBuf),
}

/// A file of an export.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OutputFile {
    /// Its place below the folder, with `/`.
    pub file: String,
    /// How long it is.
    pub bytes: u64,
    /// The CRC-32 of its content (ISO-HDLC, as in zip).
    pub crc32: u32,
}

/// What an earlier export's report says of it.
#[derive(Deserialize)]
struct Report {
    format: String,
    files: Vec<OutputFile>,
}

/// A folder that is being written. It lies beside its place until it is finished; if
/// it is dropped, nothing stays.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    format: String,
    folder: TempDir,
    open: BTreeMap<String, BufWriter<File>>,
    written: BTreeMap<String, (u64, crc32fast::Hasher)>,
}

impl OutputFolder {
    /// Begins a folder. One that is there already must be empty, or hold just what an
    /// earlier export to this format left, which is replaced in the end.
    ///
    /// # Errors
    /// When it cannot be made or holds something else.
    pub fn begin(target: &Path, format: &str) -> Result<Self, OutputError> {
        // What a link leads to is written, and the link stays. Behind a slash it would be taken
        // for what it leads to.
        let named: PathBuf = target.components().collect();
        let place =
            if named.is_symlink() { named.canonicalize() } else { std::path::absolute(&named) };
        let target = place.map_err(|error| failed(target, &error))?;
        refuse_foreign(&target, format)?;
        let parent = target.parent().unwrap_or(Path::new("/"));
        std::fs::create_dir_all(parent).map_err(|error| failed(parent, &error))?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".tandai-export-");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
        let folder = builder.tempdir_in(parent).map_err(|error| failed(parent, &error))?;
        let format = format.to_owned();
        Ok(Self { target, format, folder, open: BTreeMap::new(), written: BTreeMap::new() })
    }

    /// Appends to a file, `/` between folders, which is made where it is not there yet.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn append(&mut self, file: &str, content: &[u8]) -> Result<(), OutputError> {
        let (bytes, crc) = match self.written.get_mut(file) {
            Some(known) => known,
            None => self.written.entry(file.to_owned()).or_default(),
        };
        let fresh = *bytes == 0;
        *bytes += content.len() as u64;
        crc.update(content);
        if let Some(open) = self.open.get_mut(file) {
            let written = open.write_all(content);
            return written.map_err(|error| failed(&self.path(file), &error));
        }
        let path = self.path(file);
        let fail = |error: io::Error| failed(&path, &error);
        if self.open.len() >= OPEN {
            for mut open in std::mem::take(&mut self.open).into_values() {
                open.flush().map_err(fail)?;
            }
        }
        if fresh && let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        let opened = File::options().append(true).create(true).open(&path).map_err(fail)?;
        let mut open = BufWriter::with_capacity(1 << 16, opened);
        open.write_all(content).map_err(fail)?;
        self.open.insert(file.to_owned(), open);
        Ok(())
    }

    /// Whether something was appended to a file.
    pub fn has(&self, file: &str) -> bool {
        self.written.contains_key(file)
    }

    /// Opens a file to read what is in it by now.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn open_back(&mut self, file: &str) -> Result<File, OutputError> {
        let path = self.path(file);
        let fail = |error: io::Error| failed(&path, &error);
        if let Some(open) = self.open.get_mut(file) {
            open.flush().map_err(fail)?;
        }
        File::open(&path).map_err(fail)
    }

    /// The files that were written to, by name.
    pub fn names(&self) -> Vec<String> {
        self.written.keys().cloned().collect()
    }

    /// The files with what is in them.
    pub fn files(&self) -> Vec<OutputFile> {
        let file = |(file, (bytes, crc)): (&String, &(u64, crc32fast::Hasher))| OutputFile {
            file: file.clone(),
            bytes: *bytes,
            crc32: crc.clone().finalize(),
        };
        self.written.iter().map(file).collect()
    }

    /// Reads all files back from the disk and puts the folder in its place.
    ///
    /// # Errors
    /// When the system refuses, or something is not as it was written.
    pub fn finish(mut self) -> Result<PathBuf, OutputError> {
        let target = self.target.clone();
        for (file, mut open) in std::mem::take(&mut self.open) {
            open.flush().map_err(|error| failed(Path::new(&file), &error))?;
        }
        self.files().par_iter().try_for_each(|file| {
            let path = self.path(&file.file);
            match checksum(&path) {
                Ok(found) if found == (file.bytes, file.crc32) => Ok(()),
                Ok(_) => Err(OutputError::Damaged(path)),
                Err(error) => Err(failed(&path, &error)),
            }
        })?;
        // Somebody may have put something there meanwhile.
        refuse_foreign(&target, &self.format)?;
        let fail = |error: io::Error| failed(&target, &error);
        if target.exists() {
            self.replace(&target).map_err(|error| match error {
                Replacing::Foreign(error) => error,
                Replacing::Io(error) => fail(error),
            })?;
        } else {
            std::fs::rename(self.folder.path(), &target).map_err(fail)?;
        }
        Ok(target)
    }

    /// Puts the folder in the place of an earlier export, which is taken away only when
    /// the new one is surely on the disk.
    fn replace(&self, target: &Path) -> Result<(), Replacing> {
        for file in self.written.keys() {
            File::open(self.path(file))?.sync_all()?;
        }
        let old = self.folder.path().with_extension("old");
        std::fs::rename(target, &old)?;
        // Somebody may have put something there at the last moment.
        let checked = refuse_foreign(&old, &self.format).map_err(Replacing::Foreign);
        let placed = checked.and_then(|()| Ok(std::fs::rename(self.folder.path(), target)?));
        if placed.is_err() {
            std::fs::rename(&old, target)?;
            return placed;
        }
        if let Some(parent) = target.parent().filter(|_| cfg!(unix)) {
            File::open(parent)?.sync_all()?;
        }
        if let Err(error) = std::fs::remove_dir_all(&old) {
            log::warn!("the earlier export stays as {} ({error})", old.display());
        }
        Ok(())
    }

    fn path(&self, file: &str) -> PathBuf {
        let mut path = self.folder.path().to_path_buf();
        path.extend(file.split('/'));
        path
    }
}

/// Why an earlier export could not be replaced.
enum Replacing {
    Foreign(OutputError),
    Io(io::Error),
}

impl From<io::Error> for Replacing {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Refuses a place that holds anything but an unchanged earlier export to this format.
fn refuse_foreign(target: &Path, format: &str) -> Result<(), OutputError> {
    match std::fs::metadata(target) {
        Ok(data) if data.is_dir() => {}
        // A file, or a pipe or device, which would be in the way of nothing but itself.
        Ok(_) => return Err(OutputError::File(target.to_path_buf())),
        Err(_) => return Ok(()),
    }
    let report = std::fs::read(target.join(REPORT)).ok();
    let report = report.and_then(|report| serde_json::from_slice::<Report>(&report).ok());
    if let Some(report) = report.as_ref().filter(|report| report.format != format) {
        return Err(OutputError::OtherFormat(target.to_path_buf(), report.format.clone()));
    }
    let has_report = report.is_some();
    let files = report.into_iter().flat_map(|report| report.files);
    let mut known: BTreeMap<String, (u64, u32)> =
        files.map(|file| (file.file, (file.bytes, file.crc32))).collect();
    for entry in walkdir::WalkDir::new(target).min_depth(1) {
        let entry = entry.map_err(|error| failed(target, &error.into()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(target).unwrap_or(entry.path());
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        let own = known
            .remove(&name)
            .is_some_and(|known| checksum(entry.path()).is_ok_and(|found| found == known));
        // The report cannot hold its own sum.
        if !own && (name != REPORT || !has_report) {
            return Err(OutputError::Foreign(target.to_path_buf(), name));
        }
    }
    Ok(())
}

/// The length and the CRC-32 of a file.
fn checksum(path: &Path) -> io::Result<(u64, u32)> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut crc = crc32fast::Hasher::new();
    let mut length = 0;
    loop {
        let content = file.fill_buf()?;
        let read = content.len();
        if read == 0 {
            break;
        }
        crc.update(content);
        length += read as u64;
        file.consume(read);
    }
    Ok((length, crc.finalize()))
}

fn failed(path: &Path, error: &io::Error) -> OutputError {
    OutputError::Io(path.to_path_buf(), plain_words(error))
}
