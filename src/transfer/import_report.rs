use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use thiserror::Error;

use crate::corpus::NameKind;
use crate::exchange::{ImportFormat, LooksLike};
use crate::storage::Problem;

/// Why nothing could be imported.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ImportError {
    /// It, or the project, could not be read.
    #[error("{}: {kind}", .0.path.display(), kind = .0.kind)]
    Problem(Problem),
    /// There is nothing of the format in it; perhaps something of another one.
    #[error(
        "{}: there is nothing here that can be read as {}{}",
        .from.display(),
        .format,
        .other.as_ref().map(|other| format!("; {other}")).unwrap_or_default()
    )]
    Nothing {
        /// What was to be imported.
        from: PathBuf,
        /// As what.
        format: ImportFormat,
        /// What it looks like.
        other: Option<LooksLike>,
    },
    /// The person stopped it.
    #[error("it was stopped; what was imported so far stays")]
    Stopped,
}

/// What an import came to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ImportReport {
    /// How many documents were read.
    pub read: usize,
    /// How many articles are new.
    pub documents: usize,
    /// How many articles were there, with the same text.
    pub documents_there: usize,
    /// How many sets are new.
    pub sets: usize,
    /// How many sets were there, just so.
    pub sets_there: usize,
    /// How many annotations are in the new sets.
    pub annotations: usize,
    /// How many relations.
    pub relations: usize,
    /// How many things were refused.
    pub refused: usize,
    /// What lies there and is of another format, so that it was not read.
    pub left_aside: Option<LooksLike>,
    /// Whether the schema beside the data became the project's, which had none and no sets.
    pub schema_taken: bool,
    /// What was added to the schema.
    pub added_names: Vec<(NameKind, String)>,
    /// In how many documents offsets counted something else than the format has.
    pub other_units: BTreeMap<String, usize>,
    /// What it says, before any map.
    pub names: NamesFound,
}

/// The names in what is imported, with how often each is there.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct NamesFound {
    /// Labels.
    pub labels: BTreeMap<String, usize>,
    /// Labels of relations.
    pub relations: BTreeMap<String, usize>,
    /// Attributes.
    pub attributes: BTreeMap<String, usize>,
    /// Annotators; `None` for sets without a name.
    pub annotators: BTreeSet<Option<String>>,
}
