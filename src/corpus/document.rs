use std::fmt;
use std::sync::Arc;

use crate::text::Text;

/// Where a document lies below `seeds/`: `/` between folders, on every system.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentPath(Arc<str>);

impl DocumentPath {
    /// A path as it stands in a set's file or comes from walking `seeds/`;
    /// `None` when it would lead out of the folder.
    #[must_use]
    pub fn new(path: &str) -> Option<Self> {
        let fit = |part: &str| !part.is_empty() && part != "." && part != "..";
        (path.split('/').all(fit) && !path.contains('\\')).then(|| Self(path.into()))
    }

    /// The path, with `/` between folders.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What datasets call the document: the path without `.txt`, but for the odd name in
    /// which another one would stay, such as `a.txt.txt`. No two documents have the same.
    #[must_use]
    pub fn id(&self) -> &str {
        let short = self.0.strip_suffix(".txt").unwrap_or(&self.0);
        if ends_as_text(short) { &self.0 } else { short }
    }

    /// The document that an id names, by ours or any other program; `None` when no
    /// document can be called so.
    #[must_use]
    pub fn of_id(id: &str) -> Option<Self> {
        if ends_as_text(id) { Self::new(id) } else { Self::new(&format!("{id}.txt")) }
    }

    /// The last part, without `.txt`.
    #[must_use]
    pub fn name(&self) -> &str {
        let file = self.0.rsplit('/').next().unwrap_or(&self.0);
        file.strip_suffix(".txt").unwrap_or(file)
    }
}

fn ends_as_text(name: &str) -> bool {
    let ending = name.len().checked_sub(4).and_then(|start| name.get(start..));
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case(".txt"))
}

impl fmt::Display for DocumentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DocumentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// The SHA-256 of a document's file, so that a set can tell whether it is still
/// about the same text. Of the bytes, not the decoded text: `sha256sum` agrees.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Digest(String);

impl Digest {
    /// A digest as 64 hexadecimal digits, in small letters.
    #[must_use]
    pub fn from_hex(hex: impl Into<String>) -> Self {
        Self(hex.into())
    }

    /// The hexadecimal digits.
    #[must_use]
    pub fn as_hex(&self) -> &str {
        &self.0
    }
}

/// One article: an immutable text with a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document {
    /// Its name and place.
    pub path: DocumentPath,
    /// Its text as decoded.
    pub text: Text,
    /// What its file's bytes come to.
    pub digest: Digest,
}
