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
    /// Puts a hint on every word or clause that can be seen.
    Hint(HintKind),
    /// Starts a link from the focused annotation.
    Link,
    /// Takes the next link of the focused annotation in hand.
    NextLink,
    /// Takes the link before in hand.
    PreviousLink,
    /// Focuses the other end of the link in hand.
    FollowLink,
    /// Gives the link in hand the next label that fits, or turns it round.
    RelabelLink,
    /// Removes the link in hand.
    RemoveLink,
    /// Shows only the passages that are linked with the focused annotation, or all.
    ToggleFolded,
    /// Gives the focused annotation the next or the previous value of an
    /// attribute: one of the schema's attribute names, by index.
    Cycle {
        /// Which of [`crate::corpus::Schema::attribute_names`].
        attribute: usize,
        /// To which value.
        direction: Direction,
    },
    /// Goes to the note of the focused annotation.
    EditNote,
    /// Marks the focused annotation to be discussed, or no longer.
    ToggleDiscuss,
    /// Opens the search in this article.
    Find,
    /// Opens the search in all articles.
    FindEverywhere,
    /// Selects the next place where it was found.
    NextMatch,
    /// Selects the place before.
    PreviousMatch,
    /// Lists all other occurrences of what is focused or selected.
    TagEverywhere,
    /// Accepts the occurrence in the list, with the list's label.
    Accept,
    /// Accepts all occurrences that are not decided.
    AcceptAll,
    /// Rejects the occurrence in the list.
    Reject,
    /// Takes the decision on the occurrence in the list back.
    Undecide,
    /// Carries the decisions in the list out, in one step.
    Apply,
    /// Goes to the next finding of the checks in this article.
    NextProblem,
    /// Goes to the finding before.
    PreviousProblem,
    /// Mends the finding, the first or the second way.
    Mend(usize),
    /// Remembers that the finding is meant to be so.
    Intend,
    /// Lists the findings of the checks in this article.
    ListProblems,
    /// Lists the findings of the checks in all articles.
    ListProjectProblems,
    /// Lists what is marked to be discussed or has a note, in all articles.
    ListDiscussed,
    /// Shows or hides the list below the article.
    ToggleList,
    /// Lists all annotations of the project.
    ShowTable,
    /// Goes to the filter of the table.
    FilterRows,
    /// Sorts the table by a column: one of [`crate::review::TableColumn::ALL`], by place.
    SortRows(usize),
    /// Puts headings into the table, or takes them away.
    GroupRows,
    /// Shows the table's quotes under each other, or as rows.
    ToggleConcordance,
    /// Ticks the row that one is at.
    TickRow,
    /// Ticks all rows that are listed, or none.
    TickAllRows,
    /// Asks what is to be done to the rows that are ticked.
    ChangeRows,
    /// Goes to the next annotation that is to be reviewed.
    NextToReview,
    /// Goes to the one before.
    PreviousToReview,
    /// Accepts the focused annotation and goes on.
    AcceptReview,
    /// Puts the focused annotation in question.
    QuestionReview,
    /// Asks what is to be marked up again, blind.
    MarkAgain,
    /// Compares annotators over all articles.
    Compare,
    /// Shows what is compared in the next way.
    NextLayout,
    /// Measures how far annotators agree.
    ShowAgreement,
    /// Asks how to settle what annotators differ about.
    Settle,
    /// Lists only cases that differ as the one in the list does, or all kinds again.
    OnlyThisKind,
    /// Settles the case in the list as the annotator at this place has it.
    TakeFrom(usize),
    /// Settles it with what anyone says.
    TakeAll,
    /// Settles it with nothing.
    TakeNothing,
    /// Settles it as gold has it.
    TakeAsGold,
    /// Goes to the case to change what gold has of it.
    EditCase,
    /// Goes back from gold's sets, or a second pass's, to one's own.
    WorkAsOneself,
    /// Shows the report of a failure in an earlier run.
    ShowReport,
    /// Has the report of a failure not be offered again.
    DismissReport,
    /// Takes one's own sets over from another window.
    WorkHere,
    /// Lists where one's annotations stand in a text that has changed.
    PlaceTags,
    /// Gives the annotation that waits for a place the selection.
    PlaceHere,
    /// Opens the palette of everything that can be done or gone to.
    Palette,
    /// Shows all steps.
    ShowHistory,
    /// Counts everything and shows it.
    ShowStatistics,
    /// Prepares an export.
    Export,
    /// Prepares an import.
    Import,
    /// Opens the sheet in which keys are changed.
    ChangeKeys,
    /// Opens the sheet in which the schema is changed.
    EditSchema,
    /// Adds what the set says beyond the schema to it.
    AdoptNames,
    /// Stops what takes long.
    CancelWork,
    /// Closes the window.
    Quit,
}

impl Command {
    /// Whether it leaves the article as finished. Who types has something else in mind: in a
    /// note the same key ends it, in lists it carries out.
    pub fn leaves_article(self) -> bool {
        matches!(self, Self::DoneAndNext | Self::SkipAndNext)
    }

    /// Whether it is done again and again while its key is held down: what goes somewhere, or
    /// by steps that are seen. What decides something is done once a press.
    pub fn may_be_held(self) -> bool {
        matches!(
            self,
            Self::Move { .. }
                | Self::Expand
                | Self::Shrink
                | Self::NextFragment
                | Self::PreviousFragment
                | Self::MoveEdge { .. }
                | Self::NextAnnotation
                | Self::PreviousAnnotation
                | Self::NextDocument
                | Self::PreviousDocument
                | Self::Undo
                | Self::Redo
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::NextPane
                | Self::PreviousPane
                | Self::NextLink
                | Self::PreviousLink
                | Self::NextMatch
                | Self::PreviousMatch
                | Self::NextProblem
                | Self::PreviousProblem
                | Self::NextToReview
                | Self::PreviousToReview
        )
    }
}

/// What hints are put on.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HintKind {
    /// Words: one places the caret, two select from the first to the second.
    Words,
    /// Clauses: one selects it, two select from the first to the second.
    Clauses,
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
