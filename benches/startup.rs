//! The real window beside an empty one with the same options: how long it takes until the
//! seed article can be read, the memory that it holds then, what it does while nothing moves,
//! and how long a frame takes with all that the screen's driver does. Needs a display: `xvfb-run -a cargo bench --bench startup`. For another time of
//! looking than a minute, `cargo bench --bench startup -- 10`, in seconds. Linux only.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

#[path = "frames.rs"]
mod frames;
#[path = "window.rs"]
mod window;

/// What the empty window says, and what Tandai's log says, when there is something to see.
const EMPTY_READY: &str = "the empty window is there";
const READY: &str = "an article can be read";
/// The argument with which this program is an empty window.
const EMPTY: &str = "empty-window";
/// The argument with which it draws frames as fast as it can: scrolling the project that is
/// named behind it, or empty ones.
const FRAMES: &str = "frames";
/// How often each is started.
const TIMES: usize = 21;

fn main() {
    let is_asked = |word: &str| std::env::args().any(|argument| argument == word);
    if is_asked(EMPTY) {
        be_empty();
        return;
    }
    if is_asked(FRAMES) {
        frames::draw(std::env::args().next_back().filter(|folder| folder != FRAMES));
        return;
    }
    if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        println!("there is no display: xvfb-run -a cargo bench --bench startup");
        return;
    }
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let look = Duration::from_secs(asked.unwrap_or(60));
    let own = std::env::current_exe().unwrap();
    let project = tempfile::tempdir().unwrap();
    copy(Path::new(env!("CARGO_MANIFEST_DIR")), project.path());
    let preferences = tempfile::tempdir().unwrap();
    let empty = || Window::open(Command::new(&own).arg(EMPTY), EMPTY_READY, preferences.path());
    let tandai = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandai"));
        let command = command.arg(project.path()).args(["--annotator", "ana"]);
        Window::open(command.env("RUST_LOG", "tandai=info"), READY, preferences.path())
    };
    // The first time, all is read from the disk.
    drop((empty(), tandai()));
    println!("{:<52} {:>10} {:>10} {:>8}", "", "Tandai", "empty", "ratio");
    let middle = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times.get(TIMES / 2).copied().unwrap_or_default()
    };
    // In turn, so that what else the machine does meets both.
    let took = |window: Window| window.took.as_secs_f64() * 1000.0;
    let times = (0..TIMES).map(|_| (took(tandai()), took(empty())));
    let (tandais, empties) = times.unzip();
    row("start until there is something to see, ms", middle(tandais), middle(empties));
    let frame = |folder: Option<&Path>| {
        let drawn = Command::new(&own).arg(FRAMES).args(folder).output().unwrap();
        String::from_utf8(drawn.stdout).unwrap().trim().parse().unwrap()
    };
    row(
        "99 of 100 frames while scrolling, all included, ms",
        frame(Some(project.path())),
        frame(None),
    );
    let (tandai, empty) = (tandai(), empty());
    // Until both have come to rest.
    std::thread::sleep(Duration::from_secs(3));
    row("resident memory, MB", tandai.megabytes(), empty.megabytes());
    let before = (tandai.idle(), empty.idle());
    std::thread::sleep(look);
    let after = (tandai.idle(), empty.idle());
    let seconds = look.as_secs();
    let spent = |of: fn(&Idle) -> f64| (of(&after.0) - of(&before.0), of(&after.1) - of(&before.1));
    let (own, other) = spent(|idle| idle.processor);
    row(&format!("processor time in {seconds} s, nothing moving, ms"), own, other);
    let (own, other) = spent(|idle| idle.wakeups);
    row(&format!("times that a thread woke up in {seconds} s"), own, other);
}

/// The seed article and what was marked in it, in a project of their own.
fn copy(from: &Path, to: &Path) {
    for folder in ["seeds", "annotations/ana"] {
        std::fs::create_dir_all(to.join(folder)).unwrap();
        for entry in std::fs::read_dir(from.join(folder)).into_iter().flatten().flatten() {
            std::fs::copy(entry.path(), to.join(folder).join(entry.file_name())).unwrap();
        }
    }
}

fn row(what: &str, own: f64, other: f64) {
    println!("{what:<52} {own:>10.1} {other:>10.1} {:>8.2}", own / other.max(f64::EPSILON));
}

/// A window of another process.
struct Window {
    child: Child,
    took: Duration,
}

/// What a process has done so far.
struct Idle {
    /// In ms.
    processor: f64,
    wakeups: f64,
}

impl Window {
    /// Starts a program and waits until it says that there is something to see.
    fn open(command: &mut Command, ready: &str, preferences: &Path) -> Self {
        let start = Instant::now();
        command.env("XDG_DATA_HOME", preferences).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        let there = said.by_ref().map(Result::unwrap).any(|line| line.contains(ready));
        assert!(there, "the window did not open");
        let took = start.elapsed();
        // What it says further must go somewhere.
        std::thread::spawn(move || said.for_each(drop));
        Self { child, took }
    }

    fn file(&self, name: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{name}", self.child.id())).unwrap_or_default()
    }

    fn megabytes(&self) -> f64 {
        value(&self.file("status"), "VmRSS:") / 1024.0
    }

    fn idle(&self) -> Idle {
        let tasks = format!("/proc/{}/task", self.child.id());
        let mut idle = Idle { processor: 0.0, wakeups: 0.0 };
        for task in std::fs::read_dir(tasks).into_iter().flatten().flatten() {
            let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
            idle.wakeups += value(&status, "voluntary_ctxt_switches:");
            let times = std::fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
            let ran: f64 = times.split(' ').next().and_then(|ns| ns.parse().ok()).unwrap_or(0.0);
            idle.processor += ran / 1e6;
        }
        idle
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The number behind a name in a table of the system.
fn value(table: &str, name: &str) -> f64 {
    let line = table.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or_default()
}

/// An empty window, as Tandai's is without anything in it.
fn be_empty() {
    struct Empty {
        said: bool,
    }

    impl eframe::App for Empty {
        fn ui(&mut self, _: &mut egui::Ui, _: &mut eframe::Frame) {
            if !std::mem::replace(&mut self.said, true) {
                eprintln!("{EMPTY_READY}");
            }
        }
    }

    let options = tandai::cli::window_options();
    let app = Box::new(|_: &eframe::CreationContext<'_>| {
        Ok::<Box<dyn eframe::App>, _>(Box::new(Empty { said: false }))
    });
    eframe::run_native("Tandai", options, app).unwrap();
}
