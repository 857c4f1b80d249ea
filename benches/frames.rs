//! Frames of the real window, one after the other as fast as they come, whatever the screen
//! shows of them: with all that the driver does, which the other figures of frames leave out.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Event, Modifiers, MouseWheelUnit, RawInput, TouchPhase, vec2};
use tandai::ui::{App, Work};

use crate::window::{app, slowest_but_one_in_a_hundred as p99};

/// Frames that are measured, after as many that are not.
const COUNT: usize = 300;

/// Opens a window on a project or an empty one, scrolls up and down, and prints the time, in
/// ms, that 99 of 100 frames take from the start of one to the start of the next.
pub(crate) fn draw(folder: Option<String>) {
    let mut options = tandai::cli::window_options();
    // As fast as they come, not as the screen shows them.
    options.glow_options.vsync = false;
    let create = Box::new(move |creation: &eframe::CreationContext<'_>| {
        let context = creation.egui_ctx.clone();
        let work = || Work::in_threads(None, move |within| context.request_repaint_after(within));
        let project = folder.as_ref().map(Path::new);
        let app = project.map(|project| app(&creation.egui_ctx, Some(project), work()));
        Ok::<Box<dyn eframe::App>, _>(Box::new(Scrolling { app, starts: Vec::new() }))
    });
    eframe::run_native("Tandai", options, create).unwrap();
}

struct Scrolling {
    /// What is in the window, if anything is.
    app: Option<App>,
    /// When each frame began.
    starts: Vec<Instant>,
}

impl eframe::App for Scrolling {
    fn raw_input_hook(&mut self, context: &egui::Context, input: &mut RawInput) {
        let up = if (self.starts.len() / 50).is_multiple_of(2) { -1.0 } else { 1.0 };
        input.events.push(Event::PointerMoved(egui::pos2(600.0, 400.0)));
        input.events.push(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, 20.0 * up),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
            source: egui::MouseWheelSource::Trackpad,
        });
        if let Some(app) = &mut self.app {
            app.raw_input_hook(context, input);
        }
    }

    fn logic(&mut self, context: &egui::Context, frame: &mut eframe::Frame) {
        if let Some(app) = &mut self.app {
            app.logic(context, frame);
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.starts.push(Instant::now());
        if let Some(app) = &mut self.app {
            app.ui(ui, frame);
        }
        if self.starts.len() > 2 * COUNT {
            let times = self.starts.iter().zip(self.starts.iter().skip(1)).skip(COUNT);
            let times = times.map(|(one, next)| next.duration_since(*one));
            println!("{:.2}", p99(times.collect::<Vec<Duration>>()).as_secs_f64() * 1000.0);
            std::process::exit(0);
        }
        ui.ctx().request_repaint();
    }
}
