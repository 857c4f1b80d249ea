//! Going over annotations one after the other: accepting them, or putting them in question.

use std::collections::HashSet;

use crate::corpus::{Annotation, Annotator, Decision, DocumentPath, Id, Review};
use crate::review::{ReviewStanding, RowKey, content};
use crate::session::attempt::Deed;
use crate::session::dialog::Dialog;
use crate::session::effect::Effect;
use crate::session::state::Session;
use crate::text::{Direction, Offset};

impl Session {
    /// Goes to the next annotation of the set that is shown which the person has not
    /// reviewed as it is now: in this article, then in the next one that has any.
    pub(super) fn next_to_review(&mut self, direction: Direction) {
        let Some((whose, document)) = self.reviewed_set() else { return };
        let Some(set) = self.shown_set().cloned() else { return };
        let at = self.focused().and_then(|focused| set.position(&focused.id));
        let count = set.annotations().len();
        let caret = self.selection().head;
        let next = match (at, direction) {
            (Some(at), _) => at + 1,
            (None, _) => set.annotations().partition_point(|a| a.fragments.extent().start < caret),
        };
        let open = |at: &usize| {
            let annotation = set.annotations().get(*at);
            annotation.is_some_and(|annotation| !self.is_reviewed_here(annotation))
        };
        let found = match direction {
            Direction::On => (next..count).find(open),
            Direction::Back => (0..at.unwrap_or(next).min(count)).rev().find(open),
        };
        match found.and_then(|at| set.annotations().get(at)) {
            Some(annotation) => self.focus(annotation.id.clone()),
            None => self.look_for_unreviewed(whose, &document, direction),
        }
    }

    /// Looks for what is to be reviewed in the other articles, from the one behind this on
    /// and round to this one.
    fn look_for_unreviewed(
        &mut self,
        whose: Annotator,
        document: &DocumentPath,
        direction: Direction,
    ) {
        let (Some(project), Some(reviewed)) = (self.project.clone(), self.decisions.clone()) else {
            return;
        };
        let mut documents = self.documents.paths();
        if let Some(at) = documents.iter().position(|path| path == document) {
            documents.rotate_left(at + 1);
        }
        if direction == Direction::Back {
            // This one is the last either way.
            if let Some(last) = documents.pop() {
                documents.reverse();
                documents.push(last);
            }
        }
        let number = self.next_number();
        self.going_over = Some((number, self.place()));
        let in_memory = self.sets_in_memory();
        self.effects.push(Effect::FindUnreviewed {
            number,
            project,
            documents,
            whose,
            reviewed,
            last_first: direction == Direction::Back,
            in_memory,
        });
        self.say("Looking for what is still to be reviewed…".to_owned());
    }

    pub(super) fn unreviewed_found(&mut self, number: u64, found: Option<(RowKey, Offset)>) {
        let asked = self.going_over.take_if(|(asked, _)| *asked == number);
        let Some((_, place)) = asked else { return };
        // Who has gone elsewhere, or is being asked something, is left there.
        if place != self.place() || self.dialog.is_some() || self.awaited.is_some() {
            return;
        }
        if let Some((key, at)) = found {
            self.notice = None;
            self.show_annotation(&key, at, true);
        } else if let Some((whose, _)) = self.reviewed_set() {
            self.say(format!("Nothing that {whose} marked is left to be reviewed"));
        }
    }

    /// Marks the focused annotation accepted by the person, and goes on to the next.
    pub(super) fn accept_review(&mut self) {
        let Some((key, content)) = self.reviewed_annotation() else { return };
        let name = format!("mark {} reviewed", self.label_in_hand());
        if self.review_as(key, content, (true, String::new()), name) {
            self.go_on_reviewing();
        }
    }

    /// Goes to the next that is to be reviewed, and leaves standing what was just said.
    fn go_on_reviewing(&mut self) {
        let notice = self.notice.take();
        self.next_to_review(Direction::On);
        if self.notice.is_none() {
            self.notice = notice;
        }
    }

    /// Asks what is in question about the focused annotation.
    pub(super) fn open_question(&mut self) {
        let focused = self.reviewed_annotation().map(|(key, _)| key);
        let note = focused.map(|key| self.own_note_on(&key)).unwrap_or_default();
        self.questioned = None;
        self.dialog = Some(Dialog::Question { note });
    }

    /// What the person has said as a reviewer of an annotation.
    pub(super) fn own_note_on(&self, key: &RowKey) -> String {
        self.own_review(key).map(|review| review.note.clone()).unwrap_or_default()
    }

    /// The person's own review of an annotation.
    fn own_review(&self, key: &RowKey) -> Option<&Review> {
        self.decisions.as_ref()?.review(&key.document, &key.annotator, &key.annotation)
    }

    /// Puts the focused annotation in question, or the row that it was asked of, with a note.
    pub(super) fn question(&mut self, note: &str) {
        self.dialog = None;
        self.effects.push(Effect::ReturnFocus);
        if let Err(reason) = self.is_not_opening() {
            self.warn(reason);
            return;
        }
        if let Some(row) = self.questioned.take() {
            self.review_row_as(&row, (false, note.trim().to_owned()));
            return;
        }
        let Some((key, content)) = self.reviewed_annotation() else { return };
        let name = format!("mark {} in question", self.label_in_hand());
        if self.review_as(key, content, (false, note.trim().to_owned()), name) {
            self.go_on_reviewing();
        }
    }

    /// Remembers a review in the place of an earlier one. Returns whether it was done.
    pub(super) fn review_as(
        &mut self,
        key: RowKey,
        content: String,
        (accepted, note): (bool, String),
        name: String,
    ) -> bool {
        let before = self.own_review(&key).cloned();
        let RowKey { document, annotator, annotation } = key;
        let review = Review { document, annotator, annotation, content, accepted, note };
        if before.as_ref() == Some(&review) {
            return true;
        }
        let gone = before.map(|before| Deed::Decide(None, Decision::Reviewed(before), false));
        let made = Deed::Decide(None, Decision::Reviewed(review), true);
        let place = self.place();
        self.carry_out(name, gone.into_iter().chain([made]).collect(), place)
    }

    fn label_in_hand(&self) -> String {
        self.focused().map(|focused| focused.label.to_string()).unwrap_or_default()
    }

    /// Whether the person has reviewed an annotation as it is now.
    pub(super) fn is_reviewed(&self, key: &RowKey, content: &str) -> bool {
        self.own_review(key).is_some_and(|review| review.content == content)
    }

    /// Whether the person has reviewed an annotation of the set that is shown as it is now.
    fn is_reviewed_here(&self, annotation: &Annotation) -> bool {
        self.key_here(annotation).is_some_and(|key| self.is_reviewed(&key, &content(annotation)))
    }

    /// Which annotation of the project one of the set that is shown is.
    fn key_here(&self, annotation: &Annotation) -> Option<RowKey> {
        let (annotator, document) = self.reviewed_set()?;
        Some(RowKey { document, annotator, annotation: annotation.id.clone() })
    }

    /// Whose set is shown of which article, while it is one person's.
    fn reviewed_set(&self) -> Option<(Annotator, DocumentPath)> {
        let reading = self.reading.as_ref().filter(|_| self.merged.is_none())?;
        Some((reading.shown.clone(), reading.document.clone()))
    }

    /// How many annotations of the set that is shown the person has reviewed as they are
    /// now.
    pub fn reviewed_here(&self) -> usize {
        self.reviewed_here
    }

    /// Counts anew what is reviewed, after the set or the decisions have changed.
    pub(in crate::session) fn count_reviewed(&mut self) {
        self.reviewed_here = self.reviewed_now();
    }

    fn reviewed_now(&self) -> usize {
        let (Some((whose, document)), Some(set)) = (self.reviewed_set(), self.shown_set()) else {
            return 0;
        };
        let Some(decisions) = &self.decisions else { return 0 };
        // Mostly nothing is, and then nothing need be compared.
        let known: HashSet<&Id> =
            decisions.reviews_of(&document, &whose).map(|r| &r.annotation).collect();
        let reviewed = set.annotations().iter().filter(|annotation| {
            known.contains(&annotation.id) && self.is_reviewed_here(annotation)
        });
        reviewed.count()
    }

    /// What reviewers said of the focused annotation: who, what, and whether it still is
    /// what they saw.
    pub fn reviews_of_focused(&self) -> Vec<(Annotator, Review, bool)> {
        let Some((key, content)) = self.reviewed_annotation() else { return Vec::new() };
        let all = self.reviews();
        let said = all.of(&key, &content);
        said.map(|(reviewer, review, current)| (reviewer.clone(), review.clone(), current))
            .collect()
    }

    /// How an annotation of the set that is shown stands with its reviewers.
    pub fn standing_here(&self, annotation: &Annotation) -> ReviewStanding {
        let Some(key) = self.key_here(annotation) else { return ReviewStanding::Open };
        self.reviews().standing_of(&key, &content(annotation))
    }
}
