//! Tandai's own rows in Parquet files.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use ::parquet::file::reader::ChunkReader;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Int32Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::DataType;
use bytes::Bytes;

use super::incoming::{Found, Place, Refusal, Source};
use super::jsonl_read::incoming_of_row;
use super::read::{bytes_of, files, hand_over, made};
use super::row::{Row, RowAttribute, RowFragment, RowRelation, RowSpan};

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["parquet"]) {
        if let Err(refusal) = read_file(source, file, found) {
            found(Err(refusal));
        }
    }
}

fn read_file(source: &dyn Source, file: &str, found: Found<'_>) -> Result<(), Refusal> {
    let bytes = Bytes::from(bytes_of(source, file)?);
    each_row(bytes, file, &mut |row, place| {
        hand_over(made(|refusals| incoming_of_row(row, place, refusals)), found);
    })
}

/// Hands over the rows of a file, in order.
///
/// # Errors
/// When it is not a Parquet file with these columns.
pub fn each_row<R: ChunkReader + 'static>(
    reader: R,
    file: &str,
    take: &mut dyn FnMut(Row<'static>, Place),
) -> Result<(), Refusal> {
    let whole = Place::new(file, 0);
    let unfit = |error: &dyn std::fmt::Display| {
        Refusal::new(&whole, format!("it is not a Parquet file that can be read ({error})"))
    };
    let built = guarded(|| {
        ParquetRecordBatchReaderBuilder::try_new(reader)
            .and_then(|builder| builder.with_batch_size(256).build())
    });
    let mut reader = built.map_err(|words| unfit(&words))?.map_err(|error| unfit(&error))?;
    let mut row = 0;
    while let Some(batch) = guarded(|| reader.next()).map_err(|words| unfit(&words))? {
        let batch = batch.map_err(|error| unfit(&error))?;
        let columns = Columns::of(&batch).map_err(|words| Refusal::new(&whole, words))?;
        for at in 0..batch.num_rows() {
            row += 1;
            take(columns.row(at), whole.at(row));
        }
    }
    Ok(())
}

/// Does what panics in the crate where figures in a file contradict each other.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| "what it says of itself cannot be")
}

struct Columns {
    id: ArrayRef,
    text: ArrayRef,
    meta: Option<ArrayRef>,
    spans: Option<ArrayRef>,
    relations: Option<ArrayRef>,
}

impl Columns {
    fn of(batch: &RecordBatch) -> Result<Self, String> {
        let column = |name: &str, is_fit: &dyn Fn(&DataType) -> bool, what: &str| {
            let column = batch.column_by_name(name);
            match column.filter(|column| !is_fit(column.data_type())) {
                Some(other) => {
                    Err(format!("its column \"{name}\" holds {}, not {what}", other.data_type()))
                }
                None => Ok(column.cloned()),
            }
        };
        let texts = |name| column(name, &is_text, "texts");
        let lists = |name| column(name, &is_list_of_structs, "lists of structures");
        let missing = |name: &str| format!("it has no column of texts called \"{name}\"");
        Ok(Self {
            id: texts("id")?.ok_or_else(|| missing("id"))?,
            text: texts("text")?.ok_or_else(|| missing("text"))?,
            meta: texts("meta")?,
            spans: lists("spans")?,
            relations: lists("relations")?,
        })
    }

    fn row(&self, at: usize) -> Row<'static> {
        let spans = self.spans.as_ref().and_then(|column| structs_at(column, at));
        let relations = self.relations.as_ref().and_then(|column| structs_at(column, at));
        Row {
            id: text_at(&self.id, at).unwrap_or_default(),
            text: text_at(&self.text, at).unwrap_or_default(),
            meta: self.meta.as_ref().and_then(|meta| text_at(meta, at)).unwrap_or_default(),
            spans: spans.map(|spans| each(&spans, span_at)).unwrap_or_default(),
            relations: relations.map(|found| each(&found, relation_at)).unwrap_or_default(),
        }
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null)
}

fn is_list_of_structs(kind: &DataType) -> bool {
    match kind {
        DataType::List(item) | DataType::LargeList(item) => {
            matches!(item.data_type(), DataType::Struct(_) | DataType::Null)
        }
        other => *other == DataType::Null,
    }
}

fn each<T>(structs: &StructArray, read: impl Fn(&StructArray, usize) -> T) -> Vec<T> {
    (0..structs.len()).map(|at| read(structs, at)).collect()
}

fn span_at(spans: &StructArray, at: usize) -> RowSpan<'static> {
    let text = |name| field_text(spans, name, at);
    let fragments = spans.column_by_name("fragments").and_then(|column| structs_at(column, at));
    let attributes = spans.column_by_name("attributes").and_then(|column| structs_at(column, at));
    let quotes = spans.column_by_name("text").and_then(|column| items_at(column, at));
    RowSpan {
        id: text("id"),
        label: text("label"),
        start: field_number(spans, "start", at),
        end: field_number(spans, "end", at),
        fragments: fragments.map(|found| each(&found, fragment_at)).unwrap_or_default(),
        text: quotes
            .map(|quotes| (0..quotes.len()).filter_map(|at| text_at(&quotes, at)).collect())
            .unwrap_or_default(),
        annotator: text("annotator"),
        attributes: attributes.map(|found| each(&found, attribute_at)).unwrap_or_default(),
        note: text("note"),
    }
}

fn fragment_at(fragments: &StructArray, at: usize) -> RowFragment {
    let (start, end) = (field_number(fragments, "start", at), field_number(fragments, "end", at));
    RowFragment { start, end }
}

fn attribute_at(attributes: &StructArray, at: usize) -> RowAttribute<'static> {
    let (name, value) = (field_text(attributes, "name", at), field_text(attributes, "value", at));
    RowAttribute { name, value }
}

fn relation_at(relations: &StructArray, at: usize) -> RowRelation<'static> {
    let text = |name| field_text(relations, name, at);
    RowRelation {
        id: text("id"),
        label: text("label"),
        head: text("head"),
        tail: text("tail"),
        annotator: text("annotator"),
    }
}

fn field_text(structs: &StructArray, name: &str, at: usize) -> Cow<'static, str> {
    structs.column_by_name(name).and_then(|column| text_at(column, at)).unwrap_or_default()
}

/// A number that is missing or below 0 is one that no text reaches, and so is refused
/// where it is used.
fn field_number(structs: &StructArray, name: &str, at: usize) -> u64 {
    let number =
        structs.column_by_name(name).filter(|column| !column.is_null(at)).and_then(|column| {
            match column.data_type() {
                DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(at)),
                DataType::Int32 => Some(i64::from(column.as_primitive::<Int32Type>().value(at))),
                DataType::UInt32 => Some(i64::from(column.as_primitive::<UInt32Type>().value(at))),
                DataType::UInt64 => {
                    i64::try_from(column.as_primitive::<UInt64Type>().value(at)).ok()
                }
                _ => None,
            }
        });
    number.and_then(|number| u64::try_from(number).ok()).unwrap_or(u64::MAX)
}

fn text_at(column: &ArrayRef, at: usize) -> Option<Cow<'static, str>> {
    if at >= column.len() || column.is_null(at) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(at).to_owned().into()),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(at).to_owned().into()),
        DataType::Utf8View => Some(column.as_string_view().value(at).to_owned().into()),
        _ => None,
    }
}

fn items_at(column: &ArrayRef, at: usize) -> Option<ArrayRef> {
    if at >= column.len() || column.is_null(at) {
        return None;
    }
    match column.data_type() {
        DataType::List(_) => Some(column.as_list::<i32>().value(at)),
        DataType::LargeList(_) => Some(column.as_list::<i64>().value(at)),
        _ => None,
    }
}

fn structs_at(column: &ArrayRef, at: usize) -> Option<StructArray> {
    items_at(column, at)?.as_struct_opt().cloned()
}
