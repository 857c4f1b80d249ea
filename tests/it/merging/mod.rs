//! What two people, or one in two places, have made of the same set: how it is compared
//! and brought together, in memory, in files and by git.

mod any_sets;
mod catching_up;
mod command;
mod differences;
mod git;
mod sets;
mod waiting;

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::{
    Annotation, AnnotationSet, Conflict, Edit, Id, Merged, Relation, Status, Version,
};
use tandai::text::Text;

use crate::hostile::{self, Sketch};
use crate::markup::parse;
use crate::session::with_links;

/// A link's label, then what its two ends quote.
type Link<'a> = (&'a str, &'a str, &'a str);

/// Ana's set of a marked text, of which the annotations `#1`, `#2` are called `s1`, `s2`
/// and the links `r0`, `r1`.
#[track_caller]
fn marked(text: &str, links: &[Link<'_>]) -> AnnotationSet {
    with_links(&parse(text), links)
}

fn id(id: &str) -> Id {
    Id::new(id).unwrap()
}

/// A set after an edit.
#[track_caller]
fn after(set: &AnnotationSet, edit: Edit) -> AnnotationSet {
    let mut set = set.clone();
    set.apply(edit).unwrap();
    set
}

fn with_status(set: &AnnotationSet, status: Status) -> AnnotationSet {
    after(set, Edit::SetStatus(status))
}

/// What is in conflict, and the label that the other side has: none where it removed it.
fn conflicts(set: &AnnotationSet) -> Vec<(&str, Option<&str>)> {
    let conflicts = set.conflicts().iter();
    conflicts.map(|one| (one.id.as_str(), one.other.as_ref().map(label_of))).collect()
}

fn label_of(version: &Version) -> &str {
    match version {
        Version::Annotation(one) => &one.label,
        Version::Relation(one) => &one.label,
    }
}

/// Something that a person does, which still wants a set.
#[derive(Clone, Debug)]
enum Plan {
    Insert(Sketch),
    /// Of an annotation that is there by the sketched one, under the id it has.
    Replace(Index, Sketch),
    /// With the links that hang on it.
    Remove(Index),
    Link(u64, Index, Index),
    Unlink(Index),
    /// Under the id it has, and turned round or not.
    Relabel(Index, String, bool),
    SetStatus(Status),
    /// Of a conflict, by taking what the other side has or by keeping what is here.
    Settle(Index, bool),
}

/// Few ids, so that two people often mean the same one.
fn sketch() -> impl Strategy<Value = Sketch> {
    (0_u64..24, hostile::hostile_sketch())
        .prop_map(|(id, sketch)| Sketch { id: Id::from_random(id), ..sketch })
}

/// The ids of new links are drawn from so many that none is drawn twice.
fn plan() -> impl Strategy<Value = Plan> {
    let index = any::<Index>;
    prop_oneof![
        4 => sketch().prop_map(Plan::Insert),
        4 => (index(), sketch()).prop_map(|(at, sketch)| Plan::Replace(at, sketch)),
        2 => index().prop_map(Plan::Remove),
        4 => (1_000_u64..2_000_000_000, index(), index()).prop_map(|(id, from, to)| Plan::Link(id, from, to)),
        1 => index().prop_map(Plan::Unlink),
        2 => (index(), link_label(), any::<bool>())
            .prop_map(|(at, label, turned)| Plan::Relabel(at, label, turned)),
        1 => hostile::status().prop_map(Plan::SetStatus),
        2 => (index(), any::<bool>()).prop_map(|(at, other)| Plan::Settle(at, other)),
    ]
}

fn link_label() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["attributed-to", "denies", "same-as"]).prop_map(str::to_owned),
        hostile::string(),
    ]
}

fn some<T>(at: Index, all: &[T]) -> Option<&T> {
    (!all.is_empty()).then(|| at.get(all))
}

impl Plan {
    /// The edits for a set as it is; none where there is nothing to choose from.
    fn edits(&self, text: &Text, set: &AnnotationSet) -> Vec<Edit> {
        let annotation = |at: &Index| some(*at, set.annotations());
        let relation = |at: &Index| some(*at, set.relations());
        match self {
            Self::Insert(sketch) => sketch.on(text).map(Arc::new).map(Edit::Insert),
            Self::Replace(at, sketch) => annotation(at).and_then(|before| {
                let id = before.id.clone();
                Some(Edit::Replace(Arc::new(Annotation { id, ..sketch.on(text)? })))
            }),
            Self::Remove(at) => {
                return annotation(at).map_or_else(Vec::new, |one| removal(set, &one.id));
            }
            Self::Link(id, from, to) => annotation(from).zip(annotation(to)).map(|(from, to)| {
                let (id, label) = (Id::from_random(*id), "denies".into());
                let (from, to) = (from.id.clone(), to.id.clone());
                Edit::InsertRelation(Arc::new(Relation { id, label, from, to }))
            }),
            Self::Unlink(at) => {
                return relation(at).map_or_else(Vec::new, |one| removal(set, &one.id));
            }
            Self::Relabel(at, label, turned) => {
                let Some(link) = relation(at) else { return Vec::new() };
                let changed = relabelled(link, label, *turned);
                let mut edits = removal(set, &link.id);
                edits.push(Edit::InsertRelation(Arc::new(changed)));
                return edits;
            }
            Self::SetStatus(status) => Some(Edit::SetStatus(*status)),
            Self::Settle(at, other) => {
                return some(*at, set.conflicts())
                    .map_or_else(Vec::new, |conflict| settling(set, conflict, *other));
            }
        }
        .into_iter()
        .collect()
    }
}

fn relabelled(link: &Relation, label: &str, turned: bool) -> Relation {
    let (from, to) = if turned { (&link.to, &link.from) } else { (&link.from, &link.to) };
    Relation { id: link.id.clone(), label: label.into(), from: from.clone(), to: to.clone() }
}

/// Takes an annotation with its links away, or a link; and first the conflicts about them.
fn removal(set: &AnnotationSet, id: &Id) -> Vec<Edit> {
    let conflict = |id: &Id| set.conflict(id).map(|one| Edit::RemoveConflict(one.id.clone()));
    let mut edits = Vec::new();
    let own = set.relations().iter().filter(|one| one.id == *id);
    for link in own.chain(set.relations_of(id)) {
        edits.extend(conflict(&link.id));
        edits.push(Edit::RemoveRelation(link.id.clone()));
    }
    if set.annotation(id).is_some() {
        edits.extend(conflict(id));
        edits.push(Edit::Remove(id.clone()));
    }
    edits
}

fn settling(set: &AnnotationSet, conflict: &Conflict, other: bool) -> Vec<Edit> {
    let id = &conflict.id;
    match &conflict.other {
        _ if !other => vec![Edit::RemoveConflict(id.clone())],
        None => removal(set, id),
        Some(Version::Annotation(version)) => {
            vec![Edit::RemoveConflict(id.clone()), Edit::Replace(version.clone())]
        }
        Some(Version::Relation(version)) => {
            let mut edits = removal(set, id);
            edits.push(Edit::InsertRelation(version.clone()));
            edits
        }
    }
}

/// Does all that can be done, and gives back each edit with its inverse.
fn carry_out(set: &mut AnnotationSet, text: &Text, plan: &Plan) -> Vec<(Edit, Edit)> {
    let mut done = Vec::new();
    for edit in plan.edits(text, set) {
        // An id that is taken is refused, and nothing comes after it.
        let Ok(inverse) = set.apply(edit.clone()) else { break };
        done.push((edit, inverse));
    }
    done
}

/// A conflict about something in the set, which the other side has removed or changed.
fn put_in_conflict(set: &mut AnnotationSet, which: Index, removed: bool) {
    let annotations = set.annotations().iter().map(|one| {
        Version::Annotation(Arc::new(Annotation {
            note: one.note.clone() + "!",
            ..(**one).clone()
        }))
    });
    let links = set.relations().iter();
    let links = links.map(|one| Version::Relation(Arc::new(relabelled(one, "other", true))));
    let versions: Vec<Version> = annotations.chain(links).collect();
    if let Some(version) = some(which, &versions) {
        let other = (!removed).then(|| version.clone());
        let conflict = Conflict { id: version.id().clone(), other };
        // What is in conflict already stays as it is.
        let _ = set.apply(Edit::InsertConflict(Arc::new(conflict)));
    }
}

/// A text and a set about it, with links and open conflicts.
fn text_with_set() -> impl Strategy<Value = (Text, AnnotationSet)> {
    let link = (400_u64..412, link_label(), any::<Index>(), any::<Index>())
        .prop_map(|(id, label, from, to)| (Id::from_random(id), label, from, to));
    let text = prop_oneof![3 => hostile::text(), 1 => Just(Text::new("Kim tiba, kata KCNA."))];
    let conflicts = vec(any::<(Index, bool)>(), 0..3);
    (text, hostile::status(), vec(sketch(), 0..8), vec(link, 0..5), conflicts).prop_map(
        |(text, status, sketches, links, conflicts)| {
            let mut set = hostile::set_of(&text, status, &sketches, &links);
            for (which, removed) in conflicts {
                put_in_conflict(&mut set, which, removed);
            }
            (text, set)
        },
    )
}

/// A set, and what two sides have made of it.
#[derive(Clone, Debug)]
struct Divergence {
    text: Text,
    base: AnnotationSet,
    ours: AnnotationSet,
    theirs: AnnotationSet,
}

impl Divergence {
    fn merged(&self) -> Merged {
        tandai::corpus::merge(&self.base, &self.ours, &self.theirs)
    }
}

/// Some of what the sides do they do alike; each may have conflicts of its own.
fn divergence() -> impl Strategy<Value = Divergence> {
    let side = || (vec(plan(), 0..10), vec(any::<(Index, bool)>(), 0..2));
    (text_with_set(), vec(plan(), 0..4), side(), side()).prop_map(
        |((text, base), alike, ours, theirs)| {
            let [ours, theirs] = [ours, theirs].map(|(own, conflicts)| {
                let mut set = base.clone();
                for plan in alike.iter().chain(&own) {
                    carry_out(&mut set, &text, plan);
                }
                for (which, removed) in conflicts {
                    put_in_conflict(&mut set, which, removed);
                }
                set
            });
            Divergence { text, base, ours, theirs }
        },
    )
}
