//! What cannot be changed is not changed, whatever is pressed.

use tandai::corpus::Status;
use tandai::session::{Command, Edge, Effect, Message};
use tandai::storage::SetOnDisk;

use super::{Person, broken_set, path};

/// Every command there is, and the messages that change something without one.
fn everything(person: &Person) -> Vec<Message> {
    let entries = person.session.keymap().entries().iter();
    // Who accepts an annotation changes no set.
    let left_out = [Command::Quit, Command::AcceptReview];
    let commands = entries.map(|entry| entry.command).filter(|command| !left_out.contains(command));
    let mut messages: Vec<Message> = commands.map(Message::Run).collect();
    let to = person.place_of("hari");
    for edge in [Edge::Start, Edge::End] {
        for snap in [false, true] {
            messages.push(Message::DragEdge { fragment: 0, edge, to, snap });
        }
    }
    messages.push(Message::SetStatus(Status::Done));
    messages.push(Message::SetStatus(Status::Skipped));
    messages
}

/// Does everything at the place that `prepare` leads to; nothing is to be saved
/// but what `Undo` and the like may do where nothing was done.
#[track_caller]
fn check_nothing_changes(prepare: impl Fn() -> Person) {
    let count = everything(&prepare()).len();
    for at in 0..count {
        let mut person = prepare();
        let own = person.session.held().unwrap().set.clone();
        let message = everything(&person).remove(at);
        let words = format!("{message:?}");
        let effects = person.tell_only(message);
        let saves = effects.iter().any(|effect| matches!(effect, Effect::Save { .. }));
        assert!(!saves, "{words} saves something");
        if let Some(held) = person.session.held() {
            assert_eq!(held.set, own, "{words} changes the own set");
        }
    }
}

fn reading_bens_set() -> Person {
    let mut person = Person::unopened(&[("a.txt", "[claim:Kim] tiba hari ini.")]);
    person.put_marked("ben", "a.txt", "[denial#1:Kim] tiba [denial#1:hari] ini.");
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("G");
    person
}

#[test]
fn while_anothers_set_is_shown_nothing_is_changed() {
    check_nothing_changes(|| {
        let mut person = reading_bens_set();
        person.press("Tab");
        person
    });
    check_nothing_changes(|| {
        let mut person = reading_bens_set();
        let (anchor, head) = (person.place_of("tiba"), person.place_of("ini"));
        person.tell(Message::Drag { anchor, head, snap: false });
        person
    });
}

#[test]
fn whose_set_it_is_and_how_to_get_back_is_said() {
    let mut person = reading_bens_set();
    person.press("Tab 1");
    assert_eq!(person.notice(), "This is ben's set; G leads on to your own");
    person.press("G 3");
    person.check("|[claim:[*denial:Kim]] tiba hari ini.");
}

#[test]
fn a_set_that_cannot_be_read_is_not_changed() {
    let broken = || {
        let mut person = Person::unopened(&[("a.txt", "[claim:Kim] tiba hari ini.")]);
        person.put_set("ana", "a.txt", broken_set());
        person.tell(Message::OpenDocument(path("a.txt")));
        person
    };
    check_nothing_changes(broken);
    check_nothing_changes(|| {
        let mut person = broken();
        person.press("E");
        person
    });
    let mut person = broken();
    person.press("E 1");
    assert!(person.notice().starts_with("Your set cannot be changed. a.txt.ron: "));
    assert_eq!(person.found(person.session.annotator(), &path("a.txt")), broken_set());
}

#[test]
fn another_persons_broken_set_does_not_stand_in_the_way() {
    let mut person = Person::unopened(&[("a.txt", "Kim tiba.")]);
    person.put_set("ben", "a.txt", broken_set());
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("1");
    person.check("|[*claim:Kim] tiba.");
    let found = person.found(person.session.annotator(), &path("a.txt"));
    assert!(matches!(found, SetOnDisk::Read(_)));
}

#[test]
fn without_an_article_every_command_is_answered() {
    let person = Person::unopened(&[("a.txt", "Kim tiba.")]);
    let entries: Vec<_> = person.session.keymap().entries().to_vec();
    for entry in entries {
        let mut person = Person::unopened(&[("a.txt", "Kim tiba.")]);
        let reason = person.session.available(entry.command).err();
        person.tell(Message::Run(entry.command));
        if let Some(reason) = reason {
            assert_eq!(person.notice(), reason);
        }
    }
}
