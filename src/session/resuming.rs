//! Taking up the work of an earlier run.

use std::path::Path;
use std::sync::Arc;

use super::applying::counted;
use super::command::Command;
use super::effect::Effect;
use super::history::History;
use super::kept::Kept;
use super::message::{Recovered, Resumed};
use super::state::Session;
use crate::corpus::Annotator;
use crate::storage::{Problem, Project};

impl Session {
    /// Takes up an annotator's work while the project is open, or leaves it to another window.
    pub(super) fn resume_later(
        &mut self,
        project: &Arc<Project>,
        annotator: &Annotator,
        resumed: Resumed,
    ) {
        if !self.is_open(project) || *annotator != self.annotator {
            return;
        }
        self.history = History::default();
        if resumed.elsewhere.is_none() {
            self.say(format!("{annotator}'s sets can be changed here now"));
            // What the other window did is read.
            self.effects.push(Effect::LookAround);
        }
        self.resume(resumed);
    }

    /// Which other window has one's own sets, in words; `None` where none has.
    pub fn other_window(&self) -> Option<&str> {
        self.elsewhere.as_deref()
    }

    /// Whether one's own sets can be changed here.
    pub(super) fn is_here(&self) -> Result<(), String> {
        let key = Command::WorkHere;
        self.elsewhere.as_ref().map_or(Ok(()), |_| {
            let key = self.keymap.key(key).map(|key| format!("; {key} takes over"));
            let own = &self.annotator;
            Err(format!("{own}'s sets are open in another window{}", key.unwrap_or_default()))
        })
    }

    pub(super) fn run_resuming(&mut self, command: Command) {
        match command {
            Command::WorkHere => self.work_here(),
            Command::PlaceTags => self.open_placement(),
            Command::PlaceHere => self.place_here(),
            Command::ShowReport => self.show_report(),
            Command::DismissReport => self.dismiss_report(),
            other => self.run_review(other),
        }
    }

    /// The report of a failure in an earlier run.
    pub fn report(&self) -> Option<&Path> {
        self.report.as_deref()
    }

    fn show_report(&mut self) {
        let folder = self.report.as_ref().and_then(|report| report.parent());
        self.effects.extend(folder.map(|folder| Effect::ShowFolder(folder.to_path_buf())));
    }

    fn dismiss_report(&mut self) {
        self.effects.extend(self.report.take().map(Effect::MarkReportSeen));
    }

    fn work_here(&mut self) {
        self.say("Asking the other window…".to_owned());
        self.effects.push(Effect::WantLock);
    }

    /// Takes over the steps of earlier runs, and says what the files lacked.
    pub(super) fn resume(&mut self, resumed: Resumed) {
        self.elsewhere = resumed.elsewhere;
        self.history.resume(resumed.history);
        for problem in resumed.problems {
            self.journal_failed(problem);
        }
        for one in &resumed.recovered {
            if let Some(copy) = &one.copy {
                self.tell_kept_apart(&one.kept.to_string(), copy);
            }
        }
        if !resumed.recovered.is_empty() {
            self.warn(in_words(&resumed.recovered));
        }
    }

    /// Undo will not outlast the window; everything else goes on.
    pub(super) fn journal_failed(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// What was recovered, in a sentence or two.
fn in_words(recovered: &[Recovered]) -> String {
    let brought: usize = recovered.iter().map(|one| one.brought).sum();
    let left: usize = recovered.iter().map(|one| one.left).sum();
    let mut files: Vec<String> = recovered.iter().take(3).map(|one| named(&one.kept)).collect();
    if recovered.len() > files.len() {
        files.push(format!("{} more", recovered.len() - files.len()));
    }
    let mut words = match brought {
        0 => String::new(),
        _ => format!(
            "Tandai was ended before all was in its files; {} recovered, in {}",
            if brought == 1 {
                "1 change was".to_owned()
            } else {
                format!("{brought} changes were")
            },
            files.join(", ")
        ),
    };
    if left > 0 {
        if !words.is_empty() {
            words.push_str(". ");
        }
        words.push_str(&format!(
            "{} could not be recovered, because what {} about is other now: {}",
            counted(left, "change"),
            if left == 1 { "it is" } else { "they are" },
            files.join(", ")
        ));
    }
    words
}

fn named(kept: &Kept) -> String {
    match kept {
        Kept::Set(document, annotator) => format!("{annotator}'s set about {}", document.name()),
        other => other.to_string(),
    }
}
