use std::collections::BTreeMap;
use std::sync::Arc;

use super::table_row::{RowKey, TableRow};
use crate::corpus::{Annotator, Decision, Decisions, Review};
use crate::review::checks::Finding;

/// How an annotation stands with its reviewers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ReviewStanding {
    /// Nobody has looked at it.
    Open,
    /// It has changed since somebody looked at it.
    Changed,
    /// Somebody puts it in question.
    InQuestion,
    /// Everyone who has looked at it accepts it.
    Accepted,
}

impl ReviewStanding {
    /// The word for it, on the screen and in a filter.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Changed => "changed",
            Self::InQuestion => "question",
            Self::Accepted => "accepted",
        }
    }

    /// All of them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Changed, Self::InQuestion, Self::Accepted];
}

/// What all reviewers decided.
#[derive(Clone, Default, Debug)]
pub struct Reviews(pub BTreeMap<Annotator, Arc<Decisions>>);

impl Reviews {
    /// What reviewers said of an annotation, each with who it was and whether the
    /// annotation still says what it said then.
    pub fn of<'a>(
        &'a self,
        key: &'a RowKey,
        content: &'a str,
    ) -> impl Iterator<Item = (&'a Annotator, &'a Review, bool)> {
        self.0.iter().filter_map(move |(reviewer, decisions)| {
            let review = decisions.review(&key.document, &key.annotator, &key.annotation)?;
            Some((reviewer, review, review.content == content))
        })
    }

    /// What the checks find of a row and nobody says is meant to be so, in words, without places
    /// that somebody has rejected.
    #[must_use]
    pub fn problems(&self, row: &TableRow) -> Vec<String> {
        let document = &row.key.document;
        let decided: Vec<&Arc<Decisions>> =
            self.0.values().filter(|all| all.are_about_findings_in(document)).collect();
        // Mostly nothing is.
        if decided.is_empty() {
            return row.problems.iter().map(Finding::words).collect();
        }
        let is_decided = |one: &Decision| decided.iter().any(|decisions| decisions.contains(one));
        let left = row.problems.iter().cloned();
        let left = left.filter_map(|finding| finding.still_open(document, is_decided));
        left.map(|finding| finding.words()).collect()
    }

    /// How an annotation stands.
    #[must_use]
    pub fn standing(&self, row: &TableRow) -> ReviewStanding {
        let RowKey { document, annotator, annotation } = &row.key;
        let is_open = |decisions: &Arc<Decisions>| {
            decisions.review(document, annotator, annotation).is_none()
        };
        // What it says is put into words only where somebody has looked at it.
        if self.0.values().all(is_open) {
            return ReviewStanding::Open;
        }
        self.standing_of(&row.key, &row.content())
    }

    /// The same, of an annotation with this content.
    #[must_use]
    pub fn standing_of(&self, key: &RowKey, content: &str) -> ReviewStanding {
        let mut standing = ReviewStanding::Open;
        for (_, review, current) in self.of(key, content) {
            let this = match (current, review.accepted) {
                (false, _) => ReviewStanding::Changed,
                (true, false) => ReviewStanding::InQuestion,
                (true, true) => ReviewStanding::Accepted,
            };
            standing = match standing {
                ReviewStanding::Open => this,
                // What stands in question does so whatever others say.
                known if this == ReviewStanding::Changed => known,
                ReviewStanding::Changed => this,
                known => known.min(this),
            };
        }
        standing
    }
}
