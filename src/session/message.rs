use std::path::PathBuf;
use std::sync::Arc;

use super::command::{Command, Edge, LayoutMotion};
use super::preferences::Preferences;
use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Id, Schema, Status};
use crate::storage::{Problem, Project, SaveError, SetOnDisk, Summary};
use crate::text::{Direction, Offset};

/// Everything that can change a session: a command, a gesture that says where,
/// or the outcome of an effect.
#[derive(Debug)]
pub enum Message {
    /// A key, a button or a menu entry.
    Run(Command),
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
    /// The person chose to close although something is not saved.
    CloseAnyway,

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
    /// What another program wrote was kept as a copy, with this name.
    SetAside(PathBuf),
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

/// Which state of which set a save was about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SaveReceipt {
    /// The document.
    pub document: DocumentPath,
    /// Whose set.
    pub annotator: Annotator,
    /// The set's revision in the session.
    pub revision: u64,
}

/// A project as it was found.
#[derive(Debug)]
pub struct OpenedProject {
    /// Where it lies.
    pub project: Arc<Project>,
    /// Its labels.
    pub schema: Schema,
    /// Its documents, sorted.
    pub documents: Vec<DocumentPath>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// The document to begin with; `None` in an empty project.
    pub first: Option<FirstDocument>,
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
    /// What is odd about its file.
    pub problems: Vec<Problem>,
    /// Whose set `own` is.
    pub annotator: Annotator,
    /// The person's own set.
    pub own: SetOnDisk,
    /// The other annotators' sets about it, sorted by name.
    pub others: Vec<(Annotator, SetOnDisk)>,
}

/// Something that a session wants done outside itself.
#[derive(Debug)]
pub enum Effect {
    /// Read a project. Answered by `ProjectOpened` or `ProjectFailed`.
    OpenProject {
        /// The folder.
        folder: PathBuf,
        /// Whether to look for a project above it too.
        nearest: bool,
        /// Who annotates.
        annotator: Annotator,
        /// The file to begin with, if one was named.
        file: Option<PathBuf>,
    },
    /// Read a document and the sets about it.
    LoadDocument {
        /// Where.
        project: Arc<Project>,
        /// Which.
        document: DocumentPath,
        /// Whose set is the own one.
        annotator: Annotator,
    },
    /// Look at all documents for the list, in order.
    Summarize {
        /// Where.
        project: Arc<Project>,
        /// Which.
        documents: Vec<DocumentPath>,
        /// Whose sets.
        annotator: Annotator,
    },
    /// Find out which of the dropped paths are folders. Answered by `DropSorted`.
    SortDrop(Vec<PathBuf>),
    /// Copy files into the project as new articles.
    AddArticles {
        /// Where to.
        project: Arc<Project>,
        /// The files.
        files: Vec<PathBuf>,
    },
    /// Write a set; the latest of a set stands for those before it.
    Save {
        /// What to say when it is done.
        receipt: SaveReceipt,
        /// Where.
        project: Arc<Project>,
        /// What it is about.
        document: Arc<Document>,
        /// What to write.
        set: Arc<AnnotationSet>,
    },
    /// Keep the file that another program changed as a copy, then write the set.
    SetAside {
        /// Where.
        project: Arc<Project>,
        /// The document.
        document: DocumentPath,
        /// Whose set.
        annotator: Annotator,
    },
    /// Try again now to write what could not be written.
    RetrySaves,
    /// Ask the system for a folder.
    Browse,
    /// Find where a motion over the screen leads, and send it as `Caret`.
    MoveByLayout {
        /// The motion.
        motion: LayoutMotion,
        /// Whether the selection's end moves along.
        extend: bool,
    },
    /// Scroll so that the caret, or the focused annotation, can be seen.
    Reveal(std::ops::Range<Offset>),
    /// Give the article the keyboard.
    FocusArticle,
    /// Give the filter box the keyboard.
    FocusFilter,
    /// Show a side pane, or hide it, as the window's size allows.
    TogglePane(Pane),
    /// Give the next pane the keyboard.
    CyclePane(Direction),
    /// Put a text on the clipboard.
    Copy(String),
    /// Find out which theme is shown, and send the other as `SetDark`.
    ToggleTheme,
    /// Take over changed preferences and keep them.
    ApplyPreferences(Preferences),
    /// Close the window.
    Close,
}
