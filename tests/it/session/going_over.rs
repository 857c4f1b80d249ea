//! Going over annotations: accepting them, or putting them in question.

use tandai::corpus::{Decision, Decisions, Review};
use tandai::session::{Command, Dialog, Message, Reviewing};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, path};

const A: &str = "[claim:Menteri tiba], kata [source:Budi].";
const B: &str = "[denial:Tidak benar], kata [source:Rina].";
const C: &str = "Tidak ada [source:apa-apa].";

/// Ana, with ben's set about three articles; her own is about the second alone.
fn project() -> Person {
    let plain = ["Menteri tiba, kata Budi.", "Tidak benar, kata Rina.", "Tidak ada apa-apa."];
    let mut person =
        Person::unopened(&[("a.txt", plain[0]), ("b.txt", plain[1]), ("c.txt", plain[2])]);
    for (name, marked) in [("a.txt", A), ("b.txt", B), ("c.txt", C)] {
        person.put_marked("ben", name, marked);
    }
    person.put_marked("ana", "b.txt", "Tidak benar, kata [source:Rina].");
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn reviewing_ben() -> Person {
    let mut person = project();
    person.tell(Message::ShowSet(annotator("ben")));
    person
}

/// Whose annotation is before the person, and which.
fn here(person: &Person) -> String {
    let reading = person.session.reading().unwrap();
    let text = &person.session.document().unwrap().text;
    let focused = person.session.focused().map(|focused| focused.quote(text));
    format!("{} {}", reading.shown, focused.unwrap_or_default())
}

/// Where one is after each press.
fn walk(person: &mut Person, keys: &str) -> Vec<String> {
    let press = |key| {
        person.press(key);
        here(person)
    };
    keys.split_whitespace().map(press).collect()
}

/// What ana said, as it is in her file: whose, what it said, whether it is accepted.
fn file(person: &Person) -> Vec<String> {
    let decided = person.decisions_of(&annotator("ana"));
    let review = |decision: &Decision| match decision {
        Decision::Reviewed(Review { document, annotator, content, accepted, note, .. }) => {
            let accepted = if *accepted { "accepted" } else { "question" };
            format!("{document} {annotator} {content}: {accepted} {note}").trim_end().to_owned()
        }
        other => panic!("{other:?}"),
    };
    decided.iter().map(review).collect()
}

#[test]
fn one_goes_through_the_shown_set_then_through_other_articles_and_round() {
    let mut person = reviewing_ben();
    let on = ["ben Menteri tiba", "ben Budi", "ben Tidak benar", "ben Rina", "ben apa-apa"];
    assert_eq!(walk(&mut person, "I I I I I"), on);
    assert_eq!(walk(&mut person, "I I"), on[..2]);
    let back = ["ben Menteri tiba", "ben apa-apa", "ben Rina", "ben Tidak benar", "ben Budi"];
    assert_eq!(walk(&mut person, "Shift+I Shift+I Shift+I Shift+I Shift+I"), back);
    assert_eq!((person.saves, person.session.history().done().len()), (0, 0));
    // One's own set is gone through in the same way.
    let mut person = project();
    assert_eq!(walk(&mut person, "I"), ["ana Rina"]);
    assert_eq!(person.session.reading().unwrap().document, path("b.txt"));
}

#[test]
fn what_is_accepted_is_remembered_and_one_goes_on_to_the_next() {
    let mut person = reviewing_ben();
    let before = person.disk.clone();
    assert_eq!(walk(&mut person, "I O O"), ["ben Menteri tiba", "ben Budi", "ben Tidak benar"]);
    let wanted = [
        "a.txt ben claim 0-12: accepted".to_owned(),
        "a.txt ben source 19-23: accepted".to_owned(),
    ];
    let mut found = file(&person);
    found.sort();
    assert_eq!(found, wanted);
    // What was reviewed is passed over.
    assert_eq!(walk(&mut person, "I I I"), ["ben Rina", "ben apa-apa", "ben Tidak benar"]);
    assert_eq!(walk(&mut person, "O O"), ["ben Rina", "ben apa-apa"]);
    person.press("O");
    assert_eq!(person.notice(), "Nothing that ben marked is left to be reviewed");
    assert_eq!((here(&person).as_str(), person.decided_count()), ("ben apa-apa", 5));
    assert_eq!(person.disk, before, "ben's sets are as they were");
    // One step each.
    person.undo_all();
    assert_eq!(person.decisions_of(&annotator("ana")), Decisions::default());
    assert_eq!(person.disk, before);
    person.redo_all();
    assert_eq!(person.decided_count(), 5);
}

#[test]
fn how_many_are_reviewed_here_is_counted() {
    let mut person = reviewing_ben();
    assert_eq!(person.session.reviewed_here(), 0);
    person.press("I O");
    assert_eq!(person.session.reviewed_here(), 1);
    person.tell(Reviewing::Question("why?".to_owned()).into());
    // All of this article is reviewed, and one is in the next.
    assert_eq!(person.session.reviewed_here(), 0);
    person.tell(Message::OpenDocument(path("a.txt")));
    person.tell(Message::ShowSet(annotator("ben")));
    assert_eq!(person.session.reviewed_here(), 2);
    person.press("Ctrl+Z");
    assert_eq!(person.session.reviewed_here(), 1);
    person.tell(Message::OpenDocument(path("b.txt")));
    assert_eq!(person.session.reviewed_here(), 0);
    person.tell(Message::OpenDocument(path("a.txt")));
    assert_eq!(person.session.reviewed_here(), 0, "ana's own set is shown");
    person.tell(Message::ShowSet(annotator("ben")));
    assert_eq!(person.session.reviewed_here(), 1);
}

/// Ana, with a claim of her own that she accepted, focused.
fn accepted() -> Person {
    let mut person = Person::with(&[("a.txt", A)]);
    person.press("I O");
    assert_eq!((here(&person).as_str(), person.session.reviewed_here()), ("ana Budi", 1));
    person.press("Ctrl+Home Tab");
    assert_eq!(here(&person), "ana Menteri tiba");
    person
}

#[test]
fn what_says_something_else_since_is_to_be_reviewed_again() {
    for change in ["3", "Ctrl+Right", "D", "Y"] {
        let mut person = accepted();
        let before = person.marked();
        if change == "Ctrl+Right" {
            // Its end goes on.
            let text = &person.session.document().unwrap().text;
            let to = text.offset_of(text.as_str().find(", kata").unwrap() + 1);
            let edge = tandai::session::Edge::End;
            person.tell(Message::DragEdge { fragment: 0, edge, to, snap: false });
            assert_ne!(person.marked(), before);
        } else {
            person.press(change);
        }
        assert_eq!(person.session.reviewed_here(), 0, "{change}");
        let said = person.session.reviews_of_focused();
        assert_eq!(said.len(), 1);
        assert!(!said[0].2, "{change}: it is what was reviewed");
        person.press("Ctrl+Home");
        person.press("I");
        assert!(here(&person).starts_with("ana Menteri"), "{change}: {}", here(&person));
        person.press("Ctrl+Z");
        assert_eq!(person.session.reviewed_here(), 1, "{change}");
        assert_eq!(person.marked().replace('|', ""), before.replace('|', ""));
    }
}

#[test]
fn a_note_or_that_it_is_discussed_makes_no_difference() {
    let mut person = accepted();
    let annotation = person.session.focused().unwrap().id.clone();
    person.tell(Message::SetNote { annotation, note: "hm".to_owned() });
    person.tell(Message::Run(Command::ToggleDiscuss));
    assert!(person.session.focused().unwrap().is_to_discuss());
    assert_eq!(person.session.reviewed_here(), 1);
    assert!(person.session.reviews_of_focused()[0].2);
}

#[test]
fn a_question_takes_the_place_of_what_was_said_and_its_author_sees_it() {
    let mut person = reviewing_ben();
    person.press("I O Ctrl+Home Tab Shift+O");
    assert_eq!(here(&person), "ben Menteri tiba");
    assert_eq!(person.session.dialog(), Some(&Dialog::Question { note: String::new() }));
    person.tell(Reviewing::Question("  bukan klaim? ".to_owned()).into());
    assert_eq!(file(&person), ["a.txt ben claim 0-12: question bukan klaim?"]);
    // One is at the next; what was put in question is not accepted by going on.
    assert_ne!(here(&person), "ben Menteri tiba");
    person.press("Ctrl+Home Tab");
    // The same once more is nothing new, and what was said is there to be changed.
    let steps = person.session.history().done().len();
    person.tell(Reviewing::Question("bukan klaim?".to_owned()).into());
    assert_eq!(person.session.history().done().len(), steps);
    person.press("Ctrl+Home Tab Shift+O");
    let note = "bukan klaim?".to_owned();
    assert_eq!(person.session.dialog(), Some(&Dialog::Question { note }));
    person.tell(Message::CloseDialog);

    let mut ben = project();
    ben.decided.clone_from(&person.decided);
    ben.tell(Message::SetAnnotator("ben".to_owned()));
    ben.press("Ctrl+Home Tab");
    let said = ben.session.reviews_of_focused();
    let said: Vec<_> = said
        .iter()
        .map(|(who, review, now)| (who.as_str(), review.accepted, review.note.as_str(), *now))
        .collect();
    assert_eq!(said, [("ana", false, "bukan klaim?", true)]);
    // Ben answers by changing it; what ana said is of what it was.
    ben.press("3");
    assert!(!ben.session.reviews_of_focused()[0].2);
    assert_eq!(ben.decisions_of(&annotator("ana")), person.decisions_of(&annotator("ana")));

    person.press("Ctrl+Z");
    assert_eq!(file(&person), ["a.txt ben claim 0-12: accepted"]);
}

#[test]
fn nothing_is_reviewed_where_it_cannot_be() {
    let mut person = project();
    person.press("O");
    assert!(person.session.notice().unwrap().warning);
    person.tell(Reviewing::Question("?".to_owned()).into());
    assert_eq!(person.decided_count(), 0);
    // In one text of several sets nobody's annotation is before one's eyes.
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Ctrl+D U");
    for key in ["I", "Shift+I"] {
        person.press(key);
        assert_eq!(person.notice(), "Several sets are shown in one text; U shows one");
    }
    person.press("Tab O");
    assert_eq!(person.notice(), "Several sets are shown in one text; U shows one");
    person.tell(Reviewing::Question("?".to_owned()).into());
    assert_eq!((person.decided_count(), person.session.reviewed_here()), (0, 0));
    assert!(person.session.reviews_of_focused().is_empty());
}

#[test]
fn what_was_said_of_a_set_that_is_gone_does_no_harm() {
    let mut person = reviewing_ben();
    person.press("I O");
    person.put_set("ben", "a.txt", SetOnDisk::Absent);
    let mut later = project();
    later.disk.clone_from(&person.disk);
    later.decided.clone_from(&person.decided);
    later.tell(Message::SetAnnotator("zoe".to_owned()));
    later.tell(Message::SetAnnotator("ana".to_owned()));
    assert_eq!(walk(&mut later, "I"), ["ana Rina"]);
    assert_eq!(later.decided_count(), 1);
}

#[test]
fn undoing_ones_own_step_shows_and_counts_ones_own_set() {
    let mut person = reviewing_ben();
    person.press("I O");
    person.tell(Message::ShowSet(annotator("ana")));
    person.press("Ctrl+Home Shift+Ctrl+Right 1");
    for undo_or_redo in ["Ctrl+Z", "Ctrl+Shift+Z"] {
        person.tell(Message::ShowSet(annotator("ben")));
        assert_eq!(person.session.reviewed_here(), 1);
        person.press(undo_or_redo);
        assert_eq!(person.session.reading().unwrap().shown, annotator("ana"));
        assert_eq!(person.session.reviewed_here(), 0);
    }
}

#[test]
fn who_has_gone_elsewhere_while_the_next_one_was_looked_for_is_left_there() {
    for keys in ["Ctrl+Home", "Shift+O"] {
        let mut person = reviewing_ben();
        person.press("I I");
        let late = person.tell_only(Message::Run(Command::NextToReview));
        person.press(keys);
        let before = here(&person);
        person.carry_out(late);
        assert_eq!(here(&person), before, "{keys}");
        assert_eq!(person.session.reading().unwrap().document, path("a.txt"), "{keys}");
    }
}

/// As after a merge of what was decided in two places: each says something of the same.
#[test]
fn accepting_what_was_reviewed_twice_is_undone_as_well() {
    let read = crate::markup::parse_as("ben", A);
    let said = |content: &str, note: &str| {
        Decision::Reviewed(Review {
            document: path("a.txt"),
            annotator: annotator("ben"),
            annotation: read.set.annotations()[0].id.clone(),
            content: content.to_owned(),
            accepted: false,
            note: note.to_owned(),
        })
    };
    let both: Decisions =
        [said("claim 0-12", "one"), said("claim 0-12", "two")].into_iter().collect();
    let mut person = project();
    person.decided.insert(annotator("ana"), both.clone());
    // They are read with the sets of whoever works.
    person.tell(Message::SetAnnotator("ben".to_owned()));
    person.tell(Message::SetAnnotator("ana".to_owned()));
    person.tell(Message::OpenDocument(path("a.txt")));
    person.tell(Message::ShowSet(annotator("ben")));
    person.press("Tab O");
    assert_ne!(person.decisions_of(&annotator("ana")), both);
    person.press("Ctrl+Z");
    assert_eq!(person.decisions_of(&annotator("ana")), both, "{}", person.notice());
    person.press("Ctrl+Shift+Z Ctrl+Z");
    assert_eq!(person.decisions_of(&annotator("ana")), both, "{}", person.notice());
}
