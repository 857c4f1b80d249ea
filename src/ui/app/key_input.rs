//! What the keys mean that were pressed.

use egui::Context;

use super::App;
use crate::session::{Chord, Command, Dialog, Listing, Message, Mode, Scope, Typed};
use crate::text::Direction;
use crate::ui::article::ArticleView;
use crate::ui::keys::{Press, presses};
use crate::ui::list::ListPane;
use crate::ui::typeset::starts_right_to_left;

impl App {
    /// Runs the commands of the keys that were pressed.
    pub(super) fn take_keys(&mut self, context: &Context, frame: &eframe::Frame) {
        // An open menu takes its own keys.
        if egui::Popup::is_any_open(context) {
            return;
        }
        let pressed = context.input(|input| presses(&input.events));
        let typing = context.text_edit_focused() || self.was_typing;
        let focus = context.memory(egui::Memory::focused);
        let in_article = focus.is_none_or(|id| id == ArticleView::id());
        let in_list = focus == Some(ListPane::id());
        for press in pressed {
            if in_article
                && !typing
                && let Some(message) = self.in_mode(&press)
            {
                self.update(context, frame, message);
                continue;
            }
            let Some(chord) = press.chord else { continue };
            if in_list && self.take_list_key(context, frame, chord, press.is_held) {
                continue;
            }
            let chord = if in_article { self.along_the_text(chord) } else { chord };
            let Some(entry) = self.session.keymap().entry_of_chord(chord) else { continue };
            let (command, scope) = (entry.command, entry.scope);
            if press.is_held && !command.may_be_held() {
                continue;
            }
            if self.session.dialog().is_some() {
                let toggles =
                    self.session.dialog() == Some(&Dialog::Keys) && command == Command::ShowKeys;
                if toggles {
                    self.update(context, frame, Message::CloseDialog);
                } else if command == Command::CancelWork || self.quits(command, chord, typing) {
                    self.update(context, frame, Message::Run(command));
                }
                continue;
            }
            let here = match scope {
                Scope::Anywhere => !(typing && (chord.writes() || command.leaves_article())),
                Scope::Window => !typing,
                Scope::Article => in_article && !typing,
                Scope::List(listing) => in_list && self.session.listing() == Some(listing),
            };
            if here {
                let message = if in_list { Message::RunInList } else { Message::Run };
                self.update(context, frame, message(command));
            }
        }
    }

    /// Whether a key quits from a sheet: not while it may be meant for what is changed there.
    fn quits(&self, command: Command, chord: Chord, typing: bool) -> bool {
        let changes_keys = self.session.dialog() == Some(&Dialog::ChangeKeys);
        command == Command::Quit && !changes_keys && !(typing && chord.writes())
    }

    /// What a press means while letters name hints or targets.
    fn in_mode(&self, press: &Press) -> Option<Message> {
        let mode = self.session.mode().filter(|_| self.session.dialog().is_none())?;
        let chosen = matches!(mode, Mode::Linking(linking) if linking.choice.is_some());
        let Some(chord) = press.chord else {
            let text = press.text.clone();
            return Some(Message::Type(Typed { letter: None, text, shift: false }));
        };
        if chord.ctrl || chord.alt {
            return None;
        }
        let mut letters = chord.key.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        match chord.key {
            "Backspace" => Some(Message::EraseTyped),
            "Enter" => Some(Message::TakeWalked),
            "Tab" if matches!(mode, Mode::Linking(_)) => {
                let direction = if chord.shift { Direction::Back } else { Direction::On };
                Some(Message::WalkMode(direction))
            }
            _ => {
                let linking = matches!(mode, Mode::Linking(_));
                let letter = letter?;
                // In hints, digits stay the keys of labels.
                let taken = letter.is_ascii_alphabetic() && !self.is_label_key(letter)
                    || linking && (chosen || !letter.is_ascii_alphabetic());
                let text = press.text.clone().or_else(|| linking.then(|| letter.to_string()));
                let typed = Typed {
                    letter: Some(letter.to_ascii_lowercase()),
                    text: text.map(|text| text.to_lowercase()),
                    shift: chord.shift,
                };
                taken.then_some(Message::Type(typed))
            }
        }
    }

    fn is_label_key(&self, letter: char) -> bool {
        let hinting = matches!(self.session.mode(), Some(Mode::Hinting(_)));
        let letter = letter.to_ascii_lowercase();
        hinting && self.session.schema().labels().iter().any(|label| label.key == Some(letter))
    }

    /// A key that means something of its own in the list. Returns whether it does.
    fn take_list_key(
        &mut self,
        context: &Context,
        frame: &eframe::Frame,
        chord: Chord,
        is_held: bool,
    ) -> bool {
        let Some(listing) = self.session.listing().filter(|_| self.session.dialog().is_none())
        else {
            return false;
        };
        let keymap = self.session.keymap();
        let in_list = keymap.entry_in_list(listing, chord).map(|entry| entry.command);
        let plain = Chord { shift: false, ..chord };
        let tags = self.session.keymap().entry_of_chord(plain).map(|entry| entry.command);
        let message = match (in_list, tags) {
            (Some(command), _) => Message::Run(command),
            (None, Some(Command::Tag(label))) if listing == Listing::Hits => {
                Message::AcceptAs { label, all: chord.shift }
            }
            _ => return false,
        };
        // What is decided there is decided row by row.
        if !is_held {
            self.update(context, frame, message);
        }
        true
    }

    /// The arrows point where the caret goes on the screen: in a paragraph that
    /// runs from right to left, left is onward.
    fn along_the_text(&self, chord: Chord) -> Chord {
        let rtl = || {
            let text = &self.session.document()?.text;
            let (_, paragraph) = text.block_around(self.session.selection().head);
            Some(starts_right_to_left(paragraph))
        };
        let key = match chord.key {
            "Left" => "Right",
            "Right" => "Left",
            _ => return chord,
        };
        if rtl().unwrap_or_default() { Chord { key, ..chord } } else { chord }
    }
}
