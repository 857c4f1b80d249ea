use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::atomic;
use super::decode::decode;
use super::names::is_article;
use super::problem::plain_words;
use super::reading::ReadFile;
use super::{Problem, ProblemKind, Project};
use crate::corpus::{Digest, Document, DocumentPath};
use crate::text::Text;

/// Bytes of the largest article that is read; a thick book has two million.
const MOST_BYTES: u64 = 256 << 20;

/// Reads one article.
///
/// The problems are about how it had to be decoded; it can be annotated all the same.
///
/// # Errors
/// When the file cannot be read.
pub fn load_document(
    project: &Project,
    path: &DocumentPath,
) -> Result<(Document, Vec<Problem>), Problem> {
    let bytes = read_article(project, path)?.bytes;
    let digest = digest(&bytes);
    Ok(document_of(project, path, bytes, digest))
}

/// Reads the text of one article, for a look at many: what its bytes come to is not told.
///
/// # Errors
/// When the file cannot be read.
pub fn load_text(project: &Project, path: &DocumentPath) -> Result<Text, Problem> {
    Ok(Text::new(decode(read_article(project, path)?.bytes).text))
}

/// Reads an article's file.
pub(super) fn read_article(project: &Project, path: &DocumentPath) -> Result<ReadFile, Problem> {
    ReadFile::at(project.files(), &project.article_file(path), MOST_BYTES)
}

/// The document that an article's bytes are, and what is to be said about how they had to
/// be decoded.
pub(super) fn document_of(
    project: &Project,
    path: &DocumentPath,
    bytes: Vec<u8>,
    digest: Digest,
) -> (Document, Vec<Problem>) {
    let decoded = decode(bytes);
    let problem = decoded
        .other_encoding
        .map(|encoding| ProblemKind::NotUtf8 { encoding, lossy: decoded.lossy })
        .map(|kind| Problem::new(project.article_file(path), kind));
    let document = Document { path: path.clone(), text: Text::new(decoded.text), digest };
    (document, problem.into_iter().collect())
}

/// What became of a file that was to be added to a project.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// It was copied in as a new document.
    Added(DocumentPath),
    /// The very same article is there already, under this name.
    AlreadyThere(DocumentPath),
}

/// Copies a text file into a project as a new article, under its own name or,
/// where another article has that, the name with a number behind it.
///
/// # Errors
/// When it is not an article or cannot be read or written; nothing is changed then.
pub fn add_article(project: &Project, file: &Path) -> Result<Arrival, Problem> {
    if !is_article(file) {
        return Err(Problem::new(file, ProblemKind::NotAnArticle));
    }
    let unreadable = |error: io::Error| Problem::unreadable(file, &error);
    let bytes = project.files().read(file).map_err(unreadable)?;
    let stem = file.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.ok_or_else(|| Problem::new(file, ProblemKind::NameNotUnicode))?;
    for number in 1.. {
        let name = if number == 1 { format!("{stem}.txt") } else { format!("{stem}-{number}.txt") };
        let document =
            DocumentPath::new(&name).ok_or_else(|| Problem::new(file, ProblemKind::NameUnfit))?;
        let target = project.article_file(&document);
        match atomic::create(project.files(), &target, &bytes) {
            Ok(()) => return Ok(Arrival::Added(document)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if project.files().read(&target).is_ok_and(|there| there == bytes) {
                    return Ok(Arrival::AlreadyThere(document));
                }
            }
            Err(error) => {
                let kind = ProblemKind::Unwritable(plain_words(&error));
                return Err(Problem::new(target, kind));
            }
        }
    }
    Err(Problem::new(file, ProblemKind::NameUnfit))
}

/// The SHA-256 of a file's bytes.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    let digits = |byte: u8| [digit(byte >> 4), digit(byte & 15)];
    Digest::from_hex(Sha256::digest(bytes).into_iter().flat_map(digits).collect::<String>())
}
