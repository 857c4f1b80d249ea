//! A set that lacks the last of what was done to it is brought up to it.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Annotation, AnnotationSet, Edit, Id, Relation, Status, catch_up};
use tandai::text::Text;

use super::{Plan, after, carry_out, id, marked, plan, some, text_with_set};
use crate::markup::{parse, render};

const TEXT: &str = "[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";

/// Edits, each with its inverse.
type Done = Vec<(Edit, Edit)>;

/// One thing after the other that a person does, each of which can be undone.
#[derive(Clone, Debug)]
enum Step {
    Do(Plan),
    Undo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => plan().prop_map(Step::Do),
        1 => Just(Step::Undo),
    ];
    vec(step, 0..16)
}

/// The set after each edit, and the edits.
fn carried_out(text: &Text, start: &AnnotationSet, steps: &[Step]) -> (Vec<AnnotationSet>, Done) {
    let mut set = start.clone();
    let mut done: Done = Vec::new();
    let mut undoable: Vec<Done> = Vec::new();
    for step in steps {
        let now: Done = match step {
            Step::Do(plan) => {
                let now = carry_out(&mut set, text, plan);
                undoable.push(now.clone());
                now
            }
            Step::Undo => {
                let undone = undoable.pop().unwrap_or_default().into_iter().rev();
                undone
                    .map(|(edit, inverse)| {
                        assert_eq!(set.apply(inverse.clone()).as_ref(), Ok(&edit));
                        (inverse, edit)
                    })
                    .collect()
            }
        };
        done.extend(now);
    }
    let mut states = vec![start.clone()];
    for (edit, _) in &done {
        states.push(after(states.last().unwrap(), edit.clone()));
    }
    assert_eq!(states.last(), Some(&set));
    (states, done)
}

/// Whether an edit makes or changes or removes an annotation.
fn is_about(edit: &Edit, id: &Id) -> bool {
    match edit {
        Edit::Insert(one) | Edit::Replace(one) => one.id == *id,
        Edit::Remove(one) => one == id,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn however_much_a_set_lacks_it_becomes_what_it_was(
        (text, start) in text_with_set(), steps in steps(),
    ) {
        let (states, done) = carried_out(&text, &start, &steps);
        let last = states.last().unwrap();
        for (at, state) in states.iter().enumerate() {
            let found = catch_up(state, &done);
            prop_assert_eq!((&found.set, found.left), (last, 0), "after {}", at);
            prop_assert_eq!(found.brought == 0, state == last, "after {}", at);
        }
    }

    #[test]
    fn what_somebody_else_has_changed_is_left_alone_and_counted(
        (text, start) in text_with_set(), steps in steps(), at in any::<Index>(),
        which in any::<Index>(),
    ) {
        let (states, done) = carried_out(&text, &start, &steps);
        let (state, last) = (at.get(&states), states.last().unwrap());
        let Some(one) = some(which, state.annotations()) else { return Ok(()) };
        let note = "by somebody else".to_owned();
        let theirs = Arc::new(Annotation { label: "theirs".into(), note, ..(**one).clone() });
        let changed = after(state, Edit::Replace(theirs.clone()));
        let found = catch_up(&changed, &done);
        let is_touched = done.iter().any(|(edit, _)| is_about(edit, &one.id));
        prop_assert_eq!(found.left, usize::from(is_touched));
        prop_assert_eq!(found.set.annotation(&one.id), Some(&theirs));
        // All else is as it was.
        let rest = |set: &AnnotationSet| {
            let others = set.annotations().iter().filter(|other| other.id != one.id);
            others.cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(rest(&found.set), rest(last));
        prop_assert_eq!(found.set.relations(), last.relations());
        prop_assert_eq!(found.set.status(), last.status());
    }
}

#[track_caller]
fn check(set: &AnnotationSet, done: &[(Edit, Edit)], wanted: &str, brought: usize, left: usize) {
    let found = catch_up(set, done);
    assert_eq!(render(&parse(TEXT).text, &found.set, None, None), wanted);
    assert_eq!((found.brought, found.left), (brought, left));
}

/// Carries edits out and gives them back with their inverses.
#[track_caller]
fn did(set: &AnnotationSet, edits: Vec<Edit>) -> (AnnotationSet, Done) {
    let mut set = set.clone();
    let done = edits.into_iter().map(|edit| (edit.clone(), set.apply(edit).unwrap())).collect();
    (set, done)
}

fn relabelled(set: &AnnotationSet, of: &str, label: &str) -> Edit {
    let one = (**set.annotation(&id(of)).unwrap()).clone();
    Edit::Replace(Arc::new(Annotation { label: label.into(), ..one }))
}

#[test]
fn a_set_that_has_everything_is_left_as_it_is() {
    let set = marked(TEXT, &[]);
    let found = catch_up(&set, &[]);
    assert_eq!((&found.set, found.brought, found.left), (&set, 0, 0));
    let (now, done) = did(&set, vec![relabelled(&set, "s1", "denial"), Edit::Remove(id("s2"))]);
    let found = catch_up(&now, &done);
    assert_eq!((&found.set, found.brought, found.left), (&now, 0, 0));
    let wanted = "[denial:Kim tiba] di Seoul, kata [source:KCNA].";
    check(&set, &done, wanted, 2, 0);
}

#[test]
fn a_set_that_was_changed_and_changed_back_lacks_nothing() {
    let set = marked(TEXT, &[]);
    let edits = vec![relabelled(&set, "s1", "denial"), relabelled(&set, "s1", "claim")];
    let (_, done) = did(&set, edits);
    let unmarked = "[claim:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    check(&set, &done, unmarked, 0, 0);
    // Half of it is known, and goes on.
    check(&after(&set, done[0].0.clone()), &done, unmarked, 1, 0);
}

#[test]
fn what_somebody_else_removed_stays_removed() {
    let set = marked(TEXT, &[]);
    let (_, done) = did(&set, vec![relabelled(&set, "s1", "denial"), Edit::Remove(id("s2"))]);
    let theirs = after(&set, Edit::Remove(id("s1")));
    check(&theirs, &done, "Kim tiba di Seoul, kata [source:KCNA].", 1, 1);
}

#[test]
fn what_somebody_else_added_stays() {
    let (_, done) = did(&marked(TEXT, &[]), vec![Edit::Remove(id("s2"))]);
    let theirs = "[claim#1:Kim tiba] di [location#2:Seoul], [time#9:kata] [source#3:KCNA].";
    let wanted = "[claim:Kim tiba] di Seoul, [time:kata] [source:KCNA].";
    check(&marked(theirs, &[]), &done, wanted, 1, 0);
}

#[test]
fn what_somebody_else_has_linked_is_not_removed() {
    let (_, done) = did(&marked(TEXT, &[]), vec![Edit::Remove(id("s3"))]);
    let theirs = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let found = catch_up(&theirs, &done);
    assert_eq!((&found.set, found.brought, found.left), (&theirs, 0, 1));
}

#[test]
fn a_link_waits_for_its_end() {
    let without = marked("[claim#1:Kim tiba] di [location#2:Seoul], kata KCNA.", &[]);
    let linked = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let source = linked.annotation(&id("s3")).unwrap().clone();
    let link = linked.relation(&id("r0")).unwrap().clone();
    let edits = vec![Edit::Insert(source), Edit::InsertRelation(link)];
    let (now, done) = did(&without, edits);
    assert_eq!(catch_up(&without, &done).set, now);
    // Where it does not come, as somebody else has taken the id, neither does the link.
    let (_, done) = did(&linked, vec![relabelled(&linked, "s3", "person")]);
    let link = Relation { id: id("r1"), label: "see".into(), from: id("s1"), to: id("s3") };
    let more = vec![Edit::InsertRelation(link.into())];
    let (_, more) = did(&after(&linked, done[0].0.clone()), more);
    let found = catch_up(&without, &[done, more].concat());
    assert_eq!((&found.set, found.brought, found.left), (&without, 0, 2));
}

#[test]
fn a_link_that_goes_to_another_end_lets_the_first_one_go() {
    let start = after(
        &marked(TEXT, &[]),
        Edit::InsertRelation(Arc::new(Relation {
            id: id("r"),
            label: "located-at".into(),
            from: id("s1"),
            to: id("s2"),
        })),
    );
    let other =
        Relation { id: id("r"), label: "attributed-to".into(), from: id("s1"), to: id("s3") };
    let (last, done) = did(
        &start,
        vec![
            Edit::RemoveRelation(id("r")),
            Edit::InsertRelation(Arc::new(other)),
            Edit::Remove(id("s2")),
        ],
    );
    assert_eq!(catch_up(&start, &done).set, last);
}

#[test]
fn a_status_that_somebody_else_has_set_stays() {
    let set = marked(TEXT, &[]);
    assert_eq!(set.status(), Status::InProgress);
    let edits = [Status::Done, Status::InProgress, Status::Done].map(Edit::SetStatus);
    let (_, done) = did(&set, edits.to_vec());
    for (now, wanted, brought, left) in [
        (Status::InProgress, Status::Done, 1, 0),
        (Status::Done, Status::Done, 0, 0),
        (Status::Skipped, Status::Skipped, 0, 1),
    ] {
        let found = catch_up(&after(&set, Edit::SetStatus(now)), &done);
        assert_eq!((found.set.status(), found.brought, found.left), (wanted, brought, left));
    }
}
