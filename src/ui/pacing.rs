//! Keys that are pressed faster than frames are drawn.

use std::collections::{BTreeSet, VecDeque};

use egui::{Event, Key};

use super::keys::chord_of;

/// Gives a frame of its own to every key that may hand the keyboard on.
///
/// Ctrl+F opens a field, and what is typed behind it belongs there. The field has
/// the keyboard only once it has been drawn; on a slow machine the next keys arrive
/// before that, and would be taken for commands.
#[derive(Default)]
pub(super) struct Pacing {
    /// What is left for the next frames, in order.
    waiting: VecDeque<Event>,
    /// The keys that are held down. What a held key repeats needs no frame of its own.
    down: BTreeSet<Key>,
    /// Whether what has the keyboard was not drawn yet.
    handed_on: bool,
}

impl Pacing {
    /// What has the keyboard from now on is drawn with the next frame: no key is before that.
    pub(super) fn hand_on(&mut self) {
        self.handed_on = true;
    }

    /// Leaves in `events` what belongs to this frame and keeps the rest; `typing` is
    /// whether a field has the keyboard. Returns whether something is kept.
    pub(super) fn pace(&mut self, events: &mut Vec<Event>, typing: bool) -> bool {
        let mut handed_on = std::mem::take(&mut self.handed_on);
        self.waiting.extend(events.drain(..));
        while let Some(event) = self.waiting.pop_front_if(|event| !handed_on || !begins(event)) {
            handed_on |= self.hands_on(&event, typing);
            events.push(event);
        }
        !self.waiting.is_empty()
    }

    /// Whether the keyboard may be somewhere else after this.
    fn hands_on(&mut self, event: &Event, typing: bool) -> bool {
        match event {
            Event::Key { key, pressed: true, .. } => {
                let repeats = !self.down.insert(*key);
                let writes = chord_of(event).is_some_and(|chord| chord.writes());
                !(repeats || typing && writes)
            }
            Event::Key { key, pressed: false, .. } => {
                self.down.remove(key);
                false
            }
            Event::WindowFocused(false) => {
                self.down.clear();
                false
            }
            _ => false,
        }
    }
}

/// Whether something new begins here. The text that a key writes comes behind the key
/// and belongs to it, as letting it go does.
fn begins(event: &Event) -> bool {
    match event {
        Event::Key { pressed, .. } | Event::PointerButton { pressed, .. } => *pressed,
        Event::Copy | Event::Cut | Event::Paste(_) | Event::Ime(_) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn press(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn release(key: Key) -> Event {
        let modifiers = Modifiers::NONE;
        Event::Key { key, physical_key: None, pressed: false, repeat: false, modifiers }
    }

    /// Keys that are struck at once, each with what it writes.
    fn struck(keys: &[(Key, Modifiers)]) -> Vec<Event> {
        let strike = |(key, modifiers): &(Key, Modifiers)| {
            let text = modifiers.is_none().then(|| Event::Text(key.name().to_lowercase()));
            std::iter::once(press(*key, *modifiers)).chain(text).chain([release(*key)])
        };
        keys.iter().flat_map(strike).collect()
    }

    /// How many presses each frame gets, with nothing lost and all in order.
    #[track_caller]
    fn check(events: &[Event], typing: bool, expected: &[usize]) {
        let mut pacing = Pacing::default();
        let (mut given, mut counts) = (Vec::new(), Vec::new());
        let mut frame = events.to_vec();
        loop {
            let more = pacing.pace(&mut frame, typing);
            counts.push(frame.iter().filter(|event| begins(event)).count());
            given.append(&mut frame);
            if !more {
                break;
            }
        }
        assert_eq!(given, events);
        assert_eq!(counts, expected);
    }

    const PLAIN: Modifiers = Modifiers::NONE;

    #[test]
    fn a_command_has_a_frame_of_its_own_with_what_it_writes() {
        let keys = [(Key::F, Modifiers::CTRL), (Key::A, PLAIN), (Key::B, PLAIN)];
        check(&struck(&keys), false, &[1, 1, 1]);
    }

    #[test]
    fn what_is_typed_into_a_field_comes_together_until_the_field_is_left() {
        let keys = [(Key::A, PLAIN), (Key::B, PLAIN), (Key::Enter, PLAIN), (Key::Num4, PLAIN)];
        check(&struck(&keys), true, &[3, 1]);
    }

    #[test]
    fn a_key_that_is_held_does_not_lag() {
        check(&vec![press(Key::ArrowDown, PLAIN); 5], false, &[1, 4]);
        // What was held when the window was left is not held when it is come back to.
        let left = [press(Key::A, PLAIN), Event::WindowFocused(false), press(Key::A, PLAIN)];
        check(&[&left[..], &[press(Key::B, PLAIN)]].concat(), false, &[1, 1, 1]);
    }

    #[test]
    fn what_is_pressed_while_the_keyboard_is_handed_on_waits_for_that() {
        let mut pacing = Pacing::default();
        let mut frame = vec![release(Key::Enter)];
        frame.extend(struck(&[(Key::Num1, PLAIN)]));
        pacing.hand_on();
        assert!(pacing.pace(&mut frame, false));
        assert_eq!(frame, [release(Key::Enter)]);
        frame.clear();
        assert!(!pacing.pace(&mut frame, false));
        assert_eq!(frame, struck(&[(Key::Num1, PLAIN)]));
    }

    #[test]
    fn no_events_are_no_reason_to_go_on() {
        check(&[], false, &[0]);
    }
}
