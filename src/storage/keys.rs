use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::canonical::{joined, line, map, quoted};
use super::guarded::{GuardedFile, SaveError};
use super::record::{FORMAT, format_of, not_ron};
use super::{Door, Problem};

/// How a person's keys differ from the usual ones, as it is kept in a file.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct KeyDifferences {
    /// The preset that the person starts from; empty for the usual keys.
    pub preset: String,
    /// The keys of the commands that have others, by the command's name. A name
    /// that no command has is kept.
    pub keys: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeysRecord {
    #[expect(dead_code, reason = "read before, named here to be allowed")]
    format: u32,
    #[serde(default)]
    preset: String,
    #[serde(default)]
    keys: BTreeMap<String, Vec<String>>,
}

/// The file that a person's keys are kept in.
#[derive(Clone, Debug)]
pub struct KeyStore(GuardedFile);

impl KeyStore {
    /// Reads a person's keys; the usual ones where there is no file. One that
    /// cannot be read is a problem, and is never written over.
    pub fn load(path: PathBuf) -> (Self, KeyDifferences, Option<Problem>) {
        Self::load_through(Door::disk(), path)
    }

    /// The same, with files that are behind this door.
    pub fn load_through(files: Door, path: PathBuf) -> (Self, KeyDifferences, Option<Problem>) {
        let (file, keys) = GuardedFile::load_apart(files, path, |content, file| match content {
            Some(content) => read(content, file),
            None => Ok(KeyDifferences::default()),
        });
        match keys {
            Ok(keys) => (Self(file), keys, None),
            Err(problem) => (Self(file), KeyDifferences::default(), Some(problem)),
        }
    }

    /// A person's keys as a file has them.
    pub fn text(differences: &KeyDifferences) -> String {
        write(differences)
    }

    /// Writes a person's keys and returns when they are on the disk.
    ///
    /// # Errors
    /// When the file could not be written or must not be.
    pub fn save(&mut self, differences: &KeyDifferences) -> Result<(), SaveError> {
        self.0.save(differences, &write(differences), read)
    }

    /// As [`super::SetStore::set_aside`].
    ///
    /// # Errors
    /// When it could not be renamed, or is not to be.
    pub fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        self.0.set_aside()
    }
}

fn read(content: &str, file: &Path) -> Result<KeyDifferences, Problem> {
    format_of(content, file)?;
    let record: KeysRecord = ron::from_str(content).map_err(|error| not_ron(file, &error))?;
    Ok(KeyDifferences { preset: record.preset, keys: record.keys })
}

fn write(differences: &KeyDifferences) -> String {
    let mut out = String::from("(\n");
    line(&mut out, &format!("format: {FORMAT},"));
    if !differences.preset.is_empty() {
        line(&mut out, &format!("preset: {},", quoted(&differences.preset)));
    }
    let entries = differences.keys.iter().map(|(command, keys)| {
        format!("{}: [{}]", quoted(command), joined(keys.iter().map(|key| quoted(key))))
    });
    map(&mut out, "keys", entries);
    out.push_str(")\n");
    out
}
