//! What each check finds.

use proptest::collection::vec;
use proptest::prelude::*;
use tandai::corpus::{Annotator, Status};
use tandai::review::{Finding, FindingKind, Mend, check as check_set};
use tandai::storage::{Project, SetOnDisk, SetStore, built_in_schema, load_document};

use super::person::with_links;
use super::{Person, path};
use crate::{hostile, markup};

/// What the built-in schema's checks say of a set.
#[track_caller]
fn words(marked: &str, links: &[(&str, &str, &str)]) -> Vec<String> {
    let read = markup::parse(marked);
    let set = with_links(&read, links);
    check_set(&built_in_schema(), &read.text, &set).iter().map(Finding::words).collect()
}

/// What is found in what the person has before them.
pub(super) fn found(person: &Person) -> Vec<String> {
    person.session.problems_found().iter().map(Finding::words).collect()
}

const CLEAN: &str = "[claim:Kim tiba], [source:kata KCNA]. [denial:Tidak] di [location:Seoul].";
const CLEAN_LINKS: [(&str, &str, &str); 3] = [
    ("attributed-to", "Kim tiba", "kata KCNA"),
    ("denies", "Tidak", "Kim tiba"),
    ("located-at", "Kim tiba", "Seoul"),
];

#[test]
fn of_a_set_as_the_schema_expects_nothing_is_said() {
    assert!(words(CLEAN, &CLEAN_LINKS).is_empty());
    assert!(words("", &[]).is_empty());
    assert!(Person::linked(CLEAN, &CLEAN_LINKS).session.problems_found().is_empty());
}

#[test]
fn each_check_finds_what_it_is_for() {
    let said = words("[claim:Kim tiba].", &[]);
    assert_eq!(said, ["This claim has no link “attributed-to” (nor directness: narrator)"]);
    assert_eq!(words("[denial:Tidak].", &[]), ["This denial has no link “denies”"]);
    assert_eq!(words("[source:KCNA].", &[]), ["This source is linked with nothing"]);
    assert_eq!(words("[location:Seoul].", &[]), ["This location is linked with nothing"]);
}

#[test]
fn a_narrators_claim_that_has_a_source_contradicts_itself() {
    let mut person =
        Person::linked("[*claim:Ya], [source:kata KCNA].", &[("attributed-to", "Ya", "kata KCNA")]);
    assert!(found(&person).is_empty());
    person.press("Shift+D");
    assert_eq!(
        found(&person),
        ["This claim has a link “attributed-to” although directness: narrator"]
    );
    person.press("M");
    assert_eq!((person.attributes().as_str(), found(&person).len()), ("", 0));
    person.press("Ctrl+Z Shift+M");
    assert!(person.links().is_empty());
    assert_eq!(found(&person), ["This source is linked with nothing"]);
}

#[test]
fn links_that_lead_where_they_should_not_are_found() {
    let ends = [("attributed-to", "Ya", "Tidak"), ("denies", "Tidak", "Ya")];
    let said = words("[claim:Ya]. [denial:Tidak].", &ends);
    let expected = "A link “attributed-to” from a claim to a denial is not in the schema";
    assert_eq!(said, [expected]);
    let mut person = Person::linked("[*claim:Ya]. [denial:Tidak].", &ends);
    person.press("P M");
    assert_eq!(person.links(), ["Tidak denies Ya"]);
}

#[test]
fn a_circle_of_mentions_is_found_once_and_a_chain_is_none() {
    let marked = "[source:A], [source:B], [source:C].";
    let chain = [("same-as", "A", "B"), ("same-as", "B", "C")];
    assert!(words(marked, &chain).is_empty());
    let circle = [chain.as_slice(), &[("same-as", "C", "A")]].concat();
    assert_eq!(words(marked, &circle), ["Links same-as go round in a circle"]);
}

#[test]
fn edges_on_white_space_and_inside_words_are_found_on_their_side() {
    let edges = |marked: &str| {
        let said = words(marked, &[]).into_iter();
        said.filter(|words| words.starts_with("The ")).collect::<Vec<_>>()
    };
    assert_eq!(edges("Kim[claim: tiba]."), ["The start lies on white space"]);
    assert_eq!(edges("[claim:Kim ]tiba."), ["The end lies on white space"]);
    assert_eq!(edges("K[claim:im] tiba."), ["The start lies inside a word"]);
    assert_eq!(edges("[claim:Kim t]iba."), ["The end lies inside a word"]);
    assert_eq!(edges("[claim:Kim tiba.] Ya").len(), 0);
    assert_eq!(edges("[claim#1:Kim] ti[claim#1:ba]."), ["The start lies inside a word"]);
    // Where a dictionary guesses the words, a person knows better.
    assert_eq!(edges("朝[claim:鲜否]认向俄罗斯。").len(), 0);
}

#[test]
fn the_same_words_with_other_labels_or_none_are_found() {
    let strings = |marked: &str| {
        let said = words(marked, &[]).into_iter();
        said.filter(|words| words.starts_with('“')).collect::<Vec<_>>()
    };
    assert_eq!(
        strings("[source:Seoul] kata [location:Seoul]."),
        [
            "“Seoul” is tagged source here and untagged once",
            "“Seoul” is tagged location and source in this article",
            "“Seoul” is tagged location here and untagged once",
        ]
    );
    assert_eq!(
        strings("[location:Seoul] dan Seoul, Seoulite, di Seoul."),
        ["“Seoul” is tagged location here and untagged 2 times"]
    );
    // A longer mention counts, a claim need not be tagged wherever it stands.
    assert!(strings("[location:Seoul] dan [location:kota Seoul].").is_empty());
    assert!(strings("[claim:Ya], kata Kim. Ya.").is_empty());
}

#[test]
fn in_the_shipped_gold_set_just_three_things_are_found() {
    let root = Project::at(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    let (document, _) = load_document(&root, &path("000_48ab4e9815f7107d.txt")).unwrap();
    let SetOnDisk::Read(gold) = SetStore::load(&root, &Annotator::gold(), &document).1 else {
        panic!("the gold set cannot be read");
    };
    let findings = check_set(&built_in_schema(), &document.text, &gold);
    let in_word = findings.iter().filter(|f| matches!(f.kind, FindingKind::EdgeInWord(_)));
    assert_eq!(in_word.map(|f| f.at.start.get()).collect::<Vec<_>>(), [1009, 1009]);
    let others: Vec<String> = findings
        .iter()
        .filter(|f| !matches!(f.kind, FindingKind::EdgeInWord(_)))
        .map(Finding::words)
        .collect();
    let expected = "“Korea Utara” is tagged source here and untagged 5 times";
    assert_eq!((findings.len(), others), (3, vec![expected.to_owned()]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_found_tells_itself_apart_and_what_is_mended_is_not_found_again(
        text in hostile::text(),
        sketches in vec(hostile::plain_sketch(), 0..8),
    ) {
        let schema = built_in_schema();
        let set = hostile::set_of(&text, Status::InProgress, &sketches, &[]);
        let findings = check_set(&schema, &text, &set);
        let mut keys: Vec<String> = findings.iter().map(Finding::key).collect();
        keys.sort();
        let count = keys.len();
        keys.dedup();
        prop_assert_eq!(keys.len(), count);
        for finding in &findings {
            let annotation = set.annotation(&finding.annotation).unwrap();
            prop_assert!(finding.at.end <= text.end());
            let Some(mend) = finding.mends.first().filter(|m| **m != Mend::SeeOccurrences) else {
                continue;
            };
            let id = tandai::corpus::Id::from_random(1 << 40);
            let mut mended = set.clone();
            let edits = mend.edits(&set, &text, annotation, id);
            for edit in edits {
                mended.apply(edit).unwrap();
            }
            if mended == set {
                // Of a fragment nothing would be left.
                let mut quotes = annotation.fragments.iter().filter_map(|span| text.quote(span));
                prop_assert!(quotes.any(|quote| quote.trim().is_empty()), "{mend:?}: {finding:?}");
                continue;
            }
            let again = check_set(&schema, &text, &mended);
            prop_assert!(again.iter().all(|f| f.key() != finding.key()), "{finding:?}");
        }
    }
}
