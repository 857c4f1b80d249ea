//! The threads behind the window: what is saved when, and what is not forgotten.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use tandai::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Edit, Status};
use tandai::exchange::{ExportOptions, Format};
use tandai::review::Statistics;
use tandai::session::{
    Content, Effect, FirstDocument, Kept, Message, Outside, SaveReceipt, Stopped, Transfer,
};
use tandai::storage::{Project, load_document};
use tandai::transfer::ExportJob;
use tandai::ui::Work;
use tempfile::TempDir;

use crate::enduring::Memory;

/// More than anything here takes, however slow the machine.
const PATIENCE: Duration = Duration::from_mins(1);

struct Bench {
    folder: TempDir,
    project: Arc<Project>,
    work: Work,
    woken: Receiver<()>,
}

impl Bench {
    fn with_articles(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..count {
            std::fs::write(folder.path().join(format!("{at:04}.txt")), "Kim tiba.").unwrap();
        }
        let project = Project::at(folder.path()).unwrap();
        Self::on(folder, project)
    }

    fn in_memory(memory: &Memory) -> Self {
        let project = Project::through(memory.door(), Path::new("/project")).unwrap();
        Self::on(tempfile::tempdir().unwrap(), project)
    }

    fn on(folder: TempDir, project: Project) -> Self {
        let (wake, woken) = mpsc::channel();
        let work = Work::in_threads_through(project.files().clone(), None, move |_| {
            let _ = wake.send(());
        });
        Self { folder, project: Arc::new(project), work, woken }
    }

    fn document(&self) -> Arc<Document> {
        let path = DocumentPath::new("0000.txt").unwrap();
        Arc::new(load_document(&self.project, &path).unwrap().0)
    }

    fn save(&mut self, status: Status, revision: u64) {
        let document = self.document();
        let mut set = AnnotationSet::new(ana(), document.text.end());
        set.apply(Edit::SetStatus(status)).unwrap();
        let receipt = SaveReceipt { kept: Kept::Set(document.path.clone(), ana()), revision };
        let project = self.project.clone();
        let content = Content::Set { project, document, set: Arc::new(set) };
        self.work.submit(Effect::Save { receipt, content });
    }

    /// Opens the project.
    fn open(&mut self) {
        let folder = self.project.root().to_path_buf();
        let (nearest, annotator, file, stopped) = (false, ana(), None, Vec::new());
        self.work.submit(Effect::OpenProject { folder, nearest, annotator, file, stopped });
        self.wait_for(|message| matches!(message, Message::ProjectOpened(_)).then_some(()));
    }

    /// Waits until all of a project of one article has been looked at, so that it is known
    /// what was there before something else is.
    fn let_look(&self) {
        let write = |name: &str| {
            std::fs::write(self.folder.path().join(name), "Kim tiba.").unwrap();
        };
        write("new.txt");
        self.wait_for_documents(&["0000.txt", "new.txt"]);
        // The look that tells this one began when that one had ended.
        write("newer.txt");
        self.wait_for_documents(&["0000.txt", "new.txt", "newer.txt"]);
    }

    /// Waits until it is told that these are the documents.
    fn wait_for_documents(&self, expected: &[&str]) {
        self.wait_for(|message| {
            let Message::Outside(change) = message else { return None };
            let Outside::Documents { documents, .. } = *change else { return None };
            documents.iter().map(DocumentPath::as_str).eq(expected.iter().copied()).then_some(())
        });
    }

    /// Waits until it is told that these documents or the own sets about them are others.
    fn wait_for_sets(&self, expected: &[&str]) {
        self.wait_for(|message| {
            let Message::Outside(change) = message else { return None };
            let Outside::Sets { own, .. } = *change else { return None };
            own.iter().map(DocumentPath::as_str).eq(expected.iter().copied()).then_some(())
        });
    }

    /// Waits for outcomes until one is what is looked for.
    fn wait_for<T>(&self, mut look: impl FnMut(Message) -> Option<T>) -> T {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            let _ = self.woken.recv_timeout(PATIENCE);
            if let Some(found) = self.work.outcomes().into_iter().find_map(&mut look) {
                return found;
            }
        }
        panic!("it never came");
    }
}

fn ana() -> Annotator {
    Annotator::new("ana").unwrap()
}

#[test]
fn what_could_not_be_saved_is_saved_as_soon_as_it_can_be() {
    let mut bench = Bench::with_articles(1);
    let in_the_way = bench.folder.path().join("annotations");
    std::fs::write(&in_the_way, "a file where a folder must be").unwrap();
    bench.save(Status::Done, 7);
    bench.wait_for(|message| matches!(message, Message::SaveFailed(..)).then_some(()));
    std::fs::remove_file(&in_the_way).unwrap();
    let saved = bench.wait_for(|message| match message {
        Message::Saved(receipt) => Some(receipt.revision),
        _ => None,
    });
    assert_eq!(saved, 7);
    assert!(in_the_way.join("ana/0000.txt.ron").exists());
}

#[test]
fn what_was_handed_over_is_on_the_disk_when_drawing_has_failed() {
    let mut bench = Bench::with_articles(1);
    let file = bench.folder.path().join("annotations/ana/0000.txt.ron");
    let drawn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
        bench.save(Status::Done, 1);
        let Bench { work, folder, .. } = bench;
        let _folder = std::mem::ManuallyDrop::new(folder);
        let _work = work;
        // As the window does: what it holds goes as the failure passes.
        std::panic::panic_any("a fault in drawing");
    }));
    assert!(drawn.is_err());
    assert!(std::fs::read_to_string(file).unwrap().contains("status: Done"));
}

#[test]
fn what_was_handed_over_is_on_the_disk_when_the_window_is_gone() {
    let mut bench = Bench::with_articles(1);
    for revision in 1..50 {
        bench.save(if revision == 49 { Status::Done } else { Status::InProgress }, revision);
    }
    let Bench { folder, work, .. } = bench;
    drop(work);
    let saved = std::fs::read_to_string(folder.path().join("annotations/ana/0000.txt.ron"));
    assert!(saved.unwrap().contains("status: Done"));
}

/// Where the system tells of changes, these come in folders that were not there when it was
/// asked to, and in such as came in the place of others.
#[test]
fn articles_that_come_and_go_elsewhere_are_told_whatever_folder_they_lie_in() {
    let mut bench = Bench::with_articles(1);
    bench.open();
    let root = bench.folder.path().to_path_buf();
    let write = |name: &str| std::fs::write(root.join(name), "Kim tiba.").unwrap();
    write("new.txt");
    bench.wait_for_documents(&["0000.txt", "new.txt"]);
    std::fs::create_dir_all(root.join("deep/deeper")).unwrap();
    write("deep/deeper/a.txt");
    bench.wait_for_documents(&["0000.txt", "deep/deeper/a.txt", "new.txt"]);
    std::fs::rename(root.join("deep"), root.join("aside")).unwrap();
    bench.wait_for_documents(&["0000.txt", "aside/deeper/a.txt", "new.txt"]);
    std::fs::create_dir_all(root.join("deep/deeper")).unwrap();
    bench.work.submit(Effect::LookAround);
    write("deep/deeper/b.txt");
    bench.wait_for_documents(&["0000.txt", "aside/deeper/a.txt", "deep/deeper/b.txt", "new.txt"]);
    std::fs::remove_dir_all(root.join("aside")).unwrap();
    bench.wait_for_documents(&["0000.txt", "deep/deeper/b.txt", "new.txt"]);
}

#[test]
fn a_set_that_is_written_elsewhere_is_told() {
    let mut bench = Bench::with_articles(1);
    bench.open();
    let sets = bench.folder.path().join("annotations/ana");
    std::fs::create_dir_all(&sets).unwrap();
    std::fs::write(sets.join("0000.txt.ron"), "whatever it is").unwrap();
    bench.wait_for_sets(&["0000.txt"]);
}

/// What was copied with its times tells by these nothing of when it came.
#[test]
fn a_set_that_comes_with_an_old_time_is_told_whether_alone_or_with_its_folder() {
    let mut bench = Bench::with_articles(2);
    let elsewhere = tempfile::tempdir().unwrap();
    let old = std::time::SystemTime::now() - Duration::from_hours(1);
    let write = |name: &str| {
        let file = elsewhere.path().join(name);
        std::fs::write(&file, "whatever it is").unwrap();
        std::fs::File::options().append(true).open(&file).unwrap().set_modified(old).unwrap();
        file
    };
    bench.open();
    let (sets, come) = (bench.folder.path().join("annotations"), elsewhere.path().join("come"));
    std::fs::create_dir_all(&sets).unwrap();
    std::fs::create_dir(&come).unwrap();
    std::fs::rename(write("0000"), come.join("0000.txt.ron")).unwrap();
    std::fs::rename(come, sets.join("ana")).unwrap();
    bench.wait_for_sets(&["0000.txt"]);
    std::fs::rename(write("0001"), sets.join("ana/0001.txt.ron")).unwrap();
    bench.wait_for_sets(&["0001.txt"]);
    std::fs::remove_file(sets.join("ana/0000.txt.ron")).unwrap();
    bench.wait_for_sets(&["0000.txt"]);
    std::fs::rename(sets.join("ana"), elsewhere.path().join("gone")).unwrap();
    bench.wait_for_sets(&["0001.txt"]);
}

#[test]
fn somebody_elses_sets_are_told_also_those_of_somebody_new() {
    let mut bench = Bench::with_articles(2);
    let sets = bench.folder.path().join("annotations");
    std::fs::create_dir_all(sets.join("ben")).unwrap();
    bench.open();
    let wait_for_others = |bench: &Bench, document: &str, who: &[&str]| {
        bench.wait_for(|message| {
            let Message::Outside(change) = message else { return None };
            let Outside::Sets { everyone, own, others, .. } = *change else { return None };
            // What was written as the project was opened may be told once more.
            let is_told = others.iter().any(|other| other.as_str() == document);
            let names: Vec<&str> = everyone.iter().map(Annotator::as_str).collect();
            (is_told && names == who && own.is_empty()).then_some(())
        });
    };
    std::fs::write(sets.join("ben/0001.txt.ron"), "whatever it is").unwrap();
    wait_for_others(&bench, "0001.txt", &["ben"]);
    // A folder that comes with what is in it.
    let come = tempfile::tempdir().unwrap();
    std::fs::write(come.path().join("0000.txt.ron"), "whatever it is").unwrap();
    std::fs::rename(come.path(), sets.join("cem")).unwrap();
    wait_for_others(&bench, "0000.txt", &["ben", "cem"]);
    std::fs::remove_file(sets.join("ben/0001.txt.ron")).unwrap();
    wait_for_others(&bench, "0001.txt", &["ben", "cem"]);
    // And one that goes whole.
    std::fs::remove_dir_all(sets.join("cem")).unwrap();
    wait_for_others(&bench, "0000.txt", &["ben"]);
}

#[test]
fn an_article_that_is_written_elsewhere_is_told() {
    let mut bench = Bench::with_articles(2);
    bench.open();
    std::fs::write(bench.folder.path().join("0001.txt"), "Lee tiba.").unwrap();
    bench.wait_for_sets(&["0001.txt"]);
}

/// Where much has changed at once, it is not known what.
#[test]
fn all_documents_are_told_when_the_system_has_lost_count() {
    let memory = Memory::with(&[("/project/a.txt", "Kim tiba."), ("/project/b.txt", "Kim.")]);
    let memory = memory.that_tells();
    let mut bench = Bench::in_memory(&memory);
    bench.open();
    memory.lose_some();
    bench.wait_for_sets(&["a.txt", "b.txt"]);
}

/// Nobody tells of what a link leads to, so all is looked at when somebody comes back.
#[cfg(unix)]
#[test]
fn a_set_that_changes_where_a_link_leads_is_told_when_it_is_looked_around() {
    let mut bench = Bench::with_articles(1);
    let elsewhere = tempfile::tempdir().unwrap();
    let (sets, set) = (bench.folder.path().join("annotations/ana"), elsewhere.path().join("a.ron"));
    std::fs::create_dir_all(&sets).unwrap();
    std::fs::write(&set, "whatever it is").unwrap();
    let old = std::time::SystemTime::now() - Duration::from_mins(1);
    std::fs::File::options().append(true).open(&set).unwrap().set_modified(old).unwrap();
    std::os::unix::fs::symlink(&set, sets.join("0000.txt.ron")).unwrap();
    bench.open();
    bench.let_look();
    std::fs::write(&set, "it is something else").unwrap();
    bench.work.submit(Effect::LookAround);
    bench.wait_for_sets(&["0000.txt"]);
}

#[test]
fn one_begins_where_one_stopped_unless_something_else_is_named_or_it_is_gone() {
    let mut bench = Bench::with_articles(3);
    let root = bench.project.root().to_path_buf();
    let at = |project: &Path, document: &str| Stopped {
        project: project.to_path_buf(),
        document: document.to_owned(),
        caret: 3,
    };
    let elsewhere = at(Path::new("/elsewhere"), "0001.txt");
    let cases = [
        (vec![], None, "0000.txt"),
        (vec![elsewhere.clone()], None, "0000.txt"),
        (vec![elsewhere, at(&root, "0002.txt")], None, "0002.txt"),
        (vec![at(&root, "0002.txt")], Some("0001.txt"), "0001.txt"),
        (vec![at(&root, "gone.txt")], None, "0000.txt"),
        (vec![at(&root, "../0002.txt")], None, "0000.txt"),
    ];
    for (stopped, named, first) in cases {
        let (folder, file) = (root.clone(), named.map(|name| root.join(name)));
        let (nearest, annotator) = (false, ana());
        bench.work.submit(Effect::OpenProject { folder, nearest, annotator, file, stopped });
        let opened = bench.wait_for(|message| match message {
            Message::ProjectOpened(opened) => Some(opened),
            _ => None,
        });
        let Some(FirstDocument::Loaded(loaded)) = opened.first else { panic!("it is read") };
        assert_eq!(loaded.document.path.as_str(), first);
    }
}

#[test]
fn documents_for_a_large_step_come_in_parts_each_once() {
    let mut bench = Bench::with_articles(100);
    let (documents, _) = bench.project.documents();
    bench.work.submit(Effect::Gather {
        number: 1,
        project: bench.project.clone(),
        documents: documents.clone(),
        annotator: ana(),
        naming: Vec::new(),
        always: std::collections::BTreeSet::new(),
    });
    let (mut read, mut parts) = (Vec::new(), 0);
    bench.wait_for(|message| {
        let (documents, is_over) = match message {
            Message::Gathering { number: 1, done, documents } => {
                assert_eq!(done, read.len() + documents.len());
                (documents, false)
            }
            Message::Gathered { number: 1, documents, .. } => (documents, true),
            _ => return None,
        };
        parts += 1;
        read.extend(documents.into_iter().map(|loaded| loaded.document.path.clone()));
        is_over.then_some(())
    });
    assert!(parts > 1);
    assert_eq!(read, documents);
}

#[test]
fn all_articles_are_looked_at_in_the_background() {
    let mut bench = Bench::with_articles(200);
    let (project, documents) = (bench.project.clone(), bench.project.documents().0);
    bench.work.submit(Effect::Summarize { project, documents, annotator: ana() });
    let mut seen = 0;
    bench.wait_for(|message| {
        if let Message::Summarized { summaries, .. } = message {
            seen += summaries.len();
        }
        (seen == 200).then_some(())
    });
}

/// Whoever waits for it need not move the mouse.
#[test]
fn that_an_export_has_stopped_is_told() {
    let mut bench = Bench::with_articles(200);
    let job = ExportJob {
        project: (*bench.project).clone(),
        schema: tandai::storage::built_in_schema(),
        format: Format::Jsonl,
        options: ExportOptions::default(),
        strict: false,
    };
    let folder = bench.folder.path().join("dataset");
    let folder_of_export = Some(folder.clone());
    bench.work.submit(Effect::Export { number: 4, job: Box::new(job), folder: folder_of_export });
    bench.work.submit(Effect::StopTransfer);
    let is_done =
        |message: &Message| matches!(message, Message::Transfer(Transfer::ExportDone(4, _)));
    while !bench.work.outcomes().iter().any(is_done) {
        bench.woken.recv_timeout(PATIENCE).expect("it is told");
    }
    assert!(!folder.exists());
}

#[test]
fn all_articles_are_counted_in_the_background_in_parts_that_add_up() {
    let mut bench = Bench::with_articles(200);
    bench.save(Status::Done, 1);
    bench.wait_for(|message| matches!(message, Message::Saved(_)).then_some(()));
    let (project, documents) = (bench.project.clone(), bench.project.documents().0);
    let schema = Arc::new(tandai::storage::built_in_schema());
    let in_memory = std::collections::BTreeMap::new();
    bench.work.submit(Effect::Count { number: 3, project, documents, schema, in_memory });
    let (mut whole, mut seen) = (Statistics::default(), 0);
    bench.wait_for(|message| {
        let Message::Counted { number: 3, statistics, looked_at, finished, .. } = message else {
            return None;
        };
        whole.merge(*statistics);
        seen += looked_at;
        finished.then_some(())
    });
    let progress = whole.progress(&ana());
    assert_eq!((seen, progress.done, progress.new), (200, 1, 199));
    assert_eq!(whole.words(), 400);
}
