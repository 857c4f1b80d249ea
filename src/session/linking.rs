//! Making a link: from the focused annotation to one of those it may lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::effect::Effect;
use super::mode::{Mode, Typed};
use super::selection::{Focus, Place, Selection};
use super::state::Session;
use crate::corpus::{Annotation, AnnotationSet, Edit, Id, Relation, Schema};
use crate::text::{Direction, Text};

/// How much of a target is searched for what is typed, in characters.
const SEARCHED: usize = 400;
/// More characters of a quote than a sentence in the status bar has room for.
const QUOTE: usize = 24;

/// A link that is being made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linking {
    /// The annotation that it starts from.
    pub from: Id,
    /// What the targets are filtered by.
    pub typed: String,
    /// What it may lead to, the nearest first.
    pub targets: Vec<Target>,
    /// The letters that targets were given while nothing was typed.
    pub(super) hints: BTreeMap<Id, char>,
    /// The target that was walked to, by its place in `targets`.
    pub walked: Option<usize>,
    /// Which label it is to have, where several fit the chosen target.
    pub choice: Option<Choice>,
}

/// An annotation that a link may lead to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// Which.
    pub id: Id,
    /// The letter that takes it; the furthest of many have none.
    pub hint: Option<char>,
    /// The labels that fit, at least one.
    pub ways: Vec<Way>,
}

/// A way to link two annotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Way {
    /// The relation's label.
    pub label: Arc<str>,
    /// Whether it leads from the other annotation to the one in hand.
    pub reversed: bool,
}

/// A target for which several labels fit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choice {
    /// The target.
    pub target: Id,
    /// What fits; the first has the key 1.
    pub ways: Vec<Way>,
    goes_on: bool,
}

impl Session {
    pub(super) fn start_link(&mut self) {
        let Some(from) = self.focused().map(|focused| focused.id.clone()) else { return };
        self.mode = Some(Mode::Linking(Linking {
            from,
            typed: String::new(),
            targets: Vec::new(),
            hints: BTreeMap::new(),
            walked: None,
            choice: None,
        }));
        // The letters are for the article, wherever the keyboard was.
        self.effects.push(Effect::FocusArticle);
        self.find_targets();
    }

    /// Whether there is anything to link the focused annotation with.
    ///
    /// # Errors
    /// What is wanting for that, in words.
    pub(super) fn has_targets(&self) -> Result<(), String> {
        let (Some(set), Some(focused)) = (self.shown_set(), self.focused()) else {
            return Err("No annotation is focused".to_owned());
        };
        let all = set.annotations();
        if all.iter().any(|other| !ways(&self.schema, set, focused, other).is_empty()) {
            return Ok(());
        }
        let label = &focused.label;
        let mut ends: Vec<&Arc<str>> = Vec::new();
        for relation in self.schema.relations() {
            for (here, there) in [(&relation.from, &relation.to), (&relation.to, &relation.from)] {
                let new = there.iter().filter(|end| here.contains(label) && !ends.contains(end));
                ends.extend(new.collect::<Vec<_>>());
            }
        }
        Err(if ends.is_empty() {
            format!("The schema has no link from or to {label}")
        } else if all.iter().any(|one| one.id != focused.id && ends.contains(&&one.label)) {
            "All that this can be linked with is linked already".to_owned()
        } else {
            let ends: Vec<&str> = ends.into_iter().map(|end| &**end).collect();
            format!("Nothing that {label} can be linked with is tagged yet: {}", ends.join(", "))
        })
    }

    /// Finds what the link may lead to and what was typed is in.
    pub(super) fn find_targets(&mut self) {
        let Some(Mode::Linking(linking)) = self.mode.as_ref() else { return };
        let (Some(set), Some(text)) = (self.shown_set().cloned(), self.text()) else { return };
        let Some(from) = set.annotation(&linking.from) else {
            self.mode = None;
            return;
        };
        let typed = linking.typed.to_lowercase();
        let mut found: Vec<Candidate<'_>> = Vec::new();
        for other in set.annotations() {
            let ways = ways(&self.schema, &set, from, other);
            if ways.is_empty() {
                continue;
            }
            let said = other.quote_start(&text, SEARCHED).to_lowercase();
            let said = said.trim_start_matches(|c: char| !c.is_alphanumeric());
            let Some(next) = going_on(said, &typed) else { continue };
            let words = said.split(|c: char| !c.is_alphanumeric());
            let begun = words.filter_map(|word| word.chars().next()).collect();
            found.push((other, ways, next, begun));
        }
        let start = from.fragments.extent().start;
        found.sort_by_key(|(other, ..)| {
            let there = other.fragments.extent().start;
            let between = from.fragments.distance(&other.fragments);
            (between, there.since(start).max(start.since(there)), other.order())
        });
        // A letter that goes on with the filter is no hint; one that begins a word of
        // a target is likely to be meant as a filter, and is one only at need.
        let goes_on = |letter: &char| found.iter().any(|(.., next, _)| next.contains(*letter));
        let begins = |letter: &char| found.iter().any(|(.., begun)| begun.contains(*letter));
        // Whoever makes one link after the other has read the letters already: they stay, and
        // that of a target that is gone leads nowhere else.
        let hints = &linking.hints;
        let kept = |id: &Id| hints.get(id).copied().filter(|letter| !goes_on(letter));
        let here: BTreeSet<char> = found.iter().filter_map(|(other, ..)| kept(&other.id)).collect();
        let is_new = |letter: &char| {
            let was_given = typed.is_empty() && hints.values().any(|given| given == letter);
            !goes_on(letter) && !here.contains(letter) && !was_given
        };
        let all = self.keymap.hint_letters().into_iter().filter(is_new);
        let (likely, free): (Vec<char>, Vec<char>) = all.partition(begins);
        let mut letters = free.into_iter().chain(likely);
        let targets: Vec<Target> = found
            .iter()
            .map(|(other, ways, ..)| Target {
                id: other.id.clone(),
                hint: kept(&other.id).or_else(|| letters.next()),
                ways: ways.clone(),
            })
            .collect();
        if let Some(Mode::Linking(linking)) = self.mode.as_mut() {
            if typed.is_empty() {
                let given = targets.iter().filter_map(|one| Some((one.id.clone(), one.hint?)));
                linking.hints.extend(given);
            }
            linking.targets = targets;
            linking.walked = None;
        }
    }

    pub(super) fn type_target(&mut self, typed: &Typed) {
        let Some(Mode::Linking(linking)) = self.mode.as_ref() else { return };
        if linking.choice.is_some() {
            self.choose_way(typed);
            return;
        }
        let written = typed.text.as_ref().map(|text| text.to_lowercase());
        let plain = written.as_deref().is_none_or(str::is_ascii);
        let by_hint = |letter| linking.targets.iter().find(|target| target.hint == Some(letter));
        let hinted = typed.letter.filter(|_| plain).and_then(by_hint);
        if let Some(target) = hinted.map(|target| target.id.clone()) {
            self.take_target(&target, typed.shift);
            return;
        }
        let letter = typed.letter.map(String::from);
        let Some(goes_on) = written.or(letter) else { return };
        let before = linking.typed.clone();
        self.filter_targets(format!("{before}{goes_on}"));
        let none = matches!(&self.mode, Some(Mode::Linking(l)) if l.targets.is_empty());
        if none {
            self.filter_targets(before);
            // On a keyboard of another script the key still says which hint is meant.
            let letter = typed.letter.filter(|_| !plain);
            let Some(Mode::Linking(linking)) = self.mode.as_ref() else { return };
            let by_key = letter.and_then(|l| linking.targets.iter().find(|t| t.hint == Some(l)));
            match by_key.map(|target| target.id.clone()) {
                Some(target) => self.take_target(&target, typed.shift),
                None => self.warn(format!("Nothing to link to says “{goes_on}” there")),
            }
        }
    }

    fn filter_targets(&mut self, typed: String) {
        if let Some(Mode::Linking(linking)) = self.mode.as_mut() {
            linking.typed = typed;
        }
        self.find_targets();
    }

    pub(super) fn walk_targets(&mut self, direction: Direction) {
        let Some(Mode::Linking(linking)) = self.mode.as_mut() else { return };
        let count = linking.targets.len();
        if count == 0 {
            return;
        }
        let at = match (linking.walked, direction) {
            (None, Direction::On) => 0,
            (None, Direction::Back) => count - 1,
            (Some(at), direction) => direction.round(at, count),
        };
        linking.walked = Some(at);
        let id = linking.targets.get(at).map(|target| target.id.clone());
        let walked = id.and_then(|id| self.shown_set()?.annotation(&id).cloned());
        if let Some(annotation) = walked {
            self.effects.push(Effect::Reveal(annotation.fragments.extent()));
        }
    }

    /// The target that was walked to; or the nearest, where the filter leaves one
    /// or something was typed.
    pub(super) fn take_walked_target(&mut self) {
        let Some(Mode::Linking(linking)) = self.mode.as_ref() else { return };
        let nearest = (!linking.typed.is_empty() || linking.targets.len() == 1).then_some(0);
        let target = linking.walked.or(nearest).and_then(|at| linking.targets.get(at));
        match target.map(|target| target.id.clone()) {
            Some(target) => self.take_target(&target, false),
            None => self.warn("Tab goes to the first of the targets".to_owned()),
        }
    }

    /// Links to a target. With `goes_on`, one more link can be made from here.
    pub(super) fn take_target(&mut self, target: &Id, goes_on: bool) {
        let Some(Mode::Linking(linking)) = self.mode.as_mut() else { return };
        let Some(target) = linking.targets.iter().find(|t| t.id == *target).cloned() else {
            self.warn("No link of the schema leads there".to_owned());
            return;
        };
        let from = linking.from.clone();
        match target.ways.as_slice() {
            [way] => self.link(&from, &target.id, way, goes_on),
            ways => {
                let ways = ways.to_vec();
                linking.choice = Some(Choice { target: target.id, ways, goes_on });
            }
        }
    }

    fn choose_way(&mut self, typed: &Typed) {
        let key = typed.letter.and_then(|key| key.to_digit(10));
        let written = typed.text.as_deref().and_then(|text| text.parse().ok());
        let digit = key.or(written).and_then(|digit| usize::try_from(digit).ok());
        if let Some(at) = digit.and_then(|digit| digit.checked_sub(1)) {
            self.choose_way_at(at);
        }
    }

    /// Gives the link that is being made one of the labels that fit.
    pub(super) fn choose_way_at(&mut self, at: usize) {
        let Some(Mode::Linking(linking)) = self.mode.as_ref() else { return };
        let Some(choice) = linking.choice.clone() else { return };
        let from = linking.from.clone();
        match choice.ways.get(at) {
            Some(way) => self.link(&from, &choice.target, way, choice.goes_on),
            None => self.warn(format!("The keys are 1 to {}", choice.ways.len())),
        }
    }

    fn link(&mut self, from: &Id, to: &Id, way: &Way, goes_on: bool) {
        let (Some(set), Some(text)) = (self.shown_set().cloned(), self.text()) else { return };
        let Some(other) = set.annotation(to) else { return };
        let id = self.new_id();
        let (start, end) = if way.reversed { (to, from) } else { (from, to) };
        let relation = Relation {
            id: id.clone(),
            label: way.label.clone(),
            from: start.clone(),
            to: end.clone(),
        };
        let title = self.relation_title(&way.label);
        let arrow = if way.reversed { "← " } else { "" };
        let name = format!("link {arrow}{title} “{}”", short_quote(other, &text));
        let edits = vec![Edit::InsertRelation(Arc::new(relation))];
        let place = self.place();
        // Making it is not a reason to look elsewhere.
        let after = Place {
            selection: Selection::caret(place.selection.head),
            focus: Some(Focus { id: from.clone(), fragment: 0 }),
        };
        let mode = self.mode.take().filter(|_| goes_on);
        self.change(name, edits, after);
        self.link_in_hand = Some(id);
        self.mode = mode;
        if let Some(Mode::Linking(linking)) = self.mode.as_mut() {
            linking.choice = None;
            linking.typed.clear();
        }
        self.find_targets();
        // After the last target there is nothing to go on with.
        let none = matches!(&self.mode, Some(Mode::Linking(l)) if l.targets.is_empty());
        if none {
            self.mode = None;
        }
    }
}

/// A target with its ways, the letters that go on with the filter in it, and those that its
/// words begin with.
type Candidate<'a> = (&'a Arc<Annotation>, Vec<Way>, String, String);

/// The letters with which what is typed goes on in some words: where it stands first and, once
/// something is typed, where it begins a word. `None` where it does not stand in them.
fn going_on(said: &str, typed: &str) -> Option<String> {
    let first = said.find(typed)?;
    if typed.is_empty() {
        return Some(said.chars().take(1).collect());
    }
    let begins_word =
        |at: &usize| said.get(..*at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
    let places = said.match_indices(typed).map(|(at, _)| at).filter(begins_word);
    let next = |at: usize| said.get(at + typed.len()..)?.chars().next();
    Some(places.chain([first]).filter_map(next).collect())
}

/// The ways in which one annotation may be linked with another, leaving out the
/// links that there are. Those that start from it go before those that lead to it.
pub(super) fn ways(
    schema: &Schema,
    set: &AnnotationSet,
    from: &Annotation,
    to: &Annotation,
) -> Vec<Way> {
    if from.id == to.id {
        return Vec::new();
    }
    let one_way = |from: &Annotation, to: &Annotation, reversed| -> Vec<Way> {
        let fitting = schema.relations_between(&from.label, &to.label);
        fitting
            .filter(|relation| !set.has_relation(&relation.name, &from.id, &to.id))
            .map(|relation| Way { label: relation.name.clone(), reversed })
            .collect()
    };
    let ahead = schema.relations_between(&from.label, &to.label).next().is_some();
    if ahead { one_way(from, to, false) } else { one_way(to, from, true) }
}

/// The start of what an annotation quotes, for a sentence.
pub(super) fn short_quote(annotation: &Annotation, text: &Text) -> String {
    annotation.quote_start(text, QUOTE)
}
