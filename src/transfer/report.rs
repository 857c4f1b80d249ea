use std::collections::BTreeMap;

use serde::Serialize;

use crate::exchange::{Loss, LossKind};

/// Losses that are kept to be shown; the rest is counted and stands in the report's file.
const SHOWN: usize = 1_000;

/// What an export leaves out: how much of each kind, and the first of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LossCounts {
    kinds: BTreeMap<LossKind, usize>,
    shown: Vec<Loss>,
}

impl LossCounts {
    pub(super) fn add(&mut self, loss: Loss) {
        *self.kinds.entry(loss.kind).or_default() += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(loss);
        }
    }

    /// How many there are in all.
    pub fn total(&self) -> usize {
        self.kinds.values().sum()
    }

    /// The first thousand.
    pub fn shown(&self) -> &[Loss] {
        &self.shown
    }

    /// How many of each kind, such as "3 spans, 1 note"; empty where nothing is lost.
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
    /// How many losses of each kind.
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
