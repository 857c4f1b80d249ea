use crate::text::{Direction, Unit};

/// Something that a person can do, without saying to what: a key, a button or a
/// menu entry. The table in [`super::table()`] has an entry for each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Command {
    /// Moves the caret; with `extend`, the selection's end.
    Move {
        /// By what.
        motion: Motion,
        /// Whether the selection grows or shrinks along.
        extend: bool,
    },
    /// Grows the selection: word, clause, quotation, sentence, paragraph.
    Expand,
    /// Takes back the last growth.
    Shrink,
    /// Selects the whole article.
    SelectAll,
    /// Copies the selected text.
    Copy,
    /// Tags the selection, relabels the focused annotation or tags the word
    /// under the caret with the schema's label of this index.
    Tag(usize),
    /// Adds the selection to the focused annotation.
    AddFragment,
    /// Takes the fragment in hand away from the focused annotation.
    RemoveFragment,
    /// Takes the next fragment of the focused annotation in hand.
    NextFragment,
    /// Takes the fragment before in hand.
    PreviousFragment,
    /// Moves one edge of the focused annotation.
    MoveEdge {
        /// Which.
        edge: Edge,
        /// By a word or a character.
        unit: Unit,
        /// Which way.
        direction: Direction,
    },
    /// Removes the focused annotation and its relations.
    Remove,
    /// Focuses the next annotation of the article.
    NextAnnotation,
    /// Focuses the one before.
    PreviousAnnotation,
    /// Focuses the annotation under the caret, then the next larger one.
    FocusUnderCaret,
    /// Lets go of the selection or, without one, of the focused annotation.
    LetGo,
    /// Opens the next article of the list.
    NextDocument,
    /// Opens the one before.
    PreviousDocument,
    /// Marks the article done and opens the next unfinished one.
    DoneAndNext,
    /// Marks the article skipped and opens the next unfinished one.
    SkipAndNext,
    /// Marks a finished or skipped article as in progress again.
    Reopen,
    /// Shows the next annotator's set of the article.
    ShowNextSet,
    /// Takes the last step back.
    Undo,
    /// Does the step again that was taken back.
    Redo,
    /// Says whether everything is saved; tries again at once if it is not.
    Save,
    /// Opens the dialog to open a folder.
    OpenFolder,
    /// Opens the dialog to change the annotator's name.
    ChangeAnnotator,
    /// Turns the snapping of the mouse to whole words on or off.
    ToggleSnap,
    /// Changes between the light and the dark page.
    ToggleTheme,
    /// Shows or hides the list of articles.
    ToggleDocuments,
    /// Shows or hides the inspector.
    ToggleInspector,
    /// Makes everything larger.
    ZoomIn,
    /// Makes everything smaller.
    ZoomOut,
    /// Goes back to the ordinary size.
    ZoomReset,
    /// Goes to the filter box of the list of articles.
    FilterDocuments,
    /// Goes to the next pane.
    NextPane,
    /// Goes to the pane before.
    PreviousPane,
    /// Shows the keys.
    ShowKeys,
    /// Closes the window.
    Quit,
}

/// How a caret moves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Motion {
    /// By a unit of the text.
    Text(Unit, Direction),
    /// By what is on the screen.
    Layout(LayoutMotion),
}

/// A motion that depends on how the lines are broken; the article's view finds
/// the place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LayoutMotion {
    /// To the line above.
    LineUp,
    /// To the line below.
    LineDown,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// Up by what the window shows.
    PageUp,
    /// Down by what the window shows.
    PageDown,
}

/// One end of a span.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Edge {
    /// Before its first character.
    Start,
    /// After its last.
    End,
}
