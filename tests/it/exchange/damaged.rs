//! Files that are broken, cut off or made to harm: said, never a panic, and nothing of
//! them in a project but what is proved.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::AnnotationSet;
use tandai::exchange::{
    ExportOptions, Format, ImportFormat, Incoming, Mapping, Settled, Settling, Source, read,
    settle, unit_of,
};
use tandai::transfer::{ImportError, ImportReport};

use super::{
    BOTH_WAYS, Folder, empty, entries, exported, files_below, import_format, import_with,
    names_below, person, put, put_by, small, tandai,
};

/// Files by their names.
type Contents = BTreeMap<String, Vec<u8>>;

/// A format, a bad file, and a good one beside it.
type Beside<'a> = (ImportFormat, &'a str, &'a [u8], (&'a str, &'a str));

/// Files that are not on a disk.
struct Files {
    names: Vec<String>,
    contents: Contents,
}

impl Files {
    fn of(contents: Contents) -> Self {
        Self { names: contents.keys().cloned().collect(), contents }
    }
}

impl Source for Files {
    fn files(&self) -> &[String] {
        &self.names
    }

    fn open(&self, file: &str) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.contents[file].as_slice()))
    }
}

/// What is read and proved, with how much was refused.
fn settled(format: ImportFormat, files: Contents) -> (Vec<Settled>, usize) {
    let mapping = Mapping::usual();
    let annotator = person("zoe");
    let settling = Settling {
        unit: unit_of(format),
        may_differ: true,
        may_be_nameless: false,
        mapping: &mapping,
        annotator: &annotator,
        all_by: None,
    };
    let mut refused = 0;
    let mut found: Vec<Incoming> = Vec::new();
    read(format, &Files::of(files), &mapping, true, &mut |incoming| match incoming {
        Ok(incoming) => found.push(incoming),
        Err(_) => refused += 1,
    });
    let mut proved = Vec::new();
    for incoming in found {
        match settle(incoming, None, &settling) {
            Ok(settled) => {
                refused += settled.refusals.len();
                proved.push(settled);
            }
            Err(_) => refused += 1,
        }
    }
    (proved, refused)
}

/// Exports of two articles in every format that is read, in every shape.
static EXPORTS: LazyLock<Vec<(Format, Contents)>> = LazyLock::new(|| {
    let folder = small();
    put(
        &folder,
        "b",
        "[source:Kim]\r\n[claim:hujan \"x\"]\n",
        &[("attributed-to", "hujan \"x\"", "Kim")],
    );
    put_by(&folder, "budi", "b", "[denial:Kim]\r\nhujan \"x\"\n", &[]);
    let files = |format| {
        let (out, _) = exported(&folder.project(), format);
        let mut files = files_below(&out.path(""));
        files.remove("loss.json");
        (format, files)
    };
    BOTH_WAYS.map(files).to_vec()
});

/// Bytes that mean something to one format or another.
const MEANT: [&[u8]; 20] = [
    b"\0",
    b"\xff",
    b"\"",
    b"\\",
    b"\n",
    b"\r\n",
    b"\t",
    b",",
    b"{",
    b"]",
    b"[",
    b"null",
    b"-1",
    b"99999999999999999999",
    b"1e9",
    b"\\ud800",
    b";",
    b" ",
    b"../",
    b"\xe2\x80\xa8",
];

#[derive(Clone, Debug)]
enum Damage {
    Cut,
    Drop(usize),
    Put(&'static [u8]),
    Flip(u8),
    Twice(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        1 => Just(Damage::Cut),
        3 => (1_usize..9).prop_map(Damage::Drop),
        4 => select(MEANT.to_vec()).prop_map(Damage::Put),
        4 => (0_u8..8).prop_map(Damage::Flip),
        1 => (1_usize..40).prop_map(Damage::Twice),
    ]
}

fn apply(bytes: &mut Vec<u8>, at: usize, damage: &Damage) {
    let behind = |length: usize| at..(at + length).min(bytes.len());
    match damage {
        Damage::Cut => bytes.truncate(at),
        Damage::Drop(length) => drop(bytes.drain(behind(*length))),
        Damage::Put(what) => drop(bytes.splice(at..at, what.iter().copied())),
        Damage::Flip(bit) => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << bit;
            }
        }
        Damage::Twice(length) => {
            let again = bytes[behind(*length)].to_vec();
            bytes.splice(at..at, again);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn however_files_are_damaged_what_is_taken_over_is_proved(
        format in select((0..BOTH_WAYS.len()).collect::<Vec<_>>()),
        file in any::<Index>(),
        damages in vec((any::<Index>(), damage()), 1..4),
    ) {
        let (format, mut files) = EXPORTS[format].clone();
        let name = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
        let bytes = files.get_mut(&name).unwrap();
        for (at, damage) in &damages {
            let at = at.index(bytes.len() + 1);
            apply(bytes, at, damage);
        }
        let (proved, _) = settled(import_format(format), files);
        for settled in proved {
            let path = settled.path.as_str();
            prop_assert!(!path.split('/').any(|part| part.starts_with('.') || part.is_empty()), "{}", path);
            for annotation in settled.sets.iter().flat_map(AnnotationSet::annotations) {
                prop_assert!(annotation.fragments.extent().end <= settled.text.end());
                prop_assert!(!annotation.label.trim().is_empty());
            }
        }
    }

    #[test]
    fn whatever_bytes_are_in_a_file_no_reader_panics(
        bytes in prop_oneof![vec(any::<u8>(), 0..60), vec(select(MEANT.to_vec()), 0..12).prop_map(|parts| parts.concat())],
    ) {
        for format in ImportFormat::ALL {
            let names = format.endings().iter().flat_map(|ending| {
                [format!("a.{ending}"), format!("documents.{ending}"), format!("spans.{ending}")]
            });
            let files = names.map(|name| (name, bytes.clone())).collect();
            settled(format, files);
        }
    }
}

#[test]
fn what_was_not_damaged_is_taken_over_whole() {
    // Otherwise the tests above would hold for readers that take nothing at all.
    for (format, files) in EXPORTS.iter() {
        let (proved, refused) = settled(import_format(*format), files.clone());
        assert_eq!(refused, 0, "{format}");
        let annotations: usize =
            proved.iter().flat_map(|d| &d.sets).map(|set| set.annotations().len()).sum();
        // Without fragments, a claim in two parts is two.
        let expected = if *format == Format::Conll { 6 } else { 5 };
        assert_eq!(annotations, expected, "{format}");
    }
}

/// Imports one file beside a good one.
fn beside(
    format: ImportFormat,
    name: &str,
    bytes: &[u8],
    good: (&str, &str),
) -> (Folder, Vec<String>) {
    let from = empty();
    from.write(name, bytes);
    from.write(good.0, good.1.as_bytes());
    let project = empty();
    let (report, refusals): (Result<ImportReport, ImportError>, _) =
        import_with(format, &from.path(""), &project, &Mapping::usual());
    assert_eq!(report.unwrap().documents, 1, "{name}");
    (project, refusals.iter().map(ToString::to_string).collect())
}

#[test]
fn a_broken_file_is_said_and_the_good_one_beside_it_goes_in() {
    let row = r#"{"id": "good", "text": "Kim"}"#;
    let cases: [Beside<'_>; 9] = [
        (ImportFormat::Jsonl, "bad.jsonl", b"{\"id\": \"a\", \"text\": \"", ("good.jsonl", row)),
        (
            ImportFormat::Jsonl,
            "bad.jsonl",
            b"{\"id\": \"a\", \"text\": \"\\ud800\"}",
            ("good.jsonl", row),
        ),
        (ImportFormat::Jsonl, "bad.jsonl", b"\xff\xfe{", ("good.jsonl", row)),
        (ImportFormat::Jsonl, "bad.json", b"[{\"id\": 1", ("good.jsonl", row)),
        (ImportFormat::Doccano, "bad.jsonl", b"[1, 2]", ("good.jsonl", row)),
        (
            ImportFormat::LabelStudio,
            "bad.json",
            b"[{\"data\": {\"text\": 7, \"x\": ",
            ("good.json", "[{\"data\": {\"text\": \"Kim\"}}]"),
        ),
        (ImportFormat::Csv, "bad.csv", b"text,id\nKim,a,b,c\n", ("good.csv", "text\nKim\n")),
        (ImportFormat::Csv, "bad.csv", b"text\n\xff\xff\n", ("good.csv", "text\nKim\n")),
        (ImportFormat::Brat, "bad.txt", b"pr\xe9sident", ("good.txt", "Kim")),
    ];
    for (format, name, bytes, good) in cases {
        let (project, refusals) = beside(format, name, bytes, good);
        assert!(refusals.len() == 1 && refusals[0].starts_with(name), "{format}: {refusals:?}");
        let texts = names_below(&project.path("seeds"));
        assert_eq!(texts.len(), 1, "{format}: {texts:?}");
    }
}

#[test]
fn a_parquet_file_that_is_cut_off_or_is_none_is_said() {
    let (out, _) = exported(&small().project(), Format::Parquet);
    let good = out.read("data/train-00000-of-00001.parquet");
    let cut = &good[..good.len() - 9];
    let mut turned = good.clone();
    let footer = turned.len() - 30;
    turned[footer..footer + 8].fill(0xff);
    for (name, bytes) in
        [("cut", cut), ("head", &good[..4]), ("none", b"PAR1"), ("turned", &turned), ("empty", b"")]
    {
        let folder = empty();
        folder.write("in/a.parquet", bytes);
        let ran = tandai(&folder, &["import", "parquet", "in", "--project", "p"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.said);
        assert!(ran.said.contains("a.parquet: it is not a Parquet file"), "{name}: {}", ran.said);
        folder.write("in/b.parquet", &good);
        let ran = tandai(&folder, &["import", "parquet", "in", "--project", "p"]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.said);
        assert_eq!(entries(&tandai::storage::Project::at(&folder.path("p")).unwrap()).len(), 1);
    }
}

#[test]
fn values_nested_deeper_than_any_stack_are_refused() {
    let deep = format!(
        "{{\"id\": \"a\", \"text\": \"x\", \"meta\": {}1{}}}",
        "[".repeat(200_000),
        "]".repeat(200_000)
    );
    let (_, refusals) = beside(
        ImportFormat::Jsonl,
        "bad.jsonl",
        deep.as_bytes(),
        ("good.jsonl", r#"{"id": "g", "text": "Kim"}"#),
    );
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let folder = empty();
    let map = format!("(labels: {}", "{\"a\": Some(".repeat(50_000));
    folder.write("map.ron", map.as_bytes());
    folder.write("a.jsonl", b"{}");
    let ran = tandai(&folder, &["import", "jsonl", "a.jsonl", "--map", "map.ron"]);
    assert_eq!(ran.code, 2, "{}", ran.said);
}

#[test]
fn fragments_that_lead_in_a_circle_or_to_nothing_end() {
    let record = serde_json::json!({
        "id": 1, "text": "Kim kata hujan",
        "entities": [
            { "id": 1, "label": "claim", "start_offset": 0, "end_offset": 3 },
            { "id": 2, "label": "claim", "start_offset": 4, "end_offset": 8 },
            { "id": 3, "label": "claim", "start_offset": 9, "end_offset": 14 },
        ],
        "relations": [
            { "id": 1, "from_id": 1, "to_id": 2, "type": "same_span" },
            { "id": 2, "from_id": 2, "to_id": 1, "type": "same_span" },
            { "id": 3, "from_id": 3, "to_id": 9, "type": "same_span" },
            { "id": 4, "from_id": 3, "to_id": 3, "type": "same_span" },
        ],
    });
    let files = [("ana.jsonl".to_owned(), record.to_string().into_bytes())];
    let (proved, refused) = settled(ImportFormat::Doccano, files.into());
    let kept: usize = proved.iter().flat_map(|d| &d.sets).map(|set| set.annotations().len()).sum();
    assert_eq!(kept + refused, 3, "each of the three is taken over or refused");
}

#[test]
fn an_export_to_import_whose_folder_is_the_project_s_own_is_harmless() {
    let folder = small();
    let before = folder.tree();
    let options = ExportOptions::default();
    let inside = folder.path("out");
    super::export_with(&folder.project(), Format::Brat, &options, &inside);
    let (report, refusals) = import_with(ImportFormat::Brat, &inside, &folder, &Mapping::usual());
    assert_eq!(report.unwrap().documents, 0);
    // Ids are brat's own, so that the set is another one: it is said, not written.
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    std::fs::remove_dir_all(inside).unwrap();
    assert_eq!(folder.tree(), before);
}
