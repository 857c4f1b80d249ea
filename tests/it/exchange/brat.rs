//! brat's files as brat and other programs write them.

use tandai::corpus::{AnnotationSet, Entry};
use tandai::exchange::{ImportFormat, Mapping};

use super::{Folder, empty, entries, import_with, imported_files, only_entry, tandai, text_in};
use crate::markup::render;

/// Imports one document and its annotations, without a refusal.
#[track_caller]
fn read(text: &str, notes: &str) -> Entry {
    let (folder, refusals) =
        imported_files(ImportFormat::Brat, &[("a.txt", text), ("a.ann", notes)]);
    assert_eq!(refusals, [""; 0]);
    only_entry(&folder)
}

#[track_caller]
fn marked(entry: &Entry) -> String {
    render(&entry.document.text, &entry.sets[0], None, None)
}

/// The links of a set: label, and what the ends quote.
fn links(entry: &Entry) -> Vec<(String, String, String)> {
    let set = &entry.sets[0];
    let quote = |id| set.annotation(id).unwrap().quote(&entry.document.text);
    let mut links: Vec<_> = set
        .relations()
        .iter()
        .map(|link| (link.label.to_string(), quote(&link.from), quote(&link.to)))
        .collect();
    links.sort();
    links
}

fn link(label: &str, from: &str, to: &str) -> (String, String, String) {
    (label.to_owned(), from.to_owned(), to.to_owned())
}

#[test]
fn all_kinds_of_lines_are_taken_over() {
    let text = "Kim berkata hujan, kata KCNA.\n";
    let notes = "T1\tsource 0 3\tKim\n\
                 T2\tclaim 4 11;12 17\tberkata hujan\n\
                 T10\tsource 24 28\tKCNA\n\
                 R1\tsaid_by Arg1:T2 Arg2:T1\n\
                 A1\tmode T2 quoted in part\n\
                 M2\tsure T2\n\
                 N1\tReference T1 Wikidata:Q56226\tKim Jong Un\n\
                 #1\tAnnotatorNotes T2\tby whom?\n\
                 #2\tAnnotatorNotes T2\tagain\n\
                 *\tsame-as T1 T10\n";
    let entry = read(text, notes);
    assert_eq!(
        marked(&entry),
        "[source:Kim] [claim#1:berkata] [claim#1:hujan], kata [source:KCNA].\n"
    );
    assert_eq!(
        links(&entry),
        [link("said_by", "berkata … hujan", "Kim"), link("same-as", "Kim", "KCNA")]
    );
    let annotations = entry.sets[0].annotations();
    assert_eq!(annotations[0].attributes["Reference"], "Wikidata:Q56226");
    assert_eq!(annotations[1].attributes["mode"], "quoted in part");
    // One without a value says that it is so.
    assert_eq!(annotations[1].attributes["sure"], "true");
    assert_eq!(annotations[1].note, "by whom?\nagain");
}

const EVENT_TEXT: &str = "Kim dan Li berkata hujan turun dan angin kencang.";
const EVENT_SPANS: &str = "T1\tsource 0 3\tKim\n\
                           T2\tsource 8 10\tLi\n\
                           T3\tAttribution 11 18\tberkata\n\
                           T4\tclaim 19 30\thujan turun\n\
                           T5\tclaim 35 48\tangin kencang\n";

#[test]
fn an_attribution_is_a_link_from_each_content_to_each_source() {
    let one = read(EVENT_TEXT, &format!("{EVENT_SPANS}E1\tAttribution:T3 Content:T4 Source:T1\n"));
    assert_eq!(links(&one), [link("attributed-to", "hujan turun", "Kim")]);
    assert!(marked(&one).contains("[Attribution:berkata]"), "{}", marked(&one));
    let event = "E1\tAttribution:T3 Content:T4 Content2:T5 Source:T1 Source2:T2\n";
    let two = read(EVENT_TEXT, &format!("{EVENT_SPANS}{event}"));
    let expected = [
        link("attributed-to", "angin kencang", "Kim"),
        link("attributed-to", "angin kencang", "Li"),
        link("attributed-to", "hujan turun", "Kim"),
        link("attributed-to", "hujan turun", "Li"),
    ];
    assert_eq!(links(&two), expected);
}

#[test]
fn what_a_relation_and_an_event_say_alike_is_one_link() {
    let both = "R1\tattributed-to Arg1:T4 Arg2:T1\nE1\tAttribution:T3 Content:T4 Source:T1\n";
    let read = read(EVENT_TEXT, &format!("{EVENT_SPANS}{both}"));
    assert_eq!(links(&read), [link("attributed-to", "hujan turun", "Kim")]);
}

#[test]
fn a_role_that_no_map_knows_is_a_link_from_the_words_of_the_event() {
    let event = "E1\tAttribution:T3 Content:T4 Source:T1 Cue:T2\n\
                 E2\tRain:T4 Where:T5 Cause:E1\n\
                 A1\tsure E2 no\n\
                 #1\tAnnotatorNotes E1\tsaid twice\n";
    let entry = read(EVENT_TEXT, &format!("{EVENT_SPANS}{event}"));
    let expected = [
        link("Cause", "hujan turun", "berkata"),
        link("Cue", "berkata", "Li"),
        link("Where", "hujan turun", "angin kencang"),
        link("attributed-to", "hujan turun", "Kim"),
    ];
    assert_eq!(links(&entry), expected);
    let with = |label: &str| {
        entry.sets[0].annotations().iter().find(|a| a.quote(&entry.document.text) == label).unwrap()
    };
    assert_eq!(with("hujan turun").attributes["sure"], "no");
    assert_eq!(with("berkata").note, "said twice");
    // Half an attribution is not the relation that a whole one is.
    let half = read(EVENT_TEXT, &format!("{EVENT_SPANS}E1\tAttribution:T3 Content:T4\n"));
    assert_eq!(links(&half), [link("Content", "berkata", "hujan turun")]);
}

#[test]
fn a_map_says_what_other_events_are() {
    let folder = empty();
    folder.write("in/a.txt", EVENT_TEXT.as_bytes());
    let event = "E1\tSaying:T3 What:T4 Who:T1\n";
    let notes = EVENT_SPANS.replace("Attribution", "Saying") + event;
    folder.write("in/a.ann", notes.as_bytes());
    let map = r#"(labels: {"Saying": None}, events: {"Saying": (from: "What", to: "Who", relation: "attributed-to")})"#;
    folder.write("map.ron", map.as_bytes());
    let arguments =
        ["import", "brat", "in", "--project", "p", "--map", "map.ron", "--annotator", "ana"];
    let ran = tandai(&folder, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let entry = entries(&tandai::storage::Project::at(&folder.path("p")).unwrap()).remove(0);
    assert_eq!(links(&entry), [link("attributed-to", "hujan turun", "Kim")]);
    assert!(!marked(&entry).contains("Saying"));
}

#[test]
fn offsets_that_count_cr_lf_once_are_told_by_the_quotes_and_converted() {
    let folder = empty();
    let text = "Satu.\r\nKim kata\r\nhujan.\r\n";
    folder.write("in/a.txt", text.as_bytes());
    // As Python counts, which reads CR LF as one character.
    folder.write("in/a.ann", b"T1\tsource 6 9\tKim\nT2\tclaim 10 14;15 20\tkata hujan\n");
    let ran = tandai(&folder, &["import", "brat", "in", "--project", "p", "--annotator", "ana"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("offsets count code points, with CR LF as one"), "{}", ran.said);
    assert_eq!(folder.read("p/seeds/a.txt"), text.as_bytes());
    let entry = entries(&tandai::storage::Project::at(&folder.path("p")).unwrap()).remove(0);
    // A span over two lines is one again.
    assert_eq!(marked(&entry), "Satu.\r\n[source:Kim] [claim:kata\r\nhujan].\r\n");
    // The same where both characters count, as brat itself has it.
    let entry = read(text, "T1\tsource 7 10\tKim\nT2\tclaim 11 15;17 22\tkata hujan\n");
    assert_eq!(marked(&entry), "Satu.\r\n[source:Kim] [claim:kata\r\nhujan].\r\n");
}

#[test]
fn offsets_in_bytes_or_utf_16_are_told_by_the_quotes() {
    for line in ["T1\tsource 5 8\tKim\n", "T1\tsource 3 6\tKim\n", "T1\tsource 2 5\tKim\n"] {
        assert_eq!(marked(&read("👍 Kim", line)), "👍 [source:Kim]", "{line}");
    }
}

#[test]
fn without_an_annotator_the_top_folders_are_annotators_unless_a_text_lies_at_the_top() {
    let text = ("Kim kata", "T1\tsource 0 3\tKim\n");
    let names = |folder: &Folder| -> Vec<(String, Vec<String>)> {
        let people =
            |sets: &[AnnotationSet]| sets.iter().map(|s| s.annotator().to_string()).collect();
        let entries = entries(&folder.project());
        entries.iter().map(|e| (e.document.path.id().to_owned(), people(&e.sets))).collect()
    };
    let files = [
        ("annotation.conf", "[entities]\n"),
        ("ana/news/a.txt", text.0),
        ("ana/news/a.ann", text.1),
        ("budi/news/a.txt", text.0),
        ("budi/news/a.ann", ""),
    ];
    let (folder, refusals) = imported_files(ImportFormat::Brat, &files);
    assert_eq!(refusals, [""; 0]);
    assert_eq!(names(&folder), [("news/a".to_owned(), vec!["ana".to_owned(), "budi".to_owned()])]);
    let files =
        [("top.txt", "Sepi"), ("top.ann", ""), ("news/a.txt", text.0), ("news/a.ann", text.1)];
    let (folder, refusals) = imported_files(ImportFormat::Brat, &files);
    assert_eq!(refusals, [""; 0]);
    let zoe = vec!["zoe".to_owned()];
    assert_eq!(names(&folder), [("news/a".to_owned(), zoe.clone()), ("top".to_owned(), zoe)]);
}

#[test]
fn each_line_that_cannot_be_read_is_said_with_its_number() {
    let notes = "T1\tsource 0 3\tKim\n\
                 T2\tclaim 4 8\tkita\n\
                 T3\tclaim 4 99\tkata\n\
                 T4 claim 4 8 kata\n\
                 T5\tclaim x 8\tkata\n\
                 R1\tsaid_by Arg1:T1\n\
                 R2\tsaid_by Arg1:T1 Arg2:T9\n\
                 A1\tmode T9 x\n\
                 #1\tAnnotatorNotes T9\tx\n\
                 ?\twhat\n\
                 T1\tclaim 4 8\tkata\n\
                 T6\tclaim 4 8;0 3\tkata Kim\n\
                 T7\tclaim 0 3;2 8\tKim m kata\n";
    let (folder, refusals) = imported_files(
        ImportFormat::Brat,
        &[("a.txt", "Kim kata"), ("a.ann", notes), ("b.ann", "")],
    );
    let lines: std::collections::BTreeSet<&str> = refusals
        .iter()
        .filter_map(|said| said.strip_prefix("a.ann:")?.split_once(": "))
        .map(|(line, _)| line)
        .collect();
    let expected = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "13"];
    assert_eq!(lines, expected.into(), "{refusals:#?}");
    assert!(refusals.iter().any(|said| said.starts_with("b.ann: ")), "{refusals:#?}");
    // Fragments out of order are put in order: nothing else could be meant.
    assert_eq!(marked(&only_entry(&folder)), "[source:[claim#1:Kim]] [claim#1:kata]");
}

#[test]
fn what_goes_with_an_annotation_that_is_refused_is_named() {
    let notes = "T1\tclaim 0 3\tLee\nA1\tform T1 direct\n#1\tAnnotatorNotes T1\tunsure\n";
    let (_, refusals) = imported_files(ImportFormat::Brat, &[("a.txt", "Kim"), ("a.ann", notes)]);
    let there = "claim quotes \u{201c}Lee\u{201d}, but the article has \u{201c}Kim\u{201d} there";
    assert_eq!(refusals, [format!("a.ann:1: {there}; with it form=direct, its note")]);
}

#[test]
fn types_that_brat_cannot_spell_come_back_as_they_were_called() {
    let folder = empty();
    super::put(&folder, "a", "[claim:Kim] kata", &[]);
    let file = "annotations/ana/a.txt.ron";
    let named = text_in(&folder, file).replace("\"claim\"", "\"klaim utama: 主張\"");
    folder.write(file, named.as_bytes());
    let (out, report) = super::exported(&folder.project(), tandai::exchange::Format::Brat);
    assert_eq!(report.losses.total(), 0);
    let notes = text_in(&out, "ana/a.ann");
    let kind = notes.split(['\t', ' ']).nth(1).unwrap();
    assert!(kind.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{kind}");
    assert!(text_in(&out, "visual.conf").contains("klaim utama: 主張"));
    let back = empty();
    let (_, refusals) = import_with(ImportFormat::Brat, &out.path(""), &back, &Mapping::usual());
    assert_eq!(refusals, []);
    assert_eq!(&*only_entry(&back).sets[0].annotations()[0].label, "klaim utama: 主張");
}

#[test]
fn which_end_of_a_link_is_which_is_said_by_name_and_what_a_reference_is_called_is_kept() {
    let notes = "T1\tsource 0 3\tKim\nT2\tclaim 9 14\thujan\nR1\tattributed-to Arg2:T1 Arg1:T2\n\
                 N1\tReference T1 Wikidata:Q1\tKim Jong Un\n";
    let entry = read("Kim kata hujan.", notes);
    assert_eq!(links(&entry), [link("attributed-to", "hujan", "Kim")]);
    let values = &entry.sets[0].annotations()[0].attributes;
    assert_eq!((&*values["Reference"], &*values["Reference_text"]), ("Wikidata:Q1", "Kim Jong Un"));
}
