use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::command::{HintKind, LayoutMotion};
use super::journal::JournalEntry;
use super::kept::{Content, Kept, SaveReceipt};
use super::message::Pane;
use super::preferences::Preferences;
use super::stopped::Stopped;
use crate::corpus::{
    AnnotationSet, Annotator, Decisions, Document, DocumentPath, Fragments, Schema,
};
use crate::review::{
    Agreement, Arrangement, Finder, Reviews, RowKey, TableLines, TableRows, Topic,
};
use crate::storage::{Project, Reanchoring, SetStore, Unread};
use crate::text::{Direction, Offset};
use crate::transfer::{ExportJob, ImportJob};

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
        /// Where the person stopped in projects: one begins there again.
        stopped: Vec<Stopped>,
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
    /// Find out which sets are about documents that are not there. Answered by `LeftBehind`.
    FindLeftBehind {
        /// Where.
        project: Arc<Project>,
        /// All that are there.
        documents: Vec<DocumentPath>,
        /// Whose sets.
        annotator: Annotator,
    },
    /// Find out where annotations stand in a text that has changed. Answered by
    /// `Placing::Found`.
    Reanchor {
        /// What to say with the answer.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// In which document.
        document: DocumentPath,
        /// Whose.
        annotator: Annotator,
    },
    /// Write a set anew that is about an earlier text. Answered by `Placing::Written`.
    BringOver {
        /// What to say with the answer.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// What was found.
        found: Arc<Reanchoring>,
        /// Where each annotation goes; `None` for one that waits.
        places: Vec<Option<Fragments>>,
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
    /// Write a file; the latest of a file stands for those before it.
    Save {
        /// What to say when it is done.
        receipt: SaveReceipt,
        /// What to write.
        content: Content,
    },
    /// Write into the annotator's journal, before the files that the entry is about.
    Journal {
        /// Of which project.
        project: Arc<Project>,
        /// Whose.
        annotator: Annotator,
        /// What.
        entry: Box<JournalEntry>,
    },
    /// Write copies of what is not saved into another folder. Answered by `SavedElsewhere`.
    SaveElsewhere(PathBuf),
    /// Remember that the report of a failure was seen.
    MarkReportSeen(PathBuf),
    /// Keep the file that another program changed as a copy, then write this one.
    SetAside(Kept),
    /// Read an annotator's decisions. Answered by `DecisionsLoaded`.
    LoadDecisions {
        /// Where.
        project: Arc<Project>,
        /// Whose.
        annotator: Annotator,
    },
    /// Look for something in documents, in order. Answered by `Found`, in parts.
    Find {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// In which documents.
        documents: Vec<DocumentPath>,
        /// Whose annotations are to be told of.
        annotator: Annotator,
        /// What to look for.
        finder: Finder,
        /// The documents that need not be read.
        in_memory: BTreeMap<DocumentPath, Arc<Document>>,
    },
    /// Look at annotators' sets, in order. Answered by `Surveyed`, in parts.
    Survey {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// About which documents.
        documents: Vec<DocumentPath>,
        /// Whose.
        annotators: Vec<Annotator>,
        /// What is expected of them.
        schema: Arc<Schema>,
        /// What to remark on.
        topic: Topic,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
    },
    /// Count everything that there is in all sets. Answered by `Counted`, in parts.
    Count {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// In which documents, in order.
        documents: Vec<DocumentPath>,
        /// What can be said in it.
        schema: Arc<Schema>,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
    },
    /// Compare annotators' sets. Answered by `Reviewing::Compared`, in parts.
    Compare {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// About which documents, in order.
        documents: Vec<DocumentPath>,
        /// Whose sets.
        annotators: Vec<Annotator>,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
    },
    /// Measure how far annotators agree. Answered by `Reviewing::Measuring` on the way
    /// and `Reviewing::Measured` at the end.
    Measure {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// Over which documents, in order.
        documents: Vec<DocumentPath>,
        /// Whose agreement.
        annotators: Vec<Annotator>,
        /// What can be said in the project.
        schema: Arc<Schema>,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
    },
    /// Stop measuring, without another answer.
    StopMeasuring,
    /// Write a page about how far annotators agree and what they differ about. Answered
    /// by `Reviewing::ReportWritten`.
    WriteReport {
        /// What to say with the answer.
        number: u64,
        /// Where they have worked.
        project: Arc<Project>,
        /// On which documents, in order.
        documents: Vec<DocumentPath>,
        /// How far those who are compared agree.
        agreement: Arc<Agreement>,
        /// Who hands it over.
        reviewer: Annotator,
        /// What can be said in the project.
        schema: Arc<Schema>,
        /// What is settled in gold; `None` where that was not read.
        settled: Option<Arc<Decisions>>,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
        /// The file.
        file: PathBuf,
    },
    /// Make all annotations into rows. Answered by `Reviewing::Tabulated`, in parts.
    Tabulate {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// Of which documents, in order.
        documents: Vec<DocumentPath>,
        /// What is expected of sets.
        schema: Arc<Schema>,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
    },
    /// Stop making rows, without another answer.
    StopTabulating,
    /// Arrange rows; of several askings the latest. Answered by `Reviewing::Arranged`.
    Arrange {
        /// What to say with the answer.
        number: u64,
        /// All rows.
        rows: TableRows,
        /// How.
        arrangement: Arrangement,
        /// What reviewers said.
        reviews: Reviews,
    },
    /// Unpack the rows that a change of many concerns: those that are ticked or, where none
    /// is, those that are listed. Answered by `Reviewing::Chosen`.
    Choose {
        /// What to say with the answer.
        number: u64,
        /// All rows.
        rows: TableRows,
        /// What is listed.
        lines: Arc<TableLines>,
        /// What is ticked.
        ticked: Arc<HashSet<RowKey>>,
    },
    /// Tick everything that is listed or, where it all is, nothing. Answered by
    /// `Reviewing::AllTicked`.
    TickAll {
        /// What to say with the answer.
        number: u64,
        /// What is listed.
        lines: Arc<TableLines>,
        /// What is ticked.
        ticked: Arc<HashSet<RowKey>>,
    },
    /// Look for an annotation that is still to be reviewed. Answered by
    /// `Reviewing::UnreviewedFound`.
    FindUnreviewed {
        /// What to say with the answer.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// In which documents, in this order.
        documents: Vec<DocumentPath>,
        /// In whose sets.
        whose: Annotator,
        /// What was reviewed.
        reviewed: Arc<Decisions>,
        /// Whether the last one in a document is wanted.
        last_first: bool,
        /// The sets that need not be read.
        in_memory: BTreeMap<DocumentPath, InMemory>,
    },
    /// Find out which documents an annotator has done, and how long ago. Answered by
    /// `Reviewing::DoneFound`.
    FindDone {
        /// What to say with the answer.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// Of which documents.
        documents: Vec<DocumentPath>,
        /// By whom.
        annotator: Annotator,
    },
    /// Stop comparing, without another answer.
    StopComparing,
    /// Stop counting, without another answer.
    StopCounting,
    /// Stop finding.
    StopFinding,
    /// Stop surveying, without another answer.
    StopSurveying,
    /// Check a set; of several the latest. Answered by `Checked`.
    Check {
        /// What to say with the answer.
        number: u64,
        /// What the set is about.
        document: Arc<Document>,
        /// The set.
        set: Arc<AnnotationSet>,
        /// What is expected of it.
        schema: Arc<Schema>,
    },
    /// Read documents with all sets about them. Answered by `Gathering` on the
    /// way and `Gathered` at the end.
    Gather {
        /// What to say with the answers.
        number: u64,
        /// Where.
        project: Arc<Project>,
        /// Which documents.
        documents: Vec<DocumentPath>,
        /// Whose set is the own one.
        annotator: Annotator,
        /// Only those about which some set has one of these strings; all where
        /// there are none.
        naming: Vec<String>,
        /// Those that are read whatever their sets have.
        always: BTreeSet<DocumentPath>,
    },
    /// Stop gathering, without an answer.
    StopGathering,
    /// Export to a folder or, without one, look at what would be lost. Answered by
    /// `ExportGoes` and `ExportDone`.
    Export {
        /// What to say with the answers.
        number: u64,
        /// What.
        job: Box<ExportJob>,
        /// Where to.
        folder: Option<PathBuf>,
    },
    /// Import. Answered by `ImportGoes` and `ImportDone`.
    Import {
        /// What to say with the answers.
        number: u64,
        /// What.
        job: Box<ImportJob>,
    },
    /// Stop looking at what an export would lose, or at what there is to import.
    StopPeeking,
    /// Stop the export or import that is written.
    StopTransfer,
    /// Have the system show a folder.
    ShowFolder(PathBuf),
    /// Ask the window that has the own sets to let them go. Answered by `Resumed` when it
    /// has.
    WantLock,
    /// What another program has made of a file was taken in: it may be written over.
    Accept {
        /// Of which project.
        project: Arc<Project>,
        /// Which.
        kept: Kept,
    },
    /// Answer `GoOn` with the next frame: something is done a piece at a time.
    GoOn,
    /// Look now whether another program has changed something. Answered by `Outside`, for
    /// each thing that was.
    LookAround,
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
    /// Find out what can be seen, and send it as `ShowHints`.
    LookForHints(HintKind),
    /// Scroll the page, and leave the caret where it is.
    Scroll(LayoutMotion),
    /// Give the search field the keyboard.
    FocusFind,
    /// Give the list below the article the keyboard.
    FocusList,
    /// Give the filter of the table the keyboard.
    FocusTableFilter,
    /// Give the note of the focused annotation the keyboard.
    FocusNote,
    /// Scroll so that the caret, or the focused annotation, can be seen.
    Reveal(std::ops::Range<Offset>),
    /// Give the article the keyboard.
    FocusArticle,
    /// Give the pane the keyboard that had it before a sheet was opened.
    ReturnFocus,
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

impl Effect {
    /// Whether something else gets the keyboard, as soon as it is drawn.
    pub(crate) fn hands_keyboard_on(&self) -> bool {
        matches!(
            self,
            Self::FocusFind
                | Self::FocusList
                | Self::FocusTableFilter
                | Self::FocusNote
                | Self::FocusArticle
                | Self::ReturnFocus
                | Self::FocusFilter
                | Self::CyclePane(_)
        )
    }
}

/// A document that need not be read, and the sets about it.
#[derive(Clone, Debug)]
pub struct InMemory {
    /// The document.
    pub document: Arc<Document>,
    /// All sets about it that could be read, each annotator's once.
    pub sets: Vec<Arc<AnnotationSet>>,
    /// Whose could not.
    pub unread: Vec<Annotator>,
}

impl InMemory {
    /// What is left out of a look at these annotators' sets about the document.
    pub fn left_out(&self, project: &Project, annotators: &[Annotator]) -> Unread {
        let mut unread = Unread::default();
        for annotator in self.unread.iter().filter(|one| annotators.contains(one)) {
            unread.add(project.root(), &SetStore::file(project, annotator, &self.document.path));
        }
        let sets = self.sets.iter().map(|set| &**set);
        unread.add_waiting(sets.filter(|set| annotators.contains(set.annotator())));
        unread
    }
}
