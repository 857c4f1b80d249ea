//! What a step comes to, tried on copies: all of it can be done or nothing is. What changes
//! very much is tried a piece at a time, while the window goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::history::{Change, Step};
use super::state::Session;
use super::sweep::{Sweep, Sweeping};
use crate::corpus::{
    AnnotationSet, Annotator, Decision, Decisions, Digest, DocumentPath, Edit, Schema, Status,
};
use crate::review::RowKey;

/// One thing that a step does.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Edits an annotator's set about a document.
    Edit(DocumentPath, Annotator, Edit),
    /// Replaces the project's schema.
    SetSchema(Arc<Schema>),
    /// Decides something, or takes a decision back: somebody else's, or the person's own.
    Decide(Option<Annotator>, Decision, bool),
}

impl Deed {
    /// The deed that does again what was done.
    fn again(change: Change) -> Self {
        match change {
            Change::Edited { document, annotator, edit, .. } => {
                Self::Edit(document, annotator, edit)
            }
            Change::SchemaSet { after, .. } => Self::SetSchema(after),
            Change::Decided { whose, decision, holds } => Self::Decide(whose, decision, holds),
        }
    }
}

/// Which way one goes through the history.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    Back,
    Forward,
}

/// Why a step cannot be done, in words.
#[derive(Clone, Debug)]
pub(super) enum Refusal {
    /// It may be done later.
    NotNow(String),
    /// What it builds upon is not there any more.
    NoMore(String),
}

/// What everything is after a step, and was when that was tried.
#[derive(Clone, Default, Debug)]
pub(super) struct Tried {
    pub(super) sets: BTreeMap<(DocumentPath, Annotator), TriedSet>,
    /// The schema before and after.
    pub(super) schema: Option<(Arc<Schema>, Arc<Schema>)>,
    /// What annotators had decided before, and have after.
    pub(super) decisions: BTreeMap<Annotator, (Arc<Decisions>, Decisions)>,
    /// The documents of which something is settled, or not any more.
    pub(super) settled: BTreeSet<DocumentPath>,
    /// The documents in which something is meant to be so or rejected, each with whether that was
    /// taken back of something there.
    pub(super) judged: BTreeMap<DocumentPath, bool>,
    /// What is not reviewed any more as it was: whose review of whose annotation.
    unreviewed: BTreeSet<(Annotator, RowKey)>,
}

/// A set that a step changes.
#[derive(Clone, Debug)]
pub(super) struct TriedSet {
    before: Arc<AnnotationSet>,
    pub(super) after: AnnotationSet,
    /// Whether the step says how far the annotator has come with it.
    says_status: bool,
}

/// A step that is being tried.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) what: What,
    /// How many documents had been read anew when it was worked out.
    since: usize,
    /// How much was tried: changes or, of what goes through many sets, documents.
    pub(super) done: usize,
    /// How much there is to be tried.
    pub(super) of: usize,
    /// What everything is after those that were tried.
    pub(super) tried: Tried,
}

/// What is tried.
#[derive(Debug)]
pub(super) enum What {
    /// Something new: what is still to be done, and the changes that were made.
    New(std::iter::Flatten<std::vec::IntoIter<Vec<Deed>>>, Vec<Change>),
    /// Something new that goes through many sets, and the changes that were made.
    Through(Sweeping, Vec<Change>),
    /// A step of the history, taken back or done again.
    Again(Arc<Step>, Way),
}

impl Attempt {
    /// To do something new that was worked out just now, in lots that need not be put
    /// together.
    pub(super) fn new(session: &Session, deeds: Vec<Vec<Deed>>) -> Self {
        let of = deeds.iter().map(Vec::len).sum();
        let what = What::New(deeds.into_iter().flatten(), Vec::with_capacity(of));
        Self::of(session, what, of)
    }

    /// To go through many sets.
    pub(super) fn through(session: &Session, sweep: Box<dyn Sweep>) -> Self {
        // How much it is comes out when it goes on.
        Self::of(session, What::Through(Sweeping::new(sweep), Vec::new()), 0)
    }

    /// To take a step back, or to do it again.
    pub(super) fn again(session: &Session, step: Arc<Step>, way: Way) -> Self {
        let of = step.changes.len();
        Self::of(session, What::Again(step, way), of)
    }

    fn of(session: &Session, what: What, of: usize) -> Self {
        Self { what, since: session.read_anew.len(), done: 0, of, tried: Tried::default() }
    }

    /// What is counted of it.
    pub(super) fn unit(&self) -> &'static str {
        match self.what {
            What::Through(..) => "articles",
            What::New(..) | What::Again(..) => "changes",
        }
    }

    /// Begins from the start with what is there now.
    pub(super) fn begin_anew(&mut self) {
        (self.done, self.tried) = (0, Tried::default());
        match &mut self.what {
            What::New(deeds, changes) => {
                let made = std::mem::take(changes).into_iter().map(Deed::again);
                let all: Vec<Deed> = made.chain(deeds.by_ref()).collect();
                self.of = all.len();
                *deeds = vec![all].into_iter().flatten();
            }
            What::Through(sweeping, changes) => {
                changes.clear();
                sweeping.begin_anew();
            }
            What::Again(..) => {}
        }
    }

    /// Tries so many more changes. Returns whether all were tried.
    pub(super) fn go_on(&mut self, session: &Session, most: usize) -> Result<bool, Refusal> {
        match &mut self.what {
            What::New(deeds, changes) => {
                for deed in deeds.by_ref().take(most) {
                    self.done += 1;
                    self.tried.make(session, deed, changes)?;
                }
                let is_touched = |document: &&DocumentPath| {
                    self.tried.sets.keys().any(|(touched, _)| touched == *document)
                };
                if let Some(document) = session.read_anew_since(self.since).find(is_touched) {
                    return Err(Refusal::NotNow(is_another_text(document)));
                }
                if self.done < self.of {
                    return Ok(false);
                }
                self.tried.begin(&session.annotator, changes)?;
                Ok(true)
            }
            What::Through(sweeping, changes) => {
                let mut make = |deed| self.tried.make(session, deed, changes);
                let is_through = sweeping.go_on(session, most, &mut make)?;
                (self.done, self.of) = (sweeping.done, sweeping.of.max(sweeping.done));
                if is_through {
                    self.tried.begin(&session.annotator, changes)?;
                }
                Ok(is_through)
            }
            What::Again(step, way) => {
                let begins = self.done == 0;
                if begins {
                    is_about_texts_of(session, step)?;
                }
                let end = self.of.min(self.done.saturating_add(most));
                let places = self.done..end;
                self.done = end;
                for place in places {
                    let at = if *way == Way::Back { self.of - 1 - place } else { place };
                    let Some(change) = step.changes.get(at) else { continue };
                    self.tried.make_again(session, change, *way)?;
                }
                // One may have become another on the way.
                if end == self.of && !begins {
                    is_about_texts_of(session, step)?;
                }
                Ok(end == self.of)
            }
        }
    }

    /// Whether everything that it changes is still as it was when that was tried; of what goes
    /// through many sets, everything that is in memory.
    pub(super) fn holds(&self, session: &Session) -> bool {
        if let What::Through(sweeping, _) = &self.what {
            return sweeping.holds(session);
        }
        let Tried { sets, schema, decisions, .. } = &self.tried;
        let is_same_set =
            |((document, annotator), tried): (&(DocumentPath, Annotator), &TriedSet)| {
                set_of(session, document, annotator)
                    .is_some_and(|set| Arc::ptr_eq(set, &tried.before))
            };
        sets.iter().all(is_same_set)
            && schema.as_ref().is_none_or(|(before, _)| Arc::ptr_eq(before, &session.schema))
            && decisions.iter().all(|(whose, (before, _))| {
                session.decisions_of(whose).is_some_and(|now| Arc::ptr_eq(now, before))
            })
    }
}

impl Tried {
    /// The copy of a set that is tried on; `None` where the set cannot be read.
    fn copy_of(
        &mut self,
        session: &Session,
        document: &DocumentPath,
        annotator: &Annotator,
    ) -> Option<&mut TriedSet> {
        let key = (document.clone(), annotator.clone());
        if !self.sets.contains_key(&key) {
            let before = set_of(session, document, annotator)?.clone();
            let after = (*before).clone();
            self.sets.insert(key.clone(), TriedSet { before, after, says_status: false });
        }
        self.sets.get_mut(&key)
    }

    fn make(
        &mut self,
        session: &Session,
        deed: Deed,
        changes: &mut Vec<Change>,
    ) -> Result<(), Refusal> {
        let change = match deed {
            Deed::Edit(document, annotator, edit) => {
                let Some(copy) = self.copy_of(session, &document, &annotator) else {
                    return Err(Refusal::NotNow(cannot_be_read(&document)));
                };
                copy.says_status |= matches!(edit, Edit::SetStatus(_));
                // Taking away what is in conflict settles that.
                if let Edit::Remove(id) | Edit::RemoveRelation(id) = &edit
                    && copy.after.conflict(id).is_some()
                {
                    let edit = Edit::RemoveConflict(id.clone());
                    changes.push(copy.edit(&document, &annotator, edit)?);
                }
                copy.edit(&document, &annotator, edit)?
            }
            Deed::SetSchema(after) => {
                let before = self.set_schema(session, after.clone());
                Change::SchemaSet { before, after }
            }
            Deed::Decide(whose, decision, holds) => {
                // What was so already is not undone.
                if !self.decide(session, whose.as_ref(), &decision, holds) {
                    return Ok(());
                }
                Change::Decided { whose, decision, holds }
            }
        };
        changes.push(change);
        Ok(())
    }

    /// The first edit of a new set of one's own begins it.
    fn begin(&mut self, own: &Annotator, changes: &mut Vec<Change>) -> Result<(), Refusal> {
        for ((document, annotator), copy) in &mut self.sets {
            if annotator == own && !copy.says_status && copy.before.status() == Status::New {
                let edit = Edit::SetStatus(Status::InProgress);
                changes.push(copy.edit(document, annotator, edit)?);
            }
        }
        Ok(())
    }

    /// Makes a change that was made before, or takes it back, if all is as it was then.
    fn make_again(&mut self, session: &Session, change: &Change, way: Way) -> Result<(), Refusal> {
        match change {
            Change::Edited { document, annotator, edit, inverse } => {
                let (edit, inverse) =
                    if way == Way::Back { (inverse, edit) } else { (edit, inverse) };
                let Some(copy) = self.copy_of(session, document, annotator) else {
                    return Err(Refusal::NotNow(cannot_be_read(document)));
                };
                let set = &mut copy.after;
                if !set.is_as_before(edit, inverse) || set.apply(edit.clone()).is_err() {
                    let name = document.name();
                    let words = format!("{name} has been changed by somebody else since");
                    return Err(Refusal::NoMore(words));
                }
            }
            Change::SchemaSet { before, after } => {
                let (before, after) =
                    if way == Way::Back { (after, before) } else { (before, after) };
                let was = self.set_schema(session, after.clone());
                if *was != **before {
                    let words = "the schema has been changed by somebody else since".to_owned();
                    return Err(Refusal::NoMore(words));
                }
            }
            Change::Decided { whose, decision, holds } => {
                let holds = *holds == (way == Way::Forward);
                self.decide_again(session, whose.as_ref(), decision, holds)?;
            }
        }
        Ok(())
    }

    /// Decides something that was decided before, or takes it back, if all is as it was then;
    /// `whose` decision it is: the person's own without one.
    fn decide_again(
        &mut self,
        session: &Session,
        whose: Option<&Annotator>,
        decision: &Decision,
        holds: bool,
    ) -> Result<(), Refusal> {
        let named = whose.map_or("you", Annotator::as_str);
        let whose = whose.unwrap_or(&session.annotator);
        let is_own = *whose == session.annotator;
        let cannot_be_read = if is_own {
            session.decisions_problem.is_some()
        } else {
            session.unread_decisions.contains(whose)
        };
        if cannot_be_read {
            return Err(Refusal::NotNow(format!("what {named} decided cannot be read")));
        }
        let is_free = !holds || self.may_review(session, whose, decision);
        let done = is_free && self.decide(session, Some(whose), decision, holds);
        if let Decision::Reviewed(review) = decision
            && done
            && !holds
        {
            self.unreviewed.insert((whose.clone(), RowKey::of(review)));
        }
        // What is rejected or meant comes to the same where it was so already.
        let is_unchanged = matches!(decision, Decision::NotTagged { .. } | Decision::Meant { .. });
        if !(done || is_own && is_unchanged) {
            let words = format!("what {named} decided has been changed since");
            return Err(Refusal::NoMore(words));
        }
        Ok(())
    }

    /// Whether an annotation is not reviewed otherwise by now. Where the same step took a review
    /// of it back, it is as it was then: there may be several since a merge.
    fn may_review(&self, session: &Session, whose: &Annotator, decision: &Decision) -> bool {
        let Decision::Reviewed(review) = decision else { return true };
        if self.unreviewed.contains(&(whose.clone(), RowKey::of(review))) {
            return true;
        }
        let tried = self.decisions.get(whose).map(|(_, decisions)| decisions);
        let now = tried.or_else(|| session.decisions_of(whose).map(|decisions| &**decisions));
        let there =
            now.and_then(|now| now.review(&review.document, &review.annotator, &review.annotation));
        there.is_none_or(|there| there == review)
    }

    /// Returns the schema before.
    fn set_schema(&mut self, session: &Session, after: Arc<Schema>) -> Arc<Schema> {
        let now = session.schema.clone();
        let (_, schema) = self.schema.get_or_insert_with(|| (now.clone(), now));
        std::mem::replace(schema, after)
    }

    /// Decides something, or takes it back; `whose` decision it is: the person's own without
    /// one. Returns whether it was otherwise before.
    fn decide(
        &mut self,
        session: &Session,
        whose: Option<&Annotator>,
        decision: &Decision,
        holds: bool,
    ) -> bool {
        let whose = whose.unwrap_or(&session.annotator);
        match decision {
            Decision::Settled { document, .. } if !self.settled.contains(document) => {
                self.settled.insert(document.clone());
            }
            Decision::NotTagged { document, .. } | Decision::Meant { document, .. }
                if *whose == session.annotator =>
            {
                *self.judged.entry(document.clone()).or_default() |= !holds;
            }
            _ => {}
        }
        if !self.decisions.contains_key(whose) {
            let Some(now) = session.decisions_of(whose).cloned() else { return false };
            let copy = (*now).clone();
            self.decisions.insert(whose.clone(), (now, copy));
        }
        let Some((_, decisions)) = self.decisions.get_mut(whose) else { return false };
        if holds { decisions.insert(decision.clone()) } else { decisions.remove(decision) }
    }
}

impl TriedSet {
    fn edit(
        &mut self,
        document: &DocumentPath,
        annotator: &Annotator,
        edit: Edit,
    ) -> Result<Change, Refusal> {
        let inverse = self.after.apply(edit.clone());
        let inverse = inverse.map_err(|error| Refusal::NoMore(error.to_string()))?;
        let (document, annotator) = (document.clone(), annotator.clone());
        Ok(Change::Edited { document, annotator, edit, inverse })
    }
}

/// Why what was worked out for a document cannot be done, in words.
pub(super) fn is_another_text(document: &DocumentPath) -> String {
    format!("the text of {} was changed by another program meanwhile", document.name())
}

/// Why a set about a document cannot be changed, in words.
pub(super) fn cannot_be_read(document: &DocumentPath) -> String {
    format!("{} or the set about it cannot be read", document.name())
}

/// An annotator's set about a document in memory, if it could be read.
fn set_of<'s>(
    session: &'s Session,
    document: &DocumentPath,
    annotator: &Annotator,
) -> Option<&'s Arc<AnnotationSet>> {
    session.held.get(document).and_then(|held| held.set_of(annotator))
}

/// Whether the texts are those that a step is about: in others its places mean nothing.
fn is_about_texts_of(session: &Session, step: &Step) -> Result<(), Refusal> {
    let is_other = |(path, text): &(&DocumentPath, &Digest)| {
        session.held.get(*path).is_some_and(|held| held.document.digest != **text)
    };
    let other = step.texts.iter().find(is_other);
    other.map_or(Ok(()), |(path, _)| {
        Err(Refusal::NoMore(format!("the text of {} has changed since", path.name())))
    })
}
