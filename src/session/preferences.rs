use std::path::PathBuf;

use super::message::Pane;
use super::stopped::Stopped;
use serde::{Deserialize, Serialize};

/// How many recent projects are remembered.
const RECENT: usize = 8;

/// What a person likes, kept between starts. Nothing here is work: it may be lost.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Whether the page is dark; `None` follows the system.
    pub dark: Option<bool>,
    /// The size of everything, 1 being the usual.
    pub zoom: f32,
    /// Whether the mouse selects whole words.
    pub snap: bool,
    /// Whether the list of articles is shown.
    pub documents: bool,
    /// Whether the inspector is shown.
    pub inspector: bool,
    /// The annotator's name, when it was changed from the system's.
    pub annotator: Option<String>,
    /// Folders of projects, the latest first.
    pub recent: Vec<PathBuf>,
    /// Where the person stopped in these, the latest first.
    pub stopped: Vec<Stopped>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            dark: None,
            zoom: 1.0,
            snap: true,
            documents: true,
            inspector: true,
            annotator: None,
            recent: Vec::new(),
            stopped: Vec::new(),
        }
    }
}

impl Preferences {
    /// Shows a side pane, or hides it.
    pub(super) fn show(&mut self, pane: Pane, shown: bool) {
        match pane {
            Pane::Documents => self.documents = shown,
            Pane::Annotations => self.inspector = shown,
        }
    }

    /// Puts a project first among the recent ones.
    pub(super) fn remember_project(&mut self, root: PathBuf) {
        self.recent.retain(|other| *other != root);
        self.recent.insert(0, root);
        self.recent.truncate(RECENT);
    }

    /// Remembers where the person stops in a project.
    pub(super) fn stop(&mut self, stopped: Stopped) {
        self.stopped.retain(|other| other.project != stopped.project);
        self.stopped.insert(0, stopped);
        self.stopped.truncate(RECENT);
    }

    /// One step larger or smaller, between half and three times the usual size.
    pub(super) fn zoom_by(&mut self, tenths: f32) {
        self.zoom = ((self.zoom * 10.0 + tenths).round() / 10.0).clamp(0.5, 3.0);
    }
}
