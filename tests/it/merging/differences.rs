//! What one set has other than another.

use std::collections::BTreeMap;

use proptest::prelude::*;
use tandai::corpus::{
    Annotation, AnnotationSet, Difference, Edit, Id, Relation, Status, Version, differences,
};

use super::{after, divergence, id, label_of, marked, with_status};

const TEXT: &str = "[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";

/// A difference in short: `~ s1 claim denial`.
fn short(difference: &Difference) -> String {
    match difference {
        Difference::Added(one) => format!("+ {} {}", one.id(), label_of(one)),
        Difference::Removed(one) => format!("- {} {}", one.id(), label_of(one)),
        Difference::Changed(one, two) => {
            assert_eq!(one.id(), two.id());
            format!("~ {} {} {}", one.id(), label_of(one), label_of(two))
        }
        Difference::Status(one, two) => format!("~ {one:?} {two:?}"),
    }
}

#[track_caller]
fn check(first: &AnnotationSet, second: &AnnotationSet, wanted: &[&str]) {
    let found: Vec<String> = differences(first, second).iter().map(short).collect();
    assert_eq!(found, wanted);
}

#[test]
fn what_is_added_removed_and_changed_is_told_in_the_order_of_the_text() {
    let first = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let second = "[denial#1:Kim tiba] [time#4:di] Seoul, [event#5:kata] [source#3:KCNA].";
    let second = marked(second, &[("denies", "Kim tiba", "KCNA"), ("see", "kata", "KCNA")]);
    let second = with_status(&second, Status::Done);
    check(
        &first,
        &second,
        &[
            "~ s1 claim denial",
            "+ s4 time",
            "- s2 location",
            "+ s5 event",
            "~ r0 attributed-to denies",
            "+ r1 see",
            "~ InProgress Done",
        ],
    );
    check(&first, &first, &[]);
}

#[test]
fn every_part_of_an_annotation_counts() {
    let set = marked(TEXT, &[]);
    let one = (**set.annotation(&id("s1")).unwrap()).clone();
    let other_place = marked("[claim#1:Kim] tiba di Seoul, kata KCNA.", &[]);
    let fragments = other_place.annotation(&id("s1")).unwrap().fragments.clone();
    let value = BTreeMap::from([("directness".to_owned(), "direct".to_owned())]);
    for changed in [
        Annotation { label: "denial".into(), ..one.clone() },
        Annotation { fragments, ..one.clone() },
        Annotation { attributes: value, ..one.clone() },
        Annotation { note: "sure?".to_owned(), ..one.clone() },
    ] {
        let found = differences(&set, &after(&set, Edit::Replace(changed.clone().into())));
        let version = |one: &Annotation| Version::Annotation(one.clone().into());
        assert_eq!(found, [Difference::Changed(version(&one), version(&changed))]);
        // Under another id it is another one, too.
        let other = Annotation { id: id("s9"), ..changed };
        let gone = after(&set, Edit::Remove(id("s1")));
        let mut found = differences(&set, &after(&gone, Edit::Insert(other.clone().into())));
        found.sort_by_key(|difference| matches!(difference, Difference::Added(_)));
        let wanted = [Difference::Removed(version(&one)), Difference::Added(version(&other))];
        assert_eq!(found, wanted);
    }
}

#[test]
fn what_two_people_say_alike_is_no_difference_and_neither_are_its_links() {
    let ana = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let other_ids = "[claim#7:Kim tiba] di [location#8:Seoul], kata [source#9:KCNA].";
    let ben = marked(other_ids, &[("attributed-to", "Kim tiba", "KCNA")]);
    let link = Relation { id: id("r9"), ..(*ben.relations()[0]).clone() };
    let ben = after(&ben, Edit::RemoveRelation(id("r0")));
    let ben = after(&ben, Edit::InsertRelation(link.clone().into()));
    check(&ana, &ben, &[]);
    // A link that leads elsewhere is another one.
    let elsewhere = after(&ben, Edit::RemoveRelation(id("r9")));
    let link = Relation { to: id("s8"), ..link };
    let elsewhere = after(&elsewhere, Edit::InsertRelation(link.into()));
    check(&ana, &elsewhere, &["- r0 attributed-to", "+ r9 attributed-to"]);
}

#[test]
fn of_two_that_say_the_same_one_is_paired_with_one() {
    let once = marked("[claim#1:Kim]", &[]);
    let twice = marked("[claim#2:[claim#3:Kim]]", &[]);
    check(&once, &twice, &["+ s3 claim"]);
    check(&twice, &once, &["- s3 claim"]);
    // What has the same id is the same, whatever else says what it said.
    check(&once, &marked("[denial#1:[claim#2:Kim]]", &[]), &["~ s1 claim denial", "+ s2 claim"]);
}

/// The set with a note in every annotation and a label to every link that no other has,
/// and without what is open.
fn told_apart(set: &AnnotationSet) -> AnnotationSet {
    called(set, &|id| id.clone())
}

/// The same with everything called otherwise.
fn called(set: &AnnotationSet, name: &dyn Fn(&Id) -> Id) -> AnnotationSet {
    let annotations = set.annotations().iter().map(|one| Annotation {
        id: name(&one.id),
        note: format!("{}: {}", one.id, one.note),
        ..(**one).clone()
    });
    let links = set.relations().iter().map(|one| Relation {
        id: name(&one.id),
        label: format!("{}: {}", one.id, one.label).into(),
        from: name(&one.from),
        to: name(&one.to),
    });
    let (annotator, end, status) = (set.annotator().clone(), set.end(), set.status());
    AnnotationSet::assemble(annotator, end, status, annotations.collect(), links.collect()).unwrap()
}

/// Does to a set what is other, first what takes something away.
fn applied(set: &AnnotationSet, found: &[Difference]) -> AnnotationSet {
    let mut set = set.clone();
    let mut put = |edit: Edit| drop(set.apply(edit).unwrap());
    for one in found {
        if let Difference::Removed(Version::Relation(link))
        | Difference::Changed(Version::Relation(link), _) = one
        {
            put(Edit::RemoveRelation(link.id.clone()));
        }
    }
    for one in found {
        match one {
            Difference::Removed(Version::Annotation(one)) => put(Edit::Remove(one.id.clone())),
            Difference::Added(Version::Annotation(one)) => put(Edit::Insert(one.clone())),
            Difference::Changed(_, Version::Annotation(one)) => put(Edit::Replace(one.clone())),
            Difference::Status(_, status) => put(Edit::SetStatus(*status)),
            _ => {}
        }
    }
    for one in found {
        if let Difference::Added(Version::Relation(link))
        | Difference::Changed(_, Version::Relation(link)) = one
        {
            put(Edit::InsertRelation(link.clone()));
        }
    }
    set
}

/// The same difference, seen from the second set.
fn turned(difference: Difference) -> Difference {
    match difference {
        Difference::Added(one) => Difference::Removed(one),
        Difference::Removed(one) => Difference::Added(one),
        Difference::Changed(one, two) => Difference::Changed(two, one),
        Difference::Status(one, two) => Difference::Status(two, one),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn a_set_differs_from_itself_in_nothing(all in divergence()) {
        prop_assert_eq!(differences(&all.ours, &all.ours), []);
    }

    #[test]
    fn done_to_the_first_set_the_differences_make_the_second(all in divergence()) {
        let [first, second] = [told_apart(&all.ours), told_apart(&all.theirs)];
        let found = differences(&first, &second);
        prop_assert_eq!(found.is_empty(), first == second);
        prop_assert_eq!(applied(&first, &found), second);
    }

    #[test]
    fn from_the_other_side_the_same_is_other(all in divergence()) {
        let [first, second] = [told_apart(&all.ours), told_apart(&all.theirs)];
        let sorted = |found: Vec<Difference>| {
            let mut found: Vec<String> = found.iter().map(|one| format!("{one:?}")).collect();
            found.sort();
            found
        };
        let turned = differences(&second, &first).into_iter().map(turned).collect();
        prop_assert_eq!(sorted(differences(&first, &second)), sorted(turned));
    }

    #[test]
    fn other_ids_are_no_difference(all in divergence()) {
        let other = |one: &Id| Id::new(&format!("other {one}")).unwrap();
        let [first, second] = [told_apart(&all.ours), called(&all.ours, &other)];
        prop_assert_eq!(differences(&first, &second), []);
    }
}
