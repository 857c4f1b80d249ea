//! What was found out about a large project's files, kept in the local state so that it need
//! not be found out again. It may be deleted at any time, and is then made anew.

use std::io;
use std::path::PathBuf;

use bytes::Bytes;
use memchr::memchr;
use serde::{Deserialize, Serialize};

use super::Project;
use super::atomic::replace;

/// How many documents a project has at least for which anything is kept: fewer are read in
/// a moment.
pub(super) const WORTH: usize = 500;

/// The form of what is kept. What is in another one is made anew.
const FORM: u32 = 7;

/// A file of what was found out.
pub(super) struct KeptFile<'a> {
    pub(super) project: &'a Project,
    /// The file's name.
    pub(super) name: String,
    /// What it is true of: other than the files, which are told by their stamps.
    pub(super) about: String,
}

/// The file's first line; the rest is in a form of its own.
#[derive(PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    form: u32,
    about: String,
    /// Of the rest.
    crc32: u32,
}

impl KeptFile<'_> {
    /// What was kept; `None` where nothing was, or it is damaged, or about something else.
    pub(super) fn read(&self) -> Option<Bytes> {
        let content = self.project.files().read(&self.path()).ok()?;
        let end = memchr(b'\n', &content)?;
        let head: Head = serde_json::from_slice(content.get(..end)?).ok()?;
        let body = Bytes::from(content).slice(end + 1..);
        (head == self.head(&body)).then_some(body)
    }

    /// Keeps this. That it cannot be is no loss, and only logged.
    pub(super) fn write(&self, body: Vec<u8>) {
        if let Err(error) = self.try_to_write(body) {
            log::info!("{} could not be kept: {error}", self.path().display());
        }
    }

    /// The names of all files that are kept in a project.
    pub(super) fn names(project: &Project) -> Vec<String> {
        let listed = project.files().list(&folder(project)).unwrap_or_default();
        listed.into_iter().filter_map(|entry| entry.name.into_string().ok()).collect()
    }

    /// Takes the file away.
    pub(super) fn remove(&self) {
        if let Err(error) = self.project.files().remove(&self.path()) {
            log::info!("{} could not be taken away: {error}", self.path().display());
        }
    }

    fn try_to_write(&self, mut body: Vec<u8>) -> io::Result<()> {
        self.project.make_state()?;
        let mut head = serde_json::to_vec(&self.head(&body))?;
        head.push(b'\n');
        body.splice(0..0, head);
        replace(self.project.files(), &self.path(), &body)
    }

    fn head(&self, body: &[u8]) -> Head {
        Head { form: FORM, about: self.about.clone(), crc32: crc32fast::hash(body) }
    }

    fn path(&self) -> PathBuf {
        folder(self.project).join(&self.name)
    }
}

fn folder(project: &Project) -> PathBuf {
    project.state().join("kept")
}
