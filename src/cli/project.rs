//! Which project a subcommand is about, and whose sets.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, say};
use crate::corpus::{Annotator, DocumentPath, Entry, Schema};
use crate::session::counted;
use crate::storage::{Problem, ProblemKind, Project, SchemaStore, sets_without_article};

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
        open(self.project.as_deref())
    }

    /// The same, in which there must be something to look at.
    pub(super) fn open_with_articles(&self) -> Result<Project, Failure> {
        holding_something(self.open()?)
    }
}

/// The project that a subcommand only looks at, named like that or by `--project`.
#[derive(Args)]
pub(super) struct SubjectArgument {
    /// The project's folder, as with --project
    #[arg(value_name = "PROJECT", conflicts_with = "project")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    option: ProjectArgument,
}

impl SubjectArgument {
    /// The project, which must be there, and of which there must be something to look at.
    pub(super) fn open(&self) -> Result<Project, Failure> {
        let folder = self.folder.as_deref().or(self.option.project.as_deref());
        holding_something(open(folder)?)
    }
}

fn holding_something(project: Project) -> Result<Project, Failure> {
    let is_plain = project.articles() == project.root();
    let has_sets = || !project.annotators().0.is_empty();
    if is_plain && !has_sets() && project.documents().0.is_empty() {
        let folder = project.root().display();
        return Err(Failure(format!("{folder}: {}", ProblemKind::NoProject)));
    }
    Ok(project)
}

/// The project in a folder or, without one, the nearest at or above the current folder.
fn open(folder: Option<&Path>) -> Result<Project, Failure> {
    let (folder, project) = match folder {
        Some(folder) => (folder, Project::at(folder)),
        None => (Path::new("."), Project::nearest(Path::new("."))),
    };
    project.map_err(|problem| Failure(format!("{}: {}", folder.display(), problem.kind)))
}

/// The schema and the documents of a project, and whether anything is wrong: with them, with what
/// lies among these annotators' sets, or what `problems` says. All of it is said.
pub(super) fn schema_and_documents(
    project: &Project,
    annotators: &[Annotator],
    mut problems: Vec<Problem>,
) -> (Schema, Vec<DocumentPath>, bool) {
    let (_, schema, unfit) = SchemaStore::load(project);
    problems.extend(unfit);
    let (documents, unfit) = project.documents();
    problems.extend(unfit);
    problems.extend(sets_without_article(project, annotators, &documents));
    problems.iter().for_each(tell);
    (schema, documents, !problems.is_empty())
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

/// How many tags of the sets about a document wait for a place in its text.
pub(super) fn waiting_in(entry: &Entry) -> usize {
    entry.sets.iter().map(|set| set.adrift().len()).sum()
}

/// Says that tags are not counted because they wait for a place. Returns whether any do.
pub(super) fn tell_waiting(waiting: usize) -> bool {
    if waiting > 0 {
        let tags = counted(waiting, "tag");
        say(&format!("not counted: {tags} without a place in the text that the article has now"));
    }
    waiting > 0
}

/// What is wrong with a file, behind its whole path.
pub(super) fn in_words(problem: &Problem) -> String {
    let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
    format!("{}{line}: {}", problem.path.display(), problem.kind)
}
