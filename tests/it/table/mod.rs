//! The table of all annotations: which rows a filter lets through, by a plain scan, and
//! in which order they come.

mod meant;
mod packed;
mod some_rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{AnnotationSet, Document, Schema};
use tandai::review::{
    Arrangement, Filter, Finding, ReviewStanding, RowBlock, RowKey, TableColumn, TableLine,
    TableLines, TableRow, TableRows, arrange, check, content,
};
use tandai::storage::built_in_schema;

use self::some_rows::{Said, rows, word, words};
use crate::exchange::document;
use crate::hostile;
use crate::markup::parse;
use crate::sayings::{people, sayings};
use crate::session::with_links;

/// How an annotation stands, from all that was said of it.
fn standing(said: &[Said]) -> &'static str {
    let now: Vec<bool> = said.iter().flatten().filter(|said| !said.0).map(|said| said.1).collect();
    match (said.iter().flatten().count(), now.contains(&false), now.len()) {
        (0, ..) => "open",
        (_, true, _) => "question",
        (_, _, 0) => "changed",
        _ => "accepted",
    }
}

const KEYS: [&str; 10] =
    ["", "label", "annotator", "document", "note", "attribute", "link", "problem", "review", "has"];
const HAS: [&str; 7] = ["note", "link", "problem", "attribute", "fragments", "discuss", "review"];

/// A term: whether it is negated, its key, what stands behind it.
fn term() -> impl Strategy<Value = (bool, &'static str, String)> {
    let behind = |key: &'static str| match key {
        "review" => {
            select(vec!["open", "changed", "question", "accepted"]).prop_map(str::to_owned).boxed()
        }
        "has" => select(HAS.to_vec()).prop_map(str::to_owned).boxed(),
        "annotator" => select(vec!["ana", "BEN", "ana@2", "an"]).prop_map(str::to_owned).boxed(),
        "document" => select(vec!["a", "B", "b c.txt", "txt"]).prop_map(str::to_owned).boxed(),
        "attribute" => (select(vec!["kind", "KIND", "mood"]), proptest::option::of(word()))
            .prop_map(|(name, value)| match value {
                Some(value) => format!("{name}={value}"),
                None => name.to_owned(),
            })
            .boxed(),
        _ => {
            prop_oneof![3 => word(), 1 => words()].prop_filter("nothing", |w| !w.is_empty()).boxed()
        }
    };
    (any::<bool>(), select(KEYS.to_vec())).prop_flat_map(move |(negated, key)| {
        behind(key).prop_map(move |value| (negated, key, value))
    })
}

/// A term as it is typed: in quotation marks where it must, and sometimes where it need not.
fn typed((negated, key, value): &(bool, &'static str, String), quoted: bool) -> String {
    let value = match (is_quoted(value, quoted), value.len() % 2) {
        (false, _) => value.clone(),
        (true, 0) => format!("\"{value}\""),
        (true, _) => format!("“{value}”"),
    };
    let colon = if key.is_empty() { "" } else { ":" };
    format!("{}{key}{colon}{value}", if *negated { "-" } else { "" })
}

/// Whether a value stands in quotation marks, because it is to or because it must.
fn is_quoted(value: &str, quoted: bool) -> bool {
    quoted || value.contains([' ', ':']) || value.starts_with('-')
}

/// Capitals do not matter, nor at the end of a Greek word.
fn small(words: &str) -> String {
    words.to_lowercase().replace('ς', "σ")
}

/// Whether a row is as a term says, by a plain look at it.
fn holds(row: &TableRow, said: &[Said], key: &str, value: &str) -> bool {
    let value = small(value);
    let is = |words: &str| small(words) == value;
    let has = |words: &str| small(words).contains(&value);
    match key {
        "" => has(&row.quote),
        "label" => is(&row.label),
        "annotator" => is(row.key.annotator.as_str()),
        "document" => has(row.key.document.as_str()),
        "note" => has(&row.note),
        "link" => row.links.iter().any(|link| is(link)),
        "attribute" => row.values.iter().any(|(name, holds, stored)| match value.split_once('=') {
            Some((wanted, value)) => small(name) == wanted && small(holds) == value,
            None => is(name) && *stored,
        }),
        "problem" if value == "any" => !row.problems.is_empty(),
        "problem" => row.problems.iter().any(|problem| has(&problem.words())),
        "review" => standing(said) == value,
        "has" => match value.as_str() {
            "note" => !row.note.is_empty(),
            "link" => !row.links.is_empty(),
            "problem" => !row.problems.is_empty(),
            "attribute" => row.values.iter().any(|(_, _, stored)| *stored),
            "fragments" => row.fragments.count() > 1,
            "discuss" => row.to_discuss,
            "review" => said.iter().any(Option::is_some),
            other => panic!("{other}"),
        },
        other => panic!("{other}"),
    }
}

fn listed(lines: &TableLines) -> Vec<RowKey> {
    let one_by_one = (0..lines.len()).filter_map(|line| Some(lines.row(line)?.key));
    let found: Vec<RowKey> = one_by_one.collect();
    assert_eq!(keys(&lines.listed_rows()), found);
    assert_eq!(lines.listed(), found.len());
    found
}

/// Rows as the table has them.
fn packed(rows: &[TableRow]) -> TableRows {
    rows.iter().cloned().collect()
}

/// The rows of a set, packed and unpacked again.
fn rows_of(schema: &Schema, document: &Document, set: &AnnotationSet) -> Vec<TableRow> {
    RowBlock::of_set(schema, document, set).iter().flat_map(RowBlock::rows).collect()
}

fn keys(rows: &[TableRow]) -> Vec<RowKey> {
    rows.iter().map(|row| row.key.clone()).collect()
}

/// What rows are sorted by: a number, then words; what has none comes last.
fn by(column: TableColumn, row: &TableRow, said: &[Said]) -> (usize, Vec<String>) {
    let last = |words: String| (usize::from(words.is_empty()), vec![words]);
    match column {
        TableColumn::Document => (0, vec![row.key.document.to_string()]),
        TableColumn::Label => (0, vec![row.label.to_string()]),
        TableColumn::Quote => (0, vec![row.quote.to_lowercase()]),
        TableColumn::Annotator => (0, vec![row.key.annotator.to_string()]),
        TableColumn::Values => {
            let stored = row.values.iter().filter(|(_, _, stored)| *stored);
            let words = stored.map(|(name, value, _)| format!("{name}: {value}"));
            last(words.collect::<Vec<_>>().join(", "))
        }
        TableColumn::Links => (row.links.len(), Vec::new()),
        TableColumn::Note => last(row.note.to_string()),
        TableColumn::Problems => {
            (row.problems.len(), row.problems.iter().map(Finding::words).collect())
        }
        TableColumn::Review => {
            let all = ["open", "changed", "question", "accepted"];
            (all.iter().position(|one| *one == standing(said)).unwrap(), Vec::new())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_filter_takes_the_rows_of_which_every_term_is_true(
        (rows, said, reviews) in rows(),
        terms in vec((term(), any::<bool>()), 0..4),
    ) {
        let typed: Vec<String> = terms.iter().map(|(term, quoted)| typed(term, *quoted)).collect();
        let typed = typed.join("  ");
        let filter = Filter::parse(&typed).map_err(|error| TestCaseError::fail(format!("{typed}: {error}")))?;
        prop_assert_eq!(filter.is_empty(), terms.is_empty());
        let takes = |row: &&TableRow| terms.iter().all(|((negated, key, value), quoted)| {
            // A word alone may be a label's name.
            let is_word = key.is_empty() && !is_quoted(value, *quoted);
            let is_label = is_word && holds(row, &said[&row.key], "label", value);
            (is_label || holds(row, &said[&row.key], key, value)) != *negated
        });
        let wanted: Vec<RowKey> = rows.iter().filter(takes).map(|row| row.key.clone()).collect();
        let arrangement = Arrangement { filter, ..Arrangement::default() };
        prop_assert_eq!(listed(&arrange(&packed(&rows), &arrangement, &reviews)), wanted, "{}", typed);
    }

    #[test]
    fn whatever_is_typed_is_understood_or_refused_in_words(
        typed in prop_oneof![
            hostile::string(),
            vec(select(vec!["label", "has", ":", "\"", "“", "-", " ", "=", "note", "x", "review:", "problem:any"]), 0..10)
                .prop_map(|parts| parts.concat()),
        ],
        (rows, _, reviews) in rows(),
    ) {
        match Filter::parse(&typed) {
            Ok(filter) => {
                let arrangement = Arrangement { filter, ..Arrangement::default() };
                let found = arrange(&packed(&rows), &arrangement, &reviews);
                prop_assert!(found.len() <= rows.len());
            }
            Err(error) => prop_assert!(error.to_string().split_whitespace().count() > 3, "{error}"),
        }
    }

    #[test]
    fn sorting_loses_nothing_and_keeps_the_order_of_the_text_among_equals(
        (rows, said, reviews) in rows(),
        column in select(TableColumn::ALL.to_vec()),
        descending in any::<bool>(),
    ) {
        let arrangement = Arrangement { by: column, descending, ..Arrangement::default() };
        let found = listed(&arrange(&packed(&rows), &arrangement, &reviews));
        if column == TableColumn::Document {
            let mut wanted = keys(&rows);
            if descending {
                wanted.reverse();
            }
            prop_assert_eq!(found, wanted);
            return Ok(());
        }
        let place: BTreeMap<RowKey, usize> = keys(&rows).into_iter().zip(0..).collect();
        prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len());
        prop_assert_eq!(found.len(), rows.len());
        let of = |key: &RowKey| by(column, &rows[place[key]], &said[key]);
        for two in found.windows(2) {
            let (one, other) = (of(&two[0]), of(&two[1]));
            if one == other {
                prop_assert!(place[&two[0]] < place[&two[1]]);
            } else {
                prop_assert_eq!(one > other, descending, "{:?} before {:?}", one, other);
            }
        }
    }

    #[test]
    fn each_row_stands_under_the_heading_of_its_group(
        (rows, said, reviews) in rows(),
        column in select(TableColumn::ALL.to_vec()),
        descending in any::<bool>(),
    ) {
        let plain = Arrangement { by: column, descending, ..Arrangement::default() };
        let grouped = Arrangement { grouped: true, ..plain.clone() };
        let lines = arrange(&packed(&rows), &grouped, &reviews);
        prop_assert_eq!(listed(&lines), listed(&arrange(&packed(&rows), &plain, &reviews)));
        let (mut heading, mut left) = (None::<Box<str>>, 0);
        let mut headings = Vec::new();
        for line in lines.iter() {
            match line {
                TableLine::Heading(one) => {
                    prop_assert_eq!(left, 0, "fewer stand under {:?} than it says", heading);
                    prop_assert!(one.count > 0 && !one.words.is_empty());
                    (heading, left) = (Some(one.words.clone()), one.count);
                    headings.push(one.words.clone());
                }
                TableLine::Row(row) => {
                    prop_assert!(left > 0, "more stand under {:?} than it says", heading);
                    left -= 1;
                    let words = match column {
                        TableColumn::Links => row.links.len().to_string(),
                        TableColumn::Review => standing(&said[&row.key]).to_owned(),
                        _ => by(column, &row, &[]).1.join(", "),
                    };
                    let words = if words.is_empty() { "–" } else { &words };
                    // Quotes that differ in capitals only stand together.
                    let heading = heading.as_deref().map(|heading| match column {
                        TableColumn::Quote => heading.to_lowercase(),
                        _ => heading.to_owned(),
                    });
                    prop_assert_eq!(heading.as_deref(), Some(words));
                }
            }
        }
        prop_assert_eq!(left, 0);
        // What the checks find is sorted by how much it is, so that it may come twice.
        let once = headings.iter().collect::<BTreeSet<_>>().len() == headings.len();
        prop_assert!(once || column == TableColumn::Problems, "{:?}", headings);
    }

    #[test]
    fn how_an_annotation_stands_is_what_all_reviewers_say((rows, said, reviews) in rows()) {
        for row in &rows {
            prop_assert_eq!(reviews.standing(row).title(), standing(&said[&row.key]));
            let of = reviews.of(&row.key, &row.content()).map(|(who, review, now)| (who.to_string(), review.accepted, now)).collect::<Vec<_>>();
            let names = ["ana", "ben", "cy"].into_iter().zip(&said[&row.key]);
            let wanted = names.filter_map(|(name, said)| said.map(|(changed, accepted)| (name.to_owned(), accepted, !changed)));
            prop_assert_eq!(of, wanted.collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_row_says_what_its_annotation_says(said in sayings()) {
        let schema = built_in_schema();
        let about = document("a", said.text.as_str());
        let characters: Vec<char> = said.text.as_str().chars().collect();
        let plain = |range: std::ops::Range<usize>| -> String {
            let plain = |c: &char| if c.is_whitespace() || c.is_control() { ' ' } else { *c };
            characters[range].iter().map(plain).collect()
        };
        for set in said.sets(&people(3)) {
            let rows = rows_of(&schema, &about, &set);
            prop_assert_eq!(rows.len(), set.annotations().len());
            let findings = check(&schema, &about.text, &set);
            for (row, annotation) in rows.iter().zip(set.annotations()) {
                let key = (&row.key.document, &row.key.annotator, &row.key.annotation);
                prop_assert_eq!(key, (&about.path, set.annotator(), &annotation.id));
                let extent = annotation.fragments.extent();
                let (start, end) = (extent.start.get(), extent.end.get());
                prop_assert_eq!(&*row.before, plain(start.saturating_sub(60)..start));
                prop_assert_eq!(&*row.after, plain(end..characters.len().min(end + 60)));
                prop_assert_eq!((&row.label, &row.fragments), (&annotation.label, &annotation.fragments));
                prop_assert_eq!((row.at(), row.content()), (extent, content(annotation)));
                let quote = annotation.quote(&said.text).replace(|c: char| c.is_control(), " ");
                prop_assert!(*row.quote == *quote || quote.chars().count() > 140);
                let mut links: Vec<&str> = set.relations().iter()
                    .filter(|link| [&link.from, &link.to].contains(&&annotation.id))
                    .map(|link| &*link.label).collect();
                let mut found: Vec<&str> = row.links.iter().map(|link| &**link).collect();
                links.sort_unstable();
                found.sort_unstable();
                prop_assert_eq!(found, links);
                let stored: BTreeMap<&str, &str> = row.values.iter()
                    .filter(|(_, _, stored)| *stored).map(|(n, v, _)| (&**n, &**v)).collect();
                let mut wanted: BTreeMap<&str, &str> =
                    annotation.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                wanted.remove("discuss");
                prop_assert_eq!(stored, wanted);
                // By default, what the schema says of this label.
                for attribute in schema.attributes_of(&annotation.label) {
                    let found = row.values.iter().filter(|(name, ..)| **name == *attribute.name);
                    prop_assert_eq!(found.count(), 1);
                }
                prop_assert_eq!(row.to_discuss, annotation.is_to_discuss());
                prop_assert_eq!(&*row.note, annotation.note.trim());
                let problems: Vec<Finding> = findings.iter()
                    .filter(|finding| finding.annotation == annotation.id)
                    .map(|finding| Finding { mends: Vec::new(), ..finding.clone() }).collect();
                prop_assert_eq!(&row.problems, &problems);
            }
        }
    }
}

#[test]
fn a_row_of_the_worked_example() {
    let read = parse("Kemarin [claim:Menteri tiba],\nkata [source:Budi].");
    let mut set = with_links(&read, &[("attributed-to", "Menteri tiba", "Budi")]);
    let mut claim = (*set.annotations()[0]).clone();
    claim.attributes.insert("directness".to_owned(), "direct".to_owned());
    set.apply(tandai::corpus::Edit::Replace(Arc::new(claim))).unwrap();
    let rows = rows_of(&built_in_schema(), &document("a", read.text.as_str()), &set);
    let row = &rows[0];
    assert_eq!((&*row.before, &*row.quote), ("Kemarin ", "Menteri tiba"));
    assert_eq!(&*row.after, ", kata Budi.");
    assert_eq!(&*row.link_words, "attributed to “Budi”");
    assert_eq!((row.links.len(), &*rows[1].link_words), (1, ""));
    assert_eq!(&*rows[1].links, ["attributed-to".into()]);
    assert_eq!(row.stored_words(), "directness: direct");
    let by_default = ("certainty".into(), "certain".into(), false);
    assert!(row.values.contains(&by_default), "{:?}", row.values);
    assert_eq!(row.content(), "claim 8-20 directness=direct");
}

#[test]
fn what_is_typed_half_is_no_term_yet_or_is_said_to_want_more() {
    for nothing in ["", "  ", "-", "\"", "\"\"", "- \"\" -“”"] {
        assert_eq!(Filter::parse(nothing).map(|filter| filter.is_empty()), Ok(true), "{nothing}");
    }
    for (typed, says) in [
        ("label:", "what stands behind label: is missing"),
        ("-note:\"\"", "what stands behind note: is missing"),
        ("colour:red", "there is no filter “colour:”"),
        (":x", "there is no filter “:”"),
        ("has:hope", "“has:hope” is not known"),
        ("label:x review:fine", "“review:fine” is not known"),
    ] {
        let error = Filter::parse(typed).unwrap_err().to_string();
        assert!(error.starts_with(says), "{typed}: {error}");
    }
    // A quotation mark that is still open goes to the end.
    let open = Filter::parse("note:\"kata Budi").unwrap();
    assert_eq!(open, Filter::parse("note:\"kata Budi\"").unwrap());
    assert_eq!(Filter::parse("LABEL:Claim"), Filter::parse("label:claim"));
    assert_ne!(Filter::parse("\"label:claim\""), Filter::parse("label:claim"));
}

#[test]
fn the_words_for_how_something_stands_are_those_of_the_filter() {
    for standing in ReviewStanding::ALL {
        assert!(Filter::parse(&format!("review:{}", standing.title())).is_ok());
    }
}
