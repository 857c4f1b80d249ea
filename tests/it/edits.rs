//! An edit gives back what undoes it, and never leaves a set out of order.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Annotation, AnnotationSet, Edit, EditError, Id, Relation, Status};
use tandai::text::{Offset, Text};

use crate::hostile::{self, Sketch};
use crate::markup::{parse, render};

/// An edit that still wants a set; many are refused by the set that they come to.
#[derive(Clone, Debug)]
enum Plan {
    /// Of the sketched annotation, under its own id.
    Insert(Sketch),
    /// Of an annotation that is there by the sketched one.
    Replace(Index, Sketch),
    Remove(Index),
    RemoveUnknown(u64),
    Link(u64, Index, Index),
    /// From an annotation to one that may not be there.
    LinkToUnknown(u64, Index, u64),
    Unlink(Index),
    SetStatus(Status),
    /// Of an annotation longer than the document.
    TooLong(Sketch),
}

fn plan() -> impl Strategy<Value = Plan> {
    let index = any::<Index>;
    let sketch = hostile::plain_sketch;
    prop_oneof![
        4 => sketch().prop_map(Plan::Insert),
        3 => (index(), sketch()).prop_map(|(at, sketch)| Plan::Replace(at, sketch)),
        2 => index().prop_map(Plan::Remove),
        1 => (0_u64..400).prop_map(Plan::RemoveUnknown),
        3 => (0_u64..400, index(), index()).prop_map(|(id, from, to)| Plan::Link(id, from, to)),
        1 => (0_u64..400, index(), 0_u64..400).prop_map(|(id, a, b)| Plan::LinkToUnknown(id, a, b)),
        2 => index().prop_map(Plan::Unlink),
        1 => hostile::status().prop_map(Plan::SetStatus),
        1 => sketch().prop_map(Plan::TooLong),
    ]
}

impl Plan {
    /// The edit for a set as it is; `None` where there is nothing to choose from.
    fn edit(&self, text: &Text, set: &AnnotationSet) -> Option<Edit> {
        let some_id = |at: &Index| {
            let annotations = set.annotations();
            (!annotations.is_empty()).then(|| at.get(annotations).id.clone())
        };
        let relation = |id: u64, from: Id, to: Id| {
            let label = "denies".into();
            Edit::InsertRelation(Arc::new(Relation { id: Id::from_random(id), label, from, to }))
        };
        Some(match self {
            Self::Insert(sketch) => Edit::Insert(Arc::new(sketch.on(text)?)),
            Self::Replace(at, sketch) => {
                let id = some_id(at)?;
                Edit::Replace(Arc::new(Annotation { id, ..sketch.on(text)? }))
            }
            Self::Remove(at) => Edit::Remove(some_id(at)?),
            Self::RemoveUnknown(id) => Edit::Remove(Id::from_random(*id)),
            Self::Link(id, from, to) => relation(*id, some_id(from)?, some_id(to)?),
            Self::LinkToUnknown(id, from, to) => {
                relation(*id, some_id(from)?, Id::from_random(*to))
            }
            Self::Unlink(at) => {
                let relations = set.relations();
                if relations.is_empty() {
                    return None;
                }
                Edit::RemoveRelation(at.get(relations).id.clone())
            }
            Self::SetStatus(status) => Edit::SetStatus(*status),
            Self::TooLong(sketch) => {
                let longer = Text::new(text.as_str().to_owned() + &"x".repeat(40));
                Edit::Insert(Arc::new(sketch.on(&longer)?))
            }
        })
    }
}

/// What the type promises of every set.
#[track_caller]
fn check_promises(set: &AnnotationSet, text: &Text) {
    let annotations = set.annotations();
    assert!(annotations.is_sorted_by(|a, b| a.order() < b.order()), "out of order");
    assert!(set.relations().is_sorted_by(|a, b| a.order() < b.order()), "out of order");
    let ids = annotations.iter().map(|a| &a.id).chain(set.relations().iter().map(|r| &r.id));
    let mut ids: Vec<&Id> = ids.collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is there twice");
    for annotation in annotations {
        for span in annotation.fragments.iter() {
            assert!(text.quote(span).is_some_and(|quote| !quote.is_empty()), "{annotation:?}");
        }
        let spans: Vec<_> = annotation.fragments.iter().collect();
        assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()), "{annotation:?}");
    }
    for relation in set.relations() {
        assert!(set.annotation(&relation.from).is_some() && set.annotation(&relation.to).is_some());
    }
    check_lookups(set, text);
}

/// What finds things fast finds what going through all of them does.
#[track_caller]
fn check_lookups(set: &AnnotationSet, text: &Text) {
    for (at, annotation) in set.annotations().iter().enumerate() {
        assert_eq!(set.position(&annotation.id), Some(at));
        let hangs = |r: &&Arc<Relation>| r.from == annotation.id || r.to == annotation.id;
        assert!(set.relations_of(&annotation.id).eq(set.relations().iter().filter(hangs)));
    }
    assert_eq!(set.position(&Id::new("nothing is called so").unwrap()), None);
    for start in (0..=text.characters()).step_by(3) {
        let range = Offset::new(start)..Offset::new(start + start % 5);
        let reaches = |a: &&Arc<Annotation>| a.fragments.reach_into(&range);
        let places = set.places_in(&range);
        let found: Vec<_> = places.iter().map(|at| &set.annotations()[*at]).collect();
        if range.start < range.end {
            assert!(found.into_iter().eq(set.annotations().iter().filter(reaches)), "{range:?}");
        }
    }
}

proptest! {
    #[test]
    fn edits_are_undone_by_their_inverses_and_refused_edits_change_nothing(
        (text, start) in hostile::text_with_set(), plans in vec(plan(), 0..24),
    ) {
        let mut set = start.clone();
        check_promises(&set, &text);
        let mut inverses = Vec::new();
        for plan in plans {
            let Some(edit) = plan.edit(&text, &set) else { continue };
            let before = set.clone();
            let Ok(inverse) = set.apply(edit.clone()) else {
                prop_assert_eq!(&set, &before);
                continue;
            };
            check_promises(&set, &text);
            // The inverse of the inverse is the edit itself, also as a value.
            let mut there_and_back = set.clone();
            prop_assert_eq!(&there_and_back.apply(inverse.clone()), &Ok(edit));
            prop_assert_eq!(&there_and_back, &before);
            inverses.push(inverse);
        }
        let end = set.clone();
        let mut forward = Vec::new();
        for inverse in inverses.into_iter().rev() {
            forward.push(set.apply(inverse).unwrap());
        }
        prop_assert_eq!(&set, &start);
        for edit in forward.into_iter().rev() {
            set.apply(edit).unwrap();
        }
        prop_assert_eq!(set, end);
    }

    #[test]
    fn a_set_is_the_same_in_whatever_order_its_parts_come(
        (text, set) in hostile::text_with_set(), turn in any::<Index>(),
    ) {
        let mut annotations: Vec<Annotation> =
            set.annotations().iter().map(|annotation| (**annotation).clone()).collect();
        let mut relations: Vec<Relation> =
            set.relations().iter().map(|relation| (**relation).clone()).collect();
        annotations.reverse();
        relations.reverse();
        if !annotations.is_empty() {
            let middle = turn.index(annotations.len());
            annotations.rotate_left(middle);
        }
        let annotator = set.annotator().clone();
        let again =
            AnnotationSet::assemble(annotator, text.end(), set.status(), annotations, relations);
        prop_assert_eq!(again, Ok(set));
    }
}

/// Applies an edit to a marked set; `after` is what is marked then.
#[track_caller]
fn check(before: &str, edit: impl FnOnce(&crate::markup::Marked) -> Edit, after: &str) {
    let marked = parse(before);
    let mut set = marked.set.clone();
    set.apply(edit(&marked)).unwrap();
    assert_eq!(render(&marked.text, &set, None, None), after);
}

/// Applies an edit that is refused; the set stays what it was.
#[track_caller]
fn check_refused(
    before: &str,
    edit: impl FnOnce(&crate::markup::Marked) -> Edit,
    reason: impl FnOnce(&crate::markup::Marked) -> EditError,
) {
    let marked = parse(before);
    let mut set = marked.set.clone();
    assert_eq!(set.apply(edit(&marked)), Err(reason(&marked)));
    assert_eq!(set, marked.set);
}

#[test]
fn an_annotation_can_be_replaced_and_removed() {
    check(
        "[claim:Ia pergi], kata [source:KCNA].",
        |marked| {
            let claim = marked.set.annotation(&marked.id("Ia pergi")).unwrap();
            Edit::Replace(Arc::new(Annotation { label: "denial".into(), ..(**claim).clone() }))
        },
        "[denial:Ia pergi], kata [source:KCNA].",
    );
    check(
        "[claim:Ia pergi], kata [source:KCNA].",
        |marked| Edit::Remove(marked.id("KCNA")),
        "[claim:Ia pergi], kata KCNA.",
    );
}

#[test]
fn an_id_cannot_be_there_twice_in_annotations_or_relations() {
    let marked = "[claim:a] [source:b]";
    check_refused(
        marked,
        |marked| Edit::Insert(marked.set.annotations()[0].clone()),
        |marked| EditError::DuplicateId(marked.id("a")),
    );
    check_refused(
        marked,
        |marked| {
            let (from, to) = (marked.id("a"), marked.id("b"));
            Edit::InsertRelation(Arc::new(Relation {
                id: from.clone(),
                label: "attributed-to".into(),
                from,
                to,
            }))
        },
        |marked| EditError::DuplicateId(marked.id("a")),
    );
}

#[test]
fn nothing_can_be_done_to_an_id_that_is_not_there() {
    let unknown = || Id::new("nobody").unwrap();
    let error = |_: &crate::markup::Marked| EditError::UnknownId(unknown());
    check_refused("[claim:a]", |_| Edit::Remove(unknown()), error);
    check_refused("[claim:a]", |_| Edit::RemoveRelation(unknown()), error);
    let renamed = |marked: &crate::markup::Marked| {
        let annotation = (*marked.set.annotations()[0]).clone();
        Edit::Replace(Arc::new(Annotation { id: unknown(), ..annotation }))
    };
    check_refused("[claim:a]", renamed, error);
}

#[test]
fn an_annotation_stays_while_a_relation_hangs_on_it() {
    let marked = parse("[claim:a] [source:b]");
    let mut set = marked.set.clone();
    let relation = Relation {
        id: Id::new("r").unwrap(),
        label: "attributed-to".into(),
        from: marked.id("a"),
        to: marked.id("b"),
    };
    set.apply(Edit::InsertRelation(Arc::new(relation.clone()))).unwrap();
    for quote in ["a", "b"] {
        let hanging =
            EditError::Hanging { relation: relation.id.clone(), annotation: marked.id(quote) };
        assert_eq!(set.apply(Edit::Remove(marked.id(quote))), Err(hanging));
    }
    set.apply(Edit::RemoveRelation(relation.id)).unwrap();
    set.apply(Edit::Remove(marked.id("a"))).unwrap();
    assert_eq!(set.annotations().len(), 1);
}

#[test]
fn a_span_beyond_the_document_is_refused_with_the_figures() {
    let longer = parse("abc [claim:def]");
    check_refused(
        "abc",
        |_| Edit::Insert(longer.set.annotations()[0].clone()),
        |_| EditError::OutOfDocument { id: longer.id("def"), end: 7, characters: 3 },
    );
}
