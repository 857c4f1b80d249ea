//! The statistics of the project, counted anew whenever they are asked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dialog::Dialog;
use super::effect::{Effect, InMemory};
use super::progress::Progress;
use super::state::Session;
use crate::corpus::DocumentPath;
use crate::review::{OfWhom, Slice, Statistics, Topic};
use crate::storage::Unread;

/// The statistics as far as they are counted.
#[derive(Clone, Debug)]
pub struct Counting {
    /// Which counting it is: another number, other figures.
    pub number: u64,
    /// The figures of the articles that were looked at.
    pub statistics: Statistics,
    /// How far it has come.
    pub progress: Progress,
    /// The articles and sets that could not be read and are left out.
    pub unread: Unread,
}

impl Session {
    /// The statistics, while they are shown.
    pub fn counting(&self) -> Option<&Counting> {
        self.counting.as_ref()
    }

    /// Shows the statistics and has everything counted.
    pub(super) fn show_statistics(&mut self) {
        let Some(project) = self.project.clone() else { return };
        self.dialog = Some(Dialog::Statistics);
        let documents = self.documents.paths();
        let number = self.next_number();
        let progress = Progress::through(documents.len());
        let statistics = Statistics::new([self.annotator.clone()]);
        self.counting = Some(Counting { number, statistics, progress, unread: Unread::default() });
        self.effects.push(Effect::Count {
            number,
            project,
            documents,
            schema: self.schema.clone(),
            in_memory: self.sets_in_memory(),
        });
    }

    /// Has everything counted anew, after sets have changed that are not in memory.
    pub(super) fn count_anew(&mut self) {
        if let Some(counting) = self.counting.as_mut() {
            counting.progress.be_overtaken();
        }
        self.count_overtaken();
    }

    fn count_overtaken(&mut self) {
        if self.counting.as_ref().is_some_and(|counting| counting.progress.is_to_begin_anew()) {
            self.show_statistics();
        }
    }

    pub(super) fn counted(
        &mut self,
        number: u64,
        statistics: Statistics,
        (looked_at, unread): (usize, Unread),
        finished: bool,
    ) {
        let counting = self.counting.as_mut().filter(|counting| counting.number == number);
        let Some(counting) = counting.filter(|counting| counting.progress.running) else { return };
        counting.statistics.merge(statistics);
        counting.unread += unread;
        counting.progress.go_on(looked_at, finished);
        self.count_overtaken();
    }

    /// Lists what a bar of the statistics counts, below the article.
    pub(super) fn list_slice(&mut self, slice: Slice) {
        // The list gets the keyboard, not the article.
        self.dialog = None;
        self.leave_statistics();
        self.survey(Topic::Slice(Arc::new(slice)));
        self.effects.push(Effect::FocusList);
    }

    /// Has the sets that a topic is about looked at for remarks: one's own, or those that are
    /// counted.
    pub(super) fn survey(&mut self, topic: Topic) {
        let slice = match &topic {
            Topic::Slice(slice) => Some(slice),
            Topic::Checks | Topic::Discussion => None,
        };
        let document = slice.and_then(|slice| slice.document.clone());
        let documents = document.map_or_else(|| self.documents.paths(), |document| vec![document]);
        let annotators = match slice.map(|slice| &slice.whose) {
            Some(OfWhom::One(annotator)) => vec![annotator.clone()],
            Some(whose) => self.everyone().into_iter().filter(|one| whose.includes(one)).collect(),
            None => vec![self.annotator.clone()],
        };
        let number = self.begin_remarks(topic.clone(), Some(documents.len()));
        let Some(project) = self.project.clone() else { return };
        self.effects.push(Effect::Survey {
            number,
            project,
            documents,
            annotators,
            schema: self.schema.clone(),
            topic,
            in_memory: self.sets_in_memory(),
        });
    }

    /// All sets that are in memory: what is not saved yet counts as well.
    pub(super) fn sets_in_memory(&self) -> BTreeMap<DocumentPath, InMemory> {
        let held = self.held.iter().map(|(path, held)| {
            let (mut sets, mut unread) = (Vec::new(), Vec::new());
            for (annotator, set) in held.sets() {
                match set {
                    Some(set) => sets.push(set.clone()),
                    None => unread.push(annotator.clone()),
                }
            }
            (path.clone(), InMemory { document: held.document.clone(), sets, unread })
        });
        held.collect()
    }

    /// Nobody looks at the statistics any more.
    pub(super) fn leave_statistics(&mut self) {
        if self.counting.take().is_some_and(|counting| counting.progress.running) {
            self.effects.push(Effect::StopCounting);
        }
    }
}
