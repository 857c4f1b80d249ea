//! The rows of a whole project, packed: millions of them are held, few are looked at.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use bytes::Bytes;

use super::plain_row::PlainBlock;
use super::table_row::{RowKey, TableRow};
use crate::corpus::{AnnotationSet, Annotator, Document, DocumentPath, Schema};

/// The most rows of a block: to see one of them all have to be unpacked.
const BLOCK: usize = 32;

thread_local! {
    static PACKER: RefCell<Packer> = RefCell::new(Packer::new());
}

/// What rows are packed with: many are packed, and the room for it is made once a thread.
struct Packer {
    encoder: snap::raw::Encoder,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

impl Packer {
    fn new() -> Self {
        Self { encoder: snap::raw::Encoder::new(), plain: Vec::new(), packed: Vec::new() }
    }

    fn pack(&mut self, block: &PlainBlock<'_>) -> Option<Bytes> {
        let mut plain = std::mem::take(&mut self.plain);
        plain.clear();
        self.plain = postcard::to_extend(block, plain).ok()?;
        let room = snap::raw::max_compress_len(self.plain.len());
        self.packed.resize(self.packed.len().max(room), 0);
        let length = self.encoder.compress(&self.plain, &mut self.packed).ok()?;
        Some(Bytes::copy_from_slice(self.packed.get(..length)?))
    }
}

/// Some rows of one set, in the order of the text.
///
/// They are held as bytes, with the passages that they lie in, which take a tenth of what rows
/// take to be worked with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowBlock {
    document: DocumentPath,
    annotator: Annotator,
    count: u32,
    /// A part of what was read, where it was kept.
    packed: Bytes,
}

impl RowBlock {
    /// The annotations of a set as rows.
    #[must_use]
    pub fn of_set(schema: &Schema, document: &Document, set: &AnnotationSet) -> Vec<Self> {
        let blocks = PlainBlock::of_set(schema, document, set, BLOCK);
        blocks.filter_map(|block| Self::of(&document.path, set.annotator(), &block)).collect()
    }

    /// Packs rows that are there already, of which those of one set follow each other.
    #[must_use]
    pub fn pack(rows: &[TableRow]) -> Vec<Self> {
        let of_one_set = |one: &TableRow, other: &TableRow| {
            (&one.key.document, &one.key.annotator) == (&other.key.document, &other.key.annotator)
        };
        let blocks = rows.chunk_by(of_one_set).flat_map(|set| set.chunks(BLOCK));
        let block = |rows: &[TableRow]| {
            let key = &rows.first()?.key;
            Self::of(&key.document, &key.annotator, &PlainBlock::of_rows(rows))
        };
        blocks.filter_map(block).collect()
    }

    fn of(document: &DocumentPath, annotator: &Annotator, block: &PlainBlock<'_>) -> Option<Self> {
        Some(Self {
            document: document.clone(),
            annotator: annotator.clone(),
            count: u32::try_from(block.count()).ok()?,
            packed: PACKER.with_borrow_mut(|packer| packer.pack(block))?,
        })
    }

    /// A block that was packed earlier, by the same version of the program.
    #[must_use]
    pub fn from_packed(
        document: DocumentPath,
        annotator: Annotator,
        count: u32,
        packed: Bytes,
    ) -> Self {
        Self { document, annotator, count, packed }
    }

    /// Whose annotations they are.
    #[must_use]
    pub fn annotator(&self) -> &Annotator {
        &self.annotator
    }

    /// How many rows it has.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The rows as they are kept.
    #[must_use]
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }

    /// The rows, in the order of the text.
    #[must_use]
    pub fn rows(&self) -> Vec<TableRow> {
        let rows = self.unpacked();
        debug_assert!(rows.is_some(), "what was packed here can be unpacked");
        rows.unwrap_or_default()
    }

    fn unpacked(&self) -> Option<Vec<TableRow>> {
        let plain = snap::raw::Decoder::new().decompress_vec(&self.packed).ok()?;
        let block: PlainBlock<'_> = postcard::from_bytes(&plain).ok()?;
        block.unpacked(&self.document, &self.annotator)
    }

    fn set(&self) -> (&DocumentPath, &Annotator) {
        (&self.document, &self.annotator)
    }
}

/// Where a row lies among all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct RowAt {
    /// The block.
    pub(super) block: u32,
    /// The place in it.
    pub(super) row: u32,
}

/// All rows, in the order of documents, annotators and text. Cheap to clone.
#[derive(Clone, Default, Debug)]
pub struct TableRows {
    blocks: Arc<Vec<Arc<RowBlock>>>,
    count: usize,
}

impl TableRows {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The blocks, in order.
    pub(super) fn blocks(&self) -> &[Arc<RowBlock>] {
        &self.blocks
    }

    /// The place of every row of a block.
    pub(super) fn places(
        block: usize,
        of: &RowBlock,
    ) -> impl DoubleEndedIterator<Item = RowAt> + use<> {
        let block = u32::try_from(block).unwrap_or(u32::MAX);
        (0..of.count).map(move |row| RowAt { block, row })
    }

    /// Adds blocks behind those that are there.
    pub fn extend(&mut self, blocks: Vec<RowBlock>) {
        self.count += blocks.iter().map(|block| block.count as usize).sum::<usize>();
        Arc::make_mut(&mut self.blocks).extend(blocks.into_iter().map(Arc::new));
    }

    /// Puts others in the place of an annotator's rows about a document.
    pub fn replace(
        &mut self,
        document: &DocumentPath,
        annotator: &Annotator,
        blocks: Vec<RowBlock>,
    ) {
        let range = self.range_of(document, annotator);
        let count = |blocks: &[Arc<RowBlock>]| -> usize {
            blocks.iter().map(|block| block.count as usize).sum()
        };
        let gone = count(self.blocks.get(range.clone()).unwrap_or_default());
        let new: Vec<Arc<RowBlock>> = blocks.into_iter().map(Arc::new).collect();
        self.count = self.count - gone + count(&new);
        Arc::make_mut(&mut self.blocks).splice(range, new);
    }

    /// Whether an annotator has rows about a document.
    #[must_use]
    pub fn has_any_of(&self, document: &DocumentPath, annotator: &Annotator) -> bool {
        !self.range_of(document, annotator).is_empty()
    }

    fn range_of(&self, document: &DocumentPath, annotator: &Annotator) -> std::ops::Range<usize> {
        let set = (document, annotator);
        let start = self.blocks.partition_point(|block| block.set() < set);
        let end = self.blocks.partition_point(|block| block.set() <= set);
        start..end
    }

    /// The row at a place.
    pub(super) fn row(&self, at: RowAt) -> Option<TableRow> {
        let block = self.blocks.get(at.block as usize)?;
        block.rows().into_iter().nth(at.row as usize)
    }

    /// Where the row of an annotation is.
    pub(super) fn find(&self, key: &RowKey) -> Option<RowAt> {
        let range = self.range_of(&key.document, &key.annotator);
        let blocks = self.blocks.get(range.clone())?;
        range.zip(blocks).find_map(|(at, block)| {
            let row = block.rows().iter().position(|row| row.key == *key)?;
            Self::places(at, block).nth(row)
        })
    }

    /// All rows, in order.
    pub fn iter(&self) -> impl Iterator<Item = TableRow> {
        self.blocks.iter().flat_map(|block| block.rows())
    }

    /// The rows of these annotations, in order.
    #[must_use]
    pub fn of(&self, keys: &HashSet<RowKey>) -> Vec<TableRow> {
        let sets: BTreeSet<_> = keys.iter().map(|key| (&key.document, &key.annotator)).collect();
        let blocks = self.blocks.iter().filter(|block| sets.contains(&block.set()));
        let rows = blocks.flat_map(|block| block.rows());
        rows.filter(|row| keys.contains(&row.key)).collect()
    }
}

/// Rows of which those of one set follow each other.
impl FromIterator<TableRow> for TableRows {
    fn from_iter<T: IntoIterator<Item = TableRow>>(rows: T) -> Self {
        let rows: Vec<TableRow> = rows.into_iter().collect();
        let mut all = Self::default();
        all.extend(RowBlock::pack(&rows));
        all
    }
}
