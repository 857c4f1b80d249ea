use std::fmt;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Project;
use crate::corpus::{AnnotatorError, EditError, SchemaError};

/// Something wrong that was found in a file and is shown to the person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// The line in it, from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a file; each says what happened and what to do.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ProblemKind {
    /// The system refused to read it.
    #[error("it could not be read ({0})")]
    Unreadable(String),
    /// A journal that cannot be read or written.
    #[error("the journal cannot be kept ({0}); steps cannot be undone after Tandai is closed")]
    JournalUnkept(String),
    /// A journal with records that do not fit their checksums.
    #[error(
        "{0} of its records are damaged; what was done before cannot be undone any more, and is kept"
    )]
    JournalDamaged(usize),
    /// A journal of another version.
    #[error("the journal was written by another Tandai and was put here; undo begins anew")]
    JournalUnknown,
    /// What was done before a crash could not be written into its file yet.
    #[error(
        "the last changes before Tandai was ended are not in it yet ({0}); they are kept in the \
         journal and tried again at the next start"
    )]
    Unrecovered(String),
    /// A set that waited to be written when its article got another text.
    #[error(
        "what you changed last in {document} was about its earlier text, and is kept as {name}"
    )]
    KeptApart {
        /// The article.
        document: String,
        /// The copy.
        name: String,
    },
    /// Sets of an annotator whose articles are not there.
    #[error(
        "sets whose article is not there: {count}, such as {first}. Where an article got another \
         name, its sets need it too; \"tandai check\" names the articles that have their texts"
    )]
    LeftBehind {
        /// The first of the sets' files.
        first: String,
        /// How many.
        count: usize,
    },
    /// A set that another program has made into something that cannot be read.
    #[error(
        "your set about {document} cannot be read any more as another program has made it; as you \
         had it, it is kept as {name}"
    )]
    Spoilt {
        /// The article.
        document: String,
        /// The copy.
        name: String,
    },
    /// A set with conflicts of a merge.
    #[error("{0} of its annotations or links are in conflict since a merge")]
    InConflict(usize),
    /// A set with annotations that have no place in the changed text.
    #[error("{0} of its annotations have no place since the article changed")]
    Adrift(usize),
    /// Two documents of which some systems make one.
    #[error(
        "its name differs from \"{0}\" in capital letters alone; some systems cannot hold both"
    )]
    CaseTwin(String),
    /// A set without its article.
    #[error("it is about an article that is not there")]
    NoArticle,
    /// The same where another article has the text that it is about, and no set of its own.
    #[error("it is about an article that is not there; \"{0}\" has the very same text")]
    ArticleRenamed(String),
    /// Decisions without their article.
    #[error(
        "what was decided about \"{first}\" is about no article that is there ({count} in all)"
    )]
    DecisionsWithout {
        /// One of the articles.
        first: String,
        /// How many decisions.
        count: usize,
    },
    /// A copy of a set, made where its article got another text before it was saved.
    #[error("it is what was changed last about an earlier text of its article")]
    OfEarlierText,
    /// A file of work that was renamed so that another could be saved.
    #[error("it is as another program had made it, and made way for what was saved in its place")]
    MadeWay,
    /// A file that is nothing of a project.
    #[error("it is neither a set nor anything else that belongs here")]
    Stray,
    /// A link that leads elsewhere.
    #[error("it is a link that leads out of the project, so nothing is written there")]
    LinkOut,
    /// A pipe, a device or the like.
    #[error("it is no file but a pipe or a device, so it was not read")]
    NotAFile,
    /// A file that would fill the memory.
    #[error(
        "it has {} MB, more than the {} MB that are read; it was left as it is",
        .bytes >> 20,
        .most >> 20
    )]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The most that is read.
        most: u64,
    },
    /// A file that nothing can be saved below.
    #[error("it is a file where a folder must be, so that nothing can be saved")]
    FileInTheWay,
    /// A link to a folder that it lies in.
    #[error("it is a link to a folder around it; it is not followed")]
    LinkInCircle,
    /// The system refused to write it.
    #[error("it could not be written ({0}); nothing was changed")]
    Unwritable(String),
    /// A document that would not come back from an export as it is. Never seen; if it
    /// is, it is a fault in Tandai.
    #[error("it would not read back as it is ({0}); please report this fault")]
    Unfaithful(String),
    /// A set that an import brings could not be written.
    #[error("{0}")]
    Unsaved(String),
    /// An import brings another text under a name that is taken.
    #[error("an article of this name is there already, with another text; it was left as it is")]
    TextDiffers,
    /// Characters that would be taken for another encoding.
    #[error("its text would be read as another encoding, so it cannot be kept as a file of text")]
    TextUnfit,
    /// An import brings other metadata.
    #[error("other metadata are there already; they were left as they are")]
    MetadataDiffers,
    /// An import brings another set.
    #[error("{0} has another set about this article already; it was left as it is")]
    SetDiffers(String),
    /// Something was dropped that no article can be.
    #[error("it is not an article (a file that ends in .txt)")]
    NotAnArticle,
    /// A folder that holds no articles where articles were looked for.
    #[error("there is no folder here with articles in it (files that end in .txt)")]
    NoProject,
    /// Bytes that are not UTF-8 were read in the encoding that fits best.
    #[error(
        "it is not UTF-8; it was read as {encoding}{}",
        if *.lossy { ", and what could not be read is shown as \u{fffd}" } else { "" }
    )]
    NotUtf8 {
        /// The encoding's usual name.
        encoding: &'static str,
        /// Whether some bytes could not be decoded even so.
        lossy: bool,
    },
    /// A name that is not Unicode cannot be kept in a set.
    #[error("its name is not Unicode; rename it to annotate it")]
    NameNotUnicode,
    /// The same of an annotator's folder.
    #[error("its name is not Unicode; rename it to have the sets in it read")]
    AnnotatorNotUnicode,
    /// A name that leaves no room for the set's ending.
    #[error(
        "its name is too long by {0} bytes for a set to be called after it; shorten it to annotate it"
    )]
    NameTooLong(usize),
    /// A name that cannot stand for the document on every system.
    #[error("its name holds a backslash; rename it to annotate it")]
    NameUnfit,
    /// A folder of sets whose name no annotator can have.
    #[error("the folder is left out: {0}")]
    NotAnAnnotator(#[from] AnnotatorError),
    /// Not the RON that a set or a schema is written in.
    #[error("it is not a file that Tandai can read: {0}")]
    NotRon(String),
    /// Written by a later Tandai.
    #[error(
        "it has format {found}, which is newer than format {known} that this Tandai knows; \
         use a newer Tandai to change it"
    )]
    NewerFormat {
        /// The file's.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// The set says it is about another document than its place says.
    #[error("it is about \"{0}\", not about the article that it lies with")]
    OtherDocument(String),
    /// The set says it is by another annotator than its folder says.
    #[error("it is by \"{0}\", not by the annotator whose folder it lies in")]
    OtherAnnotator(String),
    /// The article's bytes are not those that were annotated.
    #[error("the article has changed since it was annotated, so its tags may not fit any more")]
    DigestDiffers,
    /// The article's length is not what the set says.
    #[error("it is about a text of {expected} characters, but the article has {found}")]
    LengthDiffers {
        /// The set's figure.
        expected: usize,
        /// The article's.
        found: usize,
    },
    /// A span that is empty, reversed or out of order.
    #[error("the spans of \"{0}\" are empty, reversed, out of order or overlapping")]
    SpansUnfit(String),
    /// A quote that cannot stand at its span.
    #[error("\"{0}\" quotes a text that is not as long as its span, or two texts at one place")]
    QuoteUnfit(String),
    /// An id that is empty.
    #[error("an annotation or a relation has no id")]
    NoId,
    /// The text at a span is not what the set quotes.
    #[error(
        "\"{id}\" quotes \u{201c}{quoted}\u{201d}, but the article has \u{201c}{found}\u{201d} there"
    )]
    QuoteDiffers {
        /// The annotation.
        id: String,
        /// What the file says.
        quoted: String,
        /// What the article says.
        found: String,
    },
    /// Ids that are there twice, spans beyond the text, relations to nothing.
    #[error("it contradicts itself: {0}")]
    Inconsistent(#[from] EditError),
    /// A schema that cannot serve.
    #[error("the schema cannot be used: {0}")]
    SchemaUnfit(#[from] SchemaError),
    /// A colour that is not written as one.
    #[error("the schema cannot be used: \"{0}\" is not a colour such as #2f6db5")]
    ColourUnfit(String),
    /// A decision about nothing.
    #[error("a decision in it has a span that is empty or a document with an unfit name")]
    DecisionUnfit,
}

impl ProblemKind {
    /// Whether a file is in a newer format than is known here.
    pub fn is_newer_format(&self) -> bool {
        matches!(self, Self::NewerFormat { .. })
    }

    /// Whether a set is about another text than the article's, and else sound.
    pub fn is_about_earlier_text(&self) -> bool {
        matches!(self, Self::DigestDiffers | Self::LengthDiffers { .. })
    }
}

impl Problem {
    /// A problem with the whole of a file or folder.
    pub fn new(path: impl Into<PathBuf>, kind: ProblemKind) -> Self {
        Self { path: path.into(), line: None, kind }
    }

    /// A failure of the system to read `path`.
    pub fn unreadable(path: &Path, error: &std::io::Error) -> Self {
        Self::new(path, ProblemKind::Unreadable(plain_words(error)))
    }

    /// The same problem, at a line counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: Option<usize>) -> Self {
        self.line = line;
        self
    }

    /// What it is, behind the file's [place below a project's folder](Project::below) and the line.
    pub fn below(&self, project: &Project) -> String {
        let file = project.below(&self.path);
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{file}{line}: {}", self.kind)
    }

    /// The file's name, and the line after a colon.
    pub fn place(&self) -> String {
        let file = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy();
        self.line.map_or_else(|| file.clone().into_owned(), |line| format!("{file}:{line}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.kind)
    }
}

/// The system's message without its number: "permission denied".
pub fn plain_words(error: &std::io::Error) -> String {
    let message = error.to_string();
    let words = message.split(" (os error").next().unwrap_or(&message);
    let mut characters = words.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}
