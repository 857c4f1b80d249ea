//! Whose sets are worked on: one's own, gold, or one's own a second time.

use crate::corpus::Annotator;
use crate::session::saving::Saving;
use crate::session::state::Session;

impl Session {
    /// Who sits before the window, whosever sets are worked on.
    pub fn person(&self) -> &Annotator {
        &self.person
    }

    /// Works on another's sets from now on, under the same person: gold's, or a second
    /// pass's. The steps so far can be undone when one is back.
    pub(super) fn work_as(&mut self, annotator: Annotator) {
        if annotator != self.annotator {
            self.become_annotator(annotator);
        }
    }

    /// Goes back to the person's own sets.
    pub(in crate::session) fn work_as_oneself(&mut self) {
        if self.saving() != Saving::Saved {
            self.warn("Not yet: the last changes are not saved".to_owned());
            return;
        }
        let person = self.person.clone();
        self.say(format!("Annotations are {person}'s again"));
        let notice = self.notice.take();
        self.work_as(person);
        self.notice = notice;
    }
}
