//! `tandai [PROJECT]`: opens the window.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use clap::Args;
use eframe::NativeOptions;
use egui::ViewportBuilder;

use super::failure;
use crate::corpus::Annotator;
use crate::session::{Message, Preferences, Session};
use crate::storage::{Project, built_in_schema, unseen_report};
use crate::ui::{App, PREFERENCES, SystemPicker, Work};

/// What a bare Debian or Ubuntu lacks to show a window.
const PACKAGES: &str = "libgl1 libegl1 libgl1-mesa-dri libx11-6 libx11-xcb1 libxcursor1 libxi6 \
                        libxrandr2 libxkbcommon0 libxkbcommon-x11-0";

/// Set when there is a window to draw in: what fails before is the system's lack.
static OPENED: AtomicBool = AtomicBool::new(false);

/// What the window is opened with.
#[derive(Args)]
pub(super) struct WindowArguments {
    /// The folder of articles to open; without it, the nearest project at or
    /// above the current folder
    project: Option<PathBuf>,

    /// Whose annotations are made; without it, the name last used, or the
    /// system's user
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
}

/// Opens the window. `start` is when the program was started.
pub(super) fn open(arguments: &WindowArguments, start: Instant) -> Result<(), String> {
    let annotator = arguments.annotator.as_deref().map(Annotator::new).transpose();
    let annotator = annotator.map_err(|error| format!("--annotator: {error}"))?;
    if let Some(first) = annotator.as_ref().and_then(Annotator::first_pass) {
        return Err(format!(
            "--annotator: name {first}; in the window, “Mark up again, blind” leads to the second pass"
        ));
    }
    let folder = folder_to_open(arguments.project.as_deref())?;
    if cfg!(target_os = "linux") && !has_display() {
        return Err(no_window("there is no display"));
    }
    crate::ui::hold_small_pages(true);
    quiet_first_panic();
    let opens = folder.is_some();
    let run = || {
        eframe::run_native(
            "Tandai",
            window_options(),
            Box::new(move |creation| {
                let mut app = app(creation, annotator, folder);
                app.count_from(start);
                if opens {
                    app.wait_for_project();
                }
                Ok(Box::new(app))
            }),
        )
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(no_window(&error.to_string())),
        Err(_) if OPENED.load(Ordering::SeqCst) => {
            Err("the window failed. What was shown as saved is saved; start it again".to_owned())
        }
        Err(panic) => Err(no_window(&panic_words(&*panic))),
    }
}

/// The folder that was named, or the nearest project; `None` opens an empty window.
fn folder_to_open(named: Option<&Path>) -> Result<Option<(PathBuf, Option<PathBuf>)>, String> {
    let Some(named) = named else {
        let here = std::env::current_dir().map_err(|error| error.to_string())?;
        let nearest = Project::nearest(&here).ok();
        return Ok(nearest.map(|project| (project.root().to_path_buf(), None)));
    };
    if named.is_file() {
        let folder = named.parent().unwrap_or(Path::new(".")).to_path_buf();
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let project = Project::nearest(&folder);
        let project =
            project.map_err(|problem| format!("{}: {}", named.display(), problem.kind))?;
        return Ok(Some((project.root().to_path_buf(), Some(named.to_path_buf()))));
    }
    match Project::at(named) {
        Ok(project) => Ok(Some((project.root().to_path_buf(), None))),
        Err(problem) => Err(format!("{}: {}", named.display(), problem.kind)),
    }
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET") || set("DISPLAY")
}

fn no_window(reason: &str) -> String {
    // The windowing library names its own source file and line before the reason.
    let reason = reason.rsplit_once(".rs:").map_or(reason, |(_, rest)| {
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ')
    });
    let advice = if cfg!(target_os = "linux") {
        format!(
            "\nA window needs a running desktop and, on Debian or Ubuntu, these packages:\n  \
             apt-get install {PACKAGES}\nWithout a display: xvfb-run -a tandai"
        )
    } else {
        String::new()
    };
    format!("no window could be opened: {reason}{advice}")
}

/// The windowing library panics where a library is missing. That is said once,
/// in words, by [`open`]; of a panic later a report is written.
fn quiet_first_panic() {
    std::panic::set_hook(Box::new(move |info| {
        if OPENED.load(Ordering::SeqCst) || std::thread::current().name() != Some("main") {
            failure::report(info);
        }
    }));
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().cloned();
    words
        .or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned()))
        .unwrap_or_else(|| "the windowing library failed".to_owned())
}

/// What the window is like when it opens: for whoever compares it with another one.
pub fn window_options() -> NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_app_id("tandai")
        .with_title("Tandai")
        .with_inner_size([1240.0, 820.0])
        .with_min_inner_size([360.0, 240.0])
        .with_drag_and_drop(true);
    if let Ok(icon) = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")) {
        viewport = viewport.with_icon(icon);
    }
    NativeOptions { viewport, ..NativeOptions::default() }
}

fn app(
    creation: &eframe::CreationContext<'_>,
    annotator: Option<Annotator>,
    folder: Option<(PathBuf, Option<PathBuf>)>,
) -> App {
    OPENED.store(true, Ordering::SeqCst);
    let preferences: Preferences = creation
        .storage
        .and_then(|storage| eframe::get_value(storage, PREFERENCES))
        .unwrap_or_default();
    let annotator = annotator.unwrap_or_else(|| annotator_of(&preferences));
    let context = creation.egui_ctx.clone();
    let keys_file = eframe::storage_dir("tandai").map(|folder| folder.join("keys.ron"));
    let work = Work::in_threads(keys_file, move |within| context.request_repaint_after(within));
    let start = folder.map(|(folder, file)| Message::OpenFolder { folder, file });
    let session = Session::new(built_in_schema(), annotator, preferences, || fastrand::u64(..));
    let mut app = App::new(&creation.egui_ctx, session, work, Box::new(SystemPicker), start);
    if let Some(report) = failure::folder().and_then(|folder| unseen_report(&folder)) {
        app.offer_report(report);
    }
    app
}

/// The name last chosen, or the system's user.
fn annotator_of(preferences: &Preferences) -> Annotator {
    let chosen = preferences.annotator.as_deref().and_then(|name| Annotator::new(name).ok());
    chosen.unwrap_or_else(system_annotator)
}

/// The system's user, or at worst a stand-in.
pub(super) fn system_annotator() -> Annotator {
    let user = whoami::username().ok().and_then(|name| Annotator::new(&name).ok());
    user.or_else(|| Annotator::new("annotator").ok()).unwrap_or_else(Annotator::gold)
}
