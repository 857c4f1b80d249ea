//! Which keys are held down, by where they lie on the keyboard.

use std::collections::BTreeMap;

use egui::{Event, Key, Modifiers};

/// Has every key be let go that was pressed.
///
/// egui knows keys by what they write, and takes one for held until that is let go. Whoever
/// lets go of Shift before the key presses `?` and lets go of `/`: from then on, every `?`
/// would count as held, and what is not to be repeated would not be done any more.
#[derive(Default)]
pub(super) struct HeldKeys {
    /// What each key wrote when it was pressed, by what it writes without Shift.
    down: BTreeMap<Key, Key>,
}

impl HeldKeys {
    /// Mends the events of a frame.
    pub(super) fn settle(&mut self, events: &mut Vec<Event>) {
        let mut settled = Vec::with_capacity(events.len());
        for mut event in events.drain(..) {
            match &mut event {
                Event::Key { key, physical_key: Some(place), pressed: true, modifiers, .. } => {
                    // Held while Shift comes or goes, it goes on as another key.
                    if let Some(other) = self.down.insert(*place, *key)
                        && other != *key
                    {
                        settled.push(let_go(other, *place, *modifiers));
                    }
                }
                Event::Key { key, physical_key: Some(place), pressed: false, .. } => {
                    *key = self.down.remove(place).unwrap_or(*key);
                }
                Event::WindowFocused(false) => self.down.clear(),
                _ => {}
            }
            settled.push(event);
        }
        *events = settled;
    }
}

fn let_go(key: Key, place: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: Some(place), pressed: false, repeat: false, modifiers }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key at the place of `/`: what it writes, and whether it goes down.
    fn strokes(keys: &[(Key, bool)]) -> Vec<Event> {
        let event = |(key, pressed): &(Key, bool)| Event::Key {
            key: *key,
            physical_key: Some(Key::Slash),
            pressed: *pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        keys.iter().map(event).collect()
    }

    #[track_caller]
    fn check(given: &[(Key, bool)], expected: &[(Key, bool)]) {
        let mut held = HeldKeys::default();
        let mut events = strokes(given);
        held.settle(&mut events);
        assert_eq!(events, strokes(expected));
        assert!(held.down.is_empty());
    }

    #[test]
    fn the_key_that_was_pressed_is_let_go_whatever_shift_means_by_then() {
        let (slash, question) = (Key::Slash, Key::Questionmark);
        check(&[(question, true), (slash, false)], &[(question, true), (question, false)]);
        check(&[(slash, true), (question, false)], &[(slash, true), (slash, false)]);
        // Held while Shift is let go, it repeats as another key.
        check(
            &[(question, true), (question, true), (slash, true), (slash, false)],
            &[(question, true), (question, true), (question, false), (slash, true), (slash, false)],
        );
        // Pressed before the window had the keyboard.
        check(&[(slash, false)], &[(slash, false)]);
    }

    #[test]
    fn nothing_is_held_any_more_once_the_window_is_left() {
        let mut held = HeldKeys::default();
        let mut events = strokes(&[(Key::Questionmark, true)]);
        events.push(Event::WindowFocused(false));
        held.settle(&mut events);
        let mut later = strokes(&[(Key::Slash, true), (Key::Slash, false)]);
        held.settle(&mut later);
        assert_eq!(later, strokes(&[(Key::Slash, true), (Key::Slash, false)]));
    }
}
