//! The formats of taggers and of other tools for annotation, as these read them.

use serde_json::{Value, json};
use tandai::exchange::{ExportOptions, Format, Scheme};

use super::shapes::cut;
use super::{
    SMALL, empty, export_with, exported, json_in, lines_in, names_below, put, small, text_in,
    worked_example,
};

const ARTICLE: &str = "000_48ab4e9815f7107d";

#[test]
fn brat_has_a_text_and_its_standoff_for_each_annotator_and_knows_all_types() {
    let (out, report) = exported(&worked_example(), Format::Brat);
    assert_eq!(report.losses.total(), 0);
    let [txt, ann] = ["txt", "ann"].map(|ending| format!("gold/{ARTICLE}.{ending}"));
    assert_eq!(names_below(&out.path("")), ["annotation.conf", &ann, &txt, "loss.json"]);
    let text: Vec<char> = text_in(&out, &txt).chars().collect();
    let notes = text_in(&out, &ann);
    let of = |kind: char| notes.lines().filter(|line| line.starts_with(kind)).collect::<Vec<_>>();
    assert_eq!((of('T').len(), of('R').len(), of('A').len()), (29, 23, 17));
    for line in of('T') {
        let [_, place, quote] = *line.split('\t').collect::<Vec<_>>() else { panic!("{line}") };
        let [_, start, end] = *place.split(' ').collect::<Vec<_>>() else { panic!("{line}") };
        let [start, end]: [usize; 2] = [start, end].map(|at| at.parse().unwrap());
        assert_eq!(text[start..end].iter().collect::<String>(), quote);
    }
    assert!(of('R').iter().all(|line| line.contains(" Arg1:T") && line.contains(" Arg2:T")));
    let conf = text_in(&out, "annotation.conf");
    // Its parser wants all four, even where nothing is in one.
    for section in ["[entities]", "[relations]", "[events]", "[attributes]"] {
        assert_eq!(conf.lines().filter(|line| *line == section).count(), 1, "{section}");
    }
    for known in
        ["claim\n", "attributed-to\tArg1:", "directness\tArg:claim|denial, Value:", "<OVERLAP>"]
    {
        assert!(conf.contains(known), "{known}: {conf}");
    }
}

#[test]
fn brat_joins_the_texts_of_fragments_with_a_blank_and_counts_code_points() {
    let (out, _) = exported(&small().project(), Format::Brat);
    let expected = "T1\tsource 4 7\tKim\n\
                    T2\tclaim 10 15;28 33\thujan turun\n\
                    R1\tattributed-to Arg1:T2 Arg2:T1\n\
                    A1\tdirectness T2 direct\n\
                    #1\tAnnotatorNotes T2\tsure?\n";
    assert_eq!(text_in(&out, "ana/berita/a.ann"), expected);
    assert_eq!(text_in(&out, "ana/berita/a.txt"), SMALL);
}

/// The tokens and tags of a file, without what is between.
fn tagged(content: &str) -> Vec<(&str, &str)> {
    let lines = content.lines().filter(|line| !line.is_empty() && !line.starts_with("-DOCSTART-"));
    lines
        .map(|line| {
            let [word, "-X-", "-X-", tag] = *line.split(' ').collect::<Vec<_>>() else {
                panic!("{line:?} has not the four columns")
            };
            (word, tag)
        })
        .collect()
}

#[test]
fn conll_has_a_file_with_all_labels_and_one_for_each() {
    let (out, _) = exported(&worked_example(), Format::Conll);
    let files = names_below(&out.path(""));
    let own = ["claim", "denial", "location", "source"].map(|label| format!("gold.{label}.conll"));
    assert!(
        files.contains(&"gold.conll".to_owned()) && own.iter().all(|file| files.contains(file))
    );
    let text = std::fs::read_to_string(worked_example().articles().join(format!("{ARTICLE}.txt")))
        .unwrap();
    let squeezed: String = text.split_whitespace().collect();
    for file in ["gold.conll", &own[0], &own[1], &own[2], &own[3]] {
        let content = text_in(&out, file);
        assert!(content.starts_with("-DOCSTART- -X- -X- O\n\n"), "{file}");
        let words: String = tagged(&content).iter().map(|(word, _)| *word).collect();
        assert_eq!(words, squeezed, "{file}");
    }
    // In its own file each label has all its spans; nothing overlaps there.
    for (file, count) in own.iter().zip([12, 1, 6, 10]) {
        let content = text_in(&out, file);
        let begun = tagged(&content).iter().filter(|(_, tag)| tag.starts_with("B-")).count();
        assert_eq!(begun, count, "{file}");
    }
    assert_eq!(text_in(&out, "documents.csv"), format!("annotator,doc_id\r\ngold,{ARTICLE}\r\n"));
}

#[test]
fn each_scheme_of_tags_is_written_as_it_is_defined() {
    let folder = empty();
    put(
        &folder,
        "a",
        "[location:Kota Baru] [location:Kyiv], [source:Kim] kata [source:Li Wu San]",
        &[],
    );
    let tags = |scheme| {
        let out = empty();
        let options = ExportOptions { scheme, ..ExportOptions::default() };
        export_with(&folder.project(), Format::Conll, &options, &out.path(""));
        let content = text_in(&out, "ana.conll");
        tagged(&content).iter().map(|(_, tag)| *tag).collect::<Vec<_>>().join(" ")
    };
    let iob2 = "B-location I-location B-location O B-source O B-source I-source I-source";
    assert_eq!(tags(Scheme::Iob2), iob2);
    let bioes = "B-location E-location S-location O S-source O B-source I-source E-source";
    assert_eq!(tags(Scheme::Bioes), bioes);
    // B only where two of one label touch.
    let iob1 = "I-location I-location B-location O I-source O I-source I-source I-source";
    assert_eq!(tags(Scheme::Iob1), iob1);
}

#[test]
fn no_sentence_of_conll_ends_inside_a_span() {
    let folder = empty();
    put(&folder, "a", "Dia pergi. [claim:Hujan turun. Angin kencang], katanya. Lalu diam.", &[]);
    let (out, _) = exported(&folder.project(), Format::Conll);
    let content = text_in(&out, "ana.conll");
    let sentences: Vec<String> = content
        .split("\n\n")
        .skip(1)
        .map(|sentence| tagged(sentence).iter().map(|(word, _)| format!("{word} ")).collect())
        .filter(|sentence: &String| !sentence.is_empty())
        .collect();
    let expected = ["Dia pergi . ", "Hujan turun . Angin kencang , katanya . ", "Lalu diam . "];
    assert_eq!(sentences, expected);
}

#[test]
fn spacy_documents_have_spans_on_the_borders_of_spacy_shaped_tokens() {
    let (out, _) = exported(&worked_example(), Format::Spacy);
    assert!(names_below(&out.path("")).contains(&"make_docbin.py".to_owned()));
    let [doc] = &*lines_in(&out, "gold.jsonl") else { panic!("one article is one line") };
    assert_eq!((&doc["doc_id"], &doc["ents"]), (&json!(ARTICLE), &json!([])));
    // spaCy refuses documents with this key where nobody registered an extension.
    assert!(doc.get("_").is_none());
    let text = doc["text"].as_str().unwrap();
    let tokens = doc["tokens"].as_array().unwrap();
    let words: Vec<String> = tokens.iter().map(|token| cut(text, token)).collect();
    // Put together with one blank where one follows, the tokens are the text.
    let mut rebuilt = String::new();
    for (word, token) in words.iter().zip(tokens) {
        rebuilt.push_str(word);
        let end = usize::try_from(token["end"].as_u64().unwrap()).unwrap();
        if text.chars().nth(end) == Some(' ') {
            rebuilt.push(' ');
        }
    }
    assert_eq!(rebuilt, text);
    let spans = doc["spans"]["sc"].as_array().unwrap();
    assert_eq!((spans.len(), doc["relations"].as_array().unwrap().len()), (29, 23));
    let is_edge = |name: &str, at: &Value| tokens.iter().any(|token| token[name] == *at);
    for span in spans {
        assert!(is_edge("start", &span["start"]) && is_edge("end", &span["end"]), "{span}");
        assert!(span["kb_id"].is_string() && span["label"].is_string(), "{span}");
    }
    let ids: Vec<&Value> = spans.iter().map(|span| &span["kb_id"]).collect();
    for relation in doc["relations"].as_array().unwrap() {
        assert!(ids.contains(&&relation["head"]) && ids.contains(&&relation["tail"]));
    }
    let (out, _) = exported(&small().project(), Format::Spacy);
    let doc = &lines_in(&out, "ana.jsonl")[0];
    let claims = doc["spans"]["sc"].as_array().unwrap().iter().filter(|s| s["label"] == "claim");
    let claims: Vec<_> = claims.map(|s| (s["kb_id"].clone(), cut(SMALL, s))).collect();
    assert_eq!((claims[0].1.as_str(), claims[1].1.as_str()), ("hujan", "turun"));
    assert_eq!(claims[0].0, claims[1].0, "fragments share their id");
}

#[test]
fn doccano_gets_ascii_with_utf_16_offsets_and_numbers_for_ids() {
    let (out, _) = exported(&worked_example(), Format::Doccano);
    let [record] = &*lines_in(&out, "gold.jsonl") else { panic!("one article is one line") };
    assert_eq!(record["entities"].as_array().unwrap().len(), 29);
    let (out, _) = exported(&small().project(), Format::Doccano);
    let content = text_in(&out, "ana.jsonl");
    assert!(content.is_ascii(), "{content}");
    let record: Value = serde_json::from_str(&content).unwrap();
    assert_eq!((&record["text"], &record["doc_id"]), (&json!(SMALL), &json!("berita/a")));
    let entities = json!([
        { "id": 0, "label": "source", "start_offset": 6, "end_offset": 9 },
        { "id": 1, "label": "claim", "start_offset": 12, "end_offset": 17 },
        { "id": 2, "label": "claim", "start_offset": 30, "end_offset": 35 },
    ]);
    assert_eq!(record["entities"], entities);
    let relations = json!([
        { "id": 0, "from_id": 1, "to_id": 2, "type": "same_span" },
        { "id": 1, "from_id": 1, "to_id": 0, "type": "attributed-to" },
    ]);
    assert_eq!(record["relations"], relations);
}

#[test]
fn label_studio_gets_tasks_with_an_annotation_for_each_annotator_and_a_configuration() {
    let (out, report) = exported(&worked_example(), Format::LabelStudio);
    assert_eq!(report.losses.total(), 0);
    let tasks = json_in(&out, "tasks.json");
    let task = &tasks.as_array().unwrap()[0];
    assert_eq!(task["data"]["doc_id"], ARTICLE);
    let text = task["data"]["text"].as_str().unwrap();
    let [annotation] = &**task["annotations"].as_array().unwrap() else { panic!("one set") };
    assert_eq!(annotation["completed_by"]["email"], "gold");
    let results = annotation["result"].as_array().unwrap();
    let of = |kind: &str| results.iter().filter(|r| r["type"] == kind).collect::<Vec<_>>();
    assert_eq!((of("labels").len(), of("relation").len(), of("choices").len()), (29, 23, 17));
    for region in of("labels") {
        assert_eq!((&region["from_name"], &region["to_name"]), (&json!("label"), &json!("text")));
        assert_eq!(cut(text, &region["value"]), region["value"]["text"].as_str().unwrap());
        assert_eq!(region["value"]["labels"].as_array().unwrap().len(), 1);
    }
    for relation in of("relation") {
        assert_eq!(relation["direction"], "right");
        let known = |id: &Value| of("labels").iter().any(|region| region["id"] == *id);
        assert!(known(&relation["from_id"]) && known(&relation["to_id"]));
    }
    let config = text_in(&out, "label_config.xml");
    assert!(config.starts_with("<View>\n") && config.ends_with("</View>\n"), "{config}");
    for known in [
        "<Label value=\"claim\"",
        "<Relation value=\"attributed-to\"",
        "name=\"directness\"",
        "<Text name=\"text\" value=\"$text\"/>",
    ] {
        assert!(config.contains(known), "{known}: {config}");
    }
    let (out, _) = exported(&small().project(), Format::LabelStudio);
    let task = &json_in(&out, "tasks.json")[0];
    let results = task["annotations"][0]["result"].as_array().unwrap();
    let claim = results.iter().find(|r| r["value"]["text"] == "hujan").unwrap();
    assert_eq!((&claim["value"]["start"], &claim["meta"]["text"]), (&json!(10), &json!(["sure?"])));
    let last = results.iter().find(|r| r["labels"] == json!(["same_span"])).unwrap();
    assert_eq!(last["from_id"], claim["id"]);
}
