//! Merges of sets in which annotations wait for a place, with links that hang on them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{
    Adrift, Annotation, AnnotationSet, Digest, Edit, Id, Landed, Relation, merge,
};
use tandai::text::Text;

use super::{removal, some, text_with_set};

/// What a side does.
#[derive(Clone, Debug)]
enum Deed {
    /// Something that waits gets a place.
    Land(Index),
    /// Something that waits is removed, with its links.
    Drop(Index),
    /// Something that waits gets another label, as by renaming.
    Rename(Index),
    /// A link that has its place is removed.
    Unlink(Index),
    /// Something that has its place is removed, with the links that have theirs.
    Remove(Index),
    /// A link gets another label, as by renaming, wherever it is.
    Relabel(Index),
    /// What has a place loses it again, as by undoing.
    Drift(Index),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => any::<Index>().prop_map(Deed::Land),
        1 => any::<Index>().prop_map(Deed::Drop),
        1 => any::<Index>().prop_map(Deed::Rename),
        1 => any::<Index>().prop_map(Deed::Unlink),
        1 => any::<Index>().prop_map(Deed::Remove),
        1 => any::<Index>().prop_map(Deed::Relabel),
        2 => any::<Index>().prop_map(Deed::Drift),
    ]
}

/// Takes an annotation's place away; its links wait with it.
fn drift(set: &mut AnnotationSet, text: &Text, id: &Id) {
    let annotation = set.annotation(id).unwrap().clone();
    let relations: Vec<Arc<Relation>> = set.relations_of(id).cloned().collect();
    for edit in removal(set, id) {
        // A link from something to itself is named twice.
        let _ = set.apply(edit);
    }
    let quotes = annotation.fragments.iter().map(|span| text.slice(span.range()).to_owned());
    let (quotes, text) = (quotes.collect(), Digest::from_hex("earlier"));
    set.apply(Edit::InsertAdrift(Arc::new(Adrift { annotation, quotes, text, relations })))
        .unwrap();
}

fn carry_out(set: &mut AnnotationSet, text: &Text, deed: &Deed) {
    let waiting = |at: &Index| some(*at, set.adrift()).cloned();
    match deed {
        Deed::Land(at) => {
            let Some(one) = waiting(at) else { return };
            let place = Some(one.annotation.fragments.clone());
            *set = Landed::of(set, [(&one.annotation.id, place)]).set;
        }
        Deed::Drop(at) => {
            let Some(one) = waiting(at) else { return };
            set.apply(Edit::RemoveAdrift(one.annotation.id.clone())).unwrap();
        }
        Deed::Rename(at) => {
            let Some(one) = waiting(at) else { return };
            let annotation = Annotation { label: "new".into(), ..(*one.annotation).clone() };
            set.apply(Edit::RemoveAdrift(annotation.id.clone())).unwrap();
            let renamed = Adrift { annotation: Arc::new(annotation), ..(*one).clone() };
            set.apply(Edit::InsertAdrift(Arc::new(renamed))).unwrap();
        }
        Deed::Unlink(at) => {
            let Some(link) = some(*at, set.relations()).cloned() else { return };
            for edit in removal(set, &link.id) {
                let _ = set.apply(edit);
            }
        }
        Deed::Remove(at) => {
            let Some(one) = some(*at, set.annotations()).cloned() else { return };
            for edit in removal(set, &one.id) {
                let _ = set.apply(edit);
            }
        }
        Deed::Relabel(at) => {
            let all: Vec<Arc<Relation>> = links(set).into_values().collect();
            let Some(link) = some(*at, &all) else { return };
            let renamed = Arc::new(Relation { label: "renamed".into(), ..(**link).clone() });
            if set.relation(&link.id).is_some() {
                set.apply(Edit::RemoveRelation(link.id.clone())).unwrap();
                set.apply(Edit::InsertRelation(renamed)).unwrap();
                return;
            }
            let on = set.adrift().iter().find(|one| one.relations.contains(link)).cloned().unwrap();
            let mut changed = (*on).clone();
            let renames = |one: &mut Arc<Relation>| {
                *one = if one == link { renamed.clone() } else { one.clone() }
            };
            changed.relations.iter_mut().for_each(renames);
            set.apply(Edit::RemoveAdrift(on.annotation.id.clone())).unwrap();
            set.apply(Edit::InsertAdrift(Arc::new(changed))).unwrap();
        }
        Deed::Drift(at) => {
            let Some(one) = some(*at, set.annotations()).cloned() else { return };
            drift(set, text, &one.id);
        }
    }
}

/// A set of which some waits, and what two sides have made of it.
fn sides() -> impl Strategy<Value = [AnnotationSet; 3]> {
    let side = || vec(deed(), 0..6);
    (text_with_set(), vec(any::<Index>(), 0..5), vec(deed(), 0..2), side(), side()).prop_map(
        |((text, mut base), drifting, alike, ours, theirs)| {
            for conflict in base.conflicts().to_vec() {
                base.apply(Edit::RemoveConflict(conflict.id)).unwrap();
            }
            for at in drifting {
                if let Some(id) = some(at, base.annotations()).map(|one| one.id.clone()) {
                    drift(&mut base, &text, &id);
                }
            }
            let [ours, theirs] = [ours, theirs].map(|own| {
                let mut set = base.clone();
                alike.iter().chain(&own).for_each(|deed| carry_out(&mut set, &text, deed));
                set
            });
            [base, ours, theirs]
        },
    )
}

/// All links of a set, wherever they are.
fn links(set: &AnnotationSet) -> BTreeMap<Id, Arc<Relation>> {
    let waiting = set.adrift().iter().flat_map(|one| &one.relations);
    set.relations().iter().chain(waiting).map(|link| (link.id.clone(), link.clone())).collect()
}

fn placed(set: &AnnotationSet) -> BTreeSet<Id> {
    set.annotations().iter().map(|one| one.id.clone()).collect()
}

fn waiting(set: &AnnotationSet) -> BTreeSet<Id> {
    set.adrift().iter().map(|one| one.annotation.id.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_one_side_alone_has_done_is_what_comes_of_it([base, ours, _] in sides()) {
        prop_assert_eq!(&merge(&base, &base, &ours).set, &ours);
        prop_assert_eq!(&merge(&base, &ours, &base).set, &ours);
        prop_assert_eq!(&merge(&base, &ours, &ours).set, &ours);
    }

    #[test]
    fn nothing_that_both_sides_have_is_lost([base, ours, theirs] in sides()) {
        let merged = merge(&base, &ours, &theirs);
        let set = &merged.set;
        let is_there = |set: &AnnotationSet, id: &Id| placed(set).contains(id) || waiting(set).contains(id);
        for id in placed(&ours).union(&placed(&theirs)).chain(&waiting(&base)) {
            if !is_there(&ours, id) || !is_there(&theirs, id) {
                continue;
            }
            prop_assert!(is_there(set, id), "{}", id);
            // Whoever has given it a place has looked at it.
            let is_placed = placed(&ours).contains(id) || placed(&theirs).contains(id);
            prop_assert!(placed(set).contains(id) == is_placed || placed(&base).contains(id), "{}", id);
        }
        // What the other has made of it meanwhile goes to that place.
        for (placing, other) in [(&ours, &theirs), (&theirs, &ours)] {
            let ids: BTreeSet<Id> = placed(placing).intersection(&waiting(other)).cloned().collect();
            for id in ids.intersection(&waiting(&base)) {
                let there = placing.annotation(id).unwrap();
                let label = |set: &AnnotationSet| set.adrift_called(id).unwrap().annotation.label.clone();
                let merged = set.annotation(id).unwrap();
                prop_assert_eq!(&merged.fragments, &there.fragments);
                if there.label == label(&base) {
                    prop_assert_eq!(&merged.label, &label(other), "{}", id);
                }
            }
        }
        let [of_ours, of_theirs, of_both] = [links(&ours), links(&theirs), links(set)];
        for (id, link) in &of_ours {
            let has_ends = is_there(set, &link.from) && is_there(set, &link.to);
            if let Some(other) = of_theirs.get(id).filter(|_| has_ends) {
                let found = of_both.get(id);
                prop_assert!(found == Some(link) || found == Some(other), "{}", id);
            }
        }
        // What is removed by one is gone, unless the other has changed it; nothing comes of
        // nothing.
        for id in of_both.keys() {
            let was = links(&base).get(id).cloned();
            let stays = |side: &BTreeMap<Id, Arc<Relation>>| side.get(id) != was.as_ref();
            let is_in_both = of_ours.contains_key(id) && of_theirs.contains_key(id);
            // What went with one of its ends alone stays where that does.
            let link = &of_both[id];
            let lacks_an_end = |side: &AnnotationSet| {
                [&link.from, &link.to].iter().any(|end| !is_there(side, end))
            };
            let went_with_an_end = [&ours, &theirs]
                .iter()
                .any(|side| !links(side).contains_key(id) && lacks_an_end(side));
            let is_changed = stays(&of_ours) && stays(&of_theirs);
            prop_assert!(is_in_both || is_changed || went_with_an_end, "{}", id);
        }
        for (id, link) in links(&base) {
            let ends_stay = is_there(set, &link.from) && is_there(set, &link.to);
            for (side, other) in [(&ours, &of_theirs), (&theirs, &of_ours)] {
                let lacks_an_end = !is_there(side, &link.from) || !is_there(side, &link.to);
                let went = !links(side).contains_key(&id) && lacks_an_end;
                if went && ends_stay && other.get(&id) == Some(&link) {
                    prop_assert!(of_both.contains_key(&id), "{}", id);
                }
            }
        }
        for conflict in set.conflicts() {
            let is_placed = set.annotation(&conflict.id).is_some();
            prop_assert!(is_placed || set.relation(&conflict.id).is_some(), "{:?}", conflict);
        }
    }

    #[test]
    fn a_link_hangs_on_what_waits_or_has_its_place([base, ours, theirs] in sides()) {
        let set = merge(&base, &ours, &theirs).set;
        for link in set.relations() {
            prop_assert!(placed(&set).contains(&link.from) && placed(&set).contains(&link.to));
        }
        for one in set.adrift() {
            for link in &one.relations {
                let own = &one.annotation.id;
                prop_assert!(link.from == *own || link.to == *own);
            }
        }
        // Seen from the other side it is the same, but for what both have renamed.
        let other = merge(&base, &theirs, &ours).set;
        prop_assert_eq!((placed(&set), waiting(&set)), (placed(&other), waiting(&other)));
        prop_assert_eq!(links(&set), links(&other));
    }
}

/// Another window has this article open and has changed nothing in it.
#[test]
fn a_link_that_goes_on_waiting_with_its_other_end_is_not_dropped() {
    let both = super::marked(
        "[claim:Kim tiba], [source:kata KCNA].",
        &[("attributed-to", "Kim tiba", "kata KCNA")],
    );
    let text = Text::new("Kim tiba, kata KCNA.");
    let [claim, source] = [0, 1].map(|at: usize| both.annotations()[at].clone());
    let mut base = both.clone();
    drift(&mut base, &text, &claim.id);
    drift(&mut base, &text, &source.id);
    let place = |set: &AnnotationSet, one: &Annotation| {
        Landed::of(set, [(&one.id, Some(one.fragments.clone()))]).set
    };
    let (first, second) = (place(&base, &claim), place(&base, &source));
    assert_eq!(merge(&base, &base, &first).set, first);
    // Each has placed one end.
    assert_eq!(merge(&base, &first, &second).set, both);
}
