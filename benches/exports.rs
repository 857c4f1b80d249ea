//! How fast every export is, beside plainly reading the project's files in the same run:
//! `cargo bench --bench exports`. Ten thousand articles of news length with 20 annotations
//! each; another number as `cargo bench --bench exports -- 500`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is indexed is written right here"
)]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};
use tandai::corpus::Annotator;
use tandai::exchange::{ExportOptions, Format, ImportFormat, Mapping, SplitPlan};
use tandai::storage::{Project, built_in_schema};
use tandai::transfer::{Destination, ExportJob, ImportJob, export, import};

const ARTICLES: usize = 10_000;
const ANNOTATIONS: usize = 20;
/// Words of an article; about 2,400 characters, as the seed article has.
const WORDS: usize = 330;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles = asked.unwrap_or(ARTICLES);
    let folder = tempfile::tempdir().unwrap();
    let characters = write_project(folder.path(), articles);
    let project = Project::at(folder.path()).unwrap();
    println!("{articles} articles, {} MB of text, {ANNOTATIONS} annotations each", mb(characters));
    let reading = best(|| read_all(folder.path()));
    println!("{:<24} {:>8} {:>10} {:>24}", "", "s", "MB/s text", "/ reading the files");
    row("reading the files", reading, characters, reading);
    for format in Format::ALL {
        let time = best(|| run(&project, format, None));
        row(format.name(), time, characters, reading);
    }
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

fn read_all(folder: &Path) -> usize {
    ["seeds", "annotations/ana"]
        .iter()
        .flat_map(|below| std::fs::read_dir(folder.join(below)).unwrap())
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap().len())
        .sum()
}

/// Writes articles with sets as the program does, and returns how long they are together.
fn write_project(folder: &Path, articles: usize) -> usize {
    let vocabulary: Vec<String> = WORDS_OF_NEWS.split(' ').map(str::to_owned).collect();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    std::fs::create_dir_all(folder.join("annotations/ana")).unwrap();
    let mut characters = 0;
    let mut random = fastrand::Rng::with_seed(7);
    for at in 0..articles {
        let mut text = String::new();
        let mut starts = Vec::new();
        for number in 0..WORDS {
            starts.push(text.len());
            text.push_str(&vocabulary[random.usize(..vocabulary.len())]);
            text.push_str(if number % 14 == 13 { ".\n" } else { " " });
        }
        characters += text.len();
        let name = format!("{at:06}.txt");
        std::fs::write(
            folder.join("annotations/ana").join(name.clone() + ".ron"),
            set(&name, &text, &starts),
        )
        .unwrap();
        std::fs::write(folder.join("seeds").join(name), text).unwrap();
    }
    characters
}

fn set(name: &str, text: &str, starts: &[usize]) -> String {
    let sha = Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    let mut out = format!(
        "(\n    format: 1,\n    document: (path: \"{name}\", characters: {}, sha256: \"{sha}\"),\n    \
         annotator: \"ana\",\n    status: Done,\n    annotations: [\n",
        text.len()
    );
    let labels = ["claim", "source", "denial", "location"];
    for at in 0..ANNOTATIONS {
        let (first, words) = (at * 16, 3 + at % 8);
        let (start, end) = (starts[first], starts[first + words] - 1);
        let quote = text[start..end].replace('\n', "\\n");
        let attributes =
            if at % 4 == 0 { ", attributes: {\"directness\": \"direct\"}" } else { "" };
        writeln!(
            out,
            "        (id: \"a{at:05}\", label: \"{}\", spans: [({start}, {end})], text: [\"{quote}\"]{attributes}),",
            labels[at % 4]
        )
        .unwrap();
    }
    out.push_str("    ],\n    relations: [\n");
    for at in (0..ANNOTATIONS).step_by(4) {
        writeln!(
            out,
            "        (id: \"r{at:05}\", label: \"attributed-to\", from: \"a{at:05}\", to: \"a{:05}\"),",
            at + 1
        )
        .unwrap();
    }
    out.push_str("    ],\n)\n");
    out
}

const WORDS_OF_NEWS: &str = "Pemimpin Korea Utara Kim Jong Un bertemu dengan Menteri Pertahanan Rusia \
Sergei Shoigu untuk membahas masalah militer dan lingkungan keamanan regional kata media pemerintah \
pertemuan itu menggambarkan dukungan perang di Ukraina sewaktu negara yang terisolasi memperingati \
tahun gencatan senjata menghentikan pertempuran berlangsung antara mengatakan berbicara pada Rabu Ibu \
Kota Pyongyang mencapai konsensus tentang perhatian bersama bidang nasional internasional membantah \
klaim tersebut memberikan Washington Presiden surat delegasi dipimpin tiba hari ini";
