use std::sync::Arc;

use thiserror::Error;

use super::{Adrift, Annotation, AnnotationSet, Conflict, Id, Relation, Status, Version};

/// One change to an annotation set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Adds an annotation.
    Insert(Arc<Annotation>),
    /// Puts an annotation in the place of the one with the same id.
    Replace(Arc<Annotation>),
    /// Takes an annotation away that no relation hangs on.
    Remove(Id),
    /// Adds a relation between two annotations of the set.
    InsertRelation(Arc<Relation>),
    /// Takes a relation away.
    RemoveRelation(Id),
    /// Changes how far the annotator has come.
    SetStatus(Status),
    /// Keeps an annotation that has no place in the text any more.
    InsertAdrift(Arc<Adrift>),
    /// Lets one go that has found its place, or that nobody needs.
    RemoveAdrift(Id),
    /// Keeps what the other side of a merge has of something in the set.
    InsertConflict(Arc<Conflict>),
    /// Lets a conflict go, as it is settled.
    RemoveConflict(Id),
}

/// Why an edit was refused. The set is as it was before.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum EditError {
    /// Ids are unique in a set.
    #[error("the id \"{0}\" is there twice")]
    DuplicateId(Id),
    /// Nothing has that id.
    #[error("nothing has the id \"{0}\"")]
    UnknownId(Id),
    /// Spans lie in the document.
    #[error("\"{id}\" reaches to character {end}, but the document has {characters}")]
    OutOfDocument {
        /// The annotation.
        id: Id,
        /// Where its last span ends, in characters.
        end: usize,
        /// The length of the document, in characters.
        characters: usize,
    },
    /// What a conflict is about would be taken away.
    #[error("\"{0}\" is in conflict, which is to be settled first")]
    InConflict(Id),
    /// A relation would lead nowhere.
    #[error("relation \"{relation}\" hangs on \"{annotation}\"")]
    Hanging {
        /// The relation.
        relation: Id,
        /// The annotation that is missing or would be taken away.
        annotation: Id,
    },
}

impl AnnotationSet {
    /// Carries out an edit and gives back the one that undoes it.
    ///
    /// # Errors
    /// When the set would no longer hold what its type promises; then it is unchanged.
    pub fn apply(&mut self, edit: Edit) -> Result<Edit, EditError> {
        match edit {
            Edit::Insert(annotation) => self.insert(annotation),
            Edit::Replace(annotation) => self.replace(annotation),
            Edit::Remove(id) => self.remove(&id),
            Edit::InsertRelation(relation) => self.insert_relation(relation),
            Edit::RemoveRelation(id) => self.remove_relation(&id),
            Edit::InsertAdrift(adrift) => self.insert_adrift(adrift),
            Edit::RemoveAdrift(id) => self.remove_adrift(&id),
            Edit::InsertConflict(conflict) => self.insert_conflict(&conflict),
            Edit::RemoveConflict(id) => self.remove_conflict(&id),
            Edit::SetStatus(status) => {
                Ok(Edit::SetStatus(std::mem::replace(&mut self.status, status)))
            }
        }
    }

    /// Whether the set is as it was when an edit with this inverse was carried out on it, as
    /// far as that edit is concerned: so that doing it again overwrites nothing that has
    /// come since.
    #[must_use]
    pub fn is_as_before(&self, edit: &Edit, inverse: &Edit) -> bool {
        match (edit, inverse) {
            (Edit::Insert(after), _) => !self.has_id(&after.id),
            (Edit::InsertRelation(after), _) => !self.has_id(&after.id),
            (_, Edit::Insert(before) | Edit::Replace(before)) => {
                self.annotation(&before.id) == Some(before)
            }
            (_, Edit::InsertRelation(before)) => self.relation(&before.id) == Some(before),
            (Edit::InsertAdrift(after), _) => !self.has_id(&after.annotation.id),
            (_, Edit::InsertAdrift(before)) => {
                self.adrift_called(&before.annotation.id) == Some(before)
            }
            (Edit::InsertConflict(after), _) => self.conflict(&after.id).is_none(),
            (_, Edit::InsertConflict(before)) => self.conflict(&before.id) == Some(&**before),
            (_, Edit::SetStatus(before)) => self.status == *before,
            _ => true,
        }
    }

    fn insert(&mut self, annotation: Arc<Annotation>) -> Result<Edit, EditError> {
        self.refuse_out_of_document(&annotation)?;
        self.refuse_duplicate(&annotation.id)?;
        let id = annotation.id.clone();
        self.place(annotation);
        Ok(Edit::Remove(id))
    }

    fn replace(&mut self, annotation: Arc<Annotation>) -> Result<Edit, EditError> {
        self.refuse_out_of_document(&annotation)?;
        let at = self
            .position(&annotation.id)
            .ok_or_else(|| EditError::UnknownId(annotation.id.clone()))?;
        let before = self.take(at);
        self.place(annotation);
        Ok(Edit::Replace(before))
    }

    fn remove(&mut self, id: &Id) -> Result<Edit, EditError> {
        let at = self.position(id).ok_or_else(|| EditError::UnknownId(id.clone()))?;
        if let Some(relation) = self.relations_of(id).next() {
            let relation = relation.id.clone();
            return Err(EditError::Hanging { relation, annotation: id.clone() });
        }
        self.refuse_conflict(id)?;
        Ok(Edit::Insert(self.take(at)))
    }

    fn insert_relation(&mut self, relation: Arc<Relation>) -> Result<Edit, EditError> {
        self.refuse_duplicate(&relation.id)?;
        for end in [&relation.from, &relation.to] {
            if self.annotation(end).is_none() {
                let (relation, annotation) = (relation.id.clone(), end.clone());
                return Err(EditError::Hanging { relation, annotation });
            }
        }
        let at = self.relations.partition_point(|other| other.order() < relation.order());
        let id = relation.id.clone();
        self.lookup.note_linked(at, &relation);
        self.relations.insert(at, relation);
        Ok(Edit::RemoveRelation(id))
    }

    fn remove_relation(&mut self, id: &Id) -> Result<Edit, EditError> {
        let at = self
            .relations
            .iter()
            .position(|relation| relation.id == *id)
            .ok_or_else(|| EditError::UnknownId(id.clone()))?;
        self.refuse_conflict(id)?;
        self.lookup.note_unlinked(at);
        Ok(Edit::InsertRelation(self.relations.remove(at)))
    }

    fn insert_conflict(&mut self, conflict: &Conflict) -> Result<Edit, EditError> {
        let id = conflict.id.clone();
        if !self.has_id(&id) {
            return Err(EditError::UnknownId(id));
        }
        if let Some(Version::Annotation(annotation)) = &conflict.other {
            self.refuse_out_of_document(annotation)?;
        }
        let other = conflict.other.as_ref();
        if other.is_some_and(|other| *other.id() != id) || self.conflict(&id).is_some() {
            return Err(EditError::DuplicateId(id));
        }
        let at = self.conflicts.partition_point(|one| one.id < id);
        self.conflicts.insert(at, conflict.clone());
        Ok(Edit::RemoveConflict(id))
    }

    fn remove_conflict(&mut self, id: &Id) -> Result<Edit, EditError> {
        let at = self.conflicts.iter().position(|conflict| conflict.id == *id);
        let at = at.ok_or_else(|| EditError::UnknownId(id.clone()))?;
        Ok(Edit::InsertConflict(Arc::new(self.conflicts.remove(at))))
    }

    fn insert_adrift(&mut self, adrift: Arc<Adrift>) -> Result<Edit, EditError> {
        let id = adrift.annotation.id.clone();
        for id in adrift.ids() {
            self.refuse_duplicate(id)?;
        }
        let at = self
            .adrift
            .partition_point(|other| other.annotation.order() < adrift.annotation.order());
        self.adrift.insert(at, adrift);
        Ok(Edit::RemoveAdrift(id))
    }

    fn remove_adrift(&mut self, id: &Id) -> Result<Edit, EditError> {
        let at = self.adrift.iter().position(|adrift| adrift.annotation.id == *id);
        let at = at.ok_or_else(|| EditError::UnknownId(id.clone()))?;
        Ok(Edit::InsertAdrift(self.adrift.remove(at)))
    }

    fn place(&mut self, annotation: Arc<Annotation>) {
        let at = self.annotations.partition_point(|other| other.order() < annotation.order());
        self.lookup.note_inserted(at, &annotation);
        self.annotations.insert(at, annotation);
    }

    fn take(&mut self, at: usize) -> Arc<Annotation> {
        let annotation = self.annotations.remove(at);
        self.lookup.note_removed(at, &annotation.id);
        annotation
    }

    fn refuse_conflict(&self, id: &Id) -> Result<(), EditError> {
        if self.conflict(id).is_some() { Err(EditError::InConflict(id.clone())) } else { Ok(()) }
    }

    fn refuse_duplicate(&self, id: &Id) -> Result<(), EditError> {
        if self.has_id(id) { Err(EditError::DuplicateId(id.clone())) } else { Ok(()) }
    }

    pub(super) fn refuse_out_of_document(&self, annotation: &Annotation) -> Result<(), EditError> {
        let end = annotation.fragments.extent().end;
        if end <= self.end {
            return Ok(());
        }
        let (id, end, characters) = (annotation.id.clone(), end.get(), self.end.get());
        Err(EditError::OutOfDocument { id, end, characters })
    }
}
