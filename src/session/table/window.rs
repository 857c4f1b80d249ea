//! Articles, undo and the window.

use super::super::chord::Chord;
use super::super::command::Command;
use super::{Entry, Group, Scope, entry};

pub(super) fn article_entries() -> Vec<Entry> {
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

pub(super) fn edit_entries() -> Vec<Entry> {
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
            Scope::Anywhere,
            Command::WorkHere,
            &[Chord::ctrl("W").and_shift()],
            "Take over from the other window",
            "Where your sets are open in another window too, has that one save and this one go on",
        ),
        edit(
            Scope::Window,
            Command::PlaceTags,
            &[Chord::plain("Z")],
            "Bring tags to the new text…",
            "Where an article has changed since you tagged it, lists where your tags stand now, to be confirmed",
        ),
        edit(
            Scope::Window,
            Command::PlaceHere,
            &[Chord::shift("Z")],
            "Put the waiting tag here",
            "Puts the tag that has no place in the new text on what is selected",
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

pub(super) fn sheet_entries() -> Vec<Entry> {
    let window = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Window, Scope::Anywhere, command, keys, title, help)
    };
    let palette = [Chord::ctrl("K"), Chord::ctrl("P").and_shift()];
    vec![
        window(
            Command::Palette,
            &palette,
            "Do or go to…",
            "Finds everything that can be done, every label and every article by a few letters",
        ),
        window(
            Command::ShowStatistics,
            &[Chord::ctrl("T")],
            "Statistics…",
            "Counts labels, lengths, attributes, who is cited and who denies whom in all articles",
        ),
        window(
            Command::Export,
            &[Chord::ctrl("E")],
            "Export…",
            "Writes a dataset for other programs, and says beforehand what it cannot carry",
        ),
        window(
            Command::Import,
            &[Chord::ctrl("I")],
            "Import…",
            "Takes over articles and annotations from other programs",
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
            "Add names to the schema",
            "Adds the labels, links and attributes of this set that the schema lacks",
        ),
        window(
            Command::ShowReport,
            &[],
            "Show the report of a failure",
            "Shows the folder of the report about how Tandai failed in an earlier run",
        ),
        window(
            Command::DismissReport,
            &[],
            "Dismiss the report of a failure",
            "Has the report not be offered again; it stays where it is",
        ),
        window(
            Command::ShowKeys,
            &[Chord::plain("F1"), Chord::plain("?")],
            "Keys",
            "Shows all keys",
        ),
    ]
}

pub(super) fn window_entries() -> Vec<Entry> {
    let window = |command, keys: &[Chord], title: &str, help: &str| {
        entry(Group::Window, Scope::Anywhere, command, keys, title, help)
    };
    let zoom_in = [Chord::ctrl("="), Chord::ctrl("+")];
    vec![
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
