//! Settling between annotators of more articles than are gone through in one frame.

use std::collections::BTreeSet;
use std::sync::Arc;

use tandai::corpus::{AnnotationSet, Annotator, Decision, Decisions, Edit, Status};
use tandai::review::{Kind, Rule};
use tandai::session::{Command, Effect, Message, Outside, Reviewing, SettleChoice, Shown};
use tandai::storage::{ChangedDecisions, ChangedSet, Project, SetOnDisk};

use super::{Person, annotator, path};

const ARTICLES: usize = 150;
const ANA: &str = "[claim:Menteri tiba], kata [source:Budi].";
const BEN: &str = "[claim:Menteri tiba], kata [source:Budi].";

fn name(at: usize) -> String {
    format!("{at:03}.txt")
}

/// Two have marked all articles alike.
fn alike() -> Person {
    let names: Vec<String> = (0..ARTICLES).map(name).collect();
    let articles: Vec<(&str, &str)> =
        names.iter().map(|name| (name.as_str(), "Menteri tiba, kata Budi.")).collect();
    let mut person = Person::unopened(&articles);
    for name in &names {
        for (who, marked) in [("ana", ANA), ("ben", BEN)] {
            person.put_set(who, name, SetOnDisk::Read(set(who, marked)));
        }
    }
    let annotators: BTreeSet<Annotator> = ["ana", "ben"].map(annotator).into();
    let choice = SettleChoice { annotators, rule: Some(Rule::Exact) };
    person.tell(Reviewing::SetSettling(choice).into());
    person
}

fn set(who: &str, marked: &str) -> AnnotationSet {
    let mut set = crate::markup::parse_as(who, marked).set;
    set.apply(Edit::SetStatus(Status::Done)).unwrap();
    set
}

fn in_gold(person: &Person, at: usize) -> usize {
    match person.found(&Annotator::gold(), &path(&name(at))) {
        SetOnDisk::Read(set) => set.annotations().len(),
        _ => 0,
    }
}

/// How many things that are agreed gold has not.
fn open(person: &Person) -> usize {
    person.session.comparing().unwrap().open(Kind::Agreed)
}

/// Begins to settle, and comes to where it is being worked out what is taken over, in the
/// project that is returned.
fn working_out(person: &mut Person) -> (Vec<Effect>, Arc<Project>) {
    let mut project = None;
    let mut effects = person.tell_only(Reviewing::BeginSettling.into());
    loop {
        let (pieces, rest): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::GoOn));
        if !pieces.is_empty() {
            person.carry_out(rest);
            return (pieces, project.unwrap());
        }
        effects = Vec::new();
        for effect in rest {
            if let Effect::Compare { project: its, .. } = &effect {
                project = Some(its.clone());
            }
            if let Some(answer) = person.outcome(effect) {
                effects.extend(person.tell_only(answer));
            }
        }
    }
}

#[test]
fn what_is_agreed_in_many_articles_is_one_step_and_the_list_follows() {
    let mut person = alike();
    person.tell(Reviewing::BeginSettling.into());
    assert_eq!(person.notice(), "Took over 300 things agreed, in 150 articles");
    assert_eq!((0..ARTICLES).map(|at| in_gold(&person, at)).sum::<usize>(), 300);
    assert_eq!(open(&person), 0);
    person.tell(Reviewing::ShowCases(Shown::all_kinds()).into());
    assert_eq!(person.session.comparing().unwrap().listed().len(), 0);
    person.tell(Message::Run(Command::Undo));
    assert_eq!((0..ARTICLES).map(|at| in_gold(&person, at)).sum::<usize>(), 0);
    assert_eq!((open(&person), person.session.comparing().unwrap().listed().len()), (300, 300));
    person.tell(Message::Run(Command::Redo));
    assert_eq!((open(&person), person.session.comparing().unwrap().listed().len()), (0, 0));
}

#[test]
fn while_it_is_worked_out_nothing_is_changed_and_it_can_be_stopped() {
    let mut person = alike();
    let (pieces, _) = working_out(&mut person);
    let task = person.session.task().unwrap();
    assert_eq!((task.done, task.of), (0, ARTICLES));
    // A frame goes by.
    let more = person.tell_only(Message::GoOn);
    let done = person.session.task().unwrap().done;
    assert!(done > 0 && done < ARTICLES, "{done}");
    person.tell(Message::OpenDocument(path("000.txt")));
    person.tell(Message::Run(Command::SelectAll));
    person.press("1");
    assert_eq!(person.notice(), "Not yet: what is agreed is taken over");
    person.tell(Message::Run(Command::CancelWork));
    assert_eq!(person.notice(), "Stopped: Taking over what is agreed. Nothing was changed");
    person.carry_out(pieces);
    person.carry_out(more);
    assert_eq!((0..ARTICLES).map(|at| in_gold(&person, at)).sum::<usize>(), 0);
    assert!(person.session.history().done().is_empty());
}

#[test]
fn a_set_that_another_program_changes_meanwhile_is_taken_as_it_is_then() {
    let mut person = alike();
    let (pieces, project) = working_out(&mut person);
    let more = person.tell_only(Message::GoOn);
    let before = Some(set("ben", BEN));
    let now = SetOnDisk::Read(set("ben", "[claim:Menteri tiba], kata Budi."));
    person.tell(Message::Outside(Box::new(Outside::Set {
        project,
        document: path("000.txt"),
        annotator: annotator("ben"),
        changed: ChangedSet { text: super::digest(), before, now },
    })));
    person.carry_out(pieces);
    person.carry_out(more);
    assert_eq!(person.notice(), "Took over 299 things agreed, in 150 articles");
    assert_eq!(in_gold(&person, 0), 1);
}

#[test]
fn what_another_program_decides_meanwhile_is_not_taken_over() {
    let mut person = alike();
    let (pieces, project) = working_out(&mut person);
    let more = person.tell_only(Message::GoOn);
    let case = person.session.comparing().unwrap().rows[0].clone();
    let by = annotator("zoe");
    let settled = Decision::Settled { document: case.document.clone(), case: case.key, by };
    person.tell(Message::Outside(Box::new(Outside::Decisions {
        project,
        annotator: Annotator::gold(),
        changed: ChangedDecisions {
            before: Decisions::default(),
            now: Ok([settled].into_iter().collect()),
        },
    })));
    person.carry_out(pieces);
    person.carry_out(more);
    assert_eq!(person.notice(), "Took over 299 things agreed, in 150 articles");
    assert_eq!(in_gold(&person, 0), 1);
}
