//! The statistics while they are counted.

use std::path::Path;

use tandai::review::Statistics;
use tandai::session::{Command, Dialog, Effect, Message};
use tandai::storage::Unread;

use super::{Person, path};

fn two() -> Person {
    Person::with(&[("a.txt", "Kim [claim:tiba]."), ("b.txt", "KCNA diam.")])
}

fn part(number: u64, looked_at: usize, finished: bool) -> Message {
    let statistics = Box::new(Statistics::default());
    let mut unread = Unread::default();
    unread.add(Path::new("/p"), Path::new(&format!("/p/annotations/ana/{looked_at}.ron")));
    Message::Counted { number, statistics, looked_at, unread, finished }
}

#[test]
fn what_is_in_memory_is_handed_over_and_parts_are_added_up() {
    let mut person = two();
    let effects = person.tell_only(Message::Run(Command::ShowStatistics));
    let [Effect::Count { number, documents, in_memory, .. }] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(documents.len(), 2);
    assert_eq!(in_memory[&path("a.txt")].sets[0].annotations().len(), 1);
    person.tell(part(*number, 1, false));
    let counting = person.session.counting().unwrap();
    assert_eq!((counting.progress.looked_at, counting.progress.running), (1, true));
    person.tell(part(*number, 2, true));
    let counting = person.session.counting().unwrap();
    assert!(!counting.progress.running);
    let said = "2 could not be read (annotations/ana/1.ron, annotations/ana/2.ron)";
    assert_eq!(counting.unread.to_string(), said);
    assert_eq!(counting.unread.count(), 2);
}

#[test]
fn counting_is_stopped_by_a_key_and_by_leaving_and_what_comes_late_is_dropped() {
    let mut person = two();
    let effects = person.tell_only(Message::Run(Command::ShowStatistics));
    let Some(Effect::Count { number, .. }) = effects.first() else { panic!("{effects:?}") };
    person.tell(part(*number, 1, false));
    let effects = person.tell_only(Message::Run(Command::CancelWork));
    assert!(matches!(effects.as_slice(), [Effect::StopCounting]), "{effects:?}");
    assert_eq!(person.session.dialog(), Some(&Dialog::Statistics));
    person.tell(part(*number, 1, true));
    assert_eq!(person.session.counting().unwrap().progress.looked_at, 1);
    person.tell(Message::CloseDialog);
    assert!(person.session.counting().is_none());

    let effects = person.tell_only(Message::Run(Command::ShowStatistics));
    let Some(Effect::Count { number, .. }) = effects.first() else { panic!("{effects:?}") };
    let effects = person.tell_only(Message::CloseDialog);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StopCounting)));
    person.tell(part(*number, 2, true));
    assert!(person.session.counting().is_none());
}
