//! A file that is only ever written on: records, a line each, with a checksum.
//!
//! ```text
//! 1b0f7a3c {"tandai":1}
//! 8a41c0de …a record without line ends…
//! ```
//!
//! A record is there whole or not at all: one that was cut off by a crash does not fit its
//! checksum, and is cut away when the file is opened.

use std::io;
use std::path::PathBuf;

use super::Project;
use super::atomic::{self, folder_of, make_folders};
use super::guarded::is_absence;

/// What the first line says; a log that begins with another is not read.
const HEAD: &str = r#"{"tandai":1}"#;

/// A log and how far it is written.
#[derive(Debug)]
pub struct Log {
    project: Project,
    file: PathBuf,
    /// How many bytes are whole; what is behind them is to be cut away.
    whole: u64,
    /// Whether there may be something behind them.
    torn: bool,
    /// Whether it is on the disk that the file and the folders around it are there.
    is_placed: bool,
}

/// What a log held when it was opened.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LogContent {
    /// The records, the oldest first; `None` for each that is damaged.
    pub records: Vec<Option<String>>,
    /// Where a log that cannot be read was put.
    pub set_aside: Option<PathBuf>,
}

impl Log {
    /// Opens a log, which need not be there yet.
    ///
    /// One that another version wrote is set aside under another name.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn open(project: Project, file: PathBuf) -> io::Result<(Self, LogContent)> {
        let mut content = LogContent::default();
        let bytes = match project.files().read(&file) {
            Ok(bytes) => bytes,
            Err(error) if is_absence(&error) => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut log = Self { project, file, whole: 0, torn: false, is_placed: false };
        let mut lines = Lines { all: &bytes, at: 0 };
        if let Some(first) = lines.next() {
            if first.record.as_deref() != Some(HEAD) && first.is_ended {
                content.set_aside = Some(atomic::set_aside(log.project.files(), &log.file)?);
                return Ok((log, content));
            }
            log.take(&first);
        }
        for line in lines {
            log.take(&line);
            // A head among the records says nothing.
            if line.is_ended && line.record.as_deref() != Some(HEAD) {
                content.records.push(line.record);
            }
        }
        // The end of a damaged line is the end of a write that was cut off.
        while content.records.last().is_some_and(Option::is_none) {
            content.records.pop();
        }
        log.torn = log.whole < bytes.len() as u64;
        Ok((log, content))
    }

    fn take(&mut self, line: &Line) {
        if line.record.is_some() && line.is_ended {
            self.whole = line.end;
        }
    }

    /// Writes records behind the others. With `sync` it returns when they are on the disk,
    /// and those before them.
    ///
    /// # Errors
    /// As the system says; what is half written then is cut away the next time.
    pub fn append<'a>(
        &mut self,
        records: impl IntoIterator<Item = &'a str>,
        sync: bool,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        // Somebody may have deleted it, which is allowed.
        let there = match self.project.files().look(&self.file) {
            Ok(look) => look.bytes,
            Err(error) if is_absence(&error) => 0,
            Err(error) => return Err(error),
        };
        if there < self.whole {
            // A disk that is not there now may come back with the log on it.
            if !self.project.files().has_folder(self.project.articles())? {
                return Err(io::ErrorKind::NotFound.into());
            }
            (self.whole, self.torn, self.is_placed) = (0, there > 0, false);
        }
        let is_new = self.whole == 0;
        if is_new {
            self.project.make_state()?;
            make_folders(self.project.files(), folder_of(&self.file))?;
            bytes.extend(line(HEAD));
        }
        for record in records {
            bytes.extend(line(record));
        }
        if self.torn {
            self.project.files().cut(&self.file, self.whole)?;
        }
        // What fails is to be done again, so that nothing of it may stay, not even where it
        // is only not sure that it is on the disk.
        self.torn = true;
        self.project.files().append(&self.file, &bytes)?;
        if sync {
            self.project.files().sync(&self.file)?;
        }
        if sync && !self.is_placed {
            self.project.files().sync_folder(folder_of(&self.file))?;
            atomic::sync_around(self.project.files(), &self.file, self.project.root())?;
            self.is_placed = true;
        }
        self.torn = false;
        self.whole += bytes.len() as u64;
        Ok(())
    }

    /// Puts just these records in the place of all.
    ///
    /// # Errors
    /// As the system says; the log is as it was then.
    pub fn replace<'a>(&mut self, records: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        let mut bytes = line(HEAD);
        for record in records {
            bytes.extend(line(record));
        }
        atomic::replace(self.project.files(), &self.file, &bytes)?;
        (self.whole, self.torn) = (bytes.len() as u64, false);
        Ok(())
    }

    /// Bytes that are whole.
    pub fn size(&self) -> u64 {
        self.whole
    }
}

fn line(record: &str) -> Vec<u8> {
    let sum = crc32fast::hash(record.as_bytes());
    format!("{sum:08x} {record}\n").into_bytes()
}

struct Line {
    /// `None` where the line does not fit its checksum.
    record: Option<String>,
    /// Whether the line's end is there.
    is_ended: bool,
    /// The place behind it, in bytes from the start of the file.
    end: u64,
}

struct Lines<'a> {
    all: &'a [u8],
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.all.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| *byte == b'\n');
        let content = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        self.at += content.len() + usize::from(length.is_some());
        Some(Line { record: record_of(content), is_ended: length.is_some(), end: self.at as u64 })
    }
}

fn record_of(line: &[u8]) -> Option<String> {
    let (sum, record) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let fits = u32::from_str_radix(sum, 16).ok()? == crc32fast::hash(record.as_bytes());
    (fits && sum.len() == 8).then(|| record.to_owned())
}
