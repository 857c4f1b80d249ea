//! What is kept of a large project: it is used only while it is true.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use tandai::corpus::{AnnotationSet, Document, DocumentPath, Schema};
use tandai::review::{RowBlock, TableRow};
use tandai::storage::{
    Door, SchemaStore, Summary, Tabulation, built_in_schema, first_unsettled, summarize,
    summarize_all,
};

use super::{Folder, ana};

/// As many articles as it takes for anything to be kept, and some.
const ARTICLES: usize = 520;

fn article(at: usize) -> String {
    format!("Berita {at}\nKim tiba hari ini.\n")
}

/// Sets about two of three articles, of which one in five is not done, all written long ago.
fn project() -> Folder {
    let folder = Folder::with(&[]);
    for at in 0..ARTICLES {
        folder.write(&format!("seeds/{at:03}.txt"), article(at).as_bytes());
    }
    for at in (0..ARTICLES).filter(|at| at % 3 != 2) {
        mark(&folder, at, at % 4, at % 5 != 4);
    }
    for at in 0..ARTICLES {
        age(&folder, &format!("seeds/{at:03}.txt"), 60);
        age(&folder, &format!("annotations/ana/{at:03}.txt.ron"), 60);
    }
    folder
}

/// Writes ana's set about an article, with as many claims as are asked for.
fn mark(folder: &Folder, at: usize, claims: usize, done: bool) {
    let document = folder.document(&format!("{at:03}.txt"));
    let start = document.text.as_str().find("Kim").unwrap();
    let claims: String = (0..claims)
        .map(|id| {
            format!(
                "        (id: \"c{id}\", label: \"claim\", spans: [({start}, {})], text: [\"Kim\"]),\n",
                start + 3
            )
        })
        .collect();
    let list = if claims.is_empty() {
        String::new()
    } else {
        format!("    annotations: [\n{claims}    ],\n")
    };
    let status = if done { "Done" } else { "InProgress" };
    let content = format!(
        "(\n    format: 1,\n    document: (path: \"{}\", characters: {}, sha256: \"{}\"),\n    \
         annotator: \"ana\",\n    status: {status},\n{list})\n",
        document.path,
        document.text.characters(),
        document.digest.as_hex(),
    );
    folder.write(&format!("annotations/ana/{at:03}.txt.ron"), content.as_bytes());
}

/// Says that a file, if it is there, was written so many seconds ago.
fn age(folder: &Folder, path: &str, seconds: u64) {
    if let Ok(file) = std::fs::File::options().write(true).open(folder.path(path)) {
        file.set_modified(SystemTime::now() - Duration::from_secs(seconds)).unwrap();
    }
}

fn summed_up(folder: &Folder) -> BTreeMap<DocumentPath, Summary> {
    let project = folder.project();
    let documents = project.documents().0;
    let mut all = Vec::new();
    summarize_all(&project, &ana(), &documents, |some| {
        all.extend(some);
        true
    });
    assert_eq!(all.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(), documents);
    all.into_iter().collect()
}

/// What each document is when nothing is known before.
fn plainly(folder: &Folder) -> BTreeMap<DocumentPath, Summary> {
    let project = folder.project();
    let documents = project.documents().0.into_iter();
    documents.map(|path| (path.clone(), summarize(&project, &ana(), &path))).collect()
}

const KEPT: &str = ".tandai/kept/ana.summaries";

#[test]
fn what_is_kept_is_what_is_found_without_it() {
    let folder = project();
    let plain = plainly(&folder);
    assert_eq!(summed_up(&folder), plain);
    let kept = folder.read(KEPT);
    assert_eq!(summed_up(&folder), plain);
    assert!(folder.read(KEPT) == kept, "the same again is written again");
    let project = folder.project();
    let documents = project.documents().0;
    let first = first_unsettled(&project, &ana(), &documents).unwrap();
    assert_eq!(first.as_str(), "002.txt");
}

/// To open a project, not all of its sets are looked at.
#[test]
fn what_was_done_is_believed_to_be_done_when_the_first_article_that_is_not_is_looked_for() {
    let folder = project();
    (0..ARTICLES).for_each(|at| mark(&folder, at, 1, true));
    let project = folder.project();
    let first = || {
        let found = first_unsettled(&project, &ana(), &project.documents().0);
        found.map(|path| path.as_str().to_owned())
    };
    assert_eq!(first(), None);
    summed_up(&folder);
    mark(&folder, 510, 1, false);
    assert_eq!(first(), None);
    folder.write("seeds/5155.txt", article(0).as_bytes());
    assert_eq!(first().as_deref(), Some("5155.txt"));
    std::fs::remove_file(folder.path(KEPT)).unwrap();
    assert_eq!(first().as_deref(), Some("510.txt"));
}

/// That files are not read again can be seen only where one says otherwise in secret.
#[test]
fn a_file_of_the_same_size_and_time_is_not_read_again() {
    let folder = project();
    let before = summed_up(&folder);
    let file = "annotations/ana/001.txt.ron";
    let time = std::fs::metadata(folder.path(file)).unwrap().modified().unwrap();
    let other = String::from_utf8(folder.read(file)).unwrap().replace("claim", "place");
    folder.write(file, other.as_bytes());
    let opened = std::fs::File::options().write(true).open(folder.path(file)).unwrap();
    opened.set_modified(time).unwrap();
    assert_eq!(summed_up(&folder), before);
    // Nothing else is: with another time it is.
    opened.set_modified(time + Duration::from_secs(1)).unwrap();
    let after = summed_up(&folder);
    assert_ne!(after, before);
    assert_eq!(after, plainly(&folder));
}

#[test]
fn every_change_since_is_seen() {
    let folder = project();
    summed_up(&folder);
    // A set of another size, one that comes, one that goes, one that cannot be read, an
    // article that changes under its set, one that comes and one that goes.
    mark(&folder, 0, 3, false);
    mark(&folder, 2, 1, true);
    std::fs::remove_file(folder.path("annotations/ana/003.txt.ron")).unwrap();
    folder.write("annotations/ana/004.txt.ron", b"(format: 1, oh");
    folder.write("seeds/006.txt", b"Lain sekali");
    folder.write("seeds/0065.txt", b"Baru");
    std::fs::remove_file(folder.path("seeds/009.txt")).unwrap();
    let found = summed_up(&folder);
    assert_eq!(found, plainly(&folder));
    let problems = found.values().filter(|summary| summary.problem.is_some()).count();
    assert_eq!(problems, 2);
    assert_eq!(summed_up(&folder), plainly(&folder));
    // Files that git has written anew with what they held before.
    for at in 0..ARTICLES {
        age(&folder, &format!("annotations/ana/{at:03}.txt.ron"), 30);
    }
    assert_eq!(summed_up(&folder), plainly(&folder));
}

/// A file that is written again within one step of the file system's clock has the time that
/// it had.
#[test]
fn a_file_that_was_just_written_is_read_again() {
    let folder = project();
    mark(&folder, 0, 2, true);
    let file = folder.path("annotations/ana/000.txt.ron");
    let now = SystemTime::now();
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(now).unwrap();
    summed_up(&folder);
    let other = std::fs::read_to_string(&file).unwrap().replace("claim", "place");
    std::fs::write(&file, other).unwrap();
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(now).unwrap();
    assert_eq!(summed_up(&folder), plainly(&folder));
}

#[test]
fn what_is_kept_may_be_damaged_foreign_or_gone() {
    let folder = project();
    let plain = plainly(&folder);
    summed_up(&folder);
    let kept = folder.read(KEPT);
    let mut flipped = kept.clone();
    let last = flipped.len() - 9;
    flipped[last] ^= 1;
    let name = kept.windows(5).position(|bytes| bytes == b"\"ana\"").unwrap();
    let mut ben = kept.clone();
    ben[name + 1..name + 4].copy_from_slice(b"ben");
    for damaged in [&kept[..kept.len() / 2], b"", b"\n", b"{}\n", &flipped, &ben] {
        folder.write(KEPT, damaged);
        assert_eq!(summed_up(&folder), plain);
        assert!(folder.read(KEPT) == kept, "it is not made anew");
    }
    std::fs::remove_dir_all(folder.path(".tandai")).unwrap();
    assert_eq!(summed_up(&folder), plain);
    assert_eq!(folder.read(".tandai/.gitignore"), b"*\n");
}

fn tabulated(folder: &Folder, schema: &Schema) -> Vec<TableRow> {
    let project = folder.project();
    let (documents, annotators) = (project.documents().0, project.annotators().0);
    let make = |document: &Document, sets: &[&AnnotationSet]| {
        sets.iter().flat_map(|set| RowBlock::of_set(schema, document, set)).collect()
    };
    let tabulation = Tabulation { project: &project, annotators: &annotators, schema, make: &make };
    let mut rows = Vec::new();
    let mut is_finished = false;
    tabulation.each(
        &documents,
        |_| None,
        |made| {
            let Some(made) = made else {
                is_finished = true;
                return true;
            };
            assert!(made.unread.is_empty() && !is_finished);
            rows.extend(made.rows.iter().flat_map(RowBlock::rows));
            true
        },
    );
    assert!(is_finished);
    rows
}

/// The rows when nothing was kept.
fn tabulated_anew(folder: &Folder, schema: &Schema) -> Vec<TableRow> {
    let _ = std::fs::remove_dir_all(folder.path(".tandai/kept"));
    tabulated(folder, schema)
}

const ROWS: &str = ".tandai/kept/table.rows";

#[test]
fn the_rows_that_are_kept_are_those_of_the_files_and_the_schema() {
    let folder = project();
    let schema = built_in_schema();
    let plain = tabulated(&folder, &schema);
    assert_eq!(plain.len(), (0..ARTICLES).filter(|at| at % 3 != 2).map(|at| at % 4).sum::<usize>());
    let kept = folder.read(ROWS);
    assert!(tabulated(&folder, &schema) == plain);
    assert!(folder.read(ROWS) == kept, "the same again is written again");

    // Each change is seen: of a set, of whether there is one, of whose there are.
    mark(&folder, 4, 3, true);
    mark(&folder, 2, 2, true);
    std::fs::remove_file(folder.path("annotations/ana/001.txt.ron")).unwrap();
    let found = tabulated(&folder, &schema);
    assert_ne!(found, plain);
    assert!(found == tabulated_anew(&folder, &schema));
    let ana = String::from_utf8(folder.read("annotations/ana/004.txt.ron")).unwrap();
    let ben = ana.replace("annotator: \"ana\"", "annotator: \"ben\"");
    folder.write("annotations/ben/004.txt.ron", ben.as_bytes());
    let found = tabulated(&folder, &schema);
    assert_eq!(found.iter().filter(|row| row.key.annotator.as_str() == "ben").count(), 3);
    assert!(found == tabulated_anew(&folder, &schema));

    // What is a problem is what the schema says.
    let text = SchemaStore::text(&schema);
    let without = text.split("    checks: [").next().unwrap();
    let lax = SchemaStore::of_text(&format!("{without}    checks: [],\n)\n")).unwrap();
    assert!(tabulated(&folder, &schema).iter().any(|row| !row.problems.is_empty()));
    let found = tabulated(&folder, &lax);
    assert!(found.iter().all(|row| row.problems.is_empty()));
    assert!(found == tabulated_anew(&folder, &lax));
    let damaged = folder.read(ROWS);
    folder.write(ROWS, &damaged[..damaged.len() - 1]);
    assert!(tabulated(&folder, &lax) == found);
    assert!(folder.read(ROWS) == damaged, "it is not made anew");
}

/// The files of rows that are kept, with what is in them.
fn kept_rows(folder: &Folder) -> BTreeMap<String, Vec<u8>> {
    let files = std::fs::read_dir(folder.path(".tandai/kept")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let names = names.filter(|name| name.starts_with("table"));
    names.map(|name| (name.clone(), folder.read(&format!(".tandai/kept/{name}")))).collect()
}

/// Where there are many articles, their rows lie in several files, of which only those are
/// written anew that are about something that has changed.
#[test]
fn many_rows_are_kept_in_several_files() {
    const MANY: usize = 9_000;
    let folder = Folder::with(&[]);
    for at in 0..MANY {
        folder.write(&format!("seeds/{at:03}.txt"), article(at).as_bytes());
        if at % 10 == 0 {
            mark(&folder, at, 1, true);
            age(&folder, &format!("annotations/ana/{at:03}.txt.ron"), 60);
        }
        age(&folder, &format!("seeds/{at:03}.txt"), 60);
    }
    let schema = built_in_schema();
    let plain = tabulated(&folder, &schema);
    assert_eq!(plain.len(), MANY / 10);
    let kept = kept_rows(&folder);
    assert!(kept.len() > 2, "{:?}", kept.keys());
    assert!(tabulated(&folder, &schema) == plain);
    assert!(kept_rows(&folder) == kept, "the same again is written again");

    // One more mark, and one article before all others, in one of the files each.
    mark(&folder, 999, 1, true);
    folder.write("seeds/!.txt", b"Baru");
    age(&folder, "seeds/!.txt", 60);
    let found = tabulated(&folder, &schema);
    assert_eq!(found.len(), plain.len() + 1);
    let after = kept_rows(&folder);
    let changed = after.iter().filter(|(name, content)| kept.get(*name) != Some(*content)).count();
    assert!((1..=2).contains(&changed), "{changed} of {} are written again", kept.len());
    assert!(found == tabulated_anew(&folder, &schema));

    // Of what is gone, nothing is left lying.
    for at in 100..MANY {
        let _ = std::fs::remove_file(folder.path(&format!("seeds/{at}.txt")));
    }
    for at in 1_000..1_500 {
        folder.write(&format!("seeds/0{at}.txt"), b"Lain");
    }
    assert_eq!(tabulated(&folder, &schema).len(), 10);
    assert!(kept_rows(&folder).len() <= 2);
}

#[test]
fn nothing_is_kept_of_a_small_project_and_articles_are_not_touched() {
    let folder = Folder::with(&[("seeds/a.txt", b"a")]);
    let before = folder.tree();
    summed_up(&folder);
    assert_eq!(folder.tree(), before);
    let folder = project();
    let before = folder.tree();
    summed_up(&folder);
    let mut after = folder.tree();
    after.retain(|path, _| !path.starts_with(folder.path(".tandai")));
    assert!(after == before, "looking has changed something");
}

/// What is kept is true of files as they are looked at here, from their folder.
#[cfg(target_os = "linux")]
#[test]
fn what_lies_in_a_folder_at_hand_looks_as_by_its_whole_path() {
    let folder = Folder::with(&[]);
    folder.write("seeds/lama/a.txt", b"Kim tiba.");
    age(&folder, "seeds/lama/a.txt", 60);
    let seeds = folder.path("seeds");
    std::os::unix::fs::symlink("lama/a.txt", seeds.join("link.txt")).unwrap();
    std::os::unix::fs::symlink("nowhere", seeds.join("broken.txt")).unwrap();
    let files = Door::disk();
    let held = files.at_hand(&seeds).expect("Linux has such a thing");
    for below in ["lama", "lama/a.txt", "link.txt", "broken.txt", "b.txt", "lama/a.txt/c.txt"] {
        let by_path = files.look(&seeds.join(below)).map_err(|error| error.kind());
        assert_eq!(held.look(below).map_err(|error| error.kind()), by_path, "{below}");
    }
    assert!(files.at_hand(&folder.path("not there")).is_none());
}
