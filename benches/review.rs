//! How fast reviewing is, beside plainly reading the project's files in the same run:
//! `cargo bench --bench review`. Five thousand articles of news length, marked up by two
//! people with 20 annotations each: 200,000 rows; another number of articles as
//! `cargo bench --bench review -- 500`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use tandai::corpus::Annotator;
use tandai::review::{
    Agreement, Arrangement, Comparison, Filter, LeftOut, Measured, Reviews, RowBlock, TableColumn,
    TableRow, TableRows, arrange, begun,
};
use tandai::session::{Saving, Session};
use tandai::storage::{Project, built_in_schema, read_entries};
use window::{Screen, frame_time, median, row};

#[path = "allocator.rs"]
mod allocator;
#[path = "news.rs"]
mod news;
#[path = "window.rs"]
mod window;

const ARTICLES: usize = 5_000;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles = asked.unwrap_or(ARTICLES);
    let folder = tempfile::tempdir().unwrap();
    news::write_project(folder.path(), articles, &["ana", "ben"]);
    let project = Project::at(folder.path()).unwrap();
    let rows = table_rows(&project);
    println!(
        "{articles} articles by two annotators, {} annotations each: {} rows",
        news::ANNOTATIONS,
        rows.count()
    );
    println!("{:<52} {:>10} {:>10} {:>8}", "", "ms", "baseline", "ratio");
    let reading = median(3, || news::read_all(folder.path(), &["ana", "ben"]));
    row(
        "read, prove and make all rows / read the files",
        median(3, || table_rows(&project)),
        reading,
    );
    row("compare all articles / read the files", median(3, || compare(&project)), reading);
    row("agreement / read the files", median(3, || measure(&project, false)), reading);
    row(
        "agreement with intervals / read the files",
        median(3, || measure(&project, true)),
        reading,
    );

    let unpacked: Vec<TableRow> = rows.iter().collect();
    let scan = median(9, || unpacked.iter().filter(|row| row.quote.contains("klaim")).count());
    let filtered = |filter: &str| {
        let filter = Filter::parse(filter).unwrap();
        let arrangement = Arrangement { filter, ..Arrangement::default() };
        median(9, || arrange(&rows, &arrangement, &Reviews::default()).len())
    };
    row("filter by a word / a plain scan of unpacked rows", filtered("klaim"), scan);
    row(
        "filter by label and attribute / a plain scan",
        filtered("label:claim attribute:directness=direct"),
        scan,
    );
    let sorted = |by| {
        let arrangement = Arrangement { by, grouped: true, ..Arrangement::default() };
        median(5, || arrange(&rows, &arrangement, &Reviews::default()).len())
    };
    row("sort and group by label / a plain scan", sorted(TableColumn::Label), scan);
    row("sort and group by quote / a plain scan", sorted(TableColumn::Quote), scan);

    let small = tempfile::tempdir().unwrap();
    news::write_project(small.path(), 2, &["ana", "ben"]);
    let table = [(Key::B, Modifiers::COMMAND)];
    let comparison = [(Key::D, Modifiers::COMMAND)];
    let few = frame_time(Some(small.path()), &table);
    let many = frame_time(Some(folder.path()), &table);
    row("two frames, a page down in the table / in 80 rows", many, few);
    let few = frame_time(Some(small.path()), &comparison);
    let many = frame_time(Some(folder.path()), &comparison);
    row("the same in a comparison / in one of 2 articles", many, few);
    let (many, taking) = settling(folder.path());
    let (few, taking_few) = settling(small.path());
    row("a key that settles a case / in 2 articles", many, few);
    row("slowest frame, what is agreed is taken over / the same", taking, taking_few);
    let (many, undoing) = tagging(folder.path());
    let (few, undoing_few) = tagging(small.path());
    row("slowest frame, a word is tagged everywhere / the same", many, few);
    row("slowest frame, that is undone / the same", undoing, undoing_few);
    let (many, undoing) = renaming(folder.path());
    let (few, undoing_few) = renaming(small.path());
    row("slowest frame, a label is renamed in all sets / the same", many, few);
    row("slowest frame, that is undone / the same", undoing, undoing_few);
}

/// How long the slowest frame is while a label is renamed in all sets, and the slowest while
/// that is undone.
fn renaming(folder: &Path) -> (Duration, Duration) {
    let mut screen = Screen::open_in_threads(Some(folder));
    screen.draw_until(|session| session.held().is_some());
    // What was decided is read first.
    screen.draw_until(|session| session.decisions().is_some());
    screen.press(Key::F2, Modifiers::NONE);
    // The sheet has the keyboard when it has been drawn.
    for _ in 0..5 {
        screen.draw(Vec::new());
    }
    // Over the sheet's pages to the name of the first label.
    for _ in 0..5 {
        screen.press(Key::Tab, Modifiers::NONE);
        screen.draw(Vec::new());
    }
    screen.press(Key::A, Modifiers::COMMAND);
    screen.draw(vec![Event::Text("assertion".to_owned())]);
    let renaming = slowest_until(&mut screen, (Key::Enter, Modifiers::NONE), |session| {
        let is_renamed = session.schema().label("assertion").is_some();
        is_renamed && session.saving() == Saving::Saved
    });
    screen.press(Key::Escape, Modifiers::NONE);
    let undoing = slowest_until(&mut screen, (Key::Z, Modifiers::COMMAND), |session| {
        session.schema().label("claim").is_some() && session.saving() == Saving::Saved
    });
    (renaming, undoing)
}

/// How long the slowest frame is while a word is tagged in all articles, and the slowest
/// while that is undone.
fn tagging(folder: &Path) -> (Duration, Duration) {
    let mut screen = Screen::open_in_threads(Some(folder));
    screen.draw_until(|session| session.held().is_some());
    screen.press(Key::End, Modifiers::COMMAND);
    screen.press(Key::ArrowLeft, Modifiers::COMMAND);
    screen.press(Key::Num2, Modifiers::NONE);
    let steps = screen.session().history().done().len();
    screen.press(Key::T, Modifiers::NONE);
    screen.draw_until(|session| session.search().is_some_and(|search| !search.progress.running));
    // What gold has decided is read first.
    let mut accepting = Duration::ZERO;
    while screen.session().verdict_counts().0 == 0 {
        screen.draw(Vec::new());
        accepting = screen.press(Key::Y, Modifiers::SHIFT);
    }
    while screen.session().task().is_some() {
        accepting = accepting.max(screen.draw(Vec::new()));
    }
    let tagging = slowest_until(&mut screen, (Key::Enter, Modifiers::COMMAND), |session| {
        session.history().done().len() > steps && session.saving() == Saving::Saved
    });
    let undoing = slowest_until(&mut screen, (Key::Z, Modifiers::COMMAND), |session| {
        session.history().done().len() == steps && session.saving() == Saving::Saved
    });
    (tagging.max(accepting), undoing)
}

/// How long the slowest frame is from a key until something is so.
fn slowest_until(
    screen: &mut Screen,
    (key, modifiers): (Key, Modifiers),
    is_so: impl Fn(&Session) -> bool,
) -> Duration {
    let mut slowest = screen.press(key, modifiers);
    let start = Instant::now();
    while !is_so(screen.session()) {
        let session = screen.session();
        let (notice, dialog, saving) = (session.notice(), session.dialog(), session.saving());
        let said = || format!("it does not come to that: {notice:?}, {dialog:?}, {saving:?}");
        assert!(start.elapsed() < Duration::from_mins(1), "{}", said());
        slowest = slowest.max(screen.draw(Vec::new()));
        std::thread::sleep(Duration::from_millis(2));
    }
    slowest
}

/// How long the slowest frame is in which keys settle cases, and the slowest while what is
/// agreed is taken over before.
fn settling(folder: &Path) -> (Duration, Duration) {
    let mut screen = Screen::open_in_threads(Some(folder));
    screen.draw_until(|session| session.held().is_some());
    screen.press(Key::J, Modifiers::COMMAND);
    screen.draw(Vec::new());
    // Until the list has followed and all is written.
    let taking = slowest_until(&mut screen, (Key::Enter, Modifiers::NONE), |session| {
        session.history().last_done().is_some() && session.saving() == Saving::Saved
    });
    let mut keys = (0..9).map(|_| {
        let key = screen.press(Key::Num1, Modifiers::NONE);
        // The next article is read.
        std::thread::sleep(Duration::from_millis(30));
        key.max(screen.draw(Vec::new()))
    });
    (keys.by_ref().max().unwrap_or_default(), taking)
}

/// What reads each of the project's entries is done on all cores.
fn each<T: Send>(project: &Project, work: impl Fn(&tandai::corpus::Entry) -> T + Sync) -> Vec<T> {
    let (annotators, _) = project.annotators();
    let (documents, _) = project.documents();
    let mut all = Vec::new();
    read_entries(
        project,
        &annotators,
        &documents,
        |_, _, read| work(&read.unwrap().0),
        |made| {
            all.push(made);
            true
        },
    );
    all
}

fn table_rows(project: &Project) -> TableRows {
    let schema = built_in_schema();
    let blocks = each(project, |entry| {
        let sets = entry.sets.iter();
        sets.flat_map(|set| RowBlock::of_set(&schema, &entry.document, set)).collect::<Vec<_>>()
    });
    let mut rows = TableRows::default();
    rows.extend(blocks.into_iter().flatten().collect());
    rows
}

fn compare(project: &Project) -> usize {
    let annotators = project.annotators().0;
    let cases = each(project, |entry| {
        let sets = begun(&annotators, entry.sets.iter());
        Comparison::of(&sets, None).cases.len()
    });
    cases.iter().sum()
}

fn measure(project: &Project, intervals: bool) -> Agreement {
    let annotators: Vec<Annotator> = project.annotators().0;
    let measured = each(project, |entry| {
        let sets: Vec<_> = entry.sets.iter().collect();
        Measured::of(&annotators, &entry.document, &sets).unwrap()
    });
    let agreement = Agreement::of(annotators, &built_in_schema(), measured, LeftOut::default());
    if !intervals {
        return agreement;
    }
    let mut numbers = fastrand::Rng::with_seed(0);
    agreement.with_intervals(|below| numbers.usize(..below))
}
