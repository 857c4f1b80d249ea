//! Exports and imports, carried out: projects on one side, formats on the other.
//!
//! Everything goes through one document at a time, on all cores, in the order of the
//! documents; what is kept in memory does not grow with their text.

mod export;
mod import;
mod import_report;
mod in_words;
mod landing;
mod report;
mod stoppable;
mod survey;
mod twice;

pub use export::{Destination, ExportError, ExportJob, ExportReport, export};
pub use import::{ImportJob, import};
pub use import_report::{ImportError, ImportReport, NamesFound};
pub use report::LossCounts;

/// How far something has come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// How many documents were gone through.
    pub done: usize,
    /// How many there are; 0 where that is not known.
    pub of: usize,
}
