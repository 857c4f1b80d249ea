use std::path::PathBuf;
use std::time::SystemTime;

use super::articles::{digest, document_of};
use super::decode::decode;
use super::door::{Kind, Look};
use super::stamp::{Stamp, is_as_it_was};
use super::{Problem, ProblemKind, Project, SetStore, articles, guarded, record};
use crate::corpus::{Annotator, Digest, DocumentPath, Status};
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
pub(super) type Before<'a> = (Stamps, &'a dyn Fn() -> Summary);

/// The same as [`summarize`], from what was found before where the files are what they were.
/// With what they are now, if that is something else and without a problem.
pub(super) fn look_at(
    project: &Project,
    annotator: &Annotator,
    path: &DocumentPath,
    before: Option<Before<'_>>,
) -> (Summary, Option<Stamps>) {
    let at = SystemTime::now();
    let article = project.article_file(path);
    let article = match project.files().look(&article) {
        Ok(look) => Looked { file: article, look, at },
        Err(error) => {
            let problem = Problem::unreadable(&article, &error);
            return (*Summary::failed(String::new(), problem), None);
        }
    };
    let set = SetStore::file(project, annotator, path);
    let set = match project.files().look_if_there(&set) {
        Ok(look) => Ok(look.map(|look| Looked { file: set, look, at })),
        Err(error) => Err(Problem::unreadable(&set, &error)),
    };
    if let (Some((stamps, summary)), Ok(set)) = (before, &set) {
        let set = set.as_ref().map(|set| &set.look);
        if stamps.article.is_of(&article.look) && is_as_it_was(stamps.set.as_ref(), set) {
            return (summary(), None);
        }
    }
    let found = match set {
        Ok(None) => start_of(project, &article),
        Ok(Some(set)) => whole(project, annotator, path, (&article, &set), before),
        Err(problem) => Err(Summary::failed(title_in(project, &article), problem)),
    };
    match found {
        Ok((summary, stamps)) => (summary, Some(stamps)),
        Err(failed) => (*failed, None),
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
        Stamp::new(&self.look, self.at, sha256)
    }
}

/// What was found; or no more than the title and what is wrong.
type Found = Result<(Summary, Stamps), Box<Summary>>;

/// An article that the annotator has not begun: no more of it is read than is needed.
fn start_of(project: &Project, article: &Looked) -> Found {
    let title =
        read_title(project, article).map_err(|problem| Summary::failed(String::new(), problem))?;
    Ok((Summary::new(title), Stamps { article: article.stamp(None), set: None }))
}

/// An article and a set, which are proved to belong together, unless both have the content
/// that they had when that was proved before.
fn whole(
    project: &Project,
    annotator: &Annotator,
    path: &DocumentPath,
    (article, set): (&Looked, &Looked),
    before: Option<Before<'_>>,
) -> Found {
    let bytes = articles::read_looked_at(project, &article.file, &article.look)
        .map_err(|problem| Summary::failed(title_in(project, article), problem))?;
    let sha256 = digest(&bytes);
    let start = bytes.get(..bytes.len().min(TITLE_BYTES)).unwrap_or_default();
    let title = title_of(start.to_vec());
    let failed = |problem| Summary::failed(title.clone(), problem);
    let content = guarded::read_looked_at(project.files(), &set.file, &set.look).map_err(failed)?;
    let set_stamp = set.stamp(Some(&digest(content.as_bytes())));
    let stamps = Stamps { article: article.stamp(Some(&sha256)), set: Some(set_stamp) };
    if let Some((known, summary)) = before
        && known.article.has_content_of(&stamps.article)
        && known.set.is_some_and(|known| known.has_content_of(&set_stamp))
    {
        return Ok((summary(), stamps));
    }
    let (document, _) = document_of(project, path, bytes, sha256);
    let set = record::read(&content, &set.file, &document, annotator).map_err(failed)?;
    let (status, counts) = (set.status(), LabelCounts::of(&set));
    Ok((Summary { status, counts, ..Summary::new(title) }, stamps))
}

/// The title of an article of which something else cannot be read.
fn title_in(project: &Project, article: &Looked) -> String {
    read_title(project, article).unwrap_or_default()
}

fn read_title(project: &Project, article: &Looked) -> Result<String, Problem> {
    if article.look.kind == Kind::Other {
        return Err(Problem::new(&article.file, ProblemKind::NotAFile));
    }
    let start = project.files().read_start(&article.file, TITLE_BYTES as u64);
    start.map(title_of).map_err(|error| Problem::unreadable(&article.file, &error))
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
