//! Whatever is pressed, typed and clicked in whatever order.

use egui::{Modifiers, Pos2, pos2};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::corpus::{Edit, Status};
use tandai::session::{Chord, Command, Keymap, Saving};
use tandai::storage::{KeyDifferences, SchemaStore, SetOnDisk, SetStore, built_in_schema};

use super::harness::{Opening, Window};
use crate::hostile;
use crate::markup::parse_as;

/// The size of the window, in points.
const SIZE: (f32, f32) = (900.0, 600.0);

/// Keys that mean something in fields, sheets and lists.
const EVERYWHERE: [&str; 14] = [
    "Enter",
    "Escape",
    "Tab",
    "Shift+Tab",
    "Up",
    "Down",
    "Left",
    "Right",
    "Backspace",
    "Delete",
    "Home",
    "End",
    "Ctrl+Enter",
    "Space",
];

#[derive(Clone, Debug)]
enum Deed {
    Press(String),
    Type(String),
    Click(Pos2),
    Drag(Pos2, Pos2),
}

/// Every key that does something, but those that leave the project or the program.
fn keys() -> Vec<String> {
    let keymap = Keymap::new(&built_in_schema(), &KeyDifferences::default());
    let stays = |command| {
        !matches!(command, Command::Quit | Command::OpenFolder | Command::ChangeAnnotator)
    };
    let entries = keymap.entries().iter().filter(|entry| stays(entry.command));
    entries.flat_map(|entry| entry.keys.iter().map(Chord::to_string)).collect()
}

fn deed() -> impl Strategy<Value = Deed> {
    let place = || (0.0..SIZE.0, 0.0..SIZE.1).prop_map(|(x, y)| pos2(x, y));
    prop_oneof![
        12 => select(keys()).prop_map(Deed::Press),
        6 => select(EVERYWHERE.to_vec()).prop_map(|key| Deed::Press(key.to_owned())),
        2 => "[a-z]{1,3}".prop_map(Deed::Type),
        1 => hostile::string().prop_map(Deed::Type),
        3 => place().prop_map(Deed::Click),
        2 => (place(), place()).prop_map(|(from, to)| Deed::Drag(from, to)),
    ]
}

fn carry_out(deed: &Deed, window: &mut Window) {
    match deed {
        Deed::Press(key) => window.press(key),
        Deed::Type(text) => window.type_text(text),
        Deed::Click(at) => window.click(*at),
        Deed::Drag(from, to) => window.drag(*from, *to, Modifiers::NONE),
    };
}

proptest! {
    // Each case is a window in which some dozen keys are pressed.
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn after_any_keys_the_articles_are_untouched_and_the_files_say_what_the_window_says(
        text in hostile::text(),
        deeds in vec(deed(), 0..60),
    ) {
        let articles = [("seeds/a.txt", text.as_str()), ("seeds/b.txt", "Kim kata Kim.\nDi Seoul.")];
        let set = [("source", [(0, 3)].as_slice()), ("claim", &[(9, 12)]), ("location", &[(17, 22)])];
        let mut bens = parse_as("ben", "[claim:Kim] kata [source:Kim].\nDi [location:Seoul].").set;
        bens.apply(Edit::SetStatus(Status::Done)).unwrap();
        let opening = Opening::of(&articles).with_set("b.txt", articles[1].1, &set);
        let opening = opening.with_annotations("b.txt", bens);
        let mut window = opening.sized(SIZE.0, SIZE.1).open();
        for deed in &deeds {
            carry_out(deed, &mut window);
        }
        window.press("Escape Escape Escape");
        for (path, content) in articles {
            prop_assert_eq!(window.file(path), Some(content.to_owned()));
        }
        let session = window.session();
        prop_assert_eq!(session.saving(), Saving::Saved);
        let (project, held) = (session.project().unwrap(), session.held().unwrap());
        let (_, found) = SetStore::load(project, session.annotator(), &held.document);
        match found {
            SetOnDisk::Read(set) => prop_assert_eq!(&set, &*held.set),
            SetOnDisk::Absent => prop_assert!(held.set.annotations().is_empty()),
            SetOnDisk::Unreadable(problem) => prop_assert!(false, "{problem}"),
        }
        let (_, schema, problem) = SchemaStore::load(project);
        prop_assert!(problem.is_none(), "{problem:?}");
        prop_assert_eq!(&schema, session.schema());
    }
}
