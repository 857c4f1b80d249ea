//! Merges of whatever sets there may be.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;
use tandai::corpus::{
    Annotation, AnnotationSet, Decisions, Edit, Id, Merged, Relation, Version, merge,
};
use tandai::storage::{MergeOutcome, SetOnDisk, SetVersion, merge_files};

use super::{Divergence, divergence};
use crate::files::{Folder, ana, document_path};

/// What a set has under an id.
fn version(set: &AnnotationSet, id: &Id) -> Option<Version> {
    let annotation = set.annotation(id).cloned().map(Version::Annotation);
    annotation.or_else(|| set.relation(id).cloned().map(Version::Relation))
}

fn ids(set: &AnnotationSet) -> BTreeSet<Id> {
    let annotations = set.annotations().iter().map(|one| one.id.clone());
    annotations.chain(set.relations().iter().map(|one| one.id.clone())).collect()
}

/// What a version says, whatever it is called, and whether it is to be discussed.
fn said(version: &Version) -> Version {
    let id = Id::new("any").unwrap();
    match version {
        Version::Annotation(one) => {
            let one = Annotation { id, ..(**one).clone() }.to_discuss(true);
            Version::Annotation(one.into())
        }
        Version::Relation(one) => Version::Relation(Relation { id, ..(**one).clone() }.into()),
    }
}

/// What has come beside something for which there was no room in its conflict.
fn beside(set: &AnnotationSet, of: &Id) -> Vec<Version> {
    let other = format!("{of}-other");
    let named = ids(set).into_iter().filter(|id| id.as_str().starts_with(&other));
    named.filter_map(|id| version(set, &id)).map(|version| said(&version)).collect()
}

fn in_conflict(set: &AnnotationSet) -> BTreeSet<Id> {
    set.conflicts().iter().map(|one| one.id.clone()).collect()
}

/// Whether a set is what it would be, had it been put together part by part.
fn is_sound(set: &AnnotationSet) -> bool {
    let annotations = set.annotations().iter().map(|one| (**one).clone()).collect();
    let links = set.relations().iter().map(|one| (**one).clone()).collect();
    let (annotator, end) = (set.annotator().clone(), set.end());
    let again = AnnotationSet::assemble(annotator, end, set.status(), annotations, links);
    let Ok(mut again) = again else { return false };
    for conflict in set.conflicts() {
        let put = again.apply(Edit::InsertConflict(conflict.clone().into()));
        if put.is_err() {
            return false;
        }
    }
    again == *set
}

/// Whether an annotation is needed by a link that a side has and the base has not so.
fn is_newly_linked(base: &AnnotationSet, side: &AnnotationSet, id: &Id) -> bool {
    side.relations_of(id).any(|link| base.relation(&link.id) != Some(link))
}

/// Whether both sides have settled an earlier conflict, so that each has decided.
fn settled_by_both(Divergence { base, ours, theirs, .. }: &Divergence, id: &Id) -> bool {
    base.conflict(id).is_some() && ours.conflict(id).is_none() && theirs.conflict(id).is_none()
}

/// Whether a link needs an annotation that both sides have decided about, each otherwise.
fn hangs_on_what_is_settled(all: &Divergence, set: &AnnotationSet, id: &Id) -> bool {
    set.relations_of(id)
        .any(|link| settled_by_both(all, &link.id) && set.conflict(&link.id).is_some())
}

/// Whether a link went with one of its ends where that was removed, and both ends are there.
fn went_with_an_end(
    base: &AnnotationSet,
    side: &AnnotationSet,
    set: &AnnotationSet,
    id: &Id,
) -> bool {
    let Some(link) = base.relation(id).filter(|_| side.relation(id).is_none()) else {
        return false;
    };
    let ends = [&link.from, &link.to];
    ends.iter().any(|end| side.annotation(end).is_none())
        && ends.iter().all(|end| set.annotation(end).is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(384))]

    #[test]
    fn nothing_that_a_side_has_made_is_lost(all in divergence()) {
        let Divergence { base, ours, theirs, .. } = &all;
        let Merged { set, .. } = all.merged();
        for side in [ours, theirs] {
            for id in ids(side) {
                let own = version(side, &id);
                if own == version(base, &id) {
                    continue;
                }
                let other = set.conflict(&id).and_then(|conflict| conflict.other.clone());
                prop_assert!(version(&set, &id) == own || other == own, "{}", id);
            }
            // What an earlier merge left to be chosen, as long as nobody has chosen.
            let settled = if std::ptr::eq(side, ours) { theirs } else { ours };
            for conflict in side.conflicts() {
                let is_open =
                    settled.conflicts().contains(conflict) || !base.conflicts().contains(conflict);
                let Some(other) = conflict.other.as_ref().filter(|_| is_open) else { continue };
                let ends = match other {
                    Version::Relation(link) => vec![&link.from, &link.to],
                    Version::Annotation(_) => Vec::new(),
                };
                let is_removed = version(&set, &conflict.id).is_none();
                if is_removed || ends.iter().any(|end| set.annotation(end).is_none()) {
                    continue;
                }
                let kept = set.conflict(&conflict.id).and_then(|open| open.other.as_ref());
                let is_there = kept == Some(other)
                    || version(&set, &conflict.id).as_ref() == Some(other)
                    || beside(&set, &conflict.id).contains(&said(other));
                prop_assert!(is_there, "{:?}", conflict);
            }
        }
    }

    #[test]
    fn nothing_is_made_up_and_nothing_is_removed_by_nobody(all in divergence()) {
        let Divergence { base, ours, theirs, .. } = &all;
        let Merged { set, .. } = all.merged();
        let everything: BTreeSet<Id> = [base, ours, theirs].into_iter().flat_map(ids).collect();
        let earlier: Vec<Version> = [ours, theirs].into_iter().flat_map(AnnotationSet::conflicts)
            .filter_map(|conflict| conflict.other.clone())
            .collect();
        for new in ids(&set).difference(&everything) {
            let own = said(&version(&set, new).unwrap());
            prop_assert!(earlier.iter().any(|one| said(one) == own), "{}", new);
        }
        for id in everything {
            let [before, mine, other] = [base, ours, theirs].map(|set| version(set, &id));
            let found = version(&set, &id);
            prop_assert!(found.is_none() || [&before, &mine, &other].contains(&&found));
            if mine.is_some() && other.is_some() {
                prop_assert!(found.is_some());
            }
            // What is removed by one and left by the other goes, unless a link needs it.
            let left = mine.is_none() && other == before || other.is_none() && mine == before;
            let went = [ours, theirs].iter().any(|side| went_with_an_end(base, side, &set, &id));
            let needed = [ours, theirs].iter().any(|side| is_newly_linked(base, side, &id))
                || hangs_on_what_is_settled(&all, &set, &id);
            if left && went && !settled_by_both(&all, &id) {
                prop_assert_eq!(found, before, "{}", id);
                continue;
            }
            if left && !settled_by_both(&all, &id) {
                prop_assert!(found.is_none() || needed, "{}", id);
            }
        }
    }

    #[test]
    fn in_conflict_anew_is_just_what_the_sides_contradict_each_other_in(all in divergence()) {
        let Divergence { base, ours, theirs, .. } = &all;
        let Merged { set, conflicts, .. } = all.merged();
        let mut contradicted = BTreeSet::new();
        for id in [base, ours, theirs].into_iter().flat_map(ids) {
            let [before, mine, other] = [base, ours, theirs].map(|set| version(set, &id));
            let is_changed = mine != other
                && (mine != before && other != before || settled_by_both(&all, &id));
            let removed = [(ours, theirs), (theirs, ours)].into_iter().any(|(one, two)| {
                version(one, &id).is_none() && version(base, &id).is_some()
                    && version(&set, &id).is_some()
                    && (is_newly_linked(base, two, &id) || hangs_on_what_is_settled(&all, &set, &id))
            });
            if is_changed || removed {
                contradicted.insert(id);
            }
        }
        prop_assert_eq!(conflicts, contradicted.len());
        let earlier: BTreeSet<Id> = in_conflict(ours).union(&in_conflict(theirs)).cloned().collect();
        let open = in_conflict(&set);
        prop_assert!(contradicted.is_subset(&open));
        prop_assert!(open.difference(&contradicted).all(|id| earlier.contains(id)));
        // What was open on both sides alike is open still.
        for conflict in ours.conflicts() {
            if theirs.conflicts().contains(conflict) {
                prop_assert!(open.contains(&conflict.id));
            }
        }
    }

    #[test]
    fn a_side_that_changed_nothing_leaves_the_other_as_it_is(all in divergence()) {
        let Divergence { base, ours, .. } = &all;
        let found = merge(base, ours, base);
        prop_assert_eq!((&found.set, found.taken, found.conflicts), (ours, 0, 0));
        let found = merge(base, base, ours);
        prop_assert_eq!((&found.set, found.conflicts), (ours, 0));
        let all: BTreeSet<Id> = ids(base).union(&ids(ours)).cloned().collect();
        let changed = all.iter().filter(|id| version(base, id) != version(ours, id)).count();
        let status = usize::from(base.status() != ours.status());
        prop_assert_eq!(found.taken, changed + status);
    }

    #[test]
    fn sides_that_are_the_same_are_what_comes_of_them(all in divergence()) {
        let found = merge(&all.base, &all.ours, &all.ours);
        prop_assert_eq!((&found.set, found.taken, found.conflicts), (&all.ours, 0, 0));
        let nothing = AnnotationSet::new(all.base.annotator().clone(), all.text.end());
        prop_assert_eq!(merge(&nothing, &all.ours, &all.ours).set, all.ours);
    }

    #[test]
    fn what_comes_of_it_keeps_the_promises_of_a_set(all in divergence()) {
        prop_assert!(is_sound(&all.merged().set));
    }

    #[test]
    fn seen_from_the_other_side_the_same_is_there_and_in_conflict(all in divergence()) {
        let one = all.merged();
        let two = merge(&all.base, &all.theirs, &all.ours);
        prop_assert_eq!(ids(&one.set), ids(&two.set));
        prop_assert_eq!(in_conflict(&one.set), in_conflict(&two.set));
        prop_assert_eq!((one.conflicts, one.set.status()), (two.conflicts, two.set.status()));
        let earlier: BTreeSet<Id> =
            in_conflict(&all.ours).union(&in_conflict(&all.theirs)).cloned().collect();
        for conflict in one.set.conflicts() {
            let id = &conflict.id;
            if earlier.contains(id) {
                continue;
            }
            let other = two.set.conflict(id).unwrap();
            let (here, there) = (version(&one.set, id), version(&two.set, id));
            if conflict.other.is_some() {
                prop_assert_eq!((&here, &there), (&other.other, &conflict.other));
            } else {
                prop_assert_eq!((&here, &other.other), (&there, &None));
            }
        }
        // Of several that were open, which one comes beside the other depends on the side.
        let everything = |set: &AnnotationSet, id: &Id| {
            let open = set.conflict(id).and_then(|conflict| conflict.other.clone());
            let all = version(set, id).into_iter().chain(open).map(|version| said(&version));
            all.chain(beside(set, id)).map(|said| format!("{said:?}")).collect::<BTreeSet<_>>()
        };
        for id in &earlier {
            prop_assert_eq!(everything(&one.set, id), everything(&two.set, id));
        }
        let sides: BTreeSet<Id> =
            [&all.base, &all.ours, &all.theirs].into_iter().flat_map(ids).collect();
        let unopposed = ids(&one.set).difference(&in_conflict(&one.set)).cloned().collect();
        for id in sides.intersection(&unopposed) {
            prop_assert_eq!(version(&one.set, id), version(&two.set, id));
        }
    }

    #[test]
    fn a_merge_that_is_done_again_changes_nothing(all in divergence()) {
        let once = all.merged().set;
        prop_assert_eq!(&merge(&all.base, &once, &all.base).set, &once);
        prop_assert_eq!(&merge(&all.theirs, &once, &all.theirs).set, &once);
    }

    #[test]
    fn decisions_are_merged_one_by_one(
        [base, ours, theirs] in [vec(0_u8..12, 0..9), vec(0_u8..12, 0..9), vec(0_u8..12, 0..9)],
    ) {
        let decision = |number: u8| tandai::corpus::Decision::Meant {
            document: document_path("a.txt"),
            finding: number.to_string(),
        };
        let [base, ours, theirs] = [base, ours, theirs]
            .map(|numbers| numbers.into_iter().map(decision).collect::<Decisions>());
        let merged = Decisions::merged(&base, &ours, &theirs);
        for decision in (0..12).map(decision) {
            let [before, mine, other, now] =
                [&base, &ours, &theirs, &merged].map(|all| all.contains(&decision));
            // Of two that differ one has changed it.
            prop_assert_eq!(now, if mine == other { mine } else { !before });
        }
    }
}

proptest! {
    // Each saves four files and waits for the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn merged_files_are_what_is_merged_in_memory_and_read_back(all in divergence()) {
        let folder = Folder::with(&[("seeds/a.txt", all.text.as_str().as_bytes())]);
        let document = folder.document("a.txt");
        prop_assume!(document.text.as_str() == all.text.as_str());
        let (mut store, _) = folder.load(&document);
        let file = "annotations/ana/a.txt.ron";
        let mut put = |set: &AnnotationSet, name: &str| {
            store.save(set, &document).unwrap();
            folder.write(name, &folder.read(file));
            assert_eq!(SetVersion::read(&folder.path(name)).unwrap().set(), set);
        };
        put(&all.base, "base.ron");
        put(&all.theirs, "theirs.ron");
        put(&all.ours, "ours.ron");
        let [base, theirs] = ["base.ron", "theirs.ron"].map(|name| folder.path(name));
        let outcome = merge_files(&base, &folder.path(file), &theirs);
        let Merged { set, taken, conflicts } = all.merged();
        prop_assert_eq!(outcome, Ok(MergeOutcome::Sets { taken, conflicts }));
        let (mut store, read) = folder.load(&document);
        prop_assert_eq!(read, SetOnDisk::Read(set.clone()));
        // It is as it would have been written here.
        let written = folder.read(file);
        store.save(&set, &document).unwrap();
        prop_assert_eq!(folder.read(file), written);
        prop_assert_eq!(set.annotator(), &ana());
    }
}
