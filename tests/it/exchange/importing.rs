//! `tandai import`: nothing that is there is lost, what is not taken over is said with
//! its place, and the rest goes in.

use proptest::prelude::*;
use serde_json::json;
use tandai::corpus::{NameKind, Status};
use tandai::exchange::{ImportFormat, Mapping};
use tandai::storage::{SchemaStore, built_in_schema};
use tandai::transfer::{ImportJob, import};

use super::{
    empty, entries, files_below, import_with, imported_files, names_below, only_entry, person, put,
    tandai, text_in,
};
use crate::files::Folder;
use crate::markup::render;

/// A line of JSON for one article with spans by an annotator.
fn line(id: &str, text: &str, annotator: &str, spans: &[(usize, usize, &str)]) -> String {
    let spans = spans.iter().enumerate().map(|(at, (start, end, label))| {
        json!({ "id": format!("x{at}"), "start": start, "end": end, "label": label, "annotator": annotator })
    });
    let row = json!({ "id": id, "text": text, "spans": spans.collect::<Vec<_>>() });
    row.to_string() + "\n"
}

/// The first set of a project with one document, as marked text.
fn marked(folder: &Folder) -> String {
    let entry = only_entry(folder);
    render(&entry.document.text, &entry.sets[0], None, None)
}

#[test]
fn a_folder_that_is_not_there_and_an_empty_one_become_projects() {
    let folder = empty();
    folder.write("rows.jsonl", line("dir/a", "Kim kata", "ana", &[(0, 3, "source")]).as_bytes());
    std::fs::create_dir(folder.path("empty")).unwrap();
    for project in ["empty", "new/deep"] {
        let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl", "--project", project]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        let said = "imported 1 article and 1 set with 1 annotation and 0 links";
        assert!(ran.said.contains(said), "{}", ran.said);
        let files = ["annotations/ana/dir/a.txt.ron", "seeds/dir/a.txt"];
        assert_eq!(names_below(&folder.path(project)), files);
        assert_eq!(folder.read(&format!("{project}/seeds/dir/a.txt")), b"Kim kata");
    }
    // From inside a project, the project is that one.
    let inside = empty();
    put(&inside, "b", "Sepi.", &[]);
    inside.write("rows.jsonl", &folder.read("rows.jsonl"));
    let ran = tandai(&inside, &["import", "jsonl", "rows.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(inside.path("seeds/dir/a.txt").exists());
}

#[test]
fn what_is_there_is_never_written_over() {
    let folder = empty();
    put(&folder, "same", "[source:Kim] kata", &[]);
    put(&folder, "other-text", "[source:Kim] kata", &[]);
    put(&folder, "other-set", "[source:Kim] kata", &[]);
    let ids = |name: &str| {
        let set = &entries(&folder.project())
            .into_iter()
            .find(|e| e.document.path.id() == name)
            .unwrap()
            .sets[0];
        set.annotations()[0].id.to_string()
    };
    let same = json!({
        "id": "same", "text": "Kim kata", "meta": "{\"sets\":[{\"annotator\":\"ana\",\"status\":\"in-progress\"}]}",
        "spans": [{ "id": ids("same"), "label": "source", "start": 0, "end": 3, "annotator": "ana" }],
    });
    let rows = [
        same.to_string() + "\n",
        line("other-text", "Kim kata!", "ana", &[(0, 3, "source")]),
        // A name of what is not taken over is none of the project.
        line("other-set", "Kim kata", "ana", &[(4, 8, "baru")]),
        line("new", "Kim kata", "ana", &[(0, 3, "source")]),
    ];
    folder.write("rows.jsonl", rows.concat().as_bytes());
    let before = folder.tree();
    let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    let mut after = folder.tree();
    assert_eq!(after.remove(&folder.path("seeds/new.txt")).unwrap(), b"Kim kata");
    assert!(after.remove(&folder.path("annotations/ana/new.txt.ron")).is_some());
    assert_eq!(after, before);
    for (line, reason) in [
        (2, "an article of this name is there already, with another text"),
        (3, "ana has another set about this article already"),
    ] {
        let said = ran.said.lines().find(|said| said.contains(&format!("rows.jsonl:{line}: ")));
        assert!(said.is_some_and(|said| said.contains(reason)), "{line}: {}", ran.said);
    }
    let said = "imported 1 article (2 were there already) and 1 set (1 was there already)";
    assert!(ran.said.contains(said), "{}", ran.said);
    // A second time there is nothing new, and the same is refused.
    let before = folder.tree();
    let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl"]);
    assert_eq!((ran.code, folder.tree()), (1, before), "{}", ran.said);
}

#[test]
fn what_is_of_another_format_than_is_read_is_named() {
    let folder = empty();
    folder.write("in/a.txt", b"Kim tiba.");
    folder.write("in/a.ann", b"T1\tsource 0 3\tKim\n");
    folder.write("in/loss.json", b"{}");
    let read = |format: &str| {
        let ran = tandai(&folder, &["import", format, "in", "--project", format]);
        (ran.code, ran.said)
    };
    let (code, said) = read("text");
    assert!(code == 0 && said.contains("a.ann looks like brat, and was not read"), "{said}");
    let (code, said) = read("brat");
    assert!(code == 0 && !said.contains("looks like"), "{said}");
    let (code, said) = read("jsonl");
    let nothing = "there is nothing here that can be read as jsonl; a.ann looks like brat";
    assert!(code != 0 && said.contains(nothing), "{said}");
}

#[test]
fn an_article_is_counted_once_however_many_sets_come_apart_about_it() {
    let folder = empty();
    let rows = [
        line("a", "Kim kata", "ana", &[(0, 3, "source")]),
        line("a", "Kim kata", "ben", &[(0, 3, "source")]),
        line("b", "Kim kata", "ana", &[(0, 3, "source")]),
    ];
    folder.write("rows.jsonl", rows.concat().as_bytes());
    let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl"]);
    assert!(ran.said.contains("imported 2 articles and 3 sets with"), "{}", ran.said);
    let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl"]);
    let said = "imported 0 articles (2 were there already) and 0 sets (3 were there already)";
    assert!(ran.said.contains(said), "{}", ran.said);
}

#[test]
fn a_set_that_cannot_be_read_is_not_written_over_by_an_import() {
    let folder = empty();
    folder.write("seeds/a.txt", b"Kim kata");
    folder.write("annotations/ana/a.txt.ron", b"<<<<<<< ours");
    folder.write("rows.jsonl", line("a", "Kim kata", "ana", &[(0, 3, "source")]).as_bytes());
    let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl"]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    assert_eq!(folder.read("annotations/ana/a.txt.ron"), b"<<<<<<< ours");
}

#[test]
fn other_metadata_are_left_as_they_are() {
    let folder = empty();
    folder.write("seeds/a.txt", b"Kim");
    folder.write("seeds/a.txt.meta.ron", b"(title: \"mine\")");
    folder.write("rows.jsonl", br#"{"id": "a", "text": "Kim", "meta": {"title": "theirs"}}"#);
    let ran = tandai(&folder, &["import", "jsonl", "rows.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(ran.said.contains("rows.jsonl:1: "), "{}", ran.said);
    assert_eq!(folder.read("seeds/a.txt.meta.ron"), b"(title: \"mine\")");
}

#[test]
fn what_cannot_be_taken_over_is_said_with_file_and_line_and_the_rest_goes_in() {
    let rows = [
        line("a", "Kim kata", "ana", &[(0, 3, "source"), (4, 99, "claim"), (5, 5, "claim")]),
        "{\"id\": \"b\", \"te\n".to_owned(),
        "{\"id\": \"c\"}\n".to_owned(),
        "\n".to_owned(),
        line("d", "Kim kata", "a/b", &[(0, 3, "source")]),
        json!({
            "id": "e", "text": "Kim kata",
            "spans": [
                { "id": "x", "start": 0, "end": 3, "label": "source", "text": "Kom" },
                { "id": "y", "start": 4, "end": 8, "label": "claim", "text": "kata" },
            ],
            "relations": [{ "head": "y", "tail": "x", "label": "attributed-to" }],
        })
        .to_string(),
    ];
    let (folder, refusals) = imported_files(ImportFormat::Jsonl, &[("in/r.jsonl", &rows.concat())]);
    let expected = [
        ("in/r.jsonl:1", "beyond the article"),
        ("in/r.jsonl:1", "is empty"),
        ("in/r.jsonl:2", "it is not JSON"),
        ("in/r.jsonl:3", "it has no text"),
        ("in/r.jsonl:5", "a/b"),
        ("in/r.jsonl:6", "quotes \u{201c}Kom\u{201d}, but the article has \u{201c}Kim\u{201d}"),
        ("in/r.jsonl:6", "needs x, which was not taken over"),
    ];
    for (place, reason) in expected {
        let said = refusals.iter().any(|said| said.starts_with(place) && said.contains(reason));
        assert!(said, "{place} {reason}: {refusals:#?}");
    }
    assert_eq!(refusals.len(), expected.len(), "{refusals:#?}");
    let entries = entries(&folder.project());
    let found: Vec<(&str, usize)> = entries
        .iter()
        .map(|e| (e.document.path.id(), e.sets.iter().map(|s| s.annotations().len()).sum()))
        .collect();
    assert_eq!(found, [("a", 1), ("d", 0), ("e", 1)]);
}

#[test]
fn where_nothing_can_be_read_it_is_exit_2() {
    let folder = empty();
    folder.write("map.ron", b"(\n  labels: 3,\n)");
    folder.write("in/a.jsonl", line("a", "Kim", "ana", &[]).as_bytes());
    folder.write("broken.jsonl", b"{{{");
    std::fs::create_dir(folder.path("void")).unwrap();
    let cases: [(&[&str], &str); 8] = [
        (&["import", "jsonl", "nowhere"], "nowhere: "),
        (&["import", "jsonl", "void"], "nothing here that can be read as jsonl"),
        (&["import", "parquet", "in"], "nothing here that can be read as parquet"),
        (&["import", "jsonl", "broken.jsonl"], "broken.jsonl:1: it is not JSON"),
        (&["import", "spacy", "in"], "spacy"),
        (&["import", "jsonl", "in", "--annotator", "a:b"], "--annotator"),
        (&["import", "jsonl", "in", "--map", "map.ron"], "map.ron: line 2"),
        (&["import", "jsonl", "in", "--map", "none.ron"], "none.ron"),
    ];
    for (arguments, reason) in cases {
        let arguments = [arguments, &["--project", "p"]].concat();
        let ran = tandai(&folder, &arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.said);
        assert!(ran.said.contains(reason), "{arguments:?}: {}", ran.said);
        assert_eq!(names_below(&folder.path("p")), [""; 0], "{arguments:?}");
    }
}

#[test]
fn names_that_would_leave_the_folder_or_hide_in_it_are_refused() {
    let outside = empty();
    outside.write("in/x.txt", b"");
    let names = [
        "../x",
        "/etc/x",
        ".hidden",
        "a/.git/config",
        "a//b",
        "a/../../x",
        "a\\b",
        "",
        "a\nb",
        "C:\\x",
        ".",
        "a/",
    ];
    let rows: String =
        names.iter().map(|name| line(name, "Kim", "ana", &[(0, 3, "source")])).collect();
    outside.write("in/rows.jsonl", rows.as_bytes());
    let ran = tandai(&outside, &["import", "jsonl", "in", "--project", "deep/p"]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    for number in 1..=names.len() {
        assert!(ran.said.contains(&format!("rows.jsonl:{number}: ")), "{number}: {}", ran.said);
    }
    assert_eq!(names_below(&outside.path("")), ["in/rows.jsonl", "in/x.txt"]);
}

#[test]
fn annotators_that_would_leave_the_folder_are_refused() {
    for name in ["..", "../x", "/etc", ".git", "a/b", "con", "Schema.ron"] {
        let row = line("a", "Kim", name, &[(0, 3, "source")]);
        let (folder, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &row)]);
        assert_eq!(refusals.len(), 1, "{name}: {refusals:?}");
        assert_eq!(names_below(&folder.path("")), ["seeds/a.txt"], "{name}");
    }
}

#[test]
fn whose_sets_they_are_is_as_the_files_say_or_as_the_person_does() {
    let folder = empty();
    let row = json!({ "id": "a", "text": "Kim kata", "spans": [{ "start": 0, "end": 3, "label": "source" }] });
    folder.write("nobody.jsonl", row.to_string().as_bytes());
    folder.write("ana.jsonl", line("a", "Kim kata", "ana", &[(0, 3, "source")]).as_bytes());
    let run = |file: &str, more: &[&str]| {
        let ran = tandai(&folder, &[&["import", "jsonl", file, "--project", "p"], more].concat());
        assert_eq!(ran.code, 0, "{}", ran.said);
    };
    run("nobody.jsonl", &["--annotator", "dewi"]);
    run("ana.jsonl", &["--annotator", "gold"]);
    run("ana.jsonl", &[]);
    let files = names_below(&folder.path("p/annotations"));
    assert_eq!(files, ["ana/a.txt.ron", "dewi/a.txt.ron", "gold/a.txt.ron"]);
    let (project, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &row.to_string())]);
    assert_eq!(refusals, [""; 0]);
    assert_eq!(*only_entry(&project).sets[0].annotator(), person("zoe"));
    assert_eq!(only_entry(&project).sets[0].status(), Status::InProgress);
}

#[test]
fn names_that_the_schema_lacks_are_added_to_it() {
    let row = json!({
        "id": "a", "text": "Kim kata hujan",
        "spans": [
            { "id": "x", "start": 0, "end": 3, "label": "kutipan", "attributes": { "nada": "keras" } },
            { "id": "y", "start": 4, "end": 8, "label": "claim", "attributes": { "directness": "lisan" } },
        ],
        "relations": [{ "head": "y", "tail": "x", "label": "oleh" }],
    });
    let folder = empty();
    folder.write("r.jsonl", row.to_string().as_bytes());
    let ran = tandai(&folder, &["import", "jsonl", "r.jsonl", "--project", "p"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    for said in ["labels: kutipan", "links: oleh", "attributes: nada"] {
        assert!(ran.said.contains(&format!("added to the schema, {said}")), "{}", ran.said);
    }
    let project = tandai::storage::Project::at(&folder.path("p")).unwrap();
    let (_, schema, problem) = SchemaStore::load(&project);
    assert_eq!(problem, None);
    assert!(schema.label("kutipan").is_some() && schema.label("claim").is_some());
    let oleh = schema.relation("oleh").unwrap();
    assert_eq!((&*oleh.from, &*oleh.to), (&["claim".into()][..], &["kutipan".into()][..]));
    let nada = schema.attribute_of("kutipan", "nada").unwrap();
    assert!(nada.values.iter().any(|value| &**value == "keras"));
    let directness = schema.attribute_of("claim", "directness").unwrap();
    assert!(directness.values.iter().any(|value| &**value == "lisan"));
    // Where nothing is new, no schema is written.
    folder.write("plain.jsonl", line("a", "Kim", "ana", &[(0, 3, "claim")]).as_bytes());
    let ran = tandai(&folder, &["import", "jsonl", "plain.jsonl", "--project", "q"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(!folder.path("q/annotations/schema.ron").exists());
}

#[test]
fn a_project_s_own_schema_is_kept_when_a_dataset_brings_another() {
    let folder = empty();
    put(&folder, "a", "[kutipan:Kim] kata.", &[]);
    assert_eq!(tandai(&folder, &["export", "jsonl", "out"]).code, 0);
    let other = empty();
    put(&other, "b", "Sepi.", &[]);
    let schema =
        built_in_schema().with_label(tandai::corpus::fresh_label(&built_in_schema(), "milik"));
    let content = SchemaStore::content(&schema.unwrap()).unwrap();
    other.write("annotations/schema.ron", content.as_bytes());
    let (report, refusals) =
        import_with(ImportFormat::Jsonl, &folder.path("out"), &other, &Mapping::default());
    assert_eq!(refusals, []);
    assert_eq!(report.unwrap().added_names, [(NameKind::Label, "kutipan".to_owned())]);
    let (_, schema, _) = SchemaStore::load(&other.project());
    assert!(schema.label("milik").is_some() && schema.label("kutipan").is_some());
}

/// The built-in schema is one too, for those who have marked with it.
#[test]
fn a_schema_beside_the_data_becomes_that_of_a_project_without_sets_alone() {
    let folder = empty();
    put(&folder, "a", "[kutipan:Kim] kata.", &[]);
    let content = r##"(
    format: 1,
    labels: [(name: "kutipan", title: "Kutipan", key: '1', light: "#2f6db5", dark: "#7fb2ee", line: Solid, help: "")],
    relations: [],
    attributes: [],
    checks: [],
)
"##;
    folder.write("annotations/schema.ron", content.as_bytes());
    assert_eq!(tandai(&folder, &["export", "jsonl", "out"]).code, 0);
    let names = |folder: &Folder| {
        let (_, schema, _) = SchemaStore::load(&folder.project());
        ["claim", "kutipan"].map(|name| schema.label(name).is_some())
    };
    let import = |into: &Folder| {
        import_with(ImportFormat::Jsonl, &folder.path("out"), into, &Mapping::default()).0.unwrap()
    };
    let new = empty();
    assert!(import(&new).schema_taken);
    assert_eq!(names(&new), [false, true]);
    let begun = empty();
    put(&begun, "b", "[claim:Sepi].", &[]);
    let report = import(&begun);
    assert_eq!((report.schema_taken, names(&begun)), (false, [true, true]));
    // Nor where nothing is read.
    let other = empty();
    let into = other.path(".").display().to_string();
    let ran = tandai(&folder, &["import", "brat", "out", "--project", &into]);
    assert_eq!(ran.code, 2, "{}", ran.said);
    assert!(!other.path("annotations/schema.ron").exists());
}

#[test]
fn a_map_renames_and_drops_and_the_rest_stays() {
    let folder = empty();
    let row = json!({
        "id": "a", "text": "Kim kata hujan di Kyiv",
        "spans": [
            { "id": "p", "start": 0, "end": 3, "label": "PER", "annotator": "ana", "attributes": { "mode": "quoted", "sure": "no", "old": "1" } },
            { "id": "m", "start": 4, "end": 8, "label": "MISC", "annotator": "ana" },
            { "id": "c", "start": 9, "end": 14, "label": "claim", "annotator": "ana", "attributes": { "mode": "bare" } },
        ],
        "relations": [
            { "head": "c", "tail": "p", "label": "said_by", "annotator": "ana" },
            { "head": "c", "tail": "m", "label": "said_by", "annotator": "ana" },
            { "head": "c", "tail": "p", "label": "near", "annotator": "ana" },
        ],
    });
    folder.write("r.jsonl", row.to_string().as_bytes());
    let map = r#"(
        labels: {"PER": "source", "MISC": None},
        relations: {"said_by": "attributed-to", "near": None},
        attributes: {"mode": "directness", "old": None},
        values: {"mode": {"quoted": "direct", "bare": None}},
    )"#;
    folder.write("map.ron", map.as_bytes());
    let ran =
        tandai(&folder, &["import", "jsonl", "r.jsonl", "--project", "p", "--map", "map.ron"]);
    assert_eq!(ran.code, 0, "what a map drops is not refused: {}", ran.said);
    let project = tandai::storage::Project::at(&folder.path("p")).unwrap();
    let entry = &entries(&project)[0];
    let set = &entry.sets[0];
    assert_eq!(
        render(&entry.document.text, set, None, None),
        "[source:Kim] kata [claim:hujan] di Kyiv"
    );
    let values: Vec<Vec<(&str, &str)>> = set
        .annotations()
        .iter()
        .map(|a| a.attributes.iter().map(|(name, value)| (&**name, &**value)).collect())
        .collect();
    assert_eq!(values, [vec![("directness", "direct"), ("sure", "no")], vec![]]);
    let links: Vec<&str> = set.relations().iter().map(|relation| &*relation.label).collect();
    assert_eq!(links, ["attributed-to"]);
}

#[test]
fn a_look_at_what_is_there_writes_nothing() {
    let folder = empty();
    folder.write("in/r.jsonl", line("a", "Kim", "ana", &[(0, 3, "PER")]).as_bytes());
    let before = folder.tree();
    for project in ["p", "in"] {
        let job = look(&folder, ImportFormat::Jsonl, "in", project);
        let report = import(&job, &mut |refusal| panic!("{refusal}"), &mut |_| true).unwrap();
        assert_eq!((report.read, report.names.labels["PER"]), (1, 1));
        assert!(report.names.annotators.contains(&Some("ana".to_owned())));
    }
    assert_eq!(folder.tree(), before);
}

/// A look at what an import into a project would bring.
fn look(folder: &Folder, format: ImportFormat, from: &str, project: &str) -> ImportJob {
    ImportJob {
        format,
        from: folder.path(from),
        project: folder.path(project),
        annotator: None,
        nobody: person("zoe"),
        mapping: Mapping::usual(),
        unit: None,
        look_only: true,
    }
}

#[test]
fn in_whatever_format_a_look_takes_nothing_over() {
    let folder = empty();
    put(&folder, "a", "[source:Kim] kata.", &[]);
    folder.write("p/seeds/there.txt", b"Kim.");
    folder.write("out/text/there.txt", b"Kim.");
    folder.write("out/text/lama/new.txt", b"Baru.");
    for format in ImportFormat::ALL {
        let is_text = format == ImportFormat::Text;
        if !is_text {
            let out = format!("out/{}", format.name());
            assert_eq!(tandai(&folder, &["export", format.name(), &out]).code, 0);
        }
        let before = folder.tree();
        let job = look(&folder, format, &format!("out/{}", format.name()), "p");
        let report = import(&job, &mut |refusal| panic!("{refusal}"), &mut |_| true).unwrap();
        assert_eq!(folder.tree(), before, "{format}");
        let there = usize::from(is_text);
        assert_eq!((report.documents, report.documents_there), (1, there), "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Also where several records have one name, or several people's sets become one's.
    #[test]
    fn a_look_says_what_the_import_does(
        rows in proptest::collection::vec((0..5, 0..8, 0_usize..3, 0_usize..3), 1..90),
        all_by_one in any::<bool>(),
        first in 0_usize..90,
    ) {
        let folder = empty();
        let row = |(id, text, annotator, span): &(i32, i32, usize, usize)| {
            let text = if *text == 0 { "Ben kata" } else { "Kim kata" };
            let span = [(0, 3, "source"), (4, 8, "claim"), (4, 8, "PER")][*span];
            line(&format!("d{id}"), text, ["ana", "budi", "dewi"][*annotator], &[span])
        };
        let rows: Vec<String> = rows.iter().map(row).collect();
        let job = |from: &str, look_only: bool| ImportJob {
            annotator: all_by_one.then(|| person("zoe")),
            look_only,
            ..look(&folder, ImportFormat::Jsonl, from, "p")
        };
        folder.write("in/all/r.jsonl", rows.concat().as_bytes());
        // Some of it is there already.
        if let Some(first) = rows.get(..first).filter(|first| !first.is_empty()) {
            folder.write("in/first/r.jsonl", first.concat().as_bytes());
            import(&job("in/first", false), &mut |_| (), &mut |_| true).unwrap();
        }
        let carried = |look_only: bool| {
            let mut refused = 0;
            let report = import(&job("in/all", look_only), &mut |_| refused += 1, &mut |_| true).unwrap();
            let there = (report.documents_there, report.sets_there);
            let added = (report.documents, report.sets, report.annotations, report.relations);
            (added, there, (report.read, report.refused, refused), report.added_names)
        };
        let foreseen = carried(true);
        prop_assert_eq!(foreseen, carried(false));
    }
}

#[test]
fn what_is_imported_from_is_left_as_it_is() {
    let folder = empty();
    put(&folder, "a", "[source:Kim] kata.", &[]);
    for format in ["brat", "jsonl", "parquet", "conll", "doccano", "label-studio", "csv"] {
        assert_eq!(tandai(&folder, &["export", format, &format!("out/{format}")]).code, 0);
        let before = files_below(&folder.path("out"));
        let ran = tandai(
            &folder,
            &["import", format, &format!("out/{format}"), "--project", &format!("in/{format}")],
        );
        assert_eq!(ran.code, 0, "{}", ran.said);
        assert_eq!(files_below(&folder.path("out")), before);
    }
}

#[test]
fn offsets_can_be_said_to_count_something_else() {
    let folder = empty();
    // Nothing is quoted, so that only the person can know.
    let row = json!({ "id": "a", "text": "👍👍 Kim kata", "spans": [{ "start": 5, "end": 8, "label": "source" }] });
    folder.write("r.jsonl", row.to_string().as_bytes());
    for (unit, project) in [("utf16", "u"), ("code-points", "c")] {
        let ran = tandai(
            &folder,
            &[
                "import",
                "jsonl",
                "r.jsonl",
                "--project",
                project,
                "--offsets",
                unit,
                "--annotator",
                "ana",
            ],
        );
        assert_eq!(ran.code, 0, "{}", ran.said);
    }
    let set = text_in(&folder, "u/annotations/ana/a.txt.ron");
    assert!(set.contains("\"Kim\""), "{set}");
    let set = text_in(&folder, "c/annotations/ana/a.txt.ron");
    assert!(set.contains("\"m k\""), "{set}");
}

#[test]
fn two_records_of_one_name_are_no_two_articles() {
    let rows = [
        line("a", "Kim kata", "ana", &[(0, 3, "source")]),
        line("a", "Kim kata", "budi", &[(4, 8, "claim")]),
        line("a", "lain", "dewi", &[]),
    ];
    let (folder, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &rows.concat())]);
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let entry = only_entry(&folder);
    let people: Vec<&str> = entry.sets.iter().map(|set| set.annotator().as_str()).collect();
    assert!(people.contains(&"ana") && people.contains(&"budi"), "{people:?}");
    assert_eq!(marked(&folder), "[source:Kim] kata");
    // However many cores there are, the first stays.
    let rows: String = (0..40).map(|at| line("a", &format!("text {at}"), "ana", &[])).collect();
    for _ in 0..4 {
        let (folder, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &rows)]);
        assert_eq!((refusals.len(), only_entry(&folder).document.text.as_str()), (39, "text 0"));
    }
}
