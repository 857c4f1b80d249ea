use std::sync::Arc;

use crate::corpus::{AnnotationSet, Annotator, Id};
use crate::review::Merged;
use crate::session::effect::Effect;
use crate::session::lists::Listing;
use crate::session::state::Session;

/// How the page shows what is compared.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum PageLayout {
    /// Side by side, each annotator's set in a column.
    #[default]
    Columns,
    /// In one text, what differs as each has it.
    Merged,
    /// One set, as when nothing is compared.
    Single,
}

/// A column of the page.
#[derive(Clone, Debug)]
pub struct Column {
    /// Whose set stands in it.
    pub annotator: Annotator,
    /// The set.
    pub set: Arc<AnnotationSet>,
}

impl Session {
    /// How the page shows what is compared; as one set while nothing is, or while another
    /// list is worked through.
    pub fn layout(&self) -> PageLayout {
        let compares = matches!(self.listing, None | Some(Listing::Cases));
        if self.comparison.is_some() && compares { self.layout } else { PageLayout::Single }
    }

    /// Puts together what is shown, where the list has changed so that it is another layout.
    pub(in crate::session) fn keep_to_layout(&mut self) {
        if (self.layout() == PageLayout::Merged) != self.merged.is_some() {
            self.refresh_page();
        }
    }

    /// Closes the list; with that of cases, the comparison ends.
    pub(in crate::session) fn close_list(&mut self) {
        if self.listing.take() == Some(Listing::Cases) {
            self.close_comparison();
        }
    }

    /// Ends the comparison; the page shows one set again.
    pub(in crate::session) fn close_comparison(&mut self) {
        self.leave_comparison();
        self.refresh_page();
    }

    /// The columns of the page, where it has several: those who are compared and have
    /// begun the article, then the own set where that is gold.
    pub fn columns(&self) -> Vec<Column> {
        let (Some(comparison), PageLayout::Columns) = (&self.comparison, self.layout()) else {
            return Vec::new();
        };
        let Some(held) = self.held() else { return Vec::new() };
        let own = Some(&self.annotator).filter(|own| own.is_gold());
        let annotators = comparison.annotators.iter().chain(own);
        let column = |annotator: &Annotator| {
            let set = held.set_of(annotator)?.clone();
            Some(Column { annotator: annotator.clone(), set })
        };
        annotators.filter_map(column).collect()
    }

    /// Whose an annotation of the set that is shown is, where several sets are shown in
    /// one text and it is not everyone's alike.
    pub fn said_by(&self, annotation: &Id) -> Option<&Annotator> {
        self.merged.as_ref()?.said_by(annotation)
    }

    /// Whether an annotation of some annotator's set is what the case in hand is about.
    pub fn is_in_case(&self, annotator: &Annotator, annotation: &Id) -> bool {
        let Some(comparing) = &self.comparing else { return false };
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let Some(row) = comparing.case_in_hand().filter(|row| Some(&row.document) == open) else {
            return false;
        };
        if annotator.is_gold() && row.gold.iter().any(|saying| saying.id == *annotation) {
            return true;
        }
        let voices = comparing.annotators.iter().zip(&row.said);
        voices
            .filter(|(name, _)| *name == annotator)
            .any(|(_, voice)| voice.saying().is_some_and(|saying| saying.id == *annotation))
    }

    /// Leaves a way of showing sets in which one annotator's cannot be turned to.
    pub(in crate::session) fn leave_layout_for(&mut self, annotator: &Annotator) {
        let columns = self.columns();
        let seen = columns.iter().any(|column| column.annotator == *annotator);
        if self.merged.is_some() || !columns.is_empty() && !seen {
            self.layout = PageLayout::Single;
            self.refresh_page();
        }
    }

    /// Goes from one way of showing what is compared to the next.
    pub(in crate::session) fn next_layout(&mut self) {
        self.layout = match self.layout {
            PageLayout::Columns => PageLayout::Merged,
            PageLayout::Merged => PageLayout::Single,
            PageLayout::Single => PageLayout::Columns,
        };
        self.refresh_page();
        self.show_case_in_hand();
        self.say(match self.layout {
            PageLayout::Columns => "The sets stand side by side".to_owned(),
            PageLayout::Merged => {
                "All sets are shown in one text; nothing is changed there".to_owned()
            }
            PageLayout::Single => "One set is shown".to_owned(),
        });
    }

    /// Puts together what is shown, after the sets or the layout have changed.
    pub(super) fn refresh_page(&mut self) {
        let end = self.document().map(|document| document.text.end());
        let comparison = self.comparison.as_ref().filter(|_| self.layout() == PageLayout::Merged);
        let merged = comparison.zip(end).map(|(comparison, end)| Merged::of(comparison, end));
        let mut is_other = merged.is_some() != self.merged.is_some();
        self.merged = merged;
        let columns = self.columns();
        let Some(reading) = self.reading.as_mut() else { return };
        // A column that is shown is one that can be seen.
        let seen = |annotator: &Annotator| columns.iter().any(|one| one.annotator == *annotator);
        if let Some(first) = columns.first().filter(|_| !seen(&reading.shown)) {
            reading.shown = first.annotator.clone();
            is_other = true;
        }
        // What was found out and chosen is about the set that was shown.
        if is_other {
            reading.place.focus = None;
            reading.recent = None;
            reading.clicked.clear();
            self.request_check();
        }
        self.let_missing_focus_go();
    }

    /// Brings what the case in hand is about before the person's eyes, once its article
    /// is open.
    pub(in crate::session) fn show_case_in_hand(&mut self) {
        let open = self.reading.as_ref().map(|reading| &reading.document);
        let row = self.comparing.as_ref().and_then(|comparing| comparing.case_in_hand());
        if let Some(row) = row.filter(|row| Some(&row.document) == open).cloned() {
            self.show_case(&row);
            self.effects.push(Effect::Reveal(row.at));
        }
    }
}
