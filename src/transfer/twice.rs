//! What comes twice in data that are only looked at: an import takes the first of it, and finds
//! it there when the other one comes.

use std::collections::hash_map::Entry;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};

use foldhash::fast::FixedState;
use foldhash::{HashMap, HashMapExt as _};

use crate::corpus::{AnnotationSet, Annotator, DocumentPath};

/// What a text or a set is told by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Print(u64);

impl Print {
    pub(super) fn of_text(text: &str) -> Self {
        Self(FixedState::default().hash_one(text))
    }

    pub(super) fn of_set(set: &AnnotationSet) -> Self {
        let mut hasher = FixedState::default().build_hasher();
        set.status().title().hash(&mut hasher);
        for one in set.annotations() {
            (&one.id, &one.label, &one.fragments).hash(&mut hasher);
            (&one.attributes, &one.note).hash(&mut hasher);
        }
        for one in set.relations() {
            (&one.id, &one.label, &one.from, &one.to).hash(&mut hasher);
        }
        Self(hasher.finish())
    }
}

/// What came before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Before {
    Nothing,
    TheSame,
    /// Something else in its place.
    Another,
}

/// What has come so far.
pub(super) struct Come {
    texts: HashMap<DocumentPath, Print>,
    sets: HashMap<(DocumentPath, Annotator), Print>,
}

impl Come {
    pub(super) fn new() -> Self {
        Self { texts: HashMap::new(), sets: HashMap::new() }
    }

    /// An article comes.
    pub(super) fn text(&mut self, document: &DocumentPath, print: Print) -> Before {
        before(self.texts.entry(document.clone()), print)
    }

    /// An annotator's set about an article comes.
    pub(super) fn set(
        &mut self,
        document: &DocumentPath,
        annotator: &Annotator,
        print: Print,
    ) -> Before {
        before(self.sets.entry((document.clone(), annotator.clone())), print)
    }
}

fn before<K>(place: Entry<'_, K, Print>, print: Print) -> Before {
    match place {
        Entry::Vacant(free) => {
            free.insert(print);
            Before::Nothing
        }
        Entry::Occupied(taken) if *taken.get() == print => Before::TheSame,
        Entry::Occupied(_) => Before::Another,
    }
}
