//! Why a command cannot run now, in words for the person.

use super::command::Command;
use super::state::Session;
use crate::corpus::Status;
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
            Command::MoveEdge { .. } | Command::Remove => {
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
            | Command::LetGo => self.has_document(),
            Command::NextDocument => self.has_document_beside(Direction::On),
            Command::PreviousDocument => self.has_document_beside(Direction::Back),
            Command::DoneAndNext | Command::SkipAndNext => self.can_change(),
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
            Command::Undo => {
                self.is_not_opening()?;
                need(self.history.last_done().is_some(), "There is nothing to undo")
            }
            Command::Redo => {
                self.is_not_opening()?;
                need(self.history.last_undone().is_some(), "There is nothing to redo")
            }
            _ => Ok(()),
        }
    }

    /// The title of a command as it would run now: `Undo tag claim`.
    pub fn title_now(&self, command: Command) -> String {
        let step = match command {
            Command::Undo => self.history.last_done(),
            Command::Redo => self.history.last_undone(),
            _ => None,
        };
        let title = self.keymap.entry(command).map(|entry| entry.title.clone()).unwrap_or_default();
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
            Some(_) => Ok(()),
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
        let (Some(held), Some(reading)) = (self.held(), self.reading()) else { return Ok(()) };
        if let Some(problem) = held.unreadable.as_ref().filter(|_| reading.shown == self.annotator)
        {
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
    fn is_not_opening(&self) -> Result<(), String> {
        need(!self.opening, "Another folder is being opened")
    }

    fn has_document(&self) -> Result<(), String> {
        need(self.held().is_some(), "No article is open")
    }

    fn has_selection(&self) -> Result<(), String> {
        need(self.selection().span().is_some(), "Nothing is selected")
    }

    fn has_focus(&self) -> Result<(), String> {
        need(self.focused().is_some(), "No annotation is focused; Tab goes to the next one")
    }

    fn has_document_beside(&self, direction: Direction) -> Result<(), String> {
        let reading = self.reading.as_ref();
        let beside = reading.and_then(|r| self.documents.beside(&r.document, direction));
        let words = match direction {
            Direction::Back => "This is the first article of the list",
            Direction::On => "This is the last article of the list",
        };
        need(beside.is_some(), words)
    }

    /// The status of the open document's own set.
    pub fn status(&self) -> Status {
        self.held().map(|held| held.set.status()).unwrap_or_default()
    }
}

fn need(met: bool, otherwise: &str) -> Result<(), String> {
    if met { Ok(()) } else { Err(otherwise.to_owned()) }
}
