//! What is exported and imported: that it comes back, that what does not is said, and
//! that nothing that is there is lost by it.

mod arriving;
mod brat;
mod comparing;
mod damaged;
mod exporting;
mod foreign;
mod importing;
mod losses;
mod roundtrip;
mod shapes;
mod shapes_flat;
mod splits;
mod tables;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tandai::corpus::{Annotation, AnnotationSet, Annotator, Document, Entry, Metadata};
use tandai::exchange::{ExportOptions, Format, ImportFormat, Mapping, Refusal};
use tandai::storage::{Project, SchemaStore, add_document, add_metadata, add_set, read_entry};
use tandai::text::Text;
use tandai::transfer::{
    Destination, ExportJob, ExportReport, ImportError, ImportJob, ImportReport, export, import,
};

use crate::files::{Folder, document_path};
use crate::markup::parse_as;
use crate::session::with_links;

/// The formats that are both written and read.
const BOTH_WAYS: [Format; 7] = [
    Format::Brat,
    Format::Jsonl,
    Format::Parquet,
    Format::Conll,
    Format::Doccano,
    Format::LabelStudio,
    Format::Csv,
];

/// A link's label, then what its two ends quote.
type Link<'a> = (&'a str, &'a str, &'a str);

/// A folder without anything in it.
pub(crate) fn empty() -> Folder {
    Folder::with(&[])
}

/// The project of the repository, which has one article with a gold set.
fn worked_example() -> Project {
    Project::at(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap()
}

/// Puts an article with marks by ana into a project, named without its ending.
fn put(folder: &Folder, name: &str, marked: &str, links: &[Link<'_>]) -> AnnotationSet {
    put_by(folder, "ana", name, marked, links)
}

/// The same by another annotator.
fn put_by(
    folder: &Folder,
    annotator: &str,
    name: &str,
    marked: &str,
    links: &[Link<'_>],
) -> AnnotationSet {
    let read = parse_as(annotator, marked);
    let set = with_links(&read, links);
    put_set(folder, name, &read.text, &set);
    set
}

/// Puts a text and a set about it into a project.
pub(crate) fn put_set(folder: &Folder, name: &str, text: &Text, set: &AnnotationSet) {
    let project = project_in(folder);
    let path = document_path(&format!("{name}.txt"));
    let (document, _) = add_document(&project, &path, text.as_str()).unwrap();
    add_set(&project, set, &document).unwrap();
}

/// The project in a folder, made where it is none yet.
fn project_in(folder: &Folder) -> Project {
    Project::at_or_new(&folder.path("")).unwrap()
}

/// Puts documents with all that is said of them into a project.
fn put_entries(folder: &Folder, entries: &[Entry]) {
    let project = project_in(folder);
    for Entry { document, metadata, sets } in entries {
        let text = document.text.as_str();
        let (document, _) = add_document(&project, &document.path, text).unwrap();
        if !metadata.is_empty() {
            add_metadata(&project, &document.path, metadata).unwrap();
        }
        for set in sets {
            add_set(&project, set, &document).unwrap();
        }
    }
}

/// All that a project has.
#[track_caller]
fn entries(project: &Project) -> Vec<Entry> {
    let (annotators, problems) = project.annotators();
    assert_eq!(problems, []);
    let (documents, problems) = project.documents();
    assert_eq!(problems, []);
    let entry = |path| {
        let (entry, problems) = read_entry(project, &annotators, path).unwrap();
        assert_eq!(problems, []);
        entry
    };
    documents.iter().map(entry).collect()
}

/// The one entry of a project with one document.
#[track_caller]
fn only_entry(folder: &Folder) -> Entry {
    let mut found = entries(&folder.project());
    assert_eq!(found.len(), 1);
    found.pop().unwrap()
}

/// A document that is not on a disk.
pub(crate) fn document(name: &str, text: &str) -> Document {
    let digest = tandai::corpus::Digest::from_hex("");
    Document { path: document_path(&format!("{name}.txt")), text: Text::new(text), digest }
}

fn job(project: &Project, format: Format, options: &ExportOptions) -> ExportJob {
    let schema = SchemaStore::load(project).1;
    let (project, options) = (project.clone(), options.clone());
    ExportJob { project, schema, format, options, strict: false }
}

/// Exports to a folder below `to`.
#[track_caller]
fn export_with(
    project: &Project,
    format: Format,
    options: &ExportOptions,
    to: &Path,
) -> ExportReport {
    let job = job(project, format, options);
    export(&job, Destination::Folder(to), &mut |_| true)
        .unwrap_or_else(|error| panic!("{format}: {error}"))
}

/// Exports all of a project to a folder of its own.
#[track_caller]
fn exported(project: &Project, format: Format) -> (Folder, ExportReport) {
    let out = empty();
    let report = export_with(project, format, &ExportOptions::default(), &out.path(""));
    (out, report)
}

/// What is imported, with all that was refused.
type Imported = (Result<ImportReport, ImportError>, Vec<Refusal>);

/// Imports; sets without a name are zoe's.
fn import_with(format: ImportFormat, from: &Path, to: &Folder, mapping: &Mapping) -> Imported {
    let job = ImportJob {
        format,
        from: from.to_path_buf(),
        project: to.path(""),
        annotator: None,
        nobody: Annotator::new("zoe").unwrap(),
        mapping: mapping.clone(),
        unit: None,
        look_only: false,
    };
    let mut refusals = Vec::new();
    let report = import(&job, &mut |refusal| refusals.push(refusal.clone()), &mut |_| true);
    (report, refusals)
}

/// Imports into a new project what has to go in without a refusal.
#[track_caller]
fn imported(format: ImportFormat, from: &Path) -> (Folder, ImportReport) {
    let project = empty();
    let (report, refusals) = import_with(format, from, &project, &Mapping::usual());
    assert_eq!(refusals, [], "{format}");
    (project, report.unwrap())
}

/// The files of an import, and the project that it makes, with what was refused.
#[track_caller]
fn imported_files(format: ImportFormat, files: &[(&str, &str)]) -> (Folder, Vec<String>) {
    let from = Folder::with(&[]);
    for (path, content) in files {
        from.write(path, content.as_bytes());
    }
    let project = empty();
    let (report, refusals) = import_with(format, &from.path(""), &project, &Mapping::usual());
    assert!(report.is_ok(), "{report:?}");
    (project, refusals.iter().map(ToString::to_string).collect())
}

/// The import format of an export format.
fn import_format(format: Format) -> ImportFormat {
    ImportFormat::of_name(format.name()).unwrap()
}

/// Every file below a folder by its path there, `/` between folders.
fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        let Ok(read) = std::fs::read_dir(folder.join(&below)) else { continue };
        for entry in read.map(Result::unwrap) {
            let below = below.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(below);
            } else {
                let parts: Vec<_> = below.iter().map(|part| part.to_str().unwrap()).collect();
                found.insert(parts.join("/"), std::fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// The names of all files below a folder.
fn names_below(folder: &Path) -> Vec<String> {
    files_below(folder).into_keys().collect()
}

/// A file as a text.
#[track_caller]
fn text_in(folder: &Folder, file: &str) -> String {
    let path = folder.path(file);
    let read = std::fs::read_to_string(&path);
    read.unwrap_or_else(|error| {
        panic!("{file}: {error}; there are {:?}", names_below(&folder.path("")))
    })
}

/// A file as JSON.
#[track_caller]
fn json_in(folder: &Folder, file: &str) -> Value {
    serde_json::from_str(&text_in(folder, file)).unwrap()
}

/// A file as JSON, a value a line.
#[track_caller]
fn lines_in(folder: &Folder, file: &str) -> Vec<Value> {
    text_in(folder, file).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A table as a map from column to cell for each row.
#[track_caller]
fn table_in(folder: &Folder, file: &str) -> Vec<BTreeMap<String, String>> {
    let content = text_in(folder, file);
    let mut reader = csv::Reader::from_reader(content.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// What a run of the program came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: Vec<u8>,
    pub(crate) said: String,
}

/// Runs the program in a folder, without the home of whoever runs the tests.
pub(crate) fn tandai(here: &Folder, arguments: &[&str]) -> Ran {
    let output = command(here, arguments).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    Ran { code: output.status.code().unwrap(), out: output.stdout, said }
}

fn command(here: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandai"));
    command.args(arguments).current_dir(here.path(""));
    command.env("HOME", here.path("home")).env_remove("XDG_CONFIG_HOME").env_remove("RUST_LOG");
    command
}

/// Metadata of these pairs.
fn metadata(pairs: &[(&str, &str)]) -> Metadata {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn person(name: &str) -> Annotator {
    Annotator::of_folder(name).unwrap()
}

/// A set with each of its annotations changed.
fn changed(text: &Text, set: &AnnotationSet, change: impl Fn(&mut Annotation)) -> AnnotationSet {
    let annotations = set.annotations().iter().map(|annotation| {
        let mut annotation = (**annotation).clone();
        change(&mut annotation);
        annotation
    });
    let relations = set.relations().iter().map(|relation| (**relation).clone()).collect();
    let (annotator, status) = (set.annotator().clone(), set.status());
    let annotations = annotations.collect();
    AnnotationSet::assemble(annotator, text.end(), status, annotations, relations).unwrap()
}

/// A project with one short article in which characters, UTF-16 units and bytes are
/// different numbers, and a claim has two fragments, a value and a note.
fn small() -> Folder {
    let folder = empty();
    let marked = "👩‍🚀 [source:Kim]: \"[claim#1:hujan]\", kata ia, \"[claim#1:turun]\".";
    let read = parse_as("ana", marked);
    let set = with_links(&read, &[("attributed-to", "hujan … turun", "Kim")]);
    let set = changed(&read.text, &set, |annotation| {
        if &*annotation.label == "claim" {
            annotation.note.push_str("sure?");
            annotation.attributes.insert("directness".to_owned(), "direct".to_owned());
        }
    });
    put_set(&folder, "berita/a", &read.text, &set);
    let path = document_path("berita/a.txt");
    let fields = metadata(&[("date", "2026-11-01"), ("title", "Hujan")]);
    add_metadata(&folder.project(), &path, &fields).unwrap();
    folder
}

/// The text of [`small`].
const SMALL: &str = "👩‍🚀 Kim: \"hujan\", kata ia, \"turun\".";
