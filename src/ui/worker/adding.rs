//! Files that become articles of a project.

use std::path::PathBuf;
use std::sync::Arc;

use crate::session::Message;
use crate::storage::{Arrival, Project, add_article};

/// Adds files to a project as articles, and tells what there is then.
pub(super) fn add_articles(project: Arc<Project>, files: &[PathBuf]) -> Message {
    let mut documents = Vec::new();
    let mut problems = Vec::new();
    for file in files {
        let inside = project.document_of_file(file);
        let arrival =
            inside.map_or_else(|| add_article(&project, file), |d| Ok(Arrival::AlreadyThere(d)));
        match arrival {
            Ok(Arrival::Added(document) | Arrival::AlreadyThere(document)) => {
                documents.push(document);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let all = project.documents().0;
    Message::ArticlesAdded { project, documents, problems, all }
}
