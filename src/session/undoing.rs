//! Taking steps back and doing them again, those of an earlier run of the program too.

use std::collections::BTreeSet;

use super::applying::{Tried, counted};
use super::history::{Change, Step};
use super::journal::JournalEntry;
use super::state::Session;
use super::tasks::Then;
use crate::corpus::{Digest, DocumentPath};

/// Which way one goes through the history.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Back,
    Forward,
}

impl Session {
    pub(super) fn undo(&mut self) {
        let Some(step) = self.history.last_done() else { return };
        let documents = documents_of([step]);
        self.gather_for(format!("Undoing: {}", step.name), documents, Then::Undo);
    }

    pub(super) fn redo(&mut self) {
        let Some(step) = self.history.last_undone() else { return };
        let documents = documents_of([step]);
        self.gather_for(format!("Redoing: {}", step.name), documents, Then::Redo);
    }

    /// Goes back or forward so that just the first `count` steps are done.
    pub(super) fn go_to_step(&mut self, count: usize) {
        self.history.end_typing();
        let done = self.history.done();
        let back = done.get(count..).unwrap_or_default().iter();
        let forward = self.history.undone().take(count.saturating_sub(done.len()));
        let documents = documents_of(back.chain(forward));
        self.gather_for("Going through steps".to_owned(), documents, Then::GoToStep(count));
    }

    fn gather_for(&mut self, title: String, documents: BTreeSet<DocumentPath>, then: Then) {
        self.gather(title, documents.into_iter().collect(), Vec::new(), BTreeSet::new(), then);
    }

    /// Undoes a step whose articles are in memory, if they could be read.
    pub(super) fn undo_gathered(&mut self) {
        if let Some(step) = self.pass_step(Way::Back) {
            self.say(format!("Undid: {}{}", step.name, self.elsewhere(&step)));
            self.return_to(step.home(), step.before.clone());
            self.return_to_case(&step);
        }
    }

    pub(super) fn redo_gathered(&mut self) {
        if let Some(step) = self.pass_step(Way::Forward) {
            self.say(format!("Redid: {}{}", step.name, self.elsewhere(&step)));
            self.return_to(step.home(), step.after.clone());
        }
    }

    pub(super) fn go_to_step_gathered(&mut self, count: usize) {
        let mut last = None;
        let mut steps = 0;
        loop {
            let done = self.history.done().len();
            let way = match done.cmp(&count) {
                std::cmp::Ordering::Greater => Way::Back,
                std::cmp::Ordering::Less => Way::Forward,
                std::cmp::Ordering::Equal => break,
            };
            let Some(step) = self.pass_step(way) else { break };
            let place = if way == Way::Back { step.before.clone() } else { step.after.clone() };
            last = Some((step.home().cloned(), place));
            steps += 1;
        }
        let Some((document, place)) = last else { return };
        if self.history.done().len() == count {
            self.say(format!("Went through {}", counted(steps, "step")));
        }
        self.return_to(document.as_ref(), place);
    }

    /// Takes the last step back, or does the next one again, and returns it. One that
    /// somebody else's change stands in the way of is let go, and that is said.
    fn pass_step(&mut self, way: Way) -> Option<Step> {
        if let Err(reason) = self.is_here() {
            self.warn(reason);
            return None;
        }
        let next = match way {
            Way::Back => self.history.last_done(),
            Way::Forward => self.history.last_undone(),
        };
        let step = next?.clone();
        let changes = match way {
            Way::Back => step.taken_back(),
            Way::Forward => step.changes.clone(),
        };
        if let Some(reason) = self.cannot_be_read(&changes) {
            self.warn(format!("\"{}\" stays as it is for now: {reason}", step.name));
            return None;
        }
        let tried = match self.tried(&step, &changes) {
            Ok(tried) => tried,
            Err(reason) => {
                let undone = way == Way::Forward;
                self.history.drop_step(undone);
                self.journal(JournalEntry::Dropped { undone });
                let verb = if undone { "redone" } else { "undone" };
                self.warn(format!("\"{}\" cannot be {verb} any more: {reason}", step.name));
                return None;
            }
        };
        let entry = match way {
            Way::Back => {
                self.history.undo();
                JournalEntry::Undone
            }
            Way::Forward => {
                self.history.redo();
                JournalEntry::Redone
            }
        };
        self.journal(entry);
        self.replay(&changes, tried);
        Some(step)
    }

    /// Which of the sets that are changed cannot be read now, in words.
    fn cannot_be_read(&self, changes: &[Change]) -> Option<String> {
        changes.iter().find_map(|change| {
            let Change::Edited { document, annotator, .. } = change else { return None };
            let set = self.held.get(document).and_then(|held| held.set_of(annotator));
            set.is_none().then(|| format!("{} or the set about it cannot be read", document.name()))
        })
    }

    /// The sets after the changes that do or undo a step, or why these cannot be made now.
    fn tried(&self, step: &Step, changes: &[Change]) -> Result<Tried, String> {
        let is_other = |(path, text): &(&DocumentPath, &Digest)| {
            self.held.get(*path).is_some_and(|held| held.document.digest != **text)
        };
        if let Some((path, _)) = step.texts.iter().find(is_other) {
            return Err(format!("the text of {} has changed since", path.name()));
        }
        let mut copies = Tried::new();
        for change in changes {
            match change {
                Change::Edited { document, annotator, edit, inverse } => {
                    let held = self.held.get(document).and_then(|held| held.set_of(annotator));
                    let Some(set) = held else { continue };
                    let key = (document.clone(), annotator.clone());
                    let copy = copies.entry(key).or_insert_with(|| (**set).clone());
                    if !copy.is_as_before(edit, inverse) || copy.apply(edit.clone()).is_err() {
                        return Err(format!(
                            "{} has been changed by somebody else since",
                            document.name()
                        ));
                    }
                }
                Change::SchemaSet { before, .. } if *self.schema != **before => {
                    return Err("the schema has been changed by somebody else since".to_owned());
                }
                Change::SchemaSet { .. } | Change::Decided { .. } => {}
            }
        }
        Ok(copies)
    }
}

fn documents_of<'a>(steps: impl IntoIterator<Item = &'a Step>) -> BTreeSet<DocumentPath> {
    let changes = steps.into_iter().flat_map(|step| &step.changes);
    changes.filter_map(Change::document).cloned().collect()
}
