//! What people's folders are like: each is opened, none is changed.

use tandai::corpus::DocumentPath;
use tandai::storage::{
    Arrival, ProblemKind, Project, SchemaStore, SetOnDisk, SetStore, add_article, load_document,
    summarize,
};

use super::{Folder, ana, document_path};

/// Opens a folder and reads everything in it; what the folder holds stays the same.
#[track_caller]
fn check_documents(folder: &Folder, expected: &[&str]) {
    let before = folder.tree();
    let project = folder.project();
    let (documents, _) = project.documents();
    assert_eq!(documents.iter().map(DocumentPath::as_str).collect::<Vec<_>>(), expected);
    project.annotators();
    SchemaStore::load(&project);
    for path in &documents {
        summarize(&project, &ana(), path);
        if let Ok((document, _)) = load_document(&project, path) {
            SetStore::load(&project, &ana(), &document);
        }
    }
    assert_eq!(folder.tree(), before, "looking has changed something");
}

#[test]
fn an_empty_folder_is_a_project_without_documents() {
    check_documents(&Folder::with(&[]), &[]);
}

#[test]
fn a_folder_with_seeds_is_a_project_and_only_seeds_is_searched() {
    let folder = Folder::with(&[
        ("seeds/b.txt", b"b"),
        ("seeds/a.txt", b"a"),
        ("seeds/A.TXT.old", b"no"),
        ("seeds/a.txt.meta.ron", b"()"),
        ("README.txt", b"no"),
        ("annotations/ana/a.txt.ron", b"broken"),
        ("annotations/ana/notes.txt", b"no"),
    ]);
    check_documents(&folder, &["a.txt", "b.txt"]);
}

#[test]
fn a_folder_named_seeds_belongs_to_the_folder_above() {
    let folder = Folder::with(&[("seeds/a.txt", b"a")]);
    let project = Project::at(&folder.path("seeds")).unwrap();
    assert_eq!(project, folder.project());
    assert_eq!(project.annotations(), folder.project().root().join("annotations"));
}

#[test]
fn any_other_folder_of_texts_is_a_project_and_its_annotations_are_no_documents() {
    let folder = Folder::with(&[
        ("a.txt", b"a"),
        ("more/b.txt", b"b"),
        ("more/annotations/c.txt", b"c"),
        ("annotations/ana/d.txt", b"no"),
    ]);
    check_documents(&folder, &["a.txt", "more/annotations/c.txt", "more/b.txt"]);
}

#[test]
fn folders_below_seeds_are_mirrored_below_the_annotator() {
    let folder = Folder::with(&[("seeds/2023/07/a.txt", b"Kim tiba."), ("seeds/a.txt", b"a")]);
    check_documents(&folder, &["2023/07/a.txt", "a.txt"]);
    let document = folder.document("2023/07/a.txt");
    let (mut store, _) = folder.load(&document);
    let set = tandai::corpus::AnnotationSet::new(ana(), document.text.end());
    store.save(&set, &document).unwrap();
    assert!(folder.path("annotations/ana/2023/07/a.txt.ron").is_file());
    assert_eq!(folder.load(&document).1, SetOnDisk::Read(set));
}

#[test]
fn hidden_files_and_folders_are_passed_over() {
    let folder = Folder::with(&[
        ("seeds/a.txt", b"a"),
        ("seeds/.a.txt", b"no"),
        ("seeds/._a.txt", b"no"),
        ("seeds/.git/b.txt", b"no"),
        ("annotations/.git/a.txt.ron", b"no"),
        (".tandai/journal", b"no"),
    ]);
    check_documents(&folder, &["a.txt"]);
    assert_eq!(folder.project().annotators(), (Vec::new(), Vec::new()));
}

#[test]
fn a_folder_of_sets_that_names_nobody_is_a_problem_and_not_an_annotator() {
    let too_long = format!("annotations/{}/x", "n".repeat(101));
    let folder = Folder::with(&[("annotations/ben/x", b""), (&too_long, b"")]);
    let (annotators, problems) = folder.project().annotators();
    assert_eq!(annotators.iter().map(ToString::to_string).collect::<Vec<_>>(), ["ben"]);
    assert!(matches!(problems[0].kind, ProblemKind::NotAnAnnotator(_)), "{problems:?}");
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles_and_the_circle_is_reported() {
    let outside = Folder::with(&[("b.txt", b"b")]);
    let folder = Folder::with(&[("seeds/a.txt", b"a"), ("seeds/in/c.txt", b"c")]);
    let link = |to: &std::path::Path, from| {
        std::os::unix::fs::symlink(to, folder.path(from)).unwrap();
    };
    link(&folder.path("seeds"), "seeds/in/round");
    link(&outside.path("b.txt"), "seeds/linked.txt");
    link(&outside.path("nowhere.txt"), "seeds/broken.txt");
    check_documents(&folder, &["a.txt", "in/c.txt", "linked.txt"]);
    let (_, problems) = folder.project().documents();
    let places: Vec<_> = problems.iter().map(tandai::storage::Problem::place).collect();
    assert!(places.contains(&"round".to_owned()), "{places:?}");
    assert!(places.contains(&"broken.txt".to_owned()), "{places:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_a_problem_and_the_others_are_read() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = Folder::with(&[("seeds/a.txt", b"a"), (r"seeds/back\slash.txt", b"b")]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    std::fs::write(folder.path("seeds").join(name), b"x").unwrap();
    check_documents(&folder, &["a.txt"]);
    let (_, problems) = folder.project().documents();
    let kinds: Vec<_> = problems.into_iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&ProblemKind::NameNotUnicode), "{kinds:?}");
    assert!(kinds.contains(&ProblemKind::NameUnfit), "{kinds:?}");
}

/// How an article of these bytes is read.
#[track_caller]
fn check_article(bytes: &[u8], text: &str, encoding: Option<&str>) {
    let folder = Folder::with(&[("seeds/a.txt", bytes)]);
    check_documents(&folder, &["a.txt"]);
    let (document, problems) = load_document(&folder.project(), &document_path("a.txt")).unwrap();
    assert_eq!(document.text.as_str(), text);
    let found = problems.first().map(|problem| match &problem.kind {
        ProblemKind::NotUtf8 { encoding, lossy: false } => *encoding,
        kind => panic!("{kind}"),
    });
    assert_eq!(found, encoding);
}

#[test]
fn every_character_of_a_utf_8_article_keeps_its_place() {
    check_article(b"", "", None);
    check_article(b"\xef\xbb\xbfKim tiba.", "\u{feff}Kim tiba.", None);
    check_article(b"Kim\r\ntiba.\r\n", "Kim\r\ntiba.\r\n", None);
    check_article(b"Kim\0tiba", "Kim\0tiba", None);
}

#[test]
fn articles_in_other_encodings_are_read_and_it_is_said() {
    check_article(b"\xff\xfeK\0i\0m\0", "Kim", Some("UTF-16LE"));
    check_article(b"\xfe\xff\0K\0i\0m", "Kim", Some("UTF-16BE"));
    check_article(b"K\0i\0m\0 \0t\0i\0b\0a\0", "Kim tiba", Some("UTF-16LE"));
    check_article(
        b"Le pr\xe9sident a ni\xe9 \x93l'accord\x94.",
        "Le président a nié “l'accord”.",
        Some("windows-1252"),
    );
}

#[test]
fn bytes_that_no_encoding_explains_are_shown_and_it_is_said() {
    let folder = Folder::with(&[("seeds/a.txt", b"\xff\xfeK\0i\0\x00\xd8m\0")]);
    let (document, problems) = load_document(&folder.project(), &document_path("a.txt")).unwrap();
    assert_eq!(document.text.as_str(), "Ki\u{fffd}m");
    assert_eq!(problems[0].kind, ProblemKind::NotUtf8 { encoding: "UTF-16LE", lossy: true });
}

#[test]
fn what_is_no_project_is_refused_with_a_reason() {
    let folder = Folder::with(&[("a.doc", b"x"), ("deep/er/a.txt", b"a")]);
    let refused = |found: Result<Project, tandai::storage::Problem>| found.unwrap_err().kind;
    assert_eq!(refused(Project::nearest(&folder.path(""))), ProblemKind::NoProject);
    let missing = refused(Project::at(&folder.path("nowhere")));
    assert!(matches!(missing, ProblemKind::Unreadable(_)), "{missing}");
    let file = refused(Project::at(&folder.path("a.doc")));
    assert!(matches!(file, ProblemKind::Unreadable(_)), "{file}");
}

#[test]
fn the_nearest_project_is_found_from_within() {
    let folder = Folder::with(&[("seeds/2023/a.txt", b"a"), ("annotations/ana/a.txt.ron", b"")]);
    for inside in ["", "seeds", "seeds/2023", "annotations/ana"] {
        assert_eq!(Project::nearest(&folder.path(inside)).unwrap(), folder.project(), "{inside}");
    }
    let flat = Folder::with(&[("a.txt", b"a")]);
    assert_eq!(Project::nearest(&flat.path("")).unwrap(), flat.project());
}

#[test]
fn an_added_article_never_takes_anothers_place() {
    let folder = Folder::with(&[("seeds/a.txt", b"old")]);
    let outside = Folder::with(&[("a.txt", b"new"), ("same/a.txt", b"old"), ("a.pdf", b"x")]);
    let add = |file: &str| add_article(&folder.project(), &outside.path(file));
    assert_eq!(add("a.txt"), Ok(Arrival::Added(document_path("a-2.txt"))));
    assert_eq!(add("a.txt"), Ok(Arrival::AlreadyThere(document_path("a-2.txt"))));
    assert_eq!(add("same/a.txt"), Ok(Arrival::AlreadyThere(document_path("a.txt"))));
    assert!(add("a.pdf").is_err() && add("nowhere.txt").is_err());
    assert_eq!(
        (folder.read("seeds/a.txt"), folder.read("seeds/a-2.txt")),
        (b"old".to_vec(), b"new".to_vec())
    );
    check_documents(&folder, &["a-2.txt", "a.txt"]);
}

#[test]
fn a_name_is_as_long_as_a_set_can_be_called_after_it() {
    let [fits, too_long] = [251, 253].map(|length| format!("{}.txt", "x".repeat(length - 4)));
    let folder = Folder::with(&[
        (&format!("seeds/{fits}"), b"Kim tiba."),
        (&format!("seeds/{too_long}"), b"Kim tiba."),
        // Folders have room of their own.
        (&format!("seeds/{}/a.txt", "y".repeat(255)), b"Kim tiba."),
    ]);
    let (documents, problems) = folder.project().documents();
    assert_eq!(documents.len(), 2);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind, ProblemKind::NameTooLong(2));
    for path in &documents {
        let document = load_document(&folder.project(), path).unwrap().0;
        let (mut store, _) = folder.load(&document);
        let set = crate::markup::parse("[source:Kim] tiba.").set;
        store.save(&set, &document).unwrap();
        assert_eq!(folder.load(&document).1, SetOnDisk::Read(set));
    }
}
