use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::roles::Roles;
use crate::corpus::{Annotation, AnnotationSet, Id};
use crate::text::Text;

/// What somebody or something is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Name {
    /// In small letters: what tells it apart over all documents.
    pub(super) key: Arc<str>,
    /// As it is written here.
    pub(super) form: Arc<str>,
}

/// The names that annotations of one set have when those that mean the same are
/// taken together.
pub(super) struct Names<'a> {
    set: &'a AnnotationSet,
    places: HashMap<&'a Id, usize>,
    /// By the place of the annotation: the place of the one that names it.
    naming: Vec<usize>,
    text: &'a Text,
}

impl<'a> Names<'a> {
    /// Joins what identities join, and names each cluster by its fullest mention:
    /// the one that no identity leads on from; of several, or where they lead in a
    /// circle, the longest, and of these the first.
    pub(super) fn of(roles: &Roles<'_>, set: &'a AnnotationSet, text: &'a Text) -> Self {
        let annotations = set.annotations();
        let places: HashMap<&Id, usize> =
            annotations.iter().enumerate().map(|(at, annotation)| (&annotation.id, at)).collect();
        let mut clusters = Clusters::apart(annotations.len());
        let mut leads_on = vec![false; annotations.len()];
        for relation in set.relations() {
            let ends = (places.get(&relation.from), places.get(&relation.to));
            let (Some(&from), Some(&to)) = ends else { continue };
            let label = |at: usize| annotations.get(at).map_or("", |one| &*one.label);
            if from != to && roles.joins(&relation.label, label(from), label(to)) {
                clusters.join(from, to);
                if let Some(leads) = leads_on.get_mut(from) {
                    *leads = true;
                }
            }
        }
        let mut best: HashMap<usize, ((bool, usize), usize)> = HashMap::new();
        for (at, (annotation, leads)) in annotations.iter().zip(&leads_on).enumerate() {
            let worth = (!leads, annotation.fragments.length());
            let fullest = best.entry(clusters.root(at)).or_insert((worth, at));
            if worth > fullest.0 {
                *fullest = (worth, at);
            }
        }
        let naming = (0..annotations.len())
            .map(|at| best.get(&clusters.root(at)).map_or(at, |(_, fullest)| *fullest));
        Self { set, places, naming: naming.collect(), text }
    }

    /// The annotation called so.
    pub(super) fn annotation(&self, id: &Id) -> Option<&'a Arc<Annotation>> {
        self.set.annotations().get(*self.places.get(id)?)
    }

    /// What an annotation means, by its fullest mention, white space made one blank.
    pub(super) fn name(&self, id: &Id) -> Option<Name> {
        let naming = self.naming.get(*self.places.get(id)?)?;
        let quote = self.set.annotations().get(*naming)?.quote(self.text);
        let form = quote.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(Name { key: form.to_lowercase().into(), form: form.into() })
    }
}

/// Which places belong together: each points to another of its cluster, or to itself.
struct Clusters(Vec<usize>);

impl Clusters {
    fn apart(count: usize) -> Self {
        Self((0..count).collect())
    }

    /// The place that stands for a cluster.
    fn root(&mut self, mut at: usize) -> usize {
        while let Some(&above) = self.0.get(at).filter(|above| **above != at) {
            let next = self.0.get(above).copied().unwrap_or(above);
            if let Some(pointer) = self.0.get_mut(at) {
                // Halves the way for the next time.
                *pointer = next;
            }
            at = next;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(pointer) = self.0.get_mut(one.max(other)) {
            *pointer = one.min(other);
        }
    }
}
