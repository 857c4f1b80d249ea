//! The whole window, without a screen from keys to finished triangles.
#![allow(dead_code, reason = "each benchmark has its own use for it")]

use std::hint::black_box;
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use egui::{CursorIcon, Event, Key, Modifiers, RawInput, Rect, pos2, vec2};
use tandai::corpus::Annotator;
use tandai::session::{Message, Preferences, Session};
use tandai::storage::built_in_schema;
use tandai::ui::{App, FolderPicker, Work};

/// The time between two pictures of a screen that shows 120 a second.
const REFRESH: Duration = Duration::from_micros(8_333);

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

/// The window, drawn into nothing.
pub(crate) struct Screen {
    context: egui::Context,
    app: App,
    frame: eframe::Frame,
    /// When outcomes are to be drawn, as soon as there are some.
    news: Receiver<Instant>,
    cursor: CursorIcon,
}

/// The window on a project, or on none, whose files are read and written by `work`.
pub(crate) fn app(context: &egui::Context, folder: Option<&Path>, work: Work) -> App {
    let ana = Annotator::new("ana").unwrap();
    let mut number = 0;
    let ids = move || {
        number += 1;
        number
    };
    let session = Session::new(built_in_schema(), ana, Preferences::default(), ids);
    let start =
        folder.map(|folder| Message::OpenFolder { folder: folder.to_path_buf(), file: None });
    App::new(context, session, work, Box::new(NoPicker), start)
}

impl Screen {
    /// A window on a project, or on none, whose files are read and written in threads.
    pub(crate) fn open_in_threads(folder: Option<&Path>) -> Self {
        let (wake, news) = mpsc::channel();
        let wake = Mutex::new(wake);
        let work = Work::in_threads(None, move |within| {
            let _ = wake.lock().unwrap().send(Instant::now() + within);
        });
        Self { news, ..Self::open(folder, work) }
    }

    /// A window on a project, or on none, whose files are read and written by `work`.
    pub(crate) fn open(folder: Option<&Path>, work: Work) -> Self {
        let context = egui::Context::default();
        let app = app(&context, folder, work);
        let (cursor, frame) = (CursorIcon::Default, eframe::Frame::_new_kittest());
        Self { context, app, frame, news: mpsc::channel().1, cursor }
    }

    /// What the pointer looks like where it is.
    pub(crate) fn cursor(&self) -> CursorIcon {
        self.cursor
    }

    /// What the window is about.
    pub(crate) fn session(&self) -> &Session {
        self.app.session()
    }

    /// Draws a frame, and returns what it took of the processor from input to finished
    /// triangles.
    pub(crate) fn draw(&mut self, events: Vec<Event>) -> Duration {
        let start = of_processor();
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(1240.0, 820.0));
        let input = RawInput { screen_rect: Some(screen), events, ..RawInput::default() };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let output = self.context.run_ui(input, |ui| {
            eframe::App::logic(app, ui, frame);
            eframe::App::ui(app, ui, frame);
        });
        let shapes = output.shapes.clone();
        let scale = output.pixels_per_point;
        self.cursor = output.platform_output.cursor_icon;
        output.drop_without_applying_deltas();
        black_box(self.context.tessellate(shapes, scale));
        of_processor().saturating_sub(start)
    }

    /// Draws the frame in which a key is pressed and let go, and returns how long it took.
    pub(crate) fn press(&mut self, key: Key, modifiers: Modifiers) -> Duration {
        let event =
            |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.draw(vec![event(true), event(false)])
    }

    /// Draws a frame whenever there is news, as often as a screen shows one, until something
    /// is so, for five minutes at most. Returns how long that took.
    pub(crate) fn draw_until(&mut self, is_so: impl Fn(&Session) -> bool) -> Duration {
        let start = Instant::now();
        loop {
            self.draw(Vec::new());
            if is_so(self.session()) {
                return start.elapsed();
            }
            assert!(start.elapsed() < Duration::from_mins(5), "it does not come to that");
            let soonest = Instant::now() + REFRESH;
            // A timeout, since some news comes with nobody being woken.
            let news = self.news.recv_timeout(Duration::from_millis(50));
            let mut shown = news.unwrap_or(soonest);
            loop {
                let left = shown.max(soonest).saturating_duration_since(Instant::now());
                let Ok(news) = self.news.recv_timeout(left) else { break };
                shown = shown.min(news);
            }
        }
    }
}

/// The time from input to finished triangles of the two frames in which a page is turned,
/// after these keys, which lead to where that is.
pub(crate) fn frame_time(folder: Option<&Path>, keys: &[(Key, Modifiers)]) -> Duration {
    let mut screen = Screen::open(folder, Work::inline(None));
    let rest = |screen: &mut Screen| {
        for _ in 0..5 {
            screen.draw(Vec::new());
        }
    };
    rest(&mut screen);
    for (key, modifiers) in keys {
        screen.press(*key, *modifiers);
        rest(&mut screen);
    }
    median(9, || {
        screen.press(Key::PageDown, Modifiers::NONE);
        screen.draw(Vec::new());
    })
}

/// The median time of so many runs.
pub(crate) fn median<T>(count: usize, mut work: impl FnMut() -> T) -> Duration {
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

/// What this thread has had of the processor so far, whatever others had meanwhile.
#[cfg(unix)]
fn of_processor() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// The time since it was first asked, where the system does not tell more.
#[cfg(not(unix))]
fn of_processor() -> Duration {
    static FIRST: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    FIRST.elapsed()
}

/// The time that only one of a hundred is above.
pub(crate) fn slowest_but_one_in_a_hundred(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get((times.len() * 99).div_ceil(100).saturating_sub(1)).copied().unwrap_or_default()
}

/// Prints a figure beside its baseline.
pub(crate) fn row(what: &str, time: Duration, baseline: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let ratio = ms(time) / ms(baseline).max(f64::EPSILON);
    println!("{what:<52} {:>10.3} {:>10.3} {ratio:>8.2}", ms(time), ms(baseline));
}
