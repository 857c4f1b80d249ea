use super::document_filter::DocumentFilter;
use crate::corpus::{DocumentPath, Status};
use crate::storage::Summary;
use crate::text::Direction;

/// One line of the list of documents.
#[derive(Clone, Debug)]
pub struct Row {
    /// The document.
    pub path: DocumentPath,
    /// What was found when it was looked at; `None` until then.
    pub summary: Option<Box<Summary>>,
}

impl Row {
    /// What the list shows as its name: the start of the text, or the file's name.
    pub fn title(&self) -> &str {
        let title = self.summary.as_ref().map(|summary| summary.title.as_str());
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| self.path.name())
    }

    /// How far the annotator has come, as far as is known.
    pub fn status(&self) -> Status {
        self.summary.as_ref().map_or(Status::New, |summary| summary.status)
    }
}

/// The documents of a project, and which of them the list shows.
#[derive(Clone, Default, Debug)]
pub struct DocumentList {
    rows: Vec<Row>,
    /// As it was typed.
    filter: String,
    /// What it asks for.
    asked: DocumentFilter,
    shown: Vec<usize>,
}

impl DocumentList {
    pub(super) fn new(documents: Vec<DocumentPath>) -> Self {
        let rows = documents.into_iter().map(|path| Row { path, summary: None }).collect();
        let mut list = Self { rows, ..Self::default() };
        list.apply_filter();
        list
    }

    /// All documents, sorted by path.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The paths of all documents, sorted.
    pub(super) fn paths(&self) -> Vec<DocumentPath> {
        self.rows.iter().map(|row| row.path.clone()).collect()
    }

    /// The row of a document.
    pub fn row(&self, path: &DocumentPath) -> Option<&Row> {
        self.rows.get(self.position(path)?)
    }

    /// The number of documents that the filter lets through.
    pub fn shown_count(&self) -> usize {
        self.shown.len()
    }

    /// The row at a place in the filtered list.
    pub fn shown(&self, at: usize) -> Option<&Row> {
        self.rows.get(*self.shown.get(at)?)
    }

    /// The place of a document in the filtered list.
    pub fn shown_position(&self, path: &DocumentPath) -> Option<usize> {
        let row = self.position(path)?;
        self.shown.binary_search(&row).ok()
    }

    /// What the list is filtered by; empty shows all.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    pub(super) fn set_filter(&mut self, filter: String) {
        self.asked = DocumentFilter::parse(&filter);
        self.filter = filter;
        self.apply_filter();
    }

    pub(super) fn set_documents(&mut self, documents: Vec<DocumentPath>) {
        let mut known = std::mem::take(&mut self.rows).into_iter().peekable();
        for path in documents {
            while known.next_if(|row| row.path < path).is_some() {}
            let summary = known.next_if(|row| row.path == path).and_then(|row| row.summary);
            self.rows.push(Row { path, summary });
        }
        self.apply_filter();
    }

    /// Lets go of what is known of documents.
    pub(super) fn forget<'d>(&mut self, documents: impl IntoIterator<Item = &'d DocumentPath>) {
        for path in documents {
            if let Some(row) = self.position(path).and_then(|at| self.rows.get_mut(at)) {
                row.summary = None;
            }
        }
    }

    pub(super) fn summarize(&mut self, summaries: Vec<(DocumentPath, Summary)>) {
        let mut next = 0;
        for (path, summary) in summaries {
            // They come in the order of the rows, mostly without a gap.
            let follows = self.rows.get(next).is_some_and(|row| row.path == path);
            let Some(at) = follows.then_some(next).or_else(|| self.position(&path)) else {
                continue;
            };
            next = at + 1;
            let Some(row) = self.rows.get_mut(at) else { continue };
            row.summary = Some(Box::new(summary));
            if self.asked.is_empty() {
                continue;
            }
            match (self.shown.binary_search(&at), self.asked.takes(row)) {
                (Ok(place), false) => {
                    self.shown.remove(place);
                }
                (Err(place), true) => self.shown.insert(place, at),
                _ => {}
            }
        }
    }

    pub(super) fn update(&mut self, path: &DocumentPath, change: impl FnOnce(&mut Summary)) {
        let row = self.position(path).and_then(|at| self.rows.get_mut(at));
        if let Some(summary) = row.and_then(|row| row.summary.as_mut()) {
            change(summary);
        }
    }

    /// The document beside another in the filtered list.
    pub(super) fn beside(
        &self,
        path: &DocumentPath,
        direction: Direction,
    ) -> Option<&DocumentPath> {
        let at = match direction {
            Direction::Back => self.shown_where(|row| row.path < *path).checked_sub(1)?,
            Direction::On => self.shown_where(|row| row.path <= *path),
        };
        self.shown(at).map(|row| &row.path)
    }

    /// The next unfinished document after another in the filtered list, going
    /// round at its end.
    pub(super) fn next_unfinished(&self, path: &DocumentPath) -> Option<&DocumentPath> {
        let after = self.shown_where(|row| row.path <= *path);
        let (before, after) = self.shown.split_at_checked(after)?;
        after
            .iter()
            .chain(before)
            .filter_map(|at| self.rows.get(*at))
            .find(|row| row.path != *path && !row.status().is_settled())
            .map(|row| &row.path)
    }

    fn position(&self, path: &DocumentPath) -> Option<usize> {
        self.rows.binary_search_by(|row| row.path.cmp(path)).ok()
    }

    /// How many rows of the filtered list are so, which are the first ones. A document that has
    /// left the project still has its place among them.
    fn shown_where(&self, is_so: impl Fn(&Row) -> bool) -> usize {
        self.shown.partition_point(|shown| self.rows.get(*shown).is_some_and(&is_so))
    }

    fn apply_filter(&mut self) {
        if self.asked.is_empty() {
            self.shown = (0..self.rows.len()).collect();
            return;
        }
        let shown = self.rows.iter().enumerate().filter(|(_, row)| self.asked.takes(row));
        self.shown = shown.map(|(at, _)| at).collect();
    }
}
