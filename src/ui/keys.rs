//! From the keys that egui reports to the chords of the table.

use egui::{Context, Event, Id, Key, Modifiers, Ui};

use crate::session::Chord;

/// One press of a key, with what the keyboard's layout writes by it.
pub(super) struct Press {
    /// `None` for text that came without a key, as from an input method.
    pub(super) chord: Option<Chord>,
    /// What was written; `None` where that is not known.
    pub(super) text: Option<String>,
    /// Whether it comes again because the key is held down.
    pub(super) is_held: bool,
}

/// The presses among some events, each with the text that came right behind it.
pub(super) fn presses(events: &[Event]) -> Vec<Press> {
    let mut presses: Vec<Press> = Vec::new();
    for event in events {
        if let Some(chord) = chord_of(event) {
            let is_held = matches!(event, Event::Key { repeat: true, .. });
            presses.push(Press { chord: Some(chord), text: None, is_held });
        } else if let Event::Text(text) = event {
            let text = Some(text.clone());
            match presses.last_mut().filter(|press| press.text.is_none() && writes(press)) {
                Some(press) => press.text = text,
                None => presses.push(Press { chord: None, text, is_held: false }),
            }
        }
    }
    presses
}

fn writes(press: &Press) -> bool {
    press.chord.is_some_and(|chord| chord.writes())
}

/// Takes Enter and the space bar with Ctrl or Alt out of what widgets see this frame: egui takes
/// either, whatever is held with it, for a click on what has the keyboard. That Ctrl+Enter was
/// pressed is remembered for [`confirms`], if it may mean that.
pub(super) fn set_confirming_apart(context: &Context, may_confirm: bool) {
    let pressed = context.input_mut(|input| {
        let is_click = |event: &Event, key: Key| {
            matches!(event, Event::Key { key: pressed, modifiers, .. }
                if *pressed == key && (modifiers.command || modifiers.ctrl || modifiers.alt))
        };
        let pressed = input.consume_key(Modifiers::COMMAND, Key::Enter);
        input.events.retain(|event| !is_click(event, Key::Enter) && !is_click(event, Key::Space));
        pressed
    });
    let confirms = pressed && may_confirm;
    context.data_mut(|data| data.insert_temp(Id::unique(CONFIRMING), confirms));
}

/// Whether Ctrl+Enter was pressed, which carries out what a sheet is about or ends a note.
pub(super) fn confirms(ui: &Ui) -> bool {
    ui.data_mut(|data| data.get_temp(Id::unique(CONFIRMING)).unwrap_or_default())
}

const CONFIRMING: &str = "Ctrl+Enter";

/// The chord of a key press; `None` for other events and for keys that no chord has.
///
/// Copying arrives as an event of its own, whatever keys the platform has for it.
pub(super) fn chord_of(event: &Event) -> Option<Chord> {
    match event {
        Event::Copy => Some(Chord::ctrl("C")),
        Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
            let (key, writes_symbol) = name_of(*key, *physical_key, *modifiers);
            let ctrl = modifiers.command || modifiers.ctrl;
            // AltGr, by which German and Nordic keyboards write brackets, comes as
            // both on Windows.
            let alt_gr = writes_symbol && ctrl && modifiers.alt;
            Some(Chord {
                ctrl: ctrl && !alt_gr,
                alt: modifiers.alt && !alt_gr,
                shift: modifiers.shift && !writes_symbol,
                key,
            })
        }
        _ => None,
    }
}

/// A key's name in chords, and whether Shift is part of it.
fn name_of(key: Key, physical: Option<Key>, modifiers: Modifiers) -> (&'static str, bool) {
    let symbol = match (key, modifiers.shift) {
        (Key::OpenBracket, true) | (Key::OpenCurlyBracket, _) => "{",
        (Key::CloseBracket, true) | (Key::CloseCurlyBracket, _) => "}",
        (Key::Questionmark, _) => "?",
        // Shift+7 writes a slash on a German keyboard and is no question mark.
        (Key::Slash, true) if !is_digit(physical) => "?",
        (Key::OpenBracket, _) => "[",
        (Key::CloseBracket, _) => "]",
        (Key::Plus, _) | (Key::Equals, true) => "+",
        (Key::Equals, _) => "=",
        (Key::Minus, false) => "-",
        (Key::Comma, _) => ",",
        (Key::Period, _) => ".",
        (Key::Slash, _) => "/",
        _ => return (digit_row(key, physical), false),
    };
    (symbol, true)
}

/// The digit that a key of the digit row stands for where the layout writes
/// something else there without Shift (French), or else the key's own name.
fn digit_row(key: Key, physical: Option<Key>) -> &'static str {
    physical.filter(|_| is_digit(physical)).unwrap_or(key).name()
}

fn is_digit(physical: Option<Key>) -> bool {
    physical.is_some_and(|key| key == Key::Num0 || DIGITS.contains(&key))
}

/// The digits that choose from a list, from the first on.
pub(super) const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: Key, physical: Option<Key>, modifiers: Modifiers, expected: Chord) {
        let event =
            Event::Key { key, physical_key: physical, pressed: true, repeat: false, modifiers };
        assert_eq!(chord_of(&event), Some(expected));
    }

    #[test]
    fn a_symbol_is_the_same_whether_it_came_as_itself_or_as_key_and_shift() {
        check(Key::OpenBracket, None, Modifiers::SHIFT, Chord::plain("{"));
        check(Key::OpenCurlyBracket, None, Modifiers::SHIFT, Chord::plain("{"));
        check(Key::Slash, None, Modifiers::SHIFT, Chord::plain("?"));
    }

    #[test]
    fn the_digit_row_tags_on_a_french_keyboard_too() {
        check(Key::Quote, Some(Key::Num4), Modifiers::NONE, Chord::plain("4"));
    }

    #[test]
    fn a_bracket_that_needs_alt_gr_is_a_bracket() {
        let alt_gr = Modifiers::CTRL | Modifiers::COMMAND | Modifiers::ALT;
        check(Key::OpenBracket, Some(Key::Num8), alt_gr, Chord::plain("["));
        check(Key::CloseCurlyBracket, Some(Key::Num0), alt_gr, Chord::plain("}"));
    }

    #[test]
    fn shift_stays_with_keys_that_write_nothing() {
        check(Key::Tab, None, Modifiers::SHIFT, Chord::shift("Tab"));
        let both = Modifiers::COMMAND | Modifiers::SHIFT;
        check(Key::Z, None, both, Chord::ctrl("Z").and_shift());
    }
}
