//! Decisions that go along with annotations which were brought to another text.

use std::collections::BTreeMap;

use super::attempt::Deed;
use super::state::Session;
use crate::corpus::{Annotation, Annotator, Decision, DocumentPath, Fragments, Id, Review};
use crate::review::Moves;

/// An annotator's annotations about a document whose words stand elsewhere now.
pub(super) struct MovedAnnotations {
    document: DocumentPath,
    whose: Annotator,
    all: Moves,
    by_id: BTreeMap<Id, Moves>,
}

impl MovedAnnotations {
    /// Each with its place now.
    pub(super) fn of<'a>(
        document: &DocumentPath,
        whose: &Annotator,
        moved: impl Iterator<Item = (&'a Annotation, &'a Fragments)>,
    ) -> Self {
        let moved: Vec<_> = moved.collect();
        let all = Moves::of(moved.iter().map(|(one, place)| (&one.fragments, *place)));
        let by_id = moved
            .into_iter()
            .map(|(one, place)| (one.id.clone(), Moves::of([(&one.fragments, place)])));
        let by_id = by_id.collect();
        Self { document: document.clone(), whose: whose.clone(), all, by_id }
    }

    /// What a decision is now; `None` where it is not about them.
    fn decided(&self, decision: &Decision) -> Option<Decision> {
        let moved = match decision {
            Decision::Reviewed(review)
                if review.document == self.document && review.annotator == self.whose =>
            {
                let content = self.by_id.get(&review.annotation)?.content(&review.content);
                Decision::Reviewed(Review { content, ..review.clone() })
            }
            Decision::Settled { document, case, by } if *document == self.document => {
                let case = self.all.key(case, &self.whose);
                Decision::Settled { document: document.clone(), case, by: by.clone() }
            }
            Decision::Reviewed(_)
            | Decision::Settled { .. }
            | Decision::NotTagged { .. }
            | Decision::Meant { .. } => return None,
        };
        (moved != *decision).then_some(moved)
    }
}

impl Session {
    /// What was reviewed and settled of annotations stays so where the same words are elsewhere
    /// now: as one step of its own. Returns what could not be taken along, in words.
    pub(super) fn carry_decisions_along(&mut self, moved: &MovedAnnotations) -> Option<String> {
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for (by, decisions) in self.all_decisions() {
            let by = Some(by).filter(|by| **by != self.annotator).cloned();
            for decision in decisions.iter() {
                let Some(now) = moved.decided(decision) else { continue };
                gone.push(Deed::Decide(by.clone(), decision.clone(), false));
                come.push(Deed::Decide(by.clone(), now, true));
            }
        }
        let place = self.place();
        // What one becomes may be what another one was: first all go, then all come.
        let deeds: Vec<Deed> = gone.into_iter().chain(come).collect();
        let name = "take what was decided along".to_owned();
        if !deeds.is_empty() && !self.carry_out(name, deeds, place) {
            return Some("What was decided about them was not taken along".to_owned());
        }
        let unread: Vec<&str> = self.unread_decisions.iter().map(Annotator::as_str).collect();
        let own = self.decisions_problem.as_ref().map(|_| self.annotator.as_str());
        let unread: Vec<&str> = unread.into_iter().chain(own).collect();
        (!unread.is_empty()).then(|| {
            format!("What {} decided cannot be read and was not taken along", unread.join(", "))
        })
    }
}
