//! Going over the rows of the table: accepting them, or putting them in question, one below the
//! other as they are listed.

use super::table::Table;
use crate::corpus::Decision;
use crate::review::{RowKey, TableRow};
use crate::session::command::Command;
use crate::session::dialog::Dialog;
use crate::session::history::{Change, Step};
use crate::session::lists::Listing;
use crate::session::state::Session;
use crate::text::Direction;

/// So many rows are looked at for one that is not reviewed yet: it is done within a frame.
const LOOKED_AT: usize = 200;

impl Session {
    /// Does to the row in hand what a key would do to what is focused in the article. Returns
    /// whether the command is one for rows.
    pub(in crate::session) fn review_row(&mut self, command: Command) -> bool {
        if self.listing != Some(Listing::Table) {
            return false;
        }
        let is_of_rows = matches!(
            command,
            Command::NextToReview
                | Command::PreviousToReview
                | Command::AcceptReview
                | Command::QuestionReview
        );
        if let Err(reason) = self.can_decide().and_then(|()| self.is_not_opening())
            && is_of_rows
        {
            self.warn(reason);
            return true;
        }
        match command {
            Command::NextToReview => self.go_to_row_to_review(Direction::On),
            Command::PreviousToReview => self.go_to_row_to_review(Direction::Back),
            Command::AcceptReview => {
                if let Some(row) = self.row_to_review() {
                    self.review_row_as(&row, (true, String::new()));
                }
            }
            Command::QuestionReview => {
                if let Some(row) = self.row_to_review() {
                    let note = self.own_note_on(&row.key);
                    self.questioned = Some(Box::new(row));
                    self.dialog = Some(Dialog::Question { note });
                }
            }
            _ => return false,
        }
        true
    }

    /// Reviews a row, and goes to the next one.
    pub(super) fn review_row_as(&mut self, row: &TableRow, said: (bool, String)) {
        let how = if said.0 { "reviewed" } else { "in question" };
        let name = format!("mark {} {how}", row.label);
        // It may be listed no more when it is reviewed.
        let here = self.table.as_ref().and_then(|table| table.row_in_hand().zip(table.at));
        let next = match here {
            // It has gone meanwhile, and the next one is at its place.
            Some((there, at)) if there.key != row.key => Some(at),
            _ => self.row_left_to_review(Direction::On),
        };
        if !self.review_as(row.key.clone(), row.content(), said, name) {
            return;
        }
        match next {
            Some(line) => {
                let notice = self.notice.take();
                self.go_to_table_line(line, false);
                if self.notice.is_none() {
                    self.notice = notice;
                }
            }
            None => self.say("Nothing further down in the table is left to be reviewed".to_owned()),
        }
    }

    /// Goes back to the row whose review was taken back or given again; where it is not listed,
    /// as soon as it is.
    pub(in crate::session) fn return_to_row(&mut self, step: &Step) {
        let Some(table) = self.table.as_mut() else { return };
        let reviewed: Option<Vec<RowKey>> = step
            .changes
            .iter()
            .map(|change| match change {
                Change::Decided { decision: Decision::Reviewed(review), .. } => {
                    Some(RowKey::of(review))
                }
                _ => None,
            })
            .collect();
        // A step that is about more, such as a renaming, does not lead to a row.
        let reviewed = reviewed.filter(|all| all.windows(2).all(|two| two.first() == two.last()));
        let reviewed = reviewed.and_then(|all| all.into_iter().next());
        let Some(key) = reviewed.filter(|_| self.listing == Some(Listing::Table)) else { return };
        let line = table.lines.position(&key);
        table.at_key = Some(key);
        if let Some(line) = line {
            let notice = self.notice.take();
            self.go_to_table_line(line, false);
            self.notice = notice;
        }
    }

    fn row_to_review(&mut self) -> Option<TableRow> {
        let row = self.table.as_ref().and_then(Table::row_in_hand);
        if row.is_none() {
            self.warn("No row is chosen".to_owned());
        }
        row
    }

    fn go_to_row_to_review(&mut self, direction: Direction) {
        if let Some(line) = self.row_left_to_review(direction) {
            self.go_to_table_line(line, false);
            return;
        }
        let way = if direction == Direction::On { "down" } else { "up" };
        self.say(format!("Nothing further {way} in the table is left to be reviewed"));
    }

    /// The line of the next row that the person has not reviewed as it is now; of very many that
    /// they have, just the one behind those that were looked at.
    fn row_left_to_review(&self, direction: Direction) -> Option<usize> {
        let table = self.table.as_ref()?;
        let at = table.at?;
        let mut lines: Box<dyn Iterator<Item = usize>> = match direction {
            Direction::On => Box::new(at + 1..table.lines.len()),
            Direction::Back => Box::new((0..at).rev()),
        };
        let is_left = |line: &usize| {
            let row = table.lines.row(*line);
            row.is_some_and(|row| !self.is_reviewed(&row.key, &row.content()))
        };
        lines.by_ref().take(LOOKED_AT).find(is_left).or_else(|| {
            let line = lines.next()?;
            table.row_line(line, direction)
        })
    }
}
