use std::fmt;
use std::sync::Arc;

use thiserror::Error;

/// The reserved name of the adjudicated sets.
const GOLD: &str = "gold";

/// What stands behind a name for a second, blind pass over the same documents.
const SECOND_PASS: &str = "@2";

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// The same with a digit behind them.
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// What lies beside the annotators' folders under this name.
const SCHEMA: &str = "schema.ron";

/// The name of a person who annotates; also the name of a folder.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Annotator(Arc<str>);

/// Why a name will not do.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum AnnotatorError {
    /// There is nothing in it.
    #[error("the name is empty")]
    Empty,
    /// It could not be a folder's name on every system.
    #[error(
        "a name is also a folder's name: it cannot start or end with a dot or a blank, or hold \
         any of / \\ : * ? \" < > | (given: {0:?})"
    )]
    NotAFolderName(String),
    /// Kept for the sets that adjudication makes.
    #[error("the name \"gold\" is kept for settled sets, please take another")]
    Gold,
}

impl Annotator {
    /// A person's name, without the blanks around it.
    ///
    /// # Errors
    /// When the name could not be a folder's, or is `gold`.
    pub fn new(name: &str) -> Result<Self, AnnotatorError> {
        let annotator = Self::of_folder(name.trim())?;
        if annotator.is_gold() { Err(AnnotatorError::Gold) } else { Ok(annotator) }
    }

    /// The annotator that a folder of sets is named for; `gold` is allowed.
    ///
    /// # Errors
    /// When the name could not be a folder's on every system.
    pub fn of_folder(name: &str) -> Result<Self, AnnotatorError> {
        if name.is_empty() {
            return Err(AnnotatorError::Empty);
        }
        let unfit = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
        let edge = |c: char| c == '.' || c.is_whitespace();
        let is_one_of = |name: &str, devices: &[&str]| {
            devices.iter().any(|device| name.eq_ignore_ascii_case(device))
        };
        let unnumbered = name.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or_default();
        let device = is_one_of(name, &DEVICES) || is_one_of(unnumbered, &NUMBERED_DEVICES);
        let is_taken = name.eq_ignore_ascii_case(SCHEMA);
        if name.len() > 100
            || device
            || is_taken
            || name.contains(unfit)
            || name.trim_matches(edge) != name
        {
            return Err(AnnotatorError::NotAFolderName(name.to_owned()));
        }
        Ok(Self(name.into()))
    }

    /// The reserved annotator of the adjudicated sets.
    #[must_use]
    pub fn gold() -> Self {
        Self(GOLD.into())
    }

    /// Whether this is the reserved name.
    #[must_use]
    pub fn is_gold(&self) -> bool {
        self.0.eq_ignore_ascii_case(GOLD)
    }

    /// The name under which this person marks up again what was marked before, without
    /// seeing it: `ana@2` for `ana`.
    ///
    /// # Errors
    /// When that could not be a folder's name, because it is too long.
    pub fn second_pass(&self) -> Result<Self, AnnotatorError> {
        Self::new(&format!("{}{SECOND_PASS}", self.0))
    }

    /// Whose second pass this is: `ana` for `ana@2`; `None` where it is none.
    #[must_use]
    pub fn first_pass(&self) -> Option<Self> {
        let first = self.0.strip_suffix(SECOND_PASS)?;
        Self::new(first).ok()
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Annotator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
