//! `tandai export`: what is chosen, where it goes, what is left alone, and exit codes.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use serde_json::Value;
use tandai::corpus::{AnnotationSet, Status};
use tandai::exchange::{ExportOptions, Format};
use tandai::text::Text;
use tandai::transfer::{Destination, ExportError, export};

use super::{
    Ran, command, empty, export_with, files_below, job, json_in, names_below, person, put, put_by,
    put_set, tandai, text_in,
};
use crate::files::Folder;
use crate::markup::parse_as;

/// Three articles: one by ana and gold, one that ana has finished, one of nobody.
fn project() -> Folder {
    let folder = empty();
    put(&folder, "a", "[source:Kim]: [claim:hujan].", &[("attributed-to", "hujan", "Kim")]);
    put_by(&folder, "gold", "a", "[source:Kim]: [claim:hujan].", &[]);
    let read = parse_as("ana", "[location:Kyiv] tenang.");
    let (annotator, end) = (person("ana"), read.text.end());
    let annotations = read.set.annotations().iter().map(|a| (**a).clone()).collect();
    let done = AnnotationSet::assemble(annotator, end, Status::Done, annotations, Vec::new());
    put_set(&folder, "b", &read.text, &done.unwrap());
    folder.write("seeds/c.txt", b"Sepi.");
    folder
}

/// The rows of an export to JSON lines with these options.
fn rows(folder: &Folder, options: &[&str]) -> (Ran, Vec<Value>) {
    let mut arguments = vec!["export", "jsonl", "-"];
    arguments.extend(options);
    let ran = tandai(folder, &arguments);
    let lines = std::str::from_utf8(&ran.out).unwrap().lines();
    let rows = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    (ran, rows)
}

/// Who has spans in which rows.
fn whose(rows: &[Value]) -> Vec<(&str, Vec<&str>)> {
    rows.iter()
        .map(|row| {
            let spans = row["spans"].as_array().unwrap();
            let mut people: Vec<&str> =
                spans.iter().map(|span| span["annotator"].as_str().unwrap()).collect();
            people.sort_unstable();
            people.dedup();
            (row["id"].as_str().unwrap(), people)
        })
        .collect()
}

#[test]
fn sets_are_chosen_by_annotator_and_by_status() {
    let folder = project();
    let (ran, all) = rows(&folder, &[]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(whose(&all), [("a", vec!["ana", "gold"]), ("b", vec!["ana"]), ("c", vec![])]);
    let (_, ana) = rows(&folder, &["--annotators", "ana"]);
    assert_eq!(whose(&ana), [("a", vec!["ana"]), ("b", vec!["ana"])]);
    let (_, both) = rows(&folder, &["--annotators", "gold,ana"]);
    assert_eq!(whose(&both), [("a", vec!["ana", "gold"]), ("b", vec!["ana"])]);
    let (_, gold) = rows(&folder, &["--gold"]);
    assert_eq!(whose(&gold), [("a", vec!["gold"])]);
    let (ran, done) = rows(&folder, &["--status", "done"]);
    assert_eq!(whose(&done), [("b", vec!["ana"])]);
    assert!(ran.said.contains("a: none of the chosen sets is about it"), "{}", ran.said);
    let (_, either) = rows(&folder, &["--status", "done,in-progress", "--annotators", "ana"]);
    assert_eq!(whose(&either), [("a", vec!["ana"]), ("b", vec!["ana"])]);
}

#[test]
fn annotations_are_chosen_by_label_and_the_rest_of_the_article_stays() {
    let (ran, rows) = rows(&project(), &["--labels", "source,location", "--annotators", "ana"]);
    let labels: Vec<_> = rows.iter().map(|row| row["spans"][0]["label"].clone()).collect();
    assert_eq!(labels, ["source", "location"]);
    assert_eq!(rows[0]["relations"], serde_json::json!([]));
    assert!(ran.said.contains("1 link: not carried"), "{}", ran.said);
}

#[test]
fn articles_that_nobody_marked_are_said_to_be_left_out_where_a_format_has_no_place() {
    let folder = project();
    let ran = tandai(&folder, &["export", "brat", "out"]);
    assert_eq!(ran.code, 0);
    assert!(ran.said.contains("c: nobody has begun it"), "{}", ran.said);
    let left = json_in(&folder, "out/loss.json")["left_out"].clone();
    assert_eq!(left[0]["document"], "c");
    // It is not counted either.
    assert!(ran.said.contains("exported 2 articles, "), "{}", ran.said);
}

/// A pipe, as a device, is nothing that an export may take the place of.
#[cfg(unix)]
#[test]
fn an_export_takes_the_place_of_no_pipe() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = project();
    let made = Command::new("mkfifo").arg(folder.path("pipe")).status().unwrap();
    assert!(made.success());
    let ran = tandai(&folder, &["export", "csv", "pipe"]);
    assert_eq!(ran.code, 2, "{}", ran.said);
    assert!(ran.said.contains("pipe is no folder"), "{}", ran.said);
    assert!(std::fs::metadata(folder.path("pipe")).unwrap().file_type().is_fifo());
}

/// A set that was opened or skipped and is blank is no finding of nothing, and one that is done is.
#[test]
fn who_has_not_begun_is_no_one_who_found_nothing() {
    for format in [Format::Brat, Format::Conll, Format::Spacy, Format::Jsonl] {
        let folder = empty();
        let text = Text::new("Sepi.");
        put_set(&folder, "a", &text, &AnnotationSet::new(person("ana"), text.end()));
        let done = AnnotationSet::assemble(person("ana"), text.end(), Status::Done, vec![], vec![]);
        put_set(&folder, "b", &text, &done.unwrap());
        let skipped =
            AnnotationSet::assemble(person("ana"), text.end(), Status::Skipped, vec![], vec![]);
        put_set(&folder, "d", &text, &skipped.unwrap());
        let ran = tandai(&folder, &["export", format.name(), "out"]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        for is_said in ["a: nobody has begun it", "d: it was skipped"] {
            let is_left_out = ran.said.contains(is_said);
            assert_eq!(is_left_out, format != Format::Jsonl, "{format}: {}", ran.said);
        }
        assert!(!ran.said.contains("b: "), "{}", ran.said);
    }
}

#[test]
fn a_pipe_gets_just_the_rows_and_the_rest_is_said_beside_it() {
    let folder = project();
    let (ran, rows) = rows(&folder, &[]);
    assert_eq!((ran.code, rows.len()), (0, 3));
    assert!(ran.said.contains("exported 3 articles, 5 annotations, 1 link, "), "{}", ran.said);
    let to_folder = tandai(&folder, &["export", "jsonl", "out"]);
    assert_eq!(to_folder.out, b"");
    assert_eq!(folder.read("out/data/train-00000.jsonl"), ran.out);
    let ran = tandai(&folder, &["export", "label-studio", "-"]);
    let tasks: Value = serde_json::from_slice(&ran.out).unwrap();
    assert_eq!(tasks.as_array().unwrap().len(), 3);
    for arguments in [&["export", "parquet", "-"][..], &["export", "jsonl", "-", "--split", "a=1"]]
    {
        let ran = tandai(&folder, arguments);
        assert_eq!((ran.code, ran.out.len()), (2, 0));
        assert!(ran.said.contains("name a folder instead"), "{}", ran.said);
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let folder = empty();
    // More than any pipe holds, so that the program is still writing.
    let long = Text::new("kata ".repeat(40_000));
    for number in 0..12 {
        let set = AnnotationSet::new(person("ana"), long.end());
        put_set(&folder, &format!("n{number}"), &long, &set);
    }
    let mut child = command(&folder, &["export", "jsonl", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut first).unwrap();
    drop(reader);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
    assert_eq!(serde_json::from_str::<Value>(&first).unwrap()["id"], "n0");
}

/// Whatever was to be said goes nowhere, and what was asked for is done.
#[test]
fn nobody_need_listen_to_what_is_said() {
    let folder = project();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut child = command(&folder, &["export", "brat", "out"]).stderr(writer).spawn().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(folder.path("out/ana/a.ann").is_file());
}

#[test]
fn a_place_that_holds_something_else_is_refused_and_left_as_it_was() {
    let folder = project();
    folder.write("out/thesis.txt", b"years of work");
    folder.write("file", b"a file");
    for (out, reason) in
        [("out", "\"thesis.txt\" in it"), ("file", "is no folder"), ("seeds", "own articles")]
    {
        let before = folder.tree();
        let ran = tandai(&folder, &["export", "jsonl", out]);
        assert_eq!(ran.code, 2, "{out}");
        assert!(ran.said.contains(reason), "{}", ran.said);
        assert_eq!(folder.tree(), before, "{out}");
    }
}

#[test]
fn an_earlier_export_is_replaced_but_not_once_it_was_changed() {
    let folder = project();
    let run = |format, out| tandai(&folder, &["export", format, out]);
    assert_eq!(run("csv", "out").code, 0);
    let first = files_below(&folder.path("out"));
    assert_eq!(run("csv", "out").code, 0);
    assert_eq!(files_below(&folder.path("out")), first, "the same input is the same bytes");
    // Another format's is not taken away, though nobody has touched it.
    let ran = run("brat", "out");
    assert_eq!(ran.code, 2);
    assert!(ran.said.contains("holds an export as csv"), "{}", ran.said);
    assert_eq!(files_below(&folder.path("out")), first);
    std::fs::remove_dir_all(folder.path("out")).unwrap();
    assert_eq!(run("brat", "out").code, 0);
    let wipe = |file: &str, content: &[u8]| {
        let kept = folder.read(file);
        folder.write(file, content);
        let before = folder.tree();
        let ran = run("brat", "out");
        assert_eq!(ran.code, 2, "{file}");
        assert!(ran.said.contains("not as an export left it"), "{}", ran.said);
        assert_eq!(folder.tree(), before);
        folder.write(file, &kept);
    };
    // Mended by hand there, in a length that did not change.
    let mended = text_in(&folder, "out/ana/a.ann").replacen("source", "sourse", 1);
    wipe("out/ana/a.ann", mended.as_bytes());
    wipe("out/loss.json", b"{}");
    folder.write("out/notes/mine.txt", b"my own");
    assert_eq!(run("brat", "out").code, 2);
    assert_eq!(folder.read("out/notes/mine.txt"), b"my own");
    std::fs::remove_dir_all(folder.path("out/notes")).unwrap();
    assert_eq!(run("brat", "out").code, 0);
    // What somebody removed is nothing that could be lost.
    std::fs::remove_file(folder.path("out/ana/a.ann")).unwrap();
    assert_eq!(run("brat", "out").code, 0);
    assert!(folder.path("out/ana/a.ann").exists());
}

/// A folder on another disk, say.
#[cfg(unix)]
#[test]
fn where_a_link_leads_to_is_written_and_the_link_stays() {
    let folder = project();
    std::fs::create_dir_all(folder.path("disk/dataset")).unwrap();
    std::os::unix::fs::symlink("disk/dataset", folder.path("out")).unwrap();
    for out in ["out", "out/"] {
        let ran = tandai(&folder, &["export", "jsonl", out]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        assert!(folder.path("out").is_symlink());
        assert!(folder.path("disk/dataset/data/train-00000.jsonl").is_file());
    }
}

#[test]
fn an_export_below_folders_that_are_not_there_yet_or_into_an_empty_one_is_made() {
    let folder = project();
    std::fs::create_dir(folder.path("empty")).unwrap();
    for out in ["empty", "deep/down/here"] {
        assert_eq!(tandai(&folder, &["export", "jsonl", out]).code, 0);
        assert!(folder.path(&format!("{out}/README.md")).exists());
    }
}

#[test]
fn a_set_that_cannot_be_read_is_said_and_left_out_and_the_rest_exported() {
    let folder = project();
    let file = "annotations/ana/a.txt.ron";
    let broken = text_in(&folder, file).replace("\"Kim\"", "\"Kom\"");
    folder.write(file, broken.as_bytes());
    let (ran, rows) = rows(&folder, &[]);
    assert_eq!(ran.code, 1);
    let place = "annotations/ana/a.txt.ron:";
    assert!(ran.said.contains(place) && ran.said.contains("it is left out"), "{}", ran.said);
    assert_eq!(whose(&rows), [("a", vec!["gold"]), ("b", vec!["ana"]), ("c", vec![])]);
    let ran = tandai(&folder, &["export", "jsonl", "out"]);
    assert_eq!(ran.code, 1);
    let problems = json_in(&folder, "out/loss.json")["problems"].clone();
    assert!(problems[0].as_str().unwrap().starts_with(place), "{problems}");
    // Nobody else has begun the article, but somebody has.
    folder.write("annotations/ana/b.txt.ron", b"(");
    let ran = tandai(&folder, &["export", "brat", "brat"]);
    assert!(ran.said.contains("b: what has been marked in it could not be read"), "{}", ran.said);
    assert!(ran.said.contains("c: nobody has begun it"), "{}", ran.said);
    // With --strict, nothing may be missing.
    let ran = tandai(&folder, &["export", "jsonl", "strict", "--strict"]);
    assert_eq!((ran.code, folder.path("strict").exists()), (1, false));
    assert_eq!(text_in(&folder, file), broken);
}

#[test]
fn what_cannot_be_carried_out_at_all_is_exit_2_and_writes_nothing() {
    let folder = project();
    let cases: [(&[&str], &str); 8] = [
        (&["export", "xml", "out"], "xml"),
        (&["export", "jsonl"], "OUT"),
        (&["export", "jsonl", "out", "--annotators", "dewi"], "nobody called dewi"),
        (&["export", "jsonl", "out", "--annotators", "../x"], "--annotators"),
        (&["export", "jsonl", "out", "--status", "finished"], "is none of new, in-progress"),
        (&["export", "jsonl", "out", "--split", "train=x"], "--split"),
        (&["export", "jsonl", "out", "--gold", "--annotators", "ana"], "cannot be used with"),
        (&["export", "conll", "out", "--scheme", "iob9"], "iob9"),
    ];
    for (arguments, reason) in cases {
        let ran = tandai(&folder, arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.said.contains(reason), "{arguments:?}: {}", ran.said);
        assert!(!folder.path("out").exists());
    }
    let nowhere = empty();
    let ran = tandai(&nowhere, &["export", "jsonl", "out"]);
    assert_eq!((ran.code, names_below(&nowhere.path(""))), (2, Vec::new()));
    assert_eq!(tandai(&nowhere, &["export", "jsonl", "out", "--project", "none"]).code, 2);
}

#[test]
fn conll_is_written_in_the_scheme_that_is_asked_for() {
    let folder = project();
    for (scheme, tag) in [("iob2", "B-location"), ("bioes", "S-location"), ("iob1", "I-location")] {
        let ran = tandai(&folder, &["export", "conll", scheme, "--scheme", scheme]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        let content = text_in(&folder, &format!("{scheme}/ana.conll"));
        assert!(content.contains(&format!("Kyiv -X- -X- {tag}\n")), "{content}");
    }
}

#[test]
fn excel_gets_a_mark_and_no_formulas_and_what_it_gets_is_read_back() {
    let folder = empty();
    put(&folder, "=1+1", "[claim:=SUM(A1)] '@a", &[]);
    let ran = tandai(&folder, &["export", "csv", "out", "--excel"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let documents = text_in(&folder, "out/documents.csv");
    let expected = "\u{feff}doc_id,text\r\n'=1+1,'=SUM(A1) '@a\r\n";
    assert_eq!(documents, expected);
    assert!(text_in(&folder, "out/spans.csv").contains(",'=SUM(A1),"));
    let ran = tandai(&folder, &["import", "csv", "out", "--project", "back"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    for file in ["seeds/=1+1.txt", "annotations/ana/=1+1.txt.ron"] {
        assert_eq!(folder.read(&format!("back/{file}")), folder.read(file));
    }
    let ran = tandai(&folder, &["export", "csv", "plain"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(text_in(&folder, "plain/documents.csv").starts_with("doc_id,text\r\n=1+1,=SUM"));
}

#[test]
fn the_project_is_read_only_to_an_export() {
    let folder = project();
    let before = folder.tree();
    let out = empty();
    for format in Format::ALL {
        let target = out.path(format.name());
        export_with(&folder.project(), format, &ExportOptions::default(), &target);
    }
    assert_eq!(folder.tree(), before);
}

#[test]
fn an_export_that_is_stopped_leaves_nothing() {
    let folder = project();
    let out = empty();
    for format in Format::ALL {
        let job = job(&folder.project(), format, &ExportOptions::default());
        let destination = out.path("out");
        let stopped = export(&job, Destination::Folder(&destination), &mut |_| false);
        assert_eq!(stopped.err(), Some(ExportError::Stopped));
        assert_eq!(out.tree().len(), 0, "{format}");
    }
}

#[test]
fn a_look_at_what_would_be_lost_writes_nothing_and_shows_the_start() {
    let folder = project();
    let before = folder.tree();
    for format in Format::ALL {
        let job = job(&folder.project(), format, &ExportOptions::default());
        let looked = export(&job, Destination::Nowhere(Some(1)), &mut |_| true).unwrap();
        assert_eq!((looked.tally.documents, looked.folder), (1, None), "{format}");
        assert!(looked.preview[0].1.contains("Kim"), "{format}: {:?}", looked.preview);
    }
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_preview_that_is_just_full_ends_there() {
    let folder = empty();
    // What stands between two tasks does not fit any more behind the first of these.
    let task = |text: &str| {
        let other = empty();
        put(&other, "a", text, &[]);
        let job = job(&other.project(), Format::LabelStudio, &ExportOptions::default());
        let looked = export(&job, Destination::Nowhere(None), &mut |_| true).unwrap();
        looked.preview[0].1.len()
    };
    let text = "k".repeat(5_999 - task(""));
    assert_eq!(task(&text), 5_999);
    put(&folder, "a", &text, &[]);
    put(&folder, "b", "Kim", &[]);
    for format in Format::ALL {
        let job = job(&folder.project(), format, &ExportOptions::default());
        let looked = export(&job, Destination::Nowhere(None), &mut |_| true).unwrap();
        assert!(looked.preview.iter().all(|(_, shown)| shown.len() < 6_100), "{format}");
    }
}

#[test]
fn a_schema_of_the_project_s_own_goes_along_and_comes_back() {
    let folder = empty();
    put(&folder, "a", "[kutipan:Kim] kata.", &[]);
    let ran = tandai(&folder, &["export", "jsonl", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let schema = text_in(&folder, "out/schema.ron");
    assert!(schema.contains("\"kutipan\""), "{schema}");
    let ran = tandai(&folder, &["import", "jsonl", "out", "--project", "back"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert_eq!(text_in(&folder, "back/annotations/schema.ron"), schema);
    // One that is broken is said not to be taken over, and the marks are.
    folder.write("out/schema.ron", b"(format: 1, labels: [");
    let ran = tandai(&folder, &["import", "jsonl", "out", "--project", "again"]);
    let says = "schema.ron: the schema beside the data was not taken over";
    assert!(ran.code == 1 && ran.said.contains(says), "{}", ran.said);
    assert!(text_in(&folder, "again/annotations/ana/a.txt.ron").contains("kutipan"));
}

/// Runs an export that has to say something of a file, and writes nothing with `--strict`.
#[track_caller]
fn check_wanting(folder: &Folder, says: &str) {
    let ran = tandai(folder, &["export", "jsonl", "strict", "--strict"]);
    assert!(ran.code == 1 && ran.said.contains(says), "{}", ran.said);
    assert!(!folder.path("strict").exists());
    let ran = tandai(folder, &["export", "jsonl", "out"]);
    assert!(ran.code == 1 && ran.said.contains(says), "{}", ran.said);
    let told: Value = serde_json::from_slice(&folder.read("out/loss.json")).unwrap();
    assert_eq!(told["problems"].as_array().unwrap().len(), 1);
}

#[test]
fn sets_whose_article_has_another_name_by_now_are_said_to_be_left_out() {
    let folder = project();
    std::fs::rename(folder.path("seeds/b.txt"), folder.path("seeds/baru.txt")).unwrap();
    let says = "annotations/ana/b.txt.ron: it is about an article that is not there";
    check_wanting(&folder, says);
    for arguments in [&["stats"][..], &["agreement", "--annotators", "ana,gold"]] {
        let ran = tandai(&folder, arguments);
        assert!(ran.code == 1 && ran.said.contains(says), "{arguments:?}: {}", ran.said);
    }
    // Whose sets are not asked for is not spoken of.
    let ran = tandai(&folder, &["export", "jsonl", "gold", "--gold", "--strict"]);
    assert_eq!((ran.code, ran.said.contains("not there")), (0, false), "{}", ran.said);
}

#[test]
fn a_schema_that_cannot_be_read_leaves_an_export_wanting() {
    let folder = project();
    folder.write("annotations/schema.ron", b"(format: 1, labels: [");
    check_wanting(&folder, "annotations/schema.ron:1: ");
}

#[cfg(target_os = "linux")]
#[test]
fn an_annotator_whose_folder_s_name_is_not_unicode_is_named() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = project();
    let name = std::ffi::OsStr::from_bytes(b"jos\xe9");
    std::fs::create_dir(folder.path("annotations").join(name)).unwrap();
    check_wanting(&folder, "its name is not Unicode");
    let ran = tandai(&folder, &["check"]);
    assert!(ran.said.contains("its name is not Unicode") && !ran.said.contains("is a link"));
}

/// Who has named the wrong folder keeps what was exported from the right one.
#[test]
fn what_is_no_project_is_not_exported_in_the_place_of_what_is() {
    let folder = project();
    assert_eq!(tandai(&folder, &["export", "jsonl", "out"]).code, 0);
    std::fs::create_dir(folder.path("wrong")).unwrap();
    let before = folder.tree();
    let ran = tandai(&folder, &["export", "jsonl", "out", "--project", "wrong"]);
    assert!(ran.code == 2 && ran.said.contains("no folder here with articles"), "{}", ran.said);
    assert!(folder.tree() == before, "what was there is there");
}
