//! How the names of documents and the paths of files belong together.

use std::path::{Component, Path, PathBuf};

use super::{Problem, ProblemKind};
use crate::corpus::DocumentPath;

/// What an annotation set's file has behind the document's name.
pub(super) const SET_ENDING: &str = ".ron";

/// Bytes of the longest name that file systems allow.
const LONGEST_NAME: usize = 255;

/// Whether a file is an article.
pub(super) fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
}

/// The document that the file at `path` below the folder `articles` is.
pub(super) fn document_path(articles: &Path, path: &Path) -> Result<DocumentPath, Problem> {
    let below = path.strip_prefix(articles).unwrap_or(path);
    let mut parts = Vec::new();
    for component in below.components() {
        let Component::Normal(part) = component else { continue };
        let part = part.to_str();
        parts.push(part.ok_or_else(|| Problem::new(path, ProblemKind::NameNotUnicode))?);
    }
    let length = parts.last().map_or(0, |name| name.len());
    if let over @ 1.. = (length + SET_ENDING.len()).saturating_sub(LONGEST_NAME) {
        return Err(Problem::new(path, ProblemKind::NameTooLong(over)));
    }
    DocumentPath::new(&parts.join("/")).ok_or_else(|| Problem::new(path, ProblemKind::NameUnfit))
}

/// The file that a document's path names below `folder`, with `ending` behind it.
pub(super) fn file_below(folder: &Path, document: &DocumentPath, ending: &str) -> PathBuf {
    let mut path = folder.to_path_buf();
    path.extend(document.as_str().split('/'));
    let mut path = path.into_os_string();
    path.push(ending);
    PathBuf::from(path)
}
