//! What settling leaves as it is: what others were chosen for, what a person made by hand.

use std::collections::BTreeSet;
use std::sync::Arc;

use tandai::corpus::{Annotator, Status};
use tandai::review::Rule;
use tandai::session::{Effect, Message, OpenedProject, Reviewing, SettleChoice};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, path};

const PLAIN: &str = "Menteri tiba di Kota Lama, kata Budi kepada Siti.";
const ANA: &str = "[claim:Menteri tiba] di [location:Kota Lama], kata [source:Budi] kepada Siti.";
const BEN: &str = "[claim:Menteri] tiba di [location:Kota Lama], kata [source:Budi] kepada Siti.";
const CY: &str = "[claim:Menteri] tiba di Kota Lama, kata [source:Budi] kepada [source:Siti].";

fn three(gold: Option<&str>) -> Person {
    let mut person = Person::unopened(&[("a.txt", PLAIN)]);
    let sets = [("ana", ANA), ("ben", BEN), ("cy", CY)];
    for (name, marked) in sets.into_iter().chain(gold.map(|gold| ("gold", gold))) {
        let mut set = crate::markup::parse_as(name, marked).set;
        set.apply(tandai::corpus::Edit::SetStatus(Status::Done)).unwrap();
        person.put_set(name, "a.txt", SetOnDisk::Read(set));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn people(names: &[&str]) -> BTreeSet<Annotator> {
    names.iter().map(|name| annotator(name)).collect()
}

fn choose(person: &mut Person, names: &[&str]) {
    let choice = SettleChoice { annotators: people(names), rule: Some(Rule::Exact) };
    person.tell(Reviewing::SetSettling(choice).into());
}

fn gold(person: &Person) -> String {
    let SetOnDisk::Read(set) = person.found(&Annotator::gold(), &path("a.txt")) else {
        return "nothing".to_owned();
    };
    let text = &person.session.document().unwrap().text;
    let quotes = set.annotations().iter().map(|a| format!("{}:{}", a.label, a.quote(text)));
    quotes.collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_rule_that_was_chosen_for_three_takes_nothing_that_two_of_them_agree_on() {
    let mut person = three(None);
    choose(&mut person, &["ana", "ben", "cy"]);
    person.tell(Reviewing::BeginSettling.into());
    assert_eq!(gold(&person), "source:Budi");
    // Cy is not compared for a while: the place that ana and ben see is agreed between them.
    person.tell(Reviewing::Compare(people(&["ana", "ben"])).into());
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1");
    assert_eq!(gold(&person), "claim:Menteri tiba | source:Budi");
}

#[test]
fn what_was_to_be_taken_over_is_not_so_of_others_than_were_chosen() {
    let mut person = three(None);
    choose(&mut person, &["ana", "ben", "cy"]);
    let late = person.tell_only(Reviewing::BeginSettling.into());
    // Everything but the comparison comes in, and somebody is switched off before it does.
    let (comparing, rest): (Vec<_>, Vec<_>) =
        late.into_iter().partition(|effect| matches!(effect, Effect::Compare { .. }));
    assert_eq!(comparing.len(), 1);
    person.carry_out(rest);
    person.tell(Reviewing::Compare(people(&["ana", "ben"])).into());
    person.carry_out(comparing);
    assert_eq!(gold(&person), "nothing");
}

#[test]
fn what_a_person_made_in_gold_is_not_made_otherwise_by_a_rule() {
    let by_hand = "Menteri tiba di Kota Lama, [source:kata Budi] kepada Siti.";
    let mut person = three(Some(by_hand));
    choose(&mut person, &["ana", "ben", "cy"]);
    person.tell(Reviewing::BeginSettling.into());
    assert_eq!(gold(&person), "source:kata Budi");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1");
    assert_eq!(gold(&person), "claim:Menteri tiba | source:kata Budi");
}

#[test]
fn what_was_taken_back_is_not_taken_over_again_with_the_next_case() {
    let mut person = three(None);
    choose(&mut person, &["ana", "ben", "cy"]);
    person.tell(Reviewing::BeginSettling.into());
    person.press("Ctrl+Z");
    assert_eq!(gold(&person), "");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1");
    assert_eq!(gold(&person), "claim:Menteri tiba");
}

#[test]
fn gold_is_not_among_those_between_whom_it_settles() {
    let mut person = three(None);
    choose(&mut person, &["ana", "ben", "cy"]);
    person.tell(Reviewing::BeginSettling.into());
    person.tell(Reviewing::Compare(people(&["ana", "ben", "gold"])).into());
    let compared = &person.session.comparing().unwrap().annotators;
    assert_eq!(compared, &[annotator("ana"), annotator("ben")]);
}

#[test]
fn another_project_is_opened_as_oneself_and_with_nobody_chosen() {
    let mut person = three(None);
    choose(&mut person, &["ana", "ben"]);
    person.tell(Reviewing::BeginSettling.into());
    assert!(person.session.annotator().is_gold());
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::create_dir(elsewhere.path().join("seeds")).unwrap();
    let opened = OpenedProject {
        project: Arc::new(tandai::storage::Project::at(elsewhere.path()).unwrap()),
        schema: person.session.schema().clone(),
        schema_problem: None,
        documents: Vec::new(),
        problems: Vec::new(),
        first: None,
    };
    person.tell_only(Message::ProjectOpened(Box::new(opened)));
    assert_eq!(person.session.annotator(), &annotator("ana"));
    assert_eq!(person.session.settling(), &SettleChoice::default());
}
