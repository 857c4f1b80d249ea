//! What annotators decided: one's own, and what others did.

use std::sync::Arc;

use super::kept::Kept;
use super::message::Resumed;
use super::state::Session;
use crate::corpus::{Annotator, Decisions};
use crate::storage::{ChangedDecisions, Problem, Project};

impl Session {
    /// What an annotator decided; `None` until it is read.
    pub(super) fn decisions_of(&self, whose: &Annotator) -> Option<&Arc<Decisions>> {
        if *whose == self.annotator {
            self.decisions.as_ref()
        } else {
            self.others_decisions.get(whose)
        }
    }

    /// What all annotators decided, as far as it is read.
    pub(super) fn all_decisions(&self) -> impl Iterator<Item = (&Annotator, &Arc<Decisions>)> {
        let own = self.decisions.as_ref().map(|decisions| (&self.annotator, decisions));
        self.others_decisions.iter().chain(own)
    }

    /// Those whose decisions cannot be read.
    pub(super) fn whose_decisions_are_unread(&self) -> impl Iterator<Item = &Annotator> {
        let own = self.decisions_problem.as_ref().map(|_| &self.annotator);
        self.unread_decisions.iter().chain(own)
    }

    /// What an annotator decided is this from now on.
    pub(super) fn set_decisions(&mut self, whose: &Annotator, decisions: Decisions) {
        let decisions = Arc::new(decisions);
        if *whose == self.annotator {
            self.decisions = Some(decisions);
        } else {
            self.others_decisions.insert(whose.clone(), decisions);
        }
    }

    pub(super) fn decisions_loaded(
        &mut self,
        (project, annotator, resumed): (Arc<Project>, Annotator, Resumed),
        (decisions, others): (Decisions, Vec<(Annotator, Option<Decisions>)>),
        annotators: Vec<Annotator>,
        problem: Option<Problem>,
    ) {
        if !self.is_open(&project) || annotator != self.annotator {
            return;
        }
        self.resume(resumed);
        self.decisions_problem = problem;
        self.decisions = Some(Arc::new(decisions));
        self.annotators = annotators;
        self.came_in += 1;
        for (who, decided) in others {
            match decided {
                Some(decided) => drop(self.others_decisions.insert(who, Arc::new(decided))),
                None => drop(self.unread_decisions.insert(who)),
            }
        }
        self.request_check();
        self.list_cases_anew();
        self.arrange_table();
        self.go_on_with_takeover();
    }

    pub(super) fn decisions_changed_outside(
        &mut self,
        whose: Annotator,
        ChangedDecisions { before, now }: ChangedDecisions,
    ) {
        // All are read anew when one's own are: what is known until then is of something else.
        if self.decisions.is_none() {
            return;
        }
        self.came_in += 1;
        let is_own = whose == self.annotator;
        // Of whom nothing is known nothing was changed here.
        let ours = self.decisions_of(&whose).cloned();
        let ours = ours.unwrap_or_else(|| Arc::new(before.clone()));
        match now {
            Ok(theirs) => {
                self.unread_decisions.remove(&whose);
                let merged = Decisions::merged(&before, &ours, &theirs);
                let to_write = merged != theirs;
                self.set_decisions(&whose, merged);
                if is_own {
                    self.decisions_problem = None;
                }
                let kept = Kept::Decisions(whose);
                self.have_taken_in(&kept);
                if to_write {
                    self.keep(&kept);
                } else {
                    self.refresh_after(&kept);
                }
                self.list_cases_anew();
                self.arrange_table();
            }
            Err(problem) if is_own => self.decisions_problem = Some(problem),
            // What cannot be read is not written over.
            Err(_) => {
                self.others_decisions.remove(&whose);
                self.unread_decisions.insert(whose);
            }
        }
    }
}
