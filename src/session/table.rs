//! The one table of commands: what each is called, what it does, its keys.
//!
//! Menus, tooltips, the keys sheet, the status bar and the README's table are
//! all made from it.

use super::chord::Chord;
use super::command::{Command, Edge, HintKind, LayoutMotion, Motion};
use crate::corpus::Schema;
use crate::text::{Direction, Unit};

/// Where a command's keys work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Everywhere, in a text field too.
    Anywhere,
    /// Where nothing is being typed.
    Window,
    /// While the article has the keyboard.
    Article,
    /// While the list below the article has it; there they go before the others.
    List,
}

/// The part of the keys sheet that a command stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Tagging and changing annotations.
    Mark,
    /// Attributes, notes and what is to be discussed.
    Describe,
    /// Making and changing links.
    Link,
    /// Walking the annotations.
    Walk,
    /// Selecting text.
    Select,
    /// Finding, and deciding on what was found.
    Find,
    /// What the checks find.
    Check,
    /// Moving the caret.
    Move,
    /// Articles and their sets.
    Articles,
    /// Undo, saving, copying.
    Edit,
    /// The window.
    Window,
}

impl Group {
    /// All groups, in the order of the keys sheet.
    pub const ALL: [Self; 11] = [
        Self::Mark,
        Self::Describe,
        Self::Link,
        Self::Walk,
        Self::Select,
        Self::Find,
        Self::Check,
        Self::Move,
        Self::Articles,
        Self::Edit,
        Self::Window,
    ];

    /// The heading on the keys sheet.
    pub fn title(self) -> &'static str {
        match self {
            Self::Mark => "Mark",
            Self::Describe => "Describe",
            Self::Link => "Link",
            Self::Walk => "Walk the annotations",
            Self::Select => "Select",
            Self::Find => "Find and tag everywhere",
            Self::Check => "Check",
            Self::Move => "Move the caret",
            Self::Articles => "Articles",
            Self::Edit => "Undo and save",
            Self::Window => "Window",
        }
    }
}

/// One entry of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What it does when run.
    pub command: Command,
    /// What it is called in a file of keys: the title in small letters and hyphens.
    pub name: String,
    /// A few words, as on a menu.
    pub title: String,
    /// A sentence, as in a tooltip.
    pub help: String,
    /// The keys, the usual ones first; may be empty.
    pub keys: Vec<Chord>,
    /// Where the keys work.
    pub scope: Scope,
    /// Where it stands on the keys sheet.
    pub group: Group,
}

impl Entry {
    /// The title with the first key behind it, as a tooltip's first line.
    pub fn title_with_key(&self) -> String {
        self.keys
            .first()
            .map_or_else(|| self.title.clone(), |key| format!("{} ({key})", self.title))
    }
}

/// All commands of a project with this schema, in the order of the keys sheet.
pub fn table(schema: &Schema) -> Vec<Entry> {
    let mut entries = tag_entries(schema);
    entries.extend(mark_entries());
    entries.extend(describe_entries(schema));
    entries.extend(link_entries());
    entries.extend(walk_entries());
    entries.extend(select_entries());
    entries.extend(find_entries());
    entries.extend(check_entries());
    entries.extend(move_entries(false));
    entries.extend(move_entries(true));
    entries.extend(article_entries());
    entries.extend(edit_entries());
    entries.extend(window_entries());
    entries
}

fn entry(
    group: Group,
    scope: Scope,
    command: Command,
    keys: &[Chord],
    title: &str,
    help: &str,
) -> Entry {
    let name = name_of(title);
    let (title, help) = (title.to_owned(), help.to_owned());
    Entry { command, name, title, help, keys: keys.to_vec(), scope, group }
}

/// A title in small letters, with hyphens between the words.
fn name_of(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}

/// The chord of a schema's key.
fn chord_of(key: char) -> Option<Chord> {
    Chord::of_key(key.encode_utf8(&mut [0; 4]))
}

fn tag_entries(schema: &Schema) -> Vec<Entry> {
    let tag = |(index, label): (usize, &crate::corpus::LabelDefinition)| {
        let keys: Vec<Chord> = label.key.and_then(chord_of).into_iter().collect();
        let title = format!("Tag {}", label.title.to_lowercase());
        entry(Group::Mark, Scope::Window, Command::Tag(index), &keys, &title, &label.help)
    };
    schema.labels().iter().enumerate().map(tag).collect()
}

fn mark_entries() -> Vec<Entry> {
    use Command::{AddFragment, MoveEdge, NextFragment, PreviousFragment, Remove, RemoveFragment};
    let mark = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Mark, Scope::Window, command, keys, title, help)
    };
    let edge = |edge, unit, direction, key: Chord, title: &str| {
        let help = "Moves an edge of the focused annotation, or of its fragment in hand";
        mark(MoveEdge { edge, unit, direction }, &[key], title, help)
    };
    let (word, character) = (Unit::Word, Unit::Character);
    let (back, on) = (Direction::Back, Direction::On);
    vec![
        edge(Edge::Start, word, back, Chord::plain("["), "Move start back a word"),
        edge(Edge::Start, word, on, Chord::plain("]"), "Move start forward a word"),
        edge(Edge::End, word, back, Chord::plain("{"), "Move end back a word"),
        edge(Edge::End, word, on, Chord::plain("}"), "Move end forward a word"),
        edge(Edge::Start, character, back, Chord::ctrl("["), "Move start back a character"),
        edge(Edge::Start, character, on, Chord::ctrl("]"), "Move start forward a character"),
        edge(Edge::End, character, back, Chord::ctrl("{"), "Move end back a character"),
        edge(Edge::End, character, on, Chord::ctrl("}"), "Move end forward a character"),
        mark(
            Remove,
            &[Chord::plain("Delete")],
            "Remove annotation",
            "Removes the focused annotation, and the links that hang on it",
        ),
        mark(
            AddFragment,
            &[Chord::plain("A"), Chord::plain("+")],
            "Add as fragment",
            "Adds the selection to the annotation that is focused or was last",
        ),
        mark(
            RemoveFragment,
            &[Chord::shift("Delete")],
            "Remove fragment",
            "Takes the fragment in hand away from the focused annotation",
        ),
        mark(
            NextFragment,
            &[Chord::plain(".")],
            "Next fragment",
            "Takes the next fragment of the focused annotation in hand",
        ),
        mark(
            PreviousFragment,
            &[Chord::plain(",")],
            "Previous fragment",
            "Takes the fragment before in hand",
        ),
    ]
}

fn describe_entries(schema: &Schema) -> Vec<Entry> {
    let describe = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Describe, Scope::Window, command, keys, title, help)
    };
    let mut entries = Vec::new();
    for (attribute, definition) in schema.attribute_names().into_iter().enumerate() {
        let key = definition.key.and_then(chord_of);
        let title = definition.title.to_lowercase();
        for (direction, words, key) in
            [(Direction::On, "Next", key), (Direction::Back, "Previous", key.map(Chord::and_shift))]
        {
            let keys: Vec<Chord> = key.into_iter().collect();
            let help = format!("Gives the focused annotation another {title}");
            let command = Command::Cycle { attribute, direction };
            entries.push(describe(command, &keys, &format!("{words} {title}"), &help));
        }
    }
    entries.extend([
        describe(
            Command::EditNote,
            &[Chord::plain("N")],
            "Note…",
            "Goes to the note of the focused annotation",
        ),
        describe(
            Command::ToggleDiscuss,
            &[Chord::plain("Q")],
            "To discuss",
            "Marks the focused annotation to be discussed, or no longer",
        ),
        describe(
            Command::ListDiscussed,
            &[Chord::shift("Q")],
            "List what is to discuss",
            "Lists what is marked to be discussed or has a note, in all articles",
        ),
    ]);
    entries
}

fn link_entries() -> Vec<Entry> {
    let link = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Link, Scope::Window, command, keys, title, help)
    };
    vec![
        link(
            Command::Link,
            &[Chord::plain("R")],
            "Start a link",
            "Links the focused annotation: a hint's letter takes a target, with Shift several; \
             Tab walks them, typing filters them",
        ),
        link(
            Command::NextLink,
            &[Chord::plain("L")],
            "Next link",
            "Takes the next link of the focused annotation in hand",
        ),
        link(
            Command::PreviousLink,
            &[Chord::shift("L")],
            "Previous link",
            "Takes the link before in hand",
        ),
        link(
            Command::FollowLink,
            &[Chord::plain("J")],
            "Follow link",
            "Focuses the other end of the link in hand",
        ),
        link(
            Command::RelabelLink,
            &[Chord::shift("R")],
            "Relabel link",
            "Gives the link in hand the next label that fits, or turns it round",
        ),
        link(
            Command::RemoveLink,
            &[Chord::plain("Backspace")],
            "Remove link",
            "Removes the link in hand",
        ),
        link(
            Command::ToggleFolded,
            &[Chord::plain("V")],
            "Fold to linked passages",
            "Shows only the passages that the focused annotation is linked with, or all again",
        ),
    ]
}

fn find_entries() -> Vec<Entry> {
    let find = |scope, command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Find, scope, command, keys, title, help)
    };
    let everywhere = [Chord::ctrl("F").and_shift()];
    vec![
        find(
            Scope::Anywhere,
            Command::Find,
            &[Chord::ctrl("F")],
            "Find…",
            "Looks for words in this article; what is found is selected",
        ),
        find(
            Scope::Anywhere,
            Command::FindEverywhere,
            &everywhere,
            "Find in all articles…",
            "Looks for words in all articles",
        ),
        find(
            Scope::Anywhere,
            Command::NextMatch,
            &[Chord::plain("F3")],
            "Next match",
            "Selects the next place where it was found",
        ),
        find(
            Scope::Anywhere,
            Command::PreviousMatch,
            &[Chord::shift("F3")],
            "Previous match",
            "Selects the place before",
        ),
        find(
            Scope::Window,
            Command::TagEverywhere,
            &[Chord::plain("T")],
            "Tag everywhere…",
            "Lists all other occurrences of what is focused or selected, to accept or reject",
        ),
        find(
            Scope::List,
            Command::Accept,
            &[Chord::plain("Y"), Chord::plain("Space")],
            "Accept",
            "Tags the occurrence with the list's label; a label's key does so with that one",
        ),
        find(
            Scope::List,
            Command::Reject,
            &[Chord::plain("X"), Chord::plain("Delete")],
            "Reject",
            "Leaves the occurrence out, now and whenever this is listed again",
        ),
        find(
            Scope::List,
            Command::Undecide,
            &[Chord::plain("Backspace")],
            "Take decision back",
            "Leaves the occurrence undecided",
        ),
        find(
            Scope::List,
            Command::AcceptAll,
            &[Chord::shift("Y")],
            "Accept all",
            "Accepts all that is undecided; Shift with a label's key does so with that one",
        ),
        find(
            Scope::List,
            Command::Apply,
            &[Chord::ctrl("Enter")],
            "Carry out",
            "Carries the decisions in the list out, in one step over all articles",
        ),
        find(
            Scope::Anywhere,
            Command::ToggleList,
            &[Chord::plain("F5")],
            "Show or hide list",
            "Shows or hides the list below the article",
        ),
        find(
            Scope::Anywhere,
            Command::CancelWork,
            &[Chord::ctrl(".")],
            "Stop",
            "Stops what takes long, without half a result",
        ),
    ]
}

fn check_entries() -> Vec<Entry> {
    let check = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Check, Scope::Window, command, keys, title, help)
    };
    vec![
        check(
            Command::NextProblem,
            &[Chord::plain("P")],
            "Next problem",
            "Goes to the next thing in this article that is not as the schema expects",
        ),
        check(
            Command::PreviousProblem,
            &[Chord::shift("P")],
            "Previous problem",
            "Goes to the problem before",
        ),
        check(
            Command::Mend(0),
            &[Chord::plain("M")],
            "Mend",
            "Mends the problem in the most obvious way",
        ),
        check(
            Command::Mend(1),
            &[Chord::shift("M")],
            "Mend otherwise",
            "Mends the problem in the other way",
        ),
        check(
            Command::Intend,
            &[Chord::plain("X")],
            "This is meant",
            "Remembers that the problem is none, and goes on to the next",
        ),
        check(
            Command::ListProblems,
            &[Chord::plain("F4")],
            "List problems",
            "Lists what is not as the schema expects in this article",
        ),
        check(
            Command::ListProjectProblems,
            &[Chord::shift("F4")],
            "List problems of all articles",
            "Lists what is not as the schema expects in all articles",
        ),
    ]
}

fn walk_entries() -> Vec<Entry> {
    let walk = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Walk, Scope::Article, command, keys, title, help)
    };
    vec![
        walk(
            Command::NextAnnotation,
            &[Chord::plain("Tab")],
            "Next annotation",
            "Focuses the next annotation after the caret",
        ),
        walk(
            Command::PreviousAnnotation,
            &[Chord::shift("Tab")],
            "Previous annotation",
            "Focuses the annotation before the caret",
        ),
        walk(
            Command::FocusUnderCaret,
            &[Chord::plain("Enter")],
            "Focus under the caret",
            "Focuses the smallest annotation under the caret, then the next larger one",
        ),
        walk(
            Command::LetGo,
            &[Chord::plain("Escape")],
            "Let go",
            "Lets go of the selection, then of the focused annotation",
        ),
    ]
}

fn select_entries() -> Vec<Entry> {
    let select = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Select, Scope::Article, command, keys, title, help)
    };
    vec![
        select(
            Command::Hint(HintKind::Words),
            &[Chord::plain("F")],
            "Jump to a word",
            "Puts hints on all words: one places the caret, two select from the first to the second",
        ),
        select(
            Command::Hint(HintKind::Clauses),
            &[Chord::plain("C")],
            "Jump to a clause",
            "Puts hints on all clauses: one selects it, two select from the first to the second",
        ),
        select(
            Command::Expand,
            &[Chord::plain("E")],
            "Expand selection",
            "Grows the selection: word, clause, quotation, sentence, paragraph",
        ),
        select(
            Command::Shrink,
            &[Chord::shift("E")],
            "Shrink selection",
            "Takes the last growth of the selection back",
        ),
        select(Command::SelectAll, &[Chord::ctrl("A")], "Select all", "Selects the whole article"),
    ]
}

/// The motions, once for the caret and once (with Shift) for the selection's end.
fn move_entries(extend: bool) -> Vec<Entry> {
    use Direction::{Back, On};
    let mac = cfg!(target_os = "macos");
    let ctrl_alt = |key| Chord { alt: true, ..Chord::ctrl(key) };
    let word = |key| if mac { Chord::alt(key) } else { Chord::ctrl(key) };
    let line = |mac_key, key| if mac { Chord::ctrl(mac_key) } else { Chord::plain(key) };
    let clause = |key| if mac { ctrl_alt(key) } else { Chord::alt(key) };
    let document = |mac_key, key| if mac { Chord::ctrl(mac_key) } else { Chord::ctrl(key) };
    let paragraph = |key| if mac { Chord::alt(key) } else { Chord::ctrl(key) };
    let motions = [
        (Motion::Text(Unit::Character, Back), Chord::plain("Left"), "Back a character"),
        (Motion::Text(Unit::Character, On), Chord::plain("Right"), "Forward a character"),
        (Motion::Text(Unit::Word, Back), word("Left"), "Back a word"),
        (Motion::Text(Unit::Word, On), word("Right"), "Forward a word"),
        (Motion::Text(Unit::Clause, Back), clause("Left"), "Back a clause"),
        (Motion::Text(Unit::Clause, On), clause("Right"), "Forward a clause"),
        (Motion::Text(Unit::Sentence, Back), clause("Up"), "Back a sentence"),
        (Motion::Text(Unit::Sentence, On), clause("Down"), "Forward a sentence"),
        (Motion::Text(Unit::Paragraph, Back), paragraph("Up"), "Back a paragraph"),
        (Motion::Text(Unit::Paragraph, On), paragraph("Down"), "Forward a paragraph"),
        (Motion::Layout(LayoutMotion::LineUp), Chord::plain("Up"), "Line up"),
        (Motion::Layout(LayoutMotion::LineDown), Chord::plain("Down"), "Line down"),
        (Motion::Layout(LayoutMotion::LineStart), line("Left", "Home"), "Start of the line"),
        (Motion::Layout(LayoutMotion::LineEnd), line("Right", "End"), "End of the line"),
        (Motion::Layout(LayoutMotion::PageUp), Chord::plain("PageUp"), "Page up"),
        (Motion::Layout(LayoutMotion::PageDown), Chord::plain("PageDown"), "Page down"),
        (Motion::Text(Unit::Document, Back), document("Up", "Home"), "Start of the article"),
        (Motion::Text(Unit::Document, On), document("Down", "End"), "End of the article"),
    ];
    let to_entry = |(motion, key, words): (Motion, Chord, &str)| {
        let command = Command::Move { motion, extend };
        if extend {
            let title = format!("Select: {}", words.to_lowercase());
            let help = "Moves the end of the selection";
            entry(Group::Select, Scope::Article, command, &[key.and_shift()], &title, help)
        } else {
            entry(Group::Move, Scope::Article, command, &[key], words, "Moves the caret")
        }
    };
    motions.into_iter().map(to_entry).collect()
}

fn article_entries() -> Vec<Entry> {
    let article = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Articles, Scope::Anywhere, command, keys, title, help)
    };
    vec![
        article(
            Command::DoneAndNext,
            &[Chord::ctrl("Enter")],
            "Done, next article",
            "Marks the article done and opens the next unfinished one",
        ),
        article(
            Command::SkipAndNext,
            &[Chord::ctrl("Enter").and_shift()],
            "Skip, next article",
            "Marks the article skipped and opens the next unfinished one",
        ),
        article(
            Command::Reopen,
            &[Chord::ctrl("R")],
            "Reopen article",
            "Marks a finished or skipped article as in progress again",
        ),
        article(
            Command::NextDocument,
            &[Chord::ctrl("PageDown")],
            "Next article",
            "Opens the next article of the list",
        ),
        article(
            Command::PreviousDocument,
            &[Chord::ctrl("PageUp")],
            "Previous article",
            "Opens the article before in the list",
        ),
        article(
            Command::FilterDocuments,
            &[Chord::ctrl("L")],
            "Filter articles",
            "Goes to the filter box above the list of articles",
        ),
        entry(
            Group::Articles,
            Scope::Window,
            Command::ShowNextSet,
            &[Chord::plain("G")],
            "Show next set",
            "Shows what the next annotator, or gold, says about this article; only your own set can be changed",
        ),
        article(
            Command::OpenFolder,
            &[Chord::ctrl("O")],
            "Open folder…",
            "Opens a folder of articles",
        ),
        entry(
            Group::Articles,
            // In a text field this key deletes to the start of the line.
            Scope::Window,
            Command::ChangeAnnotator,
            &[Chord::ctrl("U")],
            "Change annotator…",
            "Changes whose annotations are made and saved",
        ),
    ]
}

fn edit_entries() -> Vec<Entry> {
    let edit = |scope, command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Edit, scope, command, keys, title, help)
    };
    let redo = [Chord::ctrl("Z").and_shift(), Chord::ctrl("Y")];
    vec![
        edit(
            Scope::Window,
            Command::ShowHistory,
            &[Chord::ctrl("H")],
            "Steps…",
            "Shows all steps, to go back or forward to one",
        ),
        edit(
            Scope::Window,
            Command::Undo,
            &[Chord::ctrl("Z")],
            "Undo",
            "Takes the last step back, in whichever article it was",
        ),
        edit(
            Scope::Window,
            Command::Redo,
            &redo,
            "Redo",
            "Does the step again that was taken back",
        ),
        edit(
            Scope::Anywhere,
            Command::Save,
            &[Chord::ctrl("S")],
            "Save",
            "Everything is saved as you go; this says so, or tries again at once",
        ),
        edit(
            Scope::Article,
            Command::Copy,
            &[Chord::ctrl("C")],
            "Copy",
            "Copies the selected text, or the focused annotation's",
        ),
    ]
}

fn window_entries() -> Vec<Entry> {
    let window = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Window, Scope::Anywhere, command, keys, title, help)
    };
    let zoom_in = [Chord::ctrl("="), Chord::ctrl("+")];
    let palette = [Chord::ctrl("K"), Chord::ctrl("P").and_shift()];
    vec![
        window(
            Command::Palette,
            &palette,
            "Do or go to…",
            "Finds everything that can be done, every label and every article by a few letters",
        ),
        window(
            Command::ChangeKeys,
            &[Chord::ctrl(",")],
            "Change keys…",
            "Gives commands other keys, or takes over a set of keys",
        ),
        window(
            Command::EditSchema,
            &[Chord::plain("F2")],
            "Labels and links…",
            "Changes the labels, links, attributes and checks of the project",
        ),
        window(
            Command::AdoptNames,
            &[],
            "Add missing names to the schema",
            "Adds the labels, links and attributes of this set that the schema lacks",
        ),
        window(
            Command::ShowKeys,
            &[Chord::plain("F1"), Chord::plain("?")],
            "Keys",
            "Shows all keys",
        ),
        window(
            Command::NextPane,
            &[Chord::plain("F6")],
            "Next pane",
            "Goes from the article to the annotations, then to the list of articles",
        ),
        window(
            Command::PreviousPane,
            &[Chord::shift("F6")],
            "Previous pane",
            "Goes through the panes the other way",
        ),
        window(
            Command::ToggleDocuments,
            &[Chord::plain("F8")],
            "Show or hide articles",
            "Shows or hides the list of articles",
        ),
        window(
            Command::ToggleInspector,
            &[Chord::plain("F9")],
            "Show or hide annotations",
            "Shows or hides the panel of annotations",
        ),
        window(Command::ZoomIn, &zoom_in, "Larger", "Makes everything larger"),
        window(Command::ZoomOut, &[Chord::ctrl("-")], "Smaller", "Makes everything smaller"),
        window(
            Command::ZoomReset,
            &[Chord::ctrl("0")],
            "Usual size",
            "Goes back to the usual size",
        ),
        window(
            Command::ToggleTheme,
            &[Chord::plain("F7")],
            "Light or dark",
            "Changes between the light and the dark page",
        ),
        entry(
            Group::Window,
            Scope::Window,
            Command::ToggleSnap,
            &[Chord::plain("S")],
            "Snap to words",
            "The mouse selects whole words; Ctrl while dragging does the other",
        ),
        window(Command::Quit, &[Chord::ctrl("Q")], "Quit", "Closes the window when all is saved"),
    ]
}
