//! Steps that go through more sets than is done in one frame.

use std::sync::Arc;

use tandai::corpus::{Annotation, AnnotationSet, Edit, NameKind, Schema, Status};
use tandai::session::{BulkChange, Command, Message, Outside, Reviewing, Saving};
use tandai::storage::{ChangedSet, Project, SetOnDisk, built_in_schema};

use super::carrying::{frame, frames};
use super::{Person, annotator, path};

const ARTICLES: usize = 900;
const MARKED: &str = "[claim:Kim] dan [claim:Ri], [claim:Han], [source:Oh], [claim:Ju].";
/// How many claims are in each.
const CLAIMS: usize = 4;

fn name(at: usize) -> String {
    format!("{at:03}.txt")
}

/// Ana has marked all articles, and has the first one open.
fn person() -> Person {
    let names: Vec<String> = (0..ARTICLES).map(name).collect();
    let articles: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), MARKED)).collect();
    let mut person = Person::unopened(&articles);
    person.tell(Message::OpenDocument(path(&name(0))));
    person
}

fn on_disk(person: &Person, at: usize) -> &AnnotationSet {
    match &person.disk[&(annotator("ana"), path(&name(at)))] {
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
        for _ in 0..pieces {
            assert!(frame(&mut person, Message::GoOn).0);
        }
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

/// Another program notes something about each claim of a set, and says that it is done.
fn others_notes(person: &mut Person, project: &Arc<Project>, at: usize) {
    let before = on_disk(person, at).clone();
    let mut now = before.clone();
    for one in before.annotations().iter().filter(|one| &*one.label == "claim") {
        let noted = Annotation { note: "theirs".to_owned(), ..(**one).clone() };
        now.apply(Edit::Replace(Arc::new(noted))).unwrap();
    }
    now.apply(Edit::SetStatus(Status::Done)).unwrap();
    person.put_set("ana", &name(at), SetOnDisk::Read(now.clone()));
    let outside = Outside::Set {
        project: project.clone(),
        document: path(&name(at)),
        annotator: annotator("ana"),
        changed: ChangedSet {
            text: super::digest(),
            before: Some(before),
            now: SetOnDisk::Read(now),
        },
    };
    frame(person, Message::Outside(Box::new(outside)));
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
        for _ in 0..pieces {
            assert!(frame(&mut person, Message::GoOn).0);
        }
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
