//! What other programs do to the project while it is open: git, a folder that is kept in
//! step, a second window, another person.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::applying::counted;
use super::effect::Effect;
use super::kept::Kept;
use super::state::Session;
use crate::corpus::{
    AnnotationSet, Annotator, DocumentPath, Merged, Schema, Status, differences, merge,
};
use crate::storage::{
    ChangedDecisions, ChangedSet, Problem, ProblemKind, Project, SaveError, SetOnDisk,
};

/// One thing that another program has changed.
#[derive(Debug)]
pub enum Outside {
    /// A set about a document that was read.
    Set {
        /// In which project.
        project: Arc<Project>,
        /// About which document.
        document: DocumentPath,
        /// Whose set.
        annotator: Annotator,
        /// What it was and is.
        changed: ChangedSet,
    },
    /// The own set cannot be read any more, and is kept as it was before.
    Spoilt {
        /// In which project.
        project: Arc<Project>,
        /// About which document.
        document: DocumentPath,
        /// Where the copy is, or in words why there is none.
        copy: Result<PathBuf, String>,
    },
    /// The text of a document that was read.
    Article {
        /// In which project.
        project: Arc<Project>,
        /// Which.
        document: DocumentPath,
        /// Where a copy of the own set is, whose file was removed as well.
        kept: Option<PathBuf>,
    },
    /// Which documents there are.
    Documents {
        /// In which project.
        project: Arc<Project>,
        /// All of them, sorted.
        documents: Vec<DocumentPath>,
    },
    /// Documents that need not have been read, or sets about them.
    Sets {
        /// In which project.
        project: Arc<Project>,
        /// Whose sets are one's own.
        annotator: Annotator,
        /// Everyone who has sets now.
        everyone: Vec<Annotator>,
        /// The documents that are others, or about which one's own set is.
        own: BTreeSet<DocumentPath>,
        /// The documents about which somebody else's set is another.
        others: BTreeSet<DocumentPath>,
    },
    /// The schema.
    Schema {
        /// Of which project.
        project: Arc<Project>,
        /// What it is now.
        schema: Result<Schema, Problem>,
    },
    /// What somebody decided.
    Decisions {
        /// In which project.
        project: Arc<Project>,
        /// Whose.
        annotator: Annotator,
        /// What they were and are.
        changed: ChangedDecisions,
    },
}

impl Session {
    pub(super) fn take_outside(&mut self, outside: Outside) {
        match outside {
            Outside::Set { project, document, annotator, changed } if self.is_open(&project) => {
                self.set_changed_outside(&document, &annotator, changed);
                self.arrange_table_anew();
                self.look_anew();
            }
            Outside::Spoilt { project, document, copy } if self.is_open(&project) => {
                self.set_was_spoilt(&document, copy);
            }
            Outside::Article { project, document, kept } if self.is_open(&project) => {
                if let Some(copy) = kept {
                    self.tell_kept_apart(&document.to_string(), &copy);
                }
                self.article_changed_outside(&document);
            }
            Outside::Documents { project, documents } if self.is_open(&project) => {
                self.documents_changed_outside(project, documents);
            }
            Outside::Sets { project, annotator, everyone, own, others }
                if self.is_open(&project) && annotator == self.annotator =>
            {
                self.sets_changed_outside(project, everyone, &own, &others);
            }
            Outside::Schema { project, schema } if self.is_open(&project) => {
                self.schema_changed_outside(schema);
            }
            Outside::Decisions { project, annotator, changed } if self.is_open(&project) => {
                self.decisions_changed_outside(annotator, changed);
            }
            // About a project or an annotator that was left.
            _ => {}
        }
    }

    fn set_changed_outside(
        &mut self,
        document: &DocumentPath,
        annotator: &Annotator,
        ChangedSet { text, before, now }: ChangedSet,
    ) {
        let kept = Kept::Set(document.clone(), annotator.clone());
        let unsaved = self.revisions.is_unsaved(&kept);
        let was_removed = self.failures.get(&kept) == Some(&SaveError::Removed);
        let own = *annotator == self.annotator;
        let name = format!("{annotator}'s set about {}", document.name());
        if !self.held.contains_key(document) {
            if own && let Some(project) = self.project.clone() {
                self.summarize_anew(project, [document]);
            }
            return;
        }
        // That the article has another text is told as well, and the set is read with it.
        if self.held.get(document).is_some_and(|held| held.document.digest != text) {
            return;
        }
        if !matches!(now, SetOnDisk::Unreadable(_)) {
            self.have_taken_in(&kept);
        }
        self.came_in += 1;
        let Some(held) = self.held.get_mut(document) else { return };
        match now {
            SetOnDisk::Read(theirs) => {
                let ours = held.set_of(annotator).cloned();
                let end = held.document.text.end();
                let base = before.unwrap_or_else(|| AnnotationSet::new(annotator.clone(), end));
                let Merged { set, conflicts, .. } = match &ours {
                    Some(ours) => merge(&base, ours, &theirs),
                    None => Merged { set: theirs.clone(), taken: 0, conflicts: 0 },
                };
                let changes = ours.as_ref().map_or(0, |ours| differences(ours, &set).len());
                let before = ours.as_ref().map_or(0, |ours| ours.conflicts().len());
                let brought = set.conflicts().len().saturating_sub(before + conflicts);
                let to_write = set != theirs;
                held.newer.remove(annotator);
                let was_unreadable = if own {
                    held.set = Arc::new(set);
                    held.unreadable.take().is_some()
                } else {
                    let before = held.others.insert(annotator.clone(), Ok(Arc::new(set)));
                    before.is_some_and(|before| before.is_err())
                };
                // What waits to be written may be what the file says by now.
                if to_write || unsaved {
                    self.keep(&kept);
                } else {
                    self.refresh_after(&kept);
                }
                self.let_missing_focus_go();
                if was_unreadable {
                    if own {
                        self.forget_spoilt(document);
                    }
                    // It was left out of what is listed.
                    self.read_lists_anew();
                    self.say(format!("{name} can be read again"));
                }
                if was_removed {
                    self.say(format!("{name} is there again"));
                }
                self.tell_of_changes(&name, changes, (conflicts, brought));
            }
            SetOnDisk::Absent if !own => {
                held.others.remove(annotator);
                self.refresh_after(&kept);
            }
            // What is waiting to be written is written.
            SetOnDisk::Absent if unsaved => {}
            // Whatever was wrong with the file is wrong no more.
            SetOnDisk::Absent if held.unreadable.is_some() => {
                self.forget_spoilt(document);
                self.read_anew(document);
            }
            SetOnDisk::Absent => {
                let is_missed = !held.set.is_blank() && !self.is_gone(document);
                if self.is_here().is_err() {
                    // It is for the window that works on it to say.
                    self.read_anew(document);
                } else if is_missed {
                    self.set_was_removed(kept, &name);
                }
            }
            SetOnDisk::Unreadable(problem) if unsaved => {
                self.warn(format!("{name} was changed by another program: {problem}"));
            }
            now @ SetOnDisk::Unreadable(_) if now.is_newer() => {
                self.read_anew(document);
            }
            SetOnDisk::Unreadable(problem) => {
                if own {
                    held.unreadable = Some(problem.clone());
                } else {
                    held.others.insert(annotator.clone(), Err(problem.clone()));
                }
                self.refresh_after(&kept);
                // It is left out of what is listed, and named there.
                self.read_lists_anew();
                self.warn(format!("{name} was changed by another program: {problem}"));
            }
        }
    }

    /// The own set about a document cannot be read any more: it is said where a copy of it is.
    fn set_was_spoilt(&mut self, document: &DocumentPath, copy: Result<PathBuf, String>) {
        match copy {
            Ok(copy) => {
                let (document, name) = (document.to_string(), self.below_project(&copy));
                let problem = Problem::new(copy, ProblemKind::Spoilt { document, name });
                if !self.problems.contains(&problem) {
                    self.problems.push(problem);
                }
            }
            Err(words) => self.warn(format!(
                "Another program has spoilt your set about {document}, and a copy of it could not \
                 be made ({words}): what you had marked is only here"
            )),
        }
    }

    /// The set about a document can be read again: the copy of it is not needed any more.
    pub(super) fn forget_spoilt(&mut self, document: &DocumentPath) {
        let name = document.as_str();
        self.problems.retain(|problem| {
            !matches!(&problem.kind, ProblemKind::Spoilt { document, .. } if document == name)
        });
    }

    /// The own set is not on the disk any more. Whether it is to be there again is for the
    /// person to say.
    fn set_was_removed(&mut self, kept: Kept, name: &str) {
        self.revisions.next(&kept);
        self.failures.insert(kept, SaveError::Removed);
        // What can be done about it stands in the line as long as it is so.
        self.warn(format!("{name} was removed by another program. What you see is kept here"));
    }

    /// What a file holds was taken in.
    pub(super) fn have_taken_in(&mut self, kept: &Kept) {
        if let Some(project) = self.project.clone() {
            self.effects.push(Effect::Accept { project, kept: kept.clone() });
        }
    }

    /// `brought` is how many conflicts were in the file, as after a merge.
    fn tell_of_changes(
        &mut self,
        name: &str,
        changes: usize,
        (conflicts, brought): (usize, usize),
    ) {
        if brought > 0 {
            let conflicts = counted(conflicts + brought, "conflict");
            self.warn(format!(
                "{name} was changed by another program, as by a merge, which has left {conflicts}. \
                 P goes to the first"
            ));
        } else if conflicts > 0 {
            let conflicts = counted(conflicts, "conflict");
            self.warn(format!(
                "{name} was changed by another program, in what you have changed too: {conflicts}. \
                 P goes to the first"
            ));
        } else if changes > 0 {
            let changes = counted(changes, "change");
            self.say(format!("{name} was changed by another program: {changes} read in"));
        }
    }

    /// The text is another now: it is read anew, with the sets about it.
    fn article_changed_outside(&mut self, document: &DocumentPath) {
        if self.read_anew(document) {
            self.warn(format!("{} was changed by another program", document.name()));
        }
        self.find_anew();
        if let Some(project) = self.project.clone() {
            self.summarize_anew(project, [document]);
        }
    }

    /// Reads a document and the sets about it again, now if it is the open one. Returns
    /// whether it is.
    pub(super) fn read_anew(&mut self, document: &DocumentPath) -> bool {
        self.write_rest();
        self.let_go_of_removed(document);
        self.read_anew.push(document.clone());
        self.held.remove(document);
        self.came_in += 1;
        let here = self.reading.as_ref().is_some_and(|reading| reading.document == *document);
        if here {
            let place = self.place();
            self.places.insert(document.clone(), place);
            self.reading = None;
            // Whoever types elsewhere goes on there.
            self.open_quietly(document.clone());
        }
        here
    }

    /// The documents that were read anew since so many were.
    pub(super) fn read_anew_since(&self, count: usize) -> impl Iterator<Item = &DocumentPath> {
        self.read_anew.iter().skip(count)
    }

    /// Whether a document that was in the project is not there any more.
    pub fn is_gone(&self, document: &DocumentPath) -> bool {
        match &self.all_documents {
            Some(all) => all.binary_search(document).is_err(),
            None => self.documents.row(document).is_none(),
        }
    }

    fn documents_changed_outside(&mut self, project: Arc<Project>, documents: Vec<DocumentPath>) {
        let known = self.all_documents.clone().unwrap_or_else(|| self.documents.paths());
        let new = documents.iter().filter(|path| known.binary_search(path).is_err()).count();
        let gone = known.iter().filter(|path| documents.binary_search(path).is_err());
        let gone: Vec<&DocumentPath> = gone.collect();
        // Who takes an article away, or renames it, takes its sets along.
        for path in &gone {
            self.let_go_of_removed(path);
        }
        let is_begun = |path: &&&DocumentPath| {
            self.documents.row(path).is_some_and(|row| row.status() != Status::New)
        };
        let (begun, gone) = (gone.iter().filter(is_begun).count(), gone.len());
        self.look_for_left_behind(documents.clone());
        match self.all_documents.as_mut() {
            Some(all) => *all = documents,
            None => self.documents.set_documents(documents),
        }
        let words = match (new, gone) {
            (0, 0) => return,
            (new, 0) => format!("{} came into the project", counted(new, "article")),
            (0, gone) => format!("{} left the project", counted(gone, "article")),
            (new, gone) => format!("{new} came into the project, {}", {
                let left = counted(gone, "article");
                format!("{left} left it")
            }),
        };
        if begun == 0 {
            self.say(words);
        } else {
            // Where it only has another name, its tags seem to be gone.
            let of = if begun == gone { String::new() } else { format!(" of {begun} of them") };
            self.warn(format!(
                "{words}. What you have tagged{of} is under the earlier name, unless the sets were \
                 renamed too"
            ));
        }
        self.summarize_anew(project, []);
        self.read_lists_anew();
    }

    /// What is about documents in memory is told of each. About others somebody's sets, or the
    /// articles, are other ones now than what is listed of them.
    fn sets_changed_outside(
        &mut self,
        project: Arc<Project>,
        everyone: Vec<Annotator>,
        own: &BTreeSet<DocumentPath>,
        others: &BTreeSet<DocumentPath>,
    ) {
        self.annotators = everyone;
        // What is in memory is summed up as it is there.
        let read: Vec<&DocumentPath> =
            own.iter().filter(|document| !self.held.contains_key(*document)).collect();
        if !read.is_empty() {
            self.summarize_anew(project, read);
        }
        let news: BTreeSet<&DocumentPath> = own
            .iter()
            .chain(others)
            .filter(|document| !self.held.contains_key(*document))
            .collect();
        let articles = counted(news.len(), "article");
        if !news.is_empty() && self.read_lists_anew() {
            self.say(format!("{articles} changed outside: what is listed is read anew"));
        }
    }

    /// Has documents looked at for the list, and those that have not been yet.
    pub(super) fn summarize_anew<'d>(
        &mut self,
        project: Arc<Project>,
        documents: impl IntoIterator<Item = &'d DocumentPath>,
    ) {
        self.documents.forget(documents);
        // A new look stops the one before, so it looks at all that is still to be seen.
        let unseen = self.documents.rows().iter().filter(|row| row.summary.is_none());
        let documents = unseen.map(|row| row.path.clone()).collect();
        let annotator = self.annotator.clone();
        self.effects.push(Effect::Summarize { project, documents, annotator });
    }

    fn schema_changed_outside(&mut self, schema: Result<Schema, Problem>) {
        let unsaved = self.revisions.is_unsaved(&Kept::Schema);
        match schema {
            // The one here is being written, or asked about.
            Ok(_) if unsaved => return,
            Ok(schema) => {
                self.have_taken_in(&Kept::Schema);
                self.schema_problem = None;
                if *self.schema != schema {
                    self.take_schema(Arc::new(schema));
                    self.refill_table();
                    self.say("The schema was changed by another program".to_owned());
                }
            }
            Err(problem) => {
                self.warn(format!("The schema was changed by another program: {problem}"));
                self.schema_problem = Some(problem);
            }
        }
        self.came_in += 1;
    }
}
