//! What a crash leaves of a journal and of the files that it is about, put together by hand.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tandai::corpus::{Annotator, Decision, Decisions, DocumentPath};
use tandai::session::{
    Content, Effect, JournalEntry, Journalled, Kept, Message, Placing, SaveReceipt,
};
use tandai::storage::{DecisionStore, Project};
use tandai::ui::Work;

use super::memory::Memory;
use super::outside::{SET, content, marked, open, pair, said};
use super::sitting::Sitting;

const FOLDER: &str = "/project";
const ARTICLE: &str = "Kim tiba di Pyongyang.\n";

fn person(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

fn settled(case: &str) -> Decision {
    let document = DocumentPath::new("a.txt").unwrap();
    Decision::Settled { document, case: case.to_owned(), by: person("ana") }
}

fn all(cases: &[&str]) -> Decisions {
    cases.iter().map(|case| settled(case)).collect()
}

/// A step of decisions, each with whether it holds since; the person's own or somebody's.
fn step(whose: Option<&str>, decided: &[(&str, bool)]) -> JournalEntry {
    let change = |(case, holds): &(&str, bool)| {
        let decision = DecisionStore::text(&settled(case));
        serde_json::json!({ "Decided": { "decision": decision, "holds": holds, "whose": whose } })
    };
    let changes: Vec<_> = decided.iter().map(change).collect();
    let place = serde_json::json!([0, 0, null]);
    let step = serde_json::json!({
        "name": "settle", "at": 0, "before": place, "after": place, "changes": changes,
    });
    JournalEntry::decode(&serde_json::json!({ "Done": step }).to_string()).unwrap()
}

fn put(memory: &Memory, whose: &str, decisions: &Decisions) {
    let content = DecisionStore::content(decisions, &person(whose));
    memory.put(Path::new(&format!("/project/annotations/{whose}/decisions.ron")), &content);
}

/// Of decisions that go along together, one that was withdrawn since is not brought back, and
/// the others are; on the way and back.
#[test]
fn what_is_put_in_the_place_of_a_decision_goes_with_that_one_alone() {
    let together = [("r1", false), ("r2", false), ("i1", true), ("i2", true)];
    let back = [("i2", false), ("i1", false), ("r2", true), ("r1", true)];
    let in_turn = [("r1", false), ("i1", true), ("r2", false), ("i2", true)];
    for (there, done, wanted) in [
        (vec!["r1"], &together, vec!["i1"]),
        (vec!["r2"], &together, vec!["i2"]),
        (vec!["r1", "r2"], &together, vec!["i1", "i2"]),
        (vec!["i2"], &back, vec!["r2"]),
        (vec!["r2"], &in_turn, vec!["i2"]),
    ] {
        let memory = Memory::with(&[("/project/seeds/a.txt", ARTICLE)]);
        put(&memory, "ben", &all(&there));
        // The window has set up its folders before.
        drop(Sitting::open(memory.door(), FOLDER));
        let project = Project::through(memory.door(), Path::new(FOLDER)).unwrap();
        let (mut log, _) = project.journal(&person("ana")).unwrap();
        let record = step(Some("ben"), done).encode();
        log.append(std::iter::once(record.as_str()), true).unwrap();
        drop(log);
        drop(Sitting::open(memory.door(), FOLDER));
        let found = DecisionStore::load(&project, &person("ben")).1;
        assert_eq!(found, all(&wanted), "{there:?} {done:?}");
    }
}

/// The project is opened once more, and nothing else is said but what that says.
fn again(memory: &Memory) -> Sitting {
    Sitting::begin(Work::inline_through(memory.door(), None), FOLDER, "ana", 9)
}

/// The window is gone before what was marked last is in its set, which may not be there yet, and
/// the article has another text when it is opened again.
#[test]
fn what_was_noted_of_a_text_that_is_another_by_now_waits_to_be_placed() {
    for written in [false, true] {
        let memory = Memory::with(&[("/project/seeds/a.txt", ARTICLE)]);
        let mut sitting = open(&memory, 1);
        if written {
            sitting.mark("Kim", "2");
        }
        memory.refuse(Path::new("/project/annotations/ana"));
        sitting.mark("Pyongyang", "4");
        drop(sitting);
        memory.permit();
        memory.put(Path::new("/project/seeds/a.txt"), &format!("Tadi pagi, {ARTICLE}"));
        let mut sitting = again(&memory);
        let said = said(&sitting);
        assert!(said.contains("recovered, in ana's set about a"), "{said}");
        sitting.press("Z");
        sitting.tell(Placing::Apply.into());
        let wanted = [pair("location", "Pyongyang"), pair("source", "Kim")];
        let wanted = wanted.into_iter().filter(|(label, _)| written || label == "location");
        assert_eq!(marked(&sitting), wanted.collect());
        // Once it has its place, it is not looked for again.
        drop(sitting);
        let sitting = again(&memory);
        assert!(sitting.session.notice().is_none() && sitting.session.problems().is_empty());
    }
}

/// Somebody has made a set about the other text meanwhile.
#[test]
fn what_was_noted_of_an_earlier_text_leaves_a_set_about_the_later_one_alone() {
    let later = format!("Tadi pagi, {ARTICLE}");
    let elsewhere = Memory::with(&[("/project/seeds/a.txt", &later)]);
    open(&elsewhere, 1).mark("pagi", "1");
    let theirs = content(&elsewhere, SET);
    let memory = Memory::with(&[("/project/seeds/a.txt", ARTICLE)]);
    let mut sitting = open(&memory, 2);
    memory.refuse(Path::new("/project/annotations/ana"));
    sitting.mark("Pyongyang", "4");
    drop(sitting);
    memory.permit();
    memory.put(Path::new("/project/seeds/a.txt"), &later);
    memory.put(Path::new(SET), &theirs);
    let sitting = again(&memory);
    assert_eq!(content(&memory, SET), theirs);
    let said = said(&sitting);
    assert!(said.contains("could not be recovered"), "{said}");
    // It is in a file all the same, and said where.
    let copy = content(&memory, &format!("{SET}.earlier"));
    assert!(copy.contains("\"Pyongyang\""), "{copy}");
    let problems: Vec<String> =
        sitting.session.problems().iter().map(ToString::to_string).collect();
    assert!(problems.iter().any(|one| one.contains("a.txt.ron.earlier")), "{problems:?}");
}

/// What was noted while a file could not be written may be about it, and is not in it.
#[test]
fn a_file_holds_only_what_was_noted_before_it_came_to_be_written() {
    let memory = Memory::with(&[("/project/seeds/a.txt", ARTICLE)]);
    let ana = person("ana");
    let mut work = Work::inline_through(memory.door(), None);
    work.submit(Effect::OpenProject {
        folder: PathBuf::from(FOLDER),
        nearest: false,
        annotator: ana.clone(),
        file: None,
        stopped: Vec::new(),
    });
    let opened = work.outcomes().into_iter().find_map(|message| match message {
        Message::ProjectOpened(opened) => Some(opened.project),
        _ => None,
    });
    let project: Arc<Project> = opened.unwrap();
    let note = |work: &mut Work, whose: Option<&str>, case: &str| {
        let (project, annotator) = (project.clone(), ana.clone());
        let entry = Box::new(step(whose, &[(case, true)]));
        work.submit(Effect::Journal { project, annotator, entry });
    };
    let save = |work: &mut Work, cases: &[&str]| {
        let (project, annotator) = (project.clone(), ana.clone());
        let receipt = SaveReceipt { kept: Kept::Decisions(ana.clone()), revision: 1 };
        let content = Content::Decisions { project, annotator, decisions: Arc::new(all(cases)) };
        work.submit(Effect::Save { receipt, content });
    };
    let unsaved = || {
        let mut said = Journalled::new(ana.clone());
        for record in project.journal(&ana).unwrap().1.records {
            said.take(record.as_deref().and_then(JournalEntry::decode));
        }
        said.unsaved.get(&Kept::Decisions(ana.clone())).map_or(0, Vec::len)
    };
    memory.refuse(&DecisionStore::file(&project, &ana));
    note(&mut work, None, "one");
    save(&mut work, &["one"]);
    memory.permit();
    note(&mut work, None, "two");
    assert_eq!(DecisionStore::load(&project, &ana).1, all(&["one"]));
    assert_eq!(unsaved(), 2);
    save(&mut work, &["one", "two"]);
    assert_eq!(unsaved(), 0);
    // What is about another file is in the way of nothing.
    memory.refuse(&DecisionStore::file(&project, &ana));
    note(&mut work, None, "three");
    save(&mut work, &["one", "two", "three"]);
    assert_eq!(unsaved(), 1);
    memory.permit();
    note(&mut work, Some("ben"), "four");
    assert_eq!(unsaved(), 0);
}
