//! Texts alone. Files of texts are copied as they are; here is what is left: an
//! article a line, or a column of a table.

use super::csv_read::read_column;
use super::incoming::{Found, Incoming, IncomingText, Place, Refusal, Source};
use super::read::{each_line, files, stem};
use super::settle::numbered;

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    for file in files(source, &["csv", "tsv"]) {
        read_column(source, file, found);
    }
    for file in files(source, &["txt", "text"]) {
        let make = |place: Place, line: Result<&str, Refusal>| {
            line.map(|line| Incoming {
                id: format!("{}-{}", stem(file), numbered("", place.line, 9_999)),
                place,
                text: IncomingText::Whole(line.to_owned()),
                ..Incoming::default()
            })
        };
        each_line(source, file, make, &mut *found);
    }
}
