//! What is saved is what is loaded, and the same set is always the same bytes.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};
use tandai::corpus::{
    Annotation, AnnotationSet, Annotator, Document, Edit, Fragments, Id, Relation, Status,
};
use tandai::storage::{Project, SetOnDisk, SetStore};
use tandai::text::{Offset, Span};

use super::{Folder, ana};
use crate::hostile;

const FILE: &str = "annotations/ana/a.txt.ron";

/// The file format once more, as anyone would write it down with `ron` and `serde`.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct SetFile {
    format: u32,
    document: DocumentEntry,
    annotator: String,
    status: StatusEntry,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<AnnotationEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    relations: Vec<RelationEntry>,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct DocumentEntry {
    path: String,
    characters: usize,
    sha256: String,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
enum StatusEntry {
    New,
    InProgress,
    Done,
    Skipped,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct AnnotationEntry {
    id: String,
    label: String,
    spans: Vec<(usize, usize)>,
    text: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct RelationEntry {
    id: String,
    label: String,
    from: String,
    to: String,
}

/// What the file of a set must say.
fn file_of(set: &AnnotationSet, document: &Document) -> SetFile {
    let quote = |span: Span| document.text.slice(span.range()).to_owned();
    let annotation = |annotation: &Annotation| AnnotationEntry {
        id: annotation.id.to_string(),
        label: annotation.label.to_string(),
        spans: annotation.fragments.iter().map(|s| (s.start().get(), s.end().get())).collect(),
        text: annotation.fragments.iter().map(quote).collect(),
        attributes: annotation.attributes.clone(),
        note: annotation.note.clone(),
    };
    let relation = |relation: &Relation| RelationEntry {
        id: relation.id.to_string(),
        label: relation.label.to_string(),
        from: relation.from.to_string(),
        to: relation.to.to_string(),
    };
    SetFile {
        format: 1,
        document: DocumentEntry {
            path: document.path.to_string(),
            characters: document.text.characters(),
            sha256: document.digest.as_hex().to_owned(),
        },
        annotator: set.annotator().to_string(),
        status: match set.status() {
            Status::New => StatusEntry::New,
            Status::InProgress => StatusEntry::InProgress,
            Status::Done => StatusEntry::Done,
            Status::Skipped => StatusEntry::Skipped,
        },
        annotations: set.annotations().iter().map(|a| annotation(a)).collect(),
        relations: set.relations().iter().map(|r| relation(r)).collect(),
    }
}

fn written_by_ron(file: &SetFile) -> String {
    ron::ser::to_string_pretty(file, PrettyConfig::new().depth_limit(2).new_line("\n")).unwrap()
}

/// Saves a set into an empty project with the same article, and reads its file.
fn saved_elsewhere(set: &AnnotationSet, article: &[u8]) -> Vec<u8> {
    let elsewhere = Folder::with(&[("seeds/a.txt", article)]);
    let document = elsewhere.document("a.txt");
    let (mut store, found) = elsewhere.load(&document);
    assert_eq!(found, SetOnDisk::Absent);
    store.save(set, &document).unwrap();
    elsewhere.read(FILE)
}

/// Everything that has to be true of a set and its file.
fn check(set: &AnnotationSet, folder: &Folder, document: &Document) {
    let (mut store, found) = folder.load(document);
    assert_eq!(found, SetOnDisk::Absent);
    store.save(set, document).unwrap();
    let bytes = folder.read(FILE);
    assert_eq!(folder.load(document).1, SetOnDisk::Read(set.clone()));

    // Again through the same store, through a new one, and elsewhere: the same bytes.
    store.save(set, document).unwrap();
    assert_eq!(folder.read(FILE), bytes);
    let (mut another, _) = folder.load(document);
    another.save(set, document).unwrap();
    assert_eq!(folder.read(FILE), bytes);
    assert_eq!(saved_elsewhere(set, &folder.read("seeds/a.txt")), bytes);

    // `ron` reads in it what the set says, and what `ron` writes is read as the set.
    let content = String::from_utf8(bytes).unwrap();
    let expected = file_of(set, document);
    assert_eq!(ron::from_str::<SetFile>(&content).unwrap(), expected);
    folder.write(FILE, written_by_ron(&expected).as_bytes());
    assert_eq!(folder.load(document).1, SetOnDisk::Read(set.clone()));

    // A line an annotation and a relation, whatever is in them; nothing hidden.
    let entries = set.annotations().len() + set.relations().len();
    assert_eq!(content.lines().filter(|line| line.starts_with("        (id: ")).count(), entries);
    assert!(!content.contains(|c: char| c.is_control() && c != '\n'));
}

proptest! {
    // Each case writes some files and waits until they are on the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_set_is_loaded_as_it_was_saved(
        text in hostile::text(),
        status in hostile::status(),
        sketches in vec(hostile::hostile_sketch(), 0..6),
        relations in vec((hostile::string(), hostile::string(), any::<[Index; 2]>()), 0..3),
    ) {
        let folder = Folder::with(&[("seeds/a.txt", text.as_str().as_bytes())]);
        let document = folder.document("a.txt");
        let relations: Vec<_> = relations
            .into_iter()
            .filter_map(|(id, label, [from, to])| Some((Id::new(&id)?, label, from, to)))
            .collect();
        let set = hostile::set_of(&document.text, status, &sketches, &relations);
        check(&set, &folder, &document);
    }
}

/// The set that the examples below are about, and its article.
fn example() -> (Folder, Document, AnnotationSet) {
    let article = "Barat menuduh Korea Utara memberikan senjata.\nKorea Utara membantah.\n";
    let folder = Folder::with(&[("seeds/a.txt", article.as_bytes())]);
    let document = folder.document("a.txt");
    let span = |start, end| Span::new(Offset::new(start), Offset::new(end)).unwrap();
    let fragments = |spans: &[Span]| Fragments::in_order(spans.into()).unwrap();
    let id = |id: &str| Id::new(id).unwrap();
    let mut claim =
        Annotation::new(id("k3f9x2"), "claim".into(), fragments(&[span(14, 25), span(37, 44)]));
    claim.attributes.insert("directness".to_owned(), "indirect".to_owned());
    let mut denial = Annotation::new(id("q81mzt"), "denial".into(), fragments(&[span(46, 67)]));
    denial.note.push_str("by \"whom\"?");
    let denies = Relation {
        id: id("p0c4da"),
        label: "denies".into(),
        from: denial.id.clone(),
        to: claim.id.clone(),
    };
    let set = AnnotationSet::assemble(
        ana(),
        document.text.end(),
        Status::InProgress,
        vec![denial, claim],
        vec![denies],
    );
    (folder, document, set.unwrap())
}

#[test]
fn the_file_has_the_shape_that_the_readme_promises() {
    let (folder, document, set) = example();
    check(&set, &folder, &document);
    let (mut store, _) = folder.load(&document);
    store.save(&set, &document).unwrap();
    let expected = r#"(
    format: 1,
    document: (path: "a.txt", characters: 69, sha256: "cd0be6a74f22933b95bc977622991584518b300d695392c9415b4a95df95de74"),
    annotator: "ana",
    status: InProgress,
    annotations: [
        (id: "k3f9x2", label: "claim", spans: [(14, 25), (37, 44)], text: ["Korea Utara", "senjata"], attributes: {"directness": "indirect"}),
        (id: "q81mzt", label: "denial", spans: [(46, 67)], text: ["Korea Utara membantah"], note: "by \"whom\"?"),
    ],
    relations: [
        (id: "p0c4da", label: "denies", from: "q81mzt", to: "k3f9x2"),
    ],
)
"#;
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), expected);
}

#[test]
fn of_plain_text_the_lines_are_those_that_ron_writes() {
    let (folder, document, set) = example();
    let (mut store, _) = folder.load(&document);
    store.save(&set, &document).unwrap();
    let by_ron = written_by_ron(&file_of(&set, &document)) + "\n";
    // All but one: what the set is about stands on one line.
    let fields = by_ron.find("document: (\n").unwrap()..by_ron.find(",\n    ),").unwrap() + 7;
    let joined: Vec<&str> = by_ron[fields.clone()].lines().map(str::trim).collect();
    let joined = joined.join(" ").replace("( ", "(").replace(", )", ")");
    let expected = by_ron.replace(&by_ron[fields], &joined);
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), expected);
}

#[test]
fn an_empty_set_has_no_lists() {
    let (folder, document, _) = example();
    let set = AnnotationSet::new(ana(), document.text.end());
    check(&set, &folder, &document);
    let content = saved_elsewhere(&set, document.text.as_str().as_bytes());
    let content = String::from_utf8(content).unwrap();
    assert_eq!(content.lines().count(), 6, "{content}");
    assert!(content.ends_with("    status: New,\n)\n"), "{content}");
}

#[test]
fn scripts_with_combining_marks_can_be_read_in_the_file() {
    let article = "निषेध, it's ปฏิเสธ";
    let folder = Folder::with(&[("seeds/a.txt", article.as_bytes())]);
    let document = folder.document("a.txt");
    let mut set = AnnotationSet::new(ana(), document.text.end());
    let all = Span::new(Offset::ZERO, document.text.end()).unwrap();
    let id = Id::new("a").unwrap();
    let annotation = Annotation::new(id, "denial".into(), Fragments::one(all));
    set.apply(Edit::Insert(annotation.into())).unwrap();
    check(&set, &folder, &document);
    let content = saved_elsewhere(&set, article.as_bytes());
    assert!(String::from_utf8(content).unwrap().contains(&format!("text: [\"{article}\"]")));
}

#[test]
fn what_cannot_be_seen_is_written_so_that_it_can() {
    let article = "a\r\n\tb\u{a0}c\u{202e}d\u{feff}e\"\\";
    let folder = Folder::with(&[("seeds/a.txt", article.as_bytes())]);
    let document = folder.document("a.txt");
    let all = Span::new(Offset::ZERO, document.text.end()).unwrap();
    let annotation = Annotation::new(Id::new("a").unwrap(), "claim".into(), Fragments::one(all));
    let mut set = AnnotationSet::new(ana(), document.text.end());
    set.apply(Edit::Insert(annotation.into())).unwrap();
    check(&set, &folder, &document);
    let content = String::from_utf8(saved_elsewhere(&set, article.as_bytes())).unwrap();
    let expected = r#"text: ["a\r\n\tb\u{a0}c\u{202e}d\u{feff}e\"\\"]"#;
    assert!(content.contains(expected), "{content}");
}

#[test]
fn the_gold_set_of_the_repository_is_read_whole_and_written_back_the_same() {
    let root = Project::at(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    let (annotators, problems) = root.annotators();
    assert!(annotators.contains(&Annotator::gold()) && problems.is_empty(), "{problems:?}");
    let name = "000_48ab4e9815f7107d.txt";
    let (document, problems) =
        tandai::storage::load_document(&root, &super::document_path(name)).unwrap();
    assert_eq!((document.text.characters(), problems), (2252, Vec::new()));
    let SetOnDisk::Read(gold) = SetStore::load(&root, &Annotator::gold(), &document).1 else {
        panic!("the gold set cannot be read");
    };
    assert_eq!(gold.annotations().len(), 29);
    assert_eq!(gold.status(), Status::Done);

    let elsewhere = Folder::with(&[("seeds/a.txt", b"")]);
    let (mut store, _) = SetStore::load(&elsewhere.project(), &Annotator::gold(), &document);
    store.save(&gold, &document).unwrap();
    let shipped = SetStore::file(&root, &Annotator::gold(), &document.path);
    let written = elsewhere.read(&format!("annotations/gold/{name}.ron"));
    assert_eq!(written, std::fs::read(shipped).unwrap());
}
