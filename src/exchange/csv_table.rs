//! A CSV file as rows of cells by column.
//!
//! Over `csv_core` and not over `csv`: that one works out anew for each file how its signs are
//! told apart, which takes longer than reading a small one, and an export reads three small ones
//! back a document.

use std::cell::Cell;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::csv::{MARK, TABLES, without_apostrophe};
use super::incoming::{Place, Refusal, Source};
use super::read::bytes_of;

thread_local! {
    /// A reader of cells with commas between them that nobody uses. It has no copy that reads:
    /// its `clone` leaves out where states end.
    static SPARE: Cell<Option<Reader>> = const { Cell::new(None) };
}

pub(super) struct Table {
    /// Its file.
    whole: Place,
    pub(super) columns: Vec<String>,
    records: Records,
    /// Whether cells that look like formulas have an apostrophe before them.
    excel: bool,
}

pub(super) struct Row<'a> {
    pub(super) place: Place,
    columns: &'a [String],
    record: Record<'a>,
    excel: bool,
}

impl Table {
    pub(super) fn open(source: &dyn Source, file: &str) -> Result<Self, Refusal> {
        let mut bytes = bytes_of(source, file)?;
        let marked = bytes.starts_with(MARK.as_bytes());
        if marked {
            bytes.drain(..MARK.len());
        }
        // Other programs write the mark, but no apostrophes.
        let name = file.rsplit('/').next().unwrap_or(file);
        let excel = marked && TABLES.iter().any(|(table, _)| *table == name);
        let whole = Place::new(file, 0);
        let mut records = Records::of(bytes);
        let columns = match records.next() {
            None => Vec::new(),
            Some((_, head)) => {
                let head = head.map_err(|words| Refusal::new(&whole.at(1), words))?;
                (0..head.ends.len()).map(|at| head.cell(at).to_owned()).collect()
            }
        };
        Ok(Self { whole, columns, records, excel })
    }

    /// Hands over the rows, with the lines that they begin on.
    pub(super) fn rows(mut self, mut take: impl FnMut(Place, Result<Row<'_>, Refusal>)) {
        let expected = self.columns.len();
        while let Some((line, record)) = self.records.next() {
            let place = self.whole.at(line);
            let record = record.and_then(|record| match record.ends.len() {
                count if count == expected => Ok(record),
                count => Err(format!("this row has {count} cells, but the head has {expected}")),
            });
            let row = record.map(|record| Row {
                place: place.clone(),
                columns: &self.columns,
                record,
                excel: self.excel,
            });
            let row = row.map_err(|words| Refusal::new(&place, words));
            take(place, row);
        }
    }
}

impl Row<'_> {
    /// The cell of a column; nothing where there is no such column.
    pub(super) fn cell(&self, column: &str) -> String {
        let at = self.columns.iter().position(|name| name == column);
        let cell = at.map(|at| self.record.cell(at)).unwrap_or_default();
        if self.excel { without_apostrophe(cell).to_owned() } else { cell.to_owned() }
    }

    pub(super) fn annotator(&self) -> Option<String> {
        Some(self.cell("annotator")).filter(|name| !name.is_empty())
    }
}

/// What is between the signs of a table, record by record.
struct Records {
    bytes: Vec<u8>,
    /// How many of them have been read.
    read: usize,
    reader: Reader,
    /// What stands between cells.
    sign: u8,
    /// The cells of a record one after the other, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

struct Record<'a> {
    cells: &'a str,
    ends: &'a [usize],
}

impl Records {
    fn of(bytes: Vec<u8>) -> Self {
        let head = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |sign| head.split(|byte| *byte == sign).count();
        let commas = count(b',');
        let other = [b'\t', b';'].into_iter().find(|sign| count(*sign) > commas);
        let reader = match other {
            Some(sign) => ReaderBuilder::new().delimiter(sign).build(),
            None => SPARE.take().unwrap_or_else(|| ReaderBuilder::new().build()),
        };
        let sign = other.unwrap_or(b',');
        Self { bytes, read: 0, reader, sign, cells: vec![0; 1024], ends: vec![0; 16] }
    }

    /// The next record and the line that it begins on; or in words why it cannot be read.
    fn next(&mut self) -> Option<(usize, Result<Record<'_>, String>)> {
        let line = usize::try_from(self.reader.line()).unwrap_or(usize::MAX);
        let (start, mut written, mut count) = (self.read, 0, 0);
        let ended_by_line = loop {
            let input = self.bytes.get(self.read..).unwrap_or_default();
            let cells = self.cells.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(count..).unwrap_or_default();
            let (result, read, more, more_ends) = self.reader.read_record(input, cells, ends);
            self.read += read;
            written += more;
            count += more_ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => break read > 0,
                ReadRecordResult::End => return None,
            }
        };
        let cells = self.cells.get(..written).unwrap_or_default();
        let ends = self.ends.get(..count).unwrap_or_default();
        let cells = std::str::from_utf8(cells).ok();
        let whole = cells.filter(|cells| ends.iter().all(|end| cells.is_char_boundary(*end)));
        let record = whole.map(|cells| Record { cells, ends });
        let record = record.ok_or_else(|| "it is not UTF-8".to_owned());
        let raw = self.bytes.get(start..).unwrap_or_default();
        if !ended_by_line && ends_inside_quotes(raw, self.sign) {
            let words = "a quotation mark that opens a cell is not closed, so that all that follows \
                         would be in it";
            return Some((line, Err(words.to_owned())));
        }
        Some((line, record))
    }
}

/// Whether the last record of a table is within a cell that began with a quotation mark when the
/// table ends.
fn ends_inside_quotes(record: &[u8], sign: u8) -> bool {
    let (mut is_inside, mut begins) = (false, true);
    let mut bytes = record.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            // Two of them are one that belongs to the cell.
            b'"' if is_inside => is_inside = bytes.next_if_eq(&b'"').is_some(),
            b'"' => is_inside = begins,
            _ => {}
        }
        begins = !is_inside && (byte == sign || byte == b'\n' || byte == b'\r');
    }
    is_inside
}

impl Drop for Records {
    fn drop(&mut self) {
        if self.sign == b',' {
            let mut reader = std::mem::take(&mut self.reader);
            reader.reset();
            SPARE.set(Some(reader));
        }
    }
}

impl<'a> Record<'a> {
    fn cell(&self, at: usize) -> &'a str {
        let before = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let (start, end) = (before.copied().unwrap_or_default(), self.ends.get(at).copied());
        end.and_then(|end| self.cells.get(start..end)).unwrap_or_default()
    }
}
