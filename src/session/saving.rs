use std::path::Path;

use super::dialog::Dialog;
use super::effect::Effect;
use super::kept::{Kept, SaveReceipt};
use super::state::Session;
use crate::corpus::DocumentPath;
use crate::storage::{Problem, ProblemKind, SaveError};

/// Whether what was done is on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saving {
    /// All of it is.
    Saved,
    /// The last of it is being written.
    Writing,
    /// A file could not be written; its content is kept and tried again.
    Failed(Kept, SaveError),
}

impl Session {
    /// Whether what was done is on the disk.
    pub fn saving(&self) -> Saving {
        if self.revisions.unsaved().next().is_none() {
            return Saving::Saved;
        }
        // What the person has to decide is told before what is tried again by itself.
        let to_decide = |(_, error): &(&Kept, &SaveError)| {
            matches!(error, SaveError::ChangedOutside | SaveError::Removed)
        };
        let failure = self.failures.iter().find(to_decide).or(self.failures.first_key_value());
        failure.map_or(Saving::Writing, |(kept, error)| Saving::Failed(kept.clone(), error.clone()))
    }

    pub(super) fn save_now(&mut self) {
        match self.saving() {
            Saving::Saved => self.say("Everything is saved already, as you go".to_owned()),
            Saving::Writing => self.say("Saving…".to_owned()),
            Saving::Failed(..) => {
                // Where trying again does not help, the person has to choose.
                self.dialog = Some(Dialog::Unsaved);
                if self.removed().len() < self.failures.len() {
                    self.say("Trying again to save…".to_owned());
                    self.effects.push(Effect::RetrySaves);
                }
            }
        }
    }

    /// The files that another program removed, and of which nobody has said yet whether they are
    /// to be there again.
    pub fn removed(&self) -> Vec<Kept> {
        let removed = self.failures.iter().filter(|(_, error)| **error == SaveError::Removed);
        removed.map(|(kept, _)| kept.clone()).collect()
    }

    /// The own set about a document is not waited for any more, where another program removed it.
    pub(super) fn let_go_of_removed(&mut self, document: &DocumentPath) {
        let kept = Kept::Set(document.clone(), self.annotator.clone());
        if self.failures.get(&kept) == Some(&SaveError::Removed) {
            self.failures.remove(&kept);
            self.revisions.let_go(&kept);
        }
    }

    /// Has the files written again that another program removed.
    pub(super) fn write_removed(&mut self) {
        for kept in self.removed() {
            self.failures.remove(&kept);
            self.keep(&kept);
        }
    }

    /// What another program removed stays so: the documents are read as they are now.
    pub(super) fn let_removed_be_gone(&mut self) {
        let removed = self.removed();
        let documents: Vec<DocumentPath> =
            removed.iter().filter_map(|kept| kept.document().cloned()).collect();
        for document in &documents {
            self.read_anew(document);
        }
        if let Some(project) = self.project.clone() {
            self.summarize_anew(project, &documents);
        }
        self.read_lists_anew();
        if self.saving() == Saving::Saved {
            self.dialog = None;
            self.closing = false;
            self.effects.push(Effect::FocusArticle);
        }
    }

    /// Has the file written that another program changed; the other version is
    /// kept as a copy.
    pub(super) fn keep_mine(&mut self) {
        if let Saving::Failed(kept, SaveError::ChangedOutside) = self.saving() {
            self.effects.push(Effect::SetAside(kept));
        }
    }

    pub(super) fn saved_elsewhere(&mut self, folder: &Path, result: Result<usize, String>) {
        match result {
            Ok(count) => self.say(format!(
                "{} written into {}. Saving in the project is still tried",
                if count == 1 { "1 file was".to_owned() } else { format!("{count} files were") },
                folder.display()
            )),
            Err(words) => {
                self.warn(format!("Nothing could be written into {}: {words}", folder.display()));
            }
        }
    }

    pub(super) fn set_aside(&mut self, copy: &Path) {
        let name = copy.file_name().unwrap_or_default().to_string_lossy();
        self.say(format!("The other version is kept as {name}; yours is being saved"));
        if self.dialog == Some(Dialog::Unsaved) {
            self.dialog = None;
            self.effects.push(Effect::FocusArticle);
        }
    }

    /// What was changed about an earlier text of an article is kept in a copy.
    pub(super) fn put_by(&mut self, receipt: &SaveReceipt, copy: &Path) {
        // It stands above the article until the project is closed: who wanted to close sees it.
        self.closing = false;
        self.tell_kept_apart(&receipt.kept.to_string(), copy);
        self.saved(receipt);
    }

    /// Says above the article, for good, where a copy of what was marked in a document is.
    pub(super) fn tell_kept_apart(&mut self, document: &str, copy: &Path) {
        let name = self.below_project(copy);
        let document = document.to_owned();
        self.problems.push(Problem::new(copy, ProblemKind::KeptApart { document, name }));
    }

    /// A file's place as it is shown.
    pub(super) fn below_project(&self, file: &Path) -> String {
        let project = self.project.as_ref();
        project.map_or_else(|| file.display().to_string(), |project| project.below(file))
    }

    /// What stood in the way of reading an article anew may be on the disk now.
    fn read_what_waited(&mut self, kept: &Kept) {
        let failed = self.reading.as_ref().filter(|reading| reading.failed.is_some());
        let document = failed.map(|reading| reading.document.clone());
        if let Some(document) = document.filter(|document| kept.document() == Some(document)) {
            self.read_anew(&document);
        }
    }

    pub(super) fn saved(&mut self, receipt: &SaveReceipt) {
        self.revisions.saved(receipt);
        self.failures.remove(&receipt.kept);
        if let Kept::Set(document, _) = &receipt.kept {
            self.forget_spoilt(document);
        }
        self.read_what_waited(&receipt.kept);
        if self.saving() != Saving::Saved {
            return;
        }
        if self.dialog == Some(Dialog::Unsaved) {
            // To close all of a sudden, while one thinks about it, would look like a failure.
            self.dialog = None;
            self.closing = false;
            self.effects.push(Effect::FocusArticle);
            self.say("Everything is saved now".to_owned());
        } else {
            self.go_on_closing();
        }
    }

    /// Closes, if that is waited for and nothing is waited for before it.
    pub(super) fn go_on_closing(&mut self) {
        let asks = self.dialog == Some(Dialog::Unsaved);
        if self.closing && !asks && self.task.is_none() && self.saving() == Saving::Saved {
            self.effects.push(Effect::Close);
        }
    }

    /// Whether it is waited for something that goes on, to close then.
    pub fn closes_after_task(&self) -> bool {
        self.closing && self.task.is_some()
    }

    pub(super) fn save_failed(&mut self, receipt: &SaveReceipt, error: SaveError) {
        if !self.revisions.knows(&receipt.kept) {
            return;
        }
        self.failures.insert(receipt.kept.clone(), error);
        if self.closing {
            self.dialog = Some(Dialog::Unsaved);
        }
    }

    /// Closes when what goes on is done and all is saved; waits while it is being written;
    /// asks when it cannot be.
    pub(super) fn request_close(&mut self) {
        if self.task.is_some() && !self.closing {
            self.closing = true;
            return;
        }
        // The second time it is not waited for: nothing of it is done.
        if self.task.take().is_some() {
            self.effects.push(Effect::StopGathering);
            self.closing = false;
        }
        match self.saving() {
            Saving::Saved => self.effects.push(Effect::Close),
            // The second time, it is asked: the disk may be one that never answers.
            Saving::Writing if self.closing => self.dialog = Some(Dialog::Unsaved),
            Saving::Writing => {
                self.closing = true;
                self.say("Closing when all is saved…".to_owned());
            }
            Saving::Failed(..) => {
                self.closing = true;
                self.dialog = Some(Dialog::Unsaved);
                self.effects.push(Effect::RetrySaves);
            }
        }
    }
}
