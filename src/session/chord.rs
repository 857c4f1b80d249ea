use std::fmt;

/// A key with the modifiers that go with it.
///
/// `Ctrl` stands for the platform's command key: Control, or ⌘ on a Mac. For
/// keys that write a symbol (`?`, `{`) Shift is part of the symbol and not named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Chord {
    /// Control, or ⌘ on a Mac.
    pub ctrl: bool,
    /// Alt, or ⌥ on a Mac.
    pub alt: bool,
    /// Shift, for keys that write no symbol.
    pub shift: bool,
    /// The key's name: `A`, `1`, `[`, `Right`, `PageUp`, `F1` …
    pub key: &'static str,
}

/// The names of all keys that a chord can have.
const KEYS: [&str; 80] = [
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
    "G",
    "H",
    "I",
    "J",
    "K",
    "L",
    "M",
    "N",
    "O",
    "P",
    "Q",
    "R",
    "S",
    "T",
    "U",
    "V",
    "W",
    "X",
    "Y",
    "Z",
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "F11",
    "F12",
    "Left",
    "Right",
    "Up",
    "Down",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Tab",
    "Enter",
    "Escape",
    "Space",
    "Backspace",
    "Delete",
    "Insert",
    "[",
    "]",
    "{",
    "}",
    "?",
    "/",
    "+",
    "=",
    "-",
    ",",
    ".",
    ";",
    ":",
    "'",
    "`",
    "\\",
    "|",
];

impl Chord {
    /// The key called so alone, such as `A` or `PageUp`; letters may be small.
    pub fn of_key(name: &str) -> Option<Self> {
        let key = KEYS.into_iter().find(|key| key.eq_ignore_ascii_case(name))?;
        Some(Self::plain(key))
    }

    /// A chord as it is written in files, on every system: `Ctrl+Shift+Z`.
    pub fn parse(words: &str) -> Option<Self> {
        let mut rest = words;
        let mut chord = Self::plain("");
        loop {
            let (name, after) = rest.split_once('+').unwrap_or((rest, ""));
            match name {
                "Ctrl" if !after.is_empty() => chord.ctrl = true,
                "Alt" if !after.is_empty() => chord.alt = true,
                "Shift" if !after.is_empty() => chord.shift = true,
                _ => return Self::of_key(rest).map(|key| Self { key: key.key, ..chord }),
            }
            rest = after;
        }
    }

    /// The chord as it is written in files.
    pub fn written(&self) -> String {
        let held = [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")];
        let held = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name);
        held.chain([self.key]).collect()
    }

    /// A key alone.
    pub const fn plain(key: &'static str) -> Self {
        Self { ctrl: false, alt: false, shift: false, key }
    }

    /// The key with Ctrl.
    pub const fn ctrl(key: &'static str) -> Self {
        Self { ctrl: true, ..Self::plain(key) }
    }

    /// The key with Shift.
    pub const fn shift(key: &'static str) -> Self {
        Self { shift: true, ..Self::plain(key) }
    }

    /// The key with Alt.
    pub const fn alt(key: &'static str) -> Self {
        Self { alt: true, ..Self::plain(key) }
    }

    /// The same with Shift too.
    #[must_use]
    pub const fn and_shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// Whether pressing it in a text field would write something.
    pub fn writes(&self) -> bool {
        !self.ctrl && !self.alt && self.key.chars().count() == 1
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ctrl, alt, shift) = if cfg!(target_os = "macos") {
            ("⌘", "⌥", "⇧")
        } else {
            ("Ctrl+", "Alt+", "Shift+")
        };
        for (held, name) in [(self.ctrl, ctrl), (self.alt, alt), (self.shift, shift)] {
            if held {
                f.write_str(name)?;
            }
        }
        f.write_str(self.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for held in 0..8_u8 {
            for key in KEYS {
                let chord =
                    Chord { ctrl: held & 1 != 0, alt: held & 2 != 0, shift: held & 4 != 0, key };
                assert_eq!(Chord::parse(&chord.written()), Some(chord), "{}", chord.written());
            }
        }
        assert_eq!(Chord::parse("Ctrl+"), None);
        assert_eq!(Chord::parse("Hyper+A"), None);
        assert_eq!(Chord::parse(""), None);
    }
}
