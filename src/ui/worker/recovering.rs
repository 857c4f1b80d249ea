//! What files lack of the changes that a journal says were made.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use crate::corpus::{
    AnnotationSet, Annotator, Decision, Digest, Document, DocumentPath, Edit, catch_up,
};
use crate::session::{Change, Content};
use crate::storage::{
    DecisionStore, Problem, ProblemKind, Project, SchemaStore, SetOnDisk, SetStore, load_document,
    plain_words,
};

/// What a file lacks.
pub(super) struct Found {
    /// What is to be written; `None` where nothing is.
    pub(super) content: Option<Content>,
    /// How many changes that brings.
    pub(super) brought: usize,
    /// How many are left out because what they change is other now.
    pub(super) left: usize,
    /// Where a copy is of what was marked anew in an earlier text, and is left out.
    pub(super) copy: Option<PathBuf>,
}

/// What an annotator's set lacks; `None` where it lacks nothing. Where the article has another
/// text by now, what was done to the set is done to it as it was: it is placed in the text that
/// is there with all the rest of its set.
///
/// # Errors
/// When the article or the set cannot be read.
pub(super) fn set(
    project: &Arc<Project>,
    path: &DocumentPath,
    whose: &Annotator,
    changes: &[Change],
    text: Option<&Digest>,
) -> Result<Option<Found>, Problem> {
    let edits: Vec<(Edit, Edit)> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Edited { edit, inverse, .. } => Some((edit.clone(), inverse.clone())),
            Change::SchemaSet { .. } | Change::Decided { .. } => None,
        })
        .collect();
    let none_of_them = |copy| Found { content: None, brought: 0, left: edits.len(), copy };
    let (now, _) = load_document(project, path)?;
    let earlier = text.filter(|text| **text != now.digest);
    let document = match earlier {
        None => now,
        Some(digest) => match project.earlier_text(digest) {
            Some(text) => Document { path: path.clone(), text, digest: digest.clone() },
            // Their places mean nothing in another text.
            None => return Ok(Some(none_of_them(None))),
        },
    };
    let blank = AnnotationSet::new(whose.clone(), document.text.end());
    let set = match SetStore::load(project, whose, &document).1 {
        SetOnDisk::Read(set) => set,
        SetOnDisk::Absent => blank,
        // Meanwhile there is a set about the text that is there now: what was marked anew in the
        // earlier one is kept apart from it.
        SetOnDisk::Unreadable(problem)
            if earlier.is_some() && problem.kind.is_about_earlier_text() =>
        {
            let marked = catch_up(&blank, &edits);
            let copy = (marked.brought > 0)
                .then(|| SetStore::keep_beside(project, &marked.set, &document));
            let copy = copy.transpose().map_err(|error| unrecovered(problem.path, &error))?;
            return Ok(Some(none_of_them(copy)));
        }
        SetOnDisk::Unreadable(problem) => return Err(problem),
    };
    let caught_up = catch_up(&set, &edits);
    if caught_up.brought + caught_up.left == 0 {
        return Ok(None);
    }
    let content = (caught_up.set != set).then(|| Content::Set {
        project: project.clone(),
        document: Arc::new(document),
        set: Arc::new(caught_up.set),
    });
    Ok(Some(Found { content, brought: caught_up.brought, left: caught_up.left, copy: None }))
}

fn unrecovered(file: PathBuf, error: &io::Error) -> Problem {
    Problem::new(file, ProblemKind::Unrecovered(plain_words(error)))
}

/// What the schema lacks; `None` where it lacks nothing.
///
/// # Errors
/// When it cannot be read.
pub(super) fn schema(project: &Arc<Project>, changes: &[Change]) -> Result<Option<Found>, Problem> {
    let (_, schema, problem) = SchemaStore::load(project);
    if let Some(problem) = problem {
        return Err(problem);
    }
    let states: Vec<_> = changes
        .iter()
        .filter_map(|change| match change {
            Change::SchemaSet { before, after } => Some([before, after]),
            Change::Edited { .. } | Change::Decided { .. } => None,
        })
        .flatten()
        .collect();
    let Some(last) = states.last().filter(|last| ****last != schema) else {
        return Ok(None);
    };
    if !states.iter().any(|state| ***state == schema) {
        return Ok(Some(Found { content: None, brought: 0, left: 1, copy: None }));
    }
    let content = Content::Schema { project: project.clone(), schema: (*last).clone() };
    Ok(Some(Found { content: Some(content), brought: 1, left: 0, copy: None }))
}

/// What an annotator's decisions lack; `None` where they lack nothing.
///
/// # Errors
/// When they cannot be read.
pub(super) fn decisions(
    project: &Arc<Project>,
    whose: &Annotator,
    changes: &[Change],
) -> Result<Option<Found>, Problem> {
    let (_, mut decisions, problem) = DecisionStore::load(project, whose);
    if let Some(problem) = problem {
        return Err(problem);
    }
    let before = decisions.clone();
    // Somebody else's decision is put in the place of another: where that is gone, they have
    // decided otherwise since. Of several that go one after the other, what comes then is put
    // in their places in the same order.
    let mut gone: VecDeque<bool> = VecDeque::new();
    let mut come = false;
    let mut wanted: BTreeMap<&Decision, bool> = BTreeMap::new();
    for change in changes {
        let Change::Decided { whose, decision, holds } = change else { continue };
        wanted.insert(decision, *holds);
        if *holds {
            come = true;
            if gone.pop_front() != Some(true) {
                decisions.insert(decision.clone());
            }
            continue;
        }
        if std::mem::take(&mut come) {
            gone.clear();
        }
        let is_there = decisions.remove(decision);
        gone.push_back(whose.is_some() && !is_there && !before.contains(decision));
    }
    let is_left = |(decision, holds): &(&&Decision, &bool)| decisions.contains(decision) != **holds;
    let left = wanted.iter().filter(is_left).count();
    if decisions == before && left == 0 {
        return Ok(None);
    }
    let is_other = |one: &&Change| match one {
        Change::Decided { decision, .. } => {
            before.contains(decision) != decisions.contains(decision)
        }
        Change::Edited { .. } | Change::SchemaSet { .. } => false,
    };
    let brought = changes.iter().filter(is_other).count();
    let content = Content::Decisions {
        project: project.clone(),
        annotator: whose.clone(),
        decisions: Arc::new(decisions),
    };
    let content = Some(content).filter(|_| brought > 0);
    Ok(Some(Found { content, brought, left, copy: None }))
}
