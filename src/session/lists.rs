//! The list below the article.

use super::command::Command;
use super::effect::Effect;
use super::state::Session;
use super::table::Group;
use crate::corpus::{Annotator, DocumentPath, Id};
use crate::text::Direction;

/// What the list below the article shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Listing {
    /// What a search found.
    Hits,
    /// Remarks on annotations.
    Remarks,
    /// What annotators who are compared say.
    Cases,
    /// All annotations.
    Table,
}

impl Session {
    /// What the list below the article shows; `None` while it is hidden.
    pub fn listing(&self) -> Option<Listing> {
        self.listing
    }

    /// The number of rows in the list, and the row that the person is at.
    pub fn list_place(&self) -> (usize, Option<usize>) {
        match self.listing {
            Some(Listing::Hits) => {
                let Some(search) = &self.search else { return (0, None) };
                let at = search.at.and_then(|at| search.shown.binary_search(&at).ok());
                (search.shown.len(), at)
            }
            Some(Listing::Remarks) => {
                let Some(remarks) = &self.remarks else { return (0, None) };
                (remarks.rows.len(), remarks.at)
            }
            Some(Listing::Cases) => self.case_place(),
            Some(Listing::Table) => self.table_place(),
            None => (0, None),
        }
    }

    /// Another number, another order of the rows in the list.
    pub fn list_version(&self) -> u64 {
        match (self.listing, &self.table) {
            (Some(Listing::Table), Some(table)) => table.arranged,
            _ => 0,
        }
    }

    /// Goes to a row; with `open`, to its place in its article.
    pub(super) fn go_to_row(&mut self, row: usize, open: bool) {
        match self.listing {
            Some(Listing::Hits) => {
                let hit = self.search.as_ref().and_then(|search| search.shown.get(row).copied());
                match hit {
                    Some(hit) if open => self.go_to_hit(hit, true),
                    Some(hit) => self.walk_to_hit(hit),
                    None => {}
                }
            }
            Some(Listing::Remarks) => self.go_to_remark(row, open),
            Some(Listing::Cases) => self.go_to_case(row, open),
            Some(Listing::Table) => self.go_to_table_line(row, open),
            None => {}
        }
    }

    /// The row that one begins with, where one is at none; `None` where that is not known
    /// yet, or comes by itself: in the table one is at what one came from as soon as that is
    /// there.
    pub fn first_row(&self) -> Option<usize> {
        match self.listing? {
            Listing::Table => None,
            Listing::Cases => self.first_case(),
            // While it is looked for anew one comes back to where one was.
            Listing::Hits => {
                self.search.as_ref().is_none_or(|one| one.comes_back.is_none()).then_some(0)
            }
            Listing::Remarks => Some(0),
        }
    }

    /// Goes to the next row, or the one before.
    pub(super) fn walk_list(&mut self, direction: Direction) {
        let (count, at) = self.list_place();
        let to = match (at, direction) {
            (None, _) => 0,
            (Some(at), Direction::On) => (at + 1).min(count.saturating_sub(1)),
            (Some(at), Direction::Back) => at.saturating_sub(1),
        };
        self.go_to_row(to, false);
    }

    /// Carries out what a key of the article means while the list has the keyboard. What it would
    /// do to the annotation or the words that one is at there is refused where these are not what
    /// the row is about: nobody looks at them then. A row's problem is shown in their place, so
    /// that the next press acts on it.
    pub(super) fn run_in_list(&mut self, command: Command) {
        if self.review_row(command) || self.takes_back_decided(command) {
            return;
        }
        let group = self.keymap.entry(command).map(|entry| entry.group);
        let is_about_a_place = matches!(group, Some(Group::Mark | Group::Describe | Group::Link))
            || matches!(
                command,
                Command::Mend(_)
                    | Command::Intend
                    | Command::AcceptReview
                    | Command::QuestionReview
            );
        let is_about_a_problem = matches!(command, Command::Mend(_) | Command::Intend);
        if is_about_a_problem && self.listing != Some(Listing::Remarks) {
            self.warn("The rows are no problems: Escape leads back to the article".to_owned());
            return;
        }
        let problem = self.problem_of_row().filter(|_| is_about_a_problem);
        if let Some(problem) = problem.filter(|problem| !self.is_in_hand(problem)) {
            self.show_problem(problem);
            return;
        }
        if !is_about_a_place || self.is_at_row() {
            self.run(command);
            return;
        }
        let words = match self.list_place().1 {
            Some(_) => "The row is about another place: Enter goes there",
            None => "No row is chosen: Escape leads back to the article",
        };
        self.warn(words.to_owned());
    }

    /// Undo and redo in the list of what was found, while something is decided there.
    fn takes_back_decided(&mut self, command: Command) -> bool {
        self.listing == Some(Listing::Hits)
            && match command {
                Command::Undo => self.take_back_decided(Direction::Back),
                Command::Redo => self.take_back_decided(Direction::On),
                _ => false,
            }
    }

    /// Whether one is, in the article, where the row is that one is at.
    fn is_at_row(&self) -> bool {
        let opens = |document: &DocumentPath| {
            self.reading.as_ref().is_some_and(|reading| reading.document == *document)
        };
        let focuses = |document: &DocumentPath, annotator: &Annotator, annotation: &Id| {
            let shown = self.reading.as_ref().map(|reading| &reading.shown);
            let focused = self.focused().map(|focused| &focused.id);
            opens(document) && shown == Some(annotator) && focused == Some(annotation)
        };
        match self.listing {
            Some(Listing::Hits) => self.search.as_ref().is_some_and(|search| {
                let hit = search.at.and_then(|at| search.hits.get(at));
                hit.is_some_and(|hit| {
                    opens(&hit.document) && self.selection().span() == Some(hit.span)
                })
            }),
            Some(Listing::Remarks) => self.remarks.as_ref().is_some_and(|remarks| {
                let remark = remarks.at.and_then(|at| remarks.rows.get(at));
                remark.is_some_and(|one| focuses(&one.document, &one.annotator, &one.annotation))
            }),
            Some(Listing::Cases) => self.comparing.as_ref().is_some_and(|comparing| {
                comparing.case_in_hand().is_some_and(|case| opens(&case.document))
            }),
            Some(Listing::Table) => self.table.as_ref().is_some_and(|table| {
                let key = table.row_in_hand().map(|row| row.key);
                key.is_some_and(|key| focuses(&key.document, &key.annotator, &key.annotation))
            }),
            None => true,
        }
    }

    pub(super) fn toggle_list(&mut self) {
        if let Some(shown) = self.listing.take() {
            self.last_listing = Some(shown);
            self.effects.push(Effect::FocusArticle);
            return;
        }
        self.listing = match (&self.search, &self.remarks) {
            _ if self.last_listing == Some(Listing::Table) && self.table.is_some() => {
                Some(Listing::Table)
            }
            _ if self.comparing.is_some() => Some(Listing::Cases),
            (Some(search), _) if search.everywhere => Some(Listing::Hits),
            (_, Some(_)) => Some(Listing::Remarks),
            _ if self.table.is_some() => Some(Listing::Table),
            _ => None,
        };
        self.refill_overtaken_table();
        self.survey_overtaken();
        self.effects.push(Effect::FocusList);
    }

    /// Whether there is a list that could be shown.
    pub(super) fn has_list(&self) -> bool {
        self.listing.is_some()
            || self.comparing.is_some()
            || self.table.is_some()
            || self.remarks.is_some()
            || self.search.as_ref().is_some_and(|search| search.everywhere)
    }
}
