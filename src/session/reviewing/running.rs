//! The commands for what is reviewed: what each does, and why not now.

use super::settling::Verdict;
use crate::review::TableColumn;
use crate::session::command::Command;
use crate::session::effect::Effect;
use crate::session::lists::Listing;
use crate::session::state::Session;
use crate::session::why_not::need;
use crate::text::Direction;

impl Session {
    pub(in crate::session) fn run_review(&mut self, command: Command) {
        match command {
            Command::ShowTable => self.show_table(),
            Command::FilterRows => self.effects.push(Effect::FocusTableFilter),
            Command::SortRows(at) => {
                if let Some(column) = TableColumn::ALL.get(at) {
                    self.sort_table(*column);
                }
            }
            Command::GroupRows => self.group_table(),
            Command::ToggleConcordance => self.toggle_concordance(),
            Command::TickRow => self.tick_row(),
            Command::TickAllRows => self.tick_all_rows(),
            Command::ChangeRows => self.open_bulk(),
            Command::NextToReview => self.next_to_review(Direction::On),
            Command::PreviousToReview => self.next_to_review(Direction::Back),
            Command::AcceptReview => self.accept_review(),
            Command::QuestionReview => self.open_question(),
            Command::MarkAgain => self.open_again(),
            Command::Compare => self.compare(),
            Command::ShowAgreement => self.show_agreement(),
            Command::NextLayout => self.next_layout(),
            Command::Settle => self.open_settling(),
            Command::OnlyThisKind => self.only_this_kind(),
            Command::TakeFrom(number) => self.settle_case(Verdict::As(number)),
            Command::TakeAll => self.settle_case(Verdict::AsAll),
            Command::TakeNothing => self.settle_case(Verdict::AsNobody),
            Command::TakeAsGold => self.settle_case(Verdict::AsGold),
            Command::EditCase => self.edit_case(),
            Command::WorkAsOneself => self.work_as_oneself(),
            _ => {}
        }
    }

    pub(in crate::session) fn available_in_review(&self, command: Command) -> Result<(), String> {
        match command {
            Command::Compare | Command::Settle | Command::ShowAgreement => {
                self.has_project()?;
                self.is_not_opening()?;
                self.is_not_blind()?;
                need(self.everyone().len() > 1, "Nobody else has a set in this project")
            }
            Command::ShowTable => {
                self.has_project()?;
                self.is_not_blind()
            }
            Command::FilterRows
            | Command::SortRows(_)
            | Command::GroupRows
            | Command::ToggleConcordance => {
                need(self.listing == Some(Listing::Table), "The table is not shown")
            }
            Command::TickRow | Command::TickAllRows | Command::ChangeRows => {
                need(self.listing == Some(Listing::Table), "The table is not shown")?;
                let any = self.table.as_ref().is_some_and(|table| !table.lines.is_empty());
                need(any, "No annotation is listed")?;
                // What is listed is what the filter was before.
                let table = self.table.as_ref().filter(|_| command != Command::TickRow);
                let unfit = table.and_then(|table| table.error.clone());
                unfit.map_or(Ok(()), |error| Err(format!("Mend the filter first: {error}")))?;
                need(
                    command != Command::ChangeRows || self.task.is_none(),
                    "Something else goes on",
                )
            }
            Command::NextToReview | Command::PreviousToReview => {
                self.has_document()?;
                self.can_review()
            }
            Command::AcceptReview | Command::QuestionReview => {
                self.has_focus()?;
                self.can_review()
            }
            Command::MarkAgain => {
                self.has_project()?;
                self.is_not_opening()?;
                self.is_not_blind()
            }
            Command::NextLayout => {
                need(self.comparison.is_some(), "This article has no sets that are compared")
            }
            Command::OnlyThisKind => {
                need(self.listing == Some(Listing::Cases), "No cases are listed")
            }
            Command::TakeFrom(number) => {
                self.can_settle()?;
                let count = self.comparing.as_ref().map_or(0, |one| one.annotators.len());
                need(number < count, &format!("Only {count} annotators are compared"))
            }
            Command::TakeAll => {
                self.can_settle()?;
                // Gold would have the same thing twice, alike but for the values.
                let row = self.comparing.as_ref().and_then(|comparing| comparing.case_in_hand());
                let twice = row.and_then(|row| row.same_but_for_values.as_ref());
                twice.map_or(Ok(()), |[one, other]| {
                    Err(format!("{one} and {other} differ in values alone: take it from one"))
                })
            }
            Command::TakeNothing | Command::TakeAsGold | Command::EditCase => self.can_settle(),
            Command::WorkAsOneself => {
                let person = &self.person;
                need(self.annotator != *person, &format!("These are {person}'s own sets"))
            }
            _ => Ok(()),
        }
    }

    /// Whether the case in the list can be settled.
    fn can_settle(&self) -> Result<(), String> {
        need(self.listing == Some(Listing::Cases), "No cases are listed")?;
        let key = self.keymap.key(Command::Settle).map(|key| key.to_string()).unwrap_or_default();
        need(
            self.annotator.is_gold(),
            &format!("Only gold is settled; {key} begins to work on it"),
        )?;
        self.can_decide()?;
        self.is_not_opening()?;
        if let Some(problem) = self.held().and_then(|held| held.unreadable.as_ref()) {
            return Err(format!("Gold cannot be changed. {problem}"));
        }
        let row = self.comparing.as_ref().and_then(|comparing| comparing.case_in_hand());
        need(row.is_some(), "No row is chosen")
    }

    /// Whether what is reviewed can be remembered.
    fn can_review(&self) -> Result<(), String> {
        self.can_decide()?;
        self.is_not_opening()?;
        let key = self.keymap.key(Command::NextLayout).map(|key| key.to_string());
        let words =
            format!("Several sets are shown in one text; {} shows one", key.unwrap_or_default());
        need(self.merged.is_none(), &words)
    }

    /// Whether one may see what others, or oneself the first time, have marked.
    pub(in crate::session) fn is_not_blind(&self) -> Result<(), String> {
        let blind = self.annotator.first_pass().is_some();
        need(!blind, "One marks up blind the second time: others' sets are not shown")
    }

    /// Nobody is compared any more.
    pub(in crate::session) fn leave_comparison(&mut self) {
        if self.comparing.take().is_some_and(|comparing| comparing.progress.running) {
            self.effects.push(Effect::StopComparing);
        }
        self.takeover = None;
        self.comparison = None;
    }
}
