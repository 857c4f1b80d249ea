//! Walking the list of cases.

use crate::corpus::{Annotator, Decision, Id};
use crate::review::CaseRow;
use crate::session::attempt::Way;
use crate::session::effect::Effect;
use crate::session::history::{Change, Step};
use crate::session::selection::{Focus, Place, Selection};
use crate::session::state::Session;
use crate::text::Direction;

impl Session {
    /// The number of cases that are listed, and the row that the person is at.
    pub(in crate::session) fn case_place(&self) -> (usize, Option<usize>) {
        let Some(comparing) = &self.comparing else { return (0, None) };
        (comparing.listed.len(), comparing.row)
    }

    /// Goes to a row of the list: its article is shown, and with `open` gets the keyboard.
    pub(in crate::session) fn go_to_case(&mut self, row: usize, open: bool) {
        let Some(comparing) = self.comparing.as_mut() else { return };
        let Some(at) = comparing.listed.get(row).copied() else { return };
        comparing.at = Some(at);
        comparing.row = Some(row);
        let Some(case) = comparing.rows.get(at).cloned() else { return };
        if self.reading.as_ref().is_some_and(|reading| reading.document == case.document) {
            self.show_case(&case);
            self.effects.push(Effect::Reveal(case.at.clone()));
            if open {
                self.effects.push(Effect::FocusArticle);
            }
        } else {
            let place = Place { selection: Selection::caret(case.at.start), focus: None };
            self.show_elsewhere(&case.document, place, !open);
        }
    }

    /// Goes to the case that a step had settled, where that is listed again; where it was settled
    /// again, to the next one that is open.
    pub(in crate::session) fn return_to_case(&mut self, step: &Step, way: Way) {
        let settled = step.changes.iter().find_map(|change| match change {
            Change::Decided { decision: Decision::Settled { document, case, .. }, .. } => {
                Some((document, case))
            }
            _ => None,
        });
        let (Some((document, key)), Some(comparing)) = (settled, &self.comparing) else { return };
        let is_it = |row: &CaseRow| row.document == *document && row.key == *key;
        let Some(case) = comparing.rows.iter().position(is_it) else { return };
        let notice = self.notice.take();
        match comparing.listed.iter().position(|at| *at == case) {
            Some(row) => self.go_to_case(row, false),
            None if way == Way::Forward => {
                self.next_open_case(comparing.row_behind(case), Direction::On);
            }
            None => {}
        }
        self.notice = notice;
    }

    /// Goes to the next case that is not settled, or the one before, in the order of the
    /// list; stays where there is none.
    pub(super) fn next_open_case(&mut self, from: usize, direction: Direction) {
        let Some(comparing) = self.comparing.as_ref() else { return };
        let count = comparing.listed.len();
        let open =
            |row: &usize| comparing.listed.get(*row).is_some_and(|at| !comparing.is_settled(*at));
        let found = match direction {
            Direction::On => (from..count).find(open).or_else(|| (0..from.min(count)).find(open)),
            Direction::Back => (0..from.min(count)).rev().find(open),
        };
        if let Some(row) = found {
            self.go_to_case(row, false);
        }
    }

    /// Shows a case of the open article: in gold where that is worked on, or else in the
    /// set of somebody who says something about it.
    pub(super) fn show_case(&mut self, case: &CaseRow) {
        let Some(comparing) = self.comparing.as_ref() else { return };
        let (annotators, own) = (comparing.annotators.clone(), self.annotator.clone());
        let voices: Vec<(Annotator, Id)> = annotators
            .into_iter()
            .zip(&case.said)
            .filter_map(|(annotator, voice)| Some((annotator, voice.saying()?.id.clone())))
            .collect();
        let whole = Selection::of(case.at.clone());
        let place = if let Some(merged) = &self.merged {
            let names = self.comparison.iter().flat_map(|one| one.annotators.iter());
            let first = voices.iter().find_map(|(annotator, id)| {
                let at = names.clone().position(|name| name == annotator)?;
                merged.id_of(at, id).cloned()
            });
            first.map(|id| (None, id))
        } else if own.is_gold() {
            case.gold.first().map(|saying| (Some(own.clone()), saying.id.clone()))
        } else {
            let shown = self.reading.as_ref().map(|reading| reading.shown.clone());
            let here = voices.iter().find(|(annotator, _)| Some(annotator) == shown.as_ref());
            let voice = here.or(voices.first()).cloned();
            voice.map(|(annotator, id)| (Some(annotator), id))
        };
        let gold = own.is_gold() && self.merged.is_none();
        let (turned_to, place) = match place {
            Some((annotator, id)) => {
                let focus = Some(Focus { id, fragment: 0 });
                (annotator, Place { selection: Selection::caret(case.at.start), focus })
            }
            // What gold lacks is selected, so that a label's key makes it.
            None => (gold.then_some(own), Place { selection: whole, focus: None }),
        };
        if let Some(annotator) = turned_to {
            self.turn_to_set(annotator);
        }
        if let Some(reading) = self.reading.as_mut() {
            reading.place = place;
        }
        self.link_in_hand = None;
        self.let_missing_focus_go();
    }
}
