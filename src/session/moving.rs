//! Caret, selection and focus.

use std::ops::Range;

use super::command::{Command, Motion};
use super::effect::Effect;
use super::selection::{Focus, Selection};
use super::state::{Reading, Session};
use crate::corpus::Id;
use crate::text::{
    self, Direction, Offset, Span, Stop, Text, Unit, segment_at, sentence_at, snap_to_words, step,
    word_at,
};

impl Session {
    pub(super) fn move_caret(&mut self, motion: Motion, extend: bool) {
        let Motion::Text(unit, direction) = motion else {
            if let Motion::Layout(motion) = motion {
                self.effects.push(Effect::MoveByLayout { motion, extend });
            }
            return;
        };
        let Some(text) = self.text() else { return };
        let selection = self.selection();
        let collapses = !extend && unit == Unit::Character && selection.span().is_some();
        let range = selection.range();
        let to = match direction {
            Direction::Back if collapses => range.start,
            Direction::On if collapses => range.end,
            Direction::On if extend => step(&text, selection.head, unit, direction, Stop::End),
            _ => step(&text, selection.head, unit, direction, Stop::Start),
        };
        self.place_caret(to, extend);
    }

    /// Puts the caret somewhere. Without `extend` the focused annotation is let
    /// go, so that a key for a label means the word there and not the annotation.
    pub(super) fn place_caret(&mut self, at: Offset, extend: bool) {
        let Some(end) = self.text().map(|text| text.end()) else { return };
        let at = at.min(end);
        let Some(reading) = self.reading.as_mut() else { return };
        if extend {
            reading.place.selection.head = at;
        } else {
            reading.place.selection = Selection::caret(at);
            reading.release_focus();
        }
        reading.origin = None;
        self.effects.push(Effect::Reveal(at..at));
    }

    pub(super) fn click(&mut self, at: Offset, over: Option<Offset>) {
        // A click may have been meant for the article that was here before.
        let Some(end) = self.text().map(|text| text.end()) else { return };
        let at = at.min(end);
        let under = over.map(|over| self.annotations_at(over)).unwrap_or_default();
        let Some(reading) = self.reading.as_mut() else { return };
        let again = reading.clicked == under;
        let next = reading.next_of(&under, again);
        reading.place.selection = Selection::caret(at);
        reading.release_focus();
        reading.origin = None;
        reading.clicked = under;
        if let Some(id) = next {
            reading.place.focus = Some(Focus { id, fragment: 0 });
            self.hold_fragment_at(over.unwrap_or(at));
        }
    }

    pub(super) fn drag(&mut self, anchor: Offset, head: Offset, snap: bool) {
        let Some(text) = self.text() else { return };
        let (anchor, head) = (anchor.min(text.end()), head.min(text.end()));
        let raw = Selection { anchor, head };
        let range = if snap { snap_to_words(&text, raw.range()) } else { raw.range() };
        let Some(reading) = self.reading.as_mut() else { return };
        reading.origin = None;
        reading.place.selection = if range.is_empty() {
            Selection::caret(head)
        } else if anchor <= head {
            Selection { anchor: range.start, head: range.end }
        } else {
            Selection { anchor: range.end, head: range.start }
        };
    }

    pub(super) fn select_word(&mut self, at: Offset) {
        let Some(text) = self.text() else { return };
        let word = word_at(&text, at).map(Span::range).filter(|word| word.contains(&at));
        self.select(Selection::of(word.unwrap_or_else(|| segment_at(&text, at))));
    }

    pub(super) fn select_sentence(&mut self, at: Offset) {
        let Some(text) = self.text() else { return };
        self.select(Selection::of(sentence_at(&text, at)));
    }

    pub(super) fn select_all(&mut self) {
        let Some(text) = self.text() else { return };
        self.select(Selection::of(Offset::ZERO..text.end()));
    }

    pub(super) fn expand(&mut self) {
        self.resize_around_origin(|text, range, _| text::expand(text, range));
    }

    pub(super) fn shrink(&mut self) {
        self.resize_around_origin(text::shrink);
    }

    /// Grows or shrinks the selection, and remembers and shows where the caret
    /// was when that began.
    fn resize_around_origin(
        &mut self,
        resize: impl FnOnce(&Text, &Range<Offset>, Offset) -> Range<Offset>,
    ) {
        let Some(text) = self.text() else { return };
        let range = self.selection().range();
        let origin = self.reading.as_ref().and_then(|r| r.origin).unwrap_or(range.start);
        self.select(Selection::of(resize(&text, &range, origin)));
        if let Some(reading) = self.reading.as_mut() {
            reading.origin = Some(origin);
        }
        self.effects.push(Effect::Reveal(origin..origin));
    }

    pub(super) fn select(&mut self, selection: Selection) {
        let Some(reading) = self.reading.as_mut() else { return };
        reading.place.selection = selection;
        reading.origin = None;
    }

    pub(super) fn copy(&mut self) {
        let Some(text) = self.text() else { return };
        let selected = self.selection().span().map(|span| text.slice(span.range()).to_owned());
        let focused = || self.focused().map(|annotation| annotation.quote(&text));
        if let Some(copied) = selected.or_else(focused) {
            self.effects.push(Effect::Copy(copied));
            self.say("Copied".to_owned());
        }
    }

    /// Focuses the next annotation in reading order; from the caret when none is focused.
    pub(super) fn walk(&mut self, direction: Direction) {
        let Some(set) = self.shown_set() else { return };
        let annotations = set.annotations();
        let caret = self.selection().head;
        let at = match (self.focus_place().and_then(|f| set.position(&f.id)), direction) {
            (Some(at), Direction::On) => (at + 1) % annotations.len().max(1),
            (Some(0), Direction::Back) => annotations.len().saturating_sub(1),
            (Some(at), Direction::Back) => at - 1,
            (None, Direction::On) => {
                let at = annotations.partition_point(|a| a.fragments.extent().start < caret);
                if at == annotations.len() { 0 } else { at }
            }
            (None, Direction::Back) => annotations
                .partition_point(|a| a.fragments.extent().start < caret)
                .checked_sub(1)
                .unwrap_or(annotations.len().saturating_sub(1)),
        };
        if let Some(id) = annotations.get(at).map(|annotation| annotation.id.clone()) {
            self.focus(id);
        }
    }

    pub(super) fn focus_under_caret(&mut self) {
        let under = self.under_caret();
        let Some(reading) = self.reading.as_mut() else { return };
        if let Some(id) = reading.next_of(&under, true) {
            let caret = reading.place.selection.head;
            reading.place.selection = Selection::caret(caret);
            reading.place.focus = Some(Focus { id, fragment: 0 });
            self.hold_fragment_at(caret);
        }
    }

    /// The annotations on the character after or, failing that, before the caret.
    pub(super) fn under_caret(&self) -> Vec<Id> {
        let caret = self.selection().head;
        let after = self.annotations_at(caret);
        if after.is_empty() && caret > Offset::ZERO {
            self.annotations_at(caret - 1)
        } else {
            after
        }
    }

    /// Focuses an annotation and brings the caret to its start.
    pub(super) fn focus(&mut self, id: Id) {
        let Some(annotation) = self.shown_set().and_then(|set| set.annotation(&id)) else { return };
        let extent = annotation.fragments.extent();
        let Some(reading) = self.reading.as_mut() else { return };
        reading.place.selection = Selection::caret(extent.start);
        reading.place.focus = Some(Focus { id, fragment: 0 });
        reading.origin = None;
        self.link_in_hand = None;
        self.history.end_typing();
        self.effects.push(Effect::Reveal(extent));
    }

    pub(super) fn step_fragment(&mut self, direction: Direction) {
        let Some(focused) = self.focused().cloned() else { return };
        let count = focused.fragments.count();
        let Some(reading) = self.reading.as_mut() else { return };
        let Some(focus) = reading.place.focus.as_mut() else { return };
        let steps = if direction == Direction::On { 1 } else { count - 1 };
        focus.fragment = (focus.fragment + steps) % count;
        if let Some(span) = focused.fragments.get(focus.fragment) {
            reading.place.selection = Selection::caret(span.start());
            self.effects.push(Effect::Reveal(span.range()));
        }
    }

    pub(super) fn let_go(&mut self) {
        let Some(reading) = self.reading.as_mut() else { return };
        reading.origin = None;
        if reading.place.selection.span().is_some() {
            reading.place.selection = Selection::caret(reading.place.selection.head);
        } else if reading.place.focus.is_some() || reading.recent.is_some() {
            reading.place.focus = None;
            reading.recent = None;
        } else if self.listing.take().is_some() {
            // That was all: what is listed is still there.
        } else if self.search.is_some() {
            self.close_search();
        } else if self.comparison.is_some() {
            self.close_comparison();
            let key = self.keymap.key(Command::Compare).map(|key| key.to_string());
            let again = key.map(|key| format!("; {key} compares again")).unwrap_or_default();
            self.say(format!("The comparison is closed{again}"));
        }
    }

    fn hold_fragment_at(&mut self, offset: Offset) {
        let Some(focused) = self.focused() else { return };
        let fragment = focused.fragments.iter().position(|span| span.contains(offset));
        let focus = self.reading.as_mut().and_then(|reading| reading.place.focus.as_mut());
        if let (Some(focus), Some(fragment)) = (focus, fragment) {
            focus.fragment = fragment;
        }
    }

    fn annotations_at(&self, offset: Offset) -> Vec<Id> {
        let Some(set) = self.shown_set() else { return Vec::new() };
        set.annotations_at(offset).into_iter().map(|annotation| annotation.id.clone()).collect()
    }

    pub(super) fn text(&self) -> Option<Text> {
        self.document().map(|document| document.text.clone())
    }
}

impl Reading {
    /// Lets the focused annotation go, remembering it for a further fragment.
    fn release_focus(&mut self) {
        if let Some(focus) = self.place.focus.take() {
            self.recent = Some(focus.id);
        }
    }

    /// The first of `under`, or the one after the focused one where the same
    /// place is asked for again.
    fn next_of(&self, under: &[Id], again: bool) -> Option<Id> {
        let focused = self.place.focus.as_ref().filter(|_| again);
        let at = focused.and_then(|focus| under.iter().position(|id| *id == focus.id));
        let next = at.map_or(0, |at| (at + 1) % under.len());
        under.get(next).cloned()
    }
}
