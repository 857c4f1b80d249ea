//! What can be counted: by the core, and by `tandai stats`.

use std::process::{Command, Output};

use proptest::collection::vec;
use proptest::prelude::*;
use tandai::corpus::{AnnotationSet, Digest, Document, Entry, Metadata, Schema, Status};
use tandai::review::{Aspect, OfWhom, Slice, Statistics, Topic, What, remarks};
use tandai::storage::built_in_schema;
use tandai::text::Text;

use crate::hostile;
use crate::markup::{Marked, parse, parse_as};
use crate::session::{annotator, path, with_links};

fn entry(name: &str, text: &Text, sets: Vec<AnnotationSet>) -> Entry {
    let document = Document { path: path(name), text: text.clone(), digest: Digest::from_hex("") };
    Entry { document, metadata: Metadata::new(), sets }
}

fn figures(schema: &Schema, entry: &Entry) -> Statistics {
    Statistics::of(schema, &entry.document, &entry.sets)
}

/// A link's label, then what its two ends quote.
type Link<'a> = (&'a str, &'a str, &'a str);

/// The figures of marked texts by ana, each with its links.
fn of(articles: &[(&str, &[Link<'_>])]) -> Statistics {
    let mut statistics = Statistics::default();
    for (at, (marked, links)) in articles.iter().enumerate() {
        let Marked { text, set, .. } = &parse(marked);
        let read = Marked { text: text.clone(), set: set.clone(), selection: None, focus: None };
        let entry = entry(&format!("{at}.txt"), text, vec![with_links(&read, links)]);
        statistics.merge(figures(&built_in_schema(), &entry));
    }
    statistics
}

fn targets(statistics: &Statistics, relation: &str) -> Vec<(String, usize)> {
    let tallies = statistics.said_by(&OfWhom::All).targets(relation);
    tallies.into_iter().map(|tally| (tally.name.to_string(), tally.count)).collect()
}

fn pairs(statistics: &Statistics, relation: &str) -> Vec<(Option<String>, Option<String>, usize)> {
    let tallies = statistics.said_by(&OfWhom::All).pairs(relation);
    let pair = |tally: tandai::review::Tally<[Option<std::sync::Arc<str>>; 2]>| {
        let [from, to] = tally.name.map(|name| name.map(|name| name.to_string()));
        (from, to, tally.count)
    };
    tallies.into_iter().map(pair).collect()
}

#[test]
fn a_source_is_counted_by_its_fullest_mention_over_all_articles() {
    let statistics = of(&[
        (
            "[claim:hujan], kata [source:kantor  berita KCNA]. [claim:panas], kata [source:ia].",
            &[
                ("attributed-to", "hujan", "kantor  berita KCNA"),
                ("attributed-to", "panas", "ia"),
                ("same-as", "ia", "kantor  berita KCNA"),
            ],
        ),
        (
            "[claim:dingin], kata [source:Kantor berita KCNA]; [claim:sepi], kata [source:Kim].",
            &[("attributed-to", "dingin", "Kantor berita KCNA"), ("attributed-to", "sepi", "Kim")],
        ),
        (
            "[claim:gelap], kata [source:kantor berita KCNA].",
            &[("attributed-to", "gelap", "kantor berita KCNA")],
        ),
    ]);
    let expected = [("kantor berita KCNA".to_owned(), 4), ("Kim".to_owned(), 1)];
    assert_eq!(targets(&statistics, "attributed-to"), expected);
}

#[test]
fn mentions_in_a_circle_or_with_two_ends_are_named_by_the_longest() {
    let statistics = of(&[(
        "[claim:a], kata [source:dia]. [claim:b], kata [source:Kim Jong]. [source:Bapak Kim] [source:Pak].",
        &[
            ("attributed-to", "a", "dia"),
            ("attributed-to", "b", "Kim Jong"),
            ("same-as", "dia", "Kim Jong"),
            ("same-as", "Kim Jong", "dia"),
            ("same-as", "Pak", "Bapak Kim"),
        ],
    )]);
    assert_eq!(targets(&statistics, "attributed-to"), [("Kim Jong".to_owned(), 2)]);
}

#[test]
fn who_denies_whom_is_counted_by_sources_and_without_one() {
    let statistics = of(&[(
        "[source:Seoul] menuduh [claim:itu]. [denial:Dibantah] [source:Kim]. [denial:Tidak], [claim:lagi].",
        &[
            ("attributed-to", "itu", "Seoul"),
            ("attributed-to", "Dibantah", "Kim"),
            ("denies", "Dibantah", "itu"),
            ("denies", "Tidak", "itu"),
            ("denies", "Tidak", "lagi"),
        ],
    )]);
    let name = |name: &str| Some(name.to_owned());
    let expected = [(None, None, 1), (None, name("Seoul"), 1), (name("Kim"), name("Seoul"), 1)];
    assert_eq!(pairs(&statistics, "denies"), expected);
}

#[test]
fn relations_mean_what_their_ends_say_whatever_they_are_called() {
    let schema = built_in_schema();
    let names = |relations: &[&tandai::corpus::RelationDefinition]| -> Vec<String> {
        relations.iter().map(|relation| relation.name.to_string()).collect()
    };
    let roles = tandai::review::Roles::of(&schema);
    assert_eq!(names(roles.identities()), ["same-as"]);
    assert_eq!(names(roles.targets()), ["attributed-to"]);
    assert_eq!(names(roles.pairs()), ["denies"]);
    // One that may join anything with anything says nothing of what it joins.
    let all: Vec<_> = schema.labels().iter().map(|label| label.name.clone()).collect();
    let mut relations = schema.relations().to_vec();
    let mut see = relations[0].clone();
    (see.name, see.from, see.to) = ("see".into(), all.clone(), all);
    relations.push(see);
    let labels = schema.labels().to_vec();
    let wider = Schema::assemble(labels, relations, Vec::new(), Vec::new()).unwrap();
    assert_eq!(names(tandai::review::Roles::of(&wider).identities()), ["same-as"]);
}

#[test]
fn values_count_by_default_and_lengths_leave_gaps_out() {
    let schema = built_in_schema();
    let read = parse("[claim#1:satu] di [claim#1:antara], [claim:dua]");
    let statistics = figures(&schema, &entry("a.txt", &read.text, vec![read.set]));
    let said = statistics.said_by(&OfWhom::All);
    let value = |value: &str| {
        let (label, attribute) = ("claim".into(), "directness".into());
        said.count(&Aspect::Value { label, attribute, value: value.into() })
    };
    assert_eq!((value("indirect"), value("direct")), (2, 0));
    let lengths = said.lengths("claim").unwrap();
    assert_eq!((lengths.min, lengths.median, lengths.p90, lengths.max), (3, 3, 10, 10));
    let bins: Vec<_> = said.length_bins("claim").iter().map(|b| (b.from, b.count)).collect();
    assert_eq!(bins, [(2, 1), (5, 0), (10, 1)]);
    assert_eq!(said.count(&Aspect::Fragmented), 1);
    assert_eq!(said.annotations(), 2);
}

#[test]
fn a_document_without_a_set_is_new_to_those_who_are_named() {
    let mut statistics = Statistics::new([annotator("ana"), annotator("budi")]);
    let read = parse("[claim:satu] dua");
    for name in ["a.txt", "b.txt"] {
        let sets = if name == "a.txt" { vec![read.set.clone()] } else { Vec::new() };
        statistics.merge(figures(&built_in_schema(), &entry(name, &read.text, sets)));
    }
    let ana = statistics.progress(&annotator("ana"));
    assert_eq!((ana.new, ana.in_progress), (1, 1));
    assert_eq!(statistics.progress(&annotator("budi")).new, 2);
    assert_eq!((statistics.words(), statistics.characters()), (4, 16));
    let density = statistics.density(&OfWhom::One(annotator("ana"))).unwrap();
    assert_eq!((density.count, density.max), (1, 125.0));
    assert!(statistics.density(&OfWhom::One(annotator("budi"))).is_none());
}

/// Whose set is open and empty has not begun; nor has one whose file says so.
#[test]
fn who_has_not_begun_has_no_density() {
    let marked = parse_as("ben", "[claim:Kim] tiba");
    let (empty, end) = (AnnotationSet::new(annotator("ana"), marked.text.end()), marked.text.end());
    let of = |sets: &[&AnnotationSet]| {
        let sets = sets.iter().map(|set| (*set).clone()).collect();
        let statistics = figures(&built_in_schema(), &entry("a.txt", &marked.text, sets));
        let ana = statistics.density(&OfWhom::One(annotator("ana"))).is_some();
        (ana, statistics.density(&OfWhom::All).map(|all| (all.count, all.max)))
    };
    assert_eq!(of(&[&empty, &marked.set]), of(&[&marked.set]));
    let done =
        AnnotationSet::assemble(annotator("ana"), end, Status::Done, vec![], vec![]).unwrap();
    assert_eq!(of(&[&done]), (true, Some((1, 0.0))));
}

/// Two who mark the same do not mark twice as densely.
#[test]
fn the_density_of_all_is_the_mean_of_their_sets() {
    let (one, other) = (parse("[claim:satu] dua"), parse("[claim:satu] [source:dua]"));
    let by = |name: &str, set: &AnnotationSet| {
        let (annotations, relations) = (set.annotations(), set.relations());
        let all = annotations.iter().map(|one| (**one).clone()).collect();
        let links = relations.iter().map(|one| (**one).clone()).collect();
        let end = one.text.end();
        AnnotationSet::assemble(annotator(name), end, Status::Done, all, links).unwrap()
    };
    let sets = vec![by("ana", &one.set), by("budi", &other.set)];
    let statistics = figures(&built_in_schema(), &entry("a.txt", &one.text, sets));
    let density = statistics.density(&OfWhom::All).unwrap();
    assert_eq!((density.count, density.max), (1, 187.5));
}

/// A set on a text nobody would want to annotate, with links between anything.
/// What gold took over is what the others said: it is not counted with them.
#[test]
fn gold_is_not_counted_with_those_whom_it_repeats() {
    let of = |people: &[(&str, &str)]| {
        let marked: Vec<Marked> = people.iter().map(|(name, text)| parse_as(name, text)).collect();
        let sets = marked.iter().map(|marked| marked.set.clone()).collect();
        figures(&built_in_schema(), &entry("a.txt", &marked[0].text, sets))
    };
    let claims = |statistics: &Statistics, whose: &OfWhom| {
        statistics.said_by(whose).count(&Aspect::Label("claim".into()))
    };
    let both = of(&[("ana", "[claim:satu] dua"), ("gold", "[claim:satu] [claim:dua]")]);
    assert_eq!(both.everyone(), OfWhom::AllButGold);
    assert_eq!(claims(&both, &both.everyone()), 1);
    assert_eq!(claims(&both, &OfWhom::All), 3);
    assert_eq!(claims(&both, &OfWhom::One(annotator("gold"))), 2);
    let density = both.density(&both.everyone()).unwrap();
    assert_eq!((density.count, density.max), (1, 125.0));
    // Where nobody else says anything, gold is everyone.
    let alone = of(&[("ana", "satu dua"), ("gold", "[claim:satu] dua")]);
    assert_eq!((alone.everyone(), claims(&alone, &alone.everyone())), (OfWhom::All, 1));
}

fn hostile_entry() -> impl Strategy<Value = (Text, AnnotationSet)> {
    let links = vec((0_usize..6, 0_usize..6, 0_usize..4), 0..8);
    (hostile::text(), vec(hostile::plain_sketch(), 0..6), links).prop_map(
        |(text, sketches, links)| {
            let mut set = hostile::set_of(&text, Status::Done, &sketches, &[]);
            let labels = ["attributed-to", "denies", "located-at", "same-as"];
            for (at, (from, to, label)) in links.into_iter().enumerate() {
                let id = |at: usize| set.annotations().get(at).map(|one| one.id.clone());
                let (Some(from), Some(to)) = (id(from), id(to)) else { continue };
                let id = tandai::corpus::Id::new(&format!("link {at}")).unwrap();
                let link = tandai::corpus::Relation { id, label: labels[label].into(), from, to };
                let _ = set.apply(tandai::corpus::Edit::InsertRelation(std::sync::Arc::new(link)));
            }
            (text, set)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn in_whatever_parts_it_is_counted_the_figures_are_the_same(
        entries in vec(hostile_entry(), 0..6),
        parts in vec(0_usize..3, 6),
    ) {
        let schema = built_in_schema();
        let figures = entries.iter().enumerate().map(|(at, (text, set))| {
            figures(&schema, &entry(&format!("{at}.txt"), text, vec![set.clone()]))
        });
        let figures: Vec<Statistics> = figures.collect();
        let mut whole = Statistics::default();
        let mut split = [Statistics::default(), Statistics::default(), Statistics::default()];
        for (one, part) in figures.into_iter().zip(parts) {
            whole.merge(one.clone());
            split[part].merge(one);
        }
        let [first, mut second, third] = split;
        second.merge(first);
        second.merge(third);
        prop_assert_eq!(second, whole);
    }

    #[test]
    fn a_bar_lists_just_as_many_as_it_counts((text, set) in hostile_entry()) {
        let schema = built_in_schema();
        let entry = entry("a.txt", &text, vec![set.clone()]);
        let said = figures(&schema, &entry).said_by(&OfWhom::All);
        let listed = |what: What| {
            let slice = Slice { title: String::new(), whose: OfWhom::All, document: None, what };
            remarks(&Topic::Slice(slice.into()), &schema, &entry.document, &set).len()
        };
        prop_assert_eq!(listed(What::All), set.annotations().len());
        for relation in ["attributed-to", "denies"] {
            for tally in said.targets(relation) {
                prop_assert_eq!(listed(What::Aspect(tally.aspect)), tally.count);
            }
            for tally in said.pairs(relation) {
                prop_assert_eq!(listed(What::Aspect(tally.aspect)), tally.count);
            }
        }
        for (label, count) in said.labels() {
            prop_assert_eq!(listed(What::Aspect(Aspect::Label(label.clone()))), count);
            let bins = said.length_bins(label);
            prop_assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), count);
            for bin in bins {
                let what = What::Lengths { label: label.clone(), from: bin.from, below: bin.below };
                prop_assert_eq!(listed(what), bin.count);
            }
        }
    }
}

/// Runs the program on a project with these files.
fn run(files: &[(&str, &str)], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandai"));
    command.arg("stats").args(arguments).current_dir(folder.path()).output().unwrap()
}

fn shipped(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandai"));
    let output = command.args(["stats", "--project", env!("CARGO_MANIFEST_DIR")]).args(arguments);
    let output = output.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_worked_example_is_counted_in_json_the_same_every_time() {
    let json = shipped(&["--json"]);
    assert_eq!(json, shipped(&["--json", "--annotators", "gold"]));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["annotators"]["gold"]["labels"]["claim"], 12);
    assert_eq!(read["attributes"]["claim"]["directness"]["mixed"], 3);
    let first = &read["targets"]["attributed-to"][0];
    assert_eq!(
        (first["name"].as_str().unwrap(), first["count"].as_u64()),
        ("media pemerintah Korea Utara, KCNA", Some(6))
    );
    let denied =
        serde_json::json!([{ "from": "Korea Utara", "to": "Pemerintahan Biden", "count": 1 }]);
    assert_eq!(read["pairs"]["denies"], denied);
    assert_eq!(read["per_document"][0]["annotations"]["gold"], 29);
}

/// The SHA-256 of `Kim tiba` and a line end.
const KIM: &str = "16c1e1271d1c65d78da770cb3fb65869c4532010fb849ee655924ff579330c52";

#[test]
fn the_command_counts_gold_apart_unless_it_is_named() {
    let set = |name: &str| {
        let marked = parse_as(name, "[claim:Kim tiba]\n");
        let digest = Digest::from_hex(KIM);
        let document = Document { digest, ..entry("a.txt", &marked.text, vec![]).document };
        tandai::storage::SetStore::text(&marked.set, &document)
    };
    let (ana, gold) = (set("ana"), set("gold"));
    let files = [
        ("seeds/a.txt", "Kim tiba\n"),
        ("annotations/ana/a.txt.ron", &*ana),
        ("annotations/gold/a.txt.ron", &*gold),
    ];
    let json = |arguments: &[&str]| {
        let output = run(&files, arguments);
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let all = json(&["--json"]);
    assert_eq!(all["together"], serde_json::json!(["ana"]));
    assert_eq!(all["lengths"]["claim"]["count"], 1);
    assert_eq!(all["annotators"]["gold"]["annotations"], 1);
    let named = json(&["--json", "--annotators", "ana,gold"]);
    assert_eq!(named["together"], serde_json::json!(["ana", "gold"]));
    assert_eq!(named["lengths"]["claim"]["count"], 2);
    let page = String::from_utf8(run(&files, &[]).stdout).unwrap();
    assert!(page.contains("\nBelow: all annotators but gold\n"), "{page}");
}

#[test]
fn the_worked_example_is_counted_in_tables_that_line_up() {
    let page = shipped(&[]);
    assert!(page.starts_with("1 article · 312 words · 2252 characters\n"), "{page}");
    assert!(page.contains("Annotations  gold\nclaim          12\n"), "{page}");
    assert!(page.contains("claim directness: mixed          3   25 %\n"), "{page}");
    assert!(page.contains("Who denies whom\n1  Korea Utara → Pemerintahan Biden\n"), "{page}");
}

#[test]
fn what_cannot_be_read_is_said_with_its_line_and_the_rest_counted() {
    let files =
        [("seeds/a.txt", "Kim."), ("annotations/ana/a.txt.ron", "(\n    format: 1,\n    nonsense")];
    let output = run(&files, &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("a.txt.ron:3: "), "{said}");
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (&read["documents"], &read["annotators"]["ana"]["status"]["new"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn without_a_project_or_with_an_unknown_name_nothing_is_counted() {
    let output = run(&[], &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let output = run(&[("seeds/a.txt", "Kim.")], &["--annotators", "budi"]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("\"budi\" has no sets in this project; there is nobody"), "{said}");
}
