//! Decisions that go along with annotations which were brought to another text.

use super::attempt::Deed;
use super::state::Session;
use crate::corpus::{Annotator, Decision, DocumentPath, Review};
use crate::review::Moves;

impl Session {
    /// What was reviewed and settled of an annotator's annotations about a document stays so where
    /// the same words are elsewhere now: as one step of its own.
    pub(super) fn carry_decisions_along(
        &mut self,
        document: &DocumentPath,
        whose: &Annotator,
        moves: &Moves,
    ) {
        let mut deeds = Vec::new();
        for (by, decisions) in self.all_decisions() {
            let by = Some(by).filter(|by| **by != self.annotator).cloned();
            for decision in decisions.iter() {
                let Some(moved) = moved(decision, document, whose, moves) else { continue };
                deeds.push(Deed::Decide(by.clone(), decision.clone(), false));
                deeds.push(Deed::Decide(by.clone(), moved, true));
            }
        }
        if !deeds.is_empty() {
            let place = self.place();
            self.carry_out("take what was decided along".to_owned(), deeds, place);
        }
    }
}

/// What a decision is once annotations have moved; `None` where it is not about them.
fn moved(
    decision: &Decision,
    document: &DocumentPath,
    whose: &Annotator,
    moves: &Moves,
) -> Option<Decision> {
    let moved = match decision {
        Decision::Reviewed(review)
            if review.document == *document && review.annotator == *whose =>
        {
            Decision::Reviewed(Review { content: moves.content(&review.content), ..review.clone() })
        }
        Decision::Settled { document: about, case, by } if about == document => Decision::Settled {
            document: document.clone(),
            case: moves.key(case, whose),
            by: by.clone(),
        },
        Decision::Reviewed(_)
        | Decision::Settled { .. }
        | Decision::NotTagged { .. }
        | Decision::Meant { .. } => return None,
    };
    (moved != *decision).then_some(moved)
}
