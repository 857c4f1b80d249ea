//! One window at a time works on an annotator's sets.
//!
//! The lock is the system's own, so that it goes with the program however that ends; beside
//! it lies who has it, in words, and the wish of another window to have it.

use std::io;
use std::path::PathBuf;

use super::Project;
use super::atomic::{make_folders, replace};
use super::door::Lock;
use crate::corpus::Annotator;

/// What came of asking for an annotator's lock.
pub enum Locking {
    /// It is held until it is dropped.
    Held(Box<dyn Lock>),
    /// Another program has it: who, in words.
    Elsewhere(String),
    /// The system knows no locks here, or the folder cannot be written to.
    Unknown,
}

impl Project {
    /// Asks for the lock of an annotator, for an owner who is described in words.
    pub fn lock(&self, annotator: &Annotator, owner: &str) -> Locking {
        let try_lock = || -> io::Result<Option<Box<dyn Lock>>> {
            self.make_state()?;
            make_folders(self.files(), &self.locks())?;
            self.files().lock(&self.lock_file(annotator, "lock"))
        };
        match try_lock() {
            Ok(Some(lock)) => {
                // Without it, another window can only not say who has the lock.
                let _ =
                    replace(self.files(), &self.lock_file(annotator, "owner"), owner.as_bytes());
                let _ = self.files().remove(&self.lock_file(annotator, "wanted"));
                Locking::Held(lock)
            }
            Ok(None) => {
                let owner = self.files().read(&self.lock_file(annotator, "owner"));
                let owner = owner.ok().and_then(|bytes| String::from_utf8(bytes).ok());
                Locking::Elsewhere(owner.unwrap_or_else(|| "somebody".to_owned()))
            }
            Err(_) => Locking::Unknown,
        }
    }

    /// Asks whoever has an annotator's lock to let it go.
    ///
    /// # Errors
    /// As the system says.
    pub fn want_lock(&self, annotator: &Annotator) -> io::Result<()> {
        replace(self.files(), &self.lock_file(annotator, "wanted"), b"")
    }

    /// Whether another program asks for an annotator's lock.
    pub fn is_lock_wanted(&self, annotator: &Annotator) -> bool {
        self.files().is_there(&self.lock_file(annotator, "wanted"))
    }

    /// The folder of all locks, of who has them and who wants them; it may not be there.
    pub fn locks(&self) -> PathBuf {
        self.state().join("locks")
    }

    fn lock_file(&self, annotator: &Annotator, ending: &str) -> PathBuf {
        self.locks().join(format!("{annotator}.{ending}"))
    }
}
