//! What happens to exports and imports.

use std::path::PathBuf;

use super::exporting::ExportChoice;
use super::importing::ImportChoice;
use super::message::Message;
use crate::corpus::DocumentPath;
use crate::exchange::{ImportFormat, Refusal};
use crate::storage::Project;
use crate::transfer::{ExportReport, ImportReport, Progress};

/// What happens to the export or the import that is prepared.
#[derive(Debug)]
pub enum Transfer {
    /// Something else was chosen about the export.
    SetExport(Box<ExportChoice>),
    /// The folder to export to was typed at.
    SetExportFolder(String),
    /// The export is to be written.
    WriteExport,
    /// Something else was chosen about the import.
    SetImport(Box<ImportChoice>),
    /// What there is to import is to be looked at.
    LookAtImport,
    /// The import is to be carried out.
    WriteImport,
    /// What is being written is to be stopped, whatever else goes on.
    Stop,
    /// A folder is to be shown by the system.
    ShowFolder(PathBuf),
    /// An export, or a look at one, has come so far.
    ExportGoes(u64, Progress),
    /// An export, or a look at one, has ended.
    ExportDone(u64, Result<Box<ExportReport>, String>),
    /// An import, or a look at one, has come so far.
    ImportGoes(u64, Progress),
    /// An import, or a look at one, has ended.
    ImportDone(u64, Result<Box<Imported>, NotImported>),
    /// The system could not show a folder.
    FolderNotShown(String),
}

impl Transfer {
    /// Whether the person did this.
    pub(super) fn is_gesture(&self) -> bool {
        !matches!(
            self,
            Self::ExportGoes(..)
                | Self::ExportDone(..)
                | Self::ImportGoes(..)
                | Self::ImportDone(..)
                | Self::FolderNotShown(_)
        )
    }
}

impl From<Transfer> for Message {
    fn from(transfer: Transfer) -> Self {
        Self::Transfer(transfer)
    }
}

/// Why nothing was imported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotImported {
    /// In words.
    pub words: String,
    /// The format that the files look like instead.
    pub looks_like: Option<ImportFormat>,
}

/// What an import, or a look at one, came to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Imported {
    /// What was counted.
    pub report: ImportReport,
    /// The first of what was refused.
    pub refusals: Vec<Refusal>,
    /// The project as it is now: an empty folder has become one.
    pub project: Option<Project>,
    /// Its documents as they are now.
    pub documents: Vec<DocumentPath>,
}
