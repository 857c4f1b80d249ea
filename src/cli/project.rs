//! Which project a subcommand is about.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use crate::storage::Project;

/// The project that a subcommand is about.
#[derive(Args)]
pub(super) struct ProjectArgument {
    /// The project's folder; without it, the nearest project at or above the
    /// current folder
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,
}

impl ProjectArgument {
    /// The project, which must be there.
    pub(super) fn open(&self) -> Result<Project, Failure> {
        let (folder, project) = match &self.project {
            Some(folder) => (folder.clone(), Project::at(folder)),
            None => (PathBuf::from("."), Project::nearest(&PathBuf::from("."))),
        };
        project.map_err(|problem| Failure(format!("{}: {}", folder.display(), problem.kind)))
    }
}
