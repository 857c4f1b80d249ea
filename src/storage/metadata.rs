//! What is known of a document besides its text: a map in a file beside it.

use std::fmt;
use std::path::{Path, PathBuf};

use ron::value::RawValue;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

pub(super) use crate::corpus::Metadata;

use super::canonical::quoted;
use super::guarded::read_work;
use super::names::file_below;
use super::record::not_ron;
use super::{Problem, Project};
use crate::corpus::DocumentPath;

/// What the file's name has behind the document's.
const ENDING: &str = ".meta.ron";

/// Where a document's metadata lies.
pub(super) fn file(project: &Project, document: &DocumentPath) -> PathBuf {
    file_below(project.articles(), document, ENDING)
}

/// Reads a document's metadata; none where there is no file.
///
/// # Errors
/// When the file cannot be read.
pub fn load(project: &Project, document: &DocumentPath) -> Result<Metadata, Problem> {
    let file = file(project, document);
    read_work(project.files(), &file)?
        .map_or_else(|| Ok(Metadata::new()), |text| read(&text, &file))
}

pub(super) fn read(content: &str, file: &Path) -> Result<Metadata, Problem> {
    let fields: Fields = ron::from_str(content).map_err(|error| not_ron(file, &error))?;
    Ok(fields.0)
}

/// The canonical form: an entry a line, by name.
pub(super) fn write(metadata: &Metadata) -> String {
    let entries =
        metadata.iter().map(|(name, value)| format!("    {}: {},\n", quoted(name), quoted(value)));
    format!("{{\n{}}}\n", entries.collect::<String>())
}

/// A map `{"title": "…"}`, or fields `(title: "…")` as a person might write them.
struct Fields(Metadata);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names and their values")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut entries: M) -> Result<Fields, M::Error> {
                let mut map = Metadata::new();
                while let Some((name, value)) = entries.next_entry::<String, &RawValue>()? {
                    let value = as_written(value).map_err(M::Error::custom)?;
                    if map.insert(name.clone(), value).is_some() {
                        return Err(M::Error::custom(format!("\"{name}\" is there twice")));
                    }
                }
                Ok(Fields(map))
            }
        }

        from.deserialize_any(Pairs)
    }
}

/// A text, or a number or a truth value just as it is written: `1.0` is no `1`.
fn as_written(value: &RawValue) -> Result<String, &'static str> {
    match value.into_rust::<ron::Value>() {
        Ok(ron::Value::String(text)) => Ok(text),
        Ok(ron::Value::Number(_) | ron::Value::Bool(_)) => Ok(value.trim().get_ron().to_owned()),
        _ => Err("a value is neither a text nor a number"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_maps_are_read_and_what_is_written_reads_back() {
        let file = Path::new("a.txt.meta.ron");
        let fields = read(r#"(title: "Pertemuan", year: 2026, live: true)"#, file).unwrap();
        let map = read(r#"{"title": "Pertemuan", "year": "2026", "live": "true"}"#, file).unwrap();
        assert_eq!(fields, map);
        assert_eq!(read(&write(&map), file).unwrap(), map);
        assert!(read("[1, 2]", file).is_err());
        assert!(read("(title: [1])", file).is_err());
    }

    #[test]
    fn a_number_is_what_is_written_and_a_name_that_is_there_twice_is_refused() {
        let file = Path::new("a.txt.meta.ron");
        let fields = read("(version: 1.0, code: 0x1F, big: 1e3, much: 1_000 )", file).unwrap();
        let values: Vec<&str> =
            ["version", "code", "big", "much"].map(|name| &*fields[name]).into();
        assert_eq!(values, ["1.0", "0x1F", "1e3", "1_000"]);
        let twice = read("(year: 2026,\n year: 2027)", file).unwrap_err().to_string();
        assert!(twice.contains("\"year\" is there twice"), "{twice}");
    }
}
