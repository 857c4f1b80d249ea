//! Tagging all occurrences: deciding in a list, carrying out in one step.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{Decision, Status};
use tandai::review::Query;
use tandai::session::{Command, Listing, Message, Standing};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, broken_set, path};
use crate::{hostile, markup};

const ARTICLES: [(&str, &str); 3] = [
    ("a.txt", "[*location:Seoul] ramai, Seoul panas."),
    ("b.txt", "Kim di Seoul. Kata Seoul!"),
    ("c.txt", "[source:Seoul] dan [location:Seoul] diam."),
];

/// Ana in front of the list of all that says what she has tagged.
fn in_the_list() -> Person {
    let mut person = Person::with(&ARTICLES);
    person.press("T");
    listed(&mut person);
    person
}

/// The list has the keyboard and its first row is gone to, as in the window.
fn listed(person: &mut Person) {
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
}

/// The rows: `b.txt at 7: Seoul`.
fn rows(person: &Person) -> Vec<String> {
    let search = person.session.search().expect("something is listed");
    let hits = search.shown().iter().map(|at| &search.hits[*at]);
    hits.map(|hit| format!("{} at {}: {}", hit.document, hit.span.start().get(), hit.quote))
        .collect()
}

/// A set as it is in the files, in markup.
fn on_disk(person: &Person, document: &str, text: &str) -> String {
    match person.found(&annotator("ana"), &path(document)) {
        SetOnDisk::Read(set) => markup::render(&markup::parse(text).text, &set, None, None),
        other => format!("{other:?}"),
    }
}

fn status(person: &Person, document: &str) -> Option<Status> {
    match person.found(&annotator("ana"), &path(document)) {
        SetOnDisk::Read(set) => Some(set.status()),
        _ => None,
    }
}

#[test]
fn all_occurrences_are_listed_that_are_not_tagged_so_already() {
    let person = in_the_list();
    let expected = ["a.txt at 13: Seoul", "b.txt at 7: Seoul", "b.txt at 19: Seoul"];
    // What is a source there may be a location as well.
    assert_eq!(rows(&person), [expected.as_slice(), &["c.txt at 0: Seoul"]].concat());
    assert_eq!(person.session.listing(), Some(Listing::Hits));
    assert_eq!(person.session.search().unwrap().label.as_deref(), Some("location"));
}

/// What was said before something else was done is no warning any more.
#[test]
fn decisions_are_given_up_only_by_who_asks_again_right_away() {
    let mut person = in_the_list();
    person.press("Y");
    let kept =
        |person: &Person| person.session.search().map_or(0, |search| search.verdicts.counts().0);
    for _ in 0..2 {
        person.in_list = false;
        person.press("Ctrl+F");
        assert!(
            person.notice().starts_with("1 decision not carried out yet"),
            "{}",
            person.notice()
        );
        assert_eq!(kept(&person), 1);
        person.press("Right");
    }
    // Nor does a letter ask for anything a second time.
    for typed in ["K", "Ki"] {
        let query = Query { text: typed.to_owned(), ..Query::default() };
        person.tell(Message::SetQuery(query));
        assert_eq!(kept(&person), 1);
        assert!(person.notice().starts_with("1 decision not carried out yet"), "{typed}");
    }
    person.press("Ctrl+F Ctrl+F");
    assert_eq!(kept(&person), 0);
}

#[test]
fn what_is_tagged_is_listed_too_when_asked_for() {
    let mut person = in_the_list();
    person.tell(Message::ShowDecided(true));
    assert_eq!(rows(&person).len(), 6);
    person.tell(Message::ShowDecided(false));
    assert_eq!(rows(&person).len(), 4);
}

#[test]
fn each_decision_goes_on_to_the_next_row_and_changes_nothing_yet() {
    let mut person = in_the_list();
    person.press("Y X 3");
    assert_eq!(person.session.list_place(), (4, Some(3)));
    assert_eq!(person.session.verdict_counts(), (2, 1));
    assert_eq!(person.saves, 0);
}

#[test]
fn a_decision_is_taken_back_on_its_row() {
    let mut person = in_the_list();
    person.press("Y Y");
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("Backspace");
    assert_eq!((person.session.verdict_counts(), person.session.list_place().1), ((1, 0), Some(0)));
}

/// In the list undo is about what was decided there, and what was done before one came there
/// is safe from it.
#[test]
fn undo_takes_back_what_was_decided_in_the_list() {
    let mut person = in_the_list();
    person.press("Y X");
    let done = person.session.history().done().len();
    let place = |person: &Person| (person.session.list_place().1, person.session.verdict_counts());
    assert_eq!(place(&person), (Some(2), (1, 1)));
    person.press("Ctrl+Z");
    assert_eq!(person.notice(), "1 place: not decided any more");
    assert_eq!(place(&person), (Some(1), (1, 0)));
    person.press("Ctrl+Z");
    assert_eq!(place(&person), (Some(0), (0, 0)));
    person.press("Ctrl+Shift+Z");
    assert_eq!(person.notice(), "1 place: to be tagged as location again");
    person.press("Ctrl+Shift+Z");
    assert_eq!((person.notice(), place(&person)), ("1 place: rejected again", (Some(1), (1, 1))));
    // A key that takes a decision back can be taken back as well; all accepted are one gesture.
    person.press("Backspace Ctrl+Z");
    assert_eq!(place(&person), (Some(1), (1, 1)));
    person.press("Shift+Y");
    assert_eq!(person.session.verdict_counts(), (2, 1));
    person.press("Shift+Y Ctrl+Z Ctrl+Z");
    assert_eq!(person.notice(), "1 place: not decided any more");
    assert_eq!(person.session.verdict_counts(), (1, 1));
    person.press("Ctrl+Y Ctrl+Y");
    assert_eq!(person.session.verdict_counts(), (3, 1));
    assert_eq!(person.session.history().done().len(), done, "nothing of it is a step yet");
    // What is carried out is a step, and undone as one.
    person.press("Ctrl+Enter Ctrl+Z");
    assert_eq!(person.session.verdict_counts(), (0, 0));
    assert_eq!(person.session.history().done().len(), done);
    assert_eq!(rows(&person).len(), 4);
}

/// What was taken back by then is so, and the rest is not; each is a gesture of its own.
#[test]
fn taking_very_much_back_can_be_stopped_in_between() {
    let text = format!("[*location:Seoul]{}", " Seoul".repeat(9_000));
    let mut person = Person::with(&[("a.txt", &text)]);
    person.press("T");
    listed(&mut person);
    person.press("Shift+Y");
    let accepted = |person: &Person| person.session.verdict_counts().0;
    assert_eq!(accepted(&person), 9_000);
    let effects = person.tell_only(Message::RunInList(Command::Undo));
    let left = accepted(&person);
    assert!(0 < left && left < 9_000, "{left}");
    // What is decided meanwhile would be taken back with the rest.
    person.tell_only(Message::RunInList(Command::Accept));
    assert_eq!((accepted(&person), person.notice()), (left, "Not yet: decisions are taken back"));
    person.tell(Message::Run(Command::CancelWork));
    let said = format!("Stopped: taking decisions back, {} of 9000", 9_000 - left);
    assert_eq!(person.notice(), said);
    person.carry_out(effects);
    assert_eq!(accepted(&person), left);
    person.press("Ctrl+Z");
    assert_eq!(accepted(&person), 0);
    person.press("Ctrl+Shift+Z Ctrl+Shift+Z");
    assert_eq!(accepted(&person), 9_000);
}

#[test]
fn carrying_out_tags_in_all_articles_in_one_step() {
    let mut person = in_the_list();
    let before = person.disk.clone();
    person.press("Y Y X 3 Ctrl+Enter");
    let said = "Tagged 3 places in 3 articles, 1 rejected";
    assert_eq!(person.notice(), said);
    assert_eq!(person.session.history().done().len(), 1);
    assert_eq!(person.session.history().done()[0].documents(), 3);
    let after = person.disk.clone();
    let texts = ARTICLES.map(|(name, text)| on_disk(&person, name, text));
    assert_eq!(
        texts,
        [
            "[location:Seoul] ramai, [location:Seoul] panas.",
            "Kim di [location:Seoul]. Kata Seoul!",
            "[denial:[source:Seoul]] dan [location:Seoul] diam.",
        ]
    );
    // What was tagged with another label is still no location.
    assert_eq!(rows(&person), ["c.txt at 0: Seoul"]);

    person.in_list = false;
    person.press("Ctrl+Z");
    for (name, text) in ARTICLES {
        let read = markup::parse(text);
        let plain = markup::render(&read.text, &read.set, None, None);
        assert_eq!(on_disk(&person, name, text), plain);
    }
    assert_eq!(person.disk.len(), before.len() + 1);
    assert_eq!(person.decided_count(), 0);
    person.press("Ctrl+Y");
    assert_eq!((person.disk.clone(), person.decided_count()), (after, 1));
}

#[test]
fn an_article_that_was_new_is_in_progress_and_new_again_when_undone() {
    let mut person = in_the_list();
    assert_eq!(status(&person, "b.txt"), None);
    person.press("Y Y Ctrl+Enter");
    assert_eq!(status(&person, "b.txt"), Some(Status::InProgress));
    let row = |person: &Person| person.session.documents().row(&path("b.txt")).unwrap().status();
    assert_eq!(row(&person), Status::InProgress);
    person.in_list = false;
    person.press("Ctrl+Z");
    assert_eq!((status(&person, "b.txt"), row(&person)), (Some(Status::New), Status::New));
}

#[test]
fn all_that_is_undecided_is_accepted_at_once() {
    let mut person = in_the_list();
    person.press("X Shift+Y");
    assert_eq!(person.session.verdict_counts(), (2, 1));
    // What is a source becomes no location as well unless one asks for it.
    assert_eq!(
        person.notice(),
        "2 places to tag as location, not carried out yet. 1 more has another label: Shift+Y again \
         takes it too"
    );
    person.press("Shift+Y");
    assert_eq!(person.session.verdict_counts(), (3, 1));
    assert_eq!(person.notice(), "1 more place to tag as location, not carried out yet");
    let mut person = in_the_list();
    person.press("Y Shift+2 Ctrl+Enter");
    // Of what is a source already nothing is made.
    assert_eq!(
        on_disk(&person, "b.txt", ARTICLES[1].1),
        "Kim di [source:Seoul]. Kata [source:Seoul]!"
    );
    assert_eq!(
        on_disk(&person, "c.txt", ARTICLES[2].1),
        "[source:Seoul] dan [location:Seoul] diam."
    );
    assert_eq!(person.notice(), "Tagged 3 places in 2 articles");
}

#[test]
fn what_lies_within_a_tag_of_that_label_is_not_tagged_once_more() {
    let articles = [
        ("a.txt", "[*source:Brandt] kata Brandt."),
        ("b.txt", "[source:Helena Brandt] dan [claim:Brandt pergi], kata [source:Brandt]."),
    ];
    let mut person = Person::with(&articles);
    person.press("T");
    listed(&mut person);
    // In a claim it may be a source as well.
    assert_eq!(rows(&person), ["a.txt at 12: Brandt", "b.txt at 18: Brandt"]);
    person.tell(Message::ShowDecided(true));
    let search = person.session.search().unwrap();
    let standings: Vec<_> = search.hits.iter().map(|hit| person.session.standing(hit)).collect();
    let source = || "source".into();
    let expected = [
        Standing::Tagged(vec![source()]),
        Standing::Open,
        Standing::Within(source()),
        Standing::Open,
        Standing::Tagged(vec![source()]),
    ];
    assert_eq!(standings, expected);
    // Whoever wants it nevertheless says so.
    person.tell(Message::GoToRow { row: 2, open: false });
    person.press("Y");
    person.press("Shift+Y");
    assert_eq!(person.notice(), "2 more places to tag as source, not carried out yet");
    person.press("Ctrl+Enter");
    assert_eq!(
        on_disk(&person, "b.txt", articles[1].1),
        "[source:Helena [source:Brandt]] dan [claim:[source:Brandt] pergi], kata [source:Brandt]."
    );
}

#[test]
fn all_are_accepted_with_another_label_but_where_that_is_there_already() {
    let mut person = Person::with(&[("a.txt", "[*source:Kim] ada, [claim:Kim pergi], Kim.")]);
    person.press("T");
    listed(&mut person);
    person.press("Shift+1 Ctrl+Enter");
    person.in_list = false;
    person.check("[source:Kim] ada, [claim:Kim pergi], [claim:Kim].");
}

#[test]
fn what_was_rejected_is_not_asked_about_again_until_that_is_undone() {
    let mut person = in_the_list();
    person.press("X Ctrl+Enter");
    assert_eq!(person.notice(), "Rejected 1 place");
    let Some(Decision::NotTagged { document, label, text, .. }) =
        person.decisions_of(&annotator("ana")).iter().next().cloned()
    else {
        panic!("it is not in the file: {:?}", person.decided)
    };
    assert_eq!((document, &*label, text.as_str()), (path("a.txt"), "location", "Seoul"));
    let again = |person: &mut Person| {
        person.in_list = false;
        person.tell(Message::CloseSearch);
        person.press("Tab T");
        listed(person);
        rows(person)
    };
    assert_eq!(again(&mut person).len(), 3);
    person.in_list = false;
    person.press("Ctrl+Z");
    assert_eq!(again(&mut person).len(), 4);
}

#[test]
fn a_rejection_holds_for_its_label_only() {
    let mut person = in_the_list();
    person.press("X Ctrl+Enter");
    person.in_list = false;
    person.tell(Message::OpenDocument(path("c.txt")));
    person.press("Tab T");
    assert_eq!(person.session.search().unwrap().label.as_deref(), Some("source"));
    assert!(rows(&person).contains(&"a.txt at 13: Seoul".to_owned()), "{:?}", rows(&person));
}

#[test]
fn without_a_label_the_key_of_one_accepts() {
    let mut person = Person::with(&[("a.txt", "<Seoul> ramai."), ("b.txt", "Di Seoul.")]);
    person.press("T");
    listed(&mut person);
    person.press("Y");
    assert_eq!(person.notice(), "Press the key of the label that it is to have");
    person.press("4 4 Ctrl+Enter");
    assert_eq!(on_disk(&person, "b.txt", "Di Seoul."), "Di [location:Seoul].");
    assert_eq!(on_disk(&person, "a.txt", "Seoul ramai."), "[location:Seoul] ramai.");
}

#[test]
fn where_the_own_set_cannot_be_read_nothing_is_tagged_and_that_is_said() {
    let mut person = Person::unopened(&ARTICLES);
    person.put_set("ana", "b.txt", broken_set());
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Tab T");
    listed(&mut person);
    person.press("Shift+Y Shift+Y Ctrl+Enter");
    let said = "2 places could not be tagged";
    assert!(person.notice().starts_with(said), "{}", person.notice());
    assert_eq!(person.found(&annotator("ana"), &path("b.txt")), broken_set());
    assert_eq!(person.session.history().done()[0].documents(), 2);
    // Where it is all of it, there is no step.
    let mut person = Person::unopened(&[("a.txt", "[location:Seoul]"), ("b.txt", "Di Seoul.")]);
    person.put_set("ana", "b.txt", broken_set());
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Tab T");
    listed(&mut person);
    person.press("Y Ctrl+Enter");
    assert_eq!(
        person.notice(),
        "Nothing was changed: none of it could be tagged: it is tagged so, has changed or cannot be read"
    );
    assert_eq!((person.session.history().done().len(), person.saves), (0, 0));
}

#[test]
fn what_cannot_be_done_in_the_list_is_refused_with_a_reason() {
    let mut person = in_the_list();
    person.press("Ctrl+Enter");
    assert_eq!(person.notice(), "Nothing is decided yet");
    person.tell(Message::CloseList);
    person.press("Y");
    assert_eq!(person.notice(), "No occurrences are listed");
    let mut person = Person::reading("Kim| tiba.");
    person.press("T");
    assert_eq!(person.notice(), "Nothing is focused, selected or looked for");
}

#[test]
fn what_is_stopped_while_articles_are_read_changes_nothing() {
    let mut person = in_the_list();
    person.press("Y Y");
    let reading = person.tell_only(Message::Run(tandai::session::Command::Apply));
    assert!(person.session.task().is_some());
    person.in_list = false;
    person.press("Ctrl+.");
    person.carry_out(reading);
    assert_eq!((person.session.history().done().len(), person.saves), (0, 0));
    assert_eq!(person.session.verdict_counts(), (2, 0));
}

#[test]
fn the_list_follows_undo_and_what_is_tagged_in_the_article() {
    let mut person = Person::reading("[*location:Seoul] ramai, Seoul panas, Seoul diam.");
    person.press("T");
    listed(&mut person);
    person.press("Y Ctrl+Enter");
    assert_eq!(rows(&person).len(), 1);
    person.in_list = false;
    person.press("Ctrl+Z");
    assert_eq!(rows(&person).len(), 2);
    person.tell(Message::GoToRow { row: 0, open: true });
    person.press("4");
    assert_eq!(rows(&person), ["a.txt at 26: Seoul"]);
}

#[test]
fn what_undo_takes_away_is_not_focused_any_more() {
    let mut person = Person::with(&[("a.txt", "[*location:Seoul]."), ("b.txt", "Di Seoul.")]);
    person.press("T");
    listed(&mut person);
    person.press("Y Ctrl+Enter");
    person.in_list = false;
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Tab Ctrl+Z");
    // The step was made in another article, but changed nothing there.
    assert_eq!(person.session.reading().unwrap().document, path("b.txt"));
    assert!(person.session.focus_place().is_none());
}

#[test]
fn decisions_that_are_not_carried_out_are_given_up_only_when_asked_twice() {
    let mut person = in_the_list();
    person.press("Y");
    person.tell(Message::CloseSearch);
    assert!(person.notice().starts_with("1 decision not carried out yet"), "{}", person.notice());
    person.in_list = false;
    check_refused_here(&mut person, "Ctrl+Enter", "not carried out yet");
    // Not what was said before something else.
    person.tell(Message::CloseSearch);
    assert!(person.session.search().is_some());
    person.tell(Message::CloseSearch);
    assert!(person.session.search().is_none());
}

#[track_caller]
fn check_refused_here(person: &mut Person, key: &str, reason: &str) {
    person.press(key);
    assert!(person.notice().contains(reason), "{}", person.notice());
}

#[test]
fn what_is_rejected_while_all_others_are_accepted_is_remembered() {
    let mut person = Person::reading("|Kim dan Kim.");
    person.press("Ctrl+Shift+F");
    let query = tandai::review::Query { text: "kim".to_owned(), ..Default::default() };
    person.tell(Message::SetQuery(query));
    listed(&mut person);
    person.press("X Shift+2 Ctrl+Enter");
    person.in_list = false;
    person.check("Kim dan [source:Kim].");
    assert_eq!(person.decided_count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_decided_is_undone_in_all_files_and_redone(
        texts in [hostile::text_with_set(), hostile::text_with_set()],
        query in "[a-z ]{1,2}",
        keys in vec(select(vec!["Y", "X", "1", "4", "Backspace", "Shift+Y", "Shift+2", "Ctrl+Enter"]), 1..12),
        label in any::<bool>(),
    ) {
        let names = ["a.txt", "b.txt"];
        let marked = texts.clone().map(|(text, set)| markup::render(&text, &set, None, None));
        let articles: Vec<(&str, &str)> =
            names.into_iter().zip(marked.iter().map(String::as_str)).collect();
        let mut person = Person::unopened(&articles);
        for (name, (_, set)) in names.into_iter().zip(&texts) {
            person.put_set("ana", name, SetOnDisk::Read(set.clone()));
        }
        person.tell(Message::OpenDocument(path("a.txt")));
        let before = person.disk.clone();
        if label && !texts[0].1.annotations().is_empty() {
            person.press("Tab T");
        } else {
            person.press("Ctrl+Shift+F");
            let query = tandai::review::Query { text: query, ..Default::default() };
            person.tell(Message::SetQuery(query));
        }
        listed(&mut person);
        for key in &keys {
            person.press(key);
        }
        let (after, decided) = (person.disk.clone(), person.decided.clone());
        person.in_list = false;
        let steps = person.session.history().done().len();
        for _ in 0..steps {
            person.press("Ctrl+Z");
        }
        prop_assert_eq!(&person.disk, &before);
        prop_assert_eq!(person.decided_count(), 0);
        for _ in 0..steps {
            person.press("Ctrl+Y");
        }
        prop_assert_eq!(&person.disk, &after);
        prop_assert_eq!(&person.decided, &decided);
    }
}

#[test]
fn in_a_list_of_no_label_what_is_rejected_is_rejected_for_the_one_that_others_get() {
    let mut person = Person::with(&ARTICLES);
    person.press("Ctrl+Shift+F");
    person.tell(Message::SetQuery(Query { text: "Seoul".to_owned(), ..Query::default() }));
    listed(&mut person);
    let rejected = |person: &Person| {
        let decisions = person
            .decided
            .get(&annotator("ana"))
            .into_iter()
            .flat_map(tandai::corpus::Decisions::iter);
        let label = |decision: &Decision| match decision {
            Decision::NotTagged { label, .. } => Some(label.to_string()),
            _ => None,
        };
        decisions.filter_map(label).collect::<Vec<_>>()
    };
    // Nobody has said which label.
    person.press("X Ctrl+Enter");
    assert!(person.notice().contains("what is rejected is remembered of a label"));
    assert_eq!(person.session.verdict_counts(), (0, 1));
    // Which of two?
    person.press("2 3 Ctrl+Enter");
    assert_eq!(person.notice(), "Rejected here only, as the others got several labels: 1 place");
    assert_eq!((rejected(&person), person.session.verdict_counts()), (vec![], (0, 1)));
    person.press("2 Ctrl+Enter");
    assert_eq!(person.notice(), "Tagged 1 place in 1 article, 1 rejected");
    assert_eq!(rejected(&person), ["source"]);
    // It stands there as rejected, and is not asked about again.
    let search = person.session.search().unwrap();
    let standings = search.hits.iter().map(|hit| person.session.standing(hit));
    assert!(standings.into_iter().any(|standing| standing == Standing::Rejected));
}
