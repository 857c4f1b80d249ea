use std::collections::HashSet;
use std::sync::Arc;

use super::rows::{RowAt, TableRows};
use super::table_row::{RowKey, TableRow};

/// What the rows below have in common.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// In words.
    pub words: Box<str>,
    /// How many they are.
    pub count: usize,
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(super) enum Line {
    /// A heading over rows.
    Heading(Arc<Heading>),
    /// An annotation.
    Row(RowAt),
}

/// A line of the table, to be looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TableLine {
    /// A heading over rows.
    Heading(Arc<Heading>),
    /// An annotation.
    Row(Box<TableRow>),
}

/// The lines of the table as it was arranged, and the rows as they were then.
#[derive(Clone, Default, Debug)]
pub struct TableLines {
    rows: TableRows,
    order: Order,
    listed: usize,
}

/// Which line is where.
#[derive(Clone, Debug)]
enum Order {
    /// All rows as they come: they are millions, and nothing is kept of each.
    AsTheyCome {
        /// How many rows are before each block.
        before: Vec<usize>,
        /// Whether the last one comes first.
        from_the_end: bool,
    },
    Arranged(Vec<Line>),
}

impl Default for Order {
    fn default() -> Self {
        Self::Arranged(Vec::new())
    }
}

impl TableLines {
    /// All rows, as they come or from the end.
    pub(super) fn as_they_come(rows: TableRows, from_the_end: bool) -> Self {
        let before = rows.blocks().iter().scan(0, |before, block| {
            let here = *before;
            *before += block.count() as usize;
            Some(here)
        });
        let order = Order::AsTheyCome { before: before.collect(), from_the_end };
        Self { listed: rows.count(), order, rows }
    }

    pub(super) fn arranged(rows: TableRows, lines: Vec<Line>) -> Self {
        let listed = lines.iter().filter(|line| matches!(line, Line::Row(_))).count();
        Self { rows, order: Order::Arranged(lines), listed }
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.order {
            Order::AsTheyCome { .. } => self.listed,
            Order::Arranged(lines) => lines.len(),
        }
    }

    /// Whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn get(&self, line: usize) -> Option<Line> {
        match &self.order {
            Order::AsTheyCome { before, from_the_end } => {
                let last = self.listed.checked_sub(1)?;
                let row = if *from_the_end { last.checked_sub(line)? } else { line };
                let block = before.partition_point(|before| *before <= row).checked_sub(1)?;
                let row = row.checked_sub(*before.get(block)?)?;
                TableRows::places(block, self.rows.blocks().get(block)?).nth(row).map(Line::Row)
            }
            Order::Arranged(lines) => lines.get(line).cloned(),
        }
    }

    /// How many annotations are listed.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.listed
    }

    /// Whether a line is an annotation.
    #[must_use]
    pub fn is_row(&self, line: usize) -> bool {
        matches!(self.get(line), Some(Line::Row(_)))
    }

    /// The annotation in a line; `None` where there is a heading or nothing.
    #[must_use]
    pub fn row(&self, line: usize) -> Option<TableRow> {
        match self.get(line)? {
            Line::Row(at) => self.rows.row(at),
            Line::Heading(_) => None,
        }
    }

    /// A line.
    #[must_use]
    pub fn line(&self, line: usize) -> Option<TableLine> {
        Some(match self.get(line)? {
            Line::Heading(heading) => TableLine::Heading(heading),
            Line::Row(at) => TableLine::Row(Box::new(self.rows.row(at)?)),
        })
    }

    /// All lines; as long as there are many, for background work only.
    pub fn iter(&self) -> impl Iterator<Item = TableLine> {
        (0..self.len()).filter_map(|line| self.line(line))
    }

    /// The line of an annotation.
    #[must_use]
    pub fn position(&self, key: &RowKey) -> Option<usize> {
        let wanted = self.rows.find(key)?;
        match &self.order {
            Order::AsTheyCome { before, from_the_end } => {
                let row = before.get(wanted.block as usize)? + wanted.row as usize;
                if *from_the_end { (self.listed - 1).checked_sub(row) } else { Some(row) }
            }
            Order::Arranged(lines) => {
                lines.iter().position(|line| matches!(line, Line::Row(at) if *at == wanted))
            }
        }
    }

    /// The annotations that are listed, in the order of the lines. Takes long where there
    /// are many.
    #[must_use]
    pub fn listed_rows(&self) -> Vec<TableRow> {
        let mut block = (u32::MAX, Vec::new());
        let mut row = |line: Line| {
            let Line::Row(at) = line else { return None };
            if block.0 != at.block {
                let rows = self.rows.blocks().get(at.block as usize)?.rows();
                block = (at.block, rows);
            }
            block.1.get(at.row as usize).cloned()
        };
        (0..self.len()).filter_map(|line| row(self.get(line)?)).collect()
    }

    /// The rows that a change of many concerns: of all rows those that are ticked or, where
    /// none is, those that are listed. Takes long where there are many.
    #[must_use]
    pub fn chosen(&self, all: &TableRows, ticked: &HashSet<RowKey>) -> Vec<Arc<TableRow>> {
        let chosen = if ticked.is_empty() { self.listed_rows() } else { all.of(ticked) };
        chosen.into_iter().map(Arc::new).collect()
    }

    /// What is ticked when all annotations that are listed are to be: these too or, where
    /// they all are, nothing. Takes long where there are many.
    #[must_use]
    pub fn tick_all(&self, ticked: &HashSet<RowKey>) -> HashSet<RowKey> {
        let listed: Vec<RowKey> = self.listed_rows().into_iter().map(|row| row.key).collect();
        if listed.iter().all(|key| ticked.contains(key)) {
            return HashSet::new();
        }
        ticked.iter().cloned().chain(listed).collect()
    }
}
