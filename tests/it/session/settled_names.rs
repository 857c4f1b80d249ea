//! What was settled and reviewed stays so when something gets another name.

use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{Annotation, Fragments, Id, NameKind, Status};
use tandai::review::{content, renamed};
use tandai::session::{Message, Reviewing, SettleChoice};
use tandai::storage::SetOnDisk;
use tandai::text::{Offset, Span};

use super::{Person, annotator, path};

fn project() -> Person {
    let mut person = Person::unopened(&[("a.txt", "Menteri tiba di Kota Lama.")]);
    let sets = [
        ("ana", "[claim:Menteri tiba] di [location:Kota Lama]."),
        ("ben", "[claim:Menteri] tiba di [location:Kota] Lama."),
    ];
    for (name, marked) in sets {
        let mut set = crate::markup::parse_as(name, marked).set;
        set.apply(tandai::corpus::Edit::SetStatus(Status::Done)).unwrap();
        person.put_set(name, "a.txt", SetOnDisk::Read(set));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

fn rename(person: &mut Person, old: &str, new: &str) {
    let (old, new) = (old.into(), new.to_owned());
    person.tell(Message::Rename { kind: NameKind::Label, old, new });
}

#[test]
fn what_is_settled_is_not_asked_again_under_another_name() {
    let mut person = project();
    let annotators = ["ana", "ben"].map(annotator).into();
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule: None }).into());
    person.tell(Reviewing::BeginSettling.into());
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("1 2");
    assert_eq!(person.session.list_place().0, 0);
    rename(&mut person, "claim", "assertion");
    assert_eq!(person.session.list_place().0, 0, "{:?}", person.decided);
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(person.session.list_place().0, 1);
}

#[test]
fn what_is_reviewed_is_so_under_another_name() {
    let mut person = project();
    person.press("Tab O O");
    assert_eq!(person.session.reviewed_here(), 2);
    rename(&mut person, "location", "place");
    assert_eq!(person.session.reviewed_here(), 2);
}

proptest! {
    #[test]
    fn renaming_the_words_of_an_annotation_is_as_renaming_the_annotation(
        label in select(vec!["claim", "source", "7", "a-b"]),
        values in proptest::collection::btree_map(
            select(vec!["directness", "kind", "z"]).prop_map(str::to_owned),
            select(vec!["direct", "claim", "kind"]).prop_map(str::to_owned),
            0..3,
        ),
        new in select(vec!["assertion", "aa", "zz"]),
        attribute in any::<bool>(),
    ) {
        let span = Span::new(Offset::new(3), Offset::new(7)).unwrap();
        let id = Id::new("a").unwrap();
        let mut annotation = Annotation::new(id, label.into(), Fragments::one(span));
        annotation.attributes = values;
        let before = content(&annotation);
        let (kind, old) = if attribute {
            if let Some(value) = annotation.attributes.remove("kind") {
                annotation.attributes.insert(new.to_owned(), value);
            }
            (NameKind::Attribute, "kind")
        } else {
            if &*annotation.label == "claim" {
                annotation.label = new.into();
            }
            (NameKind::Label, "claim")
        };
        prop_assert_eq!(renamed(&before, kind, old, new), content(&annotation));
    }
}
