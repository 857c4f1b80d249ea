//! An article gets another text while what was changed about the one before waits to be written.

use std::path::Path;

use tandai::corpus::Annotator;
use tandai::session::{Command, Message, Placing, Reviewing, Saving, SettleChoice};
use tandai::storage::Files as _;

use super::memory::Memory;
use super::outside::{FOLDER, SET, content, marked, open, pair, said};
use super::sitting::Sitting;

const ARTICLE: &str = "/project/seeds/a.txt";
const TEXT: &str = "Kim tiba di Pyongyang.\n";
/// As long as the other one, so that spans of one fit the other.
const OTHER: &str = "Ibu pulang ke Jakarta.\n";
const COPY: &str = "/project/annotations/ana/a.txt.ron.earlier";

/// The set that somebody else makes about the other text.
fn set_about_the_other() -> String {
    let memory = Memory::with(&[(ARTICLE, OTHER)]);
    let mut sitting = open(&memory, 9);
    sitting.mark("Jakarta", "4");
    content(&memory, SET)
}

/// Kim is marked and written, Pyongyang is marked and cannot be.
fn with_unsaved_work() -> (Memory, Sitting) {
    let memory = Memory::with(&[(ARTICLE, TEXT)]);
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    memory.refuse(Path::new(FOLDER));
    sitting.mark("Pyongyang", "4");
    assert!(matches!(sitting.session.saving(), Saving::Failed(..)));
    (memory, sitting)
}

#[test]
fn another_text_with_a_set_about_it_is_taken_over_and_what_waited_is_kept_beside_it() {
    for keys in ["", "Ctrl+S"] {
        let (memory, mut sitting) = with_unsaved_work();
        let theirs = set_about_the_other();
        memory.permit();
        memory.put(Path::new(ARTICLE), OTHER);
        memory.put(Path::new(SET), &theirs);
        sitting.press(keys);
        sitting.tell(Message::LookAround);
        assert_eq!(content(&memory, SET), theirs, "{keys}");
        let copy = content(&memory, COPY);
        assert!(copy.contains("\"Kim\"") && copy.contains("\"Pyongyang\""), "{copy}");
        assert_eq!(marked(&sitting), [pair("location", "Jakarta")].into());
        assert_eq!(sitting.session.saving(), Saving::Saved);
        // What is marked now goes into the set about this text.
        sitting.mark("Ibu", "2");
        assert_eq!(sitting.session.saving(), Saving::Saved);
        let set = content(&memory, SET);
        assert!(set.contains("\"Ibu\"") && set.contains("\"Jakarta\""), "{set}");
        assert_eq!(content(&memory, COPY), copy);
    }
}

#[test]
fn where_the_text_alone_is_another_what_waited_is_written_as_it_was_about() {
    let (memory, mut sitting) = with_unsaved_work();
    memory.permit();
    memory.put(Path::new(ARTICLE), OTHER);
    sitting.tell(Message::LookAround);
    let set = content(&memory, SET);
    assert!(set.contains("\"Kim\"") && set.contains("\"Pyongyang\""), "{set}");
    assert!(memory.look(Path::new(COPY)).is_err());
    // It is not taken for one about the text that is there now.
    assert!(marked(&sitting).is_empty());
    assert!(sitting.session.held().unwrap().unreadable.is_some());
    assert_eq!(sitting.session.saving(), Saving::Saved);
}

#[test]
fn while_nothing_can_be_written_the_other_text_waits_for_what_was_changed() {
    let (memory, mut sitting) = with_unsaved_work();
    memory.put(Path::new(ARTICLE), OTHER);
    sitting.tell(Message::LookAround);
    assert!(sitting.session.document().is_none());
    let failed = sitting.session.reading().unwrap().failed.clone().unwrap();
    assert!(failed.to_string().contains("a.txt.ron"), "{failed}");
    assert!(matches!(sitting.session.saving(), Saving::Failed(..)));
    memory.permit();
    // As soon as it is, the article is read.
    sitting.press("Ctrl+S");
    assert!(content(&memory, SET).contains("\"Pyongyang\""));
    assert_eq!(sitting.session.document().unwrap().text.as_str(), OTHER);
    assert!(marked(&sitting).is_empty(), "{}", said(&sitting));
}

/// As when another branch is looked at and left again.
#[test]
fn a_text_that_comes_back_while_nothing_can_be_written_finds_what_was_changed() {
    let (memory, mut sitting) = with_unsaved_work();
    for text in [OTHER, TEXT] {
        memory.put(Path::new(ARTICLE), text);
        sitting.tell(Message::LookAround);
    }
    let first = sitting.document(0).unwrap();
    sitting.tell(Message::OpenDocument(first));
    let both = [pair("location", "Pyongyang"), pair("source", "Kim")].into();
    assert_eq!(marked(&sitting), both);
    memory.permit();
    sitting.mark("tiba", "1");
    assert_eq!(sitting.session.saving(), Saving::Saved);
    let set = content(&memory, SET);
    assert!(["Kim", "Pyongyang", "tiba"].iter().all(|one| set.contains(one)), "{set}");
}

/// Whoever wants to close meanwhile sees where it was put.
#[test]
fn where_the_work_was_put_is_said_for_good() {
    let (memory, mut sitting) = with_unsaved_work();
    sitting.press("Ctrl+Q");
    sitting.tell(Message::CloseDialog);
    memory.permit();
    memory.put(Path::new(ARTICLE), OTHER);
    memory.put(Path::new(SET), &set_about_the_other());
    sitting.tell(Message::LookAround);
    let said = sitting.session.problems().iter().map(ToString::to_string);
    let said = said.collect::<Vec<_>>().join(" ");
    assert!(said.contains("is kept as annotations/ana/a.txt.ron.earlier"), "{said}");
    assert!(!sitting.closed);
}

/// A name may be as long as the system allows.
#[test]
fn what_has_too_long_a_name_for_a_copy_beside_it_is_kept_with_the_earlier_ones() {
    let (memory, mut sitting) = with_unsaved_work();
    memory.permit();
    memory.refuse(Path::new(COPY));
    memory.put(Path::new(ARTICLE), OTHER);
    let theirs = set_about_the_other();
    memory.put(Path::new(SET), &theirs);
    sitting.tell(Message::LookAround);
    assert_eq!(content(&memory, SET), theirs);
    assert!(content(&memory, "/project/.tandai/earlier/ana/a.txt.ron").contains("\"Pyongyang\""));
    assert_eq!(sitting.session.saving(), Saving::Saved);
}

/// Two cases that are as far apart as the text has moved: what one is now is what the other was.
#[test]
fn what_was_settled_goes_along_with_the_tags_that_it_is_about() {
    let text = "Kim dan ini Ari pergi.\n";
    let memory = Memory::with(&[(ARTICLE, text)]).without_locks();
    let work = tandai::ui::Work::inline_through(memory.door(), None);
    let mut ben = Sitting::begin(work, FOLDER, "ben", 3);
    let first = ben.document(0).unwrap();
    ben.tell(Message::OpenDocument(first));
    ben.mark("pergi", "1");
    drop(ben);
    let mut ana = open(&memory, 1);
    ana.mark("Kim", "2");
    ana.mark("Ari", "2");
    let annotators = ["ana", "ben"].map(|name| Annotator::new(name).unwrap()).into();
    ana.tell(Reviewing::SetSettling(SettleChoice { annotators, rule: None }).into());
    ana.tell(Reviewing::BeginSettling.into());
    for _ in 0..3 {
        ana.tell(Message::GoToRow { row: 0, open: false });
        ana.tell(Message::RunInList(Command::TakeNothing));
    }
    ana.tell(Message::Run(Command::WorkAsOneself));
    let settled = |memory: &Memory| {
        let file = content(memory, "/project/annotations/gold/decisions.ron");
        file.lines().filter(|line| line.contains("Settled(")).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = settled(&memory);
    assert_eq!(before.len(), 3, "{before:?}");
    memory.put(Path::new(ARTICLE), &format!("Tadi pagi,  {text}"));
    ana.tell(Message::LookAround);
    ana.press("Z");
    ana.tell(Placing::Apply.into());
    let after = settled(&memory);
    assert_eq!(after.len(), 3, "{after:?}");
    for span in ["source 12-15", "source 24-27"] {
        assert!(after.iter().any(|line| line.contains(span)), "{span}: {after:?}");
    }
}
