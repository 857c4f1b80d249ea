//! `tandai check`: each kind of damage is named with its file, and nothing is touched.

use serde_json::Value;

use super::Folder;
use crate::exchange::{Ran, tandai};

const ARTICLE: &[u8] = b"Barat menuduh Korea Utara.";

fn examined(folder: &Folder) -> (i32, Value) {
    let before = folder.tree();
    let Ran { code, out, said } = tandai(folder, &["check", "--json"]);
    assert_eq!(said, "");
    assert_eq!(folder.tree(), before, "a check changes nothing");
    (code, serde_json::from_slice(&out).unwrap())
}

/// One file is added to a sound project: it alone is named, at its line, in these words.
#[track_caller]
fn check(path: &str, content: &[u8], line: Option<u64>, says: &str) {
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE)]);
    folder.write(path, content);
    let (code, found) = examined(&folder);
    assert_eq!(code, 1, "{path}");
    let problems = found["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0]["file"], path);
    assert_eq!(problems[0]["line"].as_u64(), line);
    assert!(problems[0]["problem"].as_str().unwrap().contains(says), "{problems:?}");
    assert!(problems[0]["advice"].as_str().unwrap().len() > 10);
}

#[test]
fn of_a_sound_project_it_is_said_how_much_could_be_read() {
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE), ("seeds/x/b.txt", b"")]);
    let (code, found) = examined(&folder);
    assert_eq!((code, found["documents"].as_u64()), (0, Some(2)));
    assert_eq!(found["problems"].as_array().unwrap().len(), 0);
}

#[test]
fn a_folder_without_articles_is_no_project() {
    let folder = Folder::with(&[("p/seeds/a.txt", ARTICLE), ("p/annotations/notes.md", b"")]);
    std::fs::create_dir(folder.path("empty")).unwrap();
    for named in ["empty", "p/annotations"] {
        let ran = tandai(&folder, &["check", named]);
        assert_eq!((ran.code, ran.out.len()), (2, 0), "{named}: {}", ran.said);
        assert!(ran.said.contains(named), "{}", ran.said);
    }
    assert_eq!(tandai(&folder, &["check", "p/seeds"]).code, 0);
}

/// Its set is where the article was, and another article has the text: it was renamed.
#[test]
fn a_set_whose_article_was_renamed_is_named_with_the_new_name() {
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE)]);
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    let set = crate::markup::parse("[claim:Barat menuduh] Korea Utara.").set;
    store.save(&set, &document).unwrap();
    std::fs::rename(folder.path("seeds/a.txt"), folder.path("seeds/b.txt")).unwrap();
    let (code, found) = examined(&folder);
    assert_eq!((code, &found["problems"][0]["file"]), (1, &"annotations/ana/a.txt.ron".into()));
    let words = found["problems"][0]["problem"].as_str().unwrap();
    assert!(words.contains("\"b.txt\" has the very same text"), "{words}");
    // As the advice has it.
    let [old, new] = ["a", "b"].map(|name| folder.path(&format!("annotations/ana/{name}.txt.ron")));
    std::fs::rename(old, new).unwrap();
    assert_eq!(examined(&folder).0, 0);
    // Where that article has a set of its own, the other one is just left over.
    folder.write(
        "annotations/ana/a.txt.ron",
        &std::fs::read(folder.path("annotations/ana/b.txt.ron")).unwrap(),
    );
    let words = examined(&folder).1["problems"][0]["problem"].to_string();
    assert!(!words.contains("b.txt"), "{words}");
}

#[test]
fn decisions_about_an_article_that_is_not_there_are_named() {
    let decisions = b"(\n    format: 1,\n    annotator: \"ana\",\n    decisions: [\n        \
                      Meant(document: \"b.txt\", finding: \"no denies from k\"),\n    ],\n)\n";
    check("annotations/ana/decisions.ron", decisions, None, "\"b.txt\" is about no article");
}

#[test]
fn a_file_where_the_sets_are_to_lie_is_named() {
    check("annotations", b"hi", None, "where a folder must be");
}

#[test]
fn each_kind_of_damage_is_named_with_its_file() {
    let set = "annotations/ana/a.txt.ron";
    check(set, b"(format: 1,\n    annotator: 3)", Some(2), "not a file that Tandai can read");
    check(set, b"(format: 9)", None, "newer than format 1");
    // In words for who wrote it, not for who wrote the program.
    check(set, b"", Some(1), "there is no ( where one must be");
    check(set, b"(format: 1, docs: 3)", Some(1), "\"docs\" is nothing that can stand here");
    check("annotations/ana/gone.txt.ron", b"()", None, "an article that is not there");
    check("annotations/ana/notes.md", b"", None, "neither a set");
    check("annotations/ana/a.txt.ron.earlier", b"()", None, "an earlier text");
    check("annotations/ana/a.txt.ron.earlier.2", b"()", None, "an earlier text");
    check("annotations/ana/a.txt.ron.other-1", b"()", None, "made way");
    check("annotations/ana/decisions.ron.other-1", b"()", None, "made way");
    check("annotations/ana/notes.earlier", b"", None, "neither a set");
    check("annotations/ana/decisions.ron", b"[", Some(1), "not a file that Tandai can read");
    check("annotations/schema.ron", b"(", Some(1), "not a file that Tandai can read");
    check("seeds/a.txt.meta.ron", b"[1]", Some(1), "not a file that Tandai can read");
    check("seeds/b.txt", &[0xff, 0xfe, 0x41, 0x00], None, "UTF-16");
}

// Elsewhere such links and names cannot be made.
#[cfg(target_os = "linux")]
#[test]
fn links_pipes_and_names_that_cannot_be_are_named() {
    use std::os::unix::ffi::OsStringExt as _;
    let folder = Folder::with(&[("seeds/a.txt", ARTICLE), ("annotations/ana/x.ron", b"")]);
    std::fs::remove_file(folder.path("annotations/ana/x.ron")).unwrap();
    std::os::unix::fs::symlink(folder.path("seeds"), folder.path("seeds/round")).unwrap();
    std::os::unix::fs::symlink("/", folder.path("annotations/ana/out")).unwrap();
    std::os::unix::fs::symlink("/", folder.path("annotations/ben")).unwrap();
    let name = std::ffi::OsString::from_vec(b"bad\xff.txt".to_vec());
    std::fs::write(folder.path("seeds").join(name), "x").unwrap();
    folder.write("seeds/A.txt", b"x");
    let made = std::process::Command::new("mkfifo").arg(folder.path("seeds/pipe.txt")).status();
    assert!(made.unwrap().success());
    let Ran { code, out, .. } = tandai(&folder, &["check", "--json"]);
    let found: Value = serde_json::from_slice(&out).unwrap();
    let said: Vec<(String, String)> = found["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["file"].to_string(), one["problem"].to_string()))
        .collect();
    let says = |file: &str, words: &str| {
        said.iter().any(|(path, problem)| path.contains(file) && problem.contains(words))
    };
    assert_eq!((code, said.len()), (1, 6), "{said:?}");
    assert!(says("seeds/a.txt", "capital letters alone"), "{said:?}");
    assert!(says("seeds/round", "a folder around it"), "{said:?}");
    assert!(says("annotations/ana/out", "leads out"), "{said:?}");
    assert!(says("annotations/ben", "leads out"), "{said:?}");
    assert!(says("bad", "not Unicode"), "{said:?}");
    assert!(says("seeds/pipe.txt", "a pipe"), "{said:?}");
}

#[test]
fn without_a_project_nothing_is_looked_at() {
    let folder = Folder::with(&[("x/readme.md", b"")]);
    let Ran { code, out, said } = tandai(&folder, &["check", "--project", "none"]);
    assert_eq!((code, out.len()), (2, 0));
    assert!(said.contains("none"), "{said}");
}
