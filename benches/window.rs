//! The whole window without a screen, from keys to finished triangles.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, RawInput, Rect, pos2, vec2};
use tandai::corpus::Annotator;
use tandai::session::{Message, Preferences, Session};
use tandai::storage::built_in_schema;
use tandai::ui::{App, FolderPicker, Work};

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

/// The time from input to finished triangles of the two frames in which a page is turned,
/// after these keys, which lead to where that is.
pub(crate) fn frame_time(folder: Option<&Path>, keys: &[(Key, Modifiers)]) -> Duration {
    let context = egui::Context::default();
    let ana = Annotator::new("ana").unwrap();
    let session = Session::new(built_in_schema(), ana, Preferences::default(), || 1);
    let start =
        folder.map(|folder| Message::OpenFolder { folder: folder.to_path_buf(), file: None });
    let mut app = App::new(&context, session, Work::inline(None), Box::new(NoPicker), start);
    let mut frame = eframe::Frame::_new_kittest();
    let mut draw = |events: Vec<Event>| {
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
    let press = |(key, modifiers)| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    for _ in 0..5 {
        draw(Vec::new());
    }
    for key in keys {
        draw(vec![press(*key)]);
        for _ in 0..5 {
            draw(Vec::new());
        }
    }
    median(9, || {
        draw(vec![press((Key::PageDown, Modifiers::NONE))]);
        draw(Vec::new());
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

/// Prints a figure beside its baseline.
pub(crate) fn row(what: &str, time: Duration, baseline: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let ratio = ms(time) / ms(baseline).max(f64::EPSILON);
    println!("{what:<52} {:>10.3} {:>10.3} {ratio:>8.2}", ms(time), ms(baseline));
}
