use super::decode::decode;
use super::{Problem, Project, SetOnDisk, SetStore, load_document};
use crate::corpus::{Annotator, DocumentPath, Status};
use crate::review::LabelCounts;

/// How much of an article is read for its title, in bytes.
const TITLE_BYTES: u64 = 600;

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
    let mut summary = Summary {
        title: String::new(),
        status: Status::New,
        counts: LabelCounts::default(),
        problem: None,
    };
    match title(project, path) {
        Ok(title) => summary.title = title,
        Err(problem) => summary.problem = Some(problem),
    }
    if !project.files().is_there(&SetStore::file(project, annotator, path)) {
        return summary;
    }
    match load_document(project, path) {
        Err(problem) => summary.problem = Some(problem),
        Ok((document, _)) => match SetStore::load(project, annotator, &document).1 {
            SetOnDisk::Absent => {}
            SetOnDisk::Unreadable(problem) => summary.problem = Some(problem),
            SetOnDisk::Read(set) => {
                summary.status = set.status();
                summary.counts = LabelCounts::of(&set);
            }
        },
    }
    summary
}

fn title(project: &Project, path: &DocumentPath) -> Result<String, Problem> {
    let file = project.article_file(path);
    let unreadable = |error: std::io::Error| Problem::unreadable(&file, &error);
    let mut start = project.files().read_start(&file, TITLE_BYTES).map_err(unreadable)?;
    // A character cut in two at the end must not look like another encoding.
    if let Err(error) = std::str::from_utf8(&start)
        && error.error_len().is_none()
    {
        start.truncate(error.valid_up_to());
    }
    let text = decode(start).text;
    let first =
        text.lines().map(|line| line.trim_matches(['\u{feff}', ' ', '\t'])).find(|l| !l.is_empty());
    Ok(first.unwrap_or_default().to_owned())
}
