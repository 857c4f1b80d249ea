//! Tables of any make are read as the `csv` crate reads them.

use std::io::Read;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use tandai::exchange::{ImportFormat, Mapping, Source, read};

/// One table.
struct Table(Vec<String>, Vec<u8>);

impl Source for Table {
    fn files(&self) -> &[String] {
        &self.0
    }

    fn open(&self, _: &str) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.1.as_slice()))
    }
}

/// The second cells and the lines they are on; nothing of rows that are refused.
fn read_here(bytes: &[u8]) -> Vec<(usize, Option<String>)> {
    let mut found = Vec::new();
    let table = Table(vec!["a.csv".to_owned()], bytes.to_vec());
    read(ImportFormat::Csv, &table, &Mapping::usual(), false, &mut |incoming| {
        found.push(match incoming {
            Ok(incoming) => (incoming.place.line, incoming.metadata.get("x").cloned()),
            Err(_) => (0, None),
        });
    });
    found
}

fn read_there(bytes: &[u8], delimiter: u8) -> Vec<(usize, Option<String>)> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
    let line_of = |row: &csv::StringRecord| usize::try_from(row.position().unwrap().line());
    let rows = reader.records().map(|record| match record {
        Ok(row) => {
            let cell = row.get(1).filter(|cell| !cell.is_empty());
            (line_of(&row).unwrap(), cell.map(str::to_owned))
        }
        Err(_) => (0, None),
    });
    rows.collect()
}

/// Whether a line more would be in the last cell, and none by itself.
fn ends_inside_a_cell(table: &[u8], delimiter: u8) -> bool {
    let longer = [table, b"\nZ"].concat();
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).flexible(true).from_reader(&*longer);
    let last = reader.byte_records().last().unwrap().unwrap();
    last.iter().next_back().unwrap().ends_with(b"\nZ")
}

/// What means something in a table, and what does not.
const PIECES: [&[u8]; 12] = [
    b"a",
    b"kata ",
    b"\"",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r\n",
    b"\r",
    b"\xc3\xa9",
    b"\xff",
];

proptest! {
    #[test]
    fn a_table_is_read_as_others_read_it(
        sign in select(vec![b',', b';', b'\t']),
        pieces in vec(select(PIECES.to_vec()), 0..40),
    ) {
        let mut table = [b"text", &[sign][..], b"x\n"].concat();
        table.extend(pieces.concat());
        let mut there = read_there(&table, sign);
        // Others take all that follows an unclosed mark for one cell, here that is refused.
        if ends_inside_a_cell(&table, sign)
            && let Some(last) = there.last_mut()
        {
            *last = (0, None);
        }
        prop_assert_eq!(read_here(&table), there);
    }
}
