//! `tandai import FORMAT FROM`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use super::meter::Meter;
use super::{Failure, Outcome, say};
use crate::corpus::{Annotator, NameKind};
use crate::exchange::{ImportFormat, Mapping, Unit};
use crate::session::counted;
use crate::storage::{Project, read_import_map};
use crate::transfer::{ImportJob, ImportReport, import};

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai import text articles/ --project news        a folder of .txt files
  tandai import text headlines.txt                   an article a line
  tandai import brat corpus/ --annotator ana
  tandai import doccano export/ --map map.ron
  tandai import jsonl dataset/                       what tandai export jsonl wrote

Nothing that is there is written over: an article must have the same text, a set must
be the same. What cannot be taken over is said with file and line, and the rest goes in.
For brat, without --annotator, the top folders are annotators where no text lies at the
top. map.ron renames or, with None, drops what is imported:
  (labels: {\"PER\": \"source\", \"MISC\": None}, relations: {\"said_by\": \"attributed-to\"},
   attributes: {\"mode\": \"directness\"}, values: {\"mode\": {\"quoted\": \"direct\"}},
   events: {\"Attribution\": (from: \"Content\", to: \"Source\", relation: \"attributed-to\")})
Exit codes: 0 all went in; 1 something was refused; 2 nothing could be read.";

/// What is imported, and where to.
#[derive(Args)]
pub(super) struct ImportArguments {
    /// The format
    #[arg(value_parser = PossibleValuesParser::new(ImportFormat::ALL.map(ImportFormat::name)))]
    format: String,

    /// A folder or a file
    #[arg(value_name = "FROM")]
    from: PathBuf,

    /// The project's folder, which may be empty or not there yet; without it, the
    /// nearest project at or above the current folder, or the current folder
    #[arg(long, value_name = "DIR")]
    project: Option<PathBuf>,

    /// Whose sets they all become; without it, as the files or their names say, or the
    /// system's user
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,

    /// What names become
    #[arg(long, value_name = "MAP.ron")]
    map: Option<PathBuf>,

    /// What offsets count; without it, what the format has, or what quotes show
    #[arg(long, value_enum)]
    offsets: Option<UnitArgument>,
}

#[derive(Clone, Copy, ValueEnum)]
enum UnitArgument {
    CodePoints,
    Utf16,
    Bytes,
    Graphemes,
    /// Code points, with CR LF as one
    LineEndsOnce,
}

pub(super) fn run(arguments: &ImportArguments) -> Result<Outcome, Failure> {
    let job = job_of(arguments)?;
    let mut meter = Meter::new("Importing");
    let lines = meter.lines();
    let mut refuse = |refusal: &crate::exchange::Refusal| lines.say(&refusal.to_string());
    let result = import(&job, &mut refuse, &mut |progress| meter.show(progress));
    meter.finish();
    let report = result.map_err(|error| Failure(error.to_string()))?;
    tell(&report);
    Ok(if report.refused > 0 { Outcome::Wanting } else { Outcome::Done })
}

fn job_of(arguments: &ImportArguments) -> Result<ImportJob, Failure> {
    let format = ImportFormat::of_name(&arguments.format)
        .ok_or_else(|| Failure(format!("there is no format {}", arguments.format)))?;
    let annotator = arguments.annotator.as_deref().map(|name| Annotator::of_folder(name.trim()));
    let annotator = annotator.transpose().map_err(|e| Failure(format!("--annotator: {e}")))?;
    let project = arguments.project.clone().unwrap_or_else(|| {
        let here = PathBuf::from(".");
        Project::nearest(&here).map_or(here, |project| project.root().to_path_buf())
    });
    let mapping = match &arguments.map {
        Some(file) => {
            let content = read_import_map(file)
                .map_err(|problem| Failure(format!("{}: {}", file.display(), problem.kind)))?;
            Mapping::parse(&content)
                .map_err(|error| Failure(format!("{}: {error}", file.display())))?
        }
        None => Mapping::usual(),
    };
    let unit = arguments.offsets.map(|unit| match unit {
        UnitArgument::CodePoints => Unit::CodePoints,
        UnitArgument::Utf16 => Unit::Utf16,
        UnitArgument::Bytes => Unit::Bytes,
        UnitArgument::Graphemes => Unit::Graphemes,
        UnitArgument::LineEndsOnce => Unit::LineEndsOnce,
    });
    Ok(ImportJob {
        format,
        from: arguments.from.clone(),
        project,
        nobody: super::window::system_annotator(),
        annotator,
        mapping,
        unit,
        look_only: false,
    })
}

fn tell(report: &ImportReport) {
    if let Some(other) = &report.left_aside {
        say(&format!("{other}, and was not read"));
    }
    for (unit, count) in &report.other_units {
        say(&format!(
            "in {}, offsets count {unit}, as their quotes show; they were converted",
            counted(*count, "article")
        ));
    }
    if report.schema_taken {
        say("the schema beside the data is the project's now");
    }
    for (kind, names) in [
        (NameKind::Label, "labels"),
        (NameKind::Relation, "links"),
        (NameKind::Attribute, "attributes"),
    ] {
        let added: Vec<&str> = report
            .added_names
            .iter()
            .filter(|(of, _)| *of == kind)
            .map(|(_, name)| name.as_str())
            .collect();
        if !added.is_empty() {
            say(&format!("added to the schema, {names}: {}", added.join(", ")));
        }
    }
    let there = |count: usize| match count {
        0 => String::new(),
        1 => " (1 was there already)".to_owned(),
        count => format!(" ({count} were there already)"),
    };
    say(&format!(
        "imported {}{} and {}{} with {} and {}",
        counted(report.documents, "article"),
        there(report.documents_there),
        counted(report.sets, "set"),
        there(report.sets_there),
        counted(report.annotations, "annotation"),
        counted(report.relations, "link")
    ));
    if report.refused > 0 {
        say(&format!("{} not taken over; see above", counted(report.refused, "thing")));
    }
}
