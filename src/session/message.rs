use std::path::PathBuf;
use std::sync::Arc;

use super::chord::Chord;
use super::command::{Command, Edge, HintKind};
use super::history::History;
use super::kept::{Kept, SaveReceipt};
use super::mode::Typed;
use super::outside::Outside;
use super::placing::Placing;
use super::reviewing::Reviewing;
use super::transferring::Transfer;
use super::verdicts::Verdict;
use crate::corpus::{
    AnnotationSet, Annotator, Decisions, Document, DocumentPath, Id, Metadata, NameKind, Schema,
    Status,
};
use crate::review::{Finding, Hit, Query, Remark, Slice, Statistics};
use crate::storage::{KeyDifferences, Problem, Project, SaveError, SetOnDisk, Summary, Unread};
use crate::text::{Direction, Offset};

/// Everything that can change a session: a command, a gesture that says where,
/// or the outcome of an effect.
#[derive(Debug)]
pub enum Message {
    /// A key, a button or a menu entry.
    Run(Command),
    /// A key of the article, while the list below it has the keyboard.
    RunInList(Command),
    /// A click into the article.
    Click {
        /// The place between characters nearest to the pointer.
        at: Offset,
        /// The character under the pointer, if there is one.
        over: Option<Offset>,
    },
    /// The caret was moved to a place that the layout found.
    Caret {
        /// Where to.
        at: Offset,
        /// Whether the selection's end moves along.
        extend: bool,
    },
    /// A drag over the article.
    Drag {
        /// Where it began.
        anchor: Offset,
        /// Where it is now.
        head: Offset,
        /// Whether whole words are taken.
        snap: bool,
    },
    /// A double click.
    SelectWord(Offset),
    /// A triple click.
    SelectSentence(Offset),
    /// An annotation was picked from the list or by its highlight.
    Focus(Id),
    /// An edge of the focused annotation was dragged.
    DragEdge {
        /// The fragment.
        fragment: usize,
        /// Which end of it.
        edge: Edge,
        /// Where to.
        to: Offset,
        /// Whether it goes to the edge of a word.
        snap: bool,
    },
    /// Something was typed while letters are not for commands.
    Type(Typed),
    /// The last letter typed is taken back.
    EraseTyped,
    /// Tab was pressed while letters are not for commands.
    WalkMode(Direction),
    /// Enter was pressed then.
    TakeWalked,
    /// An annotation was pointed at as the other end of the link that is made.
    TakeTarget(Id),
    /// A label was picked for the link that is made, of those that fit.
    ChooseWay(usize),
    /// What can be seen was asked for, to put hints on.
    ShowHints {
        /// On what.
        kind: HintKind,
        /// What can be seen.
        visible: Vec<std::ops::Range<Offset>>,
    },
    /// A link of the focused annotation was picked.
    TakeLink(Id),
    /// A value was picked for an attribute of the focused annotation.
    SetValue {
        /// The attribute.
        name: String,
        /// The value.
        value: String,
    },
    /// An attribute that the schema lacks is taken away from the focused annotation.
    DropValue(String),
    /// The note on an annotation was typed at.
    SetNote {
        /// The annotation.
        annotation: Id,
        /// All of the note.
        note: String,
    },
    /// The note is not typed at any more.
    EndNote,
    /// The annotation is gone whose note was being typed; this is what stood in it.
    NoteWithout(String),
    /// What is looked for was changed.
    SetQuery(Query),
    /// Whether all articles are searched was changed.
    SearchEverywhere(bool),
    /// The search was closed.
    CloseSearch,
    /// The list below the article was gone to.
    GoToList,
    /// A row of the list was gone to; with `open`, its place in its article too.
    GoToRow {
        /// Which, from the top.
        row: usize,
        /// Whether the article is to be opened there.
        open: bool,
    },
    /// A label's key was pressed in the list.
    AcceptAs {
        /// The label, by its place in the schema.
        label: usize,
        /// Whether for all that is undecided.
        all: bool,
    },
    /// An occurrence was decided on by the mouse.
    JudgeAt(usize, Option<Verdict>),
    /// Whether what was decided before is listed was changed.
    ShowDecided(bool),
    /// The list below the article was closed.
    CloseList,
    /// The palette was typed into.
    SearchPalette(String),
    /// The palette's mark was moved to an offer.
    MoveInPalette(usize),
    /// An offer of the palette was taken.
    TakeOffer(usize),
    /// What a bar of the statistics counts is to be listed.
    ListSlice(Box<Slice>),
    /// Only so many of the steps are to be done.
    GoToStep(usize),
    /// A command was given other keys, or its usual ones.
    SetKeys(Command, Option<Vec<Chord>>),
    /// A set of keys was chosen.
    UsePreset(String),
    /// All keys are to be those of the preset.
    ResetKeys,
    /// The schema was changed, in a way that concerns no set.
    SetSchema {
        /// What was done, as a step is called.
        name: String,
        /// The new schema, or why it cannot serve.
        schema: Result<Box<Schema>, String>,
    },
    /// Something was given another name, in the schema and in all sets.
    Rename {
        /// What it is the name of.
        kind: NameKind,
        /// The name.
        old: Arc<str>,
        /// The new one; where it is taken, the two become one.
        new: String,
    },
    /// Something was left out of the schema.
    RemoveName(NameKind, Arc<str>),
    /// A document was picked.
    OpenDocument(DocumentPath),
    /// An annotator's set was picked to be shown.
    ShowSet(Annotator),
    /// A status was picked for the document.
    SetStatus(Status),
    /// The filter of the list of documents was changed.
    Filter(String),
    /// A side pane is to be shown, or not.
    ShowPane(Pane, bool),
    /// The light or the dark page was chosen.
    SetDark(bool),
    /// An annotator's name was entered.
    SetAnnotator(String),
    /// A folder was picked or entered.
    OpenFolder {
        /// The folder.
        folder: PathBuf,
        /// The file to begin with, if one was named.
        file: Option<PathBuf>,
    },
    /// Files or folders were dropped on the window.
    Drop(Vec<PathBuf>),
    /// Asks the system for a folder.
    Browse,
    /// The open dialog was closed without doing anything.
    CloseDialog,
    /// A pane gives the keyboard back to the article.
    ReturnToArticle,
    /// The window is asked to close.
    CloseRequested,
    /// The person chose to save over what another program wrote, and to keep that
    /// as a copy.
    KeepMine,
    /// What another program removed is to be written again.
    WriteRemoved,
    /// What another program removed is to stay so.
    LetRemovedBeGone,
    /// The person chose to close although something is not saved.
    CloseAnyway,

    /// Something about annotations that are to be placed in a text that has changed.
    Placing(Box<Placing>),
    /// Something about what is reviewed.
    Review(Box<Reviewing>),
    /// Something about exports and imports.
    Transfer(Transfer),
    /// What was dropped was looked at.
    DropSorted {
        /// The folders among it.
        folders: Vec<PathBuf>,
        /// The rest.
        files: Vec<PathBuf>,
    },
    /// The system's folder dialog ended; `None` when cancelled or not available.
    Browsed(Option<PathBuf>),
    /// A project was read.
    ProjectOpened(Box<OpenedProject>),
    /// A project could not be read.
    ProjectFailed(Problem),
    /// A document was read, with the sets about it.
    DocumentLoaded(Box<LoadedDocument>),
    /// A document could not be read.
    DocumentFailed(DocumentPath, Problem),
    /// Dropped articles were added to the project, or not.
    ArticlesAdded {
        /// Where to.
        project: Arc<Project>,
        /// All that are there now, in the order in which they were dropped.
        documents: Vec<DocumentPath>,
        /// Those that could not be added.
        problems: Vec<Problem>,
        /// The project's documents as they are now.
        all: Vec<DocumentPath>,
    },
    /// Some documents were looked at for the list.
    Summarized {
        /// Of which project.
        project: Arc<Project>,
        /// Whose sets.
        annotator: Annotator,
        /// What was seen.
        summaries: Vec<(DocumentPath, Summary)>,
    },
    /// It was found out whether sets are about documents that are not there.
    LeftBehind {
        /// In which project.
        project: Arc<Project>,
        /// Whose sets.
        annotator: Annotator,
        /// How many these are, if there are any.
        left: Option<Problem>,
    },
    /// Some articles were searched.
    Found {
        /// Which search it belongs to.
        number: u64,
        /// What was found.
        hits: Vec<Hit>,
        /// How many articles were searched.
        looked_at: usize,
        /// Those of them that could not be read.
        unread: Unread,
        /// Whether these were the last.
        finished: bool,
    },
    /// Some articles' sets were looked at for remarks.
    Surveyed {
        /// Which list it belongs to.
        number: u64,
        /// The remarks.
        rows: Vec<Remark>,
        /// How many articles were looked at.
        looked_at: usize,
        /// Whether these were the last.
        finished: bool,
    },
    /// Some articles were counted.
    Counted {
        /// Which counting it belongs to.
        number: u64,
        /// Their figures.
        statistics: Box<Statistics>,
        /// How many articles were looked at.
        looked_at: usize,
        /// The articles and sets that could not be read.
        unread: Unread,
        /// Whether these were the last.
        finished: bool,
    },
    /// A set was checked.
    Checked {
        /// Which request it answers.
        number: u64,
        /// What was found.
        findings: Vec<Finding>,
    },
    /// So many documents of a task were looked at.
    Gathering {
        /// Which task.
        number: u64,
        /// How many.
        done: usize,
        /// Those of them that it needs and that were not handed over yet.
        documents: Vec<LoadedDocument>,
    },
    /// All documents of a task were read.
    Gathered {
        /// Which task.
        number: u64,
        /// The last of those that it needs.
        documents: Vec<LoadedDocument>,
        /// What of all could not be read.
        problems: Vec<Problem>,
    },
    /// An annotator's decisions were read.
    DecisionsLoaded {
        /// Of which project.
        project: Arc<Project>,
        /// Whose.
        annotator: Annotator,
        /// All of them.
        decisions: Decisions,
        /// Everyone else who has a folder, with what they decided; `None` where that could not
        /// be read.
        others: Vec<(Annotator, Option<Decisions>)>,
        /// Everyone who has a set.
        annotators: Vec<Annotator>,
        /// Why they cannot be used, if they cannot.
        problem: Option<Problem>,
        /// What the journal of the annotator's earlier work says.
        resumed: Box<Resumed>,
    },
    /// Another program has changed something in the project.
    Outside(Box<Outside>),
    /// An annotator's sets became another window's, or this one's again.
    Resumed(Arc<Project>, Annotator, Box<Resumed>),
    /// Look now whether another program has changed something.
    LookAround,
    /// What takes long goes on by a piece.
    GoOn,
    /// What is not saved is to be written into another folder.
    SaveElsewhere(PathBuf),
    /// So many files were written into another folder, or why not.
    SavedElsewhere(PathBuf, Result<usize, String>),
    /// The report of a failure in an earlier run lies here.
    ReportFound(PathBuf),
    /// No font has letters such as these, by their numbers in Unicode.
    LettersNotShown(String),
    /// The journal could not be written, so that undo will not outlast the window.
    JournalFailed(Problem),
    /// It can be again.
    JournalKept(PathBuf),
    /// The person's keys were read.
    KeysLoaded(KeyDifferences, Option<Problem>),
    /// What another program wrote was kept as a copy, with this name.
    SetAside(PathBuf),
    /// A set that waited to be written, about an earlier text of its article, is kept as this.
    PutBy(SaveReceipt, PathBuf),
    /// A set is on the disk.
    Saved(SaveReceipt),
    /// A set could not be saved; it will be tried again.
    SaveFailed(SaveReceipt, SaveError),
}

/// The panes beside the article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pane {
    /// The list of articles.
    Documents,
    /// The panel of annotations.
    Annotations,
}

/// A project as it was found.
#[derive(Debug)]
pub struct OpenedProject {
    /// Where it lies.
    pub project: Arc<Project>,
    /// What can be said in it.
    pub schema: Schema,
    /// Why its own schema cannot be used, if it cannot.
    pub schema_problem: Option<Problem>,
    /// Its documents, sorted.
    pub documents: Vec<DocumentPath>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The document to begin with; `None` in an empty project.
    pub first: Option<FirstDocument>,
}

/// An annotator's earlier work, taken up again.
#[derive(Default, Debug)]
pub struct Resumed {
    /// The steps, to be undone and redone.
    pub history: History,
    /// What the files lacked of them, by file.
    pub recovered: Vec<Recovered>,
    /// Why not all of it could be read.
    pub problems: Vec<Problem>,
    /// Which other window has the annotator's sets, in words, so that nothing was taken up;
    /// `None` where none has.
    pub elsewhere: Option<String>,
}

impl Resumed {
    /// Nothing is taken up, because another window has the annotator's sets.
    pub fn elsewhere(owner: String) -> Self {
        Self { elsewhere: Some(owner), ..Self::default() }
    }
}

/// A file that lacked something that was done, because the program was ended in between.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovered {
    /// Which.
    pub kept: Kept,
    /// How many changes it was brought up by.
    pub brought: usize,
    /// How many were not made because what they change is other now, or cannot be read.
    pub left: usize,
    /// Where a copy is of what was marked anew in an earlier text, and is left out.
    pub copy: Option<PathBuf>,
}

/// The document that a project is opened at.
#[derive(Debug)]
pub enum FirstDocument {
    /// It was read.
    Loaded(Box<LoadedDocument>),
    /// It could not be read.
    Failed(DocumentPath, Problem),
}

/// A document as it was found.
#[derive(Debug)]
pub struct LoadedDocument {
    /// Its text.
    pub document: Arc<Document>,
    /// What is known of it besides its text.
    pub metadata: Metadata,
    /// What is odd about its files.
    pub problems: Vec<Problem>,
    /// Whose set `own` is.
    pub annotator: Annotator,
    /// The person's own set.
    pub own: SetOnDisk,
    /// The other annotators' sets about it, sorted by name.
    pub others: Vec<(Annotator, SetOnDisk)>,
    /// What can be shown of those that are in a newer format.
    pub newer: Vec<AnnotationSet>,
}
