//! Tables: documents, spans and relations, and two small ones for what belongs to
//! sets and to documents.

use std::borrow::Cow;

use ::csv::{QuoteStyle, Terminator, Writer, WriterBuilder};

use super::context::Context;
use super::pieces::{Encoded, Frame, Piece};
use super::row::status_name;
use crate::corpus::{Annotation, AnnotationSet, Document, Entry};

pub(super) const DOCUMENTS: &str = "documents.csv";
pub(super) const SPANS: &str = "spans.csv";
pub(super) const RELATIONS: &str = "relations.csv";
pub(super) const SETS: &str = "sets.csv";
pub(super) const METADATA: &str = "metadata.csv";

/// Each table and its columns.
pub(super) const TABLES: [(&str, &[&str]); 5] = [
    (DOCUMENTS, &["doc_id", "text"]),
    (
        SPANS,
        &[
            "doc_id",
            "annotator",
            "span_id",
            "tag",
            "start",
            "end",
            "fragments",
            "text",
            "attributes",
            "note",
        ],
    ),
    (RELATIONS, &["doc_id", "annotator", "relation_id", "type", "from", "to"]),
    (SETS, &["doc_id", "annotator", "status"]),
    (METADATA, &["doc_id", "name", "value"]),
];

/// What stands between the quotes of fragments in one cell.
pub(super) const BETWEEN_QUOTES: &str = " … ";
/// What tells Excel that a file is UTF-8.
pub(super) const MARK: &str = "\u{feff}";

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let excel = context.options.excel;
    let document = &entry.document;
    let id = document.path.id();
    let [mut documents, mut metadata, mut sets, mut spans, mut relations] =
        std::array::from_fn(|_| Rows::new(excel));
    documents.push(&[id, document.text.as_str()]);
    for (name, value) in &entry.metadata {
        metadata.push(&[id, name, value]);
    }
    for set in &entry.sets {
        let annotator = set.annotator().as_str();
        sets.push(&[id, annotator, status_name(set.status())]);
        for annotation in set.annotations() {
            spans.push(&span_cells(annotation, set, document).each_ref().map(|cell| &**cell));
        }
        for relation in set.relations() {
            let (from, to) = (relation.from.as_str(), relation.to.as_str());
            relations.push(&[id, annotator, relation.id.as_str(), &relation.label, from, to]);
        }
    }
    let tables = [
        (DOCUMENTS, documents),
        (METADATA, metadata),
        (SETS, sets),
        (SPANS, spans),
        (RELATIONS, relations),
    ];
    let pieces = tables.into_iter().filter_map(|(table, rows)| {
        let rows = rows.finish();
        (!rows.is_empty()).then(|| Piece::new(context.file(document, table), rows))
    });
    Encoded { pieces: pieces.collect(), ..Encoded::default() }
}

/// The head of a table's file.
pub(super) fn frame(file: &str, excel: bool) -> Frame {
    let name = file.rsplit('/').next().unwrap_or(file);
    let Some((_, columns)) = TABLES.iter().find(|(table, _)| *table == name) else {
        return Frame::default();
    };
    let mark = if excel { MARK } else { "" };
    let mut head = mark.as_bytes().to_vec();
    head.extend(row(columns, false));
    Frame { head, ..Frame::default() }
}

fn span_cells<'a>(
    annotation: &'a Annotation,
    set: &'a AnnotationSet,
    document: &'a Document,
) -> [Cow<'a, str>; 10] {
    let extent = annotation.fragments.extent();
    let fragments = annotation
        .fragments
        .iter()
        .map(|span| format!("{}-{}", span.start().get(), span.end().get()));
    let quotes = annotation.fragments.iter().map(|span| document.text.slice(span.range()));
    [
        document.path.id().into(),
        set.annotator().as_str().into(),
        annotation.id.as_str().into(),
        (&*annotation.label).into(),
        extent.start.get().to_string().into(),
        extent.end.get().to_string().into(),
        fragments.collect::<Vec<_>>().join(";").into(),
        quotes.collect::<Vec<_>>().join(BETWEEN_QUOTES).into(),
        serde_json::to_string(&annotation.attributes).unwrap_or_default().into(),
        annotation.note.as_str().into(),
    ]
}

/// One row.
pub(super) fn row(cells: &[&str], excel: bool) -> Vec<u8> {
    let mut rows = Rows::new(excel);
    rows.push(cells);
    rows.finish()
}

/// Rows as RFC 4180 has them. For Excel, what it would take for a formula is made a text by
/// an apostrophe.
struct Rows {
    /// Begun with the first row: most documents have no rows of some tables.
    writer: Option<Writer<Vec<u8>>>,
    excel: bool,
}

impl Rows {
    fn new(excel: bool) -> Self {
        Self { writer: None, excel }
    }

    fn push(&mut self, cells: &[&str]) {
        let writer = self.writer.get_or_insert_with(|| {
            WriterBuilder::new()
                .terminator(Terminator::CRLF)
                .quote_style(QuoteStyle::Necessary)
                .from_writer(Vec::new())
        });
        let written = if self.excel {
            writer.write_record(cells.iter().map(|cell| as_text(cell)))
        } else {
            writer.write_record(cells)
        };
        // Never: writing to memory cannot fail. It would not read back either.
        if written.is_err() {
            self.writer = None;
        }
    }

    fn finish(self) -> Vec<u8> {
        self.writer.and_then(|writer| writer.into_inner().ok()).unwrap_or_default()
    }
}

fn as_text(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// What Excel takes for a formula, or what [`as_text`] would be taken for.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell as it was before [`as_text`].
pub(super) fn without_apostrophe(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}
