//! What is known of a document besides its text: a map in a file beside it.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{MapAccess, Visitor};
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
                while let Some((name, value)) = entries.next_entry::<String, Scalar>()? {
                    map.insert(name, value.0);
                }
                Ok(Fields(map))
            }
        }

        from.deserialize_any(Pairs)
    }
}

/// A text, or a number or a truth value as text.
struct Scalar(String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(text.to_owned()))
            }

            fn visit_bool<E>(self, truth: bool) -> Result<Scalar, E> {
                Ok(Scalar(truth.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                Ok(Scalar(number.to_string()))
            }
        }

        from.deserialize_any(Text)
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
    }
}
