//! Decisions that go along with annotations which were brought to another text.

use std::path::PathBuf;

use super::{DecisionStore, Problem, Project, SaveError};
use crate::corpus::Annotator;
use crate::review::MovedAnnotations;

/// What became of decisions that were to go along.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct CarriedAlong {
    /// The files that were written.
    pub written: Vec<PathBuf>,
    /// Those that could not be, and are as they were.
    pub unwritten: Vec<(PathBuf, SaveError)>,
    /// Those that cannot be read.
    pub unread: Vec<Problem>,
}

/// Brings what these annotators decided to where the annotations are now, and writes it.
pub fn carry_decisions_along(
    project: &Project,
    annotators: &[Annotator],
    moved: &[MovedAnnotations],
) -> CarriedAlong {
    let mut carried = CarriedAlong::default();
    for annotator in annotators {
        let (mut store, before, problem) = DecisionStore::load(project, annotator);
        carried.unread.extend(problem);
        let mut decisions = before.clone();
        for one in moved {
            let decided = one.decided(&decisions);
            for (was, _) in &decided {
                decisions.remove(was);
            }
            for (_, now) in decided {
                decisions.insert(now);
            }
        }
        if decisions == before {
            continue;
        }
        let file = DecisionStore::file(project, annotator);
        match store.save(&decisions) {
            Ok(()) => carried.written.push(file),
            Err(error) => carried.unwritten.push((file, error)),
        }
    }
    carried
}
