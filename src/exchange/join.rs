use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::doccano::SAME_SPAN;
use super::incoming::{IncomingAnnotation, IncomingRelation, IncomingSet};

/// Puts the fragments together that relations of this one kind lead from one to the
/// next of: they are one annotation, which has the first one's id.
pub(super) fn join_fragments(set: &mut IncomingSet) {
    let known: HashMap<&str, &IncomingAnnotation> =
        set.annotations.iter().map(|annotation| (annotation.id.as_str(), annotation)).collect();
    // A link so called between what is not alike is a link of its own.
    let is_joint = |relation: &IncomingRelation| {
        let later = known.get(relation.to.as_str());
        let earlier = known.get(relation.from.as_str());
        relation.label == SAME_SPAN
            && earlier.zip(later).is_none_or(|(earlier, later)| {
                earlier.label == later.label && later.attributes.is_empty() && later.note.is_empty()
            })
    };
    let (links, relations): (Vec<_>, Vec<_>) =
        set.relations.iter().cloned().partition(|relation| is_joint(relation));
    set.relations = relations;
    if links.is_empty() {
        return;
    }
    let mut next: HashMap<String, String> = HashMap::new();
    let mut later: HashSet<String> = HashSet::new();
    for link in links {
        later.insert(link.to.clone());
        next.insert(link.from, link.to);
    }
    let (further, firsts): (Vec<_>, Vec<_>) = std::mem::take(&mut set.annotations)
        .into_iter()
        .partition(|annotation| later.contains(&annotation.id));
    set.annotations = firsts;
    let mut parts = BTreeMap::new();
    for part in further {
        // Two of one id are refused later.
        set.annotations.extend(parts.insert(part.id.clone(), part));
    }
    for annotation in &mut set.annotations {
        let mut at = annotation.id.clone();
        while let Some(following) = next.remove(&at) {
            if let Some(part) = parts.remove(&following) {
                annotation.spans.extend(part.spans);
                annotation.quotes.extend(part.quotes);
            }
            at = following;
        }
        // Some formats quote some fragments only.
        if annotation.quotes.len() != annotation.spans.len() {
            annotation.quotes.clear();
        }
    }
    // What no first one leads to, as in a circle, stands by itself: nothing is dropped.
    set.annotations.extend(parts.into_values());
}
