use super::message::{Effect, SaveReceipt};
use super::state::{Dialog, Session};
use crate::storage::SaveError;

/// Whether what was done is on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Saving {
    /// All of it is.
    Saved,
    /// The last of it is being written.
    Writing,
    /// Some of it could not be written; it is kept and tried again.
    Failed(SaveError),
}

impl Session {
    /// Whether what was done is on the disk.
    pub fn saving(&self) -> Saving {
        if !self.held.values().any(super::state::Held::is_unsaved) {
            return Saving::Saved;
        }
        self.failure.clone().map_or(Saving::Writing, Saving::Failed)
    }

    pub(super) fn save_now(&mut self) {
        match self.saving() {
            Saving::Saved => self.say("Everything is saved already, as you go".to_owned()),
            Saving::Writing => self.say("Saving…".to_owned()),
            Saving::Failed(_) => {
                self.say("Trying again to save…".to_owned());
                self.effects.push(Effect::RetrySaves);
            }
        }
    }

    pub(super) fn saved(&mut self, receipt: &SaveReceipt) {
        if receipt.annotator != self.annotator {
            return;
        }
        if let Some(held) = self.held.get_mut(&receipt.document) {
            held.saved = held.saved.max(receipt.revision);
        }
        if self.saving() != Saving::Saved && self.failure.is_some() {
            return;
        }
        self.failure = None;
        if self.closing && self.saving() == Saving::Saved {
            self.effects.push(Effect::Close);
        }
    }

    pub(super) fn save_failed(&mut self, receipt: &SaveReceipt, error: SaveError) {
        if receipt.annotator != self.annotator {
            return;
        }
        self.failure = Some(error);
        if self.closing {
            self.dialog = Some(Dialog::Unsaved);
        }
    }

    /// Closes when all is saved; waits while it is being written; asks when it
    /// cannot be.
    pub(super) fn request_close(&mut self) {
        match self.saving() {
            Saving::Saved => self.effects.push(Effect::Close),
            Saving::Writing => self.closing = true,
            Saving::Failed(_) => {
                self.closing = true;
                self.dialog = Some(Dialog::Unsaved);
                self.effects.push(Effect::RetrySaves);
            }
        }
    }
}
