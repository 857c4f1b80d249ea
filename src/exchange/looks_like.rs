use std::fmt;

use super::conll::is_listing;
use super::format::ImportFormat;
use super::read::files_with;

/// A file that looks like one of a format.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LooksLike {
    /// The file's name.
    pub file: String,
    /// The format.
    pub format: ImportFormat,
}

/// What files of a format end with, where that tells it from others.
const MARKS: [(&str, ImportFormat); 10] = [
    ("ann", ImportFormat::Brat),
    ("jsonl", ImportFormat::Jsonl),
    ("ndjson", ImportFormat::Jsonl),
    ("parquet", ImportFormat::Parquet),
    ("conll", ImportFormat::Conll),
    ("iob", ImportFormat::Conll),
    ("iob2", ImportFormat::Conll),
    ("bio", ImportFormat::Conll),
    ("json", ImportFormat::LabelStudio),
    ("csv", ImportFormat::Csv),
];

impl LooksLike {
    /// The first of these files that looks like one of a format in which another reads nothing.
    #[must_use]
    pub fn of_another(format: ImportFormat, files: &[String]) -> Option<Self> {
        let read = read_by(format);
        let others = MARKS.into_iter().filter(|(ending, _)| !read.contains(ending));
        others.into_iter().find_map(|(ending, format)| {
            // An export as CoNLL says by a table which document each block is.
            let is_own = |file: &&str| read.contains(&"conll") && is_listing(file);
            let file = files_with(files, &[ending]).find(|file| !is_own(file))?.to_owned();
            Some(Self { file, format })
        })
    }
}

impl fmt::Display for LooksLike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} looks like {}", self.file, self.format.title())
    }
}

/// What the files end with that are read in a format.
fn read_by(format: ImportFormat) -> &'static [&'static str] {
    match format {
        ImportFormat::Brat => &["ann", "txt"],
        ImportFormat::Jsonl | ImportFormat::Doccano | ImportFormat::LabelStudio => {
            &["jsonl", "ndjson", "json"]
        }
        ImportFormat::Parquet => &["parquet"],
        ImportFormat::Conll => &["conll", "iob", "iob2", "bio", "tsv", "txt"],
        ImportFormat::Csv | ImportFormat::Text => &["csv", "tsv"],
    }
}
