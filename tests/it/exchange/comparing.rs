//! Whether what came back is what was there, but for what is said to be lost. Written
//! without a look at how the program compares, so that either finds the other out.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use tandai::corpus::{Annotation, AnnotationSet, Entry, Fragments, Id, Relation, Status};
use tandai::exchange::{Format, Loss, LossKind};
use tandai::text::{Offset, Span};

/// Whether a format holds a document, its metadata, statuses and all ids as they are.
fn is_own(format: Format) -> bool {
    matches!(format, Format::Jsonl | Format::Parquet | Format::Csv)
}

/// Whether a format has a place for documents that nobody has a set about.
pub(super) fn keeps_all_documents(format: Format) -> bool {
    is_own(format) || format == Format::LabelStudio
}

fn keeps_statuses_and_metadata(format: Format) -> bool {
    is_own(format) || matches!(format, Format::LabelStudio | Format::Doccano)
}

/// Every loss names something that is there and can be lost in the format.
pub(super) fn check_named(
    format: Format,
    before: &[Entry],
    losses: &[Loss],
) -> Result<(), TestCaseError> {
    for loss in losses {
        let entry = before.iter().find(|entry| entry.document.path.id() == loss.document);
        let set = entry
            .and_then(|entry| entry.sets.iter().find(|s| s.annotator().as_str() == loss.annotator));
        let set = set.ok_or_else(|| TestCaseError::fail(format!("{loss:?} is in no set")))?;
        let id = Id::new(&loss.id).unwrap();
        let annotation = set.annotation(&id);
        let is_there = match loss.kind {
            LossKind::Relation => set.relations().iter().any(|relation| relation.id == id),
            LossKind::Span => annotation.is_some(),
            LossKind::Attribute => annotation.is_some_and(|a| !a.attributes.is_empty()),
            LossKind::Note => annotation.is_some_and(|a| !a.note.is_empty()),
        };
        prop_assert!(is_there, "{:?} is nothing", loss);
        let can_be = match format {
            Format::Jsonl | Format::Parquet | Format::Csv => false,
            // Values that its configuration cannot offer stand in the tasks all the same.
            Format::LabelStudio => match loss.kind {
                LossKind::Relation => loss.label == "same_span",
                kind => kind == LossKind::Attribute,
            },
            Format::Doccano => loss.kind != LossKind::Span,
            _ => true,
        };
        prop_assert!(can_be, "{}: {:?}", format, loss);
    }
    Ok(())
}

pub(super) fn check_back(
    format: Format,
    before: &[Entry],
    after: &[Entry],
    losses: &[Loss],
) -> Result<(), TestCaseError> {
    for entry in before {
        let path = &entry.document.path;
        let back = after.iter().find(|back| back.document.path == *path);
        let sets = exported_sets(format, entry);
        if sets.is_empty() && !keeps_all_documents(format) {
            prop_assert!(format == Format::Conll || back.is_none());
            continue;
        }
        let back = back.ok_or_else(|| TestCaseError::fail(format!("{path} is gone")))?;
        let text = entry.document.text.as_str();
        let expected =
            if format == Format::Brat { text.replace("\r\n", "\n") } else { text.to_owned() };
        prop_assert_eq!(back.document.text.as_str(), expected);
        if keeps_statuses_and_metadata(format) {
            prop_assert_eq!(&back.metadata, &entry.metadata);
        }
        prop_assert_eq!(back.sets.len(), sets.len());
        for (set, back) in sets.into_iter().zip(&back.sets) {
            prop_assert_eq!(set.annotator(), back.annotator());
            if keeps_statuses_and_metadata(format) {
                prop_assert_eq!(set.status(), back.status());
            }
            let mine = losses.iter().filter(|loss| {
                loss.document == path.id() && loss.annotator == set.annotator().as_str()
            });
            let lost = mine.map(|loss| (loss.kind, loss.id.as_str())).collect();
            let shift = |fragments: &Fragments| shifted(format, text, fragments);
            Comparison { set, back, lost, format, shift: &shift }
                .check()
                .map_err(|words| TestCaseError::fail(format!("{format}: {words}")))?;
        }
    }
    Ok(())
}

/// The sets that a format has a place for: not those of who has not begun, where it could not
/// tell them from who has found nothing.
pub(super) fn exported_sets(format: Format, entry: &Entry) -> Vec<&AnnotationSet> {
    let tells = !matches!(format, Format::Brat | Format::Conll | Format::Spacy);
    let has_begun = |set: &&AnnotationSet| !matches!(set.status(), Status::New | Status::Skipped);
    let has_marked = |set: &&AnnotationSet| !set.annotations().is_empty();
    entry.sets.iter().filter(|set| tells || has_begun(set) || has_marked(set)).collect()
}

/// Where fragments lie in a text whose CR LF are LF.
fn shifted(format: Format, text: &str, fragments: &Fragments) -> Fragments {
    if format != Format::Brat {
        return fragments.clone();
    }
    let characters: Vec<char> = text.chars().collect();
    let place = |offset: Offset| {
        let before = &characters[..offset.get()];
        let folded = before.windows(2).filter(|pair| *pair == ['\r', '\n']).count();
        Offset::new(offset.get() - folded)
    };
    let spans = fragments.iter().filter_map(|s| Span::new(place(s.start()), place(s.end())));
    Fragments::in_order(spans.collect()).unwrap_or_else(|| fragments.clone())
}

struct Comparison<'a> {
    set: &'a AnnotationSet,
    back: &'a AnnotationSet,
    lost: BTreeSet<(LossKind, &'a str)>,
    format: Format,
    shift: &'a dyn Fn(&Fragments) -> Fragments,
}

impl Comparison<'_> {
    fn is_lost(&self, kind: LossKind, id: &Id) -> bool {
        self.lost.contains(&(kind, id.as_str()))
    }

    fn check(&self) -> Result<(), String> {
        let kept: Vec<&Arc<Annotation>> = self
            .set
            .annotations()
            .iter()
            .filter(|a| !self.is_lost(LossKind::Span, &a.id))
            .collect();
        let mut free: Vec<&Arc<Annotation>> = self.back.annotations().iter().collect();
        if !self.place(&kept, &mut free) {
            return Err(format!("of {kept:#?} not all came back; there are {:#?}", self.back));
        }
        let whole = kept.len() == self.set.annotations().len();
        if whole && !free.is_empty() {
            return Err(format!("{free:#?} were not there before"));
        }
        let lost = self.lost.iter().filter(|(kind, _)| *kind == LossKind::Relation).count();
        let (were, are) = (self.set.relations().len(), self.back.relations().len());
        if were - lost != are {
            return Err(format!("of {were} relations {lost} are lost and {are} came back"));
        }
        let mut left: Vec<_> =
            self.back.relations().iter().map(|r| self.key(r, self.back)).collect();
        for relation in self.set.relations() {
            let ends = [&relation.from, &relation.to];
            let vague = ends.iter().any(|end| self.is_lost(LossKind::Span, end));
            if vague || self.is_lost(LossKind::Relation, &relation.id) {
                continue;
            }
            let mut wanted = self.key(relation, self.set);
            for (_, fragments) in &mut wanted.1 {
                *fragments = (self.shift)(fragments);
            }
            let at = left.iter().position(|key| *key == wanted);
            let at = at.ok_or_else(|| format!("{relation:?} did not come back"))?;
            left.swap_remove(at);
        }
        Ok(())
    }

    /// Whether each of some annotations can be told to be another one of those that
    /// came back. Twins that differ in what is lost could be either.
    fn place(&self, wanted: &[&Arc<Annotation>], free: &mut Vec<&Arc<Annotation>>) -> bool {
        let Some((first, rest)) = wanted.split_first() else { return true };
        for at in 0..free.len() {
            if self.is_same(first, free[at]) {
                let taken = free.remove(at);
                if self.place(rest, free) {
                    return true;
                }
                free.insert(at, taken);
            }
        }
        false
    }

    fn is_same(&self, written: &Annotation, back: &Annotation) -> bool {
        written.label == back.label
            && (self.shift)(&written.fragments) == back.fragments
            && (written.id == back.id
                || !(is_own(self.format) || self.format == Format::LabelStudio))
            && (written.attributes == back.attributes
                || self.is_lost(LossKind::Attribute, &written.id))
            && (written.note == back.note || self.is_lost(LossKind::Note, &written.id))
    }

    #[expect(clippy::type_complexity, reason = "it is compared, and that is all")]
    fn key(
        &self,
        relation: &Relation,
        set: &AnnotationSet,
    ) -> (Arc<str>, [(Arc<str>, Fragments); 2], Option<Id>) {
        let end = |id: &Id| {
            let annotation = set.annotation(id).unwrap();
            (annotation.label.clone(), annotation.fragments.clone())
        };
        let id = is_own(self.format).then(|| relation.id.clone());
        (relation.label.clone(), [end(&relation.from), end(&relation.to)], id)
    }
}
