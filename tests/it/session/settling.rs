//! Comparing annotators and settling what they differ about.

use tandai::corpus::{Annotator, Decision, Status};
use tandai::review::{Kind, Rule};
use tandai::session::{Command, Listing, Message, PageLayout, Reviewing, SettleChoice, Shown};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, path};

const ANA: &str = "Kemarin [claim:Menteri tiba] di [location:Kota Lama], kata [source:Budi].";
const BEN: &str = "Kemarin [claim:Menteri tiba di] Kota Lama, kata [source:Budi].";
const CY: &str = "[claim:Kemarin Menteri tiba] di Kota [location:Lama], kata [source:Budi].";

/// Ana, in a project in which ben, and cy if there is one, have marked an article too.
fn project(sets: &[(&str, &str)]) -> Person {
    let plain = "Kemarin Menteri tiba di Kota Lama, kata Budi.";
    let mut person = Person::unopened(&[("a.txt", plain), ("b.txt", "Tidak ada apa-apa.")]);
    for (name, marked) in sets {
        let marked = crate::markup::parse_as(name, marked);
        let mut set = marked.set;
        set.apply(tandai::corpus::Edit::SetStatus(Status::Done)).unwrap();
        person.put_set(name, "a.txt", SetOnDisk::Read(set));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn two() -> Person {
    project(&[("ana", ANA), ("ben", BEN)])
}

fn settle_between(person: &mut Person, names: &[&str], rule: Option<Rule>) {
    let annotators = names.iter().map(|name| annotator(name)).collect();
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule }).into());
    person.tell(Reviewing::BeginSettling.into());
    person.in_list = true;
}

/// The cases that are listed: how they differ, and what each one says.
fn listed(person: &Person) -> Vec<String> {
    let comparing = person.session.comparing().unwrap();
    let rows = comparing.listed().iter().map(|at| &comparing.rows[*at]);
    let row = |row: &tandai::review::CaseRow| {
        let said = row.said.iter().map(|voice| {
            voice.saying().map_or("-".to_owned(), |said| format!("{}:{}", said.label, said.quote))
        });
        format!("{} {}", row.kind.title(), said.collect::<Vec<_>>().join(" | "))
    };
    rows.map(row).collect()
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
fn differences_are_listed_by_kind() {
    let mut person = two();
    person.press("Ctrl+D");
    assert_eq!(person.session.listing(), Some(Listing::Cases));
    let expected =
        ["boundary claim:Menteri tiba | claim:Menteri tiba di", "missing location:Kota Lama | -"];
    assert_eq!(listed(&person), expected);
    let comparing = person.session.comparing().unwrap();
    assert_eq!((comparing.open(Kind::Agreed), comparing.left_out), (1, 1));
    let mut shown = comparing.shown.clone();
    shown.kinds.insert(Kind::Agreed);
    shown.kinds.remove(&Kind::Missing);
    person.tell(Reviewing::ShowCases(shown).into());
    let expected =
        ["boundary claim:Menteri tiba | claim:Menteri tiba di", "agreed source:Budi | source:Budi"];
    assert_eq!(listed(&person), expected);
}

#[test]
fn what_one_changes_while_comparing_changes_the_list() {
    let mut person = two();
    person.press("Ctrl+D");
    person.tell(Message::ShowSet(annotator("ana")));
    person.press("Tab Tab Tab");
    person.press("Delete");
    assert_eq!(person.notice(), "Removed source");
    assert!(
        listed(&person).contains(&"missing - | source:Budi".to_owned()),
        "{:?}",
        listed(&person)
    );
    person.press("Ctrl+Z");
    assert_eq!(listed(&person).len(), 2);
}

#[test]
fn what_is_agreed_is_taken_over_in_one_step_and_the_rest_is_asked() {
    let mut person = two();
    settle_between(&mut person, &["ana", "ben"], Some(Rule::Exact));
    assert!(person.session.annotator().is_gold());
    assert_eq!(person.session.person(), &annotator("ana"));
    assert_eq!(gold(&person), "source:Budi");
    assert_eq!(listed(&person).len(), 2);
    person.press("Ctrl+Z");
    assert_eq!(gold(&person), "");
    person.press("Ctrl+Shift+Z");
    assert_eq!(gold(&person), "source:Budi");
}

#[test]
fn each_difference_is_settled_by_one_key_and_one_undo_takes_it_back() {
    let mut person = two();
    settle_between(&mut person, &["ana", "ben"], Some(Rule::Exact));
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("2");
    assert_eq!(gold(&person), "claim:Menteri tiba di | source:Budi");
    assert_eq!(listed(&person), ["missing location:Kota Lama | -"]);
    person.press("X");
    assert_eq!(listed(&person), Vec::<String>::new());
    assert_eq!(gold(&person), "claim:Menteri tiba di | source:Budi");
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(gold(&person), "source:Budi");
    assert_eq!(listed(&person).len(), 2);
}

#[test]
fn settling_again_asks_only_about_what_an_annotator_has_changed_since() {
    let mut person = two();
    settle_between(&mut person, &["ana", "ben"], Some(Rule::Exact));
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("2 X");
    // What gold lost by hand is not brought back either.
    person.tell(Message::ShowSet(Annotator::gold()));
    person.in_list = false;
    person.press("Ctrl+Home Tab Tab Delete");
    let before = gold(&person);
    assert_eq!(before, "claim:Menteri tiba di");
    let changed = "Kemarin [claim:Menteri tiba di] Kota Lama, [source:kata Budi].";
    person.put_marked("ben", "a.txt", changed);
    // Another session, with the files as they are.
    let mut again = Person::unopened(&[("a.txt", "Kemarin Menteri tiba di Kota Lama, kata Budi.")]);
    again.disk = person.disk.clone();
    again.decided = person.decided.clone();
    let set = |who: &str| person.found(&annotator(who), &path("a.txt"));
    let SetOnDisk::Read(mut ben) = set("ben") else { panic!() };
    ben.apply(tandai::corpus::Edit::SetStatus(Status::Done)).unwrap();
    again.put_set("ben", "a.txt", SetOnDisk::Read(ben));
    again.tell(Message::OpenDocument(path("a.txt")));
    settle_between(&mut again, &["ana", "ben"], Some(Rule::Exact));
    assert_eq!(listed(&again), ["boundary source:Budi | source:kata Budi"]);
    assert_eq!(gold(&again), before);
}

#[test]
fn what_is_settled_can_be_settled_otherwise_and_one_undo_takes_just_that_back() {
    let mut person = two();
    settle_between(&mut person, &["ana", "ben"], None);
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("2");
    let decided = person.decisions_of(&Annotator::gold());
    assert_eq!((gold(&person).as_str(), decided.iter().count()), ("claim:Menteri tiba di", 1));
    person.tell(Reviewing::ShowCases(Shown { settled: true, ..Shown::default() }).into());
    person.tell(Message::GoToRow { row: 0, open: false });
    // It is as gold has it already.
    person.press("K");
    assert_eq!(person.session.history().done().len(), 1);
    person.press("1");
    assert_eq!(gold(&person), "claim:Menteri tiba");
    person.press("Ctrl+Z");
    assert_eq!(gold(&person), "claim:Menteri tiba di");
    assert_eq!(person.decisions_of(&Annotator::gold()), decided);
    person.press("Ctrl+Z");
    assert_eq!((gold(&person).as_str(), person.decided_count()), ("", 0));
}

#[test]
fn a_decision_says_who_made_it() {
    let mut person = two();
    settle_between(&mut person, &["ana", "ben"], None);
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1");
    let decided = person.decisions_of(&Annotator::gold());
    let by: Vec<String> = decided
        .iter()
        .map(|decision| match decision {
            Decision::Settled { by, case, .. } => format!("{by}: {case}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(by, ["ana: ana: claim 8-20; ben: claim 8-23"]);
}

#[test]
fn of_three_annotators_any_two_can_be_taken() {
    let mut person = project(&[("ana", ANA), ("ben", BEN), ("cy", CY)]);
    settle_between(&mut person, &["ana", "ben", "cy"], Some(Rule::Anyone));
    // By the rule the claims are one, from the first start to the last end.
    assert_eq!(gold(&person), "claim:Kemarin Menteri tiba di | source:Budi");
    assert_eq!(listed(&person), ["missing location:Kota Lama | - | location:Lama"]);
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("A");
    let both = "claim:Kemarin Menteri tiba di | location:Kota Lama | location:Lama | source:Budi";
    assert_eq!(gold(&person), both);
}

/// Gold would have the same thing twice, alike but for the value.
#[test]
fn where_only_values_differ_not_all_of_them_can_be_taken() {
    let mut person = project(&[("ana", ANA), ("ben", ANA)]);
    person.press("Tab D");
    settle_between(&mut person, &["ana", "ben"], Some(Rule::Exact));
    assert_eq!(listed(&person), ["attribute claim:Menteri tiba | claim:Menteri tiba"]);
    person.tell(Message::GoToRow { row: 0, open: false });
    let before = gold(&person);
    person.press("A");
    assert_eq!(person.notice(), "ana and ben differ in values alone: take it from one");
    assert_eq!(gold(&person), before);
    person.press("1");
    assert_eq!(gold(&person), "claim:Menteri tiba | location:Kota Lama | source:Budi");
}

/// What another one lacks, or has with another label, is the same thing all the same.
#[test]
fn where_two_of_three_differ_in_values_alone_not_all_can_be_taken_either() {
    let other = "Kemarin [denial:Menteri tiba] di [location:Kota Lama]. Kata [source:Budi].";
    let longer = "[claim:Kemarin Menteri tiba] di [location:Kota Lama]. Kata [source:Budi].";
    let none = "Kemarin Menteri tiba di [location:Kota Lama]. Kata [source:Budi].";
    for (kind, cy) in [("label", other), ("boundary", longer), ("missing", none)] {
        let mut person = project(&[("ana", ANA), ("ben", ANA), ("cy", cy)]);
        person.press("Tab D");
        settle_between(&mut person, &["ana", "ben", "cy"], Some(Rule::Exact));
        let rows = listed(&person);
        assert!(rows.len() == 1 && rows[0].starts_with(kind), "{rows:?}");
        person.tell(Message::GoToRow { row: 0, open: false });
        let before = gold(&person);
        person.press("A");
        let said = "ana and ben differ in values alone: take it from one";
        assert_eq!((person.notice(), gold(&person)), (said, before), "{kind}");
    }
}

#[test]
fn a_case_can_be_changed_in_gold_before_it_is_settled() {
    let mut person = two();
    settle_between(&mut person, &["ana", "ben"], Some(Rule::Exact));
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("E");
    person.in_list = false;
    person.press("3");
    assert_eq!(gold(&person), "denial:Menteri tiba | source:Budi");
    assert_eq!(listed(&person).len(), 2, "it is not settled yet");
    person.in_list = true;
    person.press("K");
    assert_eq!(gold(&person), "denial:Menteri tiba | source:Budi");
    assert_eq!(listed(&person), ["missing location:Kota Lama | -"]);
}

#[test]
fn only_gold_is_settled() {
    let mut person = two();
    person.press("Ctrl+D");
    person.tell(Message::GoToRow { row: 0, open: false });
    person.tell(Message::Run(Command::TakeFrom(0)));
    assert_eq!(person.notice(), "Only gold is settled; Ctrl+J begins to work on it");
    settle_between(&mut person, &["ana", "ben"], None);
    person.tell(Message::GoToRow { row: 0, open: false });
    person.tell(Message::Run(Command::TakeFrom(2)));
    assert_eq!(person.notice(), "Only 2 annotators are compared");
    person.tell(Message::Run(Command::WorkAsOneself));
    assert_eq!(person.session.annotator(), &annotator("ana"));
    assert!(person.session.comparing().is_none());
}

#[test]
fn a_set_that_shows_several_is_not_changed() {
    let mut person = two();
    person.press("Ctrl+D U");
    assert_eq!(person.session.layout(), PageLayout::Merged);
    let before = person.marked();
    person.press("Tab Delete");
    assert_eq!(person.notice(), "Several sets are shown in one text; U shows one");
    assert_eq!(person.session.shown_set().unwrap().annotations().len(), 4);
    person.press("G");
    assert_eq!(person.session.layout(), PageLayout::Single);
    assert_ne!(person.marked(), before);
}

#[test]
fn what_is_changed_while_sets_are_still_compared_is_listed_as_it_is_then() {
    let mut person = two();
    let late = person.tell_only(Message::Run(Command::Compare));
    person.tell(Message::ShowSet(annotator("ana")));
    person.press("Ctrl+Home Tab Delete");
    assert_eq!(listed(&person), [""; 0], "nothing is known yet");
    person.carry_out(late);
    let rows = listed(&person);
    assert!(rows.contains(&"missing - | claim:Menteri tiba di".to_owned()), "{rows:?}");
    assert_eq!(rows.len(), 2);
}

#[test]
fn what_only_one_has_begun_any_more_has_no_cases() {
    let mut person = two();
    person.put_marked("ben", "b.txt", "Tidak ada [claim:apa-apa].");
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Ctrl+D");
    assert_eq!(listed(&person).len(), 2);
    person.tell(Message::ShowSet(annotator("ana")));
    person.press("Ctrl+Home Shift+Ctrl+Right 1");
    assert!(listed(&person).iter().any(|row| row.contains("apa-apa")));
    person.press("Ctrl+Z");
    assert!(!listed(&person).iter().any(|row| row.contains("apa-apa")), "{:?}", listed(&person));
}

#[test]
fn a_case_is_shown_in_its_own_article_alone() {
    let mut person = two();
    for name in ["ana", "ben"] {
        person.put_marked(name, "b.txt", "Tidak ada [claim:apa-apa].");
    }
    person.press("Ctrl+D");
    person.tell(Message::OpenDocument(path("b.txt")));
    let before = person.session.selection();
    // The second lies farther on than the end of this article.
    let late = person.tell_only(Message::GoToRow { row: 1, open: false });
    person.press("U");
    assert_eq!(person.session.reading().unwrap().document, path("b.txt"));
    assert_eq!(person.session.selection(), before);
    person.carry_out(late);
    assert_eq!(person.session.reading().unwrap().document, path("a.txt"));
    assert_eq!(person.session.selection().range().start, person.place_of("Kota Lama"));
}

#[test]
fn escape_leads_out_of_a_comparison_step_by_step() {
    let mut person = two();
    person.press("Ctrl+D");
    assert_eq!(person.session.layout(), PageLayout::Columns);
    // The list is hidden, what is compared stays.
    person.press("Escape");
    assert_eq!(person.session.listing(), None);
    assert_eq!(person.session.layout(), PageLayout::Columns);
    person.press("Escape");
    assert_eq!(person.session.layout(), PageLayout::Single);
    assert_eq!(person.notice(), "The comparison is closed; Ctrl+D compares again");
    person.press("Ctrl+D");
    assert_eq!(person.session.layout(), PageLayout::Columns);
}

/// As agreement counts it, the two do not share that link.
#[test]
fn an_agreed_link_whose_ends_have_other_edges_is_said_to_be_one() {
    let marked = |who: &str, marked: &str| {
        let read = crate::markup::parse_as(who, marked);
        let quote = |label: &str| {
            let one = read.set.annotations().iter().find(|one| &*one.label == label).unwrap();
            one.quote(&read.text)
        };
        let (claim, source) = (quote("claim"), quote("source"));
        super::with_links(&read, &[("attributed-to", &claim, &source)])
    };
    for (bens, other_ends) in [(BEN, true), (ANA, false)] {
        let plain = crate::markup::parse(ANA).text;
        let mut person = Person::unopened(&[("a.txt", plain.as_str())]);
        for (who, text) in [("ana", ANA), ("ben", bens)] {
            person.put_set(who, "a.txt", SetOnDisk::Read(marked(who, text)));
        }
        person.tell(Message::OpenDocument(path("a.txt")));
        person.press("Ctrl+D");
        let rows = &person.session.comparing().unwrap().rows;
        let link = rows.iter().find(|row| row.is_link).unwrap();
        assert_eq!((link.kind, link.has_other_ends), (Kind::Agreed, other_ends));
    }
}

/// One text of several is nobody's set: what is to check in it and what is reviewed is not looked
/// for there.
#[test]
fn after_a_comparison_in_one_text_what_is_to_check_and_reviewed_is_that_of_the_set_shown() {
    let mut person = two();
    person.press("Tab O");
    let here =
        |person: &Person| (person.session.problems_found().len(), person.session.reviewed_here());
    let before = here(&person);
    assert!(before.0 > 0 && before.1 == 1, "{before:?}");
    person.press("Ctrl+D");
    assert_eq!(person.session.layout(), PageLayout::Columns);
    person.tell(Message::Run(Command::NextLayout));
    assert_eq!((person.session.layout(), here(&person)), (PageLayout::Merged, (0, 0)));
    person.tell(Message::CloseList);
    assert_eq!((person.session.layout(), here(&person)), (PageLayout::Single, before));
}
