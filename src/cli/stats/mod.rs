//! `tandai stats`: what can be counted over a project.

mod report;
mod table;

use clap::Args;

use super::project::{
    SubjectArgument, chosen, schema_and_documents, tell, tell_waiting, waiting_in,
};
use super::{Failure, Outcome, shell};
use crate::corpus::DocumentPath;
use crate::review::{OfWhom, Statistics};
use crate::storage::{ReadEntry, read_entries};

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai stats
  tandai stats --annotators ana,budi
  tandai stats --project corpus --json | jq '.targets'

What cannot be read is said and left out, and the exit code is 1.";

/// Whose figures are wanted, and how.
#[derive(Args)]
pub(super) struct StatsArguments {
    #[command(flatten)]
    project: SubjectArgument,

    /// Whose sets are counted, with commas between the names; without it, everyone's, gold's
    /// apart from the others'
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    annotators: Vec<String>,

    /// Write one JSON object instead of tables
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &StatsArguments) -> Result<Outcome, Failure> {
    let project = arguments.project.open()?;
    let (everyone, problems) = project.annotators();
    let annotators = chosen(&arguments.annotators, everyone)?;
    let (schema, documents, mut wanting) = schema_and_documents(&project, &annotators, problems);
    let mut statistics = Statistics::new(annotators.clone());
    let count = |_: usize, _: &DocumentPath, read: ReadEntry| match read {
        Ok((entry, problems)) => {
            let statistics = Statistics::of(&schema, &entry.document, &entry.sets);
            (Some(statistics), waiting_in(&entry), problems)
        }
        Err(problem) => (None, 0, vec![problem]),
    };
    let mut waiting = 0;
    read_entries(&project, &annotators, &documents, count, |(counted, waits, problems)| {
        waiting += waits;
        for problem in &problems {
            tell(problem);
            wanting = true;
        }
        if let Some(counted) = counted {
            statistics.merge(counted);
        }
        true
    });
    wanting |= tell_waiting(waiting);
    // Who is named is counted.
    let together =
        if arguments.annotators.is_empty() { statistics.everyone() } else { OfWhom::All };
    let words = if arguments.json {
        report::of(&schema, &statistics, &together).map_err(|error| error.to_string())?
    } else {
        table::of(&schema, &statistics, &together)
    };
    shell::write(words.as_bytes())?;
    Ok(if wanting { Outcome::Wanting } else { Outcome::Done })
}
