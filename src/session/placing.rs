//! Placing annotations in a text that has changed since they were made.

use std::sync::Arc;

use super::applying::counted;
use super::command::Command;
use super::dialog::Dialog;
use super::effect::Effect;
use super::held::Held;
use super::message::Message;
use super::selection::{Focus, Place, Selection};
use super::state::Session;
use super::why_not::need;
use crate::corpus::{Adrift, Annotation, AnnotationSet, Edit, Fragments, Id, Landed, Status};
use crate::review::MovedAnnotations;
use crate::storage::{Item, Problem, Reanchoring};
use crate::text::shortened;

/// Characters of a quote that a sentence has room for.
const QUOTE: usize = 40;

/// What happens to annotations that are to be placed.
#[derive(Debug)]
pub enum Placing {
    /// It was found out where they may stand; `None` where all have their place.
    Found(u64, Result<Option<Box<Reanchoring>>, Problem>),
    /// A row was gone to.
    GoTo(usize),
    /// It was chosen where the annotation of a row goes: to this place of those offered, or
    /// nowhere yet.
    Choose(usize, Option<usize>),
    /// What was chosen is to be done.
    Apply,
    /// The place of a row's annotation is to be shown by selecting it in the article.
    ByHand(usize),
    /// A row's annotation is to be removed.
    Remove(usize),
    /// The set about the new text was written, or could not be.
    Written(u64, Result<(), String>),
}

/// The annotations that have no place in the text as it is, and where they are to go.
#[derive(Clone, Debug)]
pub struct Placement {
    number: u64,
    /// What was found; `None` while it is looked for.
    pub found: Option<Arc<Reanchoring>>,
    /// For each annotation, which of the places goes that are offered; `None` where it waits.
    pub chosen: Vec<Option<usize>>,
    /// The row that the person is at.
    pub at: usize,
    /// Why it cannot be done, if it cannot.
    pub problem: Option<String>,
    /// Whether it is being written.
    pub writing: bool,
}

impl Placement {
    /// Where each annotation goes.
    fn places(&self, found: &Reanchoring) -> Vec<Option<Fragments>> {
        let place = |(item, chosen): (&Item, &Option<usize>)| {
            chosen.and_then(|at| item.offers().get(at)).cloned()
        };
        found.items.iter().zip(&self.chosen).map(place).collect()
    }

    /// How many have a place.
    pub fn placed(&self) -> usize {
        self.chosen.iter().flatten().count()
    }
}

impl Placing {
    /// Whether the person did this.
    pub(super) fn is_gesture(&self) -> bool {
        !matches!(self, Self::Found(..) | Self::Written(..))
    }
}

impl From<Placing> for Message {
    fn from(placing: Placing) -> Self {
        Self::Placing(Box::new(placing))
    }
}

impl Session {
    /// The annotations that are being placed, while their sheet is open.
    pub fn placement(&self) -> Option<&Placement> {
        self.placement.as_ref()
    }

    /// Whether the own set is about another text than the article's.
    pub fn is_about_earlier_text(&self) -> bool {
        let unreadable = self.held().and_then(|held| held.unreadable.as_ref());
        unreadable.is_some_and(|problem| problem.kind.is_about_earlier_text())
    }

    /// The annotation that [`Command::PlaceHere`] places; `None` where none waits, or another
    /// set than the own one is shown.
    pub fn adrift_in_hand(&self) -> Option<&Arc<Adrift>> {
        let set = self.own_set_shown()?;
        let in_hand = self.adrift_in_hand.as_ref().and_then(|id| set.adrift_called(id));
        in_hand.or(set.adrift().first())
    }

    fn own_set_shown(&self) -> Option<&Arc<AnnotationSet>> {
        let reading = self.reading().filter(|reading| reading.shown == self.annotator)?;
        let held = self.held().filter(|held| held.unreadable.is_none())?;
        (held.document.path == reading.document && self.merged.is_none()).then_some(&held.set)
    }

    pub(super) fn can_place(&self, command: Command) -> Result<(), String> {
        self.has_document()?;
        self.is_not_opening()?;
        self.is_here()?;
        if command == Command::PlaceTags {
            let wanting = self.is_about_earlier_text() || self.adrift_in_hand().is_some();
            return need(wanting, "All your tags have their place in this text");
        }
        self.can_change()?;
        let Some(adrift) = self.adrift_in_hand() else {
            return Err("No tag waits for a place here".to_owned());
        };
        let Some(span) = self.selection().span() else {
            return Err("Select first where the tag that waits stands in this text".to_owned());
        };
        let (label, fragments) = (&adrift.annotation.label, Fragments::one(span));
        let is_twin = |one: &Arc<Annotation>| one.label == *label && one.fragments == fragments;
        let has_twin =
            self.own_set_shown().is_some_and(|set| set.annotations().iter().any(is_twin));
        let key = self.keymap.key(Command::PlaceTags).map(|key| key.to_string());
        let list = key.map(|key| format!("; {key} lists the tag that waits")).unwrap_or_default();
        need(!has_twin, &format!("This is tagged {label} already{list}"))
    }

    pub(super) fn take_placing(&mut self, placing: Placing) {
        match placing {
            Placing::Found(number, found) => self.placement_found(number, found),
            Placing::GoTo(row) => {
                if let Some(placement) = self.placement.as_mut() {
                    placement.at = row.min(placement.chosen.len().saturating_sub(1));
                }
            }
            Placing::Choose(row, place) => self.choose_place(row, place),
            Placing::Apply => self.apply_placement(),
            Placing::ByHand(row) => self.place_by_hand(row),
            Placing::Remove(row) => self.remove_adrift(row),
            Placing::Written(number, result) => self.placement_written(number, result),
        }
    }

    /// Has it found out where the annotations of the open article may stand.
    pub(super) fn open_placement(&mut self) {
        let (Some(project), Some(reading)) = (self.project.clone(), self.reading()) else { return };
        let document = reading.document.clone();
        let number = self.next_number();
        self.placement = Some(Placement {
            number,
            found: None,
            chosen: Vec::new(),
            at: 0,
            problem: None,
            writing: false,
        });
        self.dialog = Some(Dialog::Placement);
        let annotator = self.annotator.clone();
        self.effects.push(Effect::Reanchor { number, project, document, annotator });
    }

    fn placement_found(&mut self, number: u64, found: Result<Option<Box<Reanchoring>>, Problem>) {
        let Some(placement) = self.placement.as_mut().filter(|one| one.number == number) else {
            return;
        };
        match found {
            Ok(Some(found)) => {
                let sure = |item: &Item| item.sure_place().map(|_| 0);
                placement.chosen = found.items.iter().map(sure).collect();
                // What a person has to look at comes first.
                let waits = placement.chosen.iter().position(Option::is_none);
                placement.at = waits.unwrap_or_default();
                placement.found = Some(Arc::from(found));
            }
            Ok(None) => {
                self.close_dialog();
                self.say("All your tags have their place in this text".to_owned());
            }
            Err(problem) => placement.problem = Some(problem.to_string()),
        }
    }

    fn choose_place(&mut self, row: usize, place: Option<usize>) {
        let Some(placement) = self.placement.as_mut() else { return };
        let Some(found) = placement.found.as_ref().filter(|_| !placement.writing) else { return };
        let offered = found.items.get(row).map_or(0, |item| item.offers().len());
        if let Some(chosen) = placement.chosen.get_mut(row)
            && place.is_none_or(|place| place < offered)
        {
            *chosen = place;
            placement.at = row;
        }
    }

    fn apply_placement(&mut self) {
        let Some(placement) = self.placement.as_mut().filter(|one| !one.writing) else { return };
        let Some(found) = placement.found.clone() else { return };
        let places = placement.places(&found);
        if !found.is_current() {
            let (Some(project), number) = (self.project.clone(), placement.number) else { return };
            placement.writing = true;
            self.effects.push(Effect::BringOver { number, project, found, places });
            return;
        }
        let is_same_text = |held: &&Held| held.document.digest == found.document.digest;
        let Some(held) = self.held().filter(is_same_text) else {
            self.close_dialog();
            self.warn(
                "Nothing was placed: the article has changed again. Z lists where your tags \
                 stand now"
                    .to_owned(),
            );
            return;
        };
        let ids = found.items.iter().map(|item| &item.annotation.id);
        let Landed { edits, count, .. } = Landed::of(&held.set, ids.zip(places));
        self.close_dialog();
        if count > 0 {
            let place = self.place();
            self.change(format!("place {}", counted(count, "tag")), edits, place);
        }
    }

    fn placement_written(&mut self, number: u64, result: Result<(), String>) {
        let Some(placement) = self.placement.as_mut().filter(|one| one.number == number) else {
            return;
        };
        if let Err(problem) = result {
            placement.writing = false;
            placement.problem = Some(problem);
            return;
        }
        let placed = placement.placed();
        let found = placement.found.as_ref();
        let was_done = found.is_some_and(|found| found.status() == Status::Done);
        let set = found.map(|found| found.set(&placement.places(found)));
        let again = set.as_ref().filter(|set| was_done && set.status() != Status::Done);
        let again = again.map_or("", |_| ", so that the article is in progress again");
        let wait = set.map_or(0, |set| set.adrift().len());
        let document = placement.found.as_ref().map(|found| found.document.path.clone());
        let moved = placement.found.as_ref().map(|found| {
            let places = placement.places(found);
            MovedAnnotations::of(&found.document.path, &found.annotator, found.same_words(&places))
        });
        self.placement = None;
        self.close_dialog();
        let left = moved.and_then(|moved| self.carry_decisions_along(&moved));
        self.lasting = Some("To bring tags to a new text");
        if let Some(document) = document {
            self.read_anew(&document);
            self.effects.push(Effect::FocusArticle);
        }
        let words = match wait {
            0 => format!("{} in the new text", counted(placed, "tag")),
            wait => {
                let placed = counted(placed, "tag");
                format!("{placed} in the new text, {wait} without a place{again}")
            }
        };
        match left {
            Some(left) => self.warn(format!("{words}. {left}")),
            None => self.say(words),
        }
    }

    /// Takes a row's annotation in hand, to be placed in the article.
    fn place_by_hand(&mut self, row: usize) {
        let Some(adrift) = self.adrift_of(row) else { return };
        self.adrift_in_hand = Some(adrift.annotation.id.clone());
        self.close_dialog();
        self.effects.push(Effect::FocusArticle);
        let key = self.keymap.key(Command::PlaceHere).map(|key| key.to_string());
        let words = shortened(&adrift.quote(), QUOTE);
        self.say(format!(
            "Select where “{words}” stands now, then {}",
            key.as_deref().unwrap_or("Put it here")
        ));
    }

    /// Removes a row's annotation, which has no place, with its links.
    fn remove_adrift(&mut self, row: usize) {
        let Some(adrift) = self.adrift_of(row) else { return };
        let name =
            format!("remove {} “{}”", adrift.annotation.label, shortened(&adrift.quote(), QUOTE));
        let edits = vec![Edit::RemoveAdrift(adrift.annotation.id.clone())];
        let place = self.place();
        self.change(name, edits, place);
        if self.adrift_in_hand().is_some() {
            self.open_placement();
        } else {
            self.close_dialog();
        }
    }

    /// What is adrift in a row, where the set is about the text as it is.
    fn adrift_of(&self, row: usize) -> Option<Arc<Adrift>> {
        let found = self.placement.as_ref()?.found.as_ref().filter(|found| found.is_current())?;
        self.held()?.set.adrift_called(&found.items.get(row)?.annotation.id).cloned()
    }

    /// Puts the annotation in hand on the selection; the next one is in hand then.
    pub(super) fn place_here(&mut self) {
        let (Some(adrift), Some(span)) = (self.adrift_in_hand().cloned(), self.selection().span())
        else {
            return;
        };
        let Some(set) = self.own_set_shown() else { return };
        let id: Id = adrift.annotation.id.clone();
        let edits = adrift.landing(set, Fragments::one(span));
        let after = Place {
            selection: Selection::caret(span.end()),
            focus: Some(Focus { id, fragment: 0 }),
        };
        let words = shortened(&adrift.quote(), QUOTE);
        self.change(format!("place {} “{words}”", adrift.annotation.label), edits, after);
        self.adrift_in_hand = None;
    }
}
