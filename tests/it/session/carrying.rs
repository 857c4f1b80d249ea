//! Steps that change more than is gone through in one frame.

use std::sync::Arc;

use tandai::corpus::{Annotation, AnnotationSet, Edit, Fragments, Id, NameKind};
use tandai::session::{Command, Effect, Message, Outside, Saving};
use tandai::storage::{ChangedSet, Project, SetOnDisk};
use tandai::text::{Offset, Span, Text};

use super::{Person, annotator, path};

const ARTICLES: usize = 600;
const TEXT: &str = "Kim dan Kim, Kim, Kim, Kim, Kim, Kim, Kim.";
const EACH: usize = 8;
/// How often the name stands in all articles, but for where it is tagged already.
const PLACES: usize = ARTICLES * EACH - 1;

fn name(at: usize) -> String {
    format!("{at:03}.txt")
}

/// Ana has tagged a name once and has decided to tag it everywhere.
fn decided() -> Person {
    let names: Vec<String> = (0..ARTICLES).map(name).collect();
    let articles: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), TEXT)).collect();
    let mut person = Person::unopened(&articles);
    person.tell(Message::OpenDocument(path(&name(0))));
    person.press("Ctrl+Shift+Right 2 T");
    person.in_list = true;
    person.press("Shift+Y");
    assert_eq!(person.session.verdict_counts(), (PLACES, 0));
    person
}

/// Carries out what came of a frame, but for what is to be done with the next. Returns
/// whether there is something, and the project that it was about.
pub(super) fn frame(person: &mut Person, message: Message) -> (bool, Option<Arc<Project>>) {
    let (mut goes_on, mut project) = (false, None);
    let mut effects = person.tell_only(message);
    while !effects.is_empty() {
        let mut more = Vec::new();
        for effect in effects {
            if let Effect::Gather { project: its, .. } = &effect {
                project = Some(its.clone());
            }
            if matches!(effect, Effect::GoOn) {
                goes_on = true;
            } else if let Some(answer) = person.outcome(effect) {
                more.extend(person.tell_only(answer));
            }
        }
        effects = more;
    }
    (goes_on, project)
}

/// Lets frames go by until nothing is to be done any more; returns how many it were.
pub(super) fn frames(person: &mut Person) -> usize {
    let mut count = 1;
    while frame(person, Message::GoOn).0 {
        count += 1;
    }
    count
}

/// Lets so many frames go by while it goes on.
pub(super) fn let_go_by(person: &mut Person, count: usize) {
    for _ in 0..count {
        assert!(frame(person, Message::GoOn).0);
    }
}

fn apply(person: &mut Person) -> Arc<Project> {
    let (goes_on, project) = frame(person, Message::Run(Command::Apply));
    assert!(goes_on);
    project.unwrap()
}

fn on_disk(person: &Person, at: usize) -> usize {
    match person.found(&annotator("ana"), &path(&name(at))) {
        SetOnDisk::Read(set) => set.annotations().len(),
        _ => 0,
    }
}

fn all_on_disk(person: &Person) -> usize {
    (0..ARTICLES).map(|at| on_disk(person, at)).sum()
}

fn steps(person: &Person) -> usize {
    person.session.history().done().len()
}

fn listed(person: &Person) -> usize {
    person.session.search().unwrap().shown().len()
}

/// Another program puts a claim into a set of which nothing was there.
fn others_claim(person: &mut Person, project: Arc<Project>, at: usize) {
    let end = Text::new(TEXT).end();
    let mut now = AnnotationSet::new(annotator("ana"), end);
    let all = Fragments::one(Span::new(Offset::ZERO, end).unwrap());
    let theirs = Annotation::new(Id::new("theirs").unwrap(), "claim".into(), all);
    now.apply(Edit::Insert(Arc::new(theirs))).unwrap();
    person.put_set("ana", &name(at), SetOnDisk::Read(now.clone()));
    let outside = Outside::Set {
        project,
        document: path(&name(at)),
        annotator: annotator("ana"),
        changed: ChangedSet { text: super::digest(), before: None, now: SetOnDisk::Read(now) },
    };
    frame(person, Message::Outside(Box::new(outside)));
}

#[test]
fn what_changes_very_much_is_one_step_with_frames_between() {
    let mut person = decided();
    apply(&mut person);
    assert_eq!((steps(&person), all_on_disk(&person)), (1, 1));
    let mut done = 0;
    while steps(&person) == 1 {
        let task = person.session.task().expect("it says how far it is");
        done = if task.unit() == "changes" { task.done } else { done };
        assert!(frame(&mut person, Message::GoOn).0, "{done}");
    }
    assert!(done > 0 && done < PLACES, "{done}");
    // It is done, and some of the files are still to be written.
    assert!(person.session.task().is_none());
    assert_eq!(person.notice(), "Tagged 4799 places in 600 articles");
    frame(&mut person, Message::GoOn);
    let written = all_on_disk(&person);
    assert!(written > 0 && written < ARTICLES * EACH, "{written}");
    assert_eq!(person.session.saving(), Saving::Writing);
    frames(&mut person);
    assert_eq!((all_on_disk(&person), listed(&person)), (ARTICLES * EACH, 0));
    assert_eq!(person.session.saving(), Saving::Saved);

    frame(&mut person, Message::Run(Command::Undo));
    assert_eq!(steps(&person), 2, "not yet");
    assert!(frames(&mut person) > 1);
    assert_eq!((steps(&person), all_on_disk(&person), listed(&person)), (1, 1, PLACES));
    assert_eq!(person.notice(), "Undid: tag 4799 places in 600 articles");
    frame(&mut person, Message::Run(Command::Redo));
    frames(&mut person);
    assert_eq!((steps(&person), all_on_disk(&person), listed(&person)), (2, ARTICLES * EACH, 0));
}

/// Ana has looked for a word that stands in one article more often than is gone through in a
/// frame, and has tagged it once.
fn with_many_places() -> (Person, usize) {
    let count = 20_000;
    let text = "Kim ".repeat(count);
    let mut person = Person::unopened(&[("a.txt", &text)]);
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Ctrl+Shift+Right 2 T");
    person.in_list = true;
    (person, count - 1)
}

#[test]
fn all_of_very_much_is_accepted_with_frames_between() {
    let (mut person, places) = with_many_places();
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("X");
    assert!(frame(&mut person, Message::Run(Command::AcceptAll)).0);
    let some = person.session.verdict_counts().0;
    assert!(some > 0 && some < places, "{some}");
    let task = person.session.task().unwrap();
    assert_eq!((task.title.as_str(), task.unit()), ("Accepting all", "places"));
    assert!(person.session.available(Command::Apply).is_err());
    assert!(frames(&mut person) > 1);
    assert_eq!(person.session.verdict_counts(), (places - 1, 1));
    assert_eq!(person.notice(), "19998 places to tag as source, not carried out yet");
}

#[test]
fn accepting_all_can_be_stopped_and_is_over_with_its_search() {
    let (mut person, places) = with_many_places();
    frame(&mut person, Message::Run(Command::AcceptAll));
    frame(&mut person, Message::Run(Command::CancelWork));
    let some = person.session.verdict_counts().0;
    assert!(some > 0 && some < places, "{some}");
    assert_eq!(frames(&mut person), 1);
    assert_eq!(person.session.verdict_counts(), (some, 0));

    frame(&mut person, Message::Run(Command::AcceptAll));
    // What was decided is given up when that is said twice.
    for _ in 0..2 {
        frame(&mut person, Message::CloseSearch);
    }
    assert!(person.session.search().is_none());
    frames(&mut person);
    assert_eq!(person.notice(), "Stopped: Accepting all. Nothing was changed");
    assert_eq!(steps(&person), 1);
}

#[test]
fn what_is_carried_out_of_very_much_is_let_go_with_frames_between() {
    let (mut person, places) = with_many_places();
    frame(&mut person, Message::Run(Command::AcceptAll));
    frames(&mut person);
    frame(&mut person, Message::Run(Command::Apply));
    while steps(&person) == 1 {
        assert!(frame(&mut person, Message::GoOn).0);
    }
    let left = person.session.verdict_counts().0;
    assert!(left > 0 && left < places, "{left}");
    // What is decided is not carried out twice.
    assert!(person.session.available(Command::Apply).is_err());
    frames(&mut person);
    assert_eq!((person.session.verdict_counts(), listed(&person)), ((0, 0), 0));
    assert_eq!(on_disk(&person, 0), 0);
    assert_eq!(person.session.shown_set().unwrap().annotations().len(), places + 1);
}

#[test]
fn nothing_else_is_changed_meanwhile_and_it_can_be_stopped() {
    for pieces in 0..4 {
        let mut person = decided();
        apply(&mut person);
        let_go_by(&mut person, pieces);
        person.in_list = false;
        frame(&mut person, Message::Run(Command::SelectAll));
        frame(&mut person, Message::Run(Command::Tag(0)));
        assert_eq!(person.notice(), "Not yet: the last step is still being carried out");
        frame(&mut person, Message::Run(Command::Undo));
        assert_eq!(person.notice(), "Not yet: something else goes on");
        frame(&mut person, Message::Run(Command::CancelWork));
        assert!(person.notice().ends_with("Nothing was changed"), "{}", person.notice());
        frames(&mut person);
        assert_eq!((steps(&person), all_on_disk(&person)), (1, 1));
        assert_eq!(person.session.verdict_counts(), (PLACES, 0));
    }
}

/// A letter that is refused is no part of the step before.
#[test]
fn a_note_that_is_typed_meanwhile_is_refused_and_leaves_the_step_before_as_it_was() {
    let mut person = decided();
    let tagged = person.session.shown_set().unwrap().annotations()[0].id.clone();
    apply(&mut person);
    for note in ["a", "ab", "abc"] {
        let message = Message::SetNote { annotation: tagged.clone(), note: note.to_owned() };
        frame(&mut person, message);
        assert_eq!(person.notice(), "Not yet: the last step is still being carried out");
    }
    frame(&mut person, Message::Run(Command::CancelWork));
    frames(&mut person);
    let set = person.session.shown_set().unwrap().clone();
    assert_eq!(set.annotations()[0].note, "");
    person.in_list = false;
    frame(&mut person, Message::Run(Command::Undo));
    assert!(person.session.shown_set().unwrap().annotations().is_empty());
    frame(&mut person, Message::Run(Command::Redo));
    assert_eq!(*person.session.shown_set().unwrap(), set);
}

#[test]
fn an_article_that_is_let_go_while_a_name_is_replaced_is_named() {
    let mut person =
        Person::with(&[("a.txt", "|Kim."), ("b.txt", "[claim:Kim]."), ("c.txt", "Kim.")]);
    person.tell(Message::OpenDocument(path("b.txt")));
    // What is not written stays in memory, and is not read for what follows.
    person.disk_is_full = true;
    person.press("Tab 2");
    person.tell(Message::OpenDocument(path("a.txt")));
    let rename =
        Message::Rename { kind: NameKind::Label, old: "source".into(), new: "voice".to_owned() };
    let slow = person.tell_only(rename);
    let project = slow.iter().find_map(|effect| match effect {
        Effect::Gather { project, .. } => Some(project.clone()),
        _ => None,
    });
    let (document, project) = (path("b.txt"), project.unwrap());
    drop(person.tell_only(Message::Outside(Box::new(Outside::Article {
        project,
        document,
        kept: None,
    }))));
    person.carry_out(slow);
    assert!(person.notice().contains("the sets about b"), "{}", person.notice());
}

#[test]
fn who_goes_to_another_article_meanwhile_stays_where_they_are() {
    for pieces in 0..4 {
        let mut person = decided();
        apply(&mut person);
        let_go_by(&mut person, pieces);
        frame(&mut person, Message::OpenDocument(path(&name(5))));
        frame(&mut person, Message::Run(Command::SelectAll));
        let whole = person.session.selection();
        frames(&mut person);
        let open = person.session.reading().unwrap().document.clone();
        assert_eq!((steps(&person), open), (2, path(&name(5))), "after {pieces} pieces");
        assert_eq!((person.session.selection(), person.session.focused()), (whole, None));
    }
}

#[test]
fn what_another_program_changes_meanwhile_is_kept_and_so_is_the_step() {
    for pieces in 0..4 {
        let mut person = decided();
        let project = apply(&mut person);
        let_go_by(&mut person, pieces);
        others_claim(&mut person, project, 7);
        frames(&mut person);
        assert_eq!((steps(&person), on_disk(&person, 7)), (2, EACH + 1), "after {pieces} pieces");
        assert_eq!(all_on_disk(&person), ARTICLES * EACH + 1);
        // Undoing takes back the step and nothing else.
        frame(&mut person, Message::Run(Command::Undo));
        frames(&mut person);
        assert_eq!((on_disk(&person, 7), all_on_disk(&person)), (1, 2));
    }
}

#[test]
fn where_a_text_changes_meanwhile_nothing_is_changed_and_that_is_said() {
    for (at, pieces) in [0, 7, ARTICLES - 1].into_iter().flat_map(|at| (0..4).map(move |n| (at, n)))
    {
        let mut person = decided();
        let project = apply(&mut person);
        let_go_by(&mut person, pieces);
        let document = path(&name(at));
        frame(
            &mut person,
            Message::Outside(Box::new(Outside::Article { project, document, kept: None })),
        );
        frames(&mut person);
        // Before it is its turn to be looked at, it is left out.
        if pieces < 2 && person.notice().starts_with("8 places could not be tagged") {
            assert_eq!((steps(&person), on_disk(&person, at)), (2, 0), "{at}");
            continue;
        }
        let said = format!(
            "Nothing was changed: the text of {at:03} was changed by another program meanwhile"
        );
        let cannot = format!("Nothing was changed: {at:03} or the set about it cannot be read");
        assert!([said, cannot].contains(&person.notice().to_owned()), "{}", person.notice());
        assert_eq!((steps(&person), all_on_disk(&person)), (1, 1), "{at} after {pieces} pieces");
        assert_eq!(person.session.verdict_counts(), (PLACES, 0));
    }
}

#[test]
fn what_another_program_changes_while_articles_are_read_is_kept() {
    let mut person = decided();
    let effects = person.tell_only(Message::Run(Command::Apply));
    let gather = effects.into_iter().find_map(|effect| match &effect {
        Effect::Gather { project, .. } => Some((project.clone(), effect)),
        _ => None,
    });
    let (project, gather) = gather.unwrap();
    let Some(Message::Gathered { number, mut documents, problems }) = person.outcome(gather) else {
        panic!("all is read");
    };
    let rest = documents.split_off(32);
    frame(&mut person, Message::Gathering { number, done: 32, documents });
    assert_eq!(person.session.task().map(|task| task.done), Some(32));
    others_claim(&mut person, project, 7);
    frame(&mut person, Message::Gathered { number, documents: rest, problems });
    frames(&mut person);
    assert_eq!((steps(&person), on_disk(&person, 7)), (2, EACH + 1));
}

#[test]
fn what_is_decided_meanwhile_stays_decided() {
    let mut person = decided();
    person.tell(Message::GoToRow { row: 5, open: false });
    person.press("Backspace");
    apply(&mut person);
    assert!(frame(&mut person, Message::GoOn).0);
    frame(&mut person, Message::GoToRow { row: 5, open: false });
    frame(&mut person, Message::Run(Command::Reject));
    frames(&mut person);
    assert_eq!(person.notice(), "Tagged 4798 places in 600 articles");
    assert_eq!(person.session.verdict_counts(), (0, 1));
}

#[test]
fn a_set_that_is_changed_before_its_turn_is_written_as_it_is_last() {
    let mut person = decided();
    frame(&mut person, Message::OpenDocument(path(&name(ARTICLES - 1))));
    apply(&mut person);
    while steps(&person) == 1 {
        frame(&mut person, Message::GoOn);
    }
    assert_eq!(on_disk(&person, ARTICLES - 1), 0, "it has still to be written");
    person.in_list = false;
    frame(&mut person, Message::Run(Command::SelectAll));
    frame(&mut person, Message::Run(Command::Tag(0)));
    assert_eq!((steps(&person), on_disk(&person, ARTICLES - 1)), (3, EACH + 1));
    assert_eq!(person.session.saving(), Saving::Writing);
    frames(&mut person);
    assert_eq!(
        (on_disk(&person, ARTICLES - 1), all_on_disk(&person)),
        (EACH + 1, ARTICLES * EACH + 1)
    );
    assert_eq!(person.session.saving(), Saving::Saved);
}

#[test]
fn what_waits_to_be_written_is_written_before_a_text_is_read_anew() {
    let mut person = decided();
    let project = apply(&mut person);
    while steps(&person) == 1 {
        frame(&mut person, Message::GoOn);
    }
    assert!(all_on_disk(&person) < ARTICLES * EACH);
    let document = path(&name(ARTICLES - 1));
    frame(
        &mut person,
        Message::Outside(Box::new(Outside::Article { project, document, kept: None })),
    );
    frames(&mut person);
    assert_eq!((all_on_disk(&person), person.session.saving()), (ARTICLES * EACH, Saving::Saved));
}

#[test]
fn one_goes_through_large_and_small_steps_alike() {
    let mut person = decided();
    apply(&mut person);
    frames(&mut person);
    person.in_list = false;
    person.press("Ctrl+A 1");
    assert_eq!((steps(&person), all_on_disk(&person)), (3, ARTICLES * EACH + 1));
    frame(&mut person, Message::GoToStep(0));
    assert!(frames(&mut person) > 1);
    assert_eq!((steps(&person), all_on_disk(&person)), (0, 0));
    assert_eq!(person.notice(), "Went through 3 steps");
    frame(&mut person, Message::GoToStep(3));
    frames(&mut person);
    assert_eq!((steps(&person), all_on_disk(&person)), (3, ARTICLES * EACH + 1));
    assert_eq!(person.notice(), "Went through 3 steps");
}

#[test]
fn a_large_step_that_somebody_elses_change_is_in_the_way_of_is_let_go() {
    let mut person = decided();
    let project = apply(&mut person);
    frames(&mut person);
    let SetOnDisk::Read(before) = person.found(&annotator("ana"), &path(&name(9))) else {
        panic!("it is there");
    };
    let mut now = before.clone();
    now.apply(Edit::Remove(before.annotations()[3].id.clone())).unwrap();
    frame(
        &mut person,
        Message::Outside(Box::new(Outside::Set {
            project,
            document: path(&name(9)),
            annotator: annotator("ana"),
            changed: ChangedSet {
                text: super::digest(),
                before: Some(before),
                now: SetOnDisk::Read(now),
            },
        })),
    );
    frame(&mut person, Message::Run(Command::Undo));
    frames(&mut person);
    let said = "\"tag 4799 places in 600 articles\" cannot be undone any more: 009 has been \
                changed by somebody else since";
    assert_eq!((person.notice(), steps(&person)), (said, 1));
    assert_eq!(all_on_disk(&person), ARTICLES * EACH);
}

#[test]
fn the_window_closes_when_a_large_step_is_done_and_saved() {
    for pieces in 0..7 {
        let mut person = decided();
        apply(&mut person);
        for _ in 0..pieces {
            frame(&mut person, Message::GoOn);
        }
        frame(&mut person, Message::CloseRequested);
        assert!(!person.closed, "after {pieces} pieces");
        frames(&mut person);
        assert!(person.closed);
        assert_eq!((steps(&person), all_on_disk(&person)), (2, ARTICLES * EACH));
    }
}

#[test]
fn closing_a_second_time_lets_a_large_step_be_and_what_refuses_it_keeps_the_window() {
    let mut person = decided();
    apply(&mut person);
    frame(&mut person, Message::CloseRequested);
    assert!(person.session.closes_after_task());
    frame(&mut person, Message::CloseRequested);
    assert!(person.closed);
    assert_eq!((steps(&person), all_on_disk(&person)), (1, 1));

    let mut person = decided();
    let project = apply(&mut person);
    for _ in 0..3 {
        frame(&mut person, Message::GoOn);
    }
    frame(&mut person, Message::CloseRequested);
    let document = path(&name(7));
    frame(
        &mut person,
        Message::Outside(Box::new(Outside::Article { project, document, kept: None })),
    );
    frames(&mut person);
    assert!(person.notice().starts_with("Nothing was changed"), "{}", person.notice());
    assert!(!person.closed && !person.session.closes_after_task());
    person.tell(Message::CloseRequested);
    assert!(person.closed);
}

#[test]
fn the_window_closes_when_what_is_gathered_is_done() {
    let mut person = decided();
    let reading = person.tell_only(Message::Run(Command::Apply));
    frame(&mut person, Message::CloseRequested);
    person.carry_out(reading);
    assert!(person.closed);
    assert_eq!(all_on_disk(&person), ARTICLES * EACH);
}
