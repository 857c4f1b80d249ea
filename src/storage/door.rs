//! The one door to a project's files: everything that reads or writes them asks it.
//!
//! Behind it is the real file system ([`super::Disk`]), or, in tests, one that fails, cuts
//! short or crashes at any call. Each method is one thing that can go wrong by itself, so
//! that what is promised can be tried against each.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fmt;
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::disk::Disk;
use super::guarded::is_absence;

/// What can be done with files. Paths are absolute, but for what a person typed.
pub trait Files: Send + Sync {
    /// All bytes of a file.
    ///
    /// # Errors
    /// As the system says.
    fn read(&self, file: &Path) -> io::Result<Vec<u8>>;

    /// What is at a path and, where it is a file of `most` bytes at most, all of them; links
    /// are followed. Never waits for what a pipe may bring.
    ///
    /// # Errors
    /// As the system says; `NotFound` where nothing is.
    fn read_at_most(&self, file: &Path, most: u64) -> io::Result<(Look, Option<Vec<u8>>)>;

    /// What is at a path and, where it is a file, its first bytes, `at_most` so many; links
    /// are followed. Never waits for what a pipe may bring.
    ///
    /// # Errors
    /// As the system says; `NotFound` where nothing is.
    fn read_start(&self, file: &Path, at_most: usize) -> io::Result<(Look, Vec<u8>)>;

    /// What is at a path; links are followed.
    ///
    /// # Errors
    /// As the system says; `NotFound` where nothing is.
    fn look(&self, path: &Path) -> io::Result<Look>;

    /// A folder that is kept at hand, so that what lies in it is looked at sooner than by its
    /// whole path; `None` where the system has no such thing, or it is not there.
    fn at_hand(&self, folder: &Path) -> Option<Box<dyn AtHand>>;

    /// What lies in a folder, in no order; links are not followed.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;

    /// The real place of a path, without links.
    ///
    /// # Errors
    /// As the system says.
    fn real(&self, path: &Path) -> io::Result<PathBuf>;

    /// Makes one folder. It is on the disk only when the one around it is synced.
    ///
    /// # Errors
    /// As the system says; `AlreadyExists` where something is.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;

    /// Takes an empty folder away.
    ///
    /// # Errors
    /// As the system says.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;

    /// Writes a file that is not there yet; it is on the disk only when it is synced.
    ///
    /// # Errors
    /// As the system says; a part of it may be there then.
    fn write_new(&self, file: &Path, content: &[u8]) -> io::Result<()>;

    /// Writes behind what a file holds, which is made where it is not there; on the disk
    /// only when it is synced.
    ///
    /// # Errors
    /// As the system says; a part of it may be there then.
    fn append(&self, file: &Path, content: &[u8]) -> io::Result<()>;

    /// Cuts a file off behind so many bytes.
    ///
    /// # Errors
    /// As the system says.
    fn cut(&self, file: &Path, bytes: u64) -> io::Result<()>;

    /// Returns when a file's content is on the disk.
    ///
    /// # Errors
    /// As the system says.
    fn sync(&self, file: &Path) -> io::Result<()>;

    /// Returns when it is on the disk what lies in a folder.
    ///
    /// # Errors
    /// As the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// Gives a file who may do what with it, as with another.
    ///
    /// # Errors
    /// As the system says.
    fn permit_as(&self, file: &Path, other: &Path) -> io::Result<()>;

    /// Renames a file, in one step, over what may have the name.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames a file, in one step, to a name that nothing has.
    ///
    /// # Errors
    /// As the system says; `AlreadyExists` where something has it.
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a file away.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// Takes a lock that no other program can have at the same time, and that the system
    /// lets go when this program ends, however it ends. The file is made where it is not
    /// there. `None` where another has it.
    ///
    /// # Errors
    /// As the system says, also where it knows no locks.
    fn lock(&self, file: &Path) -> io::Result<Option<Box<dyn Lock>>>;

    /// Has `tell` called, in a thread of its own, whenever something has changed in folders
    /// that are named afterwards; what, can then be asked.
    ///
    /// # Errors
    /// `Unsupported` where the system does not tell of changes; as it says.
    fn notices(&self, tell: Box<dyn Fn() + Send>) -> io::Result<Box<dyn Notices>>;
}

/// A folder that is kept at hand until this is dropped.
pub trait AtHand: Send + Sync {
    /// What is at a path below the folder; links are followed.
    ///
    /// # Errors
    /// As [`Files::look`].
    fn look(&self, below: &str) -> io::Result<Look>;
}

/// Being told that something changes in folders, until this is dropped.
pub trait Notices: Send {
    /// Has changes in a folder told: of what lies in it, not of what lies deeper. Returns
    /// whether they were not told of before.
    ///
    /// # Errors
    /// `Unsupported` where other machines may change it without a word; as the system says.
    fn add(&mut self, folder: &Path) -> io::Result<bool>;

    /// What was told since this was last asked.
    fn told(&mut self) -> Told;
}

/// What the system has told of changes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Told {
    /// Files that have come, gone or been written, or whose rights were changed.
    pub files: BTreeSet<PathBuf>,
    /// Folders that have come, with whatever lies in them.
    pub came: BTreeSet<PathBuf>,
    /// Folders that have gone, with whatever lay in them.
    pub went: BTreeSet<PathBuf>,
    /// Whether more has changed than the system could remember.
    pub lost_some: bool,
}

/// A lock that is held until this is dropped.
pub trait Lock: Send {}

/// What kind of thing lies at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to something.
    Link,
    /// A pipe, a device and the like, which are not read.
    Other,
}

/// What is at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// What kind.
    pub kind: Kind,
    /// Bytes of a file.
    pub bytes: u64,
    /// When it was written last, where the system knows.
    pub modified: Option<SystemTime>,
    /// Whether nobody is to write it.
    pub is_read_only: bool,
}

/// An entry of a folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// Its name.
    pub name: OsString,
    /// What it is itself, not what a link leads to.
    pub kind: Kind,
}

/// A shared [`Files`].
#[derive(Clone)]
pub struct Door(Arc<dyn Files>);

impl Door {
    /// A door to these files.
    pub fn to(files: Arc<dyn Files>) -> Self {
        Self(files)
    }

    /// The door to the real file system.
    pub fn disk() -> Self {
        Self(Arc::new(Disk))
    }

    /// Whether a folder is there.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        self.look(path).is_ok_and(|look| look.kind == Kind::Folder)
    }

    /// Whether a folder is there, where it matters that the system may not be able to say.
    pub(super) fn has_folder(&self, path: &Path) -> io::Result<bool> {
        Ok(self.look_if_there(path)?.is_some_and(|look| look.kind == Kind::Folder))
    }

    /// What is at a path; `None` where nothing is.
    pub(super) fn look_if_there(&self, path: &Path) -> io::Result<Option<Look>> {
        unless_absent(self.look(path))
    }

    /// A folder, of which many files are to be looked at.
    pub(super) fn below(&self, folder: PathBuf) -> Below {
        Below { at_hand: self.at_hand(&folder), files: self.clone(), folder }
    }

    /// Whether anything is there.
    pub(super) fn is_there(&self, path: &Path) -> bool {
        self.look(path).is_ok()
    }
}

/// What lies below a folder.
pub(super) struct Below {
    files: Door,
    folder: PathBuf,
    at_hand: Option<Box<dyn AtHand>>,
}

impl Below {
    /// What is at a path below the folder; `None` where nothing is.
    pub(super) fn look_if_there(&self, below: &str) -> io::Result<Option<Look>> {
        unless_absent(match &self.at_hand {
            Some(folder) => folder.look(below),
            None => self.files.look(&self.folder.join(below)),
        })
    }
}

fn unless_absent(look: io::Result<Look>) -> io::Result<Option<Look>> {
    match look {
        Ok(look) => Ok(Some(look)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Deref for Door {
    type Target = dyn Files;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl fmt::Debug for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Door")
    }
}
