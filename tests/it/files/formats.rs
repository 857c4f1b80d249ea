//! Files of each format there has been, kept as they were written, and of one that is yet to
//! come.

use std::path::{Path, PathBuf};

use tandai::corpus::{AnnotationSet, Status};
use tandai::storage::{
    DecisionStore, Door, KeyStore, ProblemKind, Project, SchemaStore, SetOnDisk, SetStore,
    load_document, newer_set,
};

use super::{Folder, ana, document_path};

/// The project as it was written in a format; it is never changed.
fn of_format(number: u32) -> PathBuf {
    let folder = format!("tests/it/fixtures/format-{number}");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn read(folder: &Path) -> (Project, SetOnDisk) {
    let project = Project::at(folder).unwrap();
    let (document, problems) = load_document(&project, &document_path("rapat.txt")).unwrap();
    assert_eq!(problems, []);
    let found = SetStore::load(&project, &ana(), &document).1;
    (project, found)
}

#[test]
fn a_set_of_format_1_opens_with_all_that_it_holds() {
    let folder = of_format(1);
    let (project, found) = read(&folder);
    let SetOnDisk::Read(set) = found else { panic!("{found:?}") };
    assert_eq!(set.status(), Status::InProgress);
    let (document, _) = load_document(&project, &document_path("rapat.txt")).unwrap();
    let quotes: Vec<String> = set
        .annotations()
        .iter()
        .map(|one| format!("{}: {}", one.label, one.quote(&document.text)))
        .collect();
    assert_eq!(
        quotes,
        [
            "location: Pyongyang",
            "claim: Barat menuduh … “mengirim senjata”",
            "denial: membantah",
            "source: السلام",
            "source: नमस्ते 👩‍👩‍👧",
        ]
    );
    let claim = &set.annotations()[1];
    assert_eq!(claim.attributes["certainty"], "possible");
    assert_eq!(claim.note, "why “possible”?\nsee page 2: C:\\x \"so\"");
    assert_eq!(set.relations().len(), 2);
    assert_eq!(set.conflicts().len(), 1);
    assert_eq!((set.adrift()[0].quote(), set.adrift()[0].relations.len()), ("KCNA".to_owned(), 1));
    // It is written as it was.
    let file = folder.join("annotations/ana/rapat.txt.ron");
    assert_eq!(SetStore::text(&set, &document), std::fs::read_to_string(file).unwrap());
}

#[test]
fn schema_decisions_and_keys_of_format_1_open_and_are_written_as_they_were() {
    let folder = of_format(1);
    let text = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let project = Project::at(&folder).unwrap();
    let (_, schema, problem) = SchemaStore::load(&project);
    assert_eq!((problem, schema.labels().len(), schema.checks().is_empty()), (None, 4, false));
    assert_eq!(SchemaStore::text(&schema), text("annotations/schema.ron"));
    let (_, decisions, problem) = DecisionStore::load(&project, &ana());
    assert_eq!((problem, decisions.iter().count()), (None, 5));
    assert_eq!(DecisionStore::content(&decisions, &ana()), text("annotations/ana/decisions.ron"));
    let (_, keys, problem) = KeyStore::load_through(Door::disk(), folder.join("keys.ron"));
    assert_eq!((problem, keys.keys.len(), keys.preset.as_str()), (None, 2, "left-handed"));
    assert_eq!(KeyStore::text(&keys), text("keys.ron"));
}

const NEWER: &str = r#"(
    format: 2,
    document: (path: "a.txt", characters: 9, sha256: "DIGEST", language: "id"),
    annotator: "ana",
    status: Done,
    mood: Some((good: [1, 2], kind: Blue, of: {"x": 4})),
    annotations: [
        (id: "s", label: "source", spans: [(0, 3)], text: ["Kim"], sure: 0.5, attributes: {"kind": "named"}),
    ],
    relations: [
        (id: "r", label: "same-as", from: "s", to: "s", by: Who("ben")),
    ],
    threads: [],
)
"#;

fn newer(content: &str) -> (ProblemKind, Option<AnnotationSet>) {
    let folder = Folder::with(&[("seeds/a.txt", b"Kim tiba.")]);
    let document = folder.document("a.txt");
    let content = content.replace("DIGEST", document.digest.as_hex());
    folder.write("annotations/ana/a.txt.ron", content.as_bytes());
    let before = folder.tree();
    let SetOnDisk::Unreadable(problem) = folder.load(&document).1 else { panic!("it is read") };
    let shown = newer_set(&folder.project(), &ana(), &document);
    assert_eq!(folder.tree(), before);
    (problem.kind, shown)
}

#[test]
fn of_a_newer_format_what_is_known_is_shown_if_it_can_be_proved() {
    let (kind, shown) = newer(NEWER);
    assert_eq!(kind, ProblemKind::NewerFormat { found: 2, known: 1 });
    let shown = shown.unwrap();
    assert_eq!((shown.annotations().len(), shown.relations().len()), (1, 1));
    assert_eq!(shown.annotations()[0].attributes["kind"], "named");
    for (old, new) in [("\"Kim\"", "\"Tim\""), ("to: \"s\"", "to: \"t\""), ("(0, 3)", "(0, 30)")] {
        assert_eq!(newer(&NEWER.replace(old, new)).1, None, "{new}");
    }
}
