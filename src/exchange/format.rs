use std::fmt;

/// A format that is exported to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Format {
    /// A Hugging Face dataset folder with Parquet files.
    Parquet,
    /// The same rows as JSON lines.
    Jsonl,
    /// spaCy's documents as JSON lines, with a script that makes a `DocBin`.
    Spacy,
    /// Four columns, a token a line.
    Conll,
    /// brat standoff: a text and a file of annotations for each document.
    Brat,
    /// Three tables and two small ones.
    Csv,
    /// Tasks of Label Studio, with its configuration.
    LabelStudio,
    /// doccano's JSON lines.
    Doccano,
    /// W3C Web Annotations.
    W3c,
    /// Pages to read and print.
    Html,
}

impl Format {
    /// All formats, the most asked for first.
    pub const ALL: [Self; 10] = [
        Self::Parquet,
        Self::Jsonl,
        Self::Spacy,
        Self::Conll,
        Self::Brat,
        Self::Csv,
        Self::LabelStudio,
        Self::Doccano,
        Self::W3c,
        Self::Html,
    ];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Jsonl => "jsonl",
            Self::Spacy => "spacy",
            Self::Conll => "conll",
            Self::Brat => "brat",
            Self::Csv => "csv",
            Self::LabelStudio => "label-studio",
            Self::Doccano => "doccano",
            Self::W3c => "w3c",
            Self::Html => "html",
        }
    }

    /// The format called so.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is called on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Parquet => "Parquet dataset",
            Self::Jsonl => "JSON lines",
            Self::Spacy => "spaCy",
            Self::Conll => "CoNLL",
            Self::Brat => "brat",
            Self::Csv => "CSV tables",
            Self::LabelStudio => "Label Studio",
            Self::Doccano => "doccano",
            Self::W3c => "Web Annotations",
            Self::Html => "Pages to read",
        }
    }

    /// What it has no place for beside what is marked, if anything; that is no loss of a mark, and
    /// not counted among the losses.
    pub fn has_no_place_for(self) -> Option<&'static str> {
        match self {
            Self::Brat => Some("titles, dates and the like, or how far one has come"),
            Self::Conll => Some(
                "titles, dates and the like, how far one has come, or what stands between tokens",
            ),
            Self::Spacy => Some("how far one has come"),
            _ => None,
        }
    }

    /// Whether it tells who has not begun a document from who has found nothing in it.
    pub(super) fn tells_who_has_begun(self) -> bool {
        !matches!(self, Self::Spacy | Self::Conll | Self::Brat)
    }

    /// Whom it is for, in a few words.
    pub fn help(self) -> &'static str {
        match self {
            Self::Parquet => "A Hugging Face dataset with its card; holds everything",
            Self::Jsonl => "The same, a line of JSON each document; holds everything",
            Self::Spacy => "spaCy documents and a script for training; no attributes, no notes",
            Self::Conll => "A token a line, for taggers; flat spans only",
            Self::Brat => "Standoff files; holds all but line ends inside spans and notes",
            Self::Csv => "Tables for spreadsheets and R; holds everything",
            Self::LabelStudio => "Tasks and their configuration; holds everything",
            Self::Doccano => "JSON lines; spans and links, no attributes, no notes",
            Self::W3c => "JSON-LD for archives; holds everything",
            Self::Html => "A page each article, with its marks and links, to print",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A format that is imported from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ImportFormat {
    /// brat standoff.
    Brat,
    /// Tandai's own rows as JSON lines.
    Jsonl,
    /// The same rows in Parquet files.
    Parquet,
    /// Columns, a token a line, the tag in the last.
    Conll,
    /// doccano's JSON lines.
    Doccano,
    /// Tasks of Label Studio.
    LabelStudio,
    /// Tandai's tables, or one table with a column of texts.
    Csv,
    /// Texts alone: a file each, or a line each.
    Text,
}

impl ImportFormat {
    /// All formats.
    pub const ALL: [Self; 8] = [
        Self::Brat,
        Self::Jsonl,
        Self::Parquet,
        Self::Conll,
        Self::Doccano,
        Self::LabelStudio,
        Self::Csv,
        Self::Text,
    ];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Brat => "brat",
            Self::Jsonl => "jsonl",
            Self::Parquet => "parquet",
            Self::Conll => "conll",
            Self::Doccano => "doccano",
            Self::LabelStudio => "label-studio",
            Self::Csv => "csv",
            Self::Text => "text",
        }
    }

    /// The format called so.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is called on the screen.
    pub fn title(self) -> &'static str {
        Format::of_name(self.name()).map_or("Texts", Format::title)
    }

    /// How the names of the files end that are read, in small letters.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Brat => &["txt", "ann", "conf"],
            Self::Jsonl | Self::Doccano => &["jsonl", "json"],
            Self::Parquet => &["parquet"],
            Self::Conll => &["conll", "iob", "bio", "iob2", "txt", "tsv"],
            Self::LabelStudio => &["json"],
            Self::Csv => &["csv"],
            Self::Text => &["txt", "csv"],
        }
    }
}

impl fmt::Display for ImportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
