//! `tandai check`: every file of a project examined.

use clap::Args;
use serde_json::json;

use super::project::{SubjectArgument, tell};
use super::{Failure, Outcome, say, shell};
use crate::session::counted;
use crate::storage::examine;

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai check
  tandai check corpus --json | jq '.problems[].file'

What is looked at are the files: whether articles, sets, decisions and the schema can be read
and agree. What the schema's checks find in annotations, the window lists (Shift+F4).
Nothing is changed. The exit code is 0 where all files are well, 1 where one is not, and 2
where there is no project to look at.";

/// Which project, and how it is told.
#[derive(Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    project: SubjectArgument,

    /// Write one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &CheckArguments) -> Result<Outcome, Failure> {
    let project = arguments.project.open()?;
    let found = examine(&project);
    if arguments.json {
        let problems = found.problems.iter().map(|problem| {
            json!({
                "file": project.below(&problem.path),
                "line": problem.line,
                "problem": problem.kind.to_string(),
                "advice": problem.kind.advice(),
            })
        });
        let value = json!({
            "documents": found.documents,
            "sets": found.sets,
            "problems": problems.collect::<Vec<_>>(),
        });
        let words = serde_json::to_string_pretty(&value).map_err(|error| error.to_string())?;
        shell::write(format!("{words}\n").as_bytes())?;
    } else {
        for problem in &found.problems {
            tell(problem);
            say(&format!("  → {}", problem.kind.advice()));
        }
        let words = format!(
            "{} and {} could be read; {}\n",
            counted(found.documents, "article"),
            counted(found.sets, "set"),
            match found.problems.len() {
                0 => "nothing is wrong with the files".to_owned(),
                count => counted(count, "problem"),
            }
        );
        shell::write(words.as_bytes())?;
    }
    Ok(if found.problems.is_empty() { Outcome::Done } else { Outcome::Wanting })
}
