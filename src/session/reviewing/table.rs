use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::corpus::{Annotator, DocumentPath, Id};
use crate::review::{
    Arrangement, Filter, Reviews, RowBlock, RowKey, TableColumn, TableLines, TableRow, TableRows,
    content,
};
use crate::session::effect::Effect;
use crate::session::lists::Listing;
use crate::session::progress::Progress;
use crate::session::selection::{Focus, Place, Selection};
use crate::session::state::Session;
use crate::storage::Unread;
use crate::text::{Direction, Offset};

/// The table of all annotations, and where the person is in it.
#[derive(Clone, Debug)]
pub struct Table {
    pub(super) number: u64,
    /// All rows, in the order of articles, annotators and text.
    pub(super) rows: TableRows,
    /// How far it has come.
    pub progress: Progress,
    /// The articles and sets that could not be read, and the tags that wait for a place.
    pub unread: Unread,
    /// What is typed to narrow it.
    pub filter: String,
    /// Why that cannot be understood; the filter before it holds.
    pub error: Option<String>,
    /// How it is arranged.
    pub arrangement: Arrangement,
    /// Whether the quotes stand under each other, with what is around them.
    pub concordance: bool,
    /// The lines, as they were arranged last.
    pub lines: Arc<TableLines>,
    /// The arranging that is waited for.
    pub(super) arranging: u64,
    /// How many rows were there to be arranged.
    rows_arranged: usize,
    /// The arranging that the lines come from.
    pub(in crate::session) arranged: u64,
    /// The line that the person is at.
    pub at: Option<usize>,
    /// The annotation in that line, to be found again when lines are arranged anew.
    pub(super) at_key: Option<RowKey>,
    /// The annotations that are ticked.
    pub ticked: Arc<HashSet<RowKey>>,
    /// What is waited for that takes long: rows that are chosen, or ticks.
    pub(super) choosing: u64,
    /// The sets that were changed before their rows were there: what comes of them may be
    /// as it was.
    late: BTreeSet<(DocumentPath, Annotator)>,
}

impl Table {
    /// How many annotations there are in all.
    pub fn count(&self) -> usize {
        self.rows.count()
    }

    /// How many of them are listed.
    pub fn listed(&self) -> usize {
        self.lines.listed()
    }

    /// The row that the person is at.
    pub fn row_in_hand(&self) -> Option<TableRow> {
        self.lines.row(self.at?)
    }

    /// One is at the row in hand, and no more at the annotation that one came from and that is
    /// not listed.
    fn stay_at_row(&mut self) {
        if let Some(row) = self.row_in_hand() {
            self.at_key = Some(row.key);
        }
    }

    /// The row line nearest to a line in a direction, itself included.
    pub(super) fn row_line(&self, from: usize, direction: Direction) -> Option<usize> {
        let is_row = |at: &usize| self.lines.is_row(*at);
        match direction {
            Direction::On => (from..self.lines.len()).find(is_row),
            Direction::Back => (0..=from.min(self.lines.len().checked_sub(1)?)).rev().find(is_row),
        }
    }
}

impl Session {
    /// The table of all annotations.
    pub fn table(&self) -> Option<&Table> {
        self.table.as_ref()
    }

    /// What all reviewers decided, as far as it is known.
    pub fn reviews(&self) -> Reviews {
        let all = self.all_decisions();
        Reviews(all.map(|(who, decisions)| (who.clone(), decisions.clone())).collect())
    }

    /// Shows the table, filled in the background; where it was open before, as it was.
    pub(super) fn show_table(&mut self) {
        self.listing = Some(Listing::Table);
        self.effects.push(Effect::FocusList);
        if self.table.is_none() {
            self.fill_table();
        }
        self.refill_overtaken_table();
    }

    /// Fills a table anew that is shown and was overtaken by a change.
    pub(in crate::session) fn refill_overtaken_table(&mut self) {
        let is_shown = self.listing == Some(Listing::Table);
        if is_shown && self.table.as_ref().is_some_and(|table| table.progress.is_to_begin_anew()) {
            self.refill_table();
        }
    }

    /// Fills the table anew.
    fn fill_table(&mut self) {
        let Some(project) = self.project.clone() else { return };
        let documents = self.documents.paths();
        let number = self.next_number();
        let focused = self.reviewed_annotation().map(|(key, _)| key);
        let at_key = focused.or_else(|| self.annotation_at_the_caret());
        self.table = Some(Table {
            number,
            rows: TableRows::default(),
            progress: Progress::through(documents.len()),
            unread: Unread::default(),
            filter: String::new(),
            error: None,
            arrangement: Arrangement::default(),
            concordance: false,
            lines: Arc::default(),
            arranging: 0,
            rows_arranged: 0,
            arranged: 0,
            at: None,
            at_key,
            ticked: Arc::default(),
            choosing: 0,
            late: BTreeSet::new(),
        });
        self.effects.push(Effect::Tabulate {
            number,
            project,
            documents,
            schema: self.schema.clone(),
            in_memory: self.sets_in_memory(),
        });
    }

    /// Fills the table anew after sets have changed that are not in memory: as soon as it is
    /// shown, and filled.
    pub(in crate::session) fn read_table_anew(&mut self) {
        if let Some(table) = self.table.as_mut() {
            table.progress.be_overtaken();
        }
        self.refill_overtaken_table();
    }

    /// Fills the table anew after the schema has changed, which says what is a problem
    /// and what is so by default. How it is arranged and what is ticked stays.
    pub(in crate::session) fn refill_table(&mut self) {
        let Some(before) = self.table.take() else { return };
        if before.progress.running {
            self.effects.push(Effect::StopTabulating);
        }
        self.fill_table();
        if let Some(table) = self.table.as_mut() {
            let (number, progress) = (table.number, table.progress);
            let (rows, late) = (TableRows::default(), BTreeSet::new());
            let (unread, rows_arranged) = (Unread::default(), 0);
            *table = Table { number, rows, progress, unread, rows_arranged, late, ..before };
        }
    }

    pub(super) fn tabulated(
        &mut self,
        number: u64,
        rows: Vec<RowBlock>,
        (looked_at, unread): (usize, Unread),
        finished: bool,
    ) {
        let Some(table) = self.table.as_mut().filter(|table| table.number == number) else {
            return;
        };
        table.rows.extend(rows);
        table.unread += unread;
        table.progress.go_on(looked_at, finished);
        if finished {
            for (path, whose) in std::mem::take(&mut table.late) {
                self.refresh_rows_of(&path, &whose);
            }
            self.arrange_table();
            self.refill_overtaken_table();
        } else if table.rows.count() > 2 * table.rows_arranged {
            // All of them anew each time some come would take longer and longer.
            self.arrange_table();
        }
    }

    /// Has the lines arranged anew after rows have changed. Rows that are still to come are
    /// arranged when they do.
    pub(in crate::session) fn arrange_table_anew(&mut self) {
        let is_filled = |table: &Table| table.count() > 0 || !table.progress.running;
        if self.table.as_ref().is_some_and(is_filled) {
            self.arrange_table();
        }
    }

    /// Has the lines arranged anew; those before stay until that is done.
    pub(in crate::session) fn arrange_table(&mut self) {
        if self.table.is_none() {
            return;
        }
        let (number, reviews) = (self.next_number(), self.reviews());
        let Some(table) = self.table.as_mut() else { return };
        table.arranging = number;
        table.rows_arranged = table.rows.count();
        self.effects.push(Effect::Arrange {
            number,
            rows: table.rows.clone(),
            arrangement: table.arrangement.clone(),
            reviews,
        });
    }

    pub(super) fn arranged(&mut self, number: u64, lines: TableLines) {
        let Some(table) = self.table.as_mut().filter(|table| table.arranging == number) else {
            return;
        };
        table.arranged = number;
        table.lines = Arc::new(lines);
        // One stays at the annotation that one was at, or at its place in the table.
        let key = table.at_key.clone();
        let found = key.as_ref().and_then(|key| table.lines.position(key));
        let place = table.at.map(|at| at.min(table.lines.len().saturating_sub(1)));
        // Until all rows are there, one waits for the annotation that one came from.
        let waits = table.progress.running && key.is_some();
        let place = place.or((!waits).then_some(0));
        let near = place.and_then(|at| {
            table.row_line(at, Direction::On).or_else(|| table.row_line(at, Direction::Back))
        });
        table.at = found.or(near);
    }

    /// Narrows the table by what is typed.
    pub(super) fn filter_table(&mut self, typed: String) {
        let Some(table) = self.table.as_mut() else { return };
        match Filter::parse(&typed) {
            Ok(filter) => {
                table.arrangement.filter = filter;
                table.error = None;
            }
            Err(error) => table.error = Some(error.to_string()),
        }
        table.filter = typed;
        self.arrange_table();
    }

    /// Sorts by a column; again, the other way round.
    pub(super) fn sort_table(&mut self, column: TableColumn) {
        let Some(table) = self.table.as_mut() else { return };
        table.stay_at_row();
        let arrangement = &mut table.arrangement;
        arrangement.descending = arrangement.by == column && !arrangement.descending;
        arrangement.by = column;
        let way = if arrangement.descending { ", from the end" } else { "" };
        self.say(format!("By {}{way}", column.title().to_lowercase()));
        self.arrange_table();
    }

    pub(super) fn group_table(&mut self) {
        let Some(table) = self.table.as_mut() else { return };
        table.stay_at_row();
        table.arrangement.grouped = !table.arrangement.grouped;
        self.arrange_table();
    }

    pub(super) fn toggle_concordance(&mut self) {
        if let Some(table) = self.table.as_mut() {
            table.concordance = !table.concordance;
        }
    }

    /// Ticks the row that one is at, or no longer, and goes on to the next.
    pub(super) fn tick_row(&mut self) {
        let Some(table) = self.table.as_mut() else { return };
        let Some(key) = table.row_in_hand().map(|row| row.key) else { return };
        let ticked = Arc::make_mut(&mut table.ticked);
        if !ticked.remove(&key) {
            ticked.insert(key);
        }
        let next = table.at.and_then(|at| table.row_line(at + 1, Direction::On));
        if let Some(next) = next {
            self.go_to_table_line(next, false);
        }
    }

    /// Ticks all rows that are listed or, where they all are, none.
    pub(super) fn tick_all_rows(&mut self) {
        let number = self.next_number();
        let Some(table) = self.table.as_mut() else { return };
        table.choosing = number;
        let (lines, ticked) = (table.lines.clone(), table.ticked.clone());
        self.effects.push(Effect::TickAll { number, lines, ticked });
    }

    pub(super) fn all_ticked(&mut self, number: u64, ticked: HashSet<RowKey>) {
        if let Some(table) = self.table.as_mut().filter(|table| table.choosing == number) {
            table.ticked = Arc::new(ticked);
        }
    }

    /// The number of lines, and the one that the person is at.
    pub(in crate::session) fn table_place(&self) -> (usize, Option<usize>) {
        self.table.as_ref().map_or((0, None), |table| (table.lines.len(), table.at))
    }

    /// Goes to a line: its annotation is shown, and with `open` its article gets the
    /// keyboard. From a heading one goes on in the direction in which one came.
    pub(in crate::session) fn go_to_table_line(&mut self, line: usize, open: bool) {
        let Some(table) = self.table.as_mut() else { return };
        let back = table.at.is_some_and(|at| line < at);
        let way = if back { Direction::Back } else { Direction::On };
        let other = if back { Direction::On } else { Direction::Back };
        let Some(at) = table.row_line(line, way).or_else(|| table.row_line(line, other)) else {
            return;
        };
        table.at = Some(at);
        let Some(row) = table.row_in_hand() else { return };
        table.at_key = Some(row.key.clone());
        self.show_annotation(&row.key, row.at().start, open);
    }

    /// Shows an annotation in its article; with `open`, that gets the keyboard.
    pub(super) fn show_annotation(&mut self, key: &RowKey, at: Offset, open: bool) {
        let focus = Some(Focus { id: key.annotation.clone(), fragment: 0 });
        let place = Place { selection: Selection::caret(at), focus };
        if self.reading.as_ref().is_some_and(|reading| reading.document == key.document) {
            if self.reading.as_ref().map(|reading| &reading.shown) != Some(&key.annotator) {
                self.turn_to_set(key.annotator.clone());
            }
            self.focus(key.annotation.clone());
            if open {
                self.effects.push(Effect::FocusArticle);
            }
        } else {
            self.awaited_set = Some((key.document.clone(), key.annotator.clone()));
            self.show_elsewhere(&key.document, place, !open);
        }
    }

    /// Brings the rows of an annotator's set about a document up to date.
    pub(in crate::session) fn refresh_rows_of(&mut self, path: &DocumentPath, whose: &Annotator) {
        if self.table.is_none() {
            return;
        }
        let Some(held) = self.held.get(path) else { return };
        // A set that was removed has none any more.
        let rows =
            held.set_of(whose).map(|set| RowBlock::of_set(&self.schema, &held.document, set));
        let rows = rows.unwrap_or_default();
        let Some(table) = self.table.as_mut() else { return };
        // While articles are still looked at, this one may be yet to come.
        if table.progress.running && !table.rows.has_any_of(path, whose) {
            table.late.insert((path.clone(), whose.clone()));
            return;
        }
        table.rows.replace(path, whose, rows);
    }

    /// What the focused annotation says, and which it is, for a reviewer.
    pub(super) fn reviewed_annotation(&self) -> Option<(RowKey, String)> {
        let reading = self.reading.as_ref().filter(|_| self.merged.is_none())?;
        let focused = self.focused()?;
        let annotation: Id = focused.id.clone();
        let (document, annotator) = (reading.document.clone(), reading.shown.clone());
        Some((RowKey { document, annotator, annotation }, content(focused)))
    }

    /// The annotation of the set that is shown which begins at the caret or next after it, or
    /// else the last one: where the table begins when nothing is focused.
    fn annotation_at_the_caret(&self) -> Option<RowKey> {
        let reading = self.reading.as_ref().filter(|_| self.merged.is_none())?;
        let annotations = self.shown_set()?.annotations();
        let caret = self.selection().head;
        let next = annotations.partition_point(|a| a.fragments.extent().start < caret);
        let annotation = annotations.get(next).or(annotations.last())?.id.clone();
        let (document, annotator) = (reading.document.clone(), reading.shown.clone());
        Some(RowKey { document, annotator, annotation })
    }

    /// The table is not looked at any more.
    pub(in crate::session) fn leave_table(&mut self) {
        if self.table.take().is_some_and(|table| table.progress.running) {
            self.effects.push(Effect::StopTabulating);
        }
        self.bulk = None;
    }
}
