//! What a format cannot hold: said for each by document, annotator, kind and id.

use serde_json::{Value, json};
use tandai::corpus::{Annotation, AnnotationSet, Fragments, Id, Relation, Status};
use tandai::exchange::{ExportOptions, Format, LossKind};
use tandai::text::{Offset, Span, Text};

use super::{
    empty, export_with, exported, imported, json_in, lines_in, only_entry, person, put, put_set,
    tandai, text_in,
};
use crate::files::Folder;

/// An annotation's id, label and spans.
type Sketched<'a> = (&'a str, &'a str, &'a [(usize, usize)]);

/// A project in which ana says this about `berita/a`, by id, label and spans.
fn marked(text: &str, annotations: &[Sketched<'_>]) -> (Folder, Text) {
    marked_with(text, annotations, &[], |_| {})
}

fn marked_with(
    text: &str,
    annotations: &[Sketched<'_>],
    relations: &[(&str, &str, &str, &str)],
    change: impl Fn(&mut Annotation),
) -> (Folder, Text) {
    let text = Text::new(text);
    let id = |id: &str| Id::new(id).unwrap();
    let span =
        |(start, end): &(usize, usize)| Span::new(Offset::new(*start), Offset::new(*end)).unwrap();
    let annotations = annotations.iter().map(|(name, label, spans)| {
        let fragments = Fragments::in_order(spans.iter().map(span).collect()).unwrap();
        let mut annotation = Annotation::new(id(name), (*label).into(), fragments);
        change(&mut annotation);
        annotation
    });
    let relations = relations.iter().map(|(name, label, from, to)| Relation {
        id: id(name),
        label: (*label).into(),
        from: id(from),
        to: id(to),
    });
    let set = AnnotationSet::assemble(
        person("ana"),
        text.end(),
        Status::Done,
        annotations.collect(),
        relations.collect(),
    );
    let folder = empty();
    put_set(&folder, "berita/a", &text, &set.unwrap());
    (folder, text)
}

/// The kinds and ids of what is lost, all of which has to be by ana about `berita/a`.
#[track_caller]
fn lost(folder: &Folder, format: Format) -> Vec<(LossKind, String)> {
    let (out, report) = exported(&folder.project(), format);
    let told = json_in(&out, "loss.json");
    let told = told["losses"].as_array().unwrap();
    assert_eq!(told.len(), report.losses.total());
    let losses = report.losses.shown().iter().zip(told);
    losses
        .map(|(loss, told)| {
            assert_eq!((&*loss.document, &*loss.annotator), ("berita/a", "ana"));
            assert!(!loss.reason.is_empty() && !loss.instead.is_empty(), "{loss:?}");
            assert_eq!(told["id"], loss.id);
            (loss.kind, loss.id.clone())
        })
        .collect()
}

fn named(losses: &[(LossKind, &str)]) -> Vec<(LossKind, String)> {
    losses.iter().map(|(kind, id)| (*kind, (*id).to_owned())).collect()
}

#[test]
fn the_report_has_fields_of_fixed_names_and_counts_each_kind() {
    let (folder, _) = marked_with("Kata Kim", &[("x1", "claim", &[(0, 8)])], &[], |annotation| {
        annotation.note = "sure?".to_owned();
        annotation.attributes.insert("directness".to_owned(), "direct".to_owned());
    });
    let (out, _) = exported(&folder.project(), Format::Doccano);
    let report = json_in(&out, "loss.json");
    let object = report.as_object().unwrap();
    let fields: Vec<&String> = object.keys().collect();
    assert_eq!(fields, ["counts", "files", "format", "left_out", "losses", "made_by", "problems"]);
    assert_eq!((&report["made_by"], &report["format"]), (&json!("tandai"), &json!("doccano")));
    assert_eq!(report["counts"], json!({ "attribute": 1, "note": 1 }));
    let expected = json!({
        "document": "berita/a", "annotator": "ana", "kind": "attribute", "id": "x1",
        "label": "claim", "quote": "Kata Kim",
        "reason": "doccano has no attributes: directness = direct", "instead": "it is left out",
    });
    assert_eq!(report["losses"][0], expected);
    let file = &report["files"][0];
    let size = text_in(&out, "ana.jsonl").len();
    assert_eq!((&file["file"], &file["bytes"]), (&json!("ana.jsonl"), &json!(size)));
    assert!(file["crc32"].is_u64());
}

/// Two fragments with white space at their edges, both of which lie in a longer annotation.
#[test]
fn what_is_lost_in_several_ways_is_counted_once_and_what_is_lost_alike_is_said_once() {
    let (folder, _) = marked_with(
        "Kata Kim hari ini",
        &[("x1", "claim", &[(0, 17)]), ("x2", "claim", &[(0, 5), (9, 14)])],
        &[],
        |_| {},
    );
    let (out, report) = exported(&folder.project(), Format::Conll);
    let told = json_in(&out, "loss.json");
    let of_short = told["losses"].as_array().unwrap().iter().filter(|loss| loss["id"] == "x2");
    let reasons: Vec<&str> = of_short.map(|loss| loss["reason"].as_str().unwrap()).collect();
    let wanted = [
        "CoNLL has no fragments",
        "it begins or ends with white space",
        "it overlaps a longer one of its own label",
    ];
    assert_eq!(reasons, wanted);
    assert_eq!(
        (&told["counts"], report.losses.words().as_str()),
        (&json!({ "span": 1 }), "1 span")
    );
    assert_eq!(report.losses.total(), 3);
}

#[test]
fn an_export_counts_what_is_in_its_files_and_not_what_is_lost() {
    let (folder, _) = marked_with(
        "Kata Kim",
        &[("x1", "claim", &[(0, 8)]), ("x2", "claim", &[(0, 4)])],
        &[("r1", "sama", "x1", "x2")],
        |_| {},
    );
    let said = |format: &str| {
        let ran = tandai(&folder, &["export", format, &format!("out-{format}")]);
        let said = ran.said.lines().find(|line| line.contains("exported ")).unwrap_or_default();
        said.split_once(" to ").map(|(start, rest)| {
            (start.to_owned(), rest.split_once(", ").unwrap_or_default().1.to_owned())
        })
    };
    let whole = "tandai: exported 1 article, 2 annotations, 1 link".to_owned();
    assert_eq!(said("jsonl"), Some((whole, "read back and found the same".to_owned())));
    let part = "tandai: exported 1 article, 1 of 2 annotations, 0 of 1 link".to_owned();
    let but = "read back and found the same but for what is lost".to_owned();
    assert_eq!(said("conll"), Some((part, but.clone())));
    // What comes back in several parts is one annotation.
    let (folder, _) = marked_with(
        "Kata Kim hari ini",
        &[
            ("x1", "claim", &[(0, 8)]),
            ("x2", "claim", &[(0, 4)]),
            ("x3", "source", &[(0, 4), (9, 13)]),
        ],
        &[],
        |_| {},
    );
    let ran = tandai(&folder, &["export", "conll", "out"]);
    assert!(ran.said.contains("exported 1 article, 2 of 3 annotations, 0 links"), "{}", ran.said);
}

#[test]
fn formats_that_hold_everything_lose_nothing() {
    let (folder, _) = marked_with(
        "a b\r\n\tc\u{2028}d  ",
        &[("x1", "klaim utama", &[(0, 1), (2, 4), (5, 6)]), ("x2", "claim", &[(3, 11)])],
        &[("r1", "sama", "x1", "x2")],
        |annotation| {
            annotation.note = "\n= ".to_owned();
            annotation.attributes.insert("a b".to_owned(), "\t\u{85}".to_owned());
        },
    );
    for format in [Format::Jsonl, Format::Parquet, Format::Csv, Format::LabelStudio, Format::W3c] {
        assert_eq!(lost(&folder, format), [], "{format}");
    }
}

#[test]
fn brat_joins_lines_again_and_names_what_white_space_takes_away() {
    // Broken over lines by each of the ten characters: one span all the same.
    let ten = "a\nb\rc\u{b}d\u{c}e\u{1c}f\u{1d}g\u{1e}h\u{85}i\u{2028}j\u{2029}k";
    let (folder, _) = marked(ten, &[("x1", "claim", &[(0, 21)])]);
    assert_eq!(lost(&folder, Format::Brat), []);
    let (out, _) = exported(&folder.project(), Format::Brat);
    let notes = text_in(&out, "ana/berita/a.ann");
    assert!(
        notes.starts_with("T1\tclaim 0 1;2 3;4 5;6 7;") && notes.lines().count() == 1,
        "{notes}"
    );
    let (back, _) = imported(tandai::exchange::ImportFormat::Brat, &out.path(""));
    let entry = only_entry(&back);
    let spans = entry.sets[0].annotations()[0].fragments.clone();
    assert_eq!(
        spans.iter().map(|s| (s.start().get(), s.end().get())).collect::<Vec<_>>(),
        [(0, 21)]
    );

    let (folder, _) = marked_with(
        "satu  \n dua\ntiga",
        &[
            ("edge", "claim", &[(0, 5)]),
            ("joined", "source", &[(0, 4), (8, 11)]),
            ("nothing", "denial", &[(4, 8)]),
            ("whole", "claim", &[(12, 16)]),
        ],
        &[("gone", "denies", "nothing", "whole"), ("kept", "same-as", "whole", "edge")],
        |_| {},
    );
    let expected = [
        (LossKind::Span, "edge"),
        (LossKind::Span, "joined"),
        (LossKind::Span, "nothing"),
        (LossKind::Relation, "gone"),
    ];
    assert_eq!(lost(&folder, Format::Brat), named(&expected));
}

#[test]
fn brat_names_notes_and_values_with_more_than_a_line() {
    let (folder, _) = marked_with(
        "satu dua",
        &[("x1", "claim", &[(0, 4)]), ("x2", "claim", &[(5, 8)])],
        &[],
        |annotation| {
            if annotation.id.as_str() == "x1" {
                annotation.note = "one\ntwo".to_owned();
                annotation.attributes.insert("why".to_owned(), "a\tb".to_owned());
            } else {
                annotation.note = "one two".to_owned();
                annotation.attributes.insert("why not".to_owned(), "a b".to_owned());
            }
        },
    );
    let expected = [(LossKind::Attribute, "x1"), (LossKind::Note, "x1")];
    assert_eq!(lost(&folder, Format::Brat), named(&expected));
    let (out, _) = exported(&folder.project(), Format::Brat);
    let notes = text_in(&out, "ana/berita/a.ann");
    assert!(notes.contains("#1\tAnnotatorNotes T1\tone two\n"), "{notes}");
}

#[test]
fn brat_texts_have_line_feeds_unless_both_characters_are_kept() {
    let (folder, text) =
        marked("a\r\n👍 b\r\nc", &[("x1", "claim", &[(3, 6)]), ("x2", "source", &[(8, 9)])]);
    let (out, _) = exported(&folder.project(), Format::Brat);
    assert_eq!(text_in(&out, "ana/berita/a.txt"), "a\n👍 b\nc");
    assert_eq!(text_in(&out, "ana/berita/a.ann"), "T1\tclaim 2 5\t👍 b\nT2\tsource 6 7\tc\n");
    let keeping = empty();
    let options = ExportOptions { keep_line_ends: true, ..ExportOptions::default() };
    export_with(&folder.project(), Format::Brat, &options, &keeping.path(""));
    assert_eq!(text_in(&keeping, "ana/berita/a.txt"), text.as_str());
    assert_eq!(text_in(&keeping, "ana/berita/a.ann"), "T1\tclaim 3 6\t👍 b\nT2\tsource 8 9\tc\n");
}

#[test]
fn conll_names_what_overlaps_what_has_fragments_and_all_links() {
    let (folder, _) = marked_with(
        "Kim kata hujan turun",
        &[
            ("long", "claim", &[(0, 20)]),
            ("inner", "source", &[(0, 3)]),
            ("same", "claim", &[(9, 14)]),
            ("parts", "denial", &[(4, 8), (15, 20)]),
        ],
        &[("link", "attributed-to", "long", "inner")],
        |annotation| annotation.note = "sure?".to_owned(),
    );
    let found = lost(&folder, Format::Conll);
    let of = |kind| {
        let ids = found.iter().filter(|(of, _)| *of == kind).map(|(_, id)| id.as_str());
        ids.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(of(LossKind::Span), ["inner", "parts", "same"].into());
    assert_eq!(of(LossKind::Relation), ["link"].into());
    assert_eq!(of(LossKind::Note).len(), 4);
    let (out, _) = exported(&folder.project(), Format::Conll);
    let combined = text_in(&out, "ana.conll");
    assert!(combined.contains("Kim -X- -X- B-claim\n"), "the longest wins: {combined}");
    assert!(text_in(&out, "ana.source.conll").contains("Kim -X- -X- B-source\n"));
}

#[test]
fn conll_names_what_has_room_beside_other_labels_but_not_in_the_file_of_its_own() {
    let text = "a b c d e f g h i j";
    let spans: [Sketched<'_>; 3] = [
        ("wide", "claim", &[(0, 13)]),
        ("long", "source", &[(12, 17)]),
        ("short", "source", &[(14, 15)]),
    ];
    let (folder, _) = marked(text, &spans);
    let expected = [(LossKind::Span, "long"), (LossKind::Span, "short")];
    assert_eq!(lost(&folder, Format::Conll), named(&expected));
}

#[test]
fn doccano_and_spacy_name_values_and_notes_and_spacy_what_cuts_white_space() {
    let (folder, _) = marked_with(
        "Kim  kata",
        &[("x1", "claim", &[(0, 3)]), ("x2", "source", &[(4, 9)])],
        &[("r1", "same-as", "x1", "x2")],
        |annotation| {
            if annotation.id.as_str() == "x1" {
                annotation.note = "sure?".to_owned();
                annotation.attributes.insert("directness".to_owned(), "direct".to_owned());
            }
        },
    );
    let plain = [(LossKind::Attribute, "x1"), (LossKind::Note, "x1")];
    assert_eq!(lost(&folder, Format::Doccano), named(&plain));
    // The second blank is a token of its own, on whose border the span may begin.
    assert_eq!(lost(&folder, Format::Spacy), named(&plain));
    let (folder, _) =
        marked("Kim   kata", &[("x1", "claim", &[(5, 10)]), ("x2", "claim", &[(4, 5)])]);
    let cut = lost(&folder, Format::Spacy);
    assert_eq!(cut, named(&[(LossKind::Span, "x2"), (LossKind::Span, "x1")]));
}

#[test]
fn a_link_that_is_called_like_the_one_between_fragments_is_named() {
    let (folder, _) = marked_with(
        "Kim kata",
        &[("x1", "claim", &[(0, 3)]), ("x2", "source", &[(4, 8)])],
        &[("r1", "same_span", "x1", "x2")],
        |_| {},
    );
    for format in [Format::Doccano, Format::LabelStudio] {
        assert_eq!(lost(&folder, format), named(&[(LossKind::Relation, "r1")]), "{format}");
    }
}

#[test]
fn a_link_to_something_that_was_not_chosen_is_lost_and_one_beside_it_is_not() {
    let folder = empty();
    let links =
        [("attributed-to", "hujan", "Kim"), ("denies", "Tidak", "hujan"), ("same-as", "Kim", "ia")];
    let set =
        put(&folder, "a", "[source:Kim]: [claim:hujan]. [denial:Tidak], kata [source:ia].", &links);
    let out = empty();
    let labels = ["claim".to_owned(), "denial".to_owned()];
    let options = ExportOptions { labels: Some(labels.into()), ..ExportOptions::default() };
    let report = export_with(&folder.project(), Format::Jsonl, &options, &out.path(""));
    let row = &lines_in(&out, "data/train-00000.jsonl")[0];
    let kept: Vec<&Value> = row["spans"].as_array().unwrap().iter().map(|s| &s["label"]).collect();
    assert_eq!(kept, ["claim", "denial"]);
    assert_eq!(row["relations"].as_array().unwrap().len(), 1);
    // Two sources and the link between them were not asked for; the third link was cut.
    let cut = set.relations().iter().find(|r| &*r.label == "attributed-to").unwrap();
    let [loss] = report.losses.shown() else { panic!("{:?}", report.losses) };
    assert_eq!((loss.kind, loss.id.as_str()), (LossKind::Relation, cut.id.as_str()));
}

#[test]
fn losses_are_said_and_with_strict_keep_anything_from_being_written() {
    let (folder, _) = marked_with("Kim kata", &[("x1", "claim", &[(0, 3)])], &[], |annotation| {
        annotation.note = "sure?".to_owned();
    });
    let ran = tandai(&folder, &["export", "doccano", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let line = "1 note: not carried as it is by doccano";
    let detail = "berita/a ana claim x1: doccano has no notes; it is left out";
    assert!(ran.said.contains(line) && ran.said.contains(detail), "{}", ran.said);
    let ran = tandai(&folder, &["export", "doccano", "strict", "--strict"]);
    assert_eq!(ran.code, 1);
    assert!(ran.said.contains(detail) && ran.said.contains("nothing was written"), "{}", ran.said);
    assert!(!folder.path("strict").exists());
    // Nothing of it lies about beside the place either.
    let left = std::fs::read_dir(folder.path("")).unwrap().map(|e| e.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".tandai-export")));
    let ran = tandai(&folder, &["export", "jsonl", "whole", "--strict"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(folder.path("whole/README.md").exists());
}

#[test]
fn what_is_in_conflict_or_has_no_place_is_named_in_every_format() {
    let folder = Folder::with(&[("seeds/berita/a.txt", b"Kim tiba di Seoul.")]);
    let digest = folder.document("berita/a.txt").digest;
    let set = format!(
        r#"(
    format: 1,
    document: (path: "berita/a.txt", characters: 18, sha256: "{}"),
    annotator: "ana",
    status: Done,
    annotations: [(id: "k", label: "source", spans: [(0, 3)], text: ["Kim"])],
    conflicts: [
        (id: "k"),
    ],
    adrift: [
        (sha256: "00", annotation: (id: "w", label: "claim", spans: [(90, 95)], text: ["pergi"]),
         relations: [(id: "r", label: "attributed-to", from: "w", to: "k")]),
    ],
)"#,
        digest.as_hex()
    );
    folder.write("annotations/ana/berita/a.txt.ron", set.as_bytes());
    let all = [
        (LossKind::Span, "k".to_owned()),
        (LossKind::Span, "w".to_owned()),
        (LossKind::Relation, "r".to_owned()),
    ];
    for format in Format::ALL {
        let found = lost(&folder, format);
        for one in &all {
            assert!(found.contains(one), "{format}: {one:?} in {found:?}");
        }
    }
    let (out, _) = exported(&folder.project(), Format::Jsonl);
    let told = json_in(&out, "loss.json");
    let of = |id: &str| told["losses"].as_array().unwrap().iter().find(|one| one["id"] == id);
    assert_eq!(of("w").unwrap()["quote"], "pergi");
    assert_eq!(of("k").unwrap()["reason"], "it is in conflict since a merge");
    // Of labels that are not asked for, nothing is lost.
    let only =
        ExportOptions { labels: Some(["location".to_owned()].into()), ..ExportOptions::default() };
    let to = folder.path("out");
    let report = export_with(&folder.project(), Format::Jsonl, &only, &to);
    assert_eq!(report.losses.shown(), []);
}
