//! A file system in memory that fails, cuts short or crashes at a call that is chosen.
//!
//! It is as strict as POSIX allows: what a file holds survives a crash only when the file was
//! synced, and that it is there, under this name, only when its folder was.

use std::collections::BTreeMap;
use std::io::{self, Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use tandai::storage::{AtHand, Door, Files, Kind, Listed, Lock, Look, Notices, Told};

/// What happens at the chosen call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    /// It fails and does nothing; the next ones work again.
    Fails,
    /// It and all that follow fail, as on a full disk: what reads still works.
    FailsFromThenOn,
    /// Half of what was to be written is, then it fails.
    CutShort,
    /// It is the last one: nothing works any more.
    Crashes,
    /// The same, half way through what it writes.
    CrashesHalfWay,
}

/// What a crash leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum After {
    /// Everything: just the program was killed.
    Killed,
    /// Only what was synced: the power went.
    OnlySynced,
    /// The names of files as they were last, but contents only as they were synced: systems
    /// may write these in either order.
    NamesFirst,
    /// The contents as they were last, but names only as their folders were synced.
    ContentsFirst,
}

#[derive(Clone, Default)]
struct Content {
    now: Vec<u8>,
    synced: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Node {
    Folder,
    File(usize),
}

type Tell = Box<dyn Fn() + Send>;

#[derive(Clone, Default)]
struct State {
    now: BTreeMap<PathBuf, Node>,
    synced: BTreeMap<PathBuf, Node>,
    contents: Vec<Content>,
    calls: usize,
    fault: Option<(usize, Fault)>,
    crashed: bool,
    refused: Option<PathBuf>,
    knows_no_locks: bool,
    locked: std::collections::BTreeSet<PathBuf>,
    tells: bool,
    tell: Option<Arc<Mutex<Tell>>>,
    told: Told,
}

/// Files in memory.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<State>>);

impl Memory {
    /// Folders and files that are all on the disk.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let memory = Self::default();
        {
            let mut state = memory.state();
            for (path, content) in files {
                let path = Path::new(path);
                for above in path.ancestors().skip(1) {
                    state.now.insert(above.to_path_buf(), Node::Folder);
                }
                let content = content.as_bytes().to_vec();
                state.contents.push(Content { now: content.clone(), synced: content });
                let node = Node::File(state.contents.len() - 1);
                state.now.insert(path.to_path_buf(), node);
            }
            state.synced = state.now.clone();
        }
        memory
    }

    pub(crate) fn door(&self) -> Door {
        Door::to(Arc::new(self.clone()))
    }

    /// Chooses what happens at which call from now, counted from 0.
    pub(crate) fn set_fault(&self, call: usize, fault: Fault) {
        let mut state = self.state();
        state.fault = Some((state.calls + call, fault));
    }

    pub(crate) fn mend(&self) {
        self.state().fault = None;
    }

    /// From now on nothing can be renamed to this path, or to one below it.
    pub(crate) fn refuse(&self, path: &Path) {
        self.state().refused = Some(path.to_path_buf());
    }

    pub(crate) fn permit(&self) {
        self.state().refused = None;
    }

    /// Has a file say something else, as another program would.
    pub(crate) fn put(&self, path: &Path, content: &str) {
        let mut state = self.state();
        let content = content.as_bytes().to_vec();
        let content = Content { now: content.clone(), synced: content };
        if let Ok(at) = state.file(path) {
            state.contents[at] = content;
            return;
        }
        for above in path.ancestors().skip(1) {
            state.now.insert(above.to_path_buf(), Node::Folder);
            state.synced.insert(above.to_path_buf(), Node::Folder);
        }
        state.contents.push(content);
        let node = Node::File(state.contents.len() - 1);
        state.now.insert(path.to_path_buf(), node);
        state.synced.insert(path.to_path_buf(), node);
    }

    /// The same, where the system says that it tells of changes.
    pub(crate) fn that_tells(self) -> Self {
        self.state().tells = true;
        self
    }

    /// The system has lost count of what has changed.
    pub(crate) fn lose_some(&self) {
        let mut state = self.state();
        state.told.lost_some = true;
        state.tell.as_ref().unwrap().lock().unwrap()();
    }

    /// As on a disk that knows no locks.
    pub(crate) fn without_locks(self) -> Self {
        self.state().knows_no_locks = true;
        self
    }

    /// A folder is gone with all that is in it, as when a disk is taken away.
    pub(crate) fn take_away(&self, folder: &Path) {
        let mut state = self.state();
        state.now.retain(|path, _| !path.starts_with(folder));
    }

    pub(crate) fn calls(&self) -> usize {
        self.state().calls
    }

    /// What is there when the machine is started again.
    pub(crate) fn restarted(&self, after: After) -> Self {
        let mut state = self.state().clone();
        let names = matches!(after, After::OnlySynced | After::ContentsFirst);
        let contents = matches!(after, After::OnlySynced | After::NamesFirst);
        if names {
            state.now = state.synced.clone();
            // A folder whose own name is gone has nothing in it.
            let all = state.now.clone();
            state
                .now
                .retain(|path, _| path.ancestors().skip(1).all(|above| all.contains_key(above)));
        }
        if contents {
            for content in &mut state.contents {
                content.now = content.synced.clone();
            }
        }
        state.synced = state.now.clone();
        for content in &mut state.contents {
            content.synced = content.now.clone();
        }
        (state.fault, state.crashed) = (None, false);
        state.locked.clear();
        Self(Arc::new(Mutex::new(state)))
    }

    /// The paths of all files.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        let state = self.state();
        let files = state.now.iter().filter(|(_, node)| **node != Node::Folder);
        files.map(|(path, _)| path.clone()).collect()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Counts a call. The error it is to end with, and how much of a write happens before.
    fn begin(&self, writes: bool) -> Result<MutexGuard<'_, State>, (MutexGuard<'_, State>, bool)> {
        let mut state = self.state();
        let call = state.calls;
        state.calls += 1;
        if state.crashed {
            return Err((state, false));
        }
        match state.fault {
            Some((at, fault)) if at == call => match fault {
                Fault::Fails | Fault::FailsFromThenOn => Err((state, false)),
                Fault::CutShort => Err((state, true)),
                Fault::Crashes => {
                    state.crashed = true;
                    Err((state, false))
                }
                Fault::CrashesHalfWay => {
                    state.crashed = true;
                    Err((state, true))
                }
            },
            Some((at, Fault::FailsFromThenOn)) if at < call && writes => Err((state, false)),
            _ => Ok(state),
        }
    }

    fn read_call(&self) -> io::Result<MutexGuard<'_, State>> {
        self.begin(false).map_err(|_| failure())
    }

    fn write_call(&self) -> io::Result<MutexGuard<'_, State>> {
        self.begin(true).map_err(|_| failure())
    }
}

fn failure() -> Error {
    Error::new(ErrorKind::StorageFull, "no space left on device")
}

fn missing() -> Error {
    ErrorKind::NotFound.into()
}

impl State {
    fn file(&self, path: &Path) -> io::Result<usize> {
        match self.now.get(path) {
            Some(Node::File(at)) => Ok(*at),
            Some(Node::Folder) => Err(ErrorKind::IsADirectory.into()),
            None => Err(missing()),
        }
    }

    fn refuses(&self, path: &Path) -> io::Result<()> {
        let is_refused = self.refused.as_ref().is_some_and(|refused| path.starts_with(refused));
        if is_refused { Err(ErrorKind::PermissionDenied.into()) } else { Ok(()) }
    }

    fn needs_folder(&self, path: &Path) -> io::Result<()> {
        match path.parent().and_then(|folder| self.now.get(folder)) {
            Some(Node::Folder) => Ok(()),
            Some(Node::File(_)) => Err(ErrorKind::NotADirectory.into()),
            None => Err(missing()),
        }
    }

    fn write_new(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        self.needs_folder(path)?;
        if self.now.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        self.contents.push(Content { now: content.to_vec(), synced: Vec::new() });
        self.now.insert(path.to_path_buf(), Node::File(self.contents.len() - 1));
        Ok(())
    }

    fn append(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        if !self.now.contains_key(path) {
            self.write_new(path, &[])?;
        }
        let at = self.file(path)?;
        self.contents[at].now.extend(content);
        Ok(())
    }
}

impl Files for Memory {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        let state = self.read_call()?;
        Ok(state.contents[state.file(file)?].now.clone())
    }

    fn read_at_most(&self, file: &Path, most: u64) -> io::Result<(Look, Option<Vec<u8>>)> {
        let look = self.look(file)?;
        let is_read = look.kind == Kind::File && look.bytes <= most;
        let bytes = is_read.then(|| self.read(file)).transpose()?;
        Ok((look, bytes))
    }

    fn read_start(&self, file: &Path, at_most: usize) -> io::Result<(Look, Vec<u8>)> {
        let (look, content) = self.read_at_most(file, u64::MAX)?;
        let mut start = content.unwrap_or_default();
        start.truncate(at_most);
        Ok((look, start))
    }

    fn at_hand(&self, _: &Path) -> Option<Box<dyn AtHand>> {
        None
    }

    fn look(&self, path: &Path) -> io::Result<Look> {
        let state = self.read_call()?;
        let (kind, content) = match state.now.get(path).ok_or_else(missing)? {
            Node::Folder => (Kind::Folder, &[][..]),
            Node::File(at) => (Kind::File, &state.contents[*at].now[..]),
        };
        // Another content has another time, and the same one the same.
        let since = std::time::Duration::from_nanos(u64::from(crc32fast::hash(content)));
        let modified = Some(std::time::UNIX_EPOCH + since);
        Ok(Look { kind, bytes: content.len() as u64, modified, is_read_only: false })
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let state = self.read_call()?;
        if state.now.get(folder) != Some(&Node::Folder) {
            return Err(missing());
        }
        let inside = state.now.iter().filter(|(path, _)| path.parent() == Some(folder));
        let entry = |(path, node): (&PathBuf, &Node)| Listed {
            name: path.file_name().unwrap().to_owned(),
            kind: if *node == Node::Folder { Kind::Folder } else { Kind::File },
        };
        Ok(inside.map(entry).collect())
    }

    fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let state = self.read_call()?;
        state.now.get(path).map(|_| path.to_path_buf()).ok_or_else(missing)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.write_call()?;
        if state.now.contains_key(folder) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        state.needs_folder(folder)?;
        state.now.insert(folder.to_path_buf(), Node::Folder);
        Ok(())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.write_call()?.now.remove(folder).map(drop).ok_or_else(missing)
    }

    fn write_new(&self, file: &Path, content: &[u8]) -> io::Result<()> {
        match self.begin(true) {
            Ok(mut state) => state.write_new(file, content),
            Err((mut state, half)) => {
                if half {
                    state.write_new(file, &content[..content.len() / 2])?;
                }
                Err(failure())
            }
        }
    }

    fn append(&self, file: &Path, content: &[u8]) -> io::Result<()> {
        match self.begin(true) {
            Ok(mut state) => state.append(file, content),
            Err((mut state, half)) => {
                if half {
                    state.append(file, &content[..content.len() / 2])?;
                }
                Err(failure())
            }
        }
    }

    fn cut(&self, file: &Path, bytes: u64) -> io::Result<()> {
        let mut state = self.write_call()?;
        let at = state.file(file)?;
        state.contents[at].now.truncate(usize::try_from(bytes).unwrap());
        Ok(())
    }

    fn sync(&self, file: &Path) -> io::Result<()> {
        let mut state = self.write_call()?;
        let at = state.file(file)?;
        let Content { now, synced } = &mut state.contents[at];
        synced.clone_from(now);
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.write_call()?;
        if !state.now.contains_key(folder) {
            return Err(missing());
        }
        let is_inside = |path: &Path| path.parent() == Some(folder);
        state.synced.retain(|path, _| !is_inside(path));
        let inside: Vec<(PathBuf, Node)> = state
            .now
            .iter()
            .filter(|(path, _)| is_inside(path))
            .map(|(path, node)| (path.clone(), *node))
            .collect();
        state.synced.extend(inside);
        Ok(())
    }

    fn permit_as(&self, file: &Path, other: &Path) -> io::Result<()> {
        let state = self.write_call()?;
        state.file(file).and_then(|_| state.file(other)).map(drop)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.write_call()?;
        state.refuses(to)?;
        state.needs_folder(to)?;
        let node = state.now.remove(from).ok_or_else(missing)?;
        state.now.insert(to.to_path_buf(), node);
        Ok(())
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.write_call()?;
        if state.now.contains_key(to) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        state.refuses(to)?;
        let node = state.now.remove(from).ok_or_else(missing)?;
        state.now.insert(to.to_path_buf(), node);
        Ok(())
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        let mut state = self.write_call()?;
        state.file(file)?;
        state.now.remove(file);
        Ok(())
    }

    fn lock(&self, file: &Path) -> io::Result<Option<Box<dyn Lock>>> {
        let mut state = self.write_call()?;
        if !state.now.contains_key(file) {
            state.write_new(file, &[])?;
        }
        if state.knows_no_locks {
            return Err(ErrorKind::Unsupported.into());
        }
        let free = state.locked.insert(file.to_path_buf());
        Ok(free.then(|| Box::new(Held(self.clone(), file.to_path_buf())) as Box<dyn Lock>))
    }

    fn notices(&self, tell: Box<dyn Fn() + Send>) -> io::Result<Box<dyn Notices>> {
        let mut state = self.state();
        if !state.tells {
            return Err(ErrorKind::Unsupported.into());
        }
        state.tell = Some(Arc::new(Mutex::new(tell)));
        Ok(Box::new(Telling(self.clone())))
    }
}

struct Telling(Memory);

impl Notices for Telling {
    fn add(&mut self, _: &Path) -> io::Result<bool> {
        Ok(false)
    }

    fn told(&mut self) -> Told {
        std::mem::take(&mut self.0.state().told)
    }
}

struct Held(Memory, PathBuf);

impl Lock for Held {}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.state().locked.remove(&self.1);
    }
}
