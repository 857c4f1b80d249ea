use std::collections::BTreeSet;

use super::comparing::Shown;
use super::takeover::SettleChoice;
use crate::corpus::Annotator;
use crate::review::CaseRow;
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
        !matches!(self, Self::Compared { .. })
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
            Reviewing::Compared { number, rows, looked_at, left_out, unreadable, finished } => {
                self.compared(number, rows, looked_at, (left_out, unreadable), finished);
            }
        }
    }
}
