//! Tandai's own rows in Parquet files, with the column types that Hugging Face's
//! loader expects.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Int64Array, ListArray, RecordBatch, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::row::{Row, RowAttribute, RowFragment, RowRelation, RowSpan};

/// Rows in a group: the unit in which readers take a file in.
const GROUP: usize = 4_096;
/// The most bytes of one, as encoded.
const GROUP_BYTES: usize = 64 << 20;
/// Rows, and bytes of text, that are encoded at a time.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// Writes rows into memory; what has come together is taken away from time to time.
pub struct ParquetWriter {
    writer: ArrowWriter<Vec<u8>>,
    rows: Vec<Row<'static>>,
    /// Bytes of text in these.
    waiting: usize,
}

/// Why rows could not be written. Only a fault of this program or a text of over two
/// thousand million bytes can be the cause.
pub(super) type WriteError = ParquetError;

impl ParquetWriter {
    /// Begins a file.
    ///
    /// # Errors
    /// Where the library refuses.
    pub fn new() -> Result<Self, WriteError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_max_row_group_row_count(Some(GROUP))
            // The library's name and version would make other bytes of the same rows.
            .set_created_by("tandai".to_owned())
            .build();
        let writer = ArrowWriter::try_new(Vec::new(), SCHEMA.clone(), Some(properties))?;
        Ok(Self { writer, rows: Vec::new(), waiting: 0 })
    }

    /// Adds a row; a full file's worth of them is encoded at a time.
    ///
    /// # Errors
    /// Where the library refuses.
    pub fn push(&mut self, row: Row<'static>) -> Result<(), WriteError> {
        self.waiting += row.text.len();
        self.rows.push(row);
        if self.rows.len() >= BATCH || self.waiting >= BATCH_BYTES { self.encode() } else { Ok(()) }
    }

    fn encode(&mut self) -> Result<(), WriteError> {
        let batch = batch_of(&std::mem::take(&mut self.rows))?;
        self.waiting = 0;
        self.writer.write(&batch)?;
        // Long articles must not come together in memory.
        if self.writer.in_progress_size() >= GROUP_BYTES {
            self.writer.flush()?;
        }
        Ok(())
    }

    /// The bytes that have come together since this was last called.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(self.writer.inner_mut())
    }

    /// Ends the file, and gives the rest of its bytes.
    ///
    /// # Errors
    /// Where the library refuses.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.encode()?;
        self.writer.into_inner()
    }
}

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    Arc::new(Schema::new(vec![
        text("id"),
        text("text"),
        text("meta"),
        list("spans", DataType::Struct(span_fields())),
        list("relations", DataType::Struct(relation_fields())),
    ]))
});

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn number(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(item(of)), true)
}

fn item(of: DataType) -> Arc<Field> {
    Arc::new(Field::new("item", of, true))
}

fn fragment_fields() -> Fields {
    vec![number("start"), number("end")].into()
}

fn attribute_fields() -> Fields {
    vec![text("name"), text("value")].into()
}

fn span_fields() -> Fields {
    vec![
        text("id"),
        text("label"),
        number("start"),
        number("end"),
        list("fragments", DataType::Struct(fragment_fields())),
        list("text", DataType::Utf8),
        text("annotator"),
        list("attributes", DataType::Struct(attribute_fields())),
        text("note"),
    ]
    .into()
}

fn relation_fields() -> Fields {
    vec![text("id"), text("label"), text("head"), text("tail"), text("annotator")].into()
}

fn batch_of(rows: &[Row<'_>]) -> Result<RecordBatch, ArrowError> {
    let spans: Vec<&RowSpan<'_>> = rows.iter().flat_map(|row| &row.spans).collect();
    let relations: Vec<&RowRelation<'_>> = rows.iter().flat_map(|row| &row.relations).collect();
    let columns = vec![
        strings(rows.iter().map(|row| &*row.id)),
        strings(rows.iter().map(|row| &*row.text)),
        strings(rows.iter().map(|row| &*row.meta)),
        lists(span_array(&spans)?, rows.iter().map(|row| row.spans.len()))?,
        lists(relation_array(&relations)?, rows.iter().map(|row| row.relations.len()))?,
    ];
    RecordBatch::try_new(SCHEMA.clone(), columns)
}

fn span_array(spans: &[&RowSpan<'_>]) -> Result<ArrayRef, ArrowError> {
    let fragments: Vec<&RowFragment> = spans.iter().flat_map(|span| &span.fragments).collect();
    let attributes: Vec<&RowAttribute<'_>> =
        spans.iter().flat_map(|span| &span.attributes).collect();
    let quotes = spans.iter().flat_map(|span| &span.text).map(|quote| &**quote);
    let fragment_columns = vec![
        numbers(fragments.iter().map(|fragment| fragment.start)),
        numbers(fragments.iter().map(|fragment| fragment.end)),
    ];
    let attribute_columns = vec![
        strings(attributes.iter().map(|attribute| &*attribute.name)),
        strings(attributes.iter().map(|attribute| &*attribute.value)),
    ];
    let fragment_array = structs(fragment_fields(), fragment_columns, fragments.len())?;
    let attribute_array = structs(attribute_fields(), attribute_columns, attributes.len())?;
    let columns = vec![
        strings(spans.iter().map(|span| &*span.id)),
        strings(spans.iter().map(|span| &*span.label)),
        numbers(spans.iter().map(|span| span.start)),
        numbers(spans.iter().map(|span| span.end)),
        lists(fragment_array, spans.iter().map(|span| span.fragments.len()))?,
        lists(strings(quotes), spans.iter().map(|span| span.text.len()))?,
        strings(spans.iter().map(|span| &*span.annotator)),
        lists(attribute_array, spans.iter().map(|span| span.attributes.len()))?,
        strings(spans.iter().map(|span| &*span.note)),
    ];
    structs(span_fields(), columns, spans.len())
}

fn relation_array(relations: &[&RowRelation<'_>]) -> Result<ArrayRef, ArrowError> {
    let columns = vec![
        strings(relations.iter().map(|relation| &*relation.id)),
        strings(relations.iter().map(|relation| &*relation.label)),
        strings(relations.iter().map(|relation| &*relation.head)),
        strings(relations.iter().map(|relation| &*relation.tail)),
        strings(relations.iter().map(|relation| &*relation.annotator)),
    ];
    structs(relation_fields(), columns, relations.len())
}

fn strings<'a>(values: impl Iterator<Item = &'a str>) -> ArrayRef {
    let mut builder = StringBuilder::new();
    values.for_each(|value| builder.append_value(value));
    Arc::new(builder.finish())
}

/// Offsets in a text that is in memory are far below the limit of 64 bits with a sign.
fn numbers(values: impl Iterator<Item = u64>) -> ArrayRef {
    let values = values.map(|value| i64::try_from(value).unwrap_or(i64::MAX));
    Arc::new(Int64Array::from_iter_values(values))
}

fn structs(fields: Fields, columns: Vec<ArrayRef>, length: usize) -> Result<ArrayRef, ArrowError> {
    Ok(Arc::new(StructArray::try_new_with_length(fields, columns, None, length)?))
}

fn lists(values: ArrayRef, lengths: impl Iterator<Item = usize>) -> Result<ArrayRef, ArrowError> {
    let field = item(values.data_type().clone());
    let offsets = OffsetBuffer::from_lengths(lengths);
    Ok(Arc::new(ListArray::try_new(field, offsets, values, None)?))
}
