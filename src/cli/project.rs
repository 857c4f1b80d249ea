//! Which project a subcommand is about, and whose sets.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, say};
use crate::corpus::Annotator;
use crate::storage::{Problem, Project};

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

/// The annotators that were named, who must have a folder; everyone where none was.
pub(super) fn chosen(
    names: &[String],
    everyone: Vec<Annotator>,
) -> Result<Vec<Annotator>, Failure> {
    if names.is_empty() {
        return Ok(everyone);
    }
    let unknown = names.iter().find(|name| !everyone.iter().any(|one| one.as_str() == name.trim()));
    if let Some(unknown) = unknown {
        let known: Vec<&str> = everyone.iter().map(Annotator::as_str).collect();
        let known = if known.is_empty() { "nobody".to_owned() } else { known.join(", ") };
        return Err(Failure(format!(
            "\"{unknown}\" has no sets in this project; there is {known}"
        )));
    }
    let named = |one: &Annotator| names.iter().any(|name| one.as_str() == name.trim());
    Ok(everyone.into_iter().filter(named).collect())
}

/// Says what is wrong with a file, and where.
pub(super) fn tell(problem: &Problem) {
    say(&in_words(problem));
}

/// What is wrong with a file, behind its whole path.
pub(super) fn in_words(problem: &Problem) -> String {
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}: {}", problem.path.display(), problem.kind)
}

/// A file's place below the project's folder, with `/`.
pub(super) fn below(project: &Project, file: &Path) -> String {
    let file = file.strip_prefix(project.root()).unwrap_or(file);
    file.to_string_lossy().replace('\\', "/")
}
