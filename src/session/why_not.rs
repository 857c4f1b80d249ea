//! Why a command cannot run now, in words for the person.

use super::command::Command;
use super::finding::Search;
use super::state::Session;
use crate::corpus::Status;
use crate::review::Finding;
use crate::text::{Direction, trim_white_space, word_at};

impl Session {
    /// Whether a command can run now.
    ///
    /// # Errors
    /// The reason why not, as a sentence without a full stop.
    pub fn available(&self, command: Command) -> Result<(), String> {
        match command {
            Command::Tag(label) => self.can_tag(label),
            Command::AddFragment => {
                self.can_change()?;
                self.has_selection()?;
                need(self.fragment_target().is_some(), "No annotation was focused to add this to")
            }
            Command::RemoveFragment | Command::NextFragment | Command::PreviousFragment => {
                if command == Command::RemoveFragment {
                    self.can_change()?;
                }
                self.has_focus()?;
                let several = self.focused().is_some_and(|a| a.fragments.count() > 1);
                need(several, "The focused annotation has one fragment only")
            }
            Command::MoveEdge { .. }
            | Command::Remove
            | Command::EditNote
            | Command::ToggleDiscuss => {
                self.can_change()?;
                self.has_focus()
            }
            Command::NextAnnotation | Command::PreviousAnnotation => {
                self.has_document()?;
                let any = self.shown_set().is_some_and(|set| !set.annotations().is_empty());
                need(any, "Nothing is tagged in this article")
            }
            Command::FocusUnderCaret => {
                self.has_document()?;
                need(!self.under_caret().is_empty(), "Nothing is tagged under the caret")
            }
            Command::Copy => need(
                self.selection().span().is_some() || self.focused().is_some(),
                "Nothing is selected to copy",
            ),
            Command::Move { .. }
            | Command::Expand
            | Command::Shrink
            | Command::SelectAll
            | Command::Hint(_)
            | Command::LetGo => self.has_document(),
            Command::NextDocument => self.has_document_beside(Direction::On),
            Command::PreviousDocument => self.has_document_beside(Direction::Back),
            Command::DoneAndNext | Command::SkipAndNext => {
                self.can_change()?;
                let (accepted, rejected) = self.verdict_counts();
                let words = "The decisions in the list below are not carried out yet";
                need(accepted + rejected == 0, words)
            }
            Command::Reopen => {
                self.can_change()?;
                let settled = self.held().is_some_and(|held| held.set.status().is_settled());
                need(settled, "The article is not marked done or skipped")
            }
            Command::ShowNextSet => {
                self.has_document()?;
                let others = self.held().is_some_and(|held| !held.others.is_empty());
                need(others, "Nobody else has a set about this article")
            }
            Command::ShowReport | Command::DismissReport => {
                need(self.report.is_some(), "There is no report of a failure")
            }
            Command::WorkHere => need(self.elsewhere.is_some(), "Your sets are no other window's"),
            Command::PlaceTags | Command::PlaceHere => self.can_place(command),
            Command::Undo => {
                self.is_here()?;
                self.is_not_opening()?;
                need(self.history.last_done().is_some(), "There is nothing to undo")
            }
            Command::Redo => {
                self.is_here()?;
                self.is_not_opening()?;
                need(self.history.last_undone().is_some(), "There is nothing to redo")
            }
            _ => self.available_with_links(command),
        }
    }

    /// The same for what describes and links annotations.
    fn available_with_links(&self, command: Command) -> Result<(), String> {
        match command {
            Command::Link => {
                self.can_change()?;
                self.has_focus()?;
                self.has_targets()
            }
            Command::NextLink | Command::PreviousLink => {
                self.has_focus()?;
                self.has_links()
            }
            Command::FollowLink => self.has_link_in_hand(),
            Command::RelabelLink | Command::RemoveLink => {
                self.can_change()?;
                self.has_link_in_hand()?;
                let one_way =
                    || self.link_in_hand().is_some_and(|link| self.ways_of(link).len() < 2);
                need(
                    command == Command::RemoveLink || !one_way(),
                    "No other label fits between these two",
                )
            }
            Command::ToggleFolded => {
                self.has_focus()?;
                need(self.is_folded() || !self.links().is_empty(), "It is linked with nothing")
            }
            Command::Cycle { attribute, .. } => self.can_cycle(attribute),
            _ => self.available_in_lists(command),
        }
    }

    /// The same for what finds, checks and changes the schema.
    fn available_in_lists(&self, command: Command) -> Result<(), String> {
        match command {
            Command::Find
            | Command::ListProblems
            | Command::NextProblem
            | Command::PreviousProblem => self.has_document(),
            Command::FindEverywhere
            | Command::ListProjectProblems
            | Command::ListDiscussed
            | Command::Export
            | Command::Import
            | Command::EditSchema => self.has_project(),
            Command::ShowStatistics => {
                self.has_project()?;
                self.is_not_blind()
            }
            Command::NextMatch | Command::PreviousMatch => {
                let search = self.search.as_ref();
                let Some(search) = search else { return Err("Nothing is looked for".to_owned()) };
                need(!search.hits.is_empty(), "It is not found")
            }
            Command::TagEverywhere => {
                self.has_project()?;
                let words = self.selection().span().is_some() || self.focused().is_some();
                need(words || self.search.is_some(), "Nothing is focused, selected or looked for")
            }
            Command::Accept | Command::Reject | Command::Undecide => {
                self.can_judge()?;
                need(self.search.as_ref().is_some_and(|s| s.at.is_some()), "No row is chosen")
            }
            Command::AcceptAll => {
                self.can_judge()?;
                need(self.list_place().0 > 0, "Nothing is listed")?;
                need(self.task.is_none(), "Something else goes on")
            }
            Command::Apply => {
                self.can_judge()?;
                self.is_not_opening()?;
                let (accepted, rejected) = self.verdict_counts();
                need(accepted + rejected > 0, "Nothing is decided yet")?;
                let is_over = self.search.as_ref().is_none_or(Search::holds_nothing_carried_out);
                need(self.task.is_none() && is_over, "Something else goes on")
            }
            Command::Mend(way) => {
                self.can_change()?;
                self.has_findings("There is nothing to mend here")?;
                let can = |finding: &Finding| finding.mends.get(way).is_some();
                let lacking = self.finding_in_hand().is_some_and(|finding| {
                    let about = |other: &&Finding| other.annotation == finding.annotation;
                    !self.findings.iter().filter(about).any(can)
                });
                need(
                    !lacking,
                    "No key mends this: change it in the article, or say that it is meant",
                )
            }
            Command::Intend => {
                self.can_change()?;
                self.can_decide()?;
                self.has_findings("There is no problem here")
            }
            Command::Compare
            | Command::ShowTable
            | Command::FilterRows
            | Command::SortRows(_)
            | Command::GroupRows
            | Command::ToggleConcordance
            | Command::TickRow
            | Command::TickAllRows
            | Command::ChangeRows
            | Command::NextToReview
            | Command::PreviousToReview
            | Command::AcceptReview
            | Command::QuestionReview
            | Command::MarkAgain
            | Command::ShowAgreement
            | Command::NextLayout
            | Command::Settle
            | Command::OnlyThisKind
            | Command::TakeFrom(_)
            | Command::TakeAll
            | Command::TakeNothing
            | Command::TakeAsGold
            | Command::EditCase
            | Command::WorkAsOneself => self.available_in_review(command),
            Command::ToggleList => need(self.has_list(), "No list is there to be shown"),
            Command::AdoptNames => {
                self.can_change_schema()?;
                self.has_document()?;
                need(!self.unknown_names().is_empty(), "The schema has all names of this set")
            }
            Command::CancelWork => need(self.is_working(), "Nothing goes on that could be stopped"),
            _ => Ok(()),
        }
    }

    pub(super) fn has_project(&self) -> Result<(), String> {
        need(self.project.is_some(), "No folder is open")
    }

    fn has_links(&self) -> Result<(), String> {
        need(!self.links().is_empty(), "It is linked with nothing")
    }

    fn has_link_in_hand(&self) -> Result<(), String> {
        self.has_focus()?;
        self.has_links()?;
        let key = self.keymap.key(Command::NextLink).map(|key| key.to_string());
        let words = format!("It has several links; {} takes one in hand", key.unwrap_or_default());
        need(self.link_in_hand().is_some(), &words)
    }

    fn can_cycle(&self, attribute: usize) -> Result<(), String> {
        self.can_change()?;
        self.has_focus()?;
        let names = self.schema.attribute_names();
        let (Some(definition), Some(focused)) = (names.get(attribute), self.focused()) else {
            return Ok(());
        };
        let has = self.schema.attribute_of(&focused.label, &definition.name).is_some()
            || focused.attributes.contains_key(&*definition.name);
        let title = definition.title.to_lowercase();
        need(has, &format!("A {} has no {title}", focused.label))
    }

    fn can_judge(&self) -> Result<(), String> {
        let listed = self.listing == Some(super::lists::Listing::Hits);
        need(listed, "No occurrences are listed")?;
        self.can_decide()
    }

    pub(super) fn can_decide(&self) -> Result<(), String> {
        match &self.decisions_problem {
            Some(problem) => Err(format!("Your decisions cannot be kept. {problem}")),
            None => self.decisions_are_read(),
        }
    }

    /// Whether the checks have found something in what is shown; what is to be said if not.
    fn has_findings(&self, otherwise: &str) -> Result<(), String> {
        let awaited = "The article is still being checked";
        need(!self.findings.is_empty(), if self.is_checking() { awaited } else { otherwise })
    }

    pub(super) fn decisions_are_read(&self) -> Result<(), String> {
        need(self.decisions.is_some(), "Your decisions are still being read")
    }

    /// The title of a command as it would run now: `Undo tag claim`.
    pub fn title_now(&self, command: Command) -> String {
        let step = match command {
            Command::Undo => self.history.last_done(),
            Command::Redo => self.history.last_undone(),
            _ => None,
        };
        let title = self.keymap.entry(command).map(|entry| entry.title.clone()).unwrap_or_default();
        if command == Command::ToggleFolded && self.is_folded() {
            return "Show all of the article".to_owned();
        }
        if command == Command::ToggleSnap {
            return format!("{title}: {}", if self.preferences.snap { "on" } else { "off" });
        }
        step.map_or_else(|| title.clone(), |step| format!("{title} {}", step.name))
    }

    fn can_tag(&self, label: usize) -> Result<(), String> {
        self.can_change()?;
        let Some(definition) = self.schema.label_at(label) else {
            return Err("The schema has no label for this key".to_owned());
        };
        let Some(document) = self.document() else { return Ok(()) };
        let selection = self.selection();
        if selection.span().is_some() {
            let trimmed = trim_white_space(&document.text, selection.range());
            return need(!trimmed.is_empty(), "Only white space is selected");
        }
        match self.focused() {
            Some(focused) if focused.label == definition.name => {
                Err(format!("It is a {} already", definition.name))
            }
            Some(focused) => {
                let twins = self.shown_set().into_iter();
                let mut twins =
                    twins.flat_map(|set| set.annotations_in(focused.fragments.extent()));
                let is_twin = twins.any(|other| {
                    other.id != focused.id
                        && other.label == definition.name
                        && other.fragments == focused.fragments
                });
                need(!is_twin, &format!("There is a {} of the same words already", definition.name))
            }
            None => need(
                word_at(&document.text, selection.head).is_some(),
                "There is no word under the caret",
            ),
        }
    }

    /// Whether the set that is shown can be changed.
    ///
    /// # Errors
    /// Why not, as a sentence without a full stop.
    pub fn can_change(&self) -> Result<(), String> {
        self.has_document()?;
        self.is_not_opening()?;
        self.is_here()?;
        let (Some(held), Some(reading)) = (self.held(), self.reading()) else { return Ok(()) };
        if self.merged.is_some() {
            let key = self.keymap.key(Command::NextLayout).map(|key| key.to_string());
            let key = key.unwrap_or_default();
            return Err(format!("Several sets are shown in one text; {key} shows one"));
        }
        if let Some(problem) = held.unreadable.as_ref().filter(|_| reading.shown == self.annotator)
        {
            if self.is_about_earlier_text() {
                let key = self.keymap.key(Command::PlaceTags).map(|key| key.to_string());
                let key = key.unwrap_or_default();
                return Err(format!(
                    "The article has changed since you tagged it; {key} brings your tags to this text"
                ));
            }
            return Err(format!("Your set cannot be changed. {problem}"));
        }
        if reading.shown == self.annotator {
            return Ok(());
        }
        let back = self.keymap.key(Command::ShowNextSet).map(|key| key.to_string());
        let shown = &reading.shown;
        Err(format!("This is {shown}'s set; {} leads on to your own", back.unwrap_or_default()))
    }

    /// A change of the project that is about to go would have nowhere to be.
    pub(super) fn is_not_opening(&self) -> Result<(), String> {
        need(!self.opening, "Another folder is being opened")
    }

    pub(super) fn has_document(&self) -> Result<(), String> {
        need(self.held().is_some(), "No article is open")
    }

    fn has_selection(&self) -> Result<(), String> {
        need(self.selection().span().is_some(), "Nothing is selected")
    }

    pub(super) fn has_focus(&self) -> Result<(), String> {
        need(self.focused().is_some(), "No annotation is focused; Tab goes to the next one")
    }

    fn has_document_beside(&self, direction: Direction) -> Result<(), String> {
        let reading = self.reading.as_ref();
        let beside = reading.and_then(|r| self.documents.beside(&r.document, direction));
        let end = match direction {
            Direction::Back => "first",
            Direction::On => "last",
        };
        let of = match self.documents.filter() {
            "" => "of the list".to_owned(),
            filter => format!("that the filter “{filter}” lists"),
        };
        need(beside.is_some(), &format!("This is the {end} article {of}"))
    }

    /// The status of the open document's own set.
    pub fn status(&self) -> Status {
        self.held().map(|held| held.set.status()).unwrap_or_default()
    }
}

pub(super) fn need(met: bool, otherwise: &str) -> Result<(), String> {
    if met { Ok(()) } else { Err(otherwise.to_owned()) }
}
