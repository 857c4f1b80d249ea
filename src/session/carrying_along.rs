//! Decisions that go along when what they are about is called otherwise, says something in other
//! words, or was brought to another text.

use std::borrow::Borrow;

use super::attempt::Deed;
use super::carrying::{Afterwards, Carried};
use super::state::Session;
use crate::corpus::{Annotator, Decision, Decisions, DocumentPath};
use crate::review::MovedAnnotations;

impl Session {
    /// What puts other decisions into the place of everyone's: `anew` says of which, and what each
    /// is from then on.
    pub(super) fn deciding_anew(
        &self,
        anew: impl Fn(&Decisions) -> Vec<(Decision, Decision)>,
    ) -> Vec<Deed> {
        let all = self.all_decisions().map(|(by, decisions)| (by, &**decisions));
        self.deciding_these_anew(all, anew)
    }

    /// The same of those about a document, about which they are still from then on.
    pub(super) fn deciding_anew_about(
        &self,
        document: &DocumentPath,
        anew: impl Fn(&Decisions) -> Vec<(Decision, Decision)>,
    ) -> Vec<Deed> {
        let all = self.all_decisions().map(|(by, decisions)| (by, decisions.about(document)));
        self.deciding_these_anew(all, anew)
    }

    fn deciding_these_anew<'a>(
        &self,
        decisions: impl Iterator<Item = (&'a Annotator, impl Borrow<Decisions>)>,
        anew: impl Fn(&Decisions) -> Vec<(Decision, Decision)>,
    ) -> Vec<Deed> {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (by, decisions) in decisions {
            let by = Some(by).filter(|by| **by != self.annotator).cloned();
            for (was, now) in anew(decisions.borrow()) {
                gone.push(Deed::Decide(by.clone(), was, false));
                come.push(Deed::Decide(by.clone(), now, true));
            }
        }
        // What one becomes may be what another one was: first all go, then all come.
        gone.into_iter().chain(come).collect()
    }

    /// What was reviewed and settled of annotations stays so where the same words are elsewhere
    /// now. Undo does not take that back, as it does not take back where they are. Returns what
    /// could not be taken along, in words.
    pub(super) fn carry_decisions_along(&mut self, moved: &MovedAnnotations) -> Option<String> {
        let deeds = self.deciding_anew(|decisions| moved.decided(decisions));
        let name = "take what was decided along".to_owned();
        if !deeds.is_empty()
            && self.carry_out_then(name, vec![deeds], None, Afterwards::NoStep) == Carried::Refused
        {
            return Some("What was decided about them was not taken along".to_owned());
        }
        let unread: Vec<&str> = self.whose_decisions_are_unread().map(Annotator::as_str).collect();
        (!unread.is_empty()).then(|| {
            format!("What {} decided cannot be read and was not taken along", unread.join(", "))
        })
    }
}
