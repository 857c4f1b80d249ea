//! Carrying out steps, taking them back and doing them again.
//!
//! A step is carried out as a whole or not at all, over however many documents.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::effect::Effect;
use super::history::{Change, Step};
use super::journal::JournalEntry;
use super::kept::{Content, Kept, SaveReceipt};
use super::linking::short_quote;
use super::selection::Place;
use super::state::Session;
use crate::corpus::{
    AnnotationSet, Annotator, Decision, Digest, DocumentPath, Edit, EditError, Schema, Status,
};

/// One thing that a step does.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    /// Edits an annotator's set about a document.
    Edit(DocumentPath, Annotator, Edit),
    /// Replaces the project's schema.
    SetSchema(Arc<Schema>),
    /// Decides something, or takes a decision back.
    Decide(Decision, bool),
}

/// The sets that a step changes, as they are after it.
pub(super) type Tried = BTreeMap<(DocumentPath, Annotator), AnnotationSet>;

impl Session {
    /// Carries out one gesture on the own set of the open document: all of its
    /// edits or none, one step of the history, one save.
    pub(super) fn change(&mut self, name: String, edits: Vec<Edit>, after: Place) {
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let own = self.annotator.clone();
        let deeds = edits.into_iter().map(|edit| Deed::Edit(document.clone(), own.clone(), edit));
        self.carry_out(name, deeds.collect(), after);
    }

    /// Carries out a step, all of it or nothing. Returns whether it was.
    pub(super) fn carry_out(&mut self, name: String, deeds: Vec<Deed>, after: Place) -> bool {
        if self.is_taking_over() {
            self.warn("Not yet: what is agreed is taken over".to_owned());
            return false;
        }
        if let Err(reason) = self.is_here() {
            self.warn(format!("Nothing was changed: {reason}"));
            return false;
        }
        let (changes, tried) = match self.changes_of(deeds) {
            Ok(tried) => tried,
            Err(error) => {
                self.warn(format!("Nothing was changed: {error}"));
                return false;
            }
        };
        let before = self.place();
        let document = self.reading.as_ref().map(|reading| reading.document.clone());
        let step = Step {
            name,
            at: self.now,
            quote: self.quote_of(&changes).unwrap_or_default(),
            texts: self.texts_of(&changes),
            changes,
            document,
            before,
            after: after.clone(),
            typing: None,
        };
        self.say(past_tense(&step.name));
        self.journal(JournalEntry::Done(step.clone()));
        self.replay(&step.changes, tried);
        self.history.push(step);
        self.go_to(after);
        true
    }

    /// Which text the documents have whose sets are changed.
    fn texts_of(&self, changes: &[Change]) -> BTreeMap<DocumentPath, Digest> {
        let documents = changes.iter().filter_map(Change::document);
        let held = documents.filter_map(|path| self.held.get_key_value(path));
        held.map(|(path, held)| (path.clone(), held.document.digest.clone())).collect()
    }

    /// What the one annotation quotes that is added, altered or removed.
    fn quote_of(&self, changes: &[Change]) -> Option<String> {
        let mut changed = changes.iter().filter_map(|change| match change {
            Change::Edited { document, edit: Edit::Insert(a) | Edit::Replace(a), .. }
            | Change::Edited { document, inverse: Edit::Insert(a), .. } => Some((document, a)),
            _ => None,
        });
        let (document, annotation) = changed.next()?;
        if changed.next().is_some() {
            return None;
        }
        Some(short_quote(annotation, &self.held.get(document)?.document.text))
    }

    /// What the deeds come to, tried on copies.
    fn changes_of(&self, deeds: Vec<Deed>) -> Result<(Vec<Change>, Tried), EditError> {
        let mut changes = Vec::with_capacity(deeds.len());
        let mut copies = Tried::new();
        for deed in self.with_begun_status(deeds) {
            let change = match deed {
                Deed::Edit(document, annotator, edit) => {
                    let key = (document.clone(), annotator.clone());
                    if !copies.contains_key(&key) {
                        let held = self.held.get(&document).and_then(|h| h.set_of(&annotator));
                        let Some(set) = held else { continue };
                        copies.insert(key.clone(), (**set).clone());
                    }
                    let Some(copy) = copies.get_mut(&key) else { continue };
                    // Taking away what is in conflict settles that.
                    if let Edit::Remove(id) | Edit::RemoveRelation(id) = &edit
                        && copy.conflict(id).is_some()
                    {
                        let edit = Edit::RemoveConflict(id.clone());
                        let inverse = copy.apply(edit.clone())?;
                        let (document, annotator) = (document.clone(), annotator.clone());
                        changes.push(Change::Edited { document, annotator, edit, inverse });
                    }
                    let inverse = copy.apply(edit.clone())?;
                    Change::Edited { document, annotator, edit, inverse }
                }
                Deed::SetSchema(after) => Change::SchemaSet { before: self.schema.clone(), after },
                Deed::Decide(decision, holds) => Change::Decided { decision, holds },
            };
            changes.push(change);
        }
        Ok((changes, copies))
    }

    /// The first edit of a new set of one's own begins it.
    fn with_begun_status(&self, mut deeds: Vec<Deed>) -> Vec<Deed> {
        let mut edited: BTreeSet<&DocumentPath> = BTreeSet::new();
        let mut settled: BTreeSet<&DocumentPath> = BTreeSet::new();
        for deed in &deeds {
            let Deed::Edit(document, annotator, edit) = deed else { continue };
            if *annotator == self.annotator {
                edited.insert(document);
                if matches!(edit, Edit::SetStatus(_)) {
                    settled.insert(document);
                }
            }
        }
        let is_new = |document: &&&DocumentPath| {
            self.held.get(**document).is_some_and(|held| held.set.status() == Status::New)
        };
        let begun: Vec<DocumentPath> =
            edited.difference(&settled).filter(is_new).map(|path| (*path).clone()).collect();
        let own = self.annotator.clone();
        let begin = |path| Deed::Edit(path, own.clone(), Edit::SetStatus(Status::InProgress));
        deeds.extend(begun.into_iter().map(begin));
        deeds
    }

    /// Notes in the journal what was done, before it is written into the files.
    pub(super) fn journal(&mut self, entry: JournalEntry) {
        let Some(project) = self.project.clone() else { return };
        let annotator = self.annotator.clone();
        self.effects.push(Effect::Journal { project, annotator, entry: Box::new(entry) });
    }

    /// Names the article of a step that is not the one that is open.
    pub(super) fn elsewhere(&self, step: &Step) -> String {
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let elsewhere = step.home().filter(|document| Some(*document) != open);
        elsewhere.map(|document| format!(", in {}", document.name())).unwrap_or_default()
    }

    /// Makes changes, which were `tried` on sets, and has what they touch written.
    pub(super) fn replay(&mut self, changes: &[Change], tried: Tried) {
        let mut touched: BTreeSet<Kept> = BTreeSet::new();
        // The documents whose cases may be others, or settled, or not any more.
        let mut concerned: BTreeSet<DocumentPath> = BTreeSet::new();
        for ((document, annotator), changed) in tried {
            let held = self.held.get_mut(&document);
            if let Some(set) = held.and_then(|held| held.set_of_mut(&annotator)) {
                *set = Arc::new(changed);
                concerned.insert(document.clone());
                touched.insert(Kept::Set(document, annotator));
            }
        }
        for change in changes {
            match change {
                // It is in the set that was tried.
                Change::Edited { .. } => {}
                Change::SchemaSet { after, .. } => {
                    self.take_schema(after.clone());
                    touched.insert(Kept::Schema);
                }
                Change::Decided { decision, holds } => {
                    if let Decision::Settled { document, .. } = decision
                        && !concerned.contains(document)
                    {
                        concerned.insert(document.clone());
                    }
                    let Some(decisions) = self.decisions.as_mut().map(Arc::make_mut) else {
                        continue;
                    };
                    if *holds {
                        decisions.insert(decision.clone());
                    } else {
                        decisions.remove(decision);
                    }
                    touched.insert(Kept::Decisions(self.annotator.clone()));
                }
            }
        }
        self.let_missing_focus_go();
        for kept in &touched {
            self.write(kept);
            self.refresh_but_cases(kept);
        }
        self.bring_cases_up_to_date(concerned);
        if touched.contains(&Kept::Schema) {
            self.refill_table();
        } else {
            self.arrange_table();
        }
    }

    /// What is no longer there is neither focused nor remembered.
    pub(super) fn let_missing_focus_go(&mut self) {
        let Some(set) = self.shown_set().cloned() else { return };
        let Some(reading) = self.reading.as_mut() else { return };
        reading.place.focus.take_if(|focus| match set.annotation(&focus.id) {
            Some(annotation) => {
                focus.fragment = focus.fragment.min(annotation.fragments.count() - 1);
                false
            }
            None => true,
        });
        reading.recent.take_if(|id| set.annotation(id).is_none());
    }

    /// Has a file written as it is to be now, and brings what depends on it up to date.
    pub(super) fn keep(&mut self, kept: &Kept) {
        self.write(kept);
        self.refresh_after(kept);
    }

    fn write(&mut self, kept: &Kept) {
        let Some(content) = self.content_of(kept) else { return };
        let receipt = SaveReceipt { kept: kept.clone(), revision: self.revisions.next(kept) };
        self.effects.push(Effect::Save { receipt, content });
    }

    /// Brings up to date what depends on what is to be in a file.
    pub(super) fn refresh_after(&mut self, kept: &Kept) {
        self.refresh_but_cases(kept);
        if let Kept::Set(document, _) = kept {
            self.refresh_cases_of(document);
        }
    }

    /// The same, but for the cases of annotators who are compared.
    fn refresh_but_cases(&mut self, kept: &Kept) {
        if let Kept::Set(document, annotator) = kept
            && *annotator == self.annotator
            && let Some(held) = self.held.get(document)
        {
            self.documents.update(document, |summary| held.sum_up(summary));
        }
        match kept {
            Kept::Set(document, annotator) => {
                let document = document.clone();
                self.refresh_rows_of(&document, annotator);
                let open = self.reading.as_ref().map(|reading| &reading.document);
                if open == Some(&document) {
                    self.request_check();
                    self.compare_open_article();
                }
                self.list_hits_anew_in(&document);
            }
            Kept::Decisions(_) => {
                self.request_check();
                self.list_hits_anew();
            }
            Kept::Schema | Kept::Keys => {}
        }
    }

    fn content_of(&self, kept: &Kept) -> Option<Content> {
        let project = || self.project.clone();
        Some(match kept {
            Kept::Set(document, annotator) => {
                let held = self.held.get(document)?;
                let set = held.set_of(annotator)?.clone();
                Content::Set { project: project()?, document: held.document.clone(), set }
            }
            Kept::Schema => Content::Schema { project: project()?, schema: self.schema.clone() },
            Kept::Decisions(annotator) => Content::Decisions {
                project: project()?,
                annotator: annotator.clone(),
                decisions: self.decisions.clone()?,
            },
            Kept::Keys => Content::Keys(self.differences.clone()),
        })
    }

    /// Goes to the document and the place where a step was made.
    pub(super) fn return_to(&mut self, document: Option<&DocumentPath>, place: Place) {
        let Some(document) = document else { return };
        let notice = self.notice.take();
        let elsewhere = self.reading.as_ref().is_none_or(|reading| reading.document != *document);
        if elsewhere {
            // Where it has to be read first, one comes to the place then.
            self.places.insert(document.clone(), place.clone());
            self.open_document(document.clone());
        }
        if self.reading.as_ref().is_some_and(|reading| reading.document == *document) {
            self.turn_to_own_set();
            self.go_to(place);
        }
        self.notice = notice;
    }

    pub(super) fn go_to(&mut self, place: Place) {
        let Some(reading) = self.reading.as_mut() else { return };
        reading.place = place;
        reading.origin = None;
        reading.recent = None;
        reading.clicked.clear();
        if self.focused().is_none()
            && let Some(reading) = self.reading.as_mut()
        {
            reading.place.focus = None;
        }
        self.let_missing_link_go();
        let head = self.selection().head;
        self.effects.push(Effect::Reveal(head..head));
    }

    /// Caret, selection and focus in the open document.
    pub(super) fn place(&self) -> Place {
        self.reading.as_ref().map(|reading| reading.place.clone()).unwrap_or_default()
    }
}

/// What a step did, as a sentence: `Tagged claim` for `tag claim`.
fn past_tense(name: &str) -> String {
    let (verb, rest) = name.split_once(' ').unwrap_or((name, ""));
    let done = match verb {
        "tag" => "Tagged",
        "change" => "Changed",
        "add" => "Added",
        "extend" => "Extended",
        "remove" => "Removed",
        "move" => "Moved",
        "mark" => "Marked",
        "link" => "Linked",
        "set" => "Set",
        "rename" => "Renamed",
        "merge" => "Merged",
        "reject" => "Rejected",
        "trim" => "Trimmed",
        "keep" => "Kept",
        "note" => "Noted",
        "settle" => "Settled",
        "take" => "Took",
        "place" => "Placed",
        _ => return name.to_owned(),
    };
    format!("{done} {rest}")
}

/// A count with its noun: `1 step`, `3 steps`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
