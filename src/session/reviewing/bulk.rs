//! Changing many annotations in one step, after a look at them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::{Annotation, AnnotationSet, DocumentPath, Edit, Id, Schema, TO_DISCUSS};
use crate::review::{TableRow, content};
use crate::session::applying::counted;
use crate::session::attempt::Deed;
use crate::session::carrying::Afterwards;
use crate::session::dialog::Dialog;
use crate::session::effect::Effect;
use crate::session::lists::Listing;
use crate::session::state::Session;
use crate::session::sweep::{Sweep, Told, next_in};
use crate::session::tasks::Then;

/// What is done to many annotations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BulkChange {
    /// They get another label.
    Relabel(Arc<str>),
    /// An attribute gets a value.
    SetValue(Arc<str>, Arc<str>),
    /// They are marked to be discussed, or no longer.
    Discuss(bool),
    /// They are removed, with their links.
    Remove,
}

impl BulkChange {
    /// As on a list of what can be done.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Relabel(label) => format!("Change the label to {label}"),
            Self::SetValue(attribute, value) => format!("Set {attribute} to {value}"),
            Self::Discuss(true) => "Mark to be discussed".to_owned(),
            Self::Discuss(false) => "No longer to be discussed".to_owned(),
            Self::Remove => "Remove, with their links".to_owned(),
        }
    }

    /// As a step is called, before the count.
    fn verb(&self) -> String {
        match self {
            Self::Relabel(label) => format!("change label to {label} of"),
            Self::SetValue(attribute, value) => format!("set {attribute} to {value} of"),
            Self::Discuss(true) => "mark to discuss".to_owned(),
            Self::Discuss(false) => "mark as discussed".to_owned(),
            Self::Remove => "remove".to_owned(),
        }
    }
}

/// A change of many that is looked at.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The annotations that can be changed.
    pub rows: Vec<Arc<TableRow>>,
    /// How many were chosen that cannot: they are others'.
    pub others: usize,
    /// What is to be done; `None` until it is chosen.
    pub change: Option<BulkChange>,
    /// The rows that the change makes a difference to.
    pub concerned: Vec<Arc<TableRow>>,
    /// Says which attributes an annotation can have.
    schema: Arc<Schema>,
}

impl Bulk {
    /// The rows that the change makes a difference to.
    fn to_change(&self) -> Vec<Arc<TableRow>> {
        let differs = |row: &&Arc<TableRow>| match &self.change {
            None => false,
            Some(BulkChange::Relabel(label)) => row.label != *label,
            Some(BulkChange::SetValue(attribute, value)) => {
                let other = |(name, holds, _): &(Arc<str>, Arc<str>, bool)| {
                    **name == **attribute && **holds != **value
                };
                self.schema.attribute_of(&row.label, attribute).is_some()
                    && row.values.iter().any(other)
            }
            Some(BulkChange::Discuss(mark)) => row.to_discuss != *mark,
            Some(BulkChange::Remove) => true,
        };
        self.rows.iter().filter(differs).cloned().collect()
    }
}

/// Annotations as they were when they were looked at.
pub(in crate::session) type LookedAt = BTreeMap<Id, Arc<TableRow>>;

/// Annotations of one's own that are changed.
#[derive(Debug)]
struct Changing {
    annotations: BTreeMap<DocumentPath, LookedAt>,
    change: BulkChange,
    /// How many were changed.
    changed: usize,
    /// The documents of which one's own set cannot be read.
    unreadable: usize,
    /// How many say something else than was looked at.
    others: usize,
}

impl Sweep for Changing {
    fn begin(&mut self, _: &Session) -> Result<Option<Arc<Schema>>, String> {
        (self.changed, self.unreadable, self.others) = (0, 0, 0);
        Ok(None)
    }

    fn next<'s>(
        &'s self,
        _: &'s Session,
        after: Option<&DocumentPath>,
    ) -> Option<&'s DocumentPath> {
        next_in(&self.annotations, after)
    }

    fn deeds(&mut self, session: &Session, document: &DocumentPath) -> Vec<Deed> {
        let Some(looked_at) = self.annotations.get(document) else { return Vec::new() };
        let own = &session.annotator;
        let Some(set) = session.held.get(document).and_then(|held| held.set_of(own)) else {
            self.unreadable += 1;
            return Vec::new();
        };
        let there = looked_at.keys().filter_map(|id| set.annotation(id));
        let is_same = |one: &&Arc<Annotation>| {
            looked_at.get(&one.id).is_some_and(|before| before.content() == content(one))
        };
        let (same, others): (Vec<_>, Vec<_>) = there.partition(is_same);
        self.others += others.len();
        let ids = same.into_iter().map(|one| one.id.clone()).collect();
        let (edits, changed) = session.edits_of(set, &ids, &self.change);
        self.changed += changed;
        let deed = |edit| Deed::Edit(document.clone(), own.clone(), edit);
        edits.into_iter().map(deed).collect()
    }

    fn told(&self, _: &Session) -> Result<Told, String> {
        let step = format!("{} {}", self.change.verb(), counted(self.changed, "annotation"));
        let unread = format!("{} could not be read", counted(self.unreadable, "article"));
        let others = counted(self.others, "annotation");
        let others = format!("left alone, because changed meanwhile: {others}");
        let beside = match (self.unreadable, self.others) {
            (0, 0) => None,
            (_, 0) => Some(format!("{unread}: nothing was changed there")),
            (0, _) => Some(others),
            _ => Some(format!("{unread}; {others}")),
        };
        Ok(Told { step, beside })
    }
}

impl Session {
    /// The change of many that is looked at.
    pub fn bulk(&self) -> Option<&Bulk> {
        self.bulk.as_ref()
    }

    /// Asks what is to be done to the rows that are ticked or, where none is, listed.
    pub(super) fn open_bulk(&mut self) {
        let number = self.next_number();
        let Some(table) = self.table.as_mut() else { return };
        table.choosing = number;
        let (rows, lines) = (table.rows.clone(), table.lines.clone());
        let ticked = table.ticked.clone();
        self.effects.push(Effect::Choose { number, rows, lines, ticked });
    }

    /// Shows the rows that were chosen, now that they are unpacked.
    pub(super) fn chosen(&mut self, number: u64, rows: Vec<Arc<TableRow>>) {
        let waits = self.table.as_ref().is_some_and(|table| table.choosing == number);
        if !waits || self.dialog.is_some() || self.listing != Some(Listing::Table) {
            return;
        }
        let (rows, others): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row.key.annotator == self.annotator);
        if rows.is_empty() {
            let own = self.annotator.clone();
            self.warn(format!("None of these is {own}'s; only one's own can be changed"));
            return;
        }
        let (others, schema) = (others.len(), self.schema.clone());
        self.bulk = Some(Bulk { rows, others, change: None, concerned: Vec::new(), schema });
        self.dialog = Some(Dialog::Bulk);
    }

    pub(super) fn choose_bulk(&mut self, change: BulkChange) {
        if let Some(bulk) = self.bulk.as_mut() {
            bulk.change = Some(change);
            bulk.concerned = bulk.to_change();
        }
    }

    /// Carries the change out: reads the articles that are concerned first.
    pub(super) fn apply_bulk(&mut self) {
        let Some(bulk) = self.bulk.take() else { return };
        let Some(change) = bulk.change.clone() else {
            self.bulk = Some(bulk);
            return;
        };
        let mut annotations: BTreeMap<DocumentPath, LookedAt> = BTreeMap::new();
        for row in bulk.concerned {
            let of = annotations.entry(row.key.document.clone()).or_default();
            of.insert(row.key.annotation.clone(), row);
        }
        self.dialog = None;
        self.effects.push(Effect::FocusList);
        let documents = annotations.keys().cloned().collect();
        let title = change.title();
        let then = Then::Change { annotations, change };
        self.gather(title, documents, Vec::new(), BTreeSet::new(), then);
    }

    /// Changes annotations in one's own sets, in one step.
    pub(in crate::session) fn change_many(
        &mut self,
        annotations: BTreeMap<DocumentPath, LookedAt>,
        change: BulkChange,
    ) {
        let count = annotations.values().map(LookedAt::len).sum();
        let name = format!("{} {}", change.verb(), counted(count, "annotation"));
        let changing = Changing { annotations, change, changed: 0, unreadable: 0, others: 0 };
        self.carry_through(name, Box::new(changing), Afterwards::Untick(None));
    }

    /// The edits that change some annotations of a set, and how many these are.
    fn edits_of(
        &self,
        set: &AnnotationSet,
        ids: &BTreeSet<Id>,
        change: &BulkChange,
    ) -> (Vec<Edit>, usize) {
        let there: Vec<&Arc<Annotation>> =
            set.annotations().iter().filter(|annotation| ids.contains(&annotation.id)).collect();
        if *change == BulkChange::Remove {
            let links = set.relations().iter();
            let links = links.filter(|link| ids.contains(&link.from) || ids.contains(&link.to));
            let mut edits: Vec<Edit> =
                links.map(|link| Edit::RemoveRelation(link.id.clone())).collect();
            edits.extend(there.iter().map(|gone| Edit::Remove(gone.id.clone())));
            return (edits, there.len());
        }
        let changed = there.into_iter().filter_map(|annotation| {
            let changed = self.changed(annotation, change)?;
            (changed != **annotation).then(|| Edit::Replace(Arc::new(changed)))
        });
        let edits: Vec<Edit> = changed.collect();
        let count = edits.len();
        (edits, count)
    }

    fn changed(&self, annotation: &Annotation, change: &BulkChange) -> Option<Annotation> {
        let mut changed = annotation.clone();
        match change {
            BulkChange::Relabel(label) => changed.label = label.clone(),
            BulkChange::Discuss(mark) => return Some(changed.to_discuss(*mark)),
            BulkChange::SetValue(attribute, value) => {
                debug_assert_ne!(&**attribute, TO_DISCUSS);
                let definition = self.schema.attribute_of(&annotation.label, attribute)?;
                if definition.default_value() == &**value {
                    changed.attributes.remove(&**attribute);
                } else {
                    changed.attributes.insert(attribute.to_string(), value.to_string());
                }
            }
            BulkChange::Remove => return None,
        }
        Some(changed)
    }
}
