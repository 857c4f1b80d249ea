use std::sync::Arc;

use super::{Finding, FindingKind, Mend, Subject};
use crate::corpus::{Annotation, AnnotationSet, Conflict, Edit, Id, Version};
use crate::text::shortened;

/// Characters of a quote that are shown.
const QUOTE: usize = 40;

/// What a merge left to be chosen.
pub(super) fn conflicts(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for conflict in subject.set.conflicts() {
        let relation = subject.set.relation(&conflict.id);
        let annotation = relation.map_or(&conflict.id, |relation| &relation.from);
        let Some(annotation) = subject.set.annotation(annotation) else { continue };
        let is_annotation = matches!(conflict.other, Some(Version::Annotation(_)));
        let take = Mend::TakeOther(conflict.id.clone());
        let keep = is_annotation.then(|| Mend::KeepBoth(conflict.id.clone()));
        let mends = subject.mends(|| std::iter::once(take).chain(keep).collect());
        found.push(Finding {
            kind: FindingKind::Conflict {
                id: conflict.id.clone(),
                words: words(subject, conflict, annotation),
            },
            annotation: annotation.id.clone(),
            at: annotation.fragments.extent(),
            mends,
        });
    }
}

/// What the other side made of it: `the other side has denial “membantah”, without a note`.
fn words(subject: &Subject<'_>, conflict: &Conflict, here: &Annotation) -> String {
    let quote = |annotation: &Annotation| annotation.quote_start(subject.text, QUOTE);
    let other = match &conflict.other {
        // Which of the two did is not remembered: what is left is what was changed.
        None => return "In conflict: one side removed it, the other changed it".to_owned(),
        Some(Version::Annotation(other)) => other,
        Some(Version::Relation(other)) => {
            let end = |id: &Id| subject.set.annotation(id).map_or("?".to_owned(), |one| quote(one));
            return format!(
                "Link in conflict: the other side has {} from “{}” to “{}”",
                other.label,
                end(&other.from),
                end(&other.to)
            );
        }
    };
    let mut parts = Vec::new();
    if other.label != here.label || other.fragments != here.fragments {
        parts.push(format!("{} “{}”", other.label, quote(other)));
    }
    let names = here.attributes.keys().chain(other.attributes.keys());
    let names: std::collections::BTreeSet<&String> = names.collect();
    for name in names {
        match (here.attributes.get(name), other.attributes.get(name)) {
            (one, two) if one == two => {}
            (_, Some(value)) => parts.push(format!("{name}: {value}")),
            (_, None) => parts.push(format!("no {name}")),
        }
    }
    if other.note != here.note {
        parts.push(match other.note.as_str() {
            "" => "no note".to_owned(),
            note => format!("the note “{}”", shortened(note, QUOTE)),
        });
    }
    if parts.is_empty() {
        "In conflict: both sides have the same by now".to_owned()
    } else {
        format!("In conflict: the other side has {}", parts.join(", "))
    }
}

/// The edits that put what the other side has in the place of what is here.
pub(super) fn take_other(set: &AnnotationSet, id: &Id) -> Vec<Edit> {
    let Some(conflict) = set.conflict(id) else { return Vec::new() };
    let mut edits = vec![Edit::RemoveConflict(id.clone())];
    match &conflict.other {
        Some(Version::Annotation(other)) => edits.push(Edit::Replace(other.clone())),
        Some(Version::Relation(other)) => {
            edits.push(Edit::RemoveRelation(id.clone()));
            edits.push(Edit::InsertRelation(other.clone()));
        }
        None if set.relation(id).is_some() => edits.push(Edit::RemoveRelation(id.clone())),
        None => {
            let hanging = set.relations_of(id).map(|relation| &relation.id);
            edits.extend(hanging.cloned().map(Edit::RemoveRelation));
            edits.push(Edit::Remove(id.clone()));
        }
    }
    edits
}

/// The edits that put what the other side has beside what is here, under an id of its own.
pub(super) fn keep_both(set: &AnnotationSet, id: &Id, new: Id) -> Vec<Edit> {
    let Some(Version::Annotation(other)) =
        set.conflict(id).and_then(|conflict| conflict.other.as_ref())
    else {
        return Vec::new();
    };
    let beside = Annotation { id: new, ..(**other).clone() };
    vec![Edit::RemoveConflict(id.clone()), Edit::Insert(Arc::new(beside))]
}
