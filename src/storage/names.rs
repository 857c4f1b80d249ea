//! How the names of documents and the paths of files belong together.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::{Problem, ProblemKind};
use crate::corpus::DocumentPath;

/// What an annotation set's file has behind the document's name.
pub(super) const SET_ENDING: &str = ".ron";

/// What is behind the name of a set's file where a set about an earlier text of its article is
/// kept beside it.
pub(super) const EARLIER: &str = ".earlier";

/// What is behind a file's name, with a number after it, where it has made way for another.
pub(super) const OTHER: &str = ".other-";

/// Bytes of the longest name that file systems allow.
const LONGEST_NAME: usize = 255;

/// Whether a file is an article.
pub(super) fn is_article(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
}

/// The document that the file at `path`, without `.` and `..`, below the folder `articles` is.
pub(super) fn document_path(articles: &Path, path: &Path) -> Result<DocumentPath, Problem> {
    let below = path.strip_prefix(articles).unwrap_or(path).to_str();
    let below = below.ok_or_else(|| Problem::new(path, ProblemKind::NameNotUnicode))?;
    let below = match MAIN_SEPARATOR {
        '/' => Cow::Borrowed(below),
        separator => Cow::Owned(below.replace(separator, "/")),
    };
    let length = below.rsplit('/').next().map_or(0, str::len);
    if let over @ 1.. = (length + SET_ENDING.len()).saturating_sub(LONGEST_NAME) {
        return Err(Problem::new(path, ProblemKind::NameTooLong(over)));
    }
    DocumentPath::new(&below).ok_or_else(|| Problem::new(path, ProblemKind::NameUnfit))
}

/// The file that a document's path names below `folder`, with `ending` behind it.
pub(super) fn file_below(folder: &Path, document: &DocumentPath, ending: &str) -> PathBuf {
    let mut path = folder.to_path_buf();
    path.extend(document.as_str().split('/'));
    let mut path = path.into_os_string();
    path.push(ending);
    PathBuf::from(path)
}
