use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::exchange::{Loss, LossKind};

/// Losses that are kept to be shown; the rest is counted and stands in the report's file.
const SHOWN: usize = 1_000;

/// What an export leaves out: how much of each kind, and the first of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LossCounts {
    /// How many things of each kind: one may be lost in several ways.
    kinds: BTreeMap<LossKind, usize>,
    total: usize,
    shown: Vec<Loss>,
}

impl LossCounts {
    /// Adds all that is lost of one document.
    pub(super) fn add(&mut self, losses: Vec<Loss>) {
        let things: BTreeSet<_> = losses
            .iter()
            .map(|loss| {
                // An annotation's values are told apart by the reason.
                let is_value = loss.kind == LossKind::Attribute;
                let value = if is_value { loss.reason.as_str() } else { "" };
                (loss.kind, loss.annotator.as_str(), loss.id.as_str(), value)
            })
            .collect();
        for (kind, ..) in things {
            *self.kinds.entry(kind).or_default() += 1;
        }
        self.total += losses.len();
        let room = SHOWN.saturating_sub(self.shown.len());
        self.shown.extend(losses.into_iter().take(room));
    }

    /// How many losses there are in all.
    pub fn total(&self) -> usize {
        self.total
    }

    /// The first thousand.
    pub fn shown(&self) -> &[Loss] {
        &self.shown
    }

    /// How many things of each kind, such as "3 spans, 1 note"; empty where nothing is lost.
    pub fn words(&self) -> String {
        let counts: Vec<String> = LossKind::ALL
            .into_iter()
            .filter_map(|kind| self.kinds.get(&kind).map(|count| (kind, *count)))
            .map(|(kind, count)| format!("{count} {}", kind.title(count)))
            .collect();
        counts.join(", ")
    }

    /// The count of each kind that there is, by the kind's name in the report.
    pub(super) fn by_kind(&self) -> &BTreeMap<LossKind, usize> {
        &self.kinds
    }
}

/// The start of the report's file; losses follow, one a line, then [`End`].
pub(super) fn start(format: &str) -> String {
    let format = serde_json::to_string(format).unwrap_or_default();
    format!("{{\n\"made_by\": \"tandai\",\n\"format\": {format},\n\"losses\": [")
}

/// The end of the report's file.
#[derive(Serialize)]
pub(super) struct End<'a> {
    /// How many things of each kind are lost, or not as they were.
    pub(super) counts: &'a BTreeMap<LossKind, usize>,
    /// Documents that are not in the export, and why.
    pub(super) left_out: &'a [LeftOut],
    /// Files of the project that could not be read, and why.
    pub(super) problems: Vec<String>,
    /// All files but this one.
    pub(super) files: Vec<crate::storage::OutputFile>,
}

impl End<'_> {
    pub(super) fn json(&self) -> String {
        let object = serde_json::to_string_pretty(self).unwrap_or_default();
        // Continues the object that was begun.
        format!("\n],{}\n", object.strip_prefix('{').unwrap_or(&object))
    }
}

/// A document that has no place in an export, or none where it is meant for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LeftOut {
    /// Its id.
    pub document: String,
    /// Why.
    pub reason: &'static str,
}
