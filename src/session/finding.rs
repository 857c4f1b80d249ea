//! Finding strings, in the article or in all of them.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::applying::counted;
use super::command::Command;
use super::effect::Effect;
use super::lists::Listing;
use super::progress::Progress;
use super::selection::{Place, Selection};
use super::state::Session;
use super::verdicts::{Verdict, Verdicts};
use crate::corpus::DocumentPath;
use crate::review::{Finder, Hit, Query};
use crate::storage::Unread;
use crate::text::{Direction, Offset};

/// The longest selection that is taken over as what to look for, in characters.
const LONGEST: usize = 200;

/// The longest annotation of which other occurrences are looked for, in characters.
const WHOLE: usize = 2_000;

/// Words as they are typed into the field: a blank stands for all white space that is there.
fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A search, and what it has found so far.
#[derive(Clone, Debug)]
pub struct Search {
    /// Tells its answers from those of earlier searches.
    pub(super) number: u64,
    /// What is looked for.
    pub query: Query,
    /// Whether in all articles, rather than the one that was open.
    pub everywhere: bool,
    /// Why nothing can be looked for.
    pub error: Option<String>,
    /// What was found, in the order of articles and text.
    pub hits: Vec<Hit>,
    /// How many articles it was found in.
    pub found_in: usize,
    /// How far it has come.
    pub progress: Progress,
    /// The articles and sets that could not be read.
    pub unread: Unread,
    /// The hit that the person is at.
    pub at: Option<usize>,
    /// The label that is accepted unless another is said.
    pub label: Option<Arc<str>>,
    /// What was decided here and is still to be carried out, by hit.
    pub verdicts: Verdicts,
    /// Those that have been carried out and are still to be let go of.
    pub(super) carried_out: std::vec::IntoIter<(usize, Verdict)>,
    /// Whether what was decided before is listed too.
    pub show_decided: bool,
    /// The hits that are listed.
    pub(super) shown: Vec<usize>,
    /// The hits of which it is still to be found out whether they are, after much has changed.
    pub(super) stale: Range<usize>,
    /// Where one was before it was looked for anew, to come back to.
    pub(super) comes_back: Option<(DocumentPath, Offset)>,
    /// How many decisions it was just said would be given up.
    warns_of: Option<usize>,
    /// The same of the gesture before this one: who asks again gives them up.
    warned_of: Option<usize>,
    /// Whether the first that is found after where it began is gone to.
    follows: bool,
    /// Where the caret was when it began.
    origin: Offset,
    /// What was selected when it began.
    began_at: (Option<DocumentPath>, Range<Offset>),
}

impl Search {
    /// The hits that are listed, as places in [`Self::hits`].
    pub fn shown(&self) -> &[usize] {
        &self.shown
    }

    /// The hits in a document, in the order of the text.
    pub fn hits_in(&self, document: &DocumentPath) -> &[Hit] {
        self.hits.get(self.range_of(document)).unwrap_or_default()
    }

    /// Whether all decisions are still to be carried out.
    pub(super) fn holds_nothing_carried_out(&self) -> bool {
        self.carried_out.len() == 0
    }

    /// The hits that one goes through: all in the article, or what is listed.
    fn order(&self) -> Cow<'_, [usize]> {
        if self.everywhere {
            Cow::Borrowed(&self.shown)
        } else {
            Cow::Owned((0..self.hits.len()).collect())
        }
    }

    /// Its answers are not waited for any more.
    pub(super) fn stop(&mut self) {
        self.progress.stop();
    }

    /// Another gesture begins: what was said at the one before it is the last warning.
    pub(super) fn forget_warning(&mut self) {
        self.warned_of = self.warns_of.take();
    }

    /// Where the hits in a document are in [`Self::hits`].
    pub(super) fn range_of(&self, document: &DocumentPath) -> Range<usize> {
        let first = self.hits.partition_point(|hit| hit.document < *document);
        let rest = self.hits.get(first..).unwrap_or_default();
        first..first + rest.partition_point(|hit| hit.document == *document)
    }
}

impl Session {
    /// The search that is open.
    pub fn search(&self) -> Option<&Search> {
        self.search.as_ref()
    }

    /// Opens the search, for what is selected or was looked for last.
    pub(super) fn open_search(&mut self, everywhere: bool) {
        // What the search itself has selected, or was selected before it, is no new wish.
        let is_of_search = self.search.as_ref().is_some_and(|search| {
            search.began_at == self.selected_place() || self.hit_selected(search).is_some()
        });
        let selected = self.selected_words().filter(|_| !is_of_search);
        let mut query = self.last_query.clone();
        let there = self.search.as_ref().map(|search| search.query.text.clone());
        // What was not typed, but selected or to be tagged everywhere, is looked for as
        // one looked the last time.
        let tagged = there.filter(|words| *words != query.text);
        if let Some(words) = selected.or(tagged) {
            query.text = words;
            query.regex = false;
        }
        self.begin_search(query, everywhere, None);
        self.effects.push(Effect::FocusFind);
    }

    /// In which article what is selected.
    fn selected_place(&self) -> (Option<DocumentPath>, Range<Offset>) {
        let document = self.reading.as_ref().map(|reading| reading.document.clone());
        (document, self.selection().range())
    }

    /// What is selected, if one could look for it.
    fn selected_words(&self) -> Option<String> {
        let span = self.selection().span().filter(|span| span.length() <= LONGEST)?;
        let text = self.text()?;
        let words = text.quote(span)?;
        (!words.trim().is_empty()).then(|| in_one_line(words))
    }

    /// Looks for all other occurrences of what is focused, selected or looked for.
    pub(super) fn tag_everywhere(&mut self) {
        let focused = self.focused().cloned();
        let (words, label) = match (self.selected_words(), focused) {
            (Some(words), _) => (words, None),
            (None, Some(focused)) => {
                let Some(text) = self.text() else { return };
                let held = self.focus_place().map_or(0, |focus| focus.fragment);
                let Some(span) = focused.fragments.get(held) else { return };
                if span.length() > WHOLE {
                    let length = counted(span.length(), "character");
                    self.warn(format!("This is too long to be looked for elsewhere: {length}"));
                    return;
                }
                (in_one_line(text.slice(span.range())), Some(focused.label.clone()))
            }
            (None, None) => {
                let Some(search) = self.search.as_ref() else { return };
                let (query, label) = (search.query.clone(), search.label.clone());
                self.begin_search(query, true, label);
                self.effects.push(Effect::FocusList);
                return;
            }
        };
        let query = Query { text: words, case: true, ..Query::default() };
        // How it looks is not how one wants to look the next time.
        let before = self.last_query.clone();
        self.begin_search(query, true, label);
        self.last_query = before;
        self.effects.push(Effect::FocusList);
    }

    /// Whether decisions that are not carried out yet are in the way of another
    /// search. Says so; who asks again right away gives them up.
    fn keeps_verdicts(&mut self) -> bool {
        let Some(search) = self.search.as_ref() else { return false };
        let count = search.verdicts.len();
        if count == 0 || search.warned_of == Some(count) {
            return false;
        }
        self.warn_of_verdicts("the same once more gives them up");
        true
    }

    /// Says what keeps another search from beginning, and how to begin it `otherwise`.
    fn warn_of_verdicts(&mut self, otherwise: &str) {
        let Some(search) = self.search.as_mut() else { return };
        let count = search.verdicts.len();
        search.warns_of = Some(count);
        let count = counted(count, "decision");
        let key = self.keymap.key(Command::Apply).map(|key| key.to_string()).unwrap_or_default();
        self.warn(format!(
            "{count} not carried out yet: {key} in the list carries out; {otherwise}"
        ));
    }

    fn begin_search(&mut self, query: Query, everywhere: bool, label: Option<Arc<str>>) {
        if self.keeps_verdicts() {
            return;
        }
        self.search = Some(Search {
            number: 0,
            query,
            everywhere,
            error: None,
            hits: Vec::new(),
            found_in: 0,
            progress: Progress::default(),
            unread: Unread::default(),
            at: None,
            // Who only looks wants to see all; who tags, what is left to tag.
            show_decided: label.is_none(),
            label,
            verdicts: Verdicts::default(),
            carried_out: Vec::new().into_iter(),
            shown: Vec::new(),
            stale: 0..0,
            comes_back: None,
            warns_of: None,
            warned_of: None,
            follows: false,
            origin: self.selection().range().start,
            began_at: self.selected_place(),
        });
        self.search_anew();
    }

    pub(super) fn set_query(&mut self, query: Query) {
        let Some(search) = self.search.as_ref().filter(|search| search.query != query) else {
            return;
        };
        // A letter that is typed after another asks for nothing a second time.
        if search.verdicts.len() > 0 {
            self.warn_of_verdicts("Escape gives them up");
            return;
        }
        let Some(search) = self.search.as_mut() else { return };
        search.query = query;
        search.follows = !search.everywhere;
        self.search_anew();
    }

    pub(super) fn search_everywhere(&mut self, everywhere: bool) {
        if self.keeps_verdicts() {
            return;
        }
        let Some(search) = self.search.as_mut() else { return };
        search.everywhere = everywhere;
        search.follows = false;
        self.search_anew();
    }

    /// Forgets what was found and looks again.
    pub(super) fn search_anew(&mut self) {
        let number = self.next_number();
        let open = self.reading.as_ref().map(|reading| reading.document.clone());
        let Some(search) = self.search.as_mut() else { return };
        search.number = number;
        search.hits.clear();
        search.found_in = 0;
        search.shown.clear();
        search.stale = 0..0;
        search.comes_back = None;
        search.verdicts = Verdicts::default();
        search.carried_out = Vec::new().into_iter();
        search.at = None;
        search.progress = Progress::default();
        search.unread = Unread::default();
        search.error = None;
        self.last_query = search.query.clone();
        if search.everywhere {
            self.listing = Some(Listing::Hits);
        } else if self.listing == Some(Listing::Hits) {
            self.listing = None;
        }
        self.effects.push(Effect::StopFinding);
        if search.query.text.trim().is_empty() {
            let origin = search.follows.then_some(search.origin);
            self.go_back_to(origin);
            return;
        }
        let finder = match Finder::new(&search.query) {
            Ok(finder) => finder,
            Err(error) => {
                search.error = Some(error.to_string());
                return;
            }
        };
        let documents: Vec<DocumentPath> =
            if search.everywhere { self.documents.paths() } else { open.into_iter().collect() };
        search.progress = Progress::through(documents.len());
        let Some(project) = self.project.clone() else { return };
        let in_memory =
            self.held.iter().map(|(path, held)| (path.clone(), held.document.clone())).collect();
        let annotator = self.annotator.clone();
        self.effects.push(Effect::Find {
            number,
            project,
            documents,
            annotator,
            finder,
            in_memory,
        });
    }

    /// A search in the open article goes on in the one that is opened next.
    pub(super) fn search_in_new_article(&mut self) {
        if self.search.as_ref().is_some_and(|search| !search.everywhere) {
            let caret = self.selection().range().start;
            if let Some(search) = self.search.as_mut() {
                search.origin = caret;
                search.follows = false;
            }
            self.search_anew();
        }
    }

    pub(super) fn close_search(&mut self) {
        if self.keeps_verdicts() {
            return;
        }
        self.effects.push(Effect::StopFinding);
        self.search = None;
        if self.listing == Some(Listing::Hits) {
            self.listing = None;
        }
        self.effects.push(Effect::FocusArticle);
    }

    pub(super) fn found(
        &mut self,
        number: u64,
        hits: Vec<Hit>,
        (looked_at, unread): (usize, Unread),
        finished: bool,
    ) {
        let is_awaited = |search: &mut Search| search.number == number && search.progress.running;
        let Some(mut search) = self.search.take_if(is_awaited) else { return };
        search.progress.go_on(looked_at, finished);
        search.unread += unread;
        for hit in hits {
            if self.is_listed(&search, search.hits.len(), &hit) {
                search.shown.push(search.hits.len());
            }
            let is_next = search.hits.last().is_none_or(|last| last.document != hit.document);
            search.found_in += usize::from(is_next);
            search.hits.push(hit);
        }
        if finished && let Some(place) = search.comes_back.take() {
            // Unless one has gone elsewhere meanwhile.
            search.at = search.at.or_else(|| search.first_behind(&place));
        }
        if finished && search.at.is_none() {
            search.at = self.hit_selected(&search);
        }
        let first = search.follows && search.at.is_none() && !search.hits.is_empty();
        // What was found of the start of a word is not left selected.
        let none = search.follows && finished && search.hits.is_empty();
        let origin = search.origin;
        self.search = Some(search);
        if first {
            // What is found while one types is shown and can be tagged at once.
            self.go_to_match_from(origin, Direction::On);
        }
        self.go_back_to(none.then_some(origin));
        self.find_overtaken();
    }

    /// Goes back to where one began to look, if nothing is found any more.
    fn go_back_to(&mut self, origin: Option<Offset>) {
        if let Some(origin) = origin {
            let focus = self.place().focus;
            self.go_to(Place { selection: Selection::caret(origin), focus });
        }
    }

    /// Goes to the next place where it was found, or the one before.
    pub(super) fn step_match(&mut self, direction: Direction) {
        let Some(search) = self.search.as_ref() else { return };
        let order = search.order();
        let Some(at) = search.at else {
            let range = self.selection().range();
            let from = if direction == Direction::On { range.end } else { range.start };
            self.go_to_match_from(from, direction);
            return;
        };
        let here = order.partition_point(|hit| *hit < at);
        let count = order.len().max(1);
        let next = match direction {
            Direction::On if order.get(here) != Some(&at) => here % count,
            direction => direction.round(here, count),
        };
        if let Some(next) = order.get(next).copied() {
            self.go_to_hit(next, false);
        }
    }

    /// Goes to the first hit from a place of the open article on, or back.
    fn go_to_match_from(&mut self, from: Offset, direction: Direction) {
        let open = self.reading.as_ref().map(|reading| reading.document.clone());
        let (Some(search), Some(open)) = (self.search.as_ref(), open) else { return };
        let order = search.order();
        let is_before = |at: &usize| {
            let hit = search.hits.get(*at);
            hit.is_some_and(|hit| (&hit.document, hit.span.start()) < (&open, from))
        };
        let on = order.partition_point(is_before);
        let count = order.len().max(1);
        let at = match direction {
            Direction::On => on % count,
            Direction::Back => direction.round(on, count),
        };
        if let Some(at) = order.get(at).copied() {
            self.go_to_hit(at, false);
        }
    }

    /// Selects a hit in its article, which is opened; with `open` it gets the keyboard.
    pub(super) fn go_to_hit(&mut self, at: usize, open: bool) {
        let Some(search) = self.search.as_mut() else { return };
        let Some(hit) = search.hits.get(at).cloned() else { return };
        search.at = Some(at);
        let place = Place { selection: Selection::of(hit.span.range()), focus: None };
        self.show_elsewhere(&hit.document, place, !open);
    }

    /// Marks where one is in the list, and shows it where its article is open.
    pub(super) fn walk_to_hit(&mut self, at: usize) {
        let open = self.reading.as_ref().map(|reading| reading.document.clone());
        let Some(search) = self.search.as_mut() else { return };
        let Some(hit) = search.hits.get(at) else { return };
        search.at = Some(at);
        if open.as_ref() == Some(&hit.document) {
            let span = hit.span;
            self.select(Selection::of(span.range()));
            if let Some(reading) = self.reading.as_mut() {
                reading.place.focus = None;
            }
            self.effects.push(Effect::Reveal(span.range()));
        }
    }
}
