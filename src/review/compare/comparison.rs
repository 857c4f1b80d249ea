use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::align::{align, likeness};
use super::case::{Case, Kind, Subject, annotation_case};
use super::links::link_cases;
use crate::corpus::{Annotation, AnnotationSet, Annotator, Id, Reach};
use crate::text::Offset;

/// What some annotators say about one document, thing by thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// Who is compared, in the order of what they say.
    pub annotators: Vec<Annotator>,
    /// How many annotations of each wait for a place in the document.
    pub waiting: Vec<usize>,
    /// The things that they mark, in the order of the text, then the links.
    pub cases: Vec<Case>,
}

impl Comparison {
    /// Compares sets about one document with each other, and says of each thing what
    /// gold has of it.
    #[must_use]
    pub fn of(sets: &[&AnnotationSet], gold: Option<&AnnotationSet>) -> Self {
        let annotators: Vec<Annotator> = sets.iter().map(|set| set.annotator().clone()).collect();
        let groups = align(sets);
        let links = link_cases(&annotators, sets, &groups);
        let said = groups.into_iter().map(|group| annotation_case(&annotators, group));
        let waiting = sets.iter().map(|set| set.adrift().len()).collect();
        let cases = said.chain(links).collect();
        let mut comparison = Self { annotators, waiting, cases };
        if let Some(gold) = gold {
            comparison.take_gold(gold);
        }
        comparison
    }

    /// The places of the cases in the order in which one goes through them: things by
    /// where they are, then links, which cannot be settled before what they connect.
    #[must_use]
    pub fn in_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.cases.len()).collect();
        let key = |at: &usize| {
            let case = self.cases.get(*at)?;
            let is_link = matches!(case.subject, Subject::Link { .. });
            Some((is_link, case.at.start, case.at.end, *at))
        };
        order.sort_by_key(key);
        order
    }

    /// What gold has of the thing that a case is about.
    pub(super) fn gold_of(&self, case: usize) -> &[Arc<Annotation>] {
        match self.cases.get(case).map(|case| &case.subject) {
            Some(Subject::Annotation { gold, .. }) => gold,
            _ => &[],
        }
    }

    /// Finds out what gold has of each thing: an annotation of gold is about the one
    /// that it is likest to.
    fn take_gold(&mut self, gold: &AnnotationSet) {
        let mut case_of: BTreeMap<&Id, usize> = BTreeMap::new();
        let nearest = Nearest::of(&self.cases);
        let mut found: Vec<(usize, &Arc<Annotation>)> = Vec::new();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for annotation in gold.annotations() {
            // What somebody says twice, gold can have twice.
            let taken = |case| counts.get(&case).copied().unwrap_or_default();
            if let Some(case) = nearest.case_of(annotation, &self.cases, taken) {
                *counts.entry(case).or_default() += 1;
                case_of.insert(&annotation.id, case);
                found.push((case, annotation));
            }
        }
        for (case, annotation) in found {
            if let Some(Subject::Annotation { gold, .. }) = self.subject_mut(case) {
                gold.push(annotation.clone());
            }
        }
        let mut by_ends: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
        for (at, case) in self.cases.iter().enumerate() {
            if let Subject::Link { ends, .. } = &case.subject {
                by_ends.entry(*ends).or_default().push(at);
            }
        }
        for relation in gold.relations() {
            let ends = case_of.get(&relation.from).copied().zip(case_of.get(&relation.to).copied());
            let cases = ends.and_then(|ends| by_ends.get(&ends)).map(Vec::as_slice);
            let said_so =
                |at: &&usize| self.cases.get(**at).is_some_and(|case| says(case, &relation.label));
            let cases = cases.unwrap_or_default();
            let case = cases.iter().find(said_so).or(cases.first()).copied();
            if let Some(Subject::Link { gold, .. }) = case.and_then(|at| self.subject_mut(at)) {
                gold.push(relation.clone());
            }
        }
    }

    fn subject_mut(&mut self, case: usize) -> Option<&mut Subject> {
        self.cases.get_mut(case).map(|case| &mut case.subject)
    }

    /// How many cases there are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.cases.iter().filter(|case| case.kind == kind).count()
    }
}

/// Whether somebody gives the link of a case this label.
fn says(case: &Case, label: &str) -> bool {
    match &case.subject {
        Subject::Link { said, .. } => {
            said.iter().flatten().any(|link| *link.relation.label == *label)
        }
        Subject::Annotation { .. } => false,
    }
}

/// Finds the thing that an annotation is about without looking at all of them.
struct Nearest {
    /// The things by where they begin, and which they are.
    starts: Vec<(Offset, usize)>,
    reach: Reach,
}

impl Nearest {
    fn of(cases: &[Case]) -> Self {
        let things = cases.iter().enumerate();
        let things = things.filter(|(_, case)| matches!(case.subject, Subject::Annotation { .. }));
        let mut starts: Vec<(Offset, usize)> =
            things.map(|(at, case)| (case.at.start, at)).collect();
        starts.sort_unstable();
        let end = |at: usize| cases.get(at).map_or(Offset::ZERO, |case| case.at.end);
        let reach = Reach::of(starts.iter().map(|(_, at)| end(*at)));
        Self { starts, reach }
    }

    fn case_of(
        &self,
        annotation: &Annotation,
        cases: &[Case],
        taken: impl Fn(usize) -> usize,
    ) -> Option<usize> {
        let extent = annotation.fragments.extent();
        let count = self.starts.partition_point(|(start, _)| *start < extent.end);
        let near = self.reach.beyond(count, extent.start).into_iter();
        let likest = near.filter_map(|place| self.starts.get(place)).filter_map(|(_, at)| {
            let Subject::Annotation { said, .. } = &cases.get(*at)?.subject else { return None };
            let all = said.iter().flatten().filter_map(|said| likeness(annotation, said));
            Some((all.max_by(f64::total_cmp)?, *at))
        });
        let likest: Vec<(f64, usize)> = likest.collect();
        let most = likest.iter().map(|(likeness, _)| *likeness).max_by(f64::total_cmp)?;
        // Of equals the first or, where somebody says just that twice, the one of these that
        // gold has the least of yet.
        let first = likest.iter().find(|(likeness, _)| *likeness >= most).map(|(_, at)| *at)?;
        let key = |at: usize| cases.get(at).map(|case| &case.key);
        let twice = likest.iter().map(|(_, at)| *at).filter(|at| key(*at) == key(first));
        twice.min_by_key(|at| (taken(*at), *at))
    }
}
