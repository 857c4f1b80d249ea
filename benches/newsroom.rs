//! The window at the scale of a newsroom, each figure beside a baseline from the same run:
//! `cargo bench --bench newsroom`. Another number of articles as
//! `cargo bench --bench newsroom -- 1000`; a part alone as `-- article`, `-- huge`,
//! `-- project` or `-- growth`; everything small, to see that it runs, as `-- short`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::{CursorIcon, Event, Key, Modifiers, PointerButton, Pos2, pos2};
use rayon::prelude::*;
use tandai::corpus::DocumentPath;
use tandai::session::{Saving, Session};
use tandai::storage::{Project, load_document};
use window::{Screen, median, row, slowest_but_one_in_a_hundred as p99};

#[path = "allocator.rs"]
mod allocator;
#[path = "growth.rs"]
mod growth;
#[path = "news.rs"]
mod news;
#[path = "window.rs"]
mod window;

/// Articles of the large project.
const ARTICLES: usize = 100_000;
/// Frames of which the slowest but one in a hundred counts.
const FRAMES: usize = 300;

fn main() {
    env_logger::init();
    // As the window has it.
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::thread::disable_transparent_huge_pages(true) {
        println!("memory comes in pages of another size than in the window: {error}");
    }
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles: usize = asked.unwrap_or(ARTICLES);
    let parts = ["article", "huge", "project", "growth", "short"];
    let named = std::env::args().find(|argument| parts.contains(&argument.as_str()));
    let wanted = |part: &str| named.as_ref().is_none_or(|named| named == part);
    println!("{:<58} {:>10} {:>10} {:>8}", "", "ms", "baseline", "ratio");
    if named.as_deref() == Some("short") {
        large_article(100);
        large_project(600);
        growth::print(&[1, 10]);
        return;
    }
    if wanted("article") {
        large_article(10_000);
    }
    if wanted("huge") {
        huge_texts();
    }
    if wanted("project") {
        large_project(articles);
    }
    if wanted("growth") {
        growth::print(&[1, 10, 100, 1_000]);
    }
}

/// One article of 1 MB.
fn large_article(annotations: usize) {
    let folder = tempfile::tempdir().unwrap();
    news::write_large_article(folder.path(), "a.txt", 1_000_000, annotations);
    let plain = tempfile::tempdir().unwrap();
    news::write_large_article(plain.path(), "a.txt", 1_000_000, 0);
    println!("an article of 1 MB, {annotations} annotations, {} links", annotations / 2);
    let project = Project::at(folder.path()).unwrap();
    let path = DocumentPath::new("a.txt").unwrap();
    let reading = median(5, || load_document(&project, &path).unwrap());
    let opening = median(5, || opened(folder.path()));
    row("  open it to readable / reading and decoding it", opening, reading);

    let mut marked = opened(folder.path()).0;
    let mut bare = opened(plain.path()).0;
    quiet(&mut marked);
    quiet(&mut bare);
    let baseline = p99(scrolled(&mut bare));
    row("  p99 of frames, scrolling / of a plain text", p99(scrolled(&mut marked)), baseline);
    row(
        "  p99 of frames, selecting / scrolling a plain text",
        p99(selected(&mut marked)),
        baseline,
    );
    row("  p99 of frames, an edge by keys / the same", p99(moved(&mut marked)), baseline);
    row("  p99 of frames, dragging an edge / the same", p99(dragged(&mut marked)), baseline);
    let tagging = p99(keyed(&mut marked, &[(Key::Num1, Modifiers::NONE)]));
    row("  p99 of frames, tagging / the same", tagging, baseline);
    let undoing = p99(keyed(&mut marked, &[(Key::Z, Modifiers::COMMAND)]));
    row("  p99 of frames, undoing / the same", undoing, baseline);
    let edge = [(Key::Tab, Modifiers::NONE), (Key::CloseBracket, Modifiers::NONE)];
    row("  p99 of frames, moving an edge / the same", p99(keyed(&mut marked, &edge)), baseline);
    let saving = median(5, || {
        marked.press(Key::ArrowRight, Modifiers::COMMAND);
        marked.press(Key::Num2, Modifiers::NONE);
        marked.draw_until(|session| session.saving() == Saving::Saved);
    });
    let set = std::fs::read(folder.path().join("annotations/ana/a.txt.ron")).unwrap();
    let synced = median(5, || {
        let mut file = std::fs::File::create(folder.path().join("synced")).unwrap();
        file.write_all(&set).and_then(|()| file.sync_all()).unwrap();
    });
    row("  a tag until it is on the disk / writing and syncing it", saving, synced);
}

/// Texts that are much too long.
fn huge_texts() {
    let folder = tempfile::tempdir().unwrap();
    let line = news::text_of(5_000_000).replace('\n', " ");
    for (name, text) in [("50 MB", news::text_of(50_000_000)), ("one line of 5 MB", line)] {
        let _ = std::fs::remove_dir_all(folder.path().join("seeds"));
        std::fs::create_dir_all(folder.path().join("seeds")).unwrap();
        std::fs::write(folder.path().join("seeds/a.txt"), text).unwrap();
        println!("an article of {name}");
        let project = Project::at(folder.path()).unwrap();
        let path = DocumentPath::new("a.txt").unwrap();
        let reading = median(3, || load_document(&project, &path).unwrap());
        row("  open it to readable / reading and decoding it", opened(folder.path()).1, reading);
        let mut screen = opened(folder.path()).0;
        quiet(&mut screen);
        row("  p99 of frames, scrolling / the same", p99(scrolled(&mut screen)), reading);
        screen.press(Key::End, Modifiers::COMMAND);
        quiet(&mut screen);
        row("  p99 of frames at its end / the same", p99(scrolled_up(&mut screen)), reading);
    }
}

/// A folder of many articles.
fn large_project(articles: usize) {
    let folder = tempfile::tempdir().unwrap();
    news::write_project(folder.path(), articles, &["ana"]);
    println!("{articles} articles, {} annotations each", news::ANNOTATIONS);
    // What was written just now could be written again within one step of the clock of files.
    std::thread::sleep(Duration::from_secs(3));
    let listing = median(3, || listed(&folder.path().join("seeds")));
    let reading = median(3, || news::read_all(folder.path(), &["ana"]));
    let before = resident();
    let start = Instant::now();
    let mut screen = Screen::open_in_threads(Some(folder.path()));
    screen.draw_until(|session| session.held().is_some());
    row("  list of articles usable / listing the folder", start.elapsed(), listing);
    screen.draw_until(is_summed_up);
    row("  all counts there / reading the same bytes", start.elapsed(), reading);
    println!("{:<58} {:>7} MB", "  resident then, beyond what was before", resident() - before);
    row("  table of all annotations / reading the same bytes", table(&mut screen), reading);
    row("  p99 of frames, scrolling the article / a frame at rest", p99(scrolled(&mut screen)), {
        p99((0..FRAMES).map(|_| screen.draw(Vec::new())).collect())
    });
    // What is kept is written after it is shown.
    let mut kept = 0;
    while kept == 0 || kept != kept_in(folder.path()) {
        kept = kept_in(folder.path());
        quiet(&mut screen);
    }
    quiet(&mut screen);
    println!("{:<58} {:>7} MB", "  resident with the table", resident() - before);
    drop(screen);
    let start = Instant::now();
    let mut screen = Screen::open_in_threads(Some(folder.path()));
    screen.draw_until(|session| session.held().is_some());
    row("  opened again: usable / listing the folder", start.elapsed(), listing);
    screen.draw_until(is_summed_up);
    row("  opened again: all counts / listing the folder", start.elapsed(), listing);
    row("  opened again: the table too / listing the folder", table(&mut screen), listing);
    find(&mut screen, folder.path());
}

/// How many bytes are kept of a project.
fn kept_in(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder.join(".tandai/kept")).into_iter().flatten().flatten();
    files.map(|file| file.metadata().map_or(0, |data| data.len())).sum()
}

/// How long it takes until the table is complete.
fn table(screen: &mut Screen) -> Duration {
    let start = Instant::now();
    screen.press(Key::B, Modifiers::COMMAND);
    screen.draw_until(|session| {
        session
            .table()
            .is_some_and(|table| !table.progress.running && table.lines.listed() == table.count())
    });
    start.elapsed()
}

fn find(screen: &mut Screen, folder: &Path) {
    let plain = median(3, || grep(&folder.join("seeds"), "gencatan senjata membantah"));
    screen.press(Key::F, Modifiers::COMMAND | Modifiers::SHIFT);
    quiet(screen);
    let start = Instant::now();
    screen.draw(vec![Event::Text("gencatan senjata membantah".to_owned())]);
    screen.draw_until(|session| session.search().is_some_and(|search| !search.hits.is_empty()));
    row("  find a phrase: first hits / searching the same files", start.elapsed(), plain);
    screen.draw_until(|session| session.search().is_some_and(|s| !s.progress.running));
    row("  find a phrase: all hits / searching the same files", start.elapsed(), plain);
}

/// A window on a project whose article is readable, and how long that took.
fn opened(folder: &Path) -> (Screen, Duration) {
    let start = Instant::now();
    let mut screen = Screen::open_in_threads(Some(folder));
    screen.draw_until(|session| session.held().is_some());
    (screen, start.elapsed())
}

/// Draws until nothing comes any more.
fn quiet(screen: &mut Screen) {
    for _ in 0..40 {
        screen.draw(Vec::new());
        std::thread::sleep(Duration::from_millis(10));
    }
}

const WHEEL: f32 = 60.0;

fn scrolled(screen: &mut Screen) -> Vec<Duration> {
    wheeled(screen, -WHEEL)
}

fn scrolled_up(screen: &mut Screen) -> Vec<Duration> {
    wheeled(screen, WHEEL)
}

fn wheeled(screen: &mut Screen, by: f32) -> Vec<Duration> {
    screen.draw(vec![Event::PointerMoved(pos2(600.0, 400.0))]);
    let wheel = || Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, by),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
        modifiers: Modifiers::NONE,
    };
    (0..FRAMES).map(|_| screen.draw(vec![wheel()])).collect()
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }
}

/// A selection that is drawn up and down over the page.
fn selected(screen: &mut Screen) -> Vec<Duration> {
    pulled(screen, pos2(400.0, 300.0))
}

fn pulled(screen: &mut Screen, from: Pos2) -> Vec<Duration> {
    screen.draw(vec![Event::PointerMoved(from)]);
    screen.draw(vec![button(from, true)]);
    let times = (0..FRAMES)
        .map(|at| {
            let (x, y) = ((at * 7 % 400) as f32, (at * 3 % 300) as f32);
            screen.draw(vec![Event::PointerMoved(pos2(400.0 + x, 300.0 + y))])
        })
        .collect();
    screen.draw(vec![button(pos2(500.0, 400.0), false)]);
    times
}

/// An edge of a focused annotation that is dragged up and down over the page.
fn dragged(screen: &mut Screen) -> Vec<Duration> {
    screen.press(Key::Escape, Modifiers::NONE);
    screen.press(Key::Home, Modifiers::COMMAND);
    screen.press(Key::Tab, Modifiers::NONE);
    quiet(screen);
    // The pointer is another one where there is an edge to be drawn at.
    let places =
        (10..80).flat_map(|y| (40..240).map(move |x| pos2(4.0 * x as f32, 10.0 * y as f32)));
    let mut places = places.filter(|place| {
        screen.draw(vec![Event::PointerMoved(*place)]);
        screen.cursor() == CursorIcon::ResizeHorizontal
    });
    let edge = places.next();
    drop(places);
    pulled(screen, edge.unwrap())
}

/// The end of a focused annotation that is moved about by keys a character at a time.
fn moved(screen: &mut Screen) -> Vec<Duration> {
    screen.press(Key::Escape, Modifiers::NONE);
    screen.press(Key::Tab, Modifiers::NONE);
    let ways = [Key::CloseCurlyBracket, Key::OpenCurlyBracket];
    let keys = ways.into_iter().cycle();
    keys.take(FRAMES).map(|key| screen.press(key, Modifiers::NONE)).collect()
}

fn keyed(screen: &mut Screen, keys: &[(Key, Modifiers)]) -> Vec<Duration> {
    let keys = keys.iter().cycle();
    keys.take(FRAMES)
        .map(|(key, modifiers)| {
            screen.press(Key::ArrowRight, Modifiers::COMMAND);
            screen.press(*key, *modifiers)
        })
        .collect()
}

fn is_summed_up(session: &Session) -> bool {
    session.documents().rows().iter().all(|row| row.summary.is_some())
}

fn listed(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

/// What ripgrep does, by the library it is made of: bytes of files searched on all cores.
fn grep(folder: &Path, phrase: &str) -> usize {
    let files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let pattern = regex::bytes::Regex::new(&regex::escape(phrase)).unwrap();
    let count = |file| pattern.find_iter(&std::fs::read(file).unwrap()).count();
    files.par_iter().map(count).sum()
}

/// MB of memory that this process holds.
fn resident() -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<i64>().ok());
    kb.unwrap_or_default() / 1024
}
