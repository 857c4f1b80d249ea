//! What was decided about annotations that have moved with their text.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tandai::corpus::{AnnotationSet, Fragments};
use tandai::review::{Moves, content};
use tandai::text::Span;

use super::{changed, compared};
use crate::sayings::{people, sayings};

/// The same spans behind so many more characters.
fn behind(fragments: &Fragments, by: usize) -> Fragments {
    let spans = fragments.iter().map(|span| Span::new(span.start() + by, span.end() + by));
    Fragments::in_order(spans.collect::<Option<_>>().unwrap()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// As one after the other brings their set to the text that has something put before it.
    #[test]
    fn keys_and_contents_are_those_of_what_has_moved(said in sayings(), by in 1_usize..40) {
        let people = people(3);
        let sets = said.sets(&people);
        let moved: Vec<AnnotationSet> = sets.iter().map(|set| {
            changed(set, set.end() + by, |one| one.fragments = behind(&one.fragments, by))
        }).collect();
        let of = |set: &AnnotationSet| {
            let all = set.annotations().iter();
            let pairs: Vec<_> = all.map(|one| (one.fragments.clone(), behind(&one.fragments, by))).collect();
            Moves::of(pairs.iter().map(|(from, to)| (from, to)))
        };
        let mut keys: BTreeSet<String> =
            compared(&sets, None).cases.into_iter().map(|case| case.key).collect();
        for set in &sets {
            let moves = of(set);
            keys = keys.iter().map(|key| moves.key(key, set.annotator())).collect();
            let contents: BTreeSet<String> =
                set.annotations().iter().map(|one| moves.content(&content(one))).collect();
            let there = moved.iter().find(|one| one.annotator() == set.annotator()).unwrap();
            prop_assert_eq!(contents, there.annotations().iter().map(|one| content(one)).collect());
        }
        let wanted: BTreeSet<String> =
            compared(&moved, None).cases.into_iter().map(|case| case.key).collect();
        prop_assert_eq!(keys, wanted);
    }
}
