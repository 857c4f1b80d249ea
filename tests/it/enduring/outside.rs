//! Other programs change files while the project is open: it is noticed, brought together,
//! and nobody's change is lost.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};
use tandai::review::Query;
use tandai::session::{Dialog, Message, Outside, Saving};
use tandai::storage::{Files as _, SaveError};

use super::memory::Memory;
use super::sitting::{Seen, Sitting};

pub(super) const FOLDER: &str = "/project";
const TEXT: &str = "Kim tiba di Pyongyang. Ia membantah klaim itu.\n";
pub(super) const SET: &str = "/project/annotations/ana/a.txt.ron";

fn files() -> Memory {
    // So that two windows can work on one set, as two machines can.
    Memory::with(&[("/project/seeds/a.txt", TEXT), ("/project/seeds/b.txt", TEXT)]).without_locks()
}

pub(super) fn open(memory: &Memory, seed: u64) -> Sitting {
    let work = tandai::ui::Work::inline_through(memory.door(), None);
    let mut sitting = Sitting::begin(work, FOLDER, "ana", seed);
    let first = sitting.document(0).unwrap();
    sitting.tell(Message::OpenDocument(first));
    sitting
}

/// Label and quote of what is marked, each once.
pub(super) fn marked(sitting: &Sitting) -> BTreeSet<(String, String)> {
    let set = sitting.session.shown_set().unwrap();
    let text = &sitting.session.document().unwrap().text;
    set.annotations().iter().map(|a| (a.label.to_string(), a.quote(text))).collect()
}

pub(super) fn pair(label: &str, quote: &str) -> (String, String) {
    (label.to_owned(), quote.to_owned())
}

pub(super) fn content(memory: &Memory, file: &str) -> String {
    String::from_utf8(memory.read(Path::new(file)).unwrap()).unwrap()
}

pub(super) fn said(sitting: &Sitting) -> String {
    sitting.session.notice().map(|notice| notice.text.clone()).unwrap_or_default()
}

#[test]
fn what_another_program_adds_is_taken_over_and_said() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let mut other = open(&memory, 2);
    other.mark("Pyongyang", "4");
    sitting.tell(Message::LookAround);
    assert_eq!(marked(&sitting), [pair("location", "Pyongyang"), pair("source", "Kim")].into());
    assert!(said(&sitting).contains("changed by another program: 1 change"), "{}", said(&sitting));
    // One's own step can still be undone, and the other's change stays.
    sitting.press("Ctrl+Z");
    assert_eq!(marked(&sitting), [pair("location", "Pyongyang")].into());
    assert_eq!(sitting.session.saving(), Saving::Saved);
}

#[test]
fn what_both_changed_before_either_looked_is_brought_together_when_it_is_saved() {
    let memory = files();
    let mut one = open(&memory, 1);
    let mut two = open(&memory, 2);
    one.mark("Kim", "2");
    two.mark("Pyongyang", "4");
    assert_eq!(two.session.saving(), Saving::Saved);
    one.tell(Message::LookAround);
    assert_eq!(marked(&one), marked(&two));
    assert_eq!(marked(&one).len(), 2);
    let set = content(&memory, SET);
    assert!(set.contains("Kim") && set.contains("Pyongyang"), "{set}");
}

#[test]
fn what_both_changed_otherwise_is_a_conflict_to_be_settled() {
    let memory = files();
    let mut one = open(&memory, 1);
    one.mark("Kim", "2");
    let mut two = open(&memory, 2);
    one.press("1");
    two.press("Tab 3");
    assert_eq!(two.session.saving(), Saving::Saved);
    let notice = said(&two);
    assert!(notice.contains("1 conflict"), "{notice}");
    assert_eq!(marked(&two), [pair("denial", "Kim")].into());
    two.press("P M");
    assert_eq!(marked(&two), [pair("claim", "Kim")].into());
    one.tell(Message::LookAround);
    assert_eq!(marked(&one), [pair("claim", "Kim")].into());
    assert!(one.session.shown_set().unwrap().conflicts().is_empty());
}

#[test]
fn a_set_that_another_program_spoils_is_not_written_over() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let good = content(&memory, SET);
    memory.put(Path::new(SET), "<<<<<<< HEAD");
    sitting.tell(Message::LookAround);
    assert!(said(&sitting).contains("not a file that Tandai can read"), "{}", said(&sitting));
    sitting.mark("Pyongyang", "4");
    assert_eq!(content(&memory, SET), "<<<<<<< HEAD");
    // What was in it is nowhere else: it is kept, and said to be.
    let words = sitting.session.problems()[0].to_string();
    let copy = words.split("kept as ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    let copy = format!("{FOLDER}/{}", copy.trim_end_matches('.'));
    assert_eq!(content(&memory, &copy), good);
    // As it was again, nobody needs the copy.
    memory.put(Path::new(SET), &good);
    sitting.tell(Message::LookAround);
    assert_eq!(sitting.session.problems(), []);
    // Mended, it can be worked on again.
    memory.put(Path::new(SET), "");
    memory.remove(Path::new(SET)).unwrap();
    sitting.tell(Message::LookAround);
    let first = sitting.document(0).unwrap();
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second));
    sitting.tell(Message::OpenDocument(first));
    sitting.mark("Pyongyang", "4");
    assert_eq!(sitting.session.saving(), Saving::Saved);
}

/// As the README has it: the set goes along, and there is nothing to be asked about.
#[test]
fn a_set_that_is_renamed_with_its_article_is_not_said_to_be_removed() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let good = content(&memory, SET);
    for (old, new) in [
        ("/project/seeds/a.txt", "/project/seeds/bupati.txt"),
        (SET, "/project/annotations/ana/bupati.txt.ron"),
    ] {
        memory.rename(Path::new(old), Path::new(new)).unwrap();
    }
    sitting.tell(Message::LookAround);
    assert_eq!(sitting.session.saving(), Saving::Saved);
    assert!(said(&sitting).contains("unless the sets were renamed too"), "{}", said(&sitting));
    assert_eq!(content(&memory, "/project/.tandai/earlier/ana/a.txt.ron"), good);
    let renamed = sitting.session.documents().rows().iter().map(|row| row.path.clone());
    let renamed = renamed.into_iter().find(|path| path.id() == "bupati").unwrap();
    sitting.tell(Message::OpenDocument(renamed));
    assert_eq!(marked(&sitting), [pair("source", "Kim")].into());
}

/// As by who unpacks an archive over the project.
#[test]
fn a_set_in_whose_place_is_a_folder_is_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("seeds")).unwrap();
    std::fs::write(path("seeds/a.txt"), TEXT).unwrap();
    let work = tandai::ui::Work::inline_through(tandai::storage::Door::disk(), None);
    let mut sitting = Sitting::begin(work, folder.path().to_str().unwrap(), "ana", 1);
    let first = sitting.document(0).unwrap();
    sitting.tell(Message::OpenDocument(first));
    sitting.mark("Kim", "2");
    let set = path("annotations/ana/a.txt.ron");
    let good = std::fs::read_to_string(&set).unwrap();
    std::fs::remove_file(&set).unwrap();
    std::fs::create_dir(&set).unwrap();
    sitting.tell(Message::LookAround);
    let kept = path(".tandai/earlier/ana/a.txt.ron");
    assert!(sitting.session.problems()[0].to_string().contains("is kept as"));
    assert_eq!(std::fs::read_to_string(kept).unwrap(), good);
}

#[test]
fn a_set_that_another_program_removes_stays_before_one_and_is_written_again() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    memory.remove(Path::new(SET)).unwrap();
    sitting.tell(Message::LookAround);
    assert!(said(&sitting).contains("removed by another program"), "{}", said(&sitting));
    sitting.mark("Pyongyang", "4");
    assert!(content(&memory, SET).contains("Kim"));
    assert_eq!(sitting.session.saving(), Saving::Saved);
}

/// Kim is marked, and the set's file removed; with what it held.
fn removed(seed: u64) -> (Memory, Sitting, String) {
    let memory = files();
    let mut sitting = open(&memory, seed);
    sitting.mark("Kim", "2");
    let set = content(&memory, SET);
    memory.remove(Path::new(SET)).unwrap();
    sitting.tell(Message::LookAround);
    let saving = sitting.session.saving();
    assert!(matches!(saving, Saving::Failed(_, SaveError::Removed)), "{saving:?}");
    (memory, sitting, set)
}

#[test]
fn a_set_that_another_program_removed_is_not_called_saved_and_is_asked_about() {
    for keys in ["Ctrl+Q", "Ctrl+S"] {
        let (memory, mut sitting, set) = removed(1);
        sitting.press(keys);
        assert!(!sitting.closed && sitting.session.dialog() == Some(&Dialog::Unsaved), "{keys}");
        assert!(memory.look(Path::new(SET)).is_err(), "{keys}");
        sitting.tell(Message::WriteRemoved);
        assert_eq!((sitting.session.saving(), content(&memory, SET)), (Saving::Saved, set));
        assert!(!sitting.closed && sitting.session.dialog().is_none(), "{keys}");
    }
    // It comes back as it was, as when another branch is left again.
    let (memory, mut sitting, set) = removed(2);
    memory.put(Path::new(SET), &set);
    sitting.tell(Message::LookAround);
    assert_eq!((sitting.session.saving(), content(&memory, SET)), (Saving::Saved, set));
    assert!(said(&sitting).contains("is there again"), "{}", said(&sitting));
    // It comes back without what another program has taken away.
    let (memory, mut sitting, with_kim) = removed(5);
    memory.put(Path::new(SET), &with_kim);
    sitting.tell(Message::LookAround);
    sitting.mark("Pyongyang", "4");
    let both = content(&memory, SET);
    memory.remove(Path::new(SET)).unwrap();
    sitting.tell(Message::LookAround);
    assert!(both.contains("Pyongyang"));
    memory.put(Path::new(SET), &with_kim);
    sitting.tell(Message::LookAround);
    assert_eq!(marked(&sitting), [pair("source", "Kim")].into());
    assert_eq!((sitting.session.saving(), content(&memory, SET)), (Saving::Saved, with_kim));
    // What is marked next is written with what was there; also what is undone.
    for undoes in [true, false] {
        let (memory, mut sitting, _) = removed(3);
        if undoes {
            sitting.press("Ctrl+Z");
        } else {
            sitting.mark("Pyongyang", "4");
        }
        assert_eq!(sitting.session.saving(), Saving::Saved);
        assert_eq!(content(&memory, SET).contains("Kim"), !undoes);
    }
    // Where nothing was marked, nothing is missed.
    let memory = files();
    let mut sitting = open(&memory, 4);
    sitting.mark("Kim", "2");
    sitting.press("Ctrl+Z");
    memory.remove(Path::new(SET)).unwrap();
    sitting.tell(Message::LookAround);
    assert_eq!(sitting.session.saving(), Saving::Saved);
}

#[test]
fn what_another_program_removed_may_stay_so() {
    let (memory, mut sitting, _) = removed(1);
    sitting.press("Ctrl+S");
    sitting.tell(Message::LetRemovedBeGone);
    assert_eq!(sitting.session.saving(), Saving::Saved);
    assert!(marked(&sitting).is_empty() && sitting.session.dialog().is_none());
    sitting.press("Ctrl+Q");
    assert!(sitting.closed && memory.look(Path::new(SET)).is_err());
    // Also where another article is open by then.
    let (memory, mut sitting, _) = removed(2);
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second));
    assert!(matches!(sitting.session.saving(), Saving::Failed(..)));
    sitting.tell(Message::LetRemovedBeGone);
    assert_eq!(sitting.session.saving(), Saving::Saved);
    assert!(memory.look(Path::new(SET)).is_err());
    // Nothing is counted of it any more.
    let row = &sitting.session.documents().rows()[0];
    assert_eq!(row.summary.as_ref().map(|summary| summary.counts.iter().count()), Some(0));
}

/// As when another branch is looked at, in which the article is another one and nothing is marked:
/// both are seen in one look, or one after the other.
#[test]
fn what_was_marked_in_a_text_that_goes_with_its_set_is_kept_with_the_earlier_versions() {
    let kept = "/project/.tandai/earlier/ana/a.txt.ron";
    for together in [false, true] {
        let (memory, mut sitting, set) = if together {
            let memory = files();
            let mut sitting = open(&memory, 1);
            sitting.mark("Kim", "2");
            let set = content(&memory, SET);
            memory.remove(Path::new(SET)).unwrap();
            (memory, sitting, set)
        } else {
            removed(1)
        };
        memory.put(Path::new("/project/seeds/a.txt"), "Kim pergi.");
        sitting.tell(Message::LookAround);
        assert_eq!((sitting.session.saving(), content(&memory, kept)), (Saving::Saved, set));
        // The file is as the other program wants it, and where the copy is stays said.
        assert!(memory.look(Path::new(SET)).is_err() && marked(&sitting).is_empty());
        let said: Vec<String> =
            sitting.session.problems().iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|one| one.contains(".tandai/earlier/ana/a.txt.ron")), "{said:?}");
    }
}

/// Another window works on the set: it is that one's to say.
#[test]
fn a_window_that_only_looks_asks_about_no_set_that_is_removed() {
    let memory = Memory::with(&[("/project/seeds/a.txt", TEXT)]);
    let mut first = open(&memory, 1);
    first.mark("Kim", "2");
    let mut second = open(&memory, 2);
    assert!(second.session.other_window().is_some());
    memory.remove(Path::new(SET)).unwrap();
    second.tell(Message::LookAround);
    assert_eq!(second.session.saving(), Saving::Saved);
    // It shows what is there.
    assert!(marked(&second).is_empty());
    first.tell(Message::LookAround);
    assert!(matches!(first.session.saving(), Saving::Failed(_, SaveError::Removed)));
}

#[test]
fn a_colleagues_set_is_there_as_soon_as_it_comes() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let theirs = content(&memory, SET).replace("\"ana\"", "\"ben\"");
    memory.put(Path::new("/project/annotations/ben/a.txt.ron"), &theirs);
    sitting.tell(Message::LookAround);
    let held = sitting.session.held().unwrap();
    let names: Vec<&str> = held.others.keys().map(tandai::corpus::Annotator::as_str).collect();
    assert_eq!(names, ["ben"]);
}

/// What ben says about an article that nobody has open.
fn by_ben(memory: &Memory, marks: &[(&str, &str)]) {
    let lines = marks.iter().enumerate().map(|(at, (label, quote))| {
        let start = TEXT.find(quote).unwrap();
        let end = start + quote.len();
        format!(
            "        (id: \"b{at}\", label: \"{label}\", spans: [({start}, {end})], text: [\"{quote}\"]),\n"
        )
    });
    let sha256: String = Sha256::digest(TEXT).iter().map(|byte| format!("{byte:02x}")).collect();
    let set = format!(
        "(\n    format: 1,\n    document: (path: \"b.txt\", characters: {}, sha256: \"{sha256}\"),\n    \
         annotator: \"ben\",\n    status: Done,\n    annotations: [\n{}    ],\n)\n",
        TEXT.chars().count(),
        lines.collect::<String>()
    );
    memory.put(Path::new("/project/annotations/ben/b.txt.ron"), &set);
}

/// The labels in the table.
fn tabulated(sitting: &Sitting) -> Vec<String> {
    let table = sitting.session.table().unwrap();
    let rows = (0..table.lines.len()).filter_map(|line| table.lines.row(line));
    rows.map(|row| format!("{} {}", row.key.annotator, row.label)).collect()
}

#[test]
fn what_is_listed_of_articles_that_are_not_open_is_read_anew() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let refused = sitting.session.available(tandai::session::Command::Compare);
    assert_eq!(refused, Err("Nobody else has a set in this project".to_owned()));
    sitting.press("Ctrl+B");
    assert_eq!(tabulated(&sitting), ["ana source"]);
    by_ben(&memory, &[("claim", "tiba")]);
    sitting.tell(Message::LookAround);
    assert_eq!(tabulated(&sitting), ["ana source", "ben claim"]);
    assert_eq!(said(&sitting), "1 article changed outside: what is listed is read anew");
    // Also where the table was left and is shown again.
    sitting.press("F5");
    by_ben(&memory, &[("claim", "tiba"), ("location", "Pyongyang")]);
    sitting.tell(Message::LookAround);
    sitting.press("Ctrl+B");
    assert_eq!(tabulated(&sitting), ["ana source", "ben claim", "ben location"]);
}

#[test]
fn figures_and_problems_follow_what_other_programs_change_in_articles_open_or_not() {
    let memory = files();
    by_ben(&memory, &[("claim", "tiba")]);
    let mut sitting = open(&memory, 1);
    let claims = |sitting: &Sitting| {
        let counting = sitting.session.counting().unwrap();
        assert!(!counting.progress.running);
        let said = counting.statistics.said_by(&tandai::review::OfWhom::All);
        said.labels().map(|(_, count)| count).sum::<usize>()
    };
    sitting.tell(Message::LookAround);
    sitting.press("Ctrl+T");
    assert_eq!(claims(&sitting), 1);
    by_ben(&memory, &[("claim", "tiba"), ("claim", "Pyongyang")]);
    sitting.tell(Message::LookAround);
    assert_eq!(claims(&sitting), 2);
    sitting.tell(Message::CloseDialog);
    // The same of one that was read, and of what the checks find in one's own.
    sitting.mark("Kim", "1");
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second));
    sitting.press("Shift+F4");
    let problems = |sitting: &Sitting| {
        let rows = &sitting.session.remarks().unwrap().rows;
        rows.iter().map(|row| row.words.clone()).collect::<Vec<_>>()
    };
    assert!(problems(&sitting)[0].starts_with("This claim has no link"));
    let own = content(&memory, SET).replace("\"claim\"", "\"location\"");
    memory.put(Path::new(SET), &own);
    sitting.tell(Message::LookAround);
    assert_eq!(problems(&sitting), ["This location is linked with nothing"]);
}

#[test]
fn what_is_compared_is_compared_anew_and_one_stays_at_ones_case() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second));
    sitting.mark("Kim", "2");
    let first = sitting.document(0).unwrap();
    sitting.tell(Message::OpenDocument(first));
    by_ben(&memory, &[("claim", "tiba"), ("location", "Pyongyang")]);
    sitting.tell(Message::LookAround);
    sitting.press("Ctrl+D");
    let said_of = |sitting: &Sitting| {
        let comparing = sitting.session.comparing().unwrap();
        let case = comparing.case_in_hand();
        (comparing.listed().len(), case.map(|case| case.at.start.get()))
    };
    sitting.tell(Message::GoToRow { row: 2, open: false });
    assert_eq!(said_of(&sitting), (3, TEXT.find("Pyongyang")));
    by_ben(&memory, &[("location", "Pyongyang")]);
    sitting.tell(Message::LookAround);
    assert_eq!(said_of(&sitting), (2, TEXT.find("Pyongyang")));
    // Where that is gone, at what is in its row.
    by_ben(&memory, &[("claim", "tiba")]);
    sitting.tell(Message::LookAround);
    assert_eq!(said_of(&sitting), (2, TEXT.find("tiba")));
}

#[test]
fn what_was_settled_is_open_again_where_golds_folder_is_removed() {
    let memory = files();
    let file = Path::new("/project/annotations/gold/decisions.ron");
    let decided = r#"(format: 1, annotator: "gold", decisions: [
        Settled(document: "a.txt", case: "any", by: "ana"),
    ])"#;
    memory.make_folder(Path::new("/project/annotations")).unwrap();
    memory.make_folder(file.parent().unwrap()).unwrap();
    memory.write_new(file, decided.as_bytes()).unwrap();
    let mut sitting = open(&memory, 1);
    (0..2).for_each(|_| sitting.tell(Message::LookAround));
    let told = Rc::new(RefCell::new(Vec::new()));
    let telling = told.clone();
    sitting.observe = Some(Box::new(move |seen| {
        if let Seen::Message(Message::Outside(outside)) = seen
            && let Outside::Decisions { annotator, changed, .. } = &**outside
        {
            let decided = changed.now.as_ref().unwrap().iter().count();
            telling.borrow_mut().push((annotator.to_string(), decided));
        }
    }));
    memory.take_away(file.parent().unwrap());
    (0..2).for_each(|_| sitting.tell(Message::LookAround));
    assert_eq!(*told.borrow(), [("gold".to_owned(), 0)]);
}

#[test]
fn what_a_colleague_removes_again_is_not_put_back() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second));
    let theirs = || content(&memory, "/project/annotations/ben/b.txt.ron");
    // It comes while the article is open, and is changed after that.
    by_ben(&memory, &[("claim", "tiba"), ("location", "Pyongyang")]);
    sitting.tell(Message::LookAround);
    by_ben(&memory, &[("claim", "tiba")]);
    let written = theirs();
    sitting.tell(Message::LookAround);
    assert_eq!(theirs(), written);
    let held = sitting.session.held().unwrap();
    let ben = held.others.values().next().unwrap().as_ref().unwrap();
    assert_eq!(ben.annotations().len(), 1);
}

#[test]
fn what_was_mended_outside_is_not_said_to_be_unreadable_any_more() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let good = content(&memory, SET);
    let second = sitting.document(1).unwrap();
    let first = sitting.document(0).unwrap();
    let mut sitting = open(&memory, 3);
    memory.put(Path::new(SET), "<<<<<<< HEAD");
    sitting.tell(Message::OpenDocument(second));
    sitting.tell(Message::LookAround);
    sitting.tell(Message::OpenDocument(first.clone()));
    let problem = |sitting: &Sitting| {
        let row = sitting.session.documents().row(&first).unwrap();
        row.summary.as_ref().is_some_and(|summary| summary.problem.is_some())
    };
    assert!(problem(&sitting));
    memory.put(Path::new(SET), &good);
    sitting.tell(Message::LookAround);
    assert!(!problem(&sitting));
    assert_eq!(marked(&sitting).len(), 1);
}

#[test]
fn the_rows_of_a_set_that_was_removed_are_gone() {
    let memory = files();
    by_ben(&memory, &[("claim", "tiba")]);
    let mut sitting = open(&memory, 1);
    let second = sitting.document(1).unwrap();
    sitting.tell(Message::OpenDocument(second));
    sitting.press("Ctrl+B");
    assert_eq!(tabulated(&sitting), ["ben claim"]);
    // With it goes its folder.
    memory.remove(Path::new("/project/annotations/ben/b.txt.ron")).unwrap();
    sitting.tell(Message::LookAround);
    assert_eq!(tabulated(&sitting), [""; 0]);
    assert!(sitting.session.held().unwrap().others.is_empty());
}

#[test]
fn articles_that_come_and_go_are_listed() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    memory.put(Path::new("/project/seeds/c.txt"), TEXT);
    sitting.tell(Message::LookAround);
    assert_eq!(said(&sitting), "1 article came into the project");
    assert_eq!(sitting.session.documents().rows().len(), 3);
    memory.remove(Path::new("/project/seeds/b.txt")).unwrap();
    sitting.tell(Message::LookAround);
    assert_eq!(said(&sitting), "1 article left the project");
    assert_eq!(sitting.session.documents().rows().len(), 2);
    // What one has tagged in it is not gone.
    sitting.mark("Kim", "2");
    memory.remove(Path::new("/project/seeds/a.txt")).unwrap();
    memory.put(Path::new("/project/seeds/d.txt"), TEXT);
    sitting.tell(Message::LookAround);
    let words = "1 came into the project, 1 article left it. What you have tagged is under \
                 the earlier name, unless the sets were renamed too";
    assert_eq!(said(&sitting), words);
    assert!(memory.read(Path::new(SET)).is_ok());
}

#[test]
fn an_article_that_is_changed_is_read_anew_and_its_set_is_left_as_it_is() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let before = content(&memory, SET);
    memory.put(Path::new("/project/seeds/a.txt"), "Kim pergi.");
    sitting.tell(Message::LookAround);
    assert_eq!(sitting.session.document().unwrap().text.as_str(), "Kim pergi.");
    assert!(sitting.session.held().unwrap().unreadable.is_some());
    sitting.mark("pergi", "1");
    assert_eq!(content(&memory, SET), before);
}

#[test]
fn what_was_found_in_all_articles_follows_their_texts_and_one_stays_at_ones_place() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.press("Ctrl+Shift+F");
    let query = Query { text: "pyongyang".to_owned(), ..Query::default() };
    sitting.tell(Message::SetQuery(query));
    let found = |sitting: &Sitting| {
        let search = sitting.session.search().unwrap();
        let at = search.hits.iter().map(|hit| (hit.document.to_string(), hit.span.start().get()));
        (at.collect::<Vec<_>>(), search.at)
    };
    let start = TEXT.find("Pyongyang").unwrap();
    let place = |document: &str, start: usize| (document.to_owned(), start);
    assert_eq!(found(&sitting).0, [place("a.txt", start), place("b.txt", start)]);
    sitting.tell(Message::GoToRow { row: 1, open: false });
    memory.put(Path::new("/project/seeds/a.txt"), "Pyongyang. Di Pyongyang.");
    sitting.tell(Message::LookAround);
    let now = [place("a.txt", 0), place("a.txt", 14), place("b.txt", start)];
    assert_eq!(found(&sitting), (now.to_vec(), Some(2)));
    assert_eq!(sitting.session.document().unwrap().path.as_str(), "a.txt");
}

#[test]
fn a_project_whose_folder_is_gone_is_kept_in_memory_and_written_when_it_is_back() {
    let memory = files();
    let mut sitting = open(&memory, 1);
    sitting.mark("Kim", "2");
    let all: Vec<(PathBuf, String)> = memory
        .files()
        .into_iter()
        .map(|file| (file.clone(), content(&memory, file.to_str().unwrap())))
        .collect();
    memory.take_away(Path::new("/project"));
    sitting.tell(Message::LookAround);
    assert_eq!(marked(&sitting).len(), 1);
    sitting.mark("Pyongyang", "4");
    let Saving::Failed(_, error) = sitting.session.saving() else { panic!("it was saved") };
    assert!(error.to_string().contains("folder is not there"), "{error}");
    // Nothing is made where the folder was.
    assert!(memory.look(Path::new(FOLDER)).is_err());
    sitting.press("Ctrl+Q");
    assert!(!sitting.closed && sitting.session.dialog().is_some());
    sitting.tell(Message::CloseDialog);
    for (file, content) in all {
        memory.put(&file, &content);
    }
    sitting.press("Ctrl+S");
    assert_eq!(sitting.session.saving(), Saving::Saved);
    assert!(content(&memory, SET).contains("Pyongyang"));
    assert_eq!(sitting.session.problems(), []);
    drop(sitting);
    // The journal that came back with the folder goes on where it was.
    let sitting = open(&memory, 2);
    assert_eq!(sitting.session.problems(), []);
    assert_eq!(sitting.session.history().done().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Two windows on the same set, in any order: what one has marked and not removed itself
    /// is there in the end.
    #[test]
    fn two_windows_on_one_set_lose_nothing_of_each_other(
        steps in prop::collection::vec((any::<bool>(), 0..6_usize, 0..5_usize), 1..25)
    ) {
        let words = ["Kim", "tiba", "Pyongyang", "membantah", "klaim", "itu"];
        let memory = files();
        let mut windows = [open(&memory, 1), open(&memory, 2)];
        for (which, word, key) in steps {
            let window = &mut windows[usize::from(which)];
            match key {
                0 => window.press("Ctrl+Z"),
                1 => window.tell(Message::LookAround),
                key => window.mark(words[word], &(key - 1).to_string()),
            }
        }
        let own: BTreeSet<(String, String)> = windows
            .iter()
            .flat_map(|window| {
                let text = &window.session.document().unwrap().text;
                let done = window.session.history().done().iter();
                let changes = done.flat_map(|step| &step.changes);
                let inserted: Vec<_> = changes
                    .filter_map(|change| match change {
                        tandai::session::Change::Edited {
                            edit: tandai::corpus::Edit::Insert(annotation), ..
                        } => Some((annotation.id.to_string(), annotation.quote(text))),
                        _ => None,
                    })
                    .collect();
                inserted
            })
            .collect();
        for round in 0..4 {
            windows[round % 2].tell(Message::LookAround);
        }
        let [one, two] = &windows;
        prop_assert_eq!(one.session.shown_set(), two.session.shown_set());
        prop_assert_eq!(one.session.saving(), Saving::Saved);
        let there: BTreeSet<(String, String)> = {
            let text = &one.session.document().unwrap().text;
            let set = one.session.shown_set().unwrap();
            set.annotations().iter().map(|a| (a.id.to_string(), a.quote(text))).collect()
        };
        prop_assert!(own.is_subset(&there), "{:?} of {:?}", own, there);
    }
}
