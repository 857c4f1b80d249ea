//! Bringing two people's changes of one set together.

use std::collections::BTreeSet;
use std::sync::Arc;

use tandai::corpus::{
    Annotation, AnnotationSet, Annotator, Edit, Fragments, Id, Relation, Status, catch_up, merge,
};
use tandai::text::{Offset, Span};

use super::bytes::Bytes;

/// Characters of the document.
const LENGTH: usize = 12;
const LABELS: [&str; 3] = ["claim", "source", "denial"];
const STATUSES: [Status; 4] = [Status::New, Status::InProgress, Status::Done, Status::Skipped];

/// What only one side has changed is as that side has it; what the journal of a side says is
/// brought to the other; and whatever comes out is a set.
pub fn merging(data: &[u8]) {
    let mut bytes = Bytes::of(data);
    let who = Annotator::new("ana").expect("it is a name");
    let empty = AnnotationSet::new(who, Offset::new(LENGTH));
    let (base, _) = edited(&empty, &mut bytes);
    let (ours, edits) = edited(&base, &mut bytes);
    let (theirs, _) = edited(&base, &mut bytes);
    for (mine, other, expected) in
        [(&base, &theirs, &theirs), (&ours, &base, &ours), (&ours, &ours, &ours)]
    {
        let merged = merge(&base, mine, other);
        assert_eq!(merged.set, *expected);
        assert_eq!(merged.conflicts, 0);
    }
    is_a_set(&merge(&base, &ours, &theirs).set);
    assert_eq!(catch_up(&base, &edits).set, ours);
    is_a_set(&catch_up(&theirs, &edits).set);
}

/// A set with edits that the bytes say, up to one that says stop; and these edits, each with
/// its inverse.
fn edited(set: &AnnotationSet, bytes: &mut Bytes<'_>) -> (AnnotationSet, Vec<(Edit, Edit)>) {
    let mut set = set.clone();
    let mut edits = Vec::new();
    while !bytes.is_empty() {
        let edit = match bytes.below(8) {
            0 => break,
            1 => Edit::SetStatus(STATUSES[bytes.below(4)]),
            2 => Edit::Remove(id('a', bytes)),
            3 => Edit::RemoveRelation(id('r', bytes)),
            4 => {
                let (id, from, to) = (id('r', bytes), id('a', bytes), id('a', bytes));
                Edit::InsertRelation(Arc::new(Relation { id, label: "denies".into(), from, to }))
            }
            5 => Edit::Replace(Arc::new(annotation(bytes))),
            _ => Edit::Insert(Arc::new(annotation(bytes))),
        };
        if let Ok(inverse) = set.apply(edit.clone()) {
            edits.push((edit, inverse));
        }
    }
    (set, edits)
}

/// Few ids, so that both sides mean the same thing now and then.
fn id(kind: char, bytes: &mut Bytes<'_>) -> Id {
    Id::new(&format!("{kind}{}", bytes.below(6))).expect("it is not empty")
}

fn annotation(bytes: &mut Bytes<'_>) -> Annotation {
    let id = id('a', bytes);
    let start = bytes.below(LENGTH);
    let end = start + 1 + bytes.below(LENGTH - start);
    let span = Span::new(Offset::new(start), Offset::new(end)).expect("it is not empty");
    let label = LABELS[bytes.below(3)].into();
    let mut annotation = Annotation::new(id, label, Fragments::one(span));
    if bytes.below(3) == 0 {
        annotation.note = format!("note {}", bytes.below(3));
    }
    annotation
}

/// Its annotations and relations are in order, with ids of their own, and hang on what is there.
fn is_a_set(set: &AnnotationSet) {
    let annotations = set.annotations().iter().map(|one| (**one).clone()).collect();
    let relations = set.relations().iter().map(|one| (**one).clone()).collect();
    let (who, end) = (set.annotator().clone(), set.end());
    let again = AnnotationSet::assemble(who, end, set.status(), annotations, relations);
    let again = again.expect("it is consistent");
    assert_eq!(again.annotations(), set.annotations());
    assert_eq!(again.relations(), set.relations());
    let ids: BTreeSet<&Id> = set.conflicts().iter().map(|conflict| &conflict.id).collect();
    assert_eq!(ids.len(), set.conflicts().len());
    assert!(ids.iter().all(|id| set.has_id(id)));
}
