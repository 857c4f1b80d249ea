//! Sets of keys for other hands and other keyboards.

/// A set of keys that a person can start from.
pub struct Preset {
    /// As it is kept in files; empty for the usual keys.
    pub name: &'static str,
    /// As it is shown.
    pub title: &'static str,
    /// Whom it is for, in a sentence.
    pub help: &'static str,
    /// The commands that have other keys, by name.
    pub(super) keys: &'static [(&'static str, &'static [&'static str])],
    /// The letters of hints: the home row, then the others; those that are best
    /// to begin with last.
    pub(super) letters: &'static str,
    /// Whether the first four labels have the keys 7, 8, 9 and 0 too.
    pub(super) far_digits: bool,
}

const QWERTY: &str = "asdfghjklzxcvbnmqpyuiotrew";

/// Edges without brackets, which need `AltGr` where they are not keys of their own, and
/// other keys for what has theirs.
const EDGES: [(&str, &[&str]); 11] = [
    ("move-start-back-a-word", &["U", "["]),
    ("move-start-forward-a-word", &["I", "]"]),
    ("move-end-back-a-word", &["Shift+U", "{"]),
    ("move-end-forward-a-word", &["Shift+I", "}"]),
    ("move-start-back-a-character", &["Alt+U"]),
    ("move-start-forward-a-character", &["Alt+I"]),
    ("move-end-back-a-character", &["Alt+Shift+U"]),
    ("move-end-forward-a-character", &["Alt+Shift+I"]),
    ("next-to-review", &["H"]),
    ("previous-to-review", &["Shift+H"]),
    ("side-by-side-or-in-one-text", &["Alt+G"]),
];

/// All presets, the usual keys first.
pub const PRESETS: [Preset; 4] = [
    Preset {
        name: "",
        title: "Usual",
        help: "For a QWERTY keyboard",
        keys: &[],
        letters: QWERTY,
        far_digits: false,
    },
    Preset {
        name: "left-handed",
        title: "Left-handed",
        help: "For the right hand on the keyboard and the left on the mouse",
        keys: &[
            ("jump-to-a-word", &["J"]),
            ("jump-to-a-clause", &["U"]),
            ("follow-link", &["F"]),
            ("start-a-link", &["P"]),
            ("relabel-link", &["Shift+P"]),
            ("next-problem", &["R"]),
            ("previous-problem", &["Shift+R"]),
            ("expand-selection", &["I"]),
            ("shrink-selection", &["Shift+I"]),
            ("add-as-fragment", &["O", "+"]),
            ("tag-everywhere", &["H"]),
            ("next-to-review", &["E"]),
            ("previous-to-review", &["Shift+E"]),
            ("accept-next-to-review", &["A"]),
            ("question", &["Shift+A"]),
            ("side-by-side-or-in-one-text", &["C"]),
        ],
        letters: "jkluiohnmpyasdfgzxcvbqtrew",
        far_digits: true,
    },
    Preset {
        name: "azerty",
        title: "AZERTY",
        help: "For a French keyboard: edges move without AltGr, hints use its home row",
        keys: &EDGES,
        letters: "qsdfghjklmwxcvbnapyuiotrez",
        far_digits: false,
    },
    Preset {
        name: "qwertz",
        title: "QWERTZ",
        help: "For a German keyboard: edges move without AltGr",
        keys: &EDGES,
        letters: "asdfghjklyxcvbnmqpzuiotrew",
        far_digits: false,
    },
];

/// The preset called so, or the usual keys.
pub(super) fn preset(name: &str) -> &'static Preset {
    static ALL: [Preset; 4] = PRESETS;
    let [usual, ..] = &ALL;
    ALL.iter().find(|preset| preset.name == name).unwrap_or(usual)
}
