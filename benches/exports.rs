//! How fast every export, a check and an import are, beside plainly reading the project's
//! files on all cores in the same run:
//! `cargo bench --bench exports`. Ten thousand articles of news length with 20 annotations
//! each; another number as `cargo bench --bench exports -- 500`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::path::Path;
use std::time::{Duration, Instant};

use tandai::corpus::Annotator;
use tandai::exchange::{ExportOptions, Format, ImportFormat, Mapping, SplitPlan};
use tandai::storage::{Project, built_in_schema, examine};
use tandai::transfer::{Destination, ExportJob, ImportJob, export, import};

#[path = "allocator.rs"]
mod allocator;
#[path = "news.rs"]
mod news;

use news::{ANNOTATIONS, write_project};

const ARTICLES: usize = 10_000;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles = asked.unwrap_or(ARTICLES);
    let folder = tempfile::tempdir().unwrap();
    let characters = write_project(folder.path(), articles, &["ana"]);
    let project = Project::at(folder.path()).unwrap();
    println!("{articles} articles, {} MB of text, {ANNOTATIONS} annotations each", mb(characters));
    let reading = best(|| news::read_all(folder.path(), &["ana"]));
    println!("{:<24} {:>8} {:>10} {:>24}", "", "s", "MB/s text", "/ reading the files");
    row("reading the files", reading, characters, reading);
    for format in Format::ALL {
        let time = best(|| run(&project, format, None));
        row(format.name(), time, characters, reading);
    }
    row("check", best(|| examine(&project)), characters, reading);
    let plan = SplitPlan::parse("train=80,dev=10,test=10", 7).unwrap();
    let time = best(|| run(&project, Format::Jsonl, Some(plan.clone())));
    row("jsonl, split", time, characters, reading);
    let out = folder.path().join("again");
    export(&job(&project, Format::Jsonl, None), Destination::Folder(&out), &mut |_| true).unwrap();
    let time = best(|| look(&out));
    row("looking at an import", time, characters, reading);
}

fn row(name: &str, time: Duration, characters: usize, reading: Duration) {
    let seconds = time.as_secs_f64();
    let speed = mb(characters) / seconds;
    let ratio = seconds / reading.as_secs_f64();
    println!("{name:<24} {seconds:>8.2} {speed:>10.0} {ratio:>24.1}");
}

fn mb(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The best of three.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..3).map(once).min().unwrap()
}

fn job(project: &Project, format: Format, split: Option<SplitPlan>) -> ExportJob {
    ExportJob {
        project: project.clone(),
        schema: built_in_schema(),
        format,
        options: ExportOptions { split, ..ExportOptions::default() },
        strict: false,
    }
}

fn run(project: &Project, format: Format, split: Option<SplitPlan>) {
    let out = tempfile::tempdir().unwrap();
    let target = out.path().join("dataset");
    export(&job(project, format, split), Destination::Folder(&target), &mut |_| true).unwrap();
}

fn look(from: &Path) {
    let job = ImportJob {
        format: ImportFormat::Jsonl,
        from: from.to_path_buf(),
        project: from.join("nowhere"),
        annotator: None,
        nobody: Annotator::gold(),
        mapping: Mapping::usual(),
        unit: None,
        look_only: true,
    };
    import(&job, &mut |_| (), &mut |_| true).unwrap();
}
