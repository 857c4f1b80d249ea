//! Changing what the person says about a document.

use std::sync::Arc;

use super::applying::counted;
use super::command::{Command, Edge};
use super::selection::{Focus, Place, Selection};
use super::state::Session;
use crate::corpus::{Annotation, Edit, Fragments, Id, Status};
use crate::text::{
    Direction, Offset, Span, Stop, Unit, snap_to_words, step, trim_white_space, word_at,
};

impl Session {
    pub(super) fn tag(&mut self, label: usize) {
        let Some(definition) = self.schema.label_at(label) else { return };
        let (name, title) = (definition.name.clone(), definition.title.to_lowercase());
        let Some(text) = self.text() else { return };
        let selection = self.selection();
        let selected = trim_white_space(&text, selection.range());
        if let Some(span) = Span::new(selected.start, selected.end) {
            self.tag_span(span, &name, &title);
        } else if let Some(focused) = self.focused() {
            let changed = Annotation { label: name, ..(**focused).clone() };
            let step = format!("change {} to {title}", focused.label);
            self.replace(changed, step);
        } else if let Some(word) = word_at(&text, selection.head) {
            self.tag_span(word, &name, &title);
        }
    }

    fn tag_span(&mut self, span: Span, label: &Arc<str>, title: &str) {
        let Some(set) = self.shown_set().cloned() else { return };
        let fragments = Fragments::one(span);
        let twin = set.annotations().iter().find(|a| a.label == *label && a.fragments == fragments);
        if let Some(twin) = twin {
            self.focus(twin.id.clone());
            self.say(format!("This is tagged {title} already"));
            return;
        }
        let id = self.new_id();
        let annotation = Annotation::new(id.clone(), label.clone(), fragments);
        let after = Place {
            selection: Selection::caret(self.selection().head),
            focus: Some(Focus { id, fragment: 0 }),
        };
        self.change(format!("tag {title}"), vec![Edit::Insert(Arc::new(annotation))], after);
    }

    pub(super) fn add_fragment(&mut self) {
        let Some(text) = self.text() else { return };
        let Some(target) = self.fragment_target().cloned() else { return };
        let selected = trim_white_space(&text, self.selection().range());
        let Some(span) = Span::new(selected.start, selected.end) else {
            self.warn("Only white space is selected".to_owned());
            return;
        };
        let fragments = target.fragments.with(span);
        if fragments == target.fragments {
            self.warn(format!("The {} covers this already", target.label));
            return;
        }
        let fragment = fragments.iter().position(|f| f.covers(span)).unwrap_or_default();
        let changed = Annotation { fragments, ..(*target).clone() };
        let after = Place {
            selection: Selection::caret(self.selection().head),
            focus: Some(Focus { id: changed.id.clone(), fragment }),
        };
        let melts = changed.fragments.count() <= target.fragments.count();
        let name = if melts { "extend" } else { "add fragment to" };
        let name = format!("{name} {}", changed.label);
        self.change(name, vec![Edit::Replace(Arc::new(changed))], after);
    }

    pub(super) fn remove_fragment(&mut self) {
        let Some((focused, fragment)) = self.in_hand() else { return };
        let Some(fragments) = focused.fragments.without(fragment) else { return };
        let changed = Annotation { fragments, ..(*focused).clone() };
        let name = format!("remove fragment of {}", changed.label);
        self.replace(changed, name);
    }

    pub(super) fn remove(&mut self) {
        let Some((focused, _)) = self.in_hand() else { return };
        let Some(set) = self.shown_set() else { return };
        let mut edits: Vec<Edit> = set
            .relations_of(&focused.id)
            .map(|relation| Edit::RemoveRelation(relation.id.clone()))
            .collect();
        let links = match edits.len() {
            0 => String::new(),
            1 => " and its link".to_owned(),
            count => format!(" and its {count} links"),
        };
        edits.push(Edit::Remove(focused.id.clone()));
        let caret = focused.fragments.extent().start;
        let after = Place { selection: Selection::caret(caret), focus: None };
        self.change(format!("remove {}{links}", focused.label), edits, after);
    }

    pub(super) fn move_edge(&mut self, edge: Edge, unit: Unit, direction: Direction) {
        let Some(text) = self.text() else { return };
        let Some((focused, fragment)) = self.in_hand() else { return };
        let Some(span) = focused.fragments.get(fragment) else { return };
        let (from, stop) = match edge {
            Edge::Start => (span.start(), Stop::Start),
            Edge::End => (span.end(), Stop::End),
        };
        let to = step(&text, from, unit, direction, stop);
        // Beyond the last word lies only what no word is.
        let at_word = || match stop {
            Stop::Start => word_at(&text, to).is_some_and(|word| word.start() == to),
            // Another word may begin where it ends.
            Stop::End => word_at(&text, to - 1).is_some_and(|word| word.end() == to),
        };
        if unit == Unit::Word && !at_word() {
            self.warn("There is no further word".to_owned());
            return;
        }
        self.put_edge(edge, to);
    }

    pub(super) fn drag_edge(&mut self, fragment: usize, edge: Edge, to: Offset, snap: bool) {
        if self.can_change().is_err() {
            return;
        }
        let Some(text) = self.text() else { return };
        let Some(span) = self.focused().and_then(|a| a.fragments.get(fragment)) else { return };
        if let Some(focus) = self.reading.as_mut().and_then(|r| r.place.focus.as_mut()) {
            focus.fragment = fragment;
        }
        let range = match edge {
            Edge::Start => to..span.end(),
            Edge::End => span.start()..to,
        };
        let snapped =
            if snap && range.start < range.end { snap_to_words(&text, range) } else { range };
        self.put_edge(edge, if edge == Edge::Start { snapped.start } else { snapped.end });
    }

    /// Moves an edge of the fragment in hand, unless nothing would be left of it.
    fn put_edge(&mut self, edge: Edge, to: Offset) {
        let Some((focused, fragment)) = self.in_hand() else { return };
        let Some(span) = focused.fragments.get(fragment) else { return };
        let moved = match edge {
            Edge::Start => Span::new(to, span.end()),
            Edge::End => Span::new(span.start(), to),
        };
        let Some(moved) = moved else {
            self.warn("Nothing would be left of it".to_owned());
            return;
        };
        if moved == span {
            return;
        }
        let fragments = focused.fragments.with_replaced(fragment, moved);
        let fragment = fragments.iter().position(|f| f.covers(moved)).unwrap_or_default();
        let changed = Annotation { fragments, ..(*focused).clone() };
        let after = Place {
            selection: Selection::caret(to),
            focus: Some(Focus { id: changed.id.clone(), fragment }),
        };
        let which = if edge == Edge::Start { "start" } else { "end" };
        let melted = focused.fragments.count() - changed.fragments.count();
        let melting = if melted > 0 { ", joining its fragments" } else { "" };
        let name = format!("move {which} of {}{melting}", changed.label);
        self.change(name, vec![Edit::Replace(Arc::new(changed))], after);
    }

    pub(super) fn set_status(&mut self, status: Status) {
        if let Err(reason) = self.can_change() {
            self.warn(reason);
            return;
        }
        if self.status() == status {
            return;
        }
        let after = self.place();
        self.change(format!("mark {}", status.title()), vec![Edit::SetStatus(status)], after);
    }

    pub(super) fn settle_and_next(&mut self, status: Status) {
        let Some(path) = self.reading.as_ref().map(|reading| reading.document.clone()) else {
            return;
        };
        let open = match self.findings.len() {
            count if count > 0 && status == Status::Done => {
                format!(", with {} open", counted(count, "check"))
            }
            _ => String::new(),
        };
        self.set_status(status);
        let marked = format!("Marked {}", status.title());
        if let Some(next) = self.documents.next_unfinished(&path).cloned() {
            self.open_document(next);
            self.say(format!("{marked}: {}{open}", path.name()));
        } else {
            let among = if self.documents.filter().is_empty() { "" } else { " among those listed" };
            self.say(format!("{marked}{open}. No unfinished article is left{among}"));
        }
    }

    pub(super) fn replace(&mut self, changed: Annotation, name: String) {
        let in_hand = self.focus_place().map(|focus| focus.fragment).unwrap_or_default();
        let fragment = in_hand.min(changed.fragments.count() - 1);
        let after = Place {
            selection: self.selection(),
            focus: Some(Focus { id: changed.id.clone(), fragment }),
        };
        self.change(name, vec![Edit::Replace(Arc::new(changed))], after);
    }

    /// The focused annotation, and which of its fragments is in hand.
    fn in_hand(&self) -> Option<(Arc<Annotation>, usize)> {
        Some((self.focused()?.clone(), self.focus_place()?.fragment))
    }

    pub(super) fn new_id(&mut self) -> Id {
        loop {
            let id = Id::from_random((self.ids)());
            if self.shown_set().is_none_or(|set| !set.has_id(&id)) {
                return id;
            }
        }
    }

    /// What the keys for labels would do now, for the status bar.
    pub fn tagging_now(&self) -> &'static str {
        if self.selection().span().is_some() {
            "tag selection"
        } else if self.focused().is_some() {
            "change label"
        } else if self.available(Command::Tag(0)).is_ok() {
            "tag word"
        } else {
            "tag"
        }
    }
}
