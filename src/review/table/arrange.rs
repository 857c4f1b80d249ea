use std::sync::Arc;

use rayon::prelude::*;

use super::filter::Filter;
use super::lines::{Heading, Line, TableLines};
use super::rows::{RowAt, RowBlock, TableRows};
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

    /// What a row is grouped by.
    fn group_of(self, row: &TableRow, reviews: &Reviews) -> Group {
        let by = match self {
            Self::Document => row.key.document.to_string(),
            Self::Label => row.label.to_string(),
            Self::Quote => row.quote.to_lowercase(),
            Self::Annotator => row.key.annotator.to_string(),
            Self::Values => row.stored_words(),
            Self::Links => row.links.len().to_string(),
            Self::Note => row.note.to_string(),
            Self::Problems => reviews.problems(row).join(", "),
            Self::Review => reviews.standing(row).title().to_owned(),
        };
        // Quotes that differ in capitals only stand together.
        let words = (self == Self::Quote && !row.quote.is_empty()).then(|| row.quote.clone());
        Group { by, words }
    }

    /// What rows are sorted by. What has none comes last.
    fn key(self, row: &TableRow, reviews: &Reviews) -> Key {
        let words = |words: String| Key::Words(words.is_empty(), words);
        match self {
            Self::Document => Key::Number(0),
            Self::Links => Key::Number(row.links.len()),
            Self::Problems => {
                let problems = reviews.problems(row).into_iter().map(String::into_boxed_str);
                let problems: Vec<Box<str>> = problems.collect();
                Key::Counted(problems.len(), problems)
            }
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

/// A row that passes, and what its place depends on.
struct Picked {
    at: RowAt,
    key: Key,
    group: Option<Group>,
}

/// What a row is grouped by, and how the heading says it where that is otherwise.
struct Group {
    by: String,
    words: Option<Box<str>>,
}

/// The lines of the table: of rows in the order of documents and text, those that pass
/// the filter, sorted and grouped. On all cores.
#[must_use]
pub fn arrange(rows: &TableRows, arrangement: &Arrangement, reviews: &Reviews) -> TableLines {
    let by = arrangement.by;
    let as_they_come = by == TableColumn::Document;
    if as_they_come && arrangement.filter.is_empty() && !arrangement.grouped {
        return TableLines::as_they_come(rows.clone(), arrangement.descending);
    }
    let pick = |(block, of): (usize, &Arc<RowBlock>)| {
        let found = TableRows::places(block, of).zip(of.rows());
        let passing = found.filter(|(_, row)| arrangement.filter.takes(row, reviews));
        let picked = passing.map(|(at, row)| Picked {
            at,
            key: by.key(&row, reviews),
            group: arrangement.grouped.then(|| by.group_of(&row, reviews)),
        });
        picked.collect::<Vec<_>>()
    };
    let picked = rows.blocks().par_iter().enumerate().flat_map_iter(pick);
    let mut picked: Vec<Picked> = picked.collect();
    match (as_they_come, arrangement.descending) {
        (true, false) => {}
        (true, true) => picked.reverse(),
        (false, false) => picked.par_sort_by(|one, other| one.key.cmp(&other.key)),
        (false, true) => picked.par_sort_by(|one, other| other.key.cmp(&one.key)),
    }
    TableLines::arranged(rows.clone(), lines_of(picked))
}

fn lines_of(picked: Vec<Picked>) -> Vec<Line> {
    let mut lines = Vec::with_capacity(picked.len() + 64);
    let mut picked = picked.into_iter().peekable();
    while let Some(first) = picked.next() {
        let Some(group) = first.group else {
            lines.push(Line::Row(first.at));
            continue;
        };
        // The heading, as soon as it is known how many are under it.
        let heading_at = lines.len();
        lines.push(Line::Row(first.at));
        lines.push(Line::Row(first.at));
        let same = |row: &Picked| row.group.as_ref().is_some_and(|other| other.by == group.by);
        while let Some(next) = picked.next_if(same) {
            lines.push(Line::Row(next.at));
        }
        let words = group.words.unwrap_or_else(|| group.by.into());
        let words = if words.is_empty() { "–".into() } else { words };
        let count = lines.len() - heading_at - 1;
        if let Some(line) = lines.get_mut(heading_at) {
            *line = Line::Heading(Arc::new(Heading { words, count }));
        }
    }
    lines
}
