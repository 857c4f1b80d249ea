//! What files looked like when they were looked at last, so that a large project that nothing
//! changes is not looked at again for each thing that is to be known of it.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::door::{Door, Look};

/// Among how many maps the files are shared out, so that the cores do not wait for each other.
const SHARDS: usize = 16;

/// What files looked like, for as long as each change is told. Shared by its clones.
#[derive(Clone, Default, Debug)]
pub(super) struct Looks(Arc<Known>);

#[derive(Default, Debug)]
struct Known {
    /// Whether each change is told: where it is not, nothing is known.
    is_told: AtomicBool,
    /// Whether nobody tells any more.
    is_over: AtomicBool,
    /// How often a change was told. What was looked at before one is not known after it.
    changes: AtomicU64,
    /// By the hash of the path: there may be millions. That two files have one is as unlikely
    /// as that a file changes and keeps its size and its time.
    shards: [Mutex<HashMap<u64, Option<Look>>>; SHARDS],
    hasher: RandomState,
}

impl Looks {
    /// What is at a path, now or, where no change has been told since, when it was looked at
    /// last; `None` where nothing is.
    ///
    /// # Errors
    /// As the system says.
    pub(super) fn look(&self, files: &Door, path: &Path) -> io::Result<Option<Look>> {
        let known = &*self.0;
        if !known.is_told.load(Ordering::SeqCst) {
            return files.look_if_there(path);
        }
        let hash = known.hasher.hash_one(path.as_os_str());
        let shard = usize::try_from(hash % SHARDS as u64).ok().and_then(|at| known.shards.get(at));
        let Some(shard) = shard else { return files.look_if_there(path) };
        let lock = || shard.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(look) = lock().get(&hash) {
            return Ok(*look);
        }
        let changes = known.changes.load(Ordering::SeqCst);
        let look = files.look_if_there(path)?;
        let mut shard = lock();
        if known.changes.load(Ordering::SeqCst) == changes {
            shard.insert(hash, look);
        }
        Ok(look)
    }

    /// Each change of all files that are looked at is told from now on, by what
    /// [`Self::told_by`] returned, as long as that is there.
    pub(super) fn are_told(&self) {
        let known = &*self.0;
        if !known.is_told.load(Ordering::SeqCst) && !known.is_over.load(Ordering::SeqCst) {
            self.forget();
            known.is_told.store(true, Ordering::SeqCst);
        }
    }

    /// What tells of changes.
    pub(super) fn told_by(&self) -> Teller {
        Teller(self.clone())
    }

    /// Something may have changed.
    pub(super) fn forget(&self) {
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        for shard in &self.0.shards {
            shard.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }
}

/// Tells of changes until it is dropped; then nobody does.
pub(super) struct Teller(Looks);

impl Teller {
    pub(super) fn tell(&self) {
        self.0.forget();
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        let known = &*self.0.0;
        known.is_over.store(true, Ordering::SeqCst);
        known.is_told.store(false, Ordering::SeqCst);
        self.0.forget();
    }
}
