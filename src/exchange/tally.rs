use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::row::status_name;
use crate::corpus::{Entry, Schema, UnknownNames};
use crate::review::ExactAgreement;

/// What is counted of what is exported.
#[derive(Clone, Default, Debug)]
pub struct Tally {
    /// How many documents there are.
    pub documents: usize,
    /// Their characters together.
    pub characters: usize,
    /// How many of them are in each part.
    pub parts: BTreeMap<String, usize>,
    /// How many annotations each annotator made, by label.
    pub labels: BTreeMap<Arc<str>, BTreeMap<String, usize>>,
    /// How many relations each annotator made, by label.
    pub relations: BTreeMap<Arc<str>, BTreeMap<String, usize>>,
    /// How many sets of each status each annotator has.
    pub sets: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// The languages that metadata name.
    pub languages: BTreeSet<String>,
    /// How far annotators agree.
    pub agreement: ExactAgreement,
    /// What the schema has no name for.
    pub unknown: UnknownNames,
}

impl Tally {
    /// How many annotations there are.
    #[must_use]
    pub fn annotations(&self) -> usize {
        self.labels.values().flat_map(|counts| counts.values()).sum()
    }

    /// How many relations there are.
    #[must_use]
    pub fn relations(&self) -> usize {
        self.relations.values().flat_map(|counts| counts.values()).sum()
    }

    /// Takes in one document, which is in the part of this name.
    pub fn add(&mut self, entry: &Entry, part: &str, schema: &Schema) {
        self.documents += 1;
        self.characters += entry.document.text.characters();
        *self.parts.entry(part.to_owned()).or_default() += 1;
        self.languages.extend(entry.metadata.get("language").cloned());
        self.agreement.add(&entry.sets);
        for set in &entry.sets {
            let annotator = set.annotator().as_str();
            let statuses = self.sets.entry(annotator.to_owned()).or_default();
            *statuses.entry(status_name(set.status())).or_default() += 1;
            for annotation in set.annotations() {
                let counts = self.labels.entry(annotation.label.clone()).or_default();
                *counts.entry(annotator.to_owned()).or_default() += 1;
            }
            for relation in set.relations() {
                let counts = self.relations.entry(relation.label.clone()).or_default();
                *counts.entry(annotator.to_owned()).or_default() += 1;
            }
            self.unknown.add(schema, set);
        }
    }

    /// Takes in what was counted elsewhere.
    pub fn merge(&mut self, other: Self) {
        self.documents += other.documents;
        self.characters += other.characters;
        for (part, count) in other.parts {
            *self.parts.entry(part).or_default() += count;
        }
        for (own, theirs) in
            [(&mut self.labels, other.labels), (&mut self.relations, other.relations)]
        {
            for (label, counts) in theirs {
                let own = own.entry(label).or_default();
                for (annotator, count) in counts {
                    *own.entry(annotator).or_default() += count;
                }
            }
        }
        for (annotator, statuses) in other.sets {
            let own = self.sets.entry(annotator).or_default();
            for (status, count) in statuses {
                *own.entry(status).or_default() += count;
            }
        }
        self.languages.extend(other.languages);
        self.agreement.merge(other.agreement);
        self.unknown.merge(other.unknown);
    }

    /// How many annotations of each label there are, whoever made them.
    pub fn by_label(&self) -> BTreeMap<Arc<str>, usize> {
        let sum = |counts: &BTreeMap<String, usize>| counts.values().sum();
        self.labels.iter().map(|(label, counts)| (label.clone(), sum(counts))).collect()
    }

    /// The labels that each annotator uses, in the order of a schema that has them all;
    /// everyone who has a set is there.
    pub fn labels_by_annotator(&self, schema: &Schema) -> BTreeMap<String, Vec<Arc<str>>> {
        let mut labels: BTreeMap<String, Vec<Arc<str>>> =
            self.sets.keys().map(|annotator| (annotator.clone(), Vec::new())).collect();
        for label in schema.labels() {
            for annotator in self.labels.get(&label.name).into_iter().flat_map(BTreeMap::keys) {
                labels.entry(annotator.clone()).or_default().push(label.name.clone());
            }
        }
        labels
    }
}
