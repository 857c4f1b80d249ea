use std::time::SystemTime;

use super::articles::{self, digest, document_of};
use super::decode::decode;
use super::door::Look;
use super::reading::{ReadFile, no_file};
use super::stamp::{Folders, Stamp};
use super::{Problem, Project, SetStore, guarded, sets};
use crate::corpus::{Annotator, DocumentPath, Status};
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

impl Summary {
    fn new(title: String) -> Self {
        Self { title, status: Status::New, counts: LabelCounts::default(), problem: None }
    }

    fn failed(title: String, problem: Problem) -> Box<Self> {
        Box::new(Self { problem: Some(problem), ..Self::new(title) })
    }
}

/// Looks at one document and the annotator's set about it.
pub fn summarize(project: &Project, annotator: &Annotator, path: &DocumentPath) -> Summary {
    look_at(project, annotator, path, None).0
}

/// What the two files of a document were when they were read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamps {
    pub(super) article: Stamp,
    /// `None` where the annotator had not begun.
    pub(super) set: Option<Stamp>,
}

/// What the files of a document were before, and what was found in them.
pub(super) struct Before<'a> {
    pub(super) stamps: Stamps,
    pub(super) summary: &'a dyn Fn() -> Summary,
    /// Where they are now, the annotator's alone.
    pub(super) folders: &'a Folders,
}

/// The same as [`summarize`], from what was found before where the files are what they were.
/// With what they are now, if that is something else and without a problem.
pub(super) fn look_at(
    project: &Project,
    annotator: &Annotator,
    path: &DocumentPath,
    before: Option<&Before<'_>>,
) -> (Summary, Option<Stamps>) {
    if let Some(Before { stamps, summary, folders }) = before
        && folders.are_as_they_were(path, &stamps.article, &[stamps.set])
    {
        return (summary(), None);
    }
    let set = guarded::read_work_file(project.files(), &SetStore::file(project, annotator, path));
    let found = match set {
        Ok(None) => start_of(project, path),
        Ok(Some(set)) => whole(project, annotator, path, set, before),
        Err(problem) => Err(Summary::failed(title_in(project, path), problem)),
    };
    match found {
        Ok((summary, stamps)) => (summary, Some(stamps)),
        Err(failed) => (*failed, None),
    }
}

/// What was found; or no more than the title and what is wrong.
type Found = Result<(Summary, Stamps), Box<Summary>>;

/// An article that the annotator has not begun: no more of it is read than is needed.
fn start_of(project: &Project, path: &DocumentPath) -> Found {
    let at = SystemTime::now();
    let (look, title) =
        read_title(project, path).map_err(|problem| Summary::failed(String::new(), problem))?;
    Ok((Summary::new(title), Stamps { article: Stamp::new(&look, at, None), set: None }))
}

/// An article and a set, which are proved to belong together, unless both have the content
/// that they had when that was proved before.
fn whole(
    project: &Project,
    annotator: &Annotator,
    path: &DocumentPath,
    set: ReadFile,
    before: Option<&Before<'_>>,
) -> Found {
    let article = articles::read_article(project, path)
        .map_err(|problem| Summary::failed(title_in(project, path), problem))?;
    let start = article.bytes.get(..article.bytes.len().min(TITLE_BYTES)).unwrap_or_default();
    let title = title_of(start.to_vec());
    let set_stamp = set.stamp_of_content();
    let stamps = Stamps { article: article.stamp_of_content(), set: Some(set_stamp) };
    if let Some(Before { stamps: known, summary, .. }) = before
        && known.article.has_content_of(&stamps.article)
        && known.set.is_some_and(|known| known.has_content_of(&set_stamp))
    {
        return Ok((summary(), stamps));
    }
    let sha256 = digest(&article.bytes);
    let (document, _) = document_of(project, path, article.bytes, sha256);
    match sets::read_file(set, &document, annotator) {
        Ok(set) => {
            let (status, counts) = (set.status(), LabelCounts::of(&set));
            Ok((Summary { status, counts, ..Summary::new(title) }, stamps))
        }
        Err(problem) => Err(Summary::failed(title, problem)),
    }
}

/// The title of an article of which something else cannot be read.
fn title_in(project: &Project, path: &DocumentPath) -> String {
    read_title(project, path).map_or_else(|_| String::new(), |(_, title)| title)
}

/// What an article's file is, and the title at its start.
fn read_title(project: &Project, path: &DocumentPath) -> Result<(Look, String), Problem> {
    let file = project.article_file(path);
    let read = project.files().read_start(&file, TITLE_BYTES);
    let (look, start) = read.map_err(|error| Problem::unreadable(&file, &error))?;
    no_file(&file, look.kind).map_or_else(|| Ok((look, title_of(start))), Err)
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
