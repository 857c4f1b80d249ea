//! A document of an import on its way into the project: proved, then written or, where it is only
//! looked at, compared with what is there.

use std::io::Read as _;

use super::import::ImportJob;
use super::twice::Print;
use crate::corpus::{AnnotationSet, Annotator, DocumentPath, Schema, UnknownNames};
use crate::exchange::{
    Incoming, IncomingText, Place, Refusal, Settled, Settling, Unit, path_of, settle, unit_of,
};
use crate::storage::{
    Addition, InputFolder, Problem, Project, add_document, add_metadata, add_set, add_text_file,
    compare_document, compare_set, compare_text_file, load_document,
};

/// What became of one document.
#[derive(Default)]
pub(super) struct Landed {
    pub(super) place: Place,
    pub(super) document: Option<(DocumentPath, Addition)>,
    /// Its text, where nothing is written.
    pub(super) text: Option<Print>,
    pub(super) sets: Vec<LandedSet>,
    pub(super) unit: Option<Unit>,
    pub(super) refusals: Vec<Refusal>,
}

/// A set that is in the project, or would be.
pub(super) struct LandedSet {
    pub(super) addition: Addition,
    pub(super) annotator: Annotator,
    pub(super) annotations: usize,
    pub(super) relations: usize,
    /// The names that the schema lacks.
    pub(super) unknown: UnknownNames,
    /// What it is, where nothing is written.
    pub(super) print: Option<Print>,
}

impl Landed {
    /// Takes in a set that is in the project.
    fn count(&mut self, addition: Addition, set: &AnnotationSet, schema: &Schema) {
        let mut unknown = UnknownNames::default();
        unknown.add(schema, set);
        self.sets.push(LandedSet {
            addition,
            annotator: set.annotator().clone(),
            annotations: set.annotations().len(),
            relations: set.relations().len(),
            unknown,
            print: None,
        });
    }

    /// Takes in a set that would be.
    fn foresee(&mut self, addition: Addition, set: &AnnotationSet, schema: &Schema) {
        self.count(addition, set, schema);
        if let Some(last) = self.sets.last_mut() {
            last.print = Some(Print::of_set(set));
        }
    }
}

/// Proves a document and writes it, or finds out what would become of it.
pub(super) fn land(
    incoming: Incoming,
    job: &ImportJob,
    project: Option<&Project>,
    schema: &Schema,
) -> Landed {
    let unit = job.unit.unwrap_or_else(|| unit_of(job.format));
    let settling = Settling {
        unit,
        may_differ: job.unit.is_none(),
        may_be_nameless: false,
        mapping: &job.mapping,
        annotator: &job.nobody,
        all_by: job.annotator.as_ref(),
    };
    // Tokens alone do not tell the text; where the article is there, it does.
    let known = match (&incoming.text, project) {
        (IncomingText::Tokens(_), Some(project)) => path_of(&incoming.id, &incoming.place)
            .ok()
            .and_then(|path| load_document(project, &path).ok())
            .map(|(document, _)| document.text),
        _ => None,
    };
    match settle(incoming, known.as_ref(), &settling) {
        Err(refusal) => Landed { refusals: vec![refusal], ..Landed::default() },
        Ok(settled) => {
            let unit = Some(settled.unit).filter(|found| *found != unit);
            let place = settled.place.clone();
            Landed { place, unit, ..write(settled, job, project, schema) }
        }
    }
}

/// Writes a document and the sets about it, each by itself: what is refused of it does
/// not keep the rest out.
fn write(mut settled: Settled, job: &ImportJob, open: Option<&Project>, schema: &Schema) -> Landed {
    let refusals = std::mem::take(&mut settled.refusals);
    let mut landed = Landed { refusals, ..Landed::default() };
    let refusal = |problem: &Problem| Refusal {
        place: settled.place.clone(),
        words: format!("{}: {}", problem.path.display(), problem.kind),
    };
    let Some(project) = open.filter(|_| !job.look_only) else {
        if let Some(project) = open {
            return compared(&settled, landed, (project, schema), &refusal);
        }
        return foreseen(&settled, landed, schema);
    };
    let document = match add_document(project, &settled.path, settled.text.as_str()) {
        Ok((document, addition)) => {
            landed.document = Some((settled.path.clone(), addition));
            document
        }
        Err(problem) => {
            landed.refusals.push(refusal(&problem));
            return landed;
        }
    };
    if !settled.metadata.is_empty()
        && let Err(problem) = add_metadata(project, &settled.path, &settled.metadata)
    {
        landed.refusals.push(refusal(&problem));
    }
    for set in &settled.sets {
        match add_set(project, set, &document) {
            Ok(addition) => landed.count(addition, set, schema),
            Err(problem) => landed.refusals.push(refusal(&problem)),
        }
    }
    landed
}

/// What would become of a document and its sets in a project, of which nothing is written.
fn compared(
    settled: &Settled,
    mut landed: Landed,
    (project, schema): (&Project, &Schema),
    refusal: &dyn Fn(&Problem) -> Refusal,
) -> Landed {
    match compare_document(project, &settled.path, settled.text.as_str()) {
        Ok(Some(document)) => {
            landed.document = Some((settled.path.clone(), Addition::AlreadyThere));
            for set in &settled.sets {
                match compare_set(project, set, &document) {
                    Ok(addition) => landed.foresee(addition, set, schema),
                    Err(problem) => landed.refusals.push(refusal(&problem)),
                }
            }
        }
        Ok(None) => return foreseen(settled, landed, schema),
        Err(problem) => landed.refusals.push(refusal(&problem)),
    }
    landed
}

/// What would become of a document that is new, and of its sets.
fn foreseen(settled: &Settled, mut landed: Landed, schema: &Schema) -> Landed {
    landed.document = Some((settled.path.clone(), Addition::Added));
    landed.text = Some(Print::of_text(settled.text.as_str()));
    settled.sets.iter().for_each(|set| landed.foresee(Addition::Added, set, schema));
    landed
}

/// Copies a text as it is, or finds out what would become of it.
pub(super) fn copy_text(
    input: &InputFolder,
    file: &str,
    place: &Place,
    project: Option<&Project>,
    look_only: bool,
) -> Result<(DocumentPath, Addition), Refusal> {
    let path = path_of(file, place)?;
    let mut bytes = Vec::new();
    input.open(file).and_then(|mut opened| opened.read_to_end(&mut bytes)).map_err(|error| {
        Refusal { place: place.clone(), words: format!("it could not be read ({error})") }
    })?;
    let Some(project) = project else { return Ok((path, Addition::Added)) };
    let landed = if look_only {
        compare_text_file(project, &path, &bytes)
    } else {
        add_text_file(project, &path, &bytes)
    };
    match landed {
        Ok(addition) => Ok((path, addition)),
        Err(problem) => Err(Refusal {
            place: place.clone(),
            words: format!("{}: {}", problem.path.display(), problem.kind),
        }),
    }
}
