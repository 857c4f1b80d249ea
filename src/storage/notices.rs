//! Hearing from the system what has changed, so that nothing else need be looked at. Linux
//! alone: elsewhere it is looked every second.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::inotify::{CreateFlags, Event, ReadFlags, Reader, WatchFlags, add_watch, init};
use rustix::fs::statfs;
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};

use super::door::{Notices, Told};

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
    heard: Arc<Mutex<Heard>>,
    /// The thread ends when this is closed.
    #[expect(dead_code, reason = "held, not looked at")]
    end: OwnedFd,
}

/// What was heard and is not asked for yet.
#[derive(Default)]
struct Heard {
    /// The folders, by the kernel's numbers of them: one that has come in the place of another
    /// has another one.
    folders: BTreeMap<i32, PathBuf>,
    told: Told,
}

impl Inotify {
    /// Calls `tell` in a thread of its own.
    pub(super) fn start(tell: impl Fn() + Send + 'static) -> io::Result<Self> {
        let kernel = Arc::new(init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?);
        let heard = Arc::new(Mutex::new(Heard::default()));
        let (ended, end) = pipe_with(PipeFlags::CLOEXEC)?;
        let (listening, hearing) = (kernel.clone(), heard.clone());
        let name = std::thread::Builder::new().name("notices".to_owned());
        name.spawn(move || {
            if let Err(error) = listen(&listening, &ended, &hearing, tell) {
                log::warn!("changes are seen only when the window is come back to: {error}");
            }
        })?;
        Ok(Self { kernel, heard, end })
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
        // What is told of it at once is heard only when it is known which folder that is.
        let mut heard = lock(&self.heard);
        let number = add_watch(&*self.kernel, folder, changes)?;
        let before = heard.folders.insert(number, folder.to_path_buf());
        Ok(before.as_deref() != Some(folder))
    }

    fn told(&mut self) -> Told {
        std::mem::take(&mut lock(&self.heard).told)
    }
}

impl Heard {
    fn hear(&mut self, event: &Event<'_>) {
        let kinds = event.events();
        self.told.lost_some |= kinds.contains(ReadFlags::QUEUE_OVERFLOW);
        let Some(folder) = self.folders.get(&event.wd()) else { return };
        let goes = ReadFlags::DELETE | ReadFlags::MOVED_FROM;
        let Some(name) = event.file_name() else {
            // About the folder itself.
            let goes = ReadFlags::DELETE_SELF | ReadFlags::MOVE_SELF | ReadFlags::UNMOUNT;
            if kinds.intersects(goes) {
                self.told.went.insert(folder.clone());
            }
            return;
        };
        let path = folder.join(OsStr::from_bytes(name.to_bytes()));
        match (kinds.contains(ReadFlags::ISDIR), kinds.intersects(goes)) {
            (false, _) => self.told.files.insert(path),
            (true, true) => self.told.went.insert(path),
            (true, false) => self.told.came.insert(path),
        };
    }
}

/// What was heard is whole also where a thread has ended by a fault.
fn lock(heard: &Mutex<Heard>) -> MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hears what comes, and tells of it, until it is to end.
fn listen(
    kernel: &OwnedFd,
    ended: &OwnedFd,
    heard: &Mutex<Heard>,
    tell: impl Fn(),
) -> io::Result<()> {
    while has_come(kernel, ended)? {
        hear(kernel, heard)?;
        tell();
        if is_ready(ended, CLOSELY)? {
            break;
        }
    }
    Ok(())
}

/// Waits until something has come; `false` where it is to end.
fn has_come(kernel: &OwnedFd, ended: &OwnedFd) -> io::Result<bool> {
    let mut both = [PollFd::new(kernel, PollFlags::IN), PollFd::new(ended, PollFlags::IN)];
    while let Err(error) = poll(&mut both, None) {
        if error != Errno::INTR {
            return Err(error.into());
        }
    }
    let [_, end] = &both;
    Ok(end.revents().is_empty())
}

/// Hears all that has come.
fn hear(kernel: &OwnedFd, heard: &Mutex<Heard>) -> io::Result<()> {
    let mut room = [MaybeUninit::uninit(); 4096];
    let mut come = Reader::new(kernel.as_fd(), &mut room);
    loop {
        match come.next() {
            Ok(event) => lock(heard).hear(&event),
            Err(Errno::WOULDBLOCK) => return Ok(()),
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
