//! What the schema's checks find while one works.

use std::sync::Arc;

use super::effect::Effect;
use super::selection::{Focus, Place, Selection};
use super::state::Session;
use crate::corpus::{AnnotationSet, Decision, Edit, Id, Version};
use crate::review::{Finding, FindingKind, Mend};
use crate::text::Direction;

impl Session {
    /// What the checks found in the set that is shown and is not meant to be so.
    pub fn problems_found(&self) -> &[Finding] {
        &self.findings
    }

    /// The finding that the keys for findings act on.
    ///
    /// It is in hand while what it is about is focused.
    pub fn finding_in_hand(&self) -> Option<&Finding> {
        let key = self.finding_in_hand.as_ref()?;
        let focused = self.focus_place().map(|focus| &focus.id);
        let about = self.findings.iter().filter(|finding| Some(&finding.annotation) == focused);
        about.into_iter().find(|finding| finding.key() == *key)
    }

    /// Has the set that is shown checked.
    pub(super) fn request_check(&mut self) {
        let number = self.next_number();
        self.check_number = number;
        self.find_unknown_names();
        self.count_reviewed();
        let unreadable = self.held().is_some_and(|held| held.unreadable.is_some());
        let own = self.reading.as_ref().is_some_and(|reading| reading.shown == self.annotator);
        // What cannot be changed need not be mended.
        let one_set = self.merged.is_none() && !(own && unreadable);
        let (Some(held), Some(set)) = (self.held(), self.shown_set().filter(|_| one_set)) else {
            self.findings.clear();
            self.finding_in_hand = None;
            self.checked_number = number;
            self.list_remarks_anew();
            return;
        };
        let (document, set) = (held.document.clone(), set.clone());
        let schema = self.schema.clone();
        self.effects.push(Effect::Check { number, document, set, schema });
    }

    pub(super) fn checked(&mut self, number: u64, findings: Vec<Finding>) {
        if number != self.check_number {
            return;
        }
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let open = |finding: Finding| finding.still_open(&document, |one| self.is_decided(one));
        self.findings = findings.into_iter().filter_map(open).collect();
        self.checked_number = number;
        // What is in hand may be about an article that is still to be opened.
        if self.finding_in_hand().is_none() && self.awaited.is_none() {
            self.finding_in_hand = None;
        }
        self.list_remarks_anew();
    }

    /// Whether what the checks find in what is shown is waited for.
    pub(super) fn is_checking(&self) -> bool {
        self.checked_number != self.check_number
    }

    /// Goes to the next finding, from the one in hand or from the caret.
    pub(super) fn step_problem(&mut self, direction: Direction) {
        if self.findings.is_empty() {
            self.say("Nothing here is other than the schema expects".to_owned());
            return;
        }
        let count = self.findings.len();
        let in_hand = self.finding_in_hand.as_ref();
        let at = in_hand.and_then(|key| self.findings.iter().position(|f| f.key() == *key));
        let caret = self.selection().head;
        let conflict = |finding: &Finding| matches!(finding.kind, FindingKind::Conflict { .. });
        let conflict = self.findings.iter().position(conflict);
        let after = self.findings.partition_point(|finding| finding.at.start < caret);
        let next = match (at, direction) {
            (Some(at), direction) => direction.round(at, count),
            // What a merge left open goes before what is only odd.
            (None, Direction::On) => conflict.unwrap_or(after % count),
            (None, Direction::Back) => direction.round(after, count),
        };
        let Some(finding) = self.findings.get(next).cloned() else { return };
        self.take_finding(&finding);
    }

    /// Takes a finding in hand: focuses what it is about and says what it is.
    pub(super) fn take_finding(&mut self, finding: &Finding) {
        self.focus(finding.annotation.clone());
        self.finding_in_hand = Some(finding.key());
        self.effects.push(Effect::Reveal(finding.at.clone()));
        self.say(finding.words());
        self.list_follows(finding);
    }

    /// Mends the finding in hand, or one about what is focused. What is not before
    /// one's eyes is gone to first, and mended by the next press.
    pub(super) fn mend(&mut self, way: usize) {
        let mendable = |finding: &Finding| finding.mends.get(way).is_some();
        let Some(finding) = self.finding_before_eyes(mendable) else {
            match self.finding_before_eyes(|_| true) {
                Some(other) => self.warn(format!("{}: there is no such mend", other.words())),
                None => self.step_problem(Direction::On),
            }
            return;
        };
        self.take_finding(&finding);
        let Some(mend) = finding.mends.get(way).cloned() else { return };
        if mend == Mend::SeeOccurrences {
            self.tag_everywhere();
            return;
        }
        let (Some(set), Some(text)) = (self.shown_set().cloned(), self.text()) else { return };
        let Some(annotation) = set.annotation(&finding.annotation) else { return };
        let edits = mend.edits(&set, &text, annotation, self.new_id());
        if edits.is_empty() {
            self.warn("That cannot be mended so any more".to_owned());
            return;
        }
        let name = match &mend {
            Mend::Link { relation, quote, .. } => {
                format!("link {} “{quote}”", self.relation_title(relation))
            }
            Mend::SetValue { attribute, value, .. } => {
                format!("set {attribute} of {} to {value}", annotation.label)
            }
            Mend::Trim => format!("trim {}", annotation.label),
            Mend::SnapToWords => format!("extend {} to whole words", annotation.label),
            Mend::RemoveRelation(_) => format!("remove link of {}", annotation.label),
            Mend::TakeOther(id) => format!("take the other side's {}", other_label(&set, id)),
            Mend::KeepBoth(_) => format!("keep both versions of {}", annotation.label),
            Mend::SeeOccurrences => return,
        };
        let place = self.place();
        let after = Place {
            selection: Selection::caret(place.selection.head),
            focus: Some(Focus { id: annotation.id.clone(), fragment: 0 }),
        };
        self.change(name, edits, after);
        self.finding_in_hand = None;
    }

    /// The finding in hand, or else the first that fits about what is focused.
    fn finding_before_eyes(&self, fits: impl Fn(&Finding) -> bool) -> Option<Finding> {
        let focused = self.focused().map(|focused| &focused.id);
        let about = self.findings.iter().filter(|f| Some(&f.annotation) == focused);
        let in_hand = self.finding_in_hand().filter(|finding| fits(finding));
        in_hand.or_else(|| about.into_iter().find(|finding| fits(finding))).cloned()
    }

    /// Remembers that the finding in hand is meant to be so, and goes on to the
    /// next. What is not before one's eyes is gone to first.
    pub(super) fn intend(&mut self) {
        let Some(finding) = self.finding_before_eyes(|_| true) else {
            self.step_problem(Direction::On);
            return;
        };
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let at = self.findings.iter().position(|other| other.key() == finding.key());
        if let FindingKind::Conflict { id, .. } = &finding.kind {
            // What is here stays; there is nothing left to decide.
            let place = self.place();
            let edits = vec![Edit::RemoveConflict(id.clone())];
            self.change("keep this side's version".to_owned(), edits, place);
            self.finding_in_hand = None;
            return;
        }
        let next = at.and_then(|at| self.findings.get(at + 1)).cloned();
        let decision = Decision::Meant { document, finding: finding.key() };
        let name = format!("keep as meant: {}", finding.words());
        let deed = super::attempt::Deed::Decide(None, decision, true);
        let place = self.place();
        self.carry_out(name, vec![deed], place);
        if let Some(next) = next {
            let notice = self.notice.take();
            self.take_finding(&next);
            self.notice = notice;
        }
    }
}

/// The label that the other side of a merge has; what it is where that removed it.
fn other_label(set: &AnnotationSet, id: &Id) -> Arc<str> {
    match set.conflict(id).and_then(|conflict| conflict.other.as_ref()) {
        Some(Version::Annotation(annotation)) => annotation.label.clone(),
        Some(Version::Relation(relation)) => relation.label.clone(),
        None => "version, which is nothing".into(),
    }
}
