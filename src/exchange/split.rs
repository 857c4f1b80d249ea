//! Sharing documents out into parts, such as for training and for testing.
//!
//! A document's part is drawn by the seed and the story that it tells, and by nothing
//! else: no document that is added later moves another, and copies of one wire story
//! are never on both sides. Within a part, the counts of labels follow the shares as
//! closely as chance lets them; they are listed, so that one sees it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use thiserror::Error;

use super::duplicates::{Signature, hash, mixed, stories};

/// What the parts are and how large.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SplitPlan {
    /// The parts, in order.
    pub shares: Vec<Share>,
    /// What the draw begins with.
    pub seed: u64,
}

/// One part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Share {
    /// What it is called, such as `train`.
    pub name: String,
    /// How large it is, in proportion to the others.
    pub weight: u32,
}

/// Why parts cannot be made.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum SplitError {
    /// Not `NAME=NUMBER`.
    #[error("\"{0}\" is not a part: write them as train=80,dev=10,test=10")]
    NotAShare(String),
    /// Names are names of files.
    #[error("\"{0}\" cannot be a part's name: letters, digits, hyphens and low lines can")]
    Name(String),
    /// Two parts of one name.
    #[error("the part \"{0}\" is there twice")]
    Twice(String),
    /// Nothing to share.
    #[error("the parts come to nothing: at least one must be more than 0")]
    Nothing,
}

impl SplitPlan {
    /// Reads `train=80,dev=10,test=10`.
    ///
    /// # Errors
    /// When that is not what it says.
    pub fn parse(words: &str, seed: u64) -> Result<Self, SplitError> {
        let mut shares: Vec<Share> = Vec::new();
        for part in words.split(',') {
            let not = || SplitError::NotAShare(part.to_owned());
            let (name, weight) = part.split_once('=').ok_or_else(not)?;
            let (name, weight) = (name.trim(), weight.trim().trim_end_matches('%'));
            let fit = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if name.is_empty() || !name.chars().all(fit) {
                return Err(SplitError::Name(name.to_owned()));
            }
            if shares.iter().any(|share| share.name == name) {
                return Err(SplitError::Twice(name.to_owned()));
            }
            let weight = weight.parse().map_err(|_| not())?;
            shares.push(Share { name: name.to_owned(), weight });
        }
        if shares.iter().all(|share| share.weight == 0) {
            return Err(SplitError::Nothing);
        }
        Ok(Self { shares, seed })
    }

    /// The part that a number drawn evenly falls into.
    fn part_of(&self, drawn: u64) -> &str {
        let total: u64 = self.shares.iter().map(|share| u64::from(share.weight)).sum();
        // The upper bits, as a share of the whole.
        let mut at = u64::try_from((u128::from(drawn) * u128::from(total)) >> 64).unwrap_or(0);
        for share in &self.shares {
            let weight = u64::from(share.weight);
            if at < weight {
                return &share.name;
            }
            at -= weight;
        }
        self.shares.last().map_or("", |share| &share.name)
    }
}

/// What is known of a document when documents are shared out.
#[derive(Clone, Debug)]
pub struct Sharing {
    /// The document's id.
    pub id: String,
    /// What tells its story.
    pub signature: Signature,
    /// How many annotations of each label it has, over all sets.
    pub counts: BTreeMap<Arc<str>, usize>,
}

/// Who is in which part.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Split {
    /// What the draw began with.
    pub seed: u64,
    /// The parts with their sizes and counts of labels, in order.
    pub parts: Vec<Part>,
    /// The part of each document.
    pub documents: BTreeMap<String, Arc<str>>,
    /// Documents of nearly the same text, which so are together.
    pub same_story: Vec<Vec<String>>,
}

impl Split {
    /// The labels of which some part has any.
    #[must_use]
    pub fn labels(&self) -> BTreeSet<&Arc<str>> {
        self.parts.iter().flat_map(Part::labels).collect()
    }

    /// Which parts lack what others have, in words: `test has no articles`, `dev has no denial`.
    /// Who trains with one part and tests with another wants to know.
    #[must_use]
    pub fn lacks(&self) -> Vec<String> {
        let all = self.labels();
        let lacks = |part: &Part| {
            if part.weight == 0 {
                return None;
            }
            if part.documents == 0 {
                return Some(format!("{} has no articles", part.name));
            }
            let has: BTreeSet<&Arc<str>> = part.labels().collect();
            let missing: Vec<&str> = all.difference(&has).map(|label| &***label).collect();
            match missing.as_slice() {
                [] => None,
                _ if has.is_empty() => Some(format!("{} has no annotations", part.name)),
                [labels @ .., last] if !labels.is_empty() => {
                    Some(format!("{} has no {} or {last}", part.name, labels.join(", ")))
                }
                _ => Some(format!("{} has no {}", part.name, missing.join(", "))),
            }
        };
        self.parts.iter().filter_map(lacks).collect()
    }

    /// Which parts are much larger or smaller than was asked for, in words, and why: articles are
    /// drawn one by one, but those that tell one story together.
    #[must_use]
    pub fn strays(&self) -> Vec<String> {
        let documents: usize = self.parts.iter().map(|part| part.documents).sum();
        let weights: u32 = self.parts.iter().map(|part| part.weight).sum();
        let strays = |part: &&Part| {
            let share = f64::from(part.weight) / f64::from(weights.max(1));
            let expected = share * documents as f64;
            // Of draws one by one, one in eighty is further away than this: 2.5 standard
            // deviations of a binomial distribution.
            let by_chance = 2.5 * (expected * (1.0 - share)).sqrt();
            (part.documents as f64 - expected).abs() > by_chance
        };
        let named: Vec<String> = self
            .parts
            .iter()
            .filter(strays)
            .map(|part| {
                let expected = documents * part.weight as usize / weights.max(1) as usize;
                format!(
                    "{} has {} of {documents} articles, not about {expected}",
                    part.name, part.documents
                )
            })
            .collect();
        let largest = self.same_story.iter().map(Vec::len).max();
        match largest.filter(|_| !named.is_empty()) {
            Some(largest) => {
                let why = format!("{largest} articles of nearly the same text stay together");
                named.into_iter().chain([why]).collect()
            }
            None => named,
        }
    }

    /// What whoever trains with one part and tests with another wants to know of them, in words.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = self.strays();
        warnings.extend(self.lacks());
        warnings
    }
}

impl Part {
    /// The labels of which it has any.
    fn labels(&self) -> impl Iterator<Item = &Arc<str>> {
        self.labels.iter().filter(|(_, count)| **count > 0).map(|(label, _)| label)
    }
}

/// One part as it has come out.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize)]
pub struct Part {
    /// Its name.
    pub name: Arc<str>,
    /// Its share, in proportion to the others.
    pub weight: u32,
    /// How many documents are in it.
    pub documents: usize,
    /// How many annotations of each label.
    pub labels: BTreeMap<Arc<str>, usize>,
}

/// Shares documents out.
pub fn split(plan: &SplitPlan, documents: &[Sharing]) -> Split {
    let signatures: Vec<Signature> =
        documents.iter().map(|document| document.signature.clone()).collect();
    let mut parts: Vec<Part> = plan
        .shares
        .iter()
        .map(|share| Part {
            name: share.name.as_str().into(),
            weight: share.weight,
            ..Part::default()
        })
        .collect();
    let mut result = Split { seed: plan.seed, ..Split::default() };
    for story in stories(&signatures) {
        let members: Vec<&Sharing> = story.iter().filter_map(|at| documents.get(*at)).collect();
        // Of a story's numbers the least, which the next version of it mostly shares.
        let drawn = members.iter().filter_map(|member| member.signature.draw(plan.seed)).min();
        let own = || members.first().map(|member| mixed(hash(&member.id), plan.seed));
        let name = plan.part_of(drawn.or_else(own).unwrap_or_default());
        let Some(part) = parts.iter_mut().find(|part| *part.name == *name) else { continue };
        for member in &members {
            part.documents += 1;
            for (label, count) in &member.counts {
                *part.labels.entry(label.clone()).or_default() += count;
            }
            result.documents.insert(member.id.clone(), part.name.clone());
        }
        if members.len() > 1 {
            result.same_story.push(members.iter().map(|member| member.id.clone()).collect());
        }
    }
    result.parts = parts;
    result
}
