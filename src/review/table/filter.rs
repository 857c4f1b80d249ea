use thiserror::Error;

use super::standing::{ReviewStanding, Reviews};
use super::table_row::TableRow;
use crate::review::typed::{TypedWord, in_small_letters, typed_words};

/// What is typed to narrow the table:
///
/// ```text
/// label:denial annotator:ana "klaim" -has:note attribute:directness=direct problem:any
/// ```
///
/// Every term must hold; `-` before one means that it must not. Words are looked for in
/// what is quoted; one that is a label's name, without quotation marks, stands for the label
/// too. Capitals do not matter, and values with blanks stand in quotation marks.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Filter(Vec<Term>);

#[derive(Clone, PartialEq, Eq, Debug)]
struct Term {
    negated: bool,
    test: Test,
}

/// Everything in small letters.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Test {
    Quotes(String),
    QuotesOrLabel(String),
    Label(String),
    Annotator(String),
    Document(String),
    Note(String),
    Attribute(String, Option<String>),
    Link(String),
    Problem(Option<String>),
    Review(ReviewStanding),
    Has(Part),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Note,
    Link,
    Problem,
    Attribute,
    Fragments,
    Discuss,
    Review,
}

const PARTS: [(&str, Part); 7] = [
    ("note", Part::Note),
    ("link", Part::Link),
    ("problem", Part::Problem),
    ("attribute", Part::Attribute),
    ("fragments", Part::Fragments),
    ("discuss", Part::Discuss),
    ("review", Part::Review),
];

/// Why a filter cannot be understood.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum FilterError {
    /// There is no such key.
    #[error(
        "there is no filter “{0}:”; there are label, annotator, document, attribute, link, note, \
         problem, review and has"
    )]
    UnknownKey(String),
    /// There is nothing behind the colon.
    #[error("what stands behind {0}: is missing")]
    NothingBehind(String),
    /// `has:` knows other things.
    #[error(
        "“has:{0}” is not known; there are note, link, problem, attribute, fragments, discuss and \
         review"
    )]
    UnknownPart(String),
    /// `review:` knows other things.
    #[error("“review:{0}” is not known; there are open, changed, question and accepted")]
    UnknownStanding(String),
}

impl Filter {
    /// Reads what was typed.
    ///
    /// # Errors
    /// When a term is not known.
    pub fn parse(typed: &str) -> Result<Self, FilterError> {
        typed_words(typed).into_iter().map(term).collect::<Result<Vec<_>, _>>().map(Self)
    }

    /// Whether everything passes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a row passes.
    #[must_use]
    pub fn takes(&self, row: &TableRow, reviews: &Reviews) -> bool {
        self.0.iter().all(|term| term.test.holds(row, reviews) != term.negated)
    }
}

fn term(word: TypedWord) -> Result<Term, FilterError> {
    let TypedWord { negated, key, value, quoted } = word;
    let Some(key) = key else {
        let test = if quoted { Test::Quotes(value) } else { Test::QuotesOrLabel(value) };
        return Ok(Term { negated, test });
    };
    if value.is_empty() {
        return Err(FilterError::NothingBehind(key));
    }
    let test = match key.as_str() {
        "label" => Test::Label(value),
        "annotator" => Test::Annotator(value),
        "document" | "article" => Test::Document(value),
        "note" => Test::Note(value),
        "link" => Test::Link(value),
        "attribute" => match value.split_once('=') {
            Some((name, value)) => Test::Attribute(name.to_owned(), Some(value.to_owned())),
            None => Test::Attribute(value, None),
        },
        "problem" if value == "any" => Test::Problem(None),
        "problem" => Test::Problem(Some(value)),
        "review" => {
            let standing = ReviewStanding::ALL.into_iter().find(|one| one.title() == value);
            Test::Review(standing.ok_or(FilterError::UnknownStanding(value))?)
        }
        "has" => {
            let part = PARTS.iter().find(|(name, _)| *name == value).map(|(_, part)| *part);
            Test::Has(part.ok_or(FilterError::UnknownPart(value))?)
        }
        _ => return Err(FilterError::UnknownKey(key)),
    };
    Ok(Term { negated, test })
}

impl Test {
    fn holds(&self, row: &TableRow, reviews: &Reviews) -> bool {
        match self {
            Self::Quotes(words) => in_small_letters(&row.quote).contains(words.as_str()),
            Self::QuotesOrLabel(words) => {
                in_small_letters(&row.quote).contains(words.as_str())
                    || in_small_letters(&row.label) == *words
            }
            Self::Label(label) => in_small_letters(&row.label) == *label,
            Self::Annotator(name) => in_small_letters(row.key.annotator.as_str()) == *name,
            Self::Document(name) => {
                in_small_letters(row.key.document.as_str()).contains(name.as_str())
            }
            Self::Note(words) => in_small_letters(&row.note).contains(words.as_str()),
            Self::Link(label) => row.links.iter().any(|link| in_small_letters(link) == *label),
            // Without a value: whether one is stored; with one: what it has by default too.
            Self::Attribute(name, None) => row
                .values
                .iter()
                .any(|(known, _, stored)| *stored && in_small_letters(known) == *name),
            Self::Attribute(name, Some(value)) => row.values.iter().any(|(known, holds, _)| {
                in_small_letters(known) == *name && in_small_letters(holds) == *value
            }),
            Self::Problem(None) => !reviews.problems(row).is_empty(),
            Self::Problem(Some(words)) => reviews
                .problems(row)
                .iter()
                .any(|one| in_small_letters(one).contains(words.as_str())),
            Self::Review(standing) => reviews.standing(row) == *standing,
            Self::Has(part) => match part {
                Part::Note => !row.note.is_empty(),
                Part::Link => !row.links.is_empty(),
                Part::Problem => !reviews.problems(row).is_empty(),
                Part::Attribute => row.values.iter().any(|(_, _, stored)| *stored),
                Part::Fragments => row.fragments.count() > 1,
                Part::Discuss => row.to_discuss,
                Part::Review => reviews.standing(row) != ReviewStanding::Open,
            },
        }
    }
}
