//! A change that goes through the sets about many documents.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Bound;
use std::sync::Arc;

use super::attempt::{Deed, Refusal};
use super::held::Held;
use super::state::Session;
use crate::corpus::{DocumentPath, Schema};

/// How many annotations or decisions that are looked at take as long as one change.
const LOOKS: usize = 8;

/// What becomes of the sets about many documents, and of what was decided about them. It is worked
/// out for one document after the other, each in the moment in which it is tried. Where anything
/// has come from a file before all was tried, it begins anew: nothing of it is done to what is not
/// there any more, and nothing that came is left out.
pub(super) trait Sweep: fmt::Debug {
    /// Begins, perhaps once more: what came of documents before means nothing. Returns what the
    /// schema becomes, if it is changed.
    ///
    /// # Errors
    /// Why nothing can be done, in words.
    fn begin(&mut self, session: &Session) -> Result<Option<Arc<Schema>>, String>;

    /// The first document that it goes through, or the next after another, in their order: all
    /// that are in memory, or that something was decided about.
    fn next<'s>(
        &'s self,
        session: &'s Session,
        after: Option<&DocumentPath>,
    ) -> Option<&'s DocumentPath> {
        let decided = session.all_decisions().filter_map(|(_, all)| all.next_document(after));
        decided.chain(next_in(&session.held, after)).min()
    }

    /// What is done about a document.
    fn deeds(&mut self, session: &Session, document: &DocumentPath) -> Vec<Deed>;

    /// What came of it, when all documents were gone through.
    ///
    /// # Errors
    /// Why nothing is to be done, in words.
    fn told(&self, session: &Session) -> Result<Told, String>;
}

/// What came of going through documents.
#[derive(Debug)]
pub(super) struct Told {
    /// What the step is called.
    pub(super) step: String,
    /// What is said beside that, such as what was left out.
    pub(super) beside: Option<String>,
}

/// How far one has come with it.
#[derive(Debug)]
pub(super) struct Sweeping {
    sweep: Box<dyn Sweep>,
    stage: Stage,
    /// How often something had come from a file when it began.
    since: u64,
    /// How many documents were gone through.
    pub(super) done: usize,
    /// How many there are, as far as they are counted.
    pub(super) of: usize,
}

#[derive(Debug)]
enum Stage {
    Beginning,
    /// The documents up to this one were counted.
    Counting(Option<DocumentPath>),
    /// All documents up to this one were gone through.
    Documents(Option<DocumentPath>),
    Done(Told),
}

impl Sweeping {
    pub(super) fn new(sweep: Box<dyn Sweep>) -> Self {
        Self { sweep, stage: Stage::Beginning, since: 0, done: 0, of: 0 }
    }

    /// Begins from the start with what is there now.
    pub(super) fn begin_anew(&mut self) {
        (self.stage, self.done) = (Stage::Beginning, 0);
    }

    /// Whether nothing has come from a file since it began, so that what was looked at is as it
    /// was.
    pub(super) fn holds(&self, session: &Session) -> bool {
        self.since == session.came_in
    }

    /// What came of it; `None` until all documents were gone through.
    pub(super) fn told(self) -> Option<Told> {
        match self.stage {
            Stage::Done(told) => Some(told),
            Stage::Beginning | Stage::Counting(_) | Stage::Documents(_) => None,
        }
    }

    /// Makes about so many more changes. Returns whether these were the last.
    pub(super) fn go_on(
        &mut self,
        session: &Session,
        most: usize,
        make: &mut dyn FnMut(Deed) -> Result<(), Refusal>,
    ) -> Result<bool, Refusal> {
        let mut left = most.saturating_mul(LOOKS);
        while left > 0 {
            match &mut self.stage {
                Stage::Beginning => {
                    (self.since, self.of) = (session.came_in, 0);
                    let schema = self.sweep.begin(session).map_err(Refusal::NotNow)?;
                    schema.map_or(Ok(()), |schema| make(Deed::SetSchema(schema)))?;
                    self.stage = Stage::Counting(None);
                }
                Stage::Counting(last) => match self.sweep.next(session, last.as_ref()) {
                    Some(document) => {
                        *last = Some(document.clone());
                        self.of += 1;
                        left -= 1;
                    }
                    None => self.stage = Stage::Documents(None),
                },
                Stage::Documents(last) => {
                    let Some(document) = self.sweep.next(session, last.as_ref()).cloned() else {
                        let told = self.sweep.told(session).map_err(Refusal::NotNow)?;
                        self.stage = Stage::Done(told);
                        return Ok(true);
                    };
                    let deeds = self.sweep.deeds(session, &document);
                    let cost = LOOKS * (1 + deeds.len()) + looks(session, &document);
                    left = left.saturating_sub(cost);
                    deeds.into_iter().try_for_each(&mut *make)?;
                    *last = Some(document);
                    self.done += 1;
                }
                Stage::Done(_) => return Ok(true),
            }
        }
        Ok(false)
    }
}

/// How much there is to be looked at about a document: annotations and decisions.
fn looks(session: &Session, document: &DocumentPath) -> usize {
    let sets = session.held.get(document).into_iter().flat_map(Held::sets);
    let annotations = sets.filter_map(|(_, set)| Some(set?.annotations().len()));
    let decisions = session.all_decisions().map(|(_, all)| all.about(document).count());
    annotations.chain(decisions).sum()
}

/// The first of some documents, or the next after another.
pub(super) fn next_in<'d, V>(
    documents: &'d BTreeMap<DocumentPath, V>,
    after: Option<&DocumentPath>,
) -> Option<&'d DocumentPath> {
    let start = after.map_or(Bound::Unbounded, Bound::Excluded);
    documents.range((start, Bound::Unbounded)).next().map(|(document, _)| document)
}
