//! How fast reviewing is, beside plainly reading the project's files in the same run:
//! `cargo bench --bench review`. Five thousand articles of news length, marked up by two
//! people with 20 annotations each: 200,000 rows; another number of articles as
//! `cargo bench --bench review -- 500`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{RawInput, Rect, pos2, vec2};
use tandai::corpus::Annotator;
use tandai::review::{
    Agreement, Arrangement, Comparison, Filter, Measured, Reviews, TableColumn, TableRow, arrange,
    begun,
};
use tandai::session::{Command, Message, Preferences, Session};
use tandai::storage::{Project, built_in_schema, read_entries};
use tandai::ui::{App, FolderPicker, Work};

#[path = "news.rs"]
mod news;

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
        rows.len()
    );
    println!("{:<52} {:>10} {:>10} {:>8}", "", "ms", "baseline", "ratio");
    let reading = median(3, || read_all(folder.path()));
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

    let scan = median(9, || rows.iter().filter(|row| row.quote.contains("klaim")).count());
    let filtered = |filter: &str| {
        let filter = Filter::parse(filter).unwrap();
        let arrangement = Arrangement { filter, ..Arrangement::default() };
        median(9, || arrange(&rows, &arrangement, &Reviews::default()).len())
    };
    row("filter by a word, one core / a plain scan", filtered("klaim"), scan);
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
    let few = frame_time(small.path(), Command::ShowTable);
    let many = frame_time(folder.path(), Command::ShowTable);
    row("two frames, a page down in the table / in 80 rows", many, few);
    let few = frame_time(small.path(), Command::Compare);
    let many = frame_time(folder.path(), Command::Compare);
    row("the same in a comparison / in one of 2 articles", many, few);
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

fn table_rows(project: &Project) -> Vec<Arc<TableRow>> {
    let schema = built_in_schema();
    let rows = each(project, |entry| {
        let sets = entry.sets.iter();
        let rows = sets.flat_map(|set| TableRow::of(&schema, &entry.document, set));
        rows.map(Arc::new).collect::<Vec<_>>()
    });
    rows.into_iter().flatten().collect()
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
    let agreement = Agreement::of(annotators, &built_in_schema(), measured, 0);
    if !intervals {
        return agreement;
    }
    let mut numbers = fastrand::Rng::with_seed(0);
    agreement.with_intervals(|below| numbers.usize(..below))
}

fn read_all(folder: &Path) -> usize {
    ["seeds", "annotations/ana", "annotations/ben"]
        .iter()
        .flat_map(|below| std::fs::read_dir(folder.join(below)).unwrap())
        .map(|entry| std::fs::read(entry.unwrap().path()).unwrap().len())
        .sum()
}

fn median<T>(count: usize, mut work: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..count)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn row(what: &str, time: Duration, baseline: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let ratio = ms(time) / ms(baseline).max(f64::EPSILON);
    println!("{what:<52} {:>10.3} {:>10.3} {ratio:>8.2}", ms(time), ms(baseline));
}

struct NoPicker;

impl FolderPicker for NoPicker {
    fn pick(
        &self,
        _: &eframe::Frame,
        _: &egui::Context,
    ) -> std::sync::mpsc::Receiver<Option<std::path::PathBuf>> {
        std::sync::mpsc::channel().1
    }
}

/// The time from input to finished triangles of the two frames in which the list that a
/// command opens goes on by a page.
fn frame_time(folder: &Path, command: Command) -> Duration {
    let context = egui::Context::default();
    let ana = Annotator::new("ana").unwrap();
    let session = Session::new(built_in_schema(), ana, Preferences::default(), || 1);
    let start = Message::OpenFolder { folder: folder.to_path_buf(), file: None };
    let mut app = App::new(&context, session, Work::inline(None), Box::new(NoPicker), Some(start));
    let mut frame = eframe::Frame::_new_kittest();
    let mut draw = |events: Vec<egui::Event>| {
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1240.0, 820.0));
        let input = RawInput { screen_rect: Some(screen), events, ..RawInput::default() };
        let output = context.run_ui(input, |ui| {
            eframe::App::logic(&mut app, ui, &mut frame);
            eframe::App::ui(&mut app, ui, &mut frame);
        });
        let shapes = output.shapes.clone();
        let scale = output.pixels_per_point;
        output.drop_without_applying_deltas();
        black_box(context.tessellate(shapes, scale));
    };
    let press = |key, modifiers| egui::Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    for _ in 0..5 {
        draw(Vec::new());
    }
    let key = if command == Command::Compare { egui::Key::D } else { egui::Key::B };
    draw(vec![press(key, egui::Modifiers::COMMAND)]);
    for _ in 0..5 {
        draw(Vec::new());
    }
    median(9, || {
        draw(vec![press(egui::Key::PageDown, egui::Modifiers::NONE)]);
        draw(Vec::new());
    })
}
