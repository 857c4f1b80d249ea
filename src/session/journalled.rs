use std::collections::BTreeMap;
use std::sync::Arc;

use super::history::{Change, History, Step};
use super::journal::JournalEntry;
use super::kept::Kept;
use crate::corpus::{Annotator, Digest, DocumentPath, Edit};

/// What the entries of an annotator's journal come to.
#[derive(Clone, Debug)]
pub struct Journalled {
    owner: Annotator,
    /// The steps, done and undone.
    pub history: History,
    /// The changes that a file may lack, in the order in which they were made.
    pub unsaved: BTreeMap<Kept, Vec<Change>>,
    /// Which text a document had when its set was last changed.
    pub texts: BTreeMap<DocumentPath, Digest>,
    /// How many records were damaged. What was before the last of them cannot be undone.
    pub damaged: usize,
}

impl Journalled {
    /// An empty journal.
    pub fn new(owner: Annotator) -> Self {
        let (history, unsaved) = (History::default(), BTreeMap::new());
        Self { owner, history, unsaved, texts: BTreeMap::new(), damaged: 0 }
    }

    /// Takes the next entry in; `None` where it is damaged.
    pub fn take(&mut self, entry: Option<JournalEntry>) {
        match entry {
            Some(JournalEntry::Done(step)) => {
                self.texts.extend(step.texts.clone());
                self.note(&step.changes);
                self.history.push(step);
            }
            Some(JournalEntry::Changed(step)) => {
                self.texts.extend(step.texts.clone());
                self.note(&step.changes);
            }
            Some(JournalEntry::Grown(step)) => self.grow(step),
            Some(JournalEntry::Undone) => {
                if let Some(step) = self.history.undo() {
                    self.note(&step.taken_back());
                }
            }
            Some(JournalEntry::Redone) => {
                if let Some(step) = self.history.redo() {
                    self.note(&step.changes);
                }
            }
            Some(JournalEntry::Dropped { undone }) => self.history.drop_step(undone),
            Some(JournalEntry::Saved(kept)) => {
                self.unsaved.remove(&kept);
            }
            Some(JournalEntry::AllSaved) => self.unsaved.clear(),
            None => {
                // What comes later may build upon what is lost.
                self.damaged += 1;
                self.history = History::default();
            }
        }
    }

    /// The entries that come to the same, where all files are saved.
    pub fn shortest(&self) -> Vec<JournalEntry> {
        let undone = self.history.undone();
        let count = undone.len();
        let steps = self.history.done().iter().chain(undone);
        let mut entries: Vec<JournalEntry> = steps.cloned().map(JournalEntry::Done).collect();
        entries.extend(std::iter::repeat_n(JournalEntry::Undone, count));
        entries.push(JournalEntry::AllSaved);
        entries
    }

    fn grow(&mut self, step: Arc<Step>) {
        let Some(before) = self.history.last_done().cloned() else { return };
        let grown = step.changes.iter().zip(&before.changes).map(|(now, before)| {
            match (now.clone(), before) {
                // The file may have been saved in between.
                (
                    Change::Edited { document, annotator, edit, .. },
                    Change::Edited { edit: Edit::Replace(last), .. },
                ) => {
                    let inverse = Edit::Replace(last.clone());
                    Change::Edited { document, annotator, edit, inverse }
                }
                (now, _) => now,
            }
        });
        let grown: Vec<Change> = grown.collect();
        self.note(&grown);
        self.history.replace_last(step);
    }

    fn note(&mut self, changes: &[Change]) {
        for change in changes {
            let kept = change.kept(&self.owner);
            self.unsaved.entry(kept).or_default().push(change.clone());
        }
    }
}
