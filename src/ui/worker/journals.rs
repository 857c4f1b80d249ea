//! The journals of those who work in the open project.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use crate::corpus::Annotator;
use crate::session::{JournalEntry, Journalled, Kept, Message};
use crate::storage::{Log, Problem, ProblemKind, Project};

/// From so many bytes on it is worth asking whether a journal can be shorter.
const LONG: u64 = 256 << 10;

/// The open journals, and what is still to be written into them.
#[derive(Default)]
pub(super) struct Journals {
    open: BTreeMap<Annotator, Journal>,
    /// How many entries about a file were noted so far, where they say which.
    noted: BTreeMap<Kept, u64>,
    /// How many others.
    others: u64,
}

/// What was noted when a file came to be written: that holds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Noted(u64, u64);

/// The most changes of an entry of which it is noted what they are about.
const CHANGES: usize = 256;

struct Journal {
    file: PathBuf,
    log: Log,
    /// What is to be written before the files are.
    waiting: Vec<JournalEntry>,
    /// What may be written when there is time: files that are saved.
    saved: Vec<JournalEntry>,
    /// Whether it was said that it cannot be written.
    failed: bool,
}

impl Journals {
    /// Lets all journals go.
    pub(super) fn close(&mut self) {
        self.open.clear();
    }

    /// Lets one go, which another window writes from now on.
    pub(super) fn close_one(&mut self, annotator: &Annotator) {
        self.open.remove(annotator);
    }

    /// Opens an annotator's journal, anew if it is open, and reads what it says.
    pub(super) fn open(
        &mut self,
        project: &Project,
        annotator: &Annotator,
    ) -> (Journalled, Vec<Problem>) {
        self.open.remove(annotator);
        let mut said = Journalled::new(annotator.clone());
        let file = project.journal_file(annotator);
        let (log, content) = match project.journal(annotator) {
            Ok(opened) => opened,
            Err(error) => return (said, vec![unkept(file, &error)]),
        };
        for record in content.records {
            said.take(record.as_deref().and_then(JournalEntry::decode));
        }
        let mut problems = Vec::new();
        if let Some(aside) = content.set_aside {
            problems.push(Problem::new(aside, ProblemKind::JournalUnknown));
        }
        if said.damaged > 0 {
            problems.push(Problem::new(&file, ProblemKind::JournalDamaged(said.damaged)));
        }
        let journal = Journal { file, log, waiting: Vec::new(), saved: Vec::new(), failed: false };
        self.open.insert(annotator.clone(), journal);
        (said, problems)
    }

    /// Notes an entry, to be written by [`Self::write`].
    pub(super) fn note(&mut self, annotator: &Annotator, entry: JournalEntry) {
        match &entry {
            JournalEntry::Done(step) | JournalEntry::Grown(step) | JournalEntry::Changed(step)
                if step.changes.len() <= CHANGES =>
            {
                for change in &step.changes {
                    *self.noted.entry(change.kept(annotator)).or_default() += 1;
                }
            }
            JournalEntry::Dropped { .. } | JournalEntry::Saved(_) | JournalEntry::AllSaved => {}
            // Of these it is not known here what they are about.
            _ => self.others += 1,
        }
        if let Some(journal) = self.open.get_mut(annotator) {
            journal.waiting.push(entry);
        }
    }

    /// Writes all that was noted, and returns when it is on the disk. What cannot be
    /// written is kept for the next time; that is said once, and once when it can be again.
    pub(super) fn write(&mut self) -> Vec<Message> {
        self.open.values_mut().filter_map(Journal::write).collect()
    }

    /// Whether something waits to be written.
    pub(super) fn has_unwritten(&self) -> bool {
        self.open.values().any(|journal| !journal.waiting.is_empty())
    }

    /// What was noted so far about a file that comes to be written.
    pub(super) fn noted(&self, kept: &Kept) -> Noted {
        Noted(self.noted.get(kept).copied().unwrap_or_default(), self.others)
    }

    /// Notes that a file holds what was noted by then, unless more was since that may be about
    /// it. Then it is looked at once more after a restart, if nothing else is written of it.
    pub(super) fn saved_with(&mut self, kept: &Kept, noted: Noted) {
        if noted == self.noted(kept) {
            self.saved(kept);
        }
    }

    /// Notes that a file holds all that was written so far.
    pub(super) fn saved(&mut self, kept: &Kept) {
        for journal in self.open.values_mut() {
            journal.saved.push(JournalEntry::Saved(kept.clone()));
        }
    }

    /// Writes which files were saved. If that is lost, they are looked at once more.
    pub(super) fn write_saved(&mut self) {
        for journal in self.open.values_mut().filter(|journal| journal.waiting.is_empty()) {
            let records: Vec<String> = journal.saved.drain(..).map(|e| e.encode()).collect();
            if !records.is_empty() {
                let _ = journal.log.append(records.iter().map(String::as_str), false);
            }
        }
    }

    /// Leaves out of a journal what does not matter any more, where that is much of it and
    /// all files are saved.
    pub(super) fn shorten(&mut self, annotator: &Annotator, said: &Journalled) {
        let Some(journal) = self.open.get_mut(annotator).filter(|one| one.log.size() > LONG) else {
            return;
        };
        let records: Vec<String> = said.shortest().iter().map(JournalEntry::encode).collect();
        let bytes: usize = records.iter().map(String::len).sum();
        if u64::try_from(bytes).unwrap_or(u64::MAX) < journal.log.size() / 2 {
            // A journal that stays long does no harm.
            let _ = journal.log.replace(records.iter().map(String::as_str));
        }
    }
}

impl Journal {
    fn write(&mut self) -> Option<Message> {
        if self.waiting.is_empty() {
            return None;
        }
        let entries = self.saved.iter().chain(&self.waiting);
        let records: Vec<String> = entries.map(JournalEntry::encode).collect();
        match self.log.append(records.iter().map(String::as_str), true) {
            Ok(()) => {
                self.saved.clear();
                self.waiting.clear();
                let failed = std::mem::take(&mut self.failed);
                failed.then(|| Message::JournalKept(self.file.clone()))
            }
            Err(error) => {
                let first = !std::mem::replace(&mut self.failed, true);
                first.then(|| Message::JournalFailed(unkept(self.file.clone(), &error)))
            }
        }
    }
}

fn unkept(file: PathBuf, error: &io::Error) -> Problem {
    Problem::new(file, ProblemKind::JournalUnkept(error.to_string()))
}
