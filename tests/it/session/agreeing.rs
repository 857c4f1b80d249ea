//! From a figure of the agreement to what is behind it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use tandai::corpus::{AnnotationSet, Annotator, Fragments};
use tandai::review::{Agreement, CaseRow, Kind, Measure, WhatMeasured as What, Whose};
use tandai::session::{Command, Listing, Reviewing, Shown};
use tandai::storage::SetOnDisk;

use super::settling_any::{before, disk_of};
use super::{Person, annotator, path};
use crate::sayings::{people, sayings};

fn agreement(person: &Person) -> std::sync::Arc<Agreement> {
    person.session.agreeing().unwrap().agreement.clone().unwrap()
}

fn listed(person: &Person) -> Vec<CaseRow> {
    let comparing = person.session.comparing().unwrap();
    comparing.listed().iter().map(|at| comparing.rows[*at].clone()).collect()
}

fn behind(person: &mut Person, whose: Whose, shown: Shown) -> Vec<CaseRow> {
    person.tell(Reviewing::ListBehind(whose, shown).into());
    assert_eq!(person.session.listing(), Some(Listing::Cases));
    listed(person)
}

fn set<'a>(person: &'a Person, who: &Annotator, row: &CaseRow) -> &'a AnnotationSet {
    match &person.disk[&(who.clone(), row.document.clone())] {
        SetOnDisk::Read(set) => set,
        other => panic!("{other:?}"),
    }
}

/// Of these rows: how many things both have alike, how many the first has, how many the
/// second has, with a label or with any.
fn counts(
    person: &Person,
    pair: (&Annotator, &Annotator),
    rows: &[CaseRow],
    label: Option<&str>,
) -> [u64; 3] {
    let mut counts = [0; 3];
    for row in rows.iter().filter(|row| !row.is_link) {
        let fragments = |at: usize, who| -> Option<Fragments> {
            let said = row.said[at].saying()?;
            let fits = label.is_none_or(|label| *said.label == *label);
            fits.then(|| set(person, who, row).annotation(&said.id).unwrap().fragments.clone())
        };
        let (one, other) = (fragments(0, pair.0), fragments(1, pair.1));
        let same = || row.said[0].saying().unwrap().label == row.said[1].saying().unwrap().label;
        counts[0] += u64::from(one.is_some() && one == other && same());
        counts[1] += u64::from(one.is_some());
        counts[2] += u64::from(other.is_some());
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_figure_lists_just_what_it_counts(said in vec(sayings(), 1..4), count in 2_usize..4) {
        let everyone = people(count);
        let mut person = before(&said, &disk_of(&said, count), &BTreeMap::new());
        person.tell(Reviewing::Measure(everyone.iter().cloned().collect()).into());
        let agreement = agreement(&person);
        for (at, (one, other)) in agreement.pairs().into_iter().enumerate() {
            let whose = Whose::Pair(at);
            let labels = agreement.labels().iter().cloned().map(What::Label);
            for what in labels.chain([What::All]) {
                let label = match &what {
                    What::Label(label) => Some(&**label),
                    What::All => None,
                };
                let rows = behind(&mut person, whose, Shown::behind(&what, false));
                let wanted = agreement.counts(Measure::Exact, at, &what);
                prop_assert_eq!(counts(&person, (one, other), &rows, label), wanted, "{:?}", &what);
                // And nothing that it is not about.
                prop_assert!(rows.iter().all(|row| row.said.len() == 2));
                let about = |row: &CaseRow| {
                    !row.is_link && label.is_none_or(|label| row.sayings().any(|said| *said.label == *label))
                };
                let beside: Vec<_> = rows.iter().filter(|row| !about(row)).collect();
                prop_assert!(beside.is_empty(), "{:?} is listed behind {:?}", beside, &what);
            }
            let labels = agreement.relations().iter().cloned().map(What::Label);
            for what in labels.chain([What::All]) {
                let rows = behind(&mut person, whose, Shown::behind(&what, true));
                let about = |row: &CaseRow| {
                    row.is_link && match &what {
                        What::Label(label) => row.sayings().any(|said| said.label == *label),
                        What::All => true,
                    }
                };
                let beside: Vec<_> = rows.iter().filter(|row| !about(row)).collect();
                prop_assert!(beside.is_empty(), "{:?} is listed behind {:?}", beside, &what);
                let [both, first, second] = agreement.counts(Measure::Relations, at, &what);
                prop_assert_eq!(rows.is_empty(), first + second == 0);
                prop_assert!(rows.iter().filter(|row| row.kind == Kind::Agreed).count() as u64 >= both);
            }
            for cell in agreement.confusion(at) {
                let confused = Some((cell.first.clone(), cell.second.clone()));
                let shown = Shown { confused, ..Shown::all_kinds() };
                let rows = behind(&mut person, whose, shown);
                prop_assert_eq!(rows.len() as u64, cell.count, "{:?}", &cell);
                for row in &rows {
                    let says = |at: usize| row.said[at].saying().map(|said| said.label.clone());
                    prop_assert_eq!((says(0), says(1)), (cell.first.clone(), cell.second.clone()));
                }
            }
        }
        // Everyone's lists all cases, and of one article all of its.
        let all = behind(&mut person, Whose::Everyone, Shown::behind(&What::All, false));
        let comparing = person.session.comparing().unwrap();
        prop_assert_eq!(&comparing.annotators, &everyone);
        prop_assert_eq!(all.len(), comparing.rows.iter().filter(|row| !row.is_link).count());
        for document in all.iter().map(|row| row.document.clone()).collect::<BTreeSet<_>>() {
            let wanted = all.iter().filter(|row| row.document == document).count();
            let shown = Shown { document: Some(document), ..Shown::behind(&What::All, false) };
            prop_assert_eq!(behind(&mut person, Whose::Everyone, shown).len(), wanted);
        }
    }
}

/// An article that all of three have, and one that cy has not begun.
fn of_three() -> Person {
    let mut person = Person::unopened(&[("a.txt", "Kim tiba di Seoul."), ("b.txt", "Lee pergi.")]);
    for name in ["ana", "ben", "cy"] {
        person.put_marked(name, "a.txt", "[source:Kim] tiba di Seoul.");
    }
    person.put_marked("ana", "b.txt", "[source:Lee] pergi.");
    person.put_marked("ben", "b.txt", "[claim:Lee pergi].");
    person
}

#[test]
fn what_is_settled_is_behind_a_figure_too() {
    let mut person = of_three();
    person.put_marked("gold", "a.txt", "[source:Kim] tiba di Seoul.");
    person.tell(Reviewing::Measure(people(2).into_iter().collect()).into());
    let rows = behind(&mut person, Whose::Everyone, Shown::behind(&What::All, false));
    let quotes = rows.iter().flat_map(CaseRow::sayings).map(|said| said.quote.as_str());
    assert_eq!(quotes.collect::<Vec<_>>(), ["Kim", "Kim", "Lee", "Lee pergi"]);
}

#[test]
fn an_article_that_is_left_out_of_a_figure_is_not_listed_behind_it() {
    let mut person = of_three();
    let everyone = people(3);
    person.tell(Reviewing::Measure(everyone.into_iter().collect()).into());
    assert_eq!((agreement(&person).documents(), agreement(&person).left_out().not_begun), (1, 1));
    for whose in [Whose::Everyone, Whose::Pair(0)] {
        let rows = behind(&mut person, whose, Shown::behind(&What::All, false));
        let documents: Vec<_> = rows.into_iter().map(|row| row.document).collect();
        assert_eq!(documents, [path("a.txt")], "{whose:?}");
    }
}

#[test]
fn agreement_takes_two() {
    let mut person = Person::unopened(&[("a.txt", "[source:Kim] tiba di Seoul.")]);
    person.tell(tandai::session::Message::Run(Command::ShowAgreement));
    assert_eq!(person.notice(), "Nobody else has a set in this project");
    person.tell(Reviewing::Measure([annotator("ana")].into()).into());
    assert_eq!(person.notice(), "Agreement takes two annotators or more");
    assert!(person.session.agreeing().is_none());
}
