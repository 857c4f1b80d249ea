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

impl Chord {
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
