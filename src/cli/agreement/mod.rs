//! `tandai agreement`: how far annotators agree over a project.

mod report;
mod table;

use std::path::{Path, PathBuf};

use clap::Args;

use super::project::{
    SubjectArgument, chosen, schema_and_documents, tell, tell_waiting, waiting_in,
};
use super::{Failure, Outcome, say, shell};
use crate::corpus::{Annotator, Decisions, DocumentPath, Schema};
use crate::exchange::Handover;
use crate::review::{
    Agreement, CaseRow, Comparison, LeftOut, Measured, begun, compared_by_default, open_differences,
};
use crate::storage::{DecisionStore, Project, ReadEntry, SetStore, read_entries, write_page};

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai agreement
  tandai agreement --annotators ana,budi
  tandai agreement --project corpus --json | jq '.f1_exact.mean'
  tandai agreement --report agreement.html

Only articles on which all of these annotators have begun count. Intervals are those in
which 95 of 100 draws of articles lie. What is not defined is n/a, and null in JSON.";

/// Where the drawing of documents begins, so that the same project gives the same bytes.
const SEED: u64 = 0;

/// Whose agreement is wanted, and how.
#[derive(Args)]
pub(super) struct AgreementArguments {
    #[command(flatten)]
    project: SubjectArgument,

    /// Who is compared, with commas between the names; without it, everyone but gold and
    /// second passes, as long as these are two or more
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    annotators: Vec<String>,

    /// Write one JSON object instead of tables
    #[arg(long)]
    json: bool,

    /// Also write a page for others: the figures, and what is still open
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
}

pub(super) fn run(arguments: &AgreementArguments) -> Result<Outcome, Failure> {
    let project = arguments.project.open()?;
    let (everyone, problems) = project.annotators();
    let annotators = if arguments.annotators.is_empty() {
        compared_by_default(&project.annotators_with_sets())
    } else {
        chosen(&arguments.annotators, everyone.clone())?
    };
    if annotators.len() < 2 {
        let known: Vec<&str> = everyone.iter().map(Annotator::as_str).collect();
        let known = if known.is_empty() { "nobody".to_owned() } else { known.join(", ") };
        return Err(Failure(format!(
            "agreement takes two annotators or more; with sets in this project there is {known}"
        )));
    }
    let (schema, documents, mut wanting) = schema_and_documents(&project, &annotators, problems);
    let measure = |_: usize, _: &DocumentPath, read: ReadEntry| match read {
        Ok((entry, problems)) => {
            let sets: Vec<_> = entry.sets.iter().collect();
            // What is known of an article besides is no part of what annotators say.
            let sets_left = annotators.iter().filter(|whose| {
                let file = SetStore::file(&project, whose, &entry.document.path);
                problems.iter().any(|problem| problem.path == file)
            });
            let measured = Measured::of(&annotators, &entry.document, &sets);
            (measured, sets_left.count(), waiting_in(&entry), problems)
        }
        Err(problem) => (None, 1, 0, vec![problem]),
    };
    let (mut measured, mut left_out, mut waiting) = (Vec::new(), LeftOut::default(), 0);
    read_entries(
        &project,
        &annotators,
        &documents,
        measure,
        |(counted, unread, waits, problems)| {
            for problem in &problems {
                tell(problem);
                wanting = true;
            }
            waiting += waits;
            match counted {
                Some(counted) => measured.push(counted),
                None => left_out.add(unread),
            }
            true
        },
    );
    wanting |= tell_waiting(waiting);
    let mut numbers = fastrand::Rng::with_seed(SEED);
    let agreement = Agreement::of(annotators, &schema, measured, left_out)
        .with_intervals(|below| numbers.usize(..below));
    if agreement.documents() == 0 {
        say("there is no article on which all of these annotators have begun");
    }
    if let Some(file) = &arguments.report {
        let settled = match DecisionStore::load(&project, &Annotator::gold()) {
            (_, settled, None) => settled,
            (_, _, Some(problem)) => {
                let words = "the report was not written, for what is settled is not known";
                return Err(Failure(format!("{words}: {problem}")));
            }
        };
        write_report(&project, &documents, (&agreement, &schema, &settled), file)?;
    }
    let words = if arguments.json {
        report::of(&agreement).map_err(|error| error.to_string())?
    } else {
        table::of(&agreement)
    };
    shell::write(words.as_bytes())?;
    Ok(if wanting { Outcome::Wanting } else { Outcome::Done })
}

/// Writes the page for others. What could not be read was said before.
fn write_report(
    project: &Project,
    documents: &[DocumentPath],
    (agreement, schema, settled): (&Agreement, &Schema, &Decisions),
    file: &Path,
) -> Result<(), Failure> {
    let annotators = agreement.annotators();
    let differ = |_: usize, _: &DocumentPath, read: ReadEntry| match read {
        Ok((entry, _)) => {
            let sets = begun(annotators, entry.sets.iter());
            let comparison = (sets.len() > 1).then(|| Comparison::of(&sets, None));
            let rows = comparison.map(|one| CaseRow::of(annotators, &entry.document, &one, None));
            rows.unwrap_or_default()
        }
        Err(_) => Vec::new(),
    };
    let mut open = Vec::new();
    read_entries(project, annotators, documents, differ, |rows| {
        open.extend(open_differences(rows, settled));
        true
    });
    // On the command line nobody says who hands it over.
    let about = Handover { agreement, reviewer: None, schema };
    write_page(file, &about.page(&open))
        .map_err(|error| Failure(format!("the report was not written: {error}")))
}
