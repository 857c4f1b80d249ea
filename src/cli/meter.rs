//! How far something has come, on a terminal.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::transfer::Progress;

/// A line that shows how far something has come; nothing where nobody looks.
pub(super) struct Meter(ProgressBar);

/// Says lines above a meter.
pub(super) struct Lines(ProgressBar);

impl Meter {
    pub(super) fn new(title: &'static str) -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_message(title);
        Self(bar)
    }

    /// Shows it. Always says to go on: a terminal has its own key to stop.
    pub(super) fn show(&mut self, progress: Progress) -> bool {
        if progress.of > 0 && self.0.length().is_none() {
            self.0.set_length(progress.of as u64);
            let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
            if let Ok(style) = style {
                self.0.set_style(style);
            }
        }
        self.0.set_position(progress.done as u64);
        true
    }

    pub(super) fn lines(&self) -> Lines {
        Lines(self.0.clone())
    }

    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Lines {
    pub(super) fn say(&self, line: &str) {
        self.0.suspend(|| super::say(line));
    }
}
