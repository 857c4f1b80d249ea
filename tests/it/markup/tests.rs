//! The helper itself: what is marked is what is read, and the other way round.

use proptest::prelude::*;

use super::*;
use crate::hostile;

#[track_caller]
fn check_round_trip(marked: &str) {
    let read = parse(marked);
    assert_eq!(render(&read.text, &read.set, read.selection, read.focus.as_ref()), marked);
}

#[test]
fn what_is_marked_comes_back_as_it_was_written() {
    check_round_trip("");
    check_round_trip("|");
    check_round_trip("The [claim:minister| denied [location:it]] today.");
    check_round_trip("\"[claim#1:We won't go],\" she said, \"[*claim#1:not today]\"");
    check_round_trip("[claim#1:a [source:b]#1 c] <d>");
    check_round_trip("[claim:[claim:twice]] <|back>");
    check_round_trip(r"\[ab/uh\] 1 \< 2 \| 3 \> 2 \\ \#4");
}

#[test]
fn marks_are_read_as_positions_in_the_text_without_them() {
    let read = parse(r"a\[ [claim#1:b]<c>[*claim#1:d] [source:e]");
    assert_eq!(read.text.as_str(), "a[ bcd e");
    let span = |start, end| Span::new(Offset::new(start), Offset::new(end)).unwrap();
    let claim = read.set.annotation(&read.id("b … d")).unwrap();
    assert_eq!(claim.fragments.iter().collect::<Vec<_>>(), [span(3, 4), span(5, 6)]);
    assert_eq!(&*read.set.annotation(&read.id("e")).unwrap().label, "source");
    assert_eq!(read.selection.unwrap().span(), Some(span(4, 5)));
    assert_eq!(read.focus, Some(Focus { id: read.id("b … d"), fragment: 1 }));
}

#[test]
#[should_panic(expected = "is not closed")]
fn an_annotation_that_is_not_closed_is_refused() {
    parse("[claim:a");
}

proptest! {
    #[test]
    fn any_set_on_any_text_comes_back_the_same((text, set) in hostile::text_with_set()) {
        let written = render(&text, &set, None, None);
        let read = parse(&written);
        prop_assert_eq!(read.text.as_str(), text.as_str());
        prop_assert_eq!(without_ids(&read.set), without_ids(&set));
    }
}

fn without_ids(set: &AnnotationSet) -> Vec<(Arc<str>, Fragments)> {
    let mut all: Vec<_> =
        set.annotations().iter().map(|a| (a.label.clone(), a.fragments.clone())).collect();
    all.sort();
    all
}
