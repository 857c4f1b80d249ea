use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::align::Group;
use super::case::{Case, Kind, Subject, content, key};
use crate::corpus::{Annotation, AnnotationSet, Annotator, Id, Relation};

/// A link as one annotator has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkSaid {
    /// The link.
    pub relation: Arc<Relation>,
    /// What it starts from.
    pub from: Arc<Annotation>,
    /// What it leads to.
    pub to: Arc<Annotation>,
}

/// The cases of all links between the things that some groups are about. Of two links
/// between the same things, those with the same label belong together; where just one
/// is left of everyone, these do too.
pub(super) fn link_cases(
    annotators: &[Annotator],
    sets: &[&AnnotationSet],
    groups: &[Group],
) -> Vec<Case> {
    let mut group_of: HashMap<(usize, &Id), (usize, &Arc<Annotation>)> = HashMap::new();
    for (number, group) in groups.iter().enumerate() {
        for (set, member) in group.iter().enumerate() {
            if let Some(annotation) = member {
                group_of.insert((set, &annotation.id), (number, annotation));
            }
        }
    }
    let mut between: BTreeMap<(usize, usize), Vec<Vec<LinkSaid>>> = BTreeMap::new();
    for (number, set) in sets.iter().enumerate() {
        for relation in set.relations() {
            let ends =
                (group_of.get(&(number, &relation.from)), group_of.get(&(number, &relation.to)));
            let (Some((from_group, from)), Some((to_group, to))) = ends else { continue };
            let relation = relation.clone();
            let said = LinkSaid { relation, from: (*from).clone(), to: (*to).clone() };
            let nobody = || vec![Vec::new(); sets.len()];
            let all = between.entry((*from_group, *to_group)).or_insert_with(nobody);
            if let Some(own) = all.get_mut(number) {
                own.push(said);
            }
        }
    }
    let cases = between.into_iter().flat_map(|(ends, said)| {
        let together = by_label(said);
        together.into_iter().map(move |said| link_case(annotators, said, ends))
    });
    cases.collect()
}

/// Puts together what belongs together of the links between two things.
fn by_label(mut said: Vec<Vec<LinkSaid>>) -> Vec<Vec<Option<LinkSaid>>> {
    let mut labels: Vec<Arc<str>> =
        said.iter().flatten().map(|link| link.relation.label.clone()).collect();
    labels.sort();
    labels.dedup();
    let mut together = Vec::new();
    let mut left: Vec<Vec<Option<LinkSaid>>> = Vec::new();
    for label in labels {
        let of_label: Vec<Option<LinkSaid>> = said
            .iter_mut()
            .map(|own| {
                let at = own.iter().position(|link| link.relation.label == label)?;
                Some(own.remove(at))
            })
            .collect();
        let everyone = of_label.iter().all(Option::is_some);
        if everyone { together.push(of_label) } else { left.push(of_label) }
    }
    let one_each = (0..said.len()).all(|own| {
        left.iter().filter(|links| links.get(own).is_some_and(Option::is_some)).count() == 1
    });
    if one_each && left.len() > 1 {
        let joined = left.into_iter().reduce(|one, other| {
            one.into_iter().zip(other).map(|(one, other)| one.or(other)).collect()
        });
        together.extend(joined);
    } else {
        together.extend(left);
    }
    together
}

fn link_case(annotators: &[Annotator], said: Vec<Option<LinkSaid>>, ends: (usize, usize)) -> Case {
    let mut labels: Vec<&Arc<str>> =
        said.iter().flatten().map(|link| &link.relation.label).collect();
    labels.dedup();
    let agreed = labels.len() == 1 && said.iter().all(Option::is_some);
    let kind = if agreed { Kind::Agreed } else { Kind::Link };
    let words = said.iter().map(|link| link.as_ref().map(link_in_words));
    let key = key(annotators, words);
    let extents = said.iter().flatten().map(|link| link.from.fragments.extent());
    let at = extents.reduce(|one, next| one.start.min(next.start)..one.end.max(next.end));
    let at = at.unwrap_or_default();
    Case { kind, at, key, subject: Subject::Link { said, ends, gold: Vec::new() } }
}

fn link_in_words(link: &LinkSaid) -> String {
    let bare = |annotation: &Annotation| {
        content(&Annotation { attributes: BTreeMap::new(), ..annotation.clone() })
    };
    format!("{} {} {}", bare(&link.from), link.relation.label, bare(&link.to))
}
