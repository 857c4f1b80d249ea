//! Which cases are listed, and in which order.

use std::cmp::Reverse;
use std::ops::Range;

use super::comparing::Comparing;
use crate::corpus::{Decisions, DocumentPath};
use crate::review::{CaseRow, Kind};

impl Comparing {
    /// The cases that are listed, as places in [`Self::rows`].
    pub fn listed(&self) -> &[usize] {
        &self.listed
    }

    /// How many differences of a kind are not settled; of what is agreed, what gold has
    /// not.
    pub fn open(&self, kind: Kind) -> usize {
        self.open.get(&kind).copied().unwrap_or_default()
    }

    /// How many differences of all kinds are not settled.
    pub fn open_in_all(&self) -> usize {
        Kind::DIFFERENCES.iter().map(|kind| self.open(*kind)).sum()
    }

    /// Whether a case, by its place in [`Self::rows`], is settled, or gold has what
    /// everyone says.
    pub fn is_settled(&self, at: usize) -> bool {
        self.is_settled.get(at).is_some_and(|settled| *settled)
    }

    /// How many differences are settled.
    pub fn settled(&self) -> usize {
        self.settled
    }

    /// The case that the person is at.
    pub fn case_in_hand(&self) -> Option<&CaseRow> {
        self.rows.get(self.at?)
    }

    /// Where the cases of a document are.
    pub(super) fn range_of(&self, document: &DocumentPath) -> Range<usize> {
        let first = self.rows.partition_point(|row| row.document < *document);
        let end = self.rows.partition_point(|row| row.document <= *document);
        first..end
    }

    /// Finds out anew which cases are listed.
    pub(super) fn list(&mut self, gold: Option<&Decisions>) {
        self.is_stale = false;
        self.is_settled.clear();
        self.open.clear();
        self.settled = 0;
        self.listed.clear();
        self.list_from(0, gold);
        if self.is_most_first() {
            self.put_most_first();
        }
        self.find_row();
    }

    /// Finds out which cases are listed of those from a place on, the first of an article.
    pub(super) fn list_from(&mut self, first: usize, gold: Option<&Decisions>) {
        self.is_settled.resize(self.rows.len(), false);
        let listed = self.judge(first..self.rows.len(), gold);
        self.listed.extend(listed);
    }

    /// Puts the cases of a document as they are now, where that is known, in the place of
    /// those before, and finds out anew which of them are listed.
    pub(super) fn take_in(
        &mut self,
        document: &DocumentPath,
        rows: Option<Vec<CaseRow>>,
        gold: Option<&Decisions>,
    ) {
        let range = self.range_of(document);
        // While articles are still compared, this one may be yet to come.
        if self.progress.running && range.is_empty() && rows.is_some() {
            self.late.insert(document.clone());
            return;
        }
        let before = self.rows.get(range.clone());
        let Some(rows) = rows.filter(|rows| before != Some(rows.as_slice())) else {
            self.replace(range, None, document, gold);
            return;
        };
        let (first, before) = (range.start, range.len());
        // One stays at the case that one was at, or comes to the one in its place.
        let at = self.at;
        let key = at.and_then(|at| self.rows.get(at)).map(|row| row.key.clone());
        let within = rows.iter().position(|row| Some(&row.key) == key.as_ref());
        let last = rows.len().checked_sub(1).map(|last| first + last);
        self.at = match at {
            Some(at) if at < first => Some(at),
            Some(at) if at >= first + before => Some(at + rows.len() - before),
            Some(at) => within.map(|within| first + within).or(last.map(|last| at.min(last))),
            None => None,
        };
        self.replace(range, Some(rows), document, gold);
    }

    /// Puts other cases of a document in the place of those in this range, or leaves them, and
    /// finds out which of them are listed.
    fn replace(
        &mut self,
        range: Range<usize>,
        rows: Option<Vec<CaseRow>>,
        document: &DocumentPath,
        gold: Option<&Decisions>,
    ) {
        // Where nothing is known of them, or not any more, all are listed anew later.
        self.is_stale |= self.is_settled.len() != self.rows.len();
        if self.is_stale {
            if let Some(rows) = rows {
                self.rows.splice(range, rows);
            }
            return;
        }
        for at in range.clone() {
            self.count(at, false);
        }
        if let Some(rows) = rows {
            self.is_settled.splice(range.clone(), std::iter::repeat_n(false, rows.len()));
            self.rows.splice(range.clone(), rows);
        }
        let now = self.range_of(document);
        let here = self.judge(now.clone(), gold);
        let first = self.listed.iter().position(|at| range.contains(at));
        self.listed.retain(|at| !range.contains(at));
        for at in self.listed.iter_mut().filter(|at| **at >= range.end) {
            *at = *at + now.len() - range.len();
        }
        let first = first.unwrap_or_else(|| self.place_in_list(document, &now));
        self.listed.splice(first..first, here);
        self.find_row();
    }

    /// Finds out which cases in a range, of whole articles, are settled, and counts them.
    /// Returns those that are to be listed.
    fn judge(&mut self, range: Range<usize>, gold: Option<&Decisions>) -> Vec<usize> {
        let mut listed = Vec::new();
        let rows = self.rows.get(range.clone()).unwrap_or_default();
        let mut at = range.start;
        for of_document in rows.chunk_by(|one, next| one.document == next.document) {
            let document = of_document.first().map(|row| &row.document);
            let decided = gold.zip(document).map(|(gold, document)| gold.settled_in(document));
            for row in of_document {
                let is_decided = || decided.as_ref().is_some_and(|all| all.contains(&row.key));
                let settled = row.is_in_gold || is_decided();
                if let Some(is_settled) = self.is_settled.get_mut(at) {
                    *is_settled = settled;
                }
                if (!settled || self.shown.settled) && self.shown.takes(row) {
                    listed.push(at);
                }
                at += 1;
            }
        }
        for at in range {
            self.count(at, true);
        }
        listed
    }

    /// Takes a case into the counts, or out of them.
    fn count(&mut self, at: usize, counts: bool) {
        let settled = self.is_settled(at);
        let Some(row) = self.rows.get(at) else { return };
        let count = if !settled {
            self.open.entry(row.kind).or_default()
        } else if row.kind != Kind::Agreed {
            &mut self.settled
        } else {
            return;
        };
        *count = if counts { *count + 1 } else { count.saturating_sub(1) };
    }

    /// Where in the list a document's cases, which lie at `range`, come, of which none is
    /// listed.
    fn place_in_list(&self, document: &DocumentPath, range: &Range<usize>) -> usize {
        if !self.is_most_first() {
            return self.listed.partition_point(|at| *at < range.start);
        }
        let order = |document| self.order.get(document).copied().unwrap_or(usize::MAX);
        let here = (order(document), range.start);
        let comes_later =
            |at: &usize| self.rows.get(*at).is_some_and(|row| (order(&row.document), *at) > here);
        self.listed.iter().position(comes_later).unwrap_or(self.listed.len())
    }

    /// The row where a case would be listed that is not.
    pub(super) fn row_behind(&self, case: usize) -> usize {
        let Some(document) = self.rows.get(case).map(|row| &row.document) else { return 0 };
        let cases = self.range_of(document);
        let before = self.listed.iter().rposition(|at| cases.contains(at) && *at < case);
        let behind = || self.listed.iter().position(|at| cases.contains(at));
        let row = before.map(|row| row + 1).or_else(behind);
        row.unwrap_or_else(|| self.place_in_list(document, &cases))
    }

    pub(super) fn find_row(&mut self) {
        self.row = self.at.and_then(|at| self.listed.iter().position(|one| *one == at));
    }

    /// Whether the articles that differ most come first: while articles are still compared,
    /// none of them is known to.
    fn is_most_first(&self) -> bool {
        self.shown.most_first && !self.progress.running
    }

    /// Lists the articles that differ most first. They keep their order while their cases
    /// are settled, so that one is not taken from one to the other.
    fn put_most_first(&mut self) {
        let document = |at: usize| self.rows.get(at).map(|row| &row.document);
        let mut articles: Vec<&[usize]> =
            self.listed.chunk_by(|one, next| document(*one) == document(*next)).collect();
        let name = |cases: &&[usize]| cases.first().and_then(|at| document(*at));
        if self.order.is_empty() {
            articles.sort_by_key(|cases| Reverse(cases.len()));
            let names = articles.iter().filter_map(name).cloned();
            self.order = names.zip(0..).collect();
        } else {
            let place = |cases: &&[usize]| name(cases).and_then(|name| self.order.get(name));
            articles.sort_by_cached_key(|cases| place(cases).copied().unwrap_or(usize::MAX));
        }
        self.listed = articles.concat();
    }

    /// The row of the first case in an article, if any of it is listed.
    pub(super) fn first_row_in(&self, document: &DocumentPath) -> Option<usize> {
        let cases = self.range_of(document);
        self.listed.iter().position(|at| cases.contains(at))
    }
}
