//! Carrying out steps, taking them back and doing them again.
//!
//! A step is carried out as a whole or not at all, over however many documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attempt::{Attempt, Deed, Tried};
use super::carrying::{Afterwards, Carried, Carrying};
use super::effect::Effect;
use super::history::{Change, Step};
use super::journal::JournalEntry;
use super::kept::{Content, Kept, SaveReceipt};
use super::linking::short_quote;
use super::pieces::Work;
use super::selection::Place;
use super::state::Session;
use super::sweep::Sweep;
use super::tasks::Then;
use crate::corpus::{Digest, DocumentPath, Edit};

/// How many files are given to be written in one frame.
const FILES: usize = 256;

impl Session {
    /// Carries out one gesture on the own set of the open document: all of its
    /// edits or none, one step of the history, one save.
    pub(super) fn change(&mut self, name: String, edits: Vec<Edit>, after: Place) -> bool {
        let Some(document) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return false;
        };
        let own = self.annotator.clone();
        let deeds = edits.into_iter().map(|edit| Deed::Edit(document.clone(), own.clone(), edit));
        self.carry_out(name, deeds.collect(), after)
    }

    /// Carries out a step, all of it or nothing. Returns whether it was, which what changes
    /// very much is not yet: see [`Self::carry_out_then`].
    pub(super) fn carry_out(&mut self, name: String, deeds: Vec<Deed>, after: Place) -> bool {
        self.carry_out_then(name, vec![deeds], Some(after), Afterwards::Tell(None)) == Carried::Done
    }

    /// Carries out a step, all of it or nothing, and does more when it was: at once or, where
    /// it changes very much, with the frames that come. `after` is as in [`Carrying`].
    pub(super) fn carry_out_then(
        &mut self,
        name: String,
        deeds: Vec<Vec<Deed>>,
        after: Option<Place>,
        afterwards: Afterwards,
    ) -> Carried {
        if let Err(reason) = self.is_free_to_change() {
            self.warn(reason);
            return Carried::Refused;
        }
        let attempt = Attempt::new(self, deeds);
        self.carry(Carrying { name, after, attempt, afterwards })
    }

    /// The same with what goes through many sets, whose name is that of the work until it is
    /// done.
    pub(super) fn carry_through(
        &mut self,
        name: String,
        sweep: Box<dyn Sweep>,
        afterwards: Afterwards,
    ) {
        if let Err(reason) = self.is_free_to_change() {
            self.warn(reason);
            return;
        }
        let attempt = Attempt::through(self, sweep);
        self.carry(Carrying { name, after: None, attempt, afterwards });
    }

    pub(super) fn is_free_to_change(&self) -> Result<(), String> {
        if let Some(Then::Work(_, work)) = self.task.as_ref().map(|task| &task.then) {
            return Err(match work {
                Work::Accepting(_) => "Not yet: all is being accepted",
                Work::TakingBack(_) => "Not yet: decisions are taken back",
                Work::TakingOver(_) => "Not yet: what is agreed is taken over",
                Work::Choosing(_) | Work::Judging(_) | Work::CarryingOut(_) => {
                    "Not yet: the last step is still being carried out"
                }
            }
            .to_owned());
        }
        self.is_here().map_err(|reason| format!("Nothing was changed: {reason}"))
    }

    /// Which text the documents have whose sets are changed.
    pub(super) fn texts_of(&self, tried: &Tried) -> BTreeMap<DocumentPath, Digest> {
        let documents = tried.sets.keys();
        let held = documents.filter_map(|(path, _)| self.held.get_key_value(path));
        held.map(|(path, held)| (path.clone(), held.document.digest.clone())).collect()
    }

    /// What the one annotation quotes that is added, altered or removed.
    pub(super) fn quote_of(&self, changes: &[Change]) -> Option<String> {
        let mut changed = changes.iter().filter_map(|change| match change {
            Change::Edited { document, edit: Edit::Insert(a) | Edit::Replace(a), .. }
            | Change::Edited { document, inverse: Edit::Insert(a), .. } => Some((document, a)),
            _ => None,
        });
        let (document, annotation) = changed.next()?;
        if changed.next().is_some() {
            return None;
        }
        Some(short_quote(annotation, &self.held.get(document)?.document.text))
    }

    /// Notes in the journal what was done, before it is written into the files.
    pub(super) fn journal(&mut self, entry: JournalEntry) {
        let Some(project) = self.project.clone() else { return };
        let annotator = self.annotator.clone();
        self.effects.push(Effect::Journal { project, annotator, entry: Box::new(entry) });
    }

    /// Names the article of a step that is not the one that is open.
    pub(super) fn elsewhere(&self, step: &Step) -> String {
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let elsewhere = step.home().filter(|document| Some(*document) != open);
        elsewhere.map(|document| format!(", in {}", document.name())).unwrap_or_default()
    }

    /// Makes everything what it is after a step, and has what that touches written.
    pub(super) fn take_over_tried(&mut self, tried: Tried) {
        let Tried { sets, schema, decisions, settled, judged, .. } = tried;
        // The documents whose cases may be others, or settled, or not any more.
        let mut concerned = settled;
        let mut touched = Vec::with_capacity(sets.len() + 2);
        for ((document, annotator), set) in sets {
            let held = self.held.get_mut(&document);
            if let Some(held) = held.and_then(|held| held.set_of_mut(&annotator)) {
                *held = Arc::new(set.after);
                concerned.insert(document.clone());
                touched.push(Kept::Set(document, annotator));
            }
        }
        if let Some((_, after)) = schema {
            self.take_schema(after);
            touched.push(Kept::Schema);
            self.refill_table();
        }
        for (whose, (_, after)) in decisions {
            self.set_decisions(&whose, after);
            touched.push(Kept::Decisions(whose));
        }
        if !judged.is_empty() {
            self.list_judged_remarks(&judged);
        }
        self.let_missing_focus_go();
        let number = |kept: Kept| SaveReceipt { revision: self.revisions.next(&kept), kept };
        let receipts: Vec<SaveReceipt> = touched.into_iter().map(number).collect();
        if receipts.len() > FILES {
            self.to_write.extend(receipts);
            self.effects.push(Effect::GoOn);
        } else {
            self.write_these(&receipts);
            self.arrange_table_anew();
        }
        self.bring_cases_up_to_date(concerned);
    }

    /// Has files written that a step has touched, and brings up to date what depends on them.
    fn write_these(&mut self, receipts: &[SaveReceipt]) {
        for receipt in receipts {
            // One that was changed since is written already as it is now.
            if self.revisions.is_last(receipt) {
                self.have_written(receipt.clone());
                self.refresh_but_lists(&receipt.kept);
            }
        }
        self.list_hits_anew_in(receipts.iter().filter_map(|receipt| receipt.kept.document()));
        if receipts.iter().any(|receipt| matches!(receipt.kept, Kept::Decisions(_))) {
            self.list_hits_anew();
        }
        // What is listed of other articles is looked for when there is time.
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let is_elsewhere = |receipt: &SaveReceipt| {
            receipt.kept.document().is_some_and(|document| Some(document) != open)
        };
        if self.to_write.is_empty() && receipts.iter().any(is_elsewhere) {
            self.survey_anew();
        }
    }

    /// Goes on by a piece with the files that a large step has touched.
    pub(super) fn write_more(&mut self) {
        self.write_some(FILES);
    }

    /// Has all of them written, before one is let go of.
    pub(super) fn write_rest(&mut self) {
        self.write_some(usize::MAX);
    }

    fn write_some(&mut self, most: usize) {
        if self.to_write.is_empty() {
            return;
        }
        let piece = most.min(self.to_write.len());
        let piece: Vec<SaveReceipt> = self.to_write.drain(..piece).collect();
        self.write_these(&piece);
        if self.to_write.is_empty() {
            self.arrange_table_anew();
        } else {
            self.effects.push(Effect::GoOn);
        }
    }

    /// What is no longer there is neither focused nor remembered.
    pub(super) fn let_missing_focus_go(&mut self) {
        let Some(set) = self.shown_set().cloned() else { return };
        let Some(reading) = self.reading.as_mut() else { return };
        reading.place.focus.take_if(|focus| match set.annotation(&focus.id) {
            Some(annotation) => {
                focus.fragment = focus.fragment.min(annotation.fragments.count() - 1);
                false
            }
            None => true,
        });
        reading.recent.take_if(|id| set.annotation(id).is_none());
    }

    /// Has a file written as it is to be now, and brings what depends on it up to date.
    pub(super) fn keep(&mut self, kept: &Kept) {
        self.write(kept);
        self.refresh_after(kept);
    }

    fn write(&mut self, kept: &Kept) {
        let revision = self.revisions.next(kept);
        self.have_written(SaveReceipt { kept: kept.clone(), revision });
    }

    fn have_written(&mut self, receipt: SaveReceipt) {
        match self.content_of(&receipt.kept) {
            Some(content) => self.effects.push(Effect::Save { receipt, content }),
            // What was let go of in the meantime is not waited for.
            None => self.revisions.saved(&receipt),
        }
    }

    /// Brings up to date what depends on what is to be in a file.
    pub(super) fn refresh_after(&mut self, kept: &Kept) {
        self.refresh_but_lists(kept);
        match kept {
            Kept::Set(document, _) => {
                self.list_hits_anew_in([document]);
                self.refresh_cases_of(document);
            }
            Kept::Decisions(_) => self.list_hits_anew(),
            Kept::Schema | Kept::Keys => {}
        }
    }

    /// The same, but for the lists of what was found and of what annotators say.
    fn refresh_but_lists(&mut self, kept: &Kept) {
        if let Kept::Set(document, annotator) = kept
            && *annotator == self.annotator
            && let Some(held) = self.held.get(document)
        {
            self.documents.update(document, |summary| held.sum_up(summary));
        }
        match kept {
            Kept::Set(document, annotator) => {
                let document = document.clone();
                self.refresh_rows_of(&document, annotator);
                let open = self.reading.as_ref().map(|reading| &reading.document);
                if open == Some(&document) {
                    self.request_check();
                    self.compare_open_article();
                }
            }
            Kept::Decisions(_) => self.request_check(),
            Kept::Schema | Kept::Keys => {}
        }
    }

    fn content_of(&self, kept: &Kept) -> Option<Content> {
        let project = || self.project.clone();
        Some(match kept {
            Kept::Set(document, annotator) => {
                let held = self.held.get(document)?;
                let set = held.set_of(annotator)?.clone();
                Content::Set { project: project()?, document: held.document.clone(), set }
            }
            Kept::Schema => Content::Schema { project: project()?, schema: self.schema.clone() },
            Kept::Decisions(annotator) => Content::Decisions {
                project: project()?,
                annotator: annotator.clone(),
                decisions: self.decisions_of(annotator)?.clone(),
            },
            Kept::Keys => Content::Keys(self.differences.clone()),
        })
    }

    /// Goes to the document and the place where a step was made.
    pub(super) fn return_to(&mut self, document: Option<&DocumentPath>, place: Place) {
        let Some(document) = document else { return };
        let notice = self.notice.take();
        let elsewhere = self.reading.as_ref().is_none_or(|reading| reading.document != *document);
        if elsewhere {
            // Where it has to be read first, one comes to the place then.
            self.places.insert(document.clone(), place.clone());
            // Whoever goes back in a list is not taken out of it.
            self.open_quietly(document.clone());
        }
        if self.reading.as_ref().is_some_and(|reading| reading.document == *document) {
            self.turn_to_own_set();
            self.go_to(place);
        }
        self.notice = notice;
    }

    pub(super) fn go_to(&mut self, place: Place) {
        let Some(reading) = self.reading.as_mut() else { return };
        reading.place = place;
        reading.origin = None;
        reading.recent = None;
        reading.clicked.clear();
        if self.focused().is_none()
            && let Some(reading) = self.reading.as_mut()
        {
            reading.place.focus = None;
        }
        self.let_missing_link_go();
        let head = self.selection().head;
        self.effects.push(Effect::Reveal(head..head));
    }

    /// Caret, selection and focus in the open document.
    pub(super) fn place(&self) -> Place {
        self.reading.as_ref().map(|reading| reading.place.clone()).unwrap_or_default()
    }
}

/// What a step did, as a sentence: `Tagged claim` for `tag claim`.
pub(super) fn past_tense(name: &str) -> String {
    let (verb, rest) = name.split_once(' ').unwrap_or((name, ""));
    let done = match verb {
        "tag" => "Tagged",
        "change" => "Changed",
        "add" => "Added",
        "extend" => "Extended",
        "remove" => "Removed",
        "move" => "Moved",
        "mark" => "Marked",
        "link" => "Linked",
        "set" => "Set",
        "rename" => "Renamed",
        "merge" => "Merged",
        "reject" => "Rejected",
        "trim" => "Trimmed",
        "keep" => "Kept",
        "note" => "Noted",
        "settle" => "Settled",
        "take" => "Took",
        "place" => "Placed",
        _ => return name.to_owned(),
    };
    format!("{done} {rest}")
}

/// A count with its noun: `1 step`, `3 steps`.
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
