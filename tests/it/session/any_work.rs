//! Linking, describing, finding, mending and changing the schema in whatever
//! order: all of it is undone in all files, and redone.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::{Decisions, NameKind, Schema};
use tandai::review::Query;
use tandai::session::{Command, Message, Saving, Typed, Verdict, table};
use tandai::storage::{SetOnDisk, built_in_schema};
use tandai::text::Direction;

use super::{Person, annotator, path};
use crate::hostile;
use crate::markup::render;

/// A message that still wants a state to be about.
#[derive(Clone, Debug)]
enum Gesture {
    Run(Command),
    Focus(Index),
    Type(char, bool),
    Erase,
    Walk(bool),
    Take,
    Choose(usize),
    TakeLink(Index),
    Note(Index, String),
    EndNote,
    Value(String, String),
    Look(Query, bool),
    Row(Index, bool),
    AcceptAs(usize, bool),
    Judge(Index, Option<Verdict>),
    ShowDecided(bool),
    /// Finds, accepts all and carries out: changes of several articles.
    Batch(usize),
    Step(Index),
    Rename(NameKind, String, String),
    Remove(NameKind, String),
    Open(Index),
    ShowSet(Index),
}

fn name() -> impl Strategy<Value = String> {
    let known =
        ["claim", "source", "denial", "location", "denies", "same-as", "kind", "directness"];
    prop_oneof![
        4 => select(known.to_vec()).prop_map(str::to_owned),
        1 => hostile::string(),
    ]
}

fn gesture() -> impl Strategy<Value = Gesture> {
    use Gesture as G;
    let index = any::<Index>;
    let all: Vec<Command> = table(&built_in_schema()).into_iter().map(|e| e.command).collect();
    let of_this: Vec<Command> = all
        .iter()
        .copied()
        .filter(|command| {
            use Command as C;
            let links = matches!(command, C::Link | C::NextLink | C::RelabelLink | C::RemoveLink);
            let lists = matches!(command, C::TagEverywhere | C::Accept | C::AcceptAll | C::Reject);
            let rest = matches!(command, C::Apply | C::Mend(_) | C::Intend | C::NextProblem);
            links || lists || rest || matches!(command, C::Cycle { .. } | C::AdoptNames | C::Undo)
        })
        .collect();
    let kind = || select(vec![NameKind::Label, NameKind::Relation, NameKind::Attribute]);
    let letters = select("asdfghjklzx".chars().collect::<Vec<char>>());
    let query = ("[a-z ]{0,2}", any::<(bool, bool, bool)>())
        .prop_map(|(text, (case, whole_words, regex))| Query { text, case, whole_words, regex });
    let verdict = select(vec![None, Some(Verdict::Reject), Some(Verdict::Accept("claim".into()))]);
    prop_oneof![
        2 => select(all).prop_map(G::Run),
        8 => select(of_this).prop_map(G::Run),
        4 => index().prop_map(G::Focus),
        5 => (letters, any::<bool>()).prop_map(|(letter, shift)| G::Type(letter, shift)),
        1 => Just(G::Erase),
        1 => any::<bool>().prop_map(G::Walk),
        2 => Just(G::Take),
        1 => (0_usize..3).prop_map(G::Choose),
        1 => index().prop_map(G::TakeLink),
        3 => (index(), hostile::string()).prop_map(|(at, note)| G::Note(at, note)),
        1 => Just(G::EndNote),
        2 => (name(), hostile::string()).prop_map(|(name, value)| G::Value(name, value)),
        2 => (query, any::<bool>()).prop_map(|(query, all)| G::Look(query, all)),
        3 => (index(), any::<bool>()).prop_map(|(at, open)| G::Row(at, open)),
        2 => (0_usize..5, any::<bool>()).prop_map(|(label, all)| G::AcceptAs(label, all)),
        1 => (index(), verdict).prop_map(|(at, verdict)| G::Judge(at, verdict)),
        1 => any::<bool>().prop_map(G::ShowDecided),
        2 => (0_usize..4).prop_map(G::Batch),
        1 => index().prop_map(G::Step),
        1 => (kind(), name(), name()).prop_map(|(kind, old, new)| G::Rename(kind, old, new)),
        1 => (kind(), name()).prop_map(|(kind, name)| G::Remove(kind, name)),
        2 => index().prop_map(G::Open),
        1 => index().prop_map(G::ShowSet),
    ]
}

const ARTICLES: [&str; 3] = ["a.txt", "b.txt", "c.txt"];

/// Does what a gesture is now; what is not to be had is left out.
fn perform(gesture: Gesture, person: &mut Person) -> Option<()> {
    use Gesture as G;
    let set = person.session.shown_set().cloned();
    let annotation = |at: Index| {
        let annotations = set.as_ref()?.annotations();
        (!annotations.is_empty()).then(|| at.get(annotations).id.clone())
    };
    let direction = |on| if on { Direction::On } else { Direction::Back };
    let message = match gesture {
        G::Run(command) => Message::Run(command),
        G::Focus(at) => Message::Focus(annotation(at)?),
        G::Type(letter, shift) => {
            Message::Type(Typed { letter: Some(letter), text: Some(letter.into()), shift })
        }
        G::Erase => Message::EraseTyped,
        G::Walk(on) => Message::WalkMode(direction(on)),
        G::Take => Message::TakeWalked,
        G::Choose(at) => Message::ChooseWay(at),
        G::TakeLink(at) => {
            let links = set.as_ref()?.relations();
            Message::TakeLink((!links.is_empty()).then(|| at.get(links).id.clone())?)
        }
        G::Note(at, note) => Message::SetNote { annotation: annotation(at)?, note },
        G::EndNote => Message::EndNote,
        G::Value(name, value) => Message::SetValue { name, value },
        G::Look(query, all) => {
            let find = if all { Command::FindEverywhere } else { Command::Find };
            person.tell(Message::Run(find));
            Message::SetQuery(query)
        }
        G::Row(at, open) => {
            let count = person.session.list_place().0;
            Message::GoToRow { row: (count > 0).then(|| at.index(count))?, open }
        }
        G::AcceptAs(label, all) => Message::AcceptAs { label, all },
        G::Judge(at, verdict) => {
            let shown = person.session.search()?.shown();
            Message::JudgeAt((!shown.is_empty()).then(|| *at.get(shown))?, verdict)
        }
        G::ShowDecided(shown) => Message::ShowDecided(shown),
        G::Batch(label) => {
            person.tell(Message::Run(Command::FindEverywhere));
            let query = Query { text: "ka".to_owned(), ..Query::default() };
            person.tell(Message::SetQuery(query));
            person.tell(Message::AcceptAs { label, all: true });
            Message::Run(Command::Apply)
        }
        G::Step(at) => {
            let history = person.session.history();
            Message::GoToStep(at.index(history.done().len() + history.undone().len() + 1))
        }
        G::Rename(kind, old, new) => Message::Rename { kind, old: old.into(), new },
        G::Remove(kind, name) => Message::RemoveName(kind, name.into()),
        G::Open(at) => Message::OpenDocument(path(at.get::<&str>(&ARTICLES))),
        G::ShowSet(at) => Message::ShowSet(annotator(at.get::<&str>(&["ana", "ben"]))),
    };
    person.tell(message);
    Some(())
}

/// What the files hold: all sets, the schema, what was decided.
fn files(person: &Person) -> (Vec<SetOnDisk>, Schema, Decisions) {
    let sets = person.sets(&ARTICLES, &["ana", "ben"]);
    let schema = person.schema_file.clone().unwrap_or_else(built_in_schema);
    (sets, schema, person.decisions_of(&annotator("ana")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn after_any_work_all_files_are_saved_and_all_of_it_can_be_undone_and_redone(
        texts in [hostile::text_with_set(), hostile::text_with_set()],
        gestures in vec(gesture(), 0..50),
    ) {
        let marked = texts.clone().map(|(text, set)| render(&text, &set, None, None));
        let articles = [("a.txt", &*marked[0]), ("b.txt", &*marked[1]), ("c.txt", "Kim kata Kim.")];
        let mut person = Person::unopened(&articles);
        for (name, (_, set)) in ARTICLES.into_iter().zip(&texts) {
            person.put_set("ana", name, SetOnDisk::Read(set.clone()));
        }
        person.put_marked("ben", "a.txt", &marked[0]);
        person.put_marked("ben", "c.txt", "[source:Kim] kata Kim.");
        person.tell(Message::OpenDocument(path("a.txt")));
        let before = files(&person);
        for gesture in gestures {
            let _: Option<()> = perform(gesture, &mut person);
            prop_assert_eq!(person.session.saving(), Saving::Saved);
            prop_assert_eq!(person.session.schema(), &files(&person).1);
            prop_assert_eq!(person.session.decisions(), Some(&person.decisions_of(&annotator("ana"))));
        }
        person.redo_all();
        let after = files(&person);
        person.undo_all();
        prop_assert_eq!(files(&person), before);
        person.redo_all();
        prop_assert_eq!(files(&person), after);
    }
}
