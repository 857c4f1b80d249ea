//! What a person in tests is answered who reviews.

use std::collections::BTreeMap;
use std::sync::Arc;

use tandai::corpus::{AnnotationSet, Annotator, DocumentPath, Status};
use tandai::review::{
    Agreement, CaseRow, Comparison, LeftOut, Measured, RowBlock, RowKey, arrange, begun, content,
    remarks,
};
use tandai::session::{Effect, InMemory, Message, Reviewing};
use tandai::storage::{SetOnDisk, Unread};

use super::Person;

impl Person {
    /// What comes of an effect that looks at sets for a reviewer.
    pub(super) fn review_outcome(&self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::Survey { number, documents, annotators, schema, topic, in_memory, .. } => {
                let set_of = |path: &DocumentPath, annotator: &Annotator| {
                    if let Some(held) = in_memory.get(path) {
                        return held.sets.iter().find(|set| set.annotator() == annotator).cloned();
                    }
                    match self.found(annotator, path) {
                        SetOnDisk::Read(set) => Some(Arc::new(set)),
                        _ => None,
                    }
                };
                let ways = documents
                    .iter()
                    .flat_map(|path| annotators.iter().map(move |annotator| (path, annotator)));
                let rows = ways.filter_map(|(path, annotator)| {
                    let set = set_of(path, annotator)?;
                    Some(remarks(&topic, &schema, &self.documents[path], &set))
                });
                let rows = rows.flatten().collect();
                let looked_at = documents.len();
                Some(Message::Surveyed { number, rows, looked_at, finished: true })
            }
            Effect::Compare { number, documents, annotators, in_memory, .. } => {
                Some(self.compared(number, &documents, &annotators, &in_memory))
            }
            Effect::Measure { number, documents, annotators, schema, in_memory, .. } => {
                let measured: Vec<Measured> = documents
                    .iter()
                    .filter_map(|path| {
                        let sets = self.sets_about(path, &in_memory);
                        let sets: Vec<&AnnotationSet> = sets.iter().map(|set| &**set).collect();
                        Measured::of(&annotators, &self.documents[path], &sets)
                    })
                    .collect();
                let not_begun = documents.len() - measured.len();
                let left_out = LeftOut { not_begun, unreadable: 0 };
                let agreement = Agreement::of(annotators, &schema, measured, left_out);
                let agreement = Box::new(agreement);
                Some(Reviewing::Measured { number, agreement, unread: Unread::default() }.into())
            }
            Effect::Tabulate { number, documents, schema, in_memory, .. } => {
                let rows = documents.iter().flat_map(|path| {
                    let mut sets = self.sets_about(path, &in_memory);
                    sets.sort_by(|one, other| one.annotator().cmp(other.annotator()));
                    let about = &self.documents[path];
                    let rows = |set: &Arc<AnnotationSet>| RowBlock::of_set(&schema, about, set);
                    sets.iter().flat_map(rows).collect::<Vec<_>>()
                });
                let rows = rows.collect();
                let (looked_at, unread, finished) = (documents.len(), Unread::default(), true);
                let part = Reviewing::Tabulated { number, rows, looked_at, unread, finished };
                Some(part.into())
            }
            Effect::Arrange { number, rows, arrangement, reviews } => {
                Some(Reviewing::Arranged(number, arrange(&rows, &arrangement, &reviews)).into())
            }
            effect @ (Effect::Choose { .. } | Effect::TickAll { .. }) => unpacked(effect),
            Effect::FindUnreviewed {
                number,
                documents,
                whose,
                reviewed,
                last_first,
                in_memory,
                ..
            } => {
                let found = documents.iter().find_map(|path| {
                    let sets = self.sets_about(path, &in_memory);
                    let set = sets.iter().find(|set| *set.annotator() == whose)?;
                    let mut open: Vec<_> = set
                        .annotations()
                        .iter()
                        .filter(|annotation| {
                            let review = reviewed.review(path, &whose, &annotation.id);
                            review.is_none_or(|review| review.content != content(annotation))
                        })
                        .collect();
                    if last_first {
                        open.reverse();
                    }
                    open.first().map(|annotation| {
                        let key = RowKey {
                            document: path.clone(),
                            annotator: whose.clone(),
                            annotation: annotation.id.clone(),
                        };
                        (key, annotation.fragments.extent().start)
                    })
                });
                Some(Reviewing::UnreviewedFound(number, found).into())
            }
            Effect::FindDone { number, documents, annotator, .. } => {
                Some(self.done(number, documents, &annotator))
            }
            _ => None,
        }
    }

    fn done(&self, number: u64, documents: Vec<DocumentPath>, annotator: &Annotator) -> Message {
        let second = annotator.second_pass().unwrap();
        let status = |who: &Annotator, path: &DocumentPath| match self.found(who, path) {
            SetOnDisk::Read(set) => Some(set.status()),
            _ => None,
        };
        let (mut done, mut begun) = (BTreeMap::new(), Vec::new());
        for path in documents {
            match status(&second, &path) {
                Some(status) if status.is_settled() => {}
                Some(_) => begun.push(path),
                None if status(annotator, &path) == Some(Status::Done) => {
                    done.insert(path, self.days);
                }
                None => {}
            }
        }
        Reviewing::DoneFound(number, done, begun).into()
    }

    fn compared(
        &self,
        number: u64,
        documents: &[DocumentPath],
        annotators: &[Annotator],
        in_memory: &BTreeMap<DocumentPath, InMemory>,
    ) -> Message {
        let (mut rows, mut left_out) = (Vec::new(), 0);
        for path in documents {
            let sets = self.sets_about(path, in_memory);
            let compared = begun(annotators, sets.iter().map(|set| &**set));
            if compared.len() < 2 {
                left_out += 1;
                continue;
            }
            let gold = sets.iter().find(|set| set.annotator().is_gold()).map(|set| &**set);
            let comparison = Comparison::of(&compared, gold);
            rows.extend(CaseRow::of(annotators, &self.documents[path], &comparison, gold));
        }
        let looked_at = documents.len();
        let (unread, finished) = (Unread::default(), true);
        Reviewing::Compared { number, rows, looked_at, left_out, unread, finished }.into()
    }

    /// All sets about a document, those in memory as they are there.
    fn sets_about(
        &self,
        path: &DocumentPath,
        in_memory: &BTreeMap<DocumentPath, InMemory>,
    ) -> Vec<Arc<AnnotationSet>> {
        if let Some(held) = in_memory.get(path) {
            return held.sets.clone();
        }
        let about = self.disk.iter().filter(|((_, about), _)| about == path);
        let read = |found: &SetOnDisk| match found {
            SetOnDisk::Read(set) => Some(Arc::new(set.clone())),
            _ => None,
        };
        about.filter_map(|(_, found)| read(found)).collect()
    }
}

/// What comes of looking into rows of the table.
fn unpacked(effect: Effect) -> Option<Message> {
    match effect {
        Effect::Choose { number, rows, lines, ticked } => {
            Some(Reviewing::Chosen(number, lines.chosen(&rows, &ticked)).into())
        }
        Effect::TickAll { number, lines, ticked } => {
            Some(Reviewing::AllTicked(number, lines.tick_all(&ticked)).into())
        }
        _ => None,
    }
}
