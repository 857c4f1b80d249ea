//! What the schema's checks find while one works.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::effect::Effect;
use super::held::Held;
use super::lists::Listing;
use super::progress::Progress;
use super::selection::{Focus, Place, Selection};
use super::state::Session;
use crate::corpus::{AnnotationSet, Decision, DocumentPath, Edit, Id, Version};
use crate::review::{self, Finding, FindingKind, Mend, Remark, Topic, remark_on};
use crate::text::Direction;

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

impl Session {
    /// What the checks found in the set that is shown and is not meant to be so.
    pub fn problems_found(&self) -> &[Finding] {
        &self.findings
    }

    /// The finding that the keys for findings act on.
    ///
    /// It is in hand while what it is about is focused.
    pub fn finding_in_hand(&self) -> Option<&Finding> {
        let key = self.finding_in_hand.as_ref()?;
        let focused = self.focus_place().map(|focus| &focus.id);
        let about = self.findings.iter().filter(|finding| Some(&finding.annotation) == focused);
        about.into_iter().find(|finding| finding.key() == *key)
    }

    /// The remarks that are listed.
    pub fn remarks(&self) -> Option<&Remarks> {
        self.remarks.as_ref()
    }

    /// Has the set that is shown checked.
    pub(super) fn request_check(&mut self) {
        let number = self.next_number();
        self.check_number = number;
        self.find_unknown_names();
        self.count_reviewed();
        let unreadable = self.held().is_some_and(|held| held.unreadable.is_some());
        let own = self.reading.as_ref().is_some_and(|reading| reading.shown == self.annotator);
        // What cannot be changed need not be mended.
        let one_set = self.merged.is_none() && !(own && unreadable);
        let (Some(held), Some(set)) = (self.held(), self.shown_set().filter(|_| one_set)) else {
            self.findings.clear();
            self.finding_in_hand = None;
            self.list_remarks_anew();
            return;
        };
        let (document, set) = (held.document.clone(), set.clone());
        let schema = self.schema.clone();
        self.effects.push(Effect::Check { number, document, set, schema });
    }

    pub(super) fn checked(&mut self, number: u64, findings: Vec<Finding>) {
        if number != self.check_number {
            return;
        }
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let open = |finding: Finding| finding.still_open(&document, |one| self.is_decided(one));
        self.findings = findings.into_iter().filter_map(open).collect();
        if self.finding_in_hand().is_none() {
            self.finding_in_hand = None;
        }
        self.list_remarks_anew();
    }

    /// Goes to the next finding, from the one in hand or from the caret.
    pub(super) fn step_problem(&mut self, direction: Direction) {
        if self.findings.is_empty() {
            self.say("Nothing here is other than the schema expects".to_owned());
            return;
        }
        let count = self.findings.len();
        let in_hand = self.finding_in_hand.as_ref();
        let at = in_hand.and_then(|key| self.findings.iter().position(|f| f.key() == *key));
        let caret = self.selection().head;
        let conflict = |finding: &Finding| matches!(finding.kind, FindingKind::Conflict { .. });
        let conflict = self.findings.iter().position(conflict);
        let after = self.findings.partition_point(|finding| finding.at.start < caret);
        let next = match (at, direction) {
            (Some(at), direction) => direction.round(at, count),
            // What a merge left open goes before what is only odd.
            (None, Direction::On) => conflict.unwrap_or(after % count),
            (None, Direction::Back) => direction.round(after, count),
        };
        let Some(finding) = self.findings.get(next).cloned() else { return };
        self.take_finding(&finding);
    }

    /// Takes a finding in hand: focuses what it is about and says what it is.
    pub(super) fn take_finding(&mut self, finding: &Finding) {
        self.focus(finding.annotation.clone());
        self.finding_in_hand = Some(finding.key());
        self.effects.push(Effect::Reveal(finding.at.clone()));
        self.say(finding.words());
        self.list_follows(finding);
    }

    /// Where findings are listed, the row that one is at is that of the finding in hand.
    fn list_follows(&mut self, finding: &Finding) {
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

    /// Mends the finding in hand, or one about what is focused. What is not before
    /// one's eyes is gone to first, and mended by the next press.
    pub(super) fn mend(&mut self, way: usize) {
        let mendable = |finding: &Finding| finding.mends.get(way).is_some();
        let Some(finding) = self.finding_before_eyes(mendable) else {
            match self.finding_before_eyes(|_| true) {
                Some(other) => self.warn(format!("{}: there is no such mend", other.words())),
                None => self.step_problem(Direction::On),
            }
            return;
        };
        self.take_finding(&finding);
        let Some(mend) = finding.mends.get(way).cloned() else { return };
        if mend == Mend::SeeOccurrences {
            self.tag_everywhere();
            return;
        }
        let (Some(set), Some(text)) = (self.shown_set().cloned(), self.text()) else { return };
        let Some(annotation) = set.annotation(&finding.annotation) else { return };
        let edits = mend.edits(&set, &text, annotation, self.new_id());
        if edits.is_empty() {
            self.warn("That cannot be mended so any more".to_owned());
            return;
        }
        let name = match &mend {
            Mend::Link { relation, quote, .. } => {
                format!("link {} “{quote}”", self.relation_title(relation))
            }
            Mend::SetValue { attribute, value, .. } => {
                format!("set {attribute} of {} to {value}", annotation.label)
            }
            Mend::Trim => format!("trim {}", annotation.label),
            Mend::SnapToWords => format!("extend {} to whole words", annotation.label),
            Mend::RemoveRelation(_) => format!("remove link of {}", annotation.label),
            Mend::TakeOther(id) => format!("take the other side's {}", other_label(&set, id)),
            Mend::KeepBoth(_) => format!("keep both versions of {}", annotation.label),
            Mend::SeeOccurrences => return,
        };
        let place = self.place();
        let after = Place {
            selection: Selection::caret(place.selection.head),
            focus: Some(Focus { id: annotation.id.clone(), fragment: 0 }),
        };
        self.change(name, edits, after);
        self.finding_in_hand = None;
    }

    /// The finding in hand, or else the first that fits about what is focused.
    fn finding_before_eyes(&self, fits: impl Fn(&Finding) -> bool) -> Option<Finding> {
        let focused = self.focused().map(|focused| &focused.id);
        let about = self.findings.iter().filter(|f| Some(&f.annotation) == focused);
        let in_hand = self.finding_in_hand().filter(|finding| fits(finding));
        in_hand.or_else(|| about.into_iter().find(|finding| fits(finding))).cloned()
    }

    /// Remembers that the finding in hand is meant to be so, and goes on to the
    /// next. What is not before one's eyes is gone to first.
    pub(super) fn intend(&mut self) {
        let Some(finding) = self.finding_before_eyes(|_| true) else {
            self.step_problem(Direction::On);
            return;
        };
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let at = self.findings.iter().position(|other| other.key() == finding.key());
        if let FindingKind::Conflict { id, .. } = &finding.kind {
            // What is here stays; there is nothing left to decide.
            let place = self.place();
            let edits = vec![Edit::RemoveConflict(id.clone())];
            self.change("keep this side's version".to_owned(), edits, place);
            self.finding_in_hand = None;
            return;
        }
        let next = at.and_then(|at| self.findings.get(at + 1)).cloned();
        let decision = Decision::Meant { document, finding: finding.key() };
        let name = format!("keep as meant: {}", finding.words());
        let deed = super::attempt::Deed::Decide(None, decision, true);
        let place = self.place();
        self.carry_out(name, vec![deed], place);
        if let Some(next) = next {
            let notice = self.notice.take();
            self.take_finding(&next);
            self.notice = notice;
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
    fn list_remarks_anew(&mut self) {
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
        if !remarks.everywhere {
            remarks.rows = rows;
        } else if remarks.progress.running && range.is_empty() {
            // It is yet to come, or came and nothing was said of it: that may be as it was.
            let (path, set) = own;
            if !Arc::ptr_eq(remarks.known.entry(path).or_insert_with(|| set.clone()), &set) {
                remarks.progress.be_overtaken();
            }
        } else {
            remarks.rows.splice(range, rows);
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

    /// Shows the problem of the row that one is at in its article, and leaves the keyboard in the
    /// list. Returns whether there is one.
    pub(super) fn show_problem_of_row(&mut self) -> bool {
        let row = |remarks: &Remarks| Some((remarks.at?, remarks.rows.get(remarks.at?)?.clone()));
        let Some((at, remark)) = self.remarks.as_ref().and_then(row) else { return false };
        if remark.finding.is_none() {
            return false;
        }
        if self.reading.as_ref().is_some_and(|reading| reading.document == remark.document) {
            self.go_to_remark(at, false);
        } else {
            self.show_remark(remark, true);
        }
        true
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

/// The label that the other side of a merge has; what it is where that removed it.
fn other_label(set: &AnnotationSet, id: &Id) -> Arc<str> {
    match set.conflict(id).and_then(|conflict| conflict.other.as_ref()) {
        Some(Version::Annotation(annotation)) => annotation.label.clone(),
        Some(Version::Relation(relation)) => relation.label.clone(),
        None => "version, which is nothing".into(),
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
