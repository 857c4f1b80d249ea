use std::collections::BTreeSet;
use std::path::PathBuf;

use super::comparing::Shown;
use super::takeover::SettleChoice;
use crate::corpus::Annotator;
use crate::review::{Agreement, CaseRow, Whose};
use crate::session::message::Message;
use crate::session::state::Session;

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
    /// So many articles were counted.
    Measuring(u64, usize),
    /// Agreement was measured.
    Measured {
        /// Which measuring it belongs to.
        number: u64,
        /// The figures.
        agreement: Box<Agreement>,
        /// How many articles and sets could not be read.
        unreadable: usize,
    },
    /// A report is written, or why it is not.
    ReportWritten(Result<PathBuf, String>),
    /// Some articles were compared.
    Compared {
        /// Which comparison it belongs to.
        number: u64,
        /// Their cases.
        rows: Vec<CaseRow>,
        /// How many articles were looked at.
        looked_at: usize,
        /// How many of them less than two have begun.
        left_out: usize,
        /// How many articles and sets could not be read.
        unreadable: usize,
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
                | Self::ReportWritten(_)
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
            Reviewing::Measuring(number, looked_at) => self.measuring(number, looked_at),
            Reviewing::Measured { number, agreement, unreadable } => {
                self.measured(number, *agreement, unreadable);
            }
            Reviewing::ReportWritten(result) => self.report_written(result),
            Reviewing::Compared { number, rows, looked_at, left_out, unreadable, finished } => {
                self.compared(number, rows, looked_at, (left_out, unreadable), finished);
            }
        }
    }
}
