//! The list of remarks on annotations: problems, what is to be discussed, what was counted.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::effect::Effect;
use super::held::Held;
use super::lists::Listing;
use super::progress::Progress;
use super::selection::{Focus, Place, Selection};
use super::state::{Reading, Session};
use crate::corpus::{AnnotationSet, DocumentPath};
use crate::review::{self, Finding, Remark, Topic, remark_on};

/// Of how many documents rows are listed anew at once, so that no frame waits.
const DOCUMENTS: usize = 32;

/// A list of remarks on annotations, and how far it has come.
#[derive(Clone, Debug)]
pub struct Remarks {
    pub(super) number: u64,
    /// What is remarked on.
    pub topic: Topic,
    /// Whether in all articles, rather than the open one.
    pub everywhere: bool,
    /// The remarks, in the order of articles and text.
    pub rows: Vec<Remark>,
    /// How far it has come.
    pub progress: Progress,
    /// The remark that the person is at.
    pub at: Option<usize>,
    /// The own sets about articles that were open while it is looked, as they were then.
    known: BTreeMap<DocumentPath, Arc<AnnotationSet>>,
}

/// A problem that a row is about.
#[derive(Clone, Debug)]
pub(super) struct ListedProblem {
    at: usize,
    remark: Remark,
    /// The finding's key.
    key: String,
}

impl Session {
    /// The remarks that are listed.
    pub fn remarks(&self) -> Option<&Remarks> {
        self.remarks.as_ref()
    }

    /// Where findings are listed, the row that one is at is that of the finding in hand.
    pub(super) fn list_follows(&mut self, finding: &Finding) {
        let Some(document) = self.reading.as_ref().map(|reading| &reading.document) else { return };
        let Some(remarks) = self.remarks.as_mut() else { return };
        let range = remarks.range_of(document);
        let is_it =
            |row: &Remark| row.finding.as_ref().is_some_and(|listed| listed.key() == finding.key());
        let row = remarks.rows.get(range.clone()).and_then(|rows| rows.iter().position(is_it));
        if let Some(row) = row {
            remarks.at = Some(range.start + row);
        }
    }

    /// Lists what the checks found in the open article.
    pub(super) fn list_problems_here(&mut self) {
        self.begin_remarks(Topic::Checks, None);
        self.list_remarks_anew();
        self.effects.push(Effect::FocusList);
    }

    /// Lists remarks on the person's own sets of all articles.
    pub(super) fn list_everywhere(&mut self, topic: Topic) {
        self.survey(topic);
        self.effects.push(Effect::FocusList);
    }

    /// Has the articles looked at again whose remarks are listed, after sets have changed that
    /// are not in memory.
    pub(super) fn survey_anew(&mut self) {
        if let Some(remarks) = self.remarks.as_mut().filter(|remarks| remarks.everywhere) {
            remarks.progress.be_overtaken();
        }
        self.survey_overtaken();
    }

    /// Has them looked at again if that is due and the list is shown. One stays at the place in
    /// the list.
    pub(super) fn survey_overtaken(&mut self) {
        let is_shown = self.listing == Some(Listing::Remarks);
        let is_due = |remarks: &&Remarks| is_shown && remarks.progress.is_to_begin_anew();
        let remarks = self.remarks.as_ref().filter(is_due);
        let Some((topic, at)) = remarks.map(|remarks| (remarks.topic.clone(), remarks.at)) else {
            return;
        };
        self.survey(topic);
        if let Some(remarks) = self.remarks.as_mut() {
            remarks.at = at;
        }
    }

    /// Makes room for remarks in the list; with `of`, on so many articles that are
    /// yet to be looked at. Returns the number that the answers are to have.
    pub(super) fn begin_remarks(&mut self, topic: Topic, of: Option<usize>) -> u64 {
        let number = self.next_number();
        self.listing = Some(Listing::Remarks);
        self.effects.push(Effect::StopSurveying);
        let everywhere = of.is_some();
        self.remarks = Some(Remarks {
            number,
            topic,
            everywhere,
            rows: Vec::new(),
            progress: of.map(Progress::through).unwrap_or_default(),
            at: None,
            known: self.held().map(known).into_iter().collect(),
        });
        number
    }

    pub(super) fn surveyed(
        &mut self,
        number: u64,
        rows: Vec<Remark>,
        looked_at: usize,
        finished: bool,
    ) {
        let rows: Vec<Remark> = rows.into_iter().filter_map(|row| self.open_remark(row)).collect();
        let Some(remarks) = self.remarks.as_mut().filter(|remarks| remarks.number == number) else {
            return;
        };
        remarks.rows.extend(rows);
        remarks.progress.go_on(looked_at, finished);
        remarks.stay_in_list();
        self.survey_overtaken();
    }

    /// Brings what is listed about the open article up to date.
    pub(super) fn list_remarks_anew(&mut self) {
        let Some(remarks) = self.remarks.as_ref() else { return };
        let (Some(held), Some(reading)) = (self.held(), self.reading.as_ref()) else { return };
        let path = held.document.path.clone();
        let rows: Vec<Remark> = match &remarks.topic {
            // In all articles they are those of one's own sets; here, of the set that is shown.
            Topic::Checks if remarks.everywhere && reading.shown != self.annotator => return,
            Topic::Checks => {
                let Some(set) = self.shown_set() else { return };
                let remark = |finding| remark_on(finding, &held.document, set);
                self.findings.iter().filter_map(remark).collect()
            }
            topic @ Topic::Discussion => {
                review::remarks(topic, &self.schema, &held.document, &held.set)
            }
            topic @ Topic::Slice(_) => {
                let sets = held.sets().filter_map(|(_, set)| set);
                let of = |set: &Arc<_>| review::remarks(topic, &self.schema, &held.document, set);
                sets.flat_map(of).collect()
            }
        };
        let own = known(held);
        let Some(remarks) = self.remarks.as_mut() else { return };
        let range = remarks.range_of(&path);
        if !remarks.everywhere && !remarks.are_about_the_same_as(&rows) {
            // Of another article, or of another's set, none can be the row that one was at.
            remarks.rows = rows;
        } else if !remarks.everywhere {
            remarks.replace(0..remarks.rows.len(), rows);
        } else if remarks.progress.running && range.is_empty() {
            // It is yet to come, or came and nothing was said of it: that may be as it was.
            let (path, set) = own;
            if !Arc::ptr_eq(remarks.known.entry(path).or_insert_with(|| set.clone()), &set) {
                remarks.progress.be_overtaken();
            }
        } else {
            remarks.replace(range, rows);
        }
        remarks.stay_in_list();
    }

    /// Lets go of what is listed of documents and was decided since: that it is meant, or is
    /// none. Where much was, or something was taken back, all is looked for anew.
    pub(super) fn list_judged_remarks(&mut self, judged: &BTreeMap<DocumentPath, bool>) {
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let is_back = |(document, back): (&DocumentPath, &bool)| *back && Some(document) != open;
        if judged.len() > DOCUMENTS || judged.iter().any(is_back) {
            self.survey_anew();
            return;
        }
        let Some(mut remarks) = self.remarks.take() else { return };
        for document in judged.keys() {
            let range = remarks.range_of(document);
            let rows: Vec<Remark> = remarks.rows.drain(range.clone()).collect();
            let left: Vec<Remark> =
                rows.into_iter().filter_map(|row| self.open_remark(row)).collect();
            let gone = range.len() - left.len();
            // What stands behind them moves up; in their place stands the next one.
            remarks.at = remarks.at.map(|at| if at >= range.end { at - gone } else { at });
            remarks.rows.splice(range.start..range.start, left);
        }
        remarks.stay_in_list();
        self.remarks = Some(remarks);
    }

    /// A remark as far as it is still open.
    fn open_remark(&self, mut row: Remark) -> Option<Remark> {
        if let Some(finding) = row.finding.take() {
            let finding = finding.still_open(&row.document, |one| self.is_decided(one))?;
            row.words = finding.words();
            row.finding = Some(finding);
        }
        Some(row)
    }

    /// Marks where one is in the list, and shows it where its article is open;
    /// with `open`, opens that first.
    pub(super) fn go_to_remark(&mut self, at: usize, open: bool) {
        let Some(remarks) = self.remarks.as_mut() else { return };
        let Some(remark) = remarks.rows.get(at).cloned() else { return };
        remarks.at = Some(at);
        let here = self.reading.as_ref().is_some_and(|r| r.document == remark.document);
        let shown = self.reading.as_ref().map(|reading| &reading.shown);
        let elsewhere = shown != Some(&remark.annotator);
        if here {
            if elsewhere {
                self.turn_to_set(remark.annotator.clone());
            }
            let key = remark.finding.as_ref().map(Finding::key);
            let found = self.findings.iter().find(|f| Some(f.key()) == key).cloned();
            match found {
                Some(finding) => self.take_finding(&finding),
                None => self.focus(remark.annotation.clone()),
            }
            if open {
                self.effects.push(Effect::FocusArticle);
            }
        } else if open {
            self.show_remark(remark, false);
        }
    }

    /// The problem that the row is about which one is at in the list of remarks.
    pub(super) fn problem_of_row(&self) -> Option<ListedProblem> {
        let remarks = self.remarks.as_ref().filter(|_| self.listing == Some(Listing::Remarks))?;
        let at = remarks.at?;
        let remark = remarks.rows.get(at)?.clone();
        let key = remark.finding.as_ref()?.key();
        Some(ListedProblem { at, remark, key })
    }

    /// Whether it is this problem that is in hand.
    pub(super) fn is_in_hand(&self, problem: &ListedProblem) -> bool {
        let ListedProblem { remark, key, .. } = problem;
        let opens = |reading: &Reading| {
            reading.document == remark.document && reading.shown == remark.annotator
        };
        self.reading.as_ref().is_some_and(opens)
            && self.finding_in_hand().is_some_and(|finding| finding.key() == *key)
    }

    /// Shows a problem in its article, and leaves the keyboard in the list.
    pub(super) fn show_problem(&mut self, problem: ListedProblem) {
        let ListedProblem { at, remark, key } = &problem;
        if self.reading.as_ref().is_none_or(|reading| reading.document != remark.document) {
            self.show_remark(problem.remark, true);
            return;
        }
        self.go_to_remark(*at, false);
        if self.is_in_hand(&problem) {
            return;
        }
        if self.is_checking() {
            self.finding_in_hand = Some(key.clone());
            self.say("The article is still being checked".to_owned());
        } else {
            self.say("This is not found there any more".to_owned());
        }
    }

    /// Shows what is remarked on in another article; with `quiet`, the keyboard stays where it is.
    fn show_remark(&mut self, remark: Remark, quiet: bool) {
        let selection = Selection::caret(remark.at.start);
        let focus = Some(Focus { id: remark.annotation.clone(), fragment: 0 });
        self.finding_in_hand = remark.finding.as_ref().map(Finding::key);
        self.awaited_set = Some((remark.document.clone(), remark.annotator.clone()));
        self.show_elsewhere(&remark.document, Place { selection, focus }, quiet);
        self.say(remark.words);
    }
}

impl Remarks {
    /// Its answers are not waited for any more.
    pub(super) fn stop(&mut self) {
        self.progress.stop();
        self.number = 0;
    }

    /// Where the remarks on a document are.
    fn range_of(&self, document: &DocumentPath) -> Range<usize> {
        let first = self.rows.partition_point(|row| row.document < *document);
        let behind = self.rows.partition_point(|row| row.document <= *document);
        first..behind
    }

    /// Whether the list of one article has rows about the same article and set as these.
    fn are_about_the_same_as(&self, rows: &[Remark]) -> bool {
        let about = |row: &Remark| (row.document.clone(), row.annotator.clone());
        self.rows.first().map(about) == rows.first().map(about)
    }

    /// Puts rows into the place of others. Where the row that one is at is not among them, one is
    /// at the next that was below it.
    fn replace(&mut self, range: Range<usize>, rows: Vec<Remark>) {
        let key = |row: &Remark| row.finding.as_ref().map(Finding::key);
        let is_same = |one: &Remark, other: &Remark| {
            let about = |row: &Remark| (row.annotator.clone(), row.annotation.clone());
            about(one) == about(other) && key(one) == key(other)
        };
        let end = range.start + rows.len();
        self.at = self.at.map(|at| {
            if at < range.start {
                return at;
            }
            if at >= range.end {
                return at - range.end + end;
            }
            let below = self.rows.get(at..range.end).unwrap_or_default();
            let place = below.iter().find_map(|was| rows.iter().position(|row| is_same(row, was)));
            place.map_or(end, |place| range.start + place)
        });
        self.rows.splice(range, rows);
    }

    /// Where the row that one was at is gone, one is at the last; of what is still looked for
    /// there may be more.
    fn stay_in_list(&mut self) {
        if !self.progress.running {
            let last = self.rows.len().saturating_sub(1);
            self.at = self.at.map(|at| at.min(last));
        }
    }
}

/// A document with the own set about it.
fn known(held: &Held) -> (DocumentPath, Arc<AnnotationSet>) {
    (held.document.path.clone(), held.set.clone())
}
