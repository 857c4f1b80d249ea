//! Folders that the system need not look for again for each file in them. Linux alone: elsewhere
//! files are looked at by their whole paths.

use std::io;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use rustix::fs::{AtFlags, FileType, Mode, OFlags, StatxFlags, open, statx};

use super::door::{AtHand, Kind, Look};

/// Who may write a file.
const WRITING: Mode = Mode::WUSR.union(Mode::WGRP).union(Mode::WOTH);

/// A folder of the real file system.
pub(super) struct HeldFolder(OwnedFd);

impl HeldFolder {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(open(folder, flags, Mode::empty())?))
    }
}

impl AtHand for HeldFolder {
    fn look(&self, below: &str) -> io::Result<Look> {
        let wanted = StatxFlags::TYPE | StatxFlags::MODE | StatxFlags::SIZE | StatxFlags::MTIME;
        let data = statx(&self.0, below, AtFlags::empty(), wanted)?;
        let kind = match FileType::from_raw_mode(data.stx_mode.into()) {
            FileType::Directory => Kind::Folder,
            FileType::RegularFile => Kind::File,
            _ => Kind::Other,
        };
        let seconds = u64::try_from(data.stx_mtime.tv_sec).ok();
        let since = seconds.map(|seconds| Duration::new(seconds, data.stx_mtime.tv_nsec));
        let modified = since.and_then(|since| UNIX_EPOCH.checked_add(since));
        let is_read_only = Mode::from_raw_mode(data.stx_mode.into()) & WRITING == Mode::empty();
        Ok(Look { kind, bytes: data.stx_size, modified, is_read_only })
    }
}
