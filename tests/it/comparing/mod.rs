//! What several annotators say, thing by thing: how they differ, what gold has of it,
//! and how it is settled.

mod any_sets;
mod moved;
mod rules;
mod settling;

use std::sync::Arc;

use tandai::corpus::{
    Adrift, Annotation, AnnotationSet, Digest, Edit, Id, NameKind, Relation, Status,
};
use tandai::review::{CaseRow, Comparison, Kind, Subject, Voice};
use tandai::storage::built_in_schema;
use tandai::text::{Offset, Text};

use crate::exchange::{document, person};
use crate::markup::{parse, parse_as};
use crate::sayings::{Link, marked, unlinked};
use crate::session::with_links;

fn compared(sets: &[AnnotationSet], gold: Option<&AnnotationSet>) -> Comparison {
    Comparison::of(&sets.iter().collect::<Vec<_>>(), gold)
}

/// Gold's set, marked.
#[track_caller]
fn gold(marked: &str, links: &[Link<'_>]) -> AnnotationSet {
    with_links(&parse_as("gold", marked), links)
}

/// The same set with annotations and relations changed.
fn changed(set: &AnnotationSet, end: Offset, change: impl Fn(&mut Annotation)) -> AnnotationSet {
    let annotations = set.annotations().iter().map(|annotation| {
        let mut annotation = (**annotation).clone();
        change(&mut annotation);
        annotation
    });
    let relations: Vec<Relation> = set.relations().iter().map(|link| (**link).clone()).collect();
    let one = set.annotator().clone();
    AnnotationSet::assemble(one, end, Status::Done, annotations.collect(), relations).unwrap()
}

/// The set with a value of an attribute where something is quoted.
fn with_value(text: &Text, set: &AnnotationSet, quote: &str, value: &str) -> AnnotationSet {
    changed(set, text.end(), |annotation| {
        if annotation.quote(text) == quote {
            annotation.attributes.insert("directness".to_owned(), value.to_owned());
        }
    })
}

/// The kind and the key of each case.
fn keys(comparison: &Comparison) -> Vec<(Kind, &str)> {
    comparison.cases.iter().map(|case| (case.kind, case.key.as_str())).collect()
}

/// What gold has of an annotation's case.
#[track_caller]
fn gold_of(comparison: &Comparison, case: usize) -> &[Arc<Annotation>] {
    match &comparison.cases[case].subject {
        Subject::Annotation { gold, .. } => gold,
        Subject::Link { .. } => panic!("case {case} is about a link"),
    }
}

/// What gold has of a link's case.
#[track_caller]
fn gold_links(comparison: &Comparison, case: usize) -> &[Arc<Relation>] {
    match &comparison.cases[case].subject {
        Subject::Link { gold, .. } => gold,
        Subject::Annotation { .. } => panic!("case {case} is about no link"),
    }
}

#[test]
fn what_all_say_alike_is_agreed() {
    let (_, sets) = unlinked(&["[claim:satu] [source:dua]"; 3]);
    let comparison = compared(&sets, None);
    let wanted = [
        (Kind::Agreed, "ana: claim 0-4; ben: claim 0-4; cy: claim 0-4"),
        (Kind::Agreed, "ana: source 5-8; ben: source 5-8; cy: source 5-8"),
    ];
    assert_eq!(keys(&comparison), wanted);
    assert_eq!(comparison.annotators, [person("ana"), person("ben"), person("cy")]);
    assert_eq!((comparison.count(Kind::Agreed), comparison.count(Kind::Missing)), (2, 0));
    // By oneself one agrees.
    assert_eq!(keys(&compared(&sets[..1], None))[0], (Kind::Agreed, "ana: claim 0-4"));
    assert_eq!(compared(&[], None).cases, []);
}

#[test]
fn what_somebody_lacks_is_missing_however_the_others_differ() {
    let (_, sets) =
        unlinked(&["[claim:satu dua] tiga", "[claim:satu] dua tiga", "satu dua [denial:tiga]"]);
    let wanted = [
        (Kind::Missing, "ana: claim 0-8; ben: claim 0-4; cy: nothing"),
        (Kind::Missing, "ana: nothing; ben: nothing; cy: denial 9-13"),
    ];
    assert_eq!(keys(&compared(&sets, None)), wanted);
    let (_, sets) = unlinked(&["[claim:satu]", "satu", "satu"]);
    let wanted = [(Kind::Missing, "ana: claim 0-4; ben: nothing; cy: nothing")];
    assert_eq!(keys(&compared(&sets, None)), wanted);
}

#[test]
fn other_edges_or_fragments_are_another_boundary() {
    let (_, sets) = unlinked(&[
        "[claim:satu dua tiga]",
        "[claim#1:satu] dua [claim#1:tiga]",
        "satu dua [claim:tiga]",
    ]);
    let comparison = compared(&sets, None);
    let wanted = [(Kind::Boundary, "ana: claim 0-13; ben: claim 0-4+9-13; cy: claim 9-13")];
    assert_eq!(keys(&comparison), wanted);
    assert_eq!(comparison.cases[0].at, Offset::ZERO..Offset::new(13));
    // Those who share no character mark different things.
    let (_, sets) = unlinked(&["[claim:satu]dua", "satu[claim:dua]"]);
    let wanted = [
        (Kind::Missing, "ana: claim 0-4; ben: nothing"),
        (Kind::Missing, "ana: nothing; ben: claim 4-7"),
    ];
    assert_eq!(keys(&compared(&sets, None)), wanted);
}

#[test]
fn another_label_is_on_the_same_thing_where_half_is_shared() {
    let kinds = |one: &str, other: &str| {
        let (_, sets) = unlinked(&[one, other]);
        compared(&sets, None).cases.iter().map(|case| case.kind).collect::<Vec<_>>()
    };
    assert_eq!(kinds("[claim:satu] dua", "[denial:satu] dua"), [Kind::Label]);
    // Boundary and label: the label comes first.
    assert_eq!(kinds("[claim:satu dua]", "[denial:satu] dua"), [Kind::Label]);
    // 2·4 of 16 characters are half, of 17 less.
    assert_eq!(kinds("[claim:satu dua enam]", "[denial:satu] dua enam"), [Kind::Missing; 2]);
    assert_eq!(kinds("[claim:satu dua ena]", "[denial:satu dua] ena"), [Kind::Label]);
    assert_eq!(kinds("[claim:satu12345678]", "[denial:satu]12345678"), [Kind::Label]);
    assert_eq!(kinds("[claim:satu123456789]", "[denial:satu]123456789"), [Kind::Missing; 2]);
    // With the same label one character is enough.
    assert_eq!(kinds("[claim:satu123456789]", "[claim:s]atu123456789"), [Kind::Boundary]);
}

#[test]
fn the_same_label_is_preferred_and_then_what_shares_most() {
    let (_, sets) = unlinked(&["[claim:satu dua]", "[denial:satu [claim:dua]]"]);
    let wanted = [
        (Kind::Boundary, "ana: claim 0-8; ben: claim 5-8"),
        (Kind::Missing, "ana: nothing; ben: denial 0-8"),
    ];
    let (found, mut wanted_by_text) = (compared(&sets, None), wanted.to_vec());
    wanted_by_text.sort_by_key(|(_, key)| *key);
    let mut found = keys(&found);
    found.sort_by_key(|(_, key)| *key);
    assert_eq!(found, wanted_by_text);
    let (_, sets) = unlinked(&["[claim:satu dua] tiga", "[claim:s]at[claim:u dua] tiga"]);
    let wanted = [
        (Kind::Boundary, "ana: claim 0-8; ben: claim 3-8"),
        (Kind::Missing, "ana: nothing; ben: claim 0-1"),
    ];
    let found = compared(&sets, None);
    assert_eq!(found.cases.len(), 2);
    assert!(wanted.iter().all(|case| keys(&found).contains(case)), "{:?}", keys(&found));
}

#[test]
fn between_equally_good_choices_the_order_of_the_sets_does_not_decide() {
    // Cy's source is as like to what ana and ben call zulu as to the other thing.
    let said = ["[zulu:[zz:ab]]", "[zulu:[claim:ab]]", "a[source:b]"];
    let (_, sets) = unlinked(&said);
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let turned: Vec<AnnotationSet> = order.iter().map(|at| sets[*at].clone()).collect();
        let comparison = compared(&turned, None);
        let case = comparison.cases.iter().find(|case| case.key.contains("source")).unwrap();
        assert!(case.key.contains("ben: claim 0-2"), "{order:?}: {}", case.key);
    }
}

#[test]
fn other_values_are_another_attribute_but_not_marks_of_the_work() {
    let (text, mut sets) = unlinked(&["[claim:satu] dua", "[claim:satu] dua"]);
    sets[1] = with_value(&text, &sets[1], "satu", "direct");
    let wanted = [(Kind::Attribute, "ana: claim 0-4; ben: claim 0-4 directness=direct")];
    assert_eq!(keys(&compared(&sets, None)), wanted);
    sets[0] = with_value(&text, &sets[0], "satu", "direct");
    sets[1] = changed(&sets[1], text.end(), |annotation| {
        annotation.note.push_str("sure?");
        *annotation = annotation.clone().to_discuss(true);
    });
    let direct = "ana: claim 0-4 directness=direct; ben: claim 0-4 directness=direct";
    assert_eq!(keys(&compared(&sets, None)), [(Kind::Agreed, direct)]);
}

const PARTS: &str = "[claim:satu] [source:dua] [source:tiga]";

/// The link cases of two who mark the parts alike.
fn links(one: &[Link<'_>], other: &[Link<'_>]) -> Vec<(Kind, String)> {
    let (_, sets) = marked(&[(PARTS, one), (PARTS, other)]);
    let comparison = compared(&sets, None);
    assert_eq!(comparison.count(Kind::Agreed) - 3, links_agreed(&comparison));
    let links = keys(&comparison).into_iter().skip(3);
    links.map(|(kind, key)| (kind, key.to_owned())).collect()
}

fn links_agreed(comparison: &Comparison) -> usize {
    let cases = comparison.cases.iter().skip(3);
    cases.filter(|case| case.kind == Kind::Agreed).count()
}

#[test]
fn links_are_compared_between_the_same_things() {
    let words = |ana: &str, ben: &str| format!("ana: {ana}; ben: {ben}");
    let said = |label: &str| format!("claim 0-4 {label} source 5-8");
    let to_dua = ("attributed-to", "satu", "dua");
    let both = said("attributed-to");
    assert_eq!(links(&[to_dua], &[to_dua]), [(Kind::Agreed, words(&both, &both))]);
    assert_eq!(links(&[to_dua], &[]), [(Kind::Link, words(&both, "nothing"))]);
    // Of two between the same things each is the other's, of whatever label.
    let other = ("same-as", "satu", "dua");
    let wanted = [(Kind::Link, words(&both, &said("same-as")))];
    assert_eq!(links(&[to_dua], &[other]), wanted);
    // What has the same label belongs together first.
    let wanted = [
        (Kind::Agreed, words(&said("same-as"), &said("same-as"))),
        (Kind::Link, words(&both, "nothing")),
    ];
    assert_eq!(links(&[to_dua, other], &[other]), wanted);
    // The other way round it is another link.
    let back = ("attributed-to", "dua", "satu");
    assert_eq!(links(&[to_dua], &[back]).len(), 2);
    // To another end it is one, too.
    assert_eq!(links(&[to_dua], &[("attributed-to", "satu", "tiga")]).len(), 2);
}

#[test]
fn a_link_is_the_same_where_its_ends_have_other_edges() {
    let link: &[Link<'_>] = &[("attributed-to", "satu", "dua")];
    let (_, sets) = marked(&[
        ("[claim:satu] [source:dua] tiga", link),
        ("[claim:satu] [source:dua tiga]", &[("attributed-to", "satu", "dua tiga")]),
        ("[claim:satu] [source:dua] tiga", link),
    ]);
    let comparison = compared(&sets, None);
    let kinds: Vec<Kind> = comparison.cases.iter().map(|case| case.kind).collect();
    assert_eq!(kinds, [Kind::Agreed, Kind::Boundary, Kind::Agreed]);
    let Subject::Link { ends, said, .. } = &comparison.cases[2].subject else { panic!() };
    assert_eq!((*ends, said.iter().flatten().count()), ((0, 1), 3));
    let key = "ana: claim 0-4 attributed-to source 5-8; \
        ben: claim 0-4 attributed-to source 5-13; cy: claim 0-4 attributed-to source 5-8";
    assert_eq!(comparison.cases[2].key, key);
}

#[test]
fn gold_has_of_each_thing_what_is_likest_and_changes_no_key() {
    let (_, sets) =
        marked(&[(PARTS, &[("attributed-to", "satu", "dua")]), ("[claim:satu dua tiga]", &[])]);
    let without = compared(&sets, None);
    let gold = gold(
        "[claim:satu] [source:dua] [denial:tiga]",
        &[("attributed-to", "satu", "dua"), ("same-as", "dua", "tiga")],
    );
    let with = compared(&sets, Some(&gold));
    assert_eq!(keys(&with), keys(&without));
    let quotes: Vec<Vec<&str>> =
        (0..3).map(|case| gold_of(&with, case).iter().map(|gold| &*gold.label).collect()).collect();
    // A denial on just that source is about it, though it has another label.
    assert_eq!(quotes, [vec!["claim"], vec!["source"], vec!["denial"]]);
    let labels: Vec<&str> = gold_links(&with, 3).iter().map(|link| &*link.label).collect();
    assert_eq!(labels, ["attributed-to"]);
    // What is about nothing that anyone says is nowhere.
    let far = parse_as("gold", "satu [denial:dua] tiga").set;
    let with = compared(&sets[1..], Some(&far));
    assert_eq!(gold_of(&with, 0), []);
}

#[test]
fn what_all_agree_on_is_in_gold_when_gold_says_the_same() {
    let link: &[Link<'_>] = &[("attributed-to", "satu", "dua")];
    let (text, sets) = marked(&[(PARTS, link), (PARTS, link)]);
    let is_in = |gold: &AnnotationSet| {
        let comparison = compared(&sets, Some(gold));
        comparison.cases.iter().map(tandai::review::Case::is_in_gold).collect::<Vec<_>>()
    };
    assert_eq!(is_in(&gold(PARTS, link)), [true; 4]);
    assert_eq!(is_in(&gold(PARTS, &[])), [true, true, true, false]);
    assert_eq!(is_in(&gold(PARTS, &[("same-as", "satu", "dua")])), [true, true, true, false]);
    let wider = gold("[claim:satu] [source:dua tiga]", &[]);
    assert_eq!(is_in(&wider), [true, false, false, false]);
    let direct = with_value(&text, &gold(PARTS, link), "satu", "direct");
    assert_eq!(is_in(&direct), [false, true, true, true]);
    // Where they differ, gold has not just what all say, whatever it has.
    let (_, sets) = unlinked(&["[claim:satu]", "satu"]);
    assert!(!compared(&sets, Some(&gold("[claim:satu]", &[]))).cases[0].is_in_gold());
}

#[test]
fn what_both_say_many_times_is_agreed_as_many_times() {
    let many = "[claim:".repeat(50) + "satu" + &"]".repeat(50);
    let more = format!("[claim:{many}]");
    let (_, sets) = unlinked(&[&many, &many, &more]);
    let kinds = |sets: &[AnnotationSet]| {
        let comparison = compared(sets, None);
        [Kind::Agreed, Kind::Missing].map(|kind| comparison.count(kind))
    };
    assert_eq!(kinds(&sets[..2]), [50, 0]);
    assert_eq!(kinds(&sets), [50, 1]);
}

/// What waits may belong there, and is not left out by that annotator.
#[test]
fn who_has_tags_that_wait_for_a_place_does_not_say_that_there_is_nothing() {
    let (text, mut sets) = marked(&[("[claim:satu] dua", &[]), ("satu dua", &[])]);
    let waits = Adrift {
        annotation: sets[0].annotations()[0].clone(),
        quotes: vec!["satu".to_owned()],
        text: Digest::from_hex("earlier"),
        relations: Vec::new(),
    };
    let about = document("a", text.as_str());
    let says = |sets: &[AnnotationSet]| {
        let comparison = compared(sets, None);
        CaseRow::of(&comparison.annotators, &about, &comparison, None)[0].said[1].clone()
    };
    assert_eq!(says(&sets), Voice::Nothing);
    let annotation = Annotation { id: Id::new("waits").unwrap(), ..(*waits.annotation).clone() };
    let waits = Adrift { annotation: Arc::new(annotation), ..waits };
    sets[1].apply(Edit::InsertAdrift(Arc::new(waits))).unwrap();
    assert_eq!(says(&sets), Voice::NothingYet(1));
}

/// A key that settles is pressed by what the row says: the default is called by its name.
#[test]
fn a_row_names_the_values_in_which_it_differs_the_default_too() {
    let (text, mut sets) = unlinked(&["[claim:satu] dua", "[claim:satu] dua"]);
    sets[1] = with_value(&text, &sets[1], "satu", "direct");
    let comparison = compared(&sets, None);
    let about = document("a", text.as_str());
    let rows = CaseRow::of(&comparison.annotators, &about, &comparison, None);
    let schema = built_in_schema();
    let said: Vec<String> =
        rows[0].sayings().map(|saying| saying.point_in_words(&schema)).collect();
    assert_eq!(said, ["indirect", "direct"]);
    let without = schema.without(NameKind::Attribute, "directness").unwrap();
    let said: Vec<String> =
        rows[0].sayings().map(|saying| saying.point_in_words(&without)).collect();
    assert_eq!(said, ["no directness", "direct"]);
}

#[test]
fn rows_go_through_the_text_and_then_through_the_links() {
    let marks = "[claim:satu] [source:dua]\r\n[claim:👩‍🚀 tiga]";
    let links: &[Link<'_>] =
        &[("attributed-to", "satu", "dua"), ("attributed-to", "👩‍🚀 tiga", "dua")];
    let (text, mut sets) = marked(&[(marks, links), (marks, &links[..1])]);
    sets[1] = with_value(&text, &sets[1], "satu", "direct");
    let own = gold(marks, &links[..1]);
    let comparison = compared(&sets, Some(&own));
    let about = document("a", text.as_str());
    let everyone = &comparison.annotators;
    let rows = CaseRow::of(everyone, &about, &comparison, Some(&own));
    let about: Vec<(Kind, bool)> = rows.iter().map(|row| (row.kind, row.is_link)).collect();
    let wanted = [
        (Kind::Attribute, false),
        (Kind::Agreed, false),
        (Kind::Agreed, false),
        (Kind::Agreed, true),
        (Kind::Link, true),
    ];
    assert_eq!(about, wanted);
    let ben = rows[0].said[1].saying().unwrap();
    assert_eq!((ben.quote.as_str(), ben.values.as_str()), ("satu", "directness: direct"));
    assert_eq!(ben.id, parse(marks).id("satu"));
    assert_eq!(rows[3].said[0].saying().unwrap().quote, "“satu” → “dua”");
    assert_eq!(rows[3].gold.len(), 1);
    assert_eq!(&*rows[3].gold[0].label, "attributed-to");
    assert_eq!(rows[4].said[0].saying().unwrap().quote, "“👩‍🚀 tiga” → “dua”");
    assert_eq!((rows[4].said[1].saying(), rows[4].gold.len()), (None, 0));
    let in_gold: Vec<bool> = rows.iter().map(|row| row.is_in_gold).collect();
    assert_eq!(in_gold, [false, true, true, true, false]);
    assert!(rows[4].has_label("attributed-to") && !rows[4].has_label("claim"));
    let mut all: Vec<&str> = comparison.cases.iter().map(|case| case.key.as_str()).collect();
    let mut listed: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    all.sort_unstable();
    listed.sort_unstable();
    assert_eq!(listed, all);
}

#[test]
fn thousands_over_one_another_are_compared() {
    const COUNT: usize = 2_000;
    let text = Text::new("a".repeat(3 * COUNT));
    let nested = |name: &str, end: usize| {
        let annotations = (0..COUNT).map(|at| {
            let span = tandai::text::Span::new(Offset::new(at), Offset::new(end - at)).unwrap();
            let id = tandai::corpus::Id::new(&format!("n{at}")).unwrap();
            Annotation::new(id, "claim".into(), tandai::corpus::Fragments::one(span))
        });
        let (name, annotations) = (person(name), annotations.collect());
        AnnotationSet::assemble(name, text.end(), Status::Done, annotations, Vec::new()).unwrap()
    };
    let sets = [nested("ana", 3 * COUNT), nested("ben", 3 * COUNT - 1)];
    let comparison = compared(&sets, Some(&nested("gold", 3 * COUNT)));
    let said = |at: usize| {
        let cases = comparison.cases.iter();
        let said = cases.filter_map(move |case| match &case.subject {
            Subject::Annotation { said, .. } => said[at].as_ref().map(|one| &one.id),
            Subject::Link { .. } => None,
        });
        let mut ids: Vec<_> = said.collect();
        ids.sort();
        ids.dedup();
        ids.len()
    };
    assert_eq!((said(0), said(1)), (COUNT, COUNT));
    assert!(comparison.count(Kind::Boundary) > COUNT / 2);
    // What gold has is in the case of just that.
    for (at, case) in comparison.cases.iter().enumerate() {
        let Subject::Annotation { said, gold } = &case.subject else { panic!() };
        let own: Vec<&tandai::corpus::Id> = gold.iter().map(|gold| &gold.id).collect();
        assert_eq!(own, said[0].iter().map(|said| &said.id).collect::<Vec<_>>(), "{at}");
    }
    let sets: Vec<&AnnotationSet> = sets.iter().collect();
    let people = [person("ana"), person("ben")];
    let measured =
        tandai::review::Measured::of(&people, &document("a", text.as_str()), &sets).unwrap();
    let schema = tandai::storage::built_in_schema();
    let agreement = tandai::review::Agreement::of(
        people.to_vec(),
        &schema,
        vec![measured],
        tandai::review::LeftOut::default(),
    );
    let what = tandai::review::WhatMeasured::All;
    let count = COUNT as u64;
    let overlap = agreement.counts(tandai::review::Measure::Overlap, 0, &what);
    assert_eq!(overlap, [count; 3]);
}
