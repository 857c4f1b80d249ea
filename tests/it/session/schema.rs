//! Changing what can be said in the project, and all sets along with it.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{
    Adrift, Annotation, AnnotationSet, Conflict, Decisions, Digest, Edit, Id, NameKind, Relation,
    Version,
};
use tandai::session::{Command, Dialog, Message, OpenedProject};
use tandai::storage::{Problem, SetOnDisk, built_in_schema};

use super::checking::found;
use super::person::with_links;
use super::{Person, annotator, broken_set, path};
use crate::{hostile, markup};

const MARKED: &str = "[*claim:Kim tiba], [source:kata KCNA]. [denial:Tidak].";

fn rename(kind: NameKind, old: &str, new: &str) -> Message {
    Message::Rename { kind, old: old.into(), new: new.to_owned() }
}

/// Ana in the first of three articles; she and Ben have sets about two of them.
fn two_annotators() -> Person {
    let articles = [("a.txt", MARKED), ("b.txt", "KCNA diam. Kim tiba."), ("c.txt", "[claim:Ya].")];
    let mut person = Person::unopened(&articles);
    person.put_marked("ben", "a.txt", "[source:Kim tiba], kata KCNA. [claim:Tidak].");
    person.put_marked("ben", "b.txt", "KCNA diam. [claim:Kim tiba].");
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn set<'a>(person: &'a Person, who: &str, document: &str) -> Option<&'a AnnotationSet> {
    match person.disk.get(&(annotator(who), path(document)))? {
        SetOnDisk::Read(set) => Some(set),
        _ => None,
    }
}

/// The labels of a set as it is in the files.
fn labels(person: &Person, who: &str, document: &str) -> Vec<String> {
    let annotations = set(person, who, document).map_or(&[][..], AnnotationSet::annotations);
    annotations.iter().map(|annotation| annotation.label.to_string()).collect()
}

#[test]
fn a_label_is_renamed_in_the_schema_and_in_everyones_sets_in_one_step() {
    let mut person = two_annotators();
    let before = person.disk.clone();
    person.tell(rename(NameKind::Label, "claim", " statement "));
    assert_eq!(person.notice(), "Renamed label claim to statement, in 4 sets");
    assert_eq!(labels(&person, "ana", "a.txt"), ["statement", "source", "denial"]);
    assert_eq!(labels(&person, "ben", "a.txt"), ["source", "statement"]);
    assert_eq!(labels(&person, "ben", "b.txt"), ["statement"]);
    assert_eq!(labels(&person, "ana", "c.txt"), ["statement"]);
    assert_eq!(set(&person, "ana", "b.txt"), None);
    let schema = person.schema_file.clone().expect("the schema is saved");
    assert!(schema.label("claim").is_none());
    assert_eq!(schema.relation("denies").unwrap().to, ["statement".into()]);
    assert_eq!(schema.label("statement").unwrap().title, "Statement");

    assert_eq!(person.session.history().done().len(), 1);
    let after = person.disk.clone();
    person.press("Ctrl+Z");
    assert_eq!((&person.disk, &person.schema_file), (&before, &Some(built_in_schema())));
    assert_eq!(person.session.schema(), &built_in_schema());
    person.press("Ctrl+Y");
    assert_eq!((&person.disk, &person.schema_file), (&after, &Some(schema)));
}

#[test]
fn after_a_rename_the_keys_mean_the_new_label() {
    let mut person = two_annotators();
    person.tell(rename(NameKind::Label, "location", "place"));
    assert_eq!(person.notice(), "Renamed label location to place, in 0 sets");
    let at = person.place_of("KCNA");
    person.tell(Message::Caret { at, extend: false });
    person.press("4");
    assert!(labels(&person, "ana", "a.txt").contains(&"place".to_owned()));
}

#[test]
fn where_the_name_is_taken_two_labels_become_one() {
    let mut person = two_annotators();
    person.tell(rename(NameKind::Label, "denial", "claim"));
    assert_eq!(person.notice(), "Merged label denial into claim, in 1 set");
    assert_eq!(labels(&person, "ana", "a.txt"), ["claim", "source", "claim"]);
    let schema = person.schema_file.as_ref().unwrap();
    let names: Vec<&str> = schema.labels().iter().map(|label| &*label.name).collect();
    assert_eq!(names, ["claim", "source", "location"]);
    assert_eq!(schema.relation("denies").unwrap().from, ["claim".into()]);
    // One definition of each attribute is left for it, that of the claims.
    let values = &schema.attribute_of("claim", "directness").unwrap().values;
    assert_eq!(values.len(), 4);
    assert!(schema.attribute_of("claim", "form").is_some());
    person.press("Ctrl+Z");
    assert_eq!(labels(&person, "ana", "a.txt"), ["claim", "source", "denial"]);
}

#[test]
fn a_name_that_says_nothing_is_refused_where_it_was_typed() {
    let mut person = two_annotators();
    person.tell(rename(NameKind::Label, "claim", "  "));
    assert_eq!(person.notice(), "a label has no name");
    person.press("F2");
    person.tell(rename(NameKind::Attribute, "kind", ""));
    let Some(Dialog::Schema { error: Some(error) }) = person.session.dialog() else {
        panic!("the sheet says nothing: {:?}", person.session.dialog())
    };
    assert!(error.ends_with("has no name"), "{error}");
    // What is right then takes the reason away.
    person.tell(rename(NameKind::Attribute, "kind", "sort"));
    assert_eq!(person.session.dialog(), Some(&Dialog::Schema { error: None }));
    assert_eq!(person.session.history().done().len(), 1);
}

#[test]
fn the_same_name_is_no_change() {
    let mut person = two_annotators();
    person.tell(rename(NameKind::Label, "claim", "claim "));
    assert_eq!((person.saves, person.session.history().done().len()), (0, 0));
}

#[test]
fn a_relation_is_renamed_with_its_links() {
    let links = [("attributed-to", "Kim tiba", "kata KCNA"), ("denies", "Tidak", "Kim tiba")];
    let mut person = Person::linked(MARKED, &links);
    person.tell(rename(NameKind::Relation, "denies", "rejects"));
    assert_eq!(person.notice(), "Renamed link denies to rejects, in 1 set");
    let expected = ["Kim tiba attributed-to kata KCNA", "Tidak rejects Kim tiba"];
    assert_eq!(person.links(), expected);
    // What is expected of denials is expected under the new name.
    assert!(person.session.problems_found().is_empty());
    person.press("Ctrl+Z");
    assert_eq!(person.links()[1], "Tidak denies Kim tiba");
}

#[test]
fn an_attribute_is_renamed_with_what_is_stored_of_it() {
    let mut person = Person::reading(MARKED);
    person.press("D");
    person.tell(rename(NameKind::Attribute, "directness", "voice"));
    assert_eq!(person.notice(), "Renamed attribute directness to voice, in 1 set");
    assert_eq!(person.attributes(), "voice: direct");
    person.press("D");
    assert_eq!(person.attributes(), "voice: mixed");
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(person.attributes(), "directness: direct");
}

#[test]
fn what_waits_for_a_place_gets_the_new_name_too() {
    let mut person = two_annotators();
    let mut waiting = set(&person, "ben", "b.txt").unwrap().clone();
    let claim = waiting.annotations()[0].clone();
    let gone = Annotation { id: Id::new("gone").unwrap(), ..(*claim).clone() };
    let link = Relation {
        id: Id::new("link").unwrap(),
        label: "same-as".into(),
        from: gone.id.clone(),
        to: claim.id.clone(),
    };
    let adrift = Adrift {
        annotation: gone.into(),
        quotes: vec!["Kim tiba".to_owned()],
        text: Digest::from_hex("00"),
        relations: vec![link.into()],
    };
    waiting.apply(Edit::InsertAdrift(adrift.into())).unwrap();
    person.put_set("ben", "b.txt", SetOnDisk::Read(waiting.clone()));
    let names = |person: &Person| {
        let waiting = &set(person, "ben", "b.txt").unwrap().adrift()[0];
        (waiting.annotation.label.to_string(), waiting.relations[0].label.to_string())
    };
    person.tell(rename(NameKind::Label, "claim", "statement"));
    person.tell(rename(NameKind::Relation, "same-as", "equals"));
    assert_eq!(names(&person), ("statement".to_owned(), "equals".to_owned()));
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(set(&person, "ben", "b.txt"), Some(&waiting));
}

#[test]
fn what_the_other_side_of_a_merge_has_gets_the_new_name_too() {
    let mut person = two_annotators();
    let mut merged = set(&person, "ben", "b.txt").unwrap().clone();
    let claim = merged.annotations()[0].clone();
    let [first, second] = ["one", "two"].map(|id| Relation {
        id: Id::new(id).unwrap(),
        label: "same-as".into(),
        from: claim.id.clone(),
        to: claim.id.clone(),
    });
    let noted = Annotation { note: "Whose?".to_owned(), ..(*claim).clone() };
    let equal = Relation { label: "equals".into(), ..first.clone() };
    let conflict = |other: Version| Conflict { id: other.id().clone(), other: Some(other) }.into();
    for edit in [
        Edit::InsertRelation(first.clone().into()),
        Edit::InsertRelation(second.into()),
        Edit::InsertRelation(Relation { id: Id::new("three").unwrap(), ..equal.clone() }.into()),
        Edit::InsertConflict(conflict(Version::Annotation(noted.into()))),
        Edit::InsertConflict(conflict(Version::Relation(equal.into()))),
    ] {
        merged.apply(edit).unwrap();
    }
    person.put_set("ben", "b.txt", SetOnDisk::Read(merged.clone()));
    let labels = |person: &Person| {
        let set = set(person, "ben", "b.txt").unwrap();
        let links = set.relations().iter().map(|link| format!("{} {}", link.id, link.label));
        let other = set.conflicts().iter().map(|conflict| match conflict.other.as_ref().unwrap() {
            Version::Annotation(other) => format!("{} or {}", other.note, other.label),
            Version::Relation(other) => format!("{} or {}", other.id, other.label),
        });
        let mut all: Vec<String> = links.chain(other).collect();
        all.sort();
        all
    };
    person.tell(rename(NameKind::Label, "claim", "statement"));
    // What is in conflict stays, of the others one is left.
    person.tell(rename(NameKind::Relation, "same-as", "equals"));
    let renamed = ["Whose? or statement", "one equals", "one or equals", "three equals"];
    assert_eq!(labels(&person), renamed);
    person.tell(rename(NameKind::Relation, "equals", "is"));
    assert_eq!(labels(&person), renamed.map(|said| said.replace("equals", "is")));
    person.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(set(&person, "ben", "b.txt"), Some(&merged));
}

#[test]
fn what_is_meant_of_a_finding_without_rejected_places_stays_meant_under_a_new_name() {
    let mut person = Person::reading("[*location:Seoul] ramai, Seoul panas. Di Seoul!");
    person.press("T");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("X Ctrl+Enter");
    person.in_list = false;
    let said = "“Seoul” is tagged location here and untagged once";
    assert!(found(&person).contains(&said.to_owned()));
    while person.notice() != said {
        person.press("P");
    }
    person.press("X");
    let untagged = |person: &Person| found(person).iter().any(|words| words.starts_with('“'));
    assert!(!untagged(&person));
    person.tell(rename(NameKind::Label, "location", "place"));
    assert!(!untagged(&person), "{:?}", found(&person));
    person.press("Ctrl+Z Ctrl+Z");
    assert!(untagged(&person));
}

#[test]
fn sets_that_cannot_be_read_are_left_and_said() {
    let mut person = two_annotators();
    person.put_set("ben", "c.txt", broken_set());
    person.tell(rename(NameKind::Label, "claim", "statement"));
    let said = "1 file cannot be changed now and may still have the name claim: ben's about c. \
                Tags of a changed article are brought over with Z";
    assert_eq!(person.notice(), said);
    assert_eq!(person.disk[&(annotator("ben"), path("c.txt"))], broken_set());
    assert_eq!(labels(&person, "ana", "c.txt"), ["statement"]);
}

#[test]
fn a_name_left_out_of_the_schema_stays_in_the_sets() {
    let mut person = two_annotators();
    let before = person.disk.clone();
    person.tell(Message::RemoveName(NameKind::Label, "claim".into()));
    // So is said what went with it: nobody can deny anything, so that no denial is asked to.
    let said = "Removed label claim from the schema; 2 tags of yours keep it; \
                “denies” leads to nothing now; without a label now: Directness of claim, Certainty \
                of claim, Checkworthy of claim; 2 checks went with it. Undo puts it back";
    assert_eq!(person.notice(), said);
    assert_eq!(person.disk, before);
    let schema = person.schema_file.clone().unwrap();
    assert!(schema.label("claim").is_none() && schema.relation("denies").unwrap().to.is_empty());
    assert_eq!(person.session.unknown_names(), [(NameKind::Label, "claim".to_owned())]);
    person.press("Ctrl+Z");
    assert_eq!(person.schema_file, Some(built_in_schema()));
    assert!(person.session.unknown_names().is_empty());
}

/// What a label had before it was removed is still there, and so is what is so by default.
#[test]
fn a_label_that_is_adopted_again_has_its_attributes_again() {
    let mut person = Person::reading("[*claim:Kim tiba], [claim:Ya].");
    person.press("Y");
    person.tell(Message::RemoveName(NameKind::Label, "claim".into()));
    person.tell(Message::Run(Command::AdoptNames));
    let schema = person.session.schema();
    let definition = schema.attribute_of("claim", "certainty").unwrap();
    assert_eq!(definition.default_value(), "certain");
    let set = person.session.shown_set().unwrap();
    let values: Vec<_> = set.annotations().iter().map(|a| schema.value(a, definition)).collect();
    assert_eq!(values, ["probable", "certain"]);
    assert_eq!(schema.attributes().iter().filter(|one| *one.name == *"certainty").count(), 1);
}

#[test]
fn what_a_set_says_beyond_the_schema_is_adopted_by_one_command() {
    let marked = "[rumour:Kim tiba], [source:kata KCNA].";
    let read = markup::parse(marked);
    let mut set = with_links(&read, &[("heard-from", "Kim tiba", "kata KCNA")]);
    let rumour = set.annotation(&read.id("Kim tiba")).unwrap();
    let mut changed = (**rumour).clone();
    changed.attributes.insert("mood".to_owned(), "bad".to_owned());
    set.apply(tandai::corpus::Edit::Replace(Arc::new(changed))).unwrap();
    let mut person = Person::unopened(&[("a.txt", marked)]);
    person.put_set("ana", "a.txt", SetOnDisk::Read(set));
    person.tell(Message::OpenDocument(path("a.txt")));

    let unknown = [
        (NameKind::Label, "rumour".to_owned()),
        (NameKind::Relation, "heard-from".to_owned()),
        (NameKind::Attribute, "mood".to_owned()),
    ];
    assert_eq!(person.session.unknown_names(), unknown);
    person.tell(Message::Run(Command::AdoptNames));
    assert!(person.session.unknown_names().is_empty());
    let schema = person.schema_file.as_ref().unwrap();
    let label = schema.label("rumour").unwrap();
    assert_eq!((label.key, label.title.as_str()), (Some('5'), "Rumour"));
    assert!(schema.relation("heard-from").unwrap().fits("rumour", "source"));
    assert_eq!(schema.attribute_of("rumour", "mood").unwrap().default_value(), "unspecified");
    person.press("Tab Tab 5");
    person.check("[rumour:Kim tiba], [*rumour:kata KCNA].");
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(person.session.unknown_names(), unknown);
    person.tell(Message::Run(Command::AdoptNames));
    person.tell(Message::Run(Command::AdoptNames));
    assert_eq!(person.notice(), "The schema has all names of this set");
}

#[test]
fn a_schema_that_cannot_be_read_is_not_changed() {
    let mut person = two_annotators();
    let problem = Problem::unreadable(
        "schema.ron".as_ref(),
        &std::io::Error::from(std::io::ErrorKind::PermissionDenied),
    );
    person.tell(Message::ProjectOpened(Box::new(OpenedProject {
        project: Arc::new(person.session.project().unwrap().clone()),
        schema: built_in_schema(),
        schema_problem: Some(problem),
        documents: vec![path("a.txt")],
        problems: Vec::new(),
        first: None,
    })));
    person.tell(Message::OpenDocument(path("a.txt")));
    let before = person.disk.clone();
    let name = "x".to_owned();
    let messages = [
        rename(NameKind::Label, "claim", "statement"),
        Message::RemoveName(NameKind::Label, "claim".into()),
        Message::SetSchema { name, schema: Ok(Box::default()) },
        Message::Run(Command::AdoptNames),
    ];
    for message in messages {
        person.tell(message);
        let said = "The schema's file cannot be used, and is left as it is. schema.ron: ";
        assert!(person.notice().starts_with(said), "{}", person.notice());
    }
    assert_eq!((person.schema_file.as_ref(), &person.disk), (None, &before));
}

#[test]
fn an_article_that_is_left_while_sets_are_read_is_renamed_too() {
    let articles =
        [("a.txt", "[claim:Kim] tiba."), ("b.txt", "[claim:Ya]."), ("c.txt", "[claim:Ya].")];
    let mut person = Person::with(&articles);
    let late = person.tell_only(rename(NameKind::Label, "claim", "statement"));
    person.tell(Message::OpenDocument(path("b.txt")));
    person.carry_out(late);
    assert_eq!(person.notice(), "Renamed label claim to statement, in 3 sets");
    assert_eq!(labels(&person, "ana", "a.txt"), ["statement"]);
}

#[test]
fn what_was_rejected_for_a_label_is_rejected_for_its_new_name() {
    let mut person = Person::reading("[*location:Seoul] dan Seoul.");
    person.press("T");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("X Ctrl+Enter");
    person.in_list = false;
    person.tell(rename(NameKind::Label, "location", "place"));
    person.press("Escape Escape Escape Tab T");
    assert_eq!(person.session.list_place().0, 0);
    person.press("Ctrl+Z");
    assert!(
        person
            .decided
            .values()
            .flat_map(Decisions::iter)
            .all(|d| format!("{d:?}").contains("location"))
    );
}

#[test]
fn what_is_meant_stays_meant_under_a_new_name() {
    let check = |text: &str, kind: NameKind, old: &str, new: &str| {
        let mut person = Person::with(&[("a.txt", text), ("b.txt", "Kim.")]);
        while !person.session.problems_found().is_empty() {
            person.press("P X");
        }
        let decided = person.decided.clone();
        assert!(decided.iter().len() > 0);
        person.tell(rename(kind, old, new));
        assert_eq!(person.session.problems_found(), []);
        assert_ne!(person.decided, decided, "{kind:?}");
        let count = decided.values().map(|decided| decided.iter().count()).sum::<usize>();
        assert_eq!(person.decided_count(), count);
        person.press("Ctrl+Z");
        assert_eq!(person.decided, decided);
        assert_eq!(person.session.problems_found(), []);
    };
    check("[denial:Tidak].", NameKind::Relation, "denies", "rejects");
    check("[source:Kim] dan Kim.", NameKind::Label, "source", "agent");
    check("[source:Kim] dan [location:Kim].", NameKind::Label, "location", "place");
    check("[source:Kim] dan [location:Kim].", NameKind::Label, "source", "zone");
}

#[test]
fn of_two_links_that_become_the_same_one_is_left() {
    let links = [("denies", "Kim", "KCNA"), ("attributed-to", "Kim", "KCNA")];
    let mut person = Person::linked("[*denial:Kim], [source:KCNA].", &links);
    person.tell(rename(NameKind::Relation, "denies", "attributed-to"));
    assert_eq!(person.links(), ["Kim attributed-to KCNA"]);
    person.press("Ctrl+Z");
    assert_eq!(person.links().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_is_renamed_or_left_out_can_be_undone_in_all_files(
        sets in [hostile::text_with_set(), hostile::text_with_set()],
        changes in vec((
            select(vec![NameKind::Label, NameKind::Relation, NameKind::Attribute]),
            select(vec!["claim", "source", "denies", "same-as", "directness", "kind"]),
            prop_oneof![
                hostile::string(),
                select(vec!["claim", "source", "denies", "kind"]).prop_map(str::to_owned),
            ],
            any::<bool>(),
        ), 1..5),
    ) {
        let marked = sets.clone().map(|(text, set)| markup::render(&text, &set, None, None));
        let articles = [("a.txt", marked[0].as_str()), ("b.txt", marked[1].as_str())];
        let mut person = Person::unopened(&articles);
        for ((name, marked), (_, set)) in articles.into_iter().zip(&sets) {
            person.put_set("ana", name, SetOnDisk::Read(set.clone()));
            person.put_marked("ben", name, marked);
        }
        person.tell(Message::OpenDocument(path("a.txt")));
        let before = person.disk.clone();
        for (kind, old, new, remove) in changes {
            let was = person.disk.clone();
            person.tell(if remove {
                Message::RemoveName(kind, old.into())
            } else {
                rename(kind, old, &new)
            });
            if remove {
                prop_assert_eq!(&person.disk, &was);
            }
        }
        let after = (person.disk.clone(), person.session.schema().clone());
        let steps = person.session.history().done().len();
        for _ in 0..steps {
            person.press("Ctrl+Z");
        }
        prop_assert_eq!(&person.disk, &before);
        prop_assert_eq!(person.session.schema(), &built_in_schema());
        for _ in 0..steps {
            person.press("Ctrl+Y");
        }
        prop_assert_eq!((person.disk.clone(), person.session.schema().clone()), after);
    }
}
