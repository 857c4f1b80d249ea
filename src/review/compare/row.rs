use std::ops::Range;
use std::sync::Arc;

use super::case::{Case, Kind, Subject, values};
use super::comparison::Comparison;
use super::links::LinkSaid;
use crate::corpus::{Annotation, AnnotationSet, DocumentPath, Id, Relation};
use crate::text::{Offset, Text};

/// More characters of a quote than a row has room for.
const QUOTE: usize = 100;
/// The same for one end of a link.
const END: usize = 40;

/// A line about one case in a list over articles.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CaseRow {
    /// The document.
    pub document: DocumentPath,
    /// How they differ, if they do.
    pub kind: Kind,
    /// Whether it is about a link.
    pub is_link: bool,
    /// The case's key: see [`Case::key`].
    pub key: String,
    /// Where one has to look.
    pub at: Range<Offset>,
    /// What each of those compared says.
    pub said: Vec<Option<Saying>>,
    /// What gold has of it.
    pub gold: Vec<Saying>,
    /// Whether everyone says the same and gold has just that.
    pub is_in_gold: bool,
}

/// What one annotator says, for a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saying {
    /// The annotation; of a link, what it starts from.
    pub id: Id,
    /// The label of the annotation or of the link.
    pub label: Arc<str>,
    /// What is quoted; of a link, what it connects.
    pub quote: String,
    /// Values of attributes that are not the default.
    pub values: String,
}

impl Saying {
    fn of(text: &Text, annotation: &Annotation) -> Self {
        let values = values(annotation);
        let values = values.iter().map(|(name, value)| format!("{name}: {value}"));
        Self {
            id: annotation.id.clone(),
            label: annotation.label.clone(),
            quote: annotation.quote_start(text, QUOTE),
            values: values.collect::<Vec<_>>().join(", "),
        }
    }

    fn of_link(text: &Text, link: &LinkSaid) -> Self {
        Self::between(text, &link.relation, &link.from, &link.to)
    }

    fn between(text: &Text, link: &Relation, from: &Annotation, to: &Annotation) -> Self {
        let (one, other) = (from.quote_start(text, END), to.quote_start(text, END));
        Self {
            id: from.id.clone(),
            label: link.label.clone(),
            quote: format!("“{one}” → “{other}”"),
            values: String::new(),
        }
    }
}

impl CaseRow {
    /// The lines of a comparison, in the order in which one goes through it.
    #[must_use]
    pub fn of(
        document: &DocumentPath,
        text: &Text,
        comparison: &Comparison,
        gold: Option<&AnnotationSet>,
    ) -> Vec<Self> {
        let order = comparison.in_order();
        let cases = order.iter().filter_map(|at| comparison.cases.get(*at));
        cases.map(|case| Self::about(document, text, case, gold)).collect()
    }

    fn about(
        document: &DocumentPath,
        text: &Text,
        case: &Case,
        gold_set: Option<&AnnotationSet>,
    ) -> Self {
        let annotation = |annotation: &Arc<Annotation>| Saying::of(text, annotation);
        let (said, gold, is_link) = match &case.subject {
            Subject::Annotation { said, gold } => {
                let said = said.iter().map(|said| said.as_ref().map(annotation));
                (said.collect(), gold.iter().map(annotation).collect(), false)
            }
            Subject::Link { said, gold, .. } => {
                let link =
                    |said: &Option<LinkSaid>| said.as_ref().map(|l| Saying::of_link(text, l));
                let gold = gold.iter().filter_map(|link| {
                    let set = gold_set?;
                    let (from, to) = (set.annotation(&link.from)?, set.annotation(&link.to)?);
                    Some(Saying::between(text, link, from, to))
                });
                (said.iter().map(link).collect(), gold.collect(), true)
            }
        };
        Self {
            document: document.clone(),
            kind: case.kind,
            is_link,
            key: case.key.clone(),
            at: case.at.clone(),
            said,
            gold,
            is_in_gold: case.is_in_gold(),
        }
    }

    /// Whether a label is said of it by somebody.
    #[must_use]
    pub fn has_label(&self, label: &str) -> bool {
        self.said.iter().flatten().any(|saying| *saying.label == *label)
    }
}
