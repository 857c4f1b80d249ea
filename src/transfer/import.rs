use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Progress;
use super::export::SCHEMA;
use super::import_report::{ImportError, ImportReport, NamesFound};
use super::landing::{Landed, copy_text, land};
use super::stoppable::Stoppable;
use super::twice::{Before, Come};
use crate::corpus::{Annotator, DocumentPath, Schema, UnknownNames};
use crate::exchange::{
    ImportFormat, Incoming, LooksLike, Mapping, Place, Refusal, Unit, path_of, read,
};
use crate::storage::{Addition, InputFolder, Problem, Project, SchemaStore, built_in_schema};

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
    let (brought, schema, unfit) = match schema_of(project.as_ref(), &input) {
        Ok(Some((content, own))) => (Some(content), own, None),
        Ok(None) => (None, schema, None),
        Err(problem) => (None, schema, Some(problem)),
    };
    let mut importing = Importing {
        job,
        project,
        schema,
        brought,
        report: ImportReport::default(),
        unknown: UnknownNames::default(),
        documents: HashSet::new(),
        come: Come::new(),
        waiting: Vec::new(),
        refuse,
        stopped: false,
    };
    for problem in problems {
        importing.refused(&Refusal { place: Place::default(), words: problem.to_string() });
    }
    if let Some(problem) = unfit {
        importing.refuse_brought_schema(&problem.kind);
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
///
/// # Errors
/// When it cannot be used.
fn schema_of(
    project: Option<&Project>,
    input: &InputFolder,
) -> Result<Option<(String, Schema)>, Problem> {
    let has_own = |project: &Project| {
        project.files().look(&SchemaStore::file(project)).is_ok()
            || !project.annotators_with_sets().is_empty()
    };
    if project.is_some_and(has_own) || !input.files().iter().any(|file| file == SCHEMA) {
        return Ok(None);
    }
    let mut content = String::new();
    let file = Path::new(SCHEMA);
    let read = input.open(SCHEMA).and_then(|mut file| file.read_to_string(&mut content));
    read.map_err(|error| Problem::unreadable(file, &error))?;
    let schema = SchemaStore::parse(&content, file)?;
    Ok(Some((content, schema)))
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
    /// What has come, where nothing is written that it could be found by.
    come: Come,
    waiting: Vec<Incoming>,
    refuse: &'a mut dyn FnMut(&Refusal),
    stopped: bool,
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

    fn take(&mut self, mut landed: Landed) {
        self.refuse_what_comes_twice(&mut landed);
        if let Some((path, addition)) = landed.document
            && self.documents.insert(path)
        {
            match addition {
                Addition::Added => self.report.documents += 1,
                Addition::AlreadyThere => self.report.documents_there += 1,
            }
        }
        for set in landed.sets {
            // Those of what is refused are none of the project.
            self.unknown.merge(set.unknown);
            match set.addition {
                Addition::Added => {
                    self.report.sets += 1;
                    self.report.annotations += set.annotations;
                    self.report.relations += set.relations;
                }
                Addition::AlreadyThere => self.report.sets_there += 1,
            }
        }
        if let Some(unit) = landed.unit {
            *self.report.other_units.entry(unit.to_string()).or_default() += 1;
        }
        for refusal in &landed.refusals {
            self.refused(refusal);
        }
    }

    /// Of what is only looked at, takes out what an import would refuse because something else
    /// has come before it.
    fn refuse_what_comes_twice(&mut self, landed: &mut Landed) {
        let Some((path, addition)) = &landed.document else { return };
        let refusal = |words: String| Refusal { place: landed.place.clone(), words };
        if *addition == Addition::Added
            && let Some(print) = landed.text
            && self.come.text(path, print) == Before::Another
        {
            let words = format!("{path}: another text of this name comes before; that is taken");
            landed.refusals.push(refusal(words));
            landed.document = None;
            landed.sets.clear();
            return;
        }
        let (mut sets, mut refusals) = (Vec::new(), Vec::new());
        for mut set in std::mem::take(&mut landed.sets) {
            let print = set.print.filter(|_| set.addition == Addition::Added);
            match print.map(|print| self.come.set(path, &set.annotator, print)) {
                None | Some(Before::Nothing) => {}
                Some(Before::TheSame) => set.addition = Addition::AlreadyThere,
                Some(Before::Another) => {
                    let annotator = &set.annotator;
                    let words = format!(
                        "{path}: another set that becomes {annotator}'s comes before; that is taken"
                    );
                    refusals.push(refusal(words));
                    continue;
                }
            }
            sets.push(set);
        }
        landed.sets = sets;
        landed.refusals.extend(refusals);
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
                self.refuse_brought_schema(&problem);
            }
        }
    }

    fn refuse_brought_schema(&mut self, why: &dyn std::fmt::Display) {
        let words = format!(
            "the schema beside the data was not taken over ({why}); what it lacks is added without \
             colours, meanings and checks"
        );
        self.refused(&Refusal { place: Place { file: SCHEMA.into(), line: 0 }, words });
    }

    /// Adds to the schema what it lacks.
    fn take_schema(&mut self) {
        let mut names: Vec<_> =
            self.unknown.names().map(|(kind, name)| (kind, name.to_string())).collect();
        let Some(project) = self.project.as_ref().filter(|_| !names.is_empty()) else {
            // A project that is not there yet would have them.
            self.report.added_names = names;
            return;
        };
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
