use std::sync::Arc;

use super::{Annotation, AnnotationSet, Digest, Edit, Fragments, Id, Relation};

/// An annotation of a text that has changed since, and that has no place in the new one yet.
///
/// Nothing of it is lost: it waits, with its links, until a person has given it a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Adrift {
    /// The annotation, at its place in the text as it was.
    pub annotation: Arc<Annotation>,
    /// What stood at each of its fragments.
    pub quotes: Vec<String>,
    /// Which text that was.
    pub text: Digest,
    /// The links that hang on it, unless one that is adrift too has them.
    pub relations: Vec<Arc<Relation>>,
}

/// A set in which some of what was adrift has a place.
#[derive(Clone, Debug)]
pub struct Landed {
    /// The set.
    pub set: AnnotationSet,
    /// The edits that make it of the set before.
    pub edits: Vec<Edit>,
    /// How many have a place now.
    pub count: usize,
}

impl Landed {
    /// Gives what is adrift under these ids a place each; passes over what is not adrift, or
    /// cannot be there.
    #[must_use]
    pub fn of<'a>(
        set: &AnnotationSet,
        places: impl IntoIterator<Item = (&'a Id, Option<Fragments>)>,
    ) -> Self {
        let mut all = Self { set: set.clone(), edits: Vec::new(), count: 0 };
        for (id, place) in places {
            let (Some(place), Some(adrift)) = (place, all.set.adrift_called(id)) else { continue };
            let landing = adrift.landing(&all.set, place);
            let mut landed = all.set.clone();
            // All of it or nothing.
            if landing.iter().cloned().try_for_each(|edit| landed.apply(edit).map(drop)).is_ok() {
                all.set = landed;
                all.edits.extend(landing);
                all.count += 1;
            }
        }
        all
    }
}

impl Adrift {
    /// The ids that nothing else in the set has.
    pub(super) fn ids(&self) -> impl Iterator<Item = &Id> {
        std::iter::once(&self.annotation.id).chain(self.relations.iter().map(|one| &one.id))
    }

    pub(super) fn has_id(&self, id: &Id) -> bool {
        self.ids().any(|own| own == id)
    }

    /// The quoted text, fragments joined by an ellipsis.
    #[must_use]
    pub fn quote(&self) -> String {
        self.quotes.join(" … ")
    }

    /// The edits that give it a place in the text of `set`, and its links with it. A link to
    /// something that is adrift too waits with that; one to what is gone goes.
    #[must_use]
    pub fn landing(&self, set: &AnnotationSet, fragments: Fragments) -> Vec<Edit> {
        let id = &self.annotation.id;
        let landed = Annotation { fragments, ..(*self.annotation).clone() };
        let mut edits = vec![Edit::RemoveAdrift(id.clone()), Edit::Insert(Arc::new(landed))];
        for relation in &self.relations {
            let other = if relation.from == *id { &relation.to } else { &relation.from };
            if other == id || set.annotation(other).is_some() {
                edits.push(Edit::InsertRelation(relation.clone()));
            } else if let Some(other) = set.adrift_called(other) {
                let mut waiting = (**other).clone();
                // Several links may wait with the same one.
                let earlier = edits.iter().rposition(|edit| {
                    matches!(edit, Edit::InsertAdrift(one) if one.annotation.id == waiting.annotation.id)
                });
                if let Some(Edit::InsertAdrift(one)) = earlier.and_then(|at| edits.get(at)) {
                    waiting = (**one).clone();
                }
                waiting.relations.push(relation.clone());
                edits.push(Edit::RemoveAdrift(waiting.annotation.id.clone()));
                edits.push(Edit::InsertAdrift(Arc::new(waiting)));
            }
        }
        edits
    }
}
