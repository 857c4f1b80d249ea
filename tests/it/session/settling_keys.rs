//! What the keys of settling do where one would expect it of them.

use tandai::corpus::{Annotator, Edit, Status};
use tandai::review::{Kind, Rule};
use tandai::session::{Message, PageLayout, Reviewing, SettleChoice};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, path, with_links};
use crate::markup::parse_as;

const ANA: &str = "[claim:Menteri tiba] di [location:Kota Lama], kata [source:Budi].";
const BEN: &str = "[claim:Menteri] tiba di Kota Lama, kata [source:Budi].";
const CY: &str = "[claim:Menteri tiba] di [location:Kota] Lama, kata [source:Budi].";

fn settling(sets: &[(&str, &str)]) -> Person {
    let mut person = Person::unopened(&[("a.txt", "Menteri tiba di Kota Lama, kata Budi.")]);
    for (name, marked) in sets {
        let mut set = crate::markup::parse_as(name, marked).set;
        set.apply(Edit::SetStatus(Status::Done)).unwrap();
        person.put_set(name, "a.txt", SetOnDisk::Read(set));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    let annotators = sets.iter().map(|(name, _)| annotator(name)).collect();
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule: None }).into());
    person.tell(Reviewing::BeginSettling.into());
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person
}

fn kinds(person: &Person) -> Vec<Kind> {
    let comparing = person.session.comparing().unwrap();
    comparing.listed().iter().map(|at| comparing.rows[*at].kind).collect()
}

fn gold(person: &Person) -> Vec<String> {
    let held = person.session.held().unwrap();
    let quotes = held.set.annotations().iter();
    quotes.map(|a| format!("{}:{}", a.label, a.quote(&held.document.text))).collect()
}

#[test]
fn taking_from_one_who_has_nothing_there_is_to_take_nothing() {
    let mut person = settling(&[("ana", ANA), ("ben", BEN)]);
    person.press("1");
    assert_eq!(kinds(&person), [Kind::Missing]);
    person.press("2");
    assert_eq!((kinds(&person), gold(&person)), (vec![], vec!["claim:Menteri tiba".to_owned()]));
}

#[test]
fn undoing_leads_back_to_the_case() {
    let mut person = settling(&[("ana", ANA), ("ben", BEN)]);
    person.press("1 1 Ctrl+Z Ctrl+Z");
    assert_eq!(person.session.list_place(), (2, Some(0)));
    // The next key settles what was undone, not its neighbour.
    person.press("2");
    assert_eq!(gold(&person), ["claim:Menteri"]);
}

#[test]
fn one_kind_is_listed_only_and_then_all_again() {
    let mut person = settling(&[("ana", ANA), ("ben", BEN)]);
    assert_eq!(kinds(&person), [Kind::Boundary, Kind::Missing]);
    person.press("F");
    assert_eq!(kinds(&person), [Kind::Boundary]);
    person.press("F");
    assert_eq!(kinds(&person).len(), 2);
}

#[test]
fn a_case_is_changed_in_gold_also_from_one_text() {
    let mut person = settling(&[("ana", ANA), ("ben", BEN)]);
    person.press("U");
    assert_eq!(person.session.layout(), PageLayout::Merged);
    person.press("E");
    assert_eq!(person.session.layout(), PageLayout::Columns);
    person.in_list = false;
    person.press("3");
    assert_eq!(gold(&person), ["denial:Menteri tiba"]);
}

#[test]
fn what_is_settled_among_three_is_so_among_two_of_them() {
    let mut person = settling(&[("ana", ANA), ("ben", BEN), ("cy", CY)]);
    person.press("1 2");
    assert_eq!(kinds(&person), []);
    let two = ["ana", "cy"].map(annotator).into();
    person.tell(Reviewing::Compare(two).into());
    assert_eq!(kinds(&person), []);
    assert_eq!(person.session.comparing().unwrap().settled(), 1);
    assert!(person.session.annotator() == &Annotator::gold());
}

/// One who has it otherwise labelled has not said that link.
#[test]
fn a_link_between_what_the_schema_does_not_link_is_said_when_it_is_settled() {
    let marked = |who: &str, marked: &str, links: &[(&str, &str, &str)]| {
        let mut set = with_links(&parse_as(who, marked), links);
        set.apply(Edit::SetStatus(Status::Done)).unwrap();
        SetOnDisk::Read(set)
    };
    let mut person = Person::unopened(&[("a.txt", "Hujan turun. Tidak benar.")]);
    let links = [("denies", "Tidak benar", "Hujan turun")];
    person.put_set(
        "ana",
        "a.txt",
        marked("ana", "[claim:Hujan turun]. [denial:Tidak benar].", &links),
    );
    person.put_set("ben", "a.txt", marked("ben", "[claim:Hujan turun]. [claim:Tidak benar].", &[]));
    person.tell(Message::OpenDocument(path("a.txt")));
    let annotators = ["ana", "ben"].map(annotator).into();
    let rule = Some(Rule::Exact);
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule }).into());
    person.tell(Reviewing::BeginSettling.into());
    person.in_list = true;
    assert_eq!(kinds(&person), [Kind::Label, Kind::Link]);
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("2");
    assert!(!person.notice().contains("not in the schema"), "{}", person.notice());
    person.press("1");
    let words = "a link “denies” from a claim to a claim is not in the schema";
    assert!(person.notice().contains(words), "{}", person.notice());
}

#[test]
fn agreed_links_that_wait_for_what_they_connect_are_said() {
    let marked = |who: &str, marked: &str| {
        let links = [("attributed-to", "Menteri tiba", "Budi")];
        let links = if who == "ben" { [("attributed-to", "Menteri", "Budi")] } else { links };
        let mut set = with_links(&parse_as(who, marked), &links);
        set.apply(Edit::SetStatus(Status::Done)).unwrap();
        SetOnDisk::Read(set)
    };
    let mut person = Person::unopened(&[("a.txt", "Menteri tiba, kata Budi.")]);
    for (who, text) in [
        ("ana", "[claim:Menteri tiba], kata [source:Budi]."),
        ("ben", "[claim:Menteri] tiba, kata [source:Budi]."),
    ] {
        person.put_set(who, "a.txt", marked(who, text));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    let annotators = ["ana", "ben"].map(annotator).into();
    let rule = Some(Rule::Exact);
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule }).into());
    person.tell(Reviewing::BeginSettling.into());
    let words =
        "Took over 1 thing agreed, in 1 article; 1 agreed link has an end that is not in gold";
    assert_eq!(person.notice(), words);
    // It comes with what it connects.
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1");
    assert_eq!(person.session.held().unwrap().set.relations().len(), 1);
}
