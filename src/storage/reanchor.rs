//! Bringing sets to the text of an article that has changed.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::written_otherwise::written_otherwise;
use super::{Problem, ProblemKind, Project, SaveError, SetStore, SetVersion, load_document};
use crate::corpus::{
    Adrift, Annotation, AnnotationSet, Annotator, Conflict, Digest, Document, DocumentPath, Edit,
    Fragments, Id, Landed, Quoted, Relation, Standing, Status, Version, WrittenOtherwise,
    find_again,
};
use crate::text::surroundings;

/// A set about an earlier text of its article, or with annotations that are adrift, and where
/// these stand now. Nothing is written yet.
#[derive(Clone, Debug)]
pub struct Reanchoring {
    /// The article as it is now.
    pub document: Document,
    /// Whose set it is.
    pub annotator: Annotator,
    /// Whether every earlier text is known here, so that surroundings could be compared.
    pub old_text_known: bool,
    /// Every annotation that was looked for, in the order of the earlier text.
    pub items: Vec<Item>,
    /// What the other sides of open conflicts have, at its place in the text as it is; those
    /// of which the place is not sure are left out.
    conflicts: BTreeMap<Id, Version>,
    version: SetVersion,
}

/// An annotation that was looked for.
#[derive(Clone, Debug)]
pub struct Item {
    /// The annotation, at its place in the earlier text.
    pub annotation: Arc<Annotation>,
    /// What stood at each fragment.
    pub quotes: Vec<String>,
    /// Where it stands now.
    pub standing: Standing,
    /// What stood before and after it, where the text is known that it was made in.
    pub surroundings: Option<(String, String)>,
    /// The text it was made in.
    text: Digest,
}

/// The most characters of an earlier text that are kept on each side of an annotation.
const SURROUNDINGS: usize = 160;

impl Item {
    /// Where it stands now without doubt; `None` where a person has to look.
    pub fn sure_place(&self) -> Option<&Fragments> {
        match &self.standing {
            Standing::Same | Standing::Moved(_) => self.offers().first(),
            Standing::Changed(_) | Standing::Ambiguous(_) | Standing::Lost => None,
        }
    }

    /// The places where it may stand now, in order; none where it is lost.
    pub fn offers(&self) -> &[Fragments] {
        match &self.standing {
            Standing::Same => std::slice::from_ref(&self.annotation.fragments),
            Standing::Moved(place) | Standing::Changed(place) => std::slice::from_ref(place),
            Standing::Ambiguous(places) => places,
            Standing::Lost => &[],
        }
    }
}

/// Looks where the annotations of a set stand; `None` where there is no set, or it is about the
/// text as it is and nothing is adrift.
///
/// # Errors
/// When the article or the set cannot be read.
pub fn reanchor(
    project: &Project,
    annotator: &Annotator,
    path: &DocumentPath,
) -> Result<Option<Reanchoring>, Problem> {
    let Some(version) = SetVersion::load(project, annotator, path)? else { return Ok(None) };
    let (document, _) = load_document(project, path)?;
    let is_current = version.digest() == document.digest;
    // Of another name and another text it is no earlier text of this article.
    if !is_current && version.document() != path.as_str() {
        let file = SetStore::file(project, annotator, path);
        return Err(Problem::new(file, ProblemKind::OtherDocument(version.document().to_owned())));
    }
    if is_current && version.set().adrift().is_empty() {
        return Ok(None);
    }
    let mut items = Vec::new();
    let mut old_text_known = true;
    let mut conflicts = BTreeMap::new();
    if !is_current {
        let found = version
            .set()
            .annotations()
            .iter()
            .map(|annotation| (annotation.clone(), version.quotes(&annotation.fragments)));
        let end = version.set().end().get();
        let text = version.digest();
        let known = find(project, &document, &text, end, found.collect(), &mut items);
        old_text_known &= known;
        conflicts = other_sides(project, &document, &version);
    }
    for adrift in version.set().adrift() {
        let one = vec![(adrift.annotation.clone(), adrift.quotes.clone())];
        let end = adrift.annotation.fragments.extent().end.get();
        old_text_known &= find(project, &document, &adrift.text, end, one, &mut items);
    }
    let annotator = annotator.clone();
    Ok(Some(Reanchoring { document, annotator, old_text_known, items, conflicts, version }))
}

/// What the other sides of a set's conflicts have, where its place is sure.
fn other_sides(
    project: &Project,
    document: &Document,
    version: &SetVersion,
) -> BTreeMap<Id, Version> {
    let others = version.set().conflicts().iter().filter_map(|conflict| conflict.other.as_ref());
    let (mut placed, mut annotations) = (BTreeMap::new(), Vec::new());
    for other in others {
        match other {
            Version::Annotation(one) => {
                annotations.push((one.clone(), version.quotes(&one.fragments)));
            }
            Version::Relation(one) => drop(placed.insert(one.id.clone(), other.clone())),
        }
    }
    let mut items = Vec::new();
    let end = version.set().end().get();
    find(project, document, &version.digest(), end, annotations, &mut items);
    for item in items {
        let Some(place) = item.sure_place() else { continue };
        let moved = Annotation { fragments: place.clone(), ..(*item.annotation).clone() };
        placed.insert(moved.id.clone(), Version::Annotation(Arc::new(moved)));
    }
    placed
}

/// Finds annotations of one earlier text, and says whether that text is known.
fn find(
    project: &Project,
    document: &Document,
    text: &Digest,
    end: usize,
    annotations: Vec<(Arc<Annotation>, Vec<String>)>,
    items: &mut Vec<Item>,
) -> bool {
    let kept = project.earlier_text(text);
    let old = kept.or_else(|| written_otherwise(&document.text, text));
    let quoted: Vec<Quoted> = annotations
        .iter()
        .map(|(annotation, quotes)| Quoted {
            fragments: annotation.fragments.clone(),
            quotes: quotes.clone(),
        })
        .collect();
    // What is only written otherwise need not be looked for.
    let same = old.as_ref().and_then(|old| WrittenOtherwise::of(old, &document.text));
    let standings = match &same {
        Some(same) => quoted.iter().map(|one| standing_in(same, one)).collect(),
        None => find_again(&quoted, old.as_ref(), end, &document.text),
    };
    items.extend(annotations.into_iter().zip(standings).map(|((annotation, quotes), standing)| {
        let extent = annotation.fragments.extent();
        let surroundings = old.as_ref().map(|old| {
            let (before, after) = surroundings(old, &extent, SURROUNDINGS);
            (before.into_owned(), after.into_owned())
        });
        Item { annotation, quotes, standing, surroundings, text: text.clone() }
    }));
    old.is_some()
}

/// Where an annotation stands in a text that is only written otherwise.
fn standing_in(same: &WrittenOtherwise, quoted: &Quoted) -> Standing {
    match same.place(&quoted.fragments) {
        Some(place) if place == quoted.fragments => Standing::Same,
        Some(place) => Standing::Moved(place),
        None => Standing::Lost,
    }
}

impl Reanchoring {
    /// How far the article was, by the set as it is.
    pub fn status(&self) -> Status {
        self.version.set().status()
    }

    /// Whether something of it can be taken over without a person.
    pub fn has_sure_places(&self) -> bool {
        !self.is_current() || self.items.iter().any(|item| item.sure_place().is_some())
    }

    /// Whether the set is about the text as it is, and all that was looked for is adrift.
    pub fn is_current(&self) -> bool {
        self.version.digest() == self.document.digest
    }

    /// The places without doubt, one for each item.
    pub fn sure_places(&self) -> Vec<Option<Fragments>> {
        self.items.iter().map(|item| item.sure_place().cloned()).collect()
    }

    /// The annotations of the set as it was, where the same words have these places, in the order
    /// of the items; without those that were adrift, which are of other texts still.
    pub fn same_words<'a>(
        &'a self,
        places: &'a [Option<Fragments>],
    ) -> impl Iterator<Item = (&'a Annotation, &'a Fragments)> {
        let own =
            self.items.iter().zip(places).filter(|(item, _)| item.text == self.version.digest());
        own.filter_map(|(item, place)| {
            let text = &self.document.text;
            let says_the_same = |place: &&Fragments| {
                place.iter().map(|span| text.slice(span.range())).eq(item.quotes.iter())
            };
            Some((&*item.annotation, place.as_ref().filter(says_the_same)?))
        })
    }

    /// The set about the article as it is, with a place or none for each item, in their
    /// order; what has none is adrift.
    pub fn set(&self, places: &[Option<Fragments>]) -> AnnotationSet {
        if self.is_current() { self.with_landed(places) } else { self.with_all_moved(places) }
    }

    /// The set as it is, with a place for what was adrift and has one.
    fn with_landed(&self, places: &[Option<Fragments>]) -> AnnotationSet {
        let ids = self.items.iter().map(|item| &item.annotation.id);
        Landed::of(self.version.set(), ids.zip(places.iter().cloned())).set
    }

    fn with_all_moved(&self, places: &[Option<Fragments>]) -> AnnotationSet {
        let before = self.version.set();
        let mut set = AnnotationSet::new(self.annotator.clone(), self.document.text.end());
        let mut adrift: Vec<Adrift> = Vec::new();
        for (item, place) in self.items.iter().zip(places) {
            match place {
                Some(place) => {
                    let annotation = &item.annotation;
                    let annotation =
                        Annotation { fragments: place.clone(), ..(**annotation).clone() };
                    // Ids are unique, as they were in the set before.
                    let _ = set.apply(Edit::Insert(Arc::new(annotation)));
                }
                None => adrift.push(Adrift {
                    annotation: item.annotation.clone(),
                    quotes: item.quotes.clone(),
                    text: item.text.clone(),
                    relations: Vec::new(),
                }),
            }
        }
        let mut open = Vec::new();
        for conflict in before.conflicts() {
            let waits = adrift.iter().any(|one| one.annotation.id == conflict.id);
            let other = self.conflicts.get(&conflict.id);
            if !waits && (conflict.other.is_none() || other.is_some()) {
                open.push(Conflict { id: conflict.id.clone(), other: other.cloned() });
                continue;
            }
            // The other side's version waits like any other, under an id of its own.
            let Some(Version::Annotation(other)) = &conflict.other else { continue };
            let Some(id) = Id::new(&format!("{}-other", conflict.id)) else { continue };
            adrift.push(Adrift {
                quotes: self.version.quotes(&other.fragments),
                annotation: Arc::new(Annotation { id, ..(**other).clone() }),
                text: self.version.digest(),
                relations: Vec::new(),
            });
        }
        let waiting = before.adrift().iter().flat_map(|one| &one.relations);
        for relation in before.relations().iter().chain(waiting) {
            Self::keep_relation(relation, &mut set, &mut adrift);
        }
        let status = match before.status() {
            // There is something to be done again.
            Status::Done if !adrift.is_empty() => Status::InProgress,
            status => status,
        };
        let _ = set.apply(Edit::SetStatus(status));
        for one in adrift {
            let _ = set.apply(Edit::InsertAdrift(Arc::new(one)));
        }
        for conflict in open {
            // One about a link that waits goes with it.
            let _ = set.apply(Edit::InsertConflict(Arc::new(conflict)));
        }
        set
    }

    /// A link waits with the first of its ends that does.
    fn keep_relation(relation: &Arc<Relation>, set: &mut AnnotationSet, adrift: &mut [Adrift]) {
        let ends = [&relation.from, &relation.to];
        match adrift.iter_mut().find(|one| ends.contains(&&one.annotation.id)) {
            Some(waiting) => waiting.relations.push(relation.clone()),
            None => {
                let _ = set.apply(Edit::InsertRelation(relation.clone()));
            }
        }
    }

    /// Writes the set with these places over the file, of which a copy is kept in the local state first.
    /// Returns the place of the copy.
    ///
    /// # Errors
    /// When it cannot be written, or another program has changed the file or the article since
    /// they were read; it is as it was then.
    pub fn write(
        &self,
        project: &Project,
        places: &[Option<Fragments>],
    ) -> Result<PathBuf, SaveError> {
        let now = load_document(project, &self.document.path);
        if now.is_ok_and(|(now, _)| now.digest != self.document.digest) {
            return Err(SaveError::OtherText);
        }
        let set = self.set(places);
        let copy = SetStore::replace_earlier(project, &self.version, &set, &self.document)?;
        // Without it, only quotes speak for a place the next time.
        let _ = project.keep_text(&self.document);
        Ok(copy)
    }
}
