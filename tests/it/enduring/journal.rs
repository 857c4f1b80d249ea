//! What the journal carries over a restart.

use std::path::{Path, PathBuf};

use tandai::corpus::NameKind;
use tandai::session::{Kept, Message, Saving};
use tandai::storage::Files as _;

use super::memory::Memory;
use super::sitting::{Sitting, on_disk};

const FOLDER: &str = "/project";

fn files() -> Memory {
    Memory::with(&[
        ("/project/seeds/a.txt", "Kim tiba di Pyongyang. Ia membantah klaim itu.\n"),
        ("/project/seeds/b.txt", "Menteri pergi. Ia kembali.\n"),
    ])
}

fn marked(sitting: &Sitting) -> Vec<(String, String)> {
    let (Some(set), Some(document)) = (sitting.session.shown_set(), sitting.session.document())
    else {
        return Vec::new();
    };
    let one = |a: &std::sync::Arc<tandai::corpus::Annotation>| {
        (a.label.to_string(), a.quote(&document.text))
    };
    set.annotations().iter().map(one).collect()
}

fn open(memory: &Memory) -> Sitting {
    let mut sitting = Sitting::open(memory.door(), FOLDER);
    let first = sitting.document(0).unwrap();
    sitting.tell(Message::OpenDocument(first));
    sitting
}

#[test]
fn undo_and_redo_go_on_after_a_restart_also_in_articles_that_are_not_open() {
    let memory = files();
    let mut sitting = open(&memory);
    sitting.mark("Kim", "2");
    sitting.mark("Pyongyang", "4");
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second.clone()));
    sitting.mark("Menteri", "2");
    sitting.press("Ctrl+Z");
    drop(sitting);

    let mut sitting = open(&memory);
    assert_eq!(sitting.session.history().done().len(), 2);
    let step = sitting.session.history().last_undone().unwrap();
    assert_eq!((step.name.as_str(), step.at), ("tag source", 1_700_000_000));
    // The step is in the article that is not open.
    sitting.press("Ctrl+Shift+Z");
    assert_eq!(sitting.session.reading().unwrap().document, second);
    assert_eq!(marked(&sitting), [("source".to_owned(), "Menteri".to_owned())]);
    sitting.press("Ctrl+Z Ctrl+Z Ctrl+Z");
    assert_eq!(marked(&sitting), []);
    assert_eq!(sitting.session.history().done().len(), 0);
    drop(sitting);

    let mut sitting = open(&memory);
    sitting.tell(Message::GoToStep(2));
    assert_eq!(marked(&sitting).len(), 2);
}

#[test]
fn a_note_that_was_typed_letter_by_letter_is_one_step_after_a_restart_too() {
    let memory = files();
    let mut sitting = open(&memory);
    sitting.mark("Kim", "2");
    let id = sitting.session.focused().unwrap().id.clone();
    for note in ["k", "ki", "kim"] {
        sitting.tell(Message::SetNote { annotation: id.clone(), note: note.to_owned() });
    }
    drop(sitting);
    let mut sitting = open(&memory);
    assert_eq!(sitting.session.shown_set().unwrap().annotation(&id).unwrap().note, "kim");
    assert_eq!(sitting.session.history().done().len(), 2);
    sitting.press("Ctrl+Z");
    assert_eq!(sitting.session.shown_set().unwrap().annotation(&id).unwrap().note, "");
}

#[test]
fn a_journal_that_is_deleted_takes_nothing_but_undo_with_it() {
    let memory = files();
    let mut sitting = open(&memory);
    sitting.mark("Kim", "2");
    let before = marked(&sitting);
    drop(sitting);
    let journal = memory.files().into_iter().find(|file| file.ends_with("ana.log")).unwrap();
    tandai::storage::Files::remove(&memory, &journal).unwrap();
    let mut sitting = open(&memory);
    assert_eq!(marked(&sitting), before);
    assert_eq!(sitting.session.history().done().len(), 0);
    assert!(sitting.session.problems().is_empty());
    // Also under the program's feet.
    sitting.mark("klaim", "1");
    tandai::storage::Files::remove(&memory, &journal).unwrap();
    sitting.mark("itu", "1");
    drop(sitting);
    let sitting = open(&memory);
    assert_eq!((marked(&sitting).len(), sitting.session.history().done().len()), (3, 1));
    assert!(sitting.session.problems().is_empty());
}

#[test]
fn what_the_set_lacks_is_recovered_from_the_journal_and_said() {
    let memory = files();
    let mut sitting = open(&memory);
    sitting.mark("Kim", "2");
    let path = sitting.session.reading().unwrap().document.clone();
    let ana = sitting.session.annotator().clone();
    let file = memory.files().into_iter().find(|file| file.ends_with("a.txt.ron")).unwrap();
    let early = tandai::storage::Files::read(&memory, &file).unwrap();
    // The disk takes the journal, but then no set any more.
    memory.refuse(&file);
    sitting.mark("Pyongyang", "4");
    sitting.mark("klaim", "1");
    assert_ne!(sitting.session.saving(), tandai::session::Saving::Saved);
    let wanted = marked(&sitting);
    drop(sitting);
    assert_eq!(tandai::storage::Files::read(&memory, &file).unwrap(), early);
    memory.permit();
    let mut sitting = open(&memory);
    assert_eq!(marked(&sitting), wanted);
    let kept = Kept::Set(path, ana);
    assert!(on_disk(memory.door(), FOLDER, &kept).is_some());
    sitting.press("Ctrl+Z");
    assert_eq!(marked(&sitting).len(), 2);
}

#[test]
fn what_somebody_else_has_changed_since_is_neither_recovered_over_nor_undone() {
    let memory = files();
    let mut sitting = open(&memory);
    sitting.mark("Kim", "2");
    sitting.mark("Pyongyang", "4");
    let id = sitting.session.focused().unwrap().id.clone();
    drop(sitting);
    // Somebody gives the location a note, by hand.
    let file = memory.files().into_iter().find(|file| file.ends_with("a.txt.ron")).unwrap();
    let content = String::from_utf8(tandai::storage::Files::read(&memory, &file).unwrap());
    let content = content.unwrap().replace("[\"Pyongyang\"])", "[\"Pyongyang\"], note: \"?\")");
    memory.put(&file, &content);
    let mut sitting = open(&memory);
    sitting.press("Ctrl+Z");
    let notice = sitting.session.notice().unwrap();
    assert!(notice.warning && notice.text.contains("changed by somebody else"), "{}", notice.text);
    assert_eq!(sitting.session.shown_set().unwrap().annotation(&id).unwrap().note, "?");
    // The step before it can still be undone.
    sitting.press("Ctrl+Z");
    assert_eq!(marked(&sitting), [("location".to_owned(), "Pyongyang".to_owned())]);
}

/// Gold's and a reviewer's decisions say the name that everything has, after a restart too.
#[test]
fn what_others_decided_is_renamed_with_the_sets_and_back() {
    let memory = files();
    let decided = |annotator: &str, decisions: &str| {
        let folder = format!("/project/annotations/{annotator}");
        memory.make_folder(Path::new(&folder)).unwrap();
        let content = format!(
            "(\n    format: 1,\n    annotator: \"{annotator}\",\n    decisions: [\n        \
             {decisions},\n    ],\n)\n"
        );
        let file = PathBuf::from(format!("{folder}/decisions.ron"));
        memory.write_new(&file, content.as_bytes()).unwrap();
        file
    };
    let mut sitting = open(&memory);
    sitting.mark("Kim tiba", "1");
    let case = r#"document: "a.txt", case: "ana: claim 0-8; ben: nothing", by: "ana""#;
    let gold = decided("gold", &format!("Settled({case})"));
    let review = |label: &str| {
        format!(
            r#"document: "a.txt", annotator: "ana", annotation: "x", content: "{label} 0-8", accepted: true"#
        )
    };
    let ben = decided("ben", &format!("Reviewed(({}))", review("claim")));
    let read = |file: &Path| String::from_utf8(memory.read(file).unwrap()).unwrap();
    let before = [read(&gold), read(&ben)];
    drop(sitting);
    let mut sitting = open(&memory);
    let (kind, old, new) = (NameKind::Label, "claim".into(), "assertion".to_owned());
    sitting.tell(Message::Rename { kind, old, new });
    assert_eq!(sitting.session.saving(), Saving::Saved);
    assert!(read(&gold).contains("ana: assertion 0-8; ben: nothing"), "{}", read(&gold));
    assert!(read(&ben).contains(&review("assertion")), "{}", read(&ben));
    drop(sitting);
    let mut sitting = open(&memory);
    sitting.press("Ctrl+Z");
    assert_eq!([read(&gold), read(&ben)], before);
    // What somebody has decided otherwise since is not undone over.
    sitting.press("Ctrl+Shift+Z");
    drop(sitting);
    let otherwise = read(&ben).replace("accepted: true", "accepted: false");
    let renamed = read(&gold);
    memory.take_away(&ben);
    memory.write_new(&ben, otherwise.as_bytes()).unwrap();
    let mut sitting = open(&memory);
    sitting.press("Ctrl+Z");
    let said = sitting.session.notice().map(|notice| notice.text.clone()).unwrap_or_default();
    assert!(said.contains("what ben decided has been changed since"), "{said}");
    assert_eq!([read(&gold), read(&ben)], [renamed, otherwise]);
}
