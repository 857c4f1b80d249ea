//! The links that there are: walking, following, relabelling, removing them.

use std::sync::Arc;

use super::linking::{Way, short_quote};
use super::state::Session;
use crate::corpus::{Edit, Id, Relation};
use crate::text::Direction;

impl Session {
    /// The links of the focused annotation: those that start from it, then those
    /// that lead to it, each in the order of their other ends.
    pub fn links(&self) -> Vec<&Arc<Relation>> {
        let (Some(set), Some(focused)) = (self.shown_set(), self.focused()) else {
            return Vec::new();
        };
        let mut links: Vec<_> = set.relations_of(&focused.id).collect();
        links.sort_by_cached_key(|relation| {
            let incoming = relation.from != focused.id;
            let other = set.annotation(other_end(relation, &focused.id));
            let start = other.map(|annotation| annotation.fragments.extent().start);
            (incoming, start, relation.id.clone())
        });
        links
    }

    /// The link that the keys for links act on: the one that was taken in hand,
    /// or the only one.
    pub fn link_in_hand(&self) -> Option<&Arc<Relation>> {
        let links = self.links();
        let taken = self.link_in_hand.as_ref();
        let taken = taken.and_then(|id| links.iter().find(|relation| relation.id == *id));
        taken.or_else(|| links.first().filter(|_| links.len() == 1)).copied()
    }

    pub(super) fn take_link(&mut self, id: &Id) {
        self.link_in_hand = self.links().iter().any(|link| link.id == *id).then(|| id.clone());
    }

    pub(super) fn step_link(&mut self, direction: Direction) {
        let links: Vec<Id> = self.links().iter().map(|relation| relation.id.clone()).collect();
        let count = links.len().max(1);
        let taken = self.link_in_hand.as_ref();
        let at = taken.and_then(|id| links.iter().position(|link| link == id));
        let next = match (at, direction) {
            (None, Direction::On) => 0,
            (None, Direction::Back) => count - 1,
            (Some(at), direction) => direction.round(at, count),
        };
        self.link_in_hand = links.get(next).cloned();
        if let Some(words) = self.link_words() {
            self.say(format!("{words} ({} of {count})", next + 1));
        }
    }

    pub(super) fn follow_link(&mut self) {
        let Some(focused) = self.focused().map(|focused| focused.id.clone()) else { return };
        let Some(link) = self.link_in_hand().cloned() else { return };
        self.focus(other_end(&link, &focused).clone());
        self.link_in_hand = Some(link.id.clone());
    }

    pub(super) fn relabel_link(&mut self) {
        let Some(link) = self.link_in_hand().cloned() else { return };
        let ways = self.ways_of(&link);
        // Its own comes first.
        let Some(Way { label, reversed }) = ways.get(Direction::On.round(0, ways.len())).cloned()
        else {
            return;
        };
        let (from, to) = if reversed {
            (link.to.clone(), link.from.clone())
        } else {
            (link.from.clone(), link.to.clone())
        };
        let changed = Relation { id: link.id.clone(), label: label.clone(), from, to };
        let edits =
            vec![Edit::RemoveRelation(link.id.clone()), Edit::InsertRelation(Arc::new(changed))];
        let title = self.relation_title(&label);
        let name = if reversed {
            format!("change link to {title}, turned round")
        } else {
            format!("change link to {title}")
        };
        self.change(name, edits, self.place());
        self.link_in_hand = Some(link.id.clone());
    }

    /// The labels that fit between the ends of a link, either way round, its own first.
    pub(super) fn ways_of(&self, link: &Relation) -> Vec<Way> {
        let ends = self.shown_set().and_then(|set| {
            Some((set.annotation(&link.from)?.clone(), set.annotation(&link.to)?.clone()))
        });
        let Some((from, to)) = ends else { return Vec::new() };
        let ahead = self.schema.relations_between(&from.label, &to.label);
        let back = self.schema.relations_between(&to.label, &from.label);
        // A link that is there already is not made again.
        let is_free = |Way { label, reversed }: &Way| {
            let (start, end) = if *reversed { (&to.id, &from.id) } else { (&from.id, &to.id) };
            !self.shown_set().is_some_and(|set| set.has_relation(label, start, end))
        };
        let way = |label: &Arc<str>, reversed| Way { label: label.clone(), reversed };
        let others = ahead
            .map(|relation| way(&relation.name, false))
            .chain(back.map(|relation| way(&relation.name, true)))
            .filter(is_free);
        std::iter::once(way(&link.label, false)).chain(others).collect()
    }

    pub(super) fn remove_link(&mut self) {
        let Some(link) = self.link_in_hand().cloned() else { return };
        let words = self.link_words().unwrap_or_default();
        let edits = vec![Edit::RemoveRelation(link.id.clone())];
        self.change(format!("remove link {words}"), edits, self.place());
    }

    /// What the link in hand says: `attributed to “KCNA”`.
    pub fn link_words(&self) -> Option<String> {
        let link = self.link_in_hand()?;
        let focused = self.focused()?;
        let text = self.text()?;
        let other = self.shown_set()?.annotation(other_end(link, &focused.id))?;
        let arrow = if link.from == focused.id { "" } else { "← " };
        let title = self.relation_title(&link.label);
        Some(format!("{arrow}{title} “{}”", short_quote(other, &text)))
    }

    /// How a relation's label is shown.
    pub fn relation_title(&self, label: &str) -> String {
        let definition = self.schema.relation(label);
        definition.map_or_else(|| label.to_owned(), |definition| definition.title.clone())
    }

    /// A link that is no longer there is no longer in hand.
    pub(super) fn let_missing_link_go(&mut self) {
        let there = |id: &Id| self.links().iter().any(|link| link.id == *id);
        if !self.link_in_hand.as_ref().is_some_and(there) {
            self.link_in_hand = None;
        }
    }
}

/// The end of a link that is not this one.
pub fn other_end<'a>(relation: &'a Relation, end: &Id) -> &'a Id {
    if relation.from == *end { &relation.to } else { &relation.from }
}
