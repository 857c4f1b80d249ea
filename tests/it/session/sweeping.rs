//! Steps that go through more sets than is done in one frame.

use std::sync::Arc;

use tandai::corpus::{
    Annotation, AnnotationSet, Decision, Decisions, Edit, NameKind, Schema, Status,
};
use tandai::session::{BulkChange, Command, Message, Outside, Reviewing, Saving};
use tandai::storage::{
    ChangedDecisions, ChangedSet, Problem, ProblemKind, Project, SetOnDisk, built_in_schema,
};
use tandai::text::{Offset, Span};

use super::carrying::{frame, frames, let_go_by};
use super::{Person, annotator, path};
use crate::markup::parse_as;

const ARTICLES: usize = 900;
const MARKED: &str = "[claim:Kim] dan [claim:Ri], [claim:Han], [source:Oh], [claim:Ju].";
/// How many claims are in each.
const CLAIMS: usize = 4;

fn name(at: usize) -> String {
    format!("{at:03}.txt")
}

/// Ana has marked all articles.
fn unopened() -> Person {
    let names: Vec<String> = (0..ARTICLES).map(name).collect();
    let articles: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), MARKED)).collect();
    Person::unopened(&articles)
}

/// The same, with the first one open.
fn person() -> Person {
    let mut person = unopened();
    person.tell(Message::OpenDocument(path(&name(0))));
    person
}

fn on_disk(person: &Person, at: usize) -> &AnnotationSet {
    set_of(person, "ana", at)
}

fn set_of<'p>(person: &'p Person, whose: &str, at: usize) -> &'p AnnotationSet {
    match &person.disk[&(annotator(whose), path(&name(at)))] {
        SetOnDisk::Read(set) => set,
        other => panic!("{other:?}"),
    }
}

/// How many annotations on the disk are so.
fn count(person: &Person, is_so: impl Fn(&Annotation) -> bool) -> usize {
    let all = (0..ARTICLES).flat_map(|at| on_disk(person, at).annotations());
    all.filter(|one| is_so(one)).count()
}

fn steps(person: &Person) -> usize {
    person.session.history().done().len()
}

/// What concerns all sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Change {
    Rename,
    Relist,
    Relabel,
}

const CHANGES: [Change; 3] = [Change::Rename, Change::Relist, Change::Relabel];

/// The built-in schema with another default of what claims have for certainty.
fn relisted() -> Schema {
    let schema = built_in_schema();
    let mut attributes = schema.attributes().to_vec();
    let certainty = attributes.iter_mut().find(|one| *one.name == *"certainty").unwrap();
    certainty.values.reverse();
    schema.with_attributes(attributes).unwrap()
}

impl Change {
    /// Begins it, up to the first piece. Returns the project.
    fn begin(self, person: &mut Person) -> Arc<Project> {
        let message = match self {
            Self::Rename => Message::Rename {
                kind: NameKind::Label,
                old: "claim".into(),
                new: "assertion".to_owned(),
            },
            Self::Relist => {
                let schema = Ok(Box::new(relisted()));
                Message::SetSchema { name: "change attribute certainty".to_owned(), schema }
            }
            Self::Relabel => {
                person.press("Ctrl+B");
                person.in_list = true;
                person.tell(Reviewing::FilterTable("label:claim".to_owned()).into());
                person.press("Ctrl+Enter");
                person.tell(Reviewing::ChooseBulk(BulkChange::Relabel("denial".into())).into());
                Reviewing::ApplyBulk.into()
            }
        };
        let (goes_on, project) = frame(person, message);
        assert!(goes_on, "{self:?}");
        person.in_list = false;
        project.unwrap()
    }

    fn is_of(self, one: &Annotation) -> bool {
        match self {
            Self::Rename => &*one.label == "assertion",
            Self::Relist => one.attributes.contains_key("certainty"),
            Self::Relabel => &*one.label == "denial",
        }
    }

    fn step(self) -> &'static str {
        match self {
            Self::Rename => "rename label claim to assertion, in 900 sets",
            Self::Relist => "change attribute certainty, in 900 sets",
            Self::Relabel => "change label to denial of 3600 annotations",
        }
    }
}

#[test]
fn what_goes_through_very_many_sets_is_one_step_with_frames_between() {
    for change in CHANGES {
        let mut person = person();
        change.begin(&mut person);
        let mut done = Vec::new();
        while steps(&person) == 0 {
            let task = person.session.task().expect("it says how far it is");
            assert_eq!((task.unit(), task.of), ("articles", ARTICLES), "{change:?}");
            done.push(task.done);
            assert!(frame(&mut person, Message::GoOn).0);
            assert_eq!(count(&person, |one| change.is_of(one)), 0, "it is done as a whole");
        }
        assert!(done.len() > 1 && done.is_sorted(), "{done:?}");
        assert_eq!(person.session.history().last_done().unwrap().name, change.step());
        frames(&mut person);
        assert_eq!(count(&person, |one| change.is_of(one)), ARTICLES * CLAIMS, "{change:?}");
        assert_eq!(person.session.saving(), Saving::Saved);
        frame(&mut person, Message::Run(Command::Undo));
        frames(&mut person);
        assert_eq!((steps(&person), count(&person, |one| change.is_of(one))), (0, 0));
        assert_eq!(*person.session.schema(), built_in_schema());
    }
}

#[test]
fn it_can_be_stopped_and_nothing_was_changed_then() {
    for (change, pieces) in CHANGES.into_iter().flat_map(|one| (0..2).map(move |n| (one, n))) {
        let mut person = person();
        change.begin(&mut person);
        let_go_by(&mut person, pieces);
        frame(&mut person, Message::Run(Command::SelectAll));
        frame(&mut person, Message::Run(Command::Tag(0)));
        assert_eq!(person.notice(), "Not yet: the last step is still being carried out");
        frame(&mut person, Message::Run(Command::CancelWork));
        assert!(person.notice().ends_with("Nothing was changed"), "{}", person.notice());
        frames(&mut person);
        assert_eq!((steps(&person), person.saves), (0, 0), "{change:?}");
        assert_eq!(*person.session.schema(), built_in_schema());
    }
}

/// Another program makes another set of somebody's.
fn becomes(
    person: &mut Person,
    project: &Arc<Project>,
    (whose, at): (&str, usize),
    before: AnnotationSet,
    now: AnnotationSet,
) {
    person.put_set(whose, &name(at), SetOnDisk::Read(now.clone()));
    let outside = Outside::Set {
        project: project.clone(),
        document: path(&name(at)),
        annotator: annotator(whose),
        changed: ChangedSet {
            text: super::digest(),
            before: Some(before),
            now: SetOnDisk::Read(now),
        },
    };
    frame(person, Message::Outside(Box::new(outside)));
}

/// Another program notes something about each claim of a set, and says that it is done.
fn others_notes(person: &mut Person, project: &Arc<Project>, at: usize) {
    let before = on_disk(person, at).clone();
    let mut now = before.clone();
    for one in before.annotations().iter().filter(|one| &*one.label == "claim") {
        let noted = Annotation { note: "theirs".to_owned(), ..(**one).clone() };
        now.apply(Edit::Replace(Arc::new(noted))).unwrap();
    }
    now.apply(Edit::SetStatus(Status::Done)).unwrap();
    becomes(person, project, ("ana", at), before, now);
}

#[test]
fn what_another_program_says_meanwhile_is_kept_in_sets_that_were_gone_through_and_in_others() {
    for (change, at) in CHANGES.into_iter().flat_map(|one| [1, ARTICLES - 1].map(|at| (one, at))) {
        let mut person = person();
        let project = change.begin(&mut person);
        others_notes(&mut person, &project, at);
        frames(&mut person);
        assert_eq!(steps(&person), 1, "{change:?}");
        let set = on_disk(&person, at);
        assert_eq!(set.status(), Status::Done, "{change:?} {at}");
        let noted: Vec<_> =
            set.annotations().iter().filter(|one| one.note == "theirs").cloned().collect();
        assert_eq!(noted.len(), CLAIMS, "{change:?} {at}");
        assert!(noted.iter().all(|one| change.is_of(one)), "{change:?} {at}");
        assert_eq!(count(&person, |one| change.is_of(one)), ARTICLES * CLAIMS);
    }
}

#[test]
fn where_the_schema_changes_meanwhile_it_begins_anew_with_that_or_is_not_done() {
    for (change, pieces) in [(Change::Rename, 0), (Change::Rename, 1), (Change::Relist, 0)] {
        let mut person = person();
        let project = change.begin(&mut person);
        let_go_by(&mut person, pieces);
        let theirs = built_in_schema().without(NameKind::Label, "location").unwrap();
        let schema = Ok(theirs.clone());
        frame(&mut person, Message::Outside(Box::new(Outside::Schema { project, schema })));
        frames(&mut person);
        if change == Change::Relist {
            let said = "Nothing was changed: another program has changed the schema meanwhile";
            assert_eq!((person.notice(), steps(&person)), (said, 0));
            assert_eq!(*person.session.schema(), theirs);
            continue;
        }
        assert_eq!(steps(&person), 1);
        let schema = person.session.schema();
        assert!(schema.label("location").is_none() && schema.label("assertion").is_some());
        assert_eq!(count(&person, |one| change.is_of(one)), ARTICLES * CLAIMS);
    }
}

#[test]
fn an_article_whose_text_changes_meanwhile_is_left_and_named() {
    let mut person = person();
    let project = Change::Rename.begin(&mut person);
    let document = path(&name(3));
    let changed = Outside::Article { project, document, kept: None };
    frame(&mut person, Message::Outside(Box::new(changed)));
    frames(&mut person);
    assert_eq!(steps(&person), 1);
    assert!(person.notice().contains("the sets about 003"), "{}", person.notice());
    assert_eq!(count(&person, |one| &*one.label == "assertion"), (ARTICLES - 1) * CLAIMS);
}

#[test]
fn who_goes_to_another_article_meanwhile_stays_where_they_are() {
    for change in CHANGES {
        let mut person = person();
        person.press("Tab");
        let tagged = person.session.focused().unwrap().id.clone();
        change.begin(&mut person);
        let_go_by(&mut person, 1);
        frame(&mut person, Message::OpenDocument(path(&name(5))));
        frame(&mut person, Message::Run(Command::SelectAll));
        let whole = person.session.selection();
        assert!(!whole.range().is_empty());
        frames(&mut person);
        let reading = person.session.reading().unwrap();
        assert_eq!((steps(&person), reading.document.clone()), (1, path(&name(5))), "{change:?}");
        assert_eq!((person.session.selection(), person.session.focused()), (whole, None));
        // So does who undoes it, and what was focused in the other article is so there.
        frame(&mut person, Message::Run(Command::Undo));
        frames(&mut person);
        assert_eq!((steps(&person), person.session.selection()), (0, whole));
        frame(&mut person, Message::OpenDocument(path(&name(0))));
        assert_eq!(person.session.focused().map(|one| &one.id), Some(&tagged), "{change:?}");
    }
}

#[test]
fn a_name_that_comes_meanwhile_into_what_did_not_have_it_is_replaced_too() {
    let mut person = unopened();
    let without = parse_as("bo", "[source:Kim] dan Ri, Han, Oh, Ju.").set;
    person.put_set("bo", &name(1), SetOnDisk::Read(without.clone()));
    person.tell(Message::OpenDocument(path(&name(0))));
    let project = Change::Rename.begin(&mut person);
    let_go_by(&mut person, 1);
    let with = parse_as("bo", "[source:Kim] dan [claim:Ri], Han, Oh, Ju.").set;
    becomes(&mut person, &project, ("bo", 1), without, with);
    frames(&mut person);
    let labels: Vec<String> =
        set_of(&person, "bo", 1).annotations().iter().map(|one| one.label.to_string()).collect();
    assert_eq!((steps(&person), labels), (1, ["source", "assertion"].map(str::to_owned).to_vec()));
}

fn rejected(article: &str, label: &str) -> Decision {
    Decision::NotTagged {
        document: path(article),
        span: Span::new(Offset::new(0), Offset::new(3)).unwrap(),
        label: label.into(),
        text: "Kim".to_owned(),
    }
}

#[test]
fn a_decision_that_comes_meanwhile_is_about_the_new_name_too() {
    let mut person = person();
    let project = Change::Rename.begin(&mut person);
    let_go_by(&mut person, 1);
    let now: Decisions = [rejected(&name(1), "claim")].into_iter().collect();
    person.decided.insert(annotator("bo"), now.clone());
    let changed = ChangedDecisions { before: Decisions::default(), now: Ok(now) };
    let outside = Outside::Decisions { project, annotator: annotator("bo"), changed };
    frame(&mut person, Message::Outside(Box::new(outside)));
    frames(&mut person);
    let after: Decisions = [rejected(&name(1), "assertion")].into_iter().collect();
    assert_eq!((steps(&person), &person.decided[&annotator("bo")]), (1, &after));
}

#[test]
fn many_get_the_same_value_under_a_schema_that_changes_meanwhile() {
    let mut person = unopened();
    for at in 0..ARTICLES {
        let mut set = on_disk(&person, at).clone();
        for one in set.clone().annotations().iter().filter(|one| &*one.label == "claim") {
            let mut probable = (**one).clone();
            probable.attributes.insert("certainty".to_owned(), "probable".to_owned());
            set.apply(Edit::Replace(Arc::new(probable))).unwrap();
        }
        person.put_set("ana", &name(at), SetOnDisk::Read(set));
    }
    person.tell(Message::OpenDocument(path(&name(0))));
    person.press("Ctrl+B");
    person.in_list = true;
    person.tell(Reviewing::FilterTable("label:claim".to_owned()).into());
    person.press("Ctrl+Enter");
    let certain = BulkChange::SetValue("certainty".into(), "certain".into());
    person.tell(Reviewing::ChooseBulk(certain).into());
    let (goes_on, project) = frame(&mut person, Reviewing::ApplyBulk.into());
    assert!(goes_on);
    // What was the default is none any more.
    let (project, schema) = (project.unwrap(), Ok(relisted()));
    frame(&mut person, Message::Outside(Box::new(Outside::Schema { project, schema })));
    frames(&mut person);
    let is_certain =
        |one: &Annotation| one.attributes.get("certainty").is_some_and(|value| value == "certain");
    assert_eq!((steps(&person), count(&person, is_certain)), (1, ARTICLES * CLAIMS));
}

#[test]
fn where_the_schema_cannot_be_read_any_more_nothing_is_done() {
    for change in [Change::Rename, Change::Relist] {
        let mut person = person();
        let project = change.begin(&mut person);
        let schema = Err(Problem::new("schema.ron", ProblemKind::Unreadable("broken".to_owned())));
        frame(&mut person, Message::Outside(Box::new(Outside::Schema { project, schema })));
        frames(&mut person);
        let said = "Nothing was changed: another program has changed the schema meanwhile";
        assert_eq!((person.notice(), steps(&person), person.saves), (said, 0, 0), "{change:?}");
    }
}

#[test]
fn how_far_it_is_counts_also_what_is_only_decided_about() {
    let mut person = person();
    let away = |at: usize| rejected(&format!("{at:05}-away.txt"), "claim");
    let all: Decisions = (0..5 * ARTICLES).map(away).collect();
    person.decided.insert(annotator("ana"), all);
    person.tell(Message::SetAnnotator("bo".to_owned()));
    person.tell(Message::SetAnnotator("ana".to_owned()));
    person.tell(Message::OpenDocument(path(&name(0))));
    Change::Rename.begin(&mut person);
    let mut far = Vec::new();
    while steps(&person) == 0 {
        let task = person.session.task().unwrap();
        assert_eq!(task.of, 6 * ARTICLES);
        far.push(task.done);
        assert!(frame(&mut person, Message::GoOn).0);
    }
    assert!(far.is_sorted() && far.last().unwrap() < &(6 * ARTICLES), "{far:?}");
}

#[test]
fn a_merging_of_names_is_called_so_while_it_goes_on() {
    let mut person = person();
    let merge = |kind| Message::Rename { kind, old: "claim".into(), new: "source".to_owned() };
    let reading = person.tell_only(merge(NameKind::Label));
    assert_eq!(person.session.task().unwrap().title, "Merging claim into source in all sets");
    for effect in reading {
        if let Some(answer) = person.outcome(effect) {
            frame(&mut person, answer);
        }
    }
    let title = "Carrying out: merge label claim into source";
    assert_eq!(person.session.task().unwrap().title, title);
}

#[test]
fn what_is_decided_is_read_before_a_name_is_replaced_or_values_are_listed_otherwise() {
    let mut person = person();
    // What was decided by whom one is now is not read yet.
    let reading = person.tell_only(Message::SetAnnotator("bo".to_owned()));
    assert!(person.session.decisions().is_none());
    let rename =
        Message::Rename { kind: NameKind::Label, old: "claim".into(), new: "voice".to_owned() };
    let relist = Message::SetSchema {
        name: "change attribute certainty".to_owned(),
        schema: Ok(Box::new(relisted())),
    };
    for message in [rename, relist] {
        drop(person.tell_only(message));
        assert_eq!(person.notice(), "Your decisions are still being read");
        assert!(person.session.task().is_none());
    }
    person.carry_out(reading);
    Change::Rename.begin(&mut person);
    frames(&mut person);
    assert_eq!(steps(&person), 1);
}

#[test]
fn why_nothing_could_be_changed_keeps_the_window_open() {
    let mut person = Person::unopened(&[("a.txt", "Kim."), (&name(0), MARKED)]);
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Ctrl+B");
    person.in_list = true;
    person.tell(Reviewing::FilterTable("label:claim".to_owned()).into());
    person.press("Ctrl+Enter");
    person.tell(Reviewing::ChooseBulk(BulkChange::Relabel("denial".into())).into());
    let reading = person.tell_only(Reviewing::ApplyBulk.into());
    frame(&mut person, Message::CloseRequested);
    assert!(person.session.closes_after_task());
    // What is read is not what was looked at.
    let mut now = on_disk(&person, 0).clone();
    for one in on_disk(&person, 0).annotations() {
        let theirs = Annotation { label: "location".into(), ..(**one).clone() };
        now.apply(Edit::Replace(Arc::new(theirs))).unwrap();
    }
    person.put_set("ana", &name(0), SetOnDisk::Read(now));
    person.carry_out(reading);
    let said = "left alone, because changed meanwhile: 4 annotations";
    assert_eq!((person.notice(), person.closed), (said, false));
}
