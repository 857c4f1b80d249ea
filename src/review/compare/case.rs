use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use super::links::LinkSaid;
use crate::corpus::{
    Annotation, Annotator, BETWEEN_VOICES, Fragments, NameKind, Relation, TO_DISCUSS,
};
use crate::text::Offset;

/// How annotators differ about one thing. Where they do in several ways, the first that
/// applies, in this order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// Somebody has nothing there.
    Missing,
    /// It has other labels.
    Label,
    /// It begins or ends elsewhere, or has other fragments.
    Boundary,
    /// It has other values of attributes.
    Attribute,
    /// A link is not everyone's, or has other labels.
    Link,
    /// Everyone says the same.
    Agreed,
}

impl Kind {
    /// All ways of differing, in the order in which they are listed.
    pub const DIFFERENCES: [Self; 5] =
        [Self::Missing, Self::Boundary, Self::Label, Self::Link, Self::Attribute];

    /// The word for it on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Label => "label",
            Self::Boundary => "boundary",
            Self::Attribute => "attribute",
            Self::Link => "link",
            Self::Agreed => "agreed",
        }
    }
}

/// What a case is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    /// What each annotator has there; gold has what lies nearest to it.
    Annotation {
        /// By the annotators' places.
        said: Vec<Option<Arc<Annotation>>>,
        /// What gold has of it; several where both were taken.
        gold: Vec<Arc<Annotation>>,
    },
    /// A link that each annotator has between the same two things.
    Link {
        /// By the annotators' places.
        said: Vec<Option<LinkSaid>>,
        /// The cases that its ends are about, by their places in the comparison.
        ends: (usize, usize),
        /// The links of gold between what it has of these.
        gold: Vec<Arc<Relation>>,
    },
}

/// One thing that annotators say the same or something different about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// How they differ, if they do.
    pub kind: Kind,
    /// Where one has to look.
    pub at: Range<Offset>,
    /// What everyone says, in words that a file can hold. Another key, another case: as
    /// soon as one of them says something else, it wants to be settled anew.
    pub key: String,
    /// What it is about.
    pub subject: Subject,
}

impl Case {
    /// Whether everyone says the same and gold has just that.
    #[must_use]
    pub fn is_in_gold(&self) -> bool {
        let there = match &self.subject {
            Subject::Annotation { said, gold } => {
                let said = said.iter().flatten().next();
                said.is_some_and(|said| gold.iter().any(|gold| alike(gold, said)))
            }
            Subject::Link { said, gold, .. } => {
                let said = said.iter().flatten().next();
                let same = |link: &Relation| said.is_some_and(|s| s.relation.label == link.label);
                gold.iter().any(|link| same(link))
            }
        };
        there && self.kind == Kind::Agreed
    }
}

/// What an annotation is compared by, beside label and fragments: not what is said of
/// the work on it.
pub(super) fn values(annotation: &Annotation) -> BTreeMap<&str, &str> {
    let all = annotation.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    all.filter(|(name, _)| *name != TO_DISCUSS).collect()
}

/// Whether two annotations say the same.
pub(super) fn alike(one: &Annotation, other: &Annotation) -> bool {
    one.label == other.label && one.fragments == other.fragments && values(one) == values(other)
}

/// The case of a group of annotations about one thing.
pub(super) fn annotation_case(
    annotators: &[Annotator],
    said: Vec<Option<Arc<Annotation>>>,
) -> Case {
    let kind = kind_of(&said);
    let extents = said.iter().flatten().map(|annotation| annotation.fragments.extent());
    let at = extents.reduce(|one, next| one.start.min(next.start)..one.end.max(next.end));
    let words = said.iter().map(|annotation| annotation.as_deref().map(content));
    let key = key(annotators, words);
    let at = at.unwrap_or(Offset::ZERO..Offset::ZERO);
    Case { kind, at, key, subject: Subject::Annotation { said, gold: Vec::new() } }
}

fn kind_of(said: &[Option<Arc<Annotation>>]) -> Kind {
    let mut all = said.iter().flatten();
    let Some(first) = all.next() else { return Kind::Agreed };
    let same = |alike: fn(&Annotation, &Annotation) -> bool| {
        said.iter().flatten().all(|other| alike(first, other))
    };
    if said.iter().any(Option::is_none) {
        Kind::Missing
    } else if !same(|one, other| one.label == other.label) {
        Kind::Label
    } else if !same(|one, other| one.fragments == other.fragments) {
        Kind::Boundary
    } else if !same(|one, other| values(one) == values(other)) {
        Kind::Attribute
    } else {
        Kind::Agreed
    }
}

/// What everyone says: `ana: claim 14-40; ben: nothing`.
pub(super) fn key(annotators: &[Annotator], said: impl Iterator<Item = Option<String>>) -> String {
    let said = said.map(|words| words.unwrap_or_else(|| "nothing".to_owned()));
    let each =
        annotators.iter().zip(said).map(|(annotator, words)| format!("{annotator}: {words}"));
    each.collect::<Vec<_>>().join(BETWEEN_VOICES)
}

/// What an annotation says, in words that a file can hold: its label, its spans in
/// characters and the values of its attributes, but not its note or whether it is to be
/// discussed, as in `claim 14-40+52-61 directness=direct`.
#[must_use]
pub fn content(annotation: &Annotation) -> String {
    content_of(&annotation.label, &annotation.fragments, values(annotation))
}

/// The same of an annotation's parts: its values by name, those that are stored.
pub(in crate::review) fn content_of<'v>(
    label: &str,
    fragments: &Fragments,
    values: impl IntoIterator<Item = (&'v str, &'v str)>,
) -> String {
    let mut words = format!("{label} ");
    write_spans(&mut words, fragments);
    for (name, value) in values {
        words.extend([" ", name, "=", value]);
    }
    words
}

/// The spans of an annotation in characters, as a case's key has them: `14-40+52-61`.
pub(super) fn spans_in_words(fragments: &Fragments) -> String {
    let mut words = String::new();
    write_spans(&mut words, fragments);
    words
}

fn write_spans(words: &mut String, fragments: &Fragments) {
    for (at, span) in fragments.iter().enumerate() {
        let joint = if at == 0 { "" } else { "+" };
        // Writing to a string does not fail.
        let _ = write!(words, "{joint}{}-{}", span.start().get(), span.end().get());
    }
}

/// Words of which those from a place on are values, in the order of their names. What has no
/// sign of its own goes on with the value before it, which has a blank then.
fn by_name(words: &[String], first_value: usize) -> String {
    let (before, values) = words.split_at(first_value);
    let mut values: Vec<&[String]> = values.chunk_by(|_, next| !next.contains('=')).collect();
    let name = |value: &&[String]| {
        let first = value.first().and_then(|word| word.split_once('='));
        first.map(|(name, _)| name.to_owned())
    };
    values.sort_by_key(name);
    std::iter::once(before).chain(values).flatten().cloned().collect::<Vec<_>>().join(" ")
}

/// What a case's key or an annotation's content is once something has another name, so that
/// what was decided about it still is. Names with blanks are left as they are: one cannot
/// tell where they end.
#[must_use]
pub fn renamed(words: &str, kind: NameKind, old: &str, new: &str) -> String {
    let renamed = |said: &str| {
        let mut words: Vec<String> = said.split(' ').map(str::to_owned).collect();
        let are_spans = |word: Option<&String>| {
            word.is_some_and(|word| {
                let is_of_spans = |c: char| c.is_ascii_digit() || c == '-' || c == '+';
                !word.is_empty() && word.chars().all(is_of_spans)
            })
        };
        let first_value = words.iter().position(|word| word.contains('=')).unwrap_or(words.len());
        // What a value says is no name.
        let places = match kind {
            NameKind::Attribute => first_value..words.len(),
            NameKind::Label | NameKind::Relation => 0..first_value,
        };
        let mut is_renamed = false;
        for at in places {
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            let between = are_spans(before);
            let starts = are_spans(words.get(at + 1));
            let Some(word) = words.get(at) else { continue };
            let becomes = match kind {
                NameKind::Label if *word == old && starts => new.to_owned(),
                NameKind::Relation if *word == old && between => new.to_owned(),
                NameKind::Attribute => match word.split_once('=') {
                    Some((name, value)) if name == old => format!("{new}={value}"),
                    _ => continue,
                },
                _ => continue,
            };
            if let Some(word) = words.get_mut(at) {
                *word = becomes;
                is_renamed = true;
            }
        }
        if is_renamed && kind == NameKind::Attribute {
            return by_name(&words, first_value);
        }
        words.join(" ")
    };
    words.split(BETWEEN_VOICES).map(renamed).collect::<Vec<_>>().join(BETWEEN_VOICES)
}
