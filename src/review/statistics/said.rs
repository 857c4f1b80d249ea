use std::collections::BTreeMap;
use std::sync::Arc;

use super::aspect::{Aspect, facts};
use super::spread::{Bin, Spread, bins};
use crate::corpus::{AnnotationSet, Schema, Status};
use crate::text::Text;

/// What one annotator says, or several together, over some documents.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Said {
    statuses: StatusCounts,
    counts: BTreeMap<Aspect, usize>,
    /// How each name is written, and how often so; by the name in small letters.
    forms: BTreeMap<Arc<str>, BTreeMap<Arc<str>, usize>>,
}

/// How many documents have each status.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct StatusCounts {
    /// Not begun.
    pub new: usize,
    /// Begun.
    pub in_progress: usize,
    /// Finished.
    pub done: usize,
    /// Left out on purpose.
    pub skipped: usize,
}

impl StatusCounts {
    /// All of them, in the order in which a bar shows them: what is done first.
    #[must_use]
    pub fn in_order(self) -> [(Status, usize); 4] {
        [
            (Status::Done, self.done),
            (Status::InProgress, self.in_progress),
            (Status::Skipped, self.skipped),
            (Status::New, self.new),
        ]
    }

    fn add(&mut self, other: Self) {
        self.new += other.new;
        self.in_progress += other.in_progress;
        self.done += other.done;
        self.skipped += other.skipped;
    }
}

/// How often something is so, and what it is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally<T> {
    /// The aspect that was counted.
    pub aspect: Aspect,
    /// What it is called, as it is mostly written.
    pub name: T,
    /// How often.
    pub count: usize,
}

impl Said {
    pub(super) fn of(schema: &Schema, text: &Text, set: &AnnotationSet) -> Self {
        let mut said = Self::default();
        match set.status() {
            Status::New => said.statuses.new = 1,
            Status::InProgress => said.statuses.in_progress = 1,
            Status::Done => said.statuses.done = 1,
            Status::Skipped => said.statuses.skipped = 1,
        }
        for fact in facts(schema, text, set) {
            *said.counts.entry(fact.aspect).or_default() += 1;
            for name in fact.names {
                *said.forms.entry(name.key).or_default().entry(name.form).or_default() += 1;
            }
        }
        said
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.statuses.add(other.statuses);
        for (aspect, count) in &other.counts {
            // Mostly it is there already, and need not be copied.
            match self.counts.get_mut(aspect) {
                Some(counted) => *counted += count,
                None => {
                    self.counts.insert(aspect.clone(), *count);
                }
            }
        }
        for (key, forms) in &other.forms {
            let known = self.forms.entry(key.clone()).or_default();
            for (form, count) in forms {
                *known.entry(form.clone()).or_default() += count;
            }
        }
    }

    /// Statuses over `documents` documents; one without a set counts as new.
    pub(super) fn statuses(&self, documents: usize) -> StatusCounts {
        let StatusCounts { in_progress, done, skipped, .. } = self.statuses;
        StatusCounts {
            new: documents.saturating_sub(in_progress + done + skipped),
            ..self.statuses
        }
    }

    /// How often something is so.
    #[must_use]
    pub fn count(&self, aspect: &Aspect) -> usize {
        self.counts.get(aspect).copied().unwrap_or_default()
    }

    /// How many annotations there are.
    #[must_use]
    pub fn annotations(&self) -> usize {
        self.labels().map(|(_, count)| count).sum()
    }

    /// How many relations there are.
    #[must_use]
    pub fn relations(&self) -> usize {
        self.relation_labels().map(|(_, count)| count).sum()
    }

    /// The labels of annotations, by name, with how many have each.
    pub fn labels(&self) -> impl Iterator<Item = (&Arc<str>, usize)> {
        self.counts.iter().filter_map(|(aspect, count)| match aspect {
            Aspect::Label(label) => Some((label, *count)),
            _ => None,
        })
    }

    /// The labels of relations, by name, with how many have each.
    pub fn relation_labels(&self) -> impl Iterator<Item = (&Arc<str>, usize)> {
        self.counts.iter().filter_map(|(aspect, count)| match aspect {
            Aspect::Relation(label) => Some((label, *count)),
            _ => None,
        })
    }

    /// How many characters the annotations with a label cover; `None` where there
    /// are none.
    #[must_use]
    pub fn lengths(&self, label: &str) -> Option<Spread<usize>> {
        let lengths: Vec<(usize, usize)> = self.length_counts(label).into_iter().collect();
        Spread::of(&lengths, |length| length as f64)
    }

    /// The same as a histogram.
    #[must_use]
    pub fn length_bins(&self, label: &str) -> Vec<Bin> {
        bins(&self.length_counts(label))
    }

    fn length_counts(&self, label: &str) -> BTreeMap<usize, usize> {
        let of_label = |(aspect, count): (&Aspect, &usize)| match aspect {
            Aspect::Length(name, length) if **name == *label => Some((*length, *count)),
            _ => None,
        };
        self.counts.iter().filter_map(of_label).collect()
    }

    /// The attributes that annotations have: label, attribute, value and how many
    /// have it, sorted so.
    pub fn values(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>, &Arc<str>, usize)> {
        self.counts.iter().filter_map(|(aspect, count)| match aspect {
            Aspect::Value { label, attribute, value } => Some((label, attribute, value, *count)),
            _ => None,
        })
    }

    /// What a relation leads to, the most frequent first, then by name.
    #[must_use]
    pub fn targets(&self, relation: &str) -> Vec<Tally<Arc<str>>> {
        let tallies = self.counts.iter().filter_map(|(aspect, count)| match aspect {
            Aspect::Target { relation: label, name } if **label == *relation => {
                Some(Tally { aspect: aspect.clone(), name: self.form(name), count: *count })
            }
            _ => None,
        });
        by_count(tallies.collect())
    }

    /// Between what a relation leads, by the targets of its two ends, the most
    /// frequent first, then by names; `None` stands for an end without a target.
    #[must_use]
    pub fn pairs(&self, relation: &str) -> Vec<Tally<[Option<Arc<str>>; 2]>> {
        let tallies = self.counts.iter().filter_map(|(aspect, count)| match aspect {
            Aspect::Pair { relation: label, from, to } if **label == *relation => {
                let form = |name: &Option<Arc<str>>| name.as_ref().map(|name| self.form(name));
                let name = [form(from), form(to)];
                Some(Tally { aspect: aspect.clone(), name, count: *count })
            }
            _ => None,
        });
        by_count(tallies.collect())
    }

    /// How a name is mostly written; of ways that are as frequent, the first of the
    /// alphabet.
    fn form(&self, key: &Arc<str>) -> Arc<str> {
        let forms = self.forms.get(key).into_iter().flatten();
        let most = forms.max_by(|(one, a), (other, b)| a.cmp(b).then(other.cmp(one)));
        most.map_or_else(|| key.clone(), |(form, _)| form.clone())
    }
}

fn by_count<T>(mut tallies: Vec<Tally<T>>) -> Vec<Tally<T>> {
    // What is as frequent stays in the order of the names in small letters.
    tallies.sort_by_key(|tally| std::cmp::Reverse(tally.count));
    tallies
}
