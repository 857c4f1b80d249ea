//! Tandai's own tables, or any table with a column of texts.

use std::collections::{BTreeMap, HashMap};

use super::csv::{BETWEEN_QUOTES, DOCUMENTS, METADATA, RELATIONS, SETS, SPANS};
use super::csv_table::{Row, Table};
use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
use super::jsonl_read::set_of;
use super::read::{files, stem};
use super::row::status_of_name;
use super::settle::numbered;
use crate::corpus::Metadata;

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    let mut folders: Vec<&str> = Vec::new();
    for file in files(source, &["csv"]) {
        let (folder, name) = file.rsplit_once('/').map_or(("", file), |(f, n)| (f, n));
        if name == DOCUMENTS {
            folders.push(folder);
        }
    }
    for folder in &folders {
        if let Err(refusal) = read_tables(source, folder, found) {
            found(Err(refusal));
        }
    }
    for file in files(source, &["csv", "tsv"]) {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !folders.contains(&folder) {
            read_column(source, file, found);
        }
    }
}

/// What the tables beside the one of documents say of one document.
#[derive(Default)]
struct Said {
    metadata: Metadata,
    sets: Vec<IncomingSet>,
}

fn read_tables(source: &dyn Source, folder: &str, found: Found<'_>) -> Result<(), Refusal> {
    let file =
        |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut said: HashMap<String, Said> = HashMap::new();
    let mut each = |name: &str, take: &mut dyn FnMut(&Row<'_>, &mut Said) -> Result<(), String>| {
        let file = file(name);
        if !source.files().contains(&file) {
            return Ok(());
        }
        let table = Table::open(source, &file)?;
        table.rows(|place, row| {
            let taken = row.and_then(|row| {
                let said = said.entry(row.cell("doc_id")).or_default();
                take(&row, said).map_err(|words| Refusal::new(&place, words))
            });
            if let Err(refusal) = taken {
                found(Err(refusal));
            }
        });
        Ok(())
    };
    each(METADATA, &mut |row, said| {
        said.metadata.insert(row.cell("name"), row.cell("value"));
        Ok(())
    })?;
    each(SETS, &mut |row, said| {
        let status = row.cell("status");
        let known = status_of_name(&status);
        set_of(&mut said.sets, row.annotator()).status = known;
        if known.is_none() { Err(format!("\"{status}\" is not a status")) } else { Ok(()) }
    })?;
    each(SPANS, &mut |row, said| {
        let annotation = annotation_of(row)?;
        set_of(&mut said.sets, row.annotator()).annotations.push(annotation);
        Ok(())
    })?;
    each(RELATIONS, &mut |row, said| {
        set_of(&mut said.sets, row.annotator()).relations.push(IncomingRelation {
            place: row.place.clone(),
            id: Some(row.cell("relation_id")).filter(|id| !id.is_empty()),
            label: row.cell("type"),
            from: row.cell("from"),
            to: row.cell("to"),
        });
        Ok(())
    })?;
    let table = Table::open(source, &file(DOCUMENTS))?;
    table.rows(|place, row| {
        found(row.map(|row| {
            let id = row.cell("doc_id");
            let Said { metadata, sets } = said.remove(&id).unwrap_or_default();
            let text = IncomingText::Whole(row.cell("text"));
            Incoming { place, id, text, metadata, sets }
        }));
    });
    for id in said.keys().collect::<std::collections::BTreeSet<_>>() {
        let words = format!("something is said about \"{id}\", which {DOCUMENTS} does not have");
        let place = said.get(id).and_then(Said::place);
        found(Err(Refusal::new(&place.unwrap_or_else(|| Place::new(file(SETS), 0)), words)));
    }
    Ok(())
}

impl Said {
    /// Where the first thing that it marks stands.
    fn place(&self) -> Option<Place> {
        let annotations = self.sets.iter().flat_map(|set| &set.annotations);
        let relations = self.sets.iter().flat_map(|set| &set.relations);
        let places = annotations.map(|one| &one.place).chain(relations.map(|one| &one.place));
        places.into_iter().next().cloned()
    }
}

fn annotation_of(row: &Row<'_>) -> Result<IncomingAnnotation, String> {
    let number = |word: &str| {
        word.trim().parse::<usize>().map_err(|_| format!("\"{word}\" is not a number"))
    };
    let fragments = row.cell("fragments");
    let spans = if fragments.is_empty() {
        vec![(number(&row.cell("start"))?, number(&row.cell("end"))?)]
    } else {
        let spans: Result<Vec<_>, String> = fragments
            .split(';')
            .map(|part| {
                let (start, end) =
                    part.split_once('-').ok_or_else(|| format!("\"{part}\" is not a span"))?;
                Ok((number(start)?, number(end)?))
            })
            .collect();
        spans?
    };
    let attributes = row.cell("attributes");
    let attributes: BTreeMap<String, String> = if attributes.is_empty() {
        BTreeMap::new()
    } else {
        serde_json::from_str(&attributes)
            .map_err(|error| format!("its attributes are not JSON ({error})"))?
    };
    let text = Some(row.cell("text")).filter(|text| !text.is_empty());
    Ok(IncomingAnnotation {
        place: row.place.clone(),
        id: row.cell("span_id"),
        label: row.cell("tag"),
        spans,
        joined_quote: text.map(|text| (text, BETWEEN_QUOTES)),
        attributes,
        note: row.cell("note"),
        ..IncomingAnnotation::default()
    })
}

/// A table of another program: a column of texts, one of names if there is one, and
/// the rest as metadata.
pub(super) fn read_column(source: &dyn Source, file: &str, found: Found<'_>) {
    let table = match Table::open(source, file) {
        Ok(table) => table,
        Err(refusal) => return found(Err(refusal)),
    };
    let one_of = |names: &[&str]| {
        let named = |name: &&String| names.contains(&name.to_lowercase().as_str());
        table.columns.iter().find(named).cloned()
    };
    let text = one_of(&["text", "content", "body", "article", "isi", "teks"]);
    let Some(text) =
        text.or_else(|| table.columns.first().cloned().filter(|_| table.columns.len() == 1))
    else {
        let words = "it has no column called text, content, body or article";
        return found(Err(Refusal::new(&Place::new(file, 1), words)));
    };
    let id = one_of(&["doc_id", "id", "name", "file", "filename"]);
    let columns = table.columns.clone();
    let mut number = 0;
    table.rows(|place, row| {
        number += 1;
        found(row.map(|row| {
            let named = id.as_ref().map(|id| row.cell(id)).filter(|id| !id.is_empty());
            let numbered = || format!("{}-{}", stem(file), numbered("", number, 9_999));
            let metadata = columns
                .iter()
                .filter(|column| **column != text && Some(*column) != id.as_ref())
                .map(|column| (column.clone(), row.cell(column)))
                .filter(|(_, value)| !value.is_empty());
            Incoming {
                id: named.unwrap_or_else(numbered),
                text: IncomingText::Whole(row.cell(&text)),
                metadata: metadata.collect(),
                place,
                sets: Vec::new(),
            }
        }));
    });
}
