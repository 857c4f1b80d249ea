//! Marking up a second time, blind, what was done some time ago.

use tandai::corpus::{Annotator, Edit, Status};
use tandai::review::{Measure, Score, WhatMeasured as What, Whose};
use tandai::session::{AgainChoice, Command, Dialog, Effect, Message, Reviewing};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, path};
use crate::markup::parse_as;

const NAMES: [&str; 4] = ["a.txt", "b.txt", "c.txt", "d.txt"];
const TEXT: &str = "Menteri tiba, kata Budi.";
const FIRST: &str = "[claim:Menteri tiba], kata [source:Budi].";

fn put(person: &mut Person, who: &str, document: &str, marked: &str, status: Status) {
    let mut set = parse_as(who, marked).set;
    set.apply(Edit::SetStatus(status)).unwrap();
    person.put_set(who, document, SetOnDisk::Read(set));
}

/// Ana, who has done all of four articles but the last; ben has too.
fn project() -> Person {
    let mut person = Person::unopened(&NAMES.map(|name| (name, TEXT)));
    for name in NAMES {
        let status = if name == "d.txt" { Status::InProgress } else { Status::Done };
        put(&mut person, "ana", name, FIRST, status);
        put(&mut person, "ben", name, FIRST, Status::Done);
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn choose(person: &mut Person, days: u32, articles: usize) {
    person.tell(Message::Run(Command::MarkAgain));
    person.tell(Reviewing::ChooseAgain(AgainChoice { days, articles }).into());
}

fn offered(person: &Person) -> Vec<String> {
    let articles = person.session.again().unwrap().articles();
    articles.iter().map(ToString::to_string).collect()
}

fn begun() -> Person {
    let mut person = project();
    choose(&mut person, 14, 2);
    person.tell(Reviewing::BeginAgain.into());
    assert_eq!(person.session.annotator(), &annotator("ana@2"));
    person
}

fn articles(person: &Person) -> Vec<String> {
    person.session.documents().rows().iter().map(|row| row.path.to_string()).collect()
}

/// Marks this in the open article.
fn mark(person: &mut Person, quote: &str, key: &str) {
    let anchor = person.place_of(quote);
    let head = tandai::text::Offset::new(anchor.get() + quote.chars().count());
    person.tell(Message::Drag { anchor, head, snap: false });
    person.press(key);
}

#[test]
fn what_is_done_and_old_enough_is_offered_and_not_more_than_is_wanted() {
    let mut person = project();
    choose(&mut person, 30, 20);
    assert_eq!(person.session.dialog(), Some(&Dialog::Again { error: None }));
    assert_eq!(offered(&person), ["a.txt", "b.txt", "c.txt"]);
    choose(&mut person, 30, 2);
    assert_eq!(offered(&person), ["a.txt", "b.txt"]);
    choose(&mut person, 31, 20);
    assert_eq!(offered(&person), [""; 0]);
    person.tell(Reviewing::BeginAgain.into());
    let error = Some("No article is old enough".to_owned());
    assert_eq!(person.session.dialog(), Some(&Dialog::Again { error }));
    assert_eq!(person.session.annotator(), &annotator("ana"));
    choose(&mut person, 30, 0);
    person.tell(Reviewing::BeginAgain.into());
    assert_eq!(person.session.annotator(), &annotator("ana"));
}

#[test]
fn it_is_not_begun_while_something_is_not_saved() {
    let mut person = project();
    person.disk_is_full = true;
    mark(&mut person, "kata", "4");
    choose(&mut person, 14, 2);
    person.tell(Reviewing::BeginAgain.into());
    let error = Some("Not yet: the last changes are not saved".to_owned());
    assert_eq!(person.session.dialog(), Some(&Dialog::Again { error }));
    assert_eq!(person.session.annotator(), &annotator("ana"));
}

#[test]
fn nothing_of_the_first_time_and_of_others_is_to_be_seen() {
    let mut person = begun();
    assert_eq!(person.session.person(), &annotator("ana"));
    assert_eq!(articles(&person), ["a.txt", "b.txt"]);
    for _ in 0..2 {
        assert!(person.session.held().unwrap().others.is_empty());
        assert!(person.session.shown_set().unwrap().annotations().is_empty());
        person.press("G");
        assert_eq!(person.notice(), "Nobody else has a set about this article");
        person.tell(Message::ShowSet(annotator("ana")));
        person.tell(Message::ShowSet(annotator("ben")));
        assert_eq!(person.session.reading().unwrap().shown, annotator("ana@2"));
        person.tell(Message::OpenDocument(path("b.txt")));
    }
    let blind = "One marks up blind the second time: others' sets are not shown";
    for command in [
        Command::Compare,
        Command::Settle,
        Command::ShowAgreement,
        Command::ShowTable,
        Command::MarkAgain,
        Command::ShowStatistics,
    ] {
        person.tell(Message::Run(command));
        assert_eq!(person.notice(), blind, "{command:?}");
    }
    assert!(person.session.table().is_none() && person.session.comparing().is_none());
    assert!(person.session.counting().is_none() && person.session.dialog().is_none());
}

#[test]
fn what_is_in_the_way_of_others_sets_is_not_renamed_while_they_are_not_seen() {
    let mut person = begun();
    let (before, disk) = (person.session.schema().clone(), person.disk.clone());
    let kind = tandai::corpus::NameKind::Label;
    person.tell(Message::Rename { kind, old: "claim".into(), new: "klaim".to_owned() });
    assert_eq!(person.session.schema(), &before);
    assert_eq!((person.disk, person.schema_file), (disk, None));
}

#[test]
fn the_second_pass_goes_into_sets_of_its_own() {
    let mut person = begun();
    let before = person.disk.clone();
    mark(&mut person, "Menteri tiba", "1");
    for (key, set) in &before {
        assert_eq!(&person.disk[key], set);
    }
    let SetOnDisk::Read(set) = person.found(&annotator("ana@2"), &path("a.txt")) else { panic!() };
    assert_eq!((set.annotations().len(), set.status()), (1, Status::InProgress));
    person.press("Ctrl+Z");
    let sets = person.sets(&NAMES, &["ana@2"]);
    assert!(sets.iter().all(|set| *set == SetOnDisk::Absent));
}

#[test]
fn one_goes_back_to_all_articles_and_ones_own_sets() {
    let mut person = begun();
    mark(&mut person, "Menteri tiba", "1");
    person.disk_is_full = true;
    mark(&mut person, "Budi", "2");
    person.tell(Message::Run(Command::WorkAsOneself));
    assert_eq!(person.notice(), "Not yet: the last changes are not saved");
    person.disk_is_full = false;
    mark(&mut person, "kata", "4");
    person.tell(Message::Run(Command::WorkAsOneself));
    assert_eq!(person.notice(), "Annotations are ana's again");
    assert_eq!(person.session.annotator(), &annotator("ana"));
    assert_eq!(articles(&person), NAMES);
    assert_eq!(person.session.shown_set().unwrap().annotations().len(), 2);
    assert!(person.session.held().unwrap().others.contains_key(&annotator("ana@2")));
    person.tell(Message::Run(Command::WorkAsOneself));
    assert_eq!(person.notice(), "These are ana's own sets");
}

#[test]
fn articles_that_come_in_the_meantime_are_there_afterwards() {
    let mut person = begun();
    let mut all: Vec<_> = NAMES.map(path).to_vec();
    all.push(path("e.txt"));
    let asked = person.tell_only(Message::OpenDocument(path("b.txt")));
    let project = asked.iter().find_map(|effect| match effect {
        Effect::LoadDocument { project, .. } => Some(project.clone()),
        _ => None,
    });
    let project = project.unwrap();
    person.carry_out(asked);
    let (documents, problems) = (Vec::new(), Vec::new());
    person.tell(Message::ArticlesAdded { project, documents, problems, all });
    assert_eq!(articles(&person), ["a.txt", "b.txt"], "what is marked up again stays the same");
    person.tell(Message::Run(Command::WorkAsOneself));
    assert_eq!(articles(&person), ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"]);
}

#[test]
fn what_was_begun_comes_again_and_what_is_finished_does_not() {
    let mut person = begun();
    mark(&mut person, "Menteri tiba", "1");
    person.tell(Message::SetStatus(Status::Done));
    person.tell(Message::OpenDocument(path("b.txt")));
    mark(&mut person, "Budi", "2");
    person.tell(Message::Run(Command::WorkAsOneself));
    choose(&mut person, 14, 20);
    assert_eq!(offered(&person), ["b.txt", "c.txt"]);
    // What was begun is gone on with, however few are wanted and however new they are.
    choose(&mut person, 99, 0);
    assert_eq!(offered(&person), ["b.txt"]);
    person.tell(Reviewing::BeginAgain.into());
    assert_eq!(articles(&person), ["b.txt"]);
    assert_eq!(person.session.shown_set().unwrap().annotations().len(), 1);
    person.tell(Message::SetStatus(Status::Skipped));
    person.tell(Message::Run(Command::WorkAsOneself));
    choose(&mut person, 14, 20);
    assert_eq!(offered(&person), ["c.txt"]);
}

#[test]
fn then_it_can_be_measured_how_far_one_agrees_with_oneself() {
    let mut person = begun();
    mark(&mut person, "Menteri tiba", "1");
    person.tell(Message::SetStatus(Status::Done));
    person.tell(Message::Run(Command::WorkAsOneself));
    let both: Vec<Annotator> = ["ana", "ana@2"].map(annotator).to_vec();
    person.tell(Reviewing::Measure(both.into_iter().collect()).into());
    let agreement = person.session.agreeing().unwrap().agreement.clone().unwrap();
    // The first has a claim and a source, the second the claim: F1 = 2·1 / (2 + 1).
    assert_eq!((agreement.documents(), agreement.left_out().not_begun), (1, 3));
    let score = Score { measure: Measure::Exact, whose: Whose::Everyone, what: What::All };
    let value = agreement.figure(&score).value.unwrap();
    assert!((value - 2.0 / 3.0).abs() < 1e-9, "{value}");
}
