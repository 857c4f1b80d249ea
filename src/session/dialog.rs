/// A sheet over the window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dialog {
    /// All keys.
    Keys,
    /// Which folder to open.
    OpenFolder,
    /// Who annotates.
    Annotator {
        /// What is wrong with the name last entered.
        error: Option<String>,
    },
    /// Something is not saved and the window is asked to close.
    Unsaved,
    /// How to settle what annotators differ about.
    Settle {
        /// Why it cannot begin.
        error: Option<String>,
    },
    /// What is to be exported, and how.
    Export,
    /// What is to be imported, and how.
    Import,
    /// Everything that can be done or gone to.
    Palette,
    /// All steps.
    History,
    /// Where annotations stand in a text that has changed.
    Placement,
    /// What can be counted.
    Statistics,
    /// How far annotators agree.
    Agreement,
    /// What is to be done to many annotations.
    Bulk,
    /// What is in question about the focused annotation.
    Question {
        /// What was said of it before.
        note: String,
    },
    /// A note that was being typed when its annotation went.
    NoteWithout {
        /// What was typed by then.
        note: String,
    },
    /// What is to be marked up again.
    Again {
        /// Why it cannot begin.
        error: Option<String>,
    },
    /// All keys, to be changed.
    ChangeKeys,
    /// The schema, to be changed.
    Schema {
        /// Why the last change was refused.
        error: Option<String>,
    },
}
