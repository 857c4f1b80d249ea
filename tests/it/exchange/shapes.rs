//! Exports that hold everything, as others read them: which files there are, and what
//! stands in them.

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use arrow_array::cast::AsArray as _;
use serde_json::{Value, json};
use tandai::exchange::Format;

use super::{
    SMALL, empty, exported, json_in, lines_in, names_below, put, small, table_in, text_in,
    worked_example,
};

const ARTICLE: &str = "000_48ab4e9815f7107d";

/// What lies between two offsets that count code points.
#[track_caller]
pub(super) fn cut(text: &str, span: &Value) -> String {
    let at = |name: &str| usize::try_from(span[name].as_u64().unwrap()).unwrap();
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_row_of_json_lines_has_everything_of_one_article() {
    let (out, report) = exported(&worked_example(), Format::Jsonl);
    let files = ["README.md", "data/train-00000.jsonl", "loss.json"];
    assert_eq!(names_below(&out.path("")), files);
    assert_eq!(report.losses.total(), 0);
    let rows = lines_in(&out, "data/train-00000.jsonl");
    let [row] = &*rows else { panic!("one article is one row: {}", rows.len()) };
    assert_eq!(keys(row), ["id", "meta", "relations", "spans", "text"]);
    assert_eq!(row["id"], ARTICLE);
    let text = row["text"].as_str().unwrap();
    assert_eq!(text.chars().count(), 2252);
    let spans = row["spans"].as_array().unwrap();
    assert_eq!((spans.len(), row["relations"].as_array().unwrap().len()), (29, 23));
    let fields =
        ["annotator", "attributes", "end", "fragments", "id", "label", "note", "start", "text"];
    for span in spans {
        assert_eq!(keys(span), fields);
        let fragments = span["fragments"].as_array().unwrap();
        assert_eq!(
            fragments.iter().map(|f| cut(text, f)).collect::<Vec<_>>(),
            *span["text"].as_array().unwrap()
        );
        assert_eq!(span["start"], fragments[0]["start"]);
        assert_eq!(span["end"], fragments.last().unwrap()["end"]);
    }
    let values: usize = spans.iter().map(|s| s["attributes"].as_array().unwrap().len()).sum();
    assert_eq!(values, 17);
    let relation = json!({ "id": "r1", "label": "attributed-to", "head": "c1", "tail": "s1", "annotator": "gold" });
    assert!(row["relations"].as_array().unwrap().contains(&relation));
    let meta: Value = serde_json::from_str(row["meta"].as_str().unwrap()).unwrap();
    assert_eq!(meta, json!({ "sets": [{ "annotator": "gold", "status": "done" }] }));
}

#[test]
fn metadata_are_texts_in_meta_and_a_claim_in_two_fragments_is_one_span() {
    let (out, _) = exported(&small().project(), Format::Jsonl);
    let row = &lines_in(&out, "data/train-00000.jsonl")[0];
    assert_eq!((&row["id"], &row["text"]), (&json!("berita/a"), &json!(SMALL)));
    let meta: Value = serde_json::from_str(row["meta"].as_str().unwrap()).unwrap();
    let sets = json!([{ "annotator": "ana", "status": "in-progress" }]);
    assert_eq!(meta, json!({ "date": "2026-11-01", "title": "Hujan", "sets": sets }));
    let mut claim = row["spans"][1].clone();
    assert!(claim["id"].is_string());
    claim.as_object_mut().unwrap().remove("id");
    // Three code points for the astronaut, before which UTF-16 would count five.
    let expected = json!({
        "label": "claim", "start": 10, "end": 33,
        "fragments": [{ "start": 10, "end": 15 }, { "start": 28, "end": 33 }],
        "text": ["hujan", "turun"], "annotator": "ana",
        "attributes": [{ "name": "directness", "value": "direct" }], "note": "sure?",
    });
    assert_eq!(claim, expected);
}

#[test]
fn the_card_says_where_the_rows_are_and_what_types_the_columns_have() {
    for (format, path) in [(Format::Jsonl, "train-*.jsonl"), (Format::Parquet, "train-*.parquet")] {
        let (out, _) = exported(&worked_example(), format);
        let card = text_in(&out, "README.md");
        let head = card.strip_prefix("---\n").unwrap().split_once("\n---\n").unwrap().0;
        let configs = format!(
            "configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: data/{path}\n"
        );
        assert!(head.starts_with(&configs), "{head}");
        // Not the old `sequence:`, which makes a struct of lists.
        assert!(head.contains("  - name: fragments") && !head.contains("sequence:"), "{head}");
        assert!(head.contains("task_categories:\n- token-classification\n"), "{head}");
        assert!(card.contains("| claim | 12 |"), "{card}");
    }
}

#[test]
fn parquet_has_the_rows_of_json_lines_in_typed_columns() {
    for (project, _kept) in [(worked_example(), None), {
        let s = small();
        (s.project(), Some(s))
    }] {
        let (lines, _) = exported(&project, Format::Jsonl);
        let row = &lines_in(&lines, "data/train-00000.jsonl")[0];
        let (out, _) = exported(&project, Format::Parquet);
        let file = "data/train-00000-of-00001.parquet";
        assert!(names_below(&out.path("")).contains(&file.to_owned()));
        let opened = std::fs::File::open(out.path(file)).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(opened).unwrap().build().unwrap();
        let batches: Vec<_> = reader.map(Result::unwrap).collect();
        let [batch] = &*batches else { panic!("one row is one batch") };
        assert_eq!(batch.num_rows(), 1);
        let names: Vec<_> = batch.schema().fields().iter().map(|f| f.name().clone()).collect();
        assert_eq!(names, ["id", "text", "meta", "spans", "relations"]);
        for name in ["id", "text", "meta"] {
            let column = batch.column_by_name(name).unwrap();
            assert_eq!(column.as_string::<i32>().value(0), row[name].as_str().unwrap());
        }
        let spans = batch.column_by_name("spans").unwrap().as_list::<i32>().value(0);
        let spans = spans.as_struct();
        let texts = |name: &str| -> Vec<Value> {
            let column = spans.column_by_name(name).unwrap().as_string::<i32>();
            column.iter().map(|text| text.unwrap().into()).collect()
        };
        let starts = spans.column_by_name("start").unwrap();
        let starts = starts.as_primitive::<arrow_array::types::Int64Type>();
        let fragments = spans.column_by_name("fragments").unwrap().as_list::<i32>();
        for (at, span) in row["spans"].as_array().unwrap().iter().enumerate() {
            for name in ["id", "label", "annotator", "note"] {
                assert_eq!(texts(name)[at], span[name]);
            }
            assert_eq!(starts.value(at), span["start"].as_i64().unwrap());
            let fragments = fragments.value(at);
            let ends = fragments.as_struct().column_by_name("end").unwrap();
            let ends = ends.as_primitive::<arrow_array::types::Int64Type>();
            let told: Vec<Value> = ends.values().iter().map(|end| (*end).into()).collect();
            let expected: Vec<Value> =
                span["fragments"].as_array().unwrap().iter().map(|f| f["end"].clone()).collect();
            assert_eq!(told, expected);
        }
    }
}

#[test]
fn csv_has_a_table_of_documents_of_spans_and_of_relations() {
    let (out, report) = exported(&worked_example(), Format::Csv);
    assert_eq!(report.losses.total(), 0);
    let head = |file| text_in(&out, file).lines().next().unwrap().to_owned();
    assert_eq!(head("documents.csv"), "doc_id,text");
    assert_eq!(
        head("spans.csv"),
        "doc_id,annotator,span_id,tag,start,end,fragments,text,attributes,note"
    );
    assert_eq!(head("relations.csv"), "doc_id,annotator,relation_id,type,from,to");
    let [document] = &*table_in(&out, "documents.csv") else { panic!("one article is one row") };
    assert_eq!(document["doc_id"], ARTICLE);
    let spans = table_in(&out, "spans.csv");
    assert_eq!((spans.len(), table_in(&out, "relations.csv").len()), (29, 23));
    for span in &spans {
        assert_eq!(span["fragments"], format!("{}-{}", span["start"], span["end"]));
        let [start, end] = ["start", "end"].map(|name| span[name].parse::<u64>().unwrap());
        assert_eq!(cut(&document["text"], &json!({ "start": start, "end": end })), span["text"]);
    }
    let mixed = spans.iter().find(|span| span["span_id"] == "c8").unwrap();
    let values: Value = serde_json::from_str(&mixed["attributes"]).unwrap();
    let expected = json!({ "certainty": "probable", "checkworthy": "no", "directness": "mixed" });
    assert_eq!(values, expected);
    let (out, _) = exported(&small().project(), Format::Csv);
    let claim = &table_in(&out, "spans.csv")[1];
    assert_eq!((&*claim["fragments"], &*claim["note"]), ("10-15;28-33", "sure?"));
    assert_eq!(table_in(&out, "metadata.csv").len(), 2);
    assert_eq!(table_in(&out, "sets.csv")[0]["status"], "in-progress");
}

#[test]
fn web_annotations_select_by_code_points_and_by_what_is_quoted() {
    let (out, report) = exported(&worked_example(), Format::W3c);
    assert_eq!(report.losses.total(), 0);
    let page = json_in(&out, "annotations.jsonld");
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = page["items"].as_array().unwrap();
    let with =
        |purpose: &str| items.iter().filter(|i| i["motivation"] == purpose).collect::<Vec<_>>();
    let (tags, links) = (with("tagging"), with("linking"));
    assert_eq!((tags.len(), links.len()), (29, 23));
    let source = tags[0]["target"][0]["source"].as_str().unwrap();
    let text = text_in(&out, source);
    let ids: Vec<&str> = tags.iter().map(|tag| tag["id"].as_str().unwrap()).collect();
    for tag in &tags {
        let selectors = tag["target"][0]["selector"].as_array().unwrap();
        let [position, quote] = &**selectors else { panic!("{selectors:?}") };
        assert_eq!(cut(&text, position), quote["exact"].as_str().unwrap());
        let around = format!(
            "{}{}{}",
            quote["prefix"].as_str().unwrap(),
            quote["exact"].as_str().unwrap(),
            quote["suffix"].as_str().unwrap()
        );
        assert!(text.contains(&around), "{around}");
        assert_eq!(tag["creator"]["name"], "gold");
    }
    for link in links {
        let body = link["body"].as_array().unwrap();
        let to = body.iter().find(|part| part["purpose"] == "linking").unwrap();
        assert!(ids.contains(&to["id"].as_str().unwrap()));
        assert!(ids.contains(&link["target"][0].as_str().unwrap()));
    }
    let (out, _) = exported(&small().project(), Format::W3c);
    let page = json_in(&out, "annotations.jsonld");
    let targets = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["target"].as_array().map_or(0, Vec::len));
    assert_eq!(targets.max(), Some(2), "two fragments are two targets");
}

#[test]
fn an_article_called_index_is_not_the_list_of_articles() {
    let folder = empty();
    put(&folder, "index", "[source:Kim] kata", &[]);
    put(&folder, "INDEX_", "[source:Li] kata", &[]);
    let (out, _) = exported(&folder.project(), Format::Html);
    let list = text_in(&out, "index.html");
    let pages: Vec<&str> =
        list.split("<a href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0).collect();
    assert_eq!(pages.len(), 2, "{list}");
    for (page, name) in pages.iter().zip(["Li", "Kim"]) {
        assert_ne!(page.to_lowercase(), "index.html");
        assert!(text_in(&out, page).contains(name), "{page}");
    }
}

#[test]
fn a_page_shows_the_whole_text_with_its_marks_and_loads_nothing() {
    let (out, report) = exported(&worked_example(), Format::Html);
    assert_eq!(report.losses.total(), 0);
    let page = text_in(&out, &format!("{ARTICLE}.html"));
    assert!(text_in(&out, "index.html").contains(&format!("href=\"{ARTICLE}.html\"")));
    assert_eq!(page.matches("<li id=").count(), 29);
    // To be read from a disk, and by people who do not want to be watched.
    for outside in ["http:", "https:", "<script", "<link", "src="] {
        assert!(!page.contains(outside), "{outside}");
    }
    let text = page.split_once("<div class=\"text\" dir=\"auto\">").unwrap().1;
    let text = text.split_once("</div>").unwrap().0;
    let mut plain = String::new();
    for piece in text.split('<') {
        plain.push_str(piece.split_once('>').map_or(piece, |(_, behind)| behind));
    }
    let plain = plain.replace("&quot;", "\"").replace("&#13;", "\r").replace("&amp;", "&");
    let article =
        std::fs::read_to_string(worked_example().articles().join(format!("{ARTICLE}.txt")));
    assert_eq!(plain, article.unwrap());
}
