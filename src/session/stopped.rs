//! Where a person stops, to begin there again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::selection::{Place, Selection};
use super::state::Session;
use crate::corpus::DocumentPath;
use crate::text::Offset;

/// Where a person stopped in a project.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stopped {
    /// The project's folder.
    pub project: PathBuf,
    /// The path of the document that was open.
    pub document: String,
    /// The place of the caret in it, in characters.
    pub caret: usize,
}

impl Session {
    /// Takes in among what is kept between starts where the person is in the project.
    pub fn remember_place(&mut self) {
        let (Some(project), Some(reading)) = (&self.project, &self.reading) else { return };
        self.preferences.stop(Stopped {
            project: project.root().to_path_buf(),
            document: reading.document.as_str().to_owned(),
            caret: reading.place.selection.head.get(),
        });
    }

    /// Where the caret was when the person stopped in the project.
    pub(super) fn place_before(&self) -> Option<(DocumentPath, Place)> {
        let root = self.project.as_ref()?.root();
        let stopped = self.preferences.stopped.iter().find(|one| one.project == root)?;
        let caret = Selection::caret(Offset::new(stopped.caret));
        let place = Place { selection: caret, focus: None };
        Some((DocumentPath::new(&stopped.document)?, place))
    }
}
