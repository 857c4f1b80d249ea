use std::collections::BTreeMap;
use std::sync::Arc;

use super::options::ExportOptions;
use crate::corpus::{Document, Schema};

/// What the encoding of each document needs to know of the whole.
pub struct Context {
    /// The project's schema, with what the sets say beyond it.
    pub schema: Schema,
    /// What is exported, and how.
    pub options: ExportOptions,
    /// The part that each document is in, by its id; empty where there is no split.
    pub parts: BTreeMap<String, Arc<str>>,
    /// The labels that each annotator uses, for formats with a file for each.
    pub labels: BTreeMap<String, Vec<Arc<str>>>,
}

/// The part that all documents are in where there is no split.
pub(super) const WHOLE: &str = "train";

impl Context {
    /// The part that a document is in.
    pub fn part(&self, document: &Document) -> &str {
        self.parts.get(document.path.id()).map_or(WHOLE, |part| part)
    }

    /// A file in the folder of the document's part, or without one where nothing is split.
    pub(super) fn file(&self, document: &Document, name: &str) -> String {
        match self.parts.get(document.path.id()) {
            Some(part) => format!("{part}/{name}"),
            None => name.to_owned(),
        }
    }

    /// The names of the parts; one where nothing is split.
    pub(super) fn part_names(&self) -> Vec<String> {
        self.options.split.as_ref().map_or_else(
            || vec![WHOLE.to_owned()],
            |split| split.shares.iter().map(|share| share.name.clone()).collect(),
        )
    }

    /// A file's name without the folder of its part.
    pub(super) fn without_part<'a>(&self, file: &'a str) -> &'a str {
        if self.parts.is_empty() {
            return file;
        }
        let rest = file
            .split_once('/')
            .filter(|(folder, _)| self.parts.values().any(|part| **part == **folder));
        rest.map_or(file, |(_, rest)| rest)
    }
}
