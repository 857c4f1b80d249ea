//! A look at every file of a project.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::door::Kind;
use super::guarded::read_work;
use super::names::{EARLIER, OTHER, SET_ENDING, document_path, is_article};
use super::{
    DecisionStore, Problem, ProblemKind, Project, SchemaStore, SetOnDisk, SetVersion, decisions,
    load_document, metadata, sets,
};
use crate::corpus::{Annotator, Decision, Decisions, Digest, DocumentPath};

/// What there is in a project, and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Examination {
    /// How many articles could be read.
    pub documents: usize,
    /// How many sets could be read and proved.
    pub sets: usize,
    /// Everything that is wrong, by file.
    pub problems: Vec<Problem>,
}

/// Examines every file of a project: articles, their metadata, the sets of all annotators,
/// their decisions, the schema, and what lies among the sets and is none of these. Changes
/// nothing.
pub fn examine(project: &Project) -> Examination {
    let (documents, mut problems) = project.documents();
    let (annotators, unfit) = project.annotators();
    problems.extend(unfit);
    problems.extend(SchemaStore::load(project).2);
    for annotator in &annotators {
        let (_, decisions, problem) = DecisionStore::load(project, annotator);
        problems.extend(problem);
        problems.extend(decided_in_vain(project, annotator, &decisions, &documents));
    }
    problems.extend(case_twins(project, &documents));
    let annotations = project.annotations();
    if project.files().look(&annotations).is_ok_and(|look| look.kind != Kind::Folder) {
        problems.push(Problem::new(annotations, ProblemKind::FileInTheWay));
    }
    let looks: Vec<Look> =
        documents.par_iter().map(|path| examine_document(project, &annotators, path)).collect();
    let mut found = Examination { documents: 0, sets: 0, problems };
    let mut by_text: BTreeMap<Digest, Vec<&DocumentPath>> = BTreeMap::new();
    for (path, Look { text, sets, problems }) in documents.iter().zip(looks) {
        if let Some(text) = text {
            found.documents += 1;
            by_text.entry(text).or_default().push(path);
        }
        found.sets += sets;
        found.problems.extend(problems);
    }
    for annotator in &annotators {
        let mut strays = strays(project, annotator, &documents);
        for stray in strays.iter_mut().filter(|stray| stray.kind == ProblemKind::NoArticle) {
            if let Some(path) = new_name(project, annotator, &stray.path, &by_text) {
                stray.kind = ProblemKind::ArticleRenamed(path.to_string());
            }
        }
        found.problems.extend(strays);
    }
    found.problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    found.problems.dedup();
    found
}

/// What was found about one document.
struct Look {
    /// Its text; `None` where it could not be read.
    text: Option<Digest>,
    /// How many sets about it could be read and proved.
    sets: usize,
    problems: Vec<Problem>,
}

fn examine_document(project: &Project, annotators: &[Annotator], path: &DocumentPath) -> Look {
    let mut problems: Vec<Problem> = metadata::load(project, path).err().into_iter().collect();
    let document = match load_document(project, path) {
        Ok((document, odd)) => {
            problems.extend(odd);
            document
        }
        Err(problem) => {
            problems.push(problem);
            return Look { text: None, sets: 0, problems };
        }
    };
    let mut count = 0;
    for annotator in annotators {
        let file = super::SetStore::file(project, annotator, path);
        match sets::read(project, annotator, &document) {
            SetOnDisk::Absent => {}
            SetOnDisk::Unreadable(problem) => problems.push(problem),
            SetOnDisk::Read(set) => {
                count += 1;
                if !set.conflicts().is_empty() {
                    let kind = ProblemKind::InConflict(set.conflicts().len());
                    problems.push(Problem::new(&file, kind));
                }
                if !set.adrift().is_empty() {
                    let kind = ProblemKind::Adrift(set.adrift().len());
                    problems.push(Problem::new(&file, kind));
                }
            }
        }
    }
    Look { text: Some(document.digest), sets: count, problems }
}

/// That somebody has decided about documents that are not there, as after these were renamed.
fn decided_in_vain(
    project: &Project,
    annotator: &Annotator,
    decisions: &Decisions,
    documents: &[DocumentPath],
) -> Option<Problem> {
    let about = decisions.iter().map(Decision::document);
    let gone: Vec<&DocumentPath> =
        about.filter(|document| documents.binary_search(document).is_err()).collect();
    let (first, count) = (gone.first()?.to_string(), gone.len());
    let file = DecisionStore::file(project, annotator);
    Some(Problem::new(file, ProblemKind::DecisionsWithout { first, count }))
}

/// Documents whose names differ in capitals alone: on some systems they are one file.
fn case_twins(project: &Project, documents: &[DocumentPath]) -> Vec<Problem> {
    let mut by_name: BTreeMap<String, &DocumentPath> = BTreeMap::new();
    let mut problems = Vec::new();
    for path in documents {
        if let Some(other) = by_name.insert(path.as_str().to_lowercase(), path) {
            let kind = ProblemKind::CaseTwin(other.as_str().to_owned());
            problems.push(Problem::new(project.article_file(path), kind));
        }
    }
    problems
}

/// The sets of these annotators whose articles are not there, as after these were renamed: nothing
/// that goes by articles comes to them.
pub fn sets_without_article(
    project: &Project,
    annotators: &[Annotator],
    documents: &[DocumentPath],
) -> Vec<Problem> {
    let strays = annotators.iter().flat_map(|annotator| strays(project, annotator, documents));
    strays.filter(|stray| stray.kind == ProblemKind::NoArticle).collect()
}

/// The same of one annotator, as one problem of the annotator's folder; `None` where there is none.
pub fn sets_left_behind(
    project: &Project,
    annotator: &Annotator,
    documents: &[DocumentPath],
) -> Option<Problem> {
    let mut sets = sets_without_article(project, std::slice::from_ref(annotator), documents);
    sets.sort_by(|one, other| one.path.cmp(&other.path));
    let folder = project.annotator_folder(annotator);
    let first = sets.first()?.path.strip_prefix(&folder).ok()?.display().to_string();
    Some(Problem::new(folder, ProblemKind::LeftBehind { first, count: sets.len() }))
}

/// What lies among an annotator's sets and belongs to nothing.
fn strays(project: &Project, annotator: &Annotator, documents: &[DocumentPath]) -> Vec<Problem> {
    let folder = project.annotator_folder(annotator);
    if leads_out(project, &folder) {
        return vec![Problem::new(folder, ProblemKind::LinkOut)];
    }
    let decisions = DecisionStore::file(project, annotator);
    let is_known = |path: &Path| {
        let article = path.to_str().and_then(|path| path.strip_suffix(SET_ENDING));
        let document = article.and_then(|article| document_path(&folder, article.as_ref()).ok());
        document.is_some_and(|document| documents.binary_search(&document).is_ok())
            || path == decisions
    };
    let mut problems = Vec::new();
    search(project, &folder, &is_known, &mut problems);
    problems
}

/// What the article of a set that lies by itself is called now: one that has its text, and about
/// which the annotator has no other set.
fn new_name<'d>(
    project: &Project,
    annotator: &Annotator,
    set: &Path,
    by_text: &BTreeMap<Digest, Vec<&'d DocumentPath>>,
) -> Option<&'d DocumentPath> {
    let content = read_work(project.files(), set).ok()??;
    let text = SetVersion::of_text(&content).ok()?.digest();
    let is_free = |path: &&&DocumentPath| {
        !project.files().is_there(&super::SetStore::file(project, annotator, path))
    };
    by_text.get(&text)?.iter().find(is_free).copied()
}

fn search(
    project: &Project,
    folder: &Path,
    is_known: &dyn Fn(&Path) -> bool,
    problems: &mut Vec<Problem>,
) {
    let entries = match project.files().list(folder) {
        Ok(entries) => entries,
        Err(error) => return problems.push(Problem::unreadable(folder, &error)),
    };
    for entry in entries {
        let path = folder.join(&entry.name);
        match entry.kind {
            Kind::Folder => search(project, &path, is_known, problems),
            // A link is looked at where it leads.
            Kind::Link if project.files().is_folder(&path) => {
                if leads_out(project, &path) {
                    problems.push(Problem::new(path, ProblemKind::LinkOut));
                }
            }
            _ if is_known(&path) => {}
            _ => {
                let kind = kind_of_stray(&path);
                problems.push(Problem::new(path, kind));
            }
        }
    }
}

fn leads_out(project: &Project, folder: &Path) -> bool {
    !project.files().real(folder).is_ok_and(|real| real.starts_with(project.root()))
}

/// What a file among the sets is that is none of theirs, by its name.
fn kind_of_stray(path: &Path) -> ProblemKind {
    let is_set = |name: &str| name.strip_suffix(SET_ENDING).is_some_and(|n| is_article(n.as_ref()));
    let is_of_decisions =
        |name: &str| Path::new(name).file_name() == Some(decisions::NAME.as_ref());
    let name = path.to_string_lossy();
    // A copy that has to have another name has a number behind it.
    let (before, number) = name.rsplit_once('.').unwrap_or_default();
    let copy = if number.parse::<u16>().is_ok() { before } else { &name };
    if is_set(&name) {
        ProblemKind::NoArticle
    } else if copy.strip_suffix(EARLIER).is_some_and(is_set) {
        ProblemKind::OfEarlierText
    } else if name.rsplit_once(OTHER).is_some_and(|(of, _)| is_set(of) || is_of_decisions(of)) {
        ProblemKind::MadeWay
    } else {
        ProblemKind::Stray
    }
}
