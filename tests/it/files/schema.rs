//! A project's schema: read whole or not at all, written as it is read.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::{
    AttributeDefinition, Check, LabelDefinition, LinePattern, RelationDefinition, Rgb, Schema,
    TO_DISCUSS,
};
use tandai::storage::{ProblemKind, SaveError, SchemaStore, built_in_schema};

use super::Folder;
use crate::hostile;

const FILE: &str = "annotations/schema.ron";

/// A schema that is as it should be; its labels are on lines 4 and 5, its
/// relation on 8, its attribute on 11, its check on 14.
const GOOD: &str = r##"(
    format: 1,
    labels: [
        (name: "claim", title: "Claim", key: '1', light: "#2f6db5", dark: "#7fb2ee", line: Solid),
        (name: "source", title: "Source", light: "#9c6108", dark: "#e2ad52", line: Dashes),
    ],
    relations: [
        (name: "attributed-to", title: "attributed to", from: ["claim"], to: ["source"], light: "#9c6108", dark: "#e2ad52"),
    ],
    attributes: [
        (name: "kind", title: "Kind", key: 'k', on: ["source"], values: ["named", "role"]),
    ],
    checks: [
        Relation(label: "claim", relation: "attributed-to"),
    ],
)
"##;

fn folder(schema: &[u8]) -> Folder {
    Folder::with(&[("seeds/a.txt", b"Kim tiba."), (FILE, schema)])
}

#[track_caller]
fn with(old: &str, new: &str) -> Vec<u8> {
    assert!(GOOD.contains(old), "{old}");
    GOOD.replacen(old, new, 1).into_bytes()
}

/// A bad schema is reported in words, the built-in one serves, and the file
/// survives whatever is tried.
#[track_caller]
fn check_bad(content: &[u8], line: Option<usize>, says: &str) -> ProblemKind {
    let folder = folder(content);
    let before = folder.tree();
    let (mut store, schema, problem) = SchemaStore::load(&folder.project());
    let problem = problem.unwrap_or_else(|| panic!("it was read: {schema:?}"));
    assert_eq!(problem.path, folder.project().root().join(FILE));
    assert_eq!(problem.line, line, "{problem}");
    assert!(problem.to_string().contains(says), "{problem}");
    assert_eq!(schema, built_in_schema());
    assert_eq!(store.save(&schema), Err(SaveError::ChangedOutside));
    assert_eq!(store.set_aside(), Err(SaveError::ChangedOutside));
    assert_eq!(folder.tree(), before);
    problem.kind
}

#[test]
fn the_schema_that_the_bad_ones_are_made_from_is_good_and_written_the_same() {
    let folder = folder(GOOD.as_bytes());
    let (mut store, schema, problem) = SchemaStore::load(&folder.project());
    assert_eq!(problem, None);
    store.save(&schema).unwrap();
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), GOOD);
}

#[test]
fn without_a_file_the_built_in_schema_serves_and_becomes_the_projects_own() {
    let folder = Folder::with(&[("seeds/a.txt", b"Kim tiba.")]);
    let (mut store, schema, problem) = SchemaStore::load(&folder.project());
    assert_eq!((&schema, problem), (&built_in_schema(), None));
    assert!(!folder.path(FILE).exists());
    store.save(&schema).unwrap();
    assert_eq!(SchemaStore::load(&folder.project()).1, schema);
}

#[test]
fn a_schema_of_labels_alone_still_opens() {
    let start = GOOD.find("    relations").unwrap();
    let folder = folder(format!("{})\n", &GOOD[..start]).as_bytes());
    let (_, schema, problem) = SchemaStore::load(&folder.project());
    assert_eq!(problem, None);
    let labels: Vec<(&str, Option<char>)> =
        schema.labels().iter().map(|label| (&*label.name, label.key)).collect();
    assert_eq!(labels, [("claim", Some('1')), ("source", None)]);
    assert!(schema.relations().is_empty() && schema.attributes().is_empty());
    assert!(schema.checks().is_empty());
}

#[test]
fn a_file_cut_off_or_not_text_is_not_read_in_part() {
    let cut = |until: &str| &GOOD.as_bytes()[..GOOD.find(until).unwrap()];
    check_bad(cut("relations"), Some(6), "");
    check_bad(cut("title: \"Kind\""), Some(11), "");
    check_bad(b"", Some(1), "");
    check_bad(b"\xff\xfe", None, "not UTF-8");
    check_bad(b"<<<<<<< ours\n", Some(1), "");
}

#[test]
fn what_is_not_known_is_refused_and_not_dropped() {
    check_bad(&with("    labels", "    mood: 1,\n    labels"), Some(3), "mood");
    check_bad(&with("line: Solid", "line: Solid, mood: 1"), Some(4), "mood");
    check_bad(&with("line: Solid", "line: Wavy"), Some(4), "Wavy");
    check_bad(&with("to: [\"source\"]", "to: [\"source\"], mood: 1"), Some(8), "mood");
    check_bad(&with("key: 'k'", "key: 'k', mood: 1"), Some(11), "mood");
    check_bad(&with("Relation(", "Rhyme("), Some(14), "Rhyme");
    check_bad(&with("label: \"claim\", r", "label: \"claim\", mood: 1, r"), Some(14), "mood");
}

#[test]
fn a_newer_format_is_named_whatever_else_it_holds() {
    let kind = check_bad(&with("format: 1", "format: 2, colour: Blue"), None, "newer");
    assert_eq!(kind, ProblemKind::NewerFormat { found: 2, known: 1 });
}

#[test]
fn names_and_keys_that_clash_are_refused_in_words() {
    let twice = |kind: &str, name: &str| format!("two {kind}s are called \"{name}\"");
    check_bad(&with("name: \"source\"", "name: \"claim\""), None, &twice("label", "claim"));
    let again = GOOD.lines().nth(7).unwrap();
    let doubled = with(again, &format!("{again}\n{again}"));
    check_bad(&doubled, None, &twice("link", "attributed-to"));
    let again = GOOD.lines().nth(10).unwrap();
    check_bad(&with(again, &format!("{again}\n{again}")), None, &twice("attribute", "kind"));
    check_bad(&with("key: 'k'", "key: '1'"), None, "\"claim\" and \"kind\" have the same key 1");
    check_bad(&with("key: 'k'", "key: 'K'"), None, "the key of \"kind\" is not a digit or a small");
    check_bad(&with("key: '1'", "key: 'é'"), None, "the key of \"claim\"");
    check_bad(&with("name: \"claim\"", "name: \" \""), None, "a label has no name");
}

#[test]
fn what_names_something_that_is_not_there_is_refused_in_words() {
    let unknown = |by: &str, what: &str| format!("\"{by}\" names the {what}, which the schema");
    let says = unknown("attributed-to", "label \"rumour\"");
    check_bad(&with("from: [\"claim\"]", "from: [\"rumour\"]"), None, &says);
    let says = unknown("kind", "label \"rumour\"");
    check_bad(&with("on: [\"source\"]", "on: [\"source\", \"rumour\"]"), None, &says);
    let says = unknown("checks", "link \"denies\"");
    check_bad(&with("relation: \"attributed-to\"", "relation: \"denies\""), None, &says);
    let check = "RelationOrValue(label: \"claim\", relation: \"attributed-to\", attribute: \"mood\", value: \"bad\"),";
    let old = GOOD.lines().nth(13).unwrap().trim();
    check_bad(&with(old, check), None, &unknown("checks", "attribute \"mood\""));
}

#[test]
fn values_and_colours_that_cannot_serve_are_refused_in_words() {
    let few = "the attribute \"kind\" has fewer than two values";
    check_bad(&with("\"named\", \"role\"", "\"named\""), None, few);
    let kept = format!("the attribute name \"{TO_DISCUSS}\" is kept for what is to be discussed");
    check_bad(&with("\"kind\"", &format!("\"{TO_DISCUSS}\"")), None, &kept);
    for colour in ["2f6db5", "#2f6db", "#2f6db5f", "#2f6dbg", "#+f6db5", "blue", "#２f6db"] {
        let says = format!("\"{colour}\" is not a colour such as #2f6db5");
        check_bad(&with("#2f6db5", colour), None, &says);
    }
}

#[test]
fn a_schema_that_another_program_changed_is_set_aside_only_on_request() {
    let folder = folder(GOOD.as_bytes());
    let (mut store, schema, _) = SchemaStore::load(&folder.project());
    folder.write(FILE, b"theirs");
    assert_eq!(store.save(&schema), Err(SaveError::ChangedOutside));
    assert_eq!(folder.read(FILE), b"theirs");
    let copy = store.set_aside().unwrap();
    assert_eq!(std::fs::read(copy).unwrap(), b"theirs");
    store.save(&schema).unwrap();
    assert_eq!(String::from_utf8(folder.read(FILE)).unwrap(), GOOD);
}

fn names(labels: &[LabelDefinition], picked: &[Index]) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = picked
        .iter()
        .filter(|_| !labels.is_empty())
        .map(|at| at.get(labels).name.clone())
        .collect();
    names.sort();
    names.dedup();
    names
}

fn colour() -> impl Strategy<Value = Rgb> {
    any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Rgb(red, green, blue))
}

/// A schema in which every string is hostile.
fn schema() -> impl Strategy<Value = Schema> {
    use hostile::string;
    let line = select(LinePattern::ALL.map(|(line, _)| line).to_vec());
    let label = (string(), string(), string(), colour(), colour(), line, any::<bool>());
    let ends = || vec(any::<Index>(), 0..3);
    let relation = (string(), string(), string(), ends(), ends(), colour(), colour());
    let attribute = (string(), string(), ends(), vec(string(), 2..4), option::of(Just('x')));
    let check = (0_usize..8, any::<Index>(), any::<Index>(), any::<Index>(), any::<Index>());
    (vec(label, 0..4), vec(relation, 0..3), vec(attribute, 0..3), vec(check, 0..6)).prop_map(
        |(labels, relations, attributes, checks)| {
            // A number behind each name keeps the names apart.
            let name = |at: usize, name: &str| -> Arc<str> { format!("{name}{at}").into() };
            let labels: Vec<LabelDefinition> = (0..)
                .zip(labels)
                .map(|(at, (n, title, help, light, dark, line, key))| LabelDefinition {
                    name: name(at, &n),
                    title,
                    key: key.then(|| char::from(b'a' + u8::try_from(at).unwrap())),
                    help,
                    light,
                    dark,
                    line,
                })
                .collect();
            let relations: Vec<RelationDefinition> = (0..)
                .zip(relations)
                .map(|(at, (n, title, help, from, to, light, dark))| RelationDefinition {
                    name: name(at, &n),
                    title,
                    help,
                    from: names(&labels, &from),
                    to: names(&labels, &to),
                    light,
                    dark,
                })
                .collect();
            let attributes: Vec<AttributeDefinition> = (0..)
                .zip(attributes)
                .map(|(at, (n, title, on, values, key))| AttributeDefinition {
                    name: name(at, &n),
                    title,
                    key: key.filter(|_| at == 0),
                    on: names(&labels, &on),
                    values: (0..).zip(&values).map(|(at, value)| name(at, value)).collect(),
                })
                .collect();
            let checks =
                checks.into_iter().filter_map(|(kind, label, relation, attribute, value)| {
                    let label = || (!labels.is_empty()).then(|| label.get(&labels).name.clone());
                    let relation =
                        || (!relations.is_empty()).then(|| relation.get(&relations).name.clone());
                    Some(match kind {
                        0 => {
                            let attribute =
                                (!attributes.is_empty()).then(|| attribute.get(&attributes))?;
                            let value = value.get(&attribute.values).clone();
                            Check::RelationOrValue {
                                label: attribute.on.first()?.clone(),
                                relation: relation()?,
                                attribute: attribute.name.clone(),
                                value,
                            }
                        }
                        1 => Check::Relation { label: label()?, relation: relation()? },
                        2 => Check::Linked { label: label()? },
                        3 => Check::RelationEnds,
                        4 => Check::NoCycle { relation: relation()? },
                        5 => Check::CleanEdges,
                        6 => Check::SameLabel,
                        _ => Check::EveryOccurrence { label: label()? },
                    })
                });
            let checks = checks.collect();
            Schema::assemble(labels, relations, attributes, checks).unwrap()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_schema_is_read_as_it_was_written_and_written_as_it_was_read(schema in schema()) {
        let folder = Folder::with(&[("seeds/a.txt", b"Kim tiba.")]);
        let (mut store, _, _) = SchemaStore::load(&folder.project());
        store.save(&schema).unwrap();
        let bytes = folder.read(FILE);
        let (mut again, read, problem) = SchemaStore::load(&folder.project());
        prop_assert_eq!((&read, problem), (&schema, None));
        again.save(&read).unwrap();
        prop_assert_eq!(folder.read(FILE), bytes);
    }

    #[test]
    fn whatever_a_schemas_file_holds_it_is_read_or_left_alone(
        pieces in vec(prop_oneof![hostile::string(), select(GOOD.split_inclusive(' ').map(str::to_owned).collect::<Vec<_>>())], 0..12),
        at in any::<Index>(),
    ) {
        let cut = at.index(GOOD.len());
        let content = [&GOOD[..cut], &pieces.concat(), &GOOD[cut..]].concat();
        let folder = folder(content.as_bytes());
        let before = folder.tree();
        let (mut store, schema, problem) = SchemaStore::load(&folder.project());
        if problem.is_some() {
            prop_assert_eq!(store.save(&schema), Err(SaveError::ChangedOutside));
            prop_assert_eq!(folder.tree(), before);
        } else {
            store.save(&schema).unwrap();
            prop_assert_eq!(SchemaStore::load(&folder.project()).1, schema);
        }
    }
}
