//! Which format reads what, and what readers share.

use std::io::{BufRead, BufReader, Read};

use rayon::prelude::*;

use super::format::ImportFormat;
use super::incoming::{Found, Incoming, Place, Refusal, Source};
use super::mapping::Mapping;
use super::unit::Unit;
use super::{
    brat, conll_read, csv_read, doccano_read, jsonl_read, label_studio_read, parquet_read,
    text_read,
};
use crate::text::{MARK, into_without_mark};

/// What offsets count in a format.
pub fn unit_of(format: ImportFormat) -> Unit {
    match format {
        ImportFormat::Doccano => Unit::Utf16,
        _ => Unit::CodePoints,
    }
}

/// Reads all files of a source, and hands over what is in them one document at a time.
/// `by_folder`: whether the top folders of brat files may be annotators.
pub fn read(
    format: ImportFormat,
    source: &dyn Source,
    mapping: &Mapping,
    by_folder: bool,
    found: Found<'_>,
) {
    match format {
        ImportFormat::Brat => brat::read(source, mapping, by_folder, found),
        ImportFormat::Jsonl => jsonl_read::read(source, found),
        ImportFormat::Parquet => parquet_read::read(source, found),
        ImportFormat::Conll => conll_read::read(source, found),
        ImportFormat::Doccano => doccano_read::read(source, found),
        ImportFormat::LabelStudio => label_studio_read::read(source, found),
        ImportFormat::Csv => csv_read::read(source, found),
        ImportFormat::Text => text_read::read(source, found),
    }
}

/// The most lines, and about the most bytes of them, that are read before something is made
/// of them.
const LINES: usize = 64;
const BYTES: usize = 1 << 22;

/// Files that Tandai or others put beside a dataset's own.
const ASIDE: [&str; 4] = ["loss.json", "splits.json", "dataset_info.json", "dataset_infos.json"];

/// The files with one of these endings.
pub(super) fn files<'a>(
    source: &'a dyn Source,
    endings: &'a [&'a str],
) -> impl Iterator<Item = &'a str> {
    files_with(source.files(), endings)
}

/// The same of names.
pub(super) fn files_with<'a>(
    files: &'a [String],
    endings: &'a [&'a str],
) -> impl Iterator<Item = &'a str> {
    files.iter().map(String::as_str).filter(move |file| {
        let name = file.rsplit('/').next().unwrap_or(file);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        !ASIDE.contains(&name) && ending.is_some_and(|ending| endings.contains(&&*ending))
    })
}

/// A file's name without folders and ending.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The whole of a file.
pub(super) fn bytes_of(source: &dyn Source, file: &str) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let read = source.open(file).and_then(|mut opened| opened.read_to_end(&mut bytes));
    read.map_err(|error| unreadable(file, &error))?;
    Ok(bytes)
}

/// The whole of a file that has to be UTF-8.
pub(super) fn text_of(source: &dyn Source, file: &str) -> Result<String, Refusal> {
    String::from_utf8(bytes_of(source, file)?)
        .map_err(|_| Refusal::new(&Place::new(file, 0), "it is not UTF-8"))
}

/// The same without the byte order mark that some editors begin a file with.
pub(super) fn text_without_mark(source: &dyn Source, file: &str) -> Result<String, Refusal> {
    text_of(source, file).map(into_without_mark)
}

fn unreadable(file: &str, error: &std::io::Error) -> Refusal {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or(&words);
    Refusal::new(&Place::new(file, 0), format!("it could not be read ({words})"))
}

/// Makes something of each line of a file that is not blank, without its end, on all cores, and
/// hands it over in order.
pub(super) fn each_line<T: Send>(
    source: &dyn Source,
    file: &str,
    make: impl Fn(Place, Result<&str, Refusal>) -> T + Sync,
    mut take: impl FnMut(T),
) {
    let whole = Place::new(file, 0);
    let mut reader = match source.open(file) {
        Ok(opened) => BufReader::with_capacity(1 << 16, opened),
        Err(error) => return take(make(whole, Err(unreadable(file, &error)))),
    };
    let make = |(place, line): (Place, Result<Vec<u8>, Refusal>)| match line {
        Err(refusal) => Some(make(place, Err(refusal))),
        Ok(line) => match content_of(&line, place.line) {
            None => Some(make(place.clone(), Err(Refusal::new(&place, "it is not UTF-8")))),
            Some(content) if content.trim().is_empty() => None,
            Some(content) => Some(make(place, Ok(content))),
        },
    };
    let (mut number, mut is_over, mut usual) = (0, false, 0);
    let mut some_lines = || {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while !is_over && lines.len() < LINES && bytes < BYTES {
            number += 1;
            // Lines are much alike: one that grows from nothing is copied again and again.
            let mut line = Vec::with_capacity(usual);
            let read = reader.read_until(b'\n', &mut line);
            usual = line.len();
            is_over = !matches!(read, Ok(1..));
            bytes += line.len();
            match read {
                Ok(0) => {}
                Ok(_) => lines.push((whole.at(number), Ok(line))),
                Err(error) => lines.push((whole.at(number), Err(unreadable(file, &error)))),
            }
        }
        lines
    };
    let mut lines = some_lines();
    let mut made: Vec<Option<T>> = Vec::new();
    // For one line, no other core is asked.
    if lines.len() == 1 {
        made = lines.into_iter().map(&make).collect();
        lines = some_lines();
    }
    while !lines.is_empty() {
        // While something is made of some lines, what was made of those before is taken, and
        // the next ones are read.
        let mut making = Vec::new();
        let now = std::mem::take(&mut lines);
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| making = now.into_par_iter().map(&make).collect());
            made.drain(..).flatten().for_each(&mut take);
            lines = some_lines();
        });
        made = making;
    }
    made.into_iter().flatten().for_each(take);
}

/// A line without its end and, if it is the first, without a byte order mark; `None` where
/// it is not UTF-8.
fn content_of(line: &[u8], number: usize) -> Option<&str> {
    let content = std::str::from_utf8(line).ok()?;
    let content = content.strip_suffix('\n').unwrap_or(content);
    let content = content.strip_suffix('\r').unwrap_or(content);
    let marked = content.strip_prefix(MARK).filter(|_| number == 1);
    Some(marked.unwrap_or(content))
}

/// Makes something of each JSON value of a file, one a line or all in one list, on all cores,
/// and hands it over in order.
pub(super) fn each_value<T: Send>(
    source: &dyn Source,
    file: &str,
    make: impl Fn(Place, Result<serde_json::Value, Refusal>) -> T + Sync,
    mut take: impl FnMut(T),
) {
    if !file.to_ascii_lowercase().ends_with(".json") {
        let make = |place: Place, line: Result<&str, Refusal>| {
            let value = line.and_then(|line| parse(line, &place));
            make(place, value)
        };
        return each_line(source, file, make, take);
    }
    let whole = Place::new(file, 0);
    let parsed = text_without_mark(source, file).and_then(|content| {
        match serde_json::from_str(&content) {
            Ok(value) => Ok(vec![value]),
            // Lines of JSON in a file that is named as if it were one value.
            Err(error) => {
                let lines = content.lines().filter(|line| !line.trim().is_empty());
                let values: Result<Vec<_>, _> = lines.map(serde_json::from_str).collect();
                values.map_err(|_| not_json(&whole, &error))
            }
        }
    });
    match parsed {
        Err(refusal) => take(make(whole, Err(refusal))),
        Ok(values) => {
            let records = values.into_iter().flat_map(|value| match value {
                serde_json::Value::Array(records) => records,
                other => vec![other],
            });
            for (number, record) in (1..).zip(records) {
                take(make(whole.at(number), Ok(record)));
            }
        }
    }
}

/// Hands over the documents of files of JSON values, each a document; `read` puts aside
/// what of one cannot be taken over.
pub(super) fn each_document(
    source: &dyn Source,
    endings: &[&str],
    read: impl Fn(&serde_json::Value, &Place, &mut Vec<Refusal>) -> Result<Incoming, Refusal> + Sync,
    found: Found<'_>,
) {
    let make = |place: Place, record: Result<serde_json::Value, Refusal>| {
        made(|refusals| read(&record?, &place, refusals))
    };
    for file in files(source, endings) {
        each_value(source, file, make, |one| hand_over(one, found));
    }
}

/// What was made of a document: what of it cannot be taken over, and the rest.
pub(super) type Made = (Vec<Refusal>, Result<Incoming, Refusal>);

/// Reads a document, which puts aside what of it cannot be taken over.
pub(super) fn made(read: impl FnOnce(&mut Vec<Refusal>) -> Result<Incoming, Refusal>) -> Made {
    let mut refusals = Vec::new();
    let document = read(&mut refusals);
    (refusals, document)
}

/// Hands it over.
pub(super) fn hand_over((refusals, document): Made, found: Found<'_>) {
    for refusal in refusals {
        found(Err(refusal));
    }
    found(document);
}

/// One JSON value.
pub(super) fn parse<'de, T: serde::Deserialize<'de>>(
    line: &'de str,
    place: &Place,
) -> Result<T, Refusal> {
    serde_json::from_str(line).map_err(|error| not_json(place, &error))
}

fn not_json(place: &Place, error: &serde_json::Error) -> Refusal {
    Refusal::new(place, format!("it is not JSON as it should be ({error})"))
}
