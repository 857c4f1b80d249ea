use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::again::AgainChoice;
use super::bulk::BulkChange;
use super::comparing::Shown;
use super::takeover::SettleChoice;
use crate::corpus::{Annotator, DocumentPath};
use crate::review::{
    Agreement, CaseRow, RowBlock, RowKey, TableColumn, TableLines, TableRow, Whose,
};
use crate::session::message::Message;
use crate::session::state::Session;
use crate::storage::Unread;
use crate::text::Offset;

/// What happens to what is reviewed.
#[derive(Debug)]
pub enum Reviewing {
    /// Others are to be compared.
    Compare(BTreeSet<Annotator>),
    /// Other cases are to be listed.
    ShowCases(Shown),
    /// Something else was chosen about how to settle.
    SetSettling(SettleChoice),
    /// Settling is to begin as it was chosen.
    BeginSettling,
    /// Others' agreement is to be measured.
    Measure(BTreeSet<Annotator>),
    /// What is behind a figure is to be listed.
    ListBehind(Whose, Shown),
    /// A report is to be written into this file.
    WriteReport(PathBuf),
    /// The table was typed at, to be narrowed.
    FilterTable(String),
    /// The head of a column of the table was pressed.
    SortTable(TableColumn),
    /// A row of the table was ticked by the mouse, or no longer.
    TickRow(usize),
    /// What is to be done to many annotations was chosen.
    ChooseBulk(BulkChange),
    /// It is to be done.
    ApplyBulk,
    /// The focused annotation is put in question, with this note.
    Question(String),
    /// What is to be marked up again was chosen.
    ChooseAgain(AgainChoice),
    /// The second pass is to begin.
    BeginAgain,
    /// Some articles' annotations came into the table.
    Tabulated {
        /// Which table they belong to.
        number: u64,
        /// The rows.
        rows: Vec<RowBlock>,
        /// How many articles were looked at.
        looked_at: usize,
        /// The articles and sets that could not be read.
        unread: Unread,
        /// Whether these were the last.
        finished: bool,
    },
    /// The table was arranged.
    Arranged(u64, TableLines),
    /// The rows that a change of many concerns were unpacked.
    Chosen(u64, Vec<Arc<TableRow>>),
    /// All annotations that are listed were ticked.
    AllTicked(u64, HashSet<RowKey>),
    /// What is to be reviewed next was looked for.
    UnreviewedFound(u64, Option<(RowKey, Offset)>),
    /// The articles that are done were looked for: how many days ago each was, and those
    /// of which a second pass is not finished.
    DoneFound(u64, BTreeMap<DocumentPath, u32>, Vec<DocumentPath>),
    /// So many articles were counted.
    Measuring(u64, usize),
    /// Agreement was measured.
    Measured {
        /// Which measuring it belongs to.
        number: u64,
        /// The figures.
        agreement: Box<Agreement>,
        /// The articles and sets that could not be read.
        unread: Unread,
    },
    /// A report is written, or why it is not.
    ReportWritten(u64, Result<PathBuf, String>),
    /// Some articles were compared.
    Compared {
        /// Which comparison it belongs to.
        number: u64,
        /// Their cases.
        rows: Vec<CaseRow>,
        /// How many articles were looked at.
        looked_at: usize,
        /// How many of them fewer than two have begun.
        left_out: usize,
        /// The articles and sets that could not be read.
        unread: Unread,
        /// Whether these were the last.
        finished: bool,
    },
}

impl Reviewing {
    /// Whether the person did this.
    pub(in crate::session) fn is_gesture(&self) -> bool {
        !matches!(
            self,
            Self::Compared { .. }
                | Self::Measuring(..)
                | Self::Measured { .. }
                | Self::ReportWritten(..)
                | Self::Tabulated { .. }
                | Self::Arranged(..)
                | Self::Chosen(..)
                | Self::AllTicked(..)
                | Self::UnreviewedFound(..)
                | Self::DoneFound(..)
        )
    }
}

impl From<Reviewing> for Message {
    fn from(reviewing: Reviewing) -> Self {
        Self::Review(Box::new(reviewing))
    }
}

impl Session {
    /// Takes in what happens to what is reviewed.
    pub(in crate::session) fn review(&mut self, message: Reviewing) {
        match message {
            Reviewing::Compare(annotators) => self.compare_these(annotators),
            Reviewing::ShowCases(shown) => self.show_cases(shown),
            Reviewing::SetSettling(choice) => self.set_settling(choice),
            Reviewing::BeginSettling => self.begin_settling(),
            Reviewing::Measure(annotators) => self.measure(annotators),
            Reviewing::ListBehind(whose, shown) => self.list_behind(whose, shown),
            Reviewing::WriteReport(file) => self.write_report(file),
            Reviewing::FilterTable(typed) => self.filter_table(typed),
            Reviewing::SortTable(column) => self.sort_table(column),
            Reviewing::TickRow(line) => {
                self.go_to_table_line(line, false);
                self.tick_row();
            }
            Reviewing::ChooseBulk(change) => self.choose_bulk(change),
            Reviewing::ApplyBulk => self.apply_bulk(),
            Reviewing::Question(note) => self.question(&note),
            Reviewing::ChooseAgain(choice) => self.choose_again(choice),
            Reviewing::BeginAgain => self.begin_again(),
            Reviewing::Tabulated { number, rows, looked_at, unread, finished } => {
                self.tabulated(number, rows, (looked_at, unread), finished);
            }
            Reviewing::Arranged(number, lines) => self.arranged(number, lines),
            Reviewing::Chosen(number, rows) => self.chosen(number, rows),
            Reviewing::AllTicked(number, ticked) => self.all_ticked(number, ticked),
            Reviewing::UnreviewedFound(number, found) => self.unreviewed_found(number, found),
            Reviewing::DoneFound(number, done, begun) => self.done_found(number, done, begun),
            Reviewing::Measuring(number, looked_at) => self.measuring(number, looked_at),
            Reviewing::Measured { number, agreement, unread } => {
                self.measured(number, *agreement, unread);
            }
            Reviewing::ReportWritten(number, result) => self.report_written(number, result),
            Reviewing::Compared { number, rows, looked_at, left_out, unread, finished } => {
                self.compared(number, rows, looked_at, (left_out, unread), finished);
            }
        }
    }
}
