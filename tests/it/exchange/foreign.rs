//! Files of other programs, with what they may have and ours have not.

use tandai::storage::Project;

use super::{empty, entries, put, tandai};
use crate::markup::render;

/// Imports one file into an empty project.
#[track_caller]
fn imported(format: &str, content: &str) -> (String, i32, String) {
    let folder = empty();
    folder.write("in/rows.jsonl", content.as_bytes());
    let ran = tandai(&folder, &["import", format, "in/rows.jsonl", "--project", "p"]);
    let project = Project::at(&folder.path("p")).unwrap();
    let entry = entries(&project).pop().unwrap();
    let marked = entry.sets.first().map_or_else(
        || entry.document.text.as_str().to_owned(),
        |set| render(&entry.document.text, set, None, None),
    );
    (marked, ran.code, ran.said)
}

#[test]
fn a_field_without_a_value_hides_none_that_has_one() {
    let row = r#"{"id":"a","text":null,"content":"Kim kata","spans":null,"entities":[{"start":0,"end":3,"label":"source"}]}"#;
    let (marked, code, said) = imported("jsonl", row);
    assert_eq!((marked.as_str(), code), ("[source:Kim] kata", 0), "{said}");
}

#[test]
fn a_label_studio_of_before_2021_counts_in_utf_16_and_its_quotes_show_it() {
    let task = r#"{"data":{"text":"😀 Kim kata","doc_id":"a"},"annotations":[{"completed_by":"ana","result":[{"id":"x","type":"labels","value":{"start":3,"end":6,"text":"Kim","labels":["source"]}},{"id":"y","type":"labels","value":{"start":0,"end":2,"text":"😀","labels":["claim"]}}]}]}"#;
    let (marked, code, said) = imported("label-studio", task);
    assert_eq!((marked.as_str(), code), ("[claim:😀] [source:Kim] kata", 0));
    assert!(said.contains("UTF-16"), "{said}");
}

#[test]
fn a_link_called_as_ours_between_what_is_not_alike_stays_a_link() {
    let row = r#"{"text":"Kim kata","doc_id":"a","entities":[{"id":1,"label":"source","start_offset":0,"end_offset":3},{"id":2,"label":"claim","start_offset":4,"end_offset":8}],"relations":[{"id":1,"from_id":1,"to_id":2,"type":"same_span"}]}"#;
    let (marked, code, said) = imported("doccano", row);
    assert_eq!((marked.as_str(), code), ("[source:Kim] [claim:kata]", 0), "{said}");
    assert!(said.contains("1 link"), "{said}");
}

#[test]
fn a_file_of_another_format_is_said_to_be_one() {
    for (format, row, words) in [
        ("doccano", r#"{"id":"a","text":"Kim","spans":[]}"#, "import it as jsonl"),
        ("label-studio", r#"{"text":"Kim","label":[[0,3,"source"]]}"#, "no task of Label Studio"),
    ] {
        let folder = empty();
        folder.write("rows.jsonl", row.as_bytes());
        let ran = tandai(&folder, &["import", format, "rows.jsonl", "--project", "p"]);
        assert_eq!(ran.code, 2, "{}", ran.said);
        assert!(ran.said.contains(words), "{}", ran.said);
        // No project is left behind that nothing has come into.
        assert!(!folder.path("p/seeds").exists());
    }
}

#[test]
fn strict_writes_nothing_to_a_pipe_either_and_a_label_that_nothing_has_is_said() {
    let folder = empty();
    put(&folder, "a", "[source:Kim] [claim:kata]", &[("attributed-to", "kata", "Kim")]);
    let strict = ["export", "jsonl", "-", "--labels", "claim", "--strict"];
    let ran = tandai(&folder, &strict);
    assert_eq!((ran.code, ran.out.len()), (1, 0), "{}", ran.said);
    let ran = tandai(&folder, &["export", "jsonl", "out", "--labels", "claims"]);
    assert_eq!(ran.code, 1);
    assert!(ran.said.contains("nothing that is exported is labelled claims"), "{}", ran.said);
}
