use std::path::PathBuf;
use std::time::SystemTime;

use super::articles::{digest, document_of, read_bytes};
use super::decode::decode;
use super::door::{Kind, Look};
use super::guarded::{is_absence, read_looked};
use super::stamp::Stamp;
use super::{Problem, ProblemKind, Project, SetStore, record};
use crate::corpus::{Annotator, Digest, Document, DocumentPath, Status};
use crate::review::LabelCounts;

/// How much of an article is read for its title, in bytes.
const TITLE_BYTES: usize = 600;

/// What the list of documents shows of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Summary {
    /// The start of the article's first line that is not blank; empty for an empty article.
    pub title: String,
    /// How far the annotator has come.
    pub status: Status,
    /// How many annotations of each label the annotator has made.
    pub counts: LabelCounts,
    /// What keeps the set or the article from being read.
    pub problem: Option<Problem>,
}

/// Looks at one document and the annotator's set about it.
pub fn summarize(project: &Project, annotator: &Annotator, path: &DocumentPath) -> Summary {
    look_at(project, annotator, path, None).0
}

/// What was found about one document, and what its files were then.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) article: Stamp,
    /// `None` where the annotator had not begun.
    pub(super) set: Option<Stamp>,
    pub(super) summary: Summary,
}

/// The same as [`summarize`], from what is known where the files are what they were. What is
/// known afterwards, if it is something else; a summary with a problem is not to be relied on.
pub(super) fn look_at(
    project: &Project,
    annotator: &Annotator,
    path: &DocumentPath,
    known: Option<&Known>,
) -> (Summary, Option<Known>) {
    let at = SystemTime::now();
    let file = project.article_file(path);
    let set_file = SetStore::file(project, annotator, path);
    let failed = |title: String, problem: Problem| {
        let counts = LabelCounts::default();
        (Summary { title, status: Status::New, counts, problem: Some(problem) }, None)
    };
    let article = match project.files().look(&file) {
        Ok(look) => look,
        Err(error) => return failed(String::new(), Problem::unreadable(&file, &error)),
    };
    let set = match project.files().look(&set_file) {
        Ok(look) => Some(look),
        Err(error) if is_absence(&error) => None,
        Err(error) => return failed(String::new(), Problem::unreadable(&set_file, &error)),
    };
    if let Some(known) = known
        && known.article.is_of(&article)
        && is_of(known.set.as_ref(), set.as_ref())
    {
        return (known.summary.clone(), None);
    }
    if article.kind == Kind::Other {
        return failed(String::new(), Problem::new(file, ProblemKind::NotAFile));
    }
    let article = Looked { file, look: article, at };
    let Some(set) = set else {
        return match start_of(project, &article) {
            Ok(known) => found(known),
            Err(problem) => failed(String::new(), problem),
        };
    };
    let (bytes, sha256) = match read_bytes(project, &article.file, &article.look) {
        Ok(read) => read,
        Err(problem) => {
            let start = start_of(project, &article);
            return failed(start.map(|known| known.summary.title).unwrap_or_default(), problem);
        }
    };
    let start = bytes.get(..bytes.len().min(TITLE_BYTES)).unwrap_or_default();
    let title = title_of(start.to_vec());
    let set = Looked { file: set_file, look: set, at };
    let stamp = article.stamp(Some(&sha256));
    let text = || document_of(project, path, bytes, sha256).0;
    match whole(project, annotator, stamp, text, &set, &title, known) {
        Ok(known) => found(known),
        Err(problem) => failed(title, problem),
    }
}

fn found(known: Known) -> (Summary, Option<Known>) {
    (known.summary.clone(), Some(known))
}

fn is_of(stamp: Option<&Stamp>, look: Option<&Look>) -> bool {
    match (stamp, look) {
        (None, None) => true,
        (Some(stamp), Some(look)) => stamp.is_of(look),
        _ => false,
    }
}

/// A file that was looked at, at a time, before it is read.
struct Looked {
    file: PathBuf,
    look: Look,
    at: SystemTime,
}

impl Looked {
    fn stamp(&self, sha256: Option<&Digest>) -> Stamp {
        Stamp::new(&self.look, self.at, sha256.map(|digest| digest.as_hex().to_owned()))
    }
}

/// An article that the annotator has not begun: no more of it is read than is needed.
fn start_of(project: &Project, article: &Looked) -> Result<Known, Problem> {
    let start = project.files().read_start(&article.file, TITLE_BYTES as u64);
    let start = start.map_err(|error| Problem::unreadable(&article.file, &error))?;
    let counts = LabelCounts::default();
    let summary = Summary { title: title_of(start), status: Status::New, counts, problem: None };
    Ok(Known { article: article.stamp(None), set: None, summary })
}

/// An article and a set, which are proved to belong together, unless both have the content
/// that they had when that was proved before.
fn whole(
    project: &Project,
    annotator: &Annotator,
    article: Stamp,
    document: impl FnOnce() -> Document,
    set: &Looked,
    title: &str,
    known: Option<&Known>,
) -> Result<Known, Problem> {
    let content = read_looked(project.files(), &set.file, &set.look)?;
    let stamp = set.stamp(Some(&digest(content.as_bytes())));
    let before = known.filter(|known| {
        let before = known.set.as_ref();
        known.article.has_content_of(&article) && before.is_some_and(|s| s.has_content_of(&stamp))
    });
    let summary = if let Some(known) = before {
        known.summary.clone()
    } else {
        let set = record::read(&content, &set.file, &document(), annotator)?;
        let (title, counts) = (title.to_owned(), LabelCounts::of(&set));
        Summary { title, status: set.status(), counts, problem: None }
    };
    Ok(Known { article, set: Some(stamp), summary })
}

/// The title in the first bytes of an article.
fn title_of(mut start: Vec<u8>) -> String {
    // A character cut in two at the end must not look like another encoding.
    if let Err(error) = std::str::from_utf8(&start)
        && error.error_len().is_none()
    {
        start.truncate(error.valid_up_to());
    }
    let text = decode(start).text;
    let first =
        text.lines().map(|line| line.trim_matches(['\u{feff}', ' ', '\t'])).find(|l| !l.is_empty());
    first.unwrap_or_default().to_owned()
}
