use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::case::{Case, Kind, Subject, values};
use super::comparison::Comparison;
use super::links::LinkSaid;
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, Decisions, Document, DocumentPath, Id, Relation, Schema,
};
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
    /// The attributes in which they differ, if that is how.
    pub attributes: String,
    /// Two who have it with the same label and fragments, and with other values: who takes both
    /// has the same thing twice.
    pub same_but_for_values: Option<[Annotator; 2]>,
    /// Whether it is about a link.
    pub is_link: bool,
    /// Whether it is about a link whose ends some have with other edges: its figures count it as
    /// one that they do not share.
    pub has_other_ends: bool,
    /// The case's key: see [`Case::key`].
    pub key: String,
    /// Where one has to look.
    pub at: Range<Offset>,
    /// What each of those says who are compared in the project.
    pub said: Vec<Voice>,
    /// What gold has of it.
    pub gold: Vec<Saying>,
    /// Whether everyone says the same and gold has just that.
    pub is_in_gold: bool,
}

/// What an annotator has to say about a thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Voice {
    /// The annotator has not worked on the document.
    Absent,
    /// There is nothing there.
    Nothing,
    /// There is nothing there, but so many of the annotator's annotations wait for a place in
    /// the document: one of them may belong here.
    NothingYet(usize),
    /// This.
    Says(Saying),
}

impl Voice {
    /// What is said, if anything is.
    #[must_use]
    pub fn saying(&self) -> Option<&Saying> {
        match self {
            Self::Says(saying) => Some(saying),
            Self::Absent | Self::Nothing | Self::NothingYet(_) => None,
        }
    }
}

/// What is said about one thing, for a row.
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
    /// Where it lies; of a link, what it starts from.
    pub at: Range<Offset>,
    /// How it differs from what others say, where that is said in few words.
    pub point: Option<Point>,
}

/// How something differs from what others say of the same.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Point {
    /// In these attributes, each with the value that is stored; `None` where that is the default.
    Values(Vec<(String, Option<String>)>),
    /// In its number of fragments.
    Fragments(usize),
}

impl Saying {
    /// How it differs from what others say, in few words: `vague`, `in 2 fragments`. Often empty.
    #[must_use]
    pub fn point_in_words(&self, schema: &Schema) -> String {
        let Some(point) = &self.point else { return String::new() };
        let value = |(name, stored): &(String, Option<String>)| {
            let definition = schema.attribute_of(&self.label, name);
            let default = definition.map(|definition| definition.default_value().to_string());
            stored.clone().or(default).unwrap_or_else(|| format!("no {name}"))
        };
        match point {
            Point::Values(values) => values.iter().map(value).collect::<Vec<_>>().join(", "),
            Point::Fragments(1) => "in one".to_owned(),
            Point::Fragments(count) => format!("in {count} fragments"),
        }
    }

    fn of(text: &Text, annotation: &Annotation) -> Self {
        let values = values(annotation);
        let values = values.iter().map(|(name, value)| format!("{name}: {value}"));
        Self {
            id: annotation.id.clone(),
            label: annotation.label.clone(),
            quote: annotation.quote_ends(text, QUOTE),
            values: values.collect::<Vec<_>>().join(", "),
            at: annotation.fragments.extent(),
            point: None,
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
            at: from.fragments.extent(),
            point: None,
        }
    }
}

impl CaseRow {
    /// The lines of a comparison, in the order in which one goes through it. `everyone`
    /// are those who are compared in the project, some of whom may not have worked on
    /// this document.
    #[must_use]
    pub fn of(
        everyone: &[Annotator],
        document: &Document,
        comparison: &Comparison,
        gold: Option<&AnnotationSet>,
    ) -> Vec<Self> {
        let order = comparison.in_order();
        let cases = order.iter().filter_map(|at| comparison.cases.get(*at));
        let about = Row { everyone, document, comparison, gold };
        cases.map(|case| about.of(case)).collect()
    }

    /// What is said of it, by whoever says something.
    pub fn sayings(&self) -> impl Iterator<Item = &Saying> {
        self.said.iter().filter_map(Voice::saying)
    }

    /// Whether a label is said of it by somebody.
    #[must_use]
    pub fn has_label(&self, label: &str) -> bool {
        self.sayings().any(|saying| *saying.label == *label)
    }
}

/// What a row is made from.
struct Row<'a> {
    everyone: &'a [Annotator],
    document: &'a Document,
    comparison: &'a Comparison,
    gold: Option<&'a AnnotationSet>,
}

impl Row<'_> {
    fn of(&self, case: &Case) -> CaseRow {
        let text = &self.document.text;
        let (said, gold, is_link) = match &case.subject {
            Subject::Annotation { said, gold } => {
                let of = |annotation: &Arc<Annotation>| Saying::of(text, annotation);
                let all: Vec<&Arc<Annotation>> = said.iter().flatten().collect();
                let pointed = |annotation: &Arc<Annotation>| Saying {
                    point: point(case.kind, annotation, &all),
                    ..of(annotation)
                };
                let said = self.voices(said.iter().map(|said| said.as_ref().map(pointed)));
                (said, gold.iter().map(of).collect(), false)
            }
            Subject::Link { said, gold, .. } => {
                let of = |link: &LinkSaid| Saying::of_link(text, link);
                let said = self.voices(said.iter().map(|said| said.as_ref().map(of)));
                let gold = gold.iter().filter_map(|link| {
                    let set = self.gold?;
                    let (from, to) = (set.annotation(&link.from)?, set.annotation(&link.to)?);
                    Some(Saying::between(text, link, from, to))
                });
                (said, gold.collect(), true)
            }
        };
        CaseRow {
            document: self.document.path.clone(),
            kind: case.kind,
            same_but_for_values: self.same_but_for_values(case),
            is_link,
            has_other_ends: has_other_ends(case),
            attributes: attributes_of(case),
            key: case.key.clone(),
            at: case.at.clone(),
            said,
            gold,
            is_in_gold: case.is_in_gold(),
        }
    }

    fn same_but_for_values(&self, case: &Case) -> Option<[Annotator; 2]> {
        let Subject::Annotation { said, .. } = &case.subject else { return None };
        let differ = |one: &Annotation, other: &Annotation| {
            let is_same = (&one.label, &one.fragments) == (&other.label, &other.fragments);
            is_same && values(one) != values(other)
        };
        let said = self.comparison.annotators.iter().zip(said);
        let mut said = said.filter_map(|(who, one)| Some((who, one.as_ref()?)));
        while let Some((who, one)) = said.next() {
            if let Some((other, _)) = said.clone().find(|(_, other)| differ(one, other)) {
                return Some([who.clone(), other.clone()]);
            }
        }
        None
    }

    /// What everyone says, from what those say who have worked on the document.
    fn voices(&self, said: impl Iterator<Item = Option<Saying>>) -> Vec<Voice> {
        let Comparison { annotators, waiting, .. } = self.comparison;
        let voice = |(saying, waiting): (Option<Saying>, &usize)| match (saying, *waiting) {
            (Some(saying), _) => Voice::Says(saying),
            (None, 0) => Voice::Nothing,
            (None, waiting) => Voice::NothingYet(waiting),
        };
        let said = said.zip(waiting).map(voice);
        let mut by_name: BTreeMap<&Annotator, Voice> = annotators.iter().zip(said).collect();
        let voice = |annotator| by_name.remove(annotator).unwrap_or(Voice::Absent);
        self.everyone.iter().map(voice).collect()
    }
}

/// Whether a link connects what not all have with the same edges.
fn has_other_ends(case: &Case) -> bool {
    let Subject::Link { said, .. } = &case.subject else { return false };
    let mut ends = said.iter().flatten().map(|link| (&link.from.fragments, &link.to.fragments));
    let first = ends.next();
    ends.any(|other| Some(other) != first)
}

/// The attributes of which not all have the same value, by name.
fn differing<'a>(all: &[&'a Arc<Annotation>]) -> Vec<&'a str> {
    let each: Vec<BTreeMap<&str, &str>> = all.iter().map(|one| values(one)).collect();
    let names: BTreeSet<&str> = each.iter().flat_map(|one| one.keys().copied()).collect();
    let differs = |name: &&str| {
        let mut held = each.iter().map(|one| one.get(name));
        let first = held.next();
        held.any(|value| Some(value) != first)
    };
    names.into_iter().filter(differs).collect()
}

/// The attributes that a case is about, in words.
fn attributes_of(case: &Case) -> String {
    match &case.subject {
        Subject::Annotation { said, .. } if case.kind == Kind::Attribute => {
            differing(&said.iter().flatten().collect::<Vec<_>>()).join(", ")
        }
        _ => String::new(),
    }
}

/// How an annotation differs from what others have there.
fn point(kind: Kind, annotation: &Annotation, all: &[&Arc<Annotation>]) -> Option<Point> {
    match kind {
        Kind::Attribute => {
            let own = values(annotation);
            let value = |name: &str| own.get(name).map(|value| (*value).to_owned());
            let differing = differing(all).into_iter();
            Some(Point::Values(differing.map(|name| (name.to_owned(), value(name))).collect()))
        }
        Kind::Boundary if all.iter().any(|one| one.fragments.count() > 1) => {
            Some(Point::Fragments(annotation.fragments.count()))
        }
        _ => None,
    }
}

/// Of the cases of one document, the differences that are not settled in gold.
#[must_use]
pub fn open_differences(mut rows: Vec<CaseRow>, gold: &Decisions) -> Vec<CaseRow> {
    let Some(document) = rows.first().map(|row| row.document.clone()) else { return rows };
    let settled = gold.settled_in(&document);
    rows.retain(|row| row.kind != Kind::Agreed && !settled.contains(&row.key));
    rows
}
