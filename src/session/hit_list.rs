//! The list of what was found follows what is decided, and what changes outside.

use std::ops::Range;

use super::effect::Effect;
use super::finding::Search;
use super::standing::Standing;
use super::state::Session;
use crate::corpus::DocumentPath;
use crate::review::Hit;
use crate::text::{Direction, Offset};

/// How many hits are listed anew in one frame.
const HITS: usize = 2_048;

impl Search {
    /// The hit at a place or, where there is none, the next one.
    pub(super) fn first_behind(&self, (document, start): &(DocumentPath, Offset)) -> Option<usize> {
        let is_before = |hit: &Hit| (&hit.document, hit.span.start()) < (document, *start);
        let at = self.hits.partition_point(is_before);
        self.hits.get(at).map(|_| at)
    }

    /// Whether it can be done again with nothing lost: nothing was decided in it.
    pub(super) fn is_untouched(&self) -> bool {
        let can_be_redone = self.verdicts.has_step(Direction::On);
        self.verdicts.counts() == (0, 0) && !can_be_redone && self.holds_nothing_carried_out()
    }
}

impl Session {
    /// Looks for the same again, after articles or sets have changed that are not in memory.
    pub(super) fn find_anew(&mut self) {
        if let Some(search) = self.search.as_mut().filter(|search| search.everywhere) {
            search.progress.be_overtaken();
        }
        self.find_overtaken();
    }

    /// One stays at the place where one is, and nothing is opened for it.
    pub(super) fn find_overtaken(&mut self) {
        let is_due = |search: &&Search| search.is_untouched() && search.progress.is_to_begin_anew();
        let Some(search) = self.search.as_ref().filter(is_due) else { return };
        let hit = search.at.and_then(|at| search.hits.get(at));
        let place = hit.map(|hit| (hit.document.clone(), hit.span.start()));
        let (listing, last_query) = (self.listing, self.last_query.clone());
        self.search_anew();
        (self.listing, self.last_query) = (listing, last_query);
        if let Some(search) = self.search.as_mut() {
            search.comes_back = place;
        }
    }

    /// The hit that is selected in the open article.
    pub(super) fn hit_selected(&self, search: &Search) -> Option<usize> {
        let open = &self.reading.as_ref()?.document;
        let selected = self.selection().range();
        let is_it =
            |at: &usize| search.hits.get(*at).is_some_and(|hit| hit.span.range() == selected);
        let is_shown = |at: &usize| search.shown.binary_search(at).is_ok();
        search.range_of(open).find(|at| is_it(at) && is_shown(at))
    }

    pub(super) fn is_listed(&self, search: &Search, at: usize, hit: &Hit) -> bool {
        search.show_decided
            || search.verdicts.of(at).is_some()
            || self.standing_as(search.label.as_ref(), hit) == Standing::Open
    }

    /// Brings the list up to date with what has been decided since: of many hits a piece at a
    /// time, with frames between.
    pub(super) fn list_hits_anew(&mut self) {
        if let Some(search) = self.search.as_mut() {
            search.stale = 0..search.hits.len();
            self.list_more_hits_anew();
        }
    }

    /// Goes on by a piece with what was put off.
    pub(super) fn list_more_hits_anew(&mut self) {
        let Some(search) = self.search.as_mut().filter(|one| !one.stale.is_empty()) else { return };
        let piece = search.stale.start..search.stale.end.min(search.stale.start + HITS);
        search.stale.start = piece.end;
        if !search.stale.is_empty() {
            self.effects.push(Effect::GoOn);
        }
        self.list_these_hits_anew(piece);
    }

    /// The same for the hits in documents of which just the sets have changed.
    pub(super) fn list_hits_anew_in<'d>(
        &mut self,
        documents: impl IntoIterator<Item = &'d DocumentPath>,
    ) {
        let Some(search) = self.search.as_ref() else { return };
        let ranges = documents.into_iter().map(|document| search.range_of(document));
        // What lies between documents that are beside each other is theirs.
        let hull = ranges
            .filter(|range| !range.is_empty())
            .reduce(|one, other| one.start.min(other.start)..one.end.max(other.end));
        if let Some(hull) = hull {
            self.list_these_hits_anew(hull);
        }
    }

    fn list_these_hits_anew(&mut self, range: Range<usize>) {
        let Some(mut search) = self.search.take() else { return };
        let listed =
            |at: &usize| search.hits.get(*at).is_some_and(|hit| self.is_listed(&search, *at, hit));
        let shown: Vec<usize> = range.clone().filter(listed).collect();
        let before = search.shown.partition_point(|at| *at < range.start);
        let behind = search.shown.partition_point(|at| *at < range.end);
        search.shown.splice(before..behind, shown);
        self.search = Some(search);
    }
}
