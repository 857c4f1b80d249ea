use std::collections::HashMap;

use super::doccano::SAME_SPAN;
use super::incoming::IncomingSet;

/// Puts the fragments together that relations of this one kind lead from one to the
/// next of: they are one annotation, which has the first one's id.
pub(super) fn join_fragments(set: &mut IncomingSet) {
    let (links, relations): (Vec<_>, Vec<_>) = std::mem::take(&mut set.relations)
        .into_iter()
        .partition(|relation| relation.label == SAME_SPAN);
    set.relations = relations;
    if links.is_empty() {
        return;
    }
    let mut next: HashMap<String, String> = HashMap::new();
    let mut later: HashMap<String, String> = HashMap::new();
    for link in links {
        later.insert(link.to.clone(), link.from.clone());
        next.insert(link.from, link.to);
    }
    let mut parts: HashMap<String, _> = HashMap::new();
    set.annotations.retain(|annotation| {
        let is_later = later.contains_key(&annotation.id);
        if is_later {
            let (spans, quotes) = (annotation.spans.clone(), annotation.quotes.clone());
            parts.insert(annotation.id.clone(), (spans, quotes));
        }
        !is_later
    });
    for annotation in &mut set.annotations {
        let mut at = annotation.id.clone();
        while let Some(following) = next.remove(&at) {
            if let Some((spans, quotes)) = parts.remove(&following) {
                annotation.spans.extend(spans);
                annotation.quotes.extend(quotes);
            }
            at = following;
        }
        // Some formats quote some fragments only.
        if annotation.quotes.len() != annotation.spans.len() {
            annotation.quotes.clear();
        }
    }
}
