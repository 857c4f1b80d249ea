//! What was settled and reviewed stays so when something gets another name.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{Annotation, Decision, Decisions, Fragments, Id, NameKind, Status};
use tandai::review::{content, renamed};
use tandai::session::{Command, Effect, Message, Outside, Reviewing, SettleChoice};
use tandai::storage::{ChangedDecisions, Project, SetOnDisk};
use tandai::text::{Offset, Span};

use super::{Person, annotator, path};

fn project() -> Person {
    let mut person = Person::unopened(&[("a.txt", "Menteri tiba di Kota Lama.")]);
    let sets = [
        ("ana", "[claim:Menteri tiba] di [location:Kota Lama]."),
        ("ben", "[claim:Menteri] tiba di [location:Kota] Lama."),
    ];
    for (name, marked) in sets {
        let mut set = crate::markup::parse_as(name, marked).set;
        set.apply(tandai::corpus::Edit::SetStatus(Status::Done)).unwrap();
        person.put_set(name, "a.txt", SetOnDisk::Read(set));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn rename(person: &mut Person, old: &str, new: &str) {
    let (old, new) = (old.into(), new.to_owned());
    person.tell(Message::Rename { kind: NameKind::Label, old, new });
}

#[test]
fn what_is_settled_is_not_asked_again_under_another_name() {
    let mut person = project();
    let annotators = ["ana", "ben"].map(annotator).into();
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule: None }).into());
    person.tell(Reviewing::BeginSettling.into());
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1 2");
    assert_eq!(person.session.list_place().0, 0);
    rename(&mut person, "claim", "assertion");
    assert_eq!(person.session.list_place().0, 0, "{:?}", person.decided);
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(person.session.list_place().0, 1);
}

#[test]
fn what_is_reviewed_is_so_under_another_name() {
    let mut person = project();
    person.press("Tab O O");
    assert_eq!(person.session.reviewed_here(), 2);
    rename(&mut person, "location", "place");
    assert_eq!(person.session.reviewed_here(), 2);
}

/// What another program has made of somebody's decisions.
fn told(project: &Arc<Project>, whose: &str, before: Decisions, now: Decisions) -> Message {
    Message::Outside(Box::new(Outside::Decisions {
        project: project.clone(),
        annotator: annotator(whose),
        changed: ChangedDecisions { before, now: Ok(now) },
    }))
}

/// What was decided for both names before they became one is decided for both again.
#[test]
fn undoing_that_two_names_became_one_takes_no_decision_along() {
    let mut person = project();
    let rejected = |label: &str| Decision::NotTagged {
        document: path("a.txt"),
        span: Span::new(Offset::new(0), Offset::new(3)).unwrap(),
        label: label.into(),
        text: "Kim".to_owned(),
    };
    let both: Decisions = ["claim", "denial"].map(rejected).into_iter().collect();
    let effects = person.tell_only(Message::Run(Command::ShowStatistics));
    let Some(Effect::Count { project, .. }) = effects.first() else { panic!("{effects:?}") };
    let told = told(project, "ana", Decisions::default(), both.clone());
    person.carry_out(effects);
    person.tell(Message::CloseDialog);
    person.decided.insert(annotator("ana"), both.clone());
    person.tell(told);
    rename(&mut person, "claim", "denial");
    assert_eq!(person.session.decisions().unwrap().iter().count(), 1);
    person.press("Ctrl+Z");
    assert_eq!(person.session.decisions(), Some(&both));
}

/// What is told of others before all is read anew is not written back without what is not known.
#[test]
fn what_is_told_of_decisions_while_one_becomes_another_writes_nothing() {
    let mut person = project();
    let settled = |by: &str| Decision::Settled {
        document: path("a.txt"),
        case: "any".to_owned(),
        by: annotator(by),
    };
    let of = |all: &[Decision]| all.iter().cloned().collect::<Decisions>();
    let (before, now) = (of(&[settled("ana")]), of(&[settled("ana"), settled("ben")]));
    for (whose, becomes) in [("ana", "zoe"), ("gold", "yan")] {
        let effects = person.tell_only(Message::SetAnnotator(becomes.to_owned()));
        let project = effects.iter().find_map(|effect| match effect {
            Effect::LoadDecisions { project, .. } => Some(project),
            _ => None,
        });
        let told = told(project.unwrap(), whose, before.clone(), now.clone());
        let told = person.tell_only(told);
        assert!(!told.iter().any(|effect| matches!(effect, Effect::Save { .. })), "{told:?}");
        person.carry_out(effects);
    }
}

proptest! {
    #[test]
    fn renaming_the_words_of_an_annotation_is_as_renaming_the_annotation(
        label in select(vec!["claim", "source", "7", "a-b"]),
        values in proptest::collection::btree_map(
            select(vec!["directness", "kind", "kind-of", "z"]).prop_map(str::to_owned),
            select(vec!["direct", "claim", "kind", "partly true", "claim 7", "a, kind", ""]).prop_map(str::to_owned),
            0..3,
        ),
        new in select(vec!["assertion", "aa", "zz"]),
        attribute in any::<bool>(),
    ) {
        let span = Span::new(Offset::new(3), Offset::new(7)).unwrap();
        let id = Id::new("a").unwrap();
        let mut annotation = Annotation::new(id, label.into(), Fragments::one(span));
        annotation.attributes = values;
        let before = content(&annotation);
        let (kind, old) = if attribute {
            if let Some(value) = annotation.attributes.remove("kind") {
                annotation.attributes.insert(new.to_owned(), value);
            }
            (NameKind::Attribute, "kind")
        } else {
            if &*annotation.label == "claim" {
                annotation.label = new.into();
            }
            (NameKind::Label, "claim")
        };
        prop_assert_eq!(renamed(&before, kind, old, new), content(&annotation));
    }
}
