use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::adding::add_articles;
use super::gathering::{Gathering, Wanted};
use super::journals::{Journals, Noted};
use super::locks::Locks;
use super::opening::Begin;
use super::putting_by::is_about_earlier_text;
use super::recovering;
use super::watch::Watch;
use crate::corpus::{AnnotationSet, Annotator, Decisions, Document, DocumentPath, Metadata};
use crate::session::{
    Change, Content, Effect, Journalled, Kept, LoadedDocument, Message, Placing, Recovered,
    Resumed, SaveReceipt,
};
use crate::storage::{
    DecisionStore, Door, KeyStore, Problem, ProblemKind, Project, SaveError, SchemaStore,
    SetOnDisk, SetStore, load_document, load_metadata, mark_report_seen, newer_set, reanchor,
    write_copy,
};

/// Why tags were not brought into a text that is another one by now.
const AGAIN: &str = "the article has changed again; close this, and Z looks anew";

/// Reads and writes a person's files, one thing after the other.
pub(super) struct Desk {
    pub(super) files: Door,
    keys_file: Option<PathBuf>,
    /// What is known of the files that were read, by their paths.
    pub(super) stores: BTreeMap<PathBuf, Store>,
    /// What is still to be written, by file; of each only the latest.
    pub(super) unsaved: BTreeMap<PathBuf, Save>,
    pub(super) journals: Journals,
    pub(super) locks: Locks,
    pub(super) watch: Option<Watch>,
    /// Has the desk's owner know, from another thread, that something has changed in a
    /// project's folders; see [`Self::stir`]. `None` where nobody waits for that.
    pub(super) stirred: Option<Arc<dyn Fn() + Send + Sync>>,
    /// The project in which it is still to be looked for what was left lying.
    pub(super) to_sweep: Option<Arc<Project>>,
    /// When it was looked around last, or a project opened.
    pub(super) looked: Instant,
    /// What was taken up when the project was opened, until it is asked for.
    pub(super) resumed: BTreeMap<Annotator, Resumed>,
    gathering: Option<Gathering>,
}

pub(super) enum Store {
    Set(Box<SetStore>),
    Schema(SchemaStore),
    Decisions(Box<DecisionStore>),
    Keys(KeyStore),
}

pub(super) struct Save {
    pub(super) receipt: SaveReceipt,
    pub(super) content: Content,
    /// What was noted in the journals when it came: it holds that.
    pub(super) noted: Noted,
}

impl Save {
    /// The set, if it is one that is to be written.
    fn set(&self) -> Option<&AnnotationSet> {
        match &self.content {
            Content::Set { set, .. } => Some(set),
            Content::Schema { .. } | Content::Decisions { .. } | Content::Keys(_) => None,
        }
    }
}

impl Desk {
    /// A desk that keeps the person's keys in a file, if there is a place for one.
    pub(super) fn new(files: Door, keys_file: Option<PathBuf>) -> Self {
        Self {
            stirred: None,
            to_sweep: None,
            looked: Instant::now(),
            files,
            keys_file,
            stores: BTreeMap::new(),
            unsaved: BTreeMap::new(),
            journals: Journals::default(),
            locks: Locks::default(),
            watch: None,
            resumed: BTreeMap::new(),
            gathering: None,
        }
    }

    /// Reads the person's keys.
    pub(super) fn read_keys(&mut self, report: &mut dyn FnMut(Message)) {
        if let Some(file) = self.keys_file.clone() {
            let (store, keys, problem) = KeyStore::load_through(self.files.clone(), file.clone());
            self.stores.insert(file, Store::Keys(store));
            report(Message::KeysLoaded(keys, problem));
        }
    }

    /// Does one thing. What is to be saved is only noted, until [`Self::save_all`].
    pub(super) fn take(&mut self, effect: Effect, report: &mut dyn FnMut(Message)) {
        match effect {
            Effect::Save { receipt, content } => {
                let file = self.file_of(&content);
                let noted = self.journals.noted(&receipt.kept);
                self.unsaved.insert(file, Save { receipt, content, noted });
            }
            Effect::Journal { annotator, entry, .. } => self.journals.note(&annotator, *entry),
            Effect::OpenProject { folder, nearest, annotator, file, stopped } => {
                self.save_all(report);
                let begin = Begin { file: file.as_deref(), stopped: &stopped };
                self.open_project(&folder, nearest, &annotator, &begin, report);
            }
            Effect::LoadDocument { project, document, annotator } => {
                self.save_all(report);
                let start = Instant::now();
                let loaded = self.load(&project, &document, &annotator, report);
                report(match loaded {
                    Ok(loaded) => {
                        log::info!("read {document} in {:.1?}", start.elapsed());
                        Message::DocumentLoaded(Box::new(loaded))
                    }
                    Err(problem) => Message::DocumentFailed(document, problem),
                });
            }
            Effect::LoadDecisions { project, annotator } => {
                self.save_all(report);
                if let Some(watch) = self.watch.as_mut() {
                    watch.work_as(&annotator);
                }
                let before = self.resumed.remove(&annotator);
                let resumed = before.unwrap_or_else(|| self.resume(&project, &annotator));
                let (store, decisions, problem) = DecisionStore::load(&project, &annotator);
                let file = DecisionStore::file(&project, &annotator);
                self.stores.insert(file, Store::Decisions(Box::new(store)));
                let others = self.others_decisions(&project, &annotator);
                let annotators = project.annotators_with_sets();
                report(Message::DecisionsLoaded {
                    project,
                    annotator,
                    decisions,
                    others,
                    annotators,
                    problem,
                    resumed: Box::new(resumed),
                });
            }
            Effect::Reanchor { number, project, document, annotator } => {
                self.save_all(report);
                let found = reanchor(&project, &annotator, &document);
                report(Placing::Found(number, found.map(|found| found.map(Box::new))).into());
            }
            Effect::BringOver { number, project, found, places } => {
                let result = found.write(&project, &places).map(drop);
                let result = result.map_err(|error| match error {
                    SaveError::OtherText => AGAIN.to_owned(),
                    error => error.to_string(),
                });
                report(Placing::Written(number, result).into());
            }
            Effect::SortDrop(paths) => {
                let (folders, files) = paths.into_iter().partition(|path| path.is_dir());
                report(Message::DropSorted { folders, files });
            }
            Effect::SetAside(kept) => {
                let found = self.unsaved.iter().find(|(_, save)| save.receipt.kept == kept);
                let Some((file, save)) = found else { return };
                let aside = self.stores.get_mut(file).map(Store::set_aside);
                match aside {
                    Some(Ok(copy)) => report(Message::SetAside(copy)),
                    Some(Err(error)) => report(Message::SaveFailed(save.receipt.clone(), error)),
                    None => {}
                }
            }
            Effect::AddArticles { project, files } => report(add_articles(project, &files)),
            Effect::Gather { number, project, documents, annotator, naming, always } => {
                let wanted = Wanted { documents: documents.into(), naming, always };
                self.gathering = Some(Gathering::new(number, project, annotator, wanted));
            }
            Effect::Accept { project, kept } => self.accept(&project, &kept),
            Effect::SaveElsewhere(folder) => {
                let result = self.save_elsewhere(&folder);
                report(Message::SavedElsewhere(folder, result));
            }
            Effect::MarkReportSeen(report) => {
                if let Err(error) = mark_report_seen(&report) {
                    log::warn!("{} could not be renamed: {error}", report.display());
                }
            }
            Effect::LookAround => {
                // Not everything is told, so all of it is looked at.
                if let Some(watch) = self.watch.as_mut() {
                    watch.want_all();
                }
                self.look_around(report);
            }
            Effect::WantLock => self.want_lock(report),
            Effect::StopGathering => self.gathering = None,
            // Everything else is the window's or another thread's; a retry is what
            // comes after this anyway.
            _ => {}
        }
    }

    /// Writes what is to be written; what fails stays for the next time.
    pub(super) fn save_all(&mut self, report: &mut dyn FnMut(Message)) {
        self.journals.write().into_iter().for_each(&mut *report);
        // What a journal says of a set means nothing without the text, if the set is not written.
        for content in self.unsaved.values().map(|save| &save.content) {
            if let Content::Set { project, document, .. } = content {
                keep_text(project, document);
            }
        }
        for (file, save) in std::mem::take(&mut self.unsaved) {
            let start = Instant::now();
            match self.save(&file, &save.content) {
                Ok(()) => {
                    log::info!("saved {} in {:.1?}", file.display(), start.elapsed());
                    if let Some(watch) = self.watch.as_mut() {
                        watch.forget(&file);
                    }
                    self.journals.saved_with(&save.receipt.kept, save.noted);
                    report(Message::Saved(save.receipt));
                }
                Err(SaveError::ChangedOutside | SaveError::OtherText)
                    if is_about_earlier_text(&save.content)
                        && self.put_by(&file, &save, report).is_ok() => {}
                Err(SaveError::ChangedOutside) if self.tell_of_change(&save.content, report) => {}
                Err(error) => {
                    log::warn!("{} could not be saved: {error}", file.display());
                    report(Message::SaveFailed(save.receipt.clone(), error));
                    self.unsaved.insert(file, save);
                }
            }
        }
        self.journals.write_saved();
    }

    /// Takes up an annotator's earlier work: what the files lack of it is written into them.
    pub(super) fn resume(&mut self, project: &Arc<Project>, annotator: &Annotator) -> Resumed {
        if let Some(owner) = self.locks.take(project, annotator) {
            return Resumed::elsewhere(owner);
        }
        let (said, mut problems) = self.journals.open(project, annotator);
        let mut recovered = Vec::new();
        for (kept, changes) in &said.unsaved {
            match self.recover(project, kept, changes, &said) {
                Ok(None) => {}
                Ok(Some(found)) => recovered.push(found),
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            }
            self.journals.saved(kept);
        }
        self.journals.write_saved();
        if problems.is_empty() {
            self.journals.shorten(annotator, &said);
        }
        Resumed { history: said.history, recovered, problems, elsewhere: None }
    }

    /// Writes into a file what it lacks of these changes; `None` where it lacks nothing.
    fn recover(
        &mut self,
        project: &Arc<Project>,
        kept: &Kept,
        changes: &[Change],
        said: &Journalled,
    ) -> Result<Option<Recovered>, Problem> {
        let found = match kept {
            Kept::Set(path, whose) => {
                recovering::set(project, path, whose, changes, said.texts.get(path))?
            }
            Kept::Schema => recovering::schema(project, changes)?,
            Kept::Decisions(whose) => recovering::decisions(project, whose, changes)?,
            // Keys are no part of a project.
            Kept::Keys => return Ok(None),
        };
        let Some(recovering::Found { content, brought, left, copy }) = found else {
            return Ok(None);
        };
        if let Some(content) = content {
            let file = self.file_of(&content);
            self.save(&file, &content)
                .map_err(|error| Problem::new(file, ProblemKind::Unrecovered(error.to_string())))?;
        }
        Ok(Some(Recovered { kept: kept.clone(), brought, left, copy }))
    }

    /// Whether something waits to be written.
    pub(super) fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty() || self.journals.has_unwritten()
    }

    /// Whether a file waits to be written.
    pub(super) fn is_to_write(&self, file: &Path) -> bool {
        self.unsaved.contains_key(file)
    }

    /// Whether documents are being gathered.
    pub(super) fn is_gathering(&self) -> bool {
        self.gathering.is_some()
    }

    /// Reads some of the documents that are gathered, and reports.
    pub(super) fn gather_some(&mut self, report: &mut dyn FnMut(Message)) {
        let Some(mut gathering) = self.gathering.take() else { return };
        let load = |project: &Project, path: &DocumentPath, annotator: &Annotator| {
            self.load(project, path, annotator, report)
        };
        let gathered = gathering.go_on(load);
        report(gathered);
        self.gathering = Some(gathering).filter(|gathering| !gathering.is_over());
    }

    /// Writes copies of what is not saved into another folder, each at its place below it.
    /// Returns how many.
    fn save_elsewhere(&self, folder: &Path) -> Result<usize, String> {
        for (file, save) in &self.unsaved {
            let (root, content) = match &save.content {
                Content::Set { project, document, set } => {
                    (Some(project.root()), SetStore::text(set, document))
                }
                Content::Schema { project, schema } => {
                    (Some(project.root()), SchemaStore::text(schema))
                }
                Content::Decisions { project, annotator, decisions } => {
                    (Some(project.root()), DecisionStore::content(decisions, annotator))
                }
                Content::Keys(keys) => (None, KeyStore::text(keys)),
            };
            let below = root.and_then(|root| file.strip_prefix(root).ok());
            let name = below.map(Path::as_os_str).or(file.file_name()).unwrap_or_default();
            write_copy(&Door::disk(), &folder.join(name), &content)
                .map_err(|error| error.to_string())?;
        }
        Ok(self.unsaved.len())
    }

    /// What everyone else decided, as far as it can be read. It is changed where a name is.
    fn others_decisions(
        &mut self,
        project: &Project,
        own: &Annotator,
    ) -> Vec<(Annotator, Option<Decisions>)> {
        let others = project.annotators().0.into_iter().filter(|annotator| annotator != own);
        let mut read = |annotator| {
            let (store, decisions, problem) = DecisionStore::load(project, &annotator);
            self.stores.insert(
                DecisionStore::file(project, &annotator),
                Store::Decisions(Box::new(store)),
            );
            (annotator, problem.is_none().then_some(decisions))
        };
        others.map(&mut read).collect()
    }

    /// What another program has made of a file was taken in.
    fn accept(&mut self, project: &Project, kept: &Kept) {
        let file = match kept {
            Kept::Set(document, annotator) => SetStore::file(project, annotator, document),
            Kept::Schema => SchemaStore::file(project),
            Kept::Decisions(annotator) => DecisionStore::file(project, annotator),
            Kept::Keys => return,
        };
        match self.stores.get_mut(&file) {
            Some(Store::Set(store)) => store.accept(),
            Some(Store::Schema(store)) => store.accept(),
            Some(Store::Decisions(store)) => store.accept(),
            Some(Store::Keys(_)) | None => {}
        }
    }

    fn file_of(&self, content: &Content) -> PathBuf {
        match content {
            Content::Set { project, document, set } => {
                SetStore::file(project, set.annotator(), &document.path)
            }
            Content::Schema { project, .. } => SchemaStore::file(project),
            Content::Decisions { project, annotator, .. } => {
                DecisionStore::file(project, annotator)
            }
            Content::Keys(_) => self.keys_file.clone().unwrap_or_default(),
        }
    }

    fn save(&mut self, file: &Path, content: &Content) -> Result<(), SaveError> {
        let store = self.stores.entry(file.to_path_buf());
        let store = store.or_insert_with(|| match content {
            Content::Set { project, document, set } => {
                Store::Set(Box::new(SetStore::load(project, set.annotator(), document).0))
            }
            Content::Schema { project, .. } => Store::Schema(SchemaStore::load(project).0),
            Content::Decisions { project, annotator, .. } => {
                Store::Decisions(Box::new(DecisionStore::load(project, annotator).0))
            }
            Content::Keys(_) => {
                Store::Keys(KeyStore::load_through(self.files.clone(), file.to_path_buf()).0)
            }
        });
        match (store, content) {
            (Store::Set(store), Content::Set { document, set, .. }) => store.save(set, document),
            (Store::Schema(store), Content::Schema { schema, .. }) => store.save(schema),
            (Store::Decisions(store), Content::Decisions { decisions, .. }) => {
                store.save(decisions)
            }
            (Store::Keys(store), Content::Keys(keys)) => store.save(keys),
            _ => Err(SaveError::Unfaithful("two kinds of files have one name".to_owned())),
        }
    }

    pub(super) fn load(
        &mut self,
        project: &Project,
        path: &DocumentPath,
        annotator: &Annotator,
        report: &mut dyn FnMut(Message),
    ) -> Result<LoadedDocument, Problem> {
        let watched = |watch: &&mut Watch| *watch.project == *project;
        if let Some(watch) = self.watch.as_mut().filter(watched) {
            watch.note(&project.article_file(path));
        }
        let (document, mut problems) = load_document(project, path)?;
        self.put_by_earlier(project, &document, report)?;
        let mut watch = self.watch.as_mut().filter(watched);
        let mut read = |whose: &Annotator| {
            let file = SetStore::file(project, whose, path);
            // What changes while it is read is seen at the next look.
            if let Some(watch) = watch.as_mut() {
                watch.note(&file);
            }
            // What waits to be written is what the person sees, and is written over nothing but
            // what it was read from.
            if let Some(set) = self.unsaved.get(&file).and_then(Save::set) {
                return SetOnDisk::Read(set.clone());
            }
            let (store, found) = SetStore::load(project, whose, &document);
            self.stores.insert(file, Store::Set(Box::new(store)));
            found
        };
        let own = read(annotator);
        let (annotators, unfit) = project.annotators();
        problems.extend(unfit);
        let others: Vec<(Annotator, SetOnDisk)> = annotators
            .into_iter()
            .filter(|other| other != annotator)
            .map(|other| {
                let found = read(&other);
                (other, found)
            })
            .filter(|(_, found)| *found != SetOnDisk::Absent)
            .collect();
        let found = std::iter::once((annotator, &own));
        let newer = found
            .chain(others.iter().map(|(other, found)| (other, found)))
            .filter(|(_, found)| found.is_newer())
            .filter_map(|(whose, _)| newer_set(project, whose, &document))
            .collect();
        if matches!(own, SetOnDisk::Read(_)) {
            keep_text(project, &document);
        }
        let metadata = load_metadata(project, path).unwrap_or_else(|problem| {
            problems.push(problem);
            Metadata::default()
        });
        let document = Arc::new(document);
        if let Some(watch) = self.watch.as_mut().filter(|watch| *watch.project == *project) {
            watch.add(&document);
        }
        let annotator = annotator.clone();
        Ok(LoadedDocument { document, metadata, problems, annotator, own, others, newer })
    }
}

impl Store {
    fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        match self {
            Self::Set(store) => store.set_aside(),
            Self::Schema(store) => store.set_aside(),
            Self::Decisions(store) => store.set_aside(),
            Self::Keys(store) => store.set_aside(),
        }
    }
}

/// Keeps a text that is annotated. That it was not kept is told when it is missed.
fn keep_text(project: &Project, document: &Document) {
    if let Err(error) = project.keep_text(document) {
        log::warn!("the text of {} could not be kept: {error}", document.path);
    }
}
