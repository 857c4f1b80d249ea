//! Each call to the file system fails, is cut short, or is the last before a crash.

use rayon::prelude::*;
use tandai::corpus::{Status, fresh_label};
use tandai::session::{Kept, Message, Saving};

use super::memory::{After, Fault, Memory};
use super::sitting::{Ledger, Sitting, Written, on_disk};

const FOLDER: &str = "/project";

fn files() -> Memory {
    Memory::with(&[
        ("/project/seeds/a.txt", "Kim tiba di Pyongyang. Ia membantah klaim itu.\n"),
        ("/project/seeds/b.txt", "Menteri pergi. Ia kembali.\n"),
    ])
}

/// A piece of work that touches every kind of file of a project.
fn work(sitting: &mut Sitting) {
    sitting.mark("Kim tiba", "1");
    sitting.mark("Ia", "2");
    sitting.press("Ctrl+Z Ctrl+Shift+Z");
    sitting.mark("Pyongyang", "4");
    if let Some(focused) = sitting.session.focused().cloned() {
        for note in ["d", "di", "di ib", "di ibu kota"] {
            let note = note.to_owned();
            sitting.tell(Message::SetNote { annotation: focused.id.clone(), note });
        }
        sitting.tell(Message::EndNote);
    }
    let schema = sitting.session.schema();
    let schema = schema.with_label(fresh_label(schema, "promise"));
    let schema = schema.map(Box::new).map_err(|error| error.to_string());
    sitting.tell(Message::SetSchema { name: "add promise".to_owned(), schema });
    if let Some(focused) = sitting.session.focused().cloned() {
        sitting.tell(Message::Focus(focused.id.clone()));
        sitting.press("O");
    }
    sitting.tell(Message::SetStatus(Status::Done));
    if let Some(next) = sitting.document(1) {
        sitting.tell(Message::OpenDocument(next));
    }
    sitting.mark("Menteri", "2");
    sitting.press("Delete Ctrl+Z");
}

/// Starts again and looks: every file says what was shown as saved, or what was done later,
/// no file is half written, and nothing is left lying.
fn check(memory: &Memory, after: After, ledger: &Ledger, what: &str) {
    let restarted = memory.restarted(after);
    let sitting = Sitting::open(restarted.door(), FOLDER);
    let problems = sitting.session.problems();
    assert!(problems.is_empty(), "{what}, {after:?}: {problems:?}");
    for (kept, states) in &ledger.submitted {
        let shown = ledger.acknowledged.get(kept).copied().unwrap_or_default();
        let found = on_disk(restarted.door(), FOLDER, kept);
        let is_known = states
            .iter()
            .any(|(revision, state)| *revision >= shown && found.as_ref() == Some(state));
        let untouched = shown == 0 && is_untouched(kept, found.as_ref());
        assert!(
            is_known || untouched,
            "{what}, {after:?}: {kept:?} was shown as saved at {shown}, but the disk has {found:?}"
        );
    }
    let left: Vec<_> = restarted.files();
    let left = left.iter().filter(|file| file.to_string_lossy().ends_with(".tmp"));
    assert_eq!(left.count(), 0, "{what}, {after:?}: temporary files are left");
}

/// Whether a file is as it was before the work began.
fn is_untouched(kept: &Kept, found: Option<&Written>) -> bool {
    let before = on_disk(files().door(), FOLDER, kept);
    found == before.as_ref()
}

/// What may be left. Where the program went on after the fault, what was not synced is much
/// the same in all cases.
fn afters(fault: Fault) -> &'static [After] {
    match fault {
        Fault::Fails | Fault::CutShort | Fault::FailsFromThenOn => {
            &[After::Killed, After::OnlySynced]
        }
        Fault::Crashes | Fault::CrashesHalfWay => {
            &[After::Killed, After::OnlySynced, After::NamesFirst, After::ContentsFirst]
        }
    }
}

#[expect(clippy::print_stdout, reason = "figures that a person may want to see")]
#[test]
fn nothing_shown_as_saved_is_lost_whichever_call_fails_is_cut_short_or_is_the_last() {
    let whole = files();
    let mut sitting = Sitting::open(whole.door(), FOLDER);
    work(&mut sitting);
    assert_eq!(sitting.session.saving(), Saving::Saved);
    assert!(sitting.ledger.submitted.len() >= 4, "{:?}", sitting.ledger.submitted.keys());
    let calls = whole.calls();
    let faults = [
        Fault::Fails,
        Fault::CutShort,
        Fault::FailsFromThenOn,
        Fault::Crashes,
        Fault::CrashesHalfWay,
    ];
    let tries: Vec<(usize, Fault)> =
        (0..calls).flat_map(|call| faults.map(|fault| (call, fault))).collect();
    tries.par_iter().for_each(|(call, fault)| {
        let memory = files();
        memory.set_fault(*call, *fault);
        let mut sitting = Sitting::open(memory.door(), FOLDER);
        work(&mut sitting);
        let what = format!("call {call} {fault:?}");
        for after in afters(*fault) {
            check(&memory, *after, &sitting.ledger, &what);
        }
    });
    let states: usize = tries.iter().map(|(_, fault)| afters(*fault).len()).sum();
    println!("{states} states after a fault at one of {calls} calls were opened");
    assert!(states > 1000);
}

#[test]
fn what_could_not_be_written_is_written_as_soon_as_that_works_again() {
    let whole = files();
    let mut sitting = Sitting::open(whole.door(), FOLDER);
    let before = whole.calls();
    work(&mut sitting);
    for call in 0..whole.calls() - before {
        let memory = files();
        let mut sitting = Sitting::open(memory.door(), FOLDER);
        memory.set_fault(call, Fault::FailsFromThenOn);
        work(&mut sitting);
        memory.mend();
        sitting.press("Ctrl+S");
        assert_eq!(sitting.session.saving(), Saving::Saved, "call {call}");
        for (kept, states) in &sitting.ledger.submitted {
            let found = on_disk(memory.door(), FOLDER, kept);
            assert_eq!(found.as_ref(), states.last().map(|(_, state)| state), "call {call}");
        }
    }
}
