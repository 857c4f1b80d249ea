//! `tandai export FORMAT OUT`.

use std::io::Write as _;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::meter::Meter;
use super::project::ProjectArgument;
use super::{Failure, Outcome, say};
use crate::corpus::{Annotator, Status};
use crate::exchange::{ExportOptions, Format, Scheme, Split, SplitPlan, status_of_name};
use crate::session::counted;
use crate::storage::SchemaStore;
use crate::transfer::{Destination, ExportError, ExportJob, ExportReport, export};

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai export parquet dataset/                     everything, for Hugging Face's loader
  tandai export jsonl out/ --split train=80,dev=10,test=10 --seed 7
  tandai export conll out/ --annotators ana --scheme bioes
  tandai export spacy out/ --gold --status done --strict
  tandai export csv tables/ --labels claim,denial    tables, as for pandas or R
  tandai export jsonl - | head -1

OUT must not be there yet, be empty, or hold an earlier export to the same format,
which is replaced.
OUT/loss.json lists what the format cannot carry. Exit codes: 0 all was exported;
1 something could not be read or, with --strict, would have been lost; 2 nothing
could be done.";

/// What is exported, and where to.
#[derive(Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct ExportArguments {
    /// The format
    #[arg(value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)))]
    format: String,

    /// The folder to write; - for standard output, with formats of one file
    /// (jsonl, label-studio)
    #[arg(value_name = "OUT")]
    out: PathBuf,

    #[command(flatten)]
    project: ProjectArgument,

    /// Only the sets of these annotators
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    annotators: Option<Vec<String>>,

    /// Only what the annotator gold says: the settled sets
    #[arg(long, conflicts_with = "annotators")]
    gold: bool,

    /// Only sets with one of these statuses: new, in-progress, done, skipped
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',')]
    status: Option<Vec<String>>,

    /// Only annotations with one of these labels, and the links between them
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',')]
    labels: Option<Vec<String>>,

    /// Share the articles out, such as train=80,dev=10,test=10
    #[arg(long, value_name = "PARTS")]
    split: Option<String>,

    /// What the sharing out is drawn with
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,

    /// Write nothing where anything would be lost
    #[arg(long)]
    strict: bool,

    #[arg(long, help = "How CoNLL's tags are written", value_enum, default_value_t = SchemeArgument::Iob2)]
    scheme: SchemeArgument,

    /// Write CSV for Excel: with a mark at the start, and no cell that it takes for a formula
    #[arg(long)]
    excel: bool,

    /// Keep line ends of two characters (CR LF) in brat's texts; its readers often miscount them
    #[arg(long)]
    keep_line_ends: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum SchemeArgument {
    Iob2,
    Bioes,
    Iob1,
}

pub(super) fn run(arguments: &ExportArguments) -> Result<Outcome, Failure> {
    let job = job_of(arguments)?;
    let mut meter = Meter::new("Exporting");
    let mut progress = |progress| meter.show(progress);
    let to_pipe = arguments.out.as_os_str() == "-";
    let result = if to_pipe {
        if job.strict {
            let looked = export(&job, Destination::Nowhere(None), &mut progress);
            let looked = looked.map_err(|error| Failure(error.to_string()))?;
            if looked.losses.total() > 0 || !looked.problems.is_empty() {
                meter.finish();
                return Ok(told(&looked, &job, to_pipe));
            }
        }
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let result = export(&job, Destination::Stream(&mut out), &mut progress);
        // What is left in the buffer when the reader has gone has nobody to go to.
        let _ = out.flush();
        result
    } else {
        export(&job, Destination::Folder(&arguments.out), &mut progress)
    };
    meter.finish();
    match result {
        Ok(report) => Ok(told(&report, &job, to_pipe)),
        Err(ExportError::Closed) => Ok(Outcome::Done),
        Err(error) => Err(Failure(error.to_string())),
    }
}

fn job_of(arguments: &ExportArguments) -> Result<ExportJob, Failure> {
    let project = arguments.project.open_with_articles()?;
    let (_, schema, _) = SchemaStore::load(&project);
    let format = Format::of_name(&arguments.format)
        .ok_or_else(|| Failure(format!("there is no format {}", arguments.format)))?;
    let annotators = if arguments.gold {
        Some(vec![Annotator::gold()])
    } else {
        arguments.annotators.as_deref().map(annotators_of).transpose()?
    };
    let known = project.annotators().0;
    if let Some(missing) = annotators.iter().flatten().find(|name| !known.contains(name)) {
        let names: Vec<&str> = known.iter().map(Annotator::as_str).collect();
        let names = names.join(", ");
        return Err(Failure(format!(
            "--annotators: nobody called {missing} has a set here; there is {names}"
        )));
    }
    let statuses = arguments.status.as_deref().map(statuses_of).transpose()?;
    let split = arguments.split.as_deref().map(|parts| SplitPlan::parse(parts, arguments.seed));
    let split = split.transpose().map_err(|error| Failure(format!("--split: {error}")))?;
    let options = ExportOptions {
        annotators,
        statuses,
        labels: arguments.labels.clone().map(|labels| labels.into_iter().collect()),
        split,
        scheme: match arguments.scheme {
            SchemeArgument::Iob2 => Scheme::Iob2,
            SchemeArgument::Bioes => Scheme::Bioes,
            SchemeArgument::Iob1 => Scheme::Iob1,
        },
        excel: arguments.excel,
        keep_line_ends: arguments.keep_line_ends,
    };
    Ok(ExportJob { project, schema, format, options, strict: arguments.strict })
}

/// Annotators by their names; gold among them.
pub(super) fn annotators_of(names: &[String]) -> Result<Vec<Annotator>, Failure> {
    let named = names.iter().map(|name| Annotator::of_folder(name.trim()));
    named
        .map(|annotator| annotator.map_err(|error| Failure(format!("--annotators: {error}"))))
        .collect()
}

fn statuses_of(names: &[String]) -> Result<Vec<Status>, Failure> {
    let status = |name: &String| {
        let words = "new, in-progress, done, skipped";
        status_of_name(name.trim())
            .ok_or_else(|| Failure(format!("--status: \"{name}\" is none of {words}")))
    };
    names.iter().map(status).collect()
}

/// Says what became of it.
fn told(report: &ExportReport, job: &ExportJob, to_pipe: bool) -> Outcome {
    for problem in &report.problems {
        let path = problem.path.strip_prefix(job.project.root()).unwrap_or(&problem.path);
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let is_schema = problem.path == SchemaStore::file(&job.project);
        let instead = if is_schema { "the built-in schema is used" } else { "it is left out" };
        say(&format!("{}{line}: {}; {instead}", path.display(), problem.kind));
    }
    let losses = &report.losses;
    let refused = job.strict && (losses.total() > 0 || !report.problems.is_empty());
    if losses.total() > 0 {
        let instead = if refused { "would not be carried" } else { "not carried as it is" };
        say(&format!("{}: {instead} by {} as it was asked for", losses.words(), job.format));
        for loss in losses.shown().iter().take(20) {
            say(&format!(
                "  {} {} {} {}: {}; {}",
                loss.document, loss.annotator, loss.label, loss.id, loss.reason, loss.instead
            ));
        }
        if losses.total() > 20 {
            let place = match (to_pipe, refused) {
                (true, _) => "",
                (_, true) => "; loss.json has them all without --strict",
                _ => "; loss.json has them all",
            };
            say(&format!("  and {} more{place}", losses.total() - 20));
        }
    }
    if refused {
        say("nothing was written, as --strict asks");
        return Outcome::Wanting;
    }
    for left_out in report.left_out.iter().take(5) {
        say(&format!("{}: {}", left_out.document, left_out.reason));
    }
    if report.left_out.len() > 5 {
        say(&format!("and {} more articles are not in it", report.left_out.len() - 5));
    }
    let tally = &report.tally;
    let mut is_whole = report.is_whole();
    for label in job.options.labels.iter().flatten() {
        if !tally.labels.contains_key(label.as_str()) {
            is_whole = false;
            say(&format!("--labels: nothing that is exported is labelled {label}"));
        }
    }
    let place = report.folder.as_ref().map(|folder| format!(" to {}", folder.display()));
    say(&format!(
        "exported {}{}, {}",
        report.contents(),
        place.unwrap_or_default(),
        report.proof()
    ));
    if let Some(kinds) = job.format.has_no_place_for() {
        say(&format!("  {} has no place for {kinds}", job.format.title()));
    }
    for part in report.split.iter().flat_map(|split| &split.parts) {
        let labels: Vec<String> =
            part.labels.iter().map(|(label, count)| format!("{label} {count}")).collect();
        say(&format!(
            "  {}: {} {}",
            part.name,
            counted(part.documents, "article"),
            labels.join(", ")
        ));
    }
    for warning in report.split.iter().flat_map(Split::strays) {
        say(&format!("  {warning}"));
    }
    for lack in report.split.iter().flat_map(Split::lacks) {
        say(&format!("  {lack}; another --seed shares out otherwise"));
    }
    if is_whole { Outcome::Done } else { Outcome::Wanting }
}
