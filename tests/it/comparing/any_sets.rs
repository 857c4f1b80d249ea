//! Comparisons of whatever sets there may be.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Annotation, AnnotationSet, Fragments, Id, TO_DISCUSS};
use tandai::review::{Comparison, Kind, Outcome, Refusal, Subject};

use super::settling::settled;
use super::{changed, compared, gold_of, keys};
use crate::exchange::person;
use crate::sayings::{Sayings, people, sayings};

/// Sets of three, and gold's.
fn sets_and_gold(said: &Sayings) -> (Vec<AnnotationSet>, AnnotationSet) {
    let mut four = people(3);
    four.push(person("gold"));
    let mut sets = said.sets_without_repeats(&four);
    let gold = sets.pop().unwrap();
    (sets, gold)
}

/// Who says what in each case, in order: neither the order of the cases nor that of the
/// annotators matters.
fn sorted_keys(comparison: &Comparison) -> Vec<(Kind, Vec<&str>)> {
    let cases = comparison.cases.iter().map(|case| {
        let mut parts: Vec<&str> = case.key.split("; ").collect();
        parts.sort_unstable();
        (case.kind, parts)
    });
    let mut sorted: Vec<_> = cases.collect();
    sorted.sort();
    sorted
}

/// The annotations of each annotation's case.
fn groups(comparison: &Comparison) -> Vec<&[Option<std::sync::Arc<Annotation>>]> {
    let cases = comparison.cases.iter();
    let groups = cases.filter_map(|case| match &case.subject {
        Subject::Annotation { said, .. } => Some(said.as_slice()),
        Subject::Link { .. } => None,
    });
    groups.collect()
}

type Content = (String, Fragments, BTreeMap<String, String>);

/// What an annotation says, without marks of the work on it.
fn content(annotation: &Annotation) -> Content {
    let mut values = annotation.attributes.clone();
    values.remove(TO_DISCUSS);
    (annotation.label.to_string(), annotation.fragments.clone(), values)
}

/// How like two annotations are, by sets of characters: the share of what they have in
/// common, and half more for the same label; with another label it must be half.
fn likeness(one: &Annotation, other: &Annotation) -> Option<f64> {
    let [a, b] = [one, other].map(|annotation| {
        let spans = annotation.fragments.iter();
        let places = spans.flat_map(|span| span.start().get()..span.end().get());
        places.collect::<BTreeSet<usize>>()
    });
    let shared = a.intersection(&b).count() as f64;
    let dice = 2.0 * shared / (a.len() + b.len()) as f64;
    match one.label == other.label {
        true if shared > 0.0 => Some(dice + 0.5),
        false if dice >= 0.5 => Some(dice),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn everything_that_is_said_is_in_just_one_case(said in sayings()) {
        let sets = said.sets(&people(3));
        let comparison = compared(&sets, None);
        for (at, set) in sets.iter().enumerate() {
            let groups = groups(&comparison);
            let members = groups.iter().filter_map(|group| group[at].as_ref());
            let mut ids: Vec<&Id> = members.map(|annotation| &annotation.id).collect();
            ids.sort();
            let mut all: Vec<&Id> = set.annotations().iter().map(|one| &one.id).collect();
            all.sort();
            prop_assert_eq!(ids, all);
            // Of links, too; one that is there twice is in the case of the other.
            for link in set.relations() {
                let said = comparison.cases.iter().filter(|case| match &case.subject {
                    Subject::Link { said, .. } => said[at].as_ref().is_some_and(|said| {
                        let said = &said.relation;
                        (&said.label, &said.from, &said.to) == (&link.label, &link.from, &link.to)
                    }),
                    Subject::Annotation { .. } => false,
                });
                prop_assert_eq!(said.count(), 1);
            }
        }
    }

    #[test]
    fn cases_do_not_depend_on_the_order_of_the_sets(said in sayings()) {
        let sets = said.sets(&people(3));
        let wanted = compared(&sets, None);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let turned: Vec<AnnotationSet> = order.iter().map(|at| sets[*at].clone()).collect();
            let found = compared(&turned, None);
            prop_assert_eq!(sorted_keys(&found), sorted_keys(&wanted), "{:?}", order);
        }
    }

    #[test]
    fn what_is_alike_is_in_one_case(said in sayings()) {
        let (sets, _) = sets_and_gold(&said);
        let comparison = compared(&sets, None);
        for group in groups(&comparison) {
            for annotation in group.iter().flatten() {
                for (at, set) in sets.iter().enumerate() {
                    let alike = set.annotations().iter().find(|other| {
                        (&other.label, &other.fragments) == (&annotation.label, &annotation.fragments)
                    });
                    if let Some(alike) = alike {
                        prop_assert_eq!(group[at].as_ref(), Some(alike));
                    }
                }
            }
        }
    }

    #[test]
    fn kinds_are_what_the_annotations_say(said in sayings()) {
        let sets = said.sets(&people(3));
        let comparison = compared(&sets, None);
        for (case, group) in comparison.cases.iter().zip(groups(&comparison)) {
            let contents: Vec<Content> = group.iter().flatten().map(|one| content(one)).collect();
            let labels: BTreeSet<&String> = contents.iter().map(|one| &one.0).collect();
            let places: BTreeSet<&Fragments> = contents.iter().map(|one| &one.1).collect();
            let values: BTreeSet<_> = contents.iter().map(|one| &one.2).collect();
            let wanted = if contents.len() < sets.len() {
                Kind::Missing
            } else if labels.len() > 1 {
                Kind::Label
            } else if places.len() > 1 {
                Kind::Boundary
            } else if values.len() > 1 {
                Kind::Attribute
            } else {
                Kind::Agreed
            };
            prop_assert_eq!(case.kind, wanted, "{}", case.key);
        }
    }

    #[test]
    fn of_two_nothing_is_left_alone_that_could_be_the_others(said in sayings()) {
        let sets = said.sets(&people(2));
        let comparison = compared(&sets, None);
        let groups = groups(&comparison);
        for one in groups.iter().filter(|group| group[1].is_none()) {
            for other in groups.iter().filter(|group| group[0].is_none()) {
                let (one, other) = (one[0].as_ref().unwrap(), other[1].as_ref().unwrap());
                prop_assert_eq!(likeness(one, other), None);
            }
        }
        // Nor is there a couple of which both would rather be with another.
        for [a, b] in groups.iter().filter_map(|group| {
            Some([group[0].as_ref()?, group[1].as_ref()?])
        }) {
            for [c, d] in groups.iter().filter_map(|group| {
                Some([group[0].as_ref()?, group[1].as_ref()?])
            }) {
                let (ours, theirs) = (likeness(a, b), likeness(c, d));
                let crossed = likeness(a, d);
                prop_assert!(crossed.is_none() || crossed <= ours || crossed <= theirs);
            }
        }
    }

    #[test]
    fn marks_of_the_work_do_not_matter(said in sayings()) {
        let sets = said.sets(&people(3));
        let bare = sets.iter().map(|set| {
            changed(set, said.text.end(), |annotation| {
                annotation.note.clear();
                *annotation = annotation.clone().to_discuss(false);
            })
        });
        let bare: Vec<AnnotationSet> = bare.collect();
        let (one, other) = (compared(&sets, None), compared(&bare, None));
        prop_assert_eq!(keys(&one), keys(&other));
    }

    #[test]
    fn what_gold_has_is_with_what_it_is_likest_to_and_changes_nothing(said in sayings()) {
        let (sets, gold) = sets_and_gold(&said);
        let comparison = compared(&sets, Some(&gold));
        let without = compared(&sets, None);
        prop_assert_eq!(keys(&comparison), keys(&without));
        for annotation in gold.annotations() {
            let mut best: Option<f64> = None;
            let mut here: Option<f64> = None;
            let mut times = 0;
            for (at, group) in groups(&comparison).into_iter().enumerate() {
                let likest = group.iter().flatten().filter_map(|said| likeness(annotation, said));
                let likest = likest.reduce(f64::max);
                best = if likest > best { likest } else { best };
                if gold_of(&comparison, at).contains(annotation) {
                    times += 1;
                    here = likest;
                }
            }
            prop_assert_eq!(times, usize::from(best.is_some()));
            prop_assert_eq!(here, best);
        }
    }

    #[test]
    fn gold_has_just_what_was_taken(
        said in sayings(),
        case in any::<Index>(),
        who in 0_usize..8,
    ) {
        let (sets, gold) = sets_and_gold(&said);
        let comparison = compared(&sets, Some(&gold));
        prop_assume!(!comparison.cases.is_empty());
        let case = case.index(comparison.cases.len());
        let from: Vec<usize> = (0..3).filter(|at| who & (1 << at) > 0).collect();
        let outcome = Outcome::Take(from.clone());
        let (_, after) = match settled(&comparison, case, &outcome, &gold) {
            Ok(settled) => settled,
            Err(Refusal::NothingSaid) => {
                prop_assert!(!from.is_empty() && from.iter().all(|at| is_silent(&comparison, case, *at)));
                return Ok(());
            }
            Err(Refusal::EndsMissing) => {
                let Subject::Link { ends, .. } = &comparison.cases[case].subject else { panic!() };
                let there = [ends.0, ends.1].map(|end| gold_of(&comparison, end).len());
                prop_assert!(there.contains(&0));
                return Ok(());
            }
        };
        let again = compared(&sets, Some(&after));
        prop_assert_eq!(keys(&again), keys(&comparison));
        let (edits, _) = settled(&again, case, &outcome, &after).unwrap();
        prop_assert_eq!(edits, []);
        match (&comparison.cases[case].subject, &again.cases[case].subject) {
            (Subject::Annotation { said, gold: before }, Subject::Annotation { gold: now, .. }) => {
                let taken = from.iter().filter_map(|at| said[*at].as_deref());
                let taken: BTreeSet<Content> = taken.map(content).collect();
                let mut made: Vec<Content> = now.iter().map(|one| content(one)).collect();
                made.sort();
                prop_assert_eq!(made, taken.iter().cloned().collect::<Vec<_>>());
                // As many as can be keep their ids.
                let known = now.iter().filter(|one| before.iter().any(|gold| gold.id == one.id));
                prop_assert_eq!(known.count(), before.len().min(taken.len()));
                // A link goes only with one of its ends.
                for link in gold.relations() {
                    let stays = [&link.from, &link.to].map(|end| after.annotation(end).is_some());
                    prop_assert_eq!(after.relation(&link.id).is_some(), stays == [true; 2]);
                }
                prop_assert!(after.relations().iter().all(|link| gold.relations().contains(link)));
            }
            (Subject::Link { said, .. }, Subject::Link { gold: now, ends, .. }) => {
                let taken = from.iter().filter_map(|at| said[*at].as_ref());
                let taken: BTreeSet<&str> = taken.map(|link| &*link.relation.label).collect();
                let made: Vec<&str> = now.iter().map(|link| &*link.label).collect();
                prop_assert_eq!(made, taken.into_iter().collect::<Vec<_>>());
                for link in now {
                    for (id, end) in [(&link.from, ends.0), (&link.to, ends.1)] {
                        prop_assert!(gold_of(&again, end).iter().any(|one| one.id == *id));
                    }
                }
                prop_assert_eq!(after.annotations(), gold.annotations());
            }
            _ => panic!("a case is about something else"),
        }
        // Nothing else is touched.
        for other in (0..groups(&comparison).len()).filter(|other| *other != case) {
            prop_assert_eq!(gold_of(&again, other), gold_of(&comparison, other));
        }
    }

    #[test]
    fn gold_that_takes_everything_from_one_says_what_that_one_says(
        said in sayings(),
        who in 0_usize..3,
    ) {
        let (sets, mut gold) = sets_and_gold(&said);
        let count = compared(&sets, None).cases.len();
        for case in 0..count {
            let comparison = compared(&sets, Some(&gold));
            let from = if is_silent(&comparison, case, who) { Vec::new() } else { vec![who] };
            gold = settled(&comparison, case, &Outcome::Take(from), &gold).unwrap().1;
        }
        let (from, now) = (contents(&sets[who]), contents(&gold));
        // Gold may have more, of what nobody says anything about.
        prop_assert!(from.0.is_subset(&now.0) && from.1.is_subset(&now.1));
        let comparison = compared(&sets, Some(&gold));
        let attached: usize = groups(&comparison).iter().enumerate()
            .map(|(at, _)| gold_of(&comparison, at).len()).sum();
        prop_assert_eq!(attached, sets[who].annotations().len());
    }
}

/// Whether an annotator says nothing in a case.
fn is_silent(comparison: &Comparison, case: usize, at: usize) -> bool {
    match &comparison.cases[case].subject {
        Subject::Annotation { said, .. } => said[at].is_none(),
        Subject::Link { said, .. } => said[at].is_none(),
    }
}

/// All that a set says: its annotations, its links between them.
fn contents(set: &AnnotationSet) -> (BTreeSet<Content>, BTreeSet<(String, Content, Content)>) {
    let links = set.relations().iter().map(|link| {
        let [from, to] = [&link.from, &link.to].map(|end| content(set.annotation(end).unwrap()));
        (link.label.to_string(), from, to)
    });
    (set.annotations().iter().map(|one| content(one)).collect(), links.collect())
}
