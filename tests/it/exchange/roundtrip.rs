//! A project that is exported and imported again is the same project, and its next
//! export the same bytes, but for what a format cannot hold; and that is named.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use tandai::corpus::{
    Annotation, AnnotationSet, Document, Entry, Fragments, Id, Metadata, Relation, Status,
};
use tandai::exchange::{ExportOptions, Format, Mapping};
use tandai::storage::add_document;
use tandai::text::{Offset, Span, Text};

use super::comparing::{check_back, check_named, exported_sets, keeps_all_documents};
use super::{
    BOTH_WAYS, Folder, document, empty, entries, export_with, exported, files_below, import_format,
    import_with, imported, person, project_in, put_entries,
};
use crate::hostile::{self, Sketch};

/// Names that have to be quoted, escaped, or told from folders, endings and numbers.
const NAMES: [&str; 11] = [
    "index",
    "documents",
    "a",
    "b c/d",
    "नि/e\u{301}",
    "x.y",
    "=1+1",
    "\"q\", 'r'",
    "東京/2026/a",
    "a-1.conll/ana",
    "LOUD.TXT",
];
/// The last is what a file with one label of the first would be called.
const PEOPLE: [&str; 4] = ["ana", "Budi S.x", "gold", "ana.claim"];

/// Files that tell of the schema.
const CONFIGURATION: [&str; 4] =
    ["schema.ron", "annotation.conf", "visual.conf", "label_config.xml"];

/// A name, a value or a label that there is something to see of.
fn seen() -> impl Strategy<Value = String> {
    hostile::string().prop_filter("it is blank", |name| !name.trim().is_empty())
}

fn label() -> impl Strategy<Value = String> {
    let usual = select(vec!["claim", "source", "denial", "location"]).prop_map(str::to_owned);
    prop_oneof![3 => usual, 1 => seen()]
}

/// Annotations that lie in up to 20 fragments, each of which is often short.
fn sketch() -> impl Strategy<Value = Sketch> {
    let ends = prop_oneof![
        6 => vec(any::<(Index, Index)>(), 1..3),
        1 => vec(any::<(Index, Index)>(), 3..20),
    ];
    let attributes = vec((seen(), hostile::string()), 0..3);
    (hostile::string(), label(), ends, attributes, hostile::string()).prop_map(
        |(id, label, ends, attributes, note)| Sketch {
            id: Id::new(&id).unwrap_or_else(|| Id::from_random(0)),
            label,
            ends,
            attributes,
            note,
        },
    )
}

fn set(text: Text, name: &'static str) -> impl Strategy<Value = AnnotationSet> {
    let relation = (
        1_u64..50,
        prop_oneof![2 => seen(), 1 => Just("same_span".to_owned())],
        any::<[Index; 2]>(),
    );
    let sketches = (vec(sketch(), 0..6), vec(any::<Index>(), 0..2));
    (hostile::status(), sketches, vec(relation, 0..4)).prop_map(
        move |(status, (mut sketches, twins), relations)| {
            // Some lie just where another does, and are the same but for their ids.
            for (at, twin) in twins.into_iter().enumerate() {
                if !sketches.is_empty() {
                    let mut twin = twin.get(&sketches).clone();
                    twin.id = Id::new(&format!("twin {at}")).unwrap();
                    sketches.push(twin);
                }
            }
            let relations: Vec<_> = relations
                .into_iter()
                .map(|(id, label, [from, to])| (Id::from_random(id), label, from, to))
                .collect();
            let set = hostile::set_of(&text, status, &sketches, &relations);
            by(name, &set, &text)
        },
    )
}

/// The same set by another annotator.
fn by(name: &str, set: &AnnotationSet, text: &Text) -> AnnotationSet {
    let annotations = set.annotations().iter().map(|a| (**a).clone()).collect();
    let relations = set.relations().iter().map(|r| (**r).clone()).collect();
    AnnotationSet::assemble(person(name), text.end(), set.status(), annotations, relations).unwrap()
}

fn entry(name: &'static str) -> impl Strategy<Value = Entry> {
    // A text with a zero in it may be read as UTF-16, and so is refused by imports.
    let text = hostile::text().prop_map(|text| Text::new(text.as_str().replace('\0', "0")));
    let people = subsequence(PEOPLE.to_vec(), 0..3);
    let metadata = vec((select(vec!["title", "date", "a b"]), hostile::string()), 0..2);
    (text, people, metadata).prop_flat_map(move |(text, people, metadata)| {
        let metadata: Metadata =
            metadata.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let sets: Vec<_> = people.into_iter().map(|name| set(text.clone(), name)).collect();
        sets.prop_map(move |mut sets| {
            sets.sort_by(|a, b| a.annotator().cmp(b.annotator()));
            let document = Document { text: text.clone(), ..document(name, "") };
            Entry { document, metadata: metadata.clone(), sets }
        })
    })
}

fn corpus() -> impl Strategy<Value = Vec<Entry>> {
    subsequence(NAMES.to_vec(), 1..4).prop_flat_map(|names| {
        let entries: Vec<_> = names.into_iter().map(entry).collect();
        entries
    })
}

/// Exports, imports into an empty project and exports again.
fn check(format: Format, before: &[Entry], source: &Folder) -> Result<(), TestCaseError> {
    let (first, report) = exported(&source.project(), format);
    let losses = report.losses.shown();
    check_named(format, before, losses)?;
    if !keeps_all_documents(format)
        && before.iter().all(|entry| exported_sets(format, entry).is_empty())
    {
        // Then there is nothing in it that could be imported.
        return Ok(());
    }
    let (back, _) = imported(import_format(format), &first.path(""));
    if format == Format::Conll {
        // Tokens do not tell what stood between them; with the texts there they come
        // back to their places.
        let there = empty();
        for entry in before {
            let (path, text) = (&entry.document.path, entry.document.text.as_str());
            add_document(&project_in(&there), path, text).unwrap();
        }
        let (_, refusals) =
            import_with(import_format(format), &first.path(""), &there, &Mapping::usual());
        prop_assert_eq!(refusals, []);
        check_back(format, before, &entries(&there.project()), losses)?;
    } else {
        check_back(format, before, &entries(&back.project()), losses)?;
    }
    let (second, _) = exported(&back.project(), format);
    let [first, second] = [first, second].map(|folder| {
        let mut files = files_below(&folder.path(""));
        // What is lost is lost once, and then the schema may not have it either.
        files.remove("loss.json").unwrap();
        files.retain(|name, _| losses.is_empty() || !CONFIGURATION.contains(&name.as_str()));
        files
    });
    // Of CR CR LF one CR is left, which is then before a LF itself.
    let folds_twice = |entry: &Entry| entry.document.text.as_str().contains("\r\r\n");
    let may_differ = match format {
        Format::Conll => before.iter().any(loses_spans),
        Format::Brat => before.iter().any(folds_twice),
        _ => false,
    };
    if !may_differ {
        prop_assert!(
            first == second,
            "{}: {:?}",
            format,
            first
                .iter()
                .chain(&second)
                .filter(|(name, _)| first.get(*name) != second.get(*name))
                .map(|(name, content)| (name, String::from_utf8_lossy(content)))
                .collect::<Vec<_>>()
        );
    }
    Ok(())
}

/// Whether tags would be other ones, or a span would be left out: what has its label, and
/// where a sentence may end, is told from what is left.
fn loses_spans(entry: &Entry) -> bool {
    let is_space = |c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c);
    entry.sets.iter().any(|set| {
        let fragments = |a: &Annotation| -> Vec<(Arc<str>, Span)> {
            a.fragments.iter().map(|span| (a.label.clone(), span)).collect()
        };
        let spans: Vec<_> = set.annotations().iter().flat_map(|a| fragments(a)).collect();
        spans.iter().enumerate().any(|(at, (label, span))| {
            label.contains(is_space)
                || entry.document.text.slice(span.range()).chars().all(is_space)
                || spans[..at].iter().any(|(other, before)| {
                    other == label && before.start() < span.end() && span.start() < before.end()
                })
        })
    })
}

proptest! {
    // Each case writes hundreds of small files and waits until they are on the disk.
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn whatever_is_exported_comes_back_or_is_named_and_is_then_the_same_bytes(before in corpus()) {
        let source = empty();
        put_entries(&source, &before);
        for format in BOTH_WAYS {
            check(format, &before, &source)?;
        }
        // Those that are only written are read back when they are; and say what they lose.
        for format in [Format::Spacy, Format::W3c, Format::Html] {
            let (_, report) = exported(&source.project(), format);
            check_named(format, &before, report.losses.shown())?;
        }
    }

    #[test]
    fn the_same_input_is_the_same_bytes(before in corpus()) {
        let source = empty();
        put_entries(&source, &before);
        let options = ExportOptions {
            split: Some(tandai::exchange::SplitPlan::parse("train=2,test=1", 5).unwrap()),
            ..ExportOptions::default()
        };
        for format in Format::ALL {
            let [once, again] = [empty(), empty()].map(|out| {
                export_with(&source.project(), format, &options, &out.path(""));
                files_below(&out.path(""))
            });
            prop_assert!(once == again, "{}", format);
        }
    }
}

/// Spans where texts begin and end, that touch, lie in each other, are the same, cross,
/// and one of twenty fragments, in a text with every trap at once.
fn all_at_once() -> Entry {
    let text = "\u{feff}👩‍👩‍👧‍👦 Kim\r\ne\u{301}ra\u{a0}berkata\u{2028}\"tidak\"\u{85}שלום\u{200b}, kata\u{b}dia\tlagi.\n\
                a b c d e f g h i j k l m n o p q r s t\r\n";
    let document = document("folder/all at once", text);
    let end = document.text.characters();
    let twenty: Vec<(usize, usize)> =
        (0..20).map(|at| (end - 41 + 2 * at, end - 40 + 2 * at)).collect();
    let spans: [&[(usize, usize)]; 9] = [
        &[(0, 1)],
        &[(0, end)],
        &[(1, 8)],
        &[(8, 12)],
        &[(1, 8)],
        &[(3, 10)],
        &[(9, 21)],
        &[(end - 1, end)],
        &twenty,
    ];
    let annotations = spans.iter().enumerate().map(|(at, spans)| {
        let span = |(start, end): &(usize, usize)| {
            Span::new(Offset::new(*start), Offset::new(*end)).unwrap()
        };
        let fragments = Fragments::in_order(spans.iter().map(span).collect()).unwrap();
        let label = ["claim", "klaim utama", "主張"][at % 3].into();
        let mut annotation = Annotation::new(Id::new(&format!("x{at}")).unwrap(), label, fragments);
        annotation.note.push_str(["", "a\r\nb", " =1,\"2\";\t|", "#x"][at % 4]);
        annotation
            .attributes
            .insert("cara bicara".to_owned(), ["true", "null", "", "a,b|c"][at % 4].to_owned());
        annotation
    });
    let id = |id: &str| Id::new(id).unwrap();
    let link = |at: &str, from: &str, to: &str| Relation {
        id: id(at),
        label: "sama dengan".into(),
        from: id(from),
        to: id(to),
    };
    let links = vec![link("l1", "x0", "x1"), link("l2", "x1", "x0"), link("l3", "x8", "x8")];
    let set = AnnotationSet::assemble(
        person("Siti 東"),
        document.text.end(),
        Status::Done,
        annotations.collect(),
        links,
    );
    Entry {
        document,
        metadata: super::metadata(&[("date", "2026-11-01")]),
        sets: vec![set.unwrap()],
    }
}

#[test]
fn every_trap_at_once_comes_back_from_every_format() {
    let before = [all_at_once()];
    let source = empty();
    put_entries(&source, &before);
    for format in BOTH_WAYS {
        check(format, &before, &source).unwrap();
    }
}

#[test]
fn a_project_without_articles_and_an_article_without_text_are_exported_too() {
    let source = empty();
    project_in(&source);
    for format in Format::ALL {
        let (out, report) = exported(&source.project(), format);
        assert_eq!((report.tally.documents, report.losses.total()), (0, 0), "{format}");
        assert!(out.path("loss.json").exists(), "{format}");
    }
    let text = Text::new("");
    let set = AnnotationSet::new(person("ana"), text.end());
    let before =
        [Entry { document: document("empty", ""), metadata: Metadata::new(), sets: vec![set] }];
    put_entries(&source, &before);
    for format in BOTH_WAYS {
        check(format, &before, &source).unwrap();
    }
}
