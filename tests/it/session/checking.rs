//! What the checks find, and what becomes of it.

use proptest::collection::vec;
use proptest::prelude::*;
use tandai::corpus::{Annotator, Status};
use tandai::review::{FindingKind, Mend, check as check_set};
use tandai::session::{Command, Effect, Listing, Message};
use tandai::storage::{Project, SetOnDisk, SetStore, built_in_schema, load_document};

use super::person::with_links;
use super::{Person, check_refused, path};
use crate::{hostile, markup};

/// What the built-in schema's checks say of a set.
#[track_caller]
fn words(marked: &str, links: &[(&str, &str, &str)]) -> Vec<String> {
    let read = markup::parse(marked);
    let set = with_links(&read, links);
    check_set(&built_in_schema(), &read.text, &set).iter().map(|f| f.words()).collect()
}

/// What is found in what the person has before them.
fn found(person: &Person) -> Vec<String> {
    person.session.problems_found().iter().map(|f| f.words()).collect()
}

const CLEAN: &str = "[claim:Kim tiba], [source:kata KCNA]. [denial:Tidak] di [location:Seoul].";
const CLEAN_LINKS: [(&str, &str, &str); 3] = [
    ("attributed-to", "Kim tiba", "kata KCNA"),
    ("denies", "Tidak", "Kim tiba"),
    ("located-at", "Kim tiba", "Seoul"),
];

/// Two things to find: an edge inside a word, and a denial of nothing.
const TWO: &str = "|Kim [location:di Se]oul. [denial:Tidak]. [claim:Ya], [source:kata KCNA].";
const TWO_LINKS: [(&str, &str, &str); 2] =
    [("attributed-to", "Ya", "kata KCNA"), ("located-at", "Tidak", "di Se")];

#[test]
fn of_a_set_as_the_schema_expects_nothing_is_said() {
    assert!(words(CLEAN, &CLEAN_LINKS).is_empty());
    assert!(words("", &[]).is_empty());
    assert!(Person::linked(CLEAN, &CLEAN_LINKS).session.problems_found().is_empty());
}

#[test]
fn each_check_finds_what_it_is_for() {
    let said = words("[claim:Kim tiba].", &[]);
    assert_eq!(said, ["This claim is not attributed-to anything, nor is its directness narrator"]);
    assert_eq!(words("[denial:Tidak].", &[]), ["This denial denies nothing"]);
    assert_eq!(words("[source:KCNA].", &[]), ["This source is linked to nothing"]);
    assert_eq!(words("[location:Seoul].", &[]), ["This location is linked to nothing"]);
}

#[test]
fn a_narrators_claim_that_has_a_source_contradicts_itself() {
    let mut person =
        Person::linked("[*claim:Ya], [source:kata KCNA].", &[("attributed-to", "Ya", "kata KCNA")]);
    assert!(found(&person).is_empty());
    person.press("Shift+D");
    assert_eq!(
        found(&person),
        ["This claim has attributed-to although its directness is narrator"]
    );
    person.press("M");
    assert_eq!((person.attributes().as_str(), found(&person).len()), ("", 0));
    person.press("Ctrl+Z Shift+M");
    assert!(person.links().is_empty());
    assert_eq!(found(&person), ["This source is linked to nothing"]);
}

#[test]
fn links_that_lead_where_they_should_not_are_found() {
    let ends = [("attributed-to", "Ya", "Tidak"), ("denies", "Tidak", "Ya")];
    let said = words("[claim:Ya]. [denial:Tidak].", &ends);
    let expected = "A link attributed-to leads from a claim to a denial, which it is not for";
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
fn problems_are_walked_from_the_caret_on_and_round() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    let expected = ["The end lies inside a word", "This denial denies nothing"];
    assert_eq!(found(&person), expected);
    let mut said = Vec::new();
    for keys in ["P", "P", "P", "Shift+P"] {
        person.press(keys);
        said.push(person.notice().to_owned());
    }
    assert_eq!(said, [expected[0], expected[1], expected[0], expected[1]]);
    assert_eq!(person.session.focused().unwrap().label.as_ref(), "denial");
    assert_eq!(person.saves, 0);
}

#[test]
fn a_problem_is_mended_by_one_key_in_one_step() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.press("P M");
    person.check("Kim [*location:di Seoul]. [denial:Tidak]. [claim:Ya], [source:kata KCNA].");
    assert_eq!(person.notice(), "Extended location to whole words");
    assert_eq!(found(&person), ["This denial denies nothing"]);
    person.press("P M");
    assert!(person.links().contains(&"Tidak denies Ya".to_owned()), "{:?}", person.links());
    assert!(found(&person).is_empty());
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(found(&person).len(), 2);
}

#[test]
fn white_space_at_an_edge_is_trimmed() {
    let mut person = Person::reading("Kim[denial: tidak ]tiba.");
    person.press("P P M");
    person.check("Kim [*denial:tidak] tiba.");
    assert_eq!(person.notice(), "Trimmed denial");
}

#[test]
fn a_claim_without_a_source_gets_the_nearest_or_is_the_narrators() {
    let marked = "[source:KCNA] berkata bahwa [*claim:Kim tiba], [source:kata Yonhap].";
    let mut person = Person::reading(marked);
    person.press("M");
    assert_eq!(person.links(), ["Kim tiba attributed-to kata Yonhap"]);
    let mut person = Person::reading(marked);
    person.press("Shift+M");
    assert_eq!((person.attributes().as_str(), person.links().len()), ("directness: narrator", 0));
    // Where there is no source, that is the first way.
    let mut person = Person::reading("[*claim:Kim tiba].");
    person.press("M");
    assert_eq!(person.attributes(), "directness: narrator");
}

#[test]
fn what_cannot_be_mended_is_refused_with_a_reason() {
    check_refused("Kim tiba.", "M", "There is nothing to mend here");
    check_refused("Kim tiba.", "P", "Nothing here is other than the schema expects");
    check_refused("Kim tiba.", "X", "There is no problem here");
    check_refused(
        "[*source:KCNA].",
        "M",
        "This source is linked to nothing: there is no such mend",
    );
    check_refused("[*denial:tida]k.", "P Shift+M", "There is no such mend for this problem");
}

#[test]
fn what_is_meant_is_not_found_again_until_that_is_undone() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.press("P X");
    assert_eq!(person.notice(), "Kept as meant: The end lies inside a word");
    assert_eq!((person.decided.iter().len(), person.saves), (1, 1));
    assert_eq!(found(&person), ["This denial denies nothing"]);
    // One is at the next already.
    assert_eq!(person.session.focused().unwrap().label.as_ref(), "denial");
    person.press("Ctrl+Z");
    assert_eq!((person.decided.iter().len(), found(&person).len()), (0, 2));
    person.press("Ctrl+Y");
    assert_eq!((person.decided.iter().len(), found(&person).len()), (1, 1));
}

#[test]
fn what_is_meant_is_remembered_by_whoever_opens_the_article_again() {
    let mut person = Person::with(&[("a.txt", "[denial:Tidak]."), ("b.txt", "[denial:Tidak].")]);
    person.press("P X");
    assert!(found(&person).is_empty());
    person.tell(Message::OpenDocument(path("b.txt")));
    assert_eq!(found(&person), ["This denial denies nothing"]);
    person.tell(Message::OpenDocument(path("a.txt")));
    assert!(found(&person).is_empty());
    // Somebody else has not decided it, and coming back one still has.
    person.put_marked("ben", "a.txt", "[denial:Tidak].");
    let decided = std::mem::take(&mut person.decided);
    person.tell(Message::SetAnnotator("ben".to_owned()));
    assert_eq!(found(&person), ["This denial denies nothing"]);
    person.decided = decided;
    person.tell(Message::SetAnnotator("ana".to_owned()));
    assert!(found(&person).is_empty());
}

#[test]
fn an_answer_about_an_older_set_is_not_shown() {
    let mut person = Person::reading("[*denial:Tidak] [claim:Ya]");
    let effects = person.tell_only(Message::Run(Command::Remove));
    let (late, at_once): (Vec<Effect>, Vec<Effect>) =
        effects.into_iter().partition(|effect| matches!(effect, Effect::Check { .. }));
    assert_eq!(late.len(), 1);
    person.carry_out(at_once);
    person.press("Ctrl+Z");
    let now = found(&person);
    person.carry_out(late);
    assert_eq!(found(&person), now);
}

#[test]
fn the_problems_of_all_articles_are_listed_and_gone_to() {
    let mut person = Person::with(&[
        ("a.txt", "|Kim tiba."),
        ("b.txt", "[denial:Bukan]. Di [denial:tida]k."),
        ("c.txt", "[denial:Bukan]."),
    ]);
    person.press("Shift+F4");
    assert_eq!(person.session.listing(), Some(Listing::Remarks));
    let rows: Vec<String> = person
        .session
        .remarks()
        .unwrap()
        .rows
        .iter()
        .map(|row| format!("{} {}: {}", row.document, row.quote, row.words))
        .collect();
    let expected = [
        "b.txt Bukan: This denial denies nothing",
        "b.txt tida: This denial denies nothing",
        "b.txt tida: The end lies inside a word",
        "c.txt Bukan: This denial denies nothing",
    ];
    assert_eq!(rows, expected);
    person.tell(Message::GoToRow { row: 2, open: true });
    assert_eq!(person.notice(), "The end lies inside a word");
    // What is gone to is what the keys mend, and what is mended leaves the list.
    person.press("M");
    person.check("[denial:Bukan]. Di [*denial:tidak].");
    let left = person.session.remarks().unwrap().rows.iter();
    assert!(left.clone().all(|row| row.words == "This denial denies nothing"));
    assert!(left.clone().any(|row| row.quote == "Bukan" && row.document == path("b.txt")));
    assert!(left.clone().any(|row| row.document == path("c.txt")));
}

#[test]
fn the_problems_of_one_article_are_listed_and_kept_up_to_date() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.press("F4");
    assert_eq!(person.session.list_place(), (2, None));
    person.press("P M");
    assert_eq!(person.session.list_place().0, 1);
    person.press("Ctrl+Z");
    assert_eq!(person.session.list_place().0, 2);
    person.press("F5");
    assert_eq!(person.session.listing(), None);
    person.press("F5");
    assert_eq!(person.session.listing(), Some(Listing::Remarks));
}

#[test]
fn what_is_to_be_discussed_or_has_a_note_is_listed_over_all_articles() {
    let mut person =
        Person::with(&[("a.txt", "[*claim:Kim] [claim:tiba]"), ("b.txt", "[*claim:Ya]")]);
    person.press("Q Tab");
    let note = |person: &mut Person, note: &str| {
        let annotation = person.session.focused().unwrap().id.clone();
        person.tell(Message::SetNote { annotation, note: note.to_owned() });
    };
    note(&mut person, "kapan?");
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Tab Q");
    note(&mut person, "oleh siapa?");
    person.press("Shift+Q");
    let rows: Vec<String> = person
        .session
        .remarks()
        .unwrap()
        .rows
        .iter()
        .map(|row| format!("{} {}: {}", row.document, row.quote, row.words))
        .collect();
    let expected =
        ["a.txt Kim: To discuss", "a.txt tiba: kapan?", "b.txt Ya: To discuss: oleh siapa?"];
    assert_eq!(rows, expected);
    person.tell(Message::GoToRow { row: 1, open: true });
    person.check("[claim:Kim] [*claim:tiba]");
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
        .map(|f| f.words())
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
        let mut keys: Vec<String> = findings.iter().map(|f| f.key()).collect();
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
