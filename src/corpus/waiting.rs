//! What waits for a place in three versions of one set, and what of it waits on when they are
//! brought together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Adrift, Annotation, AnnotationSet, Id, Relation};

/// What waits in one version.
struct Side<'a> {
    adrift: BTreeMap<&'a Id, &'a Arc<Adrift>>,
    /// The links that hang on it, each with the annotation that it hangs on.
    links: BTreeMap<&'a Id, (&'a Id, &'a Arc<Relation>)>,
}

/// What waits in the base, in ours and in theirs.
pub(super) struct Waiting<'a>([Side<'a>; 3]);

impl<'a> Waiting<'a> {
    pub(super) fn of(sides: [&'a AnnotationSet; 3]) -> Self {
        Self(sides.map(|set| {
            let adrift = set.adrift().iter().map(|one| (&one.annotation.id, one));
            let hang = |one: &'a Arc<Adrift>| one.relations.iter().map(|r| (&one.annotation.id, r));
            let links = set.adrift().iter().flat_map(hang).map(|(on, link)| (&link.id, (on, link)));
            Side { adrift: adrift.collect(), links: links.collect() }
        }))
    }

    /// What each version has of an annotation that has its place in some. Where it waits in the
    /// base and one side alone has placed it, what the others have of it is taken to that place:
    /// it may have been renamed meanwhile.
    pub(super) fn annotation(
        &self,
        id: &Id,
        placed: [Option<&Arc<Annotation>>; 3],
    ) -> [Option<Arc<Annotation>>; 3] {
        let waiting = self.0.each_ref().map(|side| side.adrift.get(id).map(|one| &one.annotation));
        let (place, waits_elsewhere) = match placed {
            [None, Some(one), None] => (one, waiting[2].is_some()),
            [None, None, Some(one)] => (one, waiting[1].is_some()),
            _ => return placed.map(Option::<&Arc<_>>::cloned),
        };
        if waiting[0].is_none() || !waits_elsewhere {
            return placed.map(Option::<&Arc<_>>::cloned);
        }
        let there = |one: &Arc<Annotation>| {
            Arc::new(Annotation { fragments: place.fragments.clone(), ..(**one).clone() })
        };
        let mut versions = waiting.map(|one| one.map(there));
        for (version, placed) in versions.iter_mut().zip(placed) {
            *version = placed.cloned().or(version.take());
        }
        versions
    }

    /// The links that wait in each version.
    pub(super) fn link_ids(&self) -> [impl Iterator<Item = &'a Id>; 3] {
        self.0.each_ref().map(|side| side.links.keys().copied())
    }

    /// A link, where it waits, in each version.
    pub(super) fn link(&self, id: &Id) -> [Option<&'a Arc<Relation>>; 3] {
        self.0.each_ref().map(|side| side.links.get(id).map(|(_, link)| *link))
    }

    /// What waits on, without its links; and how much only the other side has changed. What
    /// has a place waits no more, and neither does what one side has removed and the other left
    /// as it was. Where both have changed it, each otherwise, it is as ours has it.
    pub(super) fn chosen(
        &self,
        placed: &BTreeMap<Id, Arc<Annotation>>,
    ) -> (BTreeMap<Id, Adrift>, usize) {
        let (mut chosen, mut taken) = (BTreeMap::new(), 0);
        let [of_base, of_ours, of_theirs] = self.0.each_ref().map(|side| &side.adrift);
        for id in of_base.keys().chain(of_ours.keys()).chain(of_theirs.keys()) {
            if placed.contains_key(*id) || chosen.contains_key(*id) {
                continue;
            }
            let own =
                |side: &BTreeMap<&Id, &Arc<Adrift>>| side.get(id).map(|one| without_links(one));
            let [before, mine, other] = [of_base, of_ours, of_theirs].map(own);
            let one = if mine == before && other != before {
                taken += 1;
                other
            } else if other == before {
                mine
            } else {
                mine.or(other)
            };
            chosen.extend(one.map(|one| ((*id).clone(), one)));
        }
        (chosen, taken)
    }

    /// Hangs links of which an end waits on that: on the one that it hung on, if that waits, or
    /// else on the first. They come in the order in which a side has them, so that it needs not
    /// be written anew there.
    pub(super) fn hang(
        &self,
        links: impl Iterator<Item = Arc<Relation>>,
        adrift: &mut BTreeMap<Id, Adrift>,
    ) {
        links.for_each(|link| self.hang_one(link, adrift));
        for (id, one) in adrift {
            one.relations.sort_by(|a, b| a.order().cmp(&b.order()));
            let there = |side: &Side<'a>| side.adrift.get(id).map(|one| &one.relations);
            let sides = changed_first(self.0.each_ref().map(there));
            let mut as_they_are = sides.into_iter().flatten().filter_map(|there| {
                let mut sorted = there.clone();
                sorted.sort_by(|a, b| a.order().cmp(&b.order()));
                (sorted == one.relations).then(|| there.clone())
            });
            if let Some(as_they_are) = as_they_are.next() {
                one.relations = as_they_are;
            }
        }
    }

    fn hang_one(&self, link: Arc<Relation>, adrift: &mut BTreeMap<Id, Adrift>) {
        let on = |side: &Side<'a>| side.links.get(&link.id).map(|(on, _)| *on);
        let mut hung = changed_first(self.0.each_ref().map(on)).into_iter().flatten().cloned();
        let hung = hung.find(|on| adrift.contains_key(on));
        let first = || {
            let ends = [&link.from, &link.to].into_iter().filter_map(|end| adrift.get(end));
            let first = ends.min_by(|a, b| a.annotation.order().cmp(&b.annotation.order()));
            first.map(|one| one.annotation.id.clone())
        };
        let on = hung.or_else(first);
        if let Some(one) = on.and_then(|on| adrift.get_mut(&on)) {
            one.relations.push(link);
        }
    }
}

/// What ours and theirs have of something, theirs first where they alone have changed it.
fn changed_first<T: PartialEq>([before, mine, other]: [T; 3]) -> [T; 2] {
    if mine == before { [other, mine] } else { [mine, other] }
}

fn without_links(adrift: &Adrift) -> Adrift {
    Adrift { relations: Vec::new(), ..adrift.clone() }
}
