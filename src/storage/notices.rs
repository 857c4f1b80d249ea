//! Hearing from the system that something has changed, so that nothing need be looked at
//! while nothing has. Linux alone: elsewhere it is looked every second.

use std::collections::BTreeMap;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{CreateFlags, Reader, WatchFlags, add_watch, init};
use rustix::fs::statfs;
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};

use super::door::Notices;

/// Changes that follow each other so closely are told once.
const CLOSELY: Duration = Duration::from_millis(200);

/// File systems that no other machine changes, by the numbers that the kernel's `magic.h` has
/// for them. Of all others it is not known whether each change is told.
const LOCAL: [u64; 12] = [
    0xef53,      // ext2, ext3, ext4
    0x9123_683e, // Btrfs
    0x5846_5342, // XFS
    0xf2f5_2010, // F2FS
    0x2fc1_2fc1, // ZFS
    0xca45_1a4e, // bcachefs
    0x0102_1994, // tmpfs
    0x794c_7630, // overlayfs
    0xf15f,      // eCryptfs
    0x4d44,      // FAT
    0x2011_bab0, // exFAT
    0x7366_746e, // NTFS
];

/// What the kernel tells.
pub(super) struct Inotify {
    kernel: Arc<OwnedFd>,
    /// The folders and the kernel's numbers of them: a folder that has come in the place of
    /// another has another one.
    folders: BTreeMap<PathBuf, i32>,
    /// The thread ends when this is closed.
    #[expect(dead_code, reason = "held, not looked at")]
    end: OwnedFd,
}

impl Inotify {
    /// Calls `tell` in a thread of its own.
    pub(super) fn start(tell: impl Fn() + Send + 'static) -> io::Result<Self> {
        let kernel = Arc::new(init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?);
        let (ended, end) = pipe_with(PipeFlags::CLOEXEC)?;
        let listening = kernel.clone();
        let name = std::thread::Builder::new().name("notices".to_owned());
        name.spawn(move || {
            if let Err(error) = listen(&listening, &ended, tell) {
                log::warn!("changes are seen only when the window is come back to: {error}");
            }
        })?;
        Ok(Self { kernel, folders: BTreeMap::new(), end })
    }
}

impl Notices for Inotify {
    fn add(&mut self, folder: &Path) -> io::Result<bool> {
        let kind = u64::try_from(statfs(folder)?.f_type).unwrap_or_default();
        if !LOCAL.contains(&kind) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        // Not that something is opened and closed, which this program does all the time.
        let changes = WatchFlags::ATTRIB
            | WatchFlags::CREATE
            | WatchFlags::DELETE
            | WatchFlags::DELETE_SELF
            | WatchFlags::MODIFY
            | WatchFlags::MOVE
            | WatchFlags::MOVE_SELF
            | WatchFlags::ONLYDIR;
        let number = add_watch(&*self.kernel, folder, changes)?;
        Ok(self.folders.insert(folder.to_path_buf(), number) != Some(number))
    }
}

/// Tells of what comes until it is to end.
fn listen(kernel: &OwnedFd, ended: &OwnedFd, tell: impl Fn()) -> io::Result<()> {
    while has_come(kernel, ended)? {
        tell();
        if is_ready(ended, CLOSELY)? {
            break;
        }
    }
    Ok(())
}

/// Waits until something has come, and lets go of what has; `false` where it is to end.
fn has_come(kernel: &OwnedFd, ended: &OwnedFd) -> io::Result<bool> {
    let mut both = [PollFd::new(kernel, PollFlags::IN), PollFd::new(ended, PollFlags::IN)];
    while let Err(error) = poll(&mut both, None) {
        if error != Errno::INTR {
            return Err(error.into());
        }
    }
    let [_, end] = &both;
    if !end.revents().is_empty() {
        return Ok(false);
    }
    let mut room = [MaybeUninit::uninit(); 4096];
    let mut come = Reader::new(kernel.as_fd(), &mut room);
    loop {
        match come.next() {
            Ok(_) => {}
            Err(Errno::WOULDBLOCK) => return Ok(true),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether there is something to read, or nothing more ever, within this time.
fn is_ready(file: &OwnedFd, within: Duration) -> io::Result<bool> {
    let within = Timespec::try_from(within).map_err(|_| io::ErrorKind::InvalidInput)?;
    match poll(&mut [PollFd::new(file, PollFlags::IN)], Some(&within)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}
