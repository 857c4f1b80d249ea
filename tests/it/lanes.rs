//! Which of the lines under the text each annotation is drawn on.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Annotation, AnnotationSet, Annotator, Edit, Fragments};
use tandai::text::{Offset, Span, Text};
use tandai::ui::Lanes;

use crate::hostile;
use crate::markup::parse;

/// What has to be true of the lanes of any set.
#[track_caller]
fn check_promises(set: &AnnotationSet) {
    let lanes = Lanes::of(set);
    for (at, one) in set.annotations().iter().enumerate() {
        assert!(lanes.lane(set.position(&one.id).unwrap()) < lanes.count(), "{one:?}");
        for other in &set.annotations()[at + 1..] {
            let apart = lanes.lane(set.position(&one.id).unwrap())
                != lanes.lane(set.position(&other.id).unwrap());
            let shared = |span: Span| other.fragments.iter().any(|theirs| span.overlaps(theirs));
            assert!(apart || !one.fragments.iter().any(shared), "{one:?} {other:?}");
        }
    }
    let used: std::collections::BTreeSet<usize> = set
        .annotations()
        .iter()
        .map(|annotation| lanes.lane(set.position(&annotation.id).unwrap()))
        .collect();
    assert!(used.into_iter().eq(0..lanes.count()), "a lane is empty");
}

/// The most annotations that lie over one character.
fn depth(set: &AnnotationSet, characters: usize) -> usize {
    (0..characters).map(|at| set.annotations_at(Offset::new(at)).len()).max().unwrap_or_default()
}

proptest! {
    #[test]
    fn two_annotations_that_share_a_character_never_share_a_lane(
        (_, set) in hostile::text_with_set(),
    ) {
        check_promises(&set);
    }

    #[test]
    fn of_undivided_annotations_there_are_as_many_lanes_as_lie_over_one_another(
        text in hostile::text(),
        mut sketches in proptest::collection::vec(hostile::plain_sketch(), 0..24),
        status in hostile::status(),
    ) {
        for sketch in &mut sketches {
            sketch.ends.truncate(1);
        }
        let set = hostile::set_of(&text, status, &sketches, &[]);
        check_promises(&set);
        prop_assert_eq!(Lanes::of(&set).count(), depth(&set, text.characters()));
    }
}

proptest! {
    /// Sets in which several things lie over one another and others lie apart.
    #[test]
    fn after_a_change_the_lanes_are_those_that_would_be_found_anew(
        sketches in vec(hostile::plain_sketch(), 0..30),
        changes in vec((any::<Index>(), any::<bool>(), hostile::plain_sketch()), 1..12),
        together in 1..6_usize,
    ) {
        let text = Text::new("Kim tiba di Seoul. ".repeat(40));
        let short = |sketch: &hostile::Sketch| {
            let mut spans = sketch.ends.iter().take(1 + sketch.ends.len() % 2).map(|(at, length)| {
                let start = Offset::new(at.index(text.characters() - 30));
                Span::new(start, start + 1 + length.index(29)).unwrap()
            });
            let first = Fragments::one(spans.next().unwrap());
            let fragments = spans.fold(first, |fragments, span| fragments.with(span));
            Annotation::new(sketch.id.clone(), sketch.label.as_str().into(), fragments)
        };
        let mut set = AnnotationSet::new(Annotator::new("ana").unwrap(), text.end());
        for sketch in &sketches {
            let _ = set.apply(Edit::Insert(Arc::new(short(sketch))));
        }
        let mut lanes = Lanes::of(&set);
        for some in changes.chunks(together) {
            let before = set.clone();
            for (which, removes, sketch) in some {
                let known = set.annotations().get(which.index(set.annotations().len() + 1));
                let edit = match (removes, known.cloned()) {
                    (true, Some(known)) => Edit::Remove(known.id.clone()),
                    (false, Some(known)) => {
                        Edit::Replace(Arc::new(Annotation { id: known.id.clone(), ..short(sketch) }))
                    }
                    (_, None) => Edit::Insert(Arc::new(short(sketch))),
                };
                let _ = set.apply(edit);
            }
            lanes = lanes.after(&before, &set);
            prop_assert_eq!(&lanes, &Lanes::of(&set));
        }
        // Also of sets that have nothing to do with it.
        for others in [&sketches[..0], &sketches[sketches.len() / 2..]] {
            let mut other = AnnotationSet::new(Annotator::new("ana").unwrap(), text.end());
            for sketch in others {
                let _ = other.apply(Edit::Insert(Arc::new(short(sketch))));
            }
            prop_assert_eq!(lanes.clone().after(&set, &other), Lanes::of(&other));
        }
    }
}

/// The lanes of the annotations, by what they quote.
#[track_caller]
fn check(marked: &str, expected: &[(&str, usize)]) {
    let marked = parse(marked);
    check_promises(&marked.set);
    let lanes = Lanes::of(&marked.set);
    for (quote, lane) in expected {
        assert_eq!(lanes.lane(marked.set.position(&marked.id(quote)).unwrap()), *lane, "{quote}");
    }
}

#[test]
fn an_outer_annotation_lies_above_those_inside_it() {
    check("[claim:Kim di [location:Seoul]]", &[("Kim di Seoul", 0), ("Seoul", 1)]);
    check("[claim:[source:Kim] di Seoul]", &[("Kim di Seoul", 0), ("Kim", 1)]);
}

#[test]
fn a_lane_is_used_again_behind_its_annotation_and_in_its_gaps() {
    check("[claim:Kim][source:KCNA]", &[("Kim", 0), ("KCNA", 0)]);
    check("[claim#1:a] [source:b] [claim#1:c]", &[("a … c", 0), ("b", 0)]);
}

#[test]
fn an_empty_set_has_no_lanes() {
    check("Kim tiba.", &[]);
    assert_eq!(Lanes::of(&parse("Kim tiba.").set).count(), 0);
}
