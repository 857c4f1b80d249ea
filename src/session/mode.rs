//! What typed letters are for while they are not for commands.

use super::command::Command;
use super::effect::Effect;
use super::hinting::Hinting;
use super::linking::Linking;
use super::state::Session;
use crate::text::Direction;

/// What typed letters name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mode {
    /// A hint on a word or a clause.
    Hinting(Hinting),
    /// The other end of a link.
    Linking(Linking),
}

/// What was typed while a mode is on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Typed {
    /// The letter on the key, small, whatever the layout writes.
    pub letter: Option<char>,
    /// What the layout writes, where that is known.
    pub text: Option<String>,
    /// Whether Shift was held.
    pub shift: bool,
}

impl Session {
    /// What typed letters are for, if not for commands.
    pub fn mode(&self) -> Option<&Mode> {
        self.mode.as_ref()
    }

    pub(super) fn take_typed(&mut self, typed: &Typed) {
        match self.mode {
            Some(Mode::Hinting(_)) => {
                if let Some(letter) = typed.letter {
                    self.type_hint(letter);
                }
            }
            Some(Mode::Linking(_)) => self.type_target(typed),
            None => {}
        }
    }

    pub(super) fn erase_typed(&mut self) {
        match self.mode.as_mut() {
            Some(Mode::Hinting(hinting)) => {
                hinting.typed.pop();
            }
            Some(Mode::Linking(linking)) => {
                if linking.choice.take().is_none() {
                    linking.typed.pop();
                }
                self.find_targets();
            }
            None => {}
        }
    }

    /// Ends the mode for a command; returns whether that is all it does.
    pub(super) fn end_mode_for(&mut self, command: Command) -> bool {
        // The word that was jumped to is what is meant, as it is for a label.
        if let (Some(Mode::Hinting(hinting)), Command::AddFragment) = (self.mode.take(), command)
            && let Some(word) = hinting.first
        {
            self.select_hinted(word);
        }
        command == Command::LetGo
    }

    /// Tab in a mode: the next target of a link.
    pub(super) fn walk_mode(&mut self, direction: Direction) {
        if matches!(self.mode, Some(Mode::Linking(_))) {
            self.walk_targets(direction);
        }
    }

    /// Enter in a mode: the target that was walked to; hints are done with.
    pub(super) fn take_walked(&mut self) {
        match self.mode {
            Some(Mode::Hinting(_)) => self.mode = None,
            Some(Mode::Linking(_)) => self.take_walked_target(),
            None => {}
        }
        self.effects.push(Effect::FocusArticle);
    }
}
