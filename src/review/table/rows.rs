//! The rows of a whole project, packed: millions of them are held, few are looked at.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::table_row::{RowKey, TableRow};
use crate::corpus::{Annotator, DocumentPath, Id};
use crate::text::Offset;

/// The most rows of a block: to see one of them all have to be unpacked.
const BLOCK: usize = 32;

/// Some rows of one set, in the order of the text.
///
/// Rows of one article have much in common, since each shows what is around it. Packed they
/// take a tenth of what they take to be worked with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RowBlock {
    document: DocumentPath,
    annotator: Annotator,
    count: u32,
    packed: Arc<[u8]>,
}

/// A row without what all rows of its block have in common.
#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    annotation: &'a str,
    label: &'a str,
    at: (usize, usize),
    fragments: usize,
    before: &'a str,
    quote: &'a str,
    after: &'a str,
    #[serde(borrow)]
    values: Vec<(&'a str, &'a str, bool)>,
    #[serde(borrow)]
    links: Vec<&'a str>,
    link_words: &'a str,
    note: &'a str,
    to_discuss: bool,
    #[serde(borrow)]
    problems: Vec<&'a str>,
    content: &'a str,
}

impl<'a> From<&'a TableRow> for Packed<'a> {
    fn from(row: &'a TableRow) -> Self {
        let values = row.values.iter();
        Self {
            annotation: row.key.annotation.as_str(),
            label: &row.label,
            at: (row.at.start.get(), row.at.end.get()),
            fragments: row.fragments,
            before: &row.before,
            quote: &row.quote,
            after: &row.after,
            values: values.map(|(name, value, stored)| (&**name, &**value, *stored)).collect(),
            links: row.links.iter().map(|link| &**link).collect(),
            link_words: &row.link_words,
            note: &row.note,
            to_discuss: row.to_discuss,
            problems: row.problems.iter().map(|problem| &**problem).collect(),
            content: &row.content,
        }
    }
}

impl RowBlock {
    /// Packs rows, of which those of one set follow each other.
    #[must_use]
    pub fn pack(rows: &[TableRow]) -> Vec<Self> {
        let of_one_set = |one: &TableRow, other: &TableRow| {
            (&one.key.document, &one.key.annotator) == (&other.key.document, &other.key.annotator)
        };
        let blocks = rows.chunk_by(of_one_set).flat_map(|set| set.chunks(BLOCK));
        blocks.filter_map(Self::of).collect()
    }

    fn of(rows: &[TableRow]) -> Option<Self> {
        let key = &rows.first()?.key;
        let plain: Vec<Packed<'_>> = rows.iter().map(Packed::from).collect();
        let plain = postcard::to_allocvec(&plain).ok()?;
        let packed = snap::raw::Encoder::new().compress_vec(&plain).ok()?;
        Some(Self {
            document: key.document.clone(),
            annotator: key.annotator.clone(),
            count: u32::try_from(rows.len()).ok()?,
            packed: packed.into(),
        })
    }

    /// A block that was packed earlier, by the same version of the program.
    #[must_use]
    pub fn from_packed(
        document: DocumentPath,
        annotator: Annotator,
        count: u32,
        packed: &[u8],
    ) -> Self {
        Self { document, annotator, count, packed: packed.into() }
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
        let rows: Vec<Packed<'_>> = postcard::from_bytes(&plain).ok()?;
        let row = |packed: Packed<'_>| {
            let values = packed.values.into_iter();
            Some(TableRow {
                key: RowKey {
                    document: self.document.clone(),
                    annotator: self.annotator.clone(),
                    annotation: Id::new(packed.annotation)?,
                },
                label: packed.label.into(),
                at: Offset::new(packed.at.0)..Offset::new(packed.at.1),
                fragments: packed.fragments,
                before: packed.before.into(),
                quote: packed.quote.into(),
                after: packed.after.into(),
                values: values
                    .map(|(name, value, held)| (name.into(), value.into(), held))
                    .collect(),
                links: packed.links.into_iter().map(Arc::from).collect(),
                link_words: packed.link_words.into(),
                note: packed.note.into(),
                to_discuss: packed.to_discuss,
                problems: packed.problems.into_iter().map(Box::from).collect(),
                content: packed.content.into(),
            })
        };
        rows.into_iter().map(row).collect()
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
