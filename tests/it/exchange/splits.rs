//! Sharing out: by the seed and the story alone, and listed.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tandai::exchange::{
    ExportOptions, Format, Sharing, Signature, Split, SplitError, SplitPlan, split,
};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    BOTH_WAYS, empty, entries, export_with, import_format, import_with, imported, json_in,
    lines_in, names_below, person, project_in, put, put_by, tandai, text_in,
};
use crate::files::Folder;
use tandai::exchange::Mapping;

fn plan(parts: &str, seed: u64) -> SplitPlan {
    SplitPlan::parse(parts, seed).unwrap()
}

/// A text of its own for a number: words that no other number's text has.
fn story(number: usize) -> String {
    (0..40).map(|at| format!("kata{number}x{at} ")).collect()
}

fn sharing(id: &str, text: &str) -> Sharing {
    let counts = BTreeMap::from([("claim".into(), 2)]);
    Sharing { id: id.to_owned(), signature: Signature::of(text), counts }
}

fn shared(plan: &SplitPlan, texts: &[(String, String)]) -> Split {
    let sharings: Vec<_> = texts.iter().map(|(id, text)| sharing(id, text)).collect();
    split(plan, &sharings)
}

fn stories(numbers: std::ops::Range<usize>) -> Vec<(String, String)> {
    numbers.map(|number| (format!("n{number}"), story(number))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn documents_that_come_later_move_none(seed in any::<u64>(), before in 1_usize..60, more in 1_usize..60) {
        let plan = plan("train=70,dev=10,test=20", seed);
        let first = shared(&plan, &stories(0..before));
        let mut grown = stories(0..before + more);
        // Wherever they stand in the order.
        grown.rotate_left(before / 2);
        let second = shared(&plan, &grown);
        for (id, part) in &first.documents {
            prop_assert_eq!(&second.documents[id], part);
        }
        prop_assert_eq!(second.documents.len(), before + more);
        let sum: usize = second.parts.iter().map(|part| part.documents).sum();
        prop_assert_eq!(sum, before + more);
    }

    #[test]
    fn copies_of_a_story_are_in_one_part(seed in any::<u64>(), changed in 0_usize..40) {
        let plan = plan("train=50,test=50", seed);
        let mut texts = stories(0..20);
        for (id, text) in stories(0..20) {
            // A wire story with a word changed and a line of the paper's own.
            let text = text.replace(&format!("x{changed} "), "lain ") + " Laporan: redaksi.";
            texts.push((format!("copy of {id}"), text));
        }
        let shared = shared(&plan, &texts);
        for (id, _) in stories(0..20) {
            prop_assert_eq!(&shared.documents[&id], &shared.documents[&format!("copy of {id}")]);
        }
        prop_assert_eq!(shared.same_story.len(), 20);
    }
}

/// How many of these seeds bring two texts into one part, and whether each time they are told to be
/// one story.
fn together(one: &str, other: &str) -> (usize, bool) {
    let texts = [("a".to_owned(), one.to_owned()), ("b".to_owned(), other.to_owned())];
    let shared: Vec<Split> = (0..40).map(|seed| shared(&plan("a=1,b=1", seed), &texts)).collect();
    let is_one_part = |split: &&Split| split.documents["a"] == split.documents["b"];
    let is_told = shared.iter().all(|split| split.same_story.len() == 1);
    (shared.iter().filter(is_one_part).count(), is_told)
}

#[test]
fn a_story_is_the_same_however_it_is_encoded() {
    let composed =
        "Thủ tướng phát biểu tại Hà Nội về vấn đề an ninh khu vực và hợp tác quốc phòng.";
    let apart: String = composed.nfd().collect();
    assert_ne!(composed, apart);
    assert_eq!(together(composed, &apart), (40, true));
}

#[test]
fn a_story_in_a_script_without_blanks_is_the_same_when_some_words_are_others() {
    let chinese = "朝鲜否认向俄罗斯提供武器，称有关报道毫无根据。朝中社援引国防部官员的话说，平壤从未与莫斯科\
        进行过武器交易，今后也没有这样的计划。美国政府此前表示，朝鲜正在考虑向俄罗斯出售数百万枚炮弹和火箭弹。";
    assert_eq!(
        together(chinese, &chinese.replace("官员", "将军").replace("报道", "消息")),
        (40, true)
    );
    let thai = "นายกรัฐมนตรีกล่าวว่ารายงานดังกล่าวไม่เป็นความจริงและขอให้ประชาชนอย่าหลงเชื่อข่าวลือที่กรุงเทพมหานคร";
    assert_eq!(together(thai, &thai.replace("ประชาชน", "พลเมือง")), (40, true));
    // Others are others.
    let other = "东京消息：日本首相周三在国会表示，政府将在年内公布新的经济刺激方案，以应对物价上涨和日元贬值。";
    assert!(together(chinese, other).0 < 40 && !together(chinese, other).1);
}

#[test]
fn the_parts_have_the_sizes_that_were_asked_for_and_another_seed_draws_others() {
    let texts = stories(0..1_000);
    let first = shared(&plan("train=80,dev=10,test=10", 7), &texts);
    let sizes: Vec<usize> = first.parts.iter().map(|part| part.documents).collect();
    // Four standard deviations of a thousand draws, and these are always the same draws.
    for (size, (least, most)) in sizes.iter().zip([(750, 850), (60, 140), (60, 140)]) {
        assert!((least..=most).contains(size), "{sizes:?}");
    }
    assert_eq!(first.parts[0].labels["claim"], 2 * sizes[0]);
    let other = shared(&plan("train=80,dev=10,test=10", 8), &texts);
    let moved = first.documents.iter().filter(|(id, part)| other.documents[*id] != **part);
    assert!(moved.count() > 100);
    let none = shared(&plan("train=1,test=0", 7), &texts);
    assert_eq!(none.parts[1].documents, 0);
}

#[test]
fn parts_that_are_none_are_refused() {
    let refused = |words: &str| SplitPlan::parse(words, 0).unwrap_err();
    assert!(matches!(refused("train"), SplitError::NotAShare(_)));
    assert!(matches!(refused("train=a"), SplitError::NotAShare(_)));
    assert!(matches!(refused("train=-1"), SplitError::NotAShare(_)));
    assert!(matches!(refused(""), SplitError::NotAShare(_)));
    assert!(matches!(refused("../x=1"), SplitError::Name(_)));
    assert!(matches!(refused("=1"), SplitError::Name(_)));
    assert!(matches!(refused("a=1,a=2"), SplitError::Twice(_)));
    assert!(matches!(refused("a=0,b=0"), SplitError::Nothing));
    let huge = plan("a=4294967295,b=4294967295", 0);
    assert_eq!(shared(&huge, &stories(0..9)).documents.len(), 9);
}

/// A project with twelve articles, the last two of one story, and one that is empty.
fn twelve() -> Folder {
    let folder = empty();
    for number in 0..11 {
        put(&folder, &format!("n{number}"), &format!("[claim:{}]", story(number).trim()), &[]);
    }
    put(&folder, "copy", &format!("[claim:{}] Redaksi", story(10).trim()), &[]);
    put_by(&folder, "budi", "n0", &format!("[source:{}]", story(0).trim()), &[]);
    put(&folder, "empty", "", &[]);
    folder
}

#[test]
fn the_list_of_parts_says_where_each_document_is_and_the_files_agree() {
    let folder = twelve();
    let arguments = ["export", "jsonl", "out", "--split", "train=60,dev=20,test=20", "--seed", "3"];
    let ran = tandai(&folder, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.said);
    let splits = json_in(&folder, "out/splits.json");
    assert_eq!(splits["seed"], 3);
    let documents = splits["documents"].as_object().unwrap();
    assert_eq!(documents.len(), 13);
    assert_eq!(documents["copy"], documents["n10"]);
    assert_eq!(splits["same_story"], serde_json::json!([["copy", "n10"]]));
    let mut found = BTreeMap::new();
    for part in splits["parts"].as_array().unwrap() {
        let name = part["name"].as_str().unwrap();
        let file = format!("out/data/{name}-00000.jsonl");
        let rows = if folder.path(&file).exists() { lines_in(&folder, &file) } else { Vec::new() };
        assert_eq!(part["documents"], rows.len());
        assert!(ran.said.contains(&format!("{name}: {} article", rows.len())), "{}", ran.said);
        for row in rows {
            found.insert(row["id"].as_str().unwrap().to_owned(), name.to_owned());
        }
    }
    let told: BTreeMap<String, String> = documents
        .iter()
        .map(|(id, part)| (id.clone(), part.as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(found, told);
    assert!(text_in(&folder, "out/README.md").contains("seed 3"));
}

#[test]
fn every_format_shares_out_alike_and_is_read_again_from_all_parts() {
    let folder = twelve();
    let options = ExportOptions {
        split: Some(plan("train=60,dev=20,test=20", 3)),
        ..ExportOptions::default()
    };
    let mut lists = BTreeSet::new();
    for format in Format::ALL {
        let out = empty();
        export_with(&folder.project(), format, &options, &out.path(""));
        lists.insert(text_in(&out, "splits.json"));
        if !BOTH_WAYS.contains(&format) {
            continue;
        }
        let (back, _) = if format == Format::Conll {
            // With the texts there, as tokens do not tell what is between them.
            let there = empty();
            for entry in entries(&folder.project()) {
                let project = project_in(&there);
                tandai::storage::add_document(
                    &project,
                    &entry.document.path,
                    entry.document.text.as_str(),
                )
                .unwrap();
            }
            let (report, refusals) =
                import_with(import_format(format), &out.path(""), &there, &Mapping::usual());
            assert_eq!(refusals, []);
            (there, report.unwrap())
        } else {
            imported(import_format(format), &out.path(""))
        };
        let count = |folder: &Folder| {
            let entries = entries(&folder.project());
            let sets = entries.iter().flat_map(|entry| &entry.sets);
            sets.map(|set| (set.annotator().clone(), set.annotations().len())).collect::<Vec<_>>()
        };
        assert_eq!(count(&back), count(&folder), "{format}: {:?}", names_below(&out.path("")));
    }
    assert_eq!(lists.len(), 1, "the formats do not share out alike");
}

#[test]
fn only_what_is_exported_is_shared_out() {
    let folder = twelve();
    let out = empty();
    let options = ExportOptions {
        annotators: Some(vec![person("budi")]),
        split: Some(plan("train=1,test=1", 0)),
        ..ExportOptions::default()
    };
    export_with(&folder.project(), Format::Jsonl, &options, &out.path(""));
    let splits = json_in(&out, "splits.json");
    assert_eq!(splits["documents"].as_object().unwrap().keys().collect::<Vec<_>>(), ["n0"]);
}

#[test]
fn a_part_that_lacks_what_others_have_is_named() {
    let of = |name: &str, documents, labels: &[(&str, usize)]| tandai::exchange::Part {
        name: name.into(),
        weight: 1,
        documents,
        labels: labels.iter().map(|(label, count)| ((*label).into(), *count)).collect(),
    };
    let parts = vec![
        of("train", 8, &[("claim", 4), ("denial", 2), ("source", 1)]),
        of("dev", 2, &[("claim", 1)]),
        of("check", 2, &[("claim", 1), ("denial", 1), ("source", 0)]),
        of("blank", 1, &[]),
        of("test", 0, &[]),
        // No seed can give anything to it.
        tandai::exchange::Part { weight: 0, ..of("none", 0, &[]) },
    ];
    let split = Split { parts, ..Split::default() };
    let lacks = [
        "dev has no denial or source",
        "check has no source",
        "blank has no annotations",
        "test has no articles",
    ];
    assert_eq!(split.lacks(), lacks);

    let folder = empty();
    put(&folder, "a", "[claim:Kim] tiba.", &[]);
    let ran = tandai(&folder, &["export", "jsonl", "out", "--split", "train=1,test=1"]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains(" has no articles; another --seed shares out otherwise"));
}

#[test]
fn a_part_that_is_far_from_what_was_asked_for_is_named_with_the_reason() {
    let of = |name: &str, weight, documents| tandai::exchange::Part {
        name: name.into(),
        weight,
        documents,
        labels: [].into(),
    };
    let drawn = |sizes: [usize; 3], story: usize| {
        let [train, dev, test] = sizes;
        let parts = vec![of("train", 60, train), of("dev", 20, dev), of("test", 20, test)];
        let same_story = vec![(0..story).map(|at| format!("n{at}")).collect()];
        Split { parts, same_story, ..Split::default() }.strays()
    };
    assert_eq!(drawn([58, 23, 19], 2), [""; 0]);
    let strays = [
        "train has 6 of 34 articles, not about 20",
        "dev has 26 of 34 articles, not about 6",
        "21 articles of nearly the same text stay together",
    ];
    assert_eq!(drawn([6, 26, 2], 21), strays);
    // A part of nothing is to have nothing.
    let nothing = Split { parts: vec![of("a", 1, 3), of("b", 0, 0)], ..Split::default() };
    assert_eq!(nothing.strays(), [""; 0]);
}
