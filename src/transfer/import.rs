use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Progress;
use super::export::SCHEMA;
use super::import_report::{ImportError, ImportReport, NamesFound};
use super::stoppable::Stoppable;
use crate::corpus::{AnnotationSet, Annotator, DocumentPath, Schema, UnknownNames};
use crate::exchange::{
    ImportFormat, Incoming, IncomingText, LooksLike, Mapping, Place, Refusal, Settled, Settling,
    Unit, path_of, read, settle, unit_of,
};
use crate::storage::{
    Addition, InputFolder, Problem, Project, SchemaStore, add_document, add_metadata, add_set,
    add_text_file, built_in_schema, compare_document, compare_set, compare_text_file,
    load_document,
};

/// How many documents are proved and written at a time.
const ROUND: usize = 64;

/// What is to be imported.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportJob {
    /// The format.
    pub format: ImportFormat,
    /// A folder or a file.
    pub from: PathBuf,
    /// The project's folder, which may be empty or not there yet.
    pub project: PathBuf,
    /// Whose all sets are, if that was said.
    pub annotator: Option<Annotator>,
    /// Whose sets are that come without a name.
    pub nobody: Annotator,
    /// What names become.
    pub mapping: Mapping,
    /// What offsets count, if that was said.
    pub unit: Option<Unit>,
    /// Whether nothing is written: to see what there is.
    pub look_only: bool,
}

/// Carries an import out. What is refused is handed to `refuse`, in order; `progress`
/// says whether to go on.
///
/// # Errors
/// When nothing could be read, or it was stopped.
pub fn import(
    job: &ImportJob,
    refuse: &mut dyn FnMut(&Refusal),
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<ImportReport, ImportError> {
    let (input, problems) = InputFolder::at(&job.from).map_err(ImportError::Problem)?;
    let project = if job.look_only {
        Project::at(&job.project).ok()
    } else {
        Some(Project::at_or_new(&job.project).map_err(ImportError::Problem)?)
    };
    let schema = project.as_ref().map_or_else(built_in_schema, |p| SchemaStore::load(p).1);
    let brought = schema_of(project.as_ref(), &input);
    let (schema, brought) = match brought {
        Some((content, own)) => (own, Some(content)),
        None => (schema, None),
    };
    let mut importing = Importing {
        job,
        project,
        schema,
        brought,
        report: ImportReport::default(),
        unknown: UnknownNames::default(),
        documents: HashSet::new(),
        waiting: Vec::new(),
        refuse,
        stopped: false,
    };
    for problem in problems {
        importing.refused(&Refusal { place: Place::default(), words: problem.to_string() });
    }
    if job.format == ImportFormat::Text && !input.is_single() {
        importing.copy_texts(&input, progress);
    } else {
        importing.read_all(&input, progress);
    }
    // Sets that stay need their names, also where it was stopped.
    importing.take_schema();
    if importing.stopped {
        return Err(ImportError::Stopped);
    }
    let mut report = std::mem::take(&mut importing.report);
    report.left_aside = LooksLike::of_another(job.format, input.files());
    if report.read == 0 {
        if let Some(project) = importing.project.filter(|_| !job.look_only) {
            project.take_back();
        }
        let (from, format) = (job.from.clone(), job.format);
        return Err(ImportError::Nothing { from, format, other: report.left_aside });
    }
    Ok(report)
}

/// The schema that an export put beside its files, with its content, where it can become the
/// project's: that has none of its own, and no sets whose names another one would not know.
/// One that cannot be used is no loss: names are added as they are found.
fn schema_of(project: Option<&Project>, input: &InputFolder) -> Option<(String, Schema)> {
    let has_own = |project: &Project| {
        project.files().look(&SchemaStore::file(project)).is_ok()
            || !project.annotators_with_sets().is_empty()
    };
    if project.is_some_and(has_own) || !input.files().iter().any(|file| file == SCHEMA) {
        return None;
    }
    let mut content = String::new();
    input.open(SCHEMA).ok()?.read_to_string(&mut content).ok()?;
    match SchemaStore::parse(&content, Path::new(SCHEMA)) {
        Ok(schema) => Some((content, schema)),
        Err(problem) => {
            log::info!("the schema beside the data was not taken over: {problem}");
            None
        }
    }
}

struct Importing<'a> {
    job: &'a ImportJob,
    project: Option<Project>,
    /// What the project has names for.
    schema: Schema,
    /// The file's content that it is, where it comes with the data.
    brought: Option<String>,
    report: ImportReport,
    unknown: UnknownNames,
    /// What is counted already: several people's sets about one article may come apart.
    documents: HashSet<DocumentPath>,
    waiting: Vec<Incoming>,
    refuse: &'a mut dyn FnMut(&Refusal),
    stopped: bool,
}

/// What became of one document.
#[derive(Default)]
struct Landed {
    document: Option<(DocumentPath, Addition)>,
    sets: Vec<(Addition, usize, usize)>,
    unit: Option<Unit>,
    refusals: Vec<Refusal>,
    unknown: UnknownNames,
}

impl Landed {
    /// Counts a set in that is in the project, with the names that the schema lacks: those of
    /// what is refused are none of the project.
    fn count(&mut self, addition: Addition, set: &AnnotationSet, schema: &Schema) {
        self.unknown.add(schema, set);
        self.sets.push((addition, set.annotations().len(), set.relations().len()));
    }
}

impl Importing<'_> {
    fn refused(&mut self, refusal: &Refusal) {
        self.report.refused += 1;
        (self.refuse)(refusal);
    }

    fn read_all(&mut self, input: &InputFolder, progress: &mut dyn FnMut(Progress) -> bool) {
        let job = self.job;
        let by_folder = job.annotator.is_none();
        let input = Stoppable::new(input);
        read(job.format, &input, &job.mapping, by_folder, &mut |incoming| {
            if self.stopped {
                // The reader ends at its next look into a file.
                input.stop();
                return;
            }
            match incoming {
                Ok(incoming) => {
                    self.waiting.push(incoming);
                    if self.waiting.len() >= ROUND {
                        self.land(progress);
                    }
                }
                Err(refusal) => {
                    self.refused(&refusal);
                    if self.report.refused.is_multiple_of(ROUND) {
                        let done = self.report.read + self.report.refused;
                        self.stopped = !progress(Progress { done, of: 0 });
                    }
                }
            }
        });
        if !self.stopped {
            self.land(progress);
        }
    }

    /// Proves and writes what is waiting, on all cores.
    fn land(&mut self, progress: &mut dyn FnMut(Progress) -> bool) {
        let waiting = std::mem::take(&mut self.waiting);
        // Before the first set is written: whoever begins again after a failure has sets.
        if !waiting.is_empty() {
            self.take_brought_schema();
        }
        for incoming in &waiting {
            self.report.names.add(incoming);
        }
        let (job, project, schema) = (self.job, self.project.as_ref(), &self.schema);
        let land = |incoming| land(incoming, job, project, schema);
        let in_turn = |group: Vec<(usize, Incoming)>| {
            group.into_iter().map(|(at, incoming)| (at, land(incoming)))
        };
        let mut landed: Vec<(usize, Landed)> =
            by_name(waiting).into_par_iter().flat_map_iter(in_turn).collect();
        landed.sort_by_key(|(at, _)| *at);
        for (_, landed) in landed {
            self.report.read += 1;
            self.take(landed);
        }
        self.stopped = !progress(Progress { done: self.report.read, of: 0 });
    }

    fn take(&mut self, landed: Landed) {
        if let Some((path, addition)) = landed.document
            && self.documents.insert(path)
        {
            match addition {
                Addition::Added => self.report.documents += 1,
                Addition::AlreadyThere => self.report.documents_there += 1,
            }
        }
        for (addition, annotations, relations) in landed.sets {
            match addition {
                Addition::Added => {
                    self.report.sets += 1;
                    self.report.annotations += annotations;
                    self.report.relations += relations;
                }
                Addition::AlreadyThere => self.report.sets_there += 1,
            }
        }
        if let Some(unit) = landed.unit {
            *self.report.other_units.entry(unit.to_string()).or_default() += 1;
        }
        self.unknown.merge(landed.unknown);
        for refusal in &landed.refusals {
            self.refused(refusal);
        }
    }

    /// Texts alone are copied as they are, in whatever encoding.
    fn copy_texts(&mut self, input: &InputFolder, progress: &mut dyn FnMut(Progress) -> bool) {
        let is_text = |file: &&String| file.to_ascii_lowercase().ends_with(".txt");
        let files: Vec<&String> = input.files().iter().filter(is_text).collect();
        let of = files.len();
        if of > 0 {
            self.take_brought_schema();
        }
        for (done, file) in (1..).zip(files) {
            let place = Place { file: file.as_str().into(), line: 0 };
            match copy_text(input, file, &place, self.project.as_ref(), self.job.look_only) {
                Ok(document) => {
                    self.report.read += 1;
                    self.take(Landed { document: Some(document), ..Landed::default() });
                }
                Err(refusal) => self.refused(&refusal),
            }
            if !progress(Progress { done, of }) {
                self.stopped = true;
                return;
            }
        }
    }

    /// Makes the schema that came with the data the project's, once.
    fn take_brought_schema(&mut self) {
        let Some(content) = self.brought.take() else { return };
        let project = self.project.as_ref().filter(|_| !self.job.look_only);
        match project.map(|project| SchemaStore::adopt(project, &content)) {
            None | Some(Ok(_)) => self.report.schema_taken = true,
            Some(Err(problem)) => {
                self.schema = project.map_or_else(built_in_schema, |one| SchemaStore::load(one).1);
                let words = format!("the schema beside the data was not taken over: {problem}");
                self.refused(&Refusal { place: Place { file: SCHEMA.into(), line: 0 }, words });
            }
        }
    }

    /// Adds to the schema what it lacks.
    fn take_schema(&mut self) {
        let Some(project) = self.project.as_ref().filter(|_| !self.unknown.is_empty()) else {
            return;
        };
        let mut names: Vec<_> =
            self.unknown.names().map(|(kind, name)| (kind, name.to_string())).collect();
        let (mut store, schema, _) = SchemaStore::load(project);
        let adopted = schema.adopting(&self.unknown);
        let saved = adopted.map_err(|error| error.to_string()).and_then(|adopted| {
            if self.job.look_only {
                return Ok(());
            }
            store.save(&adopted).map_err(|error| error.to_string())
        });
        if let Err(words) = saved {
            let file = SchemaStore::file(project).display().to_string();
            let words = format!(
                "the names that the schema lacks could not be added to it ({words}); the window \
                 offers to add them"
            );
            names.clear();
            self.refused(&Refusal { place: Place { file: file.into(), line: 0 }, words });
        }
        self.report.added_names = names;
    }
}

impl NamesFound {
    fn add(&mut self, incoming: &Incoming) {
        let count = |names: &mut BTreeMap<String, usize>, name: &String| {
            // Few names are new.
            match names.get_mut(name) {
                Some(count) => *count += 1,
                None => drop(names.insert(name.clone(), 1)),
            }
        };
        for set in &incoming.sets {
            if !self.annotators.contains(&set.annotator) {
                self.annotators.insert(set.annotator.clone());
            }
            for annotation in &set.annotations {
                count(&mut self.labels, &annotation.label);
                annotation.attributes.keys().for_each(|name| count(&mut self.attributes, name));
            }
            set.relations.iter().for_each(|r| count(&mut self.relations, &r.label));
        }
    }
}

/// Documents with their places, those of one name together: they are written in turn, so
/// that of two that differ it is always the first that stays.
fn by_name(waiting: Vec<Incoming>) -> Vec<Vec<(usize, Incoming)>> {
    let mut groups: Vec<Vec<(usize, Incoming)>> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, incoming) in waiting.into_iter().enumerate() {
        let path = path_of(&incoming.id, &incoming.place);
        let name = path.map_or_else(|_| incoming.id.clone(), |path| path.to_string());
        let place = *places.entry(name).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push((at, incoming)),
            None => groups.push(vec![(at, incoming)]),
        }
    }
    groups
}

fn land(incoming: Incoming, job: &ImportJob, project: Option<&Project>, schema: &Schema) -> Landed {
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
            Landed { unit, ..write(settled, job, project, schema) }
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
        landed.document = Some((settled.path, Addition::Added));
        settled.sets.iter().for_each(|set| landed.count(Addition::Added, set, schema));
        return landed;
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
                    Ok(addition) => landed.count(addition, set, schema),
                    Err(problem) => landed.refusals.push(refusal(&problem)),
                }
            }
        }
        Ok(None) => {
            landed.document = Some((settled.path.clone(), Addition::Added));
            settled.sets.iter().for_each(|set| landed.count(Addition::Added, set, schema));
        }
        Err(problem) => landed.refusals.push(refusal(&problem)),
    }
    landed
}

fn copy_text(
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
