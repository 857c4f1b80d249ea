use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::comparing::Shown;
use crate::corpus::Annotator;
use crate::review::{Agreement, Kind, WhatMeasured as What, Whose, compared_by_default};
use crate::session::dialog::Dialog;
use crate::session::effect::Effect;
use crate::session::progress::Progress;
use crate::session::state::Session;
use crate::storage::Unread;

/// How far annotators agree, as far as it is measured.
#[derive(Clone, Debug)]
pub struct Agreeing {
    /// Which measuring it is: another number, other figures.
    pub number: u64,
    /// Whose agreement.
    pub annotators: Vec<Annotator>,
    /// The figures, once all articles are counted.
    pub agreement: Option<Arc<Agreement>>,
    /// The articles and sets that could not be read and are left out.
    pub unread: Unread,
    /// How far it has come.
    pub progress: Progress,
    /// What came of the last report that was written: where it lies, or why not.
    pub report: Option<Result<PathBuf, String>>,
}

impl Session {
    /// How far annotators agree, while it is shown.
    pub fn agreeing(&self) -> Option<&Agreeing> {
        self.agreeing.as_ref()
    }

    /// Shows how far those agree who were compared last, or everyone.
    pub(super) fn show_agreement(&mut self) {
        let known = self.agreeing.take().map(|agreeing| agreeing.annotators);
        let compared = self.comparing.as_ref().map(|comparing| comparing.annotators.clone());
        let annotators = known.or(compared);
        let annotators = annotators.unwrap_or_else(|| compared_by_default(&self.everyone()));
        self.dialog = Some(Dialog::Agreement);
        self.measure(annotators.into_iter().collect());
    }

    /// Measures how far these agree.
    pub(super) fn measure(&mut self, annotators: BTreeSet<Annotator>) {
        let Some(project) = self.project.clone() else { return };
        if annotators.len() < 2 {
            self.warn("Agreement takes two annotators or more".to_owned());
            return;
        }
        let annotators: Vec<Annotator> = annotators.into_iter().collect();
        let documents = self.documents.paths();
        let number = self.next_number();
        self.agreeing = Some(Agreeing {
            number,
            annotators: annotators.clone(),
            agreement: None,
            unread: Unread::default(),
            progress: Progress::through(documents.len()),
            report: None,
        });
        self.effects.push(Effect::Measure {
            number,
            project,
            documents,
            annotators,
            schema: self.schema.clone(),
            in_memory: self.sets_in_memory(),
        });
    }

    /// Measures the same anew, after sets have changed that are not in memory.
    pub(in crate::session) fn measure_anew(&mut self) {
        if let Some(agreeing) = self.agreeing.as_mut() {
            agreeing.progress.be_overtaken();
        }
        self.measure_overtaken();
    }

    fn measure_overtaken(&mut self) {
        let agreeing = self.agreeing.as_ref().filter(|one| one.progress.is_to_begin_anew());
        if let Some(agreeing) = agreeing {
            let annotators = agreeing.annotators.iter().cloned().collect();
            self.measure(annotators);
        }
    }

    pub(super) fn measuring(&mut self, number: u64, looked_at: usize) {
        let agreeing = self.agreeing.as_mut().filter(|agreeing| agreeing.number == number);
        if let Some(agreeing) = agreeing.filter(|agreeing| agreeing.progress.running) {
            agreeing.progress.looked_at = looked_at;
        }
    }

    pub(super) fn measured(&mut self, number: u64, agreement: Agreement, unread: Unread) {
        let agreeing = self.agreeing.as_mut().filter(|agreeing| agreeing.number == number);
        let Some(agreeing) = agreeing.filter(|agreeing| agreeing.progress.running) else { return };
        agreeing.progress.looked_at = agreeing.progress.of;
        agreeing.progress.running = false;
        agreeing.agreement = Some(Arc::new(agreement));
        agreeing.unread = unread;
        self.measure_overtaken();
    }

    /// Nobody looks at the figures any more; who was measured is remembered.
    pub(in crate::session) fn leave_agreement(&mut self) {
        if self.agreeing.as_ref().is_some_and(|agreeing| agreeing.progress.running) {
            self.agreeing = None;
            self.effects.push(Effect::StopMeasuring);
        }
    }

    /// Lists what a figure is about, or what it counts in one article: the cases of whom
    /// it measures, also those in which they agree.
    pub(super) fn list_behind(&mut self, whose: Whose, mut shown: Shown) {
        let Some(agreeing) = &self.agreeing else { return };
        let pairs = agreeing.agreement.as_ref().map(|agreement| agreement.pairs());
        let pair = match (whose, pairs) {
            (Whose::Pair(at), Some(pairs)) => {
                pairs.get(at).map(|(one, other)| BTreeSet::from([(*one).clone(), (*other).clone()]))
            }
            _ => None,
        };
        let annotators = pair.unwrap_or_else(|| agreeing.annotators.iter().cloned().collect());
        shown.settled = true;
        let agreement = agreeing.agreement.as_ref();
        let agreement = agreement.filter(|agreement| agreement.left_out().is_any());
        shown.among = agreement.map(|agreement| Arc::new(agreement.paths().cloned().collect()));
        self.dialog = None;
        self.leave_agreement();
        let same = self.comparing.as_ref().is_some_and(|comparing| {
            comparing.annotators.iter().eq(annotators.iter()) && !comparing.progress.running
        });
        if same {
            self.listing = Some(crate::session::lists::Listing::Cases);
            self.effects.push(Effect::FocusList);
        } else {
            self.compare_these(annotators);
        }
        if let Some(comparing) = self.comparing.as_mut() {
            comparing.at = None;
            comparing.row = None;
        }
        self.show_cases(shown);
    }

    /// Writes what is known of the agreement into a page for others.
    pub(super) fn write_report(&mut self, file: PathBuf) {
        let Some(agreeing) = &self.agreeing else { return };
        let number = agreeing.number;
        let (Some(agreement), Some(project)) = (agreeing.agreement.clone(), self.project.clone())
        else {
            return;
        };
        self.effects.push(Effect::WriteReport {
            number,
            project,
            documents: self.documents.paths(),
            agreement,
            reviewer: self.person.clone(),
            schema: self.schema.clone(),
            settled: self.decisions_of(&Annotator::gold()).cloned(),
            in_memory: self.sets_in_memory(),
            file,
        });
        self.say("Writing the report…".to_owned());
    }

    pub(super) fn report_written(&mut self, number: u64, result: Result<PathBuf, String>) {
        match &result {
            Ok(file) => self.say(format!("The report is in {}", file.display())),
            Err(error) => self.warn(format!("The report was not written: {error}")),
        }
        if let Some(agreeing) = self.agreeing.as_mut().filter(|one| one.number == number) {
            agreeing.report = Some(result);
        }
    }
}

impl Shown {
    /// What is behind a figure: everything that somebody gives the label, agreed or not.
    #[must_use]
    pub fn behind(what: &What, links: bool) -> Self {
        let label = match what {
            What::All => None,
            What::Label(label) => Some(label.clone()),
        };
        let kinds = Kind::DIFFERENCES.into_iter().filter(|kind| links == (*kind == Kind::Link));
        let kinds = kinds.chain([Kind::Agreed]).collect();
        Self { kinds, label, links, ..Self::default() }
    }
}
