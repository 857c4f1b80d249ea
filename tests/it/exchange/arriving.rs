//! Files of other programs, in the shapes that these have.

use serde_json::json;
use tandai::corpus::{Entry, Status};
use tandai::exchange::{ImportFormat, Mapping};

use super::{
    empty, entries, files_below, import_with, imported_files, names_below, only_entry, put, tandai,
    text_in,
};
use crate::files::Folder;
use crate::markup::render;

/// Imports files of which nothing is refused.
#[track_caller]
fn read(format: ImportFormat, files: &[(&str, &str)]) -> Vec<Entry> {
    let (folder, refusals) = imported_files(format, files);
    assert_eq!(refusals, [""; 0]);
    entries(&folder.project())
}

/// What somebody says, as marked text.
#[track_caller]
fn marked(entry: &Entry, annotator: &str) -> String {
    let set = entry.sets.iter().find(|set| set.annotator().as_str() == annotator);
    let set = set.unwrap_or_else(|| panic!("{annotator} has no set: {:?}", entry.sets));
    render(&entry.document.text, set, None, None)
}

fn ids(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.document.path.id()).collect()
}

#[test]
fn offsets_of_json_lines_in_another_unit_are_told_by_quotes_and_converted() {
    let text = "👍 नि Kim kata é";
    let cases = [("UTF-16 units", 6, 9), ("UTF-8 bytes", 12, 15), ("code points", 5, 8)];
    for (unit, start, end) in cases {
        let folder = empty();
        let span = json!({ "start": start, "end": end, "label": "source", "text": "Kim", "annotator": "ana" });
        folder.write(
            "r.jsonl",
            json!({ "id": "a", "text": text, "spans": [span] }).to_string().as_bytes(),
        );
        let ran = tandai(&folder, &["import", "jsonl", "r.jsonl", "--project", "p"]);
        assert_eq!(ran.code, 0, "{}", ran.said);
        let other = unit != "code points";
        assert_eq!(ran.said.contains(&format!("offsets count {unit}")), other, "{}", ran.said);
        let set = text_in(&folder, "p/annotations/ana/a.txt.ron");
        assert!(set.contains("spans: [(5, 8)], text: [\"Kim\"]"), "{unit}: {set}");
    }
}

#[test]
fn an_offset_inside_a_character_is_refused_where_the_unit_is_said() {
    let folder = empty();
    let row =
        json!({ "id": "a", "text": "👍 Kim", "spans": [{ "start": 1, "end": 6, "label": "x" }] });
    folder.write("r.jsonl", row.to_string().as_bytes());
    for unit in ["utf16", "bytes"] {
        let ran =
            tandai(&folder, &["import", "jsonl", "r.jsonl", "--project", "p", "--offsets", unit]);
        assert_eq!(ran.code, 1);
        assert!(ran.said.contains("inside a character"), "{}", ran.said);
    }
}

#[test]
fn rows_of_other_programs_may_call_things_otherwise() {
    let rows = [
        json!({ "text": "Kim kata", "label": [[0, 3, "source"]] }),
        json!({ "doc_id": "b", "content": "Kim kata", "entities": [{ "start_offset": "0", "end_offset": 3, "tag": "source" }] }),
        json!({ "id": 7, "text": "Kim kata", "meta": { "year": 2026 }, "_annotator_id": "ana",
                "spans": [{ "start": 0, "end": 3, "label": "source", "token_start": 0, "token_end": 0 }], "answer": "accept" }),
    ];
    let lines: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let found = read(ImportFormat::Jsonl, &[("in/kumpulan.jsonl", &lines.join("\n"))]);
    assert_eq!(ids(&found), ["7", "b", "kumpulan-00001"]);
    assert_eq!(marked(&found[0], "ana"), "[source:Kim] kata");
    assert_eq!(found[0].metadata["year"], "2026");
    for entry in &found[1..] {
        assert_eq!(marked(entry, "zoe"), "[source:Kim] kata");
    }
    // The same in one list.
    let list = serde_json::Value::from(rows.to_vec()).to_string();
    assert_eq!(read(ImportFormat::Jsonl, &[("all.json", &list)]).len(), 3);
}

#[test]
fn both_shapes_of_doccano_are_read_in_utf_16_units() {
    let rows = [
        json!({ "id": 12, "text": "👍 Kim kata", "label": [[3, 6, "source"]], "Comments": [] }),
        json!({
            "id": 13, "text": "👍 Kim kata hujan",
            "entities": [
                { "id": 70, "label": "source", "start_offset": 3, "end_offset": 6 },
                { "id": 71, "label": "claim", "start_offset": 12, "end_offset": 17 },
            ],
            "relations": [{ "id": 5, "from_id": 71, "to_id": 70, "type": "attributed-to" }],
        }),
        json!({ "id": 14, "text": "Sepi", "labels": [] }),
    ];
    let lines: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let found = read(ImportFormat::Doccano, &[("ana.jsonl", &lines.join("\n"))]);
    assert_eq!(ids(&found), ["12", "13", "14"]);
    assert_eq!(marked(&found[0], "ana"), "👍 [source:Kim] kata");
    assert_eq!(marked(&found[1], "ana"), "👍 [source:Kim] kata [claim:hujan]");
    let set = &found[1].sets[0];
    let relation = &set.relations()[0];
    assert_eq!(&*relation.label, "attributed-to");
    assert_eq!(set.annotation(&relation.to).unwrap().quote(&found[1].document.text), "Kim");
    assert_eq!(marked(&found[2], "ana"), "Sepi");
}

#[test]
fn doccano_of_a_project_that_counts_graphemes_is_read_where_that_is_said() {
    let folder = empty();
    let row = json!({ "id": 1, "text": "👩‍👩‍👧‍👦e\u{301} Kim", "label": [[3, 6, "source"]] });
    folder.write("ana.jsonl", row.to_string().as_bytes());
    let arguments = ["import", "doccano", "ana.jsonl", "--project", "p", "--offsets", "graphemes"];
    let ran = tandai(&folder, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(text_in(&folder, "p/annotations/ana/1.txt.ron").contains("[\"Kim\"]"));
}

#[test]
fn what_label_studio_itself_exports_is_read() {
    let region = |id: &str, start: usize, end: usize, text: &str, label: &str| {
        json!({
            "id": id, "from_name": "ner", "to_name": "text", "type": "labels", "origin": "manual",
            "value": { "start": start, "end": end, "text": text, "labels": [label] },
        })
    };
    let tasks = json!([{
        "id": 101, "inner_id": 1, "updated_at": "2026-11-01T00:00:00Z", "total_annotations": 2,
        "data": { "text": "👍 Kim\nkata hujan" },
        "annotations": [
            {
                "id": 1, "completed_by": 3, "was_cancelled": false, "lead_time": 3.2,
                "result": [
                    // A line end is written so by Label Studio, and counts one.
                    region("a1", 2, 10, "Kim\\nkata", "source"),
                    region("b2", 11, 16, "hujan", "claim"),
                    { "id": "b2", "from_name": "mode", "to_name": "text", "type": "choices",
                      "value": { "start": 11, "end": 16, "choices": ["quoted", "sure"] } },
                    { "type": "relation", "from_id": "b2", "to_id": "a1", "direction": "right", "labels": ["said_by"] },
                    { "type": "relation", "from_id": "b2", "to_id": "a1", "direction": "left" },
                ],
            },
            { "id": 2, "completed_by": { "id": 4, "email": "budi@example.org" }, "was_cancelled": true, "result": [] },
            // Who skips it first has worked on it all the same.
            { "id": 3, "completed_by": 3, "was_cancelled": true, "result": [] },
        ],
        "predictions": [{ "model_version": "tagger", "result": [region("p1", 2, 5, "Kim", "source")] }],
    }]);
    let found = read(ImportFormat::LabelStudio, &[("project-1.json", &tasks.to_string())]);
    assert_eq!(ids(&found), ["101"]);
    let entry = &found[0];
    assert_eq!(marked(entry, "3"), "👍 [source:Kim\nkata] [claim:hujan]");
    assert_eq!(marked(entry, "tagger"), "👍 [source:Kim]\nkata hujan");
    let set = entry.sets.iter().find(|set| set.annotator().as_str() == "3").unwrap();
    assert_eq!(set.status(), Status::Done);
    assert_eq!(set.annotations()[1].attributes["mode"], "quoted, sure");
    let links: Vec<_> =
        set.relations().iter().map(|l| (&*l.label, l.from.as_str(), l.to.as_str())).collect();
    assert!(
        links.contains(&("said_by", "b2", "a1")) && links.contains(&("related", "a1", "b2")),
        "{links:?}"
    );
    let budi =
        entry.sets.iter().find(|set| set.annotator().as_str() == "budi@example.org").unwrap();
    assert_eq!((budi.status(), budi.annotations().len()), (Status::Skipped, 0));
}

/// What a row says besides text and spans is known of the article, or said not to be taken over.
#[test]
fn no_field_of_a_row_goes_without_a_word() {
    let span = |start: usize, end: usize| json!({ "start": start, "end": end, "label": "source" });
    let mut scored = span(0, 3);
    scored["score"] = json!(0.5);
    scored["type"] = json!("PER");
    scored["attributes"] = json!([{ "name": "k", "value": "1" }, { "name": "k", "value": "2" }]);
    let row = json!({
        "id": "a", "text": "Kim kata hujan.", "split": "dev", "spans": [scored, { "start": 4, "end": 8 }],
        "label": [[4, 8, "claim"]], "relations": [], "annotator": "ana",
    });
    let (folder, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &row.to_string())]);
    let wanted = ["stands beside \"spans\"", "k already: \"2\"", "not a span with a label"];
    assert_eq!(refusals.len(), wanted.len(), "{refusals:?}");
    for (said, wanted) in refusals.iter().zip(wanted) {
        assert!(said.contains(wanted), "{refusals:?}");
    }
    let entry = only_entry(&folder);
    assert_eq!(entry.metadata["split"], "dev");
    assert_eq!(marked(&entry, "ana"), "[source:Kim] kata hujan.");
    let values = &entry.sets[0].annotations()[0].attributes;
    assert_eq!((&*values["score"], &*values["type"], &*values["k"]), ("0.5", "PER", "1"));

    // Where a row may say a thing in several ways, the rest is known of it too.
    let row = json!({
        "id": "b", "name": "Kim di Seoul", "text": "Kim kata.", "content": "Kim berkata.", "url": "http://x",
        "meta": { "url": "http://y" }, "annotator": "ana",
        "spans": [{ "id": "s", "start": 0, "end": 3, "label": "PER", "attributes": [{ "name": "k", "value": [1] }] }],
        "relations": [{ "head": "s", "child": "s", "label": "self", "color": "#fff", "weight": 2 }],
    });
    let (folder, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &row.to_string())]);
    let wanted =
        ["url is said twice: \"http://x\"", "is no attribute with one value", "weight is left out"];
    assert_eq!(refusals.len(), wanted.len(), "{refusals:?}");
    for (said, wanted) in refusals.iter().zip(wanted) {
        assert!(said.contains(wanted), "{refusals:?}");
    }
    let known = only_entry(&folder).metadata;
    let known = ["name", "content", "url"].map(|name| known[name].clone());
    assert_eq!(known, ["Kim di Seoul", "Kim berkata.", "http://y"]);
    let row = json!({ "id": "c", "text": "Kim.", "meta": ["x"] }).to_string();
    let (_, refusals) = imported_files(ImportFormat::Jsonl, &[("r.jsonl", &row)]);
    assert_eq!(refusals, ["r.jsonl:1: \"meta\" is neither an object nor a text, and is left out"]);

    let row =
        json!({ "id": 1, "text": "Kim.", "entities": [], "label": [[0, 3, "PER"]] }).to_string();
    let found = read(ImportFormat::Doccano, &[("ana.jsonl", &row)]);
    assert_eq!(marked(&found[0], "ana"), "[PER:Kim].");
    let rows = [
        json!({ "id": 7, "text": "Kim.", "label": [], "url": "http://x/7", "Comments": ["see"], "meta": { "page": 2 } }),
        json!({ "id": 8, "text": "Budi.", "label": "politics" }),
    ];
    let rows = rows.map(|row| row.to_string()).join("\n");
    let (folder, refusals) = imported_files(ImportFormat::Doccano, &[("ana.jsonl", &rows)]);
    assert_eq!(refusals, ["ana.jsonl:2: \"label\" is \"politics\", which is no list"]);
    let known = &entries(&folder.project())[0].metadata;
    assert_eq!(
        (&*known["url"], &*known["Comments"], &*known["page"]),
        ("http://x/7", "[\"see\"]", "2")
    );

    let both = json!({ "type": "relation", "from_id": "a", "to_id": "b", "direction": "bi", "labels": ["x"] });
    let task = json!([{
        "id": 5, "data": { "text": "Kim kata.", "outlet": "X" }, "drafts": [{ "result": [] }],
        "annotations": [{ "completed_by": 1, "result": [
            { "id": "a", "type": "labels", "value": { "start": 0, "end": 3, "labels": ["PER"] } },
            { "id": "b", "type": "labels", "value": { "start": 4, "end": 8, "labels": ["CUE"] } },
            both,
        ] }],
        "predictions": [{ "model_version": "tagger", "score": 0.87, "result": [] }],
    }]);
    let (folder, refusals) =
        imported_files(ImportFormat::LabelStudio, &[("t.json", &task.to_string())]);
    let wanted = [
        "\"x\" goes both ways",
        "drafts are not taken over: 1",
        "score of tagger is not taken over: 0.87",
    ];
    assert!(
        wanted.iter().all(|one| refusals.iter().any(|said| said.contains(one))),
        "{refusals:?}"
    );
    let entry = only_entry(&folder);
    assert_eq!((&*entry.metadata["outlet"], entry.sets[0].relations().len()), ("X", 1));
}

/// Some editors begin files with one.
#[test]
fn a_byte_order_mark_is_no_part_of_what_is_imported() {
    let found = read(ImportFormat::Conll, &[("ana.conll", "\u{feff}Kim B-source\nkata O\n")]);
    assert_eq!(found[0].document.text.as_str().trim_end(), "Kim kata");
    let notes = "\u{feff}T1\tsource 0 3\tKim\n";
    let found = read(ImportFormat::Brat, &[("a.txt", "Kim kata."), ("a.ann", notes)]);
    assert_eq!(found[0].sets[0].annotations().len(), 1);
}

#[test]
fn a_table_with_a_column_of_texts_is_a_table_of_articles() {
    let table = "name;Isi;outlet\n2026/a;\"Kim; \"\"kata\"\"\r\nhujan\";KCNA\n;Sepi;\n";
    let found = read(ImportFormat::Csv, &[("berita.csv", table)]);
    assert_eq!(ids(&found), ["2026/a", "berita-0002"]);
    assert_eq!(found[0].document.text.as_str(), "Kim; \"kata\"\r\nhujan");
    assert_eq!(found[0].metadata, super::metadata(&[("outlet", "KCNA")]));
    assert!(found[1].metadata.is_empty());
    let one = read(ImportFormat::Csv, &[("judul.csv", "headline\nKim kata\n\"Li, juga\"\n")]);
    assert_eq!(one[1].document.text.as_str(), "Li, juga");
    let (_, refusals) = imported_files(
        ImportFormat::Csv,
        &[("good.csv", "text\nKim\n"), ("bad.csv", "a,b\n1,2\n")],
    );
    assert!(refusals.len() == 1 && refusals[0].starts_with("bad.csv:1: "), "{refusals:?}");
}

/// Or else all that follows would be in one article.
#[test]
fn a_cell_that_is_not_closed_is_refused_with_its_line() {
    let table = "doc_id,text\nx,\"He said \"\"no\"\".\nYes.\"\na,\"unclosed\nb,hello\nc,third\n";
    let (folder, refusals) = imported_files(ImportFormat::Csv, &[("t.csv", table)]);
    assert!(refusals.len() == 1 && refusals[0].starts_with("t.csv:4: "), "{refusals:?}");
    assert!(refusals[0].contains("is not closed"), "{refusals:?}");
    assert_eq!(ids(&entries(&folder.project())), ["x"]);
    // A mark inside a cell is a mark; one that is closed at the very end closes it.
    let table = "doc_id,text\na,5\" of rain\nb,\"one\ntwo\"";
    let found = read(ImportFormat::Csv, &[("t.csv", table)]);
    let texts: Vec<&str> = found.iter().map(|one| one.document.text.as_str()).collect();
    assert_eq!(texts, ["5\" of rain", "one\ntwo"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_folders_around_is_not_followed() {
    let folder = empty();
    folder.write("around/in/a.txt", b"Kim");
    folder.write("around/b.txt", b"Budi");
    std::os::unix::fs::symlink("..", folder.path("around/in/up")).unwrap();
    let ran = tandai(&folder, &["import", "text", "around/in", "--project", "p"]);
    assert_eq!(ran.code, 1);
    assert!(ran.said.contains("up: it is a link to a folder around it"), "{}", ran.said);
    assert_eq!(names_below(&folder.path("p/seeds")), ["a.txt"]);
}

#[test]
fn a_folder_of_texts_is_copied_byte_for_byte() {
    let folder = empty();
    let texts: [(&str, &[u8]); 5] = [
        ("a.txt", b"\xef\xbb\xbfKata\r\n"),
        ("lama/b.txt", b"le pr\xe9sident a ni\xe9 l'accord"),
        ("c.TXT", b"\xff\xfeK\0a\0"),
        ("empty.txt", b""),
        ("\u{928}\u{93f}/d e.txt", "e\u{301}\u{2028}\u{85}".as_bytes()),
    ];
    for (name, bytes) in texts {
        folder.write(&format!("in/{name}"), bytes);
    }
    folder.write("in/.hidden.txt", b"x");
    folder.write("in/notes.md", b"x");
    let ran = tandai(&folder, &["import", "text", "in", "--project", "p"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("imported 5 articles and 0 sets"), "{}", ran.said);
    let expected = texts.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
    assert_eq!(files_below(&folder.path("p/seeds")), expected.collect());
    // Again is no change; another text under a name is refused.
    folder.write("in/a.txt", b"Kata\r\n");
    let before = files_below(&folder.path("p"));
    let ran = tandai(&folder, &["import", "text", "in", "--project", "p"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.said.contains("a.txt: ") && ran.said.contains("(4 were there already)"),
        "{}",
        ran.said
    );
    assert_eq!(files_below(&folder.path("p")), before);
}

#[test]
fn a_file_with_an_article_a_line_is_as_many_articles() {
    let folder = empty();
    folder.write(
        "in/judul.txt",
        "\u{feff}Kim kata.\r\n\r\nLi\u{2028}juga.\n  \nDia\u{85}pergi".as_bytes(),
    );
    let ran = tandai(&folder, &["import", "text", "in/judul.txt", "--project", "p"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let found = files_below(&folder.path("p"));
    let expected = [
        ("seeds/judul-0001.txt", "Kim kata."),
        ("seeds/judul-0003.txt", "Li\u{2028}juga."),
        ("seeds/judul-0005.txt", "Dia\u{85}pergi"),
    ];
    let expected = expected.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    assert_eq!(found, expected.into());
}

#[test]
fn lines_that_are_refused_among_many_are_named_in_order_by_their_numbers() {
    let mut content = Vec::new();
    let mut bad = Vec::new();
    for line in 1..=300 {
        match line % 50 {
            7 => content.extend_from_slice(b"{\"text\": \"Kim"),
            9 => content.extend_from_slice(b"{\"text\": \"\xff\"}"),
            // One that is blank is passed over.
            11 => content.extend_from_slice(b"  \r"),
            _ => content.extend_from_slice(format!("{{\"text\": \"Kim {line}\"}}").as_bytes()),
        }
        if matches!(line % 50, 7 | 9) {
            bad.push(format!("rows.jsonl:{line}"));
        }
        content.push(b'\n');
    }
    let from = Folder::with(&[]);
    from.write("rows.jsonl", &content);
    let project = empty();
    let (report, refusals) =
        import_with(ImportFormat::Jsonl, &from.path(""), &project, &Mapping::usual());
    let refused: Vec<String> = refusals.iter().map(|refusal| refusal.place.to_string()).collect();
    assert_eq!(refused, bad);
    let report = report.unwrap();
    assert_eq!((report.read, report.documents), (300 - 3 * 6, 300 - 3 * 6));
    let texts: Vec<String> =
        entries(&project.project()).iter().map(|e| e.document.text.as_str().to_owned()).collect();
    assert!(texts.contains(&"Kim 300".to_owned()) && texts.contains(&"Kim 65".to_owned()));
}

/// Reads one file of tags, of ana's.
#[track_caller]
fn tagged(content: &str) -> Vec<String> {
    let found = read(ImportFormat::Conll, &[("ana.conll", content)]);
    found.iter().map(|entry| marked(entry, "ana")).collect()
}

#[test]
fn tags_of_all_three_schemes_are_the_same_spans() {
    let expected = ["[ORG:Kota Baru] [ORG:Kyiv] dan [LOC:Li]\n"];
    let iob2 = "Kota B-ORG\nBaru I-ORG\nKyiv B-ORG\ndan O\nLi B-LOC\n";
    assert_eq!(tagged(iob2), expected);
    let iob1 = "Kota I-ORG\nBaru I-ORG\nKyiv B-ORG\ndan O\nLi I-LOC\n";
    assert_eq!(tagged(iob1), expected);
    let bioes = "Kota B-ORG\nBaru E-ORG\nKyiv S-ORG\ndan O\nLi S-LOC\n";
    assert_eq!(tagged(bioes), expected);
    let bilou = "Kota B-ORG\nBaru L-ORG\nKyiv U-ORG\ndan O\nLi U-LOC\n";
    assert_eq!(tagged(bilou), expected);
    // An I- of another label, or behind O or a sentence's end, begins a span.
    assert_eq!(tagged("A I-X\nB I-Y\n\nC I-Y\n"), ["[X:A] [Y:B]\n[Y:C]\n"]);
    // A label may have a hyphen in it.
    assert_eq!(tagged("A B-first-name\nB I-first-name\n"), ["[first-name:A B]\n"]);
}

#[test]
fn lines_whose_tags_cannot_be_read_are_named_in_files_of_one_label_too() {
    let said = |files: &[(&str, &str)]| imported_files(ImportFormat::Conll, files).1;
    let no_tag = "it has no tag, and is taken as O";
    let unknown = "\u{201c}X\u{201d} is not a tag such as B-claim, I-claim or O";
    assert_eq!(
        said(&[("ana.conll", "Kim B-PER\nkata\nya X\n")]),
        [format!("ana.conll:2: {no_tag}"), format!("ana.conll:3: {unknown}")]
    );
    let own = ("ana.PER.conll", "Kim B-PER\nkata X\n");
    assert_eq!(said(&[("ana.conll", "Kim O\nkata O\n"), own]), [format!("{}:2: {unknown}", own.0)]);
    // Words alone are words alone.
    assert_eq!(said(&[("ana.conll", "Kim\nkata\n")]), [""; 0]);
}

/// As `train.conll` and `train.small.conll` are, of which neither has a label for a name.
#[test]
fn a_file_that_is_only_called_like_one_label_of_another_is_read_by_itself() {
    let all = ("train.conll", "Kim B-PER\nkata O\n");
    let found = read(ImportFormat::Conll, &[all, ("train.small.conll", "Li B-PER\n")]);
    assert_eq!(ids(&found), ["train.small", "train"]);
    assert_eq!(marked(&found[0], "train.small"), "[PER:Li]\n");
    assert_eq!(marked(&found[1], "train"), "[PER:Kim] kata\n");
    // Of labels without a file of their own the spans are those of all labels.
    let both = ("train.conll", "Kim B-PER\nKyiv B-LOC\n");
    let found = read(ImportFormat::Conll, &[both, ("train.PER.conll", "Kim O\nKyiv B-PER\n")]);
    assert_eq!(ids(&found), ["train"]);
    assert_eq!(marked(&found[0], "train"), "Kim [LOC:[PER:Kyiv]]\n");
    // Where it is listed what there is, it is said.
    let listing = ("documents.csv", "annotator,document\ntrain,berita\n");
    let (_, said) =
        imported_files(ImportFormat::Conll, &[all, ("train.PER.conll", "Li B-PER\n"), listing]);
    assert_eq!(said, ["train.PER.conll: its words are not those of train.conll"]);
}

#[test]
fn columns_are_split_by_blanks_or_tabs_and_documents_by_their_line() {
    let four = "-DOCSTART- -X- -X- O\n\nKim NNP B-NP B-PER\nkata VB B-VP O\n\nDia X X O\n\n-DOCSTART- -X- -X- O\n\nLi NNP B-NP B-PER\n";
    let found = read(ImportFormat::Conll, &[("ana.txt", four)]);
    assert_eq!(ids(&found), ["ana-1", "ana-2"]);
    assert_eq!(marked(&found[0], "ana"), "[PER:Kim] kata\nDia\n");
    assert_eq!(marked(&found[1], "ana"), "[PER:Li]\n");
    let tabs =
        read(ImportFormat::Conll, &[("ana.iob2", "Kim\tB-PER\r\nkata\tO\r\n\r\nDia\tO\r\n")]);
    assert_eq!(ids(&tabs), ["ana"]);
    assert_eq!(marked(&tabs[0], "ana"), "[PER:Kim] kata\nDia\n");
}

#[test]
fn tokens_are_found_in_the_article_where_it_is_there_and_not_forced_into_another() {
    let words = "Kim B-PER\n\" O\nkata O\n\" O\n";
    let folder = empty();
    folder.write("ana.conll", words.as_bytes());
    let project = empty();
    project.write("seeds/ana.txt", "  Kim\u{a0}\"kata\"\r\n".as_bytes());
    let (report, refusals) =
        import_with(ImportFormat::Conll, &folder.path(""), &project, &Mapping::usual());
    assert_eq!((refusals.len(), report.unwrap().documents_there), (0, 1));
    assert_eq!(marked(&only_entry(&project), "ana"), "  [PER:Kim]\u{a0}\"kata\"\r\n");
    let other = empty();
    put(&other, "ana", "Kim \"bilang\"", &[]);
    let before = files_below(&other.path(""));
    let (_, refusals) =
        import_with(ImportFormat::Conll, &folder.path(""), &other, &Mapping::usual());
    assert_eq!(refusals.len(), 1);
    assert!(refusals[0].words.contains("\u{201c}kata\u{201d}"), "{refusals:?}");
    assert_eq!(files_below(&other.path("")), before);
    assert_eq!(names_below(&folder.path("")), ["ana.conll"]);
}

/// What cannot be taken over of a span takes the span along no more than it goes unsaid.
#[test]
fn of_a_span_what_is_unfit_is_said_and_the_rest_taken_over() {
    let span = |more: serde_json::Value| {
        let mut span = json!({ "id": "s", "start": 0, "end": 3, "label": "source" });
        span.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        span
    };
    let cases = [
        (json!({ "note": ["x", "y"] }), "the note of source s is no text"),
        (json!({ "note": { "x": 1 } }), "the note of source s is no text"),
        (json!({ "attributes": "penting" }), "source s has no attributes, but \"penting\""),
        (json!({ "attributes": { "k": ["x"], "form": "bare" } }), "k of source s has no one value"),
        (json!({ "fragments": [{ "start": 0, "end": 2 }] }), "is said to go from 0 to 3"),
    ];
    for (more, says) in cases {
        let row =
            json!({ "id": "a", "text": "Kim kata.", "annotator": "ana", "spans": [span(more)] });
        let (folder, refusals) =
            imported_files(ImportFormat::Jsonl, &[("r.jsonl", &row.to_string())]);
        assert!(refusals.len() == 1 && refusals[0].contains(says), "{refusals:?}");
        let entry = only_entry(&folder);
        let one = &entry.sets[0].annotations()[0];
        assert_eq!((&*one.label, one.note.as_str()), ("source", ""));
        assert_eq!(one.attributes.len(), usize::from(says.starts_with("k of")));
    }
}

#[test]
fn two_entities_of_doccano_with_one_id_are_said() {
    let row = json!({
        "id": 1, "text": "Kim kata.",
        "entities": [
            { "id": 1, "start_offset": 0, "end_offset": 3, "label": "source" },
            { "id": 1, "start_offset": 4, "end_offset": 8, "label": "claim" },
        ],
    });
    let (folder, refusals) =
        imported_files(ImportFormat::Doccano, &[("ana.jsonl", &row.to_string())]);
    assert!(
        refusals.len() == 1 && refusals[0].contains("two entities have the id 1"),
        "{refusals:?}"
    );
    assert_eq!(marked(&only_entry(&folder), "ana"), "[source:Kim] [claim:kata].");
}

#[test]
fn a_table_that_says_something_of_no_document_is_named_with_its_line() {
    let files = [
        ("documents.csv", "doc_id,text\na,Kim kata.\n"),
        ("spans.csv", "doc_id,annotator,span_id,tag,start,end,fragments,text,attributes,note\n"),
        ("relations.csv", "doc_id,annotator,relation_id,type,from,to\nzz,ana,r,denies,s,t\n"),
    ];
    let (_, refusals) = imported_files(ImportFormat::Csv, &files);
    assert_eq!(refusals.len(), 1);
    let said = "relations.csv:2: something is said about \"zz\"";
    assert!(refusals[0].starts_with(said), "{refusals:?}");
}
