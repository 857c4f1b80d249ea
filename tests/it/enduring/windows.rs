//! Two windows on one annotator's sets: one of them works, the other looks, and they change
//! places cleanly.

use tandai::session::{Message, Saving};
use tandai::ui::Work;

use super::memory::{After, Memory};
use super::sitting::Sitting;

const FOLDER: &str = "/project";
const TEXT: &str = "Kim tiba di Pyongyang. Ia membantah klaim itu.\n";

fn files() -> Memory {
    Memory::with(&[("/project/seeds/a.txt", TEXT)])
}

fn open(memory: &Memory, who: &str, seed: u64) -> Sitting {
    Sitting::begin(Work::inline_through(memory.door(), None), FOLDER, who, seed)
}

fn labels(sitting: &Sitting) -> Vec<String> {
    let set = sitting.session.shown_set().unwrap();
    set.annotations().iter().map(|annotation| annotation.label.to_string()).collect()
}

#[track_caller]
fn check_refused(sitting: &mut Sitting, keys: &str) {
    let before = labels(sitting);
    sitting.mark("klaim", keys);
    let notice = sitting.session.notice().unwrap();
    assert!(notice.warning && notice.text.contains("another window"), "{}", notice.text);
    assert_eq!(labels(sitting), before);
}

#[test]
fn a_second_window_says_so_and_changes_nothing() {
    let memory = files();
    let mut first = open(&memory, "ana", 1);
    first.mark("Kim", "2");
    let mut second = open(&memory, "ana", 2);
    let owner = second.session.other_window().unwrap();
    assert!(owner.contains("process"), "{owner}");
    check_refused(&mut second, "1");
    second.press("Ctrl+Z");
    assert_eq!(labels(&second), ["source"]);
    // It sees what the first one does.
    first.mark("Pyongyang", "4");
    second.tell(Message::LookAround);
    assert_eq!(labels(&second), ["source", "location"]);
    // Somebody else is not concerned.
    let mut ben = open(&memory, "ben", 3);
    assert_eq!(ben.session.other_window(), None);
    ben.mark("Kim", "1");
    assert_eq!(labels(&ben), ["claim"]);
}

#[test]
fn taking_over_has_the_first_window_save_and_look_on_and_goes_both_ways() {
    let memory = files();
    let mut first = open(&memory, "ana", 1);
    let mut second = open(&memory, "ana", 2);
    first.mark("Kim", "2");
    second.press("Ctrl+Shift+W");
    assert!(second.session.other_window().is_some(), "the first has not let it go yet");
    first.tell(Message::LookAround);
    assert!(first.session.other_window().is_some());
    second.tell(Message::LookAround);
    assert_eq!(second.session.other_window(), None);
    check_refused(&mut first, "1");
    // It goes on where the first one stopped, undo included.
    assert_eq!(labels(&second), ["source"]);
    second.mark("Pyongyang", "4");
    second.press("Ctrl+Z Ctrl+Z");
    assert_eq!(labels(&second), Vec::<String>::new());
    second.press("Ctrl+Shift+Z");
    first.press("Ctrl+Shift+W");
    second.tell(Message::LookAround);
    first.tell(Message::LookAround);
    assert_eq!((first.session.other_window(), labels(&first)), (None, vec!["source".to_owned()]));
    first.mark("Pyongyang", "4");
    assert_eq!(first.session.saving(), Saving::Saved);
}

#[test]
fn a_window_that_cannot_save_keeps_its_work_and_lets_nothing_go() {
    let memory = files();
    let mut first = open(&memory, "ana", 1);
    let mut second = open(&memory, "ana", 2);
    first.mark("Kim", "2");
    let set = memory.files().into_iter().find(|file| file.ends_with("a.txt.ron")).unwrap();
    memory.refuse(&set);
    first.mark("Pyongyang", "4");
    second.press("Ctrl+Shift+W");
    first.tell(Message::LookAround);
    second.tell(Message::LookAround);
    assert!(first.session.other_window().is_none() && second.session.other_window().is_some());
    memory.permit();
    first.press("Ctrl+S");
    first.tell(Message::LookAround);
    second.tell(Message::LookAround);
    assert_eq!(labels(&second), ["source", "location"]);
}

#[test]
fn the_lock_of_a_window_that_was_killed_or_closed_is_free() {
    let memory = files();
    let mut first = open(&memory, "ana", 1);
    first.mark("Kim", "2");
    let mut second = open(&memory, "ana", 2);
    let restarted = memory.restarted(After::Killed);
    assert_eq!(open(&restarted, "ana", 3).session.other_window(), None);
    drop(first);
    second.tell(Message::LookAround);
    assert_eq!(second.session.other_window(), None);
    second.mark("Pyongyang", "4");
    assert_eq!(labels(&second), ["source", "location"]);
}
