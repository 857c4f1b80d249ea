//! Which format writes what.

use super::context::Context;
use super::format::Format;
use super::loss::Loss;
use super::options::ExportOptions;
use super::pieces::{Encoded, Frame, Piece};
use super::split::Split;
use super::tally::Tally;
use super::{brat, card, conll, csv, doccano, html, jsonl, label_studio, row, spacy, w3c};
use crate::corpus::{AnnotationSet, Entry, Status};

/// What of a document is exported.
pub struct Chosen {
    /// The document with the sets that were asked for; `None` where it has no place.
    pub entry: Option<Entry>,
    /// What is left out because something else was.
    pub losses: Vec<Loss>,
}

/// Picks what is asked for and has a place in a format: not who has not begun, where that would
/// be somebody who has found nothing.
pub fn choose(format: Format, entry: Entry, options: &ExportOptions) -> Chosen {
    let (mut entry, losses) = options.select(entry);
    if let Some(entry) = entry.as_mut().filter(|_| !format.tells_who_has_begun()) {
        let was_looked_at =
            |set: &AnnotationSet| !matches!(set.status(), Status::New | Status::Skipped);
        entry.sets.retain(|set| was_looked_at(set) || !set.annotations().is_empty());
    }
    Chosen { entry, losses }
}

/// Why the program that a format is for will refuse a document, if it will.
pub fn refused(format: Format, entry: &Entry) -> Option<&'static str> {
    let empty = entry.document.text.as_str().is_empty();
    (format == Format::Doccano && empty)
        .then_some("doccano will refuse it, because it takes no empty text")
}

/// What a document comes to in a format.
/// `number` is its place in the project, from 0.
pub fn encode(format: Format, entry: &Entry, number: usize, context: &Context) -> Encoded {
    match format {
        Format::Parquet => {
            Encoded { row: Some(row::row_of(entry).into_owned()), ..Encoded::default() }
        }
        Format::Jsonl => jsonl::encode(entry, context),
        Format::Spacy => spacy::encode(entry, context),
        Format::Conll => conll::encode(entry, context),
        Format::Brat => brat::encode(entry, context),
        Format::Csv => csv::encode(entry, context),
        Format::LabelStudio => label_studio::encode(entry, number, context),
        Format::Doccano => doccano::encode(entry, context),
        Format::W3c => w3c::encode(entry, context),
        Format::Html => html::encode(entry, context),
    }
}

/// What stands around the pieces of a file.
pub fn frame(format: Format, file: &str, context: &Context) -> Frame {
    match format {
        Format::Csv => csv::frame(file, context.options.excel),
        Format::LabelStudio => label_studio::frame(file),
        Format::W3c => w3c::frame(file),
        Format::Html => html::frame(file),
        Format::Conll if file.ends_with(conll::LISTING) => {
            Frame { head: conll::listing_row(&["annotator", "doc_id"]), ..Frame::default() }
        }
        _ => Frame::default(),
    }
}

/// The files that tell of the whole, and those that have to be there even if they are
/// empty.
pub fn closing(
    format: Format,
    context: &Context,
    tally: &Tally,
    split: Option<&Split>,
) -> Vec<Piece> {
    let folders: Vec<String> = match split {
        Some(_) => context.part_names().iter().map(|part| format!("{part}/")).collect(),
        None => vec![String::new()],
    };
    let everywhere = |file: &str, content: String| -> Vec<Piece> {
        let piece = |folder: &String| Piece::new(format!("{folder}{file}"), content.as_bytes());
        folders.iter().map(piece).collect()
    };
    let mut files = match format {
        Format::Parquet | Format::Jsonl => {
            at_top("README.md", card::card(format, context, tally, split))
        }
        Format::Spacy => at_top(SPACY_SCRIPT, SPACY_LINES.to_owned()),
        Format::Brat => {
            let mut files =
                everywhere(brat::ANNOTATION_CONF, brat::annotation_conf(&context.schema));
            if let Some(names) = brat::visual_conf(&context.schema) {
                files.extend(everywhere(brat::VISUAL_CONF, names));
            }
            files
        }
        Format::LabelStudio => at_top("label_config.xml", label_studio::config(&context.schema)),
        Format::Csv => {
            // Tables without rows are tables all the same.
            let tables = csv::TABLES.iter();
            tables.flat_map(|(table, _)| everywhere(table, String::new())).collect()
        }
        _ => Vec::new(),
    };
    if let Some(split) = split {
        let json = serde_json::to_string_pretty(split).unwrap_or_default() + "\n";
        files.extend(at_top("splits.json", json));
    }
    files
}

fn at_top(file: &str, content: String) -> Vec<Piece> {
    vec![Piece::new(file, content)]
}

const SPACY_SCRIPT: &str = "make_docbin.py";
const SPACY_LINES: &str = r#"# Makes NAME.spacy, which spaCy trains from, of each NAME.jsonl beside this script.
import json
import pathlib

import spacy
from spacy.tokens import Doc, DocBin

vocab = spacy.blank("xx").vocab
for lines in sorted(pathlib.Path(__file__).parent.rglob("*.jsonl")):
    docs = DocBin(store_user_data=True)
    # Only line feeds end a line here; Python would break at other characters too.
    for line in open(lines, encoding="utf-8", newline="\n"):
        row = json.loads(line)
        doc = Doc(vocab).from_json(row)
        doc.user_data.update(doc_id=row["doc_id"], relations=row["relations"])
        docs.add(doc)
    docs.to_disk(lines.with_suffix(".spacy"))
    print(lines.with_suffix(".spacy"), len(docs), "documents")
"#;
