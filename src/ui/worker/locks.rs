//! Which annotators' sets this window may change, and letting another window have them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::desk::Desk;
use crate::corpus::Annotator;
use crate::session::{Message, Resumed};
use crate::storage::{Lock, Locking, Project};

/// The locks of the open project.
#[derive(Default)]
pub(super) struct Locks {
    held: BTreeMap<Annotator, Box<dyn Lock>>,
    /// Whose lock another window has, and whether it was asked to let it go.
    elsewhere: Option<Elsewhere>,
}

struct Elsewhere {
    annotator: Annotator,
    asked: bool,
}

impl Locks {
    pub(super) fn close(&mut self) {
        self.held.clear();
        self.elsewhere = None;
    }

    /// Whether it is waited for a lock, of which nobody tells when it becomes free.
    pub(super) fn is_waited_for(&self) -> bool {
        self.elsewhere.is_some()
    }

    /// Takes an annotator's lock, if it is not held; who has it instead, if another does.
    pub(super) fn take(&mut self, project: &Project, annotator: &Annotator) -> Option<String> {
        if self.held.contains_key(annotator) {
            return None;
        }
        match project.lock(annotator, &owner()) {
            Locking::Held(lock) => {
                self.held.insert(annotator.clone(), lock);
                self.elsewhere = None;
                None
            }
            Locking::Elsewhere(owner) => {
                let asked = self.elsewhere.as_ref().is_some_and(|one| one.asked);
                self.elsewhere = Some(Elsewhere { annotator: annotator.clone(), asked });
                Some(owner)
            }
            Locking::Unknown => None,
        }
    }
}

impl Desk {
    /// Asks the window that has the own lock to let it go.
    pub(super) fn want_lock(&mut self, report: &mut dyn FnMut(Message)) {
        let (Some(watch), Some(elsewhere)) = (&self.watch, &mut self.locks.elsewhere) else {
            return;
        };
        elsewhere.asked = watch.project.want_lock(&elsewhere.annotator).is_ok();
        self.look_at_locks(report);
    }

    /// Lets a lock go that another window asks for, and takes one that has become free.
    pub(super) fn look_at_locks(&mut self, report: &mut dyn FnMut(Message)) {
        let Some(watch) = &self.watch else { return };
        let project: Arc<Project> = watch.project.clone();
        let wanted: Vec<Annotator> =
            self.locks.held.keys().filter(|one| project.is_lock_wanted(one)).cloned().collect();
        for annotator in wanted {
            self.save_all(report);
            // What is not saved must not be left to nobody.
            if self.has_unsaved() {
                continue;
            }
            self.journals.close_one(&annotator);
            self.locks.held.remove(&annotator);
            let owner = "the window that took over".to_owned();
            self.locks.elsewhere = Some(Elsewhere { annotator: annotator.clone(), asked: false });
            let resumed = Resumed::elsewhere(owner);
            report(Message::Resumed(project.clone(), annotator, Box::new(resumed)));
            // The other window takes it before this one looks again.
            return;
        }
        let Some(Elsewhere { annotator, .. }) = &self.locks.elsewhere else { return };
        let annotator = annotator.clone();
        // Another window wants it more.
        let asked = self.locks.elsewhere.as_ref().is_some_and(|one| one.asked);
        if !asked && project.is_lock_wanted(&annotator) {
            return;
        }
        if self.locks.take(&project, &annotator).is_none() {
            let resumed = self.resume(&project, &annotator);
            report(Message::Resumed(project, annotator, Box::new(resumed)));
        }
    }
}

/// Who this is, in words for another window.
fn owner() -> String {
    let user = whoami::username().unwrap_or_else(|_| "somebody".to_owned());
    let host = whoami::hostname().map(|host| format!(" on {host}")).unwrap_or_default();
    format!("another window ({user}{host}, process {})", std::process::id())
}
