//! The process is killed at random moments of a long piece of work, and started again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use tandai::session::{Effect, Kept, Message, Saving};
use tandai::storage::Door;
use tandai::ui::Work;

use super::sitting::{Sitting, Written, on_disk};

/// Where the process that is killed works, if this is it.
const FOLDER: &str = "TANDAI_TEST_FOLDER";
const SEED: &str = "TANDAI_TEST_SEED";
const ROUNDS: u64 = 200;

const TEXT: &str = "Kim tiba di Pyongyang. Ia membantah klaim itu. Menteri pergi lagi kemarin.\n";

/// What the state of a file is told by.
fn mark_of(written: &Written) -> u64 {
    let mut hasher = DefaultHasher::new();
    format!("{written:?}").hash(&mut hasher);
    hasher.finish()
}

/// Says something to the process that kills this one, at once.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Works until it is killed. It is a test only so that this program can be started as it.
#[test]
fn the_process_that_is_killed() {
    let (Ok(folder), Ok(seed)) = (std::env::var(FOLDER), std::env::var(SEED)) else { return };
    let seed: u64 = seed.parse().unwrap();
    let mut random = fastrand::Rng::with_seed(seed);
    let (wake, woken) = std::sync::mpsc::channel();
    let work = Work::in_threads(None, move |_| {
        let _ = wake.send(());
    });
    let mut sitting = Sitting::begin(work, &folder, "ana", seed);
    sitting.observe = Some(Box::new(|effect_or_message| match effect_or_message {
        super::sitting::Seen::Effect(Effect::Save { receipt, content }) => {
            let (kept, revision) = (&receipt.kept, receipt.revision);
            let mark = mark_of(&super::sitting::written(content));
            say(&format!("submitted {kept:?}\t{revision}\t{mark}"));
        }
        super::sitting::Seen::Message(Message::Saved(receipt)) => {
            say(&format!("saved {:?}\t{}", receipt.kept, receipt.revision));
        }
        _ => {}
    }));
    while sitting.session.decisions().is_none() || sitting.session.document().is_none() {
        woken.recv().unwrap();
        sitting.take_outcomes();
    }
    say("ready");
    let words: Vec<&str> = TEXT.split([' ', '.', '\n']).filter(|word| !word.is_empty()).collect();
    loop {
        let word = words[random.usize(..words.len())];
        match random.u8(..10) {
            0 => sitting.press("Ctrl+Z"),
            1 => sitting.press("Ctrl+Shift+Z"),
            2 if sitting.session.focused().is_some() => sitting.press("Delete"),
            3 => {
                if let Some(next) = sitting.document(random.usize(..3)) {
                    sitting.tell(Message::OpenDocument(next));
                    // Whoever asks for another one before this is there never gets to work.
                    while sitting.session.is_opening() {
                        woken.recv().unwrap();
                        sitting.take_outcomes();
                    }
                }
            }
            4 => {
                if let Some(id) = sitting.session.focused().map(|focused| focused.id.clone()) {
                    let note = word.to_owned();
                    sitting.tell(Message::SetNote { annotation: id, note });
                }
            }
            _ => sitting.mark(word, ["1", "2", "3", "4"][random.usize(..4)]),
        }
        // As a person does, it goes on before all is saved; but not without end.
        while sitting.unacknowledged() > 5 && sitting.session.saving() != Saving::Saved {
            woken.recv().unwrap();
            sitting.take_outcomes();
        }
        sitting.take_outcomes();
    }
}

/// What the killed process said of a file: its states by revision, and the last one that
/// was shown as saved.
#[derive(Default)]
struct Said {
    submitted: BTreeMap<u64, u64>,
    saved: u64,
}

/// Starts the process, reads so many lines, kills it, and takes in what it had said.
fn run_and_kill(folder: &Path, seed: u64, lines: usize) -> BTreeMap<String, Said> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "enduring::killed::the_process_that_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let mut read = 0;
    let mut ready = false;
    loop {
        let mut line = String::new();
        if out.read_line(&mut line).unwrap() == 0 {
            break;
        }
        let whole = line.ends_with('\n');
        let parts: Vec<&str> = line.trim_end().split('\t').collect();
        match parts.as_slice() {
            [first, revision, mark] if whole && first.starts_with("submitted ") => {
                let file = said.entry(first["submitted ".len()..].to_owned()).or_default();
                file.submitted.insert(revision.parse().unwrap(), mark.parse().unwrap());
            }
            [first, revision] if whole && first.starts_with("saved ") => {
                let file = said.entry(first["saved ".len()..].to_owned()).or_default();
                file.saved = revision.parse().unwrap();
            }
            ["ready"] => ready = true,
            _ => {}
        }
        read += usize::from(ready);
        if read == lines {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(ready, "the process that was to be killed did not begin");
    said
}

fn leftovers(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(leftovers(&path));
        } else if path.to_string_lossy().ends_with(".tmp") {
            found.push(path.to_string_lossy().into_owned());
        }
    }
    found
}

#[expect(clippy::print_stdout, reason = "figures that a person may want to see")]
#[test]
fn what_was_shown_as_saved_is_there_after_the_process_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    std::fs::create_dir(&seeds).unwrap();
    for name in ["a.txt", "b.txt", "c.txt"] {
        std::fs::write(seeds.join(name), TEXT).unwrap();
    }
    let root = folder.path().to_str().unwrap();
    let mut random = fastrand::Rng::with_seed(1);
    let mut shown = 0;
    for round in 1..=ROUNDS {
        let said = run_and_kill(folder.path(), round, random.usize(1..60));
        let sitting = Sitting::open(Door::disk(), root);
        assert!(sitting.session.problems().is_empty(), "{:?}", sitting.session.problems());
        for (name, file) in &said {
            let kept = kept_called(&sitting, name);
            let found = on_disk(Door::disk(), root, &kept).map(|written| mark_of(&written));
            let known = file.submitted.range(file.saved..).any(|(_, mark)| Some(*mark) == found);
            assert!(known || file.saved == 0, "round {round}: {name}, saved {}", file.saved);
            shown += usize::from(file.saved > 0);
        }
        assert_eq!(leftovers(folder.path()), Vec::<String>::new(), "round {round}");
    }
    println!("killed {ROUNDS} times; {shown} files had been shown as saved, and were");
    assert!(shown > 20, "hardly anything was saved before the process was killed: {shown}");
}

/// The file that has this name in what the killed process says.
fn kept_called(sitting: &Sitting, name: &str) -> Kept {
    let ana = sitting.session.annotator().clone();
    let sets =
        (0..3).filter_map(|at| sitting.document(at)).map(|path| Kept::Set(path, ana.clone()));
    let mut all = sets.chain([Kept::Schema, Kept::Decisions(ana.clone())]);
    all.find(|kept| format!("{kept:?}") == name).unwrap()
}
