//! Marking up again, blind, what was done some time ago: to see how far one agrees with
//! oneself.

use std::collections::BTreeMap;

use crate::corpus::DocumentPath;
use crate::session::dialog::Dialog;
use crate::session::documents::DocumentList;
use crate::session::effect::Effect;
use crate::session::saving::Saving;
use crate::session::state::Session;

/// What is marked up again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgainChoice {
    /// How many days ago the set must have been written last, at least.
    pub days: u32,
    /// How many articles at most.
    pub articles: usize,
}

impl Default for AgainChoice {
    fn default() -> Self {
        Self { days: 14, articles: 20 }
    }
}

/// What could be marked up again.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Again {
    /// What was chosen.
    pub choice: AgainChoice,
    /// The articles that are done, with how many days ago, those that were begun a second
    /// time already left out; `None` until they are known.
    pub done: Option<BTreeMap<DocumentPath, u32>>,
    /// The articles that a second pass was begun on and that are not finished.
    pub begun: Vec<DocumentPath>,
    pub(super) number: u64,
}

impl Again {
    /// The articles that are marked up again: those that were begun, then others that are
    /// old enough, in the order of their names.
    pub fn articles(&self) -> Vec<DocumentPath> {
        let old = self.done.iter().flatten();
        let old = old.filter(|(_, days)| **days >= self.choice.days).map(|(path, _)| path.clone());
        let most = self.choice.articles.max(self.begun.len());
        let mut articles: Vec<DocumentPath> = self.begun.iter().cloned().chain(old).collect();
        articles.truncate(most);
        articles.sort();
        articles
    }
}

impl Session {
    /// What could be marked up again.
    pub fn again(&self) -> Option<&Again> {
        self.again.as_ref()
    }

    /// Asks what is to be marked up again.
    pub(super) fn open_again(&mut self) {
        let Some(project) = self.project.clone() else { return };
        let number = self.next_number();
        let choice = self.again.take().map(|again| again.choice).unwrap_or_default();
        self.again = Some(Again { choice, number, ..Again::default() });
        self.dialog = Some(Dialog::Again { error: None });
        let annotator = self.person.clone();
        let documents = self.documents.paths();
        self.effects.push(Effect::FindDone { number, project, documents, annotator });
    }

    pub(super) fn done_found(
        &mut self,
        number: u64,
        done: BTreeMap<DocumentPath, u32>,
        begun: Vec<DocumentPath>,
    ) {
        if let Some(again) = self.again.as_mut().filter(|again| again.number == number) {
            again.done = Some(done);
            again.begun = begun;
        }
    }

    pub(super) fn choose_again(&mut self, choice: AgainChoice) {
        if let Some(again) = self.again.as_mut() {
            again.choice = choice;
        }
    }

    /// Begins the second pass, in which others' sets and one's own first ones are hidden.
    pub(super) fn begin_again(&mut self) {
        let Some(articles) = self.again.as_ref().map(Again::articles) else { return };
        let second = self.person.second_pass();
        let error = match (&second, articles.is_empty(), self.saving()) {
            (Err(error), ..) => Some(error.to_string()),
            (_, true, _) => Some("No article is old enough".to_owned()),
            (_, _, Saving::Writing | Saving::Failed(..)) => {
                Some("Not yet: the last changes are not saved".to_owned())
            }
            _ => None,
        };
        let (Ok(second), None) = (second, &error) else {
            self.dialog = Some(Dialog::Again { error });
            return;
        };
        self.dialog = None;
        let all = self.documents.paths();
        self.awaited = articles.first().cloned();
        self.reading = None;
        self.documents = DocumentList::new(articles);
        self.work_as(second.clone());
        self.all_documents = Some(all);
        self.effects.push(Effect::FocusArticle);
        self.say(format!("These are {second}'s sets: nothing of the first time is shown"));
    }
}
