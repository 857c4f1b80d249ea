//! All that a person did, undone and redone, and what the files hold then.

use tandai::corpus::Status;
use tandai::session::{Command, Message};
use tandai::storage::SetOnDisk;

use super::person::{Person, annotator, path};

impl Person {
    /// The sets of these annotators for these articles, as the files hold them. A set
    /// in which nothing is left is as good as none.
    pub(crate) fn sets(&self, documents: &[&str], annotators: &[&str]) -> Vec<SetOnDisk> {
        let each = documents.iter().flat_map(|name| annotators.iter().map(move |who| (name, who)));
        let found = each.map(|(name, who)| self.found(&annotator(who), &path(name)));
        found
            .map(|found| match found {
                SetOnDisk::Read(set)
                    if set.annotations().is_empty() && set.status() == Status::New =>
                {
                    SetOnDisk::Absent
                }
                found => found,
            })
            .collect()
    }

    /// Undoes all steps, each of which must say so.
    pub(crate) fn undo_all(&mut self) {
        while self.session.history().last_done().is_some() {
            self.tell(Message::Run(Command::Undo));
            assert!(self.notice().starts_with("Undid: "), "{}", self.notice());
        }
    }

    /// Redoes all steps, each of which must say so.
    pub(crate) fn redo_all(&mut self) {
        while self.session.history().last_undone().is_some() {
            self.tell(Message::Run(Command::Redo));
            assert!(self.notice().starts_with("Redid: "), "{}", self.notice());
        }
    }
}
