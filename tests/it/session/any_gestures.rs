//! Whatever a person does, in whatever order: the promises hold, and undoing it
//! all leaves what was there.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::Status;
use tandai::session::{Command, Edge, Message, Saving, table};
use tandai::storage::{SetOnDisk, built_in_schema};
use tandai::text::{Offset, Text};

use super::{Person, annotator, path};
use crate::hostile;
use crate::markup::render;

/// A message that still wants a state to be about.
#[derive(Clone, Debug)]
enum Gesture {
    Run(Command),
    Click(Index),
    Caret(Index, bool),
    Drag(Index, Index, bool),
    SelectWord(Index),
    SelectSentence(Index),
    Focus(Index),
    DragEdge(usize, Edge, Index, bool),
    Open(Index),
    ShowSet(Index),
    SetStatus(Status),
}

fn gesture() -> impl Strategy<Value = Gesture> {
    let index = any::<Index>;
    let commands: Vec<Command> =
        table(&built_in_schema()).into_iter().map(|entry| entry.command).collect();
    let changing: Vec<Command> = commands
        .iter()
        .copied()
        .filter(|command| {
            use Command::{AddFragment, Expand, MoveEdge, NextAnnotation, Remove, Tag, Undo};
            matches!(
                command,
                Tag(_) | AddFragment | MoveEdge { .. } | Remove | NextAnnotation | Expand | Undo
            )
        })
        .collect();
    let edge = proptest::sample::select(vec![Edge::Start, Edge::End]);
    prop_oneof![
        4 => proptest::sample::select(commands).prop_map(Gesture::Run),
        6 => proptest::sample::select(changing).prop_map(Gesture::Run),
        2 => index().prop_map(Gesture::Click),
        1 => (index(), any::<bool>()).prop_map(|(at, extend)| Gesture::Caret(at, extend)),
        4 => (index(), index(), any::<bool>()).prop_map(|(a, b, snap)| Gesture::Drag(a, b, snap)),
        1 => index().prop_map(Gesture::SelectWord),
        1 => index().prop_map(Gesture::SelectSentence),
        2 => index().prop_map(Gesture::Focus),
        2 => (0_usize..4, edge, index(), any::<bool>())
            .prop_map(|(fragment, edge, to, snap)| Gesture::DragEdge(fragment, edge, to, snap)),
        1 => index().prop_map(Gesture::Open),
        1 => index().prop_map(Gesture::ShowSet),
        1 => hostile::status().prop_map(Gesture::SetStatus),
    ]
}

const ARTICLES: [&str; 2] = ["a.txt", "b.txt"];

/// Ana with two articles, about which she and Ben have said something.
fn person(texts: &[(Text, tandai::corpus::AnnotationSet)]) -> Person {
    let marked: Vec<String> =
        texts.iter().map(|(text, set)| render(text, set, None, None)).collect();
    let articles: Vec<(&str, &str)> =
        ARTICLES.into_iter().zip(marked.iter().map(String::as_str)).collect();
    let mut person = Person::unopened(&articles);
    for ((name, marked), (_, set)) in articles.into_iter().zip(texts) {
        person.put_marked("ben", name, marked);
        // With the relations, which markup does not show.
        person.put_set("ana", name, SetOnDisk::Read(set.clone()));
    }
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

/// The message that a gesture is now; some places lie a little beyond the text.
fn message(gesture: &Gesture, person: &Person) -> Option<Message> {
    let end = person.session.document().map_or(0, |document| document.text.characters());
    let place = |at: &Index| Offset::new(at.index(end + 3));
    Some(match gesture {
        Gesture::Run(command) => Message::Run(*command),
        Gesture::Click(at) => {
            let at = place(at);
            Message::Click { at, over: (at.get() < end).then_some(at) }
        }
        Gesture::Caret(at, extend) => Message::Caret { at: place(at), extend: *extend },
        Gesture::Drag(anchor, head, snap) => {
            Message::Drag { anchor: place(anchor), head: place(head), snap: *snap }
        }
        Gesture::SelectWord(at) => Message::SelectWord(place(at)),
        Gesture::SelectSentence(at) => Message::SelectSentence(place(at)),
        Gesture::Focus(at) => {
            let set = person.session.shown_set().filter(|set| !set.annotations().is_empty())?;
            Message::Focus(at.get(set.annotations()).id.clone())
        }
        Gesture::DragEdge(fragment, edge, to, snap) => {
            Message::DragEdge { fragment: *fragment, edge: *edge, to: place(to), snap: *snap }
        }
        Gesture::Open(at) => Message::OpenDocument(path(at.get::<&str>(&ARTICLES))),
        Gesture::ShowSet(at) => {
            Message::ShowSet(annotator(at.get::<&str>(&["ana", "ben", "nobody"])))
        }
        Gesture::SetStatus(status) => Message::SetStatus(*status),
    })
}

/// What the files hold: of each article Ana's set and Ben's.
fn files(person: &Person) -> Vec<SetOnDisk> {
    person.sets(&ARTICLES, &["ana", "ben"])
}

proptest! {
    // Each case is a session of some dozen gestures.
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn after_any_gestures_the_promises_hold_and_all_of_it_can_be_undone_and_redone(
        texts in [hostile::text_with_set(), hostile::text_with_set()],
        gestures in vec(gesture(), 0..40),
    ) {
        let mut person = person(&texts);
        let before = files(&person);
        for gesture in &gestures {
            if let Some(message) = message(gesture, &person) {
                person.tell(message);
            }
        }
        prop_assert_eq!(person.session.saving(), Saving::Saved);
        // Undone steps that could be redone are part of what was done.
        person.redo_all();
        let after = files(&person);
        person.undo_all();
        prop_assert_eq!(files(&person), before);
        person.redo_all();
        prop_assert_eq!(files(&person), after);
    }
}
