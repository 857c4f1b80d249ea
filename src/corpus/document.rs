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

    /// The path without `.txt`: what datasets call the document. One that would still
    /// end so keeps all of it, or it would be taken for another document's path.
    #[must_use]
    pub fn id(&self) -> &str {
        let id = self.0.strip_suffix(".txt").unwrap_or(&self.0);
        if id.to_ascii_lowercase().ends_with(".txt") { &self.0 } else { id }
    }

    /// The last part, without `.txt`.
    #[must_use]
    pub fn name(&self) -> &str {
        let file = self.0.rsplit('/').next().unwrap_or(&self.0);
        file.strip_suffix(".txt").unwrap_or(file)
    }
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
#[derive(Clone, PartialEq, Eq, Debug)]
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
