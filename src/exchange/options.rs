use std::collections::BTreeSet;

use super::loss::{LEFT_OUT, Loss, Losses};
use super::split::SplitPlan;
use crate::corpus::{AnnotationSet, Annotator, Entry, Status};

/// What is exported, and how.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ExportOptions {
    /// Whose sets; `None` for everyone's.
    pub annotators: Option<Vec<Annotator>>,
    /// Only sets with one of these statuses, where there are any.
    pub statuses: Option<Vec<Status>>,
    /// Only annotations with one of these labels.
    pub labels: Option<BTreeSet<String>>,
    /// How the documents are shared out.
    pub split: Option<SplitPlan>,
    /// How tags are written in `CoNLL`.
    pub scheme: Scheme,
    /// Whether tables are for Excel: with a mark at the start, and cells that would
    /// be taken for formulas made texts.
    pub excel: bool,
    /// Whether texts for brat keep line ends of two characters.
    pub keep_line_ends: bool,
}

/// How the tokens of a span are told from each other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Scheme {
    /// B- at each start, I- after it.
    #[default]
    Iob2,
    /// The same, with E- at ends and S- for single tokens.
    Bioes,
    /// B- only where a span follows another of its label directly, as in 2003.
    Iob1,
}

impl Scheme {
    /// All schemes with their names.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Iob2, "iob2"), (Self::Bioes, "bioes"), (Self::Iob1, "iob1")];
}

impl ExportOptions {
    /// Whether only some sets are exported, so that a document without one of these
    /// has no place in it.
    pub fn chooses_sets(&self) -> bool {
        self.annotators.is_some() || self.statuses.is_some()
    }

    /// What of a document is exported; `None` where nothing is. What is left out by
    /// itself because something else was chosen to be left out is a loss.
    pub(super) fn select(&self, mut entry: Entry) -> (Option<Entry>, Vec<Loss>) {
        let mut losses = Vec::new();
        let wanted = |set: &AnnotationSet| {
            let annotators = self.annotators.as_ref();
            let statuses = self.statuses.as_ref();
            annotators.is_none_or(|names| names.contains(set.annotator()))
                && statuses.is_none_or(|statuses| statuses.contains(&set.status()))
        };
        entry.sets.retain(wanted);
        if entry.sets.is_empty() && self.chooses_sets() {
            return (None, losses);
        }
        for set in &entry.sets {
            let mut unsettled = Losses::new(&entry.document, set.annotator().as_str());
            let is_chosen =
                |label: &str| self.labels.as_ref().is_none_or(|all| all.contains(label));
            unsettled.unsettled(set, is_chosen);
            losses.extend(unsettled.found);
        }
        if let Some(labels) = &self.labels {
            let document = entry.document.clone();
            entry.sets = entry
                .sets
                .iter()
                .map(|set| {
                    let (set, lost) = with_labels(set, labels, &document);
                    losses.extend(lost);
                    set
                })
                .collect();
        }
        (Some(entry), losses)
    }
}

/// The annotations of a set that have one of these labels, and the relations between them.
fn with_labels(
    set: &AnnotationSet,
    labels: &BTreeSet<String>,
    document: &crate::corpus::Document,
) -> (AnnotationSet, Vec<Loss>) {
    let mut losses = Losses::new(document, set.annotator().as_str());
    let kept: Vec<_> = set
        .annotations()
        .iter()
        .filter(|annotation| labels.contains(&*annotation.label))
        .map(|annotation| (**annotation).clone())
        .collect();
    let ids: BTreeSet<_> = kept.iter().map(|annotation| annotation.id.clone()).collect();
    let mut relations = Vec::new();
    for relation in set.relations() {
        let (from, to) = (ids.contains(&relation.from), ids.contains(&relation.to));
        if from && to {
            relations.push((**relation).clone());
        } else if from || to {
            let reason = "one of its ends has a label that was not chosen";
            losses.relation(relation, reason, LEFT_OUT);
        }
    }
    let end = document.text.end();
    let annotator = set.annotator().clone();
    let selected = AnnotationSet::assemble(annotator.clone(), end, set.status(), kept, relations);
    // A part of a set that holds together holds together.
    let selected = selected.unwrap_or_else(|_| AnnotationSet::new(annotator, end));
    (selected, losses.found)
}
