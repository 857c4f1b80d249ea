//! What comes of two sides' changes, case by case.

use tandai::corpus::{
    Annotation, AnnotationSet, Conflict, Decision, Decisions, Edit, Merged, Relation, Status,
    Version, merge,
};

use super::{after, conflicts, id, marked, with_status};
use crate::files::document_path;
use crate::markup::{parse, render};

const TEXT: &str = "[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";

fn in_conflict(set: &AnnotationSet, of: &str, other: Option<Version>) -> AnnotationSet {
    after(set, Edit::InsertConflict(Conflict { id: id(of), other }.into()))
}

fn settled(set: &AnnotationSet, of: &str) -> AnnotationSet {
    after(set, Edit::RemoveConflict(id(of)))
}

/// Merges three markings of one text; `wanted` is marked then, of which these ids are in
/// conflict with what bears these labels on the other side.
#[track_caller]
fn check(
    [base, ours, theirs]: [&str; 3],
    wanted: &str,
    in_conflict: &[(&str, Option<&str>)],
    taken: usize,
) -> AnnotationSet {
    let text = parse(base).text;
    let sets = [base, ours, theirs].map(|text| marked(text, &[]));
    let merged = merge(&sets[0], &sets[1], &sets[2]);
    assert_eq!(render(&text, &merged.set, None, None), wanted);
    assert_eq!(conflicts(&merged.set), in_conflict);
    assert_eq!((merged.conflicts, merged.taken), (in_conflict.len(), taken));
    merged.set
}

/// The labels of the links by their ids.
fn links(set: &AnnotationSet) -> Vec<(&str, &str)> {
    set.relations().iter().map(|link| (link.id.as_str(), &*link.label)).collect()
}

#[test]
fn what_each_side_adds_is_there() {
    let ours = "[claim#1:Kim tiba] di Seoul, kata KCNA.";
    let theirs = "Kim tiba di [location#2:Seoul], kata [source#3:KCNA].";
    let wanted = "[claim:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    check(["Kim tiba di Seoul, kata KCNA.", ours, theirs], wanted, &[], 2);
    check(["Kim tiba di Seoul, kata KCNA.", theirs, ours], wanted, &[], 1);
    // The same under one id is the same; under two ids there are two.
    let nothing = "Kim tiba di Seoul, kata KCNA.";
    check([nothing, ours, ours], "[claim:Kim tiba] di Seoul, kata KCNA.", &[], 0);
    let other = "[claim#9:Kim tiba] di Seoul, kata KCNA.";
    let twice = "[claim:[claim:Kim tiba]] di Seoul, kata KCNA.";
    check([nothing, ours, other], twice, &[], 1);
}

#[test]
fn what_one_side_changes_or_removes_is_taken() {
    let changed = "[denial#1:Kim] tiba di Seoul, kata [source#3:KCNA].";
    let wanted = "[denial:Kim] tiba di Seoul, kata [source:KCNA].";
    check([TEXT, changed, TEXT], wanted, &[], 0);
    check([TEXT, TEXT, changed], wanted, &[], 2);
    check([TEXT, changed, changed], wanted, &[], 0);
}

#[test]
fn of_what_both_change_the_set_has_ours_and_the_conflict_theirs() {
    let ours = "[denial#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";
    let theirs = "[event#1:Kim] tiba di [location#2:Seoul], kata [source#3:KCNA].";
    let wanted = "[denial:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    let set = check([TEXT, ours, theirs], wanted, &[("s1", Some("event"))], 0);
    let other = set.conflicts()[0].other.clone();
    let theirs = marked(theirs, &[]).annotation(&id("s1")).cloned();
    assert_eq!(other, theirs.map(Version::Annotation));
}

#[test]
fn what_two_sides_call_by_one_id_is_in_conflict_too() {
    let (ours, theirs) = ("[claim#1:Kim] tiba", "Kim [event#1:tiba]");
    check(["Kim tiba", ours, theirs], "[claim:Kim] tiba", &[("s1", Some("event"))], 0);
}

#[test]
fn what_one_side_removes_and_the_other_changes_stays_and_is_in_conflict() {
    let removed = "Kim tiba di [location#2:Seoul], kata [source#3:KCNA].";
    let changed = "[denial#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";
    let wanted = "[denial:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    check([TEXT, removed, changed], wanted, &[("s1", None)], 0);
    check([TEXT, changed, removed], wanted, &[("s1", None)], 0);
    // What both remove is gone.
    check([TEXT, removed, removed], "Kim tiba di [location:Seoul], kata [source:KCNA].", &[], 0);
}

#[test]
fn what_one_side_removes_and_the_other_links_stays_and_is_in_conflict() {
    let base = marked(TEXT, &[]);
    let removed = after(&base, Edit::Remove(id("s3")));
    let linked = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    for (ours, theirs) in [(&removed, &linked), (&linked, &removed)] {
        let Merged { set, conflicts: count, .. } = merge(&base, ours, theirs);
        assert_eq!(set.annotations(), base.annotations());
        assert_eq!(links(&set), [("r0", "attributed-to")]);
        assert_eq!((conflicts(&set), count), (vec![("s3", None)], 1));
    }
}

#[test]
fn links_are_merged_as_annotations_are() {
    let base = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let renamed = |label: &str| marked(TEXT, &[(label, "Kim tiba", "KCNA")]);
    let merged = |ours: &AnnotationSet, theirs: &AnnotationSet| merge(&base, ours, theirs);
    let (denied, seen, gone) = (renamed("denies"), renamed("see"), marked(TEXT, &[]));
    for (ours, theirs, wanted, open) in [
        (&denied, &base, &[("r0", "denies")][..], vec![]),
        (&base, &denied, &[("r0", "denies")], vec![]),
        (&denied, &denied, &[("r0", "denies")], vec![]),
        (&denied, &seen, &[("r0", "denies")], vec![("r0", Some("see"))]),
        (&denied, &gone, &[("r0", "denies")], vec![("r0", None)]),
        (&gone, &denied, &[("r0", "denies")], vec![("r0", None)]),
        (&gone, &base, &[], vec![]),
        (&base, &gone, &[], vec![]),
    ] {
        let found = merged(ours, theirs);
        assert_eq!(links(&found.set), wanted);
        assert_eq!(conflicts(&found.set), open);
        assert_eq!(found.conflicts, open.len());
    }
}

#[test]
fn a_link_that_one_side_changed_keeps_the_end_that_the_other_removed_with_it() {
    let base = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let renamed = marked(TEXT, &[("denies", "Kim tiba", "KCNA")]);
    let gone = marked("[claim#1:Kim tiba] di [location#2:Seoul], kata KCNA.", &[]);
    for (ours, theirs) in [(&renamed, &gone), (&gone, &renamed)] {
        let set = merge(&base, ours, theirs).set;
        assert_eq!(set.annotations(), base.annotations());
        assert_eq!(links(&set), [("r0", "denies")]);
        assert_eq!(conflicts(&set), [("r0", None), ("s3", None)]);
    }
}

#[test]
fn a_link_that_went_with_an_end_stays_where_the_other_side_changed_that_end() {
    let base = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let noted = base.annotation(&id("s3")).unwrap();
    let noted = Annotation { note: "who?".to_owned(), ..(**noted).clone() };
    let noted = after(&base, Edit::Replace(noted.into()));
    let gone = marked("[claim#1:Kim tiba] di [location#2:Seoul], kata KCNA.", &[]);
    for (ours, theirs) in [(&noted, &gone), (&gone, &noted)] {
        let found = merge(&base, ours, theirs);
        assert_eq!(found.set.annotations(), noted.annotations());
        assert_eq!(links(&found.set), [("r0", "attributed-to")]);
        assert_eq!((conflicts(&found.set), found.conflicts), (vec![("s3", None)], 1));
    }
    // The other side has linked that end to something else.
    let more = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA"), ("near", "Seoul", "KCNA")]);
    for (ours, theirs) in [(&more, &gone), (&gone, &more)] {
        let found = merge(&base, ours, theirs);
        assert_eq!(links(&found.set), [("r0", "attributed-to"), ("r1", "near")]);
        assert_eq!((conflicts(&found.set), found.conflicts), (vec![("s3", None)], 1));
    }
    // Who removes both ends has no use for the link.
    let nothing = marked("Kim tiba di [location#2:Seoul], kata KCNA.", &[]);
    assert!(links(&merge(&base, &noted, &nothing).set).is_empty());
}

#[test]
fn a_status_is_taken_from_who_changed_it_and_two_make_it_in_progress() {
    use Status::{Done, InProgress, New, Skipped};
    let set = marked(TEXT, &[]);
    for (base, ours, theirs, wanted, taken) in [
        (New, New, New, New, 0),
        (New, Done, New, Done, 0),
        (New, New, Done, Done, 1),
        (New, Done, Done, Done, 0),
        (New, Done, Skipped, InProgress, 0),
        (New, InProgress, Done, InProgress, 0),
        (Done, InProgress, Done, InProgress, 0),
        (Done, Done, InProgress, InProgress, 1),
        (InProgress, Skipped, Done, InProgress, 0),
    ] {
        let [before, mine, other] = [base, ours, theirs].map(|status| with_status(&set, status));
        let merged = merge(&before, &mine, &other);
        let case = format!("{base:?}, {ours:?}, {theirs:?}");
        assert_eq!((merged.set.status(), merged.taken), (wanted, taken), "{case}");
        assert_eq!((merged.set.annotations(), merged.conflicts), (set.annotations(), 0));
    }
}

#[test]
fn the_set_is_by_whoever_ours_is_by() {
    let ours = crate::markup::parse_as("ben", "[claim#1:Kim]").set;
    let theirs = marked("[source#2:Kim]", &[]);
    let base = marked("Kim", &[]);
    let set = merge(&base, &ours, &theirs).set;
    assert_eq!((set.annotator(), set.annotations().len()), (ours.annotator(), 2));
}

#[test]
fn what_has_to_be_decided_is_not_done() {
    let base = marked(TEXT, &[]);
    let ours = with_status(&marked(&TEXT.replace("claim#1", "denial#1"), &[]), Status::Done);
    let theirs = marked(&TEXT.replace("claim#1", "event#1"), &[]);
    for (one, other) in [(&ours, &theirs), (&theirs, &ours)] {
        let found = merge(&base, one, other);
        assert_eq!((found.conflicts, found.set.status()), (1, Status::InProgress));
    }
    let found = merge(&base, &ours, &base);
    assert_eq!((found.conflicts, found.set.status()), (0, Status::Done));
}

/// The base with its claim in conflict with a denial.
fn open() -> (AnnotationSet, Version) {
    let other = TEXT.replace("claim#1", "denial#1");
    let other = marked(&other, &[]).annotation(&id("s1")).unwrap().clone();
    let version = Version::Annotation(other);
    (in_conflict(&marked(TEXT, &[]), "s1", Some(version.clone())), version)
}

#[test]
fn an_earlier_conflict_is_open_while_it_is_on_both_sides_and_is_not_counted_again() {
    let (base, _) = open();
    let found = merge(&base, &base, &base);
    assert_eq!((&found.set, found.conflicts, found.taken), (&base, 0, 0));
    // Whatever becomes of the rest.
    let ours = with_status(&base, Status::Done);
    let theirs = after(&base, Edit::Remove(id("s2")));
    let found = merge(&base, &ours, &theirs);
    assert_eq!((found.set.conflicts(), found.conflicts), (base.conflicts(), 0));
}

#[test]
fn an_earlier_conflict_is_settled_where_one_side_has_settled_it() {
    let (base, version) = open();
    let kept = settled(&base, "s1");
    let Version::Annotation(denial) = &version else { panic!() };
    let taken = after(&kept, Edit::Replace(denial.clone()));
    let gone = after(&kept, Edit::Remove(id("s1")));
    for side in [&kept, &taken, &gone] {
        for (ours, theirs) in [(side, &base), (&base, side), (side, side)] {
            let found = merge(&base, ours, theirs);
            assert_eq!((&found.set, found.conflicts), (side, 0));
        }
    }
}

#[test]
fn an_earlier_conflict_that_both_sides_settle_otherwise_is_asked_about_again() {
    let (base, version) = open();
    let kept = settled(&base, "s1");
    let Version::Annotation(denial) = &version else { panic!() };
    let taken = after(&kept, Edit::Replace(denial.clone()));
    let gone = after(&kept, Edit::Remove(id("s1")));
    for (ours, theirs) in [(&kept, &taken), (&taken, &kept), (&kept, &gone), (&gone, &kept)] {
        let found = merge(&base, ours, theirs);
        assert_eq!((found.conflicts, found.taken), (1, 0));
        let there = ours.annotation(&id("s1")).or(theirs.annotation(&id("s1")));
        assert_eq!(found.set.annotation(&id("s1")), there, "what is ours stays, if there is any");
        assert_eq!(found.set.conflicts().len(), 1);
    }
}

#[test]
fn a_conflict_that_one_side_has_from_another_merge_is_open() {
    let (with, _) = open();
    let base = settled(&with, "s1");
    for (ours, theirs) in [(&with, &base), (&base, &with), (&with, &with)] {
        let found = merge(&base, ours, theirs);
        assert_eq!((&found.set, found.conflicts), (&with, 0));
    }
}

#[test]
fn what_is_in_conflict_anew_is_in_conflict_with_what_is_new() {
    let (base, _) = open();
    let settled = settled(&base, "s1");
    let changed = |label: &str| {
        let text = TEXT.replace("claim#1", &format!("{label}#1"));
        let one = marked(&text, &[]).annotation(&id("s1")).unwrap().clone();
        after(&settled, Edit::Replace(one))
    };
    let found = merge(&base, &changed("event"), &changed("plan"));
    assert_eq!((conflicts(&found.set), found.conflicts), (vec![("s1", Some("plan"))], 1));
}

#[test]
fn what_an_earlier_conflict_kept_comes_beside_what_is_in_conflict_anew() {
    let (base, version) = open();
    let changed = |label: &str| {
        let text = TEXT.replace("claim#1", &format!("{label}#1"));
        let one = marked(&text, &[]).annotation(&id("s1")).unwrap().clone();
        after(&base, Edit::Replace(one))
    };
    let found = merge(&base, &changed("event"), &changed("plan"));
    assert_eq!((conflicts(&found.set), found.conflicts), (vec![("s1", Some("plan"))], 1));
    let Version::Annotation(denial) = version else { panic!() };
    let beside = Annotation { id: id("s1-other"), ..(*denial).clone() }.to_discuss(true);
    assert_eq!(found.set.annotation(&id("s1-other")).map(|one| &**one), Some(&beside));
    assert_eq!(found.set.annotations().len(), base.annotations().len() + 1);
    // Where the other side takes that in, it is there once, and asked about once.
    let theirs = merge(&base, &changed("plan"), &found.set).set;
    assert_eq!(conflicts(&theirs), [("s1", Some("event"))]);
    assert_eq!(theirs.annotations().len(), base.annotations().len() + 1);
    // Another time there is no room for the one that is in conflict now.
    let again = |label: &str| {
        let one = found.set.annotation(&id("s1")).unwrap();
        after(
            &found.set,
            Edit::Replace(Annotation { label: label.into(), ..(**one).clone() }.into()),
        )
    };
    let found = merge(&found.set, &again("rumour"), &again("quote"));
    assert_eq!(conflicts(&found.set), [("s1", Some("quote"))]);
    let second = found.set.annotation(&id("s1-other-2")).unwrap();
    assert_eq!((&*second.label, second.is_to_discuss()), ("plan", true));
}

#[test]
fn a_link_in_conflict_goes_with_its_conflict() {
    let linked = marked(TEXT, &[("attributed-to", "Kim tiba", "KCNA")]);
    let link = Relation { label: "denies".into(), ..(*linked.relations()[0]).clone() };
    let base = in_conflict(&linked, "r0", Some(Version::Relation(link.into())));
    let gone = after(&settled(&base, "r0"), Edit::RemoveRelation(id("r0")));
    for (ours, theirs) in [(&gone, &base), (&base, &gone)] {
        assert_eq!(merge(&base, ours, theirs).set, gone);
    }
}

fn meant(findings: &[&str]) -> Decisions {
    let meant = |finding: &&str| Decision::Meant {
        document: document_path("a.txt"),
        finding: (*finding).to_owned(),
    };
    findings.iter().map(meant).collect()
}

#[test]
fn each_decision_stands_for_itself() {
    let merged = |base: &[&str], ours: &[&str], theirs: &[&str]| {
        Decisions::merged(&meant(base), &meant(ours), &meant(theirs))
    };
    assert_eq!(merged(&[], &["a"], &["b"]), meant(&["a", "b"]));
    assert_eq!(merged(&[], &["a"], &["a"]), meant(&["a"]));
    // Who takes one back is followed.
    assert_eq!(merged(&["a", "b"], &["a"], &["a", "b"]), meant(&["a"]));
    assert_eq!(merged(&["a", "b"], &["a", "b"], &["b"]), meant(&["b"]));
    assert_eq!(merged(&["a"], &[], &[]), meant(&[]));
    let all = merged(&["a", "b", "c"], &["a", "b", "d"], &["a", "c", "e"]);
    assert_eq!(all, meant(&["a", "d", "e"]));
}
