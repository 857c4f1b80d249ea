use std::cmp::Reverse;
use std::sync::Arc;

use super::filter::Filter;
use super::standing::{ReviewStanding, Reviews};
use super::table_row::TableRow;

/// A column of the table.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum TableColumn {
    /// The document, and in it the order of the text.
    #[default]
    Document,
    /// The label.
    Label,
    /// What is quoted.
    Quote,
    /// Who marked it.
    Annotator,
    /// The values that are stored.
    Values,
    /// How many links it has.
    Links,
    /// The note.
    Note,
    /// How many problems the checks find.
    Problems,
    /// How it stands with its reviewers.
    Review,
}

impl TableColumn {
    /// All columns, from the left.
    pub const ALL: [Self; 9] = [
        Self::Document,
        Self::Label,
        Self::Quote,
        Self::Annotator,
        Self::Values,
        Self::Links,
        Self::Note,
        Self::Problems,
        Self::Review,
    ];

    /// What stands over it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Document => "Article",
            Self::Label => "Label",
            Self::Quote => "Quote",
            Self::Annotator => "Annotator",
            Self::Values => "Attributes",
            Self::Links => "Links",
            Self::Note => "Note",
            Self::Problems => "Checks",
            Self::Review => "Review",
        }
    }

    /// What rows are grouped by.
    fn group(self, row: &TableRow, reviews: &Reviews) -> String {
        match self {
            Self::Document => row.key.document.to_string(),
            Self::Label => row.label.to_string(),
            Self::Quote => row.quote.to_lowercase(),
            Self::Annotator => row.key.annotator.to_string(),
            Self::Values => row.stored_words(),
            Self::Links => row.links.len().to_string(),
            Self::Note => row.note.to_string(),
            Self::Problems => row.problems.join(", "),
            Self::Review => reviews.standing(row).title().to_owned(),
        }
    }

    /// What rows are sorted by. What has none comes last.
    fn key(self, row: &TableRow, reviews: &Reviews) -> Key {
        let words = |words: String| Key::Words(words.is_empty(), words);
        match self {
            Self::Document => Key::Number(0),
            Self::Links => Key::Number(row.links.len()),
            Self::Problems => Key::Counted(row.problems.len(), row.problems.clone()),
            Self::Label => Key::Name(row.label.clone()),
            Self::Annotator => Key::Name(row.key.annotator.as_str().into()),
            Self::Note => words(row.note.to_string()),
            Self::Values => words(row.stored_words()),
            Self::Quote => Key::Words(false, row.quote.to_lowercase()),
            Self::Review => Key::Standing(reviews.standing(row)),
        }
    }
}

/// What rows are sorted by; all of one kind in one column.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(usize),
    Counted(usize, Vec<Box<str>>),
    Name(Arc<str>),
    Words(bool, String),
    Standing(ReviewStanding),
}

/// How the table is arranged.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Arrangement {
    /// Which rows.
    pub filter: Filter,
    /// By which column; rows that are equal there come in the order of the text.
    pub by: TableColumn,
    /// Whether the other way round.
    pub descending: bool,
    /// Whether rows that are equal in the column stand under a heading.
    pub grouped: bool,
}

/// A line of the table.
#[derive(Clone, Debug)]
pub enum TableLine {
    /// What the rows below have in common, and how many they are.
    Heading(Arc<str>, usize),
    /// An annotation.
    Row(Arc<TableRow>),
}

impl TableLine {
    /// The row, if it is one.
    #[must_use]
    pub fn row(&self) -> Option<&Arc<TableRow>> {
        match self {
            Self::Row(row) => Some(row),
            Self::Heading(..) => None,
        }
    }
}

/// The lines of the table: of rows in the order of documents and text, those that pass
/// the filter, sorted and grouped.
#[must_use]
pub fn arrange(
    rows: &[Arc<TableRow>],
    arrangement: &Arrangement,
    reviews: &Reviews,
) -> Vec<TableLine> {
    let passes = |row: &&Arc<TableRow>| arrangement.filter.takes(row, reviews);
    let mut rows: Vec<&Arc<TableRow>> = rows.iter().filter(passes).collect();
    let by = arrangement.by;
    match (by, arrangement.descending) {
        (TableColumn::Document, false) => {}
        (TableColumn::Document, true) => rows.reverse(),
        (_, false) => rows.sort_by_cached_key(|row| by.key(row, reviews)),
        (_, true) => rows.sort_by_cached_key(|row| Reverse(by.key(row, reviews))),
    }
    if !arrangement.grouped {
        return rows.into_iter().cloned().map(TableLine::Row).collect();
    }
    let mut lines: Vec<TableLine> = Vec::with_capacity(rows.len() + 64);
    let mut heading: Option<(usize, String)> = None;
    for row in rows {
        let group = by.group(row, reviews);
        match &heading {
            Some((at, known)) if *known == group => {
                if let Some(TableLine::Heading(_, count)) = lines.get_mut(*at) {
                    *count += 1;
                }
            }
            _ => {
                let words: Arc<str> = match (group.as_str(), by) {
                    ("", _) => "–".into(),
                    (_, TableColumn::Quote) => (*row.quote).into(),
                    (group, _) => group.into(),
                };
                heading = Some((lines.len(), group));
                lines.push(TableLine::Heading(words, 1));
            }
        }
        lines.push(TableLine::Row(row.clone()));
    }
    lines
}
